"""The checks of days: a timeline, a walk through it, and the answers to it."""

from functools import partial

import numpy as np

from catrnn.checks.of_numbers import brief, finite, integer, numbers, optional, said
from catrnn.checks.of_shapes import rows, same_shape, shaped
from catrnn.checks.of_things import non_empty


def for_each_cat(name: str, x, leading: tuple, width: int) -> np.ndarray:
    """Return finite rows, (D,), (N, D) or leading + (N, D), as leading + (N, D): cats may share."""
    x = finite(name, rows(name, x))
    if x.shape[:-2] not in ((), leading) or x.shape[-1] != width:
        own = f" or ({', '.join(map(str, leading))}, N, {width})" if leading else ""
        given, expected = f"has rows of shape {x.shape}", f"(N, {width}){own} is"
        right = x.shape[-1] == width
        mend = "leave out the axes in front" if right else f"give rows of length {width}"
        raise ValueError(said(name, given, expected, mend))
    return np.broadcast_to(x, (*leading, *x.shape[-2:]))


def timelines(name: str, days, minimum: int = 1, why="a line needs two points") -> np.ndarray:
    """Return at least so many finite days along axis 0: a flat list of portions, or (T, N, 1)."""
    days = finite(name, days)
    if days.ndim == 0:
        given = f"has shape {days.shape}"
        raise ValueError(said(name, given, "a list of days is", "try [0.25, 0.5]"))
    if len(days) < minimum:
        given = f"{name} has {len(days)} day{'s' * (len(days) > 1)}, but {why}"
        raise ValueError(f"{given}; give at least {minimum} days")
    return days


def spread_out(name: str, x: np.ndarray, where: str) -> np.ndarray:
    """Return finite numbers that are not all alike: an error is measured by their spread."""
    if x.size == 0 or not finite(name, x).max() > x.min():
        expected = f"numbers that differ in {where} are"
        raise ValueError(said(name, "has no spread", expected, "give more years"))
    return x


def days_by_number(name: str, days, mend: str) -> np.ndarray:
    """Return a flat array of whole numbers, each a day counted from 0."""
    try:
        x = np.asarray(days)
    except ValueError:  # rows of different lengths
        x = np.array(None)
    if x.ndim != 1 or x.size == 0 or x.dtype.kind not in "iu" or np.ma.is_masked(days):
        raise TypeError(said(name, f"is {brief(days)}", "whole numbers are", mend))
    return x.astype(np.int64)


def same_length(**series) -> list:
    """Return arrays that are all flat and of one length: a number a year, say."""
    series = {name: numbers(name, x) for name, x in series.items()}
    shapes = {name: np.shape(x) for name, x in series.items()}
    if len({*shapes.values()}) > 1 or {len(shape) for shape in shapes.values()} != {1}:
        given = ", ".join(f"{name} has shape {shape}" for name, shape in shapes.items())
        raise ValueError(f"{given}, but flat arrays of one length are expected; give a number each")
    return [*series.values()]


def unrolled(steps) -> None:
    """Check for what `unroll` returns."""
    if type(steps) is list and steps and type(steps[0]) is type(steps[-1]) is tuple:
        return  # nearly every call, so it is answered first
    non_empty("steps", steps, "pairs, as `unroll` returns them")
    if not all(isinstance(one, tuple) and len(one) == 2 for one in steps):
        expected, mend = "a list of pairs is", "give what `unroll` returns"
        raise TypeError(said("steps", f"is {brief(steps)}", expected, mend))


def walk(steps: list, days, h0) -> tuple:
    """Return days (T, ..., N, D) and a first state (..., N, H) that fit the steps unrolled."""
    unrolled(steps)
    days, (recurrent, _) = numbers("days", days), steps[0]
    days = days[:, None] if days.ndim == 2 else days
    *leading, width, _ = recurrent.c_w.shape
    if (*days.shape[:-2], days.shape[-1]) != (len(steps), *leading, width):
        sizes = {"T": len(steps), "...": (*leading,), "D": width}
        shaped("days", days, "T ... N D", sizes, mend="give one for each of the steps")
    size = getattr(recurrent, "state_size", recurrent.p_w.shape[-2])
    state = (*days.shape[1:-1], size)
    return days, same_shape("h0", h0, "the state before these days", state)


def way_back(steps: list, d_h) -> np.ndarray:
    """Return the gradient of the last hidden state, if it has the shape of that state."""
    unrolled(steps)
    last = getattr(steps[-1][1], "x", None)
    return d_h if last is None else same_shape("d_h", d_h, "the last hidden state", last.shape)


def shared(steps: list, recurrent) -> None:
    """Check that the days were unrolled from this layer, and that it still has its arrays."""
    day, _ = steps[0]
    for name in ("c_w", "b", "p_w"):
        if getattr(day, name) is not getattr(recurrent, name):
            given = f"steps have another {name} than the cat"
            raise RuntimeError(f"{given}; unroll its layer, and move {name} in place")


def answered(name: str, n_answers: int, n_days: int, bptt_steps: int | None = None) -> None:
    """Check that there are as many days as answers, and that blame goes back past all of these."""
    if n_answers > n_days:
        given = f"{name} is for {n_answers} days, but {n_days} were walked"
        raise ValueError(f"{given}; give it for the last {n_days} days at most")
    if bptt_steps is not None and 1 < n_answers > bptt_steps:
        given = f"bptt_steps is {bptt_steps}, but the last {n_answers} days have answers"
        raise ValueError(f"{given}; try bptt_steps={n_answers}")


def every_day(target: np.ndarray, days: np.ndarray) -> None:
    """Check that every one of the days has an answer, as chunks of them need."""
    n_answers = len(target) if target.ndim == days.ndim else 1
    if target.ndim != days.ndim or n_answers != len(days):
        given = f"target is for {n_answers} of {len(days)} days"
        raise ValueError(f"{given}, but chunks need one a day; give them, or chunk=None")


def cut(n_days: int, chunk: int, bptt_steps: int | None) -> None:
    """Check that a timeline can be cut into chunks, from each of which blame goes back so far."""
    integer("n_days", n_days)
    integer("chunk", chunk, maximum=n_days)
    optional(partial(integer, minimum=chunk), "bptt_steps", bptt_steps)
    if n_days % chunk:
        given = f"chunk is {chunk}, but {n_days} days are no whole number of chunks"
        raise ValueError(f"{given}; give {n_days - n_days % chunk} days, or another chunk")


def recorded(name: str, hidden) -> None:
    """Raise RuntimeError where a training was not written down epoch by epoch."""
    if hidden is None:
        raise RuntimeError(f"{name} holds no record of the epochs; train with record=True")
