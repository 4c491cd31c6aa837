"""05: the ways back of a linear layer and of the ReLU."""

import re

import numpy as np

from catrnn.lab.exercises.exercise import Exercise, InvalidResult, NothingReturned, Slip
from catrnn.layers import LinearLayer, ReLULayer

FORGOTTEN = ("{name} is not kept by forward, and backward asks for it. Leave __init__ and forward "
             "as they stood in the blank.")
TOO_MANY = ("backward returns one thing, {name}: the weights move inside it, and their gradients "
            "stay there.")


class WrongStep(InvalidResult):
    """A weight and the step that it should take have different shapes."""


def went_back(layer, prev_d_x, returned: str, *kept: str):
    """Ask a layer for its way back; say what is missing if it cannot go."""
    try:
        d_x = layer.backward(prev_d_x)
    except AttributeError as problem:
        if problem.name in kept:
            raise InvalidResult(FORGOTTEN.format(name=f"self.{problem.name}")) from None
        raise
    except ValueError as problem:
        refuse_wrong_step(str(problem))
        raise
    if d_x is None:
        raise NothingReturned
    if isinstance(d_x, tuple | dict):
        raise InvalidResult(TOO_MANY.format(name=returned))
    return d_x


def refuse_wrong_step(said: str) -> None:
    """Raise WrongStep if NumPy said that a weight cannot move by an array of another shape."""
    shapes = re.findall(r"\(([\d, ]*)\)", said)
    if "operand" not in said or len(shapes) < 2 or "matmul" in said:
        return
    if "non-broadcastable" not in said and len(shapes) < 3:  # a sum of two arrays, not a step
        return
    weight, step = (tuple(map(int, re.findall(r"\d+", shape))) for shape in shapes[:2])
    name = "b" if len(weight) == 1 else "c_w"
    words = (f"{name} has shape {weight}, but its step has shape {step}. A gradient has the shape "
             f"of its thing: look at d_{name}.")
    raise WrongStep(words)


def linear_back(answer, c_x, prev_d_x, c_w, b, lr):
    """Use a layer twice, and back once: what comes out, and where its weights are then."""
    layer = answer(lr, c_w, b)
    layer.forward(c_x + 1)
    layer.forward(c_x)
    d_c_x = went_back(layer, prev_d_x, "d_c_x", "c_x", "c_w", "b", "lr")
    return d_c_x, c_w, b


def gradient_slip(name: str, words: str, part: str, wrong) -> Slip:
    """A slip in d_c_x, d_c_w or d_b: wrong(c_x, c_w, prev_d_x)."""
    class Slipping(LinearLayer):
        def backward(self, prev_d_x):
            d_c_x, d = self.gradients(prev_d_x)
            three = {"d_c_x": d_c_x, "d_c_w": d["c_w"], "d_b": d["b"]}
            three[part] = wrong(self.c_x, self.c_w, prev_d_x)
            self.c_w -= self.lr * three["d_c_w"]
            self.b -= self.lr * three["d_b"]
            return three["d_c_x"]

    return Slip(name, words, lambda right, **probe: linear_back(Slipping, **probe))


def step_slip(name: str, words: str, moved) -> Slip:
    """A slip in the step itself: each weight becomes moved(weight, its gradient, lr)."""
    class Slipping(LinearLayer):
        def update(self, d_params):
            for weight, d_weight in d_params.items():
                param = getattr(self, weight)
                param[...] = moved(param, d_weight, self.lr)

    return Slip(name, words, lambda right, **probe: linear_back(Slipping, **probe))


def moves_first(right, c_x, prev_d_x, c_w, b, lr):
    """The weights move, and what is handed back is worked out with the moved ones."""
    _, moved, b = right(c_x=c_x, prev_d_x=prev_d_x, c_w=c_w, b=b, lr=lr)
    return prev_d_x @ moved.T, moved, b


def back_from_the_first_call(right, c_x, **rest):
    """A layer that goes back from what came in at the first call."""
    return right(c_x=c_x + 1, **rest)


def hands_back(part: str):
    """What a layer gives that returns the gradient of a weight."""
    class Slipping(LinearLayer):
        def backward(self, prev_d_x):
            _, d = self.gradients(prev_d_x)
            self.update(d)
            return d[part]

    return lambda right, **probe: linear_back(Slipping, **probe)


