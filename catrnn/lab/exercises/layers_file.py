"""my_layers.py, the file of the layers that a learner built: its text, and what it makes."""

import ast
import linecache
from types import ModuleType

from catrnn.lab.exercises import own_files, shown
from catrnn.lab.exercises.learner_code import error_site, first_line
from catrnn.lab.exercises.run import quiet

BUILT = ("LinearLayer", "ReLULayer", "LossLayer", "RecurrentLinearLayer")
"""The layers of the course, in the order in which they are built."""

HEADER = '''"""The layers that I built; keep(...) writes each correct one here, as I typed it."""

import numpy as np
'''


class Refused(Exception):
    """A class that is not kept. Argument: why, in words for the learner."""


def read() -> str:
    """Return the learner's file; where there is none, its first lines. Raises Refused."""
    path = own_files.place(own_files.LAYERS)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return HEADER
    except (OSError, ValueError):
        raise Refused(f"{path.name} cannot be read. Rename it, then keep again.") from None
    parsed(text)
    return text if text.strip() else HEADER


def parsed(text: str) -> ast.Module:
    """Return the tree of the learner's file. Raises Refused, in words."""
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as problem:
        place = f"Line {problem.lineno} of " if getattr(problem, "lineno", None) else ""
        raise Refused(f"{place}{own_files.LAYERS} is not Python, and is left as it is. "
                      "Mend or rename the file, then run this cell again.") from None


def with_class(text: str, name: str, own: str) -> str:
    """Return the text of a module with a class in it: in place of the one of its name, or new."""
    text = with_numpy(text)
    lines, own = text.rstrip("\n").split("\n"), own.rstrip("\n").split("\n")
    classes = [node for node in parsed(text).body if isinstance(node, ast.ClassDef)]
    for node in reversed(classes):
        if node.name == name:
            lines[first_line(node) - 1:node.end_lineno] = own
            return "\n".join(lines) + "\n"

    order = [f"My{layer}" for layer in BUILT]
    for node in classes:
        if node.name in order[order.index(name) + 1:]:
            start = first_line(node) - 1
            while lines[start - 1].startswith("#"):  # a remark above it stays with it
                start -= 1
            lines[start:start] = [*own, "", ""]
            return "\n".join(lines) + "\n"
    return "\n".join([*lines, "", "", *own]) + "\n"


def with_numpy(text: str) -> str:
    """Return the text of a module that imports NumPy as np."""
    tree, lines, first = parsed(text), text.split("\n"), 0
    for node in tree.body:
        names = node.names if isinstance(node, ast.Import | ast.ImportFrom) else []
        if any((alias.asname or alias.name) == "np" for alias in names):
            return text
        opens = node is tree.body[0] and ast.get_docstring(tree) is not None
        if opens or getattr(node, "module", "") == "__future__":
            first = node.end_lineno
    lines[first:first] = ["", "import numpy as np"] if first else ["import numpy as np"]
    return "\n".join(lines)


def imported(text: str) -> ModuleType:
    """Return the module that a text makes, in a fresh namespace. Raises Refused."""
    file, module = own_files.LAYERS, ModuleType("my_layers")
    linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
    try:
        with quiet():
            exec(compile(text, file, "exec"), vars(module))
    except KeyboardInterrupt:
        raise
    except BaseException as problem:  # what else stands in the file is the learner's
        words = shown.error_words(error_site(problem, files={file}))
        raise Refused(f"{file} cannot be used. {words}. Mend it there.") from None
    return module
