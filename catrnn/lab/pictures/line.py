"""One day's fish against the next day's, and a line that guesses the one from the other."""

import numpy as np
from matplotlib.patheffects import withStroke
from matplotlib.ticker import MaxNLocator

from catrnn.lab.drawing.picture import Picture
from catrnn.lab.drawing.style import (
    BACKGROUND,
    INPUT,
    LOSS,
    PHONE,
    PREDICTION,
    SIZE,
    TARGET,
    style_axes,
)
from catrnn.lab.drawing.text import minus, named_days, signed


class Line(Picture):
    """A ring for each pair of days, the line weight × today + bias, and each miss from the ring
    to the line.

    The chart belongs to the days. A guess off the chart is held at its edge as a triangle, and the
    caption says so.
    """

    size = (7.2, 4.0)
    narrow_size = (PHONE, 3.8)

    def build(self, ax):
        self.ax, self.names, self.days = ax, {}, None
        style_axes(
            ax, "today's fish (portions)", "the next day's fish (portions)", title=" "
        )  # room for the equation
        ax.xaxis.set_major_locator(MaxNLocator(9, steps=[1, 2.5, 5, 10]))
        ax.yaxis.set_major_locator(MaxNLocator(9, steps=[1, 2.5, 5, 10]))
        self.equation = ax.text(
            0, 1.03, "", color=PREDICTION, size=SIZE + 1, transform=ax.transAxes, in_layout=False)
        self.misses = ax.vlines([], [], [], color=LOSS, linewidth=2, linestyle=":")
        (self.line,) = ax.plot([], [], color=PREDICTION, linewidth=2)
        (self.rings,) = ax.plot(
            [], [], "o", color=TARGET, markersize=11, markerfacecolor="none", markeredgewidth=1.8)
        (self.guesses,) = ax.plot([], [], "D", color=PREDICTION, markersize=6)
        (self.above,) = ax.plot([], [], "^", color=PREDICTION, markersize=9)
        (self.below,) = ax.plot([], [], "v", color=PREDICTION, markersize=9)
        (self.start,) = ax.plot(
            [], [], "s", color=INPUT, markersize=7, markerfacecolor=BACKGROUND, clip_on=False)
        self.start_name = self._write("bias", INPUT, "left")
        self.miss_text = self._write("", LOSS, "right")

    def show(self, portions, weight: float, bias: float):
        """Show the guesses of one line; portions: the days of one cat, 2 numbers or more; bias
        in portions."""
        x, y = np.asarray(portions, dtype=float)[:-1], np.asarray(portions, dtype=float)[1:]
        if self.days != list(portions):
            self._lay_out(x, y)
            self.days = list(portions)
        (left, right), (low, high) = self.ax.get_xlim(), self.ax.get_ylim()
        guess = weight * x + bias
        miss, held = (
            guess - y, np.clip(guess, low + 0.02 * (high - low), high - 0.02 * (high - low)))
        self.line.set_data([left, right], [weight * left + bias, weight * right + bias])
        self.misses.set_segments([[(a, b), (a, c)] for a, b, c in zip(x, y, held, strict=True)])
        for artist, these in (
            (self.guesses, held == guess), (self.above, guess > held), (self.below, guess < held)
        ):
            artist.set_data(x[these], held[these])
        worst = np.abs(miss).round(9).argmax()  # of misses that differ by dust alone, the first
        names = self._name(weight, bias)
        spots = y[worst] + (held[worst] - y[worst]) * np.array([0.5, 0.3, 0.7])
        beside = [height for place, height in names if 0 < x[worst] - place < 0.25 * (right - left)]
        self.miss_text.set(
            x=x[worst] - 0.012 * (right - left), y=clearest(spots, beside, 0.1 * (high - low)))
        self.miss_text.set(
            text=signed(miss[worst], 3).removesuffix("0"), visible=bool(abs(miss[worst]) >= 0.0005))
        sign = "+" if bias >= 0 else "−"
        self.equation.set_text(minus(f"guess = {weight:z.2f} × today {sign} {abs(bias):.2f}"))
        self.caption = f"Weight {weight:z.2f}, bias {bias:z.2f}: {caption_of(y, guess, worst)}"
        if off := np.count_nonzero(held != guess):
            self.caption += (
                f" Off the chart, held at its edge by a triangle: {off} of {len(x)} guesses.")
        return self

    def _name(self, weight: float, bias: float) -> list:
        """Put each name on the side of its ring where the line is not; return where they stand.

        The bias is where the line leaves zero fish.
        """
        (left, right), (low, high) = self.ax.get_xlim(), self.ax.get_ylim()
        rise, stand = 0.02 * (high - low), []
        for (x, y), name in self.names.items():
            miss = round(weight * x + bias - y, 9)
            down = miss > 0 or (miss == 0 and weight >= 0)
            name.set(y=y - rise if down else y + rise, va="top" if down else "bottom")
            stand.append((x, y - 2.5 * rise if down else y + 2.5 * rise))
        away = -rise if weight >= 0 else rise
        self.start.set_data([0], [bias])
        self.start.set_visible(bool(low <= bias <= high))
        self.start_name.set(
            x=0.02 * (right - left), y=bias + away, va="top" if weight >= 0 else "bottom")
        self.start_name.set_visible(
            bool(low <= bias <= high and low < bias + 4 * away < high)
        )  # where there is room
        return stand

    def _lay_out(self, x, y):
        """Fit the chart to the days, and name each ring after the day that it answers for."""
        left, right, low, high = min(0, x.min()), max(0, x.max()), min(0, y.min()), max(0, y.max())
        wide, tall = max(right - left, 0.5), max(high - low, 0.5)
        self.ax.set_xlim(left - 0.04 * wide * (left < 0), right + 0.28 * wide)
        self.ax.set_ylim(low - 0.3 * tall, high + 0.3 * tall)
        self.rings.set_data(x, y)
        for name in self.names.values():
            name.remove()
        self.names = {}
        for ring in dict.fromkeys(zip(x.tolist(), y.tolist(), strict=True)):
            days = [day + 2 for day in range(len(x)) if (x[day], y[day]) == ring]
            if all(
                abs(ring[0] - a) > 0.15 * wide or abs(ring[1] - b) > 0.1 * tall
                for a, b in self.names
            ):
                self.names[ring] = self._write(
                    named_days(days), TARGET, "left", x=ring[0] + 0.02 * wide)

    def _write(self, text: str, color: str, ha: str, x: float = 0):
        """Put words on the chart, with a rim of paper so that a line behind them does not cross
        them out."""
        look = {
            "color": color, "size": SIZE,
            "path_effects": [withStroke(linewidth=3, foreground=BACKGROUND)]}
        return self.ax.text(x, 0, text, ha=ha, va="center", clip_on=True, in_layout=False, **look)


def clearest(spots, others: list, far: float) -> float:
    """Return the first spot that is `far` from all others, or the one that comes closest to
    that."""
    return max(spots, key=lambda spot: min([far, *(abs(spot - other) for other in others)]))


def caption_of(y, guess, worst: int) -> str:
    """Return how far off the guesses are, in words."""
    miss = guess[worst] - y[worst]
    if abs(miss) < 1e-9:
        return f"every guess is right, for {named_days(list(range(2, len(y) + 2)))}."
    which = f"the largest of {len(y)} misses is" if len(y) > 1 else "the miss is"
    way = (
        f"too {'much' if miss > 0 else 'little'}: guess {guess[worst]:z.3f}, answer {y[worst]:z.3f}"
    )
    return f"{which} {miss:+.3f} portions, on Day {worst + 2}, {way}."
