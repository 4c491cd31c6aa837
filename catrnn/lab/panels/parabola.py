"""Notebook 04: how wrong is wrong?"""

from catrnn.lab.panel.controls import number_slider
from catrnn.lab.panel.decorator import panel
from catrnn.lab.panel.rules import portion
from catrnn.lab.pictures.parabola import Parabola


@panel("Which way is down, and how steep?", guess=portion, target=portion)
def explore_miss(guess: float = 0.5, target: float = 1.25):
    """Return a panel that moves a guess along the parabola of its loss; both in portions."""
    controls = {
        "guess": number_slider("guess", guess, 0.0, 2.5, 0.05),
        "target": number_slider("answer", target, 0.0, 2.5, 0.05),
    }
    return Parabola(), dict, controls  # `dict`: the picture takes the two numbers as they are
