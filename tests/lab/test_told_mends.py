"""What `check` tells a learner to write is right once it is written, and it speaks no language but the learner's."""

import ast
import linecache
import re

import numpy as np
import pytest

from catrnn.lab.exercises import plain_words
from catrnn.lab.exercises.changes import GENERIC, SPECIFIC
from catrnn.lab.exercises.findings import CORRECT, NOT_YET
from catrnn.lab.exercises.learner import judge
from catrnn.lab.exercises.learner_code import borrowed, definition_of, unused
from catrnn.lab.exercises.told_changes import CHANGES
from tests.helpers.answers import BY_NAME, WRONG, built

WRITE = re.compile(r"[Ii]n lines? ([\d, and]+) write (.+?)(?=; in line|\.(?: |$))")


def told_to_write(words: str) -> list:
    """Return (line, old, new) for each thing that a message tells to write."""
    found = []
    for numbers, swaps in WRITE.findall(words):
        found += [(int(line), old, new) for line in re.findall(r"\d+", numbers)
                  for new, old in re.findall(r"`(.+?)` for `(.+?)`", swaps)]
    return found


def obeyed(code: str, swaps: list) -> str:
    """Return the code with what a message told to write in its lines."""
    lines = code.split("\n")
    for line, old, new in swaps:
        alone = rf"(?<![\w.]){re.escape(old)}(?!\w)" if re.match(r"\w", old) else re.escape(old)
        assert re.search(alone, lines[line - 1]), (old, lines[line - 1])
        lines[line - 1] = re.sub(alone, lambda _, new=new: new, lines[line - 1])
    return "\n".join(lines)


TOLD = [answer for answer in WRONG if told_to_write(answer.message) and "Then check again." not in answer.message]
"""The wrong answers that are told all that is to be written."""


@pytest.mark.parametrize("answer", TOLD, ids=str)
def test_a_line_that_is_told_is_right_once_it_is_written(answer):
    mended = answer._replace(code=obeyed(answer.code, told_to_write(answer.message)))
    assert judge(BY_NAME[answer.exercise], built(mended)).state == CORRECT


END_WITH = re.compile(r"End with: return ([\w, ]+\w)")
TOLD_AN_END = [answer for answer in WRONG for end in END_WITH.findall(answer.message)
               if {*end.split(", ")} <= set(re.findall(r"(\w+) =", answer.code))]
"""The wrong answers that are told a last line, in names that they have made."""


@pytest.mark.parametrize("answer", TOLD_AN_END, ids=str)
def test_a_last_line_that_is_told_is_right_once_it_is_written(answer):
    (end,) = END_WITH.findall(answer.message)
    *before, _, after = re.split(r"(?<=return)( .+|$)", answer.code, flags=re.MULTILINE)
    mended = answer._replace(code="".join([*before, f" {end}", after]))
    assert judge(BY_NAME[answer.exercise], built(mended)).state == CORRECT


def test_many_answers_are_told_a_line_that_mends_them():
    assert len(TOLD) > 60


@pytest.mark.parametrize("answer", WRONG, ids=str)
def test_a_wrong_answer_is_not_right_and_the_message_is_what_is_said_and_speaks_not_as_numpy_does(answer):
    verdict = judge(BY_NAME[answer.exercise], built(answer))
    assert verdict.state == NOT_YET
    said = verdict.words
    assert f"{answer.exercise}: not yet. {said}" == answer.message
    own = re.sub(r"`.*?`", "", said)  # a learner's own line may say what it likes
    own = re.sub(r"of (?:its )?axis|an? axis|axes|axis=", "", own)
    assert not [word for word in (*plain_words.JARGON, "Error") if word in own]


def test_there_are_words_for_every_kind_of_change():
    assert set(CHANGES) == {kind.__name__ for kind in (*SPECIFIC, *GENERIC)}


def typed(code: str, **names):
    """Return what a learner's cell defines, with its text where Python looks for it."""
    file = f"<cell {abs(hash(code))}>"
    linecache.cache[file] = (len(code), None, code.splitlines(keepends=True), file)
    names = {"np": np, **names}
    exec(compile(code, file, "exec"), names)
    return names[ast.parse(code).body[-1].name]


