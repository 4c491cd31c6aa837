"""Nudge a weight, watch the loss."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from catrnn.bptt import forward_through_time, unroll
from catrnn.data import DAYS, TARGET
from catrnn.gradcheck import check_gradient, kinks, numerical_gradient, one_sided_slopes, relative_error
from catrnn.network import CatRNN
from tests.helpers.oracle import NUDGING, ROUNDING, apart
from tests.helpers.strategies import an_afternoon, copied, same_bits, seeds, weights_of

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
    forward_through_time(steps, days, h0)
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
    _, d_params, *_ = cat.gradients(days, target, h0)
    for layer, weights in weights_of(cat).items():
        for name, w in weights.items():
            assert w.all()
            nudged = numerical_gradient(lambda: cat.gradients(days, target, h0)[0], w)
            assert relative_error(d_params[layer][name], nudged) < NUDGING


# Kinks

HARMLESS = 1e-6
"""A kink that is not told may leave this relative error: it is no stronger than rounding could be."""

places = st.one_of(st.sampled_from([0.0, 1 / 3, 1 / 5, 1 / 9, 1 / 11, 1 / 2, 1.0]), st.floats(0, 3))
"""How many nudges a kink is away from a weight; at the first few, one halving or another sees a smooth place."""


def a_unit_near_its_kink(seed, place, nudge):
    """Three weights, four rows of ReLU units, one of which bends `place` nudges away; the loss, and its gradient."""
    rng = np.random.default_rng(seed)
    w, x, out = rng.standard_normal(3), rng.standard_normal((4, 3)), rng.standard_normal(4)
    x[0] = [1, 0, 0]  # this unit listens to the first weight alone
    bias = np.array([-w[0] - place * nudge * rng.choice([-1, 1]), *rng.standard_normal(3)])

    def loss():
        return float((np.maximum(0, x @ w + bias) @ out - 1) ** 2)

    open_gates = x @ w + bias > 0
    return w, loss, 2 * (np.maximum(0, x @ w + bias) @ out - 1) * ((out * open_gates) @ x)


def test_at_a_kink_the_slopes_left_and_right_are_those_of_its_sides():
    x = np.array([0.0, 2.0])
    left, right = one_sided_slopes(lambda: abs(x).sum(), x)
    assert left == pytest.approx([-1, 1])
    assert right == pytest.approx([1, 1])
    assert kinks(lambda: abs(x).sum(), x).tolist() == [True, False]


@given(seed=seeds, place=places, nudge=st.sampled_from([1e-5, 1e-6]))
def test_a_right_gradient_is_never_called_wrong_wherever_the_kink_is(seed, place, nudge):
    w, loss, d_w = a_unit_near_its_kink(seed, place, nudge)
    error, at_kink = check_gradient(loss, w, d_w, nudge)
    assert not error > HARMLESS
    assert place < 1 + 1e-6 or at_kink == []


@given(seed=seeds, place=places, entry=st.sampled_from([1, 2]), slip=st.sampled_from(["sign", "zero", "twice", "1%"]))
def test_a_wrong_gradient_is_never_hidden_by_a_kink_in_another_entry(seed, place, entry, slip):
    w, loss, d_w = a_unit_near_its_kink(seed, place, 1e-6)
    assume(abs(d_w[entry]) > 1e-3 * abs(d_w).max())
    d_w[entry] *= {"sign": -1, "zero": 0, "twice": 2, "1%": 1.01}[slip]
    error, at_kink = check_gradient(loss, w, d_w)
    assert (entry,) not in at_kink
    assert error > HARMLESS


@given(seed=seeds)
def test_a_unit_on_its_kink_is_told_whatever_the_jump(seed):
    w, loss, d_w = a_unit_near_its_kink(seed, 0.0, 1e-6)
    left, right = one_sided_slopes(loss, w)
    assume(abs(right - left)[0] > 1e-5 * (1 + abs(loss()) + abs(d_w).max()))
    assert kinks(loss, w).tolist() == [True, False, False]
    assert check_gradient(loss, w, d_w).kinks == [(0,)]


@given(seed=seeds, nudge=st.sampled_from([1e-3, 1e-4, 1e-6]))
def test_a_smooth_place_has_no_kinks_however_it_bends(seed, nudge):
    x, a = two_arrays((seed, (3, 2)))
    assert not kinks(lambda: (a * np.sin(3 * x) + x**4).sum(), x, nudge).any()
    assert not kinks(lambda: (a * x).sum(), x, nudge).any()


@given(seed=seeds, t=st.integers(1, 4), n=st.integers(1, 3))
def test_a_cat_that_fasts_with_no_bias_raises_no_false_alarm(seed, t, n):
    cat, days, target, h0 = an_afternoon(seed, t, n)
    days[:], h0[:], cat.recurrent.b[0] = 0, 0, 0
    _, d_params, *_ = cat.gradients(days, target, h0)
    for layer, weights in weights_of(cat).items():
        for name, w in weights.items():
            error, _ = check_gradient(lambda: cat.gradients(days, target, h0)[0], w, d_params[layer][name])
            assert not error > HARMLESS, (layer, name)
    bias = cat.recurrent.b
    assert (0,) in kinks_of_bias(cat, days, target, h0) or not one_sided_slopes(
        lambda: cat.gradients(days, target, h0)[0], bias)[:, 0].any()


def kinks_of_bias(cat, days, target, h0):
    return check_gradient(lambda: cat.gradients(days, target, h0)[0], cat.recurrent.b, np.zeros(3)).kinks


@given(seed=seeds, scale=st.sampled_from([1e-5, 1.0, 1e5]))
def test_a_whole_cat_agrees_and_a_slip_in_it_is_caught_whatever_the_unit(seed, scale):
    cat, days, target, h0 = an_afternoon(seed)
    assume(far_from_the_kink(cat, days, h0))
    _, d_params, *_ = cat.gradients(days, target, h0)
    for layer, weights in weights_of(cat).items():
        for name, w in weights.items():
            right = scale * d_params[layer][name]
            error, at_kink = check_gradient(lambda: scale * cat.gradients(days, target, h0)[0], w, right)
            assert at_kink == []
            assert error < NUDGING or not right.any()
            if right.any():
                assert check_gradient(lambda: scale * cat.gradients(days, target, h0)[0], w, 1.1 * right).error > 0.01


def test_the_nudge_gives_no_verdict_where_it_cannot_see():
    x = np.array([0.0])
    assert np.isnan(check_gradient(lambda: abs(x[0]), x, np.array([0.0])).error)
    assert np.isnan(check_gradient(lambda: 1 + 1e-12 * x[0], x, np.array([1e-12])).error)
    assert np.isnan(check_gradient(lambda: np.nan, x, x).error)
    assert check_gradient(lambda: 1.0, x, np.array([0.0])) == (0.0, [])


def test_comparing_puts_the_weights_back_bit_for_bit():
    x, _ = two_arrays((0, (3, 2)))
    before = x.copy()
    check_gradient(lambda: (x**2).sum(), x, 2 * x)
    assert same_bits(x, before)


@pytest.mark.parametrize("d_param", [np.ones(3), np.ones((2, 1)), 1.0])
def test_a_gradient_of_another_shape_is_refused(d_param):
    with pytest.raises(ValueError, match="d_param"):
        check_gradient(lambda: 1.0, np.ones(2), d_param)


# How far off the seed is


def test_the_seeds_gradient_that_looks_back_one_day_is_far_from_the_true_one():
    off = []
    for k in range(200):
        rng = np.random.default_rng(k)
        cat = CatRNN.random(rng, 4)
        h0 = abs(rng.standard_normal((1, 4)))
        one_day, all_days = (cat.gradients(DAYS, TARGET, h0, bptt_steps)[1]["recurrent"] for bptt_steps in (1, None))
        flat = [np.concatenate([d_params[name].ravel() for name in one_day]) for d_params in (one_day, all_days)]
        if flat[1].any():  # else every unit is dead, and both are zero
            off.append(relative_error(*flat))
    median, band = TYPICAL
    assert np.median(off) == pytest.approx(median, abs=band)
    assert np.mean(np.array(off) > 0.1) > 0.9


def test_the_output_layers_gradient_does_not_depend_on_how_far_one_looks_back():
    cat, days, target, h0 = an_afternoon(0)
    one_day, all_days = (cat.gradients(days, target, h0, bptt_steps)[1]["output"] for bptt_steps in (1, None))
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
