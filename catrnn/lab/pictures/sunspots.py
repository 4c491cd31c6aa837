"""The sun's cycles: seen coming one year ahead, and gone on with alone."""

import numpy as np
from matplotlib.collections import LineCollection

from catrnn.evaluation import CHOICE, INTERVALS
from catrnn.evaluation import LAST as KNOWN
from catrnn.lab.drawing.picture import Picture
from catrnn.lab.drawing.style import (
    BAND,
    GREY,
    LIGHT_GREY,
    PHONE,
    PREDICTION,
    SIZE,
    TARGET,
    move_band,
    style_axes,
)
from catrnn.lab.drawing.text import number

LOW, TOP = -15, 275
"""Ends of the charts, in sunspots."""
FIRST, LAST = 1840, 2009
"""Ends of the charts, in years."""
START = "#D98C5F"
"""One start of many."""


class Cycles(Picture):
    """Above, one year ahead: each guess has seen 12 years of the sun. Below, running free: it
    sees its own guesses. Years that are not given lie behind a curtain."""

    size = (8.4, 4.2)
    narrow_size = (PHONE, 5.6)

    def axes(self):
        return self.figure.subplots(2, 1, sharex=True)

    def build(self, axes):
        self.ahead, self.alone = axes
        style_axes(self.ahead, "", "sunspots", "One year ahead, and its error")
        style_axes(self.alone, "year", "sunspots", "Running free")
        top = TOP + 40 * self.narrow  # for a line more of the errors
        for ax in axes:
            ax.set(xlim=(FIRST, LAST), ylim=(LOW, top), yticks=(0, 100, 200))
        self.alone.set_xticks(range(1840, 2011, 20))
        self.ahead.tick_params(labelbottom=False)
        for first, _ in (CHOICE, *INTERVALS):
            self.ahead.axvline(first - 0.5, color=GREY, linewidth=1)
        self.band = self.ahead.fill_between([FIRST, LAST], 0, 0, color=BAND, linewidth=0)
        self.starts = self.alone.add_collection(
            LineCollection([], colors=START, linewidths=0.9), autolim=False)
        self.truths = [
            ax.plot(
                [], [], color=TARGET, linewidth=1.2, linestyle=":", marker="o", markersize=3,
                markerfacecolor="white"
            )[0]
            for ax in axes]
        self.guess, self.free = (ax.plot([], [], color=PREDICTION, linewidth=2)[0] for ax in axes)
        sun, guess, band, together, alone, since = (0.53, 0.65, 0.81, 0.65, 0.81, 0.16)
        if self.narrow:
            sun, guess, band, together, alone, since = (0.0, 0.25, 0.58, 0.0, 0.3, 0.28)
            for ax in axes:
                ax.set_title(ax.get_title("left"), loc="left", pad=22,
                             fontsize=SIZE + 1, fontweight="bold")  # the names stand beneath
        write_above(self.ahead, sun, "○ the sun", TARGET)
        write_above(self.ahead, guess, "— mean guess", PREDICTION)
        legend(self.ahead, band, "all its starts", BAND, 7)
        write_above(self.alone, together, "— together", PREDICTION)
        legend(self.alone, alone, "each start alone", START, 2)
        self.since = write_above(self.alone, since, "", TARGET, 1.155 if self.narrow else 1.05)
        self.scores = [
            self.ahead.text(
                (first + last) / 2, top - 10, "", ha="center", va="top", fontsize=SIZE,
                color=TARGET)
            for first, last in (CHOICE, *INTERVALS)]
        self.curtain = [
            artist for ax in axes for artist in (
                ax.axvspan(KNOWN + 0.5, LAST, facecolor=LIGHT_GREY, edgecolor=GREY, hatch="//"),
                ax.text(
                    (KNOWN + LAST) / 2, 110, "the tests, shut", ha="center", fontsize=SIZE,
                    color=TARGET, bbox={"facecolor": "white", "edgecolor": "none"}))]
        self.start = self.alone.axvline(1920.5, color=GREY, linewidth=1)

    def show(self, years, numbers, asked, guesses, scores: dict, alone, together, free_from: int,
             met: tuple):
        """years, numbers (T,): the sun, as far as it may be seen: if no test year is given, a
        curtain hangs over the tests.

        asked (A,), guesses (starts, A): the years that were guessed one year ahead, and how.
        scores: {(first, last): (error of the mean guess, that of the linear model)} for some of
        the intervals. alone (starts, B): each start running free after the year free_from; together
        (B,): all of them, fed with their mean guess. met: what `evaluation.peaks_met` says of
        these.
        """
        shown = years >= FIRST
        for truth in self.truths:
            truth.set_data(years[shown], numbers[shown])
        for artist in self.curtain:
            artist.set_visible(bool(years[-1] <= KNOWN))
        move_band(self.band, asked, held(guesses.min(axis=0)), held(guesses.max(axis=0)))
        self.guess.set_data(asked, held(guesses.mean(axis=0)))
        for text, interval in zip(self.scores, (CHOICE, *INTERVALS), strict=True):
            text.set_text("")
            if interval in scores:
                error, other = scores[interval]
                says = "linear\n" if self.narrow else "linear "
                text.set_text(f"{score(error)}\n{says}{other:.2f}")
        to_come = free_from + np.arange(1, len(together) + 1)
        self.starts.set_segments([np.column_stack([to_come, held(one)]) for one in alone])
        self.free.set_data(to_come, held(together))
        self.start.set_xdata([free_from + 0.5] * 2)
        self.since.set_text(f"after {free_from} it sees only its own guesses")
        self.caption = f"{errors_caption(scores)} {phase_caption(to_come, *met)}"
        return self


