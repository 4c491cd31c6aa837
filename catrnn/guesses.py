"""Three guesses for tomorrow that need no network."""

import numpy as np

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


NAIVE = {"same as yesterday": same_as_yesterday, "mean": mean_of_days, "straight line": straight_line}
"""The three by name, in the order of the course."""
