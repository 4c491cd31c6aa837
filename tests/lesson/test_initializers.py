"""First weights: what each way to draw them promises, cats of many sizes in one array, and what it is to be dead."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catrnn.bptt import forward_through_time, unroll
from catrnn.data import DAYS, TARGET, timeline
from catrnn.gates import GRULayer, LSTMLayer
from catrnn.initializers import (
    Weights,
    identity_init,
    lasting_init,
    leaky_identity_init,
    normal_init,
    pad,
    uniform_init,
)
from catrnn.layers import RecurrentLinearLayer
from catrnn.network import CatRNN
from catrnn.training import fate, train
from tests.helpers.strategies import copied, same_bits, seeds, weights_of

ROUNDING = 1e-9
"""Relative: a product with zeros in it may add up in another order."""


def generators(n=1000):
    return [np.random.default_rng(k) for k in range(n)]


def fates_of(hidden_size, weights, lr=0.01, **habit):
    cats = CatRNN.random(generators(), hidden_size, lr, weights)
    return fate(train(cats, DAYS, TARGET, 100, record=False, **habit))


def share(fates, *names):
    return np.mean(np.isin(fates, names))


# Weights that learn


@pytest.mark.parametrize(("hidden_size", "least"), [(2, 0.88), (4, 0.98), (8, 0.98), (16, 0.98)])
def test_of_a_thousand_awake_cats_nearly_all_learn(hidden_size, least):
    assert share(fates_of(hidden_size, identity_init), "learned") >= least


def test_of_a_thousand_of_the_seeds_cats_half_do_not_learn():
    assert 0.44 < share(fates_of(8, normal_init), "learned") < 0.50
    assert 0.49 < share(fates_of(2, normal_init), "learned") < 0.55


def test_awake_cats_stand_the_seeds_habits_too():
    assert share(fates_of(8, identity_init, bptt_steps=1, carry_state=True), "learned") > 0.95


def test_a_learning_rate_of_a_tenth_kills_two_thirds_even_of_awake_cats():
    assert 0.63 < share(fates_of(8, identity_init, lr=0.1), "dead", "bias only") < 0.73


@given(seed=seeds, h=st.integers(1, 16), portions=st.lists(st.floats(0, 100), max_size=5), first=st.floats(1e-3, 2))
def test_an_awake_cats_gates_open_at_its_first_fish_and_stay_open(seed, h, portions, first):
    cat = CatRNN.random(np.random.default_rng(seed), h, init=identity_init)
    days = timeline([first, *portions])
    for state in forward_through_time(unroll(cat.recurrent, cat.relu, len(days)), days, cat.first_state(days))[1:]:
        assert (state > 0).all()


@given(seed=seeds, d=st.integers(1, 3), h=st.integers(1, 8))
def test_awake_weights_are_the_seeds_of_the_same_generator_with_four_cures(seed, d, h):
    c_w, _, _, out_w, _ = normal_init(np.random.default_rng(seed), d, h)
    root = np.sqrt(h)
    expected = [abs(c_w) / root, np.zeros(h), np.eye(h), out_w / root, np.zeros(d)]
    assert same_bits(identity_init(np.random.default_rng(seed), d, h), expected)


@given(seed=seeds, cured=st.sets(st.sampled_from(Weights._fields)))
def test_the_arrays_that_are_not_cured_are_the_seeds_of_the_same_draw(seed, cured):
    mixed = identity_init(np.random.default_rng(seed), 2, 3, cured=cured)
    seeds_own, awake = (draw(np.random.default_rng(seed), 2, 3) for draw in (normal_init, identity_init))
    for name in Weights._fields:
        assert same_bits(getattr(mixed, name), getattr(awake if name in cured else seeds_own, name))


@given(seed=seeds, d=st.integers(1, 3), h=st.integers(1, 8))
def test_leaky_weights_let_go_of_half_the_state_and_keep_the_seeds_input(seed, d, h):
    c_w, _, p_w, out_w, _ = normal_init(np.random.default_rng(seed), d, h)
    expected = [c_w, np.zeros(h), 0.5 * np.eye(h) + 0.1 * p_w, out_w / np.sqrt(h), np.zeros(d)]
    assert same_bits(leaky_identity_init(np.random.default_rng(seed), d, h), expected)


# Cats of many sizes and learning rates in one array

crowds = st.lists(st.tuples(st.integers(1, 6), st.floats(0.0001, 0.02)), min_size=1, max_size=5)


@given(seed=seeds, crowd=crowds, awake=st.booleans(), bptt_steps=st.sampled_from([None, 1]))
def test_cats_of_any_size_and_rate_side_by_side_are_single_trainings_while_finite(seed, crowd, awake, bptt_steps):
    def rngs():
        return [np.random.default_rng([seed, k]) for k in range(len(crowd))]

    weights = identity_init if awake else normal_init
    sizes, rates = [size for size, _ in crowd], np.array([rate for _, rate in crowd]).reshape(-1, 1, 1)
    together = train(CatRNN.random(rngs(), sizes, rates, weights), DAYS, TARGET, 30, bptt_steps=bptt_steps)
    for k, (size, rate) in enumerate(crowd):
        alone = train(CatRNN.random(rngs()[k], size, rate, weights), DAYS, TARGET, 30, bptt_steps=bptt_steps)
        if (alone.exploded_at == 0) and np.isfinite(alone.losses).all():
            assert np.allclose(together.losses[:, k], alone.losses, rtol=ROUNDING, atol=1e-20)
            assert np.allclose(together.hidden[:, :, k, :, :size], alone.hidden, rtol=ROUNDING, atol=1e-12)


def test_the_zeros_of_a_padded_cat_stay_exactly_zero():
    cats = CatRNN.random(generators(50), [1, 2] * 24 + [4, 8], init=identity_init)
    history = train(cats, DAYS, TARGET, 100)
    for k, size in enumerate([1, 2] * 24 + [4, 8]):
        assert not history.hidden[:, :, k, :, size:].any()
        w = {name: w[:, k] for name, w in history.weights.items()}
        assert not w["recurrent.c_w"][..., size:].any()
        assert not w["recurrent.b"][..., size:].any()
        assert not w["recurrent.p_w"][..., size:, :].any()
        assert not w["recurrent.p_w"][..., size:].any()
        assert not w["output.c_w"][:, size:].any()


def test_to_pad_a_cat_keeps_its_weights_in_front_and_is_a_copy():
    drawn = normal_init(np.random.default_rng(0), 2, 3)
    c_w, b, p_w, out_w, out_b = pad(drawn, 5)
    assert [w.shape for w in (c_w, b, p_w, out_w, out_b)] == [(2, 5), (1, 5), (5, 5), (5, 2), (2,)]
    assert same_bits([c_w[:, :3], b[0, :3], p_w[:3, :3], out_w[:3], out_b], drawn)
    assert np.count_nonzero(p_w) == 9


def test_one_size_for_all_is_what_it_was():
    one, each = (CatRNN.random(generators(3), size) for size in (4, [4, 4, 4]))
    assert same_bits(weights_of(one), weights_of(each))


@pytest.mark.parametrize(
    ("sizes", "sentence"),
    [([2, 2], "hidden_size has 2 numbers, but there are 3 cats"), ([2, 0, 1], "hidden_size is 0, but at least 1"),
     ([2, 1.5, 1], "hidden_size is 1.5, but a whole number"), ("abc", "hidden_size is 'abc', but a whole number"),
     (np.array(2.0), "a whole number"), ([], "hidden_size has 0 numbers")],
)
def test_sizes_that_make_no_sense_are_refused_before_anything_is_drawn(sizes, sentence):
    rngs = generators(3)
    with pytest.raises((TypeError, ValueError), match=sentence):
        CatRNN.random(rngs, sizes)
    assert rngs[0].bit_generator.state == np.random.default_rng(0).bit_generator.state


def test_a_cat_cannot_be_padded_to_less_than_it_is():
    with pytest.raises(ValueError, match="hidden_size is 2, but at least 3 is expected"):
        pad(normal_init(np.random.default_rng(0), 1, 3), 2)


# What it is to be dead


@pytest.fixture(scope="module")
def crowd():
    """A thousand of the seed's cats after 100 epochs, their history, and which of them are dead."""
    cats = CatRNN.random(generators(), 2)
    history = train(cats, DAYS, TARGET, 100)
    return cats, history, np.isin(fate(history), ["dead", "bias only"])


