"""One hidden unit that bends the line: the gate, and the kink where it opens."""

import numpy as np

from catrnn.lab.drawing.picture import Picture
from catrnn.lab.drawing.style import BACKGROUND, GREY, HIDDEN, PHONE, RULE, SIZE, TEXT, style_axes
from catrnn.lab.drawing.text import minus, number

FIRST, LAST = -0.5, 2.0
"""Portions at the ends of the lines; no cat eats less than 0."""

LOW, HIGH = -2.0, 3.0
"""Ends of the part of the chart where lines are drawn; above it stand the names of the two
sides."""


class Hinge(Picture):
    """The line weight * portion + bias, and what a ReLU leaves of it, with the side where the
    gate is shut in grey."""

    size = (7.2, 3.9)
    narrow_size = (PHONE, 3.8)

    def build(self, ax):
        style_axes(ax, "today's fish (portions)", "value of the hidden unit")
        ax.set(
            xlim=(FIRST, 2.5), ylim=(LOW, 3.8), xticks=np.arange(FIRST, 2.1, 0.5),
            yticks=np.arange(LOW, HIGH + 1))
        nobody = ax.axvspan(
            FIRST, 0, facecolor="none", edgecolor=RULE, hatch="//", linewidth=0, zorder=0)
        floor = ax.axhline(0, color=GREY, linewidth=0.8, zorder=1)
        self.static = (nobody, floor)
        self.shade = ax.fill_betweenx([LOW, 3.8], 0, 0, color="#E9E9E9", linewidth=0, zorder=0)
        (self.line,) = ax.plot([], [], color=GREY, linewidth=2, linestyle="--")
        (self.hinge,) = ax.plot([], [], color=HIDDEN, linewidth=3)
        (self.kink,) = ax.plot(
            [], [], "o", color=HIDDEN, markersize=9, markeredgecolor="white", zorder=4)
        style = {"fontsize": SIZE, "va": "center", "linespacing": 1.1}
        white = {"facecolor": BACKGROUND, "edgecolor": "none", "pad": 1}
        ax.text(-0.25, -1.6, "no such\nportion", color=TEXT, ha="center", bbox=white, **style)
        self.kink_text = ax.text(0, 0, "", color=HIDDEN, **style)
        self.line_text = ax.text(0, 0, "", color=TEXT, **style)
        self.hinge_text = ax.text(0, 0, "", color=HIDDEN, **style)
        self.shut_text = ax.text(0, 3.4, "", color=TEXT, ha="center", **style)
        self.open_text = ax.text(0, 3.4, "", color=HIDDEN, ha="center", **style)

    def show(self, weight: float, bias: float):
        """Show the unit for portions from -0.5 to 2: its line, its hinge, and where its gate is
        open."""
        x = np.linspace(FIRST, LAST, 1001)
        line = weight * x + bias
        on = (line >= LOW) & (line <= HIGH)
        self.line.set_data(x, np.where(on, line, np.nan))
        self.hinge.set_data(x, np.where(line <= 0, 0, np.where(on, line, np.nan)))
        shut, opened = sides(weight, bias)
        self.shade.set_paths([[(shut[0], LOW), (shut[1], LOW), (shut[1], 3.8), (shut[0], 3.8)]])
        self._side(self.shut_text, shut, "gate shut\ngradient 0")
        self._side(self.open_text, opened, "gate open\ngradient 1")
        self._kink(-bias / weight if weight else np.nan, 1 if weight > 0 else -1)
        self._names(max(x[on].max(initial=0), 0) + 0.04, line[-1])
        self.caption = caption_of(weight, bias)
        return self

    def _side(self, text, side: tuple, says: str):
        """Write what one side of the kink is called, where it is wide enough for that."""
        text.set(x=sum(side) / 2, text=says if side[1] - side[0] >= 0.45 else "")

    def _kink(self, kink: float, slope: int):
        """Mark the kink; its name stands where neither line passes."""
        seen, right = FIRST <= kink <= LAST, kink <= 1.5
        self.kink.set_data([kink] if seen else [], [0] if seen else [])
        side = 1 if right else -1
        self.kink_text.set(
            x=kink + 0.05 * side if seen else 0, y=-0.3 * slope * side,
            ha="left" if right else "right", text=minus(f"kink at {kink:z.2f}") if seen else "")

    def _names(self, x: float, end: float):
        """Name the lines at their right ends; `x` is where the line ends or leaves the chart,
        `end` its last value."""
        self.hinge_text.set(
            x=x if end > 0 else LAST + 0.04, y=np.clip(end, 0, HIGH - 0.3) if end > 0 else 0.1,
            text="hinge\nand line" if end > 0 else "hinge")
        self.line_text.set(x=x, y=np.clip(end, LOW + 0.15, -0.3), text="" if end > 0 else "line")


def sides(weight: float, bias: float):
    """Return from where to where, in portions from 0 to 2, the gate is shut, then open; an empty
    side is (0, 0)."""
    at = [bias > 0, weight * LAST + bias > 0]
    if at[0] == at[1]:
        return ((0, 0), (0, LAST)) if at[0] else ((0, LAST), (0, 0))
    kink = -bias / weight
    return ((0, kink), (kink, LAST)) if at[1] else ((kink, LAST), (0, kink))


def caption_of(weight: float, bias: float) -> str:
    """Tell in words where the kink is, and which portions open the gate."""
    kink = -bias / weight if weight else np.nan
    if weight == 0:
        where = f"The line is flat at {number(bias, 2)}: no kink."
    else:
        place = ", which no cat eats" if kink < 0 else ", off the chart" if kink > LAST else ""
        where = f"The kink is at {number(kink, 2)} portions{place}."
    if weight <= 0 and bias <= 0:
        gate = "The gate is never open, whatever the cat eats: zero out, zero gradient."
    elif weight >= 0 and bias >= 0:
        gate = f"The gate is open for every portion{'' if bias > 0 else ' above zero'}."
    else:
        side, rest = ("above", "up to there") if weight > 0 else ("below", "from there on")
        gate = f"The gate is open {side} {number(kink, 2)} portions and shut {rest}."
    ends = [weight * x + bias for x in (FIRST, LAST)]
    off = min(ends) < LOW or max(ends) > HIGH
    cut = f" The line is cut where it leaves the chart, at {LOW:.0f} or {HIGH:.0f}." if off else ""
    return f"{where} {gate}{cut}"
