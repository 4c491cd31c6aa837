"""How far a long training has come."""

from collections.abc import Callable

import ipywidgets
from IPython.display import display


class ProgressBar(ipywidgets.IntProgress):
    """A bar from 0 to 100; what a notebook stores of it does not depend on time."""

    def _repr_mimebundle_(self, **kwargs):
        words = f"A progress bar: {self.description}"
        return {**super()._repr_mimebundle_(**kwargs), "text/plain": words}


def progress_bar(label: str) -> Callable:
    """Show a bar, and return the function that moves it: hand it to `train(..., progress=...)`."""
    look = {"style": {"description_width": "initial"}, "layout": {"width": "40em"}}
    bar = ProgressBar(0, 0, 100, description=label, **look)
    display(bar)

    def progress(epoch: int, epochs: int):
        bar.value = 100 * epoch // epochs

    return progress
