"""The loss of one guess, and its slope."""

import numpy as np

from catrnn.lab.drawing.picture import Picture
from catrnn.lab.drawing.style import GRADIENT, LOSS, PHONE, PREDICTION, TARGET, style_axes


class Parabola(Picture):
    """The squared miss over the guess, with the slope drawn at one guess."""

    size = (6.4, 3.6)
    narrow_size = (PHONE, 3.4)

    def build(self, ax):
        style_axes(ax, "guess for Day 5 (portions)", "loss (portions squared)")
        ax.set(xlim=(-0.5, 3.3 if self.narrow else 3.0), ylim=(-0.4, 3.2))
        (self.curve,) = ax.plot([], [], color=LOSS, linewidth=2)
        (self.slope,) = ax.plot([], [], color=GRADIENT, linewidth=2, linestyle="--")
        (self.point,) = ax.plot([], [], "D", color=PREDICTION, markersize=9)
        self.answer = ax.axvline(0, color=TARGET, linewidth=1, linestyle=":")
        self.answer_text = ax.text(0, 3.0, "", color=TARGET, ha="left", va="top")
        self.slope_text = ax.text(0, 0, "", color=GRADIENT, ha="left", va="bottom")

    def show(self, guess: float, target: float):
        """Show the loss of `guess` for the answer `target`, both in portions."""
        x = np.linspace(-0.5, 3.0, 141)
        loss, slope = (guess - target) ** 2, 2 * (guess - target)
        self.curve.set_data(x, (x - target) ** 2)
        self.slope.set_data(guess + np.array([-0.5, 0.5]), loss + slope * np.array([-0.5, 0.5]))
        self.point.set_data([guess], [loss])
        self.answer.set_xdata([target, target])
        self.answer_text.set(x=target + 0.03, text=f"answer {target:.2f}")
        side = 1 if guess < 2.42 else -1  # where there is room for the words
        self.slope_text.set(
            x=guess + 0.12 * side, y=min(loss + 0.08, 2.9), ha="left" if side > 0 else "right",
            text=f"slope {slope:+z.2f}")
        way = "too high, so guess less" if slope > 0 else "too low, so guess more"
        way = "at the bottom" if abs(slope) < 1e-9 else way
        said = f"A guess of {guess:.2f} for an answer of {target:.2f}"
        self.caption = f"{said}: loss {loss:.4f}, slope {slope:z.4f}, {way}."
        return self
