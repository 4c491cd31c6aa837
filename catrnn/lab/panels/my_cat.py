"""Notebook 12: what will your own cat eat tomorrow?"""

import ipywidgets

from catrnn.data import timeline
from catrnn.forecast import free_run
from catrnn.lab.drawing.text import WEEKDAYS
from catrnn.lab.panel.controls import whole_slider
from catrnn.lab.panel.days_box import ANY_DAY, NARROW, DaysBox, readable_days
from catrnn.lab.panel.decorator import panel
from catrnn.lab.panel.rules import one_of, whole
from catrnn.lab.panels.kept_back import (
    FARTHEST,
    error_by_horizon,
    fitted,
    held_out,
    holdout_errors,
    longest_window,
    rhythm,
)
from catrnn.lab.pictures.my_cat import MyCat, best_of

EXAMPLE = [0.5, 0.75, 1, 0.25, 0.5, 0.8, 1, 0.2, 0.5, 0.75, 1.1, 0.25,
           0.45, 0.75, 1, 0.3, 0.5, 0.7, 1]
"""A cat that comes round every four days, more or less, in portions."""
MEASURED = {8: (0.37, 0.64), 13: (0.37, 0.76), 19: (0.49, 0.79), 28: (0.58, 0.87), 56: (0.80, 0.93)}
"""With so many days, how often the guess that missed least was the best one later, and the share of
later days in the band: of made-up cats, by benchmarks/own_cat.py."""


@panel("What will your own cat eat tomorrow?",
       days=readable_days, window=whole(1, 400), days_ahead=whole(1, 365),
       first_weekday=one_of([ANY_DAY, *WEEKDAYS], "a day of the week"))
def explore_my_cat(days=EXAMPLE, window: int = 5, days_ahead: int = 7,
                   first_weekday: str = ANY_DAY):
    """Return a panel that forecasts the days of your own cat, typed or loaded from a CSV file.

    days: what the cat ate, 2 to 400 numbers of at most a million, in any unit, or a text of them.
    window: how many days network and linear model see; half of the days to learn from at most.
    days_ahead: from 1 to 365. first_weekday: on which day of the week the days begin, such as
    "Monday". Raises TypeError or ValueError for days that cannot be read, and for the others.
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


def measured(n_days: int) -> tuple:
    """Return what was measured with so many days, or the next fewer: (days, right, in the band)."""
    nearest = max((n for n in MEASURED if n <= n_days), default=min(MEASURED))
    return nearest, *MEASURED[nearest]
