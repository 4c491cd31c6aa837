#!/usr/bin/env python3
"""Write the notebooks with a right answer in each blank, for teachers. The answers are those of the tests.

    python tools/solutions.py FOLDER    a new folder, or an empty one
"""

import pathlib
import sys

import nbformat

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from catrnn.command.files import said  # noqa: E402
from tests.helpers.answers import RIGHT, asking, filled  # noqa: E402

DEPENDS = ("check(", "keep(", "progress(")
"""What prints something else once an answer is there: such a cell comes without its stored outputs."""


def answer_to(exercise: str) -> str:
    """Return the first right answer to an exercise, as the tests hand it in."""
    return next(answer.code for answer in RIGHT if answer.exercise == exercise)


def solved(source: str) -> str:
    """Return a cell with an answer in its blank; every other cell as it is."""
    for exercise, blank in asking(source).items():
        source = filled(source, blank, answer_to(exercise))
    return source


def solution_of(path: pathlib.Path) -> nbformat.NotebookNode:
    """Return a notebook of the course with an answer in each blank."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code" and any(call in cell.source for call in DEPENDS):
            cell.update(source=solved(cell.source), outputs=[], execution_count=None)
    return notebook


def main(words: list) -> None:
    if len(words) != 1 or words[0].startswith("-"):
        sys.exit(__doc__)
    folder = pathlib.Path(words[0])
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        sys.exit(f"{folder} is there, and not empty: nothing is written over. Give a new folder.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
            nbformat.write(solution_of(path), folder / path.name)
    except OSError as error:
        sys.exit(f"Cannot write into {said(error)}. Is it in a folder of your own, on a disk with space?")
    print(f"Written into {folder}: the notebooks with their answers.")


if __name__ == "__main__":
    main(sys.argv[1:])
