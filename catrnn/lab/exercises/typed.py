"""The text of an answer, its tree, and swaps of a piece of it."""

import ast
import re
from collections.abc import Iterator
from typing import NamedTuple

from catrnn.lab.exercises.exercise import Exercise
from catrnn.lab.exercises.learner_code import (
    Definition,
    arguments_of,
    functions_in,
    names_bound,
)

NUMPY = ("np", "numpy")


class Swap(NamedTuple):
    """One place of a text, and what should stand there."""

    start: int
    end: int
    new: str


class Place(NamedTuple):
    """A swap as a learner is told it."""

    line: int
    old: str
    new: str


class Code:
    """The text of an answer, its tree, and where in the text each part of the tree stands."""

    def __init__(self, exercise: Exercise, definition: Definition):
        self.exercise, self.definition = exercise, definition
        self.text, self.tree = definition.text, ast.parse(definition.text)
        self.starts = [0]
        for line in self.text.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))
        self.parents = {child: node for node in ast.walk(self.tree)
                        for child in ast.iter_child_nodes(node)}
        every = [f for f in functions_in(self.tree) if f.name != "__init__"]
        self.functions = sorted(every, key=lambda f: f.name != exercise.method)
        self.is_class = isinstance(self.tree.body[0], ast.ClassDef)
        self.kept = {node.attr for node in ast.walk(self.tree)
                     if isinstance(node, ast.Attribute) and is_self(node.value)}
        self.functions_called = {id(node.func) for node in ast.walk(self.tree)
                                 if isinstance(node, ast.Call)}
        self.nodes = [(function, node) for function in self.functions for step in function.body
                      for node in ast.walk(step)]
        self.bound = {function: names_bound(function) for function in self.functions}

    def each(self, *kinds) -> Iterator:
        """Yield (function, node) for each node of these kinds, the method that is judged first."""
        return ((function, node) for function, node in self.nodes if isinstance(node, kinds))

    def place(self, line: int, column: int) -> int:
        """Return where in the text a line (from 1) and a column (in bytes) stand."""
        start = self.starts[line - 1]
        whole = self.text[start:self.starts[line]]
        return start + len(whole.encode()[:column].decode())

    def span(self, node) -> tuple:
        """Return where a node begins and ends in the text."""
        return (self.place(node.lineno, node.col_offset),
                self.place(node.end_lineno, node.end_col_offset))

    def of(self, node) -> str:
        """Return the text of a node."""
        start, end = self.span(node)
        return self.text[start:end]

    def swap(self, node, new: str) -> Swap:
        """Return the swap that puts a text in the place of a node."""
        return Swap(*self.span(node), new)

    def changed(self, swaps) -> str:
        """Return the text after some swaps."""
        text = self.text
        for start, end, new in sorted(swaps, reverse=True):
            text = text[:start] + new + text[end:]
        return text

    def told(self, swaps) -> tuple:
        """Return swaps as a learner is told them, from the first line to the last."""
        alone = [self.plain_to_see(swap, swaps) for swap in swaps]
        return tuple(Place(self.definition.line + self.text.count("\n", 0, start),
                           self.text[start:end].strip("\n"), new.strip("\n"))
                     for start, end, new in sorted(alone))

    def plain_to_see(self, swap: Swap, swaps) -> Swap:
        """Return a swap with so much around it that it is clear which place is meant."""
        line = self.text.count("\n", 0, swap.start)
        old, row = self.text[swap.start:swap.end], self.text.split("\n")[line]
        meant = sum(self.text.count("\n", 0, one.start) == line
                    and self.text[one.start:one.end] == old for one in swaps)
        alike = rf"(?<![\w.]){re.escape(old)}(?!\w)"
        if not re.fullmatch(r"[\w.]+", old) or len(re.findall(alike, row)) == meant:
            return swap
        wider = [self.span(node) for _, node in self.nodes if isinstance(node, ast.expr)]
        wider = [(start, end) for start, end in wider if start <= swap.start and swap.end <= end
                 and (start, end) != (swap.start, swap.end)]
        start, end = min(wider, key=lambda span: span[1] - span[0], default=swap[:2])
        new = self.text[start:swap.start] + swap.new + self.text[swap.end:end]
        return Swap(start, end, new)

    def within(self, function) -> list:
        """Return what may be meant by a name in a function: arguments, what is kept, own names."""
        own = [name for name in sorted(self.bound[function] - {"self"})
               if name not in arguments_of(function)]
        kept = [f"self.{name}" for name in sorted(self.kept)] if self.is_class else []
        return [*arguments_of(function), *kept, *own]

    def alike(self, one: str, other: str) -> bool:
        """Whether two names may stand for things with as many axes, as far as that is known."""
        letters = [self.exercise.axes.get(name.removeprefix("self.")) for name in (one, other)]
        known = [len(axes.split()) for axes in letters if axes is not None]
        return len(known) < 2 or known[0] == known[1]

    def arrays(self, function) -> list:
        """Return what can be counted: the arguments and what is kept."""
        return [name for name in self.within(function)
                if name in arguments_of(function) or name.startswith("self.")]


