"""The same layers day after day: the walk, the way back, the ledger of the days, clipping."""

from copy import deepcopy

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catrnn.bptt import backward_through_time, clip_by_norm, forward_through_time, sum_over_time, unroll
from catrnn.layers import RecurrentLinearLayer, ReLULayer
from catrnn.network import CatRNN
from tests.helpers import oracle
from tests.helpers.oracle import ROUNDING, apart, furthest
from tests.helpers.strategies import an_afternoon, copied, recurrent_layer, same_bits, seeds, sizes, weights_of

SUMMED = 1e-14
"""Sums of a few days in another order differ in the last bits."""

MOVES = 1e-12
"""A gradient read off a move of the weights, at a learning rate of 1, has lost the digits of the weights' rounding."""

CLIPPED = 1e-12
"""A few roundings of a length."""


def walked(seed, t=4, n=2, d=2, h=3):
    """Steps that have been walked, and an upstream gradient for the last state."""
    cat, days, _, h0 = an_afternoon(seed, t, n, d, h)
    steps = unroll(cat.recurrent, cat.relu, t)
    forward_through_time(steps, days, h0)
    return steps, np.random.default_rng(seed).standard_normal(h0.shape)


def judged(cat, days, target, h0):
    """Steps that have been walked, and the gradient that the last state has from the guess."""
    steps = unroll(cat.recurrent, cat.relu, len(days))
    cat.loss.forward(cat.output.forward(forward_through_time(steps, days, h0)[-1]), target)
    d_h, _ = cat.output.gradients(cat.loss.backward())
    return steps, d_h


@given(seed=seeds, t=st.integers(1, 6), n=sizes, d=sizes, h=sizes)
def test_full_look_back_is_the_true_gradient(seed, t, n, d, h):
    cat, days, target, h0 = an_afternoon(seed, t, n, d, h)
    loss, d_params, *_ = cat.gradients(days, target, h0)
    expected_loss, expected = oracle.loss_and_gradient(weights_of(cat), days, target, h0)
    assert apart(loss, expected_loss) < ROUNDING
    assert furthest(d_params, expected) < ROUNDING


@given(seed=seeds, t=st.integers(1, 6), n=sizes, h=sizes)
def test_every_shorter_look_back_is_the_gradient_of_a_graph_cut_there(seed, t, n, h):
    cat, days, target, h0 = an_afternoon(seed, t, n, h=h)
    for bptt_steps in range(1, t + 1):
        expected = oracle.gradient_of_last_days(weights_of(cat), days, target, h0, bptt_steps)
        assert furthest(cat.gradients(days, target, h0, bptt_steps)[1], expected) < ROUNDING


@given(seed=seeds, t=st.integers(1, 6))
def test_looking_back_further_than_the_first_day_is_looking_back_all_the_way(seed, t):
    steps, d_h = walked(seed, t)
    assert same_bits(backward_through_time(steps, d_h, t + 3), backward_through_time(steps, d_h))


@given(seed=seeds, t=st.integers(1, 6), n=sizes, h=sizes)
def test_what_comes_out_at_the_far_end_is_the_gradient_of_the_first_state(seed, t, n, h):
    cat, days, target, h0 = an_afternoon(seed, t, n, h=h)
    steps, d_h = judged(cat, days, target, h0)
    d_h0, _ = backward_through_time(steps, d_h)
    assert apart(d_h0, oracle.gradient_of_first_state(weights_of(cat), days, target, h0)) < ROUNDING


@given(seed=seeds, t=st.integers(1, 6), n=sizes, h=sizes)
def test_the_ledger_says_what_each_day_is_to_blame_for_newest_first(seed, t, n, h):
    cat, days, target, h0 = an_afternoon(seed, t, n, h=h)
    steps, d_h = judged(cat, days, target, h0)
    _, per_day = backward_through_time(steps, d_h)
    assert furthest(per_day[::-1], oracle.gradient_of_each_day(weights_of(cat), days, target, h0)) < ROUNDING


@given(seed=seeds, t=st.integers(1, 6))
def test_the_days_of_the_ledger_add_up_to_the_total(seed, t):
    steps, d_h = walked(seed, t)
    _, per_day = backward_through_time(steps, d_h)
    total = {name: np.stack([d_params[name] for d_params in per_day]).sum(axis=0) for name in per_day[0]}
    assert len(per_day) == t
    assert furthest(sum_over_time(per_day), total) < SUMMED


@given(seed=seeds, t=st.integers(1, 6), bptt_steps=st.integers(1, 6))
def test_a_shorter_look_back_reads_the_top_of_the_same_ledger(seed, t, bptt_steps):
    steps, d_h = walked(seed, t)
    _, per_day = backward_through_time(steps, d_h)
    assert same_bits(backward_through_time(steps, d_h, bptt_steps)[1], per_day[:bptt_steps])


