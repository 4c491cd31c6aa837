"""The panel of notebook 11: it raises the cats that it says, and what the notebook says about them is so."""

import re

import numpy as np
import pytest

from catrnn.data import DAYS, TARGET
from catrnn.initializers import Weights, identity_init, normal_init
from catrnn.lab import explore_fates
from catrnn.lab.panels.fate_map import CURES, INITS, RATES, SIZES, row_of_fates
from catrnn.network import CatRNN
from catrnn.training import fate, train


def learned(panel):
    """Whole percents by hidden size and learning rate, as they stand in the cells."""
    return np.array([[int(text.get_text().split("%")[0]) for text in row] for row in panel.picture.shares])


def test_every_cell_holds_the_fates_of_forty_single_cats():
    for size, x, way, weights in ((2, 2, "first program", normal_init), (4, 3, "awake", identity_init)):
        rates = row_of_fates(size, way, 40, bptt_steps=1, carry_state=True)
        assert rates.shape == (5, 40)
        for k in range(0, 40, 7):
            cat = CatRNN.random(np.random.default_rng(k), size, RATES[x], weights)
            assert rates[x, k] == fate(train(cat, DAYS, TARGET, 40, bptt_steps=1, carry_state=True))


def test_each_cure_stands_alone_and_is_left_out_once():
    cures = {name: set(cured) for name, (_, cured) in INITS.items()}
    assert cures.pop("first program") == set()
    assert cures.pop("awake") == {1, 2, 3, 4}
    assert cures == {f"{k} alone": {k} for k in range(1, 5)} | {f"all but {k}": {1, 2, 3, 4} - {k} for k in range(1, 5)}


def test_the_arrays_of_the_cures_are_those_of_the_awake_weights():
    assert sorted(array for arrays in CURES.values() for array in arrays) == sorted(Weights._fields)


@pytest.fixture(scope="module")
def maps():
    """The captions and the shares that learned, by way to draw first weights."""
    panel, seen = explore_fates(), {}
    for way in INITS:
        panel.controls["init"].value = way
        seen[way] = (panel.view.caption, learned(panel))
    return seen


def test_as_the_notebook_says_identity_stops_nearly_all_explosions_and_three_ways_stop_all(maps):
    assert "exploded 17%" in maps["first program"][0]
    assert "exploded 2%" in maps["3 alone"][0]
    none = {way for way, (caption, _) in maps.items() if "exploded" not in caption}
    assert none == {"all but 2", "all but 4", "awake"}
    others = [way for way in maps if way.endswith("alone") and way != "3 alone"]
    assert all(int(re.search(r"exploded (\d+)%", maps[way][0])[1]) >= 12 for way in others)


def test_as_the_notebook_says_awake_cats_fill_eight_cells_and_no_way_saves_the_last_column(maps):
    awake = maps["awake"][1]
    assert (awake == 100).sum() == (awake[:, :4] == 100).sum() == 8
    assert max(shares[:, 4].max() for _, shares in maps.values()) == 60


def test_as_the_notebook_says_awake_cats_stand_a_carried_state():
    panel = explore_fates("awake", bptt_steps=1, carry_state=True)
    assert "exploded under 1%" in panel.view.caption
    panel.controls["init"].value = "first program"
    assert "exploded 33%" in panel.view.caption


def test_a_thousand_cats_are_raised_at_every_move():
    assert len(RATES) * len(SIZES) * 40 == 1000
    assert explore_fates(epochs=1).view.caption.startswith("After 1 epoch. Of 1,000 cats: ")
