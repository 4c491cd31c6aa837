"""Changes of a whole line: what it returns or changes, and what it has too much or too little."""

import ast
from collections.abc import Iterator
from itertools import combinations, islice, permutations

from catrnn.lab.exercises.learner_code import CHANGING
from catrnn.lab.exercises.typed import (
    NUMPY,
    Code,
    Swap,
    bracketed,
    lines_of,
    siblings,
    simple,
    together,
)


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


def commas(code: Code) -> Iterator:
    """A comma behind the one thing of a line, which makes a tuple of it."""
    swaps = [code.swap(node, code.of(node.elts[0])) for _, node in code.each(ast.Tuple)
             if len(node.elts) == 1 and isinstance(code.parents[node], ast.Assign | ast.Return)]
    yield from together(swaps)


def twice(code: Code) -> Iterator:
    """A line that stands twice in its block."""
    for _, node in code.each(ast.stmt):
        block = siblings(code, node)
        before = block[:block.index(node)] if node in block else []
        if any(code.of(node) == code.of(other) for other in before):
            yield [Swap(*lines_of(code, node), "")]


def unreached(code: Code) -> Iterator:
    """A return with lines behind it, which are never done."""
    for _, node in code.each(ast.Return):
        block = siblings(code, node)
        if node in block[:-1]:
            start, end = lines_of(code, node)
            behind = code.starts[block[-1].end_lineno]
            text = code.text[end:behind]
            yield [Swap(start, behind, text + "\n" * (not text.endswith("\n"))
                        + code.text[start:end])]


def lost(code: Code) -> Iterator:
    """A sum that goes on in the next line, with no brackets around it."""
    for _, node in code.each(ast.Assign, ast.Return, ast.AugAssign):
        block = siblings(code, node)
        at = block.index(node) if node in block else len(block)
        last = node
        for step in block[at + 1:]:
            signed = isinstance(step, ast.Expr) and isinstance(first_of(step.value), ast.UnaryOp)
            if not signed:
                break
            last = step
        if last is not node:
            start, end = code.span(node.value)[0], code.span(last)[1]
            yield [Swap(start, end, f"({code.text[start:end]})")]


def signs_of_giving(code: Code) -> Iterator:
    """=+ and =- for += and -=, and == for =."""
    swaps = []
    for _, node in code.each(ast.Assign):
        value, target = first_of(node.value), node.targets[-1]
        start, end = code.span(target)[1], code.span(value)[0]
        if isinstance(value, ast.UnaryOp) and code.text[start:end].endswith("="):
            sign = code.text[end]  # it stands right behind the =
            if sign in "+-" and len(node.targets) == 1:
                swaps.append(Swap(*code.span(node), f"{code.of(target)} {sign}= "
                                  + code.text[end + 1:code.span(node)[1]].lstrip()))
    yield from together(swaps)
    yield from together([code.swap(node, code.of(node).replace("==", "=", 1))
                         for _, node in code.each(ast.Expr) if isinstance(node.value, ast.Compare)
                         and isinstance(node.value.ops[0], ast.Eq)])


def given_nothing(code: Code) -> Iterator:
    """hs = hs.append(...), which gives hs nothing, for hs.append(...)."""
    yield from together([code.swap(node, code.of(node.value)) for _, node in code.each(ast.Assign)
                         if isinstance(node.value, ast.Call)
                         and isinstance(node.value.func, ast.Attribute)
                         and node.value.func.attr in CHANGING])


def first_of(node):
    """Return the leftmost part of a sum or a product."""
    while isinstance(node, ast.BinOp):
        node = node.left
    return node


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
