"""03: the gate, forward and back."""

import numpy as np

from catrnn.lab.exercises.exercise import Exercise, Slip
from catrnn.layers import ReLULayer

Z = np.array([[-1.0, 0.0, 0.5, 2.0]])


def relu_backward(x, prev_d_x):
    """The course's layer: forward for the memory, then back."""
    relu = ReLULayer()
    relu.forward(x)
    return relu.gradients(prev_d_x)[0]


FORWARD = Exercise(
    name="relu forward",
    notebook="03_bend_the_line",
    reference=lambda x: ReLULayer().forward(x),
    solution_source="source(ReLULayer)",
    axes={"x": "N H"},
    first=(dict(x=Z),),
    slips=(
        Slip("gate instead of value",
             "This is the gate, 1 for open and 0 for shut; let the numbers through it.",
             lambda right, x: x > 0),
        Slip("absolute value",
             "A number below zero lost its minus sign; it should become 0.",
             lambda right, x: np.abs(x)),
        Slip("minimum",
             "What is above zero was cut off, and what is below was kept: it is the other way "
             "round.",
             lambda right, x: np.minimum(0, x)),
        Slip("largest of all",
             "All numbers became one, the largest; each should be compared with 0 by itself. "
             "np.max looks through an array, np.maximum compares two.",
             lambda right, x: np.max(x)),
        Slip("nothing cut",
             "Nothing is cut off: the numbers below zero are still there.",
             lambda right, x: x),
        Slip("cut-offs removed",
             "The numbers below zero are gone; each should stay in its place, as a 0.",
             lambda right, x: x[x > 0]),
    ),
    hints=(
        "Each number is compared with zero, by itself. Which of the two is kept?",
        "np.maximum compares two arrays, or an array and a number, entry by entry. (np.max does "
        "something else.)",
    ),
    on_success="This one bend is what makes a second layer worth its weights.",
)

BACKWARD = Exercise(
    name="relu backward",
    notebook="03_bend_the_line",
    reference=relu_backward,
    solution_source="source(ReLULayer)",
    axes={"x": "N H", "prev_d_x": "N H"},
    first=(dict(x=Z, prev_d_x=np.array([[10.0, 20.0, -30.0, 40.0]])),),
    slips=(
        Slip("open at the kink",
             "The gate stands open at exactly zero, where it should be shut: write > 0, not >= 0.",
             lambda right, x, prev_d_x: prev_d_x * (x >= 0)),
        Slip("gradient cut",
             "The gradient itself was cut at zero. What opens the gate is what came in, x.",
             lambda right, x, prev_d_x: np.maximum(0, prev_d_x)),
        Slip("x and prev_d_x swapped",
             "The gate was opened by the gradient; it is x that opens it, and prev_d_x that goes "
             "through.",
             lambda right, x, prev_d_x: x * (prev_d_x > 0)),
        Slip("gate alone",
             "This is the gate alone; multiply it with the gradient that comes back, prev_d_x.",
             lambda right, x, prev_d_x: x > 0),
        Slip("output times gradient",
             "The gradient was multiplied with the number that went through; an open gate "
             "multiplies it with 1.",
             lambda right, x, prev_d_x: np.maximum(0, x) * prev_d_x),
        Slip("gate forgotten",
             "Everything was let through; where x is zero or below, the gate is shut.",
             lambda right, x, prev_d_x: prev_d_x),
        Slip("gate reversed",
             "The gate is open where it should be shut, and shut where it should be open.",
             lambda right, x, prev_d_x: prev_d_x * (x <= 0)),
    ),
    hints=(
        "Where the gate is open all of prev_d_x goes through, where it is shut nothing does. What "
        "opened it?",
        "x > 0 is an array of True and False, and in a product these count as 1 and 0.",
    ),
    on_success=("A shut gate lets no blame through, so what lies before it cannot learn: remember "
                "it in 07."),
)

EXERCISES = [FORWARD, BACKWARD]
