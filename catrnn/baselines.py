"""Guesses for tomorrow that need no network, for a flat list of T days or for windows (T, N, 1)."""

import numpy as np

from catrnn import checks


def same_as_yesterday(days):
    """Guess that tomorrow is like the last of the T days."""
    days = checks.timelines("days", days)
    return plain(days[-1])


def same_as_days_ago(n_days: int):
    """Return the guess that the day n_days before it comes again: 1 is yesterday, 7 a week ago."""
    checks.integer("n_days", n_days)

    def same_as_then(days):
        days = checks.timelines("days", days, n_days, why="an earlier one is asked for")
        return plain(days[-n_days])

    return same_as_then


def mean_of_days(days):
    """Guess the mean of the T days."""
    days = checks.timelines("days", days)
    return plain(np.mean(days, axis=0))


def straight_line(days):
    """Guess by the line through the T days (least squares), read off one day ahead; T from 2."""
    days = checks.timelines("days", days, minimum=2)
    number = np.arange(len(days))
    middle = np.mean(number)
    from_middle = number - middle
    slope = np.tensordot(from_middle, days, 1) / (from_middle @ from_middle)
    return plain(np.mean(days, axis=0) + slope * (len(days) - middle))


def plain(guess):
    """Return the guess for a flat list as a Python number, those for windows as they are."""
    return guess if np.ndim(guess) else float(guess)


BASELINES = {"same as yesterday": same_as_yesterday, "mean": mean_of_days,
             "straight line": straight_line}
"""The three by name, in the order of the course."""


class LinearModel:
    """A weight for each of the T days and a bias, which fit N windows best.

    Best is the least mean of the squared misses. days: (T, N, 1), targets: (N, 1), as
    `catrnn.data.windows` gives them. Raises TypeError or ValueError for others.
    """

    def __init__(self, days, targets):
        self.n_days = None
        rows = self._rows(days)
        self.n_days = rows.shape[1] - 1
        targets = checks.same_shape("targets", targets, "one answer a window", (len(rows), 1))
        checks.finite("targets", targets)
        self.weights, *_ = np.linalg.lstsq(rows, targets)

    def predict(self, days) -> np.ndarray:
        """Return tomorrow's portions for each window, (T, N, 1) -> (N, 1)."""
        return self._rows(days) @ self.weights

    def _rows(self, days):
        """Return a row for each window, (N, T + 1): its days, and a 1 for the bias."""
        sizes = {"T": self.n_days} if self.n_days else {}
        days = checks.shaped("days", checks.finite("days", days), "T N 1", sizes)
        return np.column_stack([days[..., 0].T, np.ones(days.shape[1])])
