"""What may come in is checked beside the sums, not inside them; and the checks let through what they always did."""

import ast
import inspect
import pathlib
import pickle
from copy import copy, deepcopy

import numpy as np
import pytest

import catrnn
from catrnn.gates import GRULayer, LSTMLayer
from catrnn.layers import (
    LinearLayer,
    LossLayer,
    PassLayer,
    RecurrentLinearLayer,
    ReLULayer,
    SigmoidLayer,
    SoftmaxLossLayer,
    TanhLayer,
)
from tests.helpers.strategies import cell, linear_layer, recurrent_layer, same_bits

LESSON = [path for path in pathlib.Path(catrnn.__file__).parent.glob("*.py") if path.stem != "checks"]


def body_of(function):
    """The lines of a function under its docstring, as `source` shows them."""
    [definition] = ast.parse(inspect.cleandoc(inspect.getsource(function))).body
    return [ast.unparse(line) for line in definition.body[1:]]


def test_the_recurrent_sum_stands_free():
    assert body_of(RecurrentLinearLayer.forward) == [
        "self.c_x, self.p_x = (c_x, p_x)", "return c_x @ self.c_w + p_x @ self.p_w + self.b"]


@pytest.mark.parametrize("kind", [LinearLayer, RecurrentLinearLayer, ReLULayer, SigmoidLayer, TanhLayer, PassLayer,
                                  GRULayer, LSTMLayer])
@pytest.mark.parametrize("method", ["forward", "gradients"])
def test_no_layer_checks_inside_a_sum(kind, method):
    assert "checks" not in "".join(body_of(getattr(kind, method)))


def is_a_check(node):
    called = getattr(node, "func", None)
    return isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name) and called.value.id == "checks"


@pytest.mark.parametrize("path", LESSON, ids=lambda path: path.stem)
def test_a_check_is_a_line_of_its_own_and_no_part_of_an_expression(path):
    whole = ast.Expr, ast.Assign, ast.Return, ast.ListComp, ast.FunctionDef, ast.FormattedValue
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        for child in ast.iter_child_nodes(node):
            assert not is_a_check(child) or is_a_check(node) or isinstance(node, whole), ast.unparse(node)


# What the checks remember

ONES = np.ones((3, 2))


def test_shapes_that_fitted_one_layer_are_not_taken_for_those_of_another():
    rng = np.random.default_rng(0)
    two, three = (recurrent_layer(rng, (), 1, h) for h in (2, 3))
    two.forward(np.ones((3, 1)), ONES)
    with pytest.raises(ValueError, match=r"p_x has shape \(3, 2\), but \(3, 3\) is expected"):
        three.forward(np.ones((3, 1)), ONES)
    two.gradients(ONES)
    with pytest.raises(RuntimeError, match="call forward first"):
        recurrent_layer(rng, (), 1, 2).gradients(ONES)


def test_a_gradient_must_fit_the_latest_forward_call():
    layer = linear_layer(np.random.default_rng(0), (), 2, 2)
    for rows in (3, 5):
        layer.forward(np.ones((rows, 2)))
        layer.gradients(np.ones((rows, 2)))
    with pytest.raises(ValueError, match=r"prev_d_x has shape \(3, 2\), but \(5, 2\) is expected"):
        layer.gradients(ONES)


@pytest.mark.parametrize("given", [ONES.astype(int), ONES.tolist(), np.ma.masked_array(ONES)])
def test_what_is_no_array_of_floats_is_made_one_though_its_shape_is_known(given):
    relu = ReLULayer()
    relu.forward(ONES)
    assert same_bits(relu.forward(given), ONES)
    assert type(relu.x) is np.ndarray
    assert same_bits(relu.gradients(given)[0], ONES)


def test_booleans_are_refused_though_their_shape_is_known():
    relu = ReLULayer()
    relu.forward(ONES)
    with pytest.raises(TypeError, match="x holds bool"):
        relu.forward(ONES > 0)


def test_inputs_may_be_given_by_name_and_a_missing_one_is_pythons_own_error():
    layer = recurrent_layer(np.random.default_rng(0), (), 1, 2)
    x, h = np.ones((3, 1)), ONES
    assert same_bits(layer.forward(c_x=x, p_x=h), layer.forward(x, h))
    assert same_bits(layer.forward(x, p_x=h), layer.forward(x, h))
    assert same_bits(layer.gradients(prev_d_x=ONES), layer.gradients(ONES))
    for wrong in (lambda: layer.forward(x), lambda: layer.forward(x, h, h), lambda: layer.forward(x, h, z=h),
                  lambda: layer.gradients(), lambda: ReLULayer().forward(ONES, y=ONES)):
        with pytest.raises(TypeError, match="argument"):
            wrong()


