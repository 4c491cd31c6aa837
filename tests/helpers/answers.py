"""The answers that the tests hand in: a file for each notebook in tests/answers, laid out to be read.

    === name of the exercise | right | in a few words
    the code, a whole definition under the name that stands in the notebook's blank

    === name of the exercise | wrong | in a few words
    > the line that `check` prints
    the code
"""

import ast
import contextlib
import io
import linecache
import re
import symtable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import nbformat

from catrnn.lab.exercises.catalogue import EXERCISES

ROOT = Path(__file__).resolve().parents[2]
BY_NAME = {exercise.name: exercise for exercise in EXERCISES}
GUESS = re.compile(r"^(\w*guess) = None", re.MULTILINE)
"""Where a learner may type a guess before the truth comes out."""


class Answer(NamedTuple):
    exercise: str
    right: bool
    words: str
    message: str
    code: str

    def __str__(self):
        return f"{self.exercise}: {self.words}"


def answers_of(path: Path) -> list:
    """Read one file of answers."""
    found = re.findall(r"^=== (.+?) \| (right|wrong) \| ([^\n]+)\n(?:> ([^\n]*)\n)?(.*?)(?=^=== |\Z)",
                       path.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return [Answer(name, kind == "right", words, message, code.strip("\n") + "\n")
            for name, kind, words, message, code in found]


ANSWERS = [answer for path in sorted((ROOT / "tests" / "answers").glob("*.txt")) for answer in answers_of(path)]
RIGHT = [answer for answer in ANSWERS if answer.right]
WRONG = [answer for answer in ANSWERS if not answer.right]


@lru_cache(maxsize=len(EXERCISES))
def code_cells(notebook: str) -> tuple:
    """Return the sources of a notebook's code cells."""
    path = ROOT / "notebooks" / f"{notebook}.ipynb"
    return tuple(cell.source for cell in nbformat.read(path, 4).cells if cell.cell_type == "code")


@lru_cache(maxsize=1024)
def asking(source: str) -> dict:
    """Return what a cell checks: the name in the blank, by the name of the exercise."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return {call.args[0].value: call.args[1].id for call in calls if getattr(call.func, "id", "") == "check"}


def filled(source: str, name: str, code: str) -> str:
    """Return a cell with the definition of `name` replaced by a learner's code."""
    for node in ast.parse(source).body:
        names = {node.name} if hasattr(node, "name") else {t.id for t in getattr(node, "targets", [])}
        if name in names:
            lines = source.splitlines(keepends=True)
            return "".join(lines[: node.lineno - 1]) + code + "".join(lines[node.end_lineno :])
    raise LookupError(f"no blank for {name}")


def line_said(page, answer: Answer, cells: list) -> str:
    """Run the notebook's cell with the answer in its blank, and return what `check` printed about it."""
    (cell,) = (cell for cell in cells if answer.exercise in asking(cell))
    for before in borrowed_cells(answer):
        page.run(before)
    page.printed = ""
    page.run(filled(cell, asking(cell)[answer.exercise], answer.code))
    return "\n".join(line for line in page.printed.splitlines() if line.startswith(f"{answer.exercise}: "))


def changed_by_answers(cells: tuple) -> list:
    """Return the cells to run anew for a right answer in each blank, its worked value and a guess, in their order.

    Those that ask, that keep a layer, or that read what such a cell makes or a worked value gives; those that tell of
    a guess; and those that give one of all these a name which stands for something else in another place.
    """
    found, touched, guesses = set(), set(), set()
    given = {name for cell in cells for exercise in asking(cell) for name in BY_NAME[exercise].probes[0]}
    for k, cell in enumerate(cells):
        guesses.update(GUESS.findall(cell))
        made, keeps = names_made(cell), "keep(" in cell
        if asking(cell) or keeps or names_read(cell) & touched:
            found.add(k)
            touched |= made | ({"my_layers"} if keeps else set())
            touched.update(*(BY_NAME[exercise].probes[0] for exercise in asking(cell)))
        else:
            touched -= made
            if GUESS.search(cell) or names_read(cell) & guesses:
                found.add(k)

    wanted = list(found)
    while wanted:
        k = wanted.pop()
        for name in names_read(cells[k]):
            made = [other for other, cell in enumerate(cells) if name in names_made(cell)]
            before = [other for other in made if other < k]
            if before and (len(made) > 1 or name in given) and before[-1] not in found:
                found.add(before[-1])
                wanted.append(before[-1])
    return [cells[k] for k in sorted(found)]


def imports(cells: list) -> str:
    """Return the cell that imports."""
    return next(cell for cell in cells if "import numpy as np" in cell)


def built(answer: Answer):
    """Run an answer in its notebook, with all that it asks for there, and return the function, class or value."""
    imported, blanks = surroundings(BY_NAME[answer.exercise].notebook)
    names = {"__name__": "__main__"}  # as in a notebook, and so its classes say where they are from
    exec(imported, names)
    before = "\n".join(borrowed_cells(answer))
    if before:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(before, answer.exercise, "exec"), names)
    file = f"<{answer}>"
    linecache.cache[file] = (len(answer.code), None, answer.code.splitlines(keepends=True), file)
    exec(compile(answer.code, file, "exec"), names)
    return names[blanks[answer.exercise]]


@lru_cache(maxsize=len(EXERCISES))
def surroundings(notebook: str) -> tuple:
    """Return a notebook's cell that imports, compiled, and the names in its blanks by exercise."""
    cells = code_cells(notebook)
    blanks = {name: blank for cell in cells for name, blank in asking(cell).items()}
    return compile(imports(cells), notebook, "exec"), blanks


def borrowed_cells(answer: Answer) -> list:
    """Return the cells before the blank that make what an answer borrows from its notebook, in their order.

    A learner has run all cells above. These are the few of them that matter here: those that give its names a
    value last, and those that they need.
    """
    cells = code_cells(BY_NAME[answer.exercise].notebook)
    blank = next(k for k, cell in enumerate(cells) if answer.exercise in asking(cell))
    needed, wanted = set(), [(blank, name) for name in names_read(answer.code)]
    while wanted:
        before, name = wanted.pop()
        made = [k for k in range(before) if name in names_made(cells[k])]
        if made and made[-1] not in needed and "import numpy as np" not in cells[made[-1]]:
            needed.add(made[-1])
            # a name that a cell makes and asks for may come from a cell before it
            wanted += [(made[-1], other) for other in names_read(cells[made[-1]])]
    return [cells[k] for k in sorted(needed)]


@lru_cache(maxsize=1024)
def names_read(code: str) -> frozenset:
    """Return the names that some code asks for and does not make, or not everywhere."""
    tables, found = [symtable.symtable(code, "cell", "exec")], set()
    while tables:
        table = tables.pop()
        tables += table.get_children()
        found |= {s.get_name() for s in table.get_symbols()
                  if s.is_referenced() and (s.is_global() or table.get_type() == "module")}
    return frozenset(found)


@lru_cache(maxsize=1024)
def names_made(code: str) -> frozenset:
    """Return the names to which a cell gives a value, a function or a class."""
    table = symtable.symtable(code, "cell", "exec")
    return frozenset(s.get_name() for s in table.get_symbols() if s.is_assigned() or s.is_namespace())
