#!/usr/bin/env python3
"""Mark each cell as a part of a slide, by one rule, so that `jupyter nbconvert --to slides` makes a lesson of it.

    python tools/slides.py                                    every notebook
    python tools/slides.py notebooks/07_train_the_cat.ipynb   just this one

Recording a notebook marks it too. The rule is `marks`.
"""

import base64
import pathlib
import re
import struct
import sys

import nbformat

ROOT = pathlib.Path(__file__).resolve().parent.parent
ROOM = 775
"""Pixels from top to bottom that are filled of a slide of 1280 x 800, as docs/teaching.md has nbconvert make it."""

LETTERS, PRINTED, PICTURE = 94, 94, 1080
"""What fits beside one another: letters of prose, letters of code or of what it printed, pixels of a picture."""

LINE, CODE, SPACE, HEADING, EDGE = 25, 22, 19, 40, 36
"""Pixels: a line of prose, one of code, the space below a paragraph, what a heading needs more, the edge of code and
of each output."""

FOLD = re.compile(r"<details>.*?</details>\s*", re.DOTALL)
ASIDE = re.compile(r"\*\*You will\*\*|Stuck\?|Compare with yours")
"""How prose begins that speaks to somebody who sits at the notebook alone."""

UNSEEN = re.compile(r"(import |from |keep\(|progress\(|hint\(|my_\w+ = None\b|#|$)")
"""Lines of code that show nothing: a cell of these alone is not projected."""


def marks(cells: list) -> list:
    """Return what each cell is: "slide", "subslide", "fragment", "skip" or "notes".

    A heading begins a slide, other prose one below it. Code comes at the next press, on the same slide if it fits
    there, so that no answer is seen before its question. What should have been found goes to the speaker's notes.
    """
    found, room = [], 0
    for number, cell in enumerate(cells):
        if is_aside(cell):
            found.append("skip")
            room = 0
        elif cell.cell_type == "markdown" and not FOLD.sub("", cell.source).strip():
            found.append("notes")
        elif cell.cell_type == "markdown":
            found.append("slide" if number == 0 or re.search(r"^#", cell.source, re.MULTILINE) else "subslide")
            room = ROOM - height(cell)
        else:
            fits = room >= height(cell)
            found.append("fragment" if fits else "subslide")
            room = (room if fits else ROOM) - height(cell)
    return found


def is_aside(cell) -> bool:
    """Whether a cell is left out: words to somebody who sits there alone, code that shows nothing, a folded answer."""
    if cell.cell_type == "markdown":
        return bool(ASIDE.match(cell.source)) and not re.search(r"^#|Guess first", cell.source, re.MULTILINE)
    return "hide-input" in cell.metadata.get("tags", []) or all(map(UNSEEN.match, cell.source.splitlines()))


def height(cell) -> float:
    """Return about how high a cell stands on a slide, in pixels."""
    if cell.cell_type == "markdown":
        parts = [part for part in FOLD.sub("", cell.source).splitlines() if part.strip()]
        headings = sum(part.startswith("#") for part in parts)
        return HEADING * headings + sum(LINE * rows(part, LETTERS) + SPACE for part in parts)
    printed = "".join(output.get("text", output.get("data", {}).get("text/markdown", "")) for output in cell.outputs)
    pictures = sum(picture_height(output) for output in cell.outputs if "image/png" in output.get("data", {}))
    shown = cell.source.splitlines() + printed.splitlines()
    return EDGE * (1 + len(cell.outputs)) + CODE * sum(rows(line, PRINTED) for line in shown) + pictures


def rows(text: str, letters: int) -> int:
    """Return how many lines a text takes that is broken after so many letters."""
    return max(1, -(-len(text) // letters))


def picture_height(output) -> float:
    """Return how high a stored picture is shown, in pixels."""
    width, height = struct.unpack(">II", base64.b64decode(output.data["image/png"][:64])[16:24])
    shown = min(PICTURE, output.metadata.get("image/png", {}).get("width", width))
    return height * shown / width


def mark(notebook) -> None:
    """Write the marks into a notebook's cells, as nbconvert and JupyterLab read them."""
    for cell, kind in zip(notebook.cells, marks(notebook.cells), strict=True):
        cell.metadata["slideshow"] = nbformat.from_dict({"slide_type": kind})


def main(names: list) -> None:
    for path in map(pathlib.Path, names or sorted((ROOT / "notebooks").glob("*.ipynb"))):
        notebook = nbformat.read(path, as_version=4)
        mark(notebook)
        nbformat.write(notebook, path)


if __name__ == "__main__":
    main(sys.argv[1:])
