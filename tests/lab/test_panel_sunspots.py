"""The panel of notebook 13: it trains on the years that it says, and on no others."""

import numpy as np

from catrnn.baselines import LinearModel
from catrnn.data import sunspots
from catrnn.evaluation import errors, windows_for_years
from catrnn.lab import explore_sunspots
from catrnn.lab.panels import sunspots as widget

YEARS, NUMBERS = sunspots()
QUICK = dict(train_until=1800, hidden_size=2, bptt_steps=3, epochs=4, free_from=1930)


def test_a_panel_trains_on_no_year_after_train_until(monkeypatch):
    widget.networks.cache_clear()
    days, _ = windows_for_years(YEARS, NUMBERS, 1921, 2008)
    guesses = widget.networks(1850, 4, 12, 5)(days)
    widget.networks.cache_clear()
    monkeypatch.setattr(widget, "the_sun", lambda: (YEARS, np.where(YEARS > 1850, 0, NUMBERS)))
    assert np.array_equal(widget.networks(1850, 4, 12, 5)(days), guesses)
    widget.networks.cache_clear()


def test_the_words_tell_the_errors_of_the_mean_guess_and_of_the_linear_model():
    panel = explore_sunspots(**QUICK)
    guess = widget.networks(1800, 2, 3, 4)
    linear = errors(YEARS, NUMBERS, LinearModel(*windows_for_years(YEARS, NUMBERS, 1712, 1920)).predict)
    mean = errors(YEARS, NUMBERS, lambda days: guess(days).mean(axis=0))
    for error, other in zip(mean, linear, strict=True):
        assert f"{error:.2f} in" in panel.view.caption
        assert f"(linear model {other:.2f})" in panel.view.caption


def test_a_moved_start_of_the_free_run_trains_nothing_anew():
    panel = explore_sunspots(**QUICK)
    before = widget.networks.cache_info().misses
    panel.controls["free_from"].value = 1960
    assert widget.networks.cache_info().misses == before


def test_as_the_notebook_says_the_waves_of_a_small_network_die_out():
    assert "meets 2 of 8 peaks" in explore_sunspots().view.caption
    assert "for the one of 1928 it has no peak" in explore_sunspots(hidden_size=1).view.caption


def test_the_caption_tells_what_the_training_was():
    assert explore_sunspots(**QUICK).view.caption.startswith(
        f"Trained up to {QUICK['train_until']} for {QUICK['epochs']} epochs. One year ahead")
