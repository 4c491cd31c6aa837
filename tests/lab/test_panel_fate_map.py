"""The panel of notebook 11: it raises the cats that it says, and what the notebook says about them is so."""

import numpy as np

from catrnn.data import DAYS, TARGET
from catrnn.initializers import Weights, identity_init, normal_init
from catrnn.lab import explore_fates
from catrnn.lab.panels.fate_map import CURES, INITS, RATES, SIZES, row_of_fates
from catrnn.network import CatRNN
from catrnn.training import fate, train


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


def test_a_thousand_cats_are_raised_at_every_move():
    assert len(RATES) * len(SIZES) * 40 == 1000
    assert explore_fates(epochs=1).view.caption.startswith("After 1 epoch. Of 1,000 networks: ")