def test_dead_cats_get_no_gradient_but_for_the_outputs_bias(crowd):
    cats, _, dead = crowd
    days = cats.days(DAYS)
    _, d_params, *_ = cats.gradients(days, cats.target(TARGET), cats.first_state(days))
    for d in (*d_params["recurrent"].values(), d_params["output"]["c_w"]):
        assert not d[dead].any()
    assert d_params["output"]["b"][dead].all()


def test_a_cat_that_falls_silent_never_wakes_if_its_state_is_not_carried(crowd):
    silent = (crowd[1].hidden[:, -1] == 0).all(axis=(-2, -1))
    assert not (silent[:-1] & ~silent[1:]).any()


def test_every_dead_cat_knows_the_answer_by_its_bias_alone_in_the_end():
    fates = fate(train(CatRNN.random(generators(), 2), DAYS, TARGET, 400, record=False))
    assert set(fates) == {"learned", "bias only"}


def test_a_dead_cat_is_dead_for_its_days_and_another_menu_may_find_it_awake(crowd):
    cats, _, dead = crowd

    def stirs(days):
        return (cats.predict(days) != cats.output.b).ravel()[dead].mean()

    assert stirs(DAYS) == 0
    assert 0.2 < stirs(2 * DAYS) < 0.32
    assert 0.39 < stirs(timeline([0, 0, 0, 5])) < 0.49


