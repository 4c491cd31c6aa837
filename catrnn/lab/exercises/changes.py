"""Small changes in a learner's own lines, each of which undoes one kind of slip.

Each function of `SPECIFIC` and `GENERIC` knows a kind, and yields swaps of the text.
"""

import ast
import builtins
import difflib
from collections.abc import Iterator
from itertools import combinations, islice, permutations, product
from typing import NamedTuple

from catrnn.lab.exercises.exercise import Exercise
from catrnn.lab.exercises.learner_code import (
    Definition, arguments_of, borrowed, functions_in, names_bound,
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
        return tuple(Place(self.definition.line + self.text.count("\n", 0, start),
                           self.text[start:end].strip("\n"), new.strip("\n"))
                     for start, end, new in sorted(swaps))

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


def plain(new: ast.AST) -> str:
    return ast.unparse(new)


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


# Slips that have words of their own


def own_names(code: Code) -> Iterator:
    """A name of the notebook, or of none, for what came in or what self keeps."""
    names = [one.name for one in borrowed(code.definition)]
    kept = [name for name in names if name in code.kept] if code.is_class else []
    rest = [name for name in names if name not in kept]
    meant = []
    for function in code.functions:
        meant += [name.removeprefix("self.") for name in code.within(function)]
    meant = list(dict.fromkeys(meant))

    choices = []
    for name in rest:
        near = [m for m in meant if m.lower() == name.lower()]
        near += difflib.get_close_matches(name, meant, n=2, cutoff=0.7)
        choices.append(list(dict.fromkeys([*near, *meant])))
    for picked in islice(product(*choices), 100):
        instead = {**{name: name for name in kept}, **dict(zip(rest, picked, strict=True))}
        swaps = []
        for function, node in code.each(ast.Name):
            if node.id in instead and isinstance(node.ctx, ast.Load):
                name = instead[node.id]
                here = name in code.bound[function]
                if node.id in code.bound[function]:
                    continue
                keeps = code.is_class and name in code.kept and (node.id in kept or not here)
                swaps.append(code.swap(node, f"self.{name}" if keeps else name))
        if swaps and names:
            yield swaps


def powers(code: Code) -> Iterator:
    """^ for **."""
    yield from together([Swap(i, i + 1, "**") for i in range(len(code.text)) if code.text[i] == "^"])


def products(code: Code) -> Iterator:
    """* for @, or @ for *."""
    for kind, sign in ((ast.Mult, "@"), (ast.MatMult, "*")):
        swaps = [operator_swap(code, node, sign) for _, node in code.each(ast.BinOp)
                 if isinstance(node.op, kind) and not number(node.left) and not number(node.right)]
        swaps = [swap for swap in swaps if swap]
        yield from together(inner_first(swaps))


def inner_first(swaps: list) -> list:
    """Return the swaps that hold no other swap."""
    return [s for s in swaps if not any(o is not s and s.start <= o.start and o.end <= s.end
                                        for o in swaps)] or swaps


def maxima(code: Code) -> Iterator:
    """max(0, x), np.max(x, 0) and the like, for np.maximum(0, x)."""
    swaps = []
    for _, node in code.each(ast.Call):
        builtin = isinstance(node.func, ast.Name) and node.func.id in ("max", "min")
        if not builtin and not is_numpy(node.func, "max", "min", "amax", "amin"):
            continue
        name = node.func.id if builtin else node.func.attr
        whole = "np.maximum" if "max" in name else "np.minimum"
        given = node.args[0].elts if len(node.args) == 1 and isinstance(
            node.args[0], ast.List | ast.Tuple) else node.args
        if len(given) == 2:
            swaps.append(code.swap(node, f"{whole}({code.of(given[0])}, {code.of(given[1])})"))
        elif len(given) == 1:
            swaps.append(code.swap(node, f"{whole}(0, {code.of(given[0])})"))
    yield from together(swaps)


def ands(code: Code) -> Iterator:
    """and, or, a double comparison, or & without brackets, for & between brackets."""
    swaps = []
    for _, node in code.each(ast.BoolOp):
        sign = " & " if isinstance(node.op, ast.And) else " | "
        swaps.append(code.swap(node, sign.join(f"({code.of(v)})" for v in node.values)))
    for _, node in code.each(ast.Compare):
        parts = [node.left, *node.comparators]
        if len(node.ops) == 2 and isinstance(parts[1], ast.BinOp) and isinstance(
                parts[1].op, ast.BitAnd | ast.BitOr):
            start, end = code.span(node)
            left, right = code.span(parts[1].left)[1], code.span(parts[1].right)[0]
            sign = "&" if isinstance(parts[1].op, ast.BitAnd) else "|"
            new = f"({code.text[start:left].strip()}) {sign} ({code.text[right:end].strip()})"
            swaps.append(Swap(start, end, new))
        elif len(node.ops) == 2:
            start, end = code.span(node)
            left = code.text[start:code.span(parts[1])[1]]
            right = code.text[code.span(parts[1])[0]:end]
            swaps.append(Swap(start, end, f"({left}) & ({right})"))
    yield from together(swaps)
    for _, node in code.each(ast.BoolOp):
        yield [code.swap(node, " * ".join(bracketed(code, v) for v in node.values))]


def whole_questions(code: Code) -> Iterator:
    """A comparison of an array where one True or False is asked."""
    asked = []
    for _, node in code.each(ast.If, ast.IfExp, ast.BoolOp):
        tests = node.values if isinstance(node, ast.BoolOp) else [node.test]
        asked += [test for test in tests if isinstance(test, ast.Compare)]
    for end in (".all()", ".any()"):
        for size in range(1, min(len(asked), 3) + 1):
            for some in combinations(asked, size):
                yield [code.swap(test, f"({code.of(test)}){end}") for test in some]


def fixed(code: Code) -> Iterator:
    """A number that was typed, for one that depends on what came in."""
    groups = {}
    for function, node in code.each(ast.Constant):
        if number(node) and node.value not in (0, 1):
            groups.setdefault((node.value,), []).append((function, node))
    for same in groups.values():
        every = [same] if len(same) == 1 else [same, *([one] for one in same)]
        for some in every:
            for meant in counts_of(code, some[0][0]):
                yield [code.swap(node, fitting(code, function, meant)) for function, node in some]


def counts(code: Code) -> Iterator:
    """len(x) for x.size, or another count of it."""
    groups = {}
    for function, node in code.each(ast.Call, ast.Attribute, ast.Subscript):
        if is_count(node):
            groups.setdefault(code.of(node).replace("self.", ""), []).append((function, node))
    for same in groups.values():
        every = [same] if len(same) == 1 else [same, *([one] for one in same)]
        for some in every:
            inside = next(n for n in ast.walk(some[0][1]) if simple(n) and not (
                isinstance(n, ast.Name) and n.id in ("len", "np", "self")))
            name = code.of(inside).removeprefix("self.")
            for meant in ("{}.size", "len({})", "{}.shape[1]"):
                yield [code.swap(node, fitting(code, function, meant.format(name), name))
                       for function, node in some]


def is_count(node) -> bool:
    """Whether a node counts something: len(x), np.size(x), x.size, x.shape[0]."""
    if isinstance(node, ast.Call):
        called = node.func
        counts = (isinstance(called, ast.Name) and called.id == "len") or is_numpy(called, "size")
        return counts and len(node.args) == 1 and simple(node.args[0])
    if isinstance(node, ast.Subscript):
        return (isinstance(node.value, ast.Attribute) and node.value.attr == "shape"
                and simple(node.value.value))
    return node.attr == "size" and simple(node.value)


def counts_of(code: Code, function) -> list:
    """Return what a typed number may have been meant for: single numbers, then counts."""
    arrays = [name.removeprefix("self.") for name in code.arrays(function)]
    arrays = list(dict.fromkeys(arrays))
    ndim = {name: len(letters.split()) for name, letters in code.exercise.axes.items()}
    singles = [name for name in arrays if ndim.get(name, 0) == 0]
    several = [name for name in arrays if ndim.get(name, 1) > 0]
    return [*singles, *(f"{n}.size" for n in several), *(f"len({n})" for n in several),
            *(f"{n}.shape[1]" for n in several)]


def fitting(code: Code, function, meant: str, name: str = "") -> str:
    """Return a count as it is written in a function: of an argument, or of what self keeps."""
    name = name or meant.replace("len(", "").replace(")", "").split(".")[0]
    here = name in arguments_of(function) or not code.is_class or name not in code.kept
    return meant if here else meant.replace(name, f"self.{name}", 1)


def several_returned(code: Code) -> Iterator:
    """A tuple where one thing is wanted, or in another order."""
    for _, node in code.each(ast.Return):
        if not isinstance(node.value, ast.Tuple):
            continue
        parts = [code.of(part) for part in node.value.elts]
        for part in parts:
            yield [code.swap(node.value, part)]
        for order in islice(permutations(parts), 1, 24):
            yield [code.swap(node.value, ", ".join(order))]
        for few in combinations(parts, 2):
            if len(parts) > 2:
                yield [code.swap(node.value, ", ".join(few))]


def rounded(code: Code) -> Iterator:
    """round(...), in any of its spellings, where nothing should be rounded."""
    swaps = []
    for _, node in code.each(ast.Call):
        called = node.func
        if (isinstance(called, ast.Name) and called.id == "round") or is_numpy(
                called, "round", "around", "round_"):
            swaps.append(code.swap(node, bracketed(code, node.args[0]) if node.args else ""))
        elif isinstance(called, ast.Attribute) and called.attr == "round":
            swaps.append(code.swap(node, code.of(called.value) if not isinstance(
                called.value, ast.BinOp) else f"({code.of(called.value)})"))
        elif isinstance(called, ast.Name) and called.id == "int" and node.args:
            swaps.append(code.swap(node, bracketed(code, node.args[0])))
    yield from together(swaps)


def printed(code: Code) -> Iterator:
    """print for return."""
    swaps = []
    for _, node in code.each(ast.Expr):
        call = node.value
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and (
                call.func.id == "print"):
            swaps.append(code.swap(node, f"return {', '.join(map(code.of, call.args))}"))
    yield from together(swaps)


def unreturned(code: Code) -> Iterator:
    """The last line works something out, and hands nothing back."""
    for function in code.functions:
        last = function.body[-1]
        if isinstance(last, ast.Expr):
            yield [code.swap(last, f"return {code.of(last.value)}")]
        if isinstance(last, ast.Assign) and len(last.targets) == 1:
            yield [code.swap(last, f"return {code.of(last.value)}")]


def rebound(code: Code) -> Iterator:
    """self.c_w = self.c_w - ..., which makes a new array, for -=."""
    swaps = []
    for _, node in code.each(ast.Assign):
        value = node.value
        if len(node.targets) != 1 or not isinstance(value, ast.BinOp):
            continue
        target = code.of(node.targets[0])
        if isinstance(value.op, ast.Add | ast.Sub) and code.of(value.left) == target:
            sign = "+=" if isinstance(value.op, ast.Add) else "-="
            swaps.append(code.swap(node, f"{target} {sign} {code.of(value.right)}"))
    yield from together(swaps)


def aliases(code: Code) -> Iterator:
    """A second name for an array where a copy is meant."""
    swaps = []
    for _, node in code.each(ast.Assign):
        if simple(node.value) or isinstance(node.value, ast.Subscript):
            swaps.append(code.swap(node.value, f"{code.of(node.value)}.copy()"))
    for _, node in code.each(ast.Call):
        if isinstance(node.func, ast.Attribute) and node.func.attr == "append" and (
                len(node.args) == 1 and simple(node.args[0])):
            swaps.append(code.swap(node.args[0], f"{code.of(node.args[0])}.copy()"))
    for _, node in code.each(ast.AugAssign):
        sign = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}.get(type(node.op))
        if sign and simple(node.target):
            target = code.of(node.target)
            swaps.append(code.swap(node, f"{target} = {target} {sign} {code.of(node.value)}"))
    yield from ([swap] for swap in swaps)
    for _, node in code.each(ast.Assign):
        target = node.targets[0]
        if isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name) and (
                code.of(target.slice) in (":", "...")):
            yield [code.swap(target, target.value.id)]
    yield from ([one, two] for one, two in combinations(swaps, 2))
    if len(swaps) > 2:
        yield swaps