def write_above(ax, x: float, words: str, color: str, y: float = 1.05):
    """Put words above an axis; x: 0 is its left end, 1 its right; y: 1 is its upper end."""
    return ax.text(x, y, words, color=color, fontsize=SIZE, transform=ax.transAxes)


def legend(ax, x: float, words: str, color: str, width: float) -> None:
    """Put words above an axis, behind a piece of the line or band that they stand for."""
    ax.plot([x, x + 0.02], [1.085] * 2, color=color, linewidth=width, transform=ax.transAxes,
            clip_on=False, solid_capstyle="butt", scalex=False, scaley=False)
    write_above(ax, x + 0.03, words, TARGET)


def held(x) -> np.ndarray:
    """Return numbers that fit on the chart; what is not a number any more lies at its upper end."""
    return np.clip(np.nan_to_num(x, nan=TOP), LOW, TOP)


def score(error: float) -> str:
    """Return an error with two decimals, short if it is huge."""
    return number(error, 2) if error < 10 else "over 10"


def errors_caption(scores: dict) -> str:
    """Tell the errors of the intervals."""
    parts = [f"{score(error)} in {first}-{last} (linear model {other:.2f})"
             for (first, last), (error, other) in scores.items()]
    return f"One year ahead, the error is {', '.join(parts)}."


def phase_caption(to_come, met: int, of: int, missed: int | None, off: float) -> str:
    """Tell how many of the sun's peaks a free run meets, in the years to come, before one is
    late, early or missing."""
    until = f"Running free from {to_come[0]} to {to_come[-1]}"
    if of == 0:
        return f"{until} there is no peak to meet."
    if missed is None:
        all_of = f"all {of} of the sun's peaks" if of > 1 else "the sun's one peak"
        return f"{until} it meets {all_of} within 2 years."
    words = (
        "it has no peak"
        if np.isnan(off)
        else f"it is {abs(off):.0f} years {'late' if off > 0 else 'early'}")
    return (
        f"{until} it meets {met} of {of} peaks within 2 years before it loses step: for the one of "
        f"{missed} {words}.")
