"""08: the nudge."""

import numpy as np

from catrnn.gradcheck import numerical_gradient
from catrnn.lab.exercises.compare import same
from catrnn.lab.exercises.exercise import Exercise, InvalidResult, NothingReturned, Slip

NOT_PUT_BACK = ("param is not what it was before. Put each entry back after its two nudges, and "
                "write the slopes into an array of their own. A row such as param[0] is no copy: "
                "what is kept in it changes along, so go entry by entry, with np.ndindex.")


def loss_of(a, param):
    """A loss that bends, and in which every entry meets every other."""
    return float((a * param).sum() ** 3)


def with_a_loss(answer, a, param, nudge):
    """Ask for a gradient; the loss reads the array that is nudged. Raises InvalidResult."""
    def loss():
        return loss_of(a, param)

    loss.__qualname__ = "loss"  # so Python calls it in its errors
    before = param.copy()
    found = answer(loss, param, nudge)
    if found is None:
        raise NothingReturned
    if not same(before, param):
        raise InvalidResult(NOT_PUT_BACK)
    return found


def differences(a, param, up, down, part=None):
    """Return the loss after a nudge of `up` less the loss after one of `down`, for each entry.

    part(i): what is nudged for entry i, if it is not that entry alone.
    """
    found = np.zeros(param.shape)
    for i in np.ndindex(param.shape):
        one = np.zeros(param.shape)
        one[i if part is None else part(i)] = 1
        found[i] = loss_of(a, param + up * one) - loss_of(a, param + down * one)
    return found


def lower_divided(right, a, param, nudge):
    """The loss after a nudge up, less the other loss over two nudges."""
    below = loss_of(a, param) - differences(a, param, 0, -nudge)
    return below + differences(a, param, nudge, -nudge) - below / (2 * nudge)


def left_in(right, a, param, nudge):
    """An answer that leaves a nudge in param."""
    raise InvalidResult(NOT_PUT_BACK)


def mended_at_the_end(right, a, param, nudge):
    """Every entry stays a nudge lower while the next ones are nudged."""
    param, found = param.copy(), np.zeros(param.shape)
    for i in np.ndindex(param.shape):
        found[i] = differences(a, param, nudge, -nudge)[i] / (2 * nudge)
        param[i] -= nudge
    return found


def first_only(right, a, param, nudge):
    """All other entries are still as they were made, zero."""
    found = np.zeros(param.shape)
    found.flat[0] = right(a=a, param=param, nudge=nudge).flat[0]
    return found


def first_row_only(right, a, param, nudge):
    """The rows behind the first are still as they were made, zero."""
    found = np.zeros(param.shape)
    found[0] = right(a=a, param=param, nudge=nudge)[0]
    return found


def all_for_each(right, a, param, nudge):
    """All entries are nudged at once, for each entry again."""
    return differences(a, param, nudge, -nudge, lambda i: ...) / (2 * nudge)


def one_for_all(right, a, param, nudge):
    """All entries are nudged at once, and get one number together."""
    return all_for_each(right, a, param, nudge).flat[0]


def row_for_each(right, a, param, nudge):
    """A whole row is nudged, for each of its entries again."""
    return differences(a, param, nudge, -nudge, lambda i: i[0]) / (2 * nudge)


def by_row(right, a, param, nudge):
    """A whole row is nudged, and gets one number."""
    return row_for_each(right, a, param, nudge)[:, 0]


