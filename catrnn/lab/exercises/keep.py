"""The layers that a learner builds: kept in my_layers.py beside the notebooks, used from there."""

import ast
import builtins
import linecache
import symtable
from types import ModuleType
from typing import NamedTuple

from catrnn import layers
from catrnn.lab.exercises import learner, own_files, page_lines, shown
from catrnn.lab.exercises.catalogue import EXERCISES
from catrnn.lab.exercises.compare import same
from catrnn.lab.exercises.exercise import Exercise
from catrnn.lab.exercises.findings import CORRECT
from catrnn.lab.exercises.learner_code import class_text, error_site, first_line
from catrnn.lab.exercises.run import quiet, run

BUILT = ("LinearLayer", "ReLULayer", "LossLayer", "RecurrentLinearLayer")
"""The layers of the course, in the order in which they are built."""

PROGRAM = ("RecurrentLinearLayer", "ReLULayer", "LinearLayer", "LossLayer")
"""The same, in the order in which the first program goes through them."""

HEADER = '''"""The layers that I built; keep(...) writes each correct one here, as I typed it."""

import numpy as np
'''

NOTHING = "Nothing is kept."
NOTEBOOKS_OWN = {"display", "get_ipython"}
"""What a notebook puts among Python's own names; a module has them not."""


class Refused(Exception):
    """A class that is not kept. Argument: why, in words for the learner."""


class Kept(NamedTuple):
    """Four classes to build a cat of, and whose they are."""

    classes: dict
    """By the names of the course's layers."""
    words: str
    """Whose they are, in a sentence."""
    own: tuple
    """The names of those that are the learner's."""

    def in_order(self) -> tuple:
        """Return the classes in the order of the first program."""
        return tuple(self.classes[name] for name in PROGRAM)


def keep(layer=None, *more) -> None:
    """Write a correct layer, as it was typed, into my_layers.py beside the notebooks.

    layer: the class, called MyLinearLayer, MyReLULayer, MyLossLayer or MyRecurrentLinearLayer.
    Prints one line. A class that is not correct is not kept: then the line is that of `check`.
    Another class of this name makes room in the file; all else in it stays. Raises nothing.
    """
    try:
        if more:
            raise Refused("Give one class at a time.")
        print(write_layer(layer))
    except KeyboardInterrupt:
        raise
    except Refused as problem:
        print(problem, NOTHING)
    except BaseException as problem:  # a learner is never shown our own trouble in red
        print(f"It cannot be kept: {type(problem).__name__}. {NOTHING}")


def my_layers() -> tuple:
    """Return four classes: the recurrent layer, the ReLU, the linear layer, the loss.

    The learner's own where they are kept and can go forward and backward, else the course's.
    Prints whose they are.
    """
    kept = kept_layers()
    print(kept.words)
    return kept.in_order()


def write_layer(layer) -> str:
    """Put a class into the learner's file and return what is said of it. Raises Refused."""
    name = layer_of(layer)
    exercises = judges(name, hasattr(layer, "backward"))
    if line := first_wrong(layer, exercises):
        raise Refused(line)

    text = class_text(layer)
    if text is None:
        raise Refused(f"The text of {layer.__name__} is out of sight. "
                      "Run the cell that defines it again, then keep.")
    if strange := strangers(layer.__name__, text):
        raise Refused(f"{layer.__name__} uses {' and '.join(strange)}, and in a file of its own "
                      "there is no such thing. Use what is given to it, as in self.c_w, and np.")

    whole = with_class(read(), layer.__name__, text)
    alone = getattr(imported(whole), layer.__name__)
    if line := first_wrong(alone, exercises):
        raise Refused(line)
    try:
        own_files.write(own_files.place(own_files.LAYERS), whole)
    except OSError:
        raise Refused(f"{layer.__name__} is correct, but this folder cannot be written.") from None

    for exercise in exercises:
        learner.remember(exercise.name, CORRECT)
    far = "forward and backward" if hasattr(layer, "backward") else "forward"
    words = f"{exercises[-1].name}: correct. Kept in {own_files.LAYERS}: {name} ({far})."
    return words if own_files.lasts() else f"{words} {page_lines.THIS_PAGE_ONLY}"


