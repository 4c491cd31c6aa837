"""What a page shows of a panel below its controls, and what it says back."""

import pathlib

import anywidget
import traitlets

HERE = pathlib.Path(__file__).parent


class View(anywidget.AnyWidget):
    """The picture, its caption, a message in red, and the code that restores the setting.

    It sends {"event": "unseen"} when no page shows it any more, and {"event": "setting", "text": a
    call} when the page's address asks for a setting of this panel.

    width: pixels of the picture as it is; wide: of the one for a wide page. narrow: the page says
    so when its letters would be too small there. focus: what to look at, see Picture.
    """

    _esm = (HERE / "panel.js").read_text("utf-8")  # of a path, anywidget keeps every view for ever
    _css = (HERE / "panel.css").read_text("utf-8")
    png = traitlets.Bytes().tag(sync=True)
    width = traitlets.Int().tag(sync=True)
    wide = traitlets.Int().tag(sync=True)
    narrow = traitlets.Bool().tag(sync=True)
    focus = traitlets.Float().tag(sync=True)
    caption = traitlets.Unicode().tag(sync=True)
    restore = traitlets.Unicode().tag(sync=True)
    problem = traitlets.Unicode().tag(sync=True)
