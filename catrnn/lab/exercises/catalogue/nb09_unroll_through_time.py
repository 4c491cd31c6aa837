"""09: blame goes back through one day, and here through all of them."""

import numpy as np

from catrnn.bptt import backward_through_time, sum_over_time, unroll
from catrnn.lab.exercises.exercise import Exercise, Slip, other
from catrnn.layers import RecurrentLinearLayer, ReLULayer


class Walked(Exercise):
    """An exercise whose probes hold the states of a walk: T+1 of them, none of them below zero."""

    def draw_probe(self, rng, sizes: dict, integers: bool = False) -> dict:
        """Draw as usual, and shut the gates where a state would be below zero."""
        probe = super().draw_probe(rng, {**sizes, "T+1": sizes["T"] + 1}, integers)
        return probe | {"hs": np.maximum(0, probe["hs"])}


def sum_of_days(days, hs, p_w, d_h):
    """The course's way back, through layers that remember these days and states."""
    n_days, n_inputs, n_units = len(days), days.shape[-1], len(p_w)
    layer = RecurrentLinearLayer(0.0, np.zeros((n_inputs, n_units)), np.zeros(n_units), p_w)
    steps = unroll(layer, ReLULayer(), n_days)
    for t, (recurrent, relu) in enumerate(steps):
        recurrent.c_x, recurrent.p_x, relu.x = days[t], hs[t], hs[t + 1]

    _, per_day = backward_through_time(steps, d_h)
    total = sum_over_time(per_day)
    return total["c_w"], total["b"], total["p_w"]


def of_one_part(part: int, slip):
    """Return the result of a slip that goes wrong in one result alone: slip(**probe)[part]."""
    return other(part, lambda **probe: slip(None, **probe)[part])


def way_back(days, hs, p_w, d_h, order=reversed, gates=lambda hs, t: hs[t + 1] > 0, state_of=0,
             bias=lambda d_z: d_z.sum(axis=0), hand_on=lambda d_h, d_z, p_w: d_z @ p_w.T):
    """The loop of a learner, with what may be wrong in it."""
    d_c_w = d_b = d_p_w = 0
    for t in order(range(len(days))):
        d_z = d_h * gates(hs, t)
        d_c_w = d_c_w + days[t].T @ d_z
        d_b = d_b + bias(d_z)
        d_p_w = d_p_w + hs[t + state_of].T @ d_z
        d_h = hand_on(d_h, d_z, p_w)
    return d_c_w, d_b, d_p_w


def wrong(**changed):
    """Return a slip: the loop with one thing wrong."""
    return lambda right, **probe: way_back(**probe, **changed)


not_handed_on = wrong(hand_on=lambda d_h, d_z, p_w: d_h)  # it stays what it was on the last day
in_day_order = wrong(order=iter)
to_the_second_day = wrong(order=lambda days: days[:0:-1])  # the loop counts down to 1
todays_state = wrong(state_of=1)
no_gates = wrong(gates=lambda hs, t: 1)
yesterdays_gates = wrong(gates=lambda hs, t: hs[t] > 0)
not_weighed = wrong(hand_on=lambda d_h, d_z, p_w: d_z)
past_the_gates = wrong(hand_on=lambda d_h, d_z, p_w: d_h @ p_w.T)
rows_of_bias = wrong(bias=lambda d_z: d_z)  # one for each sequence


def not_added_up(right, days, hs, p_w, d_h):
    """= for +=: the first day, which is visited last, is left."""
    for t in reversed(range(len(days))):
        d_z = d_h * (hs[t + 1] > 0)
        d_c_w = days[t].T @ d_z
        d_b = d_z.sum(axis=0)
        d_p_w = hs[t].T @ d_z
        d_h = d_z @ p_w.T
    return d_c_w, d_b, d_p_w


def returned_inside_the_loop(right, days, hs, p_w, d_h):
    """The last day, which is visited first, is all."""
    return way_back(days[-1:], hs[-2:], p_w, d_h)


def p_w_transposed(right, days, hs, p_w, d_h):
    """p_w for p_w.T."""
    return right(days=days, hs=hs, p_w=p_w.T, d_h=d_h)


def mean_of_the_days(right, days, hs, p_w, d_h):
    """The sums are divided by the number of days."""
    sums = right(days=days, hs=hs, p_w=p_w, d_h=d_h)
    return tuple(part / len(days) for part in sums)


