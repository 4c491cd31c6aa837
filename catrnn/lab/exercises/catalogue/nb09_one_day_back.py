"""09, first: blame goes back through one day."""

import numpy as np

from catrnn.lab.exercises.exercise import Exercise, InvalidResult, NothingReturned, Slip, other
from catrnn.layers import RecurrentLinearLayer

NO_PAIR = ('Your gradients should end with: return (d_c_x, d_p_x), {"c_w": d_c_w, "b": d_b, "p_w": '
           "d_p_w}. The first two in brackets, the other three in a dict, by these names")
MOVED = ("The weights have moved. gradients only works out who is to blame; update moves the "
         "weights, when all days are done.")


def one_day_back(answer, c_x, p_x, c_w, b, p_w, prev_d_x):
    """Use a layer as the cat does: build it, go forward, then back. Raises InvalidResult."""
    weights = {"c_w": c_w.copy(), "b": b.copy(), "p_w": p_w.copy()}
    layer = answer(0.01, **weights)
    layer.forward(c_x, p_x)
    found = layer.gradients(prev_d_x)
    if not all(map(np.array_equal, weights.values(), (c_w, b, p_w))):
        raise InvalidResult(MOVED)
    if found is None:
        raise NothingReturned
    try:
        (d_c_x, d_p_x), d_params = found
        return d_c_x, d_p_x, d_params["c_w"], d_params["b"], d_params["p_w"]
    except (TypeError, ValueError, KeyError, IndexError):
        raise InvalidResult(NO_PAIR) from None


def moved(right, **probe):
    """A layer that learns while it should only look."""
    raise InvalidResult(MOVED)


def uphill(right, **probe):
    """The gradients of the weights with the minus of the step."""
    d_c_x, d_p_x, *of_weights = right(**probe)
    return (d_c_x, d_p_x, *map(np.negative, of_weights))


def of_todays_state(c_x, p_x, c_w, b, p_w, prev_d_x):
    """The gradient of p_w with today's state for yesterday's."""
    today = c_x @ c_w + p_x @ p_w + b
    return today.T @ prev_d_x


DAY = Exercise(
    name="one day back",
    notebook="09_unroll_through_time",
    kind="class",
    method="gradients",
    reference=RecurrentLinearLayer,
    solution_source="source(RecurrentLinearLayer.gradients)",
    axes={"c_x": "N D", "p_x": "N H", "c_w": "D H", "b": "H", "p_w": "H H", "prev_d_x": "N H"},
    first=(
        dict(c_x=np.array([[2.0]]), p_x=np.array([[1.0, 3.0]]), c_w=np.array([[1.0, -1.0]]),
             b=np.array([0.5, 0.25]), p_w=np.array([[0.0, 1.0], [2.0, 0.0]]),
             prev_d_x=np.array([[10.0, 1.0]])),
    ),
    returns=("d_c_x", "d_p_x", "d_c_w", "d_b", "d_p_w"),
    run=one_day_back,
    slips=(
        Slip("updated while walking back", MOVED, moved),
        Slip("minus of the step",
             "The blame of the weights has the wrong sign. A gradient says which way the loss "
             "grows; the minus is in update.",
             uphill),
        Slip("p_w transposed",
             "d_p_x went through p_w the wrong way. Forward was p_x @ p_w; back it is prev_d_x @ "
             "self.p_w.T.",
             other(1, lambda p_w, prev_d_x, **_: prev_d_x @ p_w)),
        Slip("no blame for yesterday",
             "d_p_x is zero, so yesterday is blamed for nothing. Its state went into this sum "
             "through p_w: send prev_d_x back the same way.",
             other(1, lambda p_x, **_: np.zeros(p_x.shape))),
        Slip("yesterday not weighed",
             "d_p_x is prev_d_x as it came. Yesterday's state went through weights, and so must "
             "its blame: through self.p_w.T.",
             other(1, lambda prev_d_x, **_: prev_d_x)),
        Slip("d_b not added up",
             "d_b still has a row for each sequence. All rows used the same bias: add them up.",
             other(3, lambda prev_d_x, **_: prev_d_x)),
        Slip("d_b one number",
             "d_b is one number. Each unit has a bias of its own: add up the rows alone, with "
             "axis=0.",
             other(3, lambda prev_d_x, **_: prev_d_x.sum())),
        Slip("d_b a mean",
             "d_b is a mean over the rows. The 1/n is in prev_d_x already: add up.",
             other(3, lambda prev_d_x, **_: prev_d_x.mean(axis=0))),
        Slip("d_b forgotten",
             "d_b is zero. The bias has a say every day: add up prev_d_x over the rows.",
             other(3, lambda b, **_: np.zeros(b.shape))),
        Slip("d_c_w on its side",
             "d_c_w is turned on its side. A gradient has the shape of its thing: self.c_x.T comes "
             "first.",
             other(2, lambda c_x, prev_d_x, **_: prev_d_x.T @ c_x)),
        Slip("d_p_w on its side",
             "d_p_w is turned on its side. Its rows are yesterday's units, its columns today's: "
             "self.p_x.T comes first.",
             other(4, lambda p_x, prev_d_x, **_: prev_d_x.T @ p_x)),
        Slip("without p_x",
             "d_p_w is zero. What p_w met is yesterday's state: its blame is self.p_x.T @ "
             "prev_d_x.",
             other(4, lambda p_w, **_: np.zeros(p_w.shape))),
        Slip("today's state",
             "d_p_w was worked out with today's state. What p_w met is yesterday's, which the "
             "layer keeps in self.p_x.",
             other(4, of_todays_state)),
    ),
    hints=(
        "This is notebook 05 twice over: two inputs went in through two arrays of weights. A "
        "gradient has the shape of its thing.",
        "The layer keeps what came in: self.c_x and self.p_x. The blame of weights is that, turned "
        "with .T, times prev_d_x.",
        "The blame of an input is prev_d_x times its weights turned: self.c_w.T for today's, "
        "self.p_w.T for yesterday's.",
    ),
    on_success=("d_p_x is the message to yesterday, and without it no cat could learn from the "
                "days before."),
)

EXERCISES = [DAY]
