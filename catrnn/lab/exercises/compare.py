"""When two answers are the same."""

import numpy as np

from catrnn.lab.exercises.run import Outcome

TOLERANCE = 1e-4
"""How far from right is still right, as a part of the largest number: float32 keeps seven digits, and a walk through
the days loses one or two of them. A slip is at least a hundred times further off."""


def same(a: np.ndarray, b: np.ndarray) -> bool:
    """Whether two arrays have one shape and, within the tolerance, the same numbers."""
    return a.shape == b.shape and np.allclose(a, b, rtol=0, atol=TOLERANCE * max(np.abs(a).max(initial=0), 1e-6))


def agree(a: Outcome, b: Outcome, parts) -> bool:
    """Whether two outcomes are the same in these parts; to have stopped is the same as to have stopped."""
    if a.parts is None or b.parts is None:
        return bool(a.stopped and b.stopped) or bool(a.unfit and a.unfit == b.unfit)
    return all(same(a.parts[k], b.parts[k]) for k in parts)


def first_wrong_part(expected: list, got: list) -> int | None:
    """Return which of the results is wrong on some probe: its number, or None. Where none came, it is the first."""
    came = [(e.parts, g.parts) for e, g in zip(expected, got, strict=True) if g.parts]
    for k in range(len(expected[0].parts)):
        if not all(same(e[k], g[k]) for e, g in came):
            return k
    return 0 if len(came) < len(got) else None
