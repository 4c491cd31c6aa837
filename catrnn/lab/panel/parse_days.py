"""What a learner typed or loaded, read as portions a day, or one sentence that helps."""

import csv
import io
import re

NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
LIKE_ONE = re.compile(r"[+-]?(nan|inf|infinity)", re.IGNORECASE)
DECIMAL_COMMA = re.compile(r"^(\s*[+-]?[0-9]+),([0-9]+\s*)$")
MOST_DAYS = 400
"""More do not fit the picture."""
MOST_PORTIONS = 1e6
"""A day of more than this is a slip."""
MOST_BYTES = 1_000_000
"""A larger file is not a list of days."""
MOST_COLUMNS = 50


def days_from_text(text: str) -> list:
    """Return portions a day from numbers with commas, semicolons, spaces or new lines between them.

    Raises ValueError, in one sentence, for anything but 2 to MOST_DAYS finite numbers that are not
    negative.
    """
    if not isinstance(text, str):
        raise TypeError(f"text is {type(text).__name__}, but a text is expected; "
                        'write it in quotes: "0.5, 0.75"')
    if len(text) > 100 * MOST_DAYS:
        raise ValueError(f"{len(text):,} letters are more than {MOST_DAYS} days can need; "
                         "type the last days alone")
    pieces = text.strip().strip("[]()").replace("\u2212", "-").replace(";", " ").split()
    for piece in pieces:
        if re.fullmatch(r"[+-]?[0-9]+,[0-9]+", piece):
            whole, after = piece.split(",")
            one, two = brief(f"{whole}.{after}"), brief(f"{whole}, {after}")
            raise ValueError(f"{brief(piece)} may be one number or two; write {one} for one, "
                             f"{two} with a space for two")
    cells = [cell for piece in pieces for cell in piece.split(",") if cell]
    return days_from_cells(cells, [f"on day {day}" for day in range(1, len(cells) + 1)])


def days_from_cells(cells: list, places: list) -> list:
    """Return numbers from texts, one a day; places: where each stands, for a sentence."""
    if not cells:
        raise ValueError("There is no number yet; give what your cat ate on two days or more, "
                         "such as 0.5, 0.75")
    if len(cells) > MOST_DAYS:
        raise ValueError(f"{len(cells):,} days are more than the picture can hold; "
                         f"give the last {MOST_DAYS} at most")
    days = [portion(cell, place) for cell, place in zip(cells, places, strict=True)]
    if len(days) < 2:
        raise ValueError("One day alone tells nothing about the next; "
                         "give two days or more, such as 0.5, 0.75")
    return days


def portion(cell: str, place: str) -> float:
    """Return one day's portions from its text. Raises ValueError if no cat can eat that."""
    cell = cell.strip().replace("\u2212", "-")
    if LIKE_ONE.fullmatch(cell):
        raise ValueError(f"{brief(cell)} {place} is no amount of fish; "
                         "leave that day out, or guess what it was")
    if not NUMBER.fullmatch(cell):
        raise ValueError(f"{brief(cell)} {place} is not a number; "
                         "write numbers such as 0.5, with a point")
    value = float(cell)
    if value < 0:
        raise ValueError(f"{brief(cell)} {place} is below zero, but no cat eats less than nothing; "
                         "write 0 or more")
    if value > MOST_PORTIONS:
        raise ValueError(f"{brief(cell)} {place} is more than a million; write it in a larger unit")
    return value


def brief(text: str) -> str:
    """Return text in quotes, on one line, cut short if it is long, all of it visible."""
    seen = "".join(letter if letter.isprintable() else "?" for letter in " ".join(text.split()))
    return f'"{seen}"' if len(seen) <= 24 else f'"{seen[:21]}..."'


def columns_from_csv(content: bytes) -> dict:
    """Return the columns of a CSV file by name, each a list of (row number, text).

    The first row is a heading if a cell of it is no number. Commas, semicolons or tabs may part the
    columns; with semicolons or tabs a decimal comma is understood. Raises ValueError, in one
    sentence, if it is no such file.
    """
    if not isinstance(content, bytes):
        raise TypeError(f"content is {type(content).__name__}, but the bytes of a file are "
                        "expected; read it with pathlib.Path(name).read_bytes()")
    small_enough(len(content))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise ValueError("The file is not plain text; save the table as CSV (UTF-8) and load that")
    first = text.strip().partition("\n")[0]
    mark = max(";\t,", key=first.count)
    rows = [(number, row) for number, row in enumerate(rows_of(text, mark), start=1)
            if any(map(str.strip, row))]
    if not rows:
        raise ValueError("The file is empty; load one with a row for each day")
    width = max(len(row) for _, row in rows)
    if width > MOST_COLUMNS:
        raise ValueError(f"The file has {width} columns; "
                         "load one with a row for each day, not a column")
    if mark != ",":
        rows = [(number, [DECIMAL_COMMA.sub(r"\1.\2", cell) for cell in row])
                for number, row in rows]

    _, first_row = rows[0]
    heading = []
    if not all(NUMBER.fullmatch(cell.strip()) for cell in first_row):
        heading = first_row
        rows = rows[1:]

    columns = {}
    for column in range(width):
        name = brief_name(heading, column)
        cells = [(number, row[column].strip() if column < len(row) else "")
                 for number, row in rows]
        while cells and not cells[-1][1]:
            cells.pop()
        columns[name if name not in columns else f"{name} ({column + 1})"] = cells
    return columns


def small_enough(n_bytes: int) -> None:
    """Raise ValueError, in one sentence, for a file that is too large to be a list of days."""
    if n_bytes > MOST_BYTES:
        raise ValueError(f"The file has {n_bytes:,} bytes, but a list of days needs less than a "
                         f"million; cut it down to the last {MOST_DAYS} rows")


def rows_of(text: str, mark: str) -> list:
    """Return the rows of a CSV text. Raises ValueError if a quote stays open."""
    try:
        return list(csv.reader(io.StringIO(text), delimiter=mark))
    except csv.Error:
        raise ValueError("The file cannot be read as CSV; "
                         "save the table as CSV (UTF-8) once more") from None


def brief_name(heading: list, column: int) -> str:
    """Return what a column is called: its heading, or its number."""
    name = " ".join(heading[column].split()) if column < len(heading) else ""
    return name[:24] or f"column {column + 1}"


def texts_from_csv(content: bytes) -> dict:
    """Return the columns of a CSV file by name: a text of days, or a ValueError.

    Raises ValueError itself if it is no such file. Each column is read once.
    """
    texts = {}
    for name, cells in columns_from_csv(content).items():
        try:
            texts[name] = text_from_column(name, cells)
        except ValueError as problem:
            texts[name] = problem
    return texts


def text_from_column(name: str, cells: list) -> str:
    """Return a column, (row number, text) a day, as one would type it.

    Raises ValueError, in one sentence that names the column and the row, if it holds no days.
    """
    if missing := [row for row, cell in cells if not cell]:
        raise ValueError(f"Row {missing[0]} of column {brief(name)} is empty; "
                         "fill it in, or choose another column")
    texts, places = [cell for _, cell in cells], [f"in row {row}" for row, _ in cells]
    try:
        days_from_cells(texts, places)
    except ValueError as problem:
        raise ValueError(f"Choose another column than {brief(name)}, "
                         f"or mend it: {problem}") from None
    return ", ".join(texts)
