"""A box for days: typed, or loaded from a file."""

import ipywidgets
import traitlets

from catrnn import checks
from catrnn.lab.panel.controls import LAYOUT
from catrnn.lab.panel.file_input import File, Told
from catrnn.lab.panel.parse_columns import best_column, columns_from_csv, told_of_choice
from catrnn.lab.panel.parse_days import days_from_text
from catrnn.lab.panel.parse_table import small_enough
from catrnn.lab.panel.restore import as_code
from catrnn.lab.panel.rules import is_number

IN_THE_PAGE = "calc(100% - 4px)"
"""As wide as the page, without the margins."""
WIDE = {**LAYOUT, "layout": {"width": "58em", "max_width": IN_THE_PAGE}}
NARROW = {**LAYOUT, "layout": {**LAYOUT["layout"], "max_width": IN_THE_PAGE}}
ANY_DAY = "any day"


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
