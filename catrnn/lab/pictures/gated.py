"""What an LSTM changes in the recurrent layer: gates that keep, write and show."""

from catrnn.lab.drawing.diagram import (
    Diagram,
    frame,
    line_with_head,
    tint,
)
from catrnn.lab.drawing.style import HIDDEN, INPUT, SIZE, TARGET

MEMORY, MIDDLE, ROW, RAIL = 3.42, 2.62, 1.78, 0.98
"""Inches up to the line of what is kept, to the products between, to the row of small layers, to
the inputs' rail."""
END = 8.3


class Gated(Diagram):
    """A cell of one day, from left to right, with its sums written beneath."""

    size = (9.0, 4.0)
    sums = ()
    words = ""

    def draw(self, ax):
        self.draw_cell()
        for k, line in enumerate(self.sums):
            ax.text(
                0.2 + 4.45 * (k % 2), 0.42 - 0.24 * (k // 2), line, fontsize=SIZE, color=TARGET,
                family="monospace")
        self.static = (*ax.lines, *ax.patches, *ax.texts)

    def show(self):
        """There is nothing to move."""
        self.caption = self.words
        return self

    def state(self, x: float, y: float, name: str, color: str = HIDDEN):
        """A number for each hidden unit, which comes in or goes out."""
        self._box(x, y, 0.52, name, edgecolor=color, facecolor=tint(color, 0.12), linewidth=1.5)

    def layer(self, x: float, name: str):
        """The layer that the course has built."""
        self._box(x, ROW, 0.62, name, edgecolor=HIDDEN, facecolor=tint(HIDDEN, 0.2), linewidth=3)

    def gate(self, x: float, name: str):
        """A small recurrent layer of its own, whose answers lie between 0 and 1."""
        self._box(
            x, ROW, 0.62, name, edgecolor=TARGET, facecolor="#F3F3EE", linewidth=1.5, linestyle="--"
        )

    def _box(self, x, y, half, name, **how):
        frame(self.ax, x - half, y - 0.27, x + half, y + 0.27, zorder=3, **how)
        self.ax.text(x, y, name, ha="center", va="center", fontsize=SIZE, color=TARGET, zorder=4)

    def sign(self, x: float, y: float, sign: str):
        """Times or plus, unit by unit."""
        self.ax.plot(
            [x], [y], "o", markersize=19, color="white", markeredgecolor=TARGET,
            markeredgewidth=1.3, zorder=3)
        self.ax.text(
            x, y, sign, ha="center", va="center_baseline", fontsize=SIZE + 4, color=TARGET, zorder=4
        )

    def arrow(self, *corners, name: str = "", at=None, color: str = TARGET):
        """A line through the corners, with a head at its end; name: words that stand at a place."""
        line_with_head(self.ax, *corners, color=color, linewidth=1.6, markersize=7)
        if name:
            self.ax.text(*at, name, fontsize=SIZE, color=color, va="center")

    def rail(self, *xs):
        """Today's input and yesterday's state, on their way to every small layer at xs."""
        self._box(
            0.95, RAIL, 0.78, "c_x and p_x", edgecolor=INPUT, facecolor=tint(INPUT, 0.12),
            linewidth=1.5)
        for x in xs:
            self.arrow((1.73, RAIL), (x, RAIL), (x, ROW - 0.36), color=INPUT)


class LSTM(Gated):
    """Hochreiter and Schmidhuber, "Long short-term memory" (1997); the forget gate: Gers and
    others (2000)."""

    sums = (
        "memory = forget * memory + write * new", "forget, write, read = σ(c_x @ … + p_x @ … + …)",
        "h = read * tanh(memory)", "new = tanh(c_x @ c_w + p_x @ p_w + b)")
    words = (
        "An LSTM. Our recurrent layer works out what is new, with tanh in place of the ReLU: it "
        "squashes any number into one between -1 and 1. Three gates, each a small recurrent layer "
        "whose answers σ squashes into 0 to 1, decide how much of the memory stays "
        "(forget), how "
        "much of the new is added (write), and how much is shown as the hidden state (read). The "
        "memory goes from "
        "day to day through a product and a sum, with no matrix and no ReLU on its way.")

    def draw_cell(self):
        forget, write, new, read, out = 2.35, 3.85, 5.3, 6.75, 7.55
        self.rail(forget, write, new, read)
        for x, name in ((forget, "forget\ngate"), (write, "write\ngate"), (read, "read\ngate")):
            self.gate(x, name)
        self.layer(new, "our layer:\nnew")
        self.state(0.7, MEMORY, "memory of\nyesterday")
        self.state(END, MEMORY, "memory\nof today")
        self.state(END, MIDDLE, "h\nof today")
        self.arrow((1.22, MEMORY), (forget - 0.2, MEMORY), color=HIDDEN)
        self.arrow((forget + 0.15, MEMORY), (new - 0.2, MEMORY), color=HIDDEN)
        self.arrow((new + 0.15, MEMORY), (END - 0.58, MEMORY), color=HIDDEN)
        self.arrow((forget, ROW + 0.27), (forget, MEMORY - 0.2))
        self.arrow((write, ROW + 0.27), (write, MIDDLE), (new - 0.2, MIDDLE))
        self.arrow((new, ROW + 0.27), (new, MIDDLE - 0.2), color=HIDDEN)
        self.arrow((new, MIDDLE + 0.15), (new, MEMORY - 0.2), color=HIDDEN)
        self.arrow((read, ROW + 0.27), (read, MIDDLE), (out - 0.35, MIDDLE))
        self.arrow(
            (out - 0.15, MEMORY), (out - 0.15, MIDDLE + 0.2), name="tanh", at=(out - 0.08, 3.05),
            color=HIDDEN)
        self.arrow((out, MIDDLE), (END - 0.58, MIDDLE), color=HIDDEN)
        for x, y, sign in (
            (forget, MEMORY, "×"), (new, MEMORY, "+"), (new, MIDDLE, "×"), (out - 0.15, MIDDLE, "×")
        ):
            self.sign(x, y, sign)
