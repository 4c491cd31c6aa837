"""The cells of a column, read as numbers, or one sentence on the first that is none."""

import re

from catrnn.lab.panel.parse_days import enough, units_alike
from catrnn.lab.panel.parse_headings import Table
from catrnn.lab.panel.parse_number import (
    in_quotes,
    no_number,
    split_unit,
    style_of,
    tidy,
    value_of,
    with_point,
)

DOTTED_DATE = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{2,4}")
FOREIGN_WORDS = {"datum", "tag", "gramm", "menge", "gewicht", "futter", "jahr", "monat", "woche",
                 "wochentag", "uhrzeit", "portion(en)", "portionen", "poids", "quantité",
                 "quantite", "jour", "grammes", "portions mangées", "mois", "année", "heure"}
"""German and French headings: there a point parts thousands."""


def tidy_cell(cell: str) -> str:
    """Return a cell without the spaces that part thousands: a cell is one number."""
    return re.sub(r"(?<=\d) (?=\d{3}(?!\d))", "", tidy(cell))


def decimal_mark(table: Table, mark: str) -> str:
    """Return how the numbers of a file are written: "point" or "comma", as some of them tell.

    If none does: "ask" where people part thousands by points, "" elsewhere.
    """
    cells = [tidy_cell(cell) for _, row in table.rows for cell in row if cell]
    styles = {style_of(found[0]) for cell in cells if (found := split_unit(cell))}
    if len(told := styles & {"point", "comma"}) == 1:
        return told.pop()
    words = {word for name in table.names for word in name.lower().split()}
    dotted = any(DOTTED_DATE.match(cell) for cell in cells)
    return "ask" if mark == ";" or dotted or words & FOREIGN_WORDS else ""


def numbers_of(cells: list, places: list, in_file: str) -> list:
    """Return the numbers of a column, still texts, with points, as one would type them.

    Raises ValueError for the first that is none, or may be two. places: where each stands.
    """
    pairs = []
    for cell, place in zip(cells, places, strict=True):
        if not (found := split_unit(cell)):
            raise no_number(cell, place)
        pairs.append(found)
    units_alike([unit for _, unit in pairs], places)
    numbers = [number for number, _ in pairs]
    styles = list(map(style_of, numbers))
    told = {"point", "comma"} & {*styles}
    if len(told) == 2:
        one, other = (styles.index(style) for style in ("comma", "point"))
        raise ValueError(f"{in_quotes(numbers[one])} {places[one]} has a decimal comma, "
                         f"{in_quotes(numbers[other])} {places[other].partition(' of ')[0]} a "
                         "point; write all of them with a point")
    in_file = told.pop() if told else in_file
    texts = []
    for number, style, place in zip(numbers, styles, places, strict=True):
        if style == "either" and not known(number, in_file, numbers):
            one, other = with_point(number, "comma"), with_point(number, "point")
            raise ValueError(f"{in_quotes(number)} {place} may be {one} or {other}; "
                             "write one of these")
        text = with_point(number, in_file if style == "either" and in_file else style)
        texts.append(re.sub("^([+-]?)0+(?=[0-9])", r"\1", text))
        value_of(texts[-1], place)
    enough(texts)
    return texts


def known(number: str, in_file: str, numbers: list) -> bool:
    """Return whether it is known if the mark in a number such as 1.250 parts thousands.

    A point does not, where no number of the column is a hundred or more without one.
    """
    if in_file in ("point", "comma"):
        return True
    large = any(len(other) >= 3 and other.isdecimal() for other in numbers)
    return "." in number and in_file != "ask" and not large
