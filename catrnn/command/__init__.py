"""Open the course in the folder where you stand. You work in my_notebooks there.

    {name}              open the notebooks in JupyterLab (more words go to it: --no-browser)
    {name} reset 07     put a fresh notebook 07 into my_notebooks, beside your saved old one
    {name} update       let my_notebooks follow the course, and say what is new
    {name} copy FOLDER  the notebooks alone, as a learner gets them
    {name} mark FOLDER  for teachers: mark handed-in notebooks (--help says more)
    {name} help         print this; --version prints the version

What you have changed in my_notebooks is never overwritten.
"""

import os
import sys
from importlib import import_module

from catrnn import __version__
from catrnn.command.caller import name
from catrnn.command.files import said

WORDS = {
    "copy": "catrnn.command.words.copy",
    "mark": "catrnn.lab.marking.command.mark",
    "reset": "catrnn.command.words.reset",
    "update": "catrnn.command.words.update",
}
"""What each word calls, with the words after it; it returns an exit code. Loaded when needed."""

OPEN = "catrnn.command.jupyter.open_course"
"""What is called where no word is given, or JupyterLab's own alone."""

LIGHT = {"copy", "help", "-h", "--help", "reset", "update", "--version"}
"""The words that need Python's own library and no other package."""


def call(place, words):
    """Load `package.module.function` and call it."""
    module, _, function = place.rpartition(".")
    return getattr(import_module(module), function)(words)


def obey(words):
    """Do what the first word says, or open the course, and return an exit code."""
    first = words[0] if words else ""
    if first in ("help", "-h", "--help"):
        print(__doc__.format(name=name()).rstrip())
        return 0
    if first == "--version":
        print(__version__)
        return 0
    if first in WORDS:
        return call(WORDS[first], words[1:])
    if not first or first.startswith("-"):
        return call(OPEN, words)
    sys.exit(f"{name()} does not know '{first}'. It knows: {', '.join(sorted({*WORDS, 'help'}))}.")


def main(words=None):
    """Obey the words given, or those of the command line; what goes wrong ends in a sentence."""
    os.umask(os.umask(0) & 0o077)  # whatever this shell takes away, we read what we write
    try:
        return obey(sys.argv[1:] if words is None else words)
    except KeyboardInterrupt:
        sys.exit("\nStopped. Nothing is lost: start again when you like.")
    except OSError as error:
        sys.exit(f"Cannot read or write {said(error)}. "
                 "Is it in a folder of your own, on a disk with space?")
