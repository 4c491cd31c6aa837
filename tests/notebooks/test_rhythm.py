"""A notebook is one sitting: so many cells, prose between the code, and the minutes that it promises."""

from itertools import groupby

import nbformat
import pytest

from tests.helpers import minutes
from tests.helpers.answers import ROOT

FEWEST, MOST = 20, 42
"""Cells of a notebook."""

IN_A_ROW = 2
"""Cells of code before the next prose."""

NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))
NUMBERED = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def cells(path):
    return nbformat.read(path, 4).cells


@NUMBERED
def test_a_notebook_takes_the_minutes_that_it_says_give_or_take_a_fifth(path):
    assert minutes.said(cells(path)) == pytest.approx(minutes.counted(cells(path)), rel=0.2)


@NUMBERED
def test_a_notebook_is_neither_a_page_nor_a_book(path):
    n_cells = len(cells(path))
    assert FEWEST <= n_cells <= MOST


@NUMBERED
def test_prose_stands_between_the_cells_of_code(path):
    runs = [len(list(run)) for kind, run in groupby(cells(path), lambda cell: cell.cell_type) if kind == "code"]
    assert max(runs) <= IN_A_ROW


def test_the_minutes_are_counted_from_words_code_prints_guesses_panels_and_exercises():
    new = nbformat.v4
    printed = new.new_output("stream", text="a\nb\n")
    nothing = new.new_notebook(cells=[
        new.new_markdown_cell(" ".join(["word"] * 298) + " Guess first"),
        new.new_code_cell('x = 1\n\ncheck("name", x)\nexplore_line(weight=1)', outputs=[printed])])
    assert minutes.counted(nothing.cells) == pytest.approx(2 + (3 * 8 + 2 * 5 + 25) / 60 + 3 + 5)
    assert minutes.said([new.new_markdown_cell("a\n\n**Time** about 30 minutes, and 15 for the exercises. Run.")]) == 45
