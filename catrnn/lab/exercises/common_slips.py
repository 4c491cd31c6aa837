"""The general family of slips: what can go wrong in almost any exercise, derived from its arguments alone."""

from itertools import combinations

import numpy as np

from catrnn.lab.exercises.exercise import Exercise, Slip

ADDED = {"b": "The bias b is not added", "p_x": "The previous state p_x makes no difference",
         "h0": "The first state h0 makes no difference"}
"""Arguments that are easily left out of a sum, and what to say then."""

INTEGERS = "whole numbers"
"""The slip that shows only where the first argument holds whole numbers."""


def family(exercise: Exercise) -> list:
    """Return every general slip that makes sense for the arguments and results of an exercise."""
    axes = exercise.axes
    if not axes:
        return []
    slips = [transposed(name) for name, letters in axes.items() if len(letters.split()) == 2]
    slips += [without(name) for name in axes if name in ADDED]
    slips += [swapped(one, other) for one, other in combinations(axes, 2) if len(axes[one]) == len(axes[other])]
    slips += [returned_swapped(exercise.returns, i, j) for i, j in combinations(range(len(exercise.returns)), 2)]
    return [*slips, truncated(), *([integers(next(iter(axes)))] if exercise.whole else [])]


def transposed(name: str) -> Slip:
    """A matrix turned on its side."""
    words = (f"{name} is turned on its side: there is a .T (or .mT) at {name} where none belongs, "
             "or none where one belongs.")
    return Slip(f"{name} transposed", words, lambda right, **probe: right(**{**probe, name: probe[name].T}))


def without(name: str) -> Slip:
    """A term of the sum left out."""
    words = f"{ADDED[name]}. Put it into the sum."
    return Slip(f"without {name}", words, lambda right, **probe: right(**{**probe, name: 0 * probe[name]}))


def swapped(one: str, other: str) -> Slip:
    """Two arguments in each other's place."""
    words = f"{one} and {other} have changed places. The order of the arguments is in the task."

    def result(right, **probe):
        return right(**{**probe, one: probe[other], other: probe[one]})

    return Slip(f"{one} and {other} swapped", words, result)


def returned_swapped(names: tuple, i: int, j: int) -> Slip:
    """Two results in each other's place."""
    def result(right, **probe):
        parts = list(right(**probe))
        parts[i], parts[j] = parts[j], parts[i]
        return parts

    words = f"{names[i]} and {names[j]} come back in each other's place. End with: return {', '.join(names)}."
    return Slip(f"{names[i]} and {names[j]} returned swapped", words, result)


def truncated() -> Slip:
    """Every decimal lost."""
    words = "The decimals are cut off: the numbers passed through an array of integers. Make it one of floats."
    return Slip("decimals cut off", words, lambda right, **probe: each(np.trunc, right(**probe)))


def integers(name: str) -> Slip:
    """An array made like the input: as soon as that holds integers, it can hold no decimals."""
    words = (f"It is right until {name} holds whole numbers: then np.zeros_like({name}) or {name}.copy() makes an "
             "array of integers, which cuts decimals off. Add dtype=float, or .astype(float).")

    def result(right, **probe):
        whole = np.asarray(probe[name]).dtype.kind == "i"
        return each(np.trunc, right(**probe)) if whole else right(**probe)

    return Slip(INTEGERS, words, result)


def each(f, result):
    """Apply a function to the one result, or to each of several."""
    return [f(part) for part in result] if isinstance(result, tuple) else f(result)
