"""Notebook 15: how far back does blame reach?"""

from functools import lru_cache

import numpy as np

from catrnn.bptt import backward_through_time, forward_through_time, unroll
from catrnn.gates import GRULayer, LSTMLayer
from catrnn.initializers import lasting_init, uniform_init
from catrnn.lab.panel.controls import choice_slider, number_box
from catrnn.lab.panel.decorator import panel
from catrnn.lab.panel.rules import whole
from catrnn.lab.pictures.reach import Reach
from catrnn.lab.two_bells import two_bells
from catrnn.layers import RecurrentLinearLayer
from catrnn.network import CatRNN

N_DAYS, UNITS = 100, 16

CELLS = {"plain": RecurrentLinearLayer, "GRU": GRULayer, "LSTM": LSTMLayer}
"""The three by name; behind the plain one stands a ReLU."""

LASTING = (2, 3, 5, 10, 20, 50, 100, 200, 500, 1000)
"""Days to choose from, for which the gates begin to keep; with 2 they begin as drawn."""


@panel("How far back does blame reach?", lasting=whole(2, 10**6), seed=whole(0))
def explore_reach(lasting: int = 2, seed: int = 0):
    """Return a panel that sends a gradient of length 1 back through a hundred days, by three cells.

    lasting: for how many days the gates begin to keep, see `lasting_init`; 2 leaves the GRU's as
    they are drawn. seed: which first weights and which days, drawn by default_rng(seed). 16 hidden
    units, all weights drawn as PyTorch draws them.
    """
    choices = tuple(sorted({*LASTING, lasting}))

    def compute(lasting, seed):
        at = choices.index(lasting)
        lengths = {name: lengths_back(name, choices, seed)[:, at] for name in ("GRU", "LSTM")}
        lengths["plain"] = lengths_back("plain", (2,), seed)[:, 0]  # no gate, nothing to choose
        return dict(lengths=lengths, name=f"Network {seed}, gates begin to keep for {lasting} days")

    controls = {
        "lasting": choice_slider("keep for days", lasting, LASTING),
        "seed": number_box("network (seed)", seed, 0, 9999),
    }
    return Reach(), compute, controls


@lru_cache(maxsize=16)
def lengths_back(name: str, choices: tuple, seed: int) -> np.ndarray:
    """Return a gradient's length after 0, 1, ..., 100 days back by one cell, (101, K) for gates
    that begin to keep for each of K numbers of days; all of them go side by side.

    It begins with 1, spread over all that the output layer sees of the last state.
    """
    inits = [uniform_init if name == "plain" else lasting_init(n) for n in choices]
    networks = [CatRNN.random(np.random.default_rng(seed), UNITS, init=init, input_size=2,
                              recurrent=CELLS[name], output_size=1) for init in inits]
    weights = [[np.atleast_2d(getattr(one.recurrent, w)) for one in networks]
               for w in ("c_w", "b", "p_w")]
    cell, activation = CELLS[name](0.0, *map(np.stack, weights)), networks[0].relu

    days, _ = two_bells(np.random.default_rng(seed), N_DAYS, 1)
    days = np.repeat(days[:, None], len(choices), axis=1)
    first = np.stack([one.first_state(days[:, 0]) for one in networks])
    steps, back = unroll(cell, activation, N_DAYS), [np.zeros_like(first)]
    forward_through_time(steps, days, first)
    back[0][..., :UNITS] = 1 / np.sqrt(UNITS)
    while steps:
        d_h, _ = backward_through_time(steps, back[-1], bptt_steps=1)
        back.append(d_h)
        steps.pop()
    return np.linalg.norm(back, axis=(-2, -1))