THROUGH = Walked(
    name="through time",
    notebook="09_unroll_through_time",
    reference=sum_of_days,
    solution_source="source(backward_through_time)",
    axes={"days": "T N D", "hs": "T+1 N H", "p_w": "H H", "d_h": "N H"},
    first=(
        dict(days=np.array([[[1.0]], [[2.0]]]), hs=np.array([[[4.0]], [[3.0]], [[5.0]]]),
             p_w=np.array([[2.0]]), d_h=np.array([[10.0]])),
        # two units, one of them shut on the last day
        dict(days=np.array([[[1.0]], [[2.0]]]),
             hs=np.array([[[4.0, 1.0]], [[3.0, 2.0]], [[5.0, 0.0]]]),
             p_w=np.array([[2.0, 1.0], [-1.0, 3.0]]), d_h=np.array([[10.0, 1.0]])),
    ),
    returns=("d_c_w", "d_b", "d_p_w"),
    slips=(
        Slip("forgotten +=, first day left",
             "Only the first day is left, which the way back visits last: each day overwrote the "
             "one before. Add with +=.",
             not_added_up),
        Slip("d_c_w forgot +=",
             "d_c_w is that of the first day alone, visited last. Add every day to it, with +=.",
             of_one_part(0, not_added_up)),
        Slip("d_b forgot +=",
             "d_b is that of the first day alone, visited last. Add every day to it, with +=.",
             of_one_part(1, not_added_up)),
        Slip("d_p_w forgot +=",
             "d_p_w is that of the first day alone, visited last. Add every day to it, with +=.",
             of_one_part(2, not_added_up)),
        Slip("last day alone",
             "Only the last day is blamed. Does the return stand inside the loop? It belongs "
             "behind it. And each day must hand its blame on to the day before.",
             returned_inside_the_loop),
        Slip("nothing through the state",
             "Every day got the blame of the last day, d_h as it came. At the end of each day hand "
             "it on: d_h = d_z @ p_w.T.",
             not_handed_on),
        Slip("days in order",
             "The days were visited from the first to the last. Blame goes the other way: begin "
             "with the last day.",
             in_day_order),
        Slip("today's state",
             "d_p_w was worked out with today's state, hs[t + 1]. What p_w met on day t is "
             "yesterday's: hs[t].",
             todays_state),
        Slip("gates forgotten",
             "The gates are left out. Where today's state hs[t + 1] is 0 the gate was shut, and no "
             "blame passes: d_z = d_h * (hs[t + 1] > 0), with > and not >=.",
             no_gates),
        Slip("yesterday's gates",
             "The gates are those of the day before: hs[t] > 0. Day t ended with hs[t + 1], and "
             "that one tells.",
             yesterdays_gates),
        Slip("not weighed",
             "Blame was handed to yesterday without the weights. It goes back by the way it came: "
             "d_h = d_z @ p_w.T.",
             not_weighed),
        Slip("p_w transposed",
             "Blame went through p_w the wrong way. Forward was h @ p_w; back it is d_z @ p_w.T.",
             p_w_transposed),
        Slip("gate not on the way back",
             "The weights got their blame through the gates, but yesterday got all of it: hand on "
             "d_z @ p_w.T, not d_h @ p_w.T.",
             past_the_gates),
        Slip("d_b not added up",
             "d_b still has a row for each sequence. All rows used the same bias: add them up.",
             rows_of_bias),
        Slip("first day left out",
             "The first day is left out. Count down to 0: reversed(range(len(days))) does.",
             to_the_second_day),
        Slip("a mean over the days",
             "The days were divided by how many they are. A weight used every day is to blame "
             "every day: add up.",
             mean_of_the_days),
    ),
    hints=(
        "The loop of this notebook does one day after the other, the last one first. What is "
        "different now? Each day is added to a total.",
        "Day t takes hs[t] and makes hs[t + 1]: the gates are hs[t + 1] > 0, and what p_w met is "
        "hs[t].",
        "In every day: d_z from d_h and the gates; three += ; and last, d_h = d_z @ p_w.T for the "
        "day before.",
    ),
    on_success="This is backpropagation through time, whole: the nudge agrees with it to 1e-8.",
)

EXERCISES = [THROUGH]
