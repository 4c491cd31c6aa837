"""The code that a learner wrote: whether it is begun, where it stopped, and what a text defines."""

import ast
import builtins
import inspect
import linecache
import textwrap
import traceback
from types import CodeType, ModuleType
from typing import Any, NamedTuple

import numpy as np

from catrnn.lab.exercises.findings import ErrorSite

TYPED = "<your answer>"
"""The file name of an answer that was given as text."""


def compile_text(text: str) -> Any:
    """Return the function or class that a text defines last. Raises what Python raises."""
    linecache.cache[TYPED] = (len(text), None, text.splitlines(keepends=True), TYPED)
    names = {"np": np}
    exec(compile(text, TYPED, "exec"), names)
    defined = [thing for thing in names.values() if callable(thing) and TYPED in files_of(thing)]
    if not defined:
        raise NameError("the text defines no function and no class")
    return defined[-1]


def is_stub(answer) -> bool:
    """Whether a function's body is a docstring, the three dots, pass or a bare return."""
    if not inspect.isfunction(answer):
        return False
    code = answer.__code__
    try:
        tree = ast.parse("".join(linecache.getlines(code.co_filename)))
    except SyntaxError:  # its file or cell was edited since
        return False

    # two lambdas may share a line: all that begins there has to be a stub
    bodies = [body_of(node) for node in ast.walk(tree) if begins(node, code)]
    return bool(bodies) and all(does_nothing(step) for body in bodies for step in body)


def class_text(answer: type) -> str | None:
    """Return a class as it was typed, moved to the left margin; None if its text is not there.

    `inspect.getsource` finds no class of a notebook, but its methods know their cell and line.
    """
    found = definition_of(answer)
    return found and found.text


CHANGING = ("append", "clear", "extend", "fill", "insert", "pop", "put", "remove", "resize",
            "reverse", "sort")
"""What changes a list or an array from within."""


class Definition(NamedTuple):
    """A function or class as the learner typed it, and what stands around it."""

    name: str
    text: str
    """Its lines, moved to the left margin."""
    line: int
    """The number of its first line in the cell, from 1."""
    names: dict
    """The names of the notebook, and what they hold."""


def definition_of(answer) -> Definition | None:
    """Return the text of a learner's function or class; None if it is not there."""
    wanted = ast.ClassDef if isinstance(answer, type) else ast.FunctionDef
    for function in functions_of(answer):
        code = function.__code__
        lines = linecache.getlines(code.co_filename)
        try:
            tree = ast.parse("".join(lines))
        except SyntaxError:  # its file or cell was edited since
            continue
        for node in ast.walk(tree):
            steps = node.body if wanted is ast.ClassDef and isinstance(node, wanted) else [node]
            if not isinstance(node, wanted) or not any(begins(step, code) for step in steps):
                continue
            if wanted is ast.ClassDef and node.name != answer.__name__:
                continue
            first = first_line(node)
            text = textwrap.dedent("".join(lines[first - 1:node.end_lineno]))
            return Definition(node.name, text, first, function.__globals__)
    return None


class Borrowed(NamedTuple):
    """A name in an answer that is neither its own nor Python's."""

    name: str
    line: int
    known: bool
    """Whether the notebook has it: an array, a number or another thing, no function or class."""


def borrowed(definition: Definition) -> list:
    """Return what an answer takes from around it, in the order of its lines, each name once."""
    found = {}
    for function in functions_in(ast.parse(definition.text)):
        own = names_bound(function) | {definition.name}
        for node in ast.walk(function):
            if not isinstance(node, ast.Name) or not isinstance(node.ctx, ast.Load):
                continue
            if node.id in own or hasattr(builtins, node.id) or node.id in found:
                continue
            thing = definition.names.get(node.id)
            if not isinstance(thing, ModuleType | type) and not callable(thing):
                found[node.id] = Borrowed(node.id, definition.line + node.lineno - 1,
                                          node.id in definition.names)
    return list(found.values())


