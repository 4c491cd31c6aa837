"""Notebook 13: does it work on the real world?"""

from functools import lru_cache

import numpy as np

from catrnn.baselines import LinearModel
from catrnn.data import sunspots
from catrnn.evaluation import FIRST, INTERVALS, LAST, WINDOW, errors, peaks_met, windows_for_years
from catrnn.forecast import free_run
from catrnn.initializers import leaky_identity_init
from catrnn.lab.panel.controls import choice_slider, whole_slider
from catrnn.lab.panel.panel import panel
from catrnn.lab.panel.rules import whole
from catrnn.lab.pictures.sunspots import Cycles
from catrnn.network import CatRNN
from catrnn.training import train

STARTS, RATE, CLIP, MOMENTUM, HUNDRED = 3, 0.2, 1.0, 0.9, 100
"""Few starts and long steps: a training that answers while you drag. Networks count in hundreds of
sunspots."""

TESTED = INTERVALS[0][0], INTERVALS[-1][1]
"""The first and the last year that is asked for."""


@panel("Does it work on the real world?", train_until=whole(1730, LAST), hidden_size=whole(1, 64),
       bptt_steps=whole(1, WINDOW), epochs=whole(1, 2000), free_from=whole(LAST, 1990))
def explore_sunspots(train_until: int = LAST, hidden_size: int = 8, bptt_steps: int = WINDOW,
                     epochs: int = 100, free_from: int = LAST):
    """Return a panel that trains three networks on the sun from 1712 to train_until.

    bptt_steps: years that the error goes back, 1 to 12; what the network sees is always 12 years.
    free_from: the last year of the sun that it sees when it runs free, 1920 to 1990. Test years are
    always those from 1921 on. Raises TypeError or ValueError for anything but whole numbers within
    these bounds; train_until 1730 to 1920, hidden_size 1 to 64, epochs 1 to 2,000.
    """
    def compute(train_until, hidden_size, bptt_steps, epochs, free_from):
        years, numbers = the_sun()
        each = networks(train_until, hidden_size, bptt_steps, epochs)

        def mean(days):
            return each(days).mean(axis=0)

        tested, _ = windows_for_years(years, numbers, *TESTED)
        window, _ = windows_for_years(years, numbers, free_from + 1, free_from + 1)
        years_left = int(years[-1]) - free_from
        alone = free_run(each, window, years_left)[..., 0, 0].T
        together = free_run(mean, window, years_left).ravel()
        met = peaks_met(years, numbers, years[years > free_from], together)

        trained = "1 epoch" if epochs == 1 else f"{epochs} epochs"
        return dict(years=years, numbers=numbers, guesses=each(tested)[..., 0],
                    errors=errors(years, numbers, mean), linear=linear_errors(),
                    alone=alone, together=together, free_from=free_from, met=met,
                    words=f"Trained up to {train_until} for {trained}. {{}}")

    controls = {
        "train_until": whole_slider("train until", train_until, 1760, LAST),
        "hidden_size": choice_slider("hidden size", hidden_size, (2, 4, 8, 16)),
        "bptt_steps": whole_slider("years back", bptt_steps, 1, WINDOW),
        "epochs": whole_slider("epochs", epochs, 1, 200),
        "free_from": whole_slider("run free after", free_from, LAST, 1990),
    }
    return Cycles(), compute, controls


@lru_cache(maxsize=1)
def the_sun() -> tuple:
    """Return years and sunspots (T,), read once."""
    return sunspots()


@lru_cache(maxsize=1)
def linear_errors() -> list:
    """Return the errors of the linear model on the same 12 years, trained until 1920."""
    years, numbers = the_sun()
    days, answers = windows_for_years(years, numbers, FIRST, LAST)
    return errors(years, numbers, LinearModel(days, answers).predict)


@lru_cache(maxsize=16)
def networks(train_until: int, hidden_size: int, bptt_steps: int, epochs: int):
    """Train three networks; return a function from windows (12, N, 1) to guesses (3, N, 1)."""
    years, numbers = the_sun()
    days, answers = windows_for_years(years, numbers, FIRST, train_until)
    rngs = [np.random.default_rng(start) for start in range(STARTS)]
    cats = CatRNN.random(rngs, hidden_size, RATE, init=leaky_identity_init)
    train(cats, days / HUNDRED, answers / HUNDRED, epochs, bptt_steps=bptt_steps, clip=CLIP,
          momentum=MOMENTUM, record=False)

    def guess(days):
        return HUNDRED * cats.predict([day / HUNDRED for day in days])

    return guess
