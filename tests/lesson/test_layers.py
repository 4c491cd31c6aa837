"""The calculations, forward and back: against the plain formula, against autograd and against a nudge."""

import itertools

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad
from hypothesis import given

from catrnn.layers import (
    LinearLayer,
    LossLayer,
    PassLayer,
    RecurrentLinearLayer,
    ReLULayer,
    SigmoidLayer,
    SoftmaxLossLayer,
    TanhLayer,
    softmax,
)
from tests.helpers import oracle
from tests.helpers.oracle import NUDGING, ROUNDING, apart, nudged
from tests.helpers.strategies import leading_axes, linear_layer, recurrent_layer, same_bits, seeds, sizes

BENDS = {"relu": ReLULayer, "sigmoid": SigmoidLayer, "tanh": TanhLayer, "pass": PassLayer}
LOSSES = {"loss": LossLayer, "softmax": SoftmaxLossLayer}
LAYERS = ["recurrent", "linear", *BENDS, *LOSSES]
TRAINED = {kind: [] for kind in LAYERS} | {"recurrent": ["c_w", "b", "p_w"], "linear": ["c_w", "b"]}
INPUTS = {"recurrent": ["c_x", "p_x"], "linear": ["c_x"]} | {kind: ["x"] for kind in BENDS} | {
    kind: ["x", "y"] for kind in LOSSES}
FORMULAS = {
    "recurrent": lambda c_x, p_x, c_w, b, p_w: anp.matmul(c_x, c_w) + anp.matmul(p_x, p_w) + b,
    "linear": lambda c_x, c_w, b: anp.matmul(c_x, c_w) + b,
    "relu": lambda x: anp.where(x > 0, x, 0.0),
    "sigmoid": lambda x: 1 / (1 + anp.exp(-x)),
    "tanh": lambda x: (anp.exp(x) - anp.exp(-x)) / (anp.exp(x) + anp.exp(-x)),
    "pass": lambda x: 1 * x,
    "loss": lambda x, y: anp.mean((x - y) ** 2, axis=(-2, -1)),
    "softmax": lambda x, y: (anp.sum(y * (anp.log(anp.sum(anp.exp(x), axis=-1, keepdims=True)) - x), axis=(-2, -1))
                             / anp.maximum(1, anp.sum(y, axis=(-2, -1)))),
}


def a_layer(kind, seed, leading=(), n=2, d=2, h=3):
    """A layer that has been forward, its inputs and weights by name, and an upstream gradient."""
    rng = np.random.default_rng(seed)
    layer = {
        "recurrent": lambda: recurrent_layer(rng, leading, d, h),
        "linear": lambda: linear_layer(rng, leading, d, h),
        **BENDS, **LOSSES,
    }[kind]()
    d += kind == "softmax"  # a single score is always right, and its loss rounding alone
    things = {name: rng.standard_normal((*leading, n, h if name == "p_x" else d)) for name in INPUTS[kind]}
    if kind == "softmax":
        things["y"] = answers_for(rng, things["y"])
    out = layer.forward(*things.values())
    things.update({name: getattr(layer, name) for name in TRAINED[kind]})
    return layer, things, np.ones(out.shape) if kind in LOSSES else rng.standard_normal(out.shape)


def answers_for(rng, like):
    """Rows of probabilities of the same shape; one in four is no answer, all zeros."""
    return softmax(like) * (rng.random((*like.shape[:-1], 1)) > 0.25)


def go_back(kind, layer, upstream):
    """The gradients by the names of their things; the loss has no upstream and no gradient for the answer."""
    if kind in LOSSES:
        return {"x": layer.backward()}
    d_inputs, d_params = layer.gradients(upstream)
    return dict(zip(INPUTS[kind], d_inputs if kind == "recurrent" else [d_inputs], strict=True)) | d_params


def forward_again(kind, layer, things):
    return layer.forward(*(things[name] for name in INPUTS[kind]))


