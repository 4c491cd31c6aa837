"""How far ahead a guess can see: one cat's days to come, and the miss by days ahead."""

from functools import partial

import numpy as np
from matplotlib.ticker import MultipleLocator

from catrnn.lab.drawing.picture import Picture
from catrnn.lab.drawing.style import (
    BAND,
    GREY,
    INPUT,
    PHONE,
    PREDICTION,
    SIZE,
    TARGET,
    TEXT,
    move_band,
    style_axes,
)
from catrnn.lab.drawing.text import counted, number, spread_labels

LOW, WORST = -0.1, 0.95
"""The lowest portion and the highest typical miss on the charts, always the same."""
PAST = 16
"""Days of the chart before today."""

MANY = (0, (1.5, 1))
"""The dash of the mean of many futures."""

LOOKS = {
    "one path": (PREDICTION, "-"), "many futures": (PREDICTION, MANY), "linear": (TEXT, "--"),
    "own rule": (TEXT, (0, (6, 1.5))), "mean": (TEXT, ":"), "yesterday": (GREY, "-.")}
"""Every guess by name: its colour and dash. The first two are the network's."""


LEGEND = ((INPUT, "● eaten"), (PREDICTION, "× one step ahead"), (TARGET, "○ what came"),
          (PREDICTION, "◆ one path"), (PREDICTION, "┅ many futures"))
PLACES = ((0.0, 1.03), (0.14, 1.03), (0.42, 1.03), (0.62, 1.03), (0.79, 1.03))
NARROW_PLACES = ((0.0, 1.095), (0.24, 1.095), (0.65, 1.095), (0.0, 1.03), (0.3, 1.03))
"""What each mark of the left chart means, and where above it that stands."""


