"""14: blame from two sources, and a long timeline in chunks."""

import numpy as np

from catrnn.bptt import backward_from_answers, chunks, sum_over_time, unroll
from catrnn.lab.exercises.exercise import Exercise, Slip, other
from catrnn.layers import RecurrentLinearLayer, ReLULayer


class Answered(Exercise):
    """Probes hold the T+1 states of a walk, none below zero, and blame of T answers."""

    def draw_probe(self, rng, sizes: dict, integers: bool = False) -> dict:
        """Draw as usual, and shut the gates where a state would be below zero."""
        probe = super().draw_probe(rng, {**sizes, "T+1": sizes["T"] + 1}, integers)
        return probe | {"hs": np.maximum(0, probe["hs"])}


def sum_of_sources(days, hs, p_w, d_own):
    """The course's way back, through layers that remember these days and states."""
    n_inputs, n_units = days.shape[-1], len(p_w)
    layer = RecurrentLinearLayer(0.0, np.zeros((n_inputs, n_units)), np.zeros(n_units), p_w)
    steps = unroll(layer, ReLULayer(), len(days))
    for t, (recurrent, relu) in enumerate(steps):
        recurrent.c_x, recurrent.p_x, relu.x = days[t], hs[t], hs[t + 1]

    _, per_day = backward_from_answers(steps, list(d_own))
    total = sum_over_time(per_day)
    return total["c_w"], total["b"], total["p_w"]


def both_through_the_gate(own, tomorrow, before, after):
    """What is right: the two sources are added, and the sum goes through today's gates."""
    return (own + tomorrow) * (after > 0)


def from_day_to_day(d_z, own, tomorrow, after, p_w):
    """What is right: all that went through the gates goes to yesterday, by the weights."""
    return d_z @ p_w.T


def loop(blame=both_through_the_gate, hand=from_day_to_day, days_in=reversed, met_today=False):
    """Return the result of a learner's loop with one part of it wrong.

    blame, hand: what comes through the gates of a day, and what is handed on to the day before;
    days_in: the order of the days; met_today: p_w is paired with today's state.
    """
    def result(right, days, hs, p_w, d_own):
        d_c_w = d_b = d_p_w = tomorrow = 0
        for t in days_in(range(len(days))):
            d_z = blame(d_own[t], tomorrow, hs[t], hs[t + 1])
            d_c_w = d_c_w + days[t].T @ d_z
            d_b = d_b + d_z.sum(axis=0)
            d_p_w = d_p_w + hs[t + met_today].T @ d_z
            tomorrow = hand(d_z, d_own[t], tomorrow, hs[t + 1], p_w)
        return d_c_w, d_b, d_p_w

    return result


def with_blame(change):
    """Return the right result for other blame of the answers: change(d_own)."""
    return lambda right, **probe: right(**probe | {"d_own": change(probe["d_own"])})


def last_alone(d_own):
    """Nothing but the last day's."""
    return np.concatenate([0 * d_own[:-1], d_own[-1:]])


def of_the_first_day(right, days, hs, p_w, d_own):
    """= for +=: each day overwrites the one before, and the first is visited last."""
    later = right(days=days[1:], hs=hs[1:], p_w=p_w, d_own=d_own[1:]) if len(days) > 1 else 0
    every = right(days=days, hs=hs, p_w=p_w, d_own=d_own)
    return tuple(whole - rest for whole, rest in zip(every, later or (0, 0, 0), strict=True))


def of_the_last_day(right, days, hs, p_w, d_own):
    """The return stands inside the loop."""
    return right(days=days[-1:], hs=hs[-2:], p_w=p_w, d_own=d_own[-1:])


def rows_of_bias(days, hs, p_w, d_own):
    """d_b keeps a row for each sequence."""
    tomorrow, total = 0, 0
    for own, after in zip(d_own[::-1], hs[:0:-1], strict=True):
        d_z = (own + tomorrow) * (after > 0)
        tomorrow, total = d_z @ p_w.T, total + d_z
    return total