@given(seed=seeds, bptt_steps=st.sampled_from([None, 1, 2]))
def test_going_back_moves_nothing_and_can_be_done_twice(seed, bptt_steps):
    steps, d_h = walked(seed)
    before = deepcopy([vars(layer) for step in steps for layer in step]), d_h.copy()
    first = backward_through_time(steps, d_h, bptt_steps)
    assert same_bits([vars(layer) for step in steps for layer in step], before[0])
    assert same_bits(d_h, before[1])
    assert same_bits(backward_through_time(steps, d_h, bptt_steps), first)


def test_summing_the_ledger_leaves_the_ledger_as_it_was():
    steps, d_h = walked(0)
    _, per_day = backward_through_time(steps, d_h)
    before = deepcopy(per_day)
    sum_over_time(per_day)
    assert same_bits(per_day, before)


class Remembering(RecurrentLinearLayer):
    """A learner's layer, whose memory is a dict or a list that is made once."""

    def __init__(self, lr, c_w, b, p_w, memory):
        super().__init__(lr, c_w, b, p_w)
        self.memory = memory

    def forward(self, c_x, p_x):
        self.memory[0], self.memory[1] = c_x, p_x
        return c_x @ self.c_w + p_x @ self.p_w + self.b

    def gradients(self, prev_d_x):
        self.c_x, self.p_x = self.memory[0], self.memory[1]
        return super().gradients(prev_d_x)


@pytest.mark.parametrize("memory", [{}, [None, None]], ids=["dict", "list"])
def test_a_memory_in_a_dict_or_a_list_is_each_day_s_own_too(memory):
    cat, days, target, h0 = an_afternoon(0, 4, 2)
    layer = cat.recurrent
    forgetful = CatRNN(Remembering(layer.lr, layer.c_w, layer.b, layer.p_w, memory), cat.output)
    assert same_bits(forgetful.gradients(days, target, h0).d_params, cat.gradients(days, target, h0).d_params)


def test_unrolled_days_share_their_weights_and_not_their_memory():
    recurrent, relu = recurrent_layer(np.random.default_rng(0), (), 1, 2), ReLULayer()
    steps = unroll(recurrent, relu, 3)
    forward_through_time(steps, np.arange(1.0, 4.0).reshape(3, 1, 1), np.zeros((1, 2)))
    assert [step.c_x.item() for step, _ in steps] == [1.0, 2.0, 3.0]
    assert recurrent.c_x is None
    assert relu.x is None
    for name in ("c_w", "b", "p_w"):
        assert all(getattr(step, name) is getattr(recurrent, name) for step, _ in steps)


@given(seed=seeds, t=st.integers(1, 6), n=sizes)
def test_a_walk_returns_every_state_and_the_first_is_the_one_it_came_from(seed, t, n):
    cat, days, _, h0 = an_afternoon(seed, t, n)
    hs = forward_through_time(unroll(cat.recurrent, cat.relu, t), days, h0)
    assert len(hs) == t + 1
    assert hs[0] is h0
    for k in range(1, t + 1):
        assert apart(hs[k], oracle.walk(weights_of(cat)["recurrent"], days[:k], h0)) < ROUNDING


def test_a_bare_row_is_a_first_state_and_bare_rows_are_days_as_in_the_seed():
    cat, days, _, h0 = an_afternoon(0, n=1)
    bare = forward_through_time(unroll(cat.recurrent, cat.relu, 4), list(days[:, 0]), h0[0])
    assert same_bits(bare, forward_through_time(unroll(cat.recurrent, cat.relu, 4), days, h0))


class SeedRecurrent:
    """The seed's recurrent layer as it was given: `backward` moves its own weights."""

    def __init__(self, lr, c_w, b, p_w):
        self.lr, self.c_w, self.b, self.p_w = lr, c_w, b, p_w

    def forward(self, c_x, p_x):
        self.c_x, self.p_x = c_x, p_x
        return np.dot(c_x, self.c_w) + np.dot(p_x, self.p_w) + self.b

    def backward(self, prev_d_x):
        d_c_x, d_p_x = np.dot(prev_d_x, self.c_w.T), np.dot(prev_d_x, self.p_w.T)
        self.c_w -= self.lr * np.dot(self.c_x.T, prev_d_x)
        self.p_w -= self.lr * np.dot(self.p_x.T, prev_d_x)
        self.b -= self.lr * np.sum(prev_d_x, axis=0)
        return d_c_x, d_p_x