def is_self(node) -> bool:
    return isinstance(node, ast.Name) and node.id == "self"


def is_numpy(node, *names) -> bool:
    """Whether a node is np.name, for one of these names."""
    return (isinstance(node, ast.Attribute) and node.attr in names
            and isinstance(node.value, ast.Name) and node.value.id in NUMPY)


def number(node) -> bool:
    """Whether a node is a number that was typed, with or without a minus."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        node = node.operand
    return (isinstance(node, ast.Constant) and isinstance(node.value, int | float)
            and not isinstance(node.value, bool))


def simple(node) -> bool:
    """Whether a node is a name, or a name that self keeps."""
    return isinstance(node, ast.Name) or (isinstance(node, ast.Attribute) and is_self(node.value))


def bracketed(code: Code, node) -> str:
    """Return the text of a node that can stand beside any sign."""
    text = code.of(node)
    bare = isinstance(node, ast.Name | ast.Attribute | ast.Call | ast.Subscript | ast.Constant)
    return text if bare else f"({text})"


def together(swaps: list) -> Iterator:
    """Yield all swaps at once, then each alone."""
    if len(swaps) > 1:
        yield list(swaps)
    yield from ([swap] for swap in swaps)


def operator_swap(code: Code, node: ast.BinOp, sign: str) -> Swap | None:
    """Return the swap of the sign between two operands."""
    left, right = code.span(node.left)[1], code.span(node.right)[0]
    between = code.text[left:right]
    signs = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.MatMult: "@",
             ast.Pow: "**", ast.BitXor: "^", ast.BitAnd: "&", ast.BitOr: "|"}
    old = signs.get(type(node.op))
    if old is None or old not in between:
        return None
    return Swap(*code.span(node), code.of(node)[:left - code.span(node)[0]]
                + between.replace(old, sign, 1) + code.of(node)[right - code.span(node)[0]:])


def moved_to(code: Code, step: ast.stmt, column: int) -> Swap:
    """Return the swap that moves a line to the left or right."""
    start = code.starts[step.lineno - 1]
    return Swap(start, code.span(step)[1], " " * column + code.of(step))


def siblings(code: Code, step) -> list:
    """Return the lines of the block in which a line stands."""
    parent = code.parents[step]
    blocks = [getattr(parent, name, None) for name in ("body", "orelse")]
    return next((block for block in blocks if isinstance(block, list) and step in block), [])


def shifted(text: str, columns: int) -> str:
    """Return lines moved to the right, or to the left."""
    lines = text.splitlines(keepends=True)
    return "".join(" " * columns + line if columns > 0 else line[-columns:] for line in lines)


def lines_of(code: Code, step) -> tuple:
    """Return where the whole lines of a statement begin and end."""
    return code.starts[step.lineno - 1], code.starts[step.end_lineno]


def inner_first(swaps: list) -> list:
    """Return the swaps that hold no other swap."""
    return [s for s in swaps if not any(o is not s and s.start <= o.start and o.end <= s.end
                                        for o in swaps)] or swaps