TWO_SOURCES = Answered(
    name="two sources",
    notebook="14_answer_every_day",
    reference=sum_of_sources,
    solution_source="source(backward_from_answers)",
    axes={"days": "T N D", "hs": "T+1 N H", "p_w": "H H", "d_own": "T N H"},
    first=(
        dict(days=np.array([[[1.0]], [[2.0]]]), hs=np.array([[[4.0]], [[3.0]], [[5.0]]]),
             p_w=np.array([[2.0]]), d_own=np.array([[[1.0]], [[10.0]]])),
        # two units, one of them shut on the last day
        dict(days=np.array([[[1.0]], [[2.0]]]),
             hs=np.array([[[4.0, 1.0]], [[3.0, 2.0]], [[5.0, 0.0]]]),
             p_w=np.array([[2.0, 1.0], [-1.0, 3.0]]),
             d_own=np.array([[[1.0, 2.0]], [[10.0, 1.0]]])),
    ),
    returns=("d_c_w", "d_b", "d_p_w"),
    slips=(
        Slip("own answer alone",
             "Each day was blamed for its own answer alone. Its state went into tomorrow too: hand "
             "d_z @ p_w.T on to the day before, and add it to d_own there.",
             loop(blame=lambda own, tomorrow, before, after: own * (after > 0))),
        Slip("last answer alone",
             "Only the answer of the last day counts. On every day add two sources: d_own[t], and "
             "what comes from tomorrow.",
             with_blame(last_alone)),
        Slip("own answer not handed on",
             "A day's own blame went onto the weights, but not on to yesterday. Hand on both "
             "sources, after the gates: d_z @ p_w.T.",
             loop(hand=lambda d_z, own, tomorrow, after, p_w:
                  (tomorrow * (after > 0) if np.ndim(tomorrow) else own * (after > 0)) @ p_w.T)),
        Slip("last answer every day",
             "The blame of the last answer was added on every day. Day t has its own: d_own[t].",
             with_blame(lambda d_own: np.broadcast_to(d_own[-1], d_own.shape))),
        Slip("answer of another day",
             "Day t got the blame of another day's answer. It is d_own[t] that belongs to the "
             "state hs[t + 1].",
             with_blame(lambda d_own: np.roll(d_own, 1, axis=0))),
        Slip("answers the wrong way round",
             "The answers were taken from the first on, while the days go from the last on. Use "
             "one number t for both.",
             with_blame(lambda d_own: d_own[::-1])),
        Slip("own answer past the gate",
             "A day's own blame went past the gates. Add the two sources first, then multiply: d_z "
             "= (d_own[t] + d_h) * (hs[t + 1] > 0).",
             loop(blame=lambda own, tomorrow, before, after: own + tomorrow * (after > 0))),
        Slip("tomorrow past the gate",
             "What comes from tomorrow went past today's gates. Add the two sources first, then "
             "multiply: d_z = (d_own[t] + d_h) * (hs[t + 1] > 0).",
             loop(blame=lambda own, tomorrow, before, after: own * (after > 0) + tomorrow)),
        Slip("one taken from the other",
             "One source was taken away from the other. Add them up: d_own[t] + d_h.",
             loop(blame=lambda own, tomorrow, before, after: (own - tomorrow) * (after > 0))),
        Slip("forgotten +=, first day left",
             "Only the first day is left, which the way back visits last: each day overwrote the "
             "one before. Add with +=.",
             of_the_first_day),
        Slip("last day alone",
             "Only the last day is blamed. Does the return stand inside the loop? It belongs "
             "behind it.",
             of_the_last_day),
        Slip("days in order",
             "The days were visited from the first to the last. Blame goes the other way: begin "
             "with the last day.",
             loop(days_in=iter)),
        Slip("today's state",
             "d_p_w was worked out with today's state, hs[t + 1]. What p_w met on day t is "
             "yesterday's: hs[t].",
             loop(met_today=True)),
        Slip("gates forgotten",
             "The gates are left out. Where today's state hs[t + 1] is 0 the gate was shut, and no "
             "blame passes: multiply by hs[t + 1] > 0, with > and not >=.",
             loop(blame=lambda own, tomorrow, before, after: own + tomorrow)),
        Slip("yesterday's gates",
             "The gates are those of the day before: hs[t] > 0. Day t ended with hs[t + 1], and "
             "that one tells.",
             loop(blame=lambda own, tomorrow, before, after: (own + tomorrow) * (before > 0))),
        Slip("not weighed",
             "Blame was handed to yesterday without the weights. It goes back by the way it came: "
             "d_z @ p_w.T.",
             loop(hand=lambda d_z, own, tomorrow, after, p_w: d_z)),
        Slip("p_w transposed",
             "Blame went through p_w the wrong way. Forward was h @ p_w; back it is d_z @ p_w.T.",
             lambda right, **probe: right(**probe | {"p_w": probe["p_w"].T})),
        Slip("gate not on the way back",
             "The weights got their blame through the gates, but yesterday got all of it: hand on "
             "d_z @ p_w.T, what came through.",
             loop(hand=lambda d_z, own, tomorrow, after, p_w: (own + tomorrow) @ p_w.T)),
        Slip("d_b not added up",
             "d_b still has a row for each sequence. All rows used the same bias: add them up.",
             other(1, rows_of_bias)),
        Slip("first day left out",
             "The first day is left out. Count down to 0: reversed(range(len(days))) does.",
             loop(days_in=lambda every: reversed(every[1:]))),
        Slip("a mean over the days",
             "The days were divided by how many they are. d_own has that division in it already: "
             "add up.",
             lambda right, **probe: tuple(part / len(probe["days"]) for part in right(**probe))),
    ),
    hints=(
        "It is the loop of 09, the last day first. Before the gates there is one sum more: which "
        "two sources has the blame of a day's state?",
        "Begin with nothing from tomorrow. On day t the blame of the state is d_own[t] plus what "
        "came from tomorrow; its gates are hs[t + 1] > 0, and p_w met hs[t].",
        "In every day: d_z from the sum of both and the gates; three += ; and last, what is handed "
        "to the day before, d_z @ p_w.T.",
    ),
    on_success="Every day is a lesson now, and one walk back through the days collects them all.",
)


