"""Notebook 09: how far back should blame go?"""

import numpy as np

from catrnn.bptt import sum_over_time
from catrnn.data import PORTIONS, timeline
from catrnn.gradcheck import numerical_gradient, relative_error
from catrnn.lab.panel.controls import number_box, switch, whole_slider
from catrnn.lab.panel.decorator import panel
from catrnn.lab.panel.rules import flat_days, portion, true_or_false, whole
from catrnn.lab.panels.bptt_slips import (
    forget_the_gate,
    forget_the_state,
    forget_to_add,
    ledger_with,
    take_the_wrong_day,
)
from catrnn.lab.panels.unrolled import two_decimals
from catrnn.lab.pictures.ledger import Ledger
from catrnn.network import CatRNN

MOST_DAYS = 6

SLIPS = {
    "forgot_to_add": (
        "forgot +=",
        "Forgot +=: each day overwrites the one before, and only the last written is left."),
    "forgot_the_state": (
        "forgot the way to yesterday",
        "Forgot the way through the hidden state: no blame reaches the days before the last."),
    "wrong_day": (
        "wrong day's state",
        "Took today's hidden state for yesterday's: c_w and b are not touched, p_w is."),
    "forgot_the_gate": (
        "forgot the ReLU",
        "Forgot the ReLU on the way back: shut gates hand on blame that is not theirs."),
}
"""What each switch is called, and what its slip breaks."""

BPTT_SLIPS = {
    "forgot_the_state": forget_the_state,
    "wrong_day": take_the_wrong_day,
    "forgot_the_gate": forget_the_gate,
}
"""The slips that sit in the days; the other one is made when the days are done."""


@panel("Which day is to blame, and do the days add up?", bptt_steps=whole(1), cat=whole(0),
       unit=whole(1, 2), forgot_to_add=true_or_false, forgot_the_state=true_or_false,
       wrong_day=true_or_false, forgot_the_gate=true_or_false, days=flat_days(2, MOST_DAYS),
       target=portion)
def explore_ledger(bptt_steps: int = 4, cat: int = 214, unit: int = 2,
                   forgot_to_add: bool = False, forgot_the_state: bool = False,
                   wrong_day: bool = False, forgot_the_gate: bool = False,
                   days=PORTIONS, target: float = 1.25):
    """Return a panel that shows which day is to blame, adds the days up, and asks the nudge.

    bptt_steps: days, from 1. cat: the random numbers from which two hidden units get their weights,
    to two decimals; unit: which of them, 1 or 2. Then four slips. days: 2 to 6 portions of fish;
    target: portions on the day after.
    """
    portions = timeline(days)

    def compute(bptt_steps, cat, unit, **switches):
        on = [slip for slip, is_on in switches.items() if is_on]
        in_the_days = [BPTT_SLIPS[slip] for slip in on if slip in BPTT_SLIPS]
        added = "forgot_to_add" not in on

        brain = CatRNN.random(np.random.default_rng(cat), hidden_size=2, init=two_decimals)
        per_day = ledger_with(brain, portions, [target], in_the_days)
        asked = per_day[:bptt_steps]
        total = sum_over_time(asked if added else forget_to_add(asked))
        nudged = nudge_all(brain, portions, target)
        return dict(per_day=per_day, total=total, nudged=nudged, error=error_of(total, nudged),
                    bptt_steps=bptt_steps, unit=unit, added=added,
                    slips=dict(SLIPS[slip] for slip in on))

    controls = {
        "bptt_steps": whole_slider("look back", min(bptt_steps, len(portions)), 1, len(portions)),
        "cat": number_box("network", cat, 0, 999),
        "unit": whole_slider("hidden unit", unit, 1, 2),
        "forgot_to_add": switch(SLIPS["forgot_to_add"][0], forgot_to_add),
        "forgot_the_state": switch(SLIPS["forgot_the_state"][0], forgot_the_state),
        "wrong_day": switch(SLIPS["wrong_day"][0], wrong_day),
        "forgot_the_gate": switch(SLIPS["forgot_the_gate"][0], forgot_the_gate),
    }
    return Ledger(MOST_DAYS), compute, controls


def nudge_all(cat, portions, target: float) -> dict:
    """Return the gradient of the recurrent layer's weights by the nudge alone."""
    def loss():
        return np.mean((cat.predict(portions) - target) ** 2)

    return {name: numerical_gradient(loss, getattr(cat.recurrent, name))
            for name in ("c_w", "b", "p_w")}


def error_of(total: dict, nudged: dict) -> float:
    """Return the relative error between two gradients of one layer, over all of its weights."""
    one = np.concatenate([d_param.ravel() for d_param in total.values()])
    other = np.concatenate([nudged[name].ravel() for name in total])
    return relative_error(one, other)
