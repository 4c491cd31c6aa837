"""A button to choose a file with."""

import pathlib

import anywidget
import traitlets

from catrnn.lab.panel.parse_days import MOST_BYTES


class File(anywidget.AnyWidget):
    """The reader's file: observe `turn`, which counts choices, then read `size` and `content`.

    Of a file larger than `most` bytes only the size comes: a large message would break the line to
    the kernel.
    """

    _esm = pathlib.Path(__file__).parent / "file_input.js"
    label = traitlets.Unicode().tag(sync=True)
    accept = traitlets.Unicode().tag(sync=True)
    most = traitlets.Int(MOST_BYTES).tag(sync=True)
    size = traitlets.Int().tag(sync=True)
    content = traitlets.CBytes().tag(sync=True)
    turn = traitlets.Int().tag(sync=True)
