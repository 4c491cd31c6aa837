"""Notebook 10: why do long memories fade?"""

import numpy as np

from catrnn.bptt import backward_through_time, forward_through_time, unroll
from catrnn.data import timeline
from catrnn.lab.panel.controls import number_box, number_slider, switch
from catrnn.lab.panel.decorator import panel
from catrnn.lab.panel.rules import number, true_or_false, whole
from catrnn.lab.pictures.spectrum import Spectrum
from catrnn.layers import RecurrentLinearLayer, ReLULayer
from catrnn.network import CatRNN

MONTH = timeline([0.25, 1.00] * 15)
"""Thirty days of the cat that eats every other day, in portions."""


class OpenGate(ReLULayer):
    """A ReLU whose gates are all open: what goes in comes out, so the recurrent layer is linear."""

    def forward(self, x):
        self.x = x
        return x

    def gradients(self, prev_d_x):
        return prev_d_x, {}


@panel("What is left after thirty days?", radius=number(above=0, most=100), relu=true_or_false,
       rotation=true_or_false, seed=whole(0))
def explore_memory(radius: float = 0.9, relu: bool = False, rotation: bool = False, seed: int = 0):
    """Return a panel that sends a gradient of length 1 back through thirty days, 16 hidden units.

    radius: the spectral radius that p_w is scaled to; rotation: put a turning matrix in its place;
    relu: with gates, or linear; seed: which network, drawn by default_rng(seed).
    """
    def compute(radius, relu, rotation, seed):
        drawn = CatRNN.random(np.random.default_rng(seed), hidden_size=16).recurrent
        layer = scaled(drawn, radius, rotation)
        lengths = lengths_back(layer, ReLULayer() if relu else OpenGate(), MONTH)
        return dict(eigenvalues=np.linalg.eigvals(layer.p_w), lengths=lengths,
                    name="With ReLU" if relu else "Linear")

    controls = {
        "radius": number_slider("spectral radius", radius, 0.5, 2.0, 0.01),
        "relu": switch("ReLU", relu),
        "rotation": switch("rotation", rotation),
        "seed": number_box("network (seed)", seed, 0, 9999),
    }
    return Spectrum(), compute, controls


def scaled(layer, radius: float, rotation: bool = False) -> RecurrentLinearLayer:
    """Return the layer with p_w (H, H) scaled to this radius, or a rotation drawn from it."""
    p_w = layer.p_w
    if rotation:
        p_w, _ = np.linalg.qr(p_w)
        p_w[:, 0] *= np.linalg.det(p_w)  # of 1 or -1: turn, do not mirror
    own = np.abs(np.linalg.eigvals(p_w)).max()
    return RecurrentLinearLayer(layer.lr, layer.c_w, layer.b, p_w * (radius / own))


def lengths_back(layer: RecurrentLinearLayer, gate, days) -> np.ndarray:
    """Return a gradient's length after 0, 1, ..., T days back (T+1,), from 1 over all units."""
    steps, h = unroll(layer, gate, len(days)), np.zeros((1, layer.p_w.shape[-1]))
    forward_through_time(steps, days, h)
    back = [np.ones_like(h) / np.sqrt(h.size)]
    while steps:
        d_h, _ = backward_through_time(steps, back[-1], bptt_steps=1)
        back.append(d_h)
        steps.pop()
    return np.linalg.norm(back, axis=(1, 2))