def one_of_each(rng):
    """Every layer by name, and what may come in; of numbers from 0 to 1, which may be answers too."""
    def rows(width=2):
        return rng.uniform(0, 1, (3, width))

    two = {"recurrent": recurrent_layer(rng, (), 2, 2), "gru": cell("gru", rng, (), 2, 2),
           **{kind: make() for kind, make in LOSSES.items()}}
    one = {"linear": linear_layer(rng, (), 2, 2), "relu": ReLULayer(), "sigmoid": SigmoidLayer(), "tanh": TanhLayer(),
           "pass": PassLayer()}
    return {kind: (layer, [rows(), rows()]) for kind, layer in two.items()} | {
        kind: (layer, [rows()]) for kind, layer in one.items()} | {
        "lstm": (cell("lstm", rng, (), 2, 2), [rows(), rows(4)])}


LOSSES = {"loss": LossLayer, "softmax": SoftmaxLossLayer}
EACH = sorted(one_of_each(np.random.default_rng(0)))


@pytest.mark.parametrize("again", [copy, deepcopy, lambda layer: pickle.loads(pickle.dumps(layer))])
@pytest.mark.parametrize("kind", EACH)
def test_a_copied_or_pickled_layer_goes_on_where_it_was(kind, again):
    rng = np.random.default_rng(0)
    layer, inputs = one_of_each(rng)[kind]
    out, other = layer.forward(*inputs), again(layer)
    assert vars(other).keys() == vars(layer).keys()
    if kind in LOSSES:
        assert same_bits(other.backward(), layer.backward())
    else:
        assert same_bits(other.gradients(out), layer.gradients(out))
    assert same_bits(other.forward(*inputs), out)


def test_a_learners_own_forward_goes_with_the_courses_gradients_and_the_other_way_round():
    class MyForward(RecurrentLinearLayer):
        def forward(self, c_x, p_x):
            self.c_x, self.p_x = c_x, p_x
            return c_x @ self.c_w + p_x @ self.p_w + self.b

    class MyGradients(RecurrentLinearLayer):
        def gradients(self, prev_d_x):
            d_inputs, d_params = super().gradients(prev_d_x)
            return d_inputs, d_params | {"b": np.sum(prev_d_x, axis=0)}

    rng, results = np.random.default_rng(0), []
    weights = rng.standard_normal((1, 2)), rng.standard_normal(2), rng.standard_normal((2, 2))
    for kind in (RecurrentLinearLayer, MyForward, MyGradients):
        layer = kind(0.01, *weights)
        results.append((layer.forward(np.ones((3, 1)), ONES), layer.gradients(ONES)))
    assert same_bits(results[1], results[0])
    assert same_bits(results[2], results[0])


# NaN: a cat that has exploded runs on


@pytest.mark.parametrize("kind", EACH)
def test_not_a_number_goes_through_a_layer_without_a_warning_and_stays_in_its_row(kind):
    rng = np.random.default_rng(0)
    layer, inputs = one_of_each(rng)[kind]
    whole = layer.forward(*inputs)
    inputs[0][1] = np.nan  # a warning would be an error here
    out = layer.forward(*inputs)
    if kind in LOSSES:
        assert np.isnan(out)
        assert np.isnan(layer.backward()[1]).all()
        assert np.isfinite(layer.backward()[[0, 2]]).all()
    else:
        assert np.isnan(out[1]).all()
        assert same_bits(out[[0, 2]], whole[[0, 2]])


def test_a_gradient_that_is_not_a_number_reaches_every_weight_that_the_row_used():
    layer = linear_layer(np.random.default_rng(0), (), 2, 2)
    layer.forward(ONES)
    upstream = ONES.copy()
    upstream[1] = np.nan
    d_x, d_params = layer.gradients(upstream)
    assert np.isnan(d_params["c_w"]).all()
    assert np.isnan(d_params["b"]).all()
    assert np.isfinite(d_x[[0, 2]]).all()


def test_a_gate_of_not_a_number_is_shut():
    relu = ReLULayer()
    relu.forward([[np.nan, 1.0]])
    assert relu.gradients([[3.0, 3.0]])[0].tolist() == [[0.0, 3.0]]
