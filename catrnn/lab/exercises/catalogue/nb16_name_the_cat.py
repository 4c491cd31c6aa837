"""16: scores become chances, and surprise a loss."""

import numpy as np

from catrnn.lab.exercises.catalogue.nb04_measure_the_miss import (
    gradient_slip,
    loss_slip,
    there_and_back,
)
from catrnn.lab.exercises.exercise import Exercise, Slip
from catrnn.layers import SoftmaxLossLayer, softmax


def quiet(wrong):
    """Return the result of a slip that may overflow, from the scores alone."""
    def result(right, scores):
        with np.errstate(all="ignore"):
            return wrong(scores)

    return result


def powers(x):
    """e to each score, as it stands."""
    return np.exp(x)


def below_largest(scores):
    """Scores with the largest of each row at 0."""
    return scores - scores.max(axis=1, keepdims=True)


SOFTMAX = Exercise(
    name="softmax",
    notebook="16_name_the_cat",
    reference=softmax,
    solution_source="source(course_softmax)",
    axes={"scores": "N D"},
    first=(dict(scores=np.array([[0.0, 1.0]])),
           dict(scores=np.array([[1000.0, 0.0], [0.0, 0.0]])),
           dict(scores=np.array([[-1000.0, -1001.0]]))),
    returns=("the chances",),
    when_stopped={
        "could not be broadcast": "Sums and largest scores have lost their axis, so a number for "
                                  "each row does not fit beside the rows. Keep it: .max(axis=1, "
                                  "keepdims=True), and .sum(axis=1, keepdims=True).",
    },
    slips=(
        Slip("overflow",
             "It is right for small scores, but e to the power of a large one is more than a "
             "number can hold. Only differences count: take the largest score of each row away "
             "first, scores - scores.max(axis=1, keepdims=True).",
             quiet(lambda s: powers(s) / powers(s).sum(axis=1, keepdims=True))),
        Slip("no powers",
             "The scores are divided by their sum, but e was not raised to them: np.exp.",
             quiet(lambda s: s / s.sum(axis=1, keepdims=True))),
        Slip("one sum for all rows",
             "All rows together add up to 1. Each row is the chances of one letter: add up along "
             "the row, .sum(axis=1, keepdims=True).",
             lambda right, scores: powers(scores - scores.max()) / powers(
                 scores - scores.max()).sum()),
        Slip("sum of rows, largest of all",
             "The largest score of the whole table is taken away, so a row of small scores becomes "
             "0/0. Take the largest of each row: .max(axis=1, keepdims=True).",
             quiet(lambda s: powers(s - s.max()) / powers(s - s.max()).sum(axis=1, keepdims=True))),
        Slip("sum down the columns",
             "The columns add up to 1, not the rows. axis=1 goes along a row.",
             quiet(lambda s: powers(s) / powers(s).sum(axis=0, keepdims=True))),
        Slip("sum down the columns, largest of each column",
             "The columns add up to 1, not the rows. axis=1 goes along a row.",
             lambda right, scores: softmax(scores.T).T),
        Slip("not divided",
             "The powers are not divided by the sum of their row, so they do not add up to 1.",
             lambda right, scores: powers(below_largest(scores))),
        Slip("not divided, as they stand",
             "The powers are not divided by the sum of their row, so they do not add up to 1.",
             quiet(powers)),
        Slip("divided by the largest",
             "Each row is divided by its largest score. Take it away: a minus.",
             quiet(lambda s: softmax(s / s.max(axis=1, keepdims=True)))),
        Slip("two to the power",
             "2 was raised to the scores; it is e here, np.exp.",
             lambda right, scores: softmax(scores * np.log(2))),
        Slip("smallest taken away",
             "The smallest score of each row was taken away; with the largest, no power is over 1.",
             quiet(lambda s: powers(s - s.min(axis=1, keepdims=True)) / powers(
                 s - s.min(axis=1, keepdims=True)).sum(axis=1, keepdims=True))),
        Slip("logarithm of the chances",
             "The logarithm of the chances came back; softmax ends with the chances.",
             lambda right, scores: below_largest(scores) - np.log(
                 powers(below_largest(scores)).sum(axis=1, keepdims=True))),
        Slip("sign of the scores",
             "The highest score gets the lowest chance: there is a minus before scores.",
             lambda right, scores: softmax(-scores)),
    ),
    hints=(
        "np.exp(scores) gives the powers. Their sum along each row is .sum(axis=1, keepdims=True), "
        "of shape (N, 1), and a division does the rest.",
        "Before np.exp, take the largest score of each row away: the largest power is then 1. "
        "scores.max(axis=1, keepdims=True) has one number a row.",
    ),
    on_success="Whatever a network's last layer says, this makes chances of it.",
)


class OfLetters(Exercise):
    """An exercise of scores x and answers y, each row of which has a single 1."""

    def draw_probe(self, rng, sizes: dict, integers: bool = False) -> dict:
        """Draw the scores, and the place of each 1."""
        probe = super().draw_probe(rng, sizes, integers)
        probe["y"] = np.eye(sizes["D"])[rng.integers(sizes["D"], size=sizes["N"])]
        return probe

    @property
    def probes(self) -> list:
        """The 1 stays a 1 where all other numbers are small."""
        return [{**probe, "y": np.sign(probe["y"])} for probe in super().probes]


