"""Finds what was handed in: whose it is, its cells, and which exercises should stand in it."""

import json
import re
from functools import cache
from os.path import exists, isfile
from pathlib import Path
from typing import NamedTuple

from catrnn.command.notebooks import find
from catrnn.lab.exercises.catalogue import EXERCISES

MEGABYTES = 20
"""The largest notebook that is read; the course's own have 0.3."""

ASKED = re.compile(r"""\bcheck\s*\(\s*["']([^"'\n]+)["']\s*(?:,\s*([A-Za-z_]\w*))?""")
"""A call of `check`: the exercise, and the name of the answer."""

ALMOST = re.compile(r"\.(ipynb\.\w+|zip|7z|rar|tar|t?gz)$", re.IGNORECASE)
"""How a file's name ends that may hold a notebook and is none: some browsers add an ending."""

MOODLE = re.compile(r"_\d+_assignsubmission_.*", re.DOTALL)
"""What Moodle writes behind a learner's name when it hands out what was handed in."""


class Unreadable(Exception):
    """A file that cannot be marked. Argument: why, in words."""


class HandedIn(NamedTuple):
    """One notebook; with no blanks where no exercise of the course stands in it."""

    cells: list
    """The code of its cells, in order."""
    blanks: dict
    """The name of the answer, by the name of the exercise; "" where nothing names it."""
    strange: list
    """Exercises that it asks for and the course does not have."""


def files_in(folder: Path) -> list:
    """Return the notebooks in a folder and below it, without JupyterLab's own copies."""
    return [path for path in seen_in(folder) if path.suffix.lower() == ".ipynb"]


def almost_in(folder: Path) -> list:
    """Return the files in a folder and below it that may hold a notebook under another ending."""
    return [path for path in seen_in(folder) if ALMOST.search(path.name)]


def seen_in(folder: Path) -> list:
    """Return the files in a folder and below it, without hidden ones; those that cannot be
    reached too."""
    return sorted(path for path in folder.rglob("*")
                  if (isfile(path) or not exists(path))
                  and not any(part.startswith(".") for part in path.relative_to(folder).parts))


def inside_wrapping(files: list, folder: Path) -> Path:
    """Return the folder that holds the learners' folders: archives wrap all in a folder more."""
    parts = [path.relative_to(folder).parts for path in files]
    wrapped = all(len(one) > 2 for one in parts) and len({one[0] for one in parts}) == 1
    if wrapped and len({one[1] for one in parts}) > 1:
        return folder / parts[0][0]
    return folder


def learner_of(path: Path, folder: Path) -> str:
    """Return whose a notebook is: the first folder's name, or what the file's name says beside the
    notebook's."""
    parts = path.relative_to(folder).parts
    if len(parts) > 1:
        return MOODLE.sub("", parts[0]) or parts[0]
    own = MOODLE.sub("", path.stem)
    for notebook in {exercise.notebook for exercise in EXERCISES}:
        own = own.replace(notebook, "")
    return own.strip(" _-.()") or path.stem


def read(path: Path) -> HandedIn:
    """Read one notebook. Raises Unreadable."""
    cells = cells_of(path)
    code = [text_of(cell) for cell in cells if cell.get("cell_type") == "code"]
    asked = dict(ASKED.findall("\n".join(code)))
    known = {exercise.name: exercise.notebook for exercise in EXERCISES}
    title = next((text_of(cell).split("\n")[0] for cell in cells), "")
    titled = title.strip("# ").lower().replace(" ", "_")
    notebooks = {known[name] for name in asked if name in known} or {
        notebook for notebook in known.values() if notebook == titled or notebook in path.stem}
    strange = [name for name in asked if name not in known]
    blanks = {name: asked.get(name) or blanks_of(notebook).get(name, "")
              for name, notebook in known.items() if notebook in notebooks}
    return HandedIn(code, blanks, strange)


@cache
def blanks_of(notebook: str) -> dict:
    """Return the names of the answers in the course's own notebook, by the name of the exercise."""
    path = find() / f"{notebook}.ipynb"
    return dict(ASKED.findall("\n".join(map(text_of, cells_of(path))))) if path.is_file() else {}


def cells_of(path: Path) -> list:
    """Return the cells of a notebook, each with a text as its source. Raises Unreadable."""
    try:
        if path.stat().st_size > MEGABYTES * 2**20:
            raise Unreadable(f"It has more than {MEGABYTES} MB. Let its outputs be cleared.")
        notebook = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as problem:
        raise Unreadable(f"It cannot be read: {problem.strerror}.") from None
    except (ValueError, RecursionError, MemoryError):
        raise Unreadable("It is damaged, or no notebook at all: its text is not JSON.") from None
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list) or not all(map(is_cell, cells)):
        raise Unreadable("It is no notebook of today's form, which has a list of cells.")
    return cells


def is_cell(cell) -> bool:
    """Whether something in a notebook is a cell: it has a source, a text or lines of it."""
    source = cell.get("source") if isinstance(cell, dict) else None
    return isinstance(source, str) or (
        isinstance(source, list) and all(isinstance(line, str) for line in source))


def text_of(cell: dict) -> str:
    """Return a cell's source, fit to be sent: half a sign, which JSON can hold, becomes "?"."""
    return "".join(cell["source"]).encode("utf-8", "replace").decode("utf-8")
