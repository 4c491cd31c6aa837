"""02: the lines that come closest, of all that the sliders can set."""

from itertools import pairwise

import numpy as np

from catrnn.data import CATS
from catrnn.lab import explore_line
from tests.helpers.claims import claim

FEAST = [1.00, 0.25, 0.25, 1.00, 0.25]


def closest(days) -> tuple:
    """Return the smallest largest miss of all settings of the panel, and the settings that have it."""
    panel, (today, answer) = explore_line(days=days), (np.array(days[:-1]), np.array(days[1:]))
    weights, biases = (np.arange(c.min, c.max + c.step / 2, c.step) for c in panel.controls.values())
    weights, biases = weights.reshape(-1, 1, 1), biases.reshape(-1, 1)
    largest = np.abs(today * weights + biases - answer).max(axis=-1)
    least = largest.min()
    return least, [(weights[k].item(), biases[n].item()) for k, n in np.argwhere(largest < least + 1e-9)]


@claim("02-30", "A weight of {1} and a bias of {0.25}. No other pair will do: two rings already fix the line")
def _():
    least, ((weight, bias),) = closest(CATS["grower"])
    assert abs(least) < 1e-9
    return weight, bias


@claim("02-32", "{0.375}, as with a weight of −0.50 and a bias of 0.75, and never less")
def _():
    least, settings = closest(FEAST)
    assert any(np.allclose(setting, (-0.50, 0.75)) for setting in settings)
    return least


@claim("02-32", "After 0.25 this cat once eats {0.25} and once {1.00}. Today alone cannot tell them apart, so the best "
                "guess is halfway, {0.625}")
def _():
    after = sorted(b for a, b in pairwise(FEAST) if a == 0.25)
    return *after, np.mean(after)


@claim("02-39", "From one day alone, the cat of feast and rest is missed by {0.375} or more")
def _():
    return closest(FEAST)[0]
