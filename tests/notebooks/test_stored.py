"""What is stored in a notebook: complete, canonical, free of a machine's traces, with links that lead somewhere."""

import json
import re
import shutil
import urllib.parse
from pathlib import Path

import nbformat
import pytest

from tools import record, slides

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
FOLDERS = [ROOT / name for name in (".", "docs", "benchmarks", "deploy/jupyterhub")]
PROSE = [*NOTEBOOKS, *(page for folder in FOLDERS for page in sorted(folder.glob("*.md")))]
TRACES = re.compile(r"0x[0-9a-f]{6,}|/tmp/|/home/|/root/|/Users/|[A-Z]:\\\\|ipykernel_\d")
LINK = re.compile(r"\]\(([^)\s]+)\)")
IMAGE = "image/png"
KILOBYTES = 300
"""So that a notebook opens at once and a change of it can be read."""


def by_name(paths):
    return pytest.mark.parametrize("path", paths, ids=lambda path: path.stem)


def code_cells(path):
    return [cell for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]


def markdown(path):
    if path.suffix != ".ipynb":
        return path.read_text(encoding="utf-8")
    return "\n".join(cell.source for cell in nbformat.read(path, 4).cells if cell.cell_type == "markdown")


@by_name(NOTEBOOKS)
def test_a_notebook_is_stored_in_canonical_form(path):
    raw = path.read_text(encoding="utf-8")
    notebook = nbformat.reads(raw, as_version=4)
    nbformat.validate(notebook)
    assert raw == nbformat.writes(notebook) + "\n"
    assert notebook.metadata == record.METADATA
    for cell, kind in zip(notebook.cells, slides.marks(notebook.cells), strict=True):
        own = {name: value for name, value in cell.metadata.items() if name != "slideshow"}
        assert own == record.kept(cell.metadata.get("tags")), cell.id
        assert cell.metadata.slideshow == {"slide_type": kind}, "python tools/slides.py marks the slides anew"


@by_name(NOTEBOOKS)
def test_a_notebook_was_run_once_from_top_to_bottom(path):
    counts = [cell.execution_count for cell in code_cells(path)]
    assert counts == list(range(1, len(counts) + 1))


@by_name(NOTEBOOKS)
def test_a_notebook_stores_no_error_no_warning_and_no_trace_of_a_machine(path):
    for cell in code_cells(path):
        assert "NBVAL" not in cell.source, f"{cell.id} hides from the test"
        for output in cell.outputs:
            assert output.output_type != "error", cell.id
            assert output.get("name") != "stderr", f"{cell.id}: {output.text}"
            texts = [output.get("text", "")] + [v for k, v in output.get("data", {}).items() if k.startswith("text/")]
            assert not any(TRACES.search(text) for text in texts), (cell.id, texts)


@by_name(NOTEBOOKS)
def test_every_stored_picture_has_its_words_beside_it(path):
    for cell in code_cells(path):
        for output in cell.outputs:
            if IMAGE in output.get("data", {}):
                words = output.data["text/plain"]
                assert re.fullmatch(r"\w.* .*\.", words, re.DOTALL), f"{cell.id}: {words!r}"


@by_name(NOTEBOOKS)
def test_a_notebook_is_small_enough_to_open_at_once(path):
    assert path.stat().st_size < KILOBYTES * 1024


@by_name(PROSE)
def test_relative_links_lead_somewhere(path):
    for target in LINK.findall(markdown(path)):
        parts = urllib.parse.urlsplit(target)
        if not parts.scheme and parts.path:
            assert (path.parent / urllib.parse.unquote(parts.path)).exists(), target


@by_name([path for path in NOTEBOOKS if path.stem[0].isdigit()])
def test_every_new_word_stands_in_the_glossary(path):
    words = re.search(r"\*\*New words:\*\*(.*?)\.\s*All words", markdown(path), re.DOTALL)[1]
    glossary = markdown(ROOT / "notebooks" / "glossary.ipynb")
    known = {word.strip() for word in re.findall(r"^\| \*\*(.+?)\*\*", glossary, re.MULTILINE)}
    missing = [w for w in map(str.strip, words.replace("\n", " ").split(",")) if w not in known]
    assert not missing


def test_every_word_of_the_glossary_has_its_name_in_books():
    rows = [line.strip("| ").split(" | ") for line in markdown(ROOT / "notebooks" / "glossary.ipynb").splitlines()
            if line.startswith("| **")]
    assert [row for row in rows if len(row) != 4 or not all(map(str.strip, row))] == []


@by_name([path for path in NOTEBOOKS if path.stem != "glossary"])
def test_the_title_is_the_file_name_in_words(path):
    title = markdown(path).splitlines()[0].removeprefix("# ")
    assert title.lower().replace(" ", "_") == path.stem


@pytest.fixture(scope="module", params=["00", "07"])
def recorded(request, tmp_path_factory):
    """A notebook as it is stored, and a copy of it that was recorded."""
    (path,) = (path for path in NOTEBOOKS if path.stem.startswith(request.param))
    once = Path(shutil.copy(path, tmp_path_factory.mktemp("once")))
    record.record(once)
    return path, once


def test_recording_again_gives_the_same_bytes(recorded, tmp_path):
    stored, once = recorded
    if once.read_bytes() != stored.read_bytes():  # else the stored one, which was recorded too, is the proof
        twice = Path(shutil.copy(once, tmp_path))
        record.record(twice)
        assert twice.read_bytes() == once.read_bytes()


def test_the_stored_text_is_what_recording_gives(recorded):
    stored, once = recorded
    assert without_images(stored) == without_images(once)


def without_images(path):
    """Text and structure; the bytes of a picture may differ between versions of the drawing library."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(IMAGE, None)
    return notebook


def test_a_notebook_that_raises_is_not_written(tmp_path):
    path = tmp_path / "broken.ipynb"
    cells = [nbformat.v4.new_code_cell("1 / 0", id="a")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    before = path.read_bytes()
    with pytest.raises(Exception, match="ZeroDivisionError"):
        record.record(path)
    assert path.read_bytes() == before
