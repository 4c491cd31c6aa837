"""How the learner called the command, and where: for who hands over to it, such as course.py."""

import os
import pathlib

CALLED, HERE = "CATRNN_COMMAND", "CATRNN_HERE"
"""Two variables: what a learner types before a word, and the folder in which my_notebooks lies."""


def name():
    """Return what to type before a word: "catrnn", "uvx catrnn", or "python3 course.py"."""
    uvx = "UV" in os.environ and "VIRTUAL_ENV" not in os.environ
    return os.environ.get(CALLED) or ("uvx catrnn" if uvx else "catrnn")


def here():
    """Return the folder in which my_notebooks lies: the one where we stand, or as we were told."""
    return pathlib.Path(os.environ.get(HERE) or pathlib.Path.cwd())
