"""Changes of a name: of the notebook, of something else that came in, or of what was made up."""

import ast
import builtins
import difflib
from collections.abc import Iterator
from itertools import combinations, islice, product

from catrnn.lab.exercises.learner_code import arguments_of, borrowed
from catrnn.lab.exercises.typed import NUMPY, Code, is_numpy, is_self, simple


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


def shadowed(code: Code) -> Iterator:
    """A name that came in, or is in use, for a second thing."""
    for function in code.functions:
        used = [node for _, node in code.each(ast.Name) if _ is function]
        given = [node for node in used if isinstance(node.ctx, ast.Store)]
        for name in dict.fromkeys(node.id for node in given):
            stores = [node for node in given if node.id == name]
            if name not in arguments_of(function) and len(stores) < 2:
                continue
            asked = [node for node in used if node.id == name and node not in stores]
            things = [node for node in asked if not isinstance(code.parents[node], ast.Attribute)]
            fewer = [few for size in (1, 2) for few in combinations(things, size)]
            for store, some in product(reversed(stores), [things, *fewer]):
                yield [code.swap(node, f"{name}_now") for node in (store, *some)]


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
        if isinstance(node.func, ast.Name) and not node.args and not node.keywords:
            parent = code.parents[node]
            whole = parent if isinstance(parent, ast.Subscript) and parent.value is node else node
            yield from ([code.swap(whole, name)] for name in code.within(function))
        if is_numpy(node.func, "zeros", "ones", "zeros_like", "ones_like", "array"):
            for name in code.within(function):
                yield [code.swap(node, name)]
                yield [code.swap(node, f"{name}.copy()")]
                yield [code.swap(node, f"np.zeros({name}.shape)")]
