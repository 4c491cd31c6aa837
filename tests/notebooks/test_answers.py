"""Exercises as they are stored in their notebooks: each in its place, and nothing given away."""

import ast
import builtins
import inspect
import re

import nbformat
import pytest

from catrnn.lab.exercises import (
    common_slips,
    keep,
    kept_layers,
    layers_file,
    learner,
    messages,
    page_lines,
    shown,
    told_changes,
)
from catrnn.lab.exercises.catalogue import EXERCISES
from tests.helpers.answers import ANSWERS, BY_NAME, ROOT, asking, code_cells, imports

NOTEBOOKS = sorted(path.stem for path in (ROOT / "notebooks").glob("[0-9]*.ipynb"))

PENDING = set()
"""Notebooks that wait for their exercise. Take yours out when it has one; nothing may be added."""

def waits(source, blank):
    """Whether three dots stand in the definition of a name, or in its place."""
    named = [node for node in ast.parse(source).body
             if blank in {getattr(node, "name", ""), *(target.id for target in getattr(node, "targets", []))}]
    return any(getattr(step, "value", None) is ... for node in named for step in ast.walk(node))


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
        assert waits(cell.source, blank)
        assert f"{exercise.name}: not started." in cell.outputs[0].text


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_what_a_notebook_imports_it_uses_or_tells_the_learner_to_type(notebook):
    cells = nbformat.read(ROOT / "notebooks" / f"{notebook}.ipynb", 4).cells
    code = ast.parse("\n".join(cell.source for cell in cells if cell.cell_type == "code"))
    prose = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    imported = {(alias.asname or alias.name).split(".")[0] for node in ast.walk(code)
                if isinstance(node, ast.Import | ast.ImportFrom) for alias in node.names}
    used = {node.id for node in ast.walk(code) if isinstance(node, ast.Name)}
    assert not [name for name in imported - used - told(notebook) if f"`{name}(" not in prose]


TYPED = re.compile(r"(?<![\w.])([A-Za-z_]\w*)\(")
"""A call in a sentence: a name with a bracket behind it, and no dot before it."""


def calls(*words):
    return {name for text in words for name in TYPED.findall(text)}


def texts_of(module):
    """Every text in a module but its docstrings."""
    tree = ast.parse(inspect.getsource(module))
    homes = (node for node in ast.walk(tree) if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef))
    docstrings = {id(node.body[0].value) for node in homes if isinstance(node.body[0], ast.Expr)}
    return [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
            and id(node) not in docstrings]


def told(notebook):
    """The names that the messages of a notebook's exercises tell the learner to type."""
    spoken = (common_slips, learner, messages, page_lines, shown, told_changes)
    names = {"check", "hint"} | calls(*(text for module in spoken for text in texts_of(module)))
    for exercise in (exercise for exercise in EXERCISES if exercise.notebook == notebook):
        names |= calls(*exercise.hints, exercise.on_success, *(slip.words for slip in exercise.slips))
        names |= {node.id for node in ast.walk(ast.parse(exercise.solution_source)) if isinstance(node, ast.Name)}
    of_keeping = (text for module in (keep, kept_layers, layers_file) for text in texts_of(module))
    return names | (calls(*of_keeping) if "keep(" in "".join(code_cells(notebook)) else set())


@pytest.mark.parametrize("notebook", WITH)
def test_every_name_that_a_message_tells_the_learner_to_type_exists_in_that_notebook(notebook):
    names = {}
    exec(imports(code_cells(notebook)), names)
    blanks = {blank for cell in code_cells(notebook) for blank in asking(cell).values()}
    own = {node.name for cell in code_cells(notebook) for node in ast.walk(ast.parse(cell))
           if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    methods = {"swapaxes", "reshape"}
    """Of an array: a message may leave out what stands before the dot."""
    assert told(notebook) - names.keys() - blanks - own - methods - set(dir(builtins)) == set()


def test_no_two_exercises_share_a_name_and_each_answer_has_its_exercise():
    assert len(BY_NAME) == len(EXERCISES)
    assert {answer.exercise for answer in ANSWERS} == set(BY_NAME)
