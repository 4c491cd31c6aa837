"""07, first: the way back of the recurrent layer."""

import numpy as np

from catrnn.lab.exercises.exercise import Exercise, InvalidResult, NothingReturned, Slip
from catrnn.layers import RecurrentLinearLayer

LR = 0.4
"""The learning rate of the layer that is judged."""

NO_PAIR = ("Two things are expected back, the gradients of the two inputs. End with: return d_c_x, "
           "d_p_x")
NOT_IN_PLACE = ("A weight is not the array that was given any more. self.c_w = self.c_w - ... "
                "makes a new one; self.c_w -= ... changes the old one, which all days share.")

NOT_MOVED = ("The weights have not moved. Take a step with each of the three, in place: self.c_w "
             "-= self.lr * d_c_w.")
OTHER_SHAPE = ("A gradient has another shape than its weight, so no step can be taken with it. "
               "d_c_w is (D, H) and d_p_w (H, H), as their weights; d_b is (H,), the rows of "
               "prev_d_x added up, with axis=0.")


def the_next_day(c_x, p_x) -> tuple:
    """Return other inputs of the same shapes, for a second call."""
    return 1.5 - c_x, 0.5 * p_x + 1


def two_steps(answer, c_x, p_x, c_w, b, p_w, prev_d_x):
    """Build a layer and take two steps with it; what its weights moved by tells their gradients.

    Raises InvalidResult.
    """
    weights = [c_w.copy(), b.copy(), p_w.copy()]
    layer, found = answer(LR, *weights), []
    for inputs in ((c_x, p_x), the_next_day(c_x, p_x)):
        before = [w.copy() for w in weights]
        layer.forward(*inputs)
        try:
            pair = layer.backward(prev_d_x)
        except ValueError as problem:
            if "non-broadcastable" in str(problem):  # what NumPy says of -= with a larger array
                raise InvalidResult(OTHER_SHAPE) from None
            raise
        now = layer.c_w, layer.b, layer.p_w
        if any(own is not given for own, given in zip(now, weights, strict=True)):
            raise InvalidResult(NOT_IN_PLACE)
        if pair is None:
            raise NothingReturned
        if not isinstance(pair, tuple | list) or len(pair) != 2:
            raise InvalidResult(NO_PAIR)
        moves = [old - new for old, new in zip(before, weights, strict=True)]
        if prev_d_x.any() and not any(move.any() for move in moves):
            raise InvalidResult(NOT_MOVED)
        found += [*pair, *(np.round(move / LR, 9) for move in moves)]  # without dust
    return tuple(found)


def taking_steps(change):
    """Return the result of a slip that changes what the right gradients are.

    change(gradients, c_x, p_x, c_w, b, p_w, prev_d_x) -> the five that come of it, on each call.
    """
    def result(right, c_x, p_x, c_w, b, p_w, prev_d_x):
        weights, found = [c_w.copy(), b.copy(), p_w.copy()], []
        for today, yesterday in ((c_x, p_x), the_next_day(c_x, p_x)):
            layer = RecurrentLinearLayer(LR, *weights)
            layer.forward(today, yesterday)
            d_inputs, d_params = layer.gradients(prev_d_x)
            gradients = [*d_inputs, d_params["c_w"], d_params["b"], d_params["p_w"]]
            found += change(gradients, today, yesterday, *weights, prev_d_x)
            for weight, d_weight in zip(weights, found[-3:], strict=True):
                weight -= LR * d_weight
        return tuple(found)

    return result


def moved_by(share: float):
    """Return the result of a slip that moves every weight by so many right steps."""
    def change(gradients, *given):
        return [*gradients[:2], *(share * d for d in gradients[2:])]

    return taking_steps(change)


def one_wrong(part: int, wrong):
    """Return the result of a slip in one gradient: wrong(c_x, p_x, c_w, b, p_w, prev_d_x)."""
    def change(gradients, *given):
        return [*gradients[:part], wrong(*given), *gradients[part + 1:]]

    return taking_steps(change)


def moved_first(gradients, c_x, p_x, c_w, b, p_w, prev_d_x) -> list:
    """The weights move, and then the message goes back through them."""
    d_c_w, d_b, d_p_w = gradients[2:]
    return [prev_d_x @ (c_w - LR * d_c_w).T, prev_d_x @ (p_w - LR * d_p_w).T, d_c_w, d_b, d_p_w]


def swapped(gradients, *given) -> list:
    """The pair comes back the other way round."""
    return [gradients[1], gradients[0], *gradients[2:]]


def raising(words: str):
    """Return the result of a slip that brings no numbers, but these words."""
    def result(right, **probe):
        raise InvalidResult(words)

    return result


def of_todays_state(c_x, p_x, c_w, b, p_w, prev_d_x):
    """The gradient of p_w with today's state for yesterday's."""
    today = c_x @ c_w + p_x @ p_w + b
    return today.T @ prev_d_x


NAMES = ("d_c_x", "d_p_x", "d_c_w", "d_b", "d_p_w")

