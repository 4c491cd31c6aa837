"""Nudge a weight, watch the loss."""

import numpy as np
import pytest
from draws import an_afternoon, copied, same_bits, seeds, weights_of
from hypothesis import assume, given
from hypothesis import strategies as st
from oracle import NUDGING, ROUNDING, apart

from catrnn.bptt import unroll, walk
from catrnn.data import DAYS, TARGET
from catrnn.gradcheck import numerical_gradient, relative_error
from catrnn.network import CatRNN

KINK = 1e-3
"""How far from zero every unit stays: a thousand nudges."""

TYPICAL = 0.5, 0.1
"""How far off the seed's one-day gradient is, by `relative_error`: the median over cats, and a band wide enough for
200 of them."""

pairs = st.tuples(seeds, st.sampled_from([(1,), (4,), (3, 2), (2, 3, 4)]))


def two_arrays(seed_and_shape):
    seed, shape = seed_and_shape
    rng = np.random.default_rng(seed)
    return rng.standard_normal(shape), rng.standard_normal(shape)


def far_from_the_kink(cat, days, h0):
    steps = unroll(cat.recurrent, cat.relu, len(days))
    walk(steps, days, h0)
    return min(np.abs(relu.x).min() for _, relu in steps) > KINK


# The nudge


@given(seed=seeds)
def test_the_nudge_knows_the_derivative_of_a_cubic(seed):
    x, _ = two_arrays((seed, (3, 2)))
    assert apart(numerical_gradient(lambda: (x**3).sum(), x), 3 * x**2) < NUDGING


@given(seed=seeds)
def test_the_nudge_has_the_shape_and_the_order_of_its_weight(seed):
    x, slopes = two_arrays((seed, (3, 2)))
    assert apart(numerical_gradient(lambda: (slopes * x).sum(), x), slopes) < NUDGING


def test_an_error_of_the_formula_shrinks_with_the_square_of_the_nudge():
    x = np.array([1.0])
    errors = [numerical_gradient(lambda: x[0] ** 3, x, nudge)[0] - 3.0 for nudge in (1e-1, 1e-2)]
    assert errors == pytest.approx([1e-2, 1e-4], rel=1e-6)  # exactly nudge squared, for a cubic


@given(seed=seeds, nudge=st.floats(1e-12, 10))
def test_the_weights_are_put_back_bit_for_bit(seed, nudge):
    x, _ = two_arrays((seed, (3, 2)))
    before = x.copy()
    numerical_gradient(lambda: (x**2).sum(), x, nudge)
    assert same_bits(x, before)


@pytest.mark.parametrize("calls_before", [0, 1, 2, 3])
def test_the_weights_are_put_back_even_if_the_loss_fails(calls_before):
    x, answers = np.array([1.0, 2.0]), iter([0.0] * calls_before)

    def loss():
        return next(answers)

    with pytest.raises(StopIteration):
        numerical_gradient(loss, x)
    assert same_bits(x, np.array([1.0, 2.0]))


def test_the_loss_is_called_twice_for_each_entry():
    calls = []
    numerical_gradient(lambda: float(calls.append(1) is None), np.ones((2, 3)))
    assert len(calls) == 12


def test_a_loss_that_exploded_has_a_gradient_of_nan():
    assert np.isnan(numerical_gradient(lambda: np.nan, np.ones(2))).all()


@given(seed=seeds, t=st.integers(1, 4), n=st.integers(1, 3))
def test_the_whole_network_agrees_with_the_nudge(seed, t, n):
    cat, days, target, h0 = an_afternoon(seed, t, n)
    assume(far_from_the_kink(cat, days, h0))
    assert h0.all()
    _, d_params, _ = cat.gradients(days, target, h0)
    for layer, weights in weights_of(cat).items():
        for name, w in weights.items():
            assert w.all()
            nudged = numerical_gradient(lambda: cat.gradients(days, target, h0)[0], w)
            assert relative_error(d_params[layer][name], nudged) < NUDGING


# How far off the seed is


def test_the_seeds_gradient_that_looks_back_one_day_is_far_from_the_true_one():
    off = []
    for k in range(200):
        rng = np.random.default_rng(k)
        cat = CatRNN.random(rng, 4)
        h0 = abs(rng.standard_normal((1, 4)))
        one_day, all_days = (cat.gradients(DAYS, TARGET, h0, look_back)[1]["recurrent"] for look_back in (1, None))
        flat = [np.concatenate([d_params[name].ravel() for name in one_day]) for d_params in (one_day, all_days)]
        if flat[1].any():  # else every unit is dead, and both are zero
            off.append(relative_error(*flat))
    median, band = TYPICAL
    assert np.median(off) == pytest.approx(median, abs=band)
    assert np.mean(np.array(off) > 0.1) > 0.9


def test_the_output_layers_gradient_does_not_depend_on_how_far_one_looks_back():
    cat, days, target, h0 = an_afternoon(0)
    one_day, all_days = (cat.gradients(days, target, h0, look_back)[1]["output"] for look_back in (1, None))
    assert same_bits(one_day, all_days)


# How far apart


@given(pair=pairs)
def test_equal_is_zero_and_opposite_is_one(pair):
    a, _ = two_arrays(pair)
    assert relative_error(a, a) == 0
    assert relative_error(a, -a) == pytest.approx(1, abs=ROUNDING)
    assert relative_error(a, 0 * a) == 1


@given(pair=pairs)
def test_the_relative_error_is_the_distance_over_both_lengths(pair):
    a, b = two_arrays(pair)
    length = np.sqrt((a**2).sum()), np.sqrt((b**2).sum())
    assert relative_error(a, b) == pytest.approx(np.sqrt(((a - b) ** 2).sum()) / sum(length), rel=ROUNDING)


@given(pair=pairs, scale=st.sampled_from([1e-320, 1e-200, 1e-3, 1e3, 1e200, 1e307]))
def test_the_relative_error_is_symmetric_and_does_not_depend_on_the_scale(pair, scale):
    a, b = two_arrays(pair)
    assert relative_error(a, b) == relative_error(b, a)
    if scale > 1e-300:
        assert relative_error(scale * a, scale * b) == pytest.approx(relative_error(a, b), rel=ROUNDING)
    assert relative_error(np.full(3, scale), np.full(3, -scale)) == 1


def test_two_zero_arrays_are_equal():
    assert relative_error(np.zeros((2, 3)), np.zeros((2, 3))) == 0


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_what_is_not_finite_is_neither_near_nor_far(bad):
    assert np.isnan(relative_error([bad, 1.0], [1.0, 1.0]))
    assert np.isnan(relative_error([1.0, 1.0], [1.0, bad]))


def test_the_arrays_are_left_as_they_were():
    a, b = two_arrays((0, (3, 2)))
    before = copied({"a": a, "b": b})
    relative_error(a, b)
    assert same_bits({"a": a, "b": b}, before)
