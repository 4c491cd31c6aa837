"""The panel of notebook 11: it raises the cats that it says, and what the notebook says about them is so."""

import numpy as np

from catrnn.data import DAYS, TARGET
from catrnn.initializers import identity_init, normal_init
from catrnn.lab import explore_fates
from catrnn.lab.panels.fate_map import INITS, RATES, SIZES, row_of_fates
from catrnn.network import CatRNN
from catrnn.training import fate, train


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
    cured = [set(arrays) for _, arrays in INITS.values()]
    assert cured == [set(), {"b", "output_b"}, {"b", "output_b", "output_c_w"},
                     {"b", "output_b", "output_c_w", "p_w"}, {"b", "output_b", "output_c_w", "p_w", "c_w"}]


def test_as_the_notebook_says_the_cures_stop_explosions_and_fill_eight_cells():
    panel = explore_fates()
    assert "exploded 17%" in panel.view.caption
    for way in ("identity", "awake"):
        panel.controls["init"].value = way
        assert "exploded" not in panel.view.caption
    assert (learned(panel) == 100).sum() == 8
    assert (learned(panel)[:, :4] == 100).sum() == 8
    assert learned(panel)[:, 4].max() <= 60


def test_as_the_notebook_says_awake_cats_stand_a_carried_state():
    panel = explore_fates("awake", bptt_steps=1, carry_state=True)
    assert "exploded under 1%" in panel.view.caption
    panel.controls["init"].value = "seed"
    assert "exploded 33%" in panel.view.caption


def test_a_thousand_cats_are_raised_at_every_move():
    assert len(RATES) * len(SIZES) * 40 == 1000
    assert explore_fates(epochs=1).view.caption.startswith("After 1 epoch. Of 1,000 cats: ")
