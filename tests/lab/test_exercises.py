"""The checker answers in one line whatever it is given, and raises nothing."""

import dataclasses
import functools
import pathlib
import re
import sys
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catrnn.lab import check, explore_epochs, explore_training, hint, progress, reveal
from catrnn.lab.exercises import learner, messages, run, shown
from catrnn.lab.exercises.catalogue import EXERCISES
from catrnn.lab.exercises.exercise import Exercise, Slip
from catrnn.lab.exercises.findings import Kind
from catrnn.lab.exercises.judges import first_wrong
from catrnn.lab.exercises.learner import judge
from catrnn.layers import RecurrentLinearLayer, ReLULayer
from tests.helpers.answers import RIGHT, WRONG, built
from tests.helpers.strategies import settings

RELU = Exercise(
    name="relu forward",
    notebook="03_bend_the_line",
    reference=lambda x: np.maximum(0, x),
    solution_source="source(ReLULayer)",
    axes={"x": "N H"},
    first=(dict(x=np.array([[-1.0, 0.0, 0.5, 2.0]])),),
    slips=(
        Slip("gate instead of value", "This is the gate, 1 for open and 0 for shut; let the numbers through it.",
             lambda right, x: x > 0),
        Slip("absolute value", "A number below zero lost its minus sign; it should become 0.",
             lambda right, x: np.abs(x)),
    ),
    hints=("Each number is compared with zero.", "np.maximum compares two."),
    on_success="This one bend is what makes a second layer worth its weights.",
)
"""The plainest function that can be asked for: what is said of any function is tried on it."""

LOSS = Exercise(
    name="loss and gradient",
    notebook="04_measure_the_miss",
    reference=lambda x, y: (((x - y) ** 2).mean(), 2 * (x - y) / x.size),
    solution_source="source(LossLayer)",
    axes={"x": "N D", "y": "N D"},
    first=(dict(x=np.array([[1.0, 3.0]]), y=np.array([[2.0, 1.5]])),),
    returns=("loss", "d_x"),
    hints=("Begin with the misses.", "n counts every value."),
    on_success="Well done.",
)
"""The plainest function that returns two things."""


@pytest.fixture(autouse=True)
def nothing_done(monkeypatch):
    monkeypatch.setattr(learner, "STATES", {})
    for exercise in (RELU, LOSS):
        monkeypatch.setitem(learner.BY_NAME, exercise.name, exercise)


def said(capsys, name, answer):
    check(name, answer)
    (line,) = capsys.readouterr().out.splitlines()
    return line


def exits(x):
    sys.exit()


def nothing_but_a_docstring(x):
    """Not yet."""


def passes(x):
    # not yet
    pass


def returns_bare(x):
    return


@functools.lru_cache
def decorated(x):
    """Not yet."""
    ...


def begun(x):
    """Not yet."""
    x = x + 1


def yields(x):
    yield x


def prints(x):
    print("here")
    print("there", file=sys.stderr)
    return np.maximum(0, x)


class Refuses:
    """An object that cannot be made an array of."""

    def __array__(self, dtype=None, copy=None):
        raise RuntimeError("no")


