"""09: what each slip costs."""

import numpy as np

from catrnn.lab import explore_ledger
from catrnn.lab.panels.unrolled import two_decimals
from catrnn.network import CatRNN
from tests.helpers.claims import claim, compute

SWITCHES = ("forgot_to_add", "forgot_the_state", "wrong_day", "forgot_the_gate")


def shown(cat: int = 214, bptt_steps: int = 4, slip: str = "") -> dict:
    """Return what the panel works out with one switch on, or none."""
    switches = {name: name == slip for name in SWITCHES}
    return compute(explore_ledger)(bptt_steps=bptt_steps, cat=cat, unit=2, **switches)


def shut_gates(cat: int) -> list:
    """Return how many gates are shut on each day."""
    network = CatRNN.random(np.random.default_rng(cat), 2, init=two_decimals)
    days = network.days([[0.25], [0.50], [0.75], [1.00]])
    hs = network.gradients(days, network.target([[1.25]]), network.first_state(days)).hs
    return [int((h == 0).sum()) for h in hs[1:]]


@claim("09-32", "The wrong day's state leaves `c_w` and `b` right and spoils `p_w` alone, {31.7%} over all")
def _():
    wrong, right = shown(slip="wrong_day"), shown()
    assert {name: np.array_equal(wrong["total"][name], right["total"][name]) for name in right["total"]} == {
        "c_w": True, "b": True, "p_w": False}
    return wrong["error"]


@claim("09-32", "Nothing through the hidden state is a look back of {1}")
def _():
    slip = shown(slip="forgot_the_state")["error"]
    return next(steps for steps in (1, 2, 3, 4) if np.isclose(shown(bptt_steps=steps)["error"], slip))


@claim("09-32", "The forgotten ReLU costs network 214 only {2.9%}, since just one gate is shut. Network 4 has a shut "
                "gate every other day: {94.8%}")
def _():
    assert sum(shut_gates(214)) == 1
    assert [shut > 0 for shut in shut_gates(4)] in ([True, False, True, False], [False, True, False, True])
    return shown(slip="forgot_the_gate")["error"], shown(cat=4, slip="forgot_the_gate")["error"]
