"""How the loss fell, or did not, epoch by epoch."""

import numpy as np

from catrnn.lab.drawing.picture import Picture
from catrnn.lab.drawing.style import GREY, LOSS, SIZE, TEXT, loss_axis, style_axes
from catrnn.lab.drawing.text import number, stacked

LOW, HIGH = 1e-6, 1e4
"""The chart's ends (portions squared): always the same, so that two settings can be compared by
eye."""

APART = 0.55
"""Decades between names that do not touch."""

DASHES = ("-", "--", ":", "-.", (0, (6, 1.5, 1, 1.5, 1, 1.5)))


class LossCurve(Picture):
    """The loss of one cat, or of a few, over the epochs, on a logarithmic axis from a millionth
    to ten thousand."""

    size = (6.4, 3.6)

    def build(self, ax):
        self.ax = ax
        style_axes(ax, "epoch", "loss (portions squared)")
        loss_axis(ax, LOW, HIGH)
        ax.set_xlim(1, 100)
        ax.axhspan(1e3, HIGH, color="#F3E9F0", zorder=0)
        ax.axhline(1e-2, color=GREY, linewidth=1, linestyle=":")
        ax.text(0.98, 0.008, "good guess below", color=TEXT, ha="right", va="top", fontsize=SIZE,
                transform=ax.get_yaxis_transform())
        ax.text(0.98, 3e3, "exploded", color=TEXT, ha="right", va="center", fontsize=SIZE,
                transform=ax.get_yaxis_transform())
        self.lines, self.texts = [], []
        (self.marker,) = ax.plot(
            [], [], "o", color=LOSS, markersize=8, markeredgecolor="white", clip_on=False)
        self.marker.set_zorder(5)

    def show(self, losses, last_epoch: int | None = None, names=("",), marked: int | None = None):
        """losses: (E,) for one cat or (E, M) for a few; names: one for each; marked: the epoch
        that gets a dot."""
        many = np.asarray(losses).reshape(len(losses), -1)
        seen = np.clip(np.nan_to_num(many, nan=HIGH, posinf=HIGH), LOW, HIGH)
        marked = len(many) if marked is None else marked
        last_epoch = max(2, last_epoch or len(many))
        longest = max(map(len, names))
        self.ax.set_xlim(
            1, last_epoch * (1.05 + 0.018 * longest if longest else 1)
        )  # room for the names
        self._lines(many.shape[1])
        for line, curve in zip(self.lines, seen.T, strict=True):
            line.set_data(np.arange(1, len(many) + 1), curve)
        heights = 10 ** stacked(np.log10(np.maximum(seen[-1], 2 * LOW)), APART)
        for text, y, name in zip(self.texts, heights, names, strict=True):
            text.set(x=len(many) + 0.012 * last_epoch, y=y, text=name)
        self.marker.set_data([marked] * many.shape[1], seen[marked - 1])
        told = zip(names, map(caption_of, many.T), strict=True)
        self.caption = " ".join(
            f"{name}: {sentence}" if name else sentence for name, sentence in told)
        return self

    def _lines(self, n: int):
        while len(self.lines) > n:
            self.lines.pop().remove()
            self.texts.pop().remove()
        while len(self.lines) < n:
            dash = DASHES[len(self.lines) % len(DASHES)]
            self.lines += self.ax.plot([], [], color=LOSS, linewidth=2, linestyle=dash)
            self.texts.append(
                self.ax.text(0, 0, "", color=LOSS, ha="left", va="center", fontsize=SIZE,
                             parse_math=False))


def caption_of(losses) -> str:
    """Tell a loss curve (E,) in a sentence."""
    if not losses[-1] <= HIGH:
        return (
            f"The loss starts at {number(losses[0])} and is off the chart from epoch "
            f"{last_rise(losses)} on.")
    end = "under 0.0001" if losses[-1] < 1e-4 else number(losses[-1])
    return f"The loss goes from {number(losses[0])} to {end} in {len(losses)} epochs."


def last_rise(losses) -> int:
    """Return the epoch from which the loss stays off the chart."""
    fine = np.flatnonzero(losses <= HIGH)
    return int(fine[-1]) + 2 if len(fine) else 1
