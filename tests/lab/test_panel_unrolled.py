"""The panel of notebook 06: it walks as the network walks, and what the notebook says about it is so."""

import numpy as np
import pytest

from catrnn.data import DAYS
from catrnn.lab import explore_walk
from catrnn.lab.panels.unrolled import two_decimals
from catrnn.network import CatRNN


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
    panel, pictures = explore_walk(), []
    for backwards, cat in ((False, 214), (True, 214), (True, 3)):
        panel.controls["backwards"].value, panel.controls["cat"].value = backwards, cat
        for step in range(6):
            panel.controls["step"].value = step
            pictures.append((step, panel.view.png))
    assert len(set(pictures)) == len(pictures)


def test_as_the_notebook_says_order_matters_to_cat_214_and_not_to_2_7_and_8():
    assert predicted(214, DAYS) == pytest.approx(2.80, abs=0.005)
    assert predicted(214, DAYS[::-1]) == pytest.approx(1.35, abs=0.005)
    panel = explore_walk(backwards=True)
    for step in range(6):
        panel.controls["step"].value = step
        assert "shut" not in panel.view.caption
    assert [cat for cat in range(10) if predicted(cat, DAYS) == predicted(cat, DAYS[::-1])] == [2, 7, 8]
    for cat in (2, 7, 8):
        panel.controls["cat"].value = cat
        for backwards in (False, True):
            panel.controls["backwards"].value = backwards
            assert "nothing but out_b" in panel.view.caption