def functions_in(tree: ast.AST) -> list:
    """Return the functions of a text, or the methods of its class, in their order."""
    node = tree.body[0]
    steps = node.body if isinstance(node, ast.ClassDef) else [node]
    return [step for step in steps if isinstance(step, ast.FunctionDef)]


def arguments_of(function: ast.FunctionDef) -> list:
    """Return the names of a function's arguments, without self."""
    given = function.args
    return [a.arg for a in (*given.posonlyargs, *given.args, *given.kwonlyargs) if a.arg != "self"]


def names_bound(function: ast.FunctionDef) -> set:
    """Return every name that a function gives a value to, its arguments included."""
    bound = {"self", *arguments_of(function)}
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            bound.add(node.id)
        elif isinstance(node, ast.arg):
            bound.add(node.arg)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            bound.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            bound |= {(alias.asname or alias.name).split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ExceptHandler) and node.name:
            bound.add(node.name)
    return bound


def unused(definition: Definition) -> list:
    """Return the arguments that no line of a function, or of a method, asks for."""
    found = []
    for function in functions_in(ast.parse(definition.text)):
        asked = {node.id for node in ast.walk(function)
                 if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
        if function.name != "__init__":
            found += [name for name in arguments_of(function) if name not in asked]
    return found


def second_names(definition: Definition, name: str) -> list:
    """Return the names to which an answer gives what another name holds already: b = a."""
    return [node.targets[0].id for node in ast.walk(ast.parse(definition.text))
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
            and isinstance(node.value, ast.Name) and node.value.id == name]


def changed_in(definition: Definition, name: str) -> tuple | None:
    """Return the line, its number first, in which an answer changes a thing in place."""
    for node in ast.walk(ast.parse(definition.text)):
        target = None
        if isinstance(node, ast.AugAssign):
            target = node.target
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript):
            target = node.targets[0]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            target = node.func.value if node.func.attr in CHANGING else None
        while isinstance(target, ast.Subscript):
            target = target.value
        if isinstance(target, ast.Name) and target.id == name:
            code = definition.text.splitlines()[node.lineno - 1].strip()
            return definition.line + node.lineno - 1, code
    return None


def first_line(node) -> int:
    """Return the line in which a definition begins, its decorators included."""
    return min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])


def begins(node: ast.AST, code: CodeType) -> bool:
    """Whether a node is the def, or lambda, that this code may have been made of."""
    if isinstance(node, ast.Lambda):
        return code.co_name == "<lambda>" and node.lineno == code.co_firstlineno
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return code.co_name == node.name and first_line(node) == code.co_firstlineno
    return False


def body_of(node) -> list:
    """Return the statements of a function; a lambda has one, a return."""
    return [ast.Return(node.body)] if isinstance(node, ast.Lambda) else node.body


def does_nothing(step: ast.stmt) -> bool:
    """Whether a statement does nothing and gives back nothing."""
    if isinstance(step, ast.Return):
        return step.value is None or getattr(step.value, "value", "") in (None, ...)
    return isinstance(step, ast.Pass) or (
        isinstance(step, ast.Expr) and isinstance(step.value, ast.Constant))


def error_site(problem: BaseException, answer=None, files: set | None = None) -> ErrorSite:
    """Return the last line of the learner's own code, in these files, on the way to an error."""
    files = files or files_of(answer)
    frames = traceback.extract_tb(problem.__traceback__)
    own = [frame for frame in frames if frame.filename in files]
    if not own:
        return ErrorSite(problem)
    code = linecache.getline(own[-1].filename, own[-1].lineno)
    return ErrorSite(problem, own[-1].lineno, code.strip())


def files_of(answer) -> set:
    """Return the files, or cells, in which an answer was written."""
    if isinstance(answer, str):
        return {TYPED}
    return {f.__code__.co_filename for f in functions_of(answer)}


def functions_of(answer) -> list:
    """Return the learner's functions: the answer itself, or the methods of a class."""
    members = vars(answer).values() if isinstance(answer, type) else [answer]
    functions = map(inspect.unwrap, filter(callable, members))
    return [f for f in functions if isinstance(getattr(f, "__code__", None), CodeType)]
