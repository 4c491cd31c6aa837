"""Notebook 14: can every day be a lesson?"""

import csv
from functools import cache
from pathlib import Path

import ipywidgets
import numpy as np

from catrnn.baselines import mean_of_days
from catrnn.forecast import Scaling
from catrnn.habits import HABITS, simulate
from catrnn.initializers import leaky_identity_init
from catrnn.lab.panel.controls import LAYOUT, choice_slider
from catrnn.lab.panel.decorator import panel
from catrnn.lab.panel.rules import one_of, whole
from catrnn.lab.pictures.lessons import Lessons
from catrnn.network import CatRNN
from catrnn.training import train

N_DAYS, UNSEEN, STARTS, EPOCHS = 20, 100, 20, 200
"""Days of a timeline, timelines of the test, networks, and updates of each."""

GRADED, TIMELINES = (1, 2, 5, 10, 20), (1, 2, 4, 8, 16, 32, 64)
LEARNED = ("feast and fast", "two days ago")
"""What is recorded: how many of the last days have an answer, how many timelines, which habits."""

RECORDED = Path(__file__).parent / "answers.csv"
"""Written by benchmarks/answers.py: a row for each training, with the miss of each network."""


@panel("How many timelines does it take?", habit=one_of(LEARNED, "the name of a habit"),
       graded=whole(1, N_DAYS), timelines=whole(1, TIMELINES[-1]))
def explore_answers(habit: str = "feast and fast", graded: int = 1, timelines: int = 4):
    """Return a panel that shows how well a habit is learned from timelines of 20 days.

    habit: "feast and fast" or "two days ago"; graded: how many of the last days have an answer;
    timelines: how many the network learns from, 1 to 64. 20 networks each, every one with first
    weights and timelines of its own. What is not recorded is trained when it is asked for.
    """
    def compute(habit, graded, timelines):
        return dict(timelines=TIMELINES, misses=recorded_answers()[habit], graded=graded,
                    at=timelines, chosen=misses_of(habit, graded, timelines),
                    naive=naive_miss(habit), name=habit.capitalize())

    controls = {
        "habit": ipywidgets.Dropdown(options=LEARNED, value=habit, description="habit", **LAYOUT),
        "graded": choice_slider("days graded", graded, GRADED),
        "timelines": choice_slider("timelines", timelines, TIMELINES),
    }
    return Lessons(), compute, controls


@cache
def recorded_answers() -> dict:
    """Return the recorded misses, {habit: {graded: (K, S)}}, for K numbers of timelines."""
    found = {habit: {graded: [] for graded in GRADED} for habit in LEARNED}
    with RECORDED.open(encoding="utf-8", newline="") as rows:
        for habit, graded, _, *misses in csv.reader(rows):
            found[habit][int(graded)].append([float(miss) for miss in misses])
    return {habit: {graded: np.array(rows) for graded, rows in of.items()}
            for habit, of in found.items()}


def misses_of(habit: str, graded: int, timelines: int) -> np.ndarray:
    """Return the misses of the networks (S,): those recorded, or else of a training."""
    if graded in GRADED and timelines in TIMELINES:
        return recorded_answers()[habit][graded][TIMELINES.index(timelines)]
    return typical_misses(habit, graded, timelines)


def typical_misses(habit: str, graded: int, timelines: int, n_days: int = N_DAYS) -> np.ndarray:
    """Train networks side by side, ask each about cats never seen; return the typical miss (S,).

    Network k has first weights drawn by default_rng(k) and timelines by default_rng(1000 + k).
    """
    eaten = [simulate(HABITS[habit], np.random.default_rng(1000 + k), timelines, n_days + 1)
             for k in range(STARTS)]
    scaling = Scaling.fit(eaten)
    days = scaling.transform(eaten).transpose(2, 0, 1)[..., None]  # (T + 1, M, N, 1)
    rngs = [np.random.default_rng(k) for k in range(STARTS)]
    cats = CatRNN.random(rngs, hidden_size=8, learning_rate=0.1, init=leaky_identity_init)
    train(cats, days[:-1], days[-graded:], EPOCHS, clip=1.0, record=False)

    unseen = unseen_days(habit)
    guesses = scaling.inverse_transform(cats.predict(scaling.transform(unseen[:-1])))
    return np.sqrt(np.mean((guesses - unseen[-1]) ** 2, axis=(1, 2)))


def unseen_days(habit: str) -> np.ndarray:
    """Return timelines that nobody learns from, with the day after, (T + 1, N, 1)."""
    return simulate(HABITS[habit], np.random.default_rng(1), UNSEEN, N_DAYS + 1).T[..., None]


def naive_miss(habit: str) -> float:
    """Return the typical miss of the mean of the days."""
    unseen = unseen_days(habit)
    return float(np.sqrt(np.mean((mean_of_days(unseen[:-1]) - unseen[-1]) ** 2)))