def returned_in_loop(code: Code) -> Iterator:
    """The return stands inside the loop."""
    for _, loop in code.each(ast.For):
        last = loop.body[-1]
        if isinstance(last, ast.Return) and len(loop.body) > 1:
            yield [moved_to(code, last, loop.col_offset)]


def moved_to(code: Code, step: ast.stmt, column: int) -> Swap:
    """Return the swap that moves a line to the left or right."""
    start = code.starts[step.lineno - 1]
    return Swap(start, code.span(step)[1], " " * column + code.of(step))


def begun_in_loop(code: Code) -> Iterator:
    """What should be begun once, before the loop, is begun in each of its rounds."""
    for _, loop in code.each(ast.For):
        for step in loop.body[:-1]:
            fresh = isinstance(step, ast.Assign) and not any(
                isinstance(n, ast.Name) and n.id in names_of(loop.target)
                for n in ast.walk(step.value))
            if fresh:
                start, end = code.starts[step.lineno - 1], code.starts[step.end_lineno]
                head = code.starts[loop.lineno - 1]
                line = " " * loop.col_offset + code.of(step) + "\n"
                yield [Swap(start, end, ""), Swap(head, head, line)]


def names_of(node) -> set:
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}


def overwritten(code: Code) -> Iterator:
    """= in a loop where += is meant."""
    swaps = []
    for _, loop in code.each(ast.For):
        for step in loop.body:
            if isinstance(step, ast.Assign) and len(step.targets) == 1:
                target = step.targets[0]
                swaps.append(code.swap(step, f"{code.of(target)} += {code.of(step.value)}"))
    yield from together(swaps)


