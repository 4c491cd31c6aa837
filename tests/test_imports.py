"""Imports flow one way, and each room imports what its work needs and no more."""

import ast
import os
import pathlib
import subprocess
import sys

import pytest

import catrnn

HOUSE = pathlib.Path(catrnn.__file__).resolve().parent
TAUGHT = ["data", "guesses", "layers", "bptt", "gradcheck", "network", "training", "habits", "forecast", "doors"]
EVERY_ROOM = {*TAUGHT, "protocol", "reading", "pictures", "panel", "widgets", "exercises"}
MAY_IMPORT = {
    "doors": set(),
    "data": set(),
    "guesses": {"data"},
    "layers": set(),
    "bptt": set(),
    "gradcheck": set(),
    "network": {"layers", "bptt"},
    "training": {"network", "bptt"},
    "habits": set(),
    "forecast": {"data", "network", "training"},
    "protocol": {"data"},
    "reading": set(),
    "pictures": {"data", "protocol"},
    "panel": {"pictures"},
    "widgets": EVERY_ROOM,
    "exercises": EVERY_ROOM - {"panel", "widgets"},
}
"""The rooms that a room may import; `doors` is open to all."""

ONLY = {
    "ipywidgets": {"panel", "widgets"},
    "IPython": {"panel", "widgets"},
    "anywidget": {"panel", "widgets"},
    "matplotlib": {"pictures", "panel"},
    "PIL": {"pictures", "panel"},
}
"""The rooms that may import a package of these."""

LONGEST = 850
"""Lines of the taught rooms together, docstrings and all, the doors apart: an evening's reading."""


def files_of(room):
    """A room is a file, or a folder of files."""
    return [HOUSE / f"{room}.py"] if (HOUSE / f"{room}.py").exists() else sorted((HOUSE / room).rglob("*.py"))


def rooms():
    return {path.stem if path.suffix else path.name for path in HOUSE.iterdir()
            if (path.suffix == ".py" and path.stem != "__init__") or (path.is_dir() and any(path.rglob("*.py")))}


def imports_of(path):
    """(dots, module) of every import in a file; `from catrnn import data` counts as catrnn.data."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((0, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            if node.module == "catrnn":
                yield from ((node.level, f"catrnn.{alias.name}") for alias in node.names)
            else:
                yield node.level, node.module or ""


def imported(room):
    return {module for path in files_of(room) for _, module in imports_of(path)}


def test_the_table_knows_every_room_of_the_house():
    assert rooms() <= MAY_IMPORT.keys()


def test_every_taught_room_is_there():
    assert rooms().issuperset(TAUGHT)


@pytest.mark.parametrize("room", sorted(MAY_IMPORT))
def test_a_room_imports_only_the_rooms_that_it_may(room):
    neighbours = {module.split(".")[1] for module in imported(room) if module.startswith("catrnn.")}
    assert neighbours <= MAY_IMPORT[room] | {room, "doors"}


@pytest.mark.parametrize("room", sorted(MAY_IMPORT))
def test_no_room_imports_the_whole_house(room):
    assert "catrnn" not in imported(room)


def test_imports_flow_one_way():
    def reached(room, seen=()):
        assert room not in seen, seen
        return all(reached(next_room, (*seen, room)) for next_room in MAY_IMPORT[room] - {room, "widgets", "exercises"})

    assert all(reached(room) for room in MAY_IMPORT)


@pytest.mark.parametrize("package", sorted(ONLY))
def test_a_package_is_imported_only_where_it_is_needed(package):
    using = {room for room in rooms() if any(module.split(".")[0] == package for module in imported(room))}
    assert using <= ONLY[package]


@pytest.mark.parametrize("room", TAUGHT)
def test_a_taught_room_needs_numpy_and_pythons_own_library_alone(room):
    packages = {module.split(".")[0] for module in imported(room)}
    assert packages <= {"numpy", "catrnn"} | set(sys.stdlib_module_names)


@pytest.mark.parametrize("path", sorted(HOUSE.rglob("*.py")), ids=lambda path: str(path.relative_to(HOUSE)))
def test_an_import_names_its_room_with_no_stars_and_no_dots(path):
    assert all(dots == 0 for dots, _ in imports_of(path))
    imported = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.ImportFrom)]
    assert not any(alias.name == "*" for node in imported for alias in node.names)


def test_the_front_door_is_a_docstring_and_a_version():
    docstring, version = ast.parse((HOUSE / "__init__.py").read_text("utf-8")).body
    assert isinstance(docstring.value, ast.Constant)
    assert version.targets[0].id == "__version__"


def test_the_taught_rooms_load_no_pictures_and_no_widgets():
    lines = [f"import catrnn.{room}" for room in TAUGHT] + ["import sys", "print(*sys.modules)"]
    path = os.pathsep.join([str(HOUSE.parent), os.environ.get("PYTHONPATH", "")])
    run = subprocess.run([sys.executable, "-c", "\n".join(lines)], env={**os.environ, "PYTHONPATH": path},
                         capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in run.stdout.split()}
    assert "catrnn" in loaded
    assert not loaded & ONLY.keys()


def test_the_taught_rooms_are_an_evenings_reading():
    lessons = [path for room in TAUGHT if room != "doors" for path in files_of(room)]
    assert sum(len(path.read_text("utf-8").splitlines()) for path in lessons) < LONGEST
