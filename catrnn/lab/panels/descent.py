"""Notebook 05: which way is down?"""

import numpy as np

from catrnn.data import CATS
from catrnn.lab.panel.controls import choice_slider, whole_slider
from catrnn.lab.panel.decorator import panel
from catrnn.lab.panel.rules import number, whole
from catrnn.lab.pictures.descent import Descent
from catrnn.layers import LinearLayer, LossLayer

RATES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.65, 0.68, 0.69, 0.7, 0.71, 0.72,
         0.75, 0.8, 1.0)
"""Learning rates to choose from, closer together where something happens."""


@panel("How long may a step be?", learning_rate=number(0), steps=whole(0, 10_000))
def explore_descent(learning_rate: float = 0.1, steps: int = 100):
    """Return a panel that walks down a line's loss from weight -1 and bias 1, so many steps."""
    portions = np.array(CATS["grower"]).reshape(-1, 1)
    x, y = portions[:-1], portions[1:]

    def compute(learning_rate, steps):
        path, losses = walk_down(x, y, learning_rate, steps)
        return dict(path=path, losses=losses)

    controls = {
        "learning_rate": choice_slider("learning rate", learning_rate, RATES),
        "steps": whole_slider("steps", steps, 0, 200),
    }
    return Descent(x, y), compute, controls


def walk_down(x, y, learning_rate: float, steps: int) -> tuple:
    """Train a line on x, y (N, 1); return its path (S+1, 2) and its losses (S+1,)."""
    c_w, b = np.array([[-1.0]]), np.array([1.0])
    line, loss = LinearLayer(learning_rate, c_w, b), LossLayer()
    path, losses = [(c_w.item(), b.item())], [loss.forward(line.forward(x), y)]

    with np.errstate(over="ignore", invalid="ignore"):  # a walk that explodes is a finding
        for _ in range(steps):
            line.backward(loss.backward())
            path.append((c_w.item(), b.item()))
            losses.append(loss.forward(line.forward(x), y))
    return np.array(path), np.array(losses)
