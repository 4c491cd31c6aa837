"""The checks of what is neither number nor shape: lists, texts, functions, generators."""

import inspect

import numpy as np

from catrnn.checks.of_numbers import MOST, MOST_UNITS, brief, integer, said


def non_empty(name: str, things, what: str):
    """Return a list, tuple or array of at least one thing."""
    if type(things) is list and things:
        return things  # nearly every call, so it is answered first
    mend = f"give a list of {what}"
    if not isinstance(things, list | tuple | np.ndarray) or getattr(things, "ndim", 1) == 0:
        raise TypeError(said(name, f"is {brief(things)}", "a list is", mend))
    if len(things) == 0:
        raise ValueError(said(name, "is empty", "at least one is", mend))
    return things


def names(name: str, given, known: tuple) -> None:
    """Check for a list, tuple or set of some of the known names."""
    if not isinstance(given, list | tuple | set) or not {*given} <= {*known}:
        raise ValueError(said(name, f"is {brief(given)}", "names are", f"choose from {known}"))


def require_attributes(name: str, thing, *wanted: str) -> None:
    """Check that `thing` is an object with everything that is wanted of it."""
    if isinstance(thing, type) or not all(hasattr(thing, attribute) for attribute in wanted):
        expected = f"an object with {', '.join(wanted)} is"
        raise TypeError(said(name, f"is {brief(thing)}", expected, "build one"))


def function(name: str, f) -> None:
    """Check that `f` can be called."""
    if not callable(f):
        mend = "write its name without brackets"
        raise TypeError(said(name, f"is {brief(f)}", "a function is", mend))


def takes(name: str, f, *wanted: str) -> None:
    """Check that a function takes arguments of these names."""
    known = inspect.signature(f).parameters if wanted else {}
    missing = [one for one in wanted if one not in known]
    if missing and not any(one.kind is one.VAR_KEYWORD for one in known.values()):
        raise TypeError(said(name, f"takes no {' and no '.join(missing)}", "both are",
                             "try init=uniform_init"))


def generators(name: str, rng) -> None:
    """Check for one generator of random numbers, or a list of them."""
    every = rng if isinstance(rng, list | tuple) else [rng]
    non_empty(name, every, "np.random.default_rng(0), one a cat")
    if not all(isinstance(one, np.random.Generator) for one in every):
        expected = "a generator, or a list of them, is"
        raise TypeError(said(name, f"is {brief(rng)}", expected, "try default_rng(0)"))


def draw(rng, **counts) -> None:
    """Check for a generator, and for how many numbers are drawn from it, by name."""
    if isinstance(rng, list | tuple):
        raise TypeError(said("rng", f"is {brief(rng)}", "one generator is", "try default_rng(0)"))
    generators("rng", rng)
    for name, value in counts.items():
        integer(name, value, maximum=MOST_UNITS if name.endswith("_size") else MOST)


def text(name: str, value, alphabet: str) -> str:
    """Return a text of at least one letter, all of them in the alphabet."""
    if not isinstance(value, str) or not value:
        mend = f"try {name}={alphabet[-1]!r}"
        raise TypeError(said(name, f"is {brief(value)}", "a text is", mend))
    strange = [letter for letter in value if letter not in alphabet]
    if strange:
        given, mend = f"holds {strange[0]!r}", f"use those of {alphabet!r}"
        raise ValueError(said(name, given, "a letter of the alphabet is", mend))
    return value


def texts(name: str, things, alphabet: str) -> None:
    """Check for a list of at least one text, each of letters of the alphabet."""
    for k, one in enumerate(non_empty(name, things, "names")):
        text(f"{name}[{k}]", one, alphabet)
