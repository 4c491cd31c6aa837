"""How far a long training has come."""

from collections.abc import Callable

import ipywidgets
from IPython.display import display


class ProgressBar(ipywidgets.IntProgress):
    """A bar from 0 to 100; what a notebook stores of it does not depend on time."""

    def _repr_mimebundle_(self, **_kwargs):
        return widget_bundle(self, f"A progress bar: {self.description}")

    def _ipython_display_(self, **_kwargs):
        display(self._repr_mimebundle_(), raw=True)


def progress_bar(label: str) -> Callable:
    """Show a bar, and return the function that moves it: hand it to `train(..., progress=...)`."""
    style = {"description_width": "12em"}  # so that bars one below the other begin in one line
    bar = ProgressBar(0, 0, 100, description=label, style=style, layout={"width": "40em"})
    display(bar)

    def progress(epoch: int, epochs: int):
        bar.value = 100 * epoch // epochs

    return progress


def widget_bundle(widget, words: str) -> dict:
    """Return what a notebook is given of a widget, with words for where it cannot live.

    Written out here, for ipywidgets 7 has no such method, and ipywidgets 8 has no other.
    """
    live = {"version_major": 2, "version_minor": 0, "model_id": widget.model_id}
    return {"application/vnd.jupyter.widget-view+json": live, "text/plain": words}
