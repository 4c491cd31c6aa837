"""python -m catrnn: what the command `catrnn` does."""

import sys

from catrnn.command import main

sys.exit(main(sys.argv[1:]))
