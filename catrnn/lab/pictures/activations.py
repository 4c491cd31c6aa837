"""What every hidden unit answered on every day."""

import numpy as np

from catrnn.lab.drawing.picture import Picture
from catrnn.lab.drawing.style import HEAT, SIZE, style_axes
from catrnn.lab.drawing.text import counted, in_a_cell

NUMBERS = 48
"""Most cells that still have room for a number each."""


class Activations(Picture):
    """A row for each hidden unit, a column for each day; white is 0 (the gate is shut), dark is
    the largest."""

    size = (4.6, 3.2)

    def build(self, ax):
        self.ax, self.texts, self.cells, self.shape = ax, [], None, None
        style_axes(ax, "day", "hidden unit")
        ax.grid(visible=False)
        ax.set(xlim=(-0.5, 0.5), ylim=(0.5, -0.5))
        ax.set_yticks([0], ["100"])

    def show(self, hidden, loudest: float | None = None):
        """hidden: (T, H), nothing below zero; not a number where the network has exploded.

        loudest: the number that is darkest, so that two pictures can be compared; None for the
        largest of these.
        """
        hidden = np.asarray(hidden)
        if hidden.shape != self.shape:
            self._lay_out(*hidden.shape)
        share = np.nan_to_num(hidden, nan=0.0, posinf=1e300)
        share = share / (loudest or share.max() or 1.0)
        self.cells.set_array(share.T)
        for text, value, dark in zip(
            self.texts, hidden.T.ravel(), share.T.ravel() > 0.45, strict=False
        ):
            text.set(text=in_a_cell(value), color="white" if dark else "black")
        self.caption = caption_of(hidden[-1], len(hidden))
        return self

    def _lay_out(self, n_days: int, n_units: int):
        for artist in (*self.texts, *([self.cells] if self.cells else [])):
            artist.remove()
        room = n_days * n_units <= NUMBERS and n_days <= 6
        places = [(day, unit) for unit in range(n_units) for day in range(n_days)] if room else []
        self.texts = [
            self.ax.text(day, unit, "", ha="center", va="center", fontsize=SIZE)
            for day, unit in places]
        edges = np.arange(n_days + 1) - 0.5, np.arange(n_units + 1) - 0.5
        self.cells = self.ax.pcolormesh(
            *edges, np.zeros((n_units, n_days)), cmap=HEAT, vmin=0, vmax=1)
        self.ax.set(xlim=(-0.5, n_days - 0.5), ylim=(n_units - 0.5, -0.5))
        for axis, n in ((self.ax.xaxis, n_days), (self.ax.yaxis, n_units)):
            every = 1 + (n - 1) // 10
            axis.set_ticks(range(0, n, every), range(1, n + 1, every))
        self.shape = (n_days, n_units)


def caption_of(last, day: int) -> str:
    """Tell the hidden state (H,) of the last day in a sentence."""
    awake = int((last > 0).sum())
    if not np.isfinite(last).all():
        return f"On Day {day} the hidden state is not a number any more."
    if not awake:
        return f"On Day {day} every hidden unit is 0."
    units = counted(len(last), "hidden unit")
    return (
        f"On Day {day}, {awake} of {units} {'is' if awake == 1 else 'are'} above 0, the loudest at "
        f"{in_a_cell(last.max())}.")
