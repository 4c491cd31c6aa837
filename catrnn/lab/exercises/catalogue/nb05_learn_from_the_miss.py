"""05: blame, and one step down."""

import numpy as np

from catrnn.lab.exercises.exercise import Exercise, Slip, other
from catrnn.layers import Layer, LinearLayer


def linear_gradients(x, c_w, prev_d_x):
    """The course's layer: forward for the memory, then the gradients, whatever the bias is."""
    layer = LinearLayer(0.0, c_w, np.zeros(c_w.shape[-1]))
    layer.forward(x)
    d_x, d_params = layer.gradients(prev_d_x)
    return d_x, d_params["c_w"], d_params["b"]


def bias_times_input(x, c_w, prev_d_x):
    """The gradient of a bias that is multiplied with x, as a weight is."""
    return (x.sum(axis=1, keepdims=True) * prev_d_x).sum(axis=0)


GRADIENTS = Exercise(
    name="linear gradients",
    notebook="05_learn_from_the_miss",
    reference=linear_gradients,
    solution_source="source(LinearLayer.gradients)",
    axes={"x": "N D", "c_w": "D H", "prev_d_x": "N H"},
    first=(
        dict(x=np.array([[1.0], [2.0]]), c_w=np.array([[3.0, -1.0]]),
             prev_d_x=np.array([[1.0, 0.0], [2.0, 1.5]])),
    ),
    returns=("d_x", "d_c_w", "d_b"),
    slips=(
        Slip("d_b not added up",
             "d_b still has a row for each sequence: every row used the same bias, so add the rows "
             "up.",
             other(2, lambda x, c_w, prev_d_x: prev_d_x)),
        Slip("d_b one number",
             "d_b is added up to one number. Each unit has a bias of its own: add up the rows "
             "alone, with axis=0.",
             other(2, lambda x, c_w, prev_d_x: prev_d_x.sum())),
        Slip("d_b across",
             "d_b is added up across the units. Add up down the rows, with axis=0.",
             other(2, lambda x, c_w, prev_d_x: prev_d_x.sum(axis=1))),
        Slip("d_b a mean",
             "d_b is a mean over the rows. The 1/n is in prev_d_x already: add up, and do not "
             "divide again.",
             other(2, lambda x, c_w, prev_d_x: prev_d_x.mean(axis=0))),
        Slip("d_b forgotten",
             "d_b is zero. The bias has a say in every guess: add up prev_d_x over the rows.",
             other(2, lambda x, c_w, prev_d_x: np.zeros(c_w.shape[-1]))),
        Slip("d_b times the bias's input",
             "d_b was multiplied with x. The bias is multiplied with 1, so prev_d_x alone is added "
             "up.",
             other(2, bias_times_input)),
        Slip("d_c_w a mean",
             "d_c_w is a mean over the rows. The 1/n is in prev_d_x already: do not divide again.",
             other(1, lambda x, c_w, prev_d_x: x.T @ prev_d_x / len(x))),
        Slip("d_c_w of the last row",
             "d_c_w is that of the last row alone. A loop must add to it, with +=, not replace it "
             "each time.",
             other(1, lambda x, c_w, prev_d_x: x[-1:].T @ prev_d_x[-1:])),
        Slip("d_b of the last row",
             "d_b is that of the last row alone. A loop must add to it, with +=, not replace it "
             "each time.",
             other(2, lambda x, c_w, prev_d_x: prev_d_x[-1])),
        Slip("d_c_w on its side",
             "d_c_w is turned on its side. A gradient has the shape of its thing: rows as c_w, so "
             "x comes first.",
             other(1, lambda x, c_w, prev_d_x: prev_d_x.T @ x)),
        Slip("d_c_w without x",
             "d_c_w does not look at x. A weight is to blame as far as its input went in.",
             other(1, lambda x, c_w, prev_d_x: np.ones_like(x).T @ prev_d_x)),
        Slip("weight for input",
             "d_x was worked out with x. It is the weights that carried x into the guess.",
             other(0, lambda x, c_w, prev_d_x: prev_d_x @ (x.T @ prev_d_x).T)),
    ),
    hints=(
        "A gradient has the shape of its thing. So which two of the three arrays can be multiplied "
        "to give (D, H)?",
        "d_x has shape (N, D): prev_d_x is (N, H), so something of shape (H, D) must follow it.",
        "For d_b nothing is multiplied: every row used the same bias, so prev_d_x is added up over "
        "the rows.",
    ),
    on_success=("d_c_w and d_b move this layer, and d_x is all that the layer in front will ever "
                "hear of the miss."),
)


def moved(answer, weight, d_weight, lr):
    """Take a step: what counts is the array that was given."""
    answer(weight, d_weight, lr)
    return weight


def step(weight, d_weight, lr):
    """The course's only line that moves a weight."""
    layer = Layer()
    layer.lr, layer.weight = lr, weight
    layer.update({"weight": d_weight})


STEP = Exercise(
    name="one step",
    notebook="05_learn_from_the_miss",
    reference=step,
    solution_source="source(Layer.update)",
    axes={"weight": "D H", "d_weight": "D H", "lr": ""},
    first=(dict(weight=np.array([[1.0, 2.0]]), d_weight=np.array([[0.5, -3.0]]), lr=0.1),),
    returns=("weight",),
    run=moved,
    mutates=("weight",),
    allow_integers=False,
    slips=(
        Slip("not in place",
             "The array that was given has not moved. weight = weight - ... makes a new array, "
             "known only inside the function; -= changes the one that was given.",
             lambda right, weight, d_weight, lr: weight),
        Slip("uphill",
             "It moved uphill. The gradient says which way the loss grows, so go against it, with "
             "a minus.",
             lambda right, weight, d_weight, lr: weight + lr * d_weight),
        Slip("no learning rate",
             "It moved by the whole gradient. Multiply it with the learning rate first.",
             lambda right, weight, d_weight, lr: weight - d_weight),
        Slip("gradient left out",
             "It moved by the learning rate alone. Multiply that with the gradient.",
             lambda right, weight, d_weight, lr: weight - lr),
        Slip("replaced",
             "The weight became the step itself. The step is taken away from what the weight was.",
             lambda right, weight, d_weight, lr: lr * d_weight),
        Slip("replaced by minus the step",
             "The weight became minus the step. The step is taken away from what the weight was.",
             lambda right, weight, d_weight, lr: -lr * d_weight),
        Slip("two steps",
             "It moved twice as far as it should: that is two steps.",
             lambda right, weight, d_weight, lr: weight - 2 * lr * d_weight),
        Slip("shrunk",
             "The learning rate was multiplied with the weight. Multiply it with the gradient.",
             lambda right, weight, d_weight, lr: weight - lr * weight),
        Slip("divided",
             "The gradient was divided by the learning rate. Multiply them: a small rate makes a "
             "small step.",
             lambda right, weight, d_weight, lr: weight - d_weight / lr),
    ),
    hints=(
        "How far? As far as learning rate times gradient. Which way? Against the gradient.",
        "The array that came in must change itself. x -= 1 changes x in place; x = x - 1 makes a "
        "new array.",
    ),
    on_success=("This is the only line of the whole course that moves a weight, and all learning "
                "is this line repeated."),
)

EXERCISES = [GRADIENTS, STEP]
