"""Every guess for a cat's days, and how far it misses days that were kept back from it."""

from functools import lru_cache

import numpy as np

from catrnn.baselines import BASELINES, LinearModel
from catrnn.data import timeline, windows
from catrnn.forecast import free_run, learn_habit
from catrnn.lab.drawing.text import WEEKDAYS

EPOCHS = 300
LEAST_TO_KEEP, MOST_KEPT = 8, 28
"""Fewer days are all needed to learn from; and no more than so many are kept back."""
RHYTHM = 0.75
FARTHEST = 14
"""Days ahead that days kept back are asked for."""


def held_out(n_days: int) -> int:
    """Return how many of the last days are kept back to judge the guesses by."""
    return min(n_days // 4, MOST_KEPT) if n_days >= LEAST_TO_KEEP else 0


def longest_window(n_days: int) -> int:
    """Return how many days network and linear model may see: half of those they learn from."""
    return max(1, (n_days - held_out(n_days)) // 2)


@lru_cache(maxsize=20)
def fitted(days: tuple, window: int) -> dict:
    """Return every guess by name, fitted on these days: a function of all days (T, 1, 1)."""
    series = np.array(days)
    network = learn_habit(series, window, epochs=EPOCHS)
    linear = LinearModel(*windows(series, window))
    return {
        "network": of_last_days(window, network.predict),
        "linear": of_last_days(window, linear.predict),
        **BASELINES,
    }


def of_last_days(n_days: int, predict):
    """Return a guess that sees no more than the last n_days."""
    def predict_from_last(days):
        return predict(days[-n_days:])

    return predict_from_last


@lru_cache(maxsize=20)
def holdout_errors(days: tuple, window: int, n_holdout: int) -> dict:
    """Return the typical miss, a day ahead, on the last n_holdout days, kept from every fit.

    By name; of a network's starts the median guess counts. Empty if no days are held out.
    """
    if n_holdout == 0:
        return {}
    first = len(days) - n_holdout
    return {name: float(np.sqrt(np.mean(misses_on(days, first, predict, 1) ** 2)))
            for name, predict in fitted(days[:first], window).items()}


@lru_cache(maxsize=20)
def error_by_horizon(days: tuple, window: int, n_holdout: int, name: str) -> np.ndarray:
    """Return the typical miss of a guess on the last n_holdout days, 1, 2, ... days ahead.

    At most FARTHEST and n_holdout. It runs free from each day before one that was kept back, so the
    farther ahead, the fewer misses there are: n_holdout days ahead it is one.
    """
    first = len(days) - n_holdout
    predict = fitted(days[:first], window)[name]
    misses = misses_on(days, first, predict, min(n_holdout, FARTHEST))
    return np.sqrt(np.nanmean(misses**2, axis=0))


def misses_on(days: tuple, first: int, predict, n_ahead: int) -> np.ndarray:
    """Return how far a guess misses, running free from before each of the days first, ..., T-1.

    (T - first, n_ahead): a row for each of these days, NaN after the last day.
    """
    series, misses = timeline(days), np.full((len(days) - first, n_ahead), np.nan)
    for row, day in zip(misses, range(first, len(days)), strict=True):
        ahead = min(len(days) - day, n_ahead)
        guesses = free_run(predict, series[:day], ahead, keep_all=True)
        row[:ahead] = np.median(guesses.reshape(ahead, -1), axis=1) - days[day:day + ahead]
    return misses


def rhythm(days, first_weekday: str) -> dict:
    """Return the mean of each day of the week if they differ by more than chance, else {}.

    Each day is guessed by the others of its name, and by all others: there is a rhythm if the
    squares of the first misses are under RHYTHM of the second's. Two weeks are needed at least. Of
    400 series of noise 2% seem to have one after two weeks, 0.5% after four.
    """
    days, first = np.asarray(days, dtype=float), WEEKDAYS.index(first_weekday)
    if len(days) < 2 * len(WEEKDAYS):
        return {}
    names = (first + np.arange(len(days))) % len(WEEKDAYS)
    of_name = names[:, None] == names
    misses = [days - of_others(days, same) for same in (of_name, np.ones_like(of_name))]
    by_name, by_all = (np.sum(miss**2) for miss in misses)
    if not by_name < RHYTHM * by_all:
        return {}
    return {name: float(days[names == day].mean()) for day, name in enumerate(WEEKDAYS)}


def of_others(days, same) -> np.ndarray:
    """Return for each of the days (T,) the mean of the others that are the same, by same (T, T)."""
    return (same @ days - days) / (same.sum(axis=1) - 1)
