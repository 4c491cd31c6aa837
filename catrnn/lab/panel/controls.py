"""Controls with a label, ready for a panel."""

import ipywidgets
import numpy as np
import traitlets

LAYOUT = {
    "style": {"description_width": "8em"},
    "layout": {"width": "29em", "max_width": "calc(100% - 4px)"},  # its margins are 4 px
}
"""Every control has room for its label and its number, and is never wider than the page."""


def whole_slider(label: str, value: int, low: int, high: int) -> ipywidgets.IntSlider:
    """Return a slider over whole numbers; a value outside its range widens it."""
    low, high = min(low, value), max(high, value)
    return ipywidgets.IntSlider(value, low, high, description=label, **LAYOUT)


def number_slider(label: str, value: float, low: float, high: float, step: float):
    """Return a slider over numbers; a value off its grid widens it or makes the step finer."""
    for _ in range(3):
        if abs((value - low) / step - round((value - low) / step)) > 1e-6:
            step /= 10
    digits = max(2, -int(np.floor(np.log10(step) + 1e-9)))
    low, high = min(low, value), max(high, value)
    return ipywidgets.FloatSlider(value, min=low, max=high, step=step, description=label,
                                  readout_format=f".{digits}f", **LAYOUT)


def choice_slider(label: str, value, options) -> ipywidgets.SelectionSlider:
    """Return a slider over given numbers, in order; a value that is not among them joins them."""
    options = sorted({*options, value})
    return ipywidgets.SelectionSlider(options=options, value=value, description=label, **LAYOUT)


def switch(label: str, value: bool) -> ipywidgets.Checkbox:
    """Return a box to tick."""
    return ipywidgets.Checkbox(value, description=label, **LAYOUT)


def number_box(label: str, value: int, low: int, high: int) -> ipywidgets.BoundedIntText:
    """Return a box for a whole number with arrows up and down."""
    low, high = min(low, value), max(high, value)
    return ipywidgets.BoundedIntText(value, min=low, max=high, description=label, **LAYOUT)


class Stepper(ipywidgets.HBox):
    """Step back, step on, play, and a slider, to go through whole numbers. Read its `value`."""

    value = traitlets.Int()

    def __init__(self, label: str, value: int, low: int, high: int, milliseconds: int = 800):
        slider = whole_slider(label, value, low, high)
        back = ipywidgets.Button(description="back", layout={"width": "5em"})
        on = ipywidgets.Button(description="step", layout={"width": "5em"})
        play = ipywidgets.Play(value=value, min=slider.min, max=slider.max, interval=milliseconds)
        rows = {"flex_flow": "row wrap", "max_width": "100%"}
        super().__init__([slider, back, on, play], layout=rows)
        back.on_click(lambda _: self._go(slider.value - 1, slider))
        on.on_click(lambda _: self._go(slider.value + 1, slider))
        traitlets.link((slider, "value"), (self, "value"))
        traitlets.link((play, "value"), (slider, "value"))

    def rest(self):
        """Stop playing. The name of the trait is another in ipywidgets 7."""
        play = self.children[-1]
        play.set_trait("playing" if play.has_trait("playing") else "_playing", False)

    @staticmethod
    def _go(value: int, slider):
        slider.value = min(max(value, slider.min), slider.max)
