"""The panels of notebooks 03 and 05: every control moves the caption, and the restoring code restores."""

import warnings

import numpy as np
import pytest

from catrnn.lab import explore_descent, explore_hinge

EDGE = 2 / np.linalg.eigvalsh(2 * np.array([[1.875, 2.5], [2.5, 4.0]]) / 4).max()


@pytest.mark.parametrize(("explore", "given"), [
    (explore_hinge, {"weight": 0.333, "bias": -7.5}), (explore_hinge, {"weight": -1, "bias": 0}),
    (explore_descent, {"learning_rate": 0.7074, "steps": 250}), (explore_descent, {"learning_rate": 1, "steps": 0}),
])
def test_any_setting_is_taken_and_restored(explore, given):
    panel = explore(**given)
    assert {name: control.value for name, control in panel.controls.items()} == given
    *lines, call = panel.view.restore.strip().splitlines()
    room = {}
    exec("\n".join(lines), room)
    again = eval(call, room)
    assert again.view.caption == panel.view.caption
    assert again.view.png == panel.view.png


@pytest.mark.parametrize(("explore", "name", "value"), [
    (explore_hinge, "weight", -1.0), (explore_hinge, "bias", 1.0), (explore_descent, "learning_rate", 0.5),
    (explore_descent, "steps", 7),
])
def test_each_control_moves_picture_and_caption(explore, name, value):
    panel = explore()
    before = panel.view.png, panel.view.caption
    panel.controls[name].value = value
    assert panel.view.png != before[0]
    assert panel.view.caption != before[1]
    assert panel.view.caption == explore(**{name: value}).view.caption


@pytest.mark.parametrize(("explore", "given"), [
    (explore_hinge, {"weight": float("nan")}), (explore_hinge, {"bias": "high"}), (explore_hinge, {"bias": None}),
    (explore_descent, {"learning_rate": float("nan")}), (explore_descent, {"learning_rate": -0.1}),
    (explore_descent, {"learning_rate": "fast"}), (explore_descent, {"steps": 1.5}), (explore_descent, {"steps": -1}),
])
def test_nonsense_is_refused_in_one_sentence_that_names_it(explore, given):
    with pytest.raises((TypeError, ValueError), match=r"; (try|give)") as refused:
        explore(**given)
    (name,) = given
    assert name.replace("_", " ") in str(refused.value).replace("_", " ")


def test_edge_parts_the_rates_that_arrive_from_those_that_explode():
    assert "arrives" in explore_descent(learning_rate=0.99 * EDGE, steps=2000).view.caption
    assert "explodes" in explore_descent(learning_rate=1.01 * EDGE, steps=2000).view.caption


def test_exploding_leaks_no_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for rate in (1.0, 1e6, 1e300):
            assert "off the chart" in explore_descent(learning_rate=rate, steps=200).view.caption
