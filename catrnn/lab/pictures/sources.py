"""Where a day's blame comes from: its own answer, and tomorrow."""

import numpy as np

from catrnn.lab.drawing.picture import Picture
from catrnn.lab.drawing.style import GRADIENT, GREY, SIZE, TARGET, style_axes
from catrnn.lab.drawing.text import minus, signed, signed_short

MOST_DAYS = 4
WIDE = 0.26
"""Days, of which a bar takes this much."""

KINDS = {
    "own answer": dict(facecolor=GRADIENT, edgecolor=GRADIENT),
    "from tomorrow": dict(facecolor="white", edgecolor=GRADIENT, hatch="///"),
    "together": dict(facecolor="white", edgecolor=TARGET, linewidth=2),
}
"""The three bars of a day, from left to right."""


class Sources(Picture):
    """Three bars a day: the blame of its own answer, that from tomorrow, and both together."""

    size = (7.6, 3.4)

    def build(self, ax):
        self.ax, self.scale = ax, None
        style_axes(ax, "", "blame of the state")
        ax.axhline(0, color=GREY, linewidth=1)
        ax.set_yticks([0], ["0"])
        self.bars, self.values = {}, {}
        for k, (name, look) in enumerate(KINDS.items()):
            at = np.arange(1, MOST_DAYS + 1) + (k - 1) * 1.15 * WIDE
            self.bars[name] = ax.bar(at, np.zeros(MOST_DAYS), WIDE, label=name, **look)
            self.values[name] = [ax.text(x, 0, "", color=TARGET, fontsize=SIZE, ha="center")
                                 for x in at]
        ax.legend(loc="upper center", bbox_to_anchor=(0.5, 1.2), ncols=3, fontsize=SIZE,
                  frameon=False)
        self._scale(3, 1.0)

    def show(self, own, tomorrow):
        """own, tomorrow (T,), oldest day first, T up to 4: the two sources of each day's blame."""
        own, tomorrow = np.asarray(own, float), np.asarray(tomorrow, float)
        each = dict(zip(KINDS, (own, tomorrow, own + tomorrow), strict=True))
        largest = max(np.abs(heights).max() for heights in each.values()) or 1.0
        self._scale(len(own), largest)
        for name, heights in each.items():
            seen = np.zeros(MOST_DAYS)
            seen[: len(heights)] = heights
            parts = zip(self.bars[name], self.values[name], seen, strict=True)
            for k, (bar, text, height) in enumerate(parts):
                bar.set_height(height)
                away = 0.05 * largest * (1 if height >= 0 else -1)
                text.set(y=height + away, va="bottom" if height >= 0 else "top",
                         text=minus(signed_short(height)) if k < len(own) else "")
        told = (f"Day {t + 1} own {signed(own[t], 2)}, from tomorrow {signed(tomorrow[t], 2)}, "
                f"together {signed(own[t] + tomorrow[t], 2)}" for t in reversed(range(len(own))))
        self.caption = f"The blame of each day's state, newest first: {'; '.join(told)}."
        return self

    def _scale(self, n_days: int, largest: float):
        if self.scale != (n_days, largest):  # new ticks have the axes drawn anew
            self.scale = n_days, largest
            self.ax.set(xlim=(0.4, n_days + 0.6), ylim=(-1.35 * largest, 1.35 * largest))
            self.ax.set_xticks(range(1, n_days + 1), [f"Day {t}" for t in range(1, n_days + 1)])
