"""What a picture shows: its pixels, its texts and the room they take."""

import io
from itertools import combinations
from typing import NamedTuple

import numpy as np
from matplotlib.text import Text
from PIL import Image

from catrnn.lab.drawing.raster import cut_out

ROUNDING = 0.01
"""Inches: one pixel and a half, by which letters may be drawn off their measure."""


class Word(NamedTuple):
    """A text as it is drawn: its box in inches."""

    text: str
    points: float
    box: tuple


def pixels(picture) -> np.ndarray:
    """(height, width, 3): red, green and blue of what a picture shows as it stands."""
    return np.asarray(Image.open(io.BytesIO(picture.png())).convert("RGB"))


def texts_of(picture) -> list:
    """Every text that is drawn on a picture as it stands, tick labels and all."""
    hidden = ticks_beyond_the_ends(picture.figure)
    return [text for text in picture.figure.findobj(Text)
            if text.get_visible() and text.get_text().strip() and id(text) not in hidden]


def measured(picture) -> list:
    """Every text that is drawn on a picture as it stands, and its box in pixels."""
    return [(text, text.get_window_extent()) for text in texts_of(picture)]


def words_of(picture, texts: list) -> list:
    """What stands on a picture, how large, and where. texts: what `measured` found."""
    inches = picture.figure.dpi_scale_trans.inverted()
    return [Word(text.get_text(), text.get_fontsize(), box.transformed(inches).extents) for text, box in texts]


def ticks_beyond_the_ends(figure) -> set:
    """The ids of tick labels that Matplotlib makes and does not draw."""
    hidden = set()
    for axis in (axis for ax in figure.axes for axis in (ax.xaxis, ax.yaxis)):
        low, high = sorted(axis.get_view_interval())
        rounding = 1e-9 * (high - low)
        hidden |= {id(label) for tick in axis.get_major_ticks() for label in (tick.label1, tick.label2)
                   if not low - rounding <= tick.get_loc() <= high + rounding}
    return hidden


def touching(picture, texts: list) -> list:
    """Return the pairs of texts whose letters share a pixel. texts: what `measured` found."""
    page = picture.figure.canvas.get_renderer()
    near = [(one, other) for (one, box), (other, another) in combinations(texts, 2) if box.overlaps(another)]
    ink = {text: ink_of(text, page) for pair in near for text in pair}
    return [(one.get_text(), other.get_text()) for one, other in near if ink[one] & ink[other]]


def ink_of(text, page) -> set:
    """Return the pixels of the page that the letters of a text stand on."""
    left, low, runs = cut_out(text, page)
    rows, columns = np.nonzero(runs.pixels()[..., 3])
    return set(zip((rows + low).tolist(), (columns + left).tolist(), strict=True))


def restored(panel):
    """Run the code beneath a panel; return the panel that it makes."""
    *imports, call = panel.view.restore.strip().splitlines()
    names = {}
    exec("\n".join(imports), names)
    return eval(call, names)
