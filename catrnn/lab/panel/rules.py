"""What may come in at a panel's door: a rule for each argument.

A rule is a function of the argument's name, the value that was given, and the default, which
serves as the example of what would do. It returns the value, or raises TypeError or ValueError in
one sentence that calls the argument as the caller wrote it.
"""

import sys
from collections.abc import Callable

import numpy as np

from catrnn import checks

LARGEST = sys.float_info.max

MOST_PORTIONS = 1000
"""Portions of a day, and whatever else is drawn to their scale: more would leave every picture."""


def whole(least: int, most: int = 10**9) -> Callable:
    """Allow whole numbers between two bounds."""

    def rule(name: str, value, example) -> int:
        bounds = f"a whole number from {least} to {most:,}"
        given = checks.brief(value)
        sentence = f"{name} is {given}, but {bounds} is expected; try {name}={example}"
        if not is_number(value) or not isinstance(value, int | np.integer):
            raise TypeError(sentence)
        if not least <= value <= most:
            raise ValueError(sentence)
        return int(value)

    return rule


def number(least: float = -LARGEST, most: float = LARGEST, *, above: float = -np.inf) -> Callable:
    """Allow finite numbers from `least`, or above `above`, to `most`."""
    low = f" above {above:g}" if above > -np.inf else f" from {least:g}" if least > -LARGEST else ""
    bounds = f"a finite number{low}" + (f" to {most:g}" if most < LARGEST else "")

    def rule(name: str, value, example) -> float:
        if isinstance(value, np.generic):
            value = value.item()
        given = checks.brief(value)
        sentence = f"{name} is {given}, but {bounds} is expected; try {name}={example:g}"
        if not is_number(value):
            raise TypeError(sentence)
        if not (least <= value <= most and value > above):  # NaN is neither
            raise ValueError(sentence)
        return value

    return rule


portion = number(-MOST_PORTIONS, MOST_PORTIONS)
"""Allow portions of fish, and what is drawn to their scale."""


def true_or_false(name: str, value, example) -> bool:
    """Allow True and False alone."""
    if not isinstance(value, bool | np.bool_):
        given = checks.brief(value)
        raise TypeError(f"{name} is {given}, but True or False is expected; try {name}={example}")
    return bool(value)


def one_of(options, what: str) -> Callable:
    """Allow the options alone; what: what they are, for the sentence."""
    options = list(options)

    def rule(name: str, value, _example) -> str:
        if not isinstance(value, str) or value not in options:
            given = checks.brief(value)
            raise ValueError(f"{name} is {given}, but {what} is expected; try one of {options}")
        return value

    return rule


def flat_days(least: int, most: int) -> Callable:
    """Allow a flat list of so many days, in portions; it comes back as a list of floats."""

    def rule(name: str, value, _example) -> list:
        expected = f"a flat list of {least} to {most} portions is expected; try {name}=[0.25, 0.5]"
        is_list = isinstance(value, list | tuple) or getattr(value, "ndim", 0) == 1
        if not is_list:
            raise TypeError(f"{name} is {checks.brief(value)}, but {expected}")
        if not least <= len(value) <= most:
            raise ValueError(f"{name} has {len(value)} days, but {expected}")
        for day in value:
            if not is_number(day):
                raise TypeError(f"{name} holds {checks.brief(day)}, but {expected}")
            if not abs(day) <= MOST_PORTIONS:  # NaN is not
                raise ValueError(f"{name} holds {checks.brief(day)}, but portions of at most "
                                 f"{MOST_PORTIONS} are expected; mend or leave out that day")
        return [float(day) for day in value]

    return rule


def optional(rule: Callable) -> Callable:
    """Allow None too."""

    def none_or_rule(name: str, value, example):
        return None if value is None else rule(name, value, example)

    return none_or_rule


def is_number(value) -> bool:
    """Whether a value is one real number, and not True or False."""
    kinds = int | float | np.integer | np.floating
    return isinstance(value, kinds) and not isinstance(value, bool)
