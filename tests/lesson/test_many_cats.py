"""M cats side by side are M single cats, bit for bit."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catrnn.data import DAYS, TARGET
from catrnn.layers import RecurrentLinearLayer
from catrnn.network import CatRNN
from catrnn.training import train
from tests.helpers.oracle import apart
from tests.helpers.strategies import linear_layer, recurrent_layer, same_bits, seeds

EPOCHS = 30
WEIGHTS = [f"recurrent.{name}" for name in ("c_w", "b", "p_w")] + ["output.c_w", "output.b"]
OTHER_ORDER = 1e-13
"""A product of many rows at once may add up in another order than row by row."""

habits = st.fixed_dictionaries({"bptt_steps": st.sampled_from([None, 1, 2]), "carry_state": st.booleans()})


def generators(seed, m):
    return [np.random.default_rng([seed, k]) for k in range(m)]


def cat_of(history, k):
    """Cat k of a history of many, as a history of one: (losses, predictions, hidden, weights)."""
    weights = {name: history.weights[name][:, k] for name in WEIGHTS}
    return history.losses[:, k], history.predictions[:, k], history.hidden[:, :, k], weights


def assert_is_single(history, k, single):
    """Cat k of many did what the single cat did. A single cat stops when it is no longer finite; many run on as NaN."""
    losses, predictions, hidden, weights = cat_of(history, k)
    e = len(single.losses)
    assert same_bits((losses[:e], predictions[:e], hidden[:e]), (single.losses, single.predictions, single.hidden))
    for name in WEIGHTS:
        assert same_bits(weights[name][:e].reshape(single.weights[name].shape), single.weights[name])
    assert not np.isfinite(losses[e:]).any()


@given(seed=seeds, m=st.integers(1, 6), h=st.integers(1, 8), habit=habits)
def test_cats_trained_side_by_side_are_single_trainings(seed, m, h, habit):
    history = train(CatRNN.random(generators(seed, m), h), DAYS, TARGET, EPOCHS, **habit)
    for k, rng in enumerate(generators(seed, m)):
        assert_is_single(history, k, train(CatRNN.random(rng, h), DAYS, TARGET, EPOCHS, **habit))


@given(seed=seeds, n=st.integers(1, 12), d=st.integers(1, 3), t=st.integers(1, 5), habit=habits)
def test_cats_that_eat_differently_are_single_trainings(seed, n, d, t, habit):
    rng, m = np.random.default_rng(seed), 3
    days, targets = rng.uniform(0, 1, (t, m, n, d)), rng.uniform(0, 1, (m, n, d))
    history = train(CatRNN.random(generators(seed, m), 3, input_size=d), days, targets, EPOCHS, **habit)
    for k, one in enumerate(generators(seed, m)):
        single = CatRNN.random(one, 3, input_size=d)
        assert_is_single(history, k, train(single, days[:, k], targets[k], EPOCHS, **habit))


@given(seed=seeds, habit=habits)
def test_the_weights_that_remain_are_those_of_single_trainings(seed, habit):
    cats = CatRNN.random(generators(seed, 3), 2, 0.001)
    train(cats, DAYS, TARGET, EPOCHS, **habit)
    for k, rng in enumerate(generators(seed, 3)):
        single = CatRNN.random(rng, 2, 0.001)
        train(single, DAYS, TARGET, EPOCHS, **habit)
        for many, one in [(cats.recurrent, single.recurrent), (cats.output, single.output)]:
            assert same_bits(many.c_w[k], one.c_w)
            assert same_bits(many.b[k, 0], one.b)
        assert same_bits(cats.recurrent.p_w[k], single.recurrent.p_w)


@given(seed=seeds, rates=st.lists(st.floats(0, 0.5), min_size=2, max_size=5), habit=habits)
def test_a_learning_rate_for_each_cat_is_a_single_training_at_that_rate(seed, rates, habit):
    same_start = [np.random.default_rng(seed) for _ in rates]
    cats = CatRNN.random(same_start, 2, np.array(rates).reshape(-1, 1, 1))
    history = train(cats, DAYS, TARGET, EPOCHS, **habit)
    for k, rate in enumerate(rates):
        single = CatRNN.random(np.random.default_rng(seed), 2, rate)
        assert_is_single(history, k, train(single, DAYS, TARGET, EPOCHS, **habit))


@given(seed=seeds, clip=st.floats(0.01, 10))
def test_clipping_treats_each_cat_as_if_it_were_alone(seed, clip):
    history = train(CatRNN.random(generators(seed, 4), 3), DAYS, TARGET, EPOCHS, clip=clip)
    for k, rng in enumerate(generators(seed, 4)):
        single = train(CatRNN.random(rng, 3), DAYS, TARGET, EPOCHS, clip=clip)
        assert apart(cat_of(history, k)[0], single.losses) < OTHER_ORDER


@pytest.mark.parametrize("bptt_steps", [None, 1])
def test_a_cat_that_explodes_disturbs_no_other_and_lets_out_no_warning(bptt_steps):
    rates = np.array([0.01, 1e6, 0.01]).reshape(3, 1, 1)  # a warning would be an error here
    history = train(CatRNN.random(generators(0, 3), 4, rates), DAYS, TARGET, EPOCHS, bptt_steps=bptt_steps)
    assert not np.isfinite(history.losses[-1, 1])
    assert history.losses.shape == (EPOCHS, 3)
    for k in (0, 2):
        single = CatRNN.random(generators(0, 3)[k], 4)
        assert_is_single(history, k, train(single, DAYS, TARGET, EPOCHS, bptt_steps=bptt_steps))
        assert np.isfinite(history.losses[:, k]).all()


@given(seed=seeds, m=st.integers(1, 4), h=st.integers(1, 6), d=st.integers(1, 3))
@settings(max_examples=20)
def test_cat_k_of_many_is_drawn_as_the_single_cat_of_its_generator(seed, m, h, d):
    cats = CatRNN.random(generators(seed, m), h, input_size=d)
    for k, rng in enumerate(generators(seed, m)):
        single = CatRNN.random(rng, h, input_size=d)
        assert same_bits(cats.recurrent.p_w[k], single.recurrent.p_w)
        for many, one in [(cats.recurrent, single.recurrent), (cats.output, single.output)]:
            assert same_bits(many.c_w[k], one.c_w)
            assert same_bits(many.b[k, 0], one.b)


def test_single_weights_are_drawn_in_constructor_order_as_the_seed_draws_them():
    rng, cat = np.random.default_rng(5), CatRNN.random(np.random.default_rng(5), 3)
    for drawn in (cat.recurrent.c_w, cat.recurrent.b, cat.recurrent.p_w, cat.output.c_w, cat.output.b):
        assert same_bits(drawn, rng.standard_normal(drawn.shape))
    assert (cat.recurrent.b.shape, cat.output.b.shape) == ((3,), (1,))


@given(seed=seeds)
def test_a_day_of_three_rows_is_three_sequences_of_one_cat(seed):
    days = np.random.default_rng(seed).uniform(0, 1, (4, 3, 1))
    cat = CatRNN.random(np.random.default_rng(seed), 2)
    one_by_one = np.concatenate([cat.predict(days[:, n : n + 1]) for n in range(3)])
    assert apart(cat.predict(days), one_by_one) < OTHER_ORDER


def test_a_day_of_three_rows_is_not_one_row_for_each_of_three_cats():
    rng = np.random.default_rng(0)
    recurrent, linear = recurrent_layer(rng, (3,), 1, 2), linear_layer(rng, (3,), 1, 2)
    assert isinstance(recurrent, RecurrentLinearLayer)
    with pytest.raises(ValueError, match=r"c_x has shape \(3, 1\), but c_w of shape \(3, 1, 2\) needs \(3, N, 1\)"):
        recurrent.forward(np.ones((3, 1)), np.zeros((3, 1, 2)))
    with pytest.raises(ValueError, match=r"c_x has shape \(3, 1\), but c_w of shape \(3, 1, 2\) needs \(3, N, 1\)"):
        linear.forward(np.ones((3, 1)))


def test_cats_without_days_of_their_own_all_eat_every_sequence():
    days = np.random.default_rng(0).uniform(0, 1, (4, 3, 1))
    cats = CatRNN.random(generators(0, 3), 2)
    for k, rng in enumerate(generators(0, 3)):
        assert same_bits(cats.predict(days)[k], CatRNN.random(rng, 2).predict(days))