BACKWARD = Exercise(
    name="recurrent backward",
    notebook="07_train_the_cat",
    kind="class",
    method="backward",
    layer="RecurrentLinearLayer",
    reference=RecurrentLinearLayer,
    solution_source="source(CourseRecurrentLinearLayer.gradients)",
    axes={"c_x": "N D", "p_x": "N H", "c_w": "D H", "b": "H", "p_w": "H H", "prev_d_x": "N H"},
    first=(
        dict(c_x=np.array([[2.0]]), p_x=np.array([[1.0, 3.0]]), c_w=np.array([[1.0, -1.0]]),
             b=np.array([0.5, 0.25]), p_w=np.array([[0.0, 1.0], [2.0, 0.0]]),
             prev_d_x=np.array([[10.0, 1.0]])),
    ),
    returns=(*NAMES, *(f"{name} of a second call" for name in NAMES)),
    run=two_steps,
    slips=(
        Slip("not in place", NOT_IN_PLACE, raising(NOT_IN_PLACE)),
        Slip("no pair", NO_PAIR, raising(NO_PAIR)),
        Slip("not moved", NOT_MOVED, raising(NOT_MOVED)),
        Slip("d_b not added up", OTHER_SHAPE, raising(OTHER_SHAPE)),
        Slip("uphill",
             "The weights moved uphill. A gradient says which way the loss grows, so go against "
             "it: self.c_w -= self.lr * d_c_w.",
             moved_by(-1)),
        Slip("no learning rate",
             "The weights moved by the whole gradient. Multiply it with self.lr first.",
             moved_by(1 / LR)),
        Slip("two steps",
             "The weights moved twice as far as they should: that is two steps.",
             moved_by(2)),
        Slip("moved first",
             "The weights were moved first, so d_c_x and d_p_x came from weights that were never "
             "used on the way forward. Work out all gradients, then move.",
             taking_steps(moved_first)),
        Slip("c_w moved first",
             "c_w was moved first, so d_c_x came from weights that were never used on the way "
             "forward. Work out all gradients, then move.",
             one_wrong(0, lambda c_x, p_x, c_w, b, p_w, d: d @ (c_w - LR * c_x.T @ d).T)),
        Slip("p_w moved first",
             "p_w was moved first, so d_p_x came from weights that were never used on the way "
             "forward. Work out all gradients, then move.",
             one_wrong(1, lambda c_x, p_x, c_w, b, p_w, d: d @ (p_w - LR * p_x.T @ d).T)),
        Slip("d_c_x and d_p_x returned swapped",
             "d_c_x and d_p_x come back in each other's place. End with: return d_c_x, d_p_x.",
             taking_steps(swapped)),
        Slip("c_w transposed",
             "d_c_x went through c_w the wrong way. Forward was c_x @ c_w; back it is prev_d_x @ "
             "self.c_w.T.",
             one_wrong(0, lambda c_x, p_x, c_w, b, p_w, d: d @ c_w)),
        Slip("p_w transposed",
             "d_p_x went through p_w the wrong way. Forward was p_x @ p_w; back it is prev_d_x @ "
             "self.p_w.T.",
             one_wrong(1, lambda c_x, p_x, c_w, b, p_w, d: d @ p_w)),
        Slip("no blame for yesterday",
             "d_p_x is zero, so yesterday is blamed for nothing. Its state went into this sum "
             "through p_w: send prev_d_x back the same way.",
             one_wrong(1, lambda c_x, p_x, c_w, b, p_w, d: np.zeros(p_x.shape))),
        Slip("yesterday not weighed",
             "d_p_x is prev_d_x as it came. Yesterday's state went through weights, and so must "
             "its blame: through self.p_w.T.",
             one_wrong(1, lambda c_x, p_x, c_w, b, p_w, d: d)),
        Slip("d_b not moved",
             "b has not moved. The bias has a say every day: add up prev_d_x over the rows, and "
             "take a step with it.",
             one_wrong(3, lambda c_x, p_x, c_w, b, p_w, d: np.zeros(b.shape))),
        Slip("d_b one number",
             "d_b is one number. Each unit has a bias of its own: add up the rows alone, with "
             "axis=0.",
             one_wrong(3, lambda c_x, p_x, c_w, b, p_w, d: np.full(b.shape, d.sum()))),
        Slip("d_b a mean",
             "d_b is a mean over the rows. The 1/n is in prev_d_x already: add up.",
             one_wrong(3, lambda c_x, p_x, c_w, b, p_w, d: d.mean(axis=0))),
        Slip("d_c_w not moved",
             "c_w has not moved. Its gradient is self.c_x.T @ prev_d_x; take a step with it.",
             one_wrong(2, lambda c_x, p_x, c_w, b, p_w, d: np.zeros(c_w.shape))),
        Slip("d_p_w not moved",
             "p_w has not moved. What it met is yesterday's state: its gradient is self.p_x.T @ "
             "prev_d_x. Take a step with it, too.",
             one_wrong(4, lambda c_x, p_x, c_w, b, p_w, d: np.zeros(p_w.shape))),
        Slip("d_p_w on its side",
             "d_p_w is turned on its side. Its rows are yesterday's units, its columns today's: "
             "self.p_x.T comes first.",
             one_wrong(4, lambda c_x, p_x, c_w, b, p_w, d: d.T @ p_x)),
        Slip("today's state",
             "d_p_w was worked out with today's state. What p_w met is yesterday's, which the "
             "layer keeps in self.p_x.",
             one_wrong(4, of_todays_state)),
    ),
    hints=(
        "This is notebook 05 twice over: two inputs went in through two arrays of weights. A "
        "gradient has the shape of its thing.",
        "The layer keeps what came in: self.c_x and self.p_x. The gradient of weights is that, "
        "turned with .T, times prev_d_x. Each of the three weights then moves, as in 05.",
        "The gradient of an input is prev_d_x times its weights turned: self.c_w.T for today's, "
        "self.p_w.T for yesterday's. Both come back: work them out before any weight moves.",
    ),
    on_success=("d_p_x is the message to yesterday. The first program throws it away; 09 does "
                "not."),
)

EXERCISES = [BACKWARD]
