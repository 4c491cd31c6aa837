"""The book: a page for each notebook, with all that it stores, and nothing that leads nowhere."""

import json
import re
from itertools import pairwise
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.website.parsed import parsed
from tools.lab_in_browser import ROOT
from tools.notebook_list import in_order

PAGES = ["index", "search", *(path.stem for path in in_order())]
NOTEBOOKS = [path.stem for path in in_order()]
FORMULA = re.compile(r"\$\$.+?\$\$|\$[^$\n]+\$", re.DOTALL)
CODE = re.compile(r"`[^`]*`")
PRESS_PLAY = ("Shift+Enter) and the controls", "A progress bar:", "widget-view", "model_id")
"""What is true of a notebook with a kernel alone."""


def cells(name, kind):
    notebook = json.loads((ROOT / "notebooks" / f"{name}.ipynb").read_text("utf-8"))
    return [cell for cell in notebook["cells"] if cell["cell_type"] == kind]


def outputs(name):
    return [output for cell in cells(name, "code") for output in cell["outputs"]]


@pytest.mark.parametrize("name", PAGES)
def test_whatever_a_page_points_to_is_in_the_site_and_so_is_its_anchor(site, name):
    page = site / f"{name}.html"
    for tag, place in parsed(page).points:
        url = urlsplit(place)
        if url.scheme or url.netloc:
            assert tag == "a", f"{place} would be asked for without a click"
            continue
        found = (page.parent / url.path).resolve() if url.path else page
        assert found.is_file(), place
        assert not url.fragment or url.fragment in parsed(found).ids, place
        for notebook in parse_qs(url.query).get("path", []):
            assert (site / "live/files" / notebook).is_file(), place


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_page_has_the_code_of_its_notebook_word_for_word(site, name):
    written = ["".join(cell["source"]).strip() for cell in cells(name, "code")]
    assert [code.strip() for code in parsed(site / f"{name}.html").code] == written


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_page_has_every_picture_of_its_notebook_with_the_words_stored_beside_it(site, name):
    pictures = [output["metadata"]["image/png"] for output in outputs(name) if "image/png" in output.get("data", {})]
    assert parsed(site / f"{name}.html").alts == [picture["alt"] for picture in pictures]


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_page_shows_every_formula_as_mathml(site, name):
    prose = "\n".join("".join(cell["source"]) for cell in cells(name, "markdown"))
    assert parsed(site / f"{name}.html").formulas == len(FORMULA.findall(CODE.sub("", prose)))


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_an_answer_stays_behind_its_fold(site, name):
    shut = parsed(site / f"{name}.html").shut
    folded = sum("<details>" in "".join(cell["source"]) for cell in cells(name, "markdown"))
    assert sum("What you should have found" in text for text in shut) <= folded <= len(shut)
    for output in answers_to_guesses(name):
        first = "".join(output["text"]).split("\n")[0].strip()
        assert any(first in text for text in shut), first


def answers_to_guesses(name):
    """What a cell prints right below a guess."""
    notebook = json.loads((ROOT / "notebooks" / f"{name}.ipynb").read_text("utf-8"))["cells"]
    below = [cell for before, cell in pairwise(notebook)
             if before["cell_type"] == "markdown" and "**Guess first" in "".join(before["source"])]
    panels = [cell for cell in below if "catrnn-stored" in json.dumps(cell.get("outputs", []))]
    return [output for cell in below if cell not in panels for output in cell.get("outputs", []) if "text" in output]


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_page_says_nothing_that_needs_a_kernel_to_be_true(site, name):
    page = (site / f"{name}.html").read_text("utf-8")
    assert [false for false in PRESS_PLAY if false in page] == []


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_each_page_and_each_panel_leads_to_the_same_notebook_in_the_lab(site, name):
    there = [place for _, place in parsed(site / f"{name}.html").points if place.startswith("live/notebooks")]
    panels = sum("catrnn-stored" in json.dumps(output) for output in outputs(name))
    assert there == [f"live/notebooks/index.html?path={name}.ipynb"] * (1 + panels)
    button = re.search(r'<p class="to-the-lab"><a href="([^"]+)"', (site / f"{name}.html").read_text("utf-8"))
    assert button[1] == there[0]


def test_the_style_sheets_ask_for_nothing_elsewhere(site):
    for sheet in (site / "_static").rglob("*.css"):
        assert not re.search(r"(?:url\(\s*['\"]?|@import\s+['\"]?)(?:\w+:)?//", sheet.read_text("utf-8")), sheet
