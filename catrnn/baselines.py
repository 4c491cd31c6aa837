"""Guesses for tomorrow that need no network."""

import numpy as np

from catrnn import checks
from catrnn.data import timeline


def same_as_yesterday(portions) -> float:
    """Guess that tomorrow is like the last of the T days."""
    return float(timeline(portions)[-1, 0, 0])


def mean_of_days(portions) -> float:
    """Guess the mean of the T days."""
    return float(timeline(portions).mean())


def straight_line(portions) -> float:
    """Guess by the straight line through the T days (least squares), read off one day ahead; T is at least 2."""
    y = timeline(portions).ravel()
    if len(y) < 2:
        raise ValueError(f"portions has {len(y)} day, but a line needs two points; give at least 2 days")
    day = np.arange(len(y)) - np.arange(len(y)).mean()
    slope = (day @ y) / (day @ day)
    return float(y.mean() + slope * (len(y) - np.arange(len(y)).mean()))


BASELINES = {"same as yesterday": same_as_yesterday, "mean": mean_of_days, "straight line": straight_line}
"""The three by name, in the order of the course."""


def for_each_window(guess, days) -> np.ndarray:
    """Return the guess of one of the three for each of N windows, (T, N, 1) -> (N, 1)."""
    days = checks.numbers("days", days)
    return np.array([[guess(portions)] for portions in days[..., 0].T])


class LinearModel:
    """A weight for each of the T days and a bias, which fit N windows best: the mean of the squared misses is least.

    days: (T, N, 1), targets: (N, 1), as `catrnn.data.windows` gives them.
    """

    def __init__(self, days, targets):
        rows = self._rows(days)
        targets = checks.same_shape("targets", targets, "one answer a window", (len(rows), 1))
        self.weights, *_ = np.linalg.lstsq(rows, targets)

    def predict(self, days) -> np.ndarray:
        """Return tomorrow's portions for each window, (T, N, 1) -> (N, 1)."""
        return self._rows(days) @ self.weights

    @staticmethod
    def _rows(days):
        """Return a row for each window, (N, T + 1): its days, and a 1 for the bias."""
        days = checks.finite("days", checks.numbers("days", days))
        return np.column_stack([days[..., 0].T, np.ones(days.shape[1])])
