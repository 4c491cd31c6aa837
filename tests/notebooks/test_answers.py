"""Exercises in their notebooks: answers go into the real cell in a real kernel; what is stored gives nothing away."""

import ast
import re

import nbformat
import pytest

from catrnn.lab.exercises.catalogue import EXERCISES
from tests.helpers.answers import ANSWERS, BY_NAME, RIGHT, ROOT, asking, code_cells, filled, imports, line_said
from tests.helpers.kernel import front_end

NOTEBOOKS = sorted(path.stem for path in (ROOT / "notebooks").glob("[0-9]*.ipynb"))
GUESS = re.compile(r"^(\w*guess) = None", re.MULTILINE)
"""Where a learner may type a guess before the truth comes out."""

PENDING = set()
"""Notebooks that wait for their exercise. Take yours out when it has one; nothing may be added."""

WITH = [notebook for notebook in NOTEBOOKS if notebook not in PENDING]


@pytest.mark.parametrize("notebook", WITH)
def test_each_answer_is_told_what_it_should_be_in_the_real_cell(notebook):
    cells, otherwise = code_cells(notebook), []
    with front_end(ROOT / "notebooks") as page:
        page.run(imports(cells))
        for answer in (answer for answer in ANSWERS if BY_NAME[answer.exercise].notebook == notebook):
            said = line_said(page, answer, cells)
            right = f"{answer.exercise}: correct. {BY_NAME[answer.exercise].on_success}"
            if said != (right if answer.right else answer.message):
                otherwise.append((str(answer), said))
        assert not page.errors
    assert not otherwise


@pytest.mark.parametrize("notebook", WITH)
def test_a_notebook_runs_to_its_end_with_the_right_answers_and_a_guess_in_place(notebook):
    cells, done = code_cells(notebook), []
    with front_end(ROOT / "notebooks") as page:
        for cell in cells:
            for name, blank in asking(cell).items():
                cell = filled(cell, blank, first_right(name).code)
                done.append(f"{name}: correct. {BY_NAME[name].on_success}")
            page.run(GUESS.sub(r"\1 = 0.5", cell))
        assert not page.errors
        assert set(done) <= set(page.printed.splitlines())
        assert page.printed.count("Your guess: ") >= sum(len(GUESS.findall(cell)) for cell in cells)


def first_right(name: str):
    return next(answer for answer in RIGHT if answer.exercise == name)


def test_a_syntax_error_is_told_by_jupyter_with_its_line_and_mended_by_running_the_cell_again():
    cells = code_cells("03_bend_the_line")
    cell = next(cell for cell in cells if "relu forward" in asking(cell))
    with front_end(ROOT / "notebooks") as page:
        page.run(imports(cells))
        page.run(filled(cell, "relu_forward", "def relu_forward(x)\n    return x\n"))
        assert re.fullmatch(r"SyntaxError: expected ':' \(.*, line 1\)", page.errors.pop())
        assert "relu forward: correct." in line_said(page, first_right("relu forward"), cells)
        assert not page.errors


def test_a_layer_of_ones_own_trains_the_cat_in_its_notebook_or_is_refused_with_the_words_of_the_check():
    cells = code_cells("06_carry_a_memory")
    wrong = next(answer for answer in ANSWERS if answer.exercise == "recurrent forward" and not answer.right)
    with front_end(ROOT / "notebooks") as page:
        page.run(imports(cells))
        for answer, errors in ((first_right("recurrent forward"), []), (wrong, [f"ValueError: {wrong.message}"])):
            line_said(page, answer, cells)
            page.run("explore_training(layer=MyRecurrentLinearLayer, seed=4)")
            assert page.errors == errors


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
