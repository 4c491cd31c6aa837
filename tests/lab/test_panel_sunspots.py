"""The panel of notebook 13: it is judged by years before 1921; the tests are behind a button that counts the looks."""

import numpy as np
import pytest

from catrnn.data import sunspots
from catrnn.evaluation import CHOICE, INTERVALS, errors, linear, squared_misses, unit, windows_for_years
from catrnn.lab import explore_sunspots
from catrnn.lab.panels import sunspots as widget

YEARS, NUMBERS = sunspots()
UNIT = unit(YEARS, NUMBERS)
QUICK = dict(hidden_size=2, bptt_steps=3, epochs=4, free_from=1890)


@pytest.mark.parametrize("last", [1880, 1920])
def test_a_panel_trains_on_no_year_after_the_one_that_it_says(monkeypatch, last):
    widget.networks.cache_clear()
    days, _ = windows_for_years(YEARS, NUMBERS, 1921, 2008)
    guesses = widget.networks(last, 4, 12, 5)(days)
    widget.networks.cache_clear()
    monkeypatch.setattr(widget, "the_sun", lambda: (YEARS, np.where(last < YEARS, 0, NUMBERS)))
    assert np.array_equal(widget.networks(last, 4, 12, 5)(days), guesses)
    widget.networks.cache_clear()


def error_of(guess, first=CHOICE[0], last=CHOICE[1]):
    return np.mean(squared_misses(YEARS, NUMBERS, guess, first, last)) / UNIT


def test_the_linear_model_of_the_panel_is_the_best_of_twelve_on_the_years_that_choose():
    tried = {k: error_of(linear(YEARS, NUMBERS, k, last=1880)) for k in range(1, 13)}
    assert min(tried, key=tried.get) == widget.LINEAR_YEARS


def test_shut_tests_are_neither_judged_nor_drawn():
    panel = explore_sunspots(**QUICK)
    mean = widget.mean_of(widget.networks(1880, 2, 3, 4))
    beside = error_of(linear(YEARS, NUMBERS, widget.LINEAR_YEARS, last=1880))
    assert f"the error is {error_of(mean):.2f} in 1881-1920 (linear model {beside:.2f})." in panel.view.caption
    assert "2008" not in panel.view.caption
    assert max(panel.picture.truths[0].get_xdata()) == max(panel.picture.free.get_xdata()) == 1920


def test_opened_tests_are_judged_by_networks_trained_anew_up_to_1920():
    panel = explore_sunspots(**QUICK, tests_open=True)
    mean = widget.mean_of(widget.networks(1920, 2, 3, 4))
    rivals = errors(YEARS, NUMBERS, linear(YEARS, NUMBERS, widget.LINEAR_YEARS))
    assert "anew up to 1920 for the tests" in panel.view.caption
    for error, other, (first, last) in zip(errors(YEARS, NUMBERS, mean), rivals, INTERVALS, strict=True):
        assert f"{error:.2f} in {first}-{last} (linear model {other:.2f})" in panel.view.caption


def test_each_opening_is_a_look_and_a_moved_control_shuts_the_tests():
    panel = explore_sunspots(**QUICK)
    tests = panel.controls["tests_open"]
    assert tests.told.value.startswith("You have not looked yet.")
    tests.button.click()
    assert (tests.value, tests.button.description) == (True, "shut the tests")
    assert tests.told.value.startswith("You have looked once.")
    panel.controls["epochs"].value = 5
    assert (tests.value, tests.button.description) == (False, "open the tests (costs a look)")
    assert "2008" not in panel.view.caption
    tests.button.click()
    tests.button.click()
    assert (tests.value, tests.looks) == (False, 2)
    assert tests.told.value.startswith("You have looked 2 times.")


def test_a_moved_start_of_the_free_run_trains_nothing_anew():
    panel = explore_sunspots(**QUICK)
    before = widget.networks.cache_info().misses
    panel.controls["free_from"].value = 1860
    assert widget.networks.cache_info().misses == before


def test_the_caption_tells_what_the_training_was():
    said = explore_sunspots(**QUICK).view.caption
    assert said.startswith("Trained up to 1880 for 4 epochs, with blame 3 years back. One year ahead")
    assert explore_sunspots(**QUICK | {"epochs": 1}).view.caption.startswith("Trained up to 1880 for 1 epoch, with ")
