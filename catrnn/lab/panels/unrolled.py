"""Notebook 06: how can yesterday matter?"""

import numpy as np

from catrnn import checks
from catrnn.bptt import forward_through_time, unroll
from catrnn.data import PORTIONS, timeline
from catrnn.initializers import normal_init
from catrnn.lab.panel.controls import Stepper, number_box, switch
from catrnn.lab.panel.panel import Panel
from catrnn.lab.pictures.unrolled import Unrolled
from catrnn.network import CatRNN

MOST_DAYS, MOST_PORTIONS = 6, 1000
"""Days, and portions of a day, that the drawing has room for."""


def two_decimals(rng, input_size: int, hidden_size: int) -> list:
    """Draw the seed's weights, rounded so that the card shows them whole."""
    return [w.round(2) for w in normal_init(rng, input_size, hidden_size)]


def explore_walk(days=PORTIONS, step: int = 0, cat: int = 214, backwards: bool = False) -> Panel:
    """Return a panel that walks through the days one step at a time, with a number in every box.

    days: 2 to 6 portions of fish. step: 0 is before Day 1, one more than the days is the guess. cat: the random
    numbers from which two hidden units get their weights, to two decimals. backwards: the last day comes first.
    """
    portions = timeline(days)
    if not 2 <= len(portions) <= MOST_DAYS:
        raise ValueError(f"days has {len(portions)} portions, but the drawing has room for 2 to {MOST_DAYS}; "
                         "leave some out or add one")
    most, last = abs(portions).max(), len(portions) + 1
    if most > MOST_PORTIONS:
        raise ValueError(f"days holds {most:g}, but the boxes have room for {MOST_PORTIONS} portions; give less fish")
    if checks.integer("step", step, minimum=0) > last:
        raise ValueError(f"step is {step}, but the guess is step {last}, the last one; give a step from 0 to {last}")
    checks.integer("cat", cat, minimum=0)
    picture = Unrolled(MOST_DAYS)

    def answer(step, cat, backwards):
        brain = CatRNN.random(np.random.default_rng(cat), hidden_size=2, init=two_decimals)
        eaten = portions[::-1] if backwards else portions
        hs = forward_through_time(unroll(brain.recurrent, brain.relu, len(eaten)), eaten, brain.first_state(eaten))
        layer, output = brain.recurrent, brain.output
        weights = {"c_w": layer.c_w, "p_w": layer.p_w, "b": layer.b, "out_w": output.c_w, "out_b": output.b}
        picture.show(eaten, hs, output.forward(hs[-1]), weights, step)

    controls = {
        "step": Stepper("step", step, 0, last),
        "cat": number_box("cat number", cat, 0, 999),
        "backwards": switch("days backwards", backwards),
    }
    given = {} if portions.ravel().tolist() == PORTIONS else {"days": portions.ravel()}
    return Panel("What does the network carry from day to day?", picture, answer, controls, "explore_walk", given)
