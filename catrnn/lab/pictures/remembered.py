"""What the hidden units came to remember, and the day back that each looks at."""

import numpy as np

from catrnn.lab.drawing.picture import Picture
from catrnn.lab.drawing.style import HEAT, INPUT, SIZE, style_axes
from catrnn.lab.drawing.text import counted, named_units

NUMBERS = 64
"""Most cells that still have room for a number each."""


class Remembered(Picture):
    """A row for each hidden unit. Left, beneath the portions, what it answered every day; right,
    how far it moves when one of the last days is nudged. White is 0, dark is the most in its
    chart."""

    size = (9.0, 4.6)

    def axes(self):
        """Return the portions, beneath them the answers, and beside these the nudges."""
        grid = self.figure.add_gridspec(2, 2, width_ratios=(1.25, 1), height_ratios=(1, 2.2))
        answers = self.figure.add_subplot(grid[1, 0])
        return (
            self.figure.add_subplot(grid[0, 0], sharex=answers), answers,
            self.figure.add_subplot(grid[1, 1]))

    def build(self, axes):
        self.portions, self.answers, self.nudges = axes
        style_axes(self.portions, "", "portions")
        style_axes(self.answers, "day", "hidden unit")
        style_axes(self.nudges, "days back", "hidden unit")
        self.portions.set(ylim=(0, 2.2), yticks=(0, 1, 2))
        self.portions.tick_params(labelbottom=False)
        for ax in (self.answers, self.nudges):
            ax.grid(visible=False)
            ax.set(xlim=(-0.5, 7.5), ylim=(7.5, -0.5), yticks=range(8), yticklabels=range(1, 9))
        (self.line,) = self.portions.plot(
            [], [], color=INPUT, linewidth=1.5, marker="o", markersize=3.5)
        self.figure.text(
            0.6, 0.86, "How far does each hidden unit move,\nper portion, when one day is nudged?",
            fontsize=SIZE + 1, va="center")
        self.cells = []

    def show(self, portions, hidden, moved):
        """portions (T,); hidden (T, H): the answers; moved (W, H): change per portion nudged,
        oldest day first."""
        portions, hidden, moved = (np.asarray(x, dtype=float) for x in (portions, hidden, moved))
        n_days = len(hidden)
        self.line.set_data(np.arange(n_days), np.clip(portions, 0, 2.2))
        for artist in self.cells:
            artist.remove()
        self.cells = [self._heat(self.answers, hidden), self._heat(self.nudges, moved)]
        every = max(1, n_days // 6)
        self.answers.set_xticks(range(0, n_days, every), range(1, n_days + 1, every))
        self.nudges.set_xticks(range(len(moved)), range(len(moved), 0, -1))
        largest = moved.max() or 1.0
        for day, unit in np.ndindex(*moved.shape if moved.size <= NUMBERS else (0, 0)):
            color = "white" if moved[day, unit] > 0.45 * largest else "black"
            self.cells.append(
                self.nudges.text(
                    day, unit, f"{moved[day, unit]:.1f}", color=color, ha="center", va="center",
                    fontsize=SIZE, in_layout=False))
        self.caption = caption_of(hidden, moved)
        return self

    @staticmethod
    def _heat(ax, values):
        n_columns, n_units = values.shape
        edges = np.arange(n_columns + 1) - 0.5, np.arange(n_units + 1) - 0.5
        ax.set(xlim=(-0.5, n_columns - 0.5), ylim=(n_units - 0.5, -0.5))
        ax.set_yticks(range(n_units), range(1, n_units + 1))
        return ax.pcolormesh(*edges, values.T, cmap=HEAT, vmin=0, vmax=values.max() or 1.0)


def caption_of(hidden, moved) -> str:
    """Tell in words which day back moves each unit most, and which units never answer."""
    dead = [
        unit + 1
        for unit in range(hidden.shape[1])
        if not hidden[:, unit].any() and not moved[:, unit].any()]
    backs = {}
    for unit in range(moved.shape[1]):
        if unit + 1 not in dead:
            backs.setdefault(len(moved) - int(moved[:, unit].argmax()), []).append(unit + 1)
    silent = f" Always 0: {named_units(dead)}." if dead else ""
    if not backs:
        return f"No nudge moves a hidden unit.{silent}"
    told = "; ".join(
        f"{counted(back, 'day')} back, {named_units(backs[back])}" for back in sorted(backs))
    return f"The day whose nudge moves each hidden unit most: {told}.{silent}"
