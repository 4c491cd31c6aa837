"""A series from its first value to its last, and a forecast with its band."""

import numpy as np
from matplotlib.ticker import MaxNLocator

from catrnn.lab.drawing.picture import Picture
from catrnn.lab.drawing.style import (
    BAND,
    GREY,
    INPUT,
    PREDICTION,
    SIZE,
    move_band,
    style_axes,
)
from catrnn.lab.drawing.text import counted, minus, short_exponent

LAST = 48
"""Values of the past that stand before a forecast."""

PARTS = 2
"""Most parts that begin behind the first."""

NEAR = 1.0
"""What is forecast stretches the chart by so many times its height, and no further."""

BESIDE = 0.6
"""The band begins so far behind the last value, and ends so far before the next."""


class Series(Picture):
    """The values as a line, and where a new part of them begins. With a forecast the last of them,
    what is forecast as diamonds, and a band about it."""

    size = (9.0, 3.4)

    def build(self, ax):
        self.ax = ax
        style_axes(ax, "number of the value", "value")
        ax.set(xlim=(0, 1), ylim=(0, 1))
        ax.set_yticks([0], ["−1,000,000"])
        ax.set_title(" ", fontsize=SIZE)
        self.band = ax.fill_between([0, 1], 0, 0, color=BAND, linewidth=0)
        self.begins = [ax.axvline(0, color=GREY, linestyle=":") for _ in range(PARTS)]
        (self.past,) = ax.plot([], [], color=INPUT, linewidth=1.5, markersize=4)
        (self.to_come,) = ax.plot([], [], color=PREDICTION, linewidth=1.5, marker="D", markersize=5)
        above = ax.get_xaxis_transform()
        self.words = [ax.text(0, 1.03, "", transform=above, fontsize=SIZE) for _ in self.begins]
        self.told = ax.text(1, 1.03, "", transform=ax.transAxes, fontsize=SIZE, ha="right",
                            color=PREDICTION)

    def show(self, numbers, parts=(), forecast=(), low=(), high=()):
        """numbers (T,): from 2 on. parts: {name: the place at which it begins, from 0}, at most 2.

        forecast, low, high (A,): the values to come, and the ends of the band, or nothing.
        """
        numbers, forecast, low, high = (
            np.asarray(x, float) for x in (numbers, forecast, low, high))
        n, ahead, parts = len(numbers), len(forecast), dict(parts)
        shown = numbers[-LAST:] if ahead else numbers
        first, to_come = n - len(shown) + 1, np.arange(n + 1, n + ahead + 1)
        bottom, top = self._frame(shown, np.concatenate([forecast, low, high]))
        self.ax.set_xlim(first - 1, n + ahead + 1)
        self.past.set_data(np.arange(first, n + 1), shown)
        self.past.set_marker("o" if ahead else "")
        self.to_come.set_data(to_come, inside(forecast, bottom, top))
        self.band.set_visible(bool(ahead))
        if ahead:
            edges = (np.pad(inside(end, bottom, top), 1, "edge") for end in (low, high))
            move_band(self.band, [n + BESIDE, *to_come, n + ahead + 1 - BESIDE], *edges)
        self.told.set_text("◆ forecast, and its band" if ahead else "")
        names = [*parts, *[""] * (PARTS - len(parts))]
        for line, word, name in zip(self.begins, self.words, names, strict=True):
            line.set(visible=bool(name), xdata=[parts.get(name, 0) + 0.5] * 2)
            word.set(x=parts.get(name, first) + 1, text=name)
        self.caption = caption_of(numbers, parts, forecast, low, high)
        return self

    def _frame(self, shown, to_come) -> tuple:
        """Fit the chart to the values, and to what is forecast as long as that is not wild."""
        bottom, top = shown.min(), shown.max()
        room = NEAR * ((top - bottom) or abs(top) or 1.0)
        near = to_come[np.isfinite(to_come)].clip(bottom - room, top + room)
        ticks = MaxNLocator(5).tick_values(min([bottom, *near]), max([top, *near]))
        bottom, top = ticks[0], ticks[-1]
        self.ax.set_ylim(bottom, top)
        self.ax.set_yticks(ticks, [minus(f"{tick:,.10g}") for tick in ticks])
        return bottom, top


def inside(values, bottom: float, top: float):
    """Return values held at the edges of the chart; what is no number lies on the lower one."""
    return np.clip(np.nan_to_num(values, nan=bottom), bottom, top)


def short(value: float) -> str:
    """Return a number of any size in four figures."""
    return minus(short_exponent(f"{value:.4g}")) if np.isfinite(value) else "no number"


def caption_of(numbers, parts: dict, forecast, low, high) -> str:
    """Tell how the values lie and where parts begin; or each value to come, with its band."""
    if len(forecast):
        days = "; ".join(f"{k} ahead {short(middle)}, between {short(least)} and {short(most)}"
                         for k, (middle, least, most) in enumerate(
                             zip(forecast, low, high, strict=True), start=1))
        return f"After {counted(len(numbers), 'value')}: {days}."
    begins = "".join(f" From value {place + 1} on: {name}." for name, place in parts.items())
    return (f"{counted(len(numbers), 'value')}, from {short(numbers.min())} to "
            f"{short(numbers.max())}, mean {short(numbers.mean())}.{begins}")