@pytest.mark.parametrize("kind", LAYERS)
@given(seed=seeds, leading=leading_axes, n=sizes, d=sizes, h=sizes)
def test_forward_is_the_plain_formula(kind, seed, leading, n, d, h):
    layer, things, _ = a_layer(kind, seed, leading, n, d, h)
    assert apart(forward_again(kind, layer, things), FORMULAS[kind](**things)) < ROUNDING


@pytest.mark.parametrize("kind", LAYERS)
@given(seed=seeds, leading=leading_axes, n=sizes, d=sizes, h=sizes)
def test_gradients_are_those_of_autograd(kind, seed, leading, n, d, h):
    layer, things, upstream = a_layer(kind, seed, leading, n, d, h)
    for name, d_thing in go_back(kind, layer, upstream).items():
        expected = grad(lambda x, name=name: anp.sum(upstream * FORMULAS[kind](**things | {name: x})))(things[name])
        assert apart(d_thing, expected) < ROUNDING


@pytest.mark.parametrize("kind", LAYERS)
@given(seed=seeds, leading=leading_axes, n=sizes)
def test_gradients_are_what_a_nudge_shows(kind, seed, leading, n):
    layer, things, upstream = a_layer(kind, seed, leading, n)
    if kind == "relu":
        things["x"] += np.where(things["x"] > 0, 1e-3, -1e-3)  # away from the kink
    for name, d_thing in go_back(kind, layer, upstream).items():
        expected = nudged(lambda: np.sum(upstream * forward_again(kind, layer, things)), things[name])
        assert apart(d_thing, expected) < NUDGING


@pytest.mark.parametrize("kind", LAYERS)
@given(seed=seeds, leading=leading_axes, n=sizes, d=sizes, h=sizes)
def test_a_gradient_has_the_shape_of_its_thing(kind, seed, leading, n, d, h):
    layer, things, upstream = a_layer(kind, seed, leading, n, d, h)
    for name, d_thing in go_back(kind, layer, upstream).items():
        assert d_thing.shape == things[name].shape


@pytest.mark.parametrize("kind", ["recurrent", "linear"])
def test_a_bias_written_as_a_row_gets_a_gradient_written_as_a_row(kind):
    layer, things, upstream = a_layer(kind, 0)
    layer.b = things["b"][None]
    assert go_back(kind, layer, upstream)["b"].shape == (1, 3)


@pytest.mark.parametrize("kind", LAYERS)
@given(seed=seeds, leading=leading_axes)
def test_gradients_change_nothing(kind, seed, leading):
    layer, things, upstream = a_layer(kind, seed, leading)
    before = {name: x.copy() for name, x in things.items()}
    upstream_before, first = upstream.copy(), go_back(kind, layer, upstream)
    assert same_bits(things, before)
    assert same_bits(upstream, upstream_before)
    assert same_bits(go_back(kind, layer, upstream), first)


@pytest.mark.parametrize("kind", ["recurrent", "linear", *BENDS])
@given(seed=seeds, leading=leading_axes)
def test_backward_is_gradients_then_update_in_place(kind, seed, leading):
    layer, things, upstream = a_layer(kind, seed, leading)
    d_inputs, d_params = layer.gradients(upstream)
    moved = {name: things[name] - 0.01 * d_params[name] for name in TRAINED[kind]}
    assert same_bits(layer.backward(upstream), d_inputs)
    assert all(getattr(layer, name) is things[name] for name in TRAINED[kind])
    assert same_bits({name: things[name] for name in TRAINED[kind]}, moved)


@pytest.mark.parametrize("kind", ["recurrent", "linear"])
@given(seed=seeds, leading=leading_axes.filter(bool))
def test_each_cat_may_have_a_learning_rate_of_its_own(kind, seed, leading):
    layer, things, upstream = a_layer(kind, seed, leading)
    layer.lr = np.random.default_rng(seed).uniform(0, 1, (*leading, 1, 1))
    before, (_, d_params) = {name: things[name].copy() for name in TRAINED[kind]}, layer.gradients(upstream)
    layer.update(d_params)
    for name, k in itertools.product(TRAINED[kind], np.ndindex(leading)):
        assert same_bits(things[name][k], before[name][k] - layer.lr[k].item() * d_params[name][k])


