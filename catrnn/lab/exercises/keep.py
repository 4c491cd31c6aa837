"""A layer that a learner built, written as it was typed into a file beside the notebooks."""

import builtins
import symtable

from catrnn.lab.exercises import learner, own_files, page_lines, shown
from catrnn.lab.exercises.findings import CORRECT
from catrnn.lab.exercises.judges import first_wrong, judges
from catrnn.lab.exercises.layers_file import BUILT, Refused, imported, read, with_class
from catrnn.lab.exercises.learner_code import class_text

NOTHING = "Nothing is kept."

NOTEBOOKS_OWN = {"display", "get_ipython"}
"""What a notebook puts among Python's own names; a module has them not."""


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