NUDGE = Exercise(
    name="numerical gradient",
    notebook="08_doubt_the_gradient",
    reference=numerical_gradient,
    solution_source="source(numerical_gradient)",
    axes={"a": "D H", "param": "D H", "nudge": ""},
    signature=("loss", "param", "nudge"),
    first=(dict(a=np.array([[1.0, 2.0]]), param=np.array([[3.0, -1.0]]), nudge=0.1),),
    run=with_a_loss,
    returns=("the gradient",),
    mutates=("param",),
    allow_integers=False,
    slips=(
        Slip("not put back", NOT_PUT_BACK, left_in),
        Slip("to the right only",
             "This looks to the right only: the loss after a nudge up, less the loss without. "
             "Nudge down as well, and take the difference of these two, over 2 * nudge.",
             lambda right, a, param, nudge: differences(a, param, nudge, 0) / nudge),
        Slip("to the left only",
             "This looks to the left only: the loss without a nudge, less the loss after one down. "
             "Nudge up as well, and take the difference of these two, over 2 * nudge.",
             lambda right, a, param, nudge: differences(a, param, 0, -nudge) / nudge),
        Slip("down by one only",
             "The second nudge only took the first one back, so the lower loss is the loss without "
             "a nudge. Set param[i] = value - nudge; from a nudge above that is 2 * nudge down.",
             lambda right, a, param, nudge: differences(a, param, nudge, 0) / (2 * nudge)),
        Slip("wrong sign",
             "The sign is wrong: take the loss after a nudge up, less the loss after one down.",
             lambda right, **probe: -right(**probe)),
        Slip("divided by one nudge",
             "It is divided by nudge. From a nudge below to a nudge above it is 2 * nudge: divide "
             "by that.",
             lambda right, a, param, nudge: differences(a, param, nudge, -nudge) / nudge),
        Slip("not divided",
             "The difference of the two losses is not divided yet. Divide it by 2 * nudge.",
             lambda right, a, param, nudge: differences(a, param, nudge, -nudge)),
        Slip("brackets",
             "Python goes from left to right: / 2 * nudge divides by 2, and then multiplies with "
             "nudge. Put brackets around it: / (2 * nudge).",
             lambda right, a, param, nudge: differences(a, param, nudge, -nudge) / 2 * nudge),
        Slip("only the lower loss divided",
             "Python divides before it subtracts: up - down / (2 * nudge) divides the lower loss "
             "alone. Put brackets around the difference: (up - down) / (2 * nudge).",
             lower_divided),
        Slip("halved only",
             "It is divided by 2, but not by the nudge. Divide by (2 * nudge).",
             lambda right, a, param, nudge: differences(a, param, nudge, -nudge) / 2),
        Slip("all at once",
             "All entries were nudged at once, so this is one slope for all together. Nudge one "
             "entry, put it back, and go on to the next.",
             one_for_all),
        Slip("all at once, for each",
             "All entries were nudged at once, each time. Nudge one entry, put it back, and go on "
             "to the next.",
             all_for_each),
        Slip("a row at once",
             "A whole row was nudged at once: param[i] with one number is a row. Go through every "
             "entry, with np.ndindex(param.shape).",
             by_row),
        Slip("rows for entries",
             "Each entry got the slope of its whole row, as if all of the row had been nudged. "
             "Nudge one entry, param[i, j].",
             row_for_each),
        Slip("first entry only",
             "Only the first entry has its slope. Does the return stand inside the loop? It "
             "belongs behind it.",
             first_only),
        Slip("first row only",
             "Only the first row has slopes. Visit every entry of every row: one loop inside "
             "another, or np.ndindex(param.shape).",
             first_row_only),
        Slip("a copy",
             "The gradient is all zeros: loss() found the same both times. It reads param itself, "
             "so nudge param, not a copy of it or a number taken from it: once up, once down.",
             lambda right, a, param, nudge: np.zeros(param.shape)),
        Slip("mended at the end",
             "An entry was still a nudge lower when the next one had its turn. Put each entry back "
             "before you go on.",
             mended_at_the_end),
    ),
    hints=(
        "One entry at a time: how large is loss() with it a nudge higher, and how large with it a "
        "nudge lower?",
        "np.ndindex(param.shape) goes through every entry: for i in np.ndindex(param.shape) makes "
        "param[i] one number.",
        "Keep value = param[i]. Set param[i] = value + nudge and ask loss(); the same with a "
        "minus; put value back.",
    ),
    on_success=("It knows no formula, so it can doubt every one of them: your own gradients from "
                "here on, too."),
)

EXERCISES = [NUDGE]
