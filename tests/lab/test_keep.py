"""A learner's correct layers are kept in a module beside the notebooks, and nothing else of the learner's is lost."""

import ast
import builtins
import itertools
import linecache
import os
import subprocess
import sys
import textwrap

import numpy as np
import pytest

from catrnn import layers
from catrnn.lab import keep, my_layers, progress
from catrnn.lab.exercises import judges, learner, own_files
from catrnn.lab.exercises import keep as keeping
from catrnn.lab.exercises.exercise import Exercise
from catrnn.lab.exercises.kept_layers import kept_layers
from catrnn.lab.exercises.layers_file import BUILT, HEADER
from catrnn.lab.exercises.learner_code import class_text
from tests.helpers.answers import BY_NAME, RIGHT, surroundings

LINEAR = '''
class MyLinearLayer:
    """Fish in, guess out."""

    def __init__(self, lr, c_w, b):
        self.lr, self.c_w, self.b = lr, c_w, b

    def forward(self, c_x):
        self.c_x = c_x  # the way back will need it: 🐟

        return np.dot(c_x, self.c_w) + self.b
'''
LINEAR_BACK = LINEAR + '''
    def backward(self, prev_d_x):
        d_c_x = np.dot(prev_d_x, self.c_w.T)
        self.c_w -= self.lr * np.dot(self.c_x.T, prev_d_x)
        self.b -= self.lr * np.sum(prev_d_x, axis=0)
        return d_c_x
'''
RELU = '''
class MyReLULayer:
    def forward(self, x):
        self.x = x
        return np.maximum(0, x)

    def backward(self, prev_d_x):
        return prev_d_x * (self.x > 0)
'''
LOSS = '''
class MyLossLayer:
    def forward(self, x, y):
        self.x, self.y = x, y
        return np.mean((x - y) ** 2)

    def backward(self):
        return 2 * (self.x - self.y) / self.x.size
'''
RECURRENT = '''
class MyRecurrentLinearLayer:
    def __init__(self, lr, c_w, b, p_w):
        self.lr, self.c_w, self.b, self.p_w = lr, c_w, b, p_w

    def forward(self, c_x, p_x):
        self.c_x, self.p_x = c_x, p_x
        return c_x @ self.c_w + p_x @ self.p_w + self.b
'''
RECURRENT_BACK = RECURRENT + '''
    def backward(self, prev_d_x):
        d_c_x, d_p_x = prev_d_x @ self.c_w.T, prev_d_x @ self.p_w.T
        self.c_w -= self.lr * (self.c_x.T @ prev_d_x)
        self.p_w -= self.lr * (self.p_x.T @ prev_d_x)
        self.b -= self.lr * prev_d_x.sum(axis=0)
        return d_c_x, d_p_x
'''
ALL = (LINEAR_BACK, RELU, LOSS, RECURRENT_BACK)
BLANK = LINEAR.replace("        return np.dot(c_x, self.c_w) + self.b\n", "").replace(
    "        self.c_x = c_x  # the way back will need it: 🐟\n", "        ...\n")
WRONG = LINEAR.replace("np.dot(c_x, self.c_w) + self.b", "np.dot(c_x, self.c_w)")
NUMBERS = itertools.count(1)


def typed(code, **names):
    """Run a cell as IPython does, and return the class that it defines last."""
    cell = f"<cell {next(NUMBERS)}>"
    linecache.cache[cell] = (len(code), None, code.splitlines(keepends=True), cell)
    names = {"np": np, "__name__": "__main__", **names}
    exec(compile(code, cell, "exec"), names)
    return [thing for thing in names.values() if isinstance(thing, type)][-1]


def linear(answer, c_x, c_w, b):
    return answer(0.1, c_w, b).forward(c_x)


def linear_back(answer, c_x, c_w, b, prev_d_x):
    layer = answer(0.1, c_w, b)
    layer.forward(c_x)
    return layer.backward(prev_d_x), layer.c_w, layer.b


def relu(answer, x):
    return answer().forward(x)


