"""Notebook 08: how small should a nudge be?"""

import numpy as np

from catrnn.gradcheck import numerical_gradient, one_sided_slopes
from catrnn.lab.panel.controls import choice_slider, switch
from catrnn.lab.panel.decorator import panel
from catrnn.lab.panel.rules import number, true_or_false
from catrnn.lab.pictures.nudge import Nudge

WEIGHT, ANSWER = 0.6, 1.25
"""The recurrent weight that is nudged, and the portions that should come out."""

TRUE_SLOPE = 6 * WEIGHT**2 * (WEIGHT**3 - ANSWER)

SIZES = tuple(float(f"{m}e{n}") for n in range(-15, 0) for m in (1, 3))[:-1]
"""Nudges to choose from: two in each power of ten, from 1e-15 to 0.1."""

PRECISIONS = "float64", "float32"

STOPS = (1, 1.3, 1.8, 2.4, 3.2, 4.2, 5.6, 7.5)
GRID = [float(f"{m}e{n}") for n in range(-15, -1) for m in STOPS] + [0.1]
"""Nudges that the curves are drawn through, written out, so that rounding falls alike on every
machine."""


def slope(nudge: float, one_sided: bool, precision: str) -> float:
    """Return the slope that the nudge finds for a weight that is used on three days.

    The loss is (weight ** 3 - answer) ** 2.
    """
    weight = np.array([WEIGHT], precision)

    def loss():
        return (weight[0] * weight[0] * weight[0] - ANSWER) ** 2

    if one_sided:
        _, found = one_sided_slopes(loss, weight, nudge)
    else:
        found = numerical_gradient(loss, weight, nudge)
    return float(found[0])


@panel("How small should a nudge be?", nudge=number(above=0, most=100), one_sided=true_or_false)
def explore_nudge(nudge: float = 1e-3, one_sided: bool = False):
    """Return a panel that shows how far off a nudged slope is, for nudges of every size.

    nudge: how far the weight is moved; one_sided: move it to the right only, and not to both sides.
    """
    curves = {sided: {p: [slope(n, sided, p) for n in GRID] for p in PRECISIONS}
              for sided in (False, True)}

    def compute(nudge, one_sided):
        found = {p: slope(nudge, one_sided, p) for p in PRECISIONS}
        return dict(nudges=GRID, slopes=curves[one_sided], true=TRUE_SLOPE, nudge=nudge,
                    found=found)

    controls = {
        "nudge": choice_slider("nudge", nudge, SIZES),
        "one_sided": switch("to the right only", one_sided),
    }
    return Nudge(), compute, controls
