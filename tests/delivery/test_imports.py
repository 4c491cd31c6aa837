"""Two storeys: the lab imports the lesson, never the other way; the lesson imports NumPy alone; there is no circle."""

import ast
import os
import pathlib
import re
import subprocess
import sys
from functools import cache
from graphlib import TopologicalSorter

import pytest

import catrnn

HERE = pathlib.Path(catrnn.__file__).resolve().parent
FILES = sorted(HERE.rglob("*.py"))
IMPORT = ast.Import | ast.ImportFrom
LESSON = {
    "checks": set(),
    "data": set(),
    "baselines": set(),
    "layers": set(),
    "gates": {"layers"},
    "bptt": set(),
    "initializers": set(),
    "network": {"layers", "bptt", "initializers"},
    "training": {"network", "bptt"},
    "gradcheck": set(),
    "habits": {"baselines"},
    "forecast": {"bptt", "data", "initializers", "network", "training"},
    "evaluation": {"data", "baselines", "forecast"},
    "letters": {"layers"},
}
"""The modules of the lesson that each may import; `checks` is open to all."""

EVERY = {*LESSON}
LAB = {
    "lab.drawing": set(),
    "lab.pictures": {"evaluation", "lab.drawing"},
    "lab.panel": {"lab.drawing"},
    "lab.exercises": EVERY,
    "lab.source": set(),
    "lab.give_back": set(),
    "lab.first_program": {"data", "initializers", "training"},
    "lab.two_bells": {"training"},
    "lab.panels": EVERY | {"lab.drawing", "lab.pictures", "lab.panel", "lab.exercises", "lab.first_program",
                           "lab.two_bells"},
    "lab.marking": {"command", "lab", "lab.exercises"},
    "lab": {"lab.pictures", "lab.panel", "lab.panels", "lab.exercises", "lab.source", "lab.two_bells",
            "lab.give_back"},
}
"""The modules of the lesson, and the folders of the lab, that each may import."""

DOOR = {
    "command": {"__version__"},
    "__main__": {"command"},
}
"""What opens the course. It needs Python's own library alone, so that it speaks where nothing else is installed; a word
that needs more loads it when it is asked for."""

MAY_IMPORT = LESSON | LAB | DOOR
ONLY = {
    "ipywidgets": {"lab.panel", "lab.panels"},
    "IPython": {"lab.marking", "lab.panel", "lab.source", "lab.give_back"},
    "anywidget": {"lab.panel"},
    "jupyter_client": {"lab.marking"},
    "jupyter_core": {"command"},
    "matplotlib": {"lab.marking", "lab.drawing", "lab.pictures"},
    "PIL": {"lab.drawing", "lab.panel"},
    "traitlets": {"lab.panel", "lab.panels"},
}
"""The packages beside NumPy, and the places that may import them."""

MADE_OF_OTHERS = {"training"}
"""Pictures that are put together from others; what two pictures share otherwise is in lab/drawing."""

LINES, CHECKS, COLUMNS = 1950, 700, 100
"""An evening's reading: the lines of the lesson, docstrings and all; those of `checks`, which stands behind the scenes
and is not read with it; and the columns of every line of the package."""


def place(path):
    """The module of the lesson or the folder of the lab that a file belongs to, as the tables above name it."""
    parts = path.relative_to(HERE).with_suffix("").parts
    return ".".join(part for part in parts[:2 if parts[0] == "lab" else 1] if part != "__init__")


def files_of(wanted):
    return [path for path in FILES if place(path) == wanted]


@cache
def statements(path):
    """The import statements of a file."""
    return [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, IMPORT)]


@cache
def imports_of(path):
    """(dots, module) of every import in a file; `from catrnn import data` counts as catrnn.data."""
    found = []
    for node in statements(path):
        if isinstance(node, ast.Import):
            found += [(0, alias.name) for alias in node.names]
        elif node.module in ("catrnn", "catrnn.lab"):
            found += [(node.level, f"{node.module}.{alias.name}") for alias in node.names]
        else:
            found.append((node.level, node.module or ""))
    return found


@cache
def imported(wanted):
    return {module for path in files_of(wanted) for _, module in imports_of(path)}


