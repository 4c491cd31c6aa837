"""Changes of a number that was typed or counted, of a place in an array, and of an axis."""

import ast
import builtins
from collections.abc import Iterator

from catrnn.lab.exercises.learner_code import arguments_of
from catrnn.lab.exercises.typed import Code, bracketed, is_numpy, is_self, number, simple, together

METHODS = ("all", "any", "copy", "max", "mean", "min", "std", "sum", "var")
"""What an array can do, and what is done only with brackets behind it."""


def fixed(code: Code) -> Iterator:
    """A number that was typed, for one that depends on what came in."""
    groups = {}
    for function, node in code.each(ast.Constant):
        in_shape = isinstance(code.parents[node], ast.Tuple) and isinstance(
            code.parents[code.parents[node]], ast.Call)  # as in np.zeros((n, 1))
        if number(node) and (node.value not in (0, 1) or (in_shape and node.value == 1)):
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
    shapes = [code.swap(node, f"{code.of(node.value)}.size")
              for _, node in code.each(ast.Attribute) if node.attr == "shape"
              and not isinstance(code.parents[node], ast.Subscript | ast.Call | ast.Assign)]
    yield from together(shapes)
    yield from together([code.swap(node.args[0], f"len({code.of(node.args[0])})")
                         for _, node in code.each(ast.Call) if code.of(node.func) == "range"
                         and len(node.args) == 1 and simple(node.args[0])])


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


def first_alone(code: Code) -> Iterator:
    """x[0], the first row or number, for all of them added up, or for all of them."""
    for _, node in code.each(ast.Subscript):
        if isinstance(node.ctx, ast.Load) and number(node.slice):
            yield [code.swap(node, f"{code.of(node.value)}.sum(axis=0)")]
            yield [code.swap(node, code.of(node.value))]


def called(code: Code) -> Iterator:
    """A function without its brackets, or with too much in them, or brackets of the wrong kind."""
    functions = set(code.exercise.signature or ()) - set(code.exercise.axes)
    swaps = [code.swap(node, f"{node.id}()") for _, node in code.each(ast.Name)
             if node.id in functions and isinstance(node.ctx, ast.Load)
             and id(node) not in code.functions_called]
    yield from together(swaps)
    yield from together([code.swap(node, code.of(node.func)) for _, node in code.each(ast.Call)
                         if isinstance(node.func, ast.Attribute) and not node.args
                         and node.func.attr in ("size", "shape", "T", "ndim")])
    yield from together([code.swap(node, f"{code.of(node)}()") for _, node in
                         code.each(ast.Attribute) if id(node) not in code.functions_called
                         and node.attr in METHODS and not is_self(node.value)
                         and not is_numpy(node, *METHODS)])
    calls = {}
    for _, node in code.each(ast.Call):
        if simple(node.func) and node.args and not hasattr(builtins, code.of(node.func)):
            calls.setdefault(code.of(node.func), []).append(node)
    for name, same in calls.items():
        yield from together([code.swap(node, f"{name}()") for node in same])
        yield from together([code.swap(node, f"{name}[{', '.join(map(code.of, node.args))}]")
                             for node in same])


def numbers(code: Code) -> Iterator:
    """Another small number."""
    for _, node in code.each(ast.Constant, ast.UnaryOp):
        if number(node) and not isinstance(code.parents[node], ast.UnaryOp):
            value = ast.literal_eval(node)
            others = (0, 1, 2, -1, -value, value + 1, value - 1, 10 * value, value / 10)
            for other in dict.fromkeys(others):
                if other != value:
                    yield [code.swap(node, f"{other}")]
    for _, node in code.each(ast.Call):
        if code.of(node.func) == "len":
            yield [code.swap(node, f"{code.of(node)} + 1")]
            yield [code.swap(node, f"{code.of(node)} - 1")]


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
            options += [low] if low else []  # one of them, not a row of one
            if low.startswith("-") and not high:  # the last ones for the first ones
                options += [f":{low[1:]}", f"{low[1:]}:"]
            elif high.startswith("-") and not low:
                options += [f"{high[1:]}:", f":{high[1:]}"]
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
                singles = [name for name, axes in code.exercise.axes.items() if not axes]
                for other in (f"{one} + 1", f"{one} - 1", "0", "1",
                              *(f"{one} - {name}" for name in singles if name not in one)):
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
        if isinstance(node.func, ast.Attribute) and node.func.attr in ("min", "max", "mean", "sum"):
            whole = node.args[0] if is_numpy(node.func, node.func.attr) and node.args else (
                node.func.value)
            yield [code.swap(node, f"{bracketed(code, whole)}[-1]")]
        if code.of(node.func) in ("min", "max", "sum") and len(node.args) == 1:
            yield [code.swap(node, f"{bracketed(code, node.args[0])}[-1]")]
        if isinstance(node.func, ast.Attribute) and node.func.attr == "insert":
            yield [code.swap(node, f"{code.of(node.func.value)}.append({code.of(node.args[-1])})")]
    for _, node in code.each(ast.Attribute):
        if id(node) in code.functions_called and not is_self(node.value):
            for other in pairs.get(node.attr, ()):
                yield [code.swap(node, f"{code.of(node.value)}.{other}")]
