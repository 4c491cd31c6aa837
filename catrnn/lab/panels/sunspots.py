"""Notebook 13: does it work on the real world?"""

from functools import lru_cache

import ipywidgets
import numpy as np
import traitlets

from catrnn.data import sunspots
from catrnn.evaluation import (
    CHOICE,
    FIRST,
    INTERVALS,
    LAST,
    WINDOW,
    linear,
    peaks_met,
    squared_misses,
    unit,
    windows_for_years,
)
from catrnn.forecast import free_run
from catrnn.initializers import leaky_identity_init
from catrnn.lab.drawing.text import counted
from catrnn.lab.panel.controls import choice_slider, whole_slider
from catrnn.lab.panel.decorator import panel
from catrnn.lab.panel.rules import true_or_false, whole
from catrnn.lab.pictures.sunspots import Cycles
from catrnn.network import CatRNN
from catrnn.training import train

STARTS, RATE, CLIP, MOMENTUM, HUNDRED = 3, 0.2, 1.0, 0.9, 100
"""Few starts and long steps: a training that answers while you drag. Networks count in hundreds of
sunspots."""

LINEAR_YEARS = 10
"""What the linear model sees: of 1 to 12 years those that do best from 1881 to 1920."""


class Tests(ipywidgets.HBox):
    """A button that opens the tests or shuts them again, and counts the looks. Read its `value`.

    others: the other controls; when one of them moves, the tests are shut.
    """

    value = traitlets.Bool()

    def __init__(self, opened: bool, others):
        self.looks = 0
        self.button = ipywidgets.Button(layout={"width": "17em"})
        self.told = ipywidgets.Label()
        super().__init__([self.button, self.told], layout={"flex_flow": "row wrap"})
        self.observe(self._count, "value")
        self.value = opened
        self._tell()
        self.button.on_click(lambda _: self.set_trait("value", not self.value))
        for control in others:
            control.observe(lambda _: self.set_trait("value", False), "value")

    def _count(self, change):
        self.looks += change.new
        self._tell()

    def _tell(self):
        """Say what pressing the button does, and how often the tests have had a say by now."""
        self.button.description = (
            "shut the tests" if self.value else "open the tests (costs a look)")
        times = "once" if self.looks == 1 else f"{self.looks} times"
        told = f"You have looked {times}." if self.looks else "You have not looked yet."
        self.told.value = f"{told} With each look the tests choose too, and judge less."


@panel("Does it work on the real world?", hidden_size=whole(1, 64), bptt_steps=whole(1, WINDOW),
       epochs=whole(1, 2000), free_from=whole(1845, 1900), tests_open=true_or_false)
def explore_sunspots(hidden_size: int = 8, bptt_steps: int = WINDOW, epochs: int = 100,
                     free_from: int = CHOICE[0] - 1, tests_open: bool = False):
    """Return a panel that trains three networks on the sun up to 1880, judged by 1881 to 1920.

    bptt_steps: years that the error goes back, 1 to 12; what the network sees is always 12 years.
    free_from: the last year of the sun that it sees when it runs free, 1845 to 1900. tests_open:
    whether three more, trained up to 1920 in the same way, are set before the years from 1921 on.
    Raises TypeError or ValueError for anything but True or False there, and whole numbers within
    these bounds elsewhere; hidden_size 1 to 64, epochs 1 to 2,000.
    """
    def compute(hidden_size, bptt_steps, epochs, free_from, tests_open):
        setting, end = (hidden_size, bptt_steps, epochs), LAST
        each = networks(CHOICE[0] - 1, *setting)
        asked, guesses, scores = judged(each, *CHOICE)
        if tests_open:
            each, end = networks(LAST, *setting), INTERVALS[-1][1]
            for interval in INTERVALS:
                more_years, more, score = judged(each, *interval)
                asked, guesses = np.r_[asked, more_years], np.hstack([guesses, more])
                scores |= score

        years, numbers = seen_until(end)
        window, _ = windows_for_years(years, numbers, free_from + 1, free_from + 1)
        alone = free_run(each, window, end - free_from)[..., 0, 0].T
        together = free_run(mean_of(each), window, end - free_from).ravel()
        met = peaks_met(years, numbers, years[years > free_from], together)
        epochs, back = counted(epochs, "epoch"), counted(bptt_steps, "year")
        trained = "1880, and anew up to 1920 for the tests," if tests_open else "1880"
        return dict(years=years, numbers=numbers, asked=asked, guesses=guesses, scores=scores,
                    alone=alone, together=together, free_from=free_from, met=met,
                    words=f"Trained up to {trained} for {epochs}, with blame {back} back. {{}}")

    controls = {
        "hidden_size": choice_slider("hidden size", hidden_size, (2, 4, 8, 16)),
        "bptt_steps": whole_slider("years back", bptt_steps, 1, WINDOW),
        "epochs": whole_slider("epochs", epochs, 1, 200),
        "free_from": whole_slider("run free after", free_from, 1845, 1900),
    }
    controls["tests_open"] = Tests(tests_open, list(controls.values()))
    return Cycles(), compute, controls


def judged(each, first: int, last: int) -> tuple:
    """Return the years first to last, what each start guesses for them, and the error of their mean
    guess beside that of the linear model, fitted on the same years, by (first, last)."""
    years, numbers = the_sun()
    days, _ = windows_for_years(years, numbers, first, last)
    misses = squared_misses(years, numbers, mean_of(each), first, last)
    pair = float(np.mean(misses) / unit(years, numbers)), linear_error(first, last)
    return np.arange(first, last + 1), each(days)[..., 0], {(first, last): pair}


def mean_of(each):
    """Return the mean guess of many starts, as a function of windows."""
    return lambda days: each(days).mean(axis=0)


@lru_cache(maxsize=1)
def the_sun() -> tuple:
    """Return years and sunspots (T,), read once."""
    return sunspots()


def seen_until(last: int) -> tuple:
    """Return years and sunspots up to a year."""
    years, numbers = the_sun()
    return years[years <= last], numbers[years <= last]


@lru_cache(maxsize=8)
def linear_error(first: int, last: int) -> float:
    """Return the error of the linear model: fitted up to 1880 for 1881 to 1920, else up to 1920."""
    years, numbers = the_sun()
    guess = linear(years, numbers, LINEAR_YEARS, last=min(first - 1, LAST))
    return float(np.mean(squared_misses(years, numbers, guess, first, last)) / unit(years, numbers))


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
