"""The same layers, day after day: forward through the days, and back through them."""

from copy import copy

import numpy as np

from catrnn import checks


def unroll(recurrent, relu, n_days: int) -> list:
    """Return one (recurrent, relu) pair a day: the same weight arrays, a memory of its own."""
    checks.require_attributes("recurrent", recurrent, "forward", "gradients")
    checks.require_attributes("relu", relu, "forward", "gradients")
    checks.integer("n_days", n_days)
    return [(for_a_day(recurrent), for_a_day(relu)) for _ in range(n_days)]


def for_a_day(layer):
    """Return a copy of a layer: the same weight arrays, a memory of its own, in a dict too."""
    day = copy(layer)
    for name, x in getattr(day, "__dict__", {}).items():
        if isinstance(x, dict | list):
            setattr(day, name, copy(x))
    return day


def forward_through_time(steps: list, days, h0) -> list:
    """Go through T days (T, ..., N, D) from the state h0 (..., N, H).

    Return T+1 hidden states; the first is h0. Raises TypeError or ValueError for what does not fit.
    """
    days, h0 = checks.walk(steps, days, h0)
    hs = [h0]
    for (recurrent, relu), day in zip(steps, days, strict=True):
        z = recurrent.forward(day, hs[-1])
        hs.append(relu.forward(z))
    return hs


def backward_through_time(steps: list, d_h, bptt_steps: int | None = None):
    """Send the gradient of the last hidden state, d_h (..., N, H), back through the days walked.

    bptt_steps: how many days back, None for all of them; 1 is the first program's habit.
    Return the gradient of the state before the earliest of these days, and one d_params a day,
    newest first. Weights do not move here: each day must be judged with the weights that it was
    walked with.
    """
    checks.optional(checks.integer, "bptt_steps", bptt_steps)
    d_h = checks.way_back(steps, d_h)
    days_back = len(steps) if bptt_steps is None else min(bptt_steps, len(steps))
    per_day = []
    for recurrent, relu in reversed(steps[-days_back:]):
        d_z, _ = relu.gradients(d_h)
        (_, d_h), d_params = recurrent.gradients(d_z)
        per_day.append(d_params)
    return d_h, per_day


def backward_from_answers(steps: list, d_answers: list):
    """Send blame back through days of which the last G have an answer each.

    d_answers: G arrays (..., N, H), oldest first: the gradient that each of these days' states has
    from its own answer. Blame reaches a day from its own answer, and from tomorrow.
    Return what `backward_through_time` does.
    """
    checks.non_empty("d_answers", d_answers, "gradients, one a day")
    checks.answered("d_answers", len(d_answers), len(steps))
    d_h, per_day = 0.0, []
    for step, d_own in zip(reversed(steps), reversed(d_answers), strict=False):
        d_h, entry = backward_through_time([step], d_own + d_h)
        per_day += entry
    if earlier := steps[: -len(d_answers)]:
        d_h, entries = backward_through_time(earlier, d_h)
        per_day += entries
    return d_h, per_day


def chunks(n_days: int, chunk: int, bptt_steps: int | None = None) -> list:
    """Cut a long timeline into chunks of so many days: return (first, begin, end) of each.

    Its own are the days from begin up to, without, end. They are judged; blame goes back to first,
    which is bptt_steps before the end: begin, if None. So `chunk` is how often the weights move,
    bptt_steps how far a day can be to blame: k1 and k2 in Sutskever, "Training Recurrent Neural
    Networks" (2013).
    """
    checks.cut(n_days, chunk, bptt_steps)
    back = bptt_steps or chunk
    return [(max(0, begin + chunk - back), begin, begin + chunk)
            for begin in range(0, n_days, chunk)]


def sum_over_time(per_day: list) -> dict:
    """Add up the gradients of the days: a weight used every day is to blame every day."""
    checks.non_empty("per_day", per_day, "gradients, one dict a day")
    checks.alike("per_day", per_day)
    total = dict.fromkeys(per_day[0], 0.0)
    for d_params in per_day:
        for name in total:
            total[name] += d_params[name]
    return total


def clip_by_norm(d_params: dict, limit: float) -> dict:
    """Scale all gradients of a cat down together if their common length is over `limit`.

    d_params: one dict of gradients a layer, by the layer's name. Each cat has a length of its own.
    After Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent neural networks"
    (2013).
    """
    checks.above_zero("limit", limit)
    clipped = checks.gradients_of_cats("d_params", d_params)

    squares = 0.0
    for layer in clipped.values():
        for d_param in layer.values():
            squares = squares + (d_param * d_param).sum(axis=(-2, -1), keepdims=True)
    norm = np.sqrt(squares)
    scale = limit / np.maximum(norm, limit)

    for name, layer in clipped.items():
        for weight, d_param in layer.items():
            layer[weight] = (d_param * scale).reshape(np.shape(d_params[name][weight]))
    return clipped