def brackets(code: Code) -> Iterator:
    """A sum that should be taken before it is multiplied or divided, or the other way round."""
    for _, node in code.each(ast.BinOp):
        left, right = node.left, node.right
        if isinstance(node.op, ast.Add | ast.Sub):
            sign = "+" if isinstance(node.op, ast.Add) else "-"
            new = []
            lows = parts_of_product(code, left)
            highs = parts_of_product(code, right)
            for l_head, l_tail in lows:
                for r_head, r_tail in highs:
                    if l_head or r_tail:
                        new.append(f"{l_head}({l_tail} {sign} {r_head}){r_tail}")
            yield from ([code.swap(node, text)] for text in new)
        if isinstance(node.op, ast.Mult | ast.Div | ast.MatMult) and isinstance(
                left, ast.BinOp) and isinstance(left.op, ast.Div):
            sign = "*" if isinstance(node.op, ast.Mult) else "/"
            yield [code.swap(node, f"{bracketed(code, left.left)} / ({code.of(left.right)} {sign} "
                                   f"{code.of(right)})")]


def parts_of_product(code: Code, node) -> list:
    """Return the ways to cut a product in two: (what stays outside, what goes in) as texts."""
    if not isinstance(node, ast.BinOp) or not isinstance(
            node.op, ast.Mult | ast.Div | ast.MatMult):
        return [("", code.of(node)), (code.of(node), "")][:1]
    cut = code.span(node.left)[1]
    start, end = code.span(node)
    right = code.span(node.right)[0]
    head, tail = code.text[start:right], code.text[cut:end]
    return [(head, code.of(node.right)), (code.of(node.left), tail), ("", code.of(node))]


