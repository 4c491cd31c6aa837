"""09: blame goes back through one day, and here through all of them."""

import numpy as np

from catrnn.bptt import backward_through_time, sum_over_time, unroll
from catrnn.lab.exercises.exercise import Exercise, Slip, other
from catrnn.layers import RecurrentLinearLayer, ReLULayer


class Walked(Exercise):
    """An exercise whose probes hold the states of a walk: T+1 of them, none of them below zero."""

    def draw(self, rng, sizes: dict, whole: bool = False) -> dict:
        """Draw as usual, and shut the gates where a state would be below zero."""
        probe = super().draw(rng, {**sizes, "T+1": sizes["T"] + 1}, whole)
        return probe | {"hs": np.maximum(0, probe["hs"])}


def sum_of_days(days, hs, p_w, d_h, bptt_steps=None, steps=None):
    """The course's way back, through layers that remember these days and states."""
    steps = steps or walked(days, hs, p_w)
    total = sum_over_time(backward_through_time(steps, d_h, bptt_steps)[1])
    return total["c_w"], total["b"], total["p_w"]


def walked(days, hs, p_w, states=None, gates=None) -> list:
    """Return a pair of layers for each day, as if they had been walked. states, gates: what they remember instead."""
    h = p_w.shape[-1]
    steps = unroll(RecurrentLinearLayer(0.0, np.zeros((days.shape[-1], h)), np.zeros(h), p_w), ReLULayer(), len(days))
    states, gates = hs[:-1] if states is None else states, hs[1:] if gates is None else gates
    for (recurrent, relu), day, state, gate in zip(steps, days, states, gates, strict=True):
        recurrent.c_x, recurrent.p_x, relu.x = day, state, gate
    return steps


def remembering(**wrong):
    """Return what comes back if the layers remember other states, or other gates: wrong(hs)."""
    def result(right, days, hs, p_w, d_h):
        steps = walked(days, hs, p_w, **{name: of(hs) for name, of in wrong.items()})
        return sum_of_days(days, hs, p_w, d_h, steps=steps)

    return result


def one_day_of(number: int):
    """Return what comes back if one entry of the ledger, newest first, stands for all of them."""
    def result(right, days, hs, p_w, d_h):
        day = backward_through_time(walked(days, hs, p_w), d_h)[1][number]
        return day["c_w"], day["b"], day["p_w"]

    return result


def part_of_one_day(part: int, name: str):
    """Return what comes back if a += is forgotten for one of the three: the first day, visited last, is left."""
    return other(part, lambda days, hs, p_w, d_h: backward_through_time(walked(days, hs, p_w), d_h)[1][-1][name])


def in_day_order(right, days, hs, p_w, d_h):
    """The way back begins on the first day."""
    steps = walked(days, hs, p_w)[::-1]
    return sum_of_days(days, hs, p_w, d_h, steps=steps)


def same_blame(right, days, hs, p_w, d_h):
    """Every day gets the blame of the last."""
    per_day = [backward_through_time([step], d_h)[1][0] for step in walked(days, hs, p_w)]
    total = sum_over_time(per_day)
    return total["c_w"], total["b"], total["p_w"]


def unweighed(right, days, hs, p_w, d_h):
    """Blame goes through the gates, and not through the weights."""
    return right(days=days, hs=hs, p_w=np.eye(len(p_w)), d_h=d_h)


def open_gates(hs):
    """Gates that let everything through."""
    return np.ones_like(hs[1:], dtype=float)


