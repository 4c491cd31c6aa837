"""Cells with gates: against formulas of their own, autograd and the nudge; and by the door of the recurrent layer."""

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad
from hypothesis import given
from hypothesis import strategies as st

from catrnn.bptt import backward_through_time, forward_through_time, sum_over_time, unroll
from catrnn.gates import GRULayer, LSTMLayer, parts, side_by_side
from catrnn.initializers import uniform_init
from catrnn.layers import PassLayer, ReLULayer, TanhLayer
from catrnn.network import CatRNN
from catrnn.training import train
from tests.helpers import oracle
from tests.helpers.oracle import NUDGING, ROUNDING, apart, furthest, nudged
from tests.helpers.strategies import GATES, a_month, cell, leading_axes, same_bits, seeds, sizes

KINDS = ["gru", "lstm"]
WEIGHTS = ["c_w", "b", "p_w"]


def a_cell(kind, seed, leading=(), n=2, d=2, h=3):
    """A cell that has been forward from a state that is not zero, its things by name, and an upstream gradient."""
    rng = np.random.default_rng(seed)
    layer = cell(kind, rng, leading, d, h)
    size = getattr(layer, "state_size", h)
    things = {"c_x": rng.standard_normal((*leading, n, d)), "state": rng.standard_normal((*leading, n, size))}
    out = layer.forward(*things.values())
    return layer, things | {name: getattr(layer, name) for name in WEIGHTS}, rng.standard_normal(out.shape)


def go_back(layer, upstream):
    (d_c_x, d_state), d_params = layer.gradients(upstream)
    return {"c_x": d_c_x, "state": d_state} | d_params


def of_one(kind, things, k):
    """A day of cat k by the formula of the textbook."""
    things = {name: x[k] for name, x in things.items()}
    return oracle.CELLS[kind](things, things["c_x"], things["state"])


@pytest.mark.parametrize("kind", KINDS)
@given(seed=seeds, leading=leading_axes, n=sizes, d=sizes, h=sizes)
def test_forward_is_the_textbooks_formula(kind, seed, leading, n, d, h):
    layer, things, _ = a_cell(kind, seed, leading, n, d, h)
    out = layer.forward(things["c_x"], things["state"])
    for k in np.ndindex(leading):
        assert apart(out[k], of_one(kind, things, k)) < ROUNDING


@pytest.mark.parametrize("kind", KINDS)
@given(seed=seeds, leading=leading_axes, n=sizes, d=sizes, h=sizes)
def test_gradients_are_those_of_autograd_and_have_the_shapes_of_their_things(kind, seed, leading, n, d, h):
    layer, things, upstream = a_cell(kind, seed, leading, n, d, h)
    found = go_back(layer, upstream)
    assert {name: d_thing.shape for name, d_thing in found.items()} == {name: x.shape for name, x in things.items()}
    for k in np.ndindex(leading):
        def loss(one, k=k):
            return anp.sum(upstream[k] * oracle.CELLS[kind](one, one["c_x"], one["state"]))

        expected = grad(loss)({name: x[k] for name, x in things.items()})
        assert furthest({name: d_thing[k] for name, d_thing in found.items()}, expected) < ROUNDING


@pytest.mark.parametrize("kind", KINDS)
@given(seed=seeds, leading=leading_axes, n=sizes)
def test_gradients_are_what_a_nudge_shows(kind, seed, leading, n):
    layer, things, upstream = a_cell(kind, seed, leading, n)
    for name, d_thing in go_back(layer, upstream).items():
        expected = nudged(lambda: np.sum(upstream * layer.forward(things["c_x"], things["state"])), things[name])
        assert apart(d_thing, expected) < NUDGING


@pytest.mark.parametrize("kind", KINDS)
@given(seed=seeds, leading=leading_axes)
def test_going_forward_and_back_changes_nothing_that_was_given(kind, seed, leading):
    layer, things, upstream = a_cell(kind, seed, leading)
    before, upstream_before = {name: x.copy() for name, x in things.items()}, upstream.copy()
    layer.forward(things["c_x"], things["state"])
    first = go_back(layer, upstream)
    assert same_bits(things, before)
    assert same_bits(upstream, upstream_before)
    assert same_bits(go_back(layer, upstream), first)


