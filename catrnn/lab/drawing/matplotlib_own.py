"""Matplotlib as it is by itself: in silence while it loads, and without what the user has set."""

import logging
from contextlib import contextmanager, nullcontext


@contextmanager
def in_silence():
    """Keep what Matplotlib says while it looks for fonts out of the learner's first cell.

    It says in red that it builds a list of fonts, or where it keeps that list: both once, and
    neither asks for anything.
    """
    log = logging.getLogger("matplotlib")
    level = log.level
    log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        log.setLevel(level)


with in_silence():
    import matplotlib.font_manager

DEFAULTS = {name: value for name, value in matplotlib.rcParamsDefault.items()
            if not name.startswith("backend")}
"""Matplotlib's own settings; which program it draws for is none of the look."""


def own_settings():
    """Return a `with` in which Matplotlib draws as if the user had set no style and no font."""
    now = matplotlib.rcParams
    strange = {name: value for name, value in DEFAULTS.items() if now[name] != value}
    return matplotlib.rc_context(strange) if strange else nullcontext()
