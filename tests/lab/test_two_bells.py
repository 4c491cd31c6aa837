"""The adding problem: timelines with two bells, and training that sees nothing twice."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catrnn.bptt import clip_by_norm
from catrnn.gates import GRULayer, LSTMLayer
from catrnn.initializers import lasting_init, uniform_init
from catrnn.lab import train_on_new, two_bells
from catrnn.layers import RecurrentLinearLayer
from catrnn.network import CatRNN
from catrnn.training import train
from tests.helpers.strategies import same_bits, seeds, weights_of

CELLS = pytest.mark.parametrize("kind", [GRULayer, LSTMLayer])


def cats(kind=GRULayer, n=2, n_days=5, rate=0.1):
    rngs = [np.random.default_rng(k) for k in range(n)]
    return CatRNN.random(rngs, 3, rate, lasting_init(n_days), input_size=2, recurrent=kind, output_size=1)


# Timelines


@given(seed=seeds, n_days=st.integers(2, 30), n_timelines=st.integers(1, 9))
def test_one_bell_rings_in_each_half_and_the_answer_is_what_was_eaten_on_these_two_days(seed, n_days, n_timelines):
    days, answers = two_bells(np.random.default_rng(seed), n_days, n_timelines)
    portions, bells = days[..., 0], days[..., 1]
    assert days.shape == (n_days, n_timelines, 2)
    assert answers.shape == (n_timelines, 1)
    assert ((portions >= 0) & (portions < 1)).all()
    assert np.isin(bells, (0, 1)).all()
    assert (bells[: n_days // 2].sum(axis=0) == 1).all()
    assert (bells[n_days // 2 :].sum(axis=0) == 1).all()
    assert np.allclose(answers[:, 0], (portions * bells).sum(axis=0))


def test_every_day_of_a_half_may_have_the_bell():
    days, _ = two_bells(np.random.default_rng(0), 6, 500)
    assert (days[..., 1].sum(axis=1) > 100).all()


def test_to_say_one_each_time_misses_by_a_sixth():
    _, answers = two_bells(np.random.default_rng(0), 10, 20000)
    assert np.mean((answers - 1) ** 2) == pytest.approx(1 / 6, abs=0.005)


# Training


@CELLS
def test_training_on_the_same_days_again_is_what_train_does(kind):
    days, answers = two_bells(np.random.default_rng(0), 5, 4)
    one, other = cats(kind), cats(kind)
    losses = train_on_new(one, lambda: (days, answers), 6, clip=0.1, momentum=0.9)
    history = train(other, days, answers, 6, clip=0.1, momentum=0.9)
    assert same_bits(losses, history.losses)
    for layer, weights in weights_of(one).items():
        for name, w in weights.items():
            assert same_bits(w, weights_of(other)[layer][name])


def test_every_step_draws_anew_and_moves_by_that_alone():
    rng, drawn, cat = np.random.default_rng(0), [], cats(n=1)
    other = cats(n=1)

    def draw():
        drawn.append(two_bells(rng, 5, 4))
        return drawn[-1]

    train_on_new(cat, draw, 3, clip=1.0)
    for days, answers in drawn:
        days = other.days(days)
        look = other.gradients(days, other.target(answers), other.first_state(days))
        other.update(clip_by_norm(look.d_params, 1.0))
    assert len(drawn) == 3
    assert not np.array_equal(drawn[0][0], drawn[1][0])
    assert same_bits(cat.recurrent.p_w, other.recurrent.p_w)


def test_an_explosion_is_told_by_the_losses_and_by_nothing_else():
    cat = CatRNN.random(np.random.default_rng(0), 8, 100.0, uniform_init, input_size=2, output_size=1,
                        recurrent=RecurrentLinearLayer)
    losses = train_on_new(cat, lambda: two_bells(np.random.default_rng(0), 20, 4), 30)
    assert losses.shape == (30,)
    assert not losses[-1] <= 1000


def test_progress_is_told_after_each_step():
    told = []
    train_on_new(cats(), lambda: two_bells(np.random.default_rng(0), 4, 2), 3, progress=lambda *at: told.append(at))
    assert told == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize(("call", "words"), [
    (lambda: two_bells(np.random.default_rng(0), 1, 4), "n_days is 1"),
    (lambda: two_bells(np.random.default_rng(0), 4, 0), "n_timelines is 0"),
    (lambda: train_on_new(cats(), two_bells, 0), "steps is 0"),
    (lambda: train_on_new(cats(), "days", 3), "draw is 'days'"),
    (lambda: train_on_new(cats(), two_bells, 3, clip=0), "clip is 0"),
    (lambda: train_on_new(cats(), two_bells, 3, momentum=1), "momentum is 1"),
])
def test_what_makes_no_sense_is_refused_in_a_sentence(call, words):
    with pytest.raises((TypeError, ValueError), match=words):
        call()