def relu_back(answer, x, prev_d_x):
    layer = answer()
    layer.forward(x)
    return layer.backward(prev_d_x)


def loss(answer, x, y):
    layer = answer()
    return layer.forward(x, y), layer.backward()


def recurrent(answer, c_x, p_x, c_w, b, p_w):
    return answer(0.1, c_w, b, p_w).forward(c_x, p_x)


def recurrent_back(answer, c_x, p_x, c_w, b, p_w, prev_d_x):
    layer = answer(0.1, c_w, b, p_w)
    layer.forward(c_x, p_x)
    return *layer.backward(prev_d_x), layer.c_w, layer.b, layer.p_w


def exercise(name, notebook, layer, run, axes, returns=("the output",)):
    method = "backward" if name.endswith("backward") else "forward"
    changes = ("c_w", "b", "p_w") if method == "backward" else ()
    sizes, rng = {"N": 1, "D": 2, "H": 3}, np.random.default_rng(5)
    first = {name: rng.standard_normal([sizes[letter] for letter in letters.split()]) for name, letters in axes.items()}
    return Exercise(name=name, notebook=notebook, kind="class", method=method, layer=layer, run=run, axes=axes,
                    reference=getattr(layers, layer), solution_source="", hints=("", ""), on_success="Well done.",
                    first=(first,), returns=returns, mutates=changes, allow_integers=False)


WEIGHTS = {"c_x": "N D", "c_w": "D H", "b": "H"}
RECURRENT_WEIGHTS = {"c_x": "N D", "p_x": "N H", "c_w": "D H", "b": "H", "p_w": "H H"}
JUDGES = [
    exercise("linear layer", "02_", "LinearLayer", linear, WEIGHTS),
    exercise("relu layer", "03_", "ReLULayer", relu, {"x": "N H"}),
    exercise("loss layer", "04_", "LossLayer", loss, {"x": "N D", "y": "N D"}, ("loss", "d_x")),
    exercise("linear backward", "05_", "LinearLayer", linear_back, WEIGHTS | {"prev_d_x": "N H"},
             ("d_c_x", "c_w", "b")),
    exercise("relu backward", "05_", "ReLULayer", relu_back, {"x": "N H", "prev_d_x": "N H"}),
    exercise("recurrent layer", "06_", "RecurrentLinearLayer", recurrent, RECURRENT_WEIGHTS),
    exercise("recurrent backward", "07_", "RecurrentLinearLayer", recurrent_back,
             RECURRENT_WEIGHTS | {"prev_d_x": "N H"}, ("d_c_x", "d_p_x", "c_w", "b", "p_w")),
]
"""One judge a method, so that what is said here does not hang on the slips of the catalogue."""


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """An empty working directory, as that of a notebook."""
    monkeypatch.delenv(own_files.FOLDER)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(judges, "EXERCISES", JUDGES)
    monkeypatch.setattr(learner, "STATES", {})
    return tmp_path


@pytest.fixture
def said(capsys):
    def said(layer, *more):
        capsys.readouterr()
        keep(layer, *more)
        (line,) = capsys.readouterr().out.splitlines()
        return line

    return said


def kept():
    return own_files.place(own_files.LAYERS).read_text("utf-8")


def test_a_correct_layer_is_kept_as_it_was_typed_in_a_module_to_be_read(said, folder):
    assert said(typed(LINEAR)) == "linear layer: correct. Kept in my_layers.py: LinearLayer (forward)."
    assert kept() == HEADER + "\n" + LINEAR
    assert said(typed(LINEAR_BACK)) == (
        "linear backward: correct. Kept in my_layers.py: LinearLayer (forward and backward).")
    assert kept() == HEADER + "\n" + LINEAR_BACK
    assert os.listdir(folder) == ["my_layers.py"] or set(os.listdir(folder)) == {"my_layers.py", "my_progress.json"}


