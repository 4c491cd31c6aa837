"""Notebook 12: does it know this cat, or cats?"""

from functools import lru_cache

import ipywidgets
import numpy as np

from catrnn.baselines import LinearModel, mean_of_days, same_as_yesterday
from catrnn.data import windows
from catrnn.forecast import free_run, learn_habit
from catrnn.habits import HABITS, simulate
from catrnn.lab.panel.controls import LAYOUT, number_box, whole_slider
from catrnn.lab.panel.panel import panel
from catrnn.lab.panel.rules import one_of, whole
from catrnn.lab.pictures.forecast import Forecast

WINDOW, TRAINING_DAYS, ALL_DAYS = 8, 48, 60
TRAINING_CATS, UNSEEN_CATS = 10, 20
TO_COME = 14
"""Days that the network runs free."""


@panel("How far ahead can it see?", habit=one_of(HABITS, "the name of a habit"),
       cat=whole(0, UNSEEN_CATS - 1), day=whole(WINDOW, ALL_DAYS - TO_COME),
       days_ahead=whole(1, TO_COME))
def explore_forecast(habit: str = "feast and fast", cat: int = 3, day: int = 20,
                     days_ahead: int = 5):
    """Return a panel that lets a network run free on a cat it has never seen, from a day on.

    habit: one of `catrnn.habits.HABITS`; cat: which of the 20 unseen cats, from 0; day: the last
    day that is told, from 8 to 46; days_ahead: from 1 to 14, which forecast is put into words. Each
    habit is learned once, by five networks side by side, from 48 days of ten other cats. Raises
    TypeError or ValueError for anything else.
    """
    def compute(habit, cat, day, days_ahead):
        portions, predict, one_step, errors = fit_habit(habit)
        window = portions[cat, day - WINDOW:day].reshape(-1, 1, 1)
        free = free_run(predict, window, TO_COME)[..., 0, 0].T
        return dict(portions=portions[cat], day=day, one_step=one_step[cat], free=free,
                    growth=errors, ahead=days_ahead,
                    name=f"{habit.capitalize()}, unseen cat {cat}")

    controls = {
        "habit": ipywidgets.Dropdown(options=list(HABITS), value=habit, description="habit",
                                     **LAYOUT),
        "cat": number_box("cat", cat, 0, UNSEEN_CATS - 1),
        "day": whole_slider("day told last", day, WINDOW, ALL_DAYS - TO_COME),
        "days_ahead": whole_slider("days ahead", days_ahead, 1, TO_COME),
    }
    return Forecast(TO_COME), compute, controls


@lru_cache(maxsize=len(HABITS))
def fit_habit(habit: str) -> tuple:
    """Train on ten cats of a habit, and look at twenty others.

    Return the unseen cats (C, T), the networks' predict, what they guess a day ahead (C, T - W),
    and the typical miss by days ahead of each guess.
    """
    every_day = simulate(HABITS[habit], np.random.default_rng(0), TRAINING_CATS, ALL_DAYS)
    known = every_day[:, :TRAINING_DAYS]
    unseen = simulate(HABITS[habit], np.random.default_rng(1), UNSEEN_CATS, ALL_DAYS)

    network, linear = learn_habit(known, WINDOW), LinearModel(*windows(known, WINDOW))
    days, _ = windows(unseen, WINDOW)
    one_step = np.median(network.predict(days), axis=0).reshape(UNSEEN_CATS, -1)

    guesses = {"network": network.predict, "linear": linear.predict,
               "mean": mean_of_days, "yesterday": same_as_yesterday}
    errors = {name: error_by_horizon(predict, unseen) for name, predict in guesses.items()}
    return unseen, network.predict, one_step, errors


def error_by_horizon(predict, portions, every: int = 2) -> np.ndarray:
    """Return the typical miss (TO_COME,) by days ahead, from every other day of all cats.

    Of many starts the median.
    """
    origins = np.arange(WINDOW, portions.shape[1] - TO_COME + 1, every)
    days, _ = windows(portions, WINDOW, origins)
    came = np.array([windows(portions, WINDOW, origins + ahead)[1] for ahead in range(TO_COME)])

    guesses = free_run(predict, days, TO_COME)
    starts = [1] * (guesses.ndim - came.ndim)  # what came is the same for all
    squares = (guesses - came.reshape(TO_COME, *starts, -1, 1)) ** 2
    typical = np.sqrt(squares.mean(axis=(-2, -1)))
    return np.median(typical.reshape(TO_COME, -1), axis=1)
