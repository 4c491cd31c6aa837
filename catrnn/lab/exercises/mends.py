"""Tries small changes in a learner's own lines: one that makes a wrong answer right is the slip."""

import ast
import warnings
from collections.abc import Iterator
from itertools import islice, pairwise, zip_longest
from typing import NamedTuple

from catrnn.lab.exercises.changes import GENERIC, REPEATED
from catrnn.lab.exercises.changes_of_names import own_names
from catrnn.lab.exercises.compare import agree
from catrnn.lab.exercises.exercise import Exercise
from catrnn.lab.exercises.learner_code import (
    Definition,
    arguments_of,
    borrowed,
    names_bound,
)
from catrnn.lab.exercises.run import run_probe
from catrnn.lab.exercises.typed import Code

ROUNDS = 2000
"""How many rounds the loops of a changed answer may make on one probe, all together."""

TICK = "__tick__"
"""What a changed answer calls in each round of a loop."""


class Mend(NamedTuple):
    """A change that makes a wrong answer right."""

    kind: str
    """The name of the function that knows it, one of those in changes.py."""
    places: tuple


def first_mend(exercise: Exercise, definition: Definition, tries: list, kinds,
               stopped_at: int | None = None) -> Mend | None:
    """Return the first change that makes an answer right on every probe, or None.

    stopped_at: the line of the cell in which it stopped. Changes there, and where the names of
    that line get their values, are tried first.
    """
    code, in_turn = Code(exercise, definition), kinds is GENERIC
    kinds = [[(kind.__name__, swaps) for swaps in (
        repeated(code, kind(code)) if kind in REPEATED else kind(code))] for kind in kinds]
    if in_turn:  # so that each has its share of those that are tried
        kinds = zip_longest(*kinds)
    every = (one for several in kinds for one in several if one)
    if stopped_at is not None:
        near = lines_before(code, stopped_at)
        every = sorted(every, key=lambda one: min(near.get(p.line, 2) for p in code.told(one[1])))
    wrong_first, seen = sorted(tries, key=lambda t: not wrong(t)), {definition.text}
    for name, swaps in islice(every, exercise.changes):
        text = code.changed(swaps)
        if text not in seen and mends(exercise, definition, text, wrong_first):
            return Mend(name, code.told(swaps))
        seen.add(text)
    return None


def repeated(code: Code, changes) -> Iterator:
    """Yield changes; before one that can be made in several places alike, it in all of them."""
    changes, alike = list(changes), {}
    for swaps in changes:
        if len(swaps) == 1:
            alike.setdefault(in_short(code, swaps[0]), []).append(swaps[0])
    for swaps in changes:
        same = alike.pop(in_short(code, swaps[0]), ()) if len(swaps) == 1 else ()
        if len(same) > 1 and not overlap(same):
            yield same
        yield swaps


def in_short(code: Code, swap) -> tuple:
    """Return what stands there and what would stand there."""
    return code.text[swap.start:swap.end], swap.new


def overlap(swaps: list) -> bool:
    """Whether two swaps meet."""
    places = sorted((swap.start, swap.end) for swap in swaps)
    return any(end > start for (_, end), (start, _) in pairwise(places))


def lines_before(code: Code, line: int) -> dict:
    """Return how near the lines of an answer are to one of them: 0 for itself, 1 for those that
    give a value to what it asks for."""
    first, names = code.definition.line, set()
    for _, node in code.each(ast.Name):
        if node.lineno + first - 1 == line and isinstance(node.ctx, ast.Load):
            names.add(node.id)
    near = {node.lineno + first - 1: 1 for _, node in code.each(ast.Name)
            if node.id in names and isinstance(node.ctx, ast.Store)}
    return {**near, line: 0}


def wrong(attempt) -> bool:
    """Whether an answer was wrong on one try."""
    parts = range(len(attempt.expected.parts or ()))
    return bool(attempt.got.mutated) or not agree(attempt.expected, attempt.got, parts)


def mends(exercise: Exercise, definition: Definition, text: str, tries: list) -> bool:
    """Whether a text, in the place of the learner's, gives what is right on every try."""
    names = {**definition.names, TICK: Clock()}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            exec(compile(with_clock(text), "<mended>", "exec"), names)
        except KeyboardInterrupt:
            raise
        except BaseException:  # not every change leaves Python
            return False
    for attempt in tries:
        names[TICK].left = ROUNDS
        got = run_probe(exercise, names[definition.name], attempt.probe)
        if not got.parts or wrong(attempt._replace(got=got)):
            return False
    return True


def with_clock(text: str):
    """Return a text, or its tree with a call of the clock in each round of its loops."""
    if "for " not in text and "while " not in text:
        return text
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.For | ast.While):
            at = dict(lineno=node.lineno, col_offset=0, end_lineno=node.lineno, end_col_offset=0)
            tick = ast.Call(ast.Name(TICK, ast.Load(), **at), [], [], **at)
            node.body.insert(0, ast.Expr(tick, **at))
    return tree


class Clock:
    """Counts the rounds of all loops, and stops them when they are too many: a change may make a
    loop endless."""

    left = 0

    def __call__(self):
        self.left -= 1
        if self.left < 0:
            raise RuntimeError("too many rounds")


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
    if strangers := of_other_methods(code, {one.name for one in every}):
        return [one for one in every if one.name in strangers], Mend("kept_nowhere", ())
    sure = [code.swap(node, f"self.{node.id}") for function, node in code.each(ast.Name)
            if code.is_class and node.id in code.kept and node.id in {one.name for one in names}
            and node.id not in names_bound(function)]
    return names, Mend("", code.told(sure)) if sure else None


def of_other_methods(code: Code, names: set) -> dict:
    """Return the names that came into another method of the class, and were not kept there, each
    with that method's name."""
    return {name: function.name for function in reversed(code.functions) if code.is_class
            for name in arguments_of(function) if name in names - code.kept}
