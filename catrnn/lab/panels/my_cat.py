"""Notebook 12: what will your own cat eat tomorrow?"""

from functools import lru_cache

import ipywidgets
import numpy as np
import traitlets

from catrnn import checks
from catrnn.baselines import BASELINES, LinearModel
from catrnn.data import timeline, windows
from catrnn.forecast import free_run, learn_habit
from catrnn.lab.drawing.text import WEEKDAYS
from catrnn.lab.panel.controls import LAYOUT, whole_slider
from catrnn.lab.panel.file_input import File, Told
from catrnn.lab.panel.panel import panel
from catrnn.lab.panel.parse_columns import best_column, columns_from_csv, told_of_choice
from catrnn.lab.panel.parse_days import days_from_text
from catrnn.lab.panel.parse_table import small_enough
from catrnn.lab.panel.restore import as_code
from catrnn.lab.panel.rules import is_number, one_of, whole
from catrnn.lab.pictures.my_cat import MyCat, best_of

IN_THE_PAGE = "calc(100% - 4px)"
"""As wide as the page, without the margins."""
WIDE = {**LAYOUT, "layout": {"width": "58em", "max_width": IN_THE_PAGE}}
NARROW = {**LAYOUT, "layout": {**LAYOUT["layout"], "max_width": IN_THE_PAGE}}
ANY_DAY = "any day"
EXAMPLE = [0.5, 0.75, 1, 0.25, 0.5, 0.8, 1, 0.2, 0.5, 0.75, 1.1, 0.25,
           0.45, 0.75, 1, 0.3, 0.5, 0.7, 1]
"""A cat that comes round every four days, more or less, in portions."""
EPOCHS = 300
LEAST_TO_KEEP, MOST_KEPT = 8, 28
"""Fewer days are all needed to learn from; and no more than so many are kept back."""
RHYTHM = 0.75
FARTHEST = 14
"""Days ahead that days kept back are asked for."""
MEASURED = {8: (0.35, 0.70), 13: (0.37, 0.76), 19: (0.49, 0.79), 28: (0.58, 0.87), 56: (0.80, 0.93)}
"""With so many days, how often the guess that missed least was the best one later, and the share of
later days in the band: of made-up cats, by benchmarks/own_cat.py."""


class DaysBox(ipywidgets.VBox):
    """Days typed as text, or loaded from a column of a CSV file, which is written into the text.

    The text alone speaks: `value` is the last days that could be read from it. `problem` is a
    sentence for the learner if the newest text or file could not be read. weekday: the control
    that says on which day of the week they begin; a file that has dates moves it.
    """

    value = traitlets.List()
    problem = traitlets.Unicode()

    def __init__(self, text: str, weekday: ipywidgets.Dropdown):
        self.text = ipywidgets.Text(text, description="your days", continuous_update=False,
                                    placeholder="0.5, 0.75, 1, then Enter", **WIDE)
        self.file = File(label="or load a CSV", accept=".csv,.tsv,.tab,.txt")
        self.loader = ipywidgets.Box([self.file], layout={"flex_flow": "row wrap"})
        self.told, self.weekday = Told(), weekday
        super().__init__([self.text, self.loader, self.told], layout={"width": "100%"})

        self._read()
        self.text.observe(self._read, "value")
        self.file.observe(self._load, "turn")

    def _read(self, change=None):
        """Take the days that the text says, or keep the old ones and say what is wrong."""
        if change:
            self.told.words = ""  # these are no longer the days of a file
        try:
            days = days_from_text(self.text.value)
        except ValueError as problem:
            self.problem = f"{problem}."
            return
        with self.hold_trait_notifications():
            self.value, self.problem = days, ""

    def _load(self, _change):
        """Read the chosen file, offer its columns, and begin with the one that looks like days."""
        self.told.words = ""
        try:
            small_enough(self.file.size)
            columns = columns_from_csv(self.file.content)
        except ValueError as problem:
            self.problem = f"{problem}."
            return
        first = best_column(columns)
        column = ipywidgets.Dropdown(options=list(columns), value=first, description="column",
                                     **NARROW)
        column.observe(lambda change: self._write(columns, change.new), "value")
        for earlier in self.loader.children[1:]:
            earlier.close()
        self.loader.children = [self.file, column]
        self._write(columns, first)

    def _write(self, columns: dict, name: str):
        """Write a column into the text, or say what is wrong with it."""
        column = columns[name]
        if column.problem:
            self.told.words, self.problem = "", f"{column.problem}."
            return
        with self.weekday.hold_trait_notifications(), self.hold_trait_notifications():
            self.weekday.value = column.first_weekday or ANY_DAY
            if column.text == self.text.value:
                self._read()  # the same days once more: nothing changes, so nothing would be told
            else:
                self.text.value = column.text
        self.told.words = told_of_choice(columns, name)


def readable_days(name: str, value, _example) -> str:
    """Allow a list of days, or a text of them; return the text."""
    if not isinstance(value, str):
        value = written(name, checks.non_empty(name, value, "numbers"))
    try:
        days_from_text(value)
    except ValueError as problem:
        raise ValueError(f"{name}: {problem}") from None
    return value


def written(name: str, days) -> str:
    """Return days as a learner would type them. Raises TypeError if one of them is no number."""
    for day in days:
        if not is_number(day):
            raise TypeError(f"{name} holds {checks.brief(day)}, but a flat list of numbers is "
                            f"expected; try {name}=[0.5, 0.75]")
    return ", ".join(map(as_code, days))


