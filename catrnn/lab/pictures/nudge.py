"""The nudge: how far off it is at every size, and what it sees to the left and to the right."""

import numpy as np

from catrnn.lab.drawing.picture import Picture
from catrnn.lab.drawing.style import (
    BACKGROUND,
    GRADIENT,
    GREY,
    LOSS,
    PHONE,
    SIZE,
    TARGET,
    TEXT,
    style_axes,
)
from catrnn.lab.drawing.text import short_exponent, signed, small, stacked

SMALLEST, LARGEST = 1e-15, 1e-1
"""Nudges at the ends of the chart."""

LOW, HIGH = 1e-13, 1e2
"""Errors at the ends of the chart."""

LOOKS = {"float64": ("-", "o"), "float32": ("--", "s")}
"""Dash and marker of each precision."""


class Nudge(Picture):
    """How far the nudged slope is from the true one, over the size of the nudge: a V for each
    precision."""

    size = (7.6, 4.2)
    narrow_size = (PHONE, 4.2)

    def build(self, ax):
        style_axes(ax, "size of the nudge", "error of the slope")
        room = 50_000 if self.narrow else 5000  # for a name behind the largest nudge
        ax.set(xscale="log", yscale="log", xlim=(SMALLEST / 3, LARGEST * room), ylim=(LOW, HIGH))
        ax.set_xticks(
            [10.0**n for n in range(-15, 0, 2)], [f"1e{n}" for n in range(-15, -2, 2)] + ["0.1"])
        ax.set_yticks([10.0**n for n in range(-12, 1, 3)], ["1e-12", "1e-9", "1e-6", "0.001", "1"])
        ax.minorticks_off()
        (self.here,) = ax.plot([1, 1], [LOW, HIGH], color=GREY, linewidth=1, linestyle=":")
        side = {
            "transform": ax.transAxes, "color": TEXT, "fontsize": SIZE, "va": "bottom",
            "linespacing": 1.1, "zorder": 3,
            "bbox": {"facecolor": BACKGROUND, "edgecolor": "none", "pad": 1}}
        ax.text(0.03, 0.04, "rounding:\nworse, the smaller the nudge", ha="left", **side)
        ax.text(0.98, 0.04, "formula: worse,\nthe larger the nudge", ha="right", **side)
        self.curves, self.dots, self.labels = {}, {}, {}
        for name, (dash, marker) in LOOKS.items():
            (self.curves[name],) = ax.plot([], [], color=GRADIENT, linewidth=1.5, linestyle=dash)
            (self.dots[name],) = ax.plot([], [], marker, color=GRADIENT, markersize=9, zorder=5)
            self.dots[name].set_markeredgecolor(BACKGROUND)
            self.labels[name] = ax.annotate(
                "", (1, 1), (0, 0), textcoords="offset points", color=TARGET, zorder=6,
                fontsize=SIZE, bbox={"facecolor": BACKGROUND, "edgecolor": "none", "pad": 1})

    def show(self, nudges, slopes: dict, true: float, nudge: float, found: dict):
        """Show how far `slopes`, {"float64": (K,), "float32": (K,)} for K rising nudges, are
        from the `true` slope.

        nudge: the one that is lit; found: the slope that each precision finds with it.
        """
        x = np.clip(nudge, SMALLEST, LARGEST)
        self.here.set_xdata([x, x])
        told = [
            "A nudge of "
            f"{short_exponent(f'{nudge:.4g}')}{'' if x == nudge else ' (off the chart)'}."
        ]
        for name in LOOKS:
            errors, error = np.abs(np.asarray(slopes[name]) - true), abs(found[name] - true)
            bottom = best(nudges, errors)
            self.curves[name].set_data(nudges, np.clip(errors, LOW, HIGH))
            self.dots[name].set_data([x], [np.clip(error, LOW, HIGH)])
            self._label(name, x, np.clip(error, LOW * 30, HIGH / 10), nudge < bottom)
            self.labels[name].set_text(f"{name}: {small(error)}")
            told.append(
                f"In {name} the slope is off by {small(error)}: {side(nudge, bottom, found[name])}")
        self.caption = " ".join(told)
        return self

    def _label(self, name: str, x: float, y: float, falling: bool):
        """Put a label where its curve does not pass: float32 above it, float64 below, on the
        side that is free."""
        above, edge = name == "float32", falling and x < (1e-11 if self.narrow else 1e-12)
        right = falling == above or edge
        self.labels[name].xy = x, y
        self.labels[name].set_position((8 if right else -8, 8 if above else -48 if edge else -8))
        self.labels[name].set(ha="left" if right else "right", va="bottom" if above else "top")