def called(code: Code) -> Iterator:
    """A function without its brackets, or with too much in them, or brackets of the wrong kind."""
    functions = set(code.exercise.signature or ()) - set(code.exercise.axes)
    swaps = [code.swap(node, f"{node.id}()") for _, node in code.each(ast.Name)
             if node.id in functions and isinstance(node.ctx, ast.Load)
             and id(node) not in code.functions_called]
    yield from together(swaps)
    calls = {}
    for _, node in code.each(ast.Call):
        if simple(node.func) and node.args and not hasattr(builtins, code.of(node.func)):
            calls.setdefault(code.of(node.func), []).append(node)
    for name, same in calls.items():
        yield from together([code.swap(node, f"{name}()") for node in same])
        yield from together([code.swap(node, f"{name}[{', '.join(map(code.of, node.args))}]")
                             for node in same])


def first_alone(code: Code) -> Iterator:
    """x[0], the first row or number, for all of them added up, or for all of them."""
    for _, node in code.each(ast.Subscript):
        if isinstance(node.ctx, ast.Load) and number(node.slice):
            yield [code.swap(node, f"{code.of(node.value)}.sum(axis=0)")]
            yield [code.swap(node, code.of(node.value))]


# Slips that are told by their place alone


def turned(code: Code) -> Iterator:
    """.T where none belongs, or none where one belongs, or a product the wrong way round."""
    for _, node in code.each(ast.BinOp, ast.Call):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
            sides = [node.left, node.right]
        elif isinstance(node, ast.Call) and is_numpy(node.func, "dot", "matmul", "outer"):
            sides = node.args[:2]
        else:
            continue
        if len(sides) != 2:
            continue
        ways = [[code.of(side), other_way(code, side)] for side in sides]
        start, between, end = (code.text[code.span(node)[0]:code.span(sides[0])[0]],
                               code.text[code.span(sides[0])[1]:code.span(sides[1])[0]],
                               code.text[code.span(sides[1])[1]:code.span(node)[1]])
        for left, right in product(*ways):
            for one, two in ((left, right), (right, left)):
                new = start + one + between + two + end
                if new != code.of(node):
                    yield [code.swap(node, new)]


