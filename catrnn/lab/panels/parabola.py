"""Notebook 04: how wrong is wrong?"""

from catrnn.lab.panel.controls import number_slider
from catrnn.lab.panel.panel import Panel
from catrnn.lab.pictures.parabola import Parabola


def explore_miss(guess: float = 0.5, target: float = 1.25) -> Panel:
    """Return a panel that moves a guess along the parabola of its loss; both in portions of fish."""
    picture = Parabola()
    controls = {
        "guess": number_slider("guess", guess, 0.0, 2.5, 0.05),
        "target": number_slider("answer", target, 0.0, 2.5, 0.05),
    }
    return Panel("Which way is down, and how steep?", picture, picture.show, controls, "explore_miss")
