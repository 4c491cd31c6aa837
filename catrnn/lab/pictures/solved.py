"""How many starts solve a task, by cell and by how long they have to remember."""

import numpy as np

from catrnn.lab.drawing.picture import Picture
from catrnn.lab.drawing.style import GRADIENT, HIDDEN, LOSS, PREDICTION, SIZE, style_axes
from catrnn.lab.drawing.text import stacked

LOOKS = ((LOSS, "-", "v"), (GRADIENT, "-", "o"), (HIDDEN, (0, (5, 1.5)), "s"),
         (PREDICTION, (0, (1, 1)), "^"))
"""Colour, dash and marker of each cell, in their order."""

SIGNS = "▼●■▲"


class Solved(Picture):
    """The share of starts that solve it, over the number of days; a line for each of up to four
    cells."""

    size = (8.0, 3.9)

    def build(self, ax):
        self.ax, self.days = ax, None
        style_axes(ax, "days", "starts that solve it (%)")
        ax.set(ylim=(-5, 106), yticks=(0, 25, 50, 75, 100))
        self._days((10, 100))
        self.lines = [
            ax.plot([], [], color=color, linestyle=dash, linewidth=2, marker=marker, markersize=8,
                    markeredgecolor="white")[0]
            for color, dash, marker in LOOKS]
        self.names = [
            ax.text(0, 0, "", color=color, fontsize=SIZE, va="center") for color, *_ in LOOKS]

    def show(self, days, solved: dict):
        """days (K,), rising; solved: {name of a cell: shares (K,), from 0 to 1}."""
        self._days(tuple(days))
        places = np.arange(len(days))
        ends = stacked([100 * shares[-1] for shares in solved.values()], 8)
        ends -= max(0, ends.max() - 100)
        rows = [*zip(solved.items(), ends, strict=True)]
        rows += [(("", ()), 0.0)] * (len(LOOKS) - len(rows))
        parts = zip(self.lines, self.names, SIGNS, rows, strict=True)
        for line, text, sign, ((name, shares), y) in parts:
            line.set_data(places[: len(shares)], 100 * np.asarray(shares, dtype=float))
            text.set(x=len(days) - 0.93, y=y, text=f"{sign} {name}" if name else "")
        self.caption = " ".join(
            f"{n} days: " + ", ".join(f"{name} {100 * shares[k]:.0f}%"
                                      for name, shares in solved.items()) + "."
            for k, n in enumerate(days))
        return self

    def _days(self, days: tuple):
        """Let the chart have a place for each number of days, with room for names on the right."""
        if self.days != days:
            self.days = days
            self.ax.set_xticks(range(len(days)), days)
            self.ax.set_xlim(-0.15, len(days) - 1 + 0.42 * len(days))
