"""The panel of notebook 09: each slip breaks what the notebook says it breaks, measured by an independent witness."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catrnn.bptt import forward_through_time, sum_over_time, unroll
from catrnn.data import DAYS, PORTIONS, TARGET
from catrnn.lab import explore_ledger
from catrnn.lab.panels.bptt_slips import (
    forget_the_gate,
    forget_the_state,
    forget_to_add,
    ledger_with,
    take_the_wrong_day,
)
from catrnn.lab.panels.unrolled import two_decimals
from catrnn.network import CatRNN
from tests.helpers import oracle
from tests.helpers.strategies import an_afternoon, same_bits, seeds, weights_of

SWITCHES = ("forgot_to_add", "forgot_the_state", "wrong_day", "forgot_the_gate")
EXACT = 1e-10
"""Two exact ways to the same gradient differ by rounding alone."""


def error_told(panel) -> float:
    """Percent, as the caption tells it; 0 where it says that both are equal."""
    told = re.search(r"against the nudge is (\d+\.\d)%", panel.view.caption)
    assert told or "it equals the nudge" in panel.view.caption
    return float(told[1]) if told else 0.0


def recurrent_error(cat: int, d_params: dict) -> float:
    """Percent between a gradient and the oracle's."""
    brain = CatRNN.random(np.random.default_rng(cat), 2, init=two_decimals)
    truth = oracle.loss_and_gradient(weights_of(brain), DAYS, TARGET, np.zeros((1, 2)))[1]["recurrent"]
    a, b = (np.concatenate([np.ravel(d[name]) for name in truth]) for d in (d_params, truth))
    return 100 * np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b))


@pytest.mark.parametrize("cat", [214, 1, 3, 4])
@pytest.mark.parametrize("bptt_steps", [1, 2, 3, 4])
def test_the_panel_tells_the_error_of_each_look_back_and_none_for_the_whole(cat, bptt_steps):
    brain = CatRNN.random(np.random.default_rng(cat), 2, init=two_decimals)
    h0 = np.zeros((1, 2))
    short = oracle.gradient_of_last_days(weights_of(brain), DAYS, TARGET, h0, bptt_steps)["recurrent"]
    told = error_told(explore_ledger(bptt_steps=bptt_steps, cat=cat))
    assert told == pytest.approx(recurrent_error(cat, short), abs=0.05 + 1e-6)
    assert (told == 0) == (bptt_steps == 4)


def test_as_the_notebook_says_two_days_are_worse_than_one_for_cat_214():
    errors = [error_told(explore_ledger(bptt_steps=k)) for k in (1, 2, 3, 4)]
    assert errors == [10.0, 10.7, 5.4, 0.0]


@pytest.mark.parametrize(("cat", "slip", "error"), [
    (214, "forgot_to_add", 93.6), (214, "forgot_the_state", 10.0), (214, "wrong_day", 31.7),
    (214, "forgot_the_gate", 2.9), (4, "forgot_the_gate", 94.8),
])
def test_as_the_notebook_says_each_slip_costs_so_much(cat, slip, error):
    assert error_told(explore_ledger(cat=cat, **{slip: True})) == error


def test_of_the_days_that_are_asked_forgetting_to_add_leaves_the_one_written_last():
    brain = CatRNN.random(np.random.default_rng(214), 2, init=two_decimals)
    per_day = oracle.gradient_of_each_day(weights_of(brain), DAYS, TARGET, np.zeros((1, 2)))[::-1]
    for bptt_steps in (1, 2, 3, 4):
        told = error_told(explore_ledger(bptt_steps=bptt_steps, forgot_to_add=True))
        assert told == pytest.approx(recurrent_error(214, per_day[bptt_steps - 1]), abs=0.05 + 1e-6)


def test_nothing_through_the_hidden_state_is_one_day_back():
    told = [explore_ledger(**given).view.caption.rsplit("the relative")[-1]
            for given in ({"forgot_the_state": True}, {"bptt_steps": 1})]
    assert told[0] == told[1]


@given(seed=seeds, t=st.integers(1, 5), n=st.integers(1, 3), h=st.integers(1, 4))
def test_each_slip_is_the_slip_that_it_is_named_after(seed, t, n, h):
    cat, days, target, _ = an_afternoon(seed, t, n, h=h)
    cat.recurrent.b += 1.0  # some gates open, some shut
    steps, zero = unroll(cat.recurrent, cat.relu, t), np.zeros((n, h))
    hs = forward_through_time(steps, days, zero)
    right = ledger_with(cat, days, target)
    expected = oracle.gradient_of_each_day(weights_of(cat), days, target, zero)[::-1]
    assert oracle.furthest(right, expected) < EXACT
    no_state = ledger_with(cat, days, target, slips=[forget_the_state])
    assert same_bits(no_state[0], right[0])
    assert not any(np.any(d) for d_params in no_state[1:] for d in d_params.values())
    wrong_day = ledger_with(cat, days, target, slips=[take_the_wrong_day])
    for k, (slipped, true) in enumerate(zip(wrong_day, right, strict=True)):
        assert same_bits([slipped["c_w"], slipped["b"]], [true["c_w"], true["b"]])
        assert slipped["p_w"].shape == (h, h)
        if n == 1:  # one row: the blame of p_w is the state times the blame of b
            assert np.allclose(slipped["p_w"], np.outer(hs[t - k][0], true["b"]))
    assert same_bits(forget_to_add(right), right[-1:])
    leaky = ledger_with(cat, days, target, slips=[forget_the_gate])[0]["b"]
    d_guess = 2 * (hs[-1] @ cat.output.c_w + cat.output.b - target) / target.size
    assert np.allclose(leaky, (d_guess @ cat.output.c_w.T).sum(axis=0))


@given(seed=seeds, slip=st.sampled_from([forget_the_state, take_the_wrong_day, forget_the_gate]))
def test_a_slip_touches_the_copies_of_the_days_and_never_the_cat(seed, slip):
    cat, days, target, _ = an_afternoon(seed)
    before = [w.copy() for layer in weights_of(cat).values() for w in layer.values()]
    right = sum_over_time(ledger_with(cat, days, target))
    ledger_with(cat, days, target, slips=[slip])
    assert same_bits([w for layer in weights_of(cat).values() for w in layer.values()], before)
    assert same_bits(sum_over_time(ledger_with(cat, days, target)), right)


@pytest.mark.parametrize("switch", SWITCHES)
def test_each_switch_moves_picture_and_words_and_back_again(switch):
    panel = explore_ledger()
    before = panel.view.png, panel.view.caption
    panel.controls[switch].value = True
    assert panel.view.png != before[0]
    assert panel.view.caption != before[1]
    panel.controls[switch].value = False
    assert (panel.view.png, panel.view.caption) == before


def test_all_four_slips_at_once_still_find_room_in_the_picture():
    picture = explore_ledger(bptt_steps=3, **dict.fromkeys(SWITCHES, True)).picture
    assert picture.figure.get_tightbbox().x1 <= picture.figure.get_figwidth()
    assert picture.headline.get_text().count(",") == 4


def test_a_dead_cat_is_told_in_words():
    dead = next(cat for cat in range(100)
                if not np.any(CatRNN.random(np.random.default_rng(cat), 2, init=two_decimals).gradients(
                    DAYS, TARGET, np.zeros((1, 2)))[1]["recurrent"]["b"]))
    assert "every gate is shut on the last day" in explore_ledger(cat=dead).view.caption


def test_looking_back_further_than_the_days_is_looking_back_all_the_way():
    assert explore_ledger(bptt_steps=99).view.caption == explore_ledger(bptt_steps=len(PORTIONS)).view.caption
