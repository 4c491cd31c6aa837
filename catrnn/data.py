"""What the cat ate."""

import numpy as np

from catrnn import doors

PORTIONS = [0.25, 0.50, 0.75, 1.00]
"""Portions of fish on Days 1 to 4."""

DAYS = np.array(PORTIONS).reshape(-1, 1, 1)
"""The same four days as the network takes them, (T, N, D): 4 days, 1 sequence, 1 number a day."""

TARGET = np.array([[1.25]])
"""Portions of fish on Day 5, (N, D): the answer that the network is trained towards."""

CATS = {
    "grower": [0.25, 0.50, 0.75, 1.00, 1.25],
    "dieter": [1.25, 1.00, 0.75, 0.50, 0.25],
    "creature of habit": [0.75, 0.75, 0.75, 0.75, 0.75],
    "every other day": [0.25, 1.00, 0.25, 1.00, 0.25],
    "feast and rest": [1.00, 0.25, 0.25, 1.00, 0.25],
}
"""Five cats for the questions of the course: four days and a fifth, in portions of fish."""

for _array in (DAYS, TARGET):
    _array.flags.writeable = False  # every notebook and every test means the same four days


def timeline(portions) -> np.ndarray:
    """Return days of one cat as an array (T, 1, 1), from a flat list of T portions.

    Raises TypeError for text, ValueError for no days, NaN or anything but a flat list.
    """
    portions = doors.finite("portions", doors.numbers("portions", portions))
    if portions.ndim != 1 or len(portions) == 0:
        raise ValueError(f"portions has shape {portions.shape}, but a flat list of days is expected; try [0.25, 0.5]")
    return portions.astype(float).reshape(-1, 1, 1)
