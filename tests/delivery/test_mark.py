"""`catrnn mark`: a class hands in what it likes, and each gets a row; nothing of the teacher's is touched."""

import contextlib
import csv
import io
import json
import os
import socket

import pytest

from catrnn.lab.exercises.changes import GENERIC, SPECIFIC
from catrnn.lab.marking import handed_in, kernel, one_notebook, tables
from catrnn.lab.marking.command import mark, parser
from catrnn.lab.marking.marks import ERROR, MISSING, NOT_RIGHT, NOT_TRIED, NOTHING, RIGHT, SLIP, Mark
from catrnn.lab.marking.one_notebook import LETTERS
from tests.helpers.answers import ROOT

IMPORTS = "import numpy as np\n\nfrom catrnn.lab import check, keep"
ASK = 'check("relu layer", MyReLULayer)'
ANSWER = "class MyReLULayer:\n    def forward(self, x):\n        self.x = x\n        return {}\n\n\n" + ASK
GOOD = ANSWER.format("np.maximum(0, x)")
SECONDS, MEGABYTES, GRACE = 6, 600, 1
"""So that a test of what never ends, or eats memory, ends soon: judging takes 0.2 s, and a kernel holds 120 MB."""

LINEAR = """\
class MyLinearLayer:
    def __init__(self, lr, c_w, b):
        self.lr, self.c_w, self.b = lr, c_w, b

    def forward(self, c_x):
        self.c_x = c_x
        return c_x @ self.c_w + self.b

    def backward(self, prev_d_x):
        d_c_x, d_c_w = prev_d_x @ self.c_w.T, self.c_x.T @ prev_d_x
        self.c_w -= self.lr * d_c_w
        self.b -= self.lr * prev_d_x.sum(axis=0)
        return d_c_x


check("linear backward", MyLinearLayer)"""
ENDLESS = """\
class MyReLULayer:
    def forward(self, x):
        return x

    def backward(self, prev_d_x):
        while True:
            pass


check("relu backward", MyReLULayer)"""
DEAF = """\
import signal, time

signal.signal(signal.SIGINT, signal.SIG_IGN)
while True:
    time.sleep(1)"""
FALSE_REPLIES = """\
kernel = get_ipython().kernel
send = kernel.session.send


def lie(stream, kind, content=None, *more, **named):
    if kind == "execute_reply":
        content = {"fish": 1}
    return send(stream, kind, content, *more, **named)


kernel.session.send = lie"""

INSTALLS = f"""\
from IPython.utils.capture import capture_output

with capture_output() as told:
    %pip --version
assert not told.stdout, "pip ran"
{GOOD}"""


def notebook(*cells):
    """The text of a notebook."""
    return json.dumps({"cells": [{"cell_type": "code", "source": cell} for cell in cells]})


def curious(port):
    """An answer in a cell that calls a port of this machine, and writes where it is at home; it must find no secret."""
    return f"""\
import os, pathlib, socket
(pathlib.Path.home() / "was_here").write_text("")
assert "SECRET" not in os.environ
try:
    socket.create_connection(("127.0.0.1", {port}), timeout=1)
except OSError:
    pass
{GOOD}
keep(MyReLULayer)"""


CLASS = {
    "ben/03.ipynb": notebook(IMPORTS, 'def check(*answers):\n    print("relu layer: correct.")',
                             ANSWER.format("np.minimum(0, x)")),
    "dora/05_learn_from_the_miss.ipynb": notebook(IMPORTS, LINEAR, ENDLESS),
    "eva/03.ipynb": notebook(IMPORTS, DEAF, GOOD),
    "finn/03.ipynb": notebook(IMPORTS)[:-30],
    "gul/03.ipynb": notebook(IMPORTS, f"much = []\nwhile True:\n    much.append(bytearray(10**7))\n{GOOD}"),
    "ida/03_bend_the_line.ipynb": notebook(IMPORTS, "a = 1"),
    "jan/03.ipynb": notebook(IMPORTS, 'check("relu of next year", np.abs)'),
    "kim/03.ipynb": notebook(IMPORTS, "import os\nos._exit(0)", GOOD),
    "lou/03.ipynb": notebook(IMPORTS, f"raise ValueError('x' * 10**6)\n{GOOD}"),
    "nora/03.ipynb": notebook(IMPORTS, FALSE_REPLIES, GOOD),
    "otto/03.ipynb": notebook(IMPORTS, INSTALLS),
    "=mia/03.ipynb": notebook(IMPORTS, "half = '\ud800'", GOOD),
    "notes/letter.ipynb": notebook("print('Dear teacher')"),
    "notes/.ipynb_checkpoints/03.ipynb": notebook(IMPORTS, GOOD),
}


