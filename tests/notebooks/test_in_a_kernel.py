"""Each notebook in one real kernel: its cells answered, every control moved, memory weighed, answers told.

nbval runs the stored cells and never moves a slider. Here they are answered as a learner answers them, and moved over
the messages of a browser. One kernel serves nbval and all claims on a notebook (tests/helpers/again.py), for its cells
cost more than all that is asked of it.
"""

import re
from typing import NamedTuple

import pytest

from tests.helpers.again import page_of
from tests.helpers.answers import (
    ANSWERS,
    BY_NAME,
    GUESS,
    RIGHT,
    ROOT,
    asking,
    changed_by_answers,
    code_cells,
    filled,
    imports,
    line_said,
)
from tests.helpers.kernel import front_end, sweep

NOTEBOOKS = sorted(path.stem for path in (ROOT / "notebooks").glob("[0-9]*.ipynb"))

MEGABYTES = 200
"""What a kernel may hold in the end: so thirty learners, each with a server too, share a machine of 16 GB."""


class Visit(NamedTuple):
    """What was seen of a notebook in its kernel."""

    errors: list  # of its cells
    printed: str
    moves: int
    problems: list  # of its controls
    megabytes: float | None
    otherwise: list  # answers that were told something else than they should be


@pytest.fixture(scope="module", params=NOTEBOOKS)
def notebook(request):
    return request.param


@pytest.fixture(scope="module")
def visit(notebook, tmp_path_factory):
    """Run what answers change once more, answered; move what moves; then hand in every answer of tests/answers.

    After an exercise its worked value is tried, under the names that stand in the task.
    """
    cells = code_cells(notebook)
    answers = [answer for answer in ANSWERS if BY_NAME[answer.exercise].notebook == notebook]
    with page_of(ROOT / "notebooks" / f"{notebook}.ipynb", cells) as page:
        page.run(f"%env CATRNN_FOLDER={tmp_path_factory.mktemp('own')}")  # nbval's kernels have one for all
        for cell in changed_by_answers(cells):
            with page.in_the_place_of(cell):
                page.run(answered(cell))
            for exercise in asking(cell):
                page.run(worked_value(exercise))
        errors, printed = list(page.errors), page.printed
        moves, problems = sweep(page)
        megabytes = page.megabytes()
        page.errors.clear()
        page.run(f"%reset -f\n{imports(cells)}")  # an answer may not lean on a name of another cell
        told = [(answer, line_said(page, answer, cells)) for answer in answers]
        otherwise = [*page.errors, *((str(answer), said) for answer, said in told if said != expected(answer))]
    return Visit(errors, printed, moves, problems, megabytes, otherwise)


def first_right(name: str):
    return next(answer for answer in RIGHT if answer.exercise == name)


def answered(cell: str) -> str:
    """Return a cell with a right answer in its blank, and with a guess."""
    for name, blank in asking(cell).items():
        cell = filled(cell, blank, first_right(name).code)
    return GUESS.sub(r"\1 = 0.5", cell)


def worked_value(exercise: str) -> str:
    """Return a cell that gives the names of a task the values of the example that is worked there."""
    return ("from catrnn.lab.exercises.catalogue import EXERCISES as _exercises\n"
            f"globals().update(next(one for one in _exercises if one.name == {exercise!r}).probes[0])")


def expected(answer) -> str:
    """Return what `check` should print about an answer."""
    return praise(answer.exercise) if answer.right else answer.message


def praise(exercise: str) -> str:
    return f"{exercise}: correct. {BY_NAME[exercise].on_success}"


def test_a_notebook_runs_to_its_end_with_right_answers_and_worked_values(visit):
    assert visit.errors == []


def test_a_right_answer_is_told_so_and_a_guess_is_set_beside_the_truth(visit, notebook):
    cells = code_cells(notebook)
    exercises = [name for cell in cells for name in asking(cell)]
    assert {praise(name) for name in exercises} <= set(visit.printed.splitlines())
    assert visit.printed.count("Your guess: ") >= sum(len(GUESS.findall(cell)) for cell in cells)


