"""The forecast panel of notebook 12: what it shows is true by plain NumPy."""

import numpy as np
import pytest

from catrnn.baselines import LinearModel
from catrnn.data import windows
from catrnn.forecast import many_futures
from catrnn.habits import feast_and_fast, next_meal, simulate
from catrnn.lab import explore_forecast, trial_of
from catrnn.lab.panels import forecast as forecast_room


def test_what_the_forecast_panel_learns_is_learned_from_other_cats_and_earlier_days(monkeypatch):
    given = []
    monkeypatch.setattr(forecast_room, "learn_habit", lambda series, n_days: given.append((series, n_days)))
    known, unseen, _, linear = trial_of.__wrapped__("feast and fast")
    ((series, n_days),) = given
    assert np.array_equal(known, simulate(feast_and_fast, np.random.default_rng(0), 10, 60))
    assert (n_days, series.tolist()) == (8, known[:, :48].tolist())
    assert not set(map(tuple, unseen)) & set(map(tuple, known))
    days, _ = windows(unseen, 8)
    np.testing.assert_allclose(linear.predict(days), LinearModel(*windows(known[:, :48], 8)).predict(days))


def test_a_habit_is_learned_once():
    assert trial_of("feast and fast").network is trial_of("feast and fast").network


def test_the_misses_of_the_forecast_panel_are_those_of_plain_numpy():
    _, unseen, network, _ = trial_of("feast and fast")
    one_step, growth = forecast_room.judged("feast and fast")
    guesses = network.predict(windows(unseen, 8)[0])
    np.testing.assert_allclose(one_step.ravel(), np.median(guesses, axis=0).ravel())
    starts = range(8, 47, 2)
    days, targets = windows(unseen, 8, starts)
    misses = np.sqrt(((network.predict(days) - targets) ** 2).mean(axis=(1, 2)))
    assert growth["one path"][0] == pytest.approx(np.median(misses))
    assert growth["own rule"][0] == pytest.approx(np.sqrt(((next_meal(days) - targets) ** 2).mean()))
    yesterday = np.array([unseen[:, s - 1] - unseen[:, s + 4] for s in starts])
    assert growth["yesterday"][4] == pytest.approx(np.sqrt((yesterday**2).mean()))
    fifth = windows(unseen, 8, [s + 4 for s in starts])[1]
    noise = forecast_room.own_miss("feast and fast")
    means = many_futures(network.predict, days, 14, 30, noise, np.random.default_rng(0))[4].mean(axis=-1)
    each = np.sqrt(((means - fifth[:, 0]) ** 2).mean(axis=-1))
    assert growth["many futures"][4] == pytest.approx(np.median(each))


@pytest.mark.parametrize("habit", ["feast and fast", "weekly"])
def test_the_mean_of_many_futures_is_never_much_worse_than_one_path_and_for_the_stomach_far_better(habit):
    _, growth = forecast_room.judged(habit)
    assert (growth["many futures"] < growth["one path"] + 0.005).all()
    if habit == "feast and fast":
        assert (growth["many futures"][4:] < growth["one path"][4:] - 0.05).all()


def test_the_forecast_panel_runs_free_from_the_day_that_it_says():
    panel = explore_forecast("feast and fast", cat=2, day=30, days_ahead=2)
    _, unseen, network, _ = trial_of("feast and fast")
    window = unseen[2, 22:30].reshape(-1, 1, 1)
    first = network.predict(window)
    second = network.predict([*window[1:], first])
    assert f"2 days ahead one path (the middle of 5 starts) says {np.median(second):.2f}" in panel.view.caption
    assert f"the cat eats {unseen[2, 31]:.2f}" in panel.view.caption
    noise = forecast_room.own_miss("feast and fast")
    futures = many_futures(network.predict, window, 14, 30, noise, np.random.default_rng(0))[1, :, 0]
    assert f"many futures {np.median(futures.mean(axis=-1)):.2f} (8 of 10 lie" in panel.view.caption
