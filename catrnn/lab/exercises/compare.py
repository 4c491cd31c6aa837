"""When two answers are the same."""

import numpy as np

from catrnn.lab.exercises.findings import Outcome

TOLERANCE = 1e-4
"""How far from right is still right, as a part of the largest number: float32 keeps seven digits,
and a walk through the days loses one or two of them. A slip is at least a hundred times further
off."""


ROUNDED_TO = 6
"""The most decimals to which a learner rounds."""


def same(a: np.ndarray, b: np.ndarray) -> bool:
    """Whether two arrays have one shape and, within the tolerance, the same numbers."""
    if a.shape != b.shape:
        return False
    largest = max(np.abs(a[np.isfinite(a)]).max(initial=0), 1e-6)
    with np.errstate(invalid="ignore"):  # infinity less infinity
        near = np.abs(a - b) <= TOLERANCE * largest
    return bool((near | (a == b) | (np.isnan(a) & np.isnan(b))).all())


def decimals(a: np.ndarray, b: np.ndarray) -> int | None:
    """Return to how many decimals b is rounded where a has more of them; None if it is not."""
    for places in range(1, ROUNDED_TO + 1):
        if np.array_equal(b, b.round(places)):
            more = np.abs(a - a.round(places)) > 10.0 ** -(places + 2)
            return places if more.any() else None
    return None


def agree(a: Outcome, b: Outcome, parts=None) -> bool:
    """Whether two outcomes are the same in these parts, or in all; all that stopped is the same."""
    if a.parts and b.parts:
        parts = range(len(a.parts)) if parts is None else parts
        return all(same(a.parts[k], b.parts[k]) for k in parts)
    if a.error or b.error:
        return bool(a.error and b.error)
    return bool(a.invalid and b.invalid) and same_complaint(a.invalid, b.invalid)


def same_complaint(a: Exception, b: Exception) -> bool:
    """Whether two exceptions say the same."""
    return type(a) is type(b) and a.args == b.args


def first_wrong_part(tries: list) -> int | None:
    """Return which of the results is wrong on some probe, or None; where none came, the first."""
    came = [(t.expected.parts, t.got.parts) for t in tries if t.got.parts]
    for part in range(len(tries[0].expected.parts)):
        if not all(same(expected[part], got[part]) for expected, got in came):
            return part
    return 0 if len(came) < len(tries) else None