def neighbours(wanted):
    """The places of the package that a place imports; the package itself, with all that it holds, is one too."""
    own = (module.split(".")[1:] for module in imported(wanted) if module.split(".")[0] == "catrnn")
    return {".".join(parts[:2] if parts[:1] == ["lab"] else parts[:1]) for parts in own} - {wanted}


def test_the_tables_name_every_file_of_the_package():
    assert {place(path) for path in FILES} - {""} == MAY_IMPORT.keys()


@pytest.mark.parametrize("wanted", sorted(MAY_IMPORT))
def test_a_place_imports_only_what_the_table_allows(wanted):
    assert neighbours(wanted) <= MAY_IMPORT[wanted] | {"checks"}


@pytest.mark.parametrize("wanted", sorted(LESSON))
def test_the_lesson_never_imports_the_lab(wanted):
    assert not any(module.startswith("catrnn.lab") for module in imported(wanted))


@pytest.mark.parametrize("wanted", sorted(LESSON))
def test_the_lesson_imports_numpy_and_pythons_own_library_alone(wanted):
    packages = {module.split(".")[0] for module in imported(wanted)}
    assert packages <= {"numpy", "catrnn"} | set(sys.stdlib_module_names)


def test_the_tables_hold_no_circle():
    TopologicalSorter(MAY_IMPORT).prepare()


def test_the_files_hold_no_circle():
    modules = {".".join(("catrnn", *path.relative_to(HERE).with_suffix("").parts)): path for path in FILES}
    TopologicalSorter({name: [m for _, m in imports_of(path) if m in modules] for name, path in modules.items()
                       }).prepare()


@pytest.mark.parametrize("package", sorted(ONLY))
def test_a_package_is_imported_only_where_it_is_needed(package):
    using = {wanted for wanted in MAY_IMPORT if any(module.split(".")[0] == package for module in imported(wanted))}
    assert using <= ONLY[package]


def test_no_package_is_imported_that_the_table_does_not_name():
    packages = {module.split(".")[0] for wanted in MAY_IMPORT for module in imported(wanted)}
    assert packages - sys.stdlib_module_names <= {"catrnn", "numpy", *ONLY}


def test_a_picture_imports_no_other_picture_unless_it_is_made_of_it():
    beside = {path.stem for path in files_of("lab.pictures")
              if any(module.startswith("catrnn.lab.pictures.") for _, module in imports_of(path))}
    assert beside == MADE_OF_OTHERS


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(HERE)))
def test_an_import_names_its_module_with_no_stars_and_no_dots(path):
    assert all(dots == 0 for dots, _ in imports_of(path))
    assert not any(alias.name == "*" for node in statements(path) for alias in node.names)


def test_the_front_door_is_a_docstring_and_a_version():
    docstring, version = ast.parse((HERE / "__init__.py").read_text("utf-8")).body
    assert isinstance(docstring.value, ast.Constant)
    assert version.targets[0].id == "__version__"


def test_the_front_door_names_every_module_of_the_lesson():
    assert set(re.findall(r"\w+", catrnn.__doc__)) >= LESSON.keys()


def test_the_lesson_loads_no_pictures_and_no_widgets():
    lines = [f"import catrnn.{name}" for name in LESSON] + ["import sys", "print(*sys.modules)"]
    path = os.pathsep.join([str(HERE.parent), os.environ.get("PYTHONPATH", "")])
    run = subprocess.run([sys.executable, "-c", "\n".join(lines)], env={**os.environ, "PYTHONPATH": path},
                         capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in run.stdout.split()}
    assert "catrnn" in loaded
    assert not loaded & ONLY.keys()


def lines_of(wanted):
    return [line for path in files_of(wanted) for line in path.read_text("utf-8").splitlines()]


def test_the_lesson_is_an_evenings_reading():
    assert sum(len(lines_of(name)) for name in LESSON.keys() - {"checks"}) < LINES
    assert len(lines_of("checks")) < CHECKS


@pytest.mark.parametrize("wanted", sorted(MAY_IMPORT))
def test_a_line_fits_a_page(wanted):
    assert [line for line in lines_of(wanted) if len(line) > COLUMNS] == []