LINEAR = Exercise(
    name="linear backward",
    notebook="05_learn_from_the_miss",
    kind="class",
    layer="LinearLayer",
    method="backward",
    reference=LinearLayer,
    solution_source="source(CourseLinearLayer.gradients)",
    axes={"c_x": "N D", "prev_d_x": "N H", "c_w": "D H", "b": "H", "lr": ""},
    first=(
        dict(c_x=np.array([[1.0], [2.0]]), prev_d_x=np.array([[1.0, 0.0], [2.0, 1.5]]),
             c_w=np.array([[3.0, -1.0]]), b=np.array([0.5, 1.0]), lr=0.5),
        dict(c_x=np.array([[1.0, 2.0]]), prev_d_x=np.array([[1.0, -2.0]]),
             c_w=np.array([[3.0, -1.0], [2.0, 4.0]]), b=np.array([0.5, 1.0]), lr=0.5),
        dict(c_x=np.array([[1.0, 2.0], [3.0, 5.0]]), prev_d_x=np.array([[1.0], [-2.0]]),
             c_w=np.array([[3.0], [-1.0]]), b=np.array([0.5]), lr=0.5),
    ),
    returns=("d_c_x", "c_w after the step", "b after the step"),
    run=linear_back,
    mutates=("c_w", "b"),
    allow_integers=False,
    slips=(
        gradient_slip("d_b not added up",
                      "d_b still has a row for each sequence: every row used the same bias, so add "
                      "the rows up.",
                      "d_b", lambda c_x, c_w, prev_d_x: prev_d_x),
        gradient_slip("d_b one number",
                      "d_b is added up to one number. Each unit has a bias of its own: add up the "
                      "rows alone, with axis=0.",
                      "d_b", lambda c_x, c_w, prev_d_x: prev_d_x.sum()),
        gradient_slip("d_b across",
                      "d_b is added up across the units. Add up down the rows, with axis=0.",
                      "d_b", lambda c_x, c_w, prev_d_x: prev_d_x.sum(axis=1)),
        gradient_slip("d_b a mean",
                      "d_b is a mean over the rows. The 1/n is in prev_d_x already: add up, and do "
                      "not divide again.",
                      "d_b", lambda c_x, c_w, prev_d_x: prev_d_x.mean(axis=0)),
        gradient_slip("d_b forgotten",
                      "The bias does not move. It has a say in every guess: its gradient is "
                      "prev_d_x, added up over the rows.",
                      "d_b", lambda c_x, c_w, prev_d_x: np.zeros(c_w.shape[-1])),
        gradient_slip("d_b times the bias's input",
                      "d_b was multiplied with c_x. The bias is multiplied with 1, so prev_d_x "
                      "alone is added up.",
                      "d_b", lambda c_x, c_w, prev_d_x: (c_x.sum(axis=1) @ prev_d_x)),
        gradient_slip("d_b of the last row",
                      "d_b is that of the last row alone. A loop must add to it, with +=, not "
                      "replace it each time.",
                      "d_b", lambda c_x, c_w, prev_d_x: prev_d_x[-1]),
        gradient_slip("d_c_w a mean",
                      "d_c_w is a mean over the rows. The 1/n is in prev_d_x already: do not "
                      "divide again.",
                      "d_c_w", lambda c_x, c_w, prev_d_x: c_x.T @ prev_d_x / len(c_x)),
        gradient_slip("d_c_w of the last row",
                      "d_c_w is that of the last row alone. A loop must add to it, with +=, not "
                      "replace it each time.",
                      "d_c_w", lambda c_x, c_w, prev_d_x: c_x[-1:].T @ prev_d_x[-1:]),
        gradient_slip("d_c_w on its side",
                      "d_c_w is turned on its side. A gradient has the shape of its thing: rows as "
                      "c_w, so c_x comes first.",
                      "d_c_w", lambda c_x, c_w, prev_d_x: prev_d_x.T @ c_x),
        gradient_slip("d_c_w of the wrong sign",
                      "c_w moved uphill, and b did not: there is a minus sign too many or too few "
                      "in d_c_w, or in the step of c_w.",
                      "d_c_w", lambda c_x, c_w, prev_d_x: -c_x.T @ prev_d_x),
        gradient_slip("d_c_w without c_x",
                      "d_c_w does not look at c_x. A weight is to blame as far as its input went "
                      "in.",
                      "d_c_w", lambda c_x, c_w, prev_d_x: np.ones_like(c_x).T @ prev_d_x),
        gradient_slip("d_c_w without prev_d_x",
                      "d_c_w does not look at prev_d_x: it is how the guess grows with the weight, "
                      "and the chain rule wants that times how the loss grows with the guess.",
                      "d_c_w", lambda c_x, c_w, prev_d_x: c_x.T @ np.ones_like(prev_d_x)),
        gradient_slip("d_c_x without prev_d_x",
                      "prev_d_x makes no difference to d_c_x: it is how the guess grows with the "
                      "input, and the chain rule wants that times how the loss grows with the "
                      "guess.",
                      "d_c_x", lambda c_x, c_w, prev_d_x: c_w.T),
        gradient_slip("weight for input",
                      "d_c_x was worked out with c_x. It is the weights that carried c_x into the "
                      "guess.",
                      "d_c_x", lambda c_x, c_w, prev_d_x: prev_d_x @ (c_x.T @ prev_d_x).T),
        gradient_slip("prev_d_x handed on",
                      "prev_d_x is handed on as it came. On the way through this layer it is "
                      "multiplied with the weights: (N, H) times something of shape (H, D).",
                      "d_c_x", lambda c_x, c_w, prev_d_x: prev_d_x),
        Slip("moved too early",
             "d_c_x was worked out with weights that had moved already. Work out all three "
             "gradients first, and move the weights afterwards.",
             moves_first),
        Slip("d_c_w returned",
             "What comes back is d_c_w. The layer in front needs d_c_x; d_c_w is used up inside.",
             hands_back("c_w")),
        Slip("d_b returned",
             "What comes back is d_b. The layer in front needs d_c_x; d_b is used up inside.",
             hands_back("b")),
        Slip("first call remembered",
             "It goes back from what came in at the first call. Leave forward as it stood in the "
             "blank: it puts self.c_x anew each time.",
             back_from_the_first_call),
        step_slip("not in place",
                  "The weights that were given have not moved: the steps are missing, or self.c_w "
                  "= self.c_w - ... has made a new array. -= changes the one that was given.",
                  lambda w, d_w, lr: w),
        step_slip("uphill",
                  "It moved uphill. The gradient says which way the loss grows, so go against it, "
                  "with a minus.",
                  lambda w, d_w, lr: w + lr * d_w),
        step_slip("no learning rate",
                  "It moved by the whole gradient. Multiply it with the learning rate first.",
                  lambda w, d_w, lr: w - d_w),
        step_slip("gradient left out",
                  "It moved by the learning rate alone. Multiply that with the gradient.",
                  lambda w, d_w, lr: w - lr),
        step_slip("replaced",
                  "The weight became the step itself. The step is taken away from what the weight "
                  "was.",
                  lambda w, d_w, lr: lr * d_w),
        step_slip("replaced by minus the step",
                  "The weight became minus the step. The step is taken away from what the weight "
                  "was.",
                  lambda w, d_w, lr: -lr * d_w),
        step_slip("two steps",
                  "It moved twice as far as it should: that is two steps.",
                  lambda w, d_w, lr: w - 2 * lr * d_w),
        step_slip("shrunk",
                  "The learning rate was multiplied with the weight. Multiply it with the "
                  "gradient.",
                  lambda w, d_w, lr: w - lr * w),
        step_slip("divided",
                  "The gradient was divided by the learning rate. Multiply them: a small rate "
                  "makes "
                  "a small step.",
                  lambda w, d_w, lr: w - d_w / lr),
        *(step_slip(f"lr fixed at {rate}",
                    f"The step is {rate} times the gradient, whatever the learning rate is. Write "
                    "self.lr.",
                    lambda w, d_w, lr, rate=rate: w - rate * d_w) for rate in (0.1, 0.01)),
    ),
    hints=(
        "Three gradients, then two steps, then one return. A gradient has the shape of its thing: "
        "which two of the arrays can be multiplied to give (D, H)?",
        "d_c_x has shape (N, D): prev_d_x is (N, H), so something of shape (H, D) must follow it. "
        "For d_b nothing is multiplied: prev_d_x is added up over the rows.",
        "What came in then is self.c_x, the learning rate is self.lr. A weight moves by -=, "
        "against "
        "its gradient, and only when all three gradients are known.",
    ),
    on_success=("d_c_w and d_b have moved this layer, and d_c_x is all that the layer in front "
                "will "
                "ever hear of the miss."),
)


