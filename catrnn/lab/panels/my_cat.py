"""Notebook 12: what will your own cat eat tomorrow?"""

from functools import lru_cache

import ipywidgets
import numpy as np
import traitlets

from catrnn import checks
from catrnn.baselines import BASELINES, LinearModel
from catrnn.data import timeline, windows
from catrnn.forecast import free_run, learn_habit
from catrnn.lab.panel.controls import LAYOUT, whole_slider
from catrnn.lab.panel.file_input import File
from catrnn.lab.panel.panel import Panel
from catrnn.lab.panel.parse_days import (
    columns_from_csv,
    days_from_column,
    days_from_text,
    numeric_column,
    small_enough,
)
from catrnn.lab.panel.restore import as_code
from catrnn.lab.pictures.my_cat import MyCat

WIDE = {"style": LAYOUT["style"], "layout": {"width": "58em", "max_width": "100%"}}
EXAMPLE = [0.5, 0.75, 1, 0.25, 0.5, 0.8, 1, 0.2, 0.5, 0.75, 1.1, 0.25, 0.45, 0.75, 1, 0.3, 0.5, 0.7, 1]
"""A cat that comes round every four days, more or less, in portions."""
EPOCHS = 300


class DaysBox(ipywidgets.VBox):
    """Days typed as text, or loaded from a column of a CSV file.

    Read `value`, the last days that could be read, and `problem`, a sentence for the learner if the newest could not.
    """

    value = traitlets.List()
    problem = traitlets.Unicode()

    def __init__(self, days):
        self.text = ipywidgets.Text(written(days), description="your days", placeholder="0.5, 0.75, 1, then Enter",
                                    continuous_update=False, **WIDE)
        self.file = File(label="or load a CSV", accept=".csv,.tsv,.txt")
        self.column = ipywidgets.Dropdown(description="column", **LAYOUT)
        self.column.layout.display = "none"
        self.table = {}
        super().__init__([self.text, ipywidgets.HBox([self.file, self.column])], layout={"width": "100%"})
        self.value = list(days)
        self.text.observe(lambda change: self._read(days_from_text, change.new), "value")
        self.file.observe(lambda _change: self._read(self._table), "turn")
        self.column.observe(self._chosen, "value")

    def _read(self, read, *given):
        """Take the days that `read` finds, or keep the old ones and say what is wrong."""
        try:
            days = read(*given)
        except ValueError as problem:
            self.problem = f"{problem}."
            return
        with self.hold_trait_notifications():
            self.value, self.problem = days, ""

    def _table(self) -> list:
        """Return the days of the file that was chosen, and offer its columns."""
        small_enough(self.file.size)
        self.table = columns_from_csv(self.file.content)
        name = numeric_column(self.table)
        self.column.unobserve(self._chosen, "value")  # new options choose the first of them
        self.column.options = list(self.table)
        self.column.value = name
        self.column.observe(self._chosen, "value")
        self.column.layout.display = None
        return self._days_of(name)

    def _chosen(self, change):
        self._read(self._days_of, change.new)

    def _days_of(self, name: str) -> list:
        days = days_from_column(self.table, name)
        self.text.value = written(days)
        return days


def written(days) -> str:
    """Return days as a learner would type them."""
    return ", ".join(map(as_code, days))


def explore_my_cat(days=EXAMPLE, memory: int = 5, days_ahead: int = 7) -> Panel:
    """Return a panel that forecasts the days of your own cat, typed into a box or loaded from a CSV file.

    days: what the cat ate, 2 to 400 numbers, none negative, in any unit, or a text of them. memory: how many days
    network and linear model may look back; half of the days at most. days_ahead: from 1 up.
    Raises ValueError if the days cannot be read; TypeError or ValueError for the other two.
    """
    days = days_from_text(days if isinstance(days, str) else written(checks.non_empty("days", days, "portions")))
    checks.integer("memory", memory)
    checks.integer("days_ahead", days_ahead)
    controls = {
        "days": DaysBox(days),
        "memory": whole_slider("memory, days", memory, 1, 7),
        "days_ahead": whole_slider("days ahead", days_ahead, 1, 14),
    }
    picture = MyCat()

    def answer(days, memory, days_ahead):
        kept = len(days) // 4 if len(days) >= 8 else 0
        memory = min(memory, (len(days) - kept) // 2)
        ways = models(tuple(days), memory)
        forecasts = {name: run_on(way, days, days_ahead) for name, way in ways.items()}
        picture.show(days, forecasts, misses(tuple(days), memory, kept), kept, memory)

    return Panel("What will your own cat eat tomorrow?", picture, answer, controls, "explore_my_cat")


@lru_cache(maxsize=20)
def models(days: tuple, memory: int) -> dict:
    """Return every way of guessing, fitted on these days; by name, a function from all days so far to the next."""
    series = np.array(days)
    fitted = {"network": learn_habit(series, memory, epochs=EPOCHS), "linear": LinearModel(*windows(series, memory))}
    ways = {name: lambda days, model=model: model.predict(days[-memory:]) for name, model in fitted.items()}
    return ways | BASELINES


def run_on(way, days, n_ahead: int) -> np.ndarray:
    """Return the guesses (n_ahead,) for the days after these, each fed back as if eaten; (starts, n_ahead) of many."""
    return free_run(way, timeline(days), n_ahead, keep_all=True)[..., 0, 0].T


@lru_cache(maxsize=20)
def misses(days: tuple, memory: int, kept: int) -> dict:
    """Return the typical miss, a day ahead, on the last `kept` days, which none of the guesses was fitted on.

    By name; for the network the median of its starts. Empty if no days are kept.
    """
    typical = {}
    for name, way in models(days[:-kept], memory).items() if kept else ():
        guesses = np.array([run_on(way, days[:day], 1)[..., 0] for day in range(len(days) - kept, len(days))])
        each = np.sqrt(np.mean((guesses.T - days[-kept:]) ** 2, axis=-1))
        typical[name] = float(np.median(each))
    return typical
