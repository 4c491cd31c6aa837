"""Answers for many days: blame from a day's own answer and from tomorrow; long timelines in chunks."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catrnn.bptt import backward_from_answers, backward_through_time, chunks, forward_through_time, unroll
from catrnn.layers import SoftmaxLossLayer
from catrnn.network import as_days, as_rows
from catrnn.training import train
from tests.helpers import oracle
from tests.helpers.oracle import NUDGING, ROUNDING, apart, furthest, nudged
from tests.helpers.strategies import GATES, a_month, copied, leading_axes, same_bits, seeds, sizes, weights_of

LOSSES = {"squared": (None, oracle.squared), "softmax": (SoftmaxLossLayer, oracle.surprise)}

OTHER_ORDER = 1e-12
"""Sums over days and rows in another order, after some steps of training."""


def a_graded_month(kind, how, seed, t, n, d, h, leading, out, answers=None):
    """A month with one of the losses; its answers are one-hot, and some days have none, where softmax judges."""
    make, _ = LOSSES[how]
    cat, days, targets, h0 = a_month(kind, seed, t, n, d, h, leading, out, answers, make and make())
    if make:
        known = np.random.default_rng(seed).random((*targets.shape[:-1], 1)) > 0.25
        targets = (targets == targets.max(axis=-1, keepdims=True)) * known.astype(float)
    return cat, days, targets, h0


@pytest.mark.parametrize("how", LOSSES)
@pytest.mark.parametrize("kind", GATES)
@given(seed=seeds, leading=leading_axes, t=st.integers(1, 5), n=sizes, d=sizes, h=sizes, answers=st.integers(1, 5))
@settings(max_examples=20)
def test_answers_on_many_days_give_the_gradient_that_autograd_finds(kind, how, seed, leading, t, n, d, h, answers):
    answers = min(t, answers)
    cat, days, targets, h0 = a_graded_month(kind, how, seed, t, n, d, h, leading, 3, answers)
    for bptt_steps in (None, answers, t):
        look = cat.gradients(days, targets, h0, bptt_steps)
        for k in np.ndindex(leading):
            expected = oracle.gradient_of_answers(
                of_cat(weights_of(cat), k), days[:, *k], targets[:, *k], h0[k], kind, LOSSES[how][1], bptt_steps)
            assert apart(look.loss[k], expected[0]) < ROUNDING
            assert furthest(of_cat(look.d_params, k), expected[1]) < ROUNDING


def of_cat(nested, k):
    return {key: of_cat(x, k) if isinstance(x, dict) else x[k] for key, x in nested.items()}


@pytest.mark.parametrize("kind", ["gru", "lstm"])
@given(seed=seeds, leading=leading_axes)
@settings(max_examples=10)
def test_answers_on_many_days_give_the_gradient_that_a_nudge_shows(kind, seed, leading):
    cat, days, targets, h0 = a_graded_month(kind, "softmax", seed, 3, 2, 2, 2, leading, 3)
    expected = copied(weights_of(cat))
    for layer, weights in weights_of(cat).items():
        for name, w in weights.items():
            expected[layer][name] = nudged(lambda: np.sum(cat.gradients(days, targets, h0).loss), w)
    assert furthest(cat.gradients(days, targets, h0).d_params, expected) < NUDGING


@pytest.mark.parametrize("kind", GATES)
@given(seed=seeds, leading=leading_axes, t=st.integers(1, 4))
@settings(max_examples=10)
def test_one_answer_for_the_last_day_is_the_same_either_way(kind, seed, leading, t):
    cat, days, targets, h0 = a_month(kind, seed, t, leading=leading, answers=1)
    one, many = cat.gradients(days, targets[0], h0), cat.gradients(days, targets, h0)
    assert same_bits(many.prediction, one.prediction[None])
    assert same_bits([many.loss, many.d_params], [one.loss, one.d_params])


@given(seed=seeds, t=st.integers(2, 5), n=sizes)
def test_blame_of_every_day_is_the_sum_of_the_blames_for_each_answer_alone(seed, t, n):
    cat, days, targets, h0 = a_month("plain", seed, t, n)
    every = cat.gradients(days, targets, h0).d_params
    alone = [cat.gradients(days[: k + 1], targets[k], h0).d_params for k in range(t)]
    for layer, weights in every.items():
        for name, d_param in weights.items():
            assert apart(d_param, np.mean([d_params[layer][name] for d_params in alone], axis=0)) < ROUNDING


@given(seed=seeds, t=st.integers(2, 5))
def test_the_ledger_has_an_entry_for_every_day_newest_first_and_ends_at_the_first_state(seed, t):
    cat, days, _, h0 = a_month("plain", seed, t)
    steps = unroll(cat.recurrent, cat.relu, t)
    own = list(np.random.default_rng(seed).standard_normal((t, *h0.shape)))
    forward_through_time(steps, days, h0)
    d_h0, per_day = backward_from_answers(steps, own)
    expected, entries = 0.0, []
    for k in reversed(range(t)):
        expected, [entry] = backward_through_time(steps[k : k + 1], own[k] + expected)
        entries.append(entry)
    assert same_bits([d_h0, per_day], [expected, entries])
    nobody = [0 * d_own for d_own in own[:-1]]
    assert same_bits(backward_from_answers(steps, [*nobody, own[-1]]), backward_from_answers(steps, own[-1:]))
    assert same_bits(backward_from_answers(steps, own[-1:]), backward_through_time(steps, own[-1]))


@given(seed=seeds, leading=leading_axes, g=sizes, n=sizes, d=sizes)
def test_days_put_one_below_the_other_come_back_as_days(seed, leading, g, n, d):
    days = np.random.default_rng(seed).standard_normal((g, *leading, n, d))
    rows = as_rows(days)
    assert rows.shape == (*leading, g * n, d)
    assert same_bits(rows[..., :n, :], days[0])
    assert same_bits(as_days(rows, g), days)


@pytest.mark.parametrize("kind", GATES)
@given(seed=seeds, leading=leading_axes, t=st.integers(1, 4))
@settings(max_examples=10)
def test_a_guess_after_every_day_is_the_guess_after_the_days_so_far(kind, seed, leading, t):
    cat, days, _, h0 = a_month(kind, seed, t, leading=leading)
    guesses = cat.predict(days, h0, every_day=True)
    for k in range(t):
        assert apart(guesses[k], cat.predict(days[: k + 1], h0)) < ROUNDING


def test_answers_are_taken_as_days_are_each_for_all_cats_or_for_its_own():
    cat, _, targets, _ = a_month("plain", 0, leading=(3,))
    assert same_bits(cat.answers(targets), targets)
    assert same_bits(cat.answers(list(targets[:, 0]))[:, 2], targets[:, 0])
    assert cat.answers([[1.0, 2.0]]).shape == (1, 3, 1, 2)


# A long timeline in chunks


@pytest.mark.parametrize(("n_days", "chunk", "bptt_steps", "expected"), [
    (4, 2, None, [(0, 0, 2), (2, 2, 4)]),
    (6, 2, 3, [(0, 0, 2), (1, 2, 4), (3, 4, 6)]),
    (6, 2, 99, [(0, 0, 2), (0, 2, 4), (0, 4, 6)]),
    (3, 3, None, [(0, 0, 3)]),
])
def test_chunks_say_where_a_walk_begins_and_which_days_are_its_own(n_days, chunk, bptt_steps, expected):
    assert chunks(n_days, chunk, bptt_steps) == expected


@pytest.mark.parametrize("kind", GATES)
@given(seed=seeds, leading=leading_axes, chunk=st.integers(1, 3), n_chunks=st.integers(1, 3), more=st.integers(0, 3))
@settings(max_examples=10)
def test_each_chunk_moves_the_weights_by_the_gradient_of_a_graph_cut_there(kind, seed, leading, chunk, n_chunks, more):
    cat, days, targets, _ = a_month(kind, seed, chunk * n_chunks, leading=leading)
    by_hand, *_ = a_month(kind, seed, chunk * n_chunks, leading=leading)
    history = train(cat, days, targets, 2, chunk=chunk, bptt_steps=chunk + more)
    losses = []
    for _ in range(2):
        h, walked = [by_hand.first_state(days)], 0
        for end in range(chunk, len(days) + 1, chunk):
            first = max(0, end - chunk - more)
            look = by_hand.gradients(days[first:end], targets[end - chunk : end], h[first - walked])
            by_hand.update(look.d_params)
            h, walked, losses = look.hs, first, [*losses, look.loss]
    assert same_bits(history.losses, np.array(losses))
    assert same_bits(weights_of(cat), weights_of(by_hand))


@given(seed=seeds, leading=leading_axes)
@settings(max_examples=10)
def test_one_chunk_as_long_as_the_timeline_is_the_whole_timeline(seed, leading):
    (cat, days, targets, _), (other, *_) = (a_month("gru", seed, 4, leading=leading) for _ in range(2))
    whole = train(cat, days, targets, 3, momentum=0.9, clip=1.0, carry_state=True)
    chunked = train(other, days, targets, 3, chunk=4, momentum=0.9, clip=1.0, carry_state=True)
    assert same_bits(vars(chunked), vars(whole))


def test_the_state_is_carried_from_chunk_to_chunk_and_into_the_next_epoch_if_that_is_wanted():
    for carry_state in (False, True):
        cat, days, targets, _ = a_month("plain", 0, 4)
        cat.recurrent.lr = cat.output.lr = 0.0  # nothing is learned, so what is told is the state alone
        history = train(cat, days, targets, 2, chunk=2, carry_state=carry_state)
        one_walk = np.concatenate([days, days])
        expected = cat.predict(one_walk, every_day=True) if carry_state else np.tile(
            cat.predict(days, every_day=True), (2, 1, 1))
        assert apart(history.predictions.reshape(expected.shape), expected) < ROUNDING


@pytest.mark.parametrize("chunk", [5, 10, 20])
def test_chunks_keep_no_more_days_in_memory_than_a_walk_needs(chunk, monkeypatch):
    unrolled = []

    def noted(recurrent, relu, n_days):
        unrolled.append(n_days)
        return unroll(recurrent, relu, n_days)

    monkeypatch.setattr("catrnn.training.unroll", noted)
    cat, days, targets, _ = a_month("plain", 0, 40)
    train(cat, days, targets, 1, chunk=chunk, bptt_steps=chunk + 3, record=False)
    assert unrolled == [chunk + 3]


def test_an_answer_for_every_day_may_be_learned_without_chunks_and_by_many_cats_as_by_each_alone():
    cats, days, targets, _ = a_month("lstm", 0, 5, leading=(3,))
    cats.recurrent.lr = cats.output.lr = 0.1
    before = copied(weights_of(cats))
    history = train(cats, days, targets, 20)
    assert history.predictions.shape == (20, 5, 3, 2, 2)
    assert (history.losses[-1] < history.losses[0]).all()
    for k in range(3):
        alone, *_ = a_month("lstm", 0, 5)
        for layer, weights in of_cat(before, k).items():
            for name, w in weights.items():
                getattr(alone, layer).lr = 0.1
                setattr(getattr(alone, layer), name, w)
        assert apart(train(alone, days[:, k], targets[:, k], 20).losses, history.losses[:, k]) < OTHER_ORDER
