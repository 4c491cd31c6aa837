"""How far back blame reaches, by cell."""

import numpy as np

from catrnn.lab.drawing.picture import Picture
from catrnn.lab.drawing.style import GRADIENT, HIDDEN, PHONE, PREDICTION, SIZE, style_axes
from catrnn.lab.drawing.text import length, stacked

LOW, HIGH = 1e-12, 1e3
"""Ends of the axis of lengths: the same for every setting."""

TICKS = {1e-12: "a trillionth", 1e-9: "a billionth", 1e-6: "a millionth", 1e-3: "a thousandth",
         1: "1", 1e3: "a thousand"}

LOOKS = {"plain": (GRADIENT, "-", "o"), "GRU": (HIDDEN, (0, (5, 1.5)), "s"),
         "LSTM": (PREDICTION, (0, (1, 1)), "^")}
"""Colour, dash and marker of each cell."""

SIGNS = {"plain": "●", "GRU": "■", "LSTM": "▲"}


class Reach(Picture):
    """The length of a gradient after 0, 1, 2, ... days back, a line for each cell."""

    size = (8.0, 4.2)
    narrow_size = (PHONE, 4.2)

    def build(self, ax):
        self.ax, self.last = ax, None
        style_axes(ax, "days back", "", "Length of the gradient")
        ax.set(yscale="log", ylim=(LOW, HIGH))
        ax.set_yticks(list(TICKS), TICKS.values())
        ax.minorticks_off()
        self._days(100)
        self.lines, self.names = {}, {}
        for name, (color, dash, marker) in LOOKS.items():
            (self.lines[name],) = ax.plot(
                [], [], color=color, linestyle=dash, linewidth=2, marker=marker, markersize=6)
            self.names[name] = ax.text(0, 1, "", color=color, fontsize=SIZE, va="center")

    def show(self, lengths: dict, name: str = "Sent back"):
        """lengths: {"plain": (K+1,), "GRU": (K+1,), "LSTM": (K+1,)} of a gradient that begins with
        1. name: how the gates begin."""
        last = len(next(iter(lengths.values()))) - 1
        self._days(last)
        days, ends, leaves = np.arange(last + 1), [], []
        for cell, line in self.lines.items():
            line.set_data(days, shown(lengths[cell]))
            line.set_markevery(max(1, last // 10))
            ends.append(np.clip(lengths[cell][-1], 4 * LOW, HIGH / 4))
            leaves.append(np.flatnonzero(np.asarray(lengths[cell]) >= LOW)[-1])
        heights = 10 ** stacked(np.log10(ends), 0.9)
        for (cell, text), x, y in zip(self.names.items(), leaves, heights, strict=True):
            text.set(x=x + 0.03 * last, y=y, text=f"{SIGNS[cell]} {cell}")
        told = "; ".join(f"{cell} {said(lengths[cell])}" for cell in self.lines)
        self.caption = f"{name}. Of a gradient of length 1, {last} days back is left: {told}."
        return self

    def _days(self, last: int):
        """Let the chart go from 0 to `last` days back, with room for names on the right."""
        if self.last != last:
            self.last = last
            self.ax.set(
                xlim=(-0.02 * last, (1.22 if self.narrow else 1.14) * last),
                xticks=range(0, last + 1, max(1, last // 10)))


def shown(lengths) -> np.ndarray:
    """Return lengths of which those that are exactly 0 are not drawn."""
    lengths = np.asarray(lengths, dtype=float)
    return np.where(lengths > 0, lengths, np.nan)


def said(lengths) -> str:
    """Tell what is left at the end, or when it was gone."""
    if lengths[-1] == 0:
        return f"nothing, gone {np.argmax(np.asarray(lengths) == 0)} days back"
    return length(lengths[-1])
