"""What the unrolled drawing is made of; each part is ahead, past or lit."""

from matplotlib.colors import to_rgb
from matplotlib.patches import FancyBboxPatch, Rectangle

from catrnn.lab.drawing.diagram_text import column_widths
from catrnn.lab.drawing.picture import Picture
from catrnn.lab.drawing.style import CARD_COLOR, DARK_GREY, GHOST, GREY, SIZE, TARGET, whole_page
from catrnn.lab.drawing.text import in_a_box

AHEAD, PAST, LIT = range(3)
WEIGHT = ("normal", "normal", "bold")
HATCH = "#CFCFCF"
LINE, PITCH = 0.178, 0.5
"""Inches from line to line and from number to number in a matrix."""


def tint(color: str, strength: float) -> tuple:
    """Return the color thinned with white: 0 is white, 1 the color itself."""
    return tuple(1 - strength * (1 - part) for part in to_rgb(color))


def frame(ax, left, low, right, high, **how):
    """Put a rectangle with round corners on the axis."""
    corners = "round,pad=0,rounding_size=0.08"
    return ax.add_patch(
        FancyBboxPatch((left, low), right - left, high - low, boxstyle=corners, **how))


def card(ax, left, low, right, high, color):
    """Put the card on the axis that weights, or a sum, are written on."""
    look = {"facecolor": CARD_COLOR, "edgecolor": color, "linewidth": 1.2, "zorder": 1}
    return frame(ax, left, low, right, high, **look)


def line_with_head(ax, *corners, **how):
    """Draw a line through corners (x, y), level or upright at its end, with an arrowhead."""
    (x0, y0), (x1, y1) = corners[-2:]
    level = y0 == y1
    head = (">" if x1 > x0 else "<") if level else ("^" if y1 > y0 else "v")
    look = {"marker": head, "markevery": [len(corners) - 1], "solid_capstyle": "butt", "zorder": 2}
    (line,) = ax.plot(*zip(*corners, strict=True), **look, **how)
    return line


class Diagram(Picture):
    """A drawing over the whole page: on its axis an inch of the page is 1. `draw` puts it there."""

    def build(self, ax):
        whole_page(ax, self.page_size())
        self.ax = ax
        self.draw(ax)


class Box:
    """A frame with one number a row; each row is a hidden unit, hatched where that unit is shut."""

    def __init__(self, ax, x, y, half, row, rows, color):
        self.color, low, left, right = color, y - row * rows / 2, x - half, x + half
        bottoms = [low + row * (rows - 1 - k) for k in range(rows)]
        size = min(14, round(3 + 29 * row))
        self.frame = frame(ax, left, low, right, low + row * rows, zorder=3)
        hatched = {"hatch": "////", "fill": False, "edgecolor": HATCH, "linewidth": 0, "zorder": 4}
        self.hatches = [
            ax.add_patch(Rectangle((left + 0.05, b + 0.05), 2 * half - 0.1, row - 0.1, **hatched))
            for b in bottoms]
        self.lines = [
            ax.plot([left, right], [b, b], linewidth=0.8, zorder=4)[0] for b in bottoms[:-1]]
        self.numbers = [
            ax.text(
                x, b + row / 2 - 0.01, "", ha="center", va="center_baseline", fontsize=size,
                zorder=5)
            for b in bottoms]

    def show(self, state: int, values, gate: bool = False):
        """Write the numbers, one a row. gate: a zero here is a hidden unit that is shut."""
        edge = GHOST if state == AHEAD else self.color
        self.frame.set(edgecolor=edge, facecolor=tint(self.color, (0, 0.05, 0.22)[state]),
                       linewidth=(1.1, 1.4, 3)[state], linestyle="--" if state == AHEAD else "-")
        for line in self.lines:
            line.set_color(edge)
        for text, hatch, value in zip(self.numbers, self.hatches, values, strict=True):
            shut = gate and value == 0 and state != AHEAD
            hatch.set_visible(shut)
            text.set(
                text="" if state == AHEAD else in_a_box(value), color=DARK_GREY if shut else TARGET,
                fontweight=WEIGHT[state])


