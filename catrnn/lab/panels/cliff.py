"""Notebook 10: what does clipping save the cat from?"""

from functools import lru_cache

import numpy as np

from catrnn.data import timeline
from catrnn.lab.panel.controls import Stepper, choice_slider
from catrnn.lab.panel.decorator import panel
from catrnn.lab.panel.rules import number, whole
from catrnn.lab.pictures.cliff import Cliff
from catrnn.layers import LinearLayer, RecurrentLinearLayer
from catrnn.network import CatRNN
from catrnn.training import train

HABIT = timeline([0.75] * 30)
"""Thirty days of the creature of habit, in portions."""

ANSWER = [0.75]
"""Portions on Day 31."""

START = 0.90, 0.05
"""First p_w and c_w: too quiet a network, close to the cliff."""

STEPS = 60

ACROSS, UP = np.linspace(0.2, 1.25, 106), np.linspace(-0.3, 0.9, 121)
"""The weights that the map goes through: p_w from west to east, c_w from south to north."""

RATES = (0.003, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.3)
CLIPS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 100, 1000)


class TwoWeights(RecurrentLinearLayer):
    """A recurrent layer whose bias is held: only c_w and p_w learn."""

    def gradients(self, prev_d_x):
        d_inputs, d_params = super().gradients(prev_d_x)
        return d_inputs, {"c_w": d_params["c_w"], "p_w": d_params["p_w"]}


class Held(LinearLayer):
    """A linear layer that hands the blame on and keeps its weights."""

    def gradients(self, prev_d_x):
        d_c_x, _ = super().gradients(prev_d_x)
        return d_c_x, {}


def small_cat(p_w, c_w, learning_rate: float = 0.01) -> CatRNN:
    """Return a network of one unit whose guess is its state. p_w, c_w: numbers, or (M, 1, 1)."""
    p_w, c_w = np.array(p_w, float, ndmin=2), np.array(c_w, float, ndmin=2)
    recurrent = TwoWeights(learning_rate, c_w, np.zeros_like(c_w), p_w)
    return CatRNN(recurrent, Held(learning_rate, np.ones_like(c_w), np.zeros_like(c_w)))


def landscape(p_w, c_w) -> np.ndarray:
    """Return the loss (C, P) of every pair from p_w (P,) and c_w (C,): one network a pair."""
    across, up = np.meshgrid(p_w, c_w)
    cats = small_cat(across.reshape(-1, 1, 1), up.reshape(-1, 1, 1))
    return cats.loss.forward(cats.predict(HABIT), cats.target(ANSWER)).reshape(across.shape)


@lru_cache(maxsize=64)
def descents(rates: tuple, clip: float | None) -> dict:
    """Walk down from START with every learning rate, side by side; return {rate: (path, losses)}.

    path (S+1, 2): p_w and c_w at the start and after each of STEPS steps; losses (S+1,).
    """
    every = np.ones((len(rates), 1, 1))
    cats = small_cat(START[0] * every, START[1] * every, np.reshape(rates, every.shape))
    history = train(cats, HABIT, ANSWER, STEPS + 1, clip=clip)
    p_w, c_w = (history.weights[f"recurrent.{name}"][..., 0, 0] for name in ("p_w", "c_w"))
    paths = np.stack([p_w, c_w], axis=-1)
    return {rate: (paths[:, k], history.losses[:, k]) for k, rate in enumerate(rates)}


@lru_cache(maxsize=1)
def cliff_losses() -> np.ndarray:
    """Return the loss on the grid of the map, worked out once."""
    return landscape(ACROSS, UP)


@panel("Which path comes down?",
       learning_rate=number(0, 1000), clip=number(above=0), step=whole(0, STEPS))
def explore_cliff(learning_rate: float = 0.1, clip: float = 1, step: int = 60):
    """Return a panel that walks down two weights of a small network, with a clip and without.

    learning_rate: of both; clip: longest gradient allowed for one of them; step: how many steps of
    60 to show.
    """
    rates = tuple(sorted({*RATES, learning_rate}))

    def compute(learning_rate, clip, step):
        free, clipped = descents(rates, None), descents(rates, clip)
        return dict(free=free[learning_rate], clipped=clipped[learning_rate], limit=clip, step=step)

    controls = {
        "learning_rate": choice_slider("learning rate", learning_rate, RATES),
        "clip": choice_slider("clip", clip, CLIPS),
        "step": Stepper("step", step, 0, STEPS, milliseconds=200),
    }
    return Cliff(cliff_losses(), ACROSS, UP), compute, controls
