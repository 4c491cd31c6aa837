"""The memory that a cell is done with goes back to the system: thirty learners share a machine."""

import ctypes
import sys

from IPython import get_ipython


def give_back(_result=None) -> None:
    """Give it back. Linux's C library would keep it, for it may be needed again."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # not every Linux has it
    if trim is not None:
        trim(0)


def after_each_cell() -> None:
    """See to it that it is given back whenever a cell has run, where there are cells."""
    shell = get_ipython()
    if shell is not None and sys.platform == "linux":
        shell.events.register("post_run_cell", give_back)