@given(seed=seeds)
def test_the_moves_of_the_seeds_layers_on_deep_copies_add_up_to_full_backpropagation(seed):
    cat, days, target, h = an_afternoon(seed, n=1, d=1, h=4)
    weights, d_params = weights_of(cat)["recurrent"], cat.gradients(days, target, h)[1]["recurrent"]
    copies, gates = [SeedRecurrent(1.0, **copied(weights)) for _ in days], []
    for copy, x in zip(copies, days, strict=True):
        z = copy.forward(x, h)
        gates, h = [*gates, z > 0], np.maximum(0, z)
    d_h = 2 * (h @ cat.output.c_w + cat.output.b - target) @ cat.output.c_w.T
    for copy, gate in zip(reversed(copies), reversed(gates), strict=True):
        _, d_h = copy.backward(d_h * gate)
    moves = {name: sum(w - getattr(copy, name) for copy in copies) for name, w in weights.items()}
    for name, w in weights.items():
        size = 1 + np.abs(w).max() + np.abs(moves[name]).max()
        assert np.abs(moves[name] - d_params[name]).max() < MOVES * size


@given(seed=seeds, t=st.integers(3, 6))
def test_weights_that_move_on_the_way_back_spoil_the_gradient_and_the_more_the_faster_they_move(seed, t):
    cat, days, _, h0 = an_afternoon(seed, t, n=1)
    steps, layer = unroll(cat.recurrent, cat.relu, t), cat.recurrent
    layer.p_w[:] = np.abs(layer.p_w)
    layer.c_w[:], layer.b[:] = 0.0, 1.0  # every gate open, so that blame reaches yesterday
    forward_through_time(steps, days, h0)
    errors, upstream, start = [], np.ones(h0.shape), copied(weights_of(cat)["recurrent"])
    right = sum_over_time(backward_through_time(steps, upstream)[1])
    for lr in (1e-6, 1e-5):
        for name, w in start.items():
            getattr(layer, name)[:] = w
        d_h = upstream
        for recurrent, relu in reversed(steps):
            recurrent.lr = lr
            _, d_h = recurrent.backward(relu.backward(d_h))
        errors.append(furthest({name: (w - getattr(layer, name)) / lr for name, w in start.items()}, right))
    assert errors[1] > 2 * errors[0] > 0


def gradients_of(seed, leading=(3,)):
    """Gradients of three cats of very different lengths, as CatRNN.gradients gives them."""
    rng, lengths = np.random.default_rng(seed), np.array([1e-3, 1.0, 1e3]).reshape(-1, 1, 1)
    lengths = lengths if leading else 1.0
    shape = (*leading, 1, 2)
    return {"recurrent": {"c_w": lengths * rng.standard_normal(shape), "b": lengths * rng.standard_normal(shape)},
            "output": {"c_w": lengths * rng.standard_normal((*leading, 2, 1))}}


def lengths_of(d_params):
    every = [g for layer in d_params.values() for g in layer.values()]
    return np.sqrt(sum((g**2).sum(axis=(-2, -1)) for g in every))


@given(seed=seeds, limit=st.floats(0.01, 100))
def test_no_clipped_gradient_is_longer_than_the_limit_and_each_cat_has_a_length_of_its_own(seed, limit):
    before = gradients_of(seed)
    after = lengths_of(clip_by_norm(before, limit))
    assert apart(after, np.minimum(lengths_of(before), limit)) < CLIPPED


@given(seed=seeds)
def test_a_clipped_gradient_keeps_its_direction(seed):
    before = gradients_of(seed, leading=())
    after = clip_by_norm(before, 0.1)
    shrunk = lengths_of(after) / lengths_of(before)
    assert shrunk < 1
    shorter = {name: {k: g * shrunk for k, g in layer.items()} for name, layer in before.items()}
    assert furthest(after, shorter) < CLIPPED


@given(seed=seeds)
def test_a_gradient_within_the_limit_comes_through_bit_for_bit(seed):
    before = gradients_of(seed)
    limit = lengths_of(before)[1] * 1.001
    after = clip_by_norm(before, limit)
    for name, layer in before.items():
        for k, g in layer.items():
            assert same_bits(after[name][k][:2], g[:2])
            assert not same_bits(after[name][k][2], g[2])


def test_clipping_returns_new_arrays_and_keeps_flat_biases_flat():
    before = {"output": {"c_w": np.array([[3.0], [0.0]]), "b": np.array([4.0])}}
    after = clip_by_norm(before, 1.0)
    assert same_bits(before, {"output": {"c_w": np.array([[3.0], [0.0]]), "b": np.array([4.0])}})
    assert after["output"]["b"].shape == (1,)
    assert after["output"]["b"] == pytest.approx([0.8])
    assert after["output"]["c_w"] == pytest.approx(np.array([[0.6], [0.0]]))
