"""Changes of where a line stands: inside a loop or behind it, before another line or after it."""

import ast
from collections.abc import Iterator

from catrnn.lab.exercises.typed import Code, Swap, lines_of, moved_to, shifted, siblings, together


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


def listed_otherwise(code: Code) -> Iterator:
    """What is put into a list is worked on once more, and what goes on is not."""
    for _, node in code.each(ast.Expr):
        call = node.value
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)
                and call.func.attr == "append" and len(call.args) == 1):
            continue
        thing = call.args[0]
        for name in sorted(names_of(thing)) if not isinstance(thing, ast.Name) else ():
            start = code.starts[node.lineno - 1]
            line = f"{' ' * node.col_offset}{name} = {code.of(thing)}\n"
            yield [Swap(start, start, line), code.swap(thing, name)]


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
    for _, loop in code.each(ast.For):
        inner = loop.body[0]
        if isinstance(inner, ast.For):
            heads = [(code.span(one)[0], code.span(one.iter)[1]) for one in (loop, inner)]
            texts = [code.text[slice(*head)] for head in heads]
            yield [Swap(*heads[0], texts[1]), Swap(*heads[1], texts[0])]
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
