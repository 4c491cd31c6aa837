"""02: a number becomes a guess."""

import numpy as np

from catrnn.lab.exercises.compare import same
from catrnn.lab.exercises.exercise import Exercise, InvalidResult, NothingReturned, Slip
from catrnn.lab.exercises.run import numbers_in
from catrnn.layers import LinearLayer

FISH, WEIGHTS, BIAS = np.array([[1.0, 0.3]]), np.array([[0.5], [-1.0]]), np.array([0.2])


FORGETFUL = ("The guess may be right, but the layer does not remember what came in. "
             "Begin forward with self.c_x = c_x.")

OTHER_MEMORY = ("self.c_x holds something else than what came in. Begin forward with self.c_x = "
                "c_x, and give the guess no name, or another.")

SEVERAL = ("Several things come back, and one is wanted, the guess. Is there a comma in the line "
           "of the return where a + is meant?")

STALE = ("A second call, with other numbers, does not give what a new layer gives. forward should "
         "use the c_x it was just given, and leave self.c_w and self.b as they are.")


def forward_twice(answer, c_x, c_w, b):
    """Build a layer and ask it twice, with other numbers the second time; return the first guess.

    Raises InvalidResult if it returns nothing, does not remember, or goes by the first call.
    """
    layer = answer(0.01, c_w, b)
    weights = [getattr(layer, name, None) for name in ("c_w", "b")]
    guess = layer.forward(c_x)
    if guess is None:
        raise NothingReturned
    if isinstance(guess, tuple):
        raise InvalidResult(SEVERAL)
    if not hasattr(layer, "c_x"):
        raise InvalidResult(FORGETFUL)
    if not np.array_equal(layer.c_x, c_x):
        raise InvalidResult(OTHER_MEMORY)

    other = answer(0.01, c_w, b)
    again, fresh = (numbers_in("the guess", each.forward(2 * c_x)) for each in (layer, other))
    kept = [getattr(layer, name, None) for name in ("c_w", "b")]
    if not same(again, fresh) or any(now is not w for now, w in zip(kept, weights, strict=True)):
        raise InvalidResult(STALE)
    return guess


def complains(words: str):
    """Return the result of a slip that is told before the numbers are looked at."""
    def result(right, **probe):
        raise InvalidResult(words)

    return result


BY_HAND = Exercise(
    name="forward by hand",
    notebook="02_weigh_one_day",
    kind="value",
    reference=LinearLayer(0.0, WEIGHTS, BIAS).forward(FISH).item(),
    solution_source="source(CourseLinearLayer.forward)",
    returns=("by_hand",),
    run=lambda answer: answer,
    slips=(
        Slip("no bias", "The bias of 0.2 is not added yet.", lambda right: right() - 0.2),
        Slip("bias multiplied",
             "The bias of 0.2 is multiplied; it is added, once, at the end.",
             lambda right: (right() - 0.2) * 0.2),
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
        Slip("bias taken away", "The bias of 0.2 is taken away; it should be added.",
             lambda right: right() - 0.4),
        Slip("milk not weighed, no bias",
             "The milk is added as it is, and the bias is missing. Its 0.3 has a weight of its "
             "own, -1; then add 0.2.",
             lambda right: 0.8),
        Slip("swapped, no bias",
             "The weights have changed places, and the bias is missing: 0.5 is for the fish, -1 "
             "for the milk.",
             lambda right: -0.85),
        Slip("weights alone",
             "These are the weights and the bias, added up. Multiply each weight with what was "
             "eaten first.",
             lambda right: -0.3),
    ),
    hints=(
        "Two numbers come in, fish and milk. Each is multiplied with the weight of its own.",
        "There are three things to add up: fish times its weight, milk times its weight, and the "
        "bias.",
    ),
    on_success=("A guess is a weighted sum and a bias; every layer of this course is made of such "
                "sums."),
)