class Name:
    """Words beside a box."""

    def __init__(self, ax, x, y, words, **how):
        self.text = ax.text(
            x, y, words,
            **{"ha": "center", "va": "center", "fontsize": SIZE + 1, "zorder": 5, **how})

    def show(self, state: int):
        self.text.set(color=GREY if state == AHEAD else TARGET, fontweight=WEIGHT[state])


class Tag(Name):
    """The name of a weight array on a small plate: the same plate wherever the same array is
    used."""

    def __init__(self, ax, x, y, name, color):
        super().__init__(
            ax, x, y, name, fontsize=SIZE, zorder=7,
            bbox={"boxstyle": "round,pad=0.22,rounding_size=0.5"})
        self.color = color

    def show(self, state: int):
        super().show(state)
        self.text.get_bbox_patch().set(
            edgecolor=GHOST if state == AHEAD else self.color, linewidth=(0.8, 1, 2)[state],
            facecolor=tint(self.color, (0, 0.12, 0.3)[state]))


class Arrow:
    """An arrow into a box, upright or level, and beside it the tag of the weights that it
    brings."""

    def __init__(self, ax, start, end, name, color):
        (x0, y0), (x1, y1) = start, end
        level = y0 == y1
        x1, y1 = (x1 - 0.09, y1) if level else (x1, y1 - 0.09 if y1 > y0 else y1 + 0.09)
        self.color, x, y = color, (x0 + x1) / 2, (y0 + y1) / 2
        self.line = line_with_head(ax, (x0, y0), (x1, y1))
        above, beside = (x, y + 0.2), (x + 0.1 + 0.05 * len(name), y)
        self.tag = Tag(ax, *(above if level else beside), name, color)

    def show(self, state: int):
        self.line.set(color=GHOST if state == AHEAD else self.color, linewidth=(1, 1.5, 3)[state],
                      markersize=(5, 6, 9)[state])
        self.tag.show(state)


class Matrix:
    """A weight array written out between brackets; (left, y) is the middle of its left edge."""

    def __init__(self, ax, left, y, rows, columns, name, color, tag_at=None):
        right, low, high = left + self.width(columns), y - LINE * rows / 2, y + LINE * rows / 2
        self.tag = Tag(ax, *(tag_at or (left - 0.14 - 0.04 * len(name), y)), name, color)
        ink = {"color": TARGET, "zorder": 5}
        flush = {"ha": "right", "va": "center_baseline", "fontsize": SIZE}
        self.numbers = [
            ax.text(
                left + PITCH * (k + 1) + 0.03, high - LINE * (r + 0.5) - 0.01, "", **flush, **ink)
            for r in range(rows)
            for k in range(columns)]
        brackets = [
            ax.plot([x + inward, x, x, x + inward], [high, high, low, low], linewidth=1, **ink)[0]
            for x, inward in ((left, 0.05), (right, -0.05))]
        self.static = [*self.numbers, *brackets]

    @staticmethod
    def width(columns: int) -> float:
        return PITCH * columns + 0.1

    def write(self, array) -> bool:
        """Write the numbers; return whether one of them has changed."""
        before = [text.get_text() for text in self.numbers]
        for text, value in zip(self.numbers, array.flat, strict=True):
            text.set_text(in_a_box(value))
        return before != [text.get_text() for text in self.numbers]


class Table:
    """Rows of texts, the first a heading, in columns of one color each, set in the middle around
    `x`."""

    def __init__(self, ax, x, top, rows, size, colors):
        self.x, self.size = x, size
        baselines = [top - (0.9 + 1.36 * row + 0.15 * (row > 0)) * size / 72 for row in range(rows)]
        weights = ["bold"] + ["normal"] * (rows - 1)
        self.texts = [
            [
                ax.text(0, y, "", color=color, fontsize=size, fontweight=weight, zorder=5)
                for color in colors]
            for y, weight in zip(baselines, weights, strict=True)]

    def show(self, rows: list):
        """Write the rows, as many as there are."""
        widths = column_widths(rows, self.size)
        for texts, row in zip(
            self.texts, rows + [[""] * len(widths)] * (len(self.texts) - len(rows)), strict=True
        ):
            x = self.x - sum(widths) / 2
            for text, words, room in zip(texts, row, widths, strict=True):
                text.set(x=x, text=words)
                x += room