def test_a_change_that_makes_a_loop_endless_is_given_up():
    answer = typed("def two_days_ago(portions):\n    k = 0\n    while k < len(portions) - 1:\n        k += 1\n"
                   "    return portions[k]\n")
    assert judge(BY_NAME["two days ago"], answer).state == NOT_YET


def test_a_list_that_holds_itself_is_told_so():
    answer = typed("def my_walk(days, h0, c_w, p_w, b):\n    hs = [h0]\n    for x in days:\n        hs.append(hs)\n"
                   "    return hs\n")
    assert judge(BY_NAME["walk"], answer).words.startswith("A list stands in itself")


def test_what_is_borrowed_is_known_from_what_is_ones_own():
    answer = typed("def f(x, y):\n    z = [k for k in range(3)]\n    return x + DAYS + np.abs(miss) + len(z)\n",
                   DAYS=[1])
    assert [(one.name, one.line, one.known) for one in borrowed(definition_of(answer))] == [
        ("DAYS", 3, True), ("miss", 3, False)]
    assert unused(definition_of(answer)) == ["y"]


def test_what_a_layer_is_made_with_may_wait_for_its_way_back():
    answer = typed("class MyReLULayer:\n    def __init__(self, lr):\n        pass\n\n"
                   "    def forward(self, x):\n        return 0\n")
    assert unused(definition_of(answer)) == ["x"]


def test_a_right_answer_may_borrow_what_it_likes():
    answer = typed("def two_days_ago(portions):\n    return portions[BACK]\n", BACK=-2)
    assert judge(BY_NAME["two days ago"], answer).state == CORRECT


ERRORS = """
np.ones((2, 3)) @ np.ones((2, 3))
np.ones(3) @ 2.0
np.ones((2, 3)) + np.ones(2)
np.dot(np.ones((2, 3)), np.ones((2, 3)))
bool(np.ones(3))
np.ones(3) ^ 2
1.5 ^ 2
np.ones(3) & 1
1.5 & 1
np.ones(3)[7]
[1][3]
np.ones(3)[0, 0]
np.ones(3)[1.0]
np.ones(3)[0][0]
[1][1.0]
[1].reshape(1)
[1](0)
np.ones(2)(0)
np.ones(2).append(1)
np.ones(2).lenght
np.float64(1).backward
dict.c_w
np.maximun(1, 2)
None + 1
None.T
None[0]
len - 1
len[0]
[1.0] * 2.0
[1] + 1
[1] - 1
[*3]
(lambda x: x)()
(lambda: 1)(2)
np.sum(np.ones(2), axs=0)
np.ones(5).reshape(2, 3)
np.array([[1], [1, 2]])
max([])
np.max([])
np.stack([])
np.ones(3).sum(axis=1)
1 / 0
float("x")
{}["x"]
{np.ones(1): 1}
int(np.ones(2))
np.concatenate([np.ones((2, 2)), np.ones((3, 3))])
np.ones(3, int).__iadd__(0.5)
np.ones(3).__iadd__(np.ones((2, 3)))
np.ones(3)[np.ones(4, bool)]
np.ones(3).__setitem__(0, [1, 2])
np.ones(3).__setitem__(slice(None), [1, 2])
np.maximum(1, 2, 3, 4)
np.max(0, np.ones(2))
missing
range(1.5)
1 .x
"a" - 1
""".strip().splitlines()
"""Lines that stop, each for another reason that learners meet."""


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("line", ERRORS)
def test_what_python_says_is_told_in_plain_words(line):
    with pytest.raises(Exception) as raised:  # noqa: PT011
        eval(line)
    words = plain_words.in_words(raised.value)
    bare = re.sub(r"axis|axes", "", words)
    assert not [word for word in (*plain_words.JARGON, "Error") if word in bare], words
    assert words != "Python cannot do this with what it was given", str(raised.value)


@pytest.mark.parametrize(("code", "words"), [
    ("x = −1", "holds the long minus"),
    ("x = (1", "is not Python yet"),
])
def test_the_long_minus_of_a_page_is_told(code, words):
    with pytest.raises(SyntaxError) as raised:
        compile(code, "<cell>", "exec")
    assert words in plain_words.of_syntax(raised.value)
