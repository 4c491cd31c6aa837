"""The look of the course, and what every picture can do: be built once, be shown often."""

import io
import logging
import sys

if sys.platform == "emscripten":  # in a browser Matplotlib looks for its fonts at each start, and would say so in red
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from catrnn.pictures.fast import Letters, fast_png

# One colour per quantity through the whole course, told apart without colour too (marker, dash, hatch, label).
# Any two differ clearly for every common colour deficiency, and each stands out from white: tests/test_colours.py.
INPUT = "#0072B2"
HIDDEN = "#005A33"
PREDICTION = "#C04F00"
TARGET = "#222222"
LOSS = "#8A3A70"
GRADIENT = "#946D3E"
FAINT = "#8A8A8A"
PAPER = "#FFFFFF"

WORDS = "#555555"
"""Names and lines that belong to no quantity of the legend."""
BAND = "#F3CDB4"
"""From the lowest to the highest of several predictions."""

SIZE = 10
"""Points of the smallest text that a picture of the course uses."""

INCH = 100
"""Pixels of the page that an inch of a figure takes."""

DPI = 150
"""Pixels of the image in an inch: one and a half for each of the page, crisp without being slow."""


def new_figure(width: float, height: float) -> Figure:
    """Return an empty figure of so many inches; it belongs to no window and no global state."""
    figure = Figure(figsize=(width, height), dpi=DPI, facecolor=PAPER, layout="constrained")
    figure.get_layout_engine().set(w_pad=0.08, h_pad=0.08)
    FigureCanvasAgg(figure)
    return figure


def tidy(ax, xlabel: str = "", ylabel: str = "", title: str = "") -> None:
    """Give an axis the look of the course: labels, a light grid, no box."""
    ax.set(xlabel=xlabel, ylabel=ylabel)
    ax.set_title(title, fontsize=SIZE + 1, loc="left", fontweight="bold")
    ax.tick_params(labelsize=SIZE, color=FAINT)
    ax.xaxis.label.set_size(SIZE)
    ax.yaxis.label.set_size(SIZE)
    ax.grid(color="#E6E6E6", linewidth=0.8)
    ax.set_axisbelow(True)
    ax.spines[["top", "right"]].set_visible(False)
    ax.spines[["left", "bottom"]].set_color(FAINT)


def whole_page(ax, size) -> None:
    """Spread an axis without ticks over the page, for drawings: an inch of the page, of size (width, height), is 1."""
    ax.set_position((0, 0, 1, 1))
    ax.set(xlim=(0, size[0]), ylim=(0, size[1]), xticks=[], yticks=[])
    ax.spines[:].set_visible(False)


def loss_axis(ax, low: float, high: float) -> None:
    """Give an axis a logarithmic scale for losses, its ticks written out: a raised power would be too small to read."""
    ax.set(yscale="log", ylim=(low, high))
    ax.set_yticks([1e-6, 1e-4, 0.01, 1, 100, 10000], ["0.000001", "0.0001", "0.01", "1", "100", "10,000"])
    ax.minorticks_off()


def move_band(band, x, low, high) -> None:
    """Give a band made by `fill_between` new edges. Matplotlib's own `set_data` came with 3.10."""
    band.set_verts([np.vstack([np.column_stack([x, low]), np.column_stack([x, high])[::-1]])])


def number(value: float, digits: int = 4) -> str:
    """Return a number for a caption: rounded, short if it is huge, in words if it is none."""
    if not np.isfinite(value):
        return "no number"
    return f"{value:z.{digits}f}" if abs(value) < 10000 else f"{value:.0e}"


class Picture:
    """Artists on an axis, built once; `show` moves them and writes the caption, the picture's text twin.

    A subclass gives `size` in inches, `build(ax)` with the widest labels that will come, and `show(...)`, which sets
    `caption` and returns self.
    A figure in a notebook is a picture shown once; a panel shows the same picture again and again.
    """

    size = (6.4, 3.4)
    ratios = (1,)
    """Widths of the axes side by side; with more than one, `build` receives a list of axes."""
    caption = ""
    still = ()
    """Artists that never move, beside the axes themselves; they are drawn once."""

    def __init__(self, ax=None):
        self.figure = new_figure(*self.size) if ax is None else ax.figure
        self._backgrounds, self._letters = {}, Letters()
        self.build(self.axes() if ax is None else ax)
        if ax is None:  # laid out once, for the labels that `build` has put there: nothing jumps when a slider moves
            for artist in (a for ax in self.figure.axes for a in (*ax.texts, *ax.lines, *ax.patches)):
                artist.set_in_layout(False)
            self.figure.draw_without_rendering()
            self.figure.set_layout_engine("none")

    def axes(self):
        """Return new axes for `build`; override for more than a row of them."""
        return self.figure.subplots(1, len(self.ratios), width_ratios=self.ratios)

    @property
    def width(self) -> int:
        """Pixels of the page."""
        return round(self.figure.get_figwidth() * INCH)

    def png(self) -> bytes:
        """Return the picture as it stands, fast."""
        return fast_png(self._drawn())

    def small_png(self) -> bytes:
        """Return the picture as it stands, small: 256 colours are plenty for lines and letters."""
        file = io.BytesIO()
        self._drawn().convert("RGB").quantize(256, dither=Image.Dither.NONE).save(file, "png", optimize=True)
        return file.getvalue()

    def _drawn(self) -> Image.Image:
        """Draw what stands on the axes; draw the axes themselves again only when one has changed."""
        canvas, moving, frame = self.figure.canvas, self._moving(), self._axes_now()
        if frame not in self._backgrounds:
            for artist in moving:
                artist.set_animated(True)
            canvas.draw()
            last = list(self._backgrounds.items())[-3:]
            self._backgrounds = {**dict(last), frame: canvas.copy_from_bbox(self.figure.bbox)}
        canvas.restore_region(self._backgrounds[frame])
        renderer = canvas.get_renderer()
        for artist in moving:
            self._letters.draw(artist, renderer)
        return Image.frombuffer("RGBA", canvas.get_width_height(), canvas.buffer_rgba())

    def redraw(self) -> None:
        """Have what is still drawn again too, next time: it has changed."""
        self._backgrounds = {}

    def _moving(self) -> list:
        """Return all that stands on the axes, from the lowest to the highest, but for the axes and what is still."""
        still = {id(artist) for artist in self.still}
        artists = [a for ax in self.figure.axes for a in ax.get_children() if a not in (ax.xaxis, ax.yaxis, ax.patch)]
        return sorted((a for a in artists if id(a) not in still), key=lambda a: a.zorder)

    def _axes_now(self) -> tuple:
        """Return what the background depends on: limits, ticks and labels of every axis."""
        return tuple((*axis.get_view_interval(), axis.get_scale(), axis.get_label_text(), axis.get_visible(),
                      axis.get_major_locator(), axis.get_major_formatter())
                     for ax in self.figure.axes for axis in (ax.xaxis, ax.yaxis))

    def _repr_mimebundle_(self, **_kwargs):
        """Show the picture in a notebook, its caption beside it for whoever reads without eyes."""
        return {"image/png": self.small_png(), "text/plain": self.caption}, {"image/png": {"width": self.width}}
