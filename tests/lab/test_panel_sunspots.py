"""The panel of notebook 13: it trains on the years that it says, and on no others."""

import numpy as np
import pytest

from catrnn.baselines import LinearModel
from catrnn.data import sunspots
from catrnn.evaluation import errors, windows_for_years
from catrnn.lab import explore_sunspots
from catrnn.lab.panels import sunspots as widget

YEARS, NUMBERS = sunspots()
QUICK = dict(train_until=1800, hidden_size=2, bptt_steps=3, epochs=4, free_from=1930)


def restored(panel):
    *imports, call = panel.view.restore.splitlines()
    names = {}
    exec("\n".join(imports), names)
    return eval(call, names)


def test_every_control_gives_another_picture_and_other_words():
    panel = explore_sunspots(**QUICK)
    for name, value in dict(train_until=1900, hidden_size=16, bptt_steps=12, epochs=60, free_from=1950).items():
        before = panel.view.png, panel.view.caption
        panel.controls[name].value = value
        assert panel.view.png != before[0], name
        assert panel.view.caption != before[1], name
        assert f"{name}={value}" in panel.view.restore


def test_a_panel_trains_on_no_year_after_train_until(monkeypatch):
    widget.networks.cache_clear()
    days, _ = windows_for_years(YEARS, NUMBERS, 1921, 2008)
    guesses = widget.networks(1850, 4, 12, 5)(days)
    widget.networks.cache_clear()
    monkeypatch.setattr(widget, "NUMBERS", np.where(YEARS > 1850, 0, NUMBERS))
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


@pytest.mark.parametrize("setting", [
    dict(train_until=1733, hidden_size=3, bptt_steps=5, epochs=7, free_from=1977), QUICK,
    dict(train_until=1920, hidden_size=1, bptt_steps=12, epochs=301, free_from=1990),
])
def test_any_setting_is_taken_and_comes_back_from_the_restoring_code(setting):
    panel = explore_sunspots(**setting)
    assert {name: control.value for name, control in panel.controls.items()} == setting
    again = restored(panel)
    assert again.view.png == panel.view.png
    assert again.view.restore == panel.view.restore


@pytest.mark.parametrize(("wrong", "sentence"), [
    (dict(train_until=1921), "train_until is 1921, but at most 1920"), (dict(train_until=1712), "at least 1730"),
    (dict(hidden_size=0), "hidden_size is 0"), (dict(hidden_size=1000), "at most 64"),
    (dict(bptt_steps=13), "at most 12"),
    (dict(bptt_steps=None), "bptt_steps is None, but a whole number"), (dict(epochs=1e3), "whole number"),
    (dict(free_from=2008), "free_from is 2008, but at most 1990"), (dict(free_from="now"), "free_from is 'now'"),
])
def test_nonsense_is_refused_in_a_sentence(wrong, sentence):
    with pytest.raises((TypeError, ValueError), match=sentence) as problem:
        explore_sunspots(**wrong)
    assert "\n" not in str(problem.value)
