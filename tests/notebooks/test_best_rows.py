"""Where a notebook prints a table, no row is better than the one it calls best."""

import re

import nbformat
import pytest

from tests.helpers.answers import ROOT

FIGURE = re.compile(r"(?<![\w.])[-+−]?\d+(?:\.\d+)?%?(?!\w)")


def rows(text: str) -> list:
    """Return (label, figures) of each line that ends in figures. A larger share is better, and a smaller miss."""
    found = []
    for line in text.splitlines():
        table = re.fullmatch(r"(.*?[^\d\s.%+−-].*?)((?:\s+[-+−]?\d+(?:\.\d+)?%?)+)\s*", line)
        if table:
            figures = FIGURE.findall(table[2])
            found.append((table[1].strip(), [worth(figure) for figure in figures]))
    return found


def worth(figure: str) -> float:
    """Return a figure so that less is better."""
    number = float(figure.replace("−", "-").rstrip("%"))
    return -number if figure.endswith("%") else number


def beaten(text: str) -> list:
    """Return the rows that are better somewhere than the one called best. Best on one thing is judged by that alone."""
    table, found = rows(text), []
    for label, figures in table:
        if re.search(r"\bbest\b", label):
            judged = 1 if re.search(r"\bbest (on|by|of)\b", label) else len(figures)
            found += [other for other, theirs in table if len(theirs) == len(figures) and
                      any(b < a for a, b in zip(figures[:judged], theirs, strict=False))]
    return found


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda path: path.stem)
def test_no_row_is_better_than_the_one_called_best(path):
    for cell in nbformat.read(path, 4).cells:
        for output in cell.get("outputs", []):
            assert beaten(output.get("text", "")) == [], cell.id


@pytest.mark.parametrize(("table", "better"), [
    ("days ahead       1    2\nbest there is  0.07 0.41\nmean of 8 days 0.36 0.34", ["mean of 8 days"]),
    ("best there is  0.07 0.31\nmean of 8 days 0.36 0.34", []),
    ("the best on May: 0.07 0.41\nthe mean: 0.36 0.34", []),
    ("best weights 98%\nothers 99%", ["others"]), ("best weights 98%\nothers 9%", []),
])
def test_a_row_that_beats_the_best_is_found(table, better):
    assert beaten(table) == better
