"""The network unrolled: a column a day, and one set of weights over all of them."""

import numpy as np

from catrnn.lab.drawing.diagram import (
    AHEAD,
    LINE,
    LIT,
    PAST,
    Arrow,
    Box,
    Diagram,
    Matrix,
    Name,
    Table,
    card,
)
from catrnn.lab.drawing.diagram_text import (
    caption_of,
    sub,
    sum_of_day,
    sum_of_guess,
    sum_of_nothing,
)
from catrnn.lab.drawing.style import HIDDEN, INPUT, PREDICTION, SIZE, TARGET

MOST_UNITS = 4
ROW = {1: 0.46, 2: 0.42, 3: 0.30, 4: 0.245}
"""Inches of a hidden unit's row, by the number of units."""

CARD, CARD_END, PAGE_END = 4.26, 7.16, 8.88
"""Inches to the upper edge of the cards with the weights, to the end of the first, and of the
second."""

SUBSCRIPTED = 13
"""Points of a text with subscripts, which are drawn at 0.7 of it: 9 points."""

SHARED = "the same $\\bf{c\\_w}$ ($W_{xh}$), $\\bf{p\\_w}$ ($W_{hh}$) and $\\bf{b}$ on every day"


class Unrolled(Diagram):
    """The walk through the days, step by step: what is past, what is worked out now, what is
    still ahead. most_days: how many have a column."""

    size = (9.0, 4.6)

    def __init__(self, most_days: int = 6, ax=None):
        self.most_days = most_days
        super().__init__(ax)

    def draw(self, ax):
        self.shape = None

    def show(self, days, hs, prediction, weights: dict, step: int):
        """Show T days (1 to 6), T+1 hidden states of H units (1 to 4), the first before Day 1,
        and the guess.

        weights: c_w (1, H), p_w (H, H), b (H,), out_w (H, 1), out_b (1,). step: 0 is before Day 1,
        T+1 the guess. Portions of fish. Raises ValueError if there are more days or units than the
        drawing has room for.
        """
        days, hs, prediction = (
            np.ravel(days), np.reshape(hs, (len(hs), -1)), float(np.squeeze(prediction)))
        w = {name: np.atleast_2d(array) for name, array in weights.items()}
        if self.shape != hs.shape:
            self._lay_out(*hs.shape)
        self._write_cards(w)
        states = [LIT if t == step else PAST if t < step else AHEAD for t in range(len(hs) + 1)]
        for state, parts in zip(states, self.parts, strict=True):
            for part in parts:
                part.show(state)
        for t, (state, h) in enumerate(zip(states, hs, strict=False)):
            self.h[t].show(state, h, gate=t > 0)
        for state, box, x in zip(states[1:], self.x, days, strict=False):
            box.show(state, [x])
        self.y.show(states[-1], [prediction])
        for name, matrix in self.matrices.items():
            in_use = step == len(hs) if name.startswith("out") else 0 < step < len(hs)
            matrix.tag.show(LIT if in_use else PAST)
        self.focus = min(step, len(hs)) / len(hs)
        self.table.show(self._sum(days, hs, prediction, w, step))
        self.caption = caption_of(days, hs, prediction, w, step)
        return self

    def _write_cards(self, w):
        """Write the weights on their cards, where they stay put from step to step: most of a
        step's time is letters."""
        written = [matrix.write(w[name]) for name, matrix in self.matrices.items()]
        if any(written):
            self.redraw()

    def _sum(self, days, hs, prediction, w, step):
        room = (self.size[0] - 0.3, self.table.size)
        if step == 0:
            return sum_of_nothing(days)
        if step < len(hs):
            return sum_of_day(step, days[step - 1], hs[step - 1], hs[step], w, *room)
        return sum_of_guess(len(days), hs[-1], prediction, w)

    def _lay_out(self, states: int, units: int):
        """Make all artists anew, for so many hidden states of so many units."""
        if not (2 <= states <= self.most_days + 1 and 1 <= units <= MOST_UNITS):
            raise ValueError(
                f"hs has {states - 1} days of {units} hidden units, but the drawing has room for "
                f"1 to {self.most_days} days of 1 to {MOST_UNITS} units; show another number of "
                "them")
        for artist in [*self.ax.patches, *self.ax.lines, *self.ax.texts]:
            artist.remove()
        self.shape = states, units
        letters = 12 if units < 3 else SIZE
        table_top = 0.08 + (1.9 + 1.36 * units) * letters / 72
        card_low = CARD - max(2, units) * LINE - 0.2
        self.table = Table(
            self.ax, self.size[0] / 2, table_top, units + 1, letters,
            (TARGET, INPUT, HIDDEN, TARGET))
        self._lay_cards(units, card_low)
        self._lay_days(states, units, table_top + 0.48, card_low)

    def _lay_cards(self, units: int, low: float):
        ax, middle, left = self.ax, (CARD + low) / 2, 0.12
        cards = [card(ax, left, low, CARD_END, CARD, TARGET),
                 card(ax, CARD_END + 0.1, low, PAGE_END, CARD, PREDICTION)]
        title = ax.text(left + 0.03, CARD + 0.09, SHARED, fontsize=SUBSCRIPTED, color=TARGET)
        x = np.linspace(left + 0.55, CARD_END + 0.55, 4)
        c_w, p_w, b = (x[0], middle), (x[1], middle), (x[2], middle)
        if units > 2:  # too wide for three side by side: the bias goes below c_w
            apart = LINE * (units - 1) / 2
            c_w, p_w, b = (
                (x[0], middle + apart), (CARD_END - 0.3 - Matrix.width(units), middle),
                (x[0], middle - apart))
        x, y = np.array([CARD_END + 0.22, PAGE_END - 0.12 - Matrix.width(1)]), CARD + 0.15
        self.matrices = {
            "c_w": Matrix(ax, *c_w, 1, units, "c_w", INPUT),
            "p_w": Matrix(ax, *p_w, units, units, "p_w", HIDDEN),
            "b": Matrix(ax, *b, 1, units, "b", TARGET),
            "out_w": Matrix(ax, x[0], middle, units, 1, "out_w", PREDICTION, (x[0] + 0.3, y)),
            "out_b": Matrix(ax, x[1], middle, 1, 1, "out_b", PREDICTION, (x[1] + 0.3, y)),
        }
        self.static = [
            *cards, title,
            *(artist for matrix in self.matrices.values() for artist in matrix.static)]

    def _lay_days(self, states: int, units: int, low: float, high: float):
        """Set the columns between the middle of the portions, `low`, and the cards, `high`."""
        ax, row, gap = self.ax, ROW[units], 7.5 / states
        xs, end = 0.58 + gap * np.arange(states), 8.28
        wide, tall = min(0.46, 0.30 * gap), row * units / 2  # half of a box
        middle = (low + 0.16 + high) / 2
        self.h = [Box(ax, x, middle, wide, row, units, HIDDEN) for x in xs]
        self.x = [Box(ax, x, low, wide, 0.32, 1, INPUT) for x in xs[1:]]
        self.y = Box(ax, end, middle, wide, 0.46, 1, PREDICTION)
        self.parts = [
            [
                Name(
                    ax, x - wide, middle + tall + 0.02, sub("h", t), ha="left", va="bottom",
                    fontsize=13)]
            for t, x in enumerate(xs)]
        self.parts[0] += [Name(ax, xs[0], middle - tall - 0.06, "before\nDay 1", va="top")]
        for t, x in enumerate(xs[1:], start=1):
            self.parts[t] += [
                Name(ax, x - wide - 0.06, low, sub("x", t), ha="right", fontsize=13),
                Name(ax, x, low - 0.29, f"Day {t}"),
                Arrow(ax, (x, low + 0.16), (x, middle - tall), "c_w", INPUT),
                Arrow(ax, (x - gap + wide, middle), (x - wide, middle), "p_w", HIDDEN),
                Arrow(ax, (x, high), (x, middle + tall), "b", TARGET),
            ]
        self.parts += [[
            Name(ax, end, middle - 0.31, f"guess for\nDay {states}", va="top"),
            Arrow(ax, (xs[-1] + wide, middle), (end - wide, middle), "out_w", PREDICTION),
            Arrow(ax, (end, high), (end, middle + 0.23), "out_b", PREDICTION),
        ]]
