"""Notebook 12: does it know this cat, or cats?"""

from functools import lru_cache
from typing import NamedTuple

import ipywidgets
import numpy as np

from catrnn.baselines import LinearModel, mean_of_days, same_as_yesterday
from catrnn.data import windows
from catrnn.forecast import ScaledModel, free_run, learn_habit, many_futures
from catrnn.habits import HABITS, RULES, simulate
from catrnn.lab.panel.controls import LAYOUT, number_box, whole_slider
from catrnn.lab.panel.decorator import panel
from catrnn.lab.panel.rules import one_of, whole
from catrnn.lab.pictures.forecast import Forecast

WINDOW, TRAINING_DAYS, ALL_DAYS = 8, 48, 60
TRAINING_CATS, UNSEEN_CATS = 10, 20
TO_COME = 14
"""Days that the network runs free."""
FUTURES = 30
"""Futures of each start."""
EVERY = 2
"""Days from one start of a forecast that is judged to the next."""


@panel("How far ahead can it see?", habit=one_of(HABITS, "the name of a habit"),
       cat=whole(0, UNSEEN_CATS - 1), day=whole(WINDOW, ALL_DAYS - TO_COME),
       days_ahead=whole(1, TO_COME))
def explore_forecast(habit: str = "feast and fast", cat: int = 3, day: int = 20,
                     days_ahead: int = 5):
    """Return a panel that lets a network run free on a cat it has never seen, from a day on.

    habit: one of `catrnn.habits.HABITS`; cat: which of the 20 unseen cats, from 0; day: the last
    day that is told, from 8 to 46; days_ahead: from 1 to 14, which forecast is put into words. Each
    habit is learned once, by five networks side by side, from 48 days of ten other cats. In many
    futures each day is off by as much as the network was on those. Raises
    TypeError or ValueError for anything else.
    """
    def compute(habit, cat, day, days_ahead):
        trial, (one_step, growth) = trial_of(habit), judged(habit)
        portions, predict = trial.unseen[cat], trial.network.predict
        window = portions[day - WINDOW:day].reshape(-1, 1, 1)
        free = free_run(predict, window, TO_COME)[..., 0, 0].T
        futures = futures_of(habit, window)[..., 0, :].swapaxes(0, 1)
        return dict(portions=portions, day=day, one_step=one_step[cat], free=free, futures=futures,
                    growth=growth, ahead=days_ahead,
                    name=f"{habit.capitalize()}, unseen cat {cat}")

    controls = {
        "habit": ipywidgets.Dropdown(options=list(HABITS), value=habit, description="habit",
                                     **LAYOUT),
        "cat": number_box("cat", cat, 0, UNSEEN_CATS - 1),
        "day": whole_slider("day told last", day, WINDOW, ALL_DAYS - TO_COME),
        "days_ahead": whole_slider("days ahead", days_ahead, 1, TO_COME),
    }
    return Forecast(TO_COME), compute, controls


class Trial(NamedTuple):
    """What a habit's networks learn from, what they are judged by, and what came out."""

    known: np.ndarray
    """Ten cats, 60 days (10, 60); the first 48 are learned from."""
    unseen: np.ndarray
    """Twenty others (20, 60)."""
    network: ScaledModel
    """Five starts side by side."""
    linear: LinearModel


@lru_cache(maxsize=len(HABITS))
def trial_of(habit: str) -> Trial:
    """Raise ten cats of a habit to learn from and twenty to judge by; learn the habit once.

    habit: one of `catrnn.habits.HABITS`. The next call for the same habit takes no time.
    """
    known = simulate(HABITS[habit], np.random.default_rng(0), TRAINING_CATS, ALL_DAYS)
    unseen = simulate(HABITS[habit], np.random.default_rng(1), UNSEEN_CATS, ALL_DAYS)
    days, targets = windows(known[:, :TRAINING_DAYS], WINDOW)
    network = learn_habit(known[:, :TRAINING_DAYS], WINDOW)
    return Trial(known, unseen, network, LinearModel(days, targets))


@lru_cache(maxsize=len(HABITS))
def own_miss(habit: str) -> float:
    """Return how far the networks are off a day ahead, on the days that they learned from.

    That is the chance which hits each day of a future; of the starts the median.
    """
    days, targets = windows(trial_of(habit).known[:, :TRAINING_DAYS], WINDOW)
    guesses = trial_of(habit).network.predict(days)
    return float(np.median(np.sqrt(np.mean((guesses - targets) ** 2, axis=(-2, -1)))))


def futures_of(habit: str, days) -> np.ndarray:
    """Return many futures of windows (W, N, 1) by every start, (TO_COME, starts, N, FUTURES)."""
    predict, rng = trial_of(habit).network.predict, np.random.default_rng(0)
    return many_futures(predict, days, TO_COME, FUTURES, own_miss(habit), rng)


@lru_cache(maxsize=len(HABITS))
def judged(habit: str) -> tuple:
    """Return what the networks guess a day ahead for the unseen cats, (C, T - W), of the starts the
    median; and by name the typical miss of each guess, by days ahead."""
    _, unseen, network, linear = trial_of(habit)
    days, _ = windows(unseen, WINDOW)
    one_step = np.median(network.predict(days), axis=0).reshape(UNSEEN_CATS, -1)

    origins = np.arange(WINDOW, ALL_DAYS - TO_COME + 1, EVERY)
    asked, _ = windows(unseen, WINDOW, origins)
    came = np.array([windows(unseen, WINDOW, origins + ahead)[1] for ahead in range(TO_COME)])
    guesses = {"one path": network.predict, "linear": linear.predict, "own rule": RULES[habit],
               "mean": mean_of_days, "yesterday": same_as_yesterday}
    forecasts = {name: free_run(predict, asked, TO_COME) for name, predict in guesses.items()}
    forecasts["many futures"] = futures_of(habit, asked).mean(axis=-1, keepdims=True)
    return one_step, {name: misses(forecast, came) for name, forecast in forecasts.items()}


def misses(forecast, came) -> np.ndarray:
    """Return the typical miss (A,) of forecasts (A, N, 1) or (A, starts, N, 1), of the starts the
    median; came (A, N, 1) is the same for all."""
    starts = [1] * (forecast.ndim - came.ndim)
    squares = (forecast - came.reshape(TO_COME, *starts, -1, 1)) ** 2
    typical = np.sqrt(squares.mean(axis=(-2, -1)))
    return np.median(typical.reshape(TO_COME, -1), axis=1)