@pytest.mark.parametrize(
    ("answer", "line"),
    [
        (None, "not started. Write it in place of the three dots, then run the cell again."),
        (..., "not started. Write it in place of the three dots, then run the cell again."),
        (lambda x: ..., "not started. Write it in place of the three dots, then run the cell again."),
        (nothing_but_a_docstring, "not started. Write it in place of the three dots, then run the cell again."),
        (passes, "not started. Write it in place of the three dots, then run the cell again."),
        (returns_bare, "not started. Write it in place of the three dots, then run the cell again."),
        (decorated.__wrapped__, "not started. Write it in place of the three dots, then run the cell again."),
        ("def f(x):\n    ...", "not started. Write it in place of the three dots, then run the cell again."),
        (begun, "not yet. Nothing is returned. End with a line that begins with return."),
        (lambda x: x * np.nan, "not yet. the result holds nan"),
        (lambda x: [[1, 2], [3]], "not yet. the result has rows of different lengths."),
        (lambda x: {"x": x}, "not yet. the result should be numbers, but a dict came. Give a number or an array."),
        (lambda x: [None], "not yet. the result should be numbers, but a list came holding None."),
        (lambda x: Refuses(), "not yet. It stopped in line "),
        (lambda x: x + 1j, "not yet. the result should be numbers, but an array came holding a complex128."),
        (yields, "not yet. the result should be numbers, but a generator came. Give a list: list(...) makes"),
        (exits, "not yet. x comes in, and no line asks for it. It stopped in line "),
        (prints, "correct. "),
        (functools.partial(np.maximum, 0), "correct. "),
        (functools.lru_cache(lambda x: x), "not yet. It stopped: it cannot be looked up by an array or a list."),
        (np.abs, "not yet. A number below zero lost its minus sign; it should become 0. For x = "),
        (lambda x: x > 0, "not yet. This is the gate, 1 for open and 0 for shut; let the numbers through it. "
                          "For x = [[-1, 0, 0.5, 2]]: expected [[0, 0, 0.5, 2]], got [[0, 0, 1, 1]]."),
        (np.vectorize(lambda x: max(0.0, x)), "correct. "),
        (7, "not yet. A function is expected, but a number was given. Give its name, without brackets behind it."),
        (int, "not yet. A function is expected, but a class was given."),
        (lambda: 1, "not yet. It cannot be called as the task says. Its arguments should be: x."),
        ("def f(x):\n    return x @@ x", "not yet. Line 2, `return x @@ x`, is not Python yet: invalid syntax."),
        ("def f(x):\n    return x / y", "not yet. It stopped in line 2, `return x / y`: nothing is called y here."),
        ("def f(x):\n    return np.maximum(x, 0)", "correct. "),
        ("def f(x):\n    return np.maximum(x, 0)\nfrom math import sqrt", "correct. "),
        ("1 + 1", "not yet. It stopped: the text defines no function and no class."),
    ],
)
def test_whatever_is_given_is_answered_in_one_line(answer, line, capsys):
    line = f"relu forward: {line}".replace("the result", "The result")
    assert said(capsys, "relu forward", answer).startswith(line)


THINGS = st.none() | st.booleans() | st.floats() | st.integers() | st.text() | st.binary() | st.complex_numbers()


@settings(max_examples=30)
@given(st.recursive(THINGS, lambda some: st.lists(some) | st.dictionaries(st.text(), some)))
def test_nothing_that_comes_back_or_is_given_raises(thing):
    for exercise in EXERCISES:
        check(exercise.name, thing)
    check("relu forward", lambda x: thing)
    check("loss and gradient", lambda x, y: (thing, thing))
    check(thing, thing)
    hint(thing, thing)
    hint("relu forward", thing)
    reveal(thing, 1.25, "portions")
    reveal(thing, (4, 1, 1))


def relu_in_place(x):
    x[x < 0] = 0
    return x


def linear(sum_of):
    """A linear layer with this sum in its forward."""
    class MyLinearLayer:
        def __init__(self, lr, c_w, b):
            self.lr, self.c_w, self.b = lr, c_w, b

        def forward(self, c_x):
            self.c_x = c_x
            return sum_of(c_x, self.c_w, self.b)

    return MyLinearLayer


@pytest.mark.parametrize(
    ("exercise", "slip", "answer"),
    [
        ("linear layer", "c_w transposed", linear(lambda x, c_w, b: x @ c_w.T + b)),
        ("linear layer", "without b", linear(lambda x, c_w, b: x @ c_w)),
        ("linear layer", "decimals cut off", linear(lambda x, c_w, b: (x @ c_w + b).astype(int))),
        ("linear layer", "wrong sign", linear(lambda x, c_w, b: -(x @ c_w + b))),
        ("linear layer", "too large", linear(lambda x, c_w, b: 3 * (x @ c_w + b))),
        ("linear layer", "nothing returned", linear(lambda x, c_w, b: print(x @ c_w + b))),
        ("relu forward", "changed in place", relu_in_place),
        ("loss and gradient", "sum for mean", lambda x, y: (((x - y) ** 2).sum(), 2 * (x - y))),
        ("loss and gradient", "x and y swapped", lambda y, x: (((x - y) ** 2).mean(), 2 * (x - y) / x.size)),
        ("loss and gradient", "whole numbers",
         lambda x, y: (((x - y) ** 2).mean(), np.add(2 * (x - y) / x.size, 0).astype(x.dtype))),
        ("walk", "p_w transposed", lambda days, h0, c_w, p_w, b: by_hand(days, h0, c_w, p_w.T, b)),
    ],
    ids=lambda thing: thing if isinstance(thing, str) else "",
)
def test_a_slip_is_known_by_what_it_does(exercise, slip, answer):
    assert judge(learner.BY_NAME[exercise], answer).slip == slip


def by_hand(days, h0, c_w, p_w, b):
    hs = [h0]
    for x in days:
        hs.append(np.maximum(0, x @ c_w + hs[-1] @ p_w + b))
    return hs