class Forecast(Picture):
    """Left, what a cat ate, what the network guessed one step ahead, and what it guesses when it
    runs free from today: along one path, and the mean of many futures.

    Right, the typical miss by days ahead: of both, and of guesses that need no network.
    """

    size, ratios = (9.0, 4.0), (2.1, 1)
    narrow_size = (PHONE, 6.6)
    narrow_ratios = (1.3, 1)

    def __init__(self, days_ahead: int = 14, ax=None):
        self.days_ahead = days_ahead
        super().__init__(ax)

    def build(self, axes):
        self.days, self.growth = axes
        room = " \n " if self.narrow else " "  # for the names
        style_axes(self.days, "days from today", "fish (portions)", title=room)
        style_axes(self.growth, "days ahead", "typical miss (portions)")
        last = self.days_ahead
        ticks = range(-12, last + 1, 4) if self.narrow else range(-14, last + 1, 2)
        self.days.set(xlim=(-PAST, last + 0.5), ylim=(LOW, 2), xticks=ticks)
        self.days.yaxis.set_major_locator(MultipleLocator(0.5))
        self.growth.set(xlim=(0.5, 1.75 * last + 0.5), ylim=(0, WORST), xticks=(1, 5, 10, last))
        self.days.axvline(0.5, color=GREY, linewidth=1)
        self.band = self.days.fill_between([0, 1], 0, 0, color=BAND, linewidth=0)
        (self.past,) = self.days.plot([], [], color=INPUT, linewidth=1.5, marker="o", markersize=5)
        (self.to_come,) = self.days.plot(
            [], [], color=TARGET, linewidth=1.2, linestyle=":", marker="o", markersize=7,
            markerfacecolor="none")
        (self.mean,) = self.days.plot([], [], color=PREDICTION, linewidth=2.5, linestyle=MANY)
        (self.free,) = self.days.plot(
            [], [], color=PREDICTION, linewidth=1.5, marker="D", markersize=5)
        (self.one_step,) = self.days.plot(
            [], [], "x", color=PREDICTION, markersize=7, markeredgewidth=1.5)
        (self.point,) = self.days.plot(
            [], [], "D", color=PREDICTION, markersize=12, markerfacecolor="none")
        for (color, words), place in zip(LEGEND, NARROW_PLACES if self.narrow else PLACES,
                                         strict=True):
            self.days.text(
                *place, words, color=color, fontsize=SIZE, transform=self.days.transAxes)
        self.ahead = self.growth.axvline(1, color=GREY, linewidth=1)
        self.lines, self.ends, self.leaders = {}, {}, {}
        for name, (color, dash) in LOOKS.items():
            (self.lines[name],) = self.growth.plot([], [], color=color, linestyle=dash, linewidth=2)
            (self.leaders[name],) = self.growth.plot([], [], color=color, linewidth=0.8)
            self.ends[name] = self.growth.text(
                1.16 * last, 0, name, color=color if color == PREDICTION else TEXT, va="center",
                fontsize=SIZE)

    def show(
        self, portions, day: int, one_step, free, futures, growth: dict, ahead: int,
        name: str = "This cat"
    ):
        """portions (T,): every day of the cat; day: which of them is today, from 1; the network
        runs free after it.

        one_step (T - W,): its guess for each of the last days, from the W before it. free (starts,
        A): one path of each start for the next A days; futures (starts, A, F): many paths of each,
        hit by chance. growth: {name of a guess: typical misses (A,) over many cats}; ahead: 1 to A.
        """
        portions, free = np.asarray(portions, dtype=float), np.asarray(free, dtype=float)
        first, last = max(0, day - PAST), min(len(portions), day + self.days_ahead)
        ways = np.arange(1, free.shape[1] + 1)
        middle, skipped = np.median(free, axis=0), len(portions) - len(one_step)
        mean, low, high = scatter(futures)
        top = np.ceil(2.2 * portions.max()) / 2  # the next half portion above
        held = partial(np.clip, a_min=LOW, a_max=top)
        if self.days.get_ylim()[1] != top:
            self.days.set_ylim(LOW, top)
        self.past.set_data(np.arange(first + 1, day + 1) - day, held(portions[first:day]))
        self.to_come.set_data(np.arange(day + 1, last + 1) - day, held(portions[day:last]))
        guessed = max(first, skipped)
        self.one_step.set_data(
            np.arange(guessed + 1, last + 1) - day,
            held(one_step[guessed - skipped : last - skipped]))
        self.free.set_data(ways, held(middle))
        self.mean.set_data(ways, held(mean))
        self.point.set_data([ahead], held(middle[ahead - 1:ahead]))
        move_band(self.band, ways, held(low), held(high))
        self._growth(growth, ahead)
        told = [values[ahead - 1] for values in (middle, mean, low, high)]
        self.caption = self._caption(portions, day, told, free, growth, ahead, name)
        return self

    def _growth(self, growth: dict, ahead: int):
        heights = {name: np.clip(misses, 0, WORST) for name, misses in growth.items()}
        for name, line in self.lines.items():
            line.set_data(np.arange(1, len(heights[name]) + 1), heights[name])
        ends = {name: misses[-1] for name, misses in heights.items()}
        for name, y in spread_labels(ends, 0.07 * WORST, 0.03, WORST).items():
            self.ends[name].set_y(y)
            last = self.days_ahead
            self.leaders[name].set_data([1.02 * last, 1.14 * last], [ends[name], y])
        self.ahead.set_xdata([ahead, ahead])

    def _caption(self, portions, day: int, told, free, growth: dict, ahead: int, name: str) -> str:
        path, mean, low, high = (number(value, 2) for value in told)
        misses = ", ".join(f"{who} {number(growth[who][ahead - 1], 2)}" for who in LOOKS)
        off = np.count_nonzero(~((free >= LOW) & (free <= self.days.get_ylim()[1])))
        days = counted(ahead, "day")
        return (
            f"{name}. After day {day} the network runs free: {days} ahead one path (the middle of "
            f"{len(free)} starts) says {path}, the mean of many futures {mean} (8 of 10 lie "
            f"between {low} and {high}), and the cat eats {number(portions[day + ahead - 1], 2)}. "
            f"Typical miss {days} ahead, over all unseen cats: {misses}."
            + (f" Held at the edge of the chart: {off} of {free.size} guesses." if off else ""))


def scatter(futures) -> tuple:
    """Return the mean of many futures (starts, A, F), the middle of the starts, and between what
    8 of 10 of all lie: three arrays (A,)."""
    futures = np.asarray(futures, dtype=float)
    low, high = np.quantile(futures, (0.1, 0.9), axis=(0, 2))
    return np.median(futures.mean(axis=-1), axis=0), low, high