@panel("What will your own cat eat tomorrow?",
       days=readable_days, first_weekday=one_of([ANY_DAY, *WEEKDAYS], "a day of the week"),
       window=whole(1, 400), days_ahead=whole(1, 365))
def explore_my_cat(days=EXAMPLE, first_weekday: str = ANY_DAY, window: int = 5,
                   days_ahead: int = 7):
    """Return a panel that forecasts the days of your own cat, typed or loaded from a CSV file.

    days: what the cat ate, 2 to 400 numbers of at most a million, in any unit, or a text of them.
    first_weekday: on which day of the week they begin, such as "Monday". window: how many days
    network and linear model see; half of the days to learn from at most. days_ahead: from 1 to 365.
    Raises ValueError if the days cannot be read; TypeError or ValueError for the others.
    """
    def compute(days, first_weekday, window, days_ahead):
        n_holdout, window = held_out(len(days)), min(window, longest_window(len(days)))

        forecasts = {}
        for name, predict in fitted(tuple(days), window).items():
            guesses = free_run(predict, timeline(days), days_ahead, keep_all=True)
            forecasts[name] = guesses[..., 0, 0].T  # of many starts, a row for each
        errors = holdout_errors(tuple(days), window, n_holdout)
        best = best_of(errors)
        growth = error_by_horizon(tuple(days), window, n_holdout, best) if best else ()
        week = (first_weekday, rhythm(days, first_weekday)) if first_weekday != ANY_DAY else None
        return dict(portions=days, forecasts=forecasts, errors=errors, growth=growth,
                    n_holdout=n_holdout, window=window, week=week, measured=measured(len(days)))

    weekday = ipywidgets.Dropdown(options=[ANY_DAY, *WEEKDAYS], value=first_weekday,
                                  description="day 1 is", **NARROW)
    box = DaysBox(days, weekday)
    slider = whole_slider("", window, 1, 7)
    slider.style.description_width = "10em"

    def say_the_end(_change=None):
        slider.description = f"window (at most {longest_window(len(box.value))})"

    say_the_end()
    box.observe(say_the_end, "value")
    ahead = whole_slider("days ahead", days_ahead, 1, FARTHEST)
    controls = {"days": box, "first_weekday": weekday, "window": slider, "days_ahead": ahead}
    return MyCat(), compute, controls


def held_out(n_days: int) -> int:
    """Return how many of the last days are kept back to judge the guesses by."""
    return min(n_days // 4, MOST_KEPT) if n_days >= LEAST_TO_KEEP else 0


def measured(n_days: int) -> tuple:
    """Return what was measured with so many days, or the next fewer: (days, right, in the band)."""
    nearest = max((n for n in MEASURED if n <= n_days), default=min(MEASURED))
    return nearest, *MEASURED[nearest]


def longest_window(n_days: int) -> int:
    """Return how many days network and linear model may see: half of those they learn from."""
    return max(1, (n_days - held_out(n_days)) // 2)


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

    By name; of a network's starts the median guess counts. Empty if no days are held out.
    """
    if n_holdout == 0:
        return {}
    first = len(days) - n_holdout
    return {name: float(np.sqrt(np.mean(misses_on(days, first, predict, 1) ** 2)))
            for name, predict in fitted(days[:first], window).items()}


@lru_cache(maxsize=20)
def error_by_horizon(days: tuple, window: int, n_holdout: int, name: str) -> np.ndarray:
    """Return the typical miss of a guess on the last n_holdout days, 1, 2, ... days ahead.

    At most FARTHEST and n_holdout. It runs free from each day before one that was kept back, so the
    farther ahead, the fewer misses there are: n_holdout days ahead it is one.
    """
    first = len(days) - n_holdout
    predict = fitted(days[:first], window)[name]
    misses = misses_on(days, first, predict, min(n_holdout, FARTHEST))
    return np.sqrt(np.nanmean(misses**2, axis=0))


def misses_on(days: tuple, first: int, predict, n_ahead: int) -> np.ndarray:
    """Return how far a guess misses, running free from before each of the days first, ..., T-1.

    (T - first, n_ahead): a row for each of these days, NaN after the last day.
    """
    series, misses = timeline(days), np.full((len(days) - first, n_ahead), np.nan)
    for row, day in zip(misses, range(first, len(days)), strict=True):
        ahead = min(len(days) - day, n_ahead)
        guesses = free_run(predict, series[:day], ahead, keep_all=True)
        row[:ahead] = np.median(guesses.reshape(ahead, -1), axis=1) - days[day:day + ahead]
    return misses


def rhythm(days, first_weekday: str) -> dict:
    """Return the mean of each day of the week if they differ by more than chance, else {}.

    Each day is guessed by the others of its name, and by all others: there is a rhythm if the
    squares of the first misses are under RHYTHM of the second's. Two weeks are needed at least. Of
    400 series of noise 2% seem to have one after two weeks, 0.5% after four.
    """
    days, first = np.asarray(days, dtype=float), WEEKDAYS.index(first_weekday)
    if len(days) < 2 * len(WEEKDAYS):
        return {}
    names = (first + np.arange(len(days))) % len(WEEKDAYS)
    of_name = names[:, None] == names
    misses = [days - of_others(days, same) for same in (of_name, np.ones_like(of_name))]
    by_name, by_all = (np.sum(miss**2) for miss in misses)
    if not by_name < RHYTHM * by_all:
        return {}
    return {name: float(days[names == day].mean()) for day, name in enumerate(WEEKDAYS)}


def of_others(days, same) -> np.ndarray:
    """Return for each of the days (T,) the mean of the others that are the same, by same (T, T)."""
    return (same @ days - days) / (same.sum(axis=1) - 1)
