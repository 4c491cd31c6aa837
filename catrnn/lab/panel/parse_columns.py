"""The columns of a CSV file: which of them is the cat's, and what is wrong with the others."""

import re
from itertools import pairwise
from typing import NamedTuple

from catrnn.lab.drawing.text import WEEKDAYS, counted, listed
from catrnn.lab.panel.parse_cells import decimal_mark, numbers_of, tidy_cell
from catrnn.lab.panel.parse_dates import dates_from, is_date
from catrnn.lab.panel.parse_days import NO_NUMBER
from catrnn.lab.panel.parse_headings import is_number, table_of
from catrnn.lab.panel.parse_number import in_quotes, is_missing
from catrnn.lab.panel.parse_rows import DAY_NAMES, ENOUGH, in_order
from catrnn.lab.panel.parse_table import rows_from

COUNT_NAMES = DAY_NAMES | {
    "date", "datum", "time", "timestamp", "zeit", "id", "index", "idx", "no", "nr", "n", "#",
    "row", "record", "entry", "hour", "zeile", "lfd nr", "uhrzeit", "stunde", "ligne", "heure",
    "weekday", "wochentag", "weeks", "months", "years", "unnamed: 0"}
"""What a column is called that counts or names the rows, in small letters."""


class Column(NamedTuple):
    """A column of a file: its days as one would type them, or the problem, in one sentence.

    counts: whether it numbers the rows. n_numbers: how many of its cells hold a number.
    first_weekday: the day of the week of its first day, "" if that is not known. told: what was
    made of it, in sentences.
    """

    name: str
    text: str
    problem: str
    counts: bool
    n_numbers: int
    first_weekday: str
    told: list


def columns_from_csv(content: bytes) -> dict:
    """Return the columns of a CSV file by name.

    Raises ValueError, in one sentence, if it is no such file, or if days are missing in it;
    TypeError for what is no bytes.
    """
    if not isinstance(content, bytes):
        raise TypeError(f"content is {type(content).__name__}, but the bytes of a file are "
                        "expected; read it with pathlib.Path(name).read_bytes()")
    rows, n_rows, mark = rows_from(content)
    table = table_of(rows, mark)
    ordered = in_order(table.names, table.rows, n_rows - len(rows) + len(table.rows))
    if ordered.problem:
        raise ValueError(ordered.problem)
    in_file = decimal_mark(table, mark)
    told = [*table.told, *ordered.told]
    columns = {}
    for place, name in enumerate(table.names):
        cells = [(number, tidy_cell(row[place]) if place < len(row) else "")
                 for number, row in ordered.rows]
        column = column_of(name, cells, in_file, table.line, ordered.first_weekday)
        is_time = place in ordered.timed or dates_from([cell for _, cell in cells]) is not None
        columns[name] = column._replace(counts=column.counts or is_time,
                                        told=[*told, *column.told])
    return columns


def best_column(columns: dict) -> str:
    """Return the name of the column to begin with: the last that can be read and does not count.

    If there is none, the one with the most numbers that does not count; if all count, the last.
    """
    data = [column for column in columns.values() if not column.counts and column.n_numbers]
    readable = [column for column in data if column.text]
    counting = [column for column in columns.values() if column.text]
    if readable or (counting and not data):
        return (readable or counting)[-1].name
    return max(reversed(data or [*columns.values()]), key=lambda column: column.n_numbers).name


def told_of_choice(columns: dict, chosen: str) -> str:
    """Return in sentences which column is read, why it, and what was made of it."""
    column = columns[chosen]
    n_days = column.text.count(",") + 1
    if len(columns) == 1:
        said = f"{counted(n_days, 'day')} read."
    else:
        said = f"{counted(n_days, 'day')} read from column {in_quotes(chosen)}"
        others = [other for other in columns.values() if other.n_numbers and other.name != chosen]
        counting = [in_quotes(other.name) for other in others if other.counts]
        alike = [in_quotes(other.name) for other in others if other.text and not other.counts]
        faulty = [in_quotes(other.name) for other in others if not (other.text or other.counts)]
        if alike and chosen == best_column(columns):
            said += f", the last of {1 + len(alike)} with numbers"
        if counting:
            said += f"; {listed(counting)} {'counts' if len(counting) == 1 else 'count'} the rows"
        if faulty:
            said += f"; {listed(faulty)} cannot be read"
        said += "."
    if column.counts:
        said += f" {in_quotes(chosen)} counts up or down evenly: is it what you mean?"
    return " ".join([said, *column.told])


def column_of(name: str, cells: list, in_file: str, line: str, first_weekday: str) -> Column:
    """Return a column by its cells, (number of the row, text) each.

    in_file: how numbers are written elsewhere in the file, see `decimal_mark`; line: what a row is
    called; first_weekday: of the first cell.
    """
    n_numbers = sum(is_number(cell) for _, cell in cells)
    counts = name.lower().strip(". ") in COUNT_NAMES or name.lower().endswith((" id", "_id"))
    counts = counts or steps_evenly([cell for _, cell in cells])
    try:
        cells, skipped, told = without_gaps(name, cells, line)
        places = [f"in {line} {number} of column {in_quotes(name)}" for number, _ in cells]
        texts = numbers_of([cell for _, cell in cells], places, in_file)
    except ValueError as problem:
        sentence = str(problem)
        if not any(re.match("[0-9.½¼¾]", cell) and not is_date(cell) for _, cell in cells):
            sentence = f"Choose another column than {in_quotes(name)}, or mend it: {problem}"
        return Column(name, "", sentence, counts, n_numbers, "", [])
    if first_weekday:
        first_weekday = WEEKDAYS[(WEEKDAYS.index(first_weekday) + skipped) % 7]
    return Column(name, ", ".join(texts), "", counts, n_numbers, first_weekday, told)


def steps_evenly(texts: list) -> bool:
    """Return whether three whole numbers or more go up or down by the same step."""
    if len(texts) < 3 or not all(text.isdecimal() for text in texts):
        return False
    steps = {int(after) - int(before) for before, after in pairwise(texts)}
    return len(steps) == 1 and steps != {0}


def without_gaps(name: str, cells: list, line: str) -> tuple:
    """Return the cells after the last empty one, how many stood before them, and what to tell.

    Empty cells at the end are days to come. Raises ValueError if a cell is empty and too few
    follow.
    """
    n_cells, told = len(cells), []
    while cells and is_missing(cells[-1][1]):
        cells = cells[:-1]
    if not cells:
        raise ValueError(NO_NUMBER)
    if len(cells) < n_cells:
        told.append(f"What comes after {line} {cells[-1][0]} is empty: the forecast begins there.")
    empty = [place for place, (_, cell) in enumerate(cells) if is_missing(cell)]
    if not empty:
        return cells, 0, told
    number, cell = cells[empty[-1]]
    word = "is empty" if not cell else f"holds no number, but {in_quotes(cell)}"
    said = f"{line.capitalize()} {number} of column {in_quotes(name)} {word}"
    skipped = empty[-1] + 1
    if len(cells) - skipped < ENOUGH and empty[-1] >= len(empty):
        raise ValueError(f"{said}; fill it in, or load the {line}s after it alone")
    told.append(f"{said}: only the {len(cells) - skipped} {line}s after it are taken.")
    return cells[skipped:], skipped, told