@given(portions=st.lists(st.floats(0, 1e6), min_size=1, max_size=6))
def test_no_menu_wakes_a_cat_with_nothing_above_zero_in_its_input_weights_and_biases(crowd, portions):
    cats, _, dead = crowd
    shut = ~((cats.recurrent.c_w > 0) | (cats.recurrent.b > 0)).any(axis=(-2, -1))
    assert shut.sum() > 50
    assert dead[shut].all()
    assert np.array_equal(cats.predict(timeline(portions))[shut], cats.output.b[shut])


def test_any_other_cat_is_woken_by_one_day_or_none_of_fish(crowd):
    cats, *_ = crowd
    wakes = ((cats.recurrent.c_w > 0) | (cats.recurrent.b > 0)).any(axis=(-2, -1))
    found = np.zeros(len(wakes), bool)
    for portions in (0, 1e9):
        steps, days = unroll(cats.recurrent, cats.relu, 1), cats.days(timeline([portions]))
        hs = forward_through_time(steps, days, np.zeros((1000, 1, 2)))
        found |= (hs[-1] > 0).any(axis=(-2, -1))
    assert np.array_equal(found, wakes)


# A slip that one cat alone does not show


def test_a_bias_summed_over_the_cats_is_refused_for_its_shape():
    cats = CatRNN.random(generators(3), 2)
    before = copied(weights_of(cats))
    d_b = np.ones((3, 1, 1)).sum(axis=0)
    with pytest.raises(ValueError, match=r"d_b has shape \(1, 1\), but b has \(3, 1, 1\)"):
        cats.output.update({"b": d_b})
    assert same_bits(weights_of(cats), before)


# Gates that begin to keep


@pytest.mark.parametrize("kind", [GRULayer, LSTMLayer])
@pytest.mark.parametrize("n_days", [2, 10, 100])
def test_a_gate_that_hears_nothing_keeps_for_so_many_days_and_writes_as_little(kind, n_days):
    rng, plain = (np.random.default_rng(0) for _ in range(2))
    began = CatRNN.random(rng, 3, 0.1, lasting_init(n_days), input_size=2, recurrent=kind, output_size=1).recurrent
    drawn = CatRNN.random(plain, 3, 0.1, uniform_init, input_size=2, recurrent=kind, output_size=1).recurrent
    assert same_bits(began.c_w, drawn.c_w)
    assert same_bits(began.p_w, drawn.p_w)
    moved = (began.b - drawn.b).reshape(kind.gates, 3)
    if kind is LSTMLayer:
        moved[1] += began.forget_bias
    keeps, writes = 1 / (1 + np.exp(-moved[1])), 1 / (1 + np.exp(-moved[0]))
    assert np.allclose(keeps, 1 - 1 / n_days)
    assert np.allclose(writes, 1 / n_days if kind is LSTMLayer else 0.5)
    assert np.allclose(moved[2:], 0)


def test_a_layer_without_gates_has_none_to_start():
    with pytest.raises(ValueError, match="gates is 1, but a cell with 3 or 4 is expected; try recurrent=GRULayer"):
        CatRNN.random(np.random.default_rng(0), 3, 0.1, lasting_init(9), input_size=2, output_size=1,
                      recurrent=RecurrentLinearLayer)


def test_one_day_is_too_short_to_keep_for():
    with pytest.raises(ValueError, match="n_days is 1"):
        lasting_init(1)
