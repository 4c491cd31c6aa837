"""The code that a learner wrote: whether it is begun, where it stopped, and what a text defines."""

import ast
import inspect
import linecache
import textwrap
import traceback
from types import CodeType
from typing import Any

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
    for function in functions_of(answer):
        code = function.__code__
        lines = linecache.getlines(code.co_filename)
        try:
            tree = ast.parse("".join(lines))
        except SyntaxError:  # its file or cell was edited since
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and node.name == answer.__name__ and any(
                    begins(step, code) for step in node.body):
                return textwrap.dedent("".join(lines[first_line(node) - 1:node.end_lineno]))
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
