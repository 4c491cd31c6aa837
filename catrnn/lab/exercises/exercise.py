"""What an author writes: an exercise, and the slips that learners make in it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

SIZES = (dict(N=3, D=2, H=4, T=5), dict(N=3, D=3, H=3, T=3), dict(N=2, D=4, H=3, T=2))
"""Lengths of the axes in the drawn probes. One is square, where a transposed matrix fits and gives
wrong numbers."""


SMALL = 23 * np.pi
"""What the numbers of a fine probe are divided by."""


class InvalidResult(Exception):
    """What came back is not what was asked for. An author raises it with words for the learner."""


class NothingReturned(InvalidResult):
    """None came back."""


class Slip(NamedTuple):
    """One way to be wrong."""

    name: str
    """A few words for authors. A slip of an exercise takes the place of the general one of the same
    name."""
    words: str
    """What the learner is told: what went wrong, and how to mend it. Whole sentences."""
    result: Callable
    """result(right, **probe): what an answer with this slip gives, where right(**probe) is what the
    reference gives: an array, or a tuple of them."""


def call(answer, **probe):
    """Call a function with the arguments in their order; the learner may name them otherwise."""
    return answer(*probe.values())


def other(part: int, wrong: Callable) -> Callable:
    """Return the result of a slip that works out one of several otherwise: wrong(**probe)."""
    def result(right, **probe):
        parts = list(right(**probe))
        parts[part] = wrong(**probe)
        return tuple(parts)

    return result


def fine(probe: dict) -> dict:
    """Return a probe whose numbers are small, with many decimals: what is rounded shows in it."""
    def small(x):
        if isinstance(x, list):
            return [small(one) for one in x]
        whole = np.asarray(x).dtype.kind != "f"
        return x if whole else x / SMALL

    return {name: small(x) for name, x in probe.items()}


@dataclass(frozen=True, kw_only=True, eq=False)  # eq=False: each is itself, so it can be a key
class Exercise:
    """A task with one right answer: a function, a class or (with kind "value") a plain value."""

    name: str
    """What the learner types in check("...")."""
    notebook: str
    """The notebook's file name without its ending."""
    reference: Any
    """The right answer, made of the package's own code: there is no second copy of the sums."""
    solution_source: str
    """What the learner types to see the course's answer: a call of `source`."""
    hints: tuple
    """From a nudge to nearly everything; never the line itself."""
    on_success: str
    """One sentence for a right answer: what it is good for."""
    axes: dict = field(default_factory=dict)
    """The arguments in order, with the letters of their axes: {"x": "N D", "b": "H", "lr": ""}. So
    probes are drawn."""
    first: tuple = ()
    """Probes written by hand, smallest first: a message shows the first one that goes wrong."""
    returns: tuple = ("the result",)
    """What comes back: the name of one array, or the names of several."""
    run: Callable = call
    """run(answer, **probe) -> result. For a class: build it, call it, return what is judged."""
    slips: tuple = ()
    """The slips of this exercise alone. They come before the general ones, and take their place by
    name."""
    kind: str = "function"
    """"function", "class" or "value"."""
    method: str = "forward"
    """For a class: the method that the learner writes."""
    also: tuple = ()
    """For a class: other methods that the learner writes in the same exercise."""
    layer: str = ""
    """For a layer that the learner builds whole, and may keep: the name of the course's class, as
    in "LinearLayer". With method="forward" it judges the way forward, with "backward" both."""
    mutates: tuple = ()
    """The arguments that the answer is meant to change in place; to change another is a slip."""
    allow_integers: bool = True
    """Whether the first argument may hold whole numbers; then one probe has integers."""
    lists: bool = False
    """Whether the arguments come as lists, not as arrays."""
    signature: tuple = ()
    """What the learner's function takes, where `run` makes that out of the arguments; else it takes
    the arguments."""
    changes: int = 160
    """How many small changes of a wrong answer are tried, at most; fewer where a run takes long."""
    when_stopped: dict = field(default_factory=dict)
    """What to say of an answer that stops, by a piece of what Python says then."""
    choices: tuple = ()
    """If a result is a word: all that it can be. `run` puts its number in its place, from 1."""

    @property
    def probes(self) -> list:
        """Every probe, a dict of arguments: those by hand, then drawn ones; one of these is fine,
        with many decimals, and the last may hold whole numbers."""
        rng = np.random.default_rng(0)
        probes = [dict(probe) for probe in self.first or [{}]]
        if self.axes:
            probes += [self.draw_probe(rng, sizes) for sizes in SIZES]
            probes.append(fine(self.draw_probe(rng, SIZES[0])))
        if self.axes and self.allow_integers:
            probes.append(self.draw_probe(rng, SIZES[-1], integers=True))
        return probes

    def draw_probe(self, rng, sizes: dict, integers: bool = False) -> dict:
        """Draw every argument with one decimal; without axes, a number from 0.2 to 0.8.

        sizes: how long each axis is. integers: the first argument holds whole numbers.
        """
        probe = {}
        for name, letters in self.axes.items():
            if not letters:
                probe[name] = round(rng.uniform(0.2, 0.8), 1)
                continue

            drawn = rng.standard_normal([sizes[axis] for axis in letters.split()]).round(1)
            if integers and not probe:
                drawn = np.rint(3 * drawn).astype(int)
            probe[name] = drawn.tolist() if self.lists else drawn
        return probe
