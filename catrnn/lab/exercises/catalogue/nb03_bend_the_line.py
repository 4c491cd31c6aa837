"""03: the cut as a layer."""

import numpy as np

from catrnn.lab.exercises.exercise import Exercise, InvalidResult, NothingReturned, Slip, other
from catrnn.layers import ReLULayer

FORGETFUL = ("forward does not remember what came in, and the way back will ask for it. Before you "
             "return, write self.x = x.")


def cut(answer, x):
    """Use a layer twice: what it remembers is what came in last."""
    layer = answer()
    layer.forward(-x)
    out = layer.forward(x)
    if out is None:
        raise NothingReturned
    if isinstance(out, tuple):
        raise InvalidResult("forward returns one thing: x, cut at zero.")
    if not hasattr(layer, "x"):
        raise InvalidResult(FORGETFUL)
    return out, layer.x


def forgets(right, x):
    """A layer without a memory."""
    raise InvalidResult(FORGETFUL)


LAYER = Exercise(
    name="relu layer",
    notebook="03_bend_the_line",
    kind="class",
    layer="ReLULayer",
    reference=ReLULayer,
    solution_source="source(CourseReLULayer)",
    axes={"x": "N H"},
    first=(dict(x=np.array([[-1.0, 0.0, 0.5, 2.0]])),),
    returns=("the output", "self.x"),
    run=cut,
    slips=(
        Slip("forgets", FORGETFUL, forgets),
        Slip("gate instead of value",
             "This is the gate, 1 for open and 0 for shut; let the numbers through it.",
             other(0, lambda x: x > 0)),
        Slip("absolute value",
             "A number below zero lost its minus sign; it should become 0.",
             other(0, lambda x: np.abs(x))),
        Slip("minimum",
             "What is above zero was cut off, and what is below was kept: it is the other way "
             "round.",
             other(0, lambda x: np.minimum(0, x))),
        Slip("largest of all",
             "All numbers became one, the largest; each should be compared with 0 by itself. "
             "np.max looks through an array, np.maximum compares two.",
             other(0, lambda x: np.max(x))),
        Slip("largest of each column",
             "np.max(x, 0) takes the largest number of each column. np.maximum(0, x) compares each "
             "number with 0.",
             other(0, lambda x: np.max(x, axis=0))),
        Slip("nothing cut",
             "Nothing is cut off: the numbers below zero are still there.",
             other(0, lambda x: x)),
        Slip("cut at one",
             "The numbers are cut off above 1 too. Above zero all of them stay as they are.",
             other(0, lambda x: np.clip(x, 0, 1))),
        Slip("cut-offs removed",
             "The numbers below zero are gone; each should stay in its place, as a 0.",
             other(0, lambda x: x[x > 0])),
        Slip("output remembered",
             "self.x holds what went out. Keep what came in: self.x = x.",
             other(1, lambda x: np.maximum(0, x))),
        Slip("gate remembered",
             "self.x holds the gate. Keep the numbers that came in: self.x = x.",
             other(1, lambda x: x > 0)),
        Slip("first call remembered",
             "self.x is what came in at the first call of forward. Put it anew at each call.",
             other(1, lambda x: -x)),
    ),
    hints=(
        "Two lines: one keeps x in the box, the other returns each number of x, or 0 if it is "
        "below zero.",
        "np.maximum compares two arrays, or an array and a number, entry by entry. (np.max does "
        "something else.)",
        "To keep a thing in the box, give it a name that begins with self and a point.",
    ),
    on_success="This one bend is what makes a second layer worth its weights.",
)

EXERCISES = [LAYER]