@given(seed=seeds)
def test_update_moves_only_the_weights_that_it_is_given(seed):
    layer, things, _ = a_layer("recurrent", seed)
    before = {name: things[name].copy() for name in TRAINED["recurrent"]}
    layer.update({"b": np.ones(3)})
    assert same_bits(layer.b, before["b"] - 0.01)
    assert same_bits([layer.c_w, layer.p_w], [before["c_w"], before["p_w"]])


@pytest.mark.parametrize("kind", LAYERS)
def test_going_back_uses_the_latest_forward_call(kind):
    layer, things, upstream = a_layer(kind, 0)
    other, more, _ = a_layer(kind, 1)
    for name in TRAINED[kind]:
        setattr(other, name, getattr(layer, name))
    forward_again(kind, layer, more)
    assert same_bits(go_back(kind, layer, upstream), go_back(kind, other, upstream))
    assert not same_bits(more, things)


@pytest.mark.parametrize("kind", LAYERS)
def test_a_row_without_brackets_is_taken_as_one_row_as_in_the_seed(kind):
    layer, things, upstream = a_layer(kind, 0, n=1)
    once = forward_again(kind, layer, things), go_back(kind, layer, upstream)
    bare = forward_again(kind, layer, {name: x[0] for name, x in things.items()}), go_back(kind, layer, upstream)
    assert same_bits(bare, once)


@pytest.mark.parametrize("kind", LAYERS)
@given(seed=seeds, leading=leading_axes)
def test_float32_stays_float32(kind, seed, leading):
    layer, things, upstream = a_layer(kind, seed, leading)
    things = {name: x.astype(np.float32) for name, x in things.items()}
    for name in TRAINED[kind]:
        setattr(layer, name, things[name])
    results = [forward_again(kind, layer, things), *go_back(kind, layer, upstream.astype(np.float32)).values()]
    if TRAINED[kind]:
        layer.backward(upstream.astype(np.float32))
    results += [getattr(layer, name) for name in TRAINED[kind]]
    assert {x.dtype for x in results} == {np.dtype(np.float32)}


@pytest.mark.parametrize("kind", LAYERS)
def test_whole_numbers_are_eaten_as_floats_so_that_small_ones_do_not_wrap_around(kind):
    layer, things, upstream = a_layer(kind, 0)
    portions = {name: np.arange(x.size, dtype=np.uint8).reshape(x.shape) * 40 for name, x in things.items()}
    if "y" in portions:
        portions["y"] = np.full_like(portions["y"], 200)
    floats = {name: x.astype(float) for name, x in portions.items()}
    eaten = forward_again(kind, layer, portions), go_back(kind, layer, upstream)
    assert same_bits(eaten, (forward_again(kind, layer, floats), go_back(kind, layer, upstream)))


@pytest.mark.parametrize(("x", "gate"), [(0.0, 0.0), (-0.0, 0.0), (-5e-324, 0.0), (5e-324, 1.0), (2.0, 1.0)])
def test_relu_is_shut_at_exactly_zero_and_open_just_above(x, gate):
    relu = ReLULayer()
    assert relu.forward([[x]]) == max(0.0, x)
    assert relu.gradients([[3.0]])[0] == 3.0 * gate
    assert relu.gradients([[3.0]])[1] == {}


@pytest.mark.parametrize("x", [-1e4, -50.0, 0.0, 50.0, 1e4])
def test_no_number_is_too_large_to_be_squeezed(x):
    for layer, low in ((SigmoidLayer(), 0.0), (TanhLayer(), -1.0)):  # a warning would be an error here
        assert low <= layer.forward([[x]]).item() <= 1.0
        assert np.isfinite(layer.gradients([[1.0]])[0]).all()
    assert SigmoidLayer().forward([[x]]) + SigmoidLayer().forward([[-x]]) == pytest.approx(1.0)