@pytest.fixture(scope="module")
def marked(tmp_path_factory):
    """The rows of the table of a class, by learner and exercise; what was printed; whether a learner called us."""
    place, own = tmp_path_factory.mktemp("class"), tmp_path_factory.mktemp("own")
    with socket.create_server(("127.0.0.1", 0)) as server, pytest.MonkeyPatch.context() as patch:
        stored = (ROOT / "notebooks/03_bend_the_line.ipynb").read_text("utf-8")
        hers = {"anna/03.ipynb": notebook(IMPORTS, curious(server.getsockname()[1])),
                "cem/03_bend_the_line.ipynb": stored}
        for name, text in {**CLASS, **hers}.items():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_text(text, encoding="utf-8")
        patch.setattr(kernel, "GRACE", GRACE)
        patch.setenv("SECRET", "fish")
        patch.setenv("CATRNN_FOLDER", str(own))
        patch.setenv("HOME", str(own))
        table = own / "marks.csv"
        words = [str(place), "--csv", str(table), f"--seconds={SECONDS}", f"--megabytes={MEGABYTES}"]
        with contextlib.redirect_stdout(io.StringIO()) as said:
            assert mark(words) == 0
        server.settimeout(0)
        try:
            connection, _ = server.accept()
        except BlockingIOError:
            called = False
        else:
            called = True
            connection.close()
    with open(table, encoding="utf-8-sig", newline="") as file:
        rows = {(row["learner"], row["exercise"]): row for row in csv.DictReader(file)}
    return rows, said.getvalue(), called, sorted(os.listdir(own))


SAID = [
    ("anna", "relu layer", RIGHT, "", ""),
    ("ben", "relu layer", SLIP, "minimum", "the other way round"),
    ("cem", "relu layer", NOT_TRIED, "", "three dots"),
    ("dora", "linear backward", RIGHT, "", ""),
    ("dora", "relu backward", ERROR, "", "does not come to an end"),
    ("eva", "relu layer", ERROR, "", "could not be interrupted"),
    ("finn", "", ERROR, "", "damaged"),
    ("gul", "relu layer", ERROR, "", "MemoryError"),
    ("ida", "relu layer", MISSING, "", "deleted"),
    ("jan", "relu of next year", ERROR, "", "another version"),
    ("kim", "relu layer", ERROR, "", "ended"),
    ("lou", "relu layer", ERROR, "", "ValueError: xxx"),
    ("nora", "", ERROR, "", "cannot be marked"),
    ("otto", "relu layer", RIGHT, "", ""),
    ("'=mia", "relu layer", RIGHT, "", ""),
    ("notes", "", NOTHING, "", "No exercise"),
]


@pytest.mark.parametrize(("learner", "exercise", "verdict", "slip", "words"), SAID, ids=lambda word: word[:20])
def test_each_learner_gets_a_row_whatever_the_others_handed_in(marked, learner, exercise, verdict, slip, words):
    row = marked[0][learner, exercise]
    assert (row["verdict"], row["slip"]) == (verdict, slip)
    assert words in row["words"]


def test_what_is_told_has_an_end(marked):
    assert max(len(row["words"]) for row in marked[0].values()) <= LETTERS


def test_no_row_is_left_over(marked):
    assert sorted(marked[0]) == sorted((learner, exercise) for learner, exercise, *_ in SAID)


def test_the_slips_of_the_class_stand_below(marked):
    assert "1 x relu layer: minimum (ben)" in marked[1]


def test_nothing_lands_where_the_teacher_is_at_home(marked):
    assert marked[3] == ["marks.csv"]


def test_handed_in_code_reaches_no_network_where_it_can_be_cut_off(marked):
    if not kernel.can_cut_network():
        pytest.skip("this system lets nobody cut off a network")
    assert not marked[2]


def row(learner="anna", exercise="walk", verdict=SLIP, slip="a slip", words=""):
    return Mark(learner, f"{learner}.ipynb", exercise, verdict, slip, words)


def test_the_commonest_slip_comes_first_and_each_learner_counts_once():
    marks = [row("cem", slip="another"), row(words="It is 0.5 off. Mend it."), row("anna"), row("ben"),
             row("dora", verdict=RIGHT, slip="")]
    assert tables.slips_of(marks) == [
        ("walk", "a slip", ["anna", "ben"], "It is 0.5 off."), ("walk", "another", ["cem"], "")]