@pytest.mark.parametrize("exercise", [e for e in EXERCISES if e.kind == "value"], ids=lambda exercise: exercise.name)
def test_no_message_tells_the_number_that_is_asked_for(exercise):
    if isinstance(exercise.reference, float):
        for guess in (0.123, 100, -exercise.reference):
            assert f"{exercise.reference:g}" not in judge(exercise, guess).words.replace(f"{guess:g}", "")


def test_there_are_words_for_all_that_can_be_found_out():
    assert set(messages.WORDS) == set(Kind)


def test_the_reference_runs_once_on_each_probe_however_often_an_answer_is_judged():
    asked = []

    def reference(x):
        asked.append(x)
        return np.maximum(0, x)

    exercise = dataclasses.replace(learner.BY_NAME["relu forward"], reference=reference, slips=())
    for _ in range(3):
        assert judge(exercise, lambda x: np.maximum(0, x)).state == "correct"
    assert len(asked) == len(exercise.probes)
    assert len(EXERCISES) <= run.REMEMBERED


@pytest.mark.parametrize(
    ("number", "words"),
    [(2.0, "2"), (0.1 + 0.2, "0.3"), (-0.0, "0"), (-1e-9, "0"), (1 / 3, "0.3333"), (1e7, "10000000"),
     (np.nan, "nan"), (True, "1"), ([[1, 2.5]], "[[1, 2.5]]"), ([], "[]")],
)
def test_a_message_shows_numbers_without_dust(number, words):
    assert shown.shown(number) == words


STAGES = ("exercise", "findings", "learner_code", "own_files", "prepare", "compare", "run", "common_slips",
          "typed", "changes_of_sums", "changes_of_numbers", "changes_of_lines", "changes_of_loops", "changes_of_names",
          "changes", "mends", "by_slips", "by_numbers", "diagnose", "plain_words", "shown", "told_changes", "messages",
          "page_lines", "catalogue", "learner")
"""The modules of the checker, in the order in which an answer goes through them."""


def test_no_stage_of_the_checker_knows_a_later_one():
    folder = pathlib.Path(learner.__file__).parent
    for place, stage in enumerate(STAGES):
        for path in [folder / f"{stage}.py"] if stage != "catalogue" else (folder / stage).glob("nb*.py"):
            known = re.findall(r"^from catrnn\.lab\.exercises\.(\w+) import", path.read_text("utf-8"), re.MULTILINE)
            assert set(known) <= set(STAGES[:place]), path.name


@pytest.mark.parametrize("kind", [Fraction, Decimal, np.float32, lambda x: np.array(x, dtype=object)])
def test_a_number_of_any_kind_is_a_number(kind, capsys):
    check("two days ago", lambda portions: kind(portions[-2]))
    assert capsys.readouterr().out.startswith("two days ago: correct.")


def test_an_interrupt_is_said_and_let_through(capsys):
    def endless(x):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check("relu forward", endless)
    assert capsys.readouterr().out == "relu forward: stopped before it came to an end. Does every loop in it end?\n"


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("relu forwards", "There is no exercise 'relu forwards'. Did you mean 'relu forward'"),
        ("LINEAR BACKWARD", "There is no exercise 'LINEAR BACKWARD'. Did you mean 'linear backward'"),
        ("zzz", "There is no exercise 'zzz'. progress() lists them all."),
        (print, "The name of the exercise comes first, in quotation marks. progress() lists the names."),
    ],
)
def test_an_unknown_name_is_told_its_neighbours(name, line, capsys):
    check(name, 1)
    hint(name)
    assert [out.startswith(line) for out in capsys.readouterr().out.splitlines()] == [True, True]


def test_two_answers_are_one_too_many(capsys):
    check("relu forward", abs, abs)
    assert capsys.readouterr().out == "relu forward: not yet. Give one answer only.\n"


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.name)
def test_hints_go_one_by_one_and_end_with_where_to_look(exercise, capsys):
    for number, words in enumerate(exercise.hints, start=1):
        hint(exercise.name, number)
        assert capsys.readouterr().out == f"{exercise.name}, hint {number} of {len(exercise.hints) + 1}: {words}\n"
    hint(exercise.name, 99)
    assert exercise.solution_source in capsys.readouterr().out
    assert len(exercise.hints) >= 2


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.name)
def test_no_hint_holds_a_right_answer(exercise):
    def bare(code):
        return re.sub(r"\s|self\.", "", code)

    lines = {bare(line).removeprefix("return") for answer in RIGHT if answer.exercise == exercise.name
             for line in answer.code.splitlines() if "return" in line}
    assert not [line for line in lines for words in exercise.hints if len(line) > 8 and line in bare(words)]