def other_way(code: Code, node) -> str:
    """Return the text of a matrix turned on its side."""
    if isinstance(node, ast.Attribute) and node.attr == "T":
        return code.of(node.value)
    return f"{bracketed(code, node)}.T"


def comparisons(code: Code) -> Iterator:
    """Another comparison."""
    signs = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!="}
    for _, node in code.each(ast.Compare):
        parts = [node.left, *node.comparators]
        for k, op in enumerate(node.ops):
            for sign in signs.values():
                if signs.get(type(op)) not in (None, sign):
                    start, end = code.span(parts[k])[1], code.span(parts[k + 1])[0]
                    old = code.text[start:end]
                    new = old.replace(signs[type(op)], sign)
                    whole = code.span(node)
                    text = code.text[whole[0]:start] + new + code.text[end:whole[1]]
                    yield [Swap(*whole, text)]


def signs(code: Code) -> Iterator:
    """Plus for minus, times for divided, and the other way round."""
    others = {ast.Add: "-", ast.Sub: "+", ast.Mult: "/", ast.Div: "*", ast.Pow: "*"}
    for _, node in code.each(ast.BinOp):
        if type(node.op) in others:
            swap = operator_swap(code, node, others[type(node.op)])
            if swap:
                yield [swap]
        if isinstance(node.op, ast.Sub | ast.Div):
            sign = "-" if isinstance(node.op, ast.Sub) else "/"
            yield [code.swap(node, f"{bracketed(code, node.right)} {sign} "
                                   f"{bracketed(code, node.left)}")]
    swaps = []
    for _, node in code.each(ast.AugAssign):
        if isinstance(node.op, ast.Add | ast.Sub):
            sign = "-=" if isinstance(node.op, ast.Add) else "+="
            swaps.append(code.swap(node, f"{code.of(node.target)} {sign} {code.of(node.value)}"))
    yield from together(swaps)
    for _, node in code.each(ast.UnaryOp):
        if isinstance(node.op, ast.USub | ast.Not):
            yield [code.swap(node, bracketed(code, node.operand))]


def places(code: Code) -> Iterator:
    """Another place of an array or a list."""
    for _, node in code.each(ast.Subscript):
        if not isinstance(node.ctx, ast.Load):
            continue
        value, at = code.of(node.value), node.slice
        if isinstance(at, ast.Slice):
            low, high = (code.of(x) if x else "" for x in (at.lower, at.upper))
            options = [f"{high}:{low}", f"{low}:", f":{high}", f"{low}:{high} + 1",
                       f"{low}:{high} - 1", f"{low} + 1:{high}", f"{low} - 1:{high}",
                       f"{low} + 1:{high} + 1", f"{low} - 1:{high} - 1"]
            options = [o for o in options if not o.startswith(" ") and ": " not in o]
        elif isinstance(at, ast.Tuple):
            parts = list(map(code.of, at.elts))
            options = [", ".join(reversed(parts)), parts[0], parts[-1]]
        elif number(at):
            k = ast.literal_eval(at)
            options = [str(k + 1), str(k - 1), "0", "-1"]
        else:
            options = [f"{code.of(at)} + 1", f"{code.of(at)} - 1", "0", "-1"]
        for option in options:
            if option != code.of(at):
                yield [code.swap(node, f"{value}[{option}]")]
    for _, node in code.each(ast.Call):
        if isinstance(node.func, ast.Name) and node.func.id == "range":
            given = list(map(code.of, node.args))
            for k, one in enumerate(given):
                for other in (f"{one} + 1", f"{one} - 1", "0", "1"):
                    inside = ", ".join([*given[:k], other, *given[k + 1:]])
                    yield [code.swap(node, f"range({inside})")]
            if len(given) == 1:
                yield [code.swap(node, f"range(1, {given[0]})")]
            if len(given) == 2:
                yield [code.swap(node, f"range({given[1]})")]
            yield [code.swap(node, f"reversed({code.of(node)})")]


