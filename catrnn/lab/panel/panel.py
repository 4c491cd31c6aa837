"""Controls in, one living picture out."""

import base64
import html
import pathlib
from collections.abc import Callable, Mapping

import ipywidgets
from IPython.display import display

from catrnn.lab.panel.drawings import DRAWINGS
from catrnn.lab.panel.link import arguments_in
from catrnn.lab.panel.parts import close_whole, parts_of
from catrnn.lab.panel.progress import widget_bundle
from catrnn.lab.panel.restore import restoring_code, round_float
from catrnn.lab.panel.view import View

STORED_CSS = pathlib.Path(__file__).with_name("stored.css")
STORED = " ".join(STORED_CSS.read_text("utf-8").partition("*/")[2].split())
"""The style of what is stored of a panel, without its comment, in one line."""

RUN_HINT = "Run this cell (Shift+Enter, or ▶) and the controls come alive."

STOPPED = "Stopped: this is still the picture of an earlier setting. Move a control once more."


class NoPanel(Exception):
    """There is nothing to show. Argument: why, in words, which are printed in the panel's place."""


class Panel(ipywidgets.VBox):
    """A question, its controls, one picture, and a caption of rounded facts that moves with them.

    compute: called with the value of every control by name; it returns what `picture.show` takes,
    by name. Beside it may stand "words", a sentence around the picture's caption, which goes where
    {} stands. call: the name of the function that makes this panel; given: its other arguments,
    where they are not the default. parts: called with arguments of that function, it returns the
    first four of these and `given`, for another setting. An exception in `compute` is shown in red
    and raised; the controls stay alive and the next move recovers. A control may have a `problem`
    of its own beside its `value`: a sentence for the learner. While it says something, that is
    shown in red, and the last good picture stays.
    """

    picture = None

    def __init__(self, question: str, picture, compute: Callable, controls: Mapping, call: str,
                 given: Mapping = {}, parts: Callable | None = None):
        self.call, self.parts = call, parts
        self.view = View(width=picture.width, wide=picture.width)
        super().__init__()
        self.add_class("catrnn-panel")
        self.view.on_msg(self._hear)
        self.view.observe(self._turn, "narrow")
        try:
            self._fill(question, picture, compute, controls, given)
        except BaseException:  # an interrupt too
            self.close()  # nobody will see its parts
            raise

    def _fill(self, question, picture, compute, controls, given):
        """Lay the controls out, listen to them, and show the picture of their values."""
        self.picture, self.compute, self.controls, self.given = picture, compute, controls, given
        rows = {"flex_flow": "row wrap", "max_width": f"{picture.width}px"}
        grid = ipywidgets.Box(list(controls.values()), layout=rows)
        asked = ipywidgets.HTML(f"<b>{html.escape(question, quote=False)}</b>")
        self.children = [asked, grid, self.view]
        self._stand()
        for control in controls.values():
            observed = ["value", "problem"] if control.has_trait("problem") else "value"
            control.observe(self._moved, observed)
        self._moved()

    def take(self, text: str):
        """Show the setting that a link asks for, or say in red what does not fit.

        text: a call of this panel's function as the restoring code writes it. Nothing of it is
        executed; its values come in by the doors of that function.
        """
        try:
            parts = self.parts(**arguments_in(text, self.call))
        except (NoPanel, TypeError, ValueError) as problem:
            self.view.problem = f"The setting in this page's address cannot be shown. {problem}"
            return
        old, shown = self.children, (self.picture, self.compute, self.controls, self.given)
        try:
            self._fill(*parts)
        except BaseException:
            self.children = old
            self.picture, self.compute, self.controls, self.given = shown
            raise
        DRAWINGS.forget(shown[0])
        for widget in old[:2]:
            close_whole(widget)

    def _hear(self, _view, message, _buffers):
        """Take a setting from the page's address; or rest, for no page shows this panel."""
        if message["event"] == "setting":
            self.take(message["text"])
            return
        for control in self.controls.values():
            if hasattr(control, "rest"):
                control.rest()

    def _stand(self):
        """Put the picture on the page that there is room for, and above it what belongs there."""
        self.picture.turn(self.view.narrow)
        for control in self.controls.values():
            if hasattr(control, "stand_above"):
                control.stand_above(self.picture)

    def _turn(self, _change):
        """Show the same picture on the page of a phone, or on the wide one again."""
        DRAWINGS.use(self.picture)
        self._stand()
        with self.view.hold_sync():
            self.view.png, self.view.width = self.picture.png(), self.picture.width

    def _moved(self, _change=None):
        problems = [c.problem for c in self.controls.values() if getattr(c, "problem", "")]
        if problems:
            self.view.problem = problems[0]
            return

        values = {name: round_float(control.value) for name, control in self.controls.items()}
        try:
            caption = self._show(**values)
            png = self.picture.png()
        except Exception as problem:
            self.view.problem = f"Something went wrong. {type(problem).__name__}: {problem}"
            raise
        except KeyboardInterrupt:
            self.view.problem = STOPPED
            raise
        with self.view.hold_sync():  # one message: picture and words change together
            self.view.png, self.view.caption, self.view.problem = png, caption, ""
            self.view.restore = restoring_code(self.call, {**self.given, **values})
            self.view.focus = self.picture.focus

    def _show(self, **values) -> str:
        """Work out the numbers, show them, and return the words that go with the picture."""
        numbers = self.compute(**values)
        words = numbers.pop("words", "{}")
        DRAWINGS.use(self.picture)
        self.picture.show(**numbers)
        return words.format(self.picture.caption)

    def close(self):
        """Close the panel and every part of it, and let go of the drawing."""
        if self.picture is not None:
            DRAWINGS.forget(self.picture)
        for part in parts_of(self):
            part.close()
        super().close()

    def __del__(self):
        super().close()  # what nothing holds any more goes with its parts and its drawing

    def stored(self) -> list:
        """Return what a notebook stores of the panel: (data, metadata) of three outputs.

        First a line and its style, which hides line and picture while the panel lives, and what
        Jupyter writes in the place of a panel that it cannot find; then the picture with its words;
        then the panel itself. One output with all of it would not do: a notebook that is trusted
        shows the panel alone, or that there is none.
        """
        words = f"What the picture showed when it was stored: {self.view.caption}"
        line = f'<p class="catrnn-stored">{RUN_HINT}</p><style>{STORED}</style>'
        still = {"width": self.picture.width, "alt": self.view.caption}
        png = base64.b64encode(self.picture.small_png()).decode()
        return [({"text/html": line, "text/plain": RUN_HINT}, {}),
                ({"image/png": png, "text/plain": words}, {"image/png": still}),
                (self._repr_mimebundle_(), {})]

    def _repr_mimebundle_(self, **_kwargs):
        return widget_bundle(self, "")

    def _ipython_display_(self, **_kwargs):
        for data, metadata in self.stored():
            display(data, metadata=metadata, raw=True)
