"""The program that the course was ordered from runs on catrnn's layers, and `train` does what it does, bit for bit."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catrnn.data import DAYS, TARGET
from catrnn.layers import LinearLayer, LossLayer, RecurrentLinearLayer, ReLULayer
from catrnn.network import CatRNN
from catrnn.training import train
from tests.helpers.strategies import same_bits, seeds

EPOCHS = 100
STARTS = 1000
BAND = 0.01
"""Shares of 1,000 starts: another build of NumPy may tip a cat or two over a threshold, not ten."""


def seed_program(rng, h_size, epochs=EPOCHS):
    """The seed as it was given, its lost brackets and arguments restored; returning what it printed."""
    lr = 0.01
    i_size = 1
    timeline = [np.array([0.25]), np.array([0.50]), np.array([0.75]), np.array([1.00])]
    y = np.array([1.25])
    recurrent_linear_layer = RecurrentLinearLayer(
        lr, rng.standard_normal((i_size, h_size)), rng.standard_normal(h_size), rng.standard_normal((h_size, h_size))
    )
    linear_layer = LinearLayer(lr, rng.standard_normal((h_size, i_size)), rng.standard_normal(i_size))
    relu_layer = ReLULayer()
    loss_layer = LossLayer()
    p_x = np.full((i_size, h_size), 0, dtype=np.float64)
    losses, predictions = [], []
    for _epoch in range(epochs):
        for t in timeline:
            x1 = recurrent_linear_layer.forward(t, p_x)
            x2 = relu_layer.forward(x1)
            p_x = x2
        x3 = linear_layer.forward(x2)
        l1 = loss_layer.forward(x3, y)
        losses.append(l1)
        predictions.append(x3)
        d1 = loss_layer.backward()
        d2 = linear_layer.backward(d1)
        d3 = relu_layer.backward(d2)
        recurrent_linear_layer.backward(d3)
    return np.array(losses), np.array(predictions)


def plain_numpy(rng, h_size, epochs=EPOCHS):
    """The same sums with no layers at all."""
    shapes = (1, h_size), (h_size,), (h_size, h_size), (h_size, 1), (1,)
    w_in, b_h, w_h, w_out, b_out = map(rng.standard_normal, shapes)
    h = np.zeros((1, h_size))
    losses, predictions = [], []
    for _ in range(epochs):
        for portions in (0.25, 0.50, 0.75, 1.00):
            x, before = np.array([[portions]]), h
            z = np.dot(x, w_in) + np.dot(before, w_h) + b_h
            h = np.maximum(0, z)
        guess = np.dot(h, w_out) + b_out
        miss = guess - 1.25
        losses.append(np.mean(miss**2))
        predictions.append(guess)
        d_guess = 2 * miss
        d_z = np.dot(d_guess, w_out.T) * (z > 0)
        w_out -= 0.01 * np.dot(h.T, d_guess)
        b_out -= 0.01 * d_guess.sum(axis=0)
        w_in -= 0.01 * np.dot(x.T, d_z)
        w_h -= 0.01 * np.dot(before.T, d_z)
        b_h -= 0.01 * d_z.sum(axis=0)
    return np.array(losses), np.array(predictions)


@given(seed=seeds, h_size=st.integers(1, 16))
@settings(max_examples=60)
def test_the_seeds_program_plain_numpy_and_train_agree_bit_for_bit(seed, h_size):
    with np.errstate(over="ignore", invalid="ignore"):  # many of the seed's cats explode
        program = seed_program(np.random.default_rng(seed), h_size)
        plain = plain_numpy(np.random.default_rng(seed), h_size)
    cat = CatRNN.random(np.random.default_rng(seed), h_size)
    history = train(cat, DAYS, TARGET, EPOCHS, bptt_steps=1, carry_state=True)
    trained = len(history.losses)  # training ends when no cat is finite any more; the seed runs on with NaN
    assert same_bits(program, plain)
    assert same_bits((history.losses, history.predictions), tuple(x[:trained] for x in program))
    assert not np.isfinite(program[0][trained:]).any()


def test_the_starts_above_reach_an_explosion():
    with np.errstate(over="ignore", invalid="ignore"):
        ends = [seed_program(np.random.default_rng(k), 8)[0][-1] for k in range(10)]
    assert not np.isfinite(ends).all()


@cache
def ends(h_size, bptt_steps, carry_state):
    """Shares of 1,000 starts that end under 0.01, exploded, and with every hidden unit dead."""
    cats = CatRNN.random([np.random.default_rng(k) for k in range(STARTS)], h_size)
    history = train(cats, DAYS, TARGET, EPOCHS, bptt_steps=bptt_steps, carry_state=carry_state, record=False)
    loss, dead = history.losses[-1], (history.last_hidden == 0).all(axis=(-2, -1))
    return np.mean(loss < 0.01), np.mean(~(loss <= 1000)), np.mean(dead)


@pytest.mark.parametrize(
    ("h_size", "bptt_steps", "carry_state", "learned", "exploded", "dead"),
    [
        pytest.param(2, 1, True, 0.625, 0.016, 0.495, id="as given"),
        pytest.param(2, 1, False, 0.678, 0.0, 0.437, id="state reset"),
        pytest.param(2, None, False, 0.656, 0.0, 0.462, id="state reset, full look-back"),
        pytest.param(8, 1, True, 0.228, 0.642, 0.431, id="as given, 8 units"),
    ],
)
def test_the_shares_of_a_thousand_starts_are_those_that_were_measured(
    h_size, bptt_steps, carry_state, learned, exploded, dead
):
    assert ends(h_size, bptt_steps, carry_state) == pytest.approx((learned, exploded, dead), abs=BAND)


def test_the_seeds_gradient_of_three_values_is_three_times_too_large_and_of_one_value_right():
    loss = LossLayer()
    loss.forward([[1.0], [2.0], [4.0]], [[0.0], [0.0], [0.0]])
    assert same_bits(3 * loss.backward(), 2 * np.array([[1.0], [2.0], [4.0]]))
    loss.forward([[1.1]], [[1.25]])
    assert same_bits(loss.backward(), 2 * (np.array([[1.1]]) - 1.25))