@pytest.mark.parametrize("exercise", [one for one in EXERCISES if one.kind == "class"], ids=lambda one: one.name)
def test_a_layer_that_takes_all_from_the_courses_is_not_started(exercise):
    leaning = type(f"My{exercise.reference.__name__}", (exercise.reference,), {})
    assert judge(exercise, leaning).state == "not started"


def test_progress_lists_every_exercise_with_the_best_that_was_said(capsys):
    check("relu layer", ReLULayer)
    check("relu layer", 7)
    check("relu layer", ...)
    check("walk", lambda *given: 1)
    capsys.readouterr()
    progress()
    out = capsys.readouterr().out
    assert all(f"    {exercise.name} " in out for exercise in EXERCISES)
    assert re.search("relu layer +correct", out)
    assert re.search("walk +not yet", out)
    assert re.search("linear layer +not started", out)
    assert out.endswith(f"1 of {len(EXERCISES)} correct.\n")


@pytest.mark.parametrize(
    ("guess", "line"),
    [
        (None, "Truth: 1.25 portions. You made no guess."),
        (..., "Truth: 1.25 portions. You made no guess."),
        (1, "Your guess: 1.00 portions. Truth: 1.25 portions. Your guess is 0.25 too low."),
        (2.0, "Your guess: 2.00 portions. Truth: 1.25 portions. Your guess is 0.75 too high."),
        (1.2501, "Your guess: 1.25 portions. Truth: 1.25 portions. That is it."),
        ("much", "Your guess: much portions. Truth: 1.25 portions."),
    ],
)
def test_a_guess_and_the_truth_are_shown_together(guess, line, capsys):
    reveal(guess, 1.25, "portions")
    assert capsys.readouterr().out == line + "\n"


def test_a_share_is_a_guess_of_so_many_percent(capsys):
    reveal(0.6, 62.0, "percent", digits=0)
    assert capsys.readouterr().out == "Your guess: 60 percent. Truth: 62 percent. Your guess is 2 too low.\n"


def test_a_shape_can_be_guessed_too(capsys):
    reveal((5, 2), (5, 2))
    assert capsys.readouterr().out == "Your guess: (5, 2). Truth: (5, 2). That is it.\n"


LAYERS = [answer for answer in RIGHT if answer.exercise == "recurrent backward"]


@functools.lru_cache(maxsize=8)
def courses_caption(**settings) -> str:
    """What the panel says with the course's own layer; several tests compare with it."""
    return explore_training(seed=4, **settings).view.caption


@pytest.mark.parametrize("answer", LAYERS[:4], ids=str)
def test_a_right_layer_of_ones_own_trains_the_cat_as_the_courses_does(answer):
    own = explore_training(layer=built(answer), seed=4, epochs=30)
    assert own.view.caption == courses_caption(epochs=30)
    own.controls["hidden_size"].value = 3
    assert own.view.caption == courses_caption(epochs=30, hidden_size=3)


def test_the_layer_of_ones_own_does_the_work():
    class Mine(RecurrentLinearLayer):
        calls = 0

        def forward(self, c_x, p_x):
            Mine.calls += 1
            self.c_x, self.p_x = c_x, p_x
            return c_x @ self.c_w + p_x @ self.p_w + self.b

    explore_training(layer=Mine, epochs=10, seed=4)
    assert Mine.calls >= 10 * 4


WRITTEN = ("recurrent layer", "recurrent backward")
WRONG_LAYERS = [answer for answer in WRONG if answer.exercise in WRITTEN and "line" not in answer.message]
ONE_OF_EACH = [next(answer for answer in WRONG_LAYERS if answer.exercise == name) for name in WRITTEN]


@pytest.mark.parametrize("answer", WRONG_LAYERS, ids=str)
def test_a_wrong_layer_is_refused_in_the_words_of_the_check(answer):
    assert first_wrong(built(answer), [learner.BY_NAME[answer.exercise]]) == answer.message


@pytest.mark.parametrize("explore", [explore_training, explore_epochs])
@pytest.mark.parametrize("answer", ONE_OF_EACH, ids=str)
def test_a_panel_refuses_a_wrong_layer_in_the_words_of_the_check(explore, answer, capsys):
    assert explore(layer=built(answer)) is None
    assert capsys.readouterr().out == f"{answer.message} No network is trained.\n"
