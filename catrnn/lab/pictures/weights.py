"""Every weight of a small cat as a bar, beside where it started."""

import numpy as np

from catrnn.lab.drawing.picture import Picture
from catrnn.lab.drawing.style import HIDDEN, PREDICTION, SIZE, TARGET, TEXT, style_axes

REACH = 3.5
"""The chart goes from -REACH to REACH; a weight beyond it is cut there."""

NAMES = {
    "recurrent.c_w": ("c_w", HIDDEN),
    "recurrent.b": ("b", HIDDEN),
    "recurrent.p_w": ("p_w", HIDDEN),
    "output.c_w": ("output\nc_w", PREDICTION),
    "output.b": ("output\nb", PREDICTION),
}


MOST_NUMBERED = 2
"""Hidden units that have room for a number under each of their weights."""

NUMBER_ROOM = 18
"""Points that these numbers take."""


def unit_numbers(n: int) -> list:
    """Return the number of the hidden unit that each weight belongs to, in the order of the bars.

    A weight of p_w belongs to today's unit; the output's bias, which is the last, to none.
    """
    own = [str(unit) for unit in range(1, n + 1)]
    return own + own + n * own + own


class Weights(Picture):
    """One bar a weight, grouped by the name of its array, with the number of its unit if they are
    few; a tick marks where it stood in the first epoch."""

    size = (6.4, 3.0)

    def build(self, ax):
        self.ax, self.bars, self.shape = ax, [], None
        style_axes(ax, "", "weight")
        ax.grid(visible=False, axis="x")
        ax.axhline(0, color=TARGET, linewidth=0.8)
        ax.set_ylim(-REACH, REACH)
        ax.set(xticks=[0], xticklabels=["two\nlines"], xlim=(-1, 1))
        ax.tick_params(axis="x", which="major", pad=NUMBER_ROOM)
        (self.first,) = ax.plot([], [], "_", color=TARGET, markersize=9, markeredgewidth=2)
        ax.text(
            0.01, 0.99, "black tick: first epoch", color=TEXT, fontsize=SIZE, va="top",
            transform=ax.transAxes, bbox=dict(facecolor="white", edgecolor="none", pad=1))

    def show(self, weights: dict, first: dict):
        """weights, first: arrays of one cat by the names that a History gives them."""
        places, centres, at = [], [], 0.0
        for name in NAMES:
            n = weights[name].size
            places.append(at + np.arange(n))
            centres.append(at + (n - 1) / 2)
            at += n + 1
        if [len(p) for p in places] != self.shape:
            self._lay_out(places, centres)
        now, then = (np.concatenate([w[name].ravel() for name in NAMES]) for w in (weights, first))
        for bar, value in zip(self.bars, np.clip(np.nan_to_num(now), -REACH, REACH), strict=True):
            bar.set_height(value)
        self.first.set_data(np.concatenate(places), np.clip(then, -REACH, REACH))
        moved = np.abs(now - then)
        if np.isfinite(moved).all():
            self.caption = (
                f"The weight that moved most since the first epoch moved by {moved.max():.4f}.")
        else:
            self.caption = "The weights are not numbers any more."
        return self

    def _lay_out(self, places: list, centres: list):
        for bar in self.bars:
            bar.remove()
        self.bars = [
            self.ax.bar(x, 0, width=0.8, color=colour)[0]
            for (_, colour), group in zip(NAMES.values(), places, strict=True)
            for x in group]
        labels = [label for label, _ in NAMES.values()]
        # Where there is no room for two names side by side, one stands for both.
        if len(places[1]) > 2:
            labels[-2:] = ["output\nc_w, b", ""]
        if len(places[1]) > 8:
            labels[:2] = ["c_w, b", ""]
        self.ax.set_xticks(centres, labels)
        units = unit_numbers(len(places[1])) if len(places[1]) <= MOST_NUMBERED else []
        self.ax.set_xticks(np.concatenate(places)[:len(units)], units, minor=True)
        self.ax.tick_params(axis="x", which="both", length=0)
        self.ax.tick_params(axis="x", which="major", pad=NUMBER_ROOM if units else 4)
        self.ax.set_xlim(-1, places[-1][-1] + 1)
        self.shape = [len(p) for p in places]
