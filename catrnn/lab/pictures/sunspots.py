"""The sun's cycles: seen coming one year ahead, and gone on with alone."""

import numpy as np
from matplotlib.collections import LineCollection

from catrnn.evaluation import INTERVALS
from catrnn.lab.drawing.picture import Picture
from catrnn.lab.drawing.style import BAND, GREY, PREDICTION, SIZE, TARGET, move_band, style_axes
from catrnn.lab.drawing.text import number

LOW, TOP = -15, 235
"""Ends of the charts, in sunspots."""
FIRST, LAST = 1910, 2009
"""Ends of the charts, in years."""
THIN, BROWN = "#E5A67C", "#9A5A2E"


class Cycles(Picture):
    """Above, one year ahead: each guess has seen 12 years of the sun. Below, running free: it
    sees its own guesses."""

    size = (8.4, 4.6)

    def axes(self):
        return self.figure.subplots(2, 1, sharex=True)

    def build(self, axes):
        self.ahead, self.alone = axes
        style_axes(self.ahead, "", "sunspots", "One year ahead, and its error")
        style_axes(self.alone, "year", "sunspots", "Running free")
        self.ahead.set(xlim=(FIRST, LAST), ylim=(LOW, TOP), yticks=(0, 50, 100, 150, 200))
        self.alone.set(ylim=(LOW, TOP), yticks=(0, 50, 100, 150, 200), xticks=range(1910, 2011, 10))
        self.ahead.tick_params(labelbottom=False)
        for first, _ in INTERVALS:
            self.ahead.axvline(first - 0.5, color=GREY, linewidth=1)
        self.band = self.ahead.fill_between([FIRST, LAST], 0, 0, color=BAND, linewidth=0)
        self.starts = self.alone.add_collection(
            LineCollection([], colors=THIN, linewidths=0.9), autolim=False)
        self.truths = [
            ax.plot(
                [], [], color=TARGET, linewidth=1.4, linestyle=":", marker="o", markersize=4,
                markerfacecolor="white"
            )[0]
            for ax in axes]
        self.guess, self.free = (ax.plot([], [], color=PREDICTION, linewidth=2.2)[0] for ax in axes)
        write_above(self.ahead, 0.53, "○ the sun", TARGET)
        write_above(self.ahead, 0.65, "— mean guess", PREDICTION)
        write_above(self.ahead, 0.82, "▬ all its starts", BROWN)
        write_above(self.alone, 0.65, "— together", PREDICTION)
        write_above(self.alone, 0.82, "— each start alone", BROWN)
        self.since = write_above(self.alone, 0.16, "", TARGET)
        self.scores = [
            self.ahead.text((first + last) / 2, 214, "", ha="center", fontsize=SIZE, color=TARGET)
            for first, last in INTERVALS]
        self.start = self.alone.axvline(1920.5, color=GREY, linewidth=1)

    def show(self, years, numbers, guesses, errors, linear, alone, together, free_from: int,
             met: tuple):
        """years, numbers (T,): the sun. guesses (starts, 88): one year ahead, for 1921 to 2008.

        errors, linear (3,): those of the mean guess and of the linear model, in the three
        intervals. alone (starts, A): each start running free after the year free_from; together
        (A,): all of them, fed with their mean guess. met: what
        `evaluation.peaks_met` says of these.
        """
        shown, tested = years >= FIRST, np.arange(INTERVALS[0][0], INTERVALS[-1][1] + 1)
        for truth in self.truths:
            truth.set_data(years[shown], numbers[shown])
        move_band(self.band, tested, held(guesses.min(axis=0)), held(guesses.max(axis=0)))
        self.guess.set_data(tested, held(guesses.mean(axis=0)))
        for text, error, other in zip(self.scores, errors, linear, strict=True):
            text.set_text(f"{score(error)} (linear {other:.2f})")
        to_come = free_from + np.arange(1, len(together) + 1)
        self.starts.set_segments([np.column_stack([to_come, held(one)]) for one in alone])
        self.free.set_data(to_come, held(together))
        self.start.set_xdata([free_from + 0.5] * 2)
        self.since.set_text(f"after {free_from} it sees only its own guesses")
        self.caption = (
            f"{errors_caption(errors, linear)} "
            f"{phase_caption(to_come, *met)}")
        return self


def write_above(ax, x: float, words: str, color: str):
    """Put words above an axis; x: 0 is its left end, 1 its right."""
    return ax.text(x, 1.05, words, color=color, fontsize=SIZE, transform=ax.transAxes)


def held(x) -> np.ndarray:
    """Return numbers that fit on the chart; what is not a number any more lies at its upper end."""
    return np.clip(np.nan_to_num(x, nan=TOP), LOW, TOP)


def score(error: float) -> str:
    """Return an error with two decimals, short if it is huge."""
    return number(error, 2) if error < 10 else "over 10"


def errors_caption(errors, linear) -> str:
    """Tell the errors of the three intervals."""
    parts = [f"{score(error)} in {first}-{last} (linear model {other:.2f})"
             for error, other, (first, last) in zip(errors, linear, INTERVALS, strict=True)]
    return f"One year ahead, the error is {', '.join(parts)}."


def phase_caption(to_come, met: int, of: int, missed: int | None, off: float) -> str:
    """Tell how many of the sun's peaks a free run meets, in the years to come, before one is
    late, early or missing."""
    until = f"Running free from {to_come[0]}"
    if missed is None:
        all_of = f"all {of} of the sun's peaks" if of > 1 else "the sun's one peak"
        return f"{until} to {to_come[-1]} it meets {all_of} within 2 years."
    words = (
        "it has no peak"
        if np.isnan(off)
        else f"it is {abs(off):.0f} years {'late' if off > 0 else 'early'}")
    return (
        f"{until} it meets {met} of {of} peaks within 2 years before it loses step: for the one of "
        f"{missed} {words}.")