def test_what_is_wrong_with_no_known_slip_is_counted_too():
    assert "1 x walk: wrong in a way of its own (anna)" in tables.slips_as_text([row(verdict=NOT_RIGHT, slip="")])


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1+1", "＠A1"])
def test_no_cell_is_a_formula_for_a_spreadsheet(cell):
    (_, cells) = csv.reader(io.StringIO(tables.as_csv([row(learner=cell)])))
    assert cells[0].startswith("'")


@pytest.mark.parametrize("words", ["a;=1+1", "a; +1", 'a;"=1+1"', "a;;'@A1", "a;＝1"])
def test_no_cell_is_a_formula_where_semicolons_part_the_cells(words):
    lines = tables.as_csv([row(words=words)])
    cells = [cell for line in csv.reader(io.StringIO(lines), delimiter=";") for cell in line]
    assert not [cell for cell in cells if cell.strip(" '\"").startswith(tables.FORMULAS)]


def test_a_semicolon_that_begins_no_formula_stays():
    assert tables.harmless("x is 2; try x=3") == "x is 2; try x=3"


def test_no_name_steers_the_terminal():
    assert "\x1b" not in tables.as_text([row(learner="\x1b[2J", slip="\x1b[31m")])


NO_VERDICTS = [5, "right", [], {}, {"x": 1}, {"verdict": "right", "slip": 7, "words": ""},
               {"verdict": "right", "slip": "", "words": None}, {"verdict": ["right"], "slip": "", "words": ""},
               {"verdict": "brilliant", "slip": "", "words": ""},
               {"verdict": "right", "slip": "", "words": "", "exercise": "another"}]


@pytest.mark.parametrize("told", NO_VERDICTS, ids=repr)
def test_what_is_no_verdict_never_becomes_a_row(told):
    with pytest.raises(ValueError, match="no verdict"):
        one_notebook.verdict_of(told)


@pytest.fixture
def told_at_once(monkeypatch, tmp_path):
    """A folder of hand-ins, each marked in no time, with a sign that not every terminal can print."""
    hand_ins = tmp_path / "class"
    hand_ins.mkdir()
    (hand_ins / "\x1b[2Jana.ipynb").write_text("{}")
    monkeypatch.setattr(one_notebook, "marks_of", lambda path, *_: [row("Łu", words="½", verdict=ERROR)])
    monkeypatch.setattr(kernel, "can_cut_network", lambda: True)
    monkeypatch.chdir(tmp_path)
    return hand_ins


def test_a_terminal_that_lacks_a_letter_shows_the_marks_all_the_same(told_at_once, monkeypatch):
    poor = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr("sys.stdout", poor)
    assert mark(["class"]) == 0
    poor.flush()
    assert b"u.ipynb" in poor.buffer.getvalue()


def test_the_name_of_a_file_steers_no_terminal_while_it_is_marked(told_at_once, capsys):
    mark(["class"])
    assert "\x1b" not in capsys.readouterr().err


def test_a_table_that_cannot_be_written_is_refused_before_anything_is_run(told_at_once, monkeypatch):
    monkeypatch.setattr(one_notebook, "marks_of", lambda *_: pytest.fail("marked for nothing"))
    with pytest.raises(SystemExit, match="There is no folder nowhere"):
        mark(["class", "--csv", "nowhere/marks.csv"])


def test_where_the_table_fails_to_be_written_the_marks_are_printed(told_at_once, monkeypatch, capsys):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_text", full)
    with pytest.raises(OSError, match="No space"):
        mark(["class", "--csv"])
    assert "Łu.ipynb" in capsys.readouterr().out


def test_marking_that_is_stopped_shows_what_was_marked_before(told_at_once, monkeypatch, capsys):
    (told_at_once / "z.ipynb").write_text("{}")

    def stopped(path, *_):
        if path.name == "z.ipynb":
            raise KeyboardInterrupt
        return [row("Łu", words="½", verdict=ERROR)]

    monkeypatch.setattr(one_notebook, "marks_of", stopped)
    assert mark(["class"]) == 0
    told = capsys.readouterr()
    assert "Łu.ipynb" in told.out
    assert "Stopped at 2 of 2." in told.err


def test_what_looks_like_a_notebook_and_is_none_by_its_name_is_told(told_at_once, capsys):
    for name in ("bea.ipynb.json", "cem.IPYNB.txt", "dora.zip", "my_layers.py", ".hidden.zip"):
        (told_at_once / name).write_text("")
    mark(["class"])
    assert "end in .ipynb: bea.ipynb.json, cem.IPYNB.txt, dora.zip. Rename" in capsys.readouterr().err


def test_a_notebook_is_found_whatever_the_letters_of_its_ending(tmp_path):
    (tmp_path / "ANNA.IPYNB").write_text("{}")
    assert [path.name for path in handed_in.files_in(tmp_path)] == ["ANNA.IPYNB"]


