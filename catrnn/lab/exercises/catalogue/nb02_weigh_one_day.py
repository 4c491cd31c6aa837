"""02: a number becomes a guess."""

import numpy as np

from catrnn.lab.exercises.exercise import Exercise, Slip
from catrnn.layers import LinearLayer

FISH, WEIGHTS, BIAS = np.array([[1.0, 0.3]]), np.array([[0.5], [-1.0]]), np.array([0.2])


def linear_forward(x, c_w, b):
    """The course's layer, asked once."""
    return LinearLayer(0.0, c_w, b).forward(x)


BY_HAND = Exercise(
    name="forward by hand",
    notebook="02_weigh_one_day",
    kind="value",
    reference=linear_forward(FISH, WEIGHTS, BIAS).item(),
    solution_source="source(LinearLayer.forward)",
    returns=("by_hand",),
    run=lambda answer: answer,
    slips=(
        Slip("no bias", "The bias of 0.2 is not added yet.", lambda right: right() - 0.2),
        Slip("milk left out",
             "The milk is left out: its 0.3 has a weight of its own, -1.",
             lambda right: 0.7),
        Slip("fish left out",
             "The fish is left out: its 1.0 has a weight of its own, 0.5.",
             lambda right: -0.1),
        Slip("sign lost",
             "The weight of the milk is -1, not 1: its product is taken away.",
             lambda right: 1.0),
        Slip("weights swapped",
             "The weights have changed places: 0.5 is for the fish, -1 for the milk.",
             lambda right: -0.65),
        Slip("bias on each",
             "The bias is added once for the whole guess, not once for each number.",
             lambda right: right() + 0.2),
    ),
    hints=(
        "Two numbers come in, fish and milk. Each is multiplied with the weight in its own row.",
        "There are three things to add up: fish times its weight, milk times its weight, and the "
        "bias.",
    ),
    on_success=("A guess is a weighted sum and a bias; every layer of this course is made of such "
                "sums."),
)

BATCH = Exercise(
    name="linear forward",
    notebook="02_weigh_one_day",
    reference=linear_forward,
    solution_source="source(LinearLayer.forward)",
    axes={"x": "N D", "c_w": "D H", "b": "H"},
    first=(
        dict(x=np.array([[1.0, 2.0]]), c_w=np.array([[3.0, 0.5], [-1.0, 2.0]]),
             b=np.array([0.5, 1.0])),
    ),
    returns=("the guess",),
    slips=(
        Slip("one by one",
             "* multiplies number by number; a matrix product is written with @.",
             lambda right, x, c_w, b: x * c_w + b),
        Slip("bias before product",
             "The bias is added before the product; it belongs behind it: x @ c_w, then + b.",
             lambda right, x, c_w, b: (x + b) @ c_w),
        Slip("bias taken away",
             "The bias is taken away; it should be added.",
             lambda right, x, c_w, b: x @ c_w - b),
        Slip("first row only",
             "Only the first row of x got its guess; every row gets one.",
             lambda right, x, c_w, b: right(x=x[:1], c_w=c_w, b=b)),
    ),
    hints=(
        "Every row of x is to meet every column of c_w. Which operator of Python does that?",
        "The shapes (N, D) and (D, H) make (N, H) with @. Then b, of shape (H,), is added to every "
        "row.",
    ),
    on_success="One line serves one cat or a thousand, for the rows never meet one another.",
)

EXERCISES = [BY_HAND, BATCH]
