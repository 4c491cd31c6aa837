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
from catrnn.lab.panel.panel import panel
from catrnn.lab.panel.parse_days import days_from_text, small_enough, texts_from_csv
from catrnn.lab.panel.restore import as_code
from catrnn.lab.panel.rules import whole
from catrnn.lab.pictures.my_cat import MyCat

WIDE = {"style": LAYOUT["style"], "layout": {**LAYOUT["layout"], "width": "58em"}}
EXAMPLE = [0.5, 0.75, 1, 0.25, 0.5, 0.8, 1, 0.2, 0.5, 0.75, 1.1, 0.25,
           0.45, 0.75, 1, 0.3, 0.5, 0.7, 1]
"""A cat that comes round every four days, more or less, in portions."""
EPOCHS = 300


class DaysBox(ipywidgets.VBox):
    """Days typed as text, or loaded from a column of a CSV file, which is written into the text.

    The text alone speaks: `value` is the last days that could be read from it. `problem` is a
    sentence for the learner if the newest text or file could not be read.
    """

    value = traitlets.List()
    problem = traitlets.Unicode()

    def __init__(self, text: str):
        self.text = ipywidgets.Text(text, description="your days", continuous_update=False,
                                    placeholder="0.5, 0.75, 1, then Enter", **WIDE)
        self.file = File(label="or load a CSV", accept=".csv,.tsv,.txt")
        self.loader = ipywidgets.HBox([self.file], layout={"flex_flow": "row wrap"})
        super().__init__([self.text, self.loader], layout={"width": "100%"})

        self._read()
        self.text.observe(self._read, "value")
        self.file.observe(self._load, "turn")

    def _read(self, _change=None):
        """Take the days that the text says, or keep the old ones and say what is wrong."""
        try:
            days = days_from_text(self.text.value)
        except ValueError as problem:
            self.problem = f"{problem}."
            return
        with self.hold_trait_notifications():
            self.value, self.problem = days, ""

    def _load(self, _change):
        """Read the chosen file, offer its columns, and begin with the first that holds days."""
        try:
            small_enough(self.file.size)
            columns = texts_from_csv(self.file.content)
        except ValueError as problem:
            self.problem = f"{problem}."
            return
        readable = [name for name, text in columns.items() if isinstance(text, str)]
        first = [*readable, *columns][0]
        column = ipywidgets.Dropdown(options=list(columns), value=first, description="column",
                                     **LAYOUT)
        column.observe(lambda change: self._write(columns[change.new]), "value")
        for earlier in self.loader.children[1:]:
            earlier.close()
        self.loader.children = [self.file, column]
        self._write(columns[first])

    def _write(self, column):
        """Write a column into the text, or say what is wrong. column: its text, or a ValueError."""
        if isinstance(column, ValueError):
            self.problem = f"{column}."
        elif column == self.text.value:
            self._read()  # the same days once more: nothing changes, so nothing would be told
        else:
            self.text.value = column


def readable_days(name: str, value, _example) -> str:
    """Allow a list of days, or a text of them; return the text."""
    text = value if isinstance(value, str) else written(checks.non_empty(name, value, "portions"))
    try:
        days_from_text(text)
    except ValueError as problem:
        raise ValueError(f"{name}: {problem}") from None
    return text


def written(days) -> str:
    """Return days as a learner would type them."""
    return ", ".join(map(as_code, days))


@panel("What will your own cat eat tomorrow?",
       days=readable_days, window=whole(1, 400), days_ahead=whole(1, 365))
def explore_my_cat(days=EXAMPLE, window: int = 5, days_ahead: int = 7):
    """Return a panel that forecasts the days of your own cat, typed or loaded from a CSV file.

    days: what the cat ate, 2 to 400 numbers, none negative, in any unit, or a text of them. window:
    how many days network and linear model see; half of the days at most. days_ahead: from 1 to 365.
    Raises ValueError if the days cannot be read; TypeError or ValueError for the other two.
    """
    def compute(days, window, days_ahead):
        n_holdout = len(days) // 4 if len(days) >= 8 else 0
        window = min(window, (len(days) - n_holdout) // 2)

        forecasts = {}
        for name, predict in fitted(tuple(days), window).items():
            guesses = free_run(predict, timeline(days), days_ahead, keep_all=True)
            forecasts[name] = guesses[..., 0, 0].T  # of many starts, a row for each
        errors = holdout_errors(tuple(days), window, n_holdout)
        return dict(portions=days, forecasts=forecasts, misses=errors, kept=n_holdout,
                    memory=window)

    controls = {
        "days": DaysBox(days),
        "window": whole_slider("memory, days", window, 1, 7),
        "days_ahead": whole_slider("days ahead", days_ahead, 1, 14),
    }
    return MyCat(), compute, controls


@lru_cache(maxsize=20)
def fitted(days: tuple, window: int) -> dict:
    """Return every guess by name, fitted on these days: a function of all days (T, 1, 1)."""
    series = np.array(days)
    network = learn_habit(series, window, epochs=EPOCHS)
    linear = LinearModel(*windows(series, window))
    return {
        "network": of_last_days(window, network.predict),
        "linear": of_last_days(window, linear.predict),
        **BASELINES,
    }


def of_last_days(n_days: int, predict):
    """Return a guess that sees no more than the last n_days."""
    def predict_from_last(days):
        return predict(days[-n_days:])

    return predict_from_last


@lru_cache(maxsize=20)
def holdout_errors(days: tuple, window: int, n_holdout: int) -> dict:
    """Return the typical miss, a day ahead, on the last n_holdout days, kept from every fit.

    By name; for the network the median of its starts. Empty if no days are held out.
    """
    if n_holdout == 0:
        return {}
    series, first = timeline(days), len(days) - n_holdout
    typical = {}
    for name, predict in fitted(days[:first], window).items():
        guesses = np.array([predict(series[:day]) for day in range(first, len(days))])
        misses = guesses[..., 0, 0].T - series[first:, 0, 0]  # of many starts, a row for each
        typical[name] = float(np.median(np.sqrt(np.mean(misses**2, axis=-1))))
    return typical
