"""04: how wrong, and which way."""

import numpy as np

from catrnn.lab.exercises.exercise import Exercise, Slip
from catrnn.layers import LossLayer


def loss_and_gradient(x, y):
    """The course's layer, forward and back."""
    layer = LossLayer()
    return layer.forward(x, y), layer.backward()


LOSS = Exercise(
    name="loss and gradient",
    notebook="04_measure_the_miss",
    reference=loss_and_gradient,
    solution_source="source(LossLayer)",
    axes={"x": "N D", "y": "N D"},
    first=(dict(x=np.array([[1.0, 3.0]]), y=np.array([[2.0, 1.5]])),),
    returns=("loss", "d_x"),
    slips=(
        Slip("sum for mean",
             "The loss is the sum of the squared misses; divide it by how many there are.",
             lambda right, x, y: (((x - y) ** 2).sum(), right(x=x, y=y)[1])),
        Slip("not squared",
             "The misses are not squared, so one too high makes up for one too low.",
             lambda right, x, y: ((x - y).mean(), right(x=x, y=y)[1])),
        Slip("absolute misses",
             "The loss is the mean of the absolute misses; square them instead.",
             lambda right, x, y: (np.abs(x - y).mean(), right(x=x, y=y)[1])),
        Slip("half the loss",
             "The loss is halved. Some books do so; here it is the plain mean of the squares.",
             lambda right, x, y: (((x - y) ** 2).mean() / 2, right(x=x, y=y)[1])),
        Slip("root of the loss",
             "A square root was taken; the loss is the mean of the squares itself.",
             lambda right, x, y: (np.sqrt(((x - y) ** 2).mean()), right(x=x, y=y)[1])),
        Slip("mean over rows only",
             "The mean was taken over the rows alone; take it over all numbers, for one loss.",
             lambda right, x, y: (((x - y) ** 2).mean(axis=0), right(x=x, y=y)[1])),
        Slip("no division by n",
             "d_x is not divided by n, the number of values in x. In a mean each guess has only an "
             "n-th of the say.",
             lambda right, x, y: (right(x=x, y=y)[0], 2 * (x - y))),
        Slip("divided by rows",
             "d_x is divided by the number of rows, len(x); n counts all values, x.size.",
             lambda right, x, y: (right(x=x, y=y)[0], 2 * (x - y) / len(x))),
        Slip("no 2",
             "The 2 is missing in d_x: the slope of a square is twice what was squared.",
             lambda right, x, y: (right(x=x, y=y)[0], (x - y) / x.size)),
        Slip("x and y swapped",
             "d_x has the wrong sign: it is x - y, so that a guess that is too high gets a plus.",
             lambda right, x, y: (right(x=x, y=y)[0], -right(x=x, y=y)[1])),
        Slip("squares as gradient",
             "d_x holds squares; the slope of a square is not squared any more.",
             lambda right, x, y: (right(x=x, y=y)[0], 2 * (x - y) ** 2 / x.size)),
        Slip("gradient added up",
             "d_x is added up to one number; each guess keeps a slope of its own.",
             lambda right, x, y: (right(x=x, y=y)[0], right(x=x, y=y)[1].sum())),
    ),
    hints=(
        "Begin with the misses, x - y. The loss is one number: square them, then take the mean of "
        "all.",
        "d_x has the shape of x. The slope of one squared miss is twice the miss; how many share "
        "the mean?",
        "n counts every value of x: x.size, which is N times D.",
    ),
    on_success=("This gradient is the first word of every backward pass: each later layer only "
                "hands it on."),
)

EXERCISES = [LOSS]
