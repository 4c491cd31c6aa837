"""The same layers, day after day: forward through the days, and back through them."""

from copy import copy

import numpy as np

from catrnn import checks


def unroll(recurrent, relu, n_days: int) -> list:
    """Return one (recurrent, relu) pair for each day: the same weight arrays, a memory of its own."""
    return [(copy(recurrent), copy(relu)) for _ in range(checks.integer("n_days", n_days))]


def forward_through_time(steps: list, days, h0) -> list:
    """Go through T days (T, ..., N, D) from the state h0 (..., N, H). Return T+1 hidden states; the first is h0."""
    days = checks.rows_for_each("days", days, "steps", len(steps))
    hs = [checks.rows("h0", h0)]
    for (recurrent, relu), day in zip(steps, days, strict=True):
        hs.append(relu.forward(recurrent.forward(day, hs[-1])))
    return hs


def backward_through_time(steps: list, d_h, bptt_steps: int | None = None):
    """Send the gradient of the last hidden state, d_h (..., N, H), back through the days that were walked.

    bptt_steps: how many days back, None for all of them; 1 is the seed's habit.
    Return the gradient of the state before the earliest of these days, and one d_params a day, newest first.
    Weights do not move here: each day must be judged with the weights that it was walked with.
    """
    first = 0 if bptt_steps is None else max(0, len(steps) - checks.integer("bptt_steps", bptt_steps))
    per_day = []
    for recurrent, relu in reversed(steps[first:]):
        d_z, _ = relu.gradients(d_h)
        (_, d_h), d_params = recurrent.gradients(d_z)
        per_day.append(d_params)
    return d_h, per_day


def sum_over_time(per_day: list) -> dict:
    """Add up the gradients of the days: a weight used every day is to blame every day."""
    per_day = checks.non_empty("per_day", per_day, "gradients, one dict a day")
    return {name: sum(d_params[name] for d_params in per_day) for name in per_day[0]}


def clip_by_norm(d_params: dict, limit: float) -> dict:
    """Scale all gradients of a cat down together if their common length is over `limit`.

    d_params: one dict of gradients a layer, by the layer's name. Each cat has a length of its own. After
    Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent neural networks" (2013).
    """
    checks.above_zero("limit", limit)
    for name, layer in checks.by_name("d_params", d_params, "layer").items():
        checks.by_name(f"d_params[{name!r}]", layer, "weight")
    every = [checks.rows("d_" + name, g) for layer in d_params.values() for name, g in layer.items()]
    checks.one_leading("d_params", every)
    norm = np.sqrt(sum((g * g).sum(axis=(-2, -1), keepdims=True) for g in every))
    scale = limit / np.maximum(norm, limit)
    return {name: {k: (g * scale).reshape(np.shape(g)) for k, g in layer.items()} for name, layer in d_params.items()}