@pytest.mark.parametrize("kind", KINDS)
@given(seed=seeds, leading=leading_axes)
def test_backward_is_gradients_then_update_in_place(kind, seed, leading):
    layer, things, upstream = a_cell(kind, seed, leading)
    d_inputs, d_params = layer.gradients(upstream)
    moved = {name: things[name] - 0.01 * d_params[name] for name in WEIGHTS}
    assert same_bits(layer.backward(upstream), d_inputs)
    assert all(getattr(layer, name) is things[name] for name in WEIGHTS)
    assert same_bits({name: things[name] for name in WEIGHTS}, moved)


@pytest.mark.parametrize("kind", KINDS)
def test_float32_stays_float32(kind):
    layer, things, upstream = a_cell(kind, 0)
    for name in WEIGHTS:
        setattr(layer, name, things[name].astype(np.float32))
    out = layer.forward(things["c_x"].astype(np.float32), things["state"].astype(np.float32))
    found = go_back(layer, upstream.astype(np.float32))
    assert {x.dtype for x in (out, *found.values())} == {np.dtype(np.float32)}


# What the gates do, with gates held open and shut by their biases

SHUT, OPEN = -1e3, 1e3


def with_gates(kind, *biases):
    """A cell of one unit that sees its day, with a bias for each gate."""
    kinds, wide = {"gru": GRULayer, "lstm": LSTMLayer}, len(biases)
    return kinds[kind](0.01, np.ones((1, wide)), np.array(biases, float), np.ones((1, wide)))


def test_a_gru_that_keeps_hands_its_state_and_its_blame_on_untouched():
    gru, state = with_gates("gru", 0, OPEN, 0), np.array([[0.3]])
    assert gru.forward([[5.0]], state) == state
    assert gru.gradients([[1.0]])[0][1] == 1.0
    gru = with_gates("gru", 0, SHUT, 0)
    assert gru.forward([[0.5]], state) == pytest.approx(np.tanh(0.5 + 0.3 / (1 + np.exp(-0.8))))


def test_a_gru_that_resets_writes_as_if_there_had_been_no_yesterday():
    gru = with_gates("gru", SHUT, SHUT, 0)
    assert gru.forward([[0.5]], [[7.0]]) == gru.forward([[0.5]], [[-7.0]]) == np.tanh(0.5)


def test_an_lstm_that_keeps_hands_its_cell_and_its_blame_on_untouched():
    lstm, state = with_gates("lstm", SHUT, OPEN, 0, SHUT), np.array([[0.4, 123.0]])
    assert same_bits(lstm.forward([[0.5]], state), np.array([[0.0, 123.0]]))
    (_, d_state), _ = lstm.gradients(np.array([[0.0, 1.0]]))
    assert same_bits(d_state, np.array([[0.0, 1.0]]))


def test_an_lstm_that_writes_adds_to_its_cell_and_shows_it_only_where_the_read_gate_is_open():
    shown = with_gates("lstm", OPEN, OPEN, OPEN, OPEN).forward([[0.0]], [[0.0, 0.25]])
    hidden = with_gates("lstm", OPEN, OPEN, OPEN, SHUT).forward([[0.0]], [[0.0, 0.25]])
    assert shown == pytest.approx(np.array([[np.tanh(1.25), 1.25]]))
    assert hidden == pytest.approx(np.array([[0.0, 1.25]]))


@pytest.mark.parametrize(("bias", "kept"), [(0.0, 0.5), (1.0, 1 / (1 + np.exp(-1))), (2.0, 1 / (1 + np.exp(-2)))])
def test_the_forget_bias_opens_the_forget_gate_alone(bias, kept):
    lstm = LSTMLayer(0.01, np.zeros((1, 4)), np.zeros(4), np.zeros((1, 4)), forget_bias=bias)
    assert lstm.forward([[1.0]], [[0.0, 2.0]])[0, 1] == pytest.approx(2 * kept)
    assert (lstm.i, lstm.o) == (0.5, 0.5)


@given(seed=seeds, n=st.integers(1, 5), h=sizes)
def test_parts_put_side_by_side_are_what_was_parted(seed, n, h):
    x = np.random.default_rng(seed).standard_normal((2, n * h))
    assert [part.shape for part in parts(x, n)] == [(2, h)] * n
    assert same_bits(side_by_side(*parts(x, n)), x)


# By the door of the recurrent layer


