"""python -m config.demo"""

import sys

from config.demo import main

if __name__ == "__main__":
    sys.exit(main())
