"""What a picture shows: its pixels, its texts and the room they take."""

import io
from typing import NamedTuple

import numpy as np
from matplotlib.text import Text
from PIL import Image

from catrnn.lab.drawing.raster import cut_out

ROUNDING = 0.01
"""Inches: one pixel and a half, by which letters may be drawn off their measure."""


class Word(NamedTuple):
    """A text as it is drawn: its box in inches, and where on the page its letters have ink."""

    text: str
    points: float
    box: tuple
    ink: tuple


def pixels(picture) -> np.ndarray:
    """(height, width, 3): red, green and blue of what a picture shows as it stands."""
    return np.asarray(Image.open(io.BytesIO(picture.png())).convert("RGB"))


def words_of(picture) -> list:
    """Every text that is drawn on a picture as it stands, tick labels and all."""
    picture.png()
    figure = picture.figure
    page, inches = figure.canvas.get_renderer(), figure.dpi_scale_trans.inverted()
    hidden = ticks_beyond_the_ends(figure)
    shown = [text for text in figure.findobj(Text)
             if text.get_visible() and text.get_text().strip() and id(text) not in hidden]
    return [Word(text.get_text(), text.get_fontsize(), text.get_window_extent(page).transformed(inches).extents,
                 cut_out(text, page)) for text in shown]


def ticks_beyond_the_ends(figure) -> set:
    """The ids of tick labels that Matplotlib makes and does not draw."""
    hidden = set()
    for axis in (axis for ax in figure.axes for axis in (ax.xaxis, ax.yaxis)):
        low, high = sorted(axis.get_view_interval())
        rounding = 1e-9 * (high - low)
        hidden |= {id(label) for tick in axis.get_major_ticks() for label in (tick.label1, tick.label2)
                   if not low - rounding <= tick.get_loc() <= high + rounding}
    return hidden


def touch(one: Word, other: Word) -> bool:
    """Whether the letters of two texts share a pixel."""
    (left, low, right, high), (left_2, low_2, right_2, high_2) = one.box, other.box
    if left >= right_2 or left_2 >= right or low >= high_2 or low_2 >= high:
        return False
    places = []
    for x, y, runs in (one.ink, other.ink):
        rows, columns = np.nonzero(runs.pixels()[..., 3])
        places.append(set(zip((rows + y).tolist(), (columns + x).tolist(), strict=True)))
    return bool(places[0] & places[1])


def restored(panel):
    """Run the code beneath a panel; return the panel that it makes."""
    *imports, call = panel.view.restore.strip().splitlines()
    names = {}
    exec("\n".join(imports), names)
    return eval(call, names)
