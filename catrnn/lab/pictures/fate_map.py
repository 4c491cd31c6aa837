"""What became of many networks, by learning rate and hidden size."""

import numpy as np

from catrnn.lab.drawing.picture import Picture
from catrnn.lab.drawing.style import HIDDEN, PHONE, PREDICTION, RULE, SIZE, TARGET, style_axes
from catrnn.lab.drawing.text import counted, percent

MARKS = {
    "learned": dict(marker="s", color=HIDDEN),
    "not yet": dict(marker="s", markerfacecolor="#CFE8DA", markeredgecolor=HIDDEN),
    "bias only": dict(marker="o", markerfacecolor="white", markeredgecolor=TARGET),
    "dead": dict(marker="x", color=TARGET, markeredgewidth=1.3),
    "exploded": dict(marker="^", color=PREDICTION),
}
"""A mark for each fate, told apart by its shape too, in the order in which the networks of a cell
stand."""

RATES, SIZES = 5, 5
"""Columns and rows of cells that there is room for; in each four lines of cats."""

LINE = 10
"""Networks in a line of a cell."""


class FateMap(Picture):
    """A cell for each pair of learning rate and hidden size; in it a mark for every network, and
    the share that learned."""

    size = (8.4, 4.8)
    narrow_size = (PHONE, 5.6)

    def build(self, ax):
        self.ax = ax
        style_axes(ax, "learning rate", "hidden size (units)",
                   "In each cell: how many learned" if self.narrow else "")
        ax.grid(visible=False)
        right, top = (-0.5, 0.3) if self.narrow else (0.9, -0.5)  # room for the names
        ax.set(xlim=(-0.5, RATES + right), ylim=(-0.5, SIZES + top))
        ax.set_xticks([0], ["0.001"])
        ax.set_yticks([0], ["100"])
        ax.tick_params(length=0)
        ax.spines[["left", "bottom"]].set_visible(False)
        ax.xaxis.set_label_coords(RATES / (RATES + right + 0.5) / 2, -0.07)
        upright = [ax.plot([x - 0.5] * 2, [-0.5, SIZES - 0.5]) for x in range(RATES + 1)]
        level = [ax.plot([-0.5, RATES - 0.5], [y - 0.5] * 2) for y in range(SIZES + 1)]
        self.static = tuple(line for (line,) in upright + level)
        for line in self.static:
            line.set(color=RULE, linewidth=0.8, zorder=0)
        (self.frame,) = ax.plot([], [], color=HIDDEN, linewidth=2)
        self.marks = {
            kind: ax.plot([], [], linestyle="", markersize=5, **look)[0]
            for kind, look in MARKS.items()}
        style = dict(fontsize=SIZE, va="center")
        self.shares = np.array(
            [[ax.text(x - 0.4, y + 0.31, "", **style) for x in range(RATES)] for y in range(SIZES)])
        self.names = {
            kind: ax.text(*self._key(k), "", **style) for k, kind in enumerate(MARKS)}

    def _key(self, k: int) -> tuple:
        """Return where the name of a mark stands: beside the cells, or above them."""
        return (k - 0.25, SIZES - 0.1) if self.narrow else (RATES - 0.15, 4.1 - 0.55 * k)

    def show(self, fates, rates, sizes):
        """fates (S, R, N): of N networks for each of S hidden sizes and R learning rates, named as
        `training.fate` does."""
        fates = np.asarray(fates)
        self.ax.set_xticks(range(len(rates)), [f"{rate:g}" for rate in rates])
        self.ax.set_yticks(range(len(sizes)), sizes)
        kinds, of_all, more = list(MARKS), " of all", " learned"
        if self.narrow:
            of_all = more = ""
        rank = np.sort(np.select([fates == kind for kind in kinds], range(len(kinds))), axis=-1)
        y, x, k = np.indices(fates.shape)
        x, y = x - 0.36 + 0.08 * (k % LINE), y + 0.06 - 0.125 * (k // LINE)
        for n, kind in enumerate(kinds):
            key = self.names[kind].get_position()
            self.marks[kind].set_data([*x[rank == n], key[0] - 0.12], [*y[rank == n], key[1]])
            self.names[kind].set_text(f"{kind}\n{percent(np.mean(rank == n))}{of_all}")
        learned = np.mean(fates == "learned", axis=-1)
        for (y, x), text in np.ndenumerate(self.shares):
            text.set_text(
                f"{percent(learned[y, x])}{more}" if y < len(sizes) and x < len(rates) else "")
        self._frame_best(learned)
        self.caption = caption_of(fates, learned, rates, sizes)
        return self

    def _frame_best(self, learned):
        """Draw a line around the cells where most learn."""
        rows, columns = (
            np.nonzero(learned == learned.max()) if learned.max() > learned.min() else ([], []))
        square = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1), (np.nan, np.nan)]) * 0.47
        corners = [square + np.array([x, y]) for y, x in zip(rows, columns, strict=True)]
        self.frame.set_data(*(np.concatenate(corners).T if corners else ([], [])))


def caption_of(fates, learned, rates, sizes) -> str:
    """Tell the fates of all networks, and the cells where most and fewest learned."""
    shares = ", ".join(
        f"{kind} {percent(np.mean(fates == kind))}" for kind in MARKS if (fates == kind).any())
    every = f"Of {fates.size:,} networks: {shares}."
    if learned.max() == learned.min():
        return f"{every} In every cell {percent(learned.max())} learn."
    ends = []
    for end in (learned.max(), learned.min()):
        (y, x), *more = np.argwhere(learned == end)
        also = f", as in {counted(len(more), 'more cell')}" if more else ""
        ends.append(f"hidden size {sizes[y]} and learning rate {rates[x]:g} ({percent(end)}{also})")
    return f"{every} Most learn with {ends[0]}, fewest with {ends[1]}."
