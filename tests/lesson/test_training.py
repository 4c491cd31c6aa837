"""Look, measure, learn, write down; then say what became of the cat."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catrnn.bptt import clip_by_norm
from catrnn.data import DAYS, TARGET
from catrnn.layers import LinearLayer, RecurrentLinearLayer
from catrnn.network import CatRNN
from catrnn.training import EXPLODED, FATES, LEARNED, History, Recorder, fate, train, with_momentum
from tests.helpers.oracle import ROUNDING, apart, furthest
from tests.helpers.strategies import an_afternoon, copied, same_bits, seeds, weights_of

ONE = {name: np.ones((1, 1)) for name in ("recurrent.c_w", "recurrent.p_w", "output.c_w")}
ZERO = {name: np.zeros(1) for name in ("recurrent.b", "output.b")}
LIVE = ONE | ZERO | {"recurrent.p_w": np.zeros((1, 1))}
"""One hidden unit that answers with the last day: 1.00 for an answer of 1.25."""

SHUT = LIVE | {"recurrent.c_w": -np.ones((1, 1))}
"""One hidden unit that no portion can open."""


def a_cat(seed=0, h=2, lr=0.01):
    return CatRNN.random(np.random.default_rng(seed), h, lr)


def cat_with(weights):
    """A cat rebuilt from an epoch of History.weights."""
    r = {name: weights[f"recurrent.{name}"].copy() for name in ("c_w", "b", "p_w")}
    o = {name: weights[f"output.{name}"].copy() for name in ("c_w", "b")}
    return CatRNN(RecurrentLinearLayer(0.01, **r), LinearLayer(0.01, **o))


# What is written down


@pytest.mark.parametrize("leading", [(), (3,)])
def test_a_history_has_a_row_for_every_epoch(leading):
    rng = [np.random.default_rng(k) for k in range(3)] if leading else np.random.default_rng(0)
    cat = CatRNN.random(rng, 5, 0.001, input_size=2)
    history = train(cat, np.ones((4, 6, 2)), np.ones((6, 2)), 7)
    assert history.losses.shape == (7, *leading)
    assert history.predictions.shape == (7, *leading, 6, 2)
    assert history.hidden.shape == (7, 4, *leading, 6, 5)
    assert history.last_hidden.shape == (*leading, 6, 5)
    assert same_bits(history.last_hidden, history.hidden[-1, -1])
    for layer, weights in weights_of(cat).items():
        for name, w in weights.items():
            assert history.weights[f"{layer}.{name}"].shape == (7, *w.shape)
    assert len(history.weights) == 5


@given(seed=seeds, bptt_steps=st.sampled_from([None, 1]), carry_state=st.booleans())
def test_the_weights_of_an_epoch_replay_its_states_its_prediction_and_its_loss(seed, bptt_steps, carry_state):
    first = copied(weights_of(a_cat(seed)))
    history = train(a_cat(seed), DAYS, TARGET, 6, bptt_steps=bptt_steps, carry_state=carry_state)
    h0 = np.zeros((1, 2))
    for e in range(6):
        cat = cat_with({name: w[e] for name, w in history.weights.items()})
        assert e > 0 or same_bits(weights_of(cat), first)
        loss, d_params, hs, _ = cat.gradients(DAYS, TARGET, h0, bptt_steps)
        assert same_bits(loss, history.losses[e])
        assert same_bits(cat.predict(DAYS, h0), history.predictions[e])
        assert same_bits(np.array(hs[1:]), history.hidden[e])
        cat.update(d_params)
        if e + 1 < 6:
            assert same_bits(weights_of(cat), weights_of(cat_with({k: w[e + 1] for k, w in history.weights.items()})))
        h0 = hs[-1] if carry_state else h0


@given(seed=seeds)
def test_the_cat_has_moved_once_more_than_the_last_weights_written_down(seed):
    cat = a_cat(seed)
    history = train(cat, DAYS, TARGET, 3)
    last = cat_with({name: w[-1] for name, w in history.weights.items()})
    last.update(last.gradients(DAYS, TARGET, np.zeros((1, 2)))[1])
    assert same_bits(weights_of(cat), weights_of(last))


@given(seed=seeds)
def test_training_twice_as_long_is_training_twice(seed):
    long, short = a_cat(seed), a_cat(seed)
    losses = train(long, DAYS, TARGET, 10).losses
    halves = [train(short, DAYS, TARGET, 5).losses for _ in range(2)]
    assert same_bits(losses, np.concatenate(halves))
    assert same_bits(weights_of(long), weights_of(short))


@given(seeds, st.integers(1, 40))
def test_what_a_history_says_until_an_epoch_is_the_history_of_a_training_that_ended_there(seed, epochs):
    def trained(n):
        return train(CatRNN.random(np.random.default_rng(seed), 3), DAYS, TARGET, n, carry_state=True)

    whole, short = vars(trained(40).first(epochs)), vars(trained(epochs))
    for name, w in short.pop("weights").items():
        assert np.array_equal(whole["weights"][name], w)
    for name, values in short.items():
        assert np.array_equal(whole[name], values, equal_nan=True), name


def test_a_recorder_copies_what_it_notes_and_keeps_only_the_epochs_that_were():
    recorder, w = Recorder(5), np.zeros(2)
    for epoch in range(3):
        recorder.note({"losses": np.float32(epoch), "predictions": w, "hidden": [w, w], "output.b": w})
        w += 1
    history = recorder.history(w, w)
    assert history.losses.tolist() == [0, 1, 2]
    assert history.losses.dtype == np.float32
    assert history.hidden.tolist() == [[[k, k]] * 2 for k in range(3)]
    assert history.weights.keys() == {"output.b"}
    assert history.weights["output.b"].tolist() == [[0, 0], [1, 1], [2, 2]]
    assert history.last_hidden is w


def test_a_training_that_ends_early_keeps_no_room_for_the_epochs_that_never_were():
    history = train(a_cat(h=4, lr=1e6), DAYS, TARGET, 1000)
    e = len(history.losses)
    assert e < 1000
    for x in (history.losses, history.predictions, history.hidden, *history.weights.values()):
        assert x.base is None, "a view would keep all of it alive"
        assert len(x) == e


@given(seed=seeds)
def test_recording_changes_what_is_kept_and_not_what_is_learned(seed):
    recorded, bare = (train(a_cat(seed), DAYS, TARGET, 5, record=record) for record in (True, False))
    assert bare.hidden is None
    assert bare.weights == {}
    for name in ("losses", "last_hidden"):
        assert same_bits(getattr(bare, name), getattr(recorded, name))
    assert same_bits(bare.predictions, recorded.predictions[-1:])


def test_one_epoch_is_one_look_and_one_step():
    cat, same = a_cat(), a_cat()
    history = train(cat, DAYS, TARGET, 1)
    loss, d_params, *_ = same.gradients(DAYS, TARGET, np.zeros((1, 2)))
    same.update(d_params)
    assert same_bits(history.losses, np.array([loss]))
    assert same_bits(weights_of(cat), weights_of(same))


def test_a_carried_state_starts_an_epoch_where_the_one_before_ended():
    history = train(cat_with(ONE | ZERO), DAYS, TARGET, 5, carry_state=True)
    replays = [cat_with({name: w[e] for name, w in history.weights.items()}) for e in range(5)]
    starts = [np.zeros((1, 1)), *history.hidden[:-1, -1]]
    carried = [cat.predict(DAYS, h0) for cat, h0 in zip(replays, starts, strict=True)]
    assert same_bits(np.array(carried), history.predictions)
    assert not same_bits(replays[1].predict(DAYS), history.predictions[1])


def test_without_carrying_every_epoch_starts_with_nothing_remembered():
    history = train(cat_with(ONE | ZERO), DAYS, TARGET, 5)
    replays = [cat_with({name: w[e] for name, w in history.weights.items()}).predict(DAYS) for e in range(5)]
    assert same_bits(np.array(replays), history.predictions)


def test_look_back_reaches_the_gradients():
    (one, days, target, _), (all_days, *_) = an_afternoon(3), an_afternoon(3)
    h0 = one.first_state(days)
    expected = [weights_of(one)["recurrent"]["p_w"] - 0.01 * one.gradients(days, target, h0, k)[1]["recurrent"]["p_w"]
                for k in (1, None)]
    train(one, days, target, 1, bptt_steps=1)
    train(all_days, days, target, 1)
    assert same_bits([one.recurrent.p_w, all_days.recurrent.p_w], expected)
    assert not same_bits(*expected)


def test_momentum_adds_a_share_of_the_last_push_to_every_step():
    cat, by_hand, push = a_cat(3), a_cat(3), None
    train(cat, DAYS, TARGET, 5, momentum=0.9)
    for _ in range(5):
        _, d_params, *_ = by_hand.gradients(DAYS, TARGET, np.zeros((1, 2)))
        for name, d_layer in d_params.items():
            for weight, d_param in d_layer.items():
                d_param += 0.9 * push[name][weight] if push else 0
                getattr(getattr(by_hand, name), weight)[...] -= 0.01 * d_param
        push = d_params
    assert furthest(weights_of(cat), weights_of(by_hand)) < ROUNDING


def test_a_push_that_never_turns_grows_to_ten_times_the_gradient():
    push = d_params = {"output": {"b": np.ones(1)}}
    for _ in range(200):
        push = with_momentum(d_params, push, 0.9)
    assert np.isclose(push["output"]["b"], 10)


def test_a_clip_shortens_every_step():
    cat, days, target, _ = an_afternoon(3)
    d_params = clip_by_norm(cat.gradients(days, target, cat.first_state(days))[1], 0.01)
    before = copied(weights_of(cat))
    train(cat, days, target, 1, clip=0.01)
    for layer, weights in weights_of(cat).items():
        for name, w in weights.items():
            assert same_bits(w, before[layer][name] - 0.01 * d_params[layer][name])


def test_progress_is_told_of_every_epoch_after_its_step():
    cat, told = a_cat(), []
    history = train(cat, DAYS, TARGET, 4, progress=lambda e, of: told.append((e, of, cat.output.b.copy())))
    assert [(e, of) for e, of, _ in told] == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert same_bits([b for *_, b in told[:-1]], list(history.weights["output.b"][1:]))
    assert same_bits(told[-1][2], cat.output.b)


def test_days_and_target_are_left_as_they_were():
    days, target = [np.array([0.25]), np.array([0.5])], np.array([1.25])
    train(a_cat(), days, target, 3)
    assert same_bits((days, target), ([np.array([0.25]), np.array([0.5])], np.array([1.25])))


# Explosions


def history_of(losses, last_hidden=1.0):
    losses = np.array(losses)
    leading = losses.shape[1:]
    hidden = np.broadcast_to(np.reshape(last_hidden, (*np.shape(last_hidden), 1, 1)), (*leading, 1, 2))
    return History(losses, losses[..., None, None], hidden)


@pytest.mark.parametrize(
    ("losses", "epoch"),
    [
        ([1.0, 2.0, 3.0], 0),
        ([1.0, EXPLODED, 3.0], 0),
        ([1.0, np.nextafter(EXPLODED, np.inf), 3.0], 2),
        ([1.0, np.nan, 3.0], 2),
        ([1.0, 2.0, np.inf], 3),
        ([2000.0, 1.0, np.nan], 1),
    ],
)
def test_a_cat_exploded_at_the_first_epoch_with_a_loss_over_a_thousand_or_not_finite(losses, epoch):
    assert history_of(losses).exploded_at == epoch


def test_each_cat_explodes_at_an_epoch_of_its_own():
    losses = [[1.0, 1.0, np.nan], [1.0, 5000.0, np.nan], [1.0, 1.0, np.nan]]
    assert same_bits(history_of(losses).exploded_at, np.array([0, 2, 1]))


def test_an_explosion_is_over_a_thousand_and_a_good_guess_is_under_a_hundredth():
    assert (EXPLODED, LEARNED) == (1000.0, 0.01)


@pytest.mark.parametrize("leading", [(), (2,)])
def test_training_ends_when_no_cat_is_finite_any_more(leading):
    rngs = [np.random.default_rng(k) for k in range(2)]
    cat, told = CatRNN.random(rngs if leading else rngs[0], 4, 1e6), []
    history = train(cat, DAYS, TARGET, 1000, progress=lambda e, of: told.append(e))
    e = len(history.losses)
    assert e < 1000
    assert np.isfinite(history.losses[:-1]).any(axis=-1 if leading else None).all()
    assert not np.isfinite(history.losses[-1]).any()
    assert len(history.predictions) == len(history.hidden) == len(history.weights["output.b"]) == len(told) == e


def test_training_goes_on_while_one_cat_is_finite():
    cats = CatRNN.random([np.random.default_rng(k) for k in range(2)], 4, np.array([1e6, 0.001]).reshape(2, 1, 1))
    history = train(cats, DAYS, TARGET, 40)
    assert np.isfinite(history.losses[-1]).tolist() == [False, True]
    assert len(history.losses) == 40


# A learner's own layer


class MyRecurrentLayer:
    """Written from scratch, by another route: one product of [input, state] with the two weights stacked."""

    def __init__(self, lr, c_w, b, p_w):
        self.lr, self.c_w, self.b, self.p_w = lr, c_w, b, p_w

    def forward(self, c_x, p_x):
        self.both = np.concatenate([c_x, p_x], axis=-1)
        return self.both @ np.concatenate([self.c_w, self.p_w]) + self.b

    def gradients(self, prev_d_x):
        d = self.c_w.shape[0]
        d_both, d_w = prev_d_x @ np.concatenate([self.c_w, self.p_w]).T, self.both.T @ prev_d_x
        return (d_both[:, :d], d_both[:, d:]), {"c_w": d_w[:d], "b": prev_d_x.sum(axis=0), "p_w": d_w[d:]}

    def update(self, d_params):
        for name, d_param in d_params.items():
            getattr(self, name)[...] -= self.lr * d_param

    def backward(self, prev_d_x):
        d_inputs, d_params = self.gradients(prev_d_x)
        self.update(d_params)
        return d_inputs


@given(seed=seeds, bptt_steps=st.sampled_from([None, 1]))
@settings(max_examples=20)
def test_a_learners_own_layer_with_the_same_door_trains_the_cat(seed, bptt_steps):
    cat, days, target, _ = an_afternoon(seed)
    mine = MyRecurrentLayer(0.01, **copied(weights_of(cat))["recurrent"])
    output = LinearLayer(0.01, **copied(weights_of(cat))["output"])
    history = train(CatRNN(mine, output), days, target, 5, bptt_steps=bptt_steps)
    expected = train(cat, days, target, 5, bptt_steps=bptt_steps)
    assert apart(history.losses, expected.losses) < ROUNDING
    assert apart(history.weights["recurrent.p_w"], expected.weights["recurrent.p_w"]) < ROUNDING


def test_a_layer_that_puts_new_arrays_in_place_of_its_weights_is_told_so():
    class Careless(MyRecurrentLayer):
        def update(self, d_params):
            self.c_w = self.c_w - self.lr * d_params["c_w"]

    cat, days, target, _ = an_afternoon(0)
    with pytest.raises(RuntimeError, match=r"steps have another c_w than the cat; .* move c_w in place"):
        train(CatRNN(Careless(0.01, **weights_of(cat)["recurrent"]), cat.output), days, target, 2)


# Fates


@pytest.mark.parametrize(
    ("loss", "last_hidden", "expected"),
    [
        (np.nan, 1.0, "exploded"),
        (np.inf, 0.0, "exploded"),
        (1000.5, 0.0, "exploded"),
        (0.0, 0.0, "bias only"),
        (0.0099, 0.0, "bias only"),
        (0.01, 0.0, "dead"),
        (1000.0, 0.0, "dead"),
        (0.0099, 1.0, "learned"),
        (0.01, 1.0, "not yet"),
        (1000.0, 1.0, "not yet"),
        (0.0, np.nan, "learned"),
    ],
)
def test_a_fate_is_judged_by_the_last_loss_and_the_last_state_in_the_stated_order(loss, last_hidden, expected):
    alone = fate(history_of([5000.0, loss], last_hidden))
    assert (alone, type(alone)) == (expected, str)
    assert fate(history_of([[5000.0, 0.0], [loss, 0.0]], [last_hidden, 1.0])).tolist() == [expected, "learned"]


def test_one_live_unit_of_one_sequence_is_enough_to_be_alive():
    hidden = np.zeros((2, 3))
    hidden[1, 2] = 5e-324
    assert fate(History(np.array([0.5]), np.zeros((1, 2, 1)), hidden)) == "not yet"
    assert fate(History(np.array([0.5]), np.zeros((1, 2, 1)), 0 * hidden)) == "dead"


def a_fate_of(weights, epochs=1):
    return fate(train(cat_with(weights), DAYS, TARGET, epochs))


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        (LIVE | {"output.b": np.array([1e3])}, "exploded"),
        (SHUT | {"output.b": np.array([1.25])}, "bias only"),
        (SHUT, "dead"),
        (LIVE | {"output.c_w": np.array([[1.25]])}, "learned"),
        (LIVE, "not yet"),
    ],
)
def test_real_cats_meet_every_fate(weights, expected):
    assert a_fate_of(weights) == expected


def test_a_shut_cat_ends_by_learning_the_answer_with_its_bias_alone():
    assert [a_fate_of(SHUT, epochs) for epochs in (1, 300)] == ["dead", "bias only"]


def test_the_five_fates_are_all_there_are_and_a_crowd_of_the_seeds_cats_meets_them():
    cats = CatRNN.random([np.random.default_rng(k) for k in range(200)], 2)
    fates = fate(train(cats, DAYS, TARGET, 100, bptt_steps=1, carry_state=True, record=False))
    assert fates.shape == (200,)
    assert set(fates.tolist()) == set(FATES)
