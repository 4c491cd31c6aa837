"""The marks of slides: a heading begins one, an answer comes at the next press, and nothing is projected for one alone.

That what is stored is what the rule gives, test_stored.py holds.
"""

import base64
import struct

import nbformat
import pytest
from nbconvert import SlidesExporter

from tests.helpers.answers import ROOT, asking
from tools import slides

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
BY_NAME = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
SEEN = {"slide", "subslide", "fragment"}
FOLD = "<details><summary>What you should have found</summary>\n\n55.\n\n</details>"


def markdown(text):
    return nbformat.v4.new_markdown_cell(text)


def code(text, *outputs, **metadata):
    return nbformat.v4.new_code_cell(text, outputs=list(outputs), metadata=metadata)


def picture(width, height):
    png = base64.b64encode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", width, height) + bytes(40)).decode()
    return nbformat.v4.new_output("display_data", {"image/png": png}, metadata={"image/png": {"width": 800}})


@pytest.mark.parametrize(("cell", "mark"), [
    (markdown("Prose."), "subslide"),
    (markdown("Prose.\n\n## A heading\n\nMore."), "slide"),
    (markdown(FOLD), "notes"),
    (markdown(f"{FOLD}\n\nMore."), "subslide"),
    (markdown("Stuck? Type `hint`."), "skip"),
    (markdown("Compare with yours."), "skip"),
    (markdown("Compare with yours. **Guess first:** which?"), "subslide"),
    (markdown("**You will** meet the cat."), "skip"),
    (code("x = 1"), "fragment"),
    (code("import numpy as np\n\nfrom catrnn.layers import LinearLayer"), "skip"),
    (code("keep(MyLinearLayer)"), "skip"),
    (code("my_guess = None  # type it"), "skip"),
    (code("class Folded:\n    pass", tags=["hide-input"]), "skip"),
    (code("x = 1\n" * 40), "subslide"),
    (code("x = 1", picture(1600, 1500)), "subslide"),
    (code("x = 1", picture(1600, 600)), "fragment"),
], ids=lambda value: value if isinstance(value, str) else value.source[:25])
def test_what_a_cell_is_behind_a_title(cell, mark):
    assert slides.marks([markdown("# 07 Train the cat"), cell]) == ["slide", mark]


def test_code_that_does_not_fit_below_what_is_there_gets_a_slide_of_its_own():
    half = code("x = 1\n" * 15)
    assert slides.marks([markdown("# T"), half, half, half]) == ["slide", "fragment", "subslide", "fragment"]


def test_code_behind_what_is_left_out_begins_a_slide():
    assert slides.marks([markdown("# T"), markdown("Stuck?"), code("x = 1")])[-1] == "subslide"


@BY_NAME
def test_every_task_and_every_guess_is_seen_and_the_answer_comes_later(path):
    cells = nbformat.read(path, 4).cells
    found = slides.marks(cells)
    for number, cell in enumerate(cells):
        if cell.cell_type == "code" and asking(cell.source):
            assert found[number] in SEEN, cell.id
        if "Guess first:" in cell.source and cell.cell_type == "markdown":
            answer = next(n for n in range(number + 1, len(cells)) if found[n] in SEEN)
            assert found[number] in SEEN, cell.id
            assert cells[answer].cell_type == "code", cell.id


def test_nbconvert_makes_the_slides_that_are_marked():
    path = next(path for path in NOTEBOOKS if path.stem.startswith("05"))
    page, _ = SlidesExporter(reveal_scroll=True).from_filename(str(path))
    found = slides.marks(nbformat.read(path, 4).cells)
    stacks, below = found.count("slide"), found.count("subslide")
    assert page.count("<section") == stacks + stacks + below
    assert page.count('class="fragment"') == found.count("fragment")
    assert "keep(" not in page
