"""A habit, and two lines that try to follow it: one straight, one bent."""

import numpy as np

from catrnn.lab.drawing.picture import Picture
from catrnn.lab.drawing.style import GREY, LOSS, PREDICTION, SIZE, TARGET, TEXT, style_axes


class Bend(Picture):
    """What the cat eats over what it ate the day before, with the best straight line and its
    misses, and a bent one."""

    size = (6.4, 3.4)

    def build(self, ax):
        self.ax = ax
        style_axes(ax, "today's fish (portions)", "the next day's fish (portions)")
        ax.set(ylim=(-0.1, 1.0), xticks=np.arange(0, 1.6, 0.25), yticks=np.arange(0, 1.1, 0.25))
        (self.misses,) = ax.plot([], [], color=LOSS, linewidth=2, linestyle=":")
        (self.line,) = ax.plot([], [], color=GREY, linewidth=2, linestyle="--")
        (self.bent,) = ax.plot([], [], color=PREDICTION, linewidth=2.5)
        (self.dots,) = ax.plot([], [], "s", color=TARGET, markersize=7, zorder=4)
        self.names = [ax.text(0, 0, text, color=colour, fontsize=SIZE, va="center")
                      for text, colour in (("straight line", TEXT), ("bent line", PREDICTION))]

    def show(self, portions, answers, at, line, bent):
        """portions, answers: (K,) what was eaten; line, bent: (P,) guesses for the portions `at`
        (P,), ascending."""
        self.ax.set_xlim(-0.1, 1.36 * at[-1])
        portions, answers = np.ravel(portions), np.ravel(answers)
        there = np.interp(portions, at, line)
        gaps = np.stack([answers, there, np.full_like(there, np.nan)], axis=-1)
        self.misses.set_data(np.repeat(portions, 3), gaps.ravel())
        self.line.set_data(at, line)
        self.bent.set_data(at, bent)
        self.dots.set_data(portions, answers)
        for text, end in zip(self.names, (line[-1], bent[-1]), strict=True):
            text.set(x=at[-1] + 0.04, y=np.clip(end, *self.ax.get_ylim()))
        worst = [np.abs(guess - answers).max() for guess in (there, np.interp(portions, at, bent))]
        self.caption = (
            f"{len(portions)} days as squares. The straight line misses by up to {worst[0]:.2f} "
            "portions "
            f"(dotted), the bent line by up to {worst[1]:.2f}.")
        return self