def best(nudges, errors) -> float:
    """Return the nudge at the bottom of the V: where the worst error within half a decade is
    smallest.

    The smallest error of all would be mere luck: rounding can hit the right slope by accident.
    """
    place = np.log10(nudges)
    worst = [errors[np.abs(place - p) <= 0.5].max() for p in place]
    return float(nudges[np.argmin(worst)])


def side(nudge: float, bottom: float, found: float) -> str:
    """Say in words on which side of the V's bottom a nudge is."""
    if found == 0:
        return "the nudge is lost in rounding, and no change is seen."
    where = "rounding rules" if nudge < bottom else "the formula's own error rules"
    where = "the bottom of the V" if bottom / 4 < nudge < 4 * bottom else where
    return f"{where}."


class Slopes(Picture):
    """A loss over one weight, and three slopes at a nudge: to the left, to the right, and over
    both sides; and the true one, if it is given."""

    size = (7.2, 3.8)

    def build(self, ax):
        self.ax = ax
        style_axes(ax, "weight", "loss (portions squared)")
        ax.set(xlim=(0, 1), ylim=(-1, 1))
        ax.yaxis.set_major_formatter("{x:.2f}")
        ax.xaxis.set_major_formatter("{x:.4g}")
        (self.curve,) = ax.plot([], [], color=LOSS, linewidth=3)
        (self.true,) = ax.plot([], [], color=GREY, linewidth=3, alpha=0.6)
        self.lines, self.texts = {}, {}
        for name, dash in (("to the left", "--"), ("to the right", ":"), ("over both sides", "-")):
            (self.lines[name],) = ax.plot([], [], color=GRADIENT, linewidth=1.8, linestyle=dash)
            self.texts[name] = ax.text(0, 0, "", color=GRADIENT, fontsize=SIZE, va="center")
        (self.dots,) = ax.plot(
            [], [], "o", color=TARGET, markersize=8, markeredgecolor="white", zorder=5)

    def show(self, weights, losses, at, seen, name: str = "weight", true: float | None = None):
        """weights, losses (K,): the curve; at, seen (3,): weight and loss a nudge lower, here,
        and a nudge higher. true: the slope that is right, if it is to be drawn."""
        slopes = dict(zip(self.lines, slopes_of(at, seen), strict=True))
        low, high = min(weights), max(weights)
        ends = {side: seen[1] + slope * (high - at[1]) for side, slope in slopes.items()}
        begin = seen[1] + slopes["over both sides"] * (at[0] - at[1])
        bottom, top = min(begin, *ends.values(), *losses), max(begin, *ends.values(), *losses)
        room = (top - bottom or 1) / 10
        heights = dict(zip(ends, stacked(list(ends.values()), room), strict=True))
        for side, height in heights.items():
            start = at[1] if side == "to the right" else at[0]
            self.lines[side].set_data(
                [start, high], [seen[1] + slopes[side] * (start - at[1]), ends[side]])
            self.texts[side].set(
                x=high + 0.02 * (high - low), y=height, text=f"{side} {signed(slopes[side])}")
        self.ax.set(
            xlim=(low, high + 0.6 * (high - low)),
            ylim=(bottom - room, max(top, *heights.values()) + room))
        near = at[1] - at[0] < 0.12 * (high - low)  # numbers of three ticks would touch
        self.ax.set(xticks=at[1:2] if near else at, xlabel=name)
        self.curve.set_data(weights, losses)
        ends = np.array([at[0], high]) if true is not None else np.array([])
        self.true.set_data(ends, seen[1] + (true or 0) * (ends - at[1]))
        self.dots.set_data(at, seen)
        left, right, both = map(signed, slopes.values())
        self.caption = (
            f"A nudge of {at[2] - at[1]:.4g} finds a slope of {left} to the left, {right} to the "
            f"right and {both} over both sides.")
        self.caption += "" if true is None else f" The true slope is {signed(true)}."
        return self


def slopes_of(at, seen) -> tuple:
    """Return the slope to the left of the middle of three points, to its right, and over both
    sides."""
    left, right = np.diff(seen) / np.diff(at)
    return left, right, (seen[2] - seen[0]) / (at[2] - at[0])
