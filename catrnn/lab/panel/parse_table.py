"""The bytes of a CSV file, read as rows of texts under headings."""

import codecs
import csv
import io
import itertools
import re
from collections import Counter, deque

from catrnn.lab.panel.parse_days import MOST_DAYS
from catrnn.lab.panel.parse_number import PLAIN

MOST_BYTES = 1_000_000
"""A larger file is not a list of days."""
MOST_ROWS = MOST_DAYS + 50
"""Rows that are kept from the beginning of a file, and from its end."""
MARKS = ";\t|,"
"""What may part the columns; of two that do it equally well the first is meant."""
COMMENT = re.compile(r"(#|//)(?![;\t|,])")
ANY_COMMENT = re.compile(r"^(#|//|\"?sep=)", re.MULTILINE | re.IGNORECASE)
SEPARATOR = re.compile(r'"?sep=(.)"?\s*$', re.IGNORECASE)
"""A spreadsheet's first line, which names the mark."""
NO_TEXT = ("The file is not plain text; open it in the program that wrote it, "
           "save the table as CSV (UTF-8), and load that")


def small_enough(n_bytes: int) -> None:
    """Raise ValueError, in one sentence, for a file that is too large to be a list of days."""
    if n_bytes > MOST_BYTES:
        raise ValueError(f"The file has {n_bytes:,} bytes, but a list of days needs less than a "
                         f"million; cut it down to the last {MOST_DAYS} rows")


def rows_from(content: bytes) -> tuple:
    """Return the rows of a CSV file, each as its number and its cells, whatever program wrote it.

    Of many rows the first and the last MOST_ROWS are there. Beside them comes how many there are,
    and the mark between the columns. Raises ValueError, in one sentence, if it is no such file.
    """
    small_enough(len(content))
    text = decoded(content)
    mark = mark_of(text)
    rows, n_rows = rows_of(text, mark)
    if not rows:
        raise ValueError("The file is empty; load one with a row for each day")
    return rows, n_rows, mark


def decoded(content: bytes) -> str:
    """Return the text of a file, its lines parted by \\n. Raises ValueError if it is none."""
    if content.startswith(b"PK\x03\x04"):
        raise ValueError("The file is a workbook, not plain text; open it in the program that "
                         "wrote it, save the sheet as CSV (UTF-8), and load that")
    old_mac = b"\r" in content and b"\n" not in content
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ["utf-16"] if wide else ["utf-8-sig", "mac_roman" if old_mac else "cp1252"]:
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise ValueError(NO_TEXT)
    if re.search(r"[\x00-\x08\x0e-\x1f]", text):
        raise ValueError(NO_TEXT)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def mark_of(text: str) -> str:
    """Return what parts the columns: what a first line says, or what most rows have alike."""
    if found := SEPARATOR.match(text.partition("\n")[0]):
        return found[1]
    lines = [line for line in itertools.islice(io.StringIO(text), 50)
             if line.strip() and not COMMENT.match(line)]
    best = max(MARKS, key=lambda mark: alike(lines, mark))
    if alike(lines, best):
        return best
    return " " if parted_by_spaces(lines) else ","


def parted_by_spaces(lines: list) -> bool:
    """Return whether all lines have as many words, more than one, and end with a number.

    The first may be a heading. A space in a number, as in "1 000", parts no columns.
    """
    words = [line.split() for line in lines]
    if len({*map(len, words)}) != 1 or len(words[0]) < 2:
        return False
    body = words[1:] or words
    return all(PLAIN.fullmatch(row[-1]) for row in body) and not any(
        re.fullmatch("[0-9]{3}", row[-1]) and row[-2].isdecimal() for row in body)


def alike(lines: list, mark: str) -> int:
    """Return how many lines have the same number of columns, if they have more than one."""
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=mark))
    except csv.Error:
        return 0
    del widths[1]
    return max(widths.values(), default=0)


def rows_of(text: str, mark: str) -> tuple:
    """Return the rows of a CSV text, from the first that says something to the last, and how many.

    Raises ValueError if a quote stays open.
    """
    lines, no_rows = io.StringIO(text), set()
    if ANY_COMMENT.search(text):
        lines = list(lines)
        no_rows = {number for number, line in enumerate(lines, start=1) if is_no_row(number, line)}
        lines = ["\n" if number in no_rows else line for number, line in enumerate(lines, start=1)]
    reader = csv.reader(lines, delimiter=mark, skipinitialspace=True)
    try:
        numbered = itertools.dropwhile(says_nothing, ((reader.line_num, row) for row in reader))
        rows = list(itertools.islice(numbered, MOST_ROWS))
        last = deque(reader, maxlen=MOST_ROWS)  # without their numbers, for there may be many
    except csv.Error:
        raise ValueError("The file cannot be read as CSV; "
                         "save the table as CSV (UTF-8) once more") from None
    rows += enumerate(last, start=reader.line_num - len(last) + 1)
    while rows and says_nothing(rows[-1]):
        rows.pop()
    n_rows = rows[-1][0] - rows[0][0] + 1 - len(no_rows) if rows else 0
    rows = [(number, [cell.strip() for cell in row]) for number, row in rows
            if number not in no_rows]
    return rows, n_rows


def is_no_row(number: int, line: str) -> bool:
    """Return whether a line is a comment, or the first line that names the mark."""
    return bool(COMMENT.match(line) or (number == 1 and SEPARATOR.match(line)))


def says_nothing(row: tuple) -> bool:
    """Return whether all cells of a row, which comes with its number, are empty."""
    return not any(map(str.strip, row[1]))
