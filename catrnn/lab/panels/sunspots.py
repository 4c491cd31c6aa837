"""Notebook 13: does it work on the real world?"""

from functools import lru_cache

import numpy as np

from catrnn import checks
from catrnn.baselines import LinearModel
from catrnn.data import sunspots
from catrnn.evaluation import FIRST, INTERVALS, LAST, WINDOW, errors, peaks_met, windows_for_years
from catrnn.forecast import free_run
from catrnn.initializers import leaky_identity_init
from catrnn.lab.panel.controls import choice_slider, whole_slider
from catrnn.lab.panel.panel import Panel
from catrnn.lab.pictures.sunspots import Cycles
from catrnn.network import CatRNN
from catrnn.training import train

YEARS, NUMBERS = sunspots()
STARTS, RATE, CLIP, MOMENTUM, HUNDRED = 3, 0.2, 1.0, 0.9, 100
"""Few starts and long steps: a training that answers while you drag. Networks count in hundreds of sunspots."""


def explore_sunspots(train_until: int = LAST, hidden_size: int = 8, bptt_steps: int = WINDOW, epochs: int = 100,
                     free_from: int = LAST) -> Panel:
    """Return a panel that trains three networks on the sunspots of 1712 to train_until at every move.

    bptt_steps: years that the error goes back, 1 to 12; what the network sees is always 12 years. free_from: the last
    year of the sun that it sees when it runs free, 1920 to 1990. Test years are always those from 1921 on.
    Raises TypeError or ValueError for anything but whole numbers within these bounds; train_until 1730 to 1920,
    hidden_size 1 to 64, epochs 1 to 2,000.
    """
    for name, value, least, most in (("train_until", train_until, 1730, LAST), ("hidden_size", hidden_size, 1, 64),
                                     ("bptt_steps", bptt_steps, 1, WINDOW), ("epochs", epochs, 1, 2000),
                                     ("free_from", free_from, LAST, 1990)):
        checks.integer(name, value, least, most)
    picture = Cycles()

    def answer(train_until, hidden_size, bptt_steps, epochs, free_from):
        guess = networks(train_until, hidden_size, bptt_steps, epochs)
        tested, _ = windows_for_years(YEARS, NUMBERS, INTERVALS[0][0], INTERVALS[-1][1])
        scores = errors(YEARS, NUMBERS, lambda days: guess(days).mean(axis=0))
        years_left = int(YEARS[-1]) - free_from
        window, _ = windows_for_years(YEARS, NUMBERS, free_from + 1, free_from + 1)
        alone = free_run(guess, window, years_left)[..., 0, 0].T
        together = free_run(lambda days: guess(days).mean(axis=0), window, years_left).ravel()
        met = peaks_met(YEARS, NUMBERS, YEARS[free_from < YEARS], together)
        picture.show(YEARS, NUMBERS, guess(tested)[..., 0], scores, LINEAR, alone, together, free_from, met)
        picture.caption = (f"Trained up to {train_until} for {epochs} {'epoch' if epochs == 1 else 'epochs'}. "
                           f"{picture.caption}")

    controls = {
        "train_until": whole_slider("train until", train_until, 1760, LAST),
        "hidden_size": choice_slider("hidden size", hidden_size, (2, 4, 8, 16)),
        "bptt_steps": whole_slider("years back", bptt_steps, 1, WINDOW),
        "epochs": whole_slider("epochs", epochs, 1, 200),
        "free_from": whole_slider("run free after", free_from, LAST, 1990),
    }
    return Panel("Does it work on the real world?", picture, answer, controls, "explore_sunspots")


@lru_cache(maxsize=32)
def networks(train_until: int, hidden_size: int, bptt_steps: int, epochs: int):
    """Train three networks; return a function from windows (12, N, 1) to their guesses (3, N, 1), in sunspots."""
    days, answers = windows_for_years(YEARS, NUMBERS, FIRST, train_until)
    rngs = [np.random.default_rng(start) for start in range(STARTS)]
    cats = CatRNN.random(rngs, hidden_size, RATE, init=leaky_identity_init)
    train(cats, days / HUNDRED, answers / HUNDRED, epochs, bptt_steps=bptt_steps, clip=CLIP, momentum=MOMENTUM,
          record=False)
    return lambda days: HUNDRED * cats.predict([day / HUNDRED for day in days])


LINEAR = errors(YEARS, NUMBERS, LinearModel(*windows_for_years(YEARS, NUMBERS, FIRST, LAST)).predict)
"""The errors of the linear model on the same 12 years, trained until 1920."""
