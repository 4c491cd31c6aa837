"""Changes inside a sum: its signs, brackets, matrices, and what is asked of its numbers."""

import ast
from collections.abc import Iterator
from itertools import combinations, product

from catrnn.lab.exercises.typed import (
    Code,
    Swap,
    bracketed,
    inner_first,
    is_numpy,
    number,
    operator_swap,
    together,
)


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


def sums(code: Code) -> Iterator:
    """sum(x), which adds up the rows, for np.sum(x)."""
    yield from together([code.swap(node.func, "np.sum") for _, node in code.each(ast.Call)
                         if isinstance(node.func, ast.Name) and node.func.id == "sum"])


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
            powers = [squared(code, side) for side in (left, right)]
            if powers[1]:  # x - y ** 2, or x ** 2 - y ** 2, for (x - y) ** 2
                head, base, tail = powers[1]
                first = powers[0][1] if powers[0] else code.of(left)
                new.append(f"{head}({first} {sign} {base}){tail}")
            yield from ([code.swap(node, text)] for text in new)
        if isinstance(node.op, ast.Mult | ast.Div | ast.MatMult) and isinstance(
                left, ast.BinOp) and isinstance(left.op, ast.Div):
            sign = "*" if isinstance(node.op, ast.Mult) else "/"
            yield [code.swap(node, f"{bracketed(code, left.left)} / ({code.of(left.right)} {sign} "
                                   f"{code.of(right)})")]


def squared(code: Code, node) -> tuple | None:
    """Return what stands before the base of a power, the base, and what stands behind it."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
        base = node.left
    elif isinstance(node, ast.Call) and is_numpy(node.func, "square", "abs") and node.args:
        base = node.args[0]
    else:
        return None
    (start, end), (low, high) = code.span(node), code.span(base)
    head, text, tail = code.text[start:low], code.text[low:high], code.text[high:end]
    return ("", text, tail) if isinstance(node, ast.BinOp) else (head[:-1], text, tail[1:])


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
        more = ["**"] if isinstance(node.op, ast.Mult) and number(node.right) else []
        for sign in (*others.get(type(node.op), ""), *more):
            if swap := operator_swap(code, node, sign):
                alike.setdefault((type(node.op), sign, code.of(node.right)), []).append(swap)
                alike.setdefault((code.of(node.left), type(node.op), sign), []).append(swap)
    for swaps in sorted(alike.values(), key=lambda swaps: -len(swaps)):
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