def layer_of(layer) -> str:
    """Return the name of the course's layer that a learner's class is meant to be."""
    expected = " or ".join(f"My{name}" for name in BUILT)
    if layer is None or layer is ...:
        raise Refused(f"Give the class: {expected}.")
    if not isinstance(layer, type):
        raise Refused(f"A class is expected, but {shown.kind_of(type(layer))} was given. "
                      f"Give its name, without brackets behind it: {expected}.")
    name = layer.__name__.removeprefix("My")
    if layer.__name__ == name or name not in BUILT:
        raise Refused(f"Which layer is {layer.__name__}? Call it {expected}.")
    if layer.__bases__ != (object,):
        base = layer.__bases__[0].__name__
        raise Refused(f"{layer.__name__} leans on {base}. To be kept it has to be whole: begin "
                      f"with class {layer.__name__}: and write every method.")
    return name


def judges(name: str, with_backward: bool) -> list:
    """Return the exercises that judge a layer, the way forward first."""
    own = [exercise for exercise in EXERCISES if exercise.layer == name]
    forward = [exercise for exercise in own if exercise.method != "backward"]
    return forward + [e for e in own if e not in forward] if with_backward else forward


def first_wrong(layer: type, exercises: list, judge=learner.judge) -> str:
    """Return the line of `check` at the first exercise that is not yet correct; "" if all are."""
    verdicts = [judge(exercise, layer) for exercise in exercises]
    goes_back = exercises[1:] and verdicts[-1].state == CORRECT
    for exercise, verdict in zip(exercises, verdicts, strict=True):
        right = verdict.state == CORRECT or (goes_back and right_output(exercise, layer))
        if not right:
            return page_lines.line(exercise.name, verdict.state, verdict.words)
    return ""


def right_output(exercise: Exercise, layer: type) -> bool:
    """Whether what comes out is right: what a layer remembers is its own affair if it gets back."""
    return all(attempt.got.parts and same(attempt.expected.parts[0], attempt.got.parts[0])
               for attempt in run(exercise, layer))


def strangers(name: str, text: str) -> list:
    """Return the names in a class that a module with nothing but np does not know."""
    known = {name, "np", *dir(builtins)} - NOTEBOOKS_OWN
    tables, found = [symtable.symtable(text, name, "exec")], set()
    while tables:
        table = tables.pop()
        tables += table.get_children()
        found |= {symbol.get_name() for symbol in table.get_symbols() if symbol.is_referenced()
                  and (symbol.is_global() or table.get_type() == "module")}
    return sorted(found - known)


# The file


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


# Whose layers


def kept_layers() -> Kept:
    """Return the layers that train a cat: the learner's where they can, else the course's."""
    classes = {name: getattr(layers, name) for name in BUILT}
    try:
        module = imported(read())
    except Refused as problem:
        return Kept(classes, f"{problem} So all four layers are the course's.", ())

    own, not_own = [], []
    for name in BUILT:
        mine = getattr(module, f"My{name}", None)
        reason = why_not(name, mine)
        if reason is None:
            classes[name] = mine
            own.append(name)
        else:
            not_own.append(f"{name}{reason}")
    yours = ", ".join(own) or f"none yet (keep writes them into {own_files.LAYERS})"
    words = f"Yours: {yours}. The course's: {', '.join(not_own) or 'none'}."
    return Kept(classes, words, (*own,))


def why_not(name: str, mine) -> str | None:
    """Return why a kept class cannot train a cat, in brackets or in none; None if it can."""
    if not isinstance(mine, type):
        return ""
    exercises = judges(name, with_backward=True)
    if not hasattr(mine, "backward"):
        return f" (yours has no backward yet: notebook {exercises[-1].notebook[:2]})"
    if first_wrong(mine, exercises):
        return f" (yours in {own_files.LAYERS} is not correct any more: check it in its notebook)"
    return None
