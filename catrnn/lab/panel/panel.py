"""Controls in, one living picture out."""

import base64
import io
import pathlib
from collections.abc import Callable, Mapping

import anywidget
import ipywidgets
import numpy as np
import traitlets
from PIL import Image

from catrnn.lab.drawing.style import SIZE, new_figure
from catrnn.lab.panel.restore import restoring_code, round_float

HERE = pathlib.Path(__file__).parent
RUN_HINT = "Run this cell (Shift+Enter) and the controls come alive."


class View(anywidget.AnyWidget):
    """The picture, its caption, a message in red if something went wrong, and the code that restores the setting."""

    _esm = HERE / "panel.js"
    _css = HERE / "panel.css"
    png = traitlets.Bytes().tag(sync=True)
    width = traitlets.Int().tag(sync=True)
    caption = traitlets.Unicode().tag(sync=True)
    restore = traitlets.Unicode().tag(sync=True)
    problem = traitlets.Unicode().tag(sync=True)


class Panel(ipywidgets.VBox):
    """A question, its controls, one picture, and a sentence of rounded facts that changes with them.

    answer: called with the value of every control by name; it works the answer out and shows it on `picture`.
    call: the name of the function that makes this panel; given: its other arguments, where they are not the default.
    An exception in `answer` is shown in red and raised; the controls stay alive and the next move recovers.
    A control may have a `problem` of its own beside its `value`: a sentence for the learner. While it says something,
    that is shown in red, and the last good picture stays.
    """

    def __init__(self, question: str, picture, answer: Callable, controls: Mapping, call: str, given: Mapping = {}):
        self.picture, self.answer, self.controls, self.call, self.given = picture, answer, controls, call, given
        self.view = View(width=picture.width)
        rows = {"flex_flow": "row wrap", "max_width": f"{picture.width}px"}
        grid = ipywidgets.Box(list(controls.values()), layout=rows)
        super().__init__([ipywidgets.HTML(f"<b>{question}</b>"), grid, self.view])
        self.add_class("catrnn-panel")
        for control in controls.values():
            control.observe(self._moved, ["value", "problem"] if control.has_trait("problem") else "value")
        self._moved()

    def _moved(self, _change=None):
        problems = [control.problem for control in self.controls.values() if getattr(control, "problem", "")]
        if problems:
            self.view.problem = problems[0]
            return
        values = {name: round_float(control.value) for name, control in self.controls.items()}
        try:
            self.answer(**values)
            png = self.picture.png()
        except Exception as problem:
            self.view.problem = f"Something went wrong. {type(problem).__name__}: {problem}"
            raise
        with self.view.hold_sync():  # one message: picture and words change together
            self.view.png, self.view.caption, self.view.problem = png, self.picture.caption, ""
            self.view.restore = restoring_code(self.call, {**self.given, **values})

    def _repr_mimebundle_(self, **kwargs):
        """Store a still picture and its words beside the live panel, for readers without a kernel."""
        words = f"{RUN_HINT} What the picture showed when it was stored: {self.picture.caption}"
        still = base64.b64encode(still_png(self.picture)).decode()
        bundle = {**super()._repr_mimebundle_(**kwargs), "text/plain": words, "image/png": still}
        return bundle, {"image/png": {"width": self.picture.width}}


def still_png(picture) -> bytes:
    """Return a picture as it stands, small, beneath the friendly line: JupyterLab shows no words beside a picture."""
    heading = new_figure(picture.figure.get_figwidth(), 0.4)
    heading.text(0.02, 0.5, RUN_HINT, va="center", fontsize=SIZE + 1, fontstyle="italic")
    heading.canvas.draw()
    parts = [heading.canvas.buffer_rgba(), Image.open(io.BytesIO(picture.png())).convert("RGBA")]
    image, file = Image.fromarray(np.vstack(parts)).convert("RGB"), io.BytesIO()
    image.quantize(256, dither=Image.Dither.NONE).save(file, "png", optimize=True)
    return file.getvalue()


