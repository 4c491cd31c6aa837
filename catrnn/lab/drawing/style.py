"""The look of the course: colours, sizes, and axes that keep them."""

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

# One colour per quantity through the whole course, told apart without colour too (by marker, dash,
# hatch or label). Any two differ clearly for every common colour deficiency, and each stands out
# from white: tests/lab/test_colours.py.
INPUT = "#0072B2"
HIDDEN = "#005A33"
PREDICTION = "#C04F00"
TARGET = "#222222"
LOSS = "#8A3A70"
GRADIENT = "#946D3E"
GREY = "#8A8A8A"
BACKGROUND = "#FFFFFF"
TEXT = "#555555"
"""Names and lines that belong to no quantity of the legend."""

DARK_GREY = "#6A6A6A"
"""Numbers that do not count: a unit that is shut, a day that is lost."""

GHOST = "#BDBDBD"
"""Lines of what is still ahead."""

LIGHT_GREY, RULE = "#EDEDED", "#DDDDDD"
"""Areas that are shut or within a limit, and lines between cells."""

CARD_COLOR = "#F6F6F1"
"""Cards that hold weights, and sums."""

BAND = "#F3CDB4"
"""From the lowest to the highest of several predictions."""

HEAT = LinearSegmentedColormap.from_list("hidden", [BACKGROUND, "#9FD0B5", HIDDEN, "#002E1A"])
"""From 0, white, to the loudest hidden unit."""

SIZE = 10
"""Points of the smallest text that a picture of the course uses."""

INCH = 100
"""Pixels of the page that an inch of a figure takes."""

PHONE = 5.2
"""Inches of the page of a phone: where it has 340 pixels, letters are 9 of them high."""

DPI = 150
"""Pixels of the image in an inch: one and a half for each of the page, crisp without being slow."""


def new_figure(width: float, height: float) -> Figure:
    """Return an empty figure of so many inches; it belongs to no window and no global state."""
    figure = Figure(figsize=(width, height), dpi=DPI, facecolor=BACKGROUND, layout="constrained")
    figure.get_layout_engine().set(w_pad=0.08, h_pad=0.08)
    FigureCanvasAgg(figure)
    return figure


def style_axes(ax, xlabel: str = "", ylabel: str = "", title: str = "") -> None:
    """Give an axis the look of the course: labels, a light grid, no box."""
    ax.set(xlabel=xlabel, ylabel=ylabel)
    # y: Matplotlib need not measure all labels to find out that nothing stands in its way.
    ax.set_title(title, fontsize=SIZE + 1, loc="left", fontweight="bold", y=1.0)
    ax.tick_params(labelsize=SIZE, color=GREY)
    ax.xaxis.label.set_size(SIZE)
    ax.yaxis.label.set_size(SIZE)
    ax.grid(color="#E6E6E6", linewidth=0.8)
    ax.set_axisbelow(True)
    ax.spines[["top", "right"]].set_visible(False)
    ax.spines[["left", "bottom"]].set_color(GREY)


def whole_page(ax, size) -> None:
    """Spread an axis without ticks over the page, for drawings: an inch of the page, of size
    (width, height), is 1."""
    ax.set_position((0, 0, 1, 1))
    ax.set(xlim=(0, size[0]), ylim=(0, size[1]), xticks=[], yticks=[])
    ax.spines[:].set_visible(False)


def loss_axis(ax, low: float, high: float) -> None:
    """Give an axis a logarithmic scale for losses, its ticks written out: a raised power would
    be too small to read."""
    ax.set(yscale="log", ylim=(low, high))
    ax.set_yticks(
        [1e-6, 1e-4, 0.01, 1, 100, 10000], ["0.000001", "0.0001", "0.01", "1", "100", "10,000"])
    ax.minorticks_off()


def move_band(band, x, low, high) -> None:
    """Give a band made by `fill_between` new edges. Matplotlib's own `set_data` came with 3.10."""
    band.set_verts([np.vstack([np.column_stack([x, low]), np.column_stack([x, high])[::-1]])])
