"""How well a habit is learned, by the number of timelines and of days with an answer."""

import numpy as np

from catrnn.lab.drawing.picture import Picture
from catrnn.lab.drawing.style import (
    BAND,
    DARK_GREY,
    GREY,
    PHONE,
    PREDICTION,
    SIZE,
    TARGET,
    TEXT,
    move_band,
    style_axes,
)
from catrnn.lab.drawing.text import counted, number, spread_labels

LOW, HIGH = 0.04, 1.6
"""Ends of the axis of misses, in portions: the same for every setting."""

TICKS = (0.05, 0.1, 0.2, 0.5, 1.0)
MOST, LEAD, NAME, END, NARROW_END = 64, 82, 86, 220, 350
"""Timelines that the axis has room for; where a line leads to its name, where the name begins, and
the end of the axis, on a wide page and on that of a phone."""

CURVES = 5
APART = 0.36
"""Powers of two between names that do not touch."""


class Lessons(Picture):
    """The typical miss on cats never seen, over the number of timelines; a line for each number of
    days with an answer, the chosen one with all its networks."""

    size = (7.6, 4.0)
    narrow_size = (PHONE, 4.2)

    def build(self, ax):
        style_axes(ax, "timelines to learn from", "typical miss (portions)")
        end = NARROW_END if self.narrow else END
        ax.set(xscale="log", yscale="log", xlim=(0.9, end), ylim=(LOW, HIGH))
        ax.set_xticks([1, 2, 4, 8, 16, 32, 64], [1, 2, 4, 8, 16, 32, 64])
        ax.set_yticks(TICKS, TICKS)
        ax.minorticks_off()
        self.band = ax.fill_between([1, 64], [LOW, LOW], [LOW, LOW], color=BAND, linewidth=0)
        (self.naive,) = ax.plot([], [], color=TARGET, linewidth=1.2, linestyle=":")
        self.lines = [ax.plot([], [], color=GREY, linewidth=1.2)[0] for _ in range(CURVES)]
        (self.chosen,) = ax.plot([], [], color=PREDICTION, linewidth=2.4, zorder=3)
        (self.networks,) = ax.plot([], [], "o", color=PREDICTION, markersize=4, alpha=0.6, zorder=4)
        (self.median,) = ax.plot([], [], "D", color=PREDICTION, markersize=9,
                                 markeredgecolor="white", zorder=5)
        self.names = [ax.text(NAME, 1, "", color=TEXT, fontsize=SIZE, va="center")
                      for _ in range(CURVES)]
        self.naive_name = ax.text(NAME, 1, "mean of days", color=TARGET, fontsize=SIZE, va="center")

    def show(self, timelines, misses: dict, graded: int, at: int, chosen, naive: float,
             name: str = ""):
        """timelines (K,): numbers of them. misses: {days with an answer: (K, S)} of S networks.

        graded, at: the setting that is chosen, and chosen (S,) the misses of its networks; naive:
        the miss of the mean of the days; name: of the habit.
        """
        medians = {days: np.median(each, axis=1) for days, each in misses.items()}
        self._lines(timelines, medians, graded, naive)
        known = misses.get(graded, np.full((len(timelines), 1), np.nan))
        self.chosen.set_data(timelines, np.median(known, axis=1))
        move_band(self.band, timelines, known.min(axis=1), known.max(axis=1))
        self.networks.set_data(np.full(len(chosen), at), np.clip(chosen, LOW, HIGH))
        self.median.set_data([at], [np.clip(np.median(chosen), LOW, HIGH)])
        self.caption = caption_of(timelines, medians, graded, at, chosen, naive, name)
        return self

    def _lines(self, timelines, medians: dict, graded: int, naive: float):
        """Move the lines; each leads to its name, and the names are kept apart."""
        ends = {days: each[-1] for days, each in medians.items()} | {"naive": naive}
        ends = {name: np.log2(np.clip(y, LOW, HIGH)) for name, y in ends.items()}
        heights = spread_labels(ends, APART, np.log2(LOW) + APART, np.log2(HIGH) - APART)
        for line, text, (days, median) in zip(self.lines, self.names, medians.items(), strict=True):
            line.set_data([*timelines, LEAD], [*median, 2 ** heights[days]])
            text.set(y=2 ** heights[days], text=f"{days} graded",
                     color=PREDICTION if days == graded else DARK_GREY,
                     fontweight="bold" if days == graded else "normal")
        self.naive.set_data([0.9, MOST, LEAD], [naive, naive, 2 ** heights["naive"]])
        self.naive_name.set_y(2 ** heights["naive"])


def caption_of(timelines, medians, graded, at, chosen, naive, name) -> str:
    """Tell what the chosen networks miss, and how many timelines halve the naive miss."""
    which = "the last day" if graded == 1 else f"the last {graded} days"
    told = (f"{name}, {which} of 20 with an answer. From "
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
