"""How a notebook's cells are written: short, with a sentence on each helper, importing the lesson and the lab alone.

Their width is ruff's: notebooks/.ruff.toml.
"""

import ast
import re
import sys
from pathlib import Path

import nbformat
import pytest

import catrnn

ROOT = Path(__file__).resolve().parents[2]
LINES = 25
"""More do not fit a screen at once."""

LESSON = {f"catrnn.{path.stem}" for path in Path(catrnn.__file__).parent.glob("*.py")} - {"catrnn.__init__"}
MAY_IMPORT = LESSON | {"catrnn.lab", "numpy"} | sys.stdlib_module_names


NOTEBOOKS = pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda path: path.stem)


def code_cells(path):
    return [cell for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]


def imported(tree):
    """The module of every import."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module


def is_blank(definition):
    """Whether it waits for the learner's answer: a function of three dots, or a class with one."""
    last = definition.body[-1]
    dots = isinstance(last, ast.Expr) and isinstance(last.value, ast.Constant) and last.value.value is ...
    return dots or (isinstance(definition, ast.ClassDef) and is_blank(last))


@NOTEBOOKS
def test_a_cell_fits_a_screen(path):
    assert not [cell.id for cell in code_cells(path) if len(cell.source.splitlines()) > LINES]


@NOTEBOOKS
def test_a_helper_in_a_cell_says_in_one_line_what_it_does(path):
    nodes = [node for cell in code_cells(path) for node in ast.parse(cell.source).body]
    for helper in (node for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef) and not is_blank(node)):
        said = ast.get_docstring(helper) or "nothing"
        assert re.fullmatch(r"[A-Z].+\.", said), f"{helper.name} says {said}"


@NOTEBOOKS
def test_a_notebook_imports_the_lesson_and_the_lab_and_nothing_else_of_the_course(path):
    modules = {module for cell in code_cells(path) for module in imported(ast.parse(cell.source))}
    assert modules <= MAY_IMPORT
