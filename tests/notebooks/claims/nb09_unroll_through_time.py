"""09: what each slip costs."""

import numpy as np

from catrnn.data import DAYS, TARGET
from catrnn.lab import explore_ledger
from catrnn.lab.panels.unrolled import two_decimals
from catrnn.network import CatRNN
from catrnn.training import train
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


@claim("09-32", "The worst for network 214 is the forgotten `+=`, {93.6%}")
def _():
    costs = {slip: shown(slip=slip)["error"] for slip in SWITCHES}
    assert max(costs, key=costs.get) == "forgot_to_add"
    return costs["forgot_to_add"]


def lasting(bptt_steps: int) -> tuple:
    """Train as cell 09-39 does; return which of the hundred fit, and which know the habit on fresh timelines."""
    rng = np.random.default_rng(0)
    days, fresh = rng.random((4, 32, 1)), rng.random((4, 1000, 1))
    cats = CatRNN.random([np.random.default_rng(seed) for seed in range(100)], hidden_size=8, learning_rate=0.1)
    done = train(cats, days, days[0], 500, bptt_steps=bptt_steps, clip=1, record=False)
    return done.losses[-1] < 0.01, np.mean((cats.predict(fresh) - fresh[0]) ** 2, axis=(1, 2)) < 0.01


@claim("09-40", "With all four days more than half of those that fit had learned their 32 timelines by heart, and not "
                "the habit")
def _():
    fits, knows = lasting(bptt_steps=4)
    assert (fits & ~knows).sum() > fits.sum() / 2
    return ()


@claim("09-28", "The other {295} have every gate shut on Day 4")
def _():
    cats = CatRNN.random([np.random.default_rng(seed) for seed in range(1000)], hidden_size=2)
    days = cats.days(DAYS)
    last = cats.gradients(days, cats.target(TARGET), cats.first_state(days)).hs[-1]
    return (last == 0).all(axis=(-2, -1)).sum()
