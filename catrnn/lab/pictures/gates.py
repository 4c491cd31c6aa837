"""A memory with gates opened and shut by hand: what is in it, and which day has a say."""

import numpy as np

from catrnn.lab.drawing.picture import Picture
from catrnn.lab.drawing.style import (
    GHOST,
    GRADIENT,
    GREY,
    HIDDEN,
    INPUT,
    PHONE,
    PREDICTION,
    SIZE,
    TARGET,
    TEXT,
    move_band,
    style_axes,
)
from catrnn.lab.drawing.text import amount, counted, stacked

TOP = 2.0
"""Portions at the upper end of the chart; more is drawn at this end, and told in the caption."""

PARTS = {"▨ the first bell's day": (INPUT, "////"), "■ the days without": (GHOST, ""),
         "▩ the last bell's day": (HIDDEN, "....")}
"""Whose portions are in the memory, with colour and hatch."""


class Gates(Picture):
    """Left, what is in the memory after each day, and whose portions; right, how far the guess
    moves if a portion more had been eaten on a day."""

    size = (8.8, 3.9)
    ratios = (1.7, 1)
    narrow_size = (PHONE, 6.2)
    narrow_ratios = (1.2, 1)

    def build(self, axes):
        self.memory, self.say = axes
        self.n_days = None
        style_axes(self.memory, "day", "portions", "In the memory")
        style_axes(self.say, "day", "guess, per portion", "Who has a say")
        self.memory.set(ylim=(0, 1.3 * TOP), yticks=(0, 0.5, 1, 1.5, 2))
        self.say.set(ylim=(-0.05, 1.1), yticks=(0, 0.5, 1))
        self._days(3)
        self.bands = [
            self.memory.fill_between(
                [0, 1], 0, 0, facecolor=color, edgecolor="white", hatch=hatch, linewidth=0)
            for color, hatch in PARTS.values()]
        for k, (name, (color, _)) in enumerate(PARTS.items()):
            sign, words = name.split(" ", 1)
            at, how = ((0.01, 0.34, 0.66)[k], 0.95), {"va": "top", "fontsize": SIZE}
            self.memory.text(*at, sign, color=color, transform=self.memory.transAxes, **how)
            self.memory.annotate(
                words, at, (11, 0), "axes fraction", textcoords="offset points",
                color=TEXT if color == GHOST else color, **how)
        (self.answer,) = self.memory.plot(
            [], [], "o", color=TARGET, markersize=10, markerfacecolor="white", zorder=4)
        (self.guess,) = self.memory.plot(
            [], [], "D", color=PREDICTION, markersize=8, markeredgecolor="white", zorder=5,
            clip_on=False)
        self.names = [
            self.memory.text(0, 0, "", color=color, fontsize=SIZE, va="center")
            for color in (PREDICTION, TARGET)]
        self.edge = self.memory.axvline(0, 0, 1 / 1.3, color=GREY, linewidth=1)
        (self.lengths,) = self.say.plot([], [], "o-", color=GRADIENT, markersize=4, linewidth=1.5)

    def show(self, parts, say, guess: float, answer: float, name: str = "By hand"):
        """parts (T, 3): of what is in the memory after each day, from the first bell's day, from
        the days without a bell, and from the last bell's day. say (T,): how far the guess moves if
        a portion more is eaten on that day. name: how the gates stand.
        """
        parts, say = np.asarray(parts, dtype=float), np.asarray(say, dtype=float)
        n_days = len(parts)
        self._days(n_days)
        edges = np.repeat(np.arange(n_days + 1) + 0.5, 2)[1:-1]
        below = np.zeros(2 * n_days)
        for band, part in zip(self.bands, parts.T, strict=True):
            above = np.minimum(TOP, below + np.repeat(part, 2))
            move_band(band, edges, below, above)
            below = above
        last = n_days + 0.5
        self.edge.set_xdata([last, last])
        heights = np.clip([guess, answer], 0, TOP)
        for marker, y in zip((self.guess, self.answer), heights, strict=True):
            marker.set_data([last + 0.06 * n_days], [y])
        said = f"guess {amount(guess)}", f"answer {amount(answer)}"
        beside = stacked(np.maximum(heights, 0.09), 0.17)  # not on the axis
        for text, y, words_of in zip(self.names, beside, said, strict=True):
            text.set(x=last + 0.11 * n_days, y=y, text=words_of)
        self.lengths.set_data(np.arange(1, n_days + 1), np.clip(say, 0, 1.1))
        self.caption = (
            f"{name}. After {counted(n_days, 'day')} the guess is {amount(guess)}, the answer "
            f"{amount(answer)}. A portion more on Day 1 would move the guess by {amount(say[0])}, "
            f"one on Day {n_days} by {amount(say[-1])}.")
        return self

    def _days(self, n_days: int):
        """Let both charts go from Day 1 to the last, with room for guess and answer."""
        if self.n_days != n_days:
            self.n_days = n_days
            ticks = sorted({1, *range(0, n_days + 1, -(-n_days // 6) or 1)[1:], n_days})
            ticks = [t for t in ticks if t in (1, n_days) or 1 < t <= n_days - n_days // 12 - 1]
            self.memory.set(xlim=(0.5, 0.5 + 1.42 * n_days), xticks=ticks)
            self.say.set(xlim=(1 - 0.06 * n_days, 1.06 * n_days), xticks=ticks)
