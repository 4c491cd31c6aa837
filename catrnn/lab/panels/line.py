"""Notebook 02: how does a number become a guess?"""

from catrnn.data import CATS
from catrnn.lab.panel.controls import number_slider
from catrnn.lab.panel.decorator import panel
from catrnn.lab.panel.rules import flat_days, optional, portion
from catrnn.lab.pictures.line import Line


@panel("How small can you make the largest miss?",
       weight=portion, bias=portion, days=optional(flat_days(2, 60)))
def explore_line(weight: float = 0.5, bias: float = 0.5, days=None):
    """Return a panel that turns weight and bias of a line from one day's fish to the next day's.

    bias: portions of fish; days: portions of fish, 2 to 60, in a flat list (None: the five days of
    our cat). Raises TypeError or ValueError for a weight, a bias or a day that is not a finite
    number.
    """
    portions = CATS["grower"] if days is None else days

    def compute(weight, bias):
        return dict(portions=portions, weight=weight, bias=bias)

    controls = {
        "weight": number_slider("weight", weight, -2.0, 2.0, 0.05),
        "bias": number_slider("bias", bias, -1.0, 2.0, 0.05),
    }
    return Line(), compute, controls
