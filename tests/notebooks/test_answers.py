"""Exercises as they are stored in their notebooks: each in its place, and nothing given away."""

import ast
import re

import nbformat
import pytest

from catrnn.lab.exercises.catalogue import EXERCISES
from tests.helpers.answers import ANSWERS, BY_NAME, ROOT, asking, code_cells

NOTEBOOKS = sorted(path.stem for path in (ROOT / "notebooks").glob("[0-9]*.ipynb"))

PENDING = set()
"""Notebooks that wait for their exercise. Take yours out when it has one; nothing may be added."""

WITH = [notebook for notebook in NOTEBOOKS if notebook not in PENDING]


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_a_notebook_has_its_exercises_or_waits_for_them(notebook):
    here = {exercise.name for exercise in EXERCISES if exercise.notebook == notebook}
    assert {name for cell in code_cells(notebook) for name in asking(cell)} == here
    assert bool(here) == (notebook not in PENDING)


@pytest.mark.parametrize("notebook", WITH)
def test_what_is_stored_gives_nothing_away(notebook):
    stored = (ROOT / "notebooks" / f"{notebook}.ipynb").read_text(encoding="utf-8")
    cells = [cell for cell in nbformat.reads(stored, 4).cells if cell.cell_type == "code"]
    for exercise in (exercise for exercise in EXERCISES if exercise.notebook == notebook):
        assert not [hint for hint in (*exercise.hints, exercise.on_success) if hint in stored]
        (cell,) = (cell for cell in cells if exercise.name in asking(cell.source))
        blank = asking(cell.source)[exercise.name]
        dots = rf"^(def|class) {blank}\(.*\):\n( +def .*:\n)? +\.\.\.|^{blank} = \.\.\."
        assert re.search(dots, cell.source, re.MULTILINE)
        assert f"{exercise.name}: not started." in cell.outputs[0].text


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_what_a_notebook_imports_it_uses_or_tells_the_learner_to_type(notebook):
    cells = nbformat.read(ROOT / "notebooks" / f"{notebook}.ipynb", 4).cells
    code = ast.parse("\n".join(cell.source for cell in cells if cell.cell_type == "code"))
    prose = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    imported = {(alias.asname or alias.name).split(".")[0] for node in ast.walk(code)
                if isinstance(node, ast.Import | ast.ImportFrom) for alias in node.names}
    used = {node.id for node in ast.walk(code) if isinstance(node, ast.Name)}
    assert not [name for name in imported - used if f"`{name}(" not in prose]


def test_no_two_exercises_share_a_name_and_each_answer_has_its_exercise():
    assert len(BY_NAME) == len(EXERCISES)
    assert {answer.exercise for answer in ANSWERS} == set(BY_NAME)
