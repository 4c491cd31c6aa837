"""A test of memory: two bells ring, and what was eaten on these two days is to be added.

With it stands what `benchmarks/gates.py` found: how many starts learn it, by cell and days.
"""

import csv
from functools import cache
from pathlib import Path

import numpy as np

from catrnn import checks
from catrnn.training import step

RECORDED = Path(__file__).parent / "two_bells.csv"
"""Written by `python benchmarks/gates.py`: a row for each cell and number of days."""

CELLS = ("ReLU, as ordered", "ReLU, identity start", "GRU", "LSTM")
"""The cells that were given the same care."""


def two_bells(rng, n_days: int, n_timelines: int) -> tuple:
    """Ring a bell on two days: return days (T, N, 2), a portion and 1 for the bell or 0, and the
    sum of the portions of the two days with a bell, (N, 1).

    Portions are drawn evenly from 0 to 1; one bell rings in the first half of the days, one in the
    second. The adding problem of Hochreiter and Schmidhuber, "Long Short-Term Memory" (1997), with
    the bells placed as in Arjovsky, Shah and Bengio, "Unitary Evolution Recurrent Neural Networks"
    (2016). To say 1 each time misses by 1/6, squared, on average.
    """
    checks.integer("n_days", n_days, minimum=2)
    checks.integer("n_timelines", n_timelines)
    days, half, timeline = np.zeros((n_days, n_timelines, 2)), n_days // 2, np.arange(n_timelines)
    days[..., 0] = rng.uniform(0, 1, (n_days, n_timelines))
    for first, end in ((0, half), (half, n_days)):
        days[rng.integers(first, end, n_timelines), timeline, 1] = 1
    return days, (days[..., :1] * days[..., 1:]).sum(axis=0)


def train_on_new(cat, draw, steps: int, *, clip: float | None = None, momentum: float = 0.0,
                 progress=None) -> np.ndarray:
    """Train in place on new timelines at every step; return the losses (steps, ...).

    What is never seen twice cannot be learned by heart.
    draw: called without arguments; returns days and target as `train` takes them, as many timelines
    each time. clip, momentum, progress: see `train`.
    """
    checks.function("draw", draw)
    checks.integer("steps", steps)
    checks.optional(checks.above_zero, "clip", clip)
    checks.fraction("momentum", momentum)
    checks.optional(checks.function, "progress", progress)
    losses, velocity = [], None
    with np.errstate(over="ignore", invalid="ignore"):  # an explosion is told by the losses
        for done in range(1, steps + 1):
            days, target = draw()
            days = cat.days(days)
            loss, d_params, *_ = cat.gradients(days, cat.target(target), cat.first_state(days))
            losses.append(loss)
            velocity = step(cat, d_params, velocity, clip, momentum)
            if progress is not None:
                progress(done, steps)
    return np.array(losses)


@cache
def rows() -> dict:
    """Return every row by cell and number of days: starts, how many solved it, and the learning
    rate that was chosen."""
    with RECORDED.open(encoding="utf-8", newline="") as file:
        return {(row["cell"], int(row["days"])): row for row in csv.DictReader(file)}


def solved_by_cell() -> tuple:
    """Return the numbers of days, and of each cell the shares of starts that solved it."""
    days = sorted(n_days for cell, n_days in rows() if cell == CELLS[-1])
    shares = {cell: [int(rows()[cell, n]["solved"]) / int(rows()[cell, n]["starts"]) for n in days]
              for cell in CELLS}
    return days, shares
