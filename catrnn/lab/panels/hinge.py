"""Notebook 03: what can a straight line not do?"""

from catrnn.lab.panel.controls import number_slider
from catrnn.lab.panel.decorator import panel
from catrnn.lab.panel.rules import portion
from catrnn.lab.pictures.hinge import Hinge


@panel("For which portions is the gate open?", weight=portion, bias=portion)
def explore_hinge(weight: float = 1.0, bias: float = -0.5):
    """Return a panel that turns and lifts the line of one hidden unit.

    Its gate opens where the line is above zero. weight: in units of the hidden state for each
    portion of fish; bias: in the unit's own units.
    """
    controls = {
        "weight": number_slider("weight", weight, -2.0, 2.0, 0.25),
        "bias": number_slider("bias", bias, -2.0, 2.0, 0.25),
    }
    return Hinge(), dict, controls  # `dict`: the picture takes the two numbers as they are
