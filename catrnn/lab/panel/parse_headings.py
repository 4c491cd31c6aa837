"""Rows of texts become a table: which rows are headings, what the columns are called."""

import re
from typing import NamedTuple

from catrnn.lab.drawing.text import listed
from catrnn.lab.panel.parse_dates import WEEKDAY, is_date
from catrnn.lab.panel.parse_number import in_quotes, is_missing, split_unit, tidy, visible

MOST_COLUMNS = 50
MOST_HEADINGS = 10
"""Rows above the first number at most."""
CUT_IN_TWO = re.compile(r"[+-]?[0-9]+(,[0-9]+)?(e[+-]?[0-9]+)?", re.IGNORECASE)
"""A number, which a decimal comma may have cut in two columns."""
NAMES_A_DAY = re.compile(r"(day|tag|jour) ?[0-9]+")


class Table(NamedTuple):
    """Rows of texts, each with its number in the file, under a name for each column.

    line: what a row is called in a sentence. told: what was made of the headings, in sentences.
    """

    names: list
    rows: list
    line: str
    told: list


def table_of(rows: list, mark: str) -> Table:
    """Return the table that rows make, parted by a mark. Raises ValueError if they make none."""
    n_headings = count_headings(rows)
    headings, body = rows[:n_headings], rows[n_headings:]
    rows = [*headings, *rejoined(headings, body, mark)]
    headings, body = rows[:n_headings], rows[n_headings:]
    if lying := days_in_one_row(headings, body):
        return lying
    width = max(len(row) for _, row in rows)
    if width > MOST_COLUMNS:
        raise ValueError(f"The file has {width} columns; "
                         "load one with a row for each day, not a column")
    return Table(names_of([row for _, row in headings], width), body, "row",
                 told_of(headings, body))


def is_number(cell: str) -> bool:
    """Return whether a cell holds a number, however it is written."""
    return split_unit(tidy(cell)) is not None


def count_headings(rows: list) -> int:
    """Return how many rows stand above the first with numbers where the columns have numbers."""
    if len(rows) == 1:
        return int(not any(map(is_number, rows[0][1])))
    columns = columns_of_numbers([row for _, row in rows[1:]])
    for place, (_, row) in enumerate(rows[:MOST_HEADINGS]):
        cells = [row[column] for column in columns if column < len(row)]
        words = [cell for cell in cells if not is_missing(cell) and not is_number(cell)]
        a_day = any(map(is_date, row)) or any(re.match("[0-9]", word) for word in words)
        if a_day or (any(map(is_number, cells)) and not words):
            return place
    return 1


def columns_of_numbers(rows: list) -> list:
    """Return which columns hold more numbers than words."""
    columns = []
    for column in range(max(map(len, rows))):
        cells = [row[column] for row in rows if column < len(row)]
        given = [cell for cell in cells if not is_missing(cell)]
        if 2 * sum(map(is_number, given)) > len(given):
            columns.append(column)
    return columns


def told_of(headings: list, body: list) -> list:
    """Return a sentence on headings that a reader might take for a day."""
    if not headings:
        return ["There are no headings."]
    numbers = [number for number, row in headings if any(row)]
    if len(numbers) > 1:
        return [f"Rows {listed(numbers)} are taken for headings."]
    columns = columns_of_numbers([row for _, row in body]) if body else []
    if any(is_number(row[column]) for _, row in headings for column in columns
                        if column < len(row)):
        return [f"Row {numbers[0]} is taken for the headings."]
    return []


def names_of(headings: list, width: int) -> list:
    """Return what each column is called: its heading, or its number; no two alike.

    Of several rows of headings the fullest counts, of two as full the last.
    """
    fullest = max(reversed(headings), key=lambda row: len(list(filter(None, row))), default=[])
    names = []
    for column in range(width):
        heading = visible(fullest[column])[:24] if column < len(fullest) else ""
        name = heading or f"column {column + 1}"
        while name in names:
            name += f" ({column + 1})"
        names.append(name)
    return names


def days_in_one_row(headings: list, body: list) -> Table | None:
    """Return the table of a file whose days stand side by side, turned; None for another file."""
    above = [row for _, row in headings]
    if len(body) == 2 and not headings and counts_up(body[0][1]):
        above, body = [body[0][1]], body[1:]
    if len(body) != 1 or not all(names_a_day(cell) for row in above for cell in row[1:] if cell):
        return None
    cells = body[0][1]
    first = 0 if is_number(cells[0]) else 1
    if len(cells) - first < 2 or is_date(cells[0]) or not all(
            is_number(cell) or is_missing(cell) for cell in cells[first:]):
        return None
    name = visible(cells[0])[:24] if first else "row 1"
    rows = [(number, [cell]) for number, cell in enumerate(cells[first:], start=first + 1)]
    return Table([name], rows, "cell", ["The days stand in one row."])


def names_a_day(cell: str) -> bool:
    """Return whether a heading names a day."""
    word = cell.lower()
    return word in WEEKDAY or is_number(cell) or is_date(cell) or bool(NAMES_A_DAY.fullmatch(word))


def counts_up(cells: list) -> bool:
    """Return whether three cells or more are whole numbers, each one more than the last."""
    if len(cells) < 3 or not all(re.fullmatch("[0-9]{1,9}", cell) for cell in cells):
        return False
    return [int(cell) for cell in cells] == list(range(int(cells[0]), int(cells[0]) + len(cells)))


def rejoined(headings: list, body: list, mark: str) -> list:
    """Return rows whose numbers a decimal comma has not cut in two.

    Under a single heading the halves are put together. Raises ValueError where one cannot know.
    """
    if mark != ",":
        return body
    width = max((len(row) for _, row in headings), default=0)
    halves = [(number, row) for number, row in body
              if len(row) > max(width, 1) and CUT_IN_TWO.fullmatch(",".join(row[-2:]))]
    if not halves or (not headings and counts_up([row[0] for _, row in body])):
        return body
    number, row = halves[0]
    if width == 1 and all(len(row) == 2 for _, row in halves):
        return [(number, [",".join(cell for cell in row if cell)]) for number, row in body]
    if width > 1:
        raise ValueError(f"Row {number} has {len(row)} cells under {width} headings; write "
                         "numbers with a point, or part the columns by semicolons")
    if all(len(row) <= 2 and CUT_IN_TWO.fullmatch(",".join(row)) for _, row in body):
        given = in_quotes(",".join(row))
        raise ValueError(f"{given} in row {number} may be one number or two columns; write "
                         f'"{".".join(row)}" for one, or put headings above two')
    return body
