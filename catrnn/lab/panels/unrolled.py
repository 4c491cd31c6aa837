"""Notebook 06: how can yesterday matter?"""

import numpy as np

from catrnn.bptt import forward_through_time, unroll
from catrnn.data import PORTIONS, timeline
from catrnn.initializers import normal_init
from catrnn.lab.panel.controls import Stepper, number_box, switch
from catrnn.lab.panel.decorator import panel
from catrnn.lab.panel.rules import flat_days, true_or_false, whole
from catrnn.lab.pictures.unrolled import Unrolled
from catrnn.network import CatRNN

MOST_DAYS = 6
"""Days that the drawing has room for."""


def two_decimals(rng, input_size: int, hidden_size: int) -> list:
    """Draw the first program's weights, rounded so that the card shows them whole."""
    return [w.round(2) for w in normal_init(rng, input_size, hidden_size)]


@panel("What does the network carry from day to day?", days=flat_days(2, MOST_DAYS),
       step=whole(0, MOST_DAYS + 1), cat=whole(0), backwards=true_or_false)
def explore_walk(days=PORTIONS, step: int = 0, cat: int = 214, backwards: bool = False):
    """Return a panel that walks through the days one step at a time, with a number in every box.

    days: 2 to 6 portions of fish. step: 0 is before Day 1, one more than the days is the guess.
    cat: the random numbers from which two hidden units get their weights, to two decimals.
    backwards: the last day comes first.
    """
    portions, last = timeline(days), len(days) + 1
    if step > last:
        raise ValueError(f"step is {step}, but the guess is step {last}, the last one; "
                         f"give 0 to {last}")

    def compute(step, cat, backwards):
        brain = CatRNN.random(np.random.default_rng(cat), hidden_size=2, init=two_decimals)
        layer, output = brain.recurrent, brain.output
        weights = {"c_w": layer.c_w, "p_w": layer.p_w, "b": layer.b,
                   "out_w": output.c_w, "out_b": output.b}

        eaten = portions[::-1] if backwards else portions
        steps = unroll(layer, brain.relu, len(eaten))
        hs = forward_through_time(steps, eaten, brain.first_state(eaten))
        return dict(days=eaten, hs=hs, prediction=output.forward(hs[-1]), weights=weights,
                    step=step)

    controls = {
        "step": Stepper("step", step, 0, last),
        "cat": number_box("network", cat, 0, 999),
        "backwards": switch("days backwards", backwards),
    }
    return Unrolled(MOST_DAYS), compute, controls
