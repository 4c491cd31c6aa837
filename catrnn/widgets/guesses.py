"""Notebook 01: what do four days tell us?"""

import ipywidgets
import traitlets

from catrnn import doors
from catrnn.data import PORTIONS, timeline
from catrnn.guesses import NAIVE
from catrnn.panel import Panel, number_slider
from catrnn.pictures import Timeline


class DaySliders(ipywidgets.HBox):
    """One upright slider a day, side by side like the bars above which they stand. Read their list, `value`."""

    value = traitlets.List()

    def __init__(self, portions):
        self.sliders = [number_slider(f"Day {day}", p, 0.0, 2.0, 0.05) for day, p in enumerate(portions, start=1)]
        super().__init__(self.sliders, layout={"flex_flow": "row wrap"})
        for slider in self.sliders:
            slider.orientation, slider.layout = "vertical", {"height": "11em", "width": "5em"}
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
    NAIVE["straight line"](portions)  # says so if there are too few
    answer = doors.number("answer", answer)
    picture = Timeline()
    controls = {"days": DaySliders(portions), "answer": number_slider("answer", answer, 0.0, 2.0, 0.05)}

    def show(days, answer):
        picture.show(days, {name: guess(days) for name, guess in NAIVE.items()}, answer)

    return Panel("Which guess moves when a day moves, and how far?", picture, show, controls, "explore_guesses")