def along(code: Code) -> Iterator:
    """Another axis, or none."""
    for _, node in code.each(ast.Call):
        names = ("sum", "mean", "std", "var", "all", "any", "max", "min")
        if not isinstance(node.func, ast.Attribute) or node.func.attr not in names:
            continue
        free = is_numpy(node.func, *names)
        head = [code.of(arg) for arg in node.args[:1]] if free else []
        for given in ([], ["axis=0"], ["axis=1"]):
            new = f"{code.of(node.func)}({', '.join([*head, *given])})"
            if new != code.of(node):
                yield [code.swap(node, new)]


def others_of_numpy(code: Code) -> Iterator:
    """sum for mean, std for var, any for all."""
    pairs = {"mean": ("sum",), "sum": ("mean",), "std": ("var",), "var": ("std",),
             "any": ("all",), "all": ("any",), "max": ("min", "sum"), "min": ("max",),
             "maximum": ("minimum",), "minimum": ("maximum",), "zeros": ("ones",),
             "ones": ("zeros",), "abs": ("square",), "sqrt": ("square",), "argmax": ("max",),
             "vstack": ("hstack",), "hstack": ("vstack",), "median": ("mean",)}
    for _, node in code.each(ast.Attribute):
        if id(node) in code.functions_called and not is_self(node.value):
            for other in pairs.get(node.attr, ()):
                yield [code.swap(node, f"{code.of(node.value)}.{other}")]


def too_much(code: Code) -> Iterator:
    """A part that has no place in the sum, or a call that should not be there."""
    for _, node in code.each(ast.BinOp):
        yield [code.swap(node, bracketed(code, node.left))]
        yield [code.swap(node, bracketed(code, node.right))]
    for _, node in code.each(ast.Call):
        if isinstance(node.func, ast.Attribute) and not isinstance(
                node.func.value, ast.Name) or is_method_of_data(node):
            yield [code.swap(node, bracketed(code, node.func.value))]
        elif len(node.args) == 1 and not isinstance(node.func, ast.Name):
            yield [code.swap(node, bracketed(code, node.args[0]))]
    for _, node in code.each(ast.Expr, ast.AugAssign):
        if len(siblings(code, node)) > 1 and not isinstance(node, ast.Return):
            yield [Swap(code.starts[node.lineno - 1], code.starts[node.end_lineno], "")]
    for _, node in code.each(ast.Assign):
        if len(siblings(code, node)) > 1:
            yield [Swap(code.starts[node.lineno - 1], code.starts[node.end_lineno], "")]


def is_method_of_data(node: ast.Call) -> bool:
    """Whether a call is that of an array's own function, as in x.mean()."""
    func = node.func
    return (isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name)
            and func.value.id not in (*NUMPY, "self") and func.attr != "append"
            and func.attr not in ("forward", "backward"))


def siblings(code: Code, step) -> list:
    """Return the lines of the block in which a line stands."""
    parent = code.parents[step]
    blocks = [getattr(parent, name, None) for name in ("body", "orelse")]
    return next((block for block in blocks if isinstance(block, list) and step in block), [])


def too_little(code: Code) -> Iterator:
    """A part that is missing in a sum: something that came in, or is kept, and is not asked for."""
    for function in code.functions:
        asked = {code.of(n) for n in ast.walk(function) if simple(n)}
        missing = [name for name in code.arrays(function) if name not in asked
                   and name.removeprefix("self.") not in asked]
        missing += [name for name in code.within(function)
                    if name not in missing and sum(code.of(n) == name for n in ast.walk(function)
                                                   if simple(n)) <= 1][:4]
        for node in ast.walk(function):
            if not isinstance(node, ast.Return | ast.Assign | ast.AugAssign) or node.value is None:
                continue
            for name in missing:
                for sign in (" * {}", " + {}", " @ {}", " / {}", " - {}", " @ {}.T"):
                    whole = bracketed(code, node.value)
                    yield [code.swap(node.value, whole + sign.format(name))]
                yield [code.swap(node.value, f"{name} * {bracketed(code, node.value)}")]
                yield [code.swap(node.value, f"{name}.T @ {bracketed(code, node.value)}")]


