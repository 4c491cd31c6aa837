"""What became of many cats."""

import numpy as np

from catrnn.lab.drawing.picture import Picture
from catrnn.lab.drawing.style import BACKGROUND, HIDDEN, PREDICTION, SIZE, TARGET, TEXT, style_axes

KINDS = {
    "learned": dict(color=HIDDEN),
    "not yet": dict(facecolor="#DCEFE4", edgecolor=HIDDEN),
    "bias only": dict(facecolor=BACKGROUND, edgecolor=TEXT, hatch="///"),
    "dead": dict(color=TARGET),
    "exploded": dict(color=PREDICTION),
}


ROOM = 8
"""Smallest share, in percent, that still has room for its name; the caption tells them all."""


class Fates(Picture):
    """A bar of all cats for each way to train them, cut into the shares of their fates."""

    size = (8.4, 3.2)

    def build(self, ax):
        self.ax, self.artists = ax, []
        style_axes(ax, "share of the cats (%)", "")
        ax.grid(visible=False, axis="y")
        ax.set(xlim=(0, 100))
        ax.spines["left"].set_visible(False)
        ax.tick_params(axis="y", length=0)
        ax.set_yticks([0], ["about so much room"])

    def show(self, groups: dict):
        """groups: {name: fates of its cats}, fates as `training.fate` names them."""
        for artist in self.artists:
            artist.remove()
        self.artists, told = [], []
        self.ax.set_yticks(range(len(groups)), groups, parse_math=False)
        self.ax.set_ylim(len(groups) - 0.4, -0.95)
        for row, (name, fates) in enumerate(groups.items()):
            share = {kind: 100 * float(np.mean(np.asarray(fates) == kind)) for kind in KINDS}
            self._bar(row, share)
            shares = ", ".join(
                f"{kind} {percent:.0f}%" for kind, percent in share.items() if percent >= 0.5)
            told.append(f"{name}: {shares}.".replace("\n", " "))
        self.caption = " ".join(told)
        return self

    def _bar(self, row: int, share: dict):
        left = 0.0
        for kind, percent in share.items():
            self.artists += self.ax.barh(
                row, percent, left=left, height=0.55, linewidth=1, **KINDS[kind])
            if percent >= ROOM:
                filled = kind in ("learned", "dead", "exploded")
                on = (
                    dict(color="white")
                    if filled
                    else dict(bbox=dict(facecolor="white", edgecolor="none", pad=1.5)))
                middle = dict(x=left + percent / 2, ha="center", fontsize=SIZE)
                self.artists.append(
                    self.ax.text(y=row, s=f"{percent:.0f}", va="center", **middle, **on))
                self.artists.append(self.ax.text(y=row - 0.32, s=kind, va="bottom", **middle))
            left += percent
