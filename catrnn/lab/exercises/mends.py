"""Tries small changes in a learner's own lines: the one that makes a wrong answer right is the slip."""

import ast
from typing import NamedTuple

from catrnn.lab.exercises.changes import GENERIC, Code, own_names
from catrnn.lab.exercises.compare import agree
from catrnn.lab.exercises.exercise import Exercise
from catrnn.lab.exercises.learner_code import Definition, borrowed, names_bound
from catrnn.lab.exercises.run import run_probe

AT_MOST = 400
"""How many changes are tried, so that an answer is known within a blink."""


class Mend(NamedTuple):
    """A change that makes a wrong answer right."""

    kind: str
    """The name of the function of changes.py that knows it."""
    places: tuple


def first_mend(exercise: Exercise, definition: Definition, tries: list, kinds,
               stopped_at: int | None = None) -> Mend | None:
    """Return the first change that makes an answer right on every probe, or None.

    stopped_at: the line of the cell in which it stopped; changes of that line are tried first.
    """
    code = Code(exercise, definition)
    if kinds is GENERIC and any(isinstance(n, ast.While) for n in ast.walk(code.tree)):
        return None  # a change may make it endless
    wrong_first = sorted(tries, key=lambda t: not wrong(t))
    every, seen = [], {definition.text}
    for kind in kinds:
        every += [(kind.__name__, swaps) for swaps in kind(code)]
    if stopped_at is not None:
        every.sort(key=lambda one: stopped_at not in {p.line for p in code.told(one[1])})
    for name, swaps in every[:AT_MOST]:
        text = code.changed(swaps)
        if text not in seen and mends(exercise, definition, text, wrong_first):
            return Mend(name, code.told(swaps))
        seen.add(text)
    return None


def wrong(attempt) -> bool:
    """Whether an answer was wrong on one try."""
    parts = range(len(attempt.expected.parts or ()))
    return bool(attempt.got.mutated) or not agree(attempt.expected, attempt.got, parts)


def mends(exercise: Exercise, definition: Definition, text: str, tries: list) -> bool:
    """Whether a text, in the place of the learner's, gives what is right on every try."""
    names = dict(definition.names)
    try:
        exec(compile(text, "<mended>", "exec"), names)
    except KeyboardInterrupt:
        raise
    except BaseException:  # not every change leaves Python
        return False
    for attempt in tries:
        got = run_probe(exercise, names[definition.name], attempt.probe)
        if not got.parts or wrong(attempt._replace(got=got)):
            return False
    return True


def names_of_the_notebook(exercise: Exercise, definition: Definition, tries: list) -> tuple:
    """Return what an answer borrowed, and the Mend that makes it right without, or None."""
    code = Code(exercise, definition)
    names = [one for one in borrowed(definition) if one.known or one.name in code.kept]
    every = borrowed(definition)
    if not every:
        return [], None
    mend = first_mend(exercise, definition, tries, (own_names,))
    if mend:
        return every, mend
    sure = [code.swap(node, f"self.{node.id}") for function, node in code.each(ast.Name)
            if code.is_class and node.id in code.kept and node.id in {one.name for one in names}
            and node.id not in names_bound(function)]
    return names, Mend("", code.told(sure)) if sure else None