def order(code: Code) -> Iterator:
    """Two lines in each other's place, or a line inside a loop for one behind it."""
    for _, node in code.each(ast.stmt):
        block = siblings(code, node)
        k = block.index(node) if node in block else -1
        if 0 <= k < len(block) - 1:
            for after in block[k + 1:k + 4]:
                # the one, the other; then each behind the other
                one, two = lines_of(code, node), lines_of(code, after)
                between = code.text[one[1]:two[0]]
                yield [Swap(one[0], two[1], code.text[slice(*two)] + between
                            + code.text[slice(*one)])]
                yield [Swap(one[0], two[1], between + code.text[slice(*two)]
                            + code.text[slice(*one)])]
                yield [Swap(one[0], two[1], code.text[slice(*two)] + code.text[slice(*one)]
                            + between)]


def sides_of_loops(code: Code) -> Iterator:
    """A line inside a loop for one behind it, or the other way round."""
    for _, node in code.each(ast.For):
        block = siblings(code, node)
        if node not in block:
            continue
        k, last = block.index(node), node.body[-1]
        if len(node.body) > 1 and not isinstance(last, ast.For):
            yield [moved_to(code, last, node.col_offset)]
        for count in (2, 3):
            if len(node.body) > count:
                start = code.starts[node.body[-count].lineno - 1]
                end = code.starts[last.end_lineno]
                yield [Swap(start, end, shifted(code.text[start:end],
                                                node.col_offset - last.col_offset))]
        for count in (1, 2):
            behind = block[k + 1:k + 1 + count]
            if len(behind) == count and not isinstance(behind[-1], ast.Return):
                start, end = lines_of(code, behind[0])[0], lines_of(code, behind[-1])[1]
                yield [Swap(start, end, shifted(code.text[start:end],
                                                last.col_offset - node.col_offset))]


def shifted(text: str, columns: int) -> str:
    """Return lines moved to the right, or to the left."""
    lines = text.splitlines(keepends=True)
    return "".join(" " * columns + line if columns > 0 else line[-columns:] for line in lines)


def lines_of(code: Code, step) -> tuple:
    """Return where the whole lines of a statement begin and end."""
    return code.starts[step.lineno - 1], code.starts[step.end_lineno]


def other_names(code: Code) -> Iterator:
    """Another name."""
    for function, node in code.each(ast.Name, ast.Attribute):
        if not simple(node) or is_self(node) or not isinstance(node.ctx, ast.Load):
            continue
        parent = code.parents[node]
        called = id(node) in code.functions_called
        if called or isinstance(parent, ast.For) or (
                isinstance(parent, ast.Attribute) and parent.attr in ("append", "forward",
                                                                      "backward")):
            continue
        if hasattr(builtins, code.of(node)) or code.of(node) in NUMPY:
            continue
        for name in code.within(function):
            if name != code.of(node) and code.alike(name, code.of(node)):
                yield [code.swap(node, name)]


def other_starts(code: Code) -> Iterator:
    """Zeros, or something else, for what came in."""
    for function, node in code.each(ast.Call):
        if is_numpy(node.func, "zeros", "ones", "zeros_like", "ones_like", "array"):
            for name in code.within(function):
                yield [code.swap(node, name)]
                yield [code.swap(node, f"{name}.copy()")]
                yield [code.swap(node, f"np.zeros({name}.shape)")]


SPECIFIC = (powers, products, maxima, ands, whole_questions, rounded, fixed, counts,
            several_returned, printed, rebound, aliases, returned_in_loop, begun_in_loop,
            overwritten, brackets, called, first_alone)
"""Kinds of slips that have words of their own; the change is told."""

GENERIC = (turned, comparisons, signs, along, others_of_numpy, order, sides_of_loops, other_names,
           places, other_starts, too_much, too_little)
"""Kinds of slips of which the place is told, and not the change."""
