"""07: what the panel makes of the first ten seeds."""

import math
from functools import lru_cache

import numpy as np

from catrnn.data import DAYS, TARGET
from catrnn.lab import explore_training
from catrnn.lab.exercises.catalogue.nb07_train_the_cat import SEEDS
from catrnn.network import CatRNN
from catrnn.training import fate, train
from tests.helpers.claims import claim, compute


@lru_cache
def ten(**other) -> list:
    """Return what the panel shows of the seeds 0 to 9: the loss in the end, and the verdict."""
    setting = dict(epochs=100, learning_rate=0.01, hidden_size=2, carry_state=True) | other
    shown = [compute(explore_training)(seed=seed, **setting) for seed in range(10)]
    return [(numbers["losses"][-1], numbers["verdict"]) for numbers in shown]


def seeds(kept) -> list:
    return [seed for seed, shown in enumerate(kept) if shown]


GOOD, DEAD = 0.01, "dead"


@claim("07-27", "Only the networks {1, 3 and 4} fit with a living unit. Networks {2 and 8} end with a small loss, yet "
                "the caption calls them dead; the other {five} are dead with a poor guess")
def _():
    fit, dead = ([words in verdict for _, verdict in ten()] for words in ("guess fits", DEAD))
    small = [loss < GOOD for loss, _ in ten()]
    poor = [d and not s for d, s in zip(dead, small, strict=True)]
    return seeds(fit), seeds(d and s for d, s in zip(dead, small, strict=True)), sum(poor)


@claim("07-27", "With a learning rate of 0.3 all {ten} end with a loss under 0.0001, and {nine} of them are dead: only "
                "their bias has moved to 1.25. Network {4} is the tenth")
def _():
    shown = ten(learning_rate=0.3)
    dead = seeds(DEAD in verdict for _, verdict in shown)
    (tenth,) = set(range(10)) - set(dead)
    return sum(loss < 0.0001 for loss, _ in shown), len(dead), tenth


@claim("07-27", "With 8 units {seven} of the ten explode")
def _():
    return sum("exploded" in verdict for _, verdict in ten(hidden_size=8))


@lru_cache
def thousand() -> tuple:
    """Train the thousand of the notebook; return their History and whether each is dead in the end."""
    cats = CatRNN.random([np.random.default_rng(seed) for seed in range(1000)], hidden_size=2)
    many = train(cats, DAYS, TARGET, 100, bptt_steps=1, carry_state=True)
    return many, np.isin(fate(many), ["dead", "bias only"])


@claim("07-37", "In {98%} of their units that were open at first, the bias ends lower than it began, and the input "
                "weight too: less and less comes through, until the gate shuts")
def _():
    many, dead = thousand()
    at_first = many.hidden[0, -1, :, 0] > 0
    killed = at_first.any(axis=-1) & dead
    fell = [(many.weights[name][-1] < many.weights[name][0])[killed, 0][at_first[killed]].mean()
            for name in ("recurrent.b", "recurrent.c_w")]
    assert killed.sum() == 184
    assert fell[0] == fell[1]
    return fell[0]


@claim("07-51", "Of 1,000 random starts {62%} end under a loss of 0.01, and {48%} are dead")
def _():
    many, dead = thousand()
    return (many.losses[-1] < 0.01).mean(), dead.mean()


@claim("five fates", "{Four} fates in {five} starts, from one program")
def _():
    many, _ = thousand()
    return len(set(fate(many)[list(SEEDS)])), len(SEEDS)


@claim("07-13", "the loss ends more than {200,000} times smaller than it began")
def _():
    many, _ = thousand()
    return math.floor(many.losses[0, 4] / many.losses[-1, 4] / 100_000) * 100_000


@claim("07-26", "what will network 4, whose loss is {0.000003}, say to no fish?")
def _():
    many, _ = thousand()
    return many.losses[-1, 4]
