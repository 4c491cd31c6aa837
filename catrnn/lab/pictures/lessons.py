"""How well a habit is learned, by the number of timelines and of days with an answer."""

import numpy as np

from catrnn.lab.drawing.picture import Picture
from catrnn.lab.drawing.style import (
    BAND,
    DARK_GREY,
    GREY,
    PREDICTION,
    SIZE,
    TARGET,
    TEXT,
    move_band,
    style_axes,
)
from catrnn.lab.drawing.text import counted, number, stacked

LOW, HIGH = 0.04, 1.6
"""Ends of the axis of misses, in portions: the same for every setting."""

TICKS = (0.05, 0.1, 0.2, 0.5, 1.0)
MOST = 64
"""Timelines that the axis has room for."""

CURVES = 5
APART = 0.13
"""Powers of two between names that do not touch."""


class Lessons(Picture):
    """The typical miss on cats never seen, over the number of timelines; a line for each number of
    days with an answer, the chosen one with all its networks."""

    size = (7.6, 4.0)

    def build(self, ax):
        style_axes(ax, "timelines to learn from", "typical miss (portions)")
        ax.set(xscale="log", yscale="log", xlim=(0.9, 2.6 * MOST), ylim=(LOW, HIGH))
        ax.set_xticks([1, 2, 4, 8, 16, 32, 64], [1, 2, 4, 8, 16, 32, 64])
        ax.set_yticks(TICKS, TICKS)
        ax.minorticks_off()
        self.band = ax.fill_between([1, 64], [LOW, LOW], [LOW, LOW], color=BAND, linewidth=0)
        (self.naive,) = ax.plot([], [], color=TARGET, linewidth=1.2, linestyle=":")
        self.naive_name = ax.text(0.94, 1, "", color=TARGET, fontsize=SIZE, va="bottom")
        self.lines = [ax.plot([], [], color=GREY, linewidth=1.2)[0] for _ in range(CURVES)]
        (self.chosen,) = ax.plot([], [], color=PREDICTION, linewidth=2.4, zorder=3)
        (self.networks,) = ax.plot([], [], "o", color=PREDICTION, markersize=4, alpha=0.6, zorder=4)
        (self.median,) = ax.plot([], [], "D", color=PREDICTION, markersize=9,
                                 markeredgecolor="white", zorder=5)
        self.names = [ax.text(1.1 * MOST, 1, "", color=TEXT, fontsize=SIZE, va="center")
                      for _ in range(CURVES)]

    def show(self, timelines, misses: dict, graded: int, at: int, chosen, naive: float,
             name: str = ""):
        """timelines (K,): numbers of them. misses: {days with an answer: (K, S)} of S networks.

        graded, at: the setting that is chosen, and chosen (S,) the misses of its networks; naive:
        the miss of the mean of the days; name: of the habit.
        """
        medians = {days: np.median(each, axis=1) for days, each in misses.items()}
        self._lines(timelines, medians, graded)
        known = misses.get(graded, np.full((len(timelines), 1), np.nan))
        self.chosen.set_data(timelines, np.median(known, axis=1))
        move_band(self.band, timelines, known.min(axis=1), known.max(axis=1))
        self.networks.set_data(np.full(len(chosen), at), np.clip(chosen, LOW, HIGH))
        self.median.set_data([at], [np.clip(np.median(chosen), LOW, HIGH)])
        self.naive.set_data([0.9, 2.6 * MOST], [naive, naive])
        self.naive_name.set(y=1.03 * naive, text="mean of the days")
        self.caption = caption_of(timelines, medians, graded, at, chosen, naive, name)
        return self

    def _lines(self, timelines, medians: dict, graded: int):
        ends = [each[-1] for each in medians.values()]
        heights = 2 ** stacked(np.log2(ends), 3 * APART)
        parts = zip(self.lines, self.names, medians.items(), heights, strict=True)
        for line, text, (days, median), y in parts:
            line.set_data(timelines, median)
            text.set(y=y, text=f"{counted(days, 'day')} graded",
                     color=PREDICTION if days == graded else DARK_GREY,
                     fontweight="bold" if days == graded else "normal")


def caption_of(timelines, medians, graded, at, chosen, naive, name) -> str:
    """Tell what the chosen networks miss, and how many timelines halve the naive miss."""
    told = (f"{name}, the last {counted(graded, 'day')} of 20 with an answer. From "
            f"{counted(at, 'timeline')} the median of {len(chosen)} networks misses "
            f"{number(np.median(chosen), 2)} portions on cats never seen, the best "
            f"{number(np.min(chosen), 2)}, the worst {number(np.max(chosen), 2)}.")
    if graded not in medians:
        return told
    enough = [n for n, miss in zip(timelines, medians[graded], strict=True) if miss < naive / 2]
    half = f"Half of what the mean of the days misses, {number(naive / 2, 2)},"
    if not enough:
        return f"{told} {half} is not reached with {timelines[-1]}."
    return f"{told} {half} takes {counted(enough[0], 'timeline')}."
