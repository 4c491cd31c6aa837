"""A notebook is one sitting: so many cells, prose between the code, and the minutes that it promises."""

import re
from itertools import groupby, pairwise

import nbformat
import pytest

from tests.helpers import minutes
from tests.helpers.answers import ROOT
from tests.helpers.claims import FOLD

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


@NUMBERED
def test_a_guess_is_asked_for_right_before_the_code_that_answers_it(path):
    behind = [(cell.id, after.cell_type) for cell, after in pairwise(cells(path)) if "Guess first" in cell.source]
    assert [cell for cell, kind in behind if kind != "code"] == []


@NUMBERED
def test_what_should_have_been_found_is_folded_right_behind_its_panel(path):
    for before, cell in pairwise(cells(path)):
        if "hould have found" in cell.source:
            assert FOLD.search(cell.source), cell.id
            assert "hould have found" not in FOLD.sub("", cell.source), cell.id
            assert re.search(r"^explore_\w+\(", before.source, re.MULTILINE), cell.id


def test_the_minutes_are_counted_from_words_code_prints_guesses_panels_and_exercises():
    new = nbformat.v4
    printed = new.new_output("stream", text="a\nb\n")
    nothing = new.new_notebook(cells=[
        new.new_markdown_cell(" ".join(["word"] * 298) + " Guess first"),
        new.new_code_cell('x = 1\n\ncheck("name", x)\nexplore_line(weight=1)', outputs=[printed])])
    assert minutes.counted(nothing.cells) == pytest.approx(2 + (3 * 8 + 2 * 5 + 25) / 60 + 3 + 5)
    assert minutes.said([new.new_markdown_cell("a\n\n**Time** about 30 minutes, and 15 for the exercises. Run.")]) == 45
