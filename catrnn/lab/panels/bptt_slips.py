"""The famous slips of backpropagation through time, planted into days that were walked.

`backward_through_time` itself stays as it is: a slip changes what the copies of the days remember,
or what is kept of the ledger. Never plant one into a network that you want to keep training right.
"""

import numpy as np

from catrnn.bptt import backward_through_time, forward_through_time, unroll


def forget_the_state(steps: list, hs: list) -> None:
    """Hand nothing back through the hidden state: d_h of yesterday is zero."""
    for recurrent, _ in steps:
        recurrent.p_w = np.zeros_like(recurrent.p_w)


def take_the_wrong_day(steps: list, hs: list) -> None:
    """Blame p_w by today's hidden state, where yesterday's was meant."""
    for (recurrent, _), today in zip(steps, hs[1:], strict=True):
        recurrent.p_x = today


def forget_the_gate(steps: list, hs: list) -> None:
    """Send the blame through every ReLU, shut or open."""
    for _, relu in steps:
        relu.x = np.ones_like(relu.x)


def forget_to_add(per_day: list) -> list:
    """Write `=` where `+=` was meant: of all the days, the one written last is left."""
    return per_day[-1:]


def ledger_with(cat, days, target, slips=()) -> list:
    """Return the ledger of a cat walked from a state of zeros, newest day first, with these slips.

    slips: functions of (steps, hs) as above. They touch the copies of the days, never the cat's own
    layers.
    """
    days, target = cat.days(days), cat.target(target)
    steps = unroll(cat.recurrent, cat.relu, len(days))
    hs = forward_through_time(steps, days, cat.first_state(days))
    cat.loss.forward(cat.output.forward(hs[-1]), target)
    d_h, _ = cat.output.gradients(cat.loss.backward())
    for slip in slips:
        slip(steps, hs)
    return backward_through_time(steps, d_h)[1]