def relu_back(answer, x, prev_d_x):
    """Use a layer twice, and back once."""
    layer = answer()
    layer.forward(1 - x)
    layer.forward(x)
    return went_back(layer, prev_d_x, "d_x", "x")


RELU = Exercise(
    name="relu backward",
    notebook="05_learn_from_the_miss",
    kind="class",
    layer="ReLULayer",
    method="backward",
    reference=ReLULayer,
    solution_source="source(CourseReLULayer.gradients)",
    axes={"x": "N H", "prev_d_x": "N H"},
    first=(dict(x=np.array([[-1.0, 0.0, 0.5, 2.0]]),
                prev_d_x=np.array([[10.0, 20.0, -30.0, 40.0]])),),
    run=relu_back,
    returns=("d_x",),
    allow_integers=False,
    slips=(
        Slip("open at the kink",
             "The gate stands open at exactly zero, where it should be shut: write > 0, not >= 0.",
             lambda right, x, prev_d_x: prev_d_x * (x >= 0)),
        Slip("gradient cut",
             "The gradient itself was cut at zero. What opens the gate is what came in, self.x.",
             lambda right, x, prev_d_x: np.maximum(0, prev_d_x)),
        Slip("gradient cut too",
             "The gate is right, but the gradient was cut at zero as well. What opens the gate is "
             "what came in, self.x, and nothing else.",
             lambda right, x, prev_d_x: np.maximum(0, prev_d_x) * (x > 0)),
        Slip("x and prev_d_x swapped",
             "The gate was opened by the gradient; it is self.x that opens it, and prev_d_x that "
             "goes through.",
             lambda right, x, prev_d_x: x * (prev_d_x > 0)),
        Slip("opened by the gradient",
             "The gate was opened by prev_d_x itself; it is self.x that opens it.",
             lambda right, x, prev_d_x: prev_d_x * (prev_d_x < 0)),
        Slip("gate alone",
             "This is the gate alone; multiply it with the gradient that comes back, prev_d_x.",
             lambda right, x, prev_d_x: x > 0),
        Slip("forward again",
             "This is forward once more: x, cut at zero. What goes through the gate on the way "
             "back is prev_d_x.",
             lambda right, x, prev_d_x: np.maximum(0, x)),
        Slip("output times gradient",
             "The gradient was multiplied with the number that went through; an open gate "
             "multiplies it with 1.",
             lambda right, x, prev_d_x: np.maximum(0, x) * prev_d_x),
        Slip("x times gradient",
             "prev_d_x was multiplied with self.x; an open gate multiplies it with 1, a shut one "
             "with 0.",
             lambda right, x, prev_d_x: x * prev_d_x),
        Slip("sign of x",
             "prev_d_x was multiplied with the sign of self.x, so a shut gate turns it around. A "
             "shut gate lets nothing through.",
             lambda right, x, prev_d_x: np.sign(x) * prev_d_x),
        Slip("gate forgotten",
             "Everything was let through; where self.x is zero or below, the gate is shut.",
             lambda right, x, prev_d_x: prev_d_x),
        Slip("gate reversed",
             "The gate is open where it should be shut, and shut where it should be open.",
             lambda right, x, prev_d_x: prev_d_x * (x <= 0)),
        Slip("gate reversed, shut at zero",
             "The gate is open below zero, where it should be shut: write > 0, not < 0.",
             lambda right, x, prev_d_x: prev_d_x * (x < 0)),
        Slip("first call remembered",
             "It goes back from what came in at the first call. Leave forward as it stood in the "
             "blank: it puts self.x anew each time.",
             lambda right, x, prev_d_x: prev_d_x * (1 - x > 0)),
    ),
    hints=(
        "Where the gate is open all of prev_d_x goes through, where it is shut nothing does. What "
        "opened it?",
        "self.x > 0 is an array of True and False, and in a product these count as 1 and 0.",
    ),
    on_success=("A shut gate lets nothing back, so the layer before it learns nothing from that "
                "day."),
)

EXERCISES = [LINEAR, RELU]
