"""The supervisor behind `make demo`: two servers, the data, and the processes of the Procfile, on this machine.

Everything it starts carries an environment variable that names its data directory. So after a `kill -9` the next start
finds what is left over and stops it, and never touches a process that is not ours. A process that dies by itself is
started again, as any supervisor in production does; honcho would stop all the others instead.
"""

from config.demo.command_line import main, reset
from config.demo.supervisor import Demo
from config.demo.terminal import DemoError

__all__ = ["Demo", "DemoError", "main", "reset"]