def test_what_is_kept_can_be_imported_by_any_python(said, folder):
    for code in ALL:
        said(typed(code))
    program = "import numpy as np, my_layers; print(my_layers.MyReLULayer().forward(np.array([[-1.0, 2.0]])))"
    done = subprocess.run([sys.executable, "-c", program], cwd=folder, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("[[0. 2.]]\n", "")


def test_classes_stand_in_the_order_of_the_course_however_they_came(said):
    for code in (RECURRENT_BACK, LOSS, LINEAR, RELU):
        assert "Kept" in said(typed(code))
    assert kept() == HEADER + "\n" + "\n".join([LINEAR, RELU, LOSS, RECURRENT_BACK])


def test_a_second_keep_replaces_its_own_class_alone_and_other_hands_work_stays(said):
    said(typed(LINEAR))
    said(typed(LOSS))
    own = '\n\n# mine\nclass Notes:\n    """What I thought."""\n'
    path = own_files.place(own_files.LAYERS)
    marked = kept().replace("\n\nclass MyLoss", "\n\nAGE = 11  # years\n\n\n# this one was hard\nclass MyLoss")
    path.write_text(marked + own, "utf-8")
    before = kept()
    said(typed(LINEAR_BACK))
    assert kept() == before.replace(LINEAR, LINEAR_BACK)
    said(typed(RELU))
    assert kept() == before.replace(LINEAR, LINEAR_BACK).replace(
        "# this one was hard\n", RELU.lstrip() + "\n\n# this one was hard\n")


def test_a_class_makes_room_with_its_decorators(said):
    said(typed(LINEAR))
    path = own_files.place(own_files.LAYERS)
    path.write_text(kept().replace("class MyLinear", "@print\nclass MyLinear"), "utf-8")
    assert "Kept" in said(typed(LINEAR_BACK))
    assert kept() == HEADER + "\n" + LINEAR_BACK


def test_a_file_that_an_editor_saved_with_a_mark_in_front_is_read(said):
    said(typed(LINEAR))
    own_files.place(own_files.LAYERS).write_text(kept(), "utf-8-sig")
    assert "Kept" in said(typed(RELU))
    assert kept() == HEADER + "\n" + LINEAR + "\n" + RELU


def test_an_empty_file_gets_its_first_lines_again(said):
    own_files.place(own_files.LAYERS).write_text("\n", "utf-8")
    said(typed(LINEAR))
    assert kept() == HEADER + "\n" + LINEAR


def test_the_text_of_a_class_is_moved_to_the_left_margin(said):
    inside = "if True:\n" + textwrap.indent(LINEAR.strip("\n"), "    ") + "\n"
    assert "Kept" in said(typed(inside))
    assert LINEAR in kept()


def test_a_wrong_layer_is_told_what_check_tells_and_nothing_is_written(said, folder, capsys):
    line = said(typed(WRONG))
    verdict = learner.judge(JUDGES[0], typed(WRONG))
    assert line == f"linear layer: not yet. {verdict.words} Nothing is kept."
    assert not os.listdir(folder)


def test_a_wrong_way_back_is_not_kept_either_and_the_way_forward_of_before_stays(said):
    said(typed(LINEAR))
    assert said(typed(LINEAR_BACK.replace("axis=0", "axis=1"))).startswith("linear backward: not yet. ")
    assert LINEAR in kept()
    assert "backward" not in kept()


def test_a_blank_is_told_that_it_is_not_started(said, folder):
    assert said(typed(BLANK)) == ("linear layer: not started. Write it in place of the three dots, "
                                  "then run the cell again. Nothing is kept.")
    assert not os.listdir(folder)


@pytest.mark.parametrize(("change", "name"), [
    (("np.dot(c_x, self.c_w)", "np.dot(c_x, weights) + 0 * c_x @ self.c_w"), "weights"),
    (("np.dot(c_x, self.c_w)", "product(c_x, self.c_w)"), "product"),
    (("np.dot(c_x, self.c_w)", "[np.dot(c_x, self.c_w) for one in ones][0]"), "ones"),
    (("(self, c_x)", "(self, c_x, extra=given)"), "given"),
])
def test_a_name_of_the_notebook_is_told(said, folder, change, name):
    class Weights:
        def __rmatmul__(self, other):
            return NotImplemented

    code = LINEAR.replace(*change)
    layer = typed(code, product=np.dot, ones=[1], given=2, weights=np.ones((1, 1)))
    line = said(layer)
    assert not os.listdir(folder)
    if "correct" in learner.judge(JUDGES[0], layer).state:
        assert line == (f"MyLinearLayer uses {name}, and in a file of its own there is no such thing. "
                        "Use what is given to it, as in self.c_w, and np. Nothing is kept.")


def test_what_a_notebook_puts_among_pythons_own_names_is_told_too(said, folder, monkeypatch):
    monkeypatch.setattr(builtins, "display", print, raising=False)  # as in a notebook's kernel
    layer = typed(LINEAR.replace("        return", "        display(c_x)\n        return"))
    assert said(layer).startswith("MyLinearLayer uses display, and in a file of its own there is no such thing. ")
    assert not os.listdir(folder)


def test_a_layer_that_leans_on_another_is_told_to_be_written_whole(said, folder):
    code = "class MyLinearLayer(LinearLayer):\n    def forward(self, c_x):\n        return c_x @ self.c_w + self.b\n"
    leaning = typed(code, LinearLayer=layers.LinearLayer)
    assert said(leaning) == ("MyLinearLayer leans on LinearLayer. To be kept it has to be whole: begin with "
                             "class MyLinearLayer: and write every method. Nothing is kept.")
    assert not os.listdir(folder)


@pytest.mark.parametrize(("given", "words"), [
    (None, "Give the class: MyLinearLayer or MyReLULayer or"),
    (..., "Give the class: "),
    (7, "A class is expected, but a number was given."),
    ("MyLinearLayer", "A class is expected, but a text was given."),
    (layers.LinearLayer, "Which layer is LinearLayer? Call it MyLinearLayer or"),
    (typed("class MyLayer: ..."), "Which layer is MyLayer? Call it"),
    (typed("class MyLinearLayer: ..."), "linear layer: not "),
])
def test_anything_else_is_refused_in_words(said, folder, given, words):
    line = said(given)
    assert line.startswith(words)
    assert line.endswith(" Nothing is kept.")
    assert not os.listdir(folder)


def test_an_instance_is_refused_and_two_classes_are_one_too_many(said):
    layer = typed(RELU)
    assert "without brackets behind it" in said(layer())
    assert said(layer, layer) == "Give one class at a time. Nothing is kept."


def test_a_class_whose_text_cannot_be_found_is_told_so(said):
    names = {"np": np}
    exec(LINEAR, names)
    assert said(names["MyLinearLayer"]).startswith("The text of MyLinearLayer is out of sight.")


def test_methods_hung_on_afterwards_are_not_kept_by_mistake(said, folder):
    layer = typed(WRONG)
    layer.forward = typed(LINEAR).forward
    assert "Nothing is kept." in said(layer)
    assert not os.listdir(folder)


@pytest.mark.parametrize("damage", ["class MyLinearLayer\n    pass\n", "\0", "(" * 1000])
def test_a_broken_file_is_refused_in_words_and_left_as_it_is(said, damage):
    own_files.place(own_files.LAYERS).write_text(damage, "utf-8")
    line = said(typed(LINEAR))
    assert "my_layers.py is not Python, and is left as it is. Mend or rename the file" in line
    assert kept() == damage
    assert my_layers()[2] is layers.LinearLayer


def test_a_file_that_is_no_text_or_no_file_is_refused_in_words(said, folder):
    (folder / "my_layers.py").write_bytes(b"\xff\xfe\x00")
    assert said(typed(LINEAR)) == "my_layers.py cannot be read. Rename it, then keep again. Nothing is kept."
    (folder / "my_layers.py").unlink()
    (folder / "my_layers.py").mkdir()
    assert said(typed(LINEAR)).startswith("my_layers.py cannot be read.")


def test_a_file_that_stops_is_told_with_its_line(said):
    own_files.place(own_files.LAYERS).write_text("import numpy as np\n\n1 / 0\n", "utf-8")
    assert said(typed(LINEAR)) == (
        "my_layers.py cannot be used. It stopped in line 3, `1 / 0`: it divides by zero. "
        "Mend it there. Nothing is kept.")


@pytest.mark.parametrize("start", ["", "\n", "AGE = 11\n", '"""Mine."""\n',
                                   "from __future__ import annotations\nAGE = 11"])
def test_numpy_is_imported_in_a_file_that_lacks_it(said, start):
    own_files.place(own_files.LAYERS).write_text(start, "utf-8")
    assert "Kept" in said(typed(LINEAR))
    assert all(line in kept().splitlines() for line in start.strip().splitlines())
    assert kept().count("import numpy as np") == 1
    ast.parse(kept())


def test_a_folder_that_cannot_be_written_is_told_so(said, folder, monkeypatch):
    def refused(*_):
        raise PermissionError

    monkeypatch.setattr(own_files.os, "replace", refused)
    assert said(typed(LINEAR)) == "MyLinearLayer is correct, but this folder cannot be written. Nothing is kept."
    assert not os.listdir(folder)


def test_a_keep_that_is_cut_off_leaves_the_old_file_whole(said, folder, monkeypatch):
    said(typed(LINEAR))
    before = kept()

    def cut_off(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(own_files.os, "replace", cut_off)
        with pytest.raises(KeyboardInterrupt):
            keep(typed(RELU))
    assert kept() == before
    assert not [name for name in os.listdir(folder) if name.endswith(".new")]


def test_a_page_without_a_store_says_how_long_it_lasts(said, monkeypatch):
    monkeypatch.setattr(own_files.sys, "platform", "emscripten")
    assert said(typed(LINEAR)).endswith("so it is kept only until the page is closed.")


def test_trouble_of_our_own_is_never_shown_in_red(said, monkeypatch):
    monkeypatch.setattr(keeping, "class_text", lambda layer: 1 / 0)
    assert said(typed(LINEAR)) == "It cannot be kept: ZeroDivisionError. Nothing is kept."


def test_what_is_kept_is_correct_in_the_list_of_progress_too(said, capsys):
    said(typed(LINEAR))
    assert own_files.read_progress() == {"linear layer": "correct"}


REAL = [answer for answer in RIGHT for exercise in learner.EXERCISES
        if answer.exercise == exercise.name and f"class My{exercise.layer}:" in answer.code]
"""The right answers of the course's own exercises that are whole classes."""


@pytest.mark.parametrize("answer", REAL, ids=str)
def test_every_right_layer_of_the_courses_exercises_is_kept_and_right_again_when_it_is_read(answer, said, monkeypatch):
    monkeypatch.setattr(judges, "EXERCISES", learner.EXERCISES)
    layer = BY_NAME[answer.exercise].layer
    names = {}
    exec(surroundings(BY_NAME[answer.exercise].notebook)[0], names)
    mine = typed(answer.code, **names)
    line = said(mine)
    if keeping.strangers(f"My{layer}", class_text(mine)):
        assert "in a file of its own there is no such thing" in line
    else:
        assert line.startswith(f"{answer.exercise}: correct. Kept in my_layers.py: {layer} (forward")
        assert layer in kept_layers().own or "no backward yet" in kept_layers().words


def test_each_layer_has_its_judges_in_the_course():
    for name in BUILT:
        exercises = [exercise for exercise in learner.EXERCISES if exercise.layer == name]
        assert exercises, name
        assert {exercise.kind for exercise in exercises} == {"class"}
    assert len(REAL) >= 4 * 4


# Whose layers


def test_nothing_kept_means_the_courses_four_layers(capsys):
    found = my_layers()
    assert found == (layers.RecurrentLinearLayer, layers.ReLULayer, layers.LinearLayer, layers.LossLayer)
    assert capsys.readouterr().out == (
        "Yours: none yet (keep writes them into my_layers.py). "
        "The course's: LinearLayer, ReLULayer, LossLayer, RecurrentLinearLayer.\n")


def test_kept_layers_are_used_where_they_have_what_is_needed_and_it_is_said_whose_they_are(said, capsys):
    for code in (LINEAR_BACK, RELU, RECURRENT):
        said(typed(code))
    capsys.readouterr()
    recurrent, relu, linear, loss = my_layers()
    assert capsys.readouterr().out == ("Yours: LinearLayer, ReLULayer. The course's: LossLayer, RecurrentLinearLayer "
                                       "(yours has no backward yet: notebook 07).\n")
    assert recurrent is layers.RecurrentLinearLayer
    assert loss is layers.LossLayer
    assert (linear.__name__, relu.__name__) == ("MyLinearLayer", "MyReLULayer")
    np.testing.assert_array_equal(relu().forward(np.array([[-1.0, 2.0]])), [[0.0, 2.0]])


def test_all_four_of_ones_own(said, capsys):
    for code in ALL:
        said(typed(code))
    capsys.readouterr()
    assert [layer.__name__ for layer in my_layers()] == [
        "MyRecurrentLinearLayer", "MyReLULayer", "MyLinearLayer", "MyLossLayer"]
    assert capsys.readouterr().out == ("Yours: LinearLayer, ReLULayer, LossLayer, RecurrentLinearLayer. "
                                       "The course's: none.\n")


def test_a_kept_layer_that_was_spoiled_by_hand_is_not_used(said, capsys):
    said(typed(LINEAR_BACK))
    path = own_files.place(own_files.LAYERS)
    path.write_text(kept().replace("+ self.b", "+ 2 * self.b"), "utf-8")
    capsys.readouterr()
    assert my_layers()[2] is layers.LinearLayer
    out = capsys.readouterr().out
    assert "LinearLayer (yours in my_layers.py is not correct any more: check it in its notebook)" in out


# Progress


def test_progress_is_kept_from_notebook_to_notebook_and_keeps_the_best(capsys, monkeypatch):
    learner.remember("walk", "not yet")
    learner.remember("walk", "correct")
    monkeypatch.setattr(learner, "STATES", {})  # another notebook
    learner.remember("walk", "not started")
    learner.remember("walk", "not yet")
    learner.remember("two days ago", "not yet")
    progress()
    out = capsys.readouterr().out
    assert " correct\n" in out
    assert out.endswith(f"1 of {len(learner.EXERCISES)} correct.\n")
    assert own_files.place(own_files.PROGRESS).read_text("utf-8") == (
        '{\n "walk": "correct",\n "two days ago": "not yet"\n}\n')


def test_a_result_that_another_notebook_bettered_meanwhile_is_listed_as_it_is_there(capsys):
    learner.remember("walk", "not yet")
    own_files.write_progress({"walk": "correct"})
    progress()
    assert capsys.readouterr().out.endswith(f"1 of {len(learner.EXERCISES)} correct.\n")


@pytest.mark.parametrize("damage", [b"", b"{", b"[1]", b"\xff", b'{"walk": 5, "one step": ["correct"], "x": "correct"}',
                                    b"[" * 100_000])
def test_a_damaged_file_of_progress_is_no_error(capsys, damage):
    own_files.place(own_files.PROGRESS).write_bytes(damage)
    progress()
    assert f"0 of {len(learner.EXERCISES)} correct." in capsys.readouterr().out
    learner.remember("walk", "correct")
    progress()
    assert f"1 of {len(learner.EXERCISES)} correct." in capsys.readouterr().out


def test_a_folder_that_cannot_be_written_is_no_error_and_the_list_says_what_it_is(capsys, monkeypatch, folder):
    monkeypatch.setenv(own_files.FOLDER, str(folder / "not there"))
    learner.check("walk", lambda *given: 1)
    learner.remember("two days ago", "correct")
    assert capsys.readouterr().out.startswith("walk: not yet.")
    progress()
    assert f"1 of {len(learner.EXERCISES)} correct since this notebook was started." in capsys.readouterr().out


def test_an_unanswered_blank_writes_no_file(folder):
    learner.check("walk", ...)
    assert not os.listdir(folder)
