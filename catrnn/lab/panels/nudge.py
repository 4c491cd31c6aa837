"""Notebook 08: how small should a nudge be?"""

import numpy as np

from catrnn import checks
from catrnn.gradcheck import numerical_gradient, one_sided_slopes
from catrnn.lab.panel.controls import choice_slider, switch
from catrnn.lab.panel.panel import Panel
from catrnn.lab.pictures.nudge import Nudge

WEIGHT, ANSWER = 0.6, 1.25
"""The recurrent weight that is nudged, and the portions that should come out."""

SIZES = tuple(float(f"{m}e{n}") for n in range(-15, 0) for m in (1, 3))[:-1]
"""Nudges to choose from: two in each power of ten, from 1e-15 to 0.1."""

PRECISIONS = "float64", "float32"

GRID = [float(f"{m}e{n}") for n in range(-15, -1) for m in (1, 1.3, 1.8, 2.4, 3.2, 4.2, 5.6, 7.5)] + [0.1]
"""Nudges that the curves are drawn through, written out, so that rounding falls alike on every machine."""


def slope(nudge: float, one_sided: bool, precision: str) -> float:
    """Return the slope that the nudge finds for a weight that is used on three days: of (weight ** 3 - answer) ** 2."""
    weight = np.array([WEIGHT], precision)

    def loss():
        return (weight[0] * weight[0] * weight[0] - ANSWER) ** 2

    found = one_sided_slopes(loss, weight, nudge)[1] if one_sided else numerical_gradient(loss, weight, nudge)
    return float(found[0])


def explore_nudge(nudge: float = 1e-3, one_sided: bool = False) -> Panel:
    """Return a panel that shows how far off a nudged slope is, for nudges of every size, in float64 and float32.

    nudge: how far the weight is moved; one_sided: move it to the right only, and not to both sides.
    """
    checks.above_zero("nudge", nudge, 1e-6)
    picture, true = Nudge(), 6 * WEIGHT**2 * (WEIGHT**3 - ANSWER)
    slopes = [{p: [slope(n, sided, p) for n in GRID] for p in PRECISIONS} for sided in (False, True)]

    def answer(nudge, one_sided):
        found = {p: slope(nudge, one_sided, p) for p in PRECISIONS}
        picture.show(GRID, slopes[one_sided], true, nudge, found)

    controls = {
        "nudge": choice_slider("nudge", nudge, SIZES),
        "one_sided": switch("to the right only", one_sided),
    }
    return Panel("How small should a nudge be?", picture, answer, controls, "explore_nudge")
