"""The four layers wired into one cat."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from catrnn.bptt import forward_through_time, unroll
from catrnn.data import DAYS, TARGET
from catrnn.initializers import normal_init
from catrnn.layers import RecurrentLinearLayer
from catrnn.network import CatRNN
from tests.helpers import oracle
from tests.helpers.oracle import NUDGING, ROUNDING, apart, furthest, nudged
from tests.helpers.strategies import an_afternoon, copied, leading_axes, same_bits, seeds, sizes, weights_of

KINK = 1e-3
"""How far from zero every unit stays: a thousand nudges."""


def of_cat(nested, k):
    """The arrays of cat k, an index of the leading axes; () is the only cat there is."""
    return {key: of_cat(x, k) if isinstance(x, dict) else x[k] for key, x in nested.items()}


@given(seed=seeds, leading=leading_axes, t=st.integers(1, 5), n=sizes, d=sizes, h=sizes)
def test_cats_that_eat_differently_each_have_the_gradient_that_autograd_finds(seed, leading, t, n, d, h):
    cat, days, target, h0 = an_afternoon(seed, t, n, d, h, leading)
    loss, d_params, *_ = cat.gradients(days, target, h0)
    for k in np.ndindex(leading):
        afternoon = of_cat(weights_of(cat), k), days[:, *k], target[k], h0[k]
        expected_loss, expected = oracle.loss_and_gradient(*afternoon)
        assert apart(loss[k], expected_loss) < ROUNDING
        assert furthest(of_cat(d_params, k), expected) < ROUNDING
        for bptt_steps in range(1, t + 1):
            cut = cat.gradients(days, target, h0, bptt_steps)[1]
            assert furthest(of_cat(cut, k), oracle.gradient_of_last_days(*afternoon, bptt_steps)) < ROUNDING


@given(seed=seeds, leading=leading_axes, t=st.integers(1, 4), n=sizes, d=sizes, h=sizes)
def test_the_gradient_of_the_whole_network_is_what_a_nudge_shows(seed, leading, t, n, d, h):
    cat, days, target, h0 = an_afternoon(seed, t, n, d, h, leading)
    steps = unroll(cat.recurrent, cat.relu, t)
    forward_through_time(steps, days, h0)
    assume(min(abs(relu.x).min() for _, relu in steps) > KINK)
    _, d_params, *_ = cat.gradients(days, target, h0)
    expected = copied(weights_of(cat))
    for layer, weights in weights_of(cat).items():
        for name, w in weights.items():
            expected[layer][name] = nudged(lambda: np.sum(cat.gradients(days, target, h0)[0]), w)
    assert furthest(d_params, expected) < NUDGING


@given(seed=seeds, t=st.integers(1, 6), n=sizes, d=sizes, h=sizes)
def test_to_predict_is_to_walk_through_the_days_and_then_to_answer(seed, t, n, d, h):
    cat, days, _, h0 = an_afternoon(seed, t, n, d, h)
    w = weights_of(cat)
    for first, given_state in [(h0, h0), (np.zeros_like(h0), None)]:
        last = oracle.walk(w["recurrent"], days, first)
        assert apart(cat.predict(days, given_state), last @ w["output"]["c_w"] + w["output"]["b"]) < ROUNDING


@given(seed=seeds, bptt_steps=st.sampled_from([None, 1]))
def test_to_predict_and_to_work_out_gradients_move_nothing(seed, bptt_steps):
    cat, days, target, h0 = an_afternoon(seed)
    things = {**weights_of(cat), "given": {"days": days, "target": target, "h0": h0}}
    before = copied(things)
    cat.predict(days, h0)
    first = cat.gradients(days, target, h0, bptt_steps)
    assert same_bits(things, before)
    assert same_bits(cat.gradients(days, target, h0, bptt_steps), first)


@given(seed=seeds)
def test_the_loss_and_the_states_are_those_of_the_prediction(seed):
    cat, days, target, h0 = an_afternoon(seed)
    loss, _, hs, _ = cat.gradients(days, target, h0)
    assert loss == np.mean((cat.predict(days, h0) - target) ** 2)
    assert len(hs) == len(days) + 1
    assert same_bits(cat.predict(days, h0), cat.predict(days[2:], hs[2]))


@given(seed=seeds)
def test_a_look_at_the_days_tells_what_the_cat_predicts(seed):
    cat, days, target, h0 = an_afternoon(seed)
    look = cat.gradients(days, target, h0)
    assert same_bits(look.prediction, cat.predict(days, h0))
    assert same_bits(look.loss, np.mean((look.prediction - target) ** 2))


@given(seed=seeds)
def test_ready_made_steps_give_the_same_gradients(seed):
    cat, days, target, h0 = an_afternoon(seed)
    steps = unroll(cat.recurrent, cat.relu, len(days))
    assert same_bits(cat.gradients(days, target, h0, steps=steps), cat.gradients(days, target, h0))


@given(seed=seeds)
def test_an_update_moves_every_weight_by_the_learning_rate_times_its_gradient(seed):
    cat, days, target, h0 = an_afternoon(seed)
    before, (_, d_params, *_) = copied(weights_of(cat)), cat.gradients(days, target, h0)
    cat.update(d_params)
    for layer, weights in weights_of(cat).items():
        for name, w in weights.items():
            assert same_bits(w, before[layer][name] - 0.01 * d_params[layer][name])


@pytest.mark.parametrize("h", [1, 2, 5])
def test_the_first_state_is_nothing_remembered(h):
    cat, days, _, h0 = an_afternoon(0, h=h)
    assert same_bits(cat.first_state(days), np.zeros_like(h0))


def test_a_cat_of_single_precision_answers_in_it():
    cat = CatRNN.random(np.random.default_rng(0), 2,
                        init=lambda *sizes: [w.astype(np.float32) for w in normal_init(*sizes)])
    assert cat.first_state(DAYS).dtype == np.float32
    assert cat.predict(DAYS.astype(np.float32)).dtype == np.float32


def test_days_may_be_a_list_of_bare_rows_as_in_the_seed():
    cat = CatRNN.random(np.random.default_rng(0), 2)
    timeline = [np.array([0.25]), np.array([0.50]), np.array([0.75]), np.array([1.00])]
    assert same_bits(cat.days(timeline), DAYS)
    assert same_bits(cat.target(np.array([1.25])), TARGET)
    assert same_bits(cat.predict(timeline), cat.predict(DAYS))


def test_an_exploded_cat_answers_without_a_warning():
    cat, days, _, _ = an_afternoon(0)
    cat.recurrent.p_w[...] = 1e200
    assert not np.isfinite(cat.predict(abs(days), np.ones((2, 3)))).any()


def test_a_cat_of_random_weights_owns_its_arrays():
    kept = normal_init(np.random.default_rng(0), 1, 2)
    before = [w.copy() for w in kept]
    cat = CatRNN.random(np.random.default_rng(1), 2, init=lambda rng, d, h: kept)
    cat.update(cat.gradients(DAYS, TARGET, np.ones((1, 2)))[1])
    assert same_bits(kept, before)


def test_a_function_may_draw_the_first_weights():
    def ones(rng, d, h):
        return [np.full(shape, rng.integers(2, 3) - 1.0) for shape in ((d, h), (1, h), (h, h), (h, d), (1, d))]

    one = CatRNN.random(np.random.default_rng(0), 3, init=ones)
    many = CatRNN.random([np.random.default_rng(0)] * 2, 3, init=ones)
    assert all((w == 1).all() for layer in weights_of(one).values() for w in layer.values())
    assert many.recurrent.b.shape == (2, 1, 3)


@pytest.mark.parametrize("many", [False, True])
def test_a_cat_may_be_drawn_with_a_recurrent_layer_of_another_class(many):
    class Mine(RecurrentLinearLayer):
        pass

    def rng():
        return [np.random.default_rng(k) for k in range(2)] if many else np.random.default_rng(0)

    mine, plain = CatRNN.random(rng(), 3, 0.05, recurrent=Mine), CatRNN.random(rng(), 3, 0.05)
    assert type(mine.recurrent) is Mine
    assert type(plain.recurrent) is RecurrentLinearLayer
    assert mine.recurrent.lr == mine.output.lr == 0.05
    assert same_bits(weights_of(mine), weights_of(plain))


def test_a_failed_draw_takes_no_numbers_from_the_generator():
    rng = np.random.default_rng(0)
    with pytest.raises(ValueError, match="learning_rate is -1"):
        CatRNN.random(rng, 2, learning_rate=-1)
    assert rng.bit_generator.state == np.random.default_rng(0).bit_generator.state


def test_a_cat_keeps_the_layers_that_it_is_given():
    cat, *_ = an_afternoon(0)
    again = CatRNN(cat.recurrent, cat.output)
    assert again.recurrent is cat.recurrent
    assert again.output is cat.output
    assert isinstance(again.recurrent, RecurrentLinearLayer)
