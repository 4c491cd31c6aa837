"""How well letters are foretold, and ten names that a network wrote."""

from itertools import zip_longest

import numpy as np

from catrnn.lab.drawing.picture import Picture
from catrnn.lab.drawing.style import GREY, LOSS, PHONE, PREDICTION, SIZE, TEXT, style_axes
from catrnn.lab.drawing.text import counted as so_many
from catrnn.lab.drawing.text import number, percent, spread_labels

LOW, HIGH = 2.4, 5.0
"""Bits a letter: the ends of the chart."""

ROWS = 10
APART = 0.16
"""Bits between names that do not touch."""

MORE = "…"
LONGEST = 14
"""Letters of a name that have room."""


class Names(Picture):
    """Left, bits a letter by epoch: on the names learned, on names kept back, and of counts.

    Right, what was written: a full dot for a name that stands among those learned, a ring for a
    new one.
    """

    size, ratios = (9.0, 3.9), (1.7, 1)
    narrow_size = (PHONE, 6.8)
    narrow_ratios = (1.1, 1)

    def __init__(self, epochs: int = 100, ax=None):
        self.epochs = epochs
        super().__init__(ax)

    def build(self, axes):
        self.curves, self.page = axes
        style_axes(self.curves, "epoch", "bits a letter")
        self.curves.set(xlim=(0, 1.42 * self.epochs), ylim=(LOW, HIGH),
                        xticks=np.linspace(0, self.epochs, 6))
        (self.learned,) = self.curves.plot([], [], color=LOSS, linewidth=2)
        (self.kept,) = self.curves.plot([], [], color=PREDICTION, linewidth=2, linestyle="--")
        self.ends = [self._word(color) for color in (LOSS, PREDICTION)]
        (self.points,) = self.curves.plot(
            [], [], "o", color=TEXT, markersize=7, zorder=5, clip_on=False)
        self.rules, self.rule_words = [], []
        for _ in range(4):
            self.rules += self.curves.plot([], [], color=GREY, linewidth=1, linestyle=":")
            self.rule_words.append(self._word(TEXT))
        style_axes(self.page, title="what it writes")
        self.page.set(xlim=(0, 1), ylim=(ROWS + 0.5, -1), xticks=[], yticks=[])
        self.page.grid(visible=False)
        self.page.spines[:].set_visible(False)
        (self.old,) = self.page.plot([], [], "o", color=TEXT, markersize=8)
        (self.new,) = self.page.plot(
            [], [], "o", color=PREDICTION, markersize=8, markerfacecolor="none",
            markeredgewidth=1.5)
        self.lines = [
            self.page.text(0.14, row, "", fontsize=SIZE + 2, va="center") for row in range(ROWS)]
        self.page.text(0.02, ROWS + 0.1, "● learned from   ○ its own", color=TEXT, fontsize=SIZE,
                       va="center")

    def _word(self, color):
        return self.curves.text(1.02 * self.epochs, 0, "", color=color, fontsize=SIZE, va="center")

    def show(self, written: list, known: list, bits, epoch: int, counted: dict):
        """written: ten names; known: those learned from. bits (E + 1, 2): a letter, by epoch from
        0, on names learned and on names kept back; epoch: where the writer stands. counted: {what
        is counted: bits a letter on names kept back}, at most four."""
        bits = np.asarray(bits, dtype=float)
        seen = np.clip(np.nan_to_num(bits, nan=HIGH, posinf=HIGH), LOW, HIGH)
        for line, curve in zip((self.learned, self.kept), seen.T, strict=True):
            line.set_data(np.arange(len(seen)), curve)
        self.points.set_data([epoch, epoch], seen[epoch])
        for rule, height in zip_longest(self.rules, counted.values(), fillvalue=np.nan):
            rule.set_data([0, self.epochs], [height, height])

        ends = {"learned": seen[-1, 0], "kept back": seen[-1, 1], **counted}
        places = spread_labels(ends, APART, LOW, HIGH)
        for word, name in zip_longest([*self.ends, *self.rule_words], ends, fillvalue=""):
            word.set(y=places.get(name, LOW), text=name)

        old = np.array([name in set(known) for name in written])
        rows = np.arange(len(written))
        self.old.set_data(np.full(old.sum(), 0.05), rows[old])
        self.new.set_data(np.full((~old).sum(), 0.05), rows[~old])
        for line, name in zip_longest(self.lines, written, fillvalue=""):
            line.set_text(name if len(name) <= LONGEST else name[:LONGEST] + MORE)
        self.caption = self._caption(written, old, bits[epoch], epoch)
        return self

    def _caption(self, written: list, old, bits, epoch: int) -> str:
        said = ", ".join(name or "(nothing)" for name in written)
        return (
            f"After {so_many(epoch, 'epoch')}: {number(bits[0], 2)} bits a letter on the names "
            f"learned, {number(bits[1], 2)} on names kept back. It writes: {said}. "
            f"{percent(old.mean())} of them stand among the names that it learned from.")
