"""The unrolled network once more, and beneath it the blame on its way back."""

import numpy as np

from catrnn.lab.drawing.diagram import (
    AHEAD,
    PAST,
    Arrow,
    Box,
    Diagram,
    Name,
    Tag,
    card,
    line_with_head,
)
from catrnn.lab.drawing.diagram_text import numbers, sub
from catrnn.lab.drawing.style import (
    GHOST,
    GRADIENT,
    HIDDEN,
    PREDICTION,
    TARGET,
)
from catrnn.lab.drawing.text import in_a_box

DAYS, UNITS = 4, 2
XS, END = 0.75 + 1.85 * np.arange(DAYS), 8.2
FORTH, GATE, BACK, CARD = 3.08, 2.41, 1.74, 0.42
"""Inches to the middles of the columns and of the rows."""

WIDE, ROW = 0.46, 0.38
"""Inches from the middle of a box to its side, and of a hidden unit's row."""


class WayBack(Diagram):
    """Four days of two hidden units: the states above, from left to right; the blame below, from
    right to left."""

    size = (9.0, 3.8)

    def draw(self, ax):
        card(ax, 0.06, CARD - 0.27, 8.94, CARD + 0.27, GRADIENT)
        names = [Name(ax, END, CARD, "= gradient"), Name(ax, END, FORTH + 0.4, "guess"),
                 Name(ax, END, BACK - 0.4, "d_guess")]
        self.h = [Box(ax, x, FORTH, WIDE, ROW, UNITS, HIDDEN) for x in XS]
        self.d_z = [Box(ax, x, BACK, WIDE, ROW, UNITS, GRADIENT) for x in XS]
        self.guess = Box(ax, END, FORTH, WIDE, 0.42, 1, PREDICTION)
        self.d_guess = Box(ax, END, BACK, WIDE, 0.42, 1, GRADIENT)
        forth, self.back, self.down, self.days = [], [], [], []
        for t, (x, after) in enumerate(zip(XS, [*XS[1:], END], strict=True), start=1):
            name, color = ("p_w", HIDDEN) if t < DAYS else ("out_w", PREDICTION)
            forth.append(Arrow(ax, (x + WIDE, FORTH), (after - WIDE, FORTH), name, color))
            ax.plot([x, x], [FORTH - ROW, BACK + ROW], color=GRADIENT, linestyle=":", linewidth=1.5)
            names += [
                Name(ax, x, FORTH + ROW + 0.17, sub("h", t), fontsize=13),
                Name(ax, x + 0.3, GATE, "gates"),
                Name(ax, x - 0.08, BACK - ROW - 0.2, sub("d_z", t), fontsize=13, ha="right")]
            names += [Name(ax, (x + after) / 2, CARD, "+")] if t < DAYS else []
            self.back.append(BackArrow(ax, after - WIDE, x + WIDE, BACK, name + ".T"))
            self.down.append(DownArrow(ax, x, BACK - ROW, CARD + 0.27))
            self.days.append(Name(ax, x, CARD, f"blame of Day {t}"))
        for part in (*names, *forth):
            part.show(PAST)

    def show(self, hs, d_zs, guess: float, d_guess: float, bptt_steps: int = DAYS):
        """hs (4, 2) and d_zs (4, 2), oldest day first: the states, and the blame of each after
        its ReLU's gate."""
        hs, d_zs = np.reshape(hs, (DAYS, UNITS)), np.reshape(d_zs, (DAYS, UNITS))
        states = [PAST if t >= DAYS - bptt_steps else AHEAD for t in range(DAYS)]
        self.guess.show(PAST, [guess])
        self.d_guess.show(PAST, [d_guess])
        for t, state in enumerate(states):
            self.h[t].show(PAST, hs[t], gate=True)
            self.d_z[t].show(state, d_zs[t], gate=True)
            for part in (self.back[t], self.down[t], self.days[t]):
                part.show(state)
        told = "; ".join(
            f"Day {t + 1} {numbers(d_zs[t])}{' (a gate is shut)' if 0 in hs[t] else ''}"
            for t in reversed(range(DAYS))
            if states[t] == PAST)
        self.caption = (f"The guess is {in_a_box(guess)}, its gradient {in_a_box(d_guess)}. "
                        f"The blame on its way back, unit 1 and unit 2: {told}.")
        return self


class BackArrow:
    """An arrow to the left, and above it the weights that the blame is multiplied with."""

    def __init__(self, ax, start: float, end: float, y: float, name: str):
        self.line = line_with_head(ax, (start, y), (end + 0.09, y))
        self.tag = Tag(ax, (start + end) / 2, y + 0.2, name, GRADIENT)

    def show(self, state: int):
        color = GHOST if state == AHEAD else GRADIENT
        self.line.set(color=color, linewidth=(1, 2.2)[state], markersize=(5, 8)[state])
        self.tag.show(state)


class DownArrow:
    """An arrow down into the sum."""

    def __init__(self, ax, x: float, start: float, end: float):
        self.line = line_with_head(ax, (x, start), (x, end + 0.08))

    def show(self, state: int):
        self.line.set(color=GHOST if state == AHEAD else TARGET, linewidth=(1, 1.5)[state],
                      markersize=(5, 6)[state])