def run_loss(answer, x, y):
    """Use a loss twice, each time for answers with a single 1 a row."""
    return there_and_back(answer, x, y, before=(x[::-1] + 1, y))


def chosen(x, y):
    """The chance that each row gave to its answer, (N,)."""
    return softmax(x)[y == 1]


LOSS = OfLetters(
    name="softmax loss",
    notebook="16_name_the_cat",
    kind="class",
    also=("backward",),
    reference=SoftmaxLossLayer,
    solution_source="source(CourseLoss)",
    axes={"x": "N D", "y": "N D"},
    first=(dict(x=np.array([[0.0, 1.0]]), y=np.array([[1.0, 0.0]])),),
    returns=("loss", "d_x"),
    run=run_loss,
    allow_integers=False,  # a nudge needs floats, and a gradient by nudges is right too
    slips=(
        loss_slip("no minus", "The loss is below zero: there is no minus before the logarithm.",
                  lambda x, y: np.log(chosen(x, y)).mean()),
        loss_slip("sum for mean", "The loss is the sum over the rows; it is their mean.",
                  lambda x, y: -np.log(chosen(x, y)).sum()),
        loss_slip("in bits", "The loss is in bits, by np.log2; here it is np.log, by e.",
                  lambda x, y: -np.log2(chosen(x, y)).mean()),
        loss_slip("mean over all numbers",
                  "The loss is divided by N times D. Only the N rows count: the other letters of a "
                  "row add a 0 each.",
                  lambda x, y: -np.log(chosen(x, y)).sum() / x.size),
        loss_slip("no logarithm", "The loss is the chance itself; take minus its logarithm.",
                  lambda x, y: chosen(x, y).mean()),
        loss_slip("one less the chance",
                  "The loss is 1 less the chance; it is minus the logarithm of the chance.",
                  lambda x, y: (1 - chosen(x, y)).mean()),
        loss_slip("squared misses",
                  "The loss is the mean squared error of 04; here it is minus the logarithm of the "
                  "chance given to the right letter.",
                  lambda x, y: ((softmax(x) - y) ** 2).mean()),
        loss_slip("logarithm of the mean",
                  "The mean was taken first, and the logarithm of it; each row has a logarithm of "
                  "its own.",
                  lambda x, y: -np.log(chosen(x, y).mean())),
        loss_slip("logarithms of all letters",
                  "All letters of a row are counted; only the one that came, where y is 1.",
                  lambda x, y: -np.log(softmax(x)).sum() / len(x)),
        loss_slip("a loss for each row",
                  "forward returns a loss for each row; it is one number, their mean.",
                  lambda x, y: -np.log(chosen(x, y))),
        gradient_slip("answer minus chance",
                      "d_x has the wrong sign: it is p - y, so that the score of the letter that "
                      "came is pushed up.",
                      lambda x, y: (y - softmax(x)) / len(x)),
        gradient_slip("no division by n",
                      "d_x is not divided by N, the number of rows. In a mean each row has only an "
                      "N-th of the say.",
                      lambda x, y: softmax(x) - y),
        gradient_slip("divided by all numbers",
                      "d_x is divided by N times D; the mean is over the N rows, len(x).",
                      lambda x, y: (softmax(x) - y) / x.size),
        gradient_slip("scores minus answer",
                      "d_x is made of the scores; it is made of the chances, softmax(x).",
                      lambda x, y: (x - y) / len(x)),
        gradient_slip("the chances alone",
                      "d_x is the chances; the 1 of the answer is not taken away.",
                      lambda x, y: softmax(x) / len(x)),
        gradient_slip("only where the answer is",
                      "d_x is 0 for the letters that did not come; their scores should fall, by "
                      "their chance.",
                      lambda x, y: (softmax(x) - y) * y / len(x)),
        gradient_slip("slope of the squares",
                      "d_x has the 2 of 04's squares; here the slope is p - y, once.",
                      lambda x, y: 2 * (softmax(x) - y) / len(x)),
        gradient_slip("the answer over the chance",
                      "d_x is the slope for the chances, -y / p. One step is missing: back through "
                      "softmax, to the scores. Both together are p - y.",
                      lambda x, y: -y / softmax(x) / len(x)),
    ),
    hints=(
        "forward: p = softmax(x), kept in the box with y. p[y == 1] is the chance of the right "
        "letter in each row; minus its np.log, and the mean.",
        "Look at the nudged slopes and the chances above: [-0.3348, 0.2447, 0.09] and [0.6652, "
        "0.2447, 0.09]. By how much does the first differ? And which letter came?",
        "d_x has the shape of x: the chances, less the answers, and an N-th of it for each row.",
    ),
    on_success="This one line sits at the end of every network that writes.",
)

EXERCISES = [SOFTMAX, LOSS]
