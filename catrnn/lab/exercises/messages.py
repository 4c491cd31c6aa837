"""The sentences of a message: what is wrong with numbers, and the smallest numbers that show it."""

import numpy as np

from catrnn.lab.exercises.compare import TOLERANCE, same
from catrnn.lab.exercises.exercise import Exercise

SHOWN = 14
"""The most numbers that a message shows of what went in, and half as many of what came out; else it shows shapes, and
the first number that is wrong."""


def sentence(words: str) -> str:
    """Return words as a sentence. A name such as d_x keeps its small letter."""
    words = "The " + words[4:] if words.startswith("the ") else words
    return words if words.endswith((".", "?", ":")) else words + "."


def changed_words(exercise: Exercise, probe: dict, name: str, now) -> str:
    """Say which argument was changed in place."""
    was, is_now = (shown(x) if np.size(x) <= SHOWN else "other numbers" for x in (probe[name], now))
    words = f"{name} is changed in place: it was {was}, and after the call it is {is_now}. "
    if exercise.changes:
        return words + f"Only {' and '.join(exercise.changes)} may change. Are the arguments in the order of the task?"
    mend = "" if exercise.lists else f", or write {name} = {name} - 1 where you wrote {name} -= 1"
    return words + f"Whoever gave it still needs it. Work on a copy, {name}.copy(){mend}."


def shape_words(name: str, expected: np.ndarray, got: np.ndarray, probe: dict) -> str:
    """Say that the shape is not right, and whether the numbers are."""
    shapes = f"expected {shape_of(expected)}, got {shape_of(got)}, for {shapes_of(probe)}."
    if got.T.shape == expected.shape and same(expected, got.T):
        return f"{name} is turned on its side: {shapes}"
    if got.size == expected.size and same(expected.ravel(), got.ravel()):
        return f"The numbers in {name} are right, but not its shape: {shapes}"
    return f"The shape of {name} is not right: {shapes}"


def sign_words(name: str, flat: list) -> tuple:
    """Say that every number has the wrong sign, if that is all: the name of the slip, and words."""
    return ("wrong sign", f"Every number in {name} has the wrong sign") if all(same(e, -g) for e, g in flat) else ()


def size_words(exercise: Exercise, name: str, flat: list, probes: list) -> tuple:
    """Say that every number is too large or too small by one factor, or by a count of things, if that is all."""
    tried = [(e, g, probe) for (e, g), probe in zip(flat, probes, strict=True) if e.any()]
    factors = [(e @ g) / (e @ e) for e, g, _ in tried]
    if not all(f > 0 and same(e * f, g) for f, (e, g, _) in zip(factors, tried, strict=True)):
        return ()
    if np.allclose(factors, factors[0], rtol=1e-3):
        times, way = (factors[0], "large") if factors[0] > 1 else (1 / factors[0], "small")
        return f"too {way}", f"{name} is {times:.4g} times too {way}"
    first = next(iter(exercise.axes), None)
    for what, count in (("rows", len), ("values", np.size)):
        counts = [count(probe[first]) for _, _, probe in tried]
        if np.allclose(factors, counts, rtol=1e-3):
            return "sum for mean", (f"{name} is n times too large, where n is the number of {what} in {first}: "
                                    "divide by n, or take a mean where you took a sum")
        if np.allclose(np.multiply(factors, counts), 1, rtol=1e-3):
            return "mean for sum", (f"{name} is n times too small, where n is the number of {what} in {first}: "
                                    "do not divide by n, or take a sum where you took a mean")
    return ()


def value_words(name: str, flat: list) -> str:
    """Say how many numbers are off, of all that were tried."""
    off = [(e, g) for e, g in flat if not same(e, g)]
    if any(np.isnan(g).any() for _, g in off):
        return f"{name} holds nan, which is not a number: something was divided by zero, or was never set."
    if all(not g.any() for _, g in flat):
        return f"{name} is all zeros, as if it was forgotten"
    if len(off) < len(flat):
        return f"{name} is right on {len(flat) - len(off)} of {len(flat)} tries, and wrong on the others"
    return f"{name} does not hold the right numbers"


def evidence(exercise: Exercise, probe: dict, e: np.ndarray, g: np.ndarray, wrong: int) -> str:
    """Return the smallest numbers that show it: what went in, what was expected, e, and what came, g."""
    if exercise.kind == "value":  # what is expected would be the answer
        mend = " One number is expected. Decimals are written with a point, as in 0.5." if g.ndim else ""
        of_it = f" for {exercise.returns[wrong]}" if len(exercise.returns) > 1 else ""
        return f"You gave {worded(exercise, g)}{of_it}.{mend}"
    small = sum(np.size(x) for x in probe.values()) <= SHOWN
    given = values_of(probe) if small else shapes_of(probe)
    of_it = f"{exercise.returns[wrong]} " if len(exercise.returns) > 1 else ""
    if e.shape != g.shape:
        return f"For {given}: {of_it}expected {shape_of(e)}, got {shape_of(g)}."
    if (small and e.size <= SHOWN // 2) or e.size == 1:
        return f"For {given}: {of_it}expected {worded(exercise, e)}, got {worded(exercise, g)}."
    i = tuple(np.argwhere(~np.isclose(e, g, rtol=0, atol=TOLERANCE * np.abs(e).max()))[0].tolist())
    return f"For {given}: {of_it}at {list(i)} expected {shown(e[i])}, got {shown(g[i])}."


def worded(exercise: Exercise, x: np.ndarray) -> str:
    """Return a result as the learner knows it: the word that it stands for, or its numbers."""
    word = x.item() - 1 if exercise.words and x.size == 1 else None
    return repr(str(exercise.words[int(word)])) if word in range(len(exercise.words)) else shown(x)


def values_of(probe: dict) -> str:
    """Return the arguments and what is in them."""
    return ", ".join(f"{name} = {shown(x)}" for name, x in probe.items())


def shapes_of(probe: dict) -> str:
    """Return the shapes of the arguments in words."""
    shapes = [f"{name} {np.shape(x)}" if np.ndim(x) else f"{name} = {shown(x)}" for name, x in probe.items()]
    return ", ".join(shapes)


def shape_of(x: np.ndarray) -> str:
    """Return a shape in words."""
    return f"shape {x.shape}" if x.ndim else "one number"


def shown(x) -> str:
    """Return numbers as Python writes them, with at most four decimals and no dust."""
    if np.ndim(x):
        return "[" + ", ".join(map(shown, x)) + "]"
    return f"{round(float(x), 4) + 0.0:.10g}"
