"""The forecast panel of notebook 12: what it shows is true by plain NumPy."""

import numpy as np
import pytest

from catrnn.data import windows
from catrnn.forecast import learn_habit
from catrnn.habits import feast_and_fast, simulate
from catrnn.lab import explore_forecast
from catrnn.lab.panels import forecast as forecast_room


def test_what_the_forecast_panel_learns_is_learned_from_other_cats_and_earlier_days():
    unseen, predict, one_step, growth = forecast_room.fit_habit("feast and fast")
    known = simulate(feast_and_fast, np.random.default_rng(0), 10, 60)
    assert not set(map(tuple, unseen)) & set(map(tuple, known))
    network = learn_habit(known[:, :48], 8)
    days, targets = windows(unseen, 8)
    guesses = network.predict(days)
    assert np.array_equal(guesses, predict(days))
    np.testing.assert_allclose(one_step.ravel(), np.median(guesses, axis=0).ravel())
    starts = range(8, 47, 2)
    days, targets = windows(unseen, 8, starts)
    misses = np.sqrt(((network.predict(days) - targets) ** 2).mean(axis=(1, 2)))
    assert growth["network"][0] == pytest.approx(np.median(misses))
    yesterday = np.array([unseen[:, s - 1] - unseen[:, s + 4] for s in starts])
    assert growth["yesterday"][4] == pytest.approx(np.sqrt((yesterday**2).mean()))


def test_the_forecast_panel_runs_free_from_the_day_that_it_says():
    panel = explore_forecast("feast and fast", cat=2, day=30, days_ahead=2)
    unseen, predict, _, _ = forecast_room.fit_habit("feast and fast")
    window = unseen[2, 22:30].reshape(-1, 1, 1)
    first = predict(window)
    second = predict([*window[1:], first])
    assert f"2 days ahead it guesses {np.median(second):.2f}" in panel.view.caption
    assert f"the cat eats {unseen[2, 31]:.2f}" in panel.view.caption
