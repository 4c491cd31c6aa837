"""The checks of rows and of their shapes; `shapes` stands beside a layer's methods."""

import inspect
import math
from functools import wraps
from operator import attrgetter

import numpy as np

from catrnn.checks.of_numbers import numbers, said


def rows(name: str, x) -> np.ndarray:
    """Return rows of numbers, shape (..., N, D); a single row (D,) is taken as (1, D)."""
    x = numbers(name, x)
    if x.ndim == 0:
        given, mend = f"is the single number {x}", f"write np.array([{x}])"
        raise ValueError(said(name, given, "a row is", mend))
    return x[None] if x.ndim == 1 else x


def same_shape(name: str, x, of_what: str, shape: tuple) -> np.ndarray:
    """Return rows of exactly this shape, that of `of_what`; nothing is stretched to fit."""
    x = rows(name, x)
    if x.shape != shape:
        given = f"{name} has shape {x.shape}, but {of_what} has {shape}"
        raise ValueError(f"{given}; {another_shape(name, x.shape, shape)}")
    return x


def another_shape(name: str, shape: tuple, wanted: tuple) -> str:
    """Return how to mend a shape; `reshape` is advised only where as many numbers are wanted."""
    told = str((*wanted,)).replace("'", "")
    known = [n for n in wanted if not isinstance(n, str)]
    missing = math.prod(shape) - math.prod(known)
    if len(known) < len(wanted) != len(shape):  # a letter stands for any number
        missing = math.prod(shape) % math.prod(known)
    return f"give {name} of shape {told}" if missing else f"reshape {name} to {told}"


def shaped(name: str, x: np.ndarray, spec: str, sizes: dict, mend="", needed_by="") -> np.ndarray:
    """Return an array of the shape that a spec such as "... N D" stands for.

    sizes: what each letter is, and the dots; what is new is learned from the array.
    """
    wanted = []
    for letter in spec.split():
        size = sizes.get(letter, int(letter) if letter.isdigit() else letter)
        if letter[:-1].isdigit() and letter[-1].isalpha():  # 3H: three times H
            h = sizes.get(letter[-1], letters(spec, x.shape).get(letter[-1]))
            size = letter if h is None else int(letter[:-1]) * h
        wanted += size if isinstance(size, tuple) else [size]
    pairs = zip(x.shape, wanted, strict=False)
    if len(wanted) != x.ndim or not all(n == w or isinstance(w, str) for n, w in pairs):
        told = str((*wanted,)).replace("'", "")
        expected = f"{needed_by} needs {told}" if needed_by else f"{told} is expected"
        mend = mend or another_shape(name, x.shape, wanted)
        raise ValueError(f"{name} has shape {x.shape}, but {expected}; {mend}")
    sizes |= letters(spec, x.shape)
    return x


def letters(spec: str, shape: tuple) -> dict:
    """Return what the last two letters of a spec are in this shape."""
    return dict(zip(spec.split()[:-3:-1], shape[::-1], strict=False))

MISSING = object()
"""No argument: None may be one."""


def shapes(weights=None, /, **expected):
    """Check what a method is given: @shapes(WEIGHTS, c_x="... N D", p_x="... N H").

    A letter is the same number throughout, the dots are leading axes. weights: the shapes of the
    layer's own arrays. A name that is no argument is what the layer remembers of its forward call.
    A row (D,) is taken as (1, D). Raises RuntimeError if there was no forward call.
    """
    weights = weights or {}

    def beside(method):
        arguments = [name for name in inspect.signature(method).parameters if name != "self"]
        memory = [name for name in expected if name not in arguments]
        own = [f"{name}.shape" for name in (*list(weights)[:1], *memory)]
        own, looks = attrgetter(*own) if own else type, attrgetter("__class__", "dtype", "shape")
        fitted = None  # what fitted last: a training asks for the same again and again

        @wraps(method)
        def checked(self, x=MISSING, y=MISSING, /, **named):
            nonlocal fitted
            try:
                seen = own(self), looks(x), y is MISSING or looks(y)
            except AttributeError:  # no array was given, or there was no forward call
                seen = ()
            if seen != fitted or named:
                given = [one for one in (x, y) if one is not MISSING]
                named = dict(zip(arguments, given, strict=False)) | named
                if named.keys() != {*arguments} or len(given) > len(arguments):
                    return method(self, *given, **named)  # Python's own words for it
                x, y = [*fitting(self, weights, memory, expected, named), MISSING][:2]
                fitted = own(self), looks(x), y is MISSING or looks(y)
            return method(self, x) if y is MISSING else method(self, x, y)

        return checked

    return beside


def fitting(layer, weights: dict, memory: list, expected: dict, given: dict) -> list:
    """Return what was given as rows that fit a layer; `shapes` asks when it sees new shapes."""
    sizes, found, needed_by = {}, [], ""
    for name in (*weights, *memory):
        require_forward(getattr(layer, name), layer)
        shape = getattr(layer, name).shape
        sizes["..."] = shape[:-2] if name in memory else sizes.get("...", shape[:-2])
        sizes |= letters((weights | expected)[name], shape)
        needed_by = needed_by or f"{name} of shape {shape}"
    for name, x in given.items():
        x = rows(name, x)
        sizes.setdefault("...", x.shape[:-2])
        needed_by = "" if memory or found else needed_by
        width, wanted = x.shape[-1], sizes.get(expected[name].split()[-1], x.shape[-1])
        mend = f"give rows of length {wanted}, or build the layer with weights for rows of {width}"
        mend = mend if needed_by and width != wanted else ""
        found.append(shaped(name, x, expected[name], sizes, mend, needed_by))
    return found


def require_forward(memory, layer) -> None:
    """Raise RuntimeError when a layer is asked to go back before it went forward."""
    if memory is None:
        given = f"{type(layer).__name__} has no forward call to go back from"
        raise RuntimeError(f"{given}; call forward first, then backward")