@given(seed=seeds, leading=leading_axes, n=sizes, d=sizes)
def test_softmax_gives_probabilities_that_a_shift_of_all_scores_leaves_alone(seed, leading, n, d):
    x = np.random.default_rng(seed).standard_normal((*leading, n, d))
    p = softmax(x)
    assert apart(p.sum(axis=-1), np.ones((*leading, n))) < ROUNDING
    assert apart(p, np.exp(x) / np.exp(x).sum(axis=-1, keepdims=True)) < ROUNDING
    assert apart(softmax(x + 1e4), p) < 1e-9  # 1e4 has taken four of sixteen digits


def test_scores_of_any_size_have_a_finite_loss_and_gradient():
    layer, y = SoftmaxLossLayer(), np.eye(3)
    assert layer.forward(np.array([[1e5, 0, 0], [0, -1e5, 0], [0, 0, 1e5]]), y) == pytest.approx((1e5 + np.log(2)) / 3)
    assert np.isfinite(layer.backward()).all()


def test_where_an_answer_is_known_the_gradient_is_p_minus_y_over_the_number_of_rows():
    layer, x, y = SoftmaxLossLayer(), np.array([[0.0, np.log(3.0)], [5.0, 5.0]]), np.array([[0.0, 1.0], [1.0, 0.0]])
    assert layer.forward(x, y) == pytest.approx((np.log(4 / 3) + np.log(2)) / 2)
    assert layer.backward() == pytest.approx(np.array([[0.25, -0.25], [-0.5, 0.5]]) / 2)


@given(seed=seeds, leading=leading_axes, n=sizes, d=sizes)
def test_a_row_of_zeros_is_no_answer_and_has_no_say(seed, leading, n, d):
    layer, things, _ = a_layer("softmax", seed, leading, n, d)
    things["y"] = softmax(things["y"])
    alone = layer.forward(**things), layer.backward()
    more = {name: np.concatenate([thing, 0 * thing], axis=-2) for name, thing in things.items()}
    assert apart(layer.forward(**more), alone[0]) < ROUNDING
    assert apart(layer.backward(), np.concatenate([alone[1], 0 * alone[1]], axis=-2)) < ROUNDING
    layer.forward(things["x"], 0 * things["y"])
    assert not layer.backward().any()


@pytest.mark.parametrize(("kind", "of_one"), [("loss", oracle.squared), ("softmax", oracle.surprise)])
@given(seed=seeds, leading=leading_axes, n=sizes, d=sizes)
def test_each_cat_has_a_loss_of_its_own(kind, of_one, seed, leading, n, d):
    layer, things, _ = a_layer(kind, seed, leading, n, d)
    losses = layer.forward(things["x"], things["y"])
    assert losses.shape == leading
    for cat in np.ndindex(leading):
        assert losses[cat] == pytest.approx(of_one(things["x"][cat], things["y"][cat]), abs=ROUNDING)


@given(seed=seeds, leading=leading_axes, n=sizes, d=sizes)
def test_the_gradient_of_the_loss_divides_by_the_number_of_values_of_one_cat(seed, leading, n, d):
    layer, things, _ = a_layer("loss", seed, leading, n, d)
    as_in_the_seed = 2 * (things["x"] - things["y"])
    assert same_bits(layer.backward(), as_in_the_seed / (n * d))


@pytest.mark.parametrize("kind", [LinearLayer, RecurrentLinearLayer])
def test_a_layer_trains_the_very_arrays_that_it_was_given(kind):
    w, b, p_w = np.ones((1, 1)), np.ones(1), np.ones((1, 1))
    layer = kind(0.5, w, b, p_w) if kind is RecurrentLinearLayer else kind(0.5, w, b)
    layer.update({"c_w": np.full((1, 1), 2.0), "b": np.full(1, 4.0)})
    assert (w, b) == (0.0, -1.0)
