"""What the cat ate, and what the sun did."""

import pathlib
from types import MappingProxyType

import numpy as np

from catrnn import checks

PORTIONS = (0.25, 0.50, 0.75, 1.00)
"""Portions of fish on Days 1 to 4."""

DAYS = np.array(PORTIONS).reshape(-1, 1, 1)
"""The same four days as the network takes them, (T, N, D): 4 days, 1 sequence, 1 number a day."""

TARGET = np.array([[1.25]])
"""Portions of fish on Day 5, (N, D): the answer that the network is trained towards."""

CATS = MappingProxyType({
    "grower": (0.25, 0.50, 0.75, 1.00, 1.25),
    "dieter": (1.25, 1.00, 0.75, 0.50, 0.25),
    "creature of habit": (0.75, 0.75, 0.75, 0.75, 0.75),
    "every other day": (0.25, 1.00, 0.25, 1.00, 0.25),
    "feast and rest": (1.00, 0.25, 0.25, 1.00, 0.25),
})
"""Five cats for the questions of the course: four days and a fifth, in portions of fish."""

# None of these can be changed: every notebook, panel and test means the same days.
for _array in (DAYS, TARGET):
    _array.flags.writeable = False


def timeline(days) -> np.ndarray:
    """Return the days of one cat as an array (T, 1, 1), from a flat list of T portions.

    Raises TypeError for text, ValueError for no days, NaN or anything but a flat list.
    """
    portions = checks.finite("days", days)
    if portions.ndim != 1:
        raise ValueError(f"days has shape {portions.shape}, but a flat list of days is expected; "
                         f"try [0.25, 0.5]")
    return portions.astype(float).reshape(-1, 1, 1)


def windows(series, n_days: int, answers=None):
    """Cut timelines into windows: return days (n_days, N, 1), and the day after each, (N, 1).

    series: T portions of one cat, or (C, T), a row for each of C cats; no window runs from one cat
    into the next. answers: which days are to be guessed, counted from 0, such as range(40, 48);
    every day that has n_days before it if None. A window holds the n_days before its answer, and so
    never the answer. Cat by cat, in the order given.
    Raises TypeError or ValueError for NaN, too few days, or an answer without n_days before it.
    """
    series = checks.finite("series", checks.rows("series", series))
    checks.integer("n_days", n_days)
    length = series.shape[-1]
    if series.ndim != 2 or length <= n_days:
        raise ValueError(f"series has shape {series.shape}, but more than {n_days} days are "
                         f"expected, flat or one row a cat; give more days, or a smaller n_days")
    answers = range(n_days, length) if answers is None else answers
    answers = checks.days_by_number("answers", answers, f"try range({n_days}, {length})")
    if answers.min() < n_days or answers.max() >= length:
        given = f"answers run from {answers.min()} to {answers.max()}"
        raise ValueError(f"{given}, but days {n_days} to {length - 1} have {n_days} days before "
                         f"them and an answer; try range({n_days}, {length})")

    before = answers + np.arange(-n_days, 0)[:, None]
    days = series[:, before].swapaxes(0, 1).reshape(n_days, -1, 1)
    return days, series[:, answers].reshape(-1, 1)


def sunspots():
    """Return the years 1700 to 2008, (309,), and the mean sunspot number of each, (309,).

    From the National Geophysical Data Center (NOAA); `catrnn/sunspots/README.md` says more.
    """
    path = pathlib.Path(__file__).parent / "sunspots" / "sunspots_yearly.csv"
    years, numbers = np.loadtxt(path, delimiter=",", skiprows=1, unpack=True)
    return years.astype(int), numbers
