"""Changes of an answer, each of which undoes a slip of a kind that is told by its place alone.

Each function knows one kind, and yields swaps of the text; the learner is told where, not what.
"""

import ast
import builtins
from collections.abc import Iterator
from itertools import product

from catrnn.lab.exercises.typed import (
    NUMPY,
    Code,
    Swap,
    bracketed,
    inner_first,
    is_numpy,
    is_self,
    lines_of,
    moved_to,
    number,
    operator_swap,
    shifted,
    siblings,
    simple,
    together,
)


def numbers(code: Code) -> Iterator:
    """Another small number."""
    for _, node in code.each(ast.Constant, ast.UnaryOp):
        if number(node) and not isinstance(code.parents[node], ast.UnaryOp):
            value = ast.literal_eval(node)
            others = (0, 1, 2, -1, -value, value + 1, value - 1, 10 * value, value / 10)
            for other in dict.fromkeys(others):
                if other != value:
                    yield [code.swap(node, f"{other}")]


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
    others = {ast.Add: "-*", ast.Sub: "+", ast.Mult: "/+", ast.Div: "*", ast.Pow: "*"}
    alike = {}  # the same sign before the same thing is the same slip
    for _, node in code.each(ast.BinOp):
        for sign in others.get(type(node.op), ""):
            if swap := operator_swap(code, node, sign):
                alike.setdefault((type(node.op), sign, code.of(node.right)), []).append(swap)
    for swaps in alike.values():
        yield from together(inner_first(swaps))
    for _, node in code.each(ast.BinOp):
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
            options = [str(k + 1), str(k - 1), "0", "-1", "-2"]
        else:
            options = [f"{code.of(at)} + 1", f"{code.of(at)} - 1", "0", "-1", "-2"]
        for option in options:
            if option != code.of(at):
                yield [code.swap(node, f"{value}[{option}]")]
    used = {code.of(node.slice) for _, node in code.each(ast.Subscript)}
    for _, node in code.each(ast.Name):
        if isinstance(node.ctx, ast.Load) and not isinstance(
                code.parents[node], ast.Subscript | ast.Attribute | ast.Call | ast.For):
            for at in sorted(used):
                yield [code.swap(node, f"{node.id}[{at}]")]
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
             "vstack": ("hstack",), "hstack": ("vstack",), "median": ("mean",),
             "extend": ("append",), "append": ("extend",)}
    for _, node in code.each(ast.Call):
        if isinstance(node.func, ast.Attribute) and node.func.attr == "insert":
            yield [code.swap(node, f"{code.of(node.func.value)}.append({code.of(node.args[-1])})")]
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
        if (isinstance(node.func, ast.Attribute) and not isinstance(
                node.func.value, ast.Name)) or is_method_of_data(node):
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
    """Two lines in each other's place; the innermost lines come first."""
    pairs = []
    for _, node in code.each(ast.stmt):
        block = siblings(code, node)
        if node in block:
            k = block.index(node)
            pairs += [(far, -node.col_offset, k, node, after)
                      for far, after in enumerate(block[k + 1:k + 4], start=1)
                      if not isinstance(after, ast.Return)]  # what follows it is never done
    for far, _, _, node, after in sorted(pairs, key=lambda pair: pair[:3]):
        one, two = lines_of(code, node), lines_of(code, after)
        first, between, last = (code.text[slice(*one)], code.text[one[1]:two[0]],
                                code.text[slice(*two)])
        yield [Swap(one[0], two[1], last + between + first)]
        if far > 1:
            yield [Swap(one[0], two[1], between + last + first)]
            yield [Swap(one[0], two[1], last + first + between)]


def sides_of_loops(code: Code) -> Iterator:
    """A line inside a loop for one behind it, or the other way round."""
    for _, node in code.each(ast.For):
        block = siblings(code, node)
        if node not in block:
            continue
        k, last = block.index(node), node.body[-1]
        start, end = lines_of(code, node.body[0])[0], lines_of(code, last)[1]
        yield [Swap(code.starts[node.lineno - 1], end,
                    shifted(code.text[start:end], node.col_offset - last.col_offset))]
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


GENERIC = (turned, comparisons, signs, along, others_of_numpy, order, sides_of_loops, other_names,
           places, other_starts, too_much, numbers, too_little)
"""Every kind; they take turns, so that each has its share of those that are tried."""
