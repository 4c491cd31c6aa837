"""11: what each cure is worth, alone and in company, and what the fate map shows."""

import re

import numpy as np

from catrnn.data import DAYS, TARGET
from catrnn.lab.panels.fate_map import INITS, RATES, SIZES, row_of_fates
from catrnn.network import CatRNN
from catrnn.training import fate, train
from tests.helpers.claims import claim, printed, shares


def lines(cell: str) -> list:
    """Return the shares in each printed line of a cell."""
    return [shares(line) for line in printed(cell).splitlines()]


@claim("11-06", "With the state set back {44%} are dead in place of {48%}. The right gradient on top of it saves none: "
                "{46%}")
def _():
    (first_program,), _, (set_back,), (both,) = lines("11-05")
    return set_back, first_program, both


@claim("11-18", "*every* network ends under 0.01. But nearly half of them have learned 1.25 by heart")
def _():
    silent, small, _ = lines("11-17")[-1]
    assert small == 1
    assert 0.4 < silent < 0.5
    return ()


@claim("11-20", "a quarter of the dead stir when they get twice the fish, and {44%} at a feast")
def _():
    (same,), (twice,), (feast,) = lines("11-19")
    assert same == 0
    assert 0.23 < twice < 0.27
    return feast


@claim("11-23", "These {98} are **shut for good**")
def _():
    shut, dead = map(int, re.findall(r"\d+", printed("11-21")))
    assert shut == dead
    return shut


def table() -> dict:
    """Return {cures: (share with 2 units, with 8 units)} of the ten ways."""
    rows = re.findall(r"cures (\w+) .* (\d+)% .* (\d+)%", printed("11-26"))
    return {cures: (int(two) / 100, int(eight) / 100) for cures, two, eight in rows}


ALONE, WITHOUT = ("1", "2", "3", "4"), {"1": "234", "2": "134", "3": "124", "4": "123"}


@claim("11-27", "Nothing alone does that: the best single cure leaves 8 units at {68%}, and the fourth takes them from "
                "{47%} to {42%}")
def _():
    eight = {cures: shares[1] for cures, shares in table().items()}
    assert eight["1234"] == 1
    return max(eight[cure] for cure in ALONE), eight["none"], eight["4"]


@claim("11-27", "And none is idle, for without it fewer learn: with 8 units the second is missed most ({84%}), with 2 "
                "units the fourth ({62%} in place of {90%})")
def _():
    left_out = {size: {cure: table()[WITHOUT[cure]][size] for cure in ALONE} for size in (0, 1)}
    assert all(max(left_out[size].values()) < table()["1234"][size] for size in (0, 1))
    assert [min(left_out[size], key=left_out[size].get) for size in (0, 1)] == ["4", "2"]
    return left_out[1]["2"], left_out[0]["4"], table()["1234"][0]


@claim("11-27", "{65%} of the networks with 8 units learned by the blame of one day. With that of all days it is the "
                "{47%} of the first row")
def _():
    cats = CatRNN.random([np.random.default_rng(seed) for seed in range(1000)], 8)
    ends = fate(train(cats, DAYS, TARGET, 100, bptt_steps=1, record=False))
    return np.mean(ends == "learned"), table()["none"][1]


@claim("11-39", "Two thirds die: too long a step shuts the gates, and they stay shut. With steps cut short, as in "
                "[10](10_watch_gradients_vanish.ipynb), not one dies, though only about half arrive")
def _():
    _, (dead, _), (dead_clipped, learned) = lines("11-34")
    assert 0.63 < dead < 0.7
    assert dead_clipped == 0
    assert 0.45 < learned < 0.55
    return ()


@claim("11-48", "With 8 units and the first program's weights {47%} learn, with awake weights all, and no single cure "
                "does it. At ten times the learning rate {68%} of the awake networks are dead after 100 epochs")
def _():
    (_, awake), (dead, _), _ = lines("11-34")
    assert awake == 1
    assert max(table()[cure][1] for cure in ALONE) < 1
    return table()["none"][1], dead


def fates(way: str, days_back: int = 4, carried: bool = False) -> np.ndarray:
    """Return the fates of the panel's thousand, by hidden size, learning rate and network."""
    return np.array([row_of_fates(size, way, 100, days_back, carried) for size in SIZES])


def exploded(*setting) -> float:
    return np.mean(fates(*setting) == "exploded")


@claim("11-41", "identity alone takes the exploded from {17%} to {2%}, and that none explode with {all but 2, all but "
                "4, or awake}")
def _():
    alone = {cure: exploded(f"{cure} alone") for cure in ALONE}
    assert min(alone, key=alone.get) == "3"
    assert sorted(alone.values())[1] > 0.1
    *first, last = [way for way in INITS if exploded(way) == 0]
    return exploded("first program"), alone["3"], f"{', '.join(first)}, or {last}"


def learned(way: str) -> np.ndarray:
    """Return the share that learned in each cell."""
    return np.mean(fates(way) == "learned", axis=-1)


@claim("11-41", "Awake networks fill {eight} cells with 100%, up to a learning rate of {0.03}")
def _():
    full = learned("awake") == 1
    return full.sum(), max(np.array(RATES)[full.any(axis=0)])


@claim("11-41", "None of the {ten} ways saves the column of 0.1: no cell in it passes {60%}")
def _():
    return len(INITS), max(learned(way)[:, RATES.index(0.1)].max() for way in INITS)


@claim("11-41", "with a *carried state* and one day back, a third of the first program's networks explode, but under "
                "1% of the awake ones")
def _():
    assert 0.31 < exploded("first program", 1, True) < 0.35
    assert 0 < exploded("awake", 1, True) < 0.01
    return ()