@pytest.mark.parametrize("kind", GATES)
@given(seed=seeds, leading=leading_axes, t=st.integers(1, 5), n=sizes, d=sizes, h=sizes, out=sizes)
def test_a_cat_with_any_cell_has_the_gradient_that_autograd_finds(kind, seed, leading, t, n, d, h, out):
    cat, days, targets, h0 = a_month(kind, seed, t, n, d, h, leading, out, answers=1)
    params = {"recurrent": {name: getattr(cat.recurrent, name) for name in WEIGHTS},
              "output": {name: getattr(cat.output, name) for name in ("c_w", "b")}}
    for bptt_steps in (None, *range(1, t + 1)):
        loss, d_params, *_ = cat.gradients(days, targets[0], h0, bptt_steps)
        for k in np.ndindex(leading):
            one = {layer: {name: x[k] for name, x in nested.items()} for layer, nested in params.items()}
            expected = oracle.gradient_of_answers(one, days[:, *k], targets[:, *k], h0[k], kind, bptt_steps=bptt_steps)
            assert apart(loss[k], expected[0]) < ROUNDING
            found = {layer: {name: x[k] for name, x in nested.items()} for layer, nested in d_params.items()}
            assert furthest(found, expected[1]) < ROUNDING


@pytest.mark.parametrize("kind", KINDS)
@given(seed=seeds, n=sizes, h=sizes)
def test_unrolled_cells_share_their_weights_and_not_their_memory(kind, seed, n, h):
    cat, days, _, h0 = a_month(kind, seed, 3, n, h=h)
    steps = unroll(cat.recurrent, cat.relu, 3)
    hs = forward_through_time(steps, days, h0)
    assert isinstance(cat.relu, PassLayer)
    assert same_bits([step.c_x for step, _ in steps], list(days))
    assert cat.recurrent.c_x is None
    d_h, per_day = backward_through_time(steps, np.ones_like(hs[-1]))
    assert d_h.shape == h0.shape
    assert sum_over_time(per_day)["p_w"].shape == cat.recurrent.p_w.shape


def test_the_recurrent_layer_may_be_followed_by_another_bend():
    cat, days, _, h0 = a_month("plain", 0)
    hs = forward_through_time(unroll(cat.recurrent, TanhLayer(), 4), days, h0)
    assert apart(hs[1], np.tanh(days[0] @ cat.recurrent.c_w + h0 @ cat.recurrent.p_w + cat.recurrent.b)) < ROUNDING
    assert isinstance(cat.relu, ReLULayer)


def test_the_output_layer_sees_the_state_of_an_lstm_and_not_its_cell():
    cat, days, _, h0 = a_month("lstm", 0, h=3)
    last = forward_through_time(unroll(cat.recurrent, cat.relu, 4), days, h0)[-1]
    assert last.shape == (2, 6)
    assert same_bits(cat.predict(days, h0), last[:, :3] @ cat.output.c_w + cat.output.b)
    assert cat.first_state(days).shape == (2, 6)


@pytest.mark.parametrize(("kind", "gates"), [(GRULayer, 3), (LSTMLayer, 4)])
def test_cats_with_gates_are_drawn_side_by_side_as_they_are_alone(kind, gates):
    def rngs():
        return [np.random.default_rng(k) for k in range(3)]

    options = dict(learning_rate=0.05, init=uniform_init, input_size=2, recurrent=kind, output_size=1)
    cats, days = CatRNN.random(rngs(), 4, **options), np.random.default_rng(9).standard_normal((5, 2, 2))
    assert cats.recurrent.c_w.shape == (3, 2, 4 * gates)
    history = train(cats, days, np.ones((2, 1)), 3, clip=1.0, momentum=0.9)
    for k, rng in enumerate(rngs()):
        alone = train(CatRNN.random(rng, 4, **options), days, np.ones((2, 1)), 3, clip=1.0, momentum=0.9)
        assert apart(history.losses[:, k], alone.losses) < ROUNDING
        assert history.losses[-1, k] < history.losses[0, k]


def test_uniform_weights_lie_within_one_over_the_root_of_the_hidden_size():
    drawn = uniform_init(np.random.default_rng(0), 3, 16, 2, gates=4)
    assert [w.shape for w in drawn] == [(3, 64), (64,), (16, 64), (16, 2), (2,)]
    assert max(np.abs(w).max() for w in drawn) < 0.25
    assert np.std(drawn.p_w) == pytest.approx(0.25 / np.sqrt(3), rel=0.05)  # of an even spread; 1,024 draws