def test_every_control_moves_a_picture_and_raises_nothing(visit):
    assert not visit.problems, "\n".join(visit.problems)
    assert visit.moves >= 3, "no control was found"


def test_the_kernel_stays_small(visit):
    if visit.megabytes is None:
        pytest.skip("Not tested: the kernel's memory. Linux alone tells it in /proc.")
    assert visit.megabytes <= MEGABYTES


def test_each_answer_is_told_what_it_should_be_in_the_real_cell(visit):
    assert visit.otherwise == []


DEAD_SLIDER = """
from ipywidgets import IntSlider
IntSlider(description="dead")
"""

BROKEN_CALLBACK = """
from catrnn.lab import Parabola
from catrnn.lab.panel.controls import whole_slider
from catrnn.lab.panel.panel import Panel
compute = lambda n: dict(guess=1.0 / (n - 10), target=1.25)
Panel("?", Parabola(), compute, {"n": whole_slider("broken", 0, 0, 10)}, "none")
"""


@pytest.fixture(scope="module")
def kernel():
    """One kernel for what needs no notebook of its own."""
    with front_end(ROOT / "notebooks") as page:
        yield page


@pytest.fixture
def page(kernel):
    """The kernel with an empty page."""
    kernel.run("%reset -f")
    kernel.clear()
    return kernel


@pytest.mark.parametrize(
    ("source", "problem"), [(DEAD_SLIDER, "changes no picture"), (BROKEN_CALLBACK, "ZeroDivision")]
)
def test_the_sweep_finds_a_dead_slider_and_a_broken_callback(page, source, problem):
    page.run(source)
    assert not page.errors
    _, problems = sweep(page)
    assert any(problem in text for text in problems), problems


FULL = "parts = [bytes(1000) for _ in range(60_000)]"
"""60 MB in parts that the C library keeps when they are let go, for one of the last stays."""


def test_what_a_cell_is_done_with_goes_back_to_the_system(page):
    page.run(f"import catrnn.lab\n{FULL}")
    if (full := page.megabytes()) is None:
        pytest.skip("Not tested: the kernel's memory. Linux alone tells it in /proc.")
    page.run("parts[:] = parts[-1:]")
    assert page.megabytes() < full - 40


def test_a_syntax_error_is_told_by_jupyter_with_its_line_and_mended_by_running_the_cell_again(page):
    cells = code_cells("03_bend_the_line")
    cell = next(cell for cell in cells if "relu layer" in asking(cell))
    page.run(imports(cells))
    page.run(filled(cell, "MyReLULayer", "class MyReLULayer\n    pass\n"))
    assert re.fullmatch(r"SyntaxError: expected ':' \(.*, line 1\)", page.errors.pop())
    assert "relu layer: correct." in line_said(page, first_right("relu layer"), cells)
    assert not page.errors


def test_a_layer_of_ones_own_trains_the_cat_in_its_notebook_or_is_refused_with_the_words_of_the_check(page):
    cells = code_cells("07_train_the_cat")
    wrong = next(answer for answer in ANSWERS if answer.exercise == "recurrent backward" and not answer.right)
    page.run(imports(cells))
    refused = f"{wrong.message} No network is trained.\n"
    for answer, printed in ((first_right("recurrent backward"), ""), (wrong, refused)):
        line_said(page, answer, cells)
        page.printed = ""
        page.run("explore_training(layer=MyRecurrentLinearLayer, seed=4)")
        assert (page.errors, page.printed) == ([], printed)


def test_a_kept_layer_is_the_learners_in_another_notebook(page):
    keeping, training = code_cells("02_weigh_one_day"), code_cells("07_train_the_cat")
    page.run(imports(keeping))
    line_said(page, first_right("linear layer"), keeping)
    page.run("keep(MyLinearLayer)")
    assert page.printed.endswith("Kept in my_layers.py: LinearLayer (forward).\n")
    page.run("%reset -f")
    page.run(imports(training))
    page.run("my_layers();")
    assert "LinearLayer (yours has no backward yet: notebook 05)" in page.printed
    assert page.errors == []
