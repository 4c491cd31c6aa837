"""The panel of notebook 06: it walks as the network walks, and what the notebook says about it is so."""

import numpy as np
import pytest

from catrnn.data import DAYS, PORTIONS
from catrnn.lab import explore_walk
from catrnn.lab.panels.unrolled import two_decimals
from catrnn.network import CatRNN
from tests.helpers.pictures import restored


def settings(panel) -> dict:
    return {name: control.value for name, control in panel.controls.items()}


def predicted(cat, days):
    return CatRNN.random(np.random.default_rng(cat), 2, init=two_decimals).predict(days).item()


@pytest.mark.parametrize("cat", [214, 3, 6])
def test_the_last_step_shows_the_prediction_of_that_cat_in_that_order(cat):
    panel = explore_walk(step=5, cat=cat)
    assert f"{predicted(cat, DAYS):.2f} portions".replace("-", "−") in panel.view.caption
    panel.controls["backwards"].value = True
    assert f"{predicted(cat, DAYS[::-1]):.2f} portions".replace("-", "−") in panel.view.caption


def test_every_step_has_a_picture_and_words_of_its_own():
    panel = explore_walk()
    pictures, words = {panel.view.png}, {panel.view.caption}
    for step in range(1, 6):
        panel.controls["step"].value = step
        pictures.add(panel.view.png)
        words.add(panel.view.caption)
    assert len(pictures) == len(words) == 6


def test_each_control_changes_the_picture_at_every_step():
    for step in range(6):
        panel = explore_walk(step=step)
        before = panel.view.png
        panel.controls["backwards"].value = True
        turned = panel.view.png
        panel.controls["cat"].value = 3
        assert len({before, turned, panel.view.png}) == 3


def test_as_the_notebook_says_order_matters_to_cat_214_and_not_to_2_7_and_8():
    assert predicted(214, DAYS) == pytest.approx(2.80, abs=0.005)
    assert predicted(214, DAYS[::-1]) == pytest.approx(1.35, abs=0.005)
    assert not any("shut" in explore_walk(step=step, backwards=True).view.caption for step in range(6))
    assert [cat for cat in range(10) if predicted(cat, DAYS) == predicted(cat, DAYS[::-1])] == [2, 7, 8]
    for cat in (2, 7, 8):
        for backwards in (False, True):
            assert "nothing but out_b" in explore_walk(step=5, cat=cat, backwards=backwards).view.caption


@pytest.mark.parametrize("days", [PORTIONS, [0.1, 1 / 3], (2, 0, 1, 0, 2, 7), np.array([0.5, -0.25, 1000.0])])
@pytest.mark.parametrize(("cat", "backwards"), [(214, False), (12345, True)])
def test_any_setting_is_taken_and_comes_back_from_the_restoring_code(days, cat, backwards):
    panel = explore_walk(days=days, step=len(days) + 1, cat=cat, backwards=backwards)
    assert settings(panel) == {"step": len(days) + 1, "cat": cat, "backwards": backwards}
    assert ("days" in panel.view.restore) == (list(days) != PORTIONS)
    again = restored(panel)
    assert settings(again) == settings(panel)
    assert again.view.png == panel.view.png
    assert again.view.restore == panel.view.restore


@pytest.mark.parametrize(("given", "message"), [
    ({"days": "fish"}, "days holds"),
    ({"days": [0.5, float("nan")]}, "contains nan"),
    ({"days": []}, "portions"),
    ({"days": [[0.5, 0.6]]}, "a flat list of days is expected"),
    ({"days": [0.5]}, "room for 2 to 6"),
    ({"days": [0.5] * 7}, "days has 7 portions, but the drawing has room for 2 to 6"),
    ({"days": [0.5, 2000]}, "days holds 2000, but the boxes have room for 1000"),
    ({"step": -1}, "step is -1, but at least 0"),
    ({"step": 6}, "step is 6, but the guess is step 5"),
    ({"step": 1.5}, "a whole number is expected"),
    ({"cat": "Tom"}, "a whole number is expected"),
    ({"cat": -3}, "cat is -3, but at least 0"),
    ({"cat": True}, "a whole number is expected"),
])
def test_nonsense_is_refused_in_one_sentence(given, message):
    with pytest.raises((TypeError, ValueError), match=message) as problem:
        explore_walk(**given)
    assert "\n" not in str(problem.value)


def test_the_stored_picture_carries_its_caption():
    panel = explore_walk(step=2)
    bundle, _ = panel._repr_mimebundle_()
    assert bundle["text/plain"].endswith(panel.view.caption)
    assert bundle["image/png"]
