"""Notebook 12: does it know this cat, or cats?"""

from functools import lru_cache

import ipywidgets
import numpy as np

from catrnn import checks
from catrnn.baselines import BASELINES, LinearModel, for_each_window
from catrnn.data import windows
from catrnn.forecast import free_run, learn_habit
from catrnn.habits import HABITS, simulate
from catrnn.lab.panel.controls import LAYOUT, number_box, whole_slider
from catrnn.lab.panel.panel import Panel
from catrnn.lab.pictures.forecast import Forecast

WINDOW, TRAINING_DAYS, ALL_DAYS = 8, 48, 60
TRAINING_CATS, UNSEEN_CATS = 10, 20
TO_COME = 14
"""Days that the network runs free."""


def explore_forecast(habit: str = "feast and fast", cat: int = 3, day: int = 20, days_ahead: int = 5) -> Panel:
    """Return a panel that lets a network run free on a cat it has never seen, from a day on.

    habit: one of `catrnn.habits.HABITS`; cat: which of the 20 unseen cats, from 0; day: the last day that is told, from
    8 to 46; days_ahead: from 1 to 14, which forecast is put into words. Each habit is learned once, by five networks
    side by side, from 48 days of ten other cats.
    Raises TypeError or ValueError for anything else.
    """
    if habit not in list(HABITS):
        raise ValueError(f"habit is {checks.brief(habit)}, but the name of a habit is expected; try {list(HABITS)}")
    for name, value, least, most in (("cat", cat, 0, UNSEEN_CATS - 1), ("day", day, WINDOW, ALL_DAYS - TO_COME),
                                     ("days_ahead", days_ahead, 1, TO_COME)):
        checks.integer(name, value, least, most)
    picture = Forecast(TO_COME)

    def answer(habit, cat, day, days_ahead):
        portions, predict, one_step, growth = learned(habit)
        free = free_run(predict, portions[cat, day - WINDOW:day].reshape(-1, 1, 1), TO_COME)[..., 0, 0].T
        name = f"{habit.capitalize()}, unseen cat {cat}"
        picture.show(portions[cat], day, one_step[cat], free, growth, days_ahead, name)

    controls = {
        "habit": ipywidgets.Dropdown(options=list(HABITS), value=habit, description="habit", **LAYOUT),
        "cat": number_box("cat", cat, 0, UNSEEN_CATS - 1),
        "day": whole_slider("day told last", day, WINDOW, ALL_DAYS - TO_COME),
        "days_ahead": whole_slider("days ahead", days_ahead, 1, TO_COME),
    }
    return Panel("How far ahead can it see?", picture, answer, controls, "explore_forecast")


@lru_cache(maxsize=len(HABITS))
def learned(habit: str) -> tuple:
    """Train on ten cats of a habit; return unseen cats (C, T), the networks' predict, what they guess a day ahead
    (C, T - W), and the typical miss by days ahead of each guess."""
    known = simulate(HABITS[habit], np.random.default_rng(0), TRAINING_CATS, ALL_DAYS)[:, :TRAINING_DAYS]
    unseen = simulate(HABITS[habit], np.random.default_rng(1), UNSEEN_CATS, ALL_DAYS)
    network = learn_habit(known, WINDOW)
    days, _ = windows(unseen, WINDOW)
    one_step = np.median(network.predict(days), axis=0).reshape(UNSEEN_CATS, -1)
    ways = {"network": network.predict, "linear": LinearModel(*windows(known, WINDOW)).predict,
            "mean": naive("mean"), "yesterday": naive("same as yesterday")}
    return unseen, network.predict, one_step, {name: growth(way, unseen) for name, way in ways.items()}


def naive(name: str):
    """Return a naive guess as a function of windows."""
    return lambda days: for_each_window(BASELINES[name], days)


def growth(predict, portions, every: int = 2) -> np.ndarray:
    """Return the typical miss (TO_COME,) by days ahead, from every other day of all cats; of many starts the median."""
    starts = np.arange(WINDOW, portions.shape[1] - TO_COME + 1, every)
    days, _ = windows(portions, WINDOW, starts)
    came = np.array([windows(portions, WINDOW, starts + ahead)[1] for ahead in range(TO_COME)])
    guesses = free_run(predict, days, TO_COME)
    squares = (guesses - came.reshape(TO_COME, *[1] * (guesses.ndim - 3), -1, 1)) ** 2
    typical = np.sqrt(squares.mean(axis=(-2, -1)))
    return np.median(typical.reshape(TO_COME, -1), axis=1)
