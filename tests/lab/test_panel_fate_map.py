"""The panel of notebook 11: it raises the cats that it says, and what the notebook says about them is so."""

import numpy as np
import pytest

from catrnn.data import DAYS, TARGET
from catrnn.initializers import identity_init, normal_init
from catrnn.lab import explore_fates
from catrnn.lab.panels.fate_map import CURES, RATES, SIZES, cured, row_of_fates
from catrnn.network import CatRNN
from catrnn.training import fate, train
from tests.helpers.pictures import restored


def learned(panel):
    """Whole percents by hidden size and learning rate, as they stand in the cells."""
    return np.array([[int(text.get_text().split("%")[0]) for text in row] for row in panel.picture.shares])


def test_every_cell_holds_the_fates_of_forty_single_cats():
    for size, x, way, weights in ((2, 2, "seed", normal_init), (4, 3, "awake", identity_init)):
        rates = row_of_fates(size, way, 40, bptt_steps=1, carry_state=True)
        assert rates.shape == (5, 40)
        for k in range(0, 40, 7):
            cat = CatRNN.random(np.random.default_rng(k), size, RATES[x], weights)
            assert rates[x, k] == fate(train(cat, DAYS, TARGET, 40, bptt_steps=1, carry_state=True))


def test_each_way_to_draw_adds_one_cure_to_the_one_before():
    def drawn(way):
        return cured(way, np.random.default_rng(5), 1, 4)

    seed, awake = (draw(np.random.default_rng(5), 1, 4) for draw in (normal_init, identity_init))
    changed = [set(), {1, 4}, {1, 3, 4}, {1, 2, 3, 4}, {0, 1, 2, 3, 4}]
    for way, expected in zip(CURES, changed, strict=True):
        for k, (w, old, new) in enumerate(zip(drawn(way), seed, awake, strict=True)):
            assert np.array_equal(w, new if k in expected else old)


def test_as_the_notebook_says_the_cures_stop_explosions_and_fill_eight_cells():
    panel = explore_fates()
    assert "exploded 17%" in panel.view.caption
    for way in ("identity", "awake"):
        panel.controls["weights"].value = way
        assert "exploded" not in panel.view.caption
    assert (learned(panel) == 100).sum() == 8
    assert (learned(panel)[:, :4] == 100).sum() == 8
    assert learned(panel)[:, 4].max() <= 60


def test_as_the_notebook_says_awake_cats_stand_a_carried_state():
    panel = explore_fates("awake", bptt_steps=1, carry_state=True)
    assert "exploded under 1%" in panel.view.caption
    panel.controls["weights"].value = "seed"
    assert "exploded 33%" in panel.view.caption


def test_every_control_raises_other_cats():
    panel = explore_fates(epochs=50)
    for name, value in {"weights": "awake", "epochs": 20, "bptt_steps": 1, "carry_state": True}.items():
        before = panel.view.png, panel.view.caption
        panel.controls[name].value = value
        assert panel.view.png != before[0], name
        assert panel.view.caption != before[1], name
        assert f"{name}={value!r}" in panel.view.restore


@pytest.mark.parametrize("setting", [
    dict(weights="awake", epochs=3, bptt_steps=2, carry_state=True),
    dict(weights="small output", epochs=310, bptt_steps=1, carry_state=False),
    dict(weights="seed", epochs=1, bptt_steps=9, carry_state=True),
])
def test_any_setting_is_taken_and_comes_back_from_the_restoring_code(setting):
    panel = explore_fates(**setting)
    assert {name: control.value for name, control in panel.controls.items()} == setting
    again = restored(panel)
    assert again.view.png == panel.view.png
    assert again.view.restore == panel.view.restore


@pytest.mark.parametrize(("wrong", "sentence"), [
    (dict(weights="wild"), "weights is 'wild', but a way to draw them is expected"), (dict(weights=3), "weights is 3"),
    (dict(weights=[]), "a way to draw"), (dict(epochs=0), "epochs is 0"), (dict(epochs=1.5), "whole number"),
    (dict(epochs=float("nan")), "whole number"), (dict(bptt_steps=0), "bptt_steps is 0"),
    (dict(bptt_steps=None), "bptt_steps is None, but a whole number"),
])
def test_nonsense_is_refused_in_a_sentence(wrong, sentence):
    with pytest.raises((TypeError, ValueError), match=sentence) as problem:
        explore_fates(**wrong)
    assert "\n" not in str(problem.value)


def test_a_thousand_cats_are_raised_at_every_move():
    assert len(RATES) * len(SIZES) * 40 == 1000
    assert explore_fates(epochs=1).view.caption.startswith("After 1 epoch. Of 1,000 cats: ")
