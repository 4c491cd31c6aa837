"""Windows never hold their answer, scaling never sees a test day, a leak is caught, days ahead are fed back."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from catrnn.baselines import BASELINES, LinearModel, same_as_days_ago
from catrnn.data import windows
from catrnn.forecast import ScaledModel, Scaling, free_run, leaked_days, learn_habit, many_futures
from catrnn.initializers import identity_init
from catrnn.layers import LinearLayer, RecurrentLinearLayer
from catrnn.network import CatRNN
from tests.helpers import strategies


@st.composite
def long_timelines(draw):
    """A window length and C cats of T days, all portions different."""
    n_days, cats = draw(st.integers(1, 9)), draw(st.integers(1, 4))
    length = draw(st.integers(n_days + 1, n_days + 12))
    return n_days, np.random.default_rng(draw(strategies.seeds)).permutation(cats * length).reshape(cats, length) * 0.25


@given(drawn=long_timelines())
def test_a_window_is_the_days_before_its_answer_of_the_same_cat(drawn):
    n_days, series = drawn
    days, targets = windows(series, n_days)
    cut = [(row[k - n_days:k], row[k]) for row in series for k in range(n_days, len(row))]
    assert np.array_equal(days[..., 0].T, [before for before, _ in cut])
    assert np.array_equal(targets[:, 0], [answer for _, answer in cut])


@given(drawn=long_timelines())
def test_a_window_never_holds_its_answer(drawn):
    n_days, series = drawn
    days, targets = windows(series, n_days)
    assert days.shape == (n_days, len(targets), 1)
    assert not (days == targets).any()


@given(drawn=long_timelines(), share=st.floats(0, 1))
def test_answers_kept_apart_in_time_share_no_day(drawn, share):
    n_days, series = drawn
    cut = n_days + round(share * (series.shape[1] - n_days))
    parts = [windows(series, n_days, days)[1] for days in (range(n_days, cut), range(cut, series.shape[1])) if days]
    _, everything = windows(series, n_days)
    assert sorted(np.concatenate(parts).ravel()) == sorted(everything.ravel())
    assert len(parts) < 2 or not set(parts[0].ravel()) & set(parts[1].ravel())


def test_windows_of_one_cat_may_be_given_flat():
    assert all(map(np.array_equal, windows([1, 2, 3, 4], 2), windows([[1, 2, 3, 4]], 2)))


@pytest.mark.parametrize(("series", "n_days", "answers", "words"), [
    ([0.25], 1, None, "more than 1 days"), ([0.25, 0.5], 2, None, "a smaller n_days"),
    ([0.25, np.nan, 0.5], 1, None, "every portion must be finite"), (["fish", "milk"], 1, None, "numbers are expected"),
    ([0.25, 0.5], 0, None, "n_days is 0"), ([0.25, 0.5], 1.0, None, "whole number"),
    ([1, 2, 3], 2, [1], "answers run from 1"), ([1, 2, 3], 2, [3], "answers run from 3"),
    ([1, 2, 3], 2, [], "answers is"), ([1, 2, 3], 2, [2.0], "answers is"), (np.zeros((2, 3, 1)), 1, None, "(2, 3, 1)"),
])
def test_windows_that_cannot_be_cut_are_refused_in_words(series, n_days, answers, words):
    with pytest.raises((TypeError, ValueError)) as refused:
        windows(series, n_days, answers)
    assert words in str(refused.value)
    assert "; " in str(refused.value)


@given(seed=strategies.seeds, n=st.integers(1, 20))
def test_scaled_training_days_have_mean_zero_and_spread_one(seed, n):
    days = np.random.default_rng(seed).uniform(0, 9, (n, 2))
    scaled = Scaling.fit(days).transform(days)
    assert scaled.mean() == pytest.approx(0, abs=1e-9)
    assert scaled.std() == pytest.approx(1)
    np.testing.assert_allclose(Scaling.fit(days).inverse_transform(scaled), days, atol=1e-9)


@given(portion=st.floats(0, 1e6), n=st.integers(1, 9))
@example(portion=0.1, n=3)  # their mean is not 0.1, but off by the last digit
@example(portion=1e-303, n=2)
def test_days_all_alike_are_scaled_without_dividing_by_zero_or_by_dust(portion, n):
    scaling = Scaling.fit([portion] * n)
    assert scaling.spread == 1
    assert np.isfinite(scaling.transform([portion, portion + 1])).all()
    assert scaling.inverse_transform(scaling.transform(portion)) == pytest.approx(portion)


def honest(series, n_days=3, cut=12):
    """Guess the test days: weights and scaling from training days alone."""
    scaling = Scaling.fit(series[:cut])
    scaled = scaling.transform(series)
    model = LinearModel(*windows(scaled[:cut], n_days))
    return scaling.inverse_transform(model.predict(windows(scaled, n_days, range(cut, len(series)))[0]))


def leaky_scaling(series, n_days=3, cut=12):
    """The same with a scaling fitted on every day, and no bias to take it back."""
    scaled = series / series.max()
    return windows(scaled, n_days, range(cut, len(series)))[0][..., 0].T


def leaky_window(series, n_days=3, cut=12):
    """Windows one day late: the answer is their last day."""
    return np.array([series[k - n_days + 1:k + 1] for k in range(cut, len(series))])


def leaky_slope(series, cut=12):
    """How much the day after the answer differs from it: a leak that moving all days alike would not show."""
    return np.diff(series, append=series[0])[cut:]


@given(seed=strategies.seeds, more=st.integers(1, 6))
def test_no_test_day_reaches_the_fit(seed, more):
    series = np.random.default_rng(seed).random(12 + more)
    assert leaked_days(honest, series, 12) == []


@given(seed=strategies.seeds, more=st.integers(2, 6))
@pytest.mark.parametrize("prepare", [leaky_window, leaky_slope])
def test_every_leaked_answer_is_caught(prepare, seed, more):
    series = np.random.default_rng(seed).random(12 + more)
    assert leaked_days(prepare, series, 12) == list(range(12, 12 + more))


def test_a_scaling_fitted_on_all_days_is_caught():
    assert leaked_days(leaky_scaling, np.random.default_rng(0).random(18), 12) == list(range(12, 18))


def test_a_detector_leaves_the_days_as_they_are_and_says_when_rows_are_missing():
    series = np.arange(18.0)
    leaked_days(honest, series, 12)
    assert np.array_equal(series, np.arange(18.0))
    with pytest.raises(ValueError, match="5 rows, but the days from 12 on are 6; return one row"):
        leaked_days(lambda s: s[13:], series, 12)


@given(drawn=long_timelines())
def test_naive_guesses_of_windows_are_those_of_single_cats(drawn):
    n_days, series = drawn
    days, _ = windows(series, n_days)
    for guess in list(BASELINES.values())[:2 if n_days < 2 else 3]:
        expected = [[guess(days[:, k, 0])] for k in range(days.shape[1])]
        np.testing.assert_allclose(guess(days), expected, rtol=1e-12)  # sums in another order


@given(seed=strategies.seeds, n_days=st.integers(1, 5))
def test_the_linear_model_finds_the_weights_that_made_the_answers(seed, n_days):
    rng = np.random.default_rng(seed)
    days, weights = rng.random((n_days, 30, 1)), rng.standard_normal(n_days + 1)
    targets = (days[..., 0].T @ weights[:-1] + weights[-1])[:, None]
    model = LinearModel(days, targets)
    np.testing.assert_allclose(model.weights.ravel(), weights, atol=1e-8)
    np.testing.assert_allclose(model.predict(days), targets, atol=1e-8)


def test_no_other_weights_have_a_smaller_loss_than_the_linear_model():
    rng = np.random.default_rng(0)
    days, targets = rng.random((4, 30, 1)), rng.random((30, 1))
    model = LinearModel(days, targets)
    least = np.mean((model.predict(days) - targets) ** 2)
    for _ in range(20):
        nudged = LinearModel(days, targets)
        nudged.weights = model.weights + 0.01 * rng.standard_normal(model.weights.shape)
        assert np.mean((nudged.predict(days) - targets) ** 2) > least


def test_a_linear_model_needs_one_answer_a_window():
    with pytest.raises(ValueError, match="targets has shape"):
        LinearModel(np.ones((4, 3, 1)), np.ones((2, 1)))


def test_free_running_feeds_each_guess_back():
    def sum_of_window(days):
        return np.sum(days, axis=0)

    ahead = free_run(sum_of_window, np.array([1.0, 1.0]).reshape(2, 1, 1), 5)
    assert ahead.ravel().tolist() == [2, 3, 5, 8, 13]


def test_a_list_of_portions_runs_free_too_and_the_guesses_of_naive_ones_are_plain_numbers():
    assert free_run(BASELINES["same as yesterday"], [0.25, 0.75], 3).tolist() == [0.75, 0.75, 0.75]
    assert free_run(BASELINES["straight line"], [1.0, 2.0], 3).tolist() == [3, 4, 5]


def test_running_free_may_keep_every_day_so_far():
    def how_many(days):
        return float(len(days))

    assert free_run(how_many, [9.0, 9.0], 3).tolist() == [2, 2, 2]
    assert free_run(how_many, [9.0, 9.0], 3, keep_all=True).tolist() == [2, 3, 4]
    assert free_run(BASELINES["mean"], [0.0, 1.0, 2.0], 9, keep_all=True) == pytest.approx([1.0] * 9)


@given(seed=strategies.seeds, n_days=st.integers(1, 9), more=st.integers(0, 3))
def test_the_day_so_many_days_ago_comes_again(seed, n_days, more):
    days = np.random.default_rng(seed).random((n_days + more, 3, 1))
    guess = same_as_days_ago(n_days)
    assert np.array_equal(guess(days), days[more])
    assert guess(days[:, 0, 0].tolist()) == days[more, 0, 0]
    np.testing.assert_array_equal(free_run(guess, days, n_days), days[more:])


@pytest.mark.parametrize(("call", "words"), [
    (lambda: same_as_days_ago(0), "n_days is 0"),
    (lambda: same_as_days_ago(7)([1, 2, 3]), "days has 3 days, but an earlier one is asked for; give at least 7 days"),
    (lambda: same_as_days_ago(2)([1]), "days has 1 day, but an earlier one"),
])
def test_a_day_that_is_not_there_cannot_come_again(call, words):
    with pytest.raises(ValueError, match=words):
        call()


SPREAD_OF_MEAN = 6
"""Standard errors that a mean of many futures may be off."""


@given(seed=strategies.seeds, n=st.integers(1, 3), n_ahead=st.integers(1, 4))
def test_futures_of_a_straight_rule_scatter_about_the_one_path_by_the_noise_of_every_day(seed, n, n_ahead):
    rng, noise, many = np.random.default_rng(seed), 0.01, 400
    days = rng.uniform(5, 6, (2, n, 1))  # far from zero
    futures = many_futures(same_as_days_ago(1), days, n_ahead, many, noise, rng)
    assert futures.shape == (n_ahead, n, many)
    one_path = free_run(same_as_days_ago(1), days, n_ahead)[..., 0]
    widths = noise * np.sqrt(np.arange(1, n_ahead + 1))[:, None]
    assert (abs(futures.mean(-1) - one_path) < SPREAD_OF_MEAN * widths / np.sqrt(many)).all()
    np.testing.assert_allclose(futures.std(-1), np.broadcast_to(widths, (n_ahead, n)), rtol=0.25)


def test_the_mean_of_many_futures_beats_one_path_where_the_rule_bends():
    rng = np.random.default_rng(0)
    start, noise = rng.uniform(0.1, 1, (1, 300, 1)), 0.05

    def tent(days):
        return 1 - 1.9 * abs(days[-1] - 0.5)

    came = many_futures(tent, start, 8, 1, noise, rng)
    mean = many_futures(tent, start, 8, 200, noise, rng).mean(-1, keepdims=True)
    one_path = free_run(tent, start, 8)
    misses = [np.sqrt(((forecast - came) ** 2).mean(axis=(1, 2))) for forecast in (mean, one_path)]
    assert (misses[0] <= misses[1] + 1e-3).all()
    assert misses[0][-1] < 0.8 * misses[1][-1]


def test_cats_side_by_side_have_futures_of_their_own_and_no_portion_below_zero():
    cats = CatRNN.random([np.random.default_rng(k) for k in range(3)], 4)
    futures = many_futures(cats.predict, np.full((5, 2, 1), 0.1), 3, 7, 2.0, np.random.default_rng(0))
    assert futures.shape == (3, 3, 2, 7)
    assert futures.min() == 0
    assert np.unique(futures[0, 0, 0]).size > 1
    again = many_futures(cats.predict, np.full((5, 2, 1), 0.1), 3, 7, 2.0, np.random.default_rng(0))
    assert np.array_equal(futures, again)


@pytest.mark.parametrize(("given", "words"), [
    ({"predict": 3}, "predict is 3"), ({"days": [0.5, 1.0]}, "days has shape (2,)"), ({"n_ahead": 0}, "n_ahead is 0"),
    ({"n_futures": 0}, "n_futures is 0"), ({"noise": 0.0}, "noise is 0.0"), ({"rng": 3}, "rng is 3"),
])
def test_futures_that_cannot_be_are_refused(given, words):
    right = dict(predict=BASELINES["mean"], days=np.ones((2, 1, 1)), n_ahead=1, n_futures=1, noise=0.1,
                 rng=np.random.default_rng(0))
    with pytest.raises((TypeError, ValueError)) as refused:
        many_futures(**right | given)
    assert words in str(refused.value)


def test_hidden_states_of_a_network_in_portions_are_those_that_it_answers_by():
    cats = CatRNN.random([np.random.default_rng(k) for k in range(3)], 4, init=identity_init)
    days, network = np.random.default_rng(1).random((12, 2, 1)), ScaledModel(cats, Scaling(0.3, 0.4))
    hidden = network.hidden(days)
    assert hidden.shape == (12, 3, 2, 4)
    guesses = hidden[-1] @ cats.output.c_w + cats.output.b
    np.testing.assert_allclose(network.predict(days), guesses * 0.4 + 0.3)


def test_a_unit_moves_as_far_as_the_nudge_of_one_day_carries():
    p_w = np.diag([0.5, 1.0])  # one unit halves what it holds every day, the other keeps it
    recurrent = RecurrentLinearLayer(0.1, np.array([[1.0, 2.0]]), np.ones(2), p_w)
    cat = CatRNN(recurrent, LinearLayer(0.1, np.ones((2, 1)), np.ones(1)))
    moved = ScaledModel(cat, Scaling(0.0, 1.0)).moved(np.ones((4, 3, 1)))
    np.testing.assert_allclose(moved, [[0.125, 2], [0.25, 2], [0.5, 2], [1, 2]])
    np.testing.assert_allclose(ScaledModel(cat, Scaling(9.0, 0.5)).moved(np.full((4, 3, 1), 9.5))[-1], [2, 4])
    with pytest.raises(ValueError, match="days has shape"):
        ScaledModel(cat, Scaling(0.0, 1.0)).moved([1.0, 2.0])


@given(seed=strategies.seeds, n_ahead=st.integers(1, 4))
def test_cats_side_by_side_run_free_as_each_alone(seed, n_ahead):
    days = np.random.default_rng(seed).random((5, 3, 1))
    together = free_run(CatRNN.random([np.random.default_rng(k) for k in range(3)], 4).predict, days, n_ahead)
    assert together.shape == (n_ahead, 3, 3, 1)
    for k in range(3):
        alone = free_run(CatRNN.random(np.random.default_rng(k), 4).predict, days, n_ahead)
        np.testing.assert_allclose(together[:, k], alone, rtol=1e-9, atol=1e-12)


def test_a_guess_that_is_one_and_the_same_array_each_time_is_written_down_as_it_was():
    kept = np.zeros((1, 1))

    def count(_days):
        kept[...] += 1
        return kept

    assert free_run(count, [kept], 3).ravel().tolist() == [1, 2, 3]


def test_one_day_ahead_is_the_prediction():
    cat = CatRNN.random(np.random.default_rng(0), 4, init=identity_init)
    days = np.full((5, 2, 1), 0.5)
    assert np.array_equal(free_run(cat.predict, days, 1)[0], cat.predict(days))


def test_a_network_in_portions_thinks_in_scaled_numbers():
    cat = CatRNN.random(np.random.default_rng(0), 4, init=identity_init)
    days, scaling = np.random.default_rng(1).random((12, 2, 1)), Scaling(3.0, 2.0)
    expected = cat.predict((days - 3) / 2) * 2 + 3
    np.testing.assert_allclose(ScaledModel(cat, scaling).predict(days), expected)


@given(seed=strategies.seeds, more=st.integers(1, 3))
def test_no_test_day_reaches_a_training(seed, more):
    series = np.random.default_rng(seed).random(8 + more)

    def guesses(series):
        network = learn_habit(series[:8], 2, restarts=2, hidden_size=3, epochs=3)
        return network.predict(windows(series, 2, range(8, len(series)))[0]).swapaxes(0, 1)

    assert leaked_days(guesses, series, 8) == []


def test_a_habit_is_learned_by_every_start_and_each_has_weights_of_its_own():
    series = np.tile([0.25, 1.0, 0.5], 10)
    network = learn_habit(series, 3, restarts=4, epochs=200)
    days, targets = windows(series, 3)
    guesses = network.predict(days)
    assert guesses.shape == (4, 27, 1)
    assert (np.sqrt(((guesses - targets) ** 2).mean(axis=(1, 2))) < 0.05).all()
    assert len({cat.tobytes() for cat in network.cat.recurrent.p_w}) == 4


@given(portion=st.floats(0, 100))
def test_a_cat_that_eats_the_same_every_day_is_expected_to_go_on(portion):
    network = learn_habit([portion] * 6, 2, restarts=2, epochs=50)
    assert network.predict(np.full((2, 1, 1), portion)) == pytest.approx(portion, abs=1e-9)
