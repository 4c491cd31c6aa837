"""The general slips: what can go wrong in almost any exercise, derived from its arguments alone."""

from itertools import combinations

import numpy as np

from catrnn.lab.exercises.exercise import Exercise, Slip

ADDED = {"b": "The bias b is not added", "p_x": "The previous state p_x makes no difference",
         "h0": "The first state h0 makes no difference"}
"""Arguments that are easily left out of a sum, and what to say then."""

INTEGERS = "whole numbers"
"""The slip that shows only where the first argument holds whole numbers."""


SECOND = "of a second call"
"""How the names of results end that no learner returns: what a layer gives when asked again."""

CUT_OFF = "decimals cut off"
OF_ANY_RESULT = (INTEGERS, CUT_OFF)
"""Slips that may be made in one of several results, and not in the others."""


def known_slips(exercise: Exercise) -> list:
    """Return the slips of the exercise, then the general ones of which it has none of its own."""
    own = {slip.name for slip in exercise.slips}
    return [*exercise.slips, *(slip for slip in general_slips(exercise) if slip.name not in own)]


def general_slips(exercise: Exercise) -> list:
    """Return every general slip that makes sense for the arguments and results of an exercise."""
    axes, returns = exercise.axes, exercise.returns
    if not axes:
        return []
    matrices = [name for name, letters in axes.items() if len(letters.split()) == 2]
    alike = [(one, two) for one, two in combinations(axes, 2) if len(axes[one]) == len(axes[two])]

    slips = [transposed(name) for name in matrices]
    slips += [without(name) for name in axes if name in ADDED]
    slips += [swapped(one, two) for one, two in alike]
    once = [k for k, name in enumerate(returns) if not name.endswith(SECOND)]
    slips += [returned_swapped(returns, i, j) for i, j in combinations(once, 2)]
    slips += [truncated()]
    slips += [integers(next(iter(axes)))] if exercise.allow_integers else []
    return slips


def transposed(name: str) -> Slip:
    """A matrix turned on its side."""
    words = (f"{name} is turned on its side: there is a .T (or .mT) at {name} where none belongs, "
             "or none where one belongs.")

    def result(right, **probe):
        return right(**{**probe, name: probe[name].T})

    return Slip(f"{name} transposed", words, result)


def without(name: str) -> Slip:
    """A term of the sum left out."""
    words = f"{ADDED[name]}. Put it into the sum."

    def result(right, **probe):
        return right(**{**probe, name: 0 * probe[name]})

    return Slip(f"without {name}", words, result)


def swapped(one: str, two: str) -> Slip:
    """Two arguments in each other's place."""
    words = f"{one} and {two} have changed places: each stands where the other belongs."

    def result(right, **probe):
        return right(**{**probe, one: probe[two], two: probe[one]})

    return Slip(f"{one} and {two} swapped", words, result)


def returned_swapped(names: tuple, i: int, j: int) -> Slip:
    """Two results in each other's place."""
    words = (f"{names[i]} and {names[j]} come back in each other's place. "
             f"End with: return {', '.join(names)}.")

    def result(right, **probe):
        parts = list(right(**probe))
        parts[i], parts[j] = parts[j], parts[i]
        return parts

    return Slip(f"{names[i]} and {names[j]} returned swapped", words, result)


def truncated() -> Slip:
    """Every decimal lost."""
    words = ("The decimals are cut off: the numbers passed through an array of integers. "
             "Make it one of floats.")

    def result(right, **probe):
        return each(np.trunc, right(**probe))

    return Slip(CUT_OFF, words, result)


def integers(name: str) -> Slip:
    """An array made like the input: as soon as that holds integers, it can hold no decimals."""
    words = (f"It is right until {name} holds whole numbers: then np.zeros_like({name}) or "
             f"{name}.copy() makes an array of integers, which cuts decimals off. "
             "Add dtype=float, or .astype(float).")

    def result(right, **probe):
        whole = np.asarray(probe[name]).dtype.kind == "i"
        return each(np.trunc, right(**probe)) if whole else right(**probe)

    return Slip(INTEGERS, words, result)


def each(f, result):
    """Apply a function to the one result, or to each of several."""
    return [f(part) for part in result] if isinstance(result, tuple) else f(result)
