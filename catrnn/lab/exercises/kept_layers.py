"""Four layers to build a cat of: the learner's own where they can train one."""

from typing import NamedTuple

from catrnn import layers
from catrnn.lab.exercises import own_files
from catrnn.lab.exercises.judges import first_wrong, judges
from catrnn.lab.exercises.layers_file import BUILT, Refused, imported, read

PROGRAM = ("RecurrentLinearLayer", "ReLULayer", "LinearLayer", "LossLayer")
"""The layers of the course, in the order in which the first program goes through them."""


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


def my_layers() -> tuple:
    """Return four classes: the recurrent layer, the ReLU, the linear layer, the loss.

    The learner's own where they are kept and can go forward and backward, else the course's.
    Prints whose they are.
    """
    kept = kept_layers()
    print(kept.words)
    return kept.in_order()


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
