"""Notebook 01: what do four days tell us?"""

import ipywidgets
import traitlets

from catrnn.baselines import BASELINES
from catrnn.data import PORTIONS
from catrnn.lab.panel.controls import number_slider
from catrnn.lab.panel.decorator import panel
from catrnn.lab.panel.rules import flat_days, portion
from catrnn.lab.pictures.timeline import Timeline

ON_A_PHONE = 352
"""Pixels that a phone of 390 has for a picture."""


class DaySliders(ipywidgets.HBox):
    """One upright slider a day, each above its bar. Read their list, `value`."""

    value = traitlets.List()

    def __init__(self, portions, picture: Timeline):
        self.sliders = [number_slider("", p, 0.0, 2.0, 0.05) for p in portions]
        super().__init__(self.sliders, layout={"flex_flow": "row wrap", "width": "100%"})

        for slider in self.sliders:
            slider.orientation = "vertical"
            look = slider.layout
            look.height, look.min_width, look.max_width, look.margin = "14em", "30px", None, "0"
            slider.observe(self._read, "value")
        self.stand_above(picture)
        self._read()

    def stand_above(self, picture: Timeline):
        """Put each slider above its bar, however large the page shows the picture."""
        left, wide = picture.first_slot()
        self.layout.padding = f"0 0 0 {100 * left:.2f}%"
        page = ON_A_PHONE if picture.narrow else picture.width
        name = "Day {}" if wide * page > 50 else "{}"  # as beneath the bars of a wide page
        for day, slider in enumerate(self.sliders, start=1):
            slider.description = name.format(day)
            slider.layout.width = f"{100 * wide / (1 - left):.2f}%"

    def _read(self, _change=None):
        self.value = [slider.value for slider in self.sliders]


@panel("Which guess moves when a day moves, and how far?", days=flat_days(2, 60), answer=portion)
def explore_guesses(days=PORTIONS, answer: float = 1.25):
    """Return a panel that moves the days of a cat: what do the three naive guesses make of them?

    days: portions of fish, 2 to 60, in a flat list; answer: portions of fish on the day after.
    Raises TypeError or ValueError for a day or an answer that is not a finite number.
    """
    def compute(days, answer):
        guesses = {name: guess(days) for name, guess in BASELINES.items()}
        return dict(portions=days, guesses=guesses, answer=answer)

    picture = Timeline().show(**compute(days, answer))
    controls = {
        "days": DaySliders(days, picture),
        "answer": number_slider("answer", answer, 0.0, 2.0, 0.05),
    }
    return picture, compute, controls