THROUGH = Walked(
    name="through time",
    notebook="09_unroll_through_time",
    reference=sum_of_days,
    look="source(backward_through_time)",
    axes={"days": "T N D", "hs": "T+1 N H", "p_w": "H H", "d_h": "N H"},
    first=(dict(days=np.array([[[1.0]], [[2.0]]]), hs=np.array([[[4.0]], [[3.0]], [[5.0]]]), p_w=np.array([[2.0]]),
                d_h=np.array([[10.0]])),
           dict(days=np.array([[[1.0]], [[2.0]]]), hs=np.array([[[4.0, 1.0]], [[3.0, 2.0]], [[5.0, 0.0]]]),
                p_w=np.array([[2.0, 1.0], [-1.0, 3.0]]), d_h=np.array([[10.0, 1.0]]))),
    returns=("d_c_w", "d_b", "d_p_w"),
    slips=(
        Slip("forgotten +=, first day left",
             "Only the first day is left, which the way back visits last: each day overwrote the one before. "
             "Add with +=.",
             one_day_of(-1)),
        Slip("d_c_w forgot +=", "d_c_w is that of the first day alone, visited last. Add every day to it, with +=.",
             part_of_one_day(0, "c_w")),
        Slip("d_b forgot +=", "d_b is that of the first day alone, visited last. Add every day to it, with +=.",
             part_of_one_day(1, "b")),
        Slip("d_p_w forgot +=", "d_p_w is that of the first day alone, visited last. Add every day to it, with +=.",
             part_of_one_day(2, "p_w")),
        Slip("last day alone",
             "Only the last day is blamed. Does the return stand inside the loop? It belongs behind it. And each day "
             "must hand its blame on to the day before.", one_day_of(0)),
        Slip("nothing through the state",
             "Every day got the blame of the last day, d_h as it came. At the end of each day hand it on: "
             "d_h = d_z @ p_w.T.", same_blame),
        Slip("days in order",
             "The days were visited from the first to the last. Blame goes the other way: begin with the last day.",
             in_day_order),
        Slip("today's state",
             "d_p_w was worked out with today's state, hs[t + 1]. What p_w met on day t is yesterday's: hs[t].",
             remembering(states=lambda hs: hs[1:])),
        Slip("gates forgotten",
             "The gates are left out. Where today's state hs[t + 1] is 0 the gate was shut, and no blame passes: "
             "d_z = d_h * (hs[t + 1] > 0), with > and not >=.",
             remembering(gates=open_gates)),
        Slip("yesterday's gates",
             "The gates are those of the day before: hs[t] > 0. Day t ended with hs[t + 1], and that one tells.",
             remembering(gates=lambda hs: hs[:-1])),
        Slip("not weighed",
             "Blame was handed to yesterday without the weights. It goes back by the way it came: d_h = d_z @ p_w.T.",
             unweighed),
        Slip("p_w transposed", "Blame went through p_w the wrong way. Forward was h @ p_w; back it is d_z @ p_w.T.",
             lambda right, days, hs, p_w, d_h: right(days=days, hs=hs, p_w=p_w.T, d_h=d_h)),
        Slip("gate not on the way back",
             "The weights got their blame through the gates, but yesterday got all of it: hand on d_z @ p_w.T, not "
             "d_h @ p_w.T.",
             lambda right, days, hs, p_w, d_h: past_the_gates(days, hs, p_w, d_h)),
        Slip("d_b not added up", "d_b still has a row for each sequence. All rows used the same bias: add them up.",
             other(1, lambda days, hs, p_w, d_h: rows_of_bias(days, hs, p_w, d_h))),
        Slip("first day left out",
             "The first day is left out. Count down to 0: reversed(range(len(days))) does.",
             lambda right, days, hs, p_w, d_h: sum_of_days(days, hs, p_w, d_h, bptt_steps=max(1, len(days) - 1))),
        Slip("a mean over the days",
             "The days were divided by how many they are. A weight used every day is to blame every day: add up.",
             lambda right, days, **rest: tuple(part / len(days) for part in right(days=days, **rest))),
    ),
    hints=(
        "The loop of this notebook does one day after the other, the last one first. What is different now? Each day "
        "is added to a total.",
        "Day t takes hs[t] and makes hs[t + 1]: the gates are hs[t + 1] > 0, and what p_w met is hs[t].",
        "In every day: d_z from d_h and the gates; three += ; and last, d_h = d_z @ p_w.T for the day before.",
    ),
    why="This is backpropagation through time, whole: the nudge agrees with it to 1e-8.",
)


def past_the_gates(days, hs, p_w, d_h):
    """Blame that goes to the weights through the gates, and to yesterday past them."""
    return added([(day, state, d_h_t, gate) for day, state, d_h_t, gate in zip(
        days, hs, past(d_h, p_w, len(days)), hs[1:], strict=False)])


def past(d_h, p_w, n_days: int) -> list:
    """Return the blame of each day's state, first day first, as if every gate were open."""
    blames = [d_h]
    for _ in range(n_days - 1):
        blames.insert(0, blames[0] @ p_w.T)
    return blames


def added(per_day: list) -> tuple:
    """Add up days, each with what came in, the blame of its state, and its gates."""
    every = [sum_of_days(day[None], np.stack([state, gate]), np.eye(state.shape[-1]), d_h)
             for day, state, d_h, gate in per_day]
    return tuple(sum(parts) for parts in zip(*every, strict=True))


def rows_of_bias(days, hs, p_w, d_h):
    """The blame of the bias with a row for each sequence."""
    rows = [sum_of_days(days[:, n:n + 1], hs[:, n:n + 1], p_w, d_h[n:n + 1])[1] for n in range(len(d_h))]
    return np.array(rows)


EXERCISES = [THROUGH]
