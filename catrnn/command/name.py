"""How the learner called the command, for sentences that say what to type."""

import os

CALLED = "CATRNN_COMMAND"
"""The variable in which who hands over, such as course.py, says how it was called."""


def name():
    """Return what to type before a word: "catrnn", or "python3 course.py"."""
    uvx = "UV" in os.environ and "VIRTUAL_ENV" not in os.environ
    return os.environ.get(CALLED) or ("uvx catrnn" if uvx else "catrnn")
