"""What granian serves in an experiment that takes a guard of the web away."""

from config.wsgi import application
from tests.faults import harm

__all__ = ["application"]

harm.inflict()