LAYER = Exercise(
    name="linear layer",
    notebook="02_weigh_one_day",
    kind="class",
    layer="LinearLayer",
    reference=LinearLayer,
    solution_source="source(CourseLinearLayer.forward)",
    axes={"c_x": "N D", "c_w": "D H", "b": "H"},
    first=(
        dict(c_x=np.array([[1.0, 2.0], [0.5, 0.0]]), c_w=np.array([[3.0, 0.5], [-1.0, 2.0]]),
             b=np.array([0.5, 1.0])),
        dict(c_x=np.array([[0.125]]), c_w=np.array([[0.3625, -0.1]]), b=np.array([0.0625, 0.125])),
    ),
    returns=("the guess",),
    run=forward_twice,
    slips=(
        Slip("forgets", FORGETFUL, complains(FORGETFUL)),
        Slip("other memory", OTHER_MEMORY, complains(OTHER_MEMORY)),
        Slip("stale", STALE, complains(STALE)),
        Slip("several things", SEVERAL, complains(SEVERAL)),
        Slip("one by one",
             "* multiplies number by number; a matrix product is written with @.",
             lambda right, c_x, c_w, b: c_x * c_w + b),
        Slip("without b", "The bias is not added. End the sum with + self.b.",
             lambda right, c_x, c_w, b: c_x @ c_w),
        Slip("bias before product",
             "The bias is added before the product; it belongs behind it: c_x @ self.c_w, then "
             "+ self.b.",
             lambda right, c_x, c_w, b: (c_x + b) @ c_w),
        Slip("bias on the weights",
             "The bias is added to the weights; it belongs behind the product: c_x @ self.c_w, "
             "then + self.b.",
             lambda right, c_x, c_w, b: c_x @ (c_w + b)),
        Slip("bias taken away",
             "The bias is taken away; it should be added.",
             lambda right, c_x, c_w, b: c_x @ c_w - b),
        Slip("bias for each number",
             "The bias is added once for each number of the day; add it once, to the whole guess.",
             lambda right, c_x, c_w, b: c_x @ c_w + c_x.shape[1] * b),
        Slip("first bias for all",
             "Every unit got the first bias. Each has its own: add self.b, without an index.",
             lambda right, c_x, c_w, b: c_x @ c_w + b[0]),
        Slip("first number only",
             "Only the first number of each day was weighed. A day may bring several, and each has "
             "a row of weights.",
             lambda right, c_x, c_w, b: c_x[:, :1] @ c_w[:1] + b),
        Slip("first row only",
             "Only the first row of c_x got its guess; every row gets one.",
             lambda right, c_x, c_w, b: right(c_x=c_x[:1], c_w=c_w, b=b)),
        Slip("the first row, flat",
             "c_x[0] is the first row alone. Every row gets a guess: c_x @ self.c_w.",
             lambda right, c_x, c_w, b: c_x[0] @ c_w + b),
        Slip("mean of the rows",
             "The rows were made into one by a mean; every row gets a guess of its own.",
             lambda right, c_x, c_w, b: right(c_x=c_x, c_w=c_w, b=b).mean(axis=0)),
        Slip("c_x and c_w swapped",
             "The product is the wrong way round. The rows of the day come first: c_x @ self.c_w.",
             lambda right, c_x, c_w, b: c_w @ c_x + b),
        Slip("learning rate",
             "The learning rate has no place in forward: leave self.lr out.",
             lambda right, c_x, c_w, b: 0.01 * right(c_x=c_x, c_w=c_w, b=b)),
        Slip("rounded",
             "The guess is right, but rounded. Leave the rounding out.",
             lambda right, c_x, c_w, b: right(c_x=c_x, c_w=c_w, b=b).round(2)),
        Slip("product rounded",
             "The product is rounded before the bias is added. Leave the rounding out.",
             lambda right, c_x, c_w, b: (c_x @ c_w).round(2) + b),
    ),
    hints=(
        "What came in is kept first: self.c_x = c_x. The weights are in the box too: self.c_w.",
        "Every row of c_x is to meet every column of self.c_w. Which operator of Python does that?",
        "The shapes (N, D) and (D, H) make (N, H) with @. Then self.b, of shape (H,), is added to "
        "every row.",
    ),
    on_success="One line serves one cat or a thousand, for the rows never meet one another.",
)

EXERCISES = [BY_HAND, LAYER]