def test_a_slip_in_the_lines_has_a_name_in_words():
    unnamed = [kind.__name__ for kind in (*SPECIFIC, *GENERIC) if not (kind.__doc__ or "").endswith(".")]
    assert unnamed == []


@pytest.mark.parametrize(("name", "learner"), [
    ("anna/07_train_the_cat.ipynb", "anna"),
    ("anna/late/07_train_the_cat.ipynb", "anna"),
    ("07_train_the_cat_anna.ipynb", "anna"),
    ("ben - 07_train_the_cat.ipynb", "ben"),
    ("07_train_the_cat.ipynb", "07_train_the_cat"),
    ("Anna Blum_123_assignsubmission_file_/07_train_the_cat.ipynb", "Anna Blum"),
    ("Anna Blum_123_assignsubmission_file_07_train_the_cat.ipynb", "Anna Blum"),
    ("Anna Blum_123_assignsubmission_file/on_time/07_train_the_cat.ipynb", "Anna Blum"),
])
def test_a_notebook_is_the_learners_by_its_folder_or_its_name(tmp_path, name, learner):
    assert handed_in.learner_of(tmp_path / name, tmp_path) == learner


@pytest.mark.parametrize(("names", "within"), [
    (["a/05.ipynb", "b/05.ipynb"], "."),
    (["all/a/05.ipynb", "all/b/05.ipynb"], "all"),
    (["all/a.ipynb", "all/b.ipynb"], "."),
    (["all/a/05.ipynb", "c.ipynb"], "."),
    (["a/late/05.ipynb"], "."),
])
def test_a_folder_that_wraps_all_learners_is_nobodys_name(tmp_path, names, within):
    assert handed_in.inside_wrapping([tmp_path / name for name in names], tmp_path) == tmp_path / within


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"cells": 1}', '{"cells": [1]}', '{"cells": [{"source": [1]}]}',
                                  "[" * 100_000, "\x00", '{"worksheets": []}'])
def test_what_is_no_notebook_is_told_in_a_sentence(tmp_path, text):
    path = tmp_path / "a.ipynb"
    path.write_text(text)
    with pytest.raises(handed_in.Unreadable, match=r"^It is .+\.$"):
        handed_in.read(path)


def test_what_cannot_be_reached_is_told_in_a_sentence_and_not_passed_over(tmp_path):
    (tmp_path / "a.ipynb").symlink_to("nowhere")
    (path,) = handed_in.files_in(tmp_path)
    with pytest.raises(handed_in.Unreadable, match="cannot be read: No such file"):
        handed_in.read(path)


@pytest.mark.parametrize(("folder", "place"), [("/tmp", "/tmp"), ("/var/" + "ö" * 45, "/tmp")])
def test_a_kernels_sockets_have_paths_that_are_short_enough(monkeypatch, folder, place):
    monkeypatch.setattr("tempfile.tempdir", folder)
    assert kernel.place() == place


def test_a_notebook_with_its_check_deleted_is_known_by_its_title(tmp_path):
    path = tmp_path / "a.ipynb"
    cells = [{"cell_type": "markdown", "source": "# 06 Carry a memory\n"}, {"cell_type": "code", "source": "a = 1"}]
    path.write_text(json.dumps({"cells": cells}))
    assert handed_in.read(path).blanks == {"recurrent layer": "MyRecurrentLinearLayer", "walk": "my_walk"}


def test_without_jupyter_it_starts_again_where_there_is_one(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    monkeypatch.setattr("catrnn.lab.marking.command.start_again", lambda words: words)
    assert mark(["folder"]) == ["mark", "folder"]


def test_a_table_that_is_there_is_not_written_over(tmp_path):
    table = tmp_path / "marks.csv"
    table.write_text("with notes")
    with pytest.raises(SystemExit, match="is there already"):
        mark([str(tmp_path), "--csv", str(table)])
    assert table.read_text() == "with notes"


@pytest.mark.parametrize(("folder", "said"), [("nowhere", "There is no folder"), (".", "No notebook")])
def test_a_folder_with_nothing_in_it_is_told_in_a_sentence(tmp_path, monkeypatch, folder, said):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit, match=said):
        mark([folder])


@pytest.mark.parametrize("limit", ["0", "0.5", "-1", "soon"])
def test_a_limit_is_a_whole_number_above_zero(capsys, limit):
    with pytest.raises(SystemExit):
        parser().parse_args(["folder", f"--seconds={limit}"])
    assert f"--seconds: {limit} is no whole number above zero" in capsys.readouterr().err
