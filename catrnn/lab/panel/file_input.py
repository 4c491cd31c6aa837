"""A button to choose a file with, and a line that says what was made of it."""

import pathlib

import anywidget
import traitlets

from catrnn.lab.panel.parse_table import MOST_BYTES

HERE = pathlib.Path(__file__).parent


class File(anywidget.AnyWidget):
    """The reader's file: observe `turn`, which counts choices, then read `size` and `content`.

    Of a file larger than `most` bytes only the size comes: a large message would break the line to
    the kernel.
    """

    _esm = (HERE / "file_input.js").read_text("utf-8")  # text, not a path: see View
    label = traitlets.Unicode().tag(sync=True)
    accept = traitlets.Unicode().tag(sync=True)
    most = traitlets.Int(MOST_BYTES).tag(sync=True)
    size = traitlets.Int().tag(sync=True)
    content = traitlets.CBytes().tag(sync=True)
    turn = traitlets.Int().tag(sync=True)


class Told(anywidget.AnyWidget):
    """A line of plain text, which a screen reader says when it changes; no room if it is empty."""

    _esm = (HERE / "told.js").read_text("utf-8")
    words = traitlets.Unicode().tag(sync=True)
