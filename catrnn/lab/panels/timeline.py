"""Notebook 01: what do four days tell us?"""

import ipywidgets
import traitlets

from catrnn import checks
from catrnn.baselines import BASELINES
from catrnn.data import PORTIONS, timeline
from catrnn.lab.panel.controls import number_slider
from catrnn.lab.panel.panel import Panel
from catrnn.lab.pictures.timeline import Timeline


class DaySliders(ipywidgets.HBox):
    """One upright slider a day, each above its bar. Read their list, `value`.

    left, wide: where on the page the first bar has its room, and how wide that is, in pixels.
    """

    value = traitlets.List()

    def __init__(self, portions, left: float, wide: float):
        name = "Day {}" if wide > 50 else "{}"  # as beneath the bars
        self.sliders = [number_slider(name.format(day), p, 0.0, 2.0, 0.05) for day, p in enumerate(portions, start=1)]
        super().__init__(self.sliders, layout={"flex_flow": "row wrap", "margin": f"0 0 0 {left:.0f}px"})
        for slider in self.sliders:
            slider.orientation = "vertical"
            slider.layout = {"height": "14em", "width": f"{max(wide, 30):.1f}px", "margin": "0"}
            slider.observe(self._read, "value")
        self._read()

    def _read(self, _change=None):
        self.value = [slider.value for slider in self.sliders]


def explore_guesses(days=PORTIONS, answer: float = 1.25) -> Panel:
    """Return a panel that moves the days of a cat and shows what the three naive guesses make of them.

    days: portions of fish, 2 or more, in a flat list; answer: portions of fish on the day after.
    Raises TypeError or ValueError for a day or an answer that is not a finite number.
    """
    portions = timeline(days).ravel().tolist()
    BASELINES["straight line"](portions)  # says so if there are too few
    answer = checks.number("answer", answer)
    picture = Timeline()

    def show(days, answer):
        picture.show(days, {name: guess(days) for name, guess in BASELINES.items()}, answer)

    show(portions, answer)
    controls = {
        "days": DaySliders(portions, *picture.first_slot()),
        "answer": number_slider("answer", answer, 0.0, 2.0, 0.05),
    }
    return Panel("Which guess moves when a day moves, and how far?", picture, show, controls, "explore_guesses")