class OfDays(Exercise):
    """Probes hold a number of days, a chunk that divides it, and how far back blame goes."""

    def draw_probe(self, rng, sizes: dict, integers: bool = False) -> dict:
        """Draw no numbers, but take them from the sizes."""
        chunk = sizes["D"]
        return dict(n_days=chunk * sizes["H"], chunk=chunk, back=chunk + sizes["N"])


def cut(n_days, chunk, back):
    """The course's chunks, as rows."""
    return np.array(chunks(int(n_days), int(chunk), int(back)))


def changed(change):
    """Return the result of a slip that changes the right rows: change(first, begin, end, back)."""
    def result(right, n_days, chunk, back):
        first, begin, end = right(n_days=n_days, chunk=chunk, back=back).T
        return np.stack(change(first, begin, end, back), axis=1)

    return result


CUT = OfDays(
    name="chunks",
    notebook="14_answer_every_day",
    reference=cut,
    solution_source="source(chunks)",
    axes={"n_days": "", "chunk": "", "back": ""},
    first=(dict(n_days=6, chunk=2, back=3), dict(n_days=4, chunk=2, back=2),
           dict(n_days=9, chunk=3, back=9)),
    returns=("the list",),
    allow_integers=False,
    slips=(
        Slip("first below zero",
             "The first walks begin before the first day. There is no day before 0: take "
             "max(0, end - back).",
             changed(lambda first, begin, end, back: (end - back, begin, end))),
        Slip("min for max",
             "first is never above 0. Take the larger of 0 and end - back: max, not min.",
             changed(lambda first, begin, end, back: (np.minimum(0, end - back), begin, end))),
        Slip("one chunk alone",
             "Only the first chunk came back. Does the return stand inside the loop? Collect every "
             "chunk in a list, and return it behind the loop.",
             lambda right, **probe: right(**probe)[:1]),
        Slip("no look back",
             "Each walk begins with its chunk, so blame never leaves it. It goes back days before "
             "the end: first is end - back, or 0.",
             changed(lambda first, begin, end, back: (begin, begin, end))),
        Slip("back from the beginning",
             "A walk begins back days before its chunk begins. Count from the end: first is end - "
             "back, or 0.",
             changed(lambda first, begin, end, back: (np.maximum(0, begin - back), begin, end))),
        Slip("all the way back",
             "Each walk begins on the first day, so nothing is cut. It begins back days before the "
             "end, or on day 0 if that is later.",
             changed(lambda first, begin, end, back: (0 * first, begin, end))),
        Slip("end is the last day",
             "The end is one too small: days[first:end] leaves the day out that it names. Write "
             "begin + chunk.",
             changed(lambda first, begin, end, back: (first, begin, end - 1))),
        Slip("begins a day late",
             "Each chunk begins one day too late. Days count from 0: the first chunk begins with "
             "day 0.",
             changed(lambda first, begin, end, back: (first, begin + 1, end))),
        Slip("last chunk missing",
             "The last chunk is missing. range(0, n_days, chunk) stops before n_days, not before "
             "the last chunk.",
             lambda right, **probe: right(**probe)[:-1]),
        Slip("first chunk missing",
             "The first chunk is missing: begin with day 0.",
             lambda right, **probe: right(**probe)[1:]),
        Slip("another order",
             "The three numbers stand in another order. Give (first, begin, end).",
             changed(lambda first, begin, end, back: (begin, end, first))),
        Slip("begin before first",
             "The first two numbers are swapped. Give (first, begin, end): where the walk begins, "
             "then where its own days do.",
             changed(lambda first, begin, end, back: (begin, first, end))),
        Slip("length for end",
             "The last number is how many days the chunk has. Give the day where it ends: begin + "
             "chunk.",
             changed(lambda first, begin, end, back: (first, begin, end - begin))),
        Slip("no first",
             "Each chunk has two numbers, and three are asked for: first, begin, end. first is "
             "where its walk begins.",
             lambda right, **probe: right(**probe)[:, 1:]),
        Slip("newest first",
             "The chunks run backwards. Learning goes on from day to day: the earliest comes "
             "first.",
             lambda right, **probe: right(**probe)[::-1]),
        Slip("chunks of one",
             "There is a chunk for every day. The next one begins chunk days later: range(0, "
             "n_days, chunk).",
             lambda right, n_days, chunk, back: np.array(
                 [(max(0, k + chunk - back), k, k + chunk) for k in range(n_days)])),
        Slip("chunk and back swapped",
             "chunk and back are swapped. chunk says how many days a chunk has, back how many days "
             "before its end blame goes.",
             lambda right, n_days, chunk, back: np.array(
                 [(max(0, k + back - chunk), k, k + back) for k in range(0, n_days, back)])),
        Slip("back for chunk",
             "The next chunk begins back days later, and it should be chunk days. chunk says how "
             "often the weights move, back how far blame goes.",
             lambda right, n_days, chunk, back: np.array(
                 [(max(0, k + chunk - back), k, k + chunk) for k in range(0, n_days, back)])),
    ),
    hints=(
        "On which days do the chunks begin? range can count in steps.",
        "A chunk that begins with day begin ends before day begin + chunk. Its walk begins back "
        "days before that end. What if there are not so many days?",
        "For every begin in range(0, n_days, chunk): the end, the first from the end and back, "
        "never below 0, and the three in a row.",
    ),
    on_success="However long the timeline, a walk never holds more than `back` days in memory.",
)

EXERCISES = [TWO_SOURCES, CUT]
