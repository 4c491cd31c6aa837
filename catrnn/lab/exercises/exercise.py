"""What an author writes: an exercise, and the slips that learners make in it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

SIZES = (dict(N=3, D=2, H=4, T=5), dict(N=3, D=3, H=3, T=3), dict(N=2, D=4, H=3, T=2))
"""Lengths of the axes in the drawn probes. One is square, where a transposed matrix fits and gives wrong numbers."""


class Slip(NamedTuple):
    """One way to be wrong."""

    name: str
    """A few words for authors. A slip of an exercise stands in for the one of the general family of the same name."""
    words: str
    """What the learner is told: what went wrong, and how to mend it. Whole sentences."""
    result: Callable
    """result(right, **probe): what an answer with this slip gives, where right(**probe) is what the reference gives."""


def call(answer, **probe):
    """Ask a function: the arguments in their order, so that the learner may name them otherwise."""
    return answer(*probe.values())


def other(part: int, wrong: Callable) -> Callable:
    """Return the result of a slip that works out one of several results otherwise: wrong(**probe)."""
    def result(right, **probe):
        parts = list(right(**probe))
        parts[part] = wrong(**probe)
        return tuple(parts)

    return result


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """A task with one right answer, which is a function, a class or (with kind "value") a plain value."""

    name: str
    """What the learner types in check("...")."""
    notebook: str
    """The notebook's file name without its ending."""
    reference: Any
    """The right answer, made of the package's own code: there is no second copy of the sums."""
    look: str
    """What the learner types to see the course's answer: a call of `source`."""
    hints: tuple
    """From a nudge to nearly everything; never the line itself."""
    why: str
    """One sentence for a right answer: what it is good for."""
    axes: dict = field(default_factory=dict)
    """The arguments in order, with the letters of their axes: {"x": "N D", "b": "H", "lr": ""}. So probes are drawn."""
    first: tuple = ()
    """Probes written by hand, smallest first: a message shows the first one that goes wrong."""
    returns: tuple = ("the result",)
    """What comes back: the name of one array, or the names of several."""
    ask: Callable = call
    """ask(answer, **probe) -> result. For a class: build it, call it, return what is to be judged."""
    slips: tuple = ()
    """The slips of this exercise alone. They come before the general ones, and take their place by name."""
    kind: str = "function"
    """"function", "class" or "value"."""
    own: str = "forward"
    """For a class: the method that the learner writes."""
    changes: tuple = ()
    """The arguments that the answer is meant to change in place; to change another one is a slip."""
    whole: bool = True
    """Whether the first argument may hold whole numbers; then one probe has an array of integers."""
    lists: bool = False
    """Whether the arguments come as lists, not as arrays."""
    takes: tuple = ()
    """What the learner's function takes, where `ask` makes that out of the arguments; else it takes these."""
    words: tuple = ()
    """If a result is a word: all that it can be. `ask` puts its number in its place, from 1."""

    @property
    def probes(self) -> list:
        """Every probe, a dict of arguments: those by hand, then drawn ones; the last may hold whole numbers."""
        rng = np.random.default_rng(0)
        probes = [dict(probe) for probe in self.first or [{}]]
        if not self.axes:
            return probes
        drawn = [self.draw(rng, sizes) for sizes in SIZES]
        return [*probes, *drawn, *([self.draw(rng, SIZES[-1], whole=True)] if self.whole else [])]

    def draw(self, rng, sizes: dict, whole: bool = False) -> dict:
        """Draw every argument with one decimal; without axes, a number from 0.2 to 0.8. sizes: how long each axis is.

        whole: the first argument holds integers.
        """
        probe = {}
        for name, letters in self.axes.items():
            shape = [sizes[axis] for axis in letters.split()]
            drawn = rng.standard_normal(shape).round(1) if letters else round(rng.uniform(0.2, 0.8), 1)
            drawn = np.rint(3 * drawn).astype(int) if whole and not probe else drawn
            probe[name] = drawn.tolist() if self.lists and letters else drawn
        return probe
