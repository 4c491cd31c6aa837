"""04: how wrong, and which way."""

import numpy as np

from catrnn.lab.exercises.exercise import Exercise, InvalidResult, NothingReturned, Slip, other
from catrnn.layers import LossLayer

FORGETFUL = ("forward does not remember what came in, and backward asks for it. Before you return, "
             "write self.x = x and self.y = y.")
FORGOTTEN = ("backward asks for self.{name}, and forward keeps none: before it returns, forward "
             "should write self.{name} = {name}.")
UNFINISHED = ("backward returns nothing yet. Write it too, in the same class, and end it with a "
              "line that begins with return.")
FIRST_CALL = ("backward still uses the guesses of an earlier call. Put self.x and self.y anew at "
              "each call of forward.")


def there_and_back(answer, x, y, before=None):
    """Use a layer twice: what it goes back from is what came in last, not what came before."""
    layer = answer()
    layer.forward(*(before or (y + 1, y - x)))
    loss = layer.forward(x, y)
    if loss is None:
        raise NothingReturned
    if isinstance(loss, tuple):
        raise InvalidResult("forward returns one thing, the loss; the gradient is backward's.")
    if not hasattr(layer, "backward"):
        raise InvalidResult(UNFINISHED)
    try:
        d_x = layer.backward()
    except AttributeError as problem:
        if problem.name in ("x", "y"):
            raise InvalidResult(FORGETFUL) from None
        if problem.obj is layer:
            raise InvalidResult(FORGOTTEN.format(name=problem.name)) from None
        raise
    if d_x is None:
        raise InvalidResult(UNFINISHED)
    if isinstance(d_x, tuple):
        raise InvalidResult("backward returns one thing, d_x.")
    return loss, d_x


def loss_slip(name: str, words: str, wrong) -> Slip:
    """A slip in the loss."""
    return Slip(name, words, other(0, wrong))


def gradient_slip(name: str, words: str, wrong) -> Slip:
    """A slip in the gradient."""
    return Slip(name, words, other(1, wrong))


def divided_twice_by_rows(right, x, y):
    """The number of rows where the number of values is meant, in the loss and in the gradient."""
    return ((x - y) ** 2).sum() / len(x), 2 * (x - y) / len(x)


def from_the_first_call(right, x, y):
    """A layer that goes back from what came in at the first call."""
    return right(x=x, y=y)[0], right(x=y + 1, y=y - x)[1]


LAYER = Exercise(
    name="loss layer",
    notebook="04_measure_the_miss",
    kind="class",
    layer="LossLayer",
    also=("backward",),
    reference=LossLayer,
    solution_source="source(CourseLossLayer)",
    axes={"x": "N D", "y": "N D"},
    first=(dict(x=np.array([[1.0, 3.0]]), y=np.array([[2.0, 1.5]])),),
    returns=("loss", "d_x"),
    run=there_and_back,
    allow_integers=False,  # a nudge needs floats, and a gradient by nudges is right too
    slips=(
        loss_slip("sum for mean",
                  "The loss is the sum of the squared misses; divide it by how many there are.",
                  lambda x, y: ((x - y) ** 2).sum()),
        loss_slip("not squared",
                  "The misses are not squared, so one too high makes up for one too low.",
                  lambda x, y: (x - y).mean()),
        loss_slip("absolute misses",
                  "The loss is the mean of the absolute misses; square them instead.",
                  lambda x, y: np.abs(x - y).mean()),
        loss_slip("half the loss",
                  "The loss is halved. Some books do so; here it is the plain mean of the squares.",
                  lambda x, y: ((x - y) ** 2).mean() / 2),
        loss_slip("root of the loss",
                  "A square root was taken; the loss is the mean of the squares itself.",
                  lambda x, y: np.sqrt(((x - y) ** 2).mean())),
        loss_slip("mean squared",
                  "The mean was taken first and squared afterwards, so misses make up for one "
                  "another. Square each miss, then take the mean.",
                  lambda x, y: (x - y).mean() ** 2),
        loss_slip("mean over rows only",
                  "The mean was taken over the rows alone; take it over all numbers, for one loss.",
                  lambda x, y: ((x - y) ** 2).mean(axis=0)),
        loss_slip("no mean",
                  "The squares are there, but no mean was taken: forward returns one number.",
                  lambda x, y: (x - y) ** 2),
        Slip("n is the number of rows",
             "n is the number of rows here, len(x); it counts all values, x.size, in the loss and "
             "in d_x.",
             divided_twice_by_rows),
        gradient_slip("no division by n",
                      "d_x is not divided by n, the number of values in x. In a mean each guess "
                      "has only an n-th of the say.",
                      lambda x, y: 2 * (x - y)),
        gradient_slip("divided by rows",
                      "d_x is divided by the number of rows, len(x); n counts all values, x.size.",
                      lambda x, y: 2 * (x - y) / len(x)),
        gradient_slip("n fixed at 3",
                      "d_x is divided by 3, which is right for three guesses only; n counts all "
                      "values, x.size.",
                      lambda x, y: 2 * (x - y) / 3),
        gradient_slip("no 2",
                      "The 2 is missing in d_x: the slope of a square is twice what was squared.",
                      lambda x, y: (x - y) / x.size),
        gradient_slip("x and y swapped",
                      "d_x has the wrong sign: it is x - y, so that a guess that is too high gets "
                      "a plus.",
                      lambda x, y: 2 * (y - x) / x.size),
        gradient_slip("squares as gradient",
                      "d_x holds squares; the slope of a square is not squared any more.",
                      lambda x, y: 2 * (x - y) ** 2 / x.size),
        gradient_slip("gradient added up",
                      "d_x is added up to one number; each guess keeps a slope of its own.",
                      lambda x, y: (2 * (x - y) / x.size).sum()),
        Slip("loss and d_x returned swapped",
             "forward returns the loss, one number, and backward d_x, a slope for each guess. One "
             "stands here where the other is meant.",
             lambda right, x, y: right(x=x, y=y)[::-1]),
        Slip("first call remembered", FIRST_CALL, from_the_first_call),
    ),
    hints=(
        "forward keeps x and y in the box. Then it begins with the misses, x - y: square them, and "
        "take the mean of all.",
        "d_x has the shape of x. The slope of one squared miss is twice the miss; how many share "
        "the mean?",
        "n counts every value of x: x.size, which is N times D.",
    ),
    on_success=("This gradient is the first word of every backward pass: each later layer only "
                "hands it on."),
)

EXERCISES = [LAYER]
