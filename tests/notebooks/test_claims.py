"""Numbers of the prose are what comes out: all that "you should have found", and what else is claimed.

The claims stand in `claims/`, a file for each notebook; a new file there is found by its name.
"""

import importlib
import pkgutil

import nbformat
import pytest

from tests.helpers.answers import BY_NAME, ROOT
from tests.helpers.claims import (
    CLAIMS,
    FOLD,
    KEEP,
    Claim,
    in_one_line,
    like,
    numbers_that_nothing_shows,
    numbers_without_a_claim,
)
from tests.notebooks import claims

for module in pkgutil.iter_modules(claims.__path__):
    importlib.import_module(f"{claims.__name__}.{module.name}")

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
PROSE = {cell.id: cell.source for path in NOTEBOOKS for cell in nbformat.read(path, 4).cells
         if cell.cell_type == "markdown"}
PROSE |= {name: exercise.on_success for name, exercise in BY_NAME.items()}
FOLDED = {cell: FOLD.search(source)[1] for cell, source in PROSE.items() if FOLD.search(source)}


@pytest.mark.parametrize("claimed", CLAIMS, ids=str)
def test_a_claim_stands_in_its_cell(claimed):
    assert in_one_line(claimed.says) in in_one_line(PROSE[claimed.cell])


@pytest.mark.parametrize("claimed", CLAIMS, ids=str)
def test_a_number_of_the_prose_is_what_comes_out(claimed):
    found = claimed.recompute()
    found = (found,) if len(claimed.braced) == 1 and not isinstance(found, tuple) else found
    assert tuple(map(like, claimed.braced, found)) == claimed.braced
    assert len(found) == len(claimed.braced)


@pytest.mark.parametrize("cell", FOLDED)
def test_every_number_that_should_have_been_found_is_recomputed(cell):
    assert numbers_without_a_claim(FOLDED[cell], cell) == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_number_to_keep_is_printed_in_its_notebook_or_recomputed(path):
    cells = nbformat.read(path, 4).cells
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    texts = [output.get("text", "") + output.get("data", {}).get("text/plain", "") for output in outputs]
    shown = "\n".join([*texts, *(cell.source for cell in cells if cell.cell_type == "code")])
    missing = [(cell.id, number) for cell in cells if cell.cell_type == "markdown" and KEEP.search(cell.source)
               for number in numbers_that_nothing_shows(KEEP.search(cell.source)[1], cell.id, shown)]
    assert missing == []


@pytest.mark.parametrize(("said", "value", "written"), [
    ("0.70", 0.7049, "0.70"), ("95%", 0.9512, "95%"), ("0.2%", 0.0021, "0.2%"), ("5e-11", 5.2e-11, "5e-11"),
    ("nine", 9, "nine"), ("Two", 2, "Two"), ("nine", 27, "27"), ("1,000", 1234, "1,234"), ("−0.50", -0.5, "−0.50"),
    ("+0.3", 0.31, "+0.3"), ("1, 3 and 4", [1, 3, 4], "1, 3 and 4"), ("214", 214.2, "214"), ("under", "over", "over"),
])
def test_a_value_is_written_as_the_prose_writes_it(said, value, written):
    assert like(said, value) == written


def test_a_number_that_no_claim_holds_is_found(monkeypatch):
    text = "Days 1 to 3 of 05 give [06 Carry](06_carry_a_memory.ipynb) 0.25, −3, 12%, 1e-6 and\ntwo of `float32`."
    monkeypatch.setattr("tests.helpers.claims.CLAIMS", [])
    assert numbers_without_a_claim(text, "here") == ["0.25", "−3", "12%", "1e-6", "two"]
    monkeypatch.setattr("tests.helpers.claims.CLAIMS", [Claim("here", "0.25, −3, 12%, 1e-6 and two", ("two",), None)])
    assert numbers_without_a_claim(text, "here") == []
    assert len(numbers_without_a_claim(text, "elsewhere")) == 5


def test_a_number_to_keep_is_one_that_code_shows_rounded_or_as_a_share(monkeypatch):
    monkeypatch.setattr("tests.helpers.claims.CLAIMS", [])
    assert numbers_that_nothing_shows("1.29, 0.2%, 62%, −0.5 and 0.31", "x", "1.2893 0.0020 62% -0.5") == ["0.31"]
