"""Notebook 03: what can a straight line not do?"""

from catrnn import checks
from catrnn.lab.panel.controls import number_slider
from catrnn.lab.panel.panel import Panel
from catrnn.lab.pictures.hinge import Hinge


def explore_hinge(weight: float = 1.0, bias: float = -0.5) -> Panel:
    """Return a panel that turns and lifts the line of one hidden unit; its gate opens where the line is above zero.

    weight: in units of the hidden state for each portion of fish; bias: in the unit's own units.
    """
    weight, bias = checks.number("weight", weight), checks.number("bias", bias)
    picture = Hinge()
    controls = {
        "weight": number_slider("weight", weight, -2.0, 2.0, 0.25),
        "bias": number_slider("bias", bias, -2.0, 2.0, 0.25),
    }
    return Panel("For which portions is the gate open?", picture, picture.show, controls, "explore_hinge")
