"""Changes of an answer, each of which undoes a slip that has words of its own.

Each function knows one kind, and yields swaps of the text; a learner is told the change.
"""

import ast
import builtins
import difflib
from collections.abc import Iterator
from itertools import combinations, islice, permutations, product

from catrnn.lab.exercises.learner_code import arguments_of, borrowed
from catrnn.lab.exercises.typed import (
    Code,
    Swap,
    bracketed,
    inner_first,
    is_numpy,
    moved_to,
    number,
    operator_swap,
    simple,
    together,
)


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
    yield from together([Swap(i, i + 1, "**") for i, sign in enumerate(code.text) if sign == "^"])


def products(code: Code) -> Iterator:
    """* for @, or @ for *."""
    for kind, sign in ((ast.Mult, "@"), (ast.MatMult, "*")):
        swaps = [operator_swap(code, node, sign) for _, node in code.each(ast.BinOp)
                 if isinstance(node.op, kind) and not number(node.left) and not number(node.right)]
        swaps = [swap for swap in swaps if swap]
        yield from together(inner_first(swaps))
    for _, node in code.each(ast.BinOp):
        if isinstance(node.op, ast.Mult) and not number(node.left) and not number(node.right):
            left, right = bracketed(code, node.left), bracketed(code, node.right)
            yield [code.swap(node, f"{left} @ {right}.T")]
            yield [code.swap(node, f"{left}.T @ {right}")]


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


def numbered(code: Code) -> Iterator:
    """The number of a day, or of another thing, for the thing itself."""
    for function, loop in code.each(ast.For):
        if not isinstance(loop.target, ast.Name):
            continue
        for step in loop.body:
            for node in ast.walk(step):
                if not isinstance(node, ast.Name) or node.id != loop.target.id:
                    continue
                if isinstance(code.parents[node], ast.BinOp | ast.Call | ast.Return | ast.Assign):
                    for name in code.arrays(function):
                        yield [code.swap(node, f"{name}[{node.id}]")]


SPECIFIC = (powers, products, maxima, ands, whole_questions, rounded, fixed, counts,
            several_returned, printed, unreturned, rebound, aliases, returned_in_loop,
            begun_in_loop, overwritten, brackets, called, first_alone, numbered)
"""Every kind, in the order in which they are tried."""
