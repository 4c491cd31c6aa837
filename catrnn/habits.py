"""Cats with habits: what they eat hangs on days that are past."""

import numpy as np

from catrnn import checks
from catrnn.baselines import same_as_days_ago, straight_line


def two_days_ago(rng, n_days: int) -> np.ndarray:
    """Eat what you ate two days ago, give or take 0.1.

    The first two days are drawn between 0.5 and 1.5.
    """
    checks.draw(rng, n_days=n_days)
    portions = rng.uniform(0.5, 1.5, n_days)
    noise = rng.normal(0, 0.1, n_days)
    for day in range(2, n_days):
        portions[day] = max(0.0, portions[day - 2] + noise[day])
    return portions


def feast_and_fast(rng, n_days: int) -> np.ndarray:
    """Eat 1 portion, but less after a feast: a full stomach spoils the next meal.

    The stomach keeps 0.8 of what is in it each day. What is in it above 1.2 portions takes 4 times
    as much off the next meal; 0.05 is the least. Give or take 0.05. It begins with 0 to 2 portions.
    """
    checks.draw(rng, n_days=n_days)
    stomach, portions = rng.uniform(0, 2), np.zeros(n_days)
    noise = rng.normal(0, 0.05, n_days)
    for day in range(n_days):
        portions[day] = max(0.0, meal(stomach) + noise[day])
        stomach = 0.8 * stomach + portions[day]
    return portions


def meal(stomach):
    """Return what `feast_and_fast` eats before its noise, for what its stomach holds (...)."""
    return np.maximum(0.05, 1.0 - 4 * np.maximum(0.0, stomach - 1.2))


FIRST_STOMACHS = np.linspace(0, 3, 61)
"""What a stomach may hold before the first day, in portions."""


def stomach_after(days) -> np.ndarray:
    """Tell what the stomach of a `feast_and_fast` holds after T days, (T, N, 1) -> (N, 1).

    Of 61 first stomachs the one whose meals come closest to what was eaten, by least squares.
    """
    days = checks.shaped("days", checks.finite("days", days), "T N 1", {})
    stomach, misses = FIRST_STOMACHS, 0.0
    for portion in days:
        misses = misses + (meal(stomach) - portion) ** 2
        stomach = 0.8 * stomach + portion
    closest = np.argmin(misses, axis=-1)[:, None]
    return np.take_along_axis(stomach, closest, axis=-1)


def next_meal(days) -> np.ndarray:
    """Guess by the rule of `feast_and_fast` itself, without its noise, (T, N, 1) -> (N, 1)."""
    return meal(stomach_after(days))


def futures_of_the_rule(days, n_ahead: int, n_futures: int, rng) -> np.ndarray:
    """Let a `feast_and_fast` go on after T days (T, N, 1), by its own rule and noise, many times.

    Return (n_ahead, N, n_futures). The mean of many is the best forecast that there can be.
    """
    checks.integer("n_ahead", n_ahead)
    checks.integer("n_futures", n_futures)
    stomach, futures = np.repeat(stomach_after(days), n_futures, axis=1), []
    for _ in range(n_ahead):
        eaten = np.maximum(0.0, meal(stomach) + rng.normal(0, 0.05, stomach.shape))
        stomach = 0.8 * stomach + eaten
        futures.append(eaten)
    return np.array(futures)


def growing_kitten(rng, n_days: int) -> np.ndarray:
    """Eat a little more every day until grown up: from 0.2 portions to between 1 and 1.5.

    The curve is shaped like an S. The kitten is half grown on a day between the 10th and the 40th.
    Give or take 0.05.
    """
    checks.draw(rng, n_days=n_days)
    grown, half, pace = rng.uniform(1.0, 1.5), rng.uniform(10, 40), rng.uniform(4, 8)
    size = 1 / (1 + np.exp((half - np.arange(1, n_days + 1)) / pace))
    return np.maximum(0.0, 0.2 + (grown - 0.2) * size + rng.normal(0, 0.05, n_days))


def weekly(rng, n_days: int) -> np.ndarray:
    """Eat the same on workdays, twice as much on the two days of the weekend. Give or take 0.1.

    The workday's portion is between 0.4 and 0.8. Day 1 is any day of the week.
    """
    checks.draw(rng, n_days=n_days)
    workday, first = rng.uniform(0.4, 0.8), rng.integers(7)
    weekend = (first + np.arange(n_days)) % 7 >= 5
    return np.maximum(0.0, workday * (1 + weekend) + rng.normal(0, 0.1, n_days))


HABITS = {"two days ago": two_days_ago, "feast and fast": feast_and_fast,
          "growing kitten": growing_kitten, "weekly": weekly}
"""The four by name, in the order of the course."""

RULES = {"two days ago": same_as_days_ago(2), "feast and fast": next_meal,
         "growing kitten": straight_line, "weekly": same_as_days_ago(7)}
"""The guess of somebody who knows the habit, for windows (T, N, 1) of 7 days or more. The kitten's
curve bends little in a week: a straight line."""


def simulate(habit, rng, n_cats: int, n_days: int) -> np.ndarray:
    """Return the portions of many cats with one habit, (n_cats, n_days).

    Each cat draws its own numbers from `rng`.
    """
    checks.function("habit", habit)
    checks.draw(rng, n_cats=n_cats, n_days=n_days)
    return np.array([habit(rng, n_days) for _ in range(n_cats)])
