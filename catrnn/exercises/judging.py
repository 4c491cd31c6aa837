"""Compares an answer with the right one and with every known slip, and finds the words."""

import inspect
from typing import NamedTuple

import numpy as np

from catrnn.exercises.asking import Outcome, ask, empty, typed, where
from catrnn.exercises.entry import Exercise
from catrnn.exercises.slips import family

TOLERANCE = 1e-4
"""How far from right is still right, as a part of the largest number: float32 keeps seven digits, and a walk through
the days loses one or two of them. A slip is at least a hundred times further off."""

SHOWN = 12
"""The most numbers that a message shows of what went in, and again of what came out; else shapes, and one number."""

NOT_STARTED, NOT_YET, CORRECT = "not started", "not yet", "correct"


class Verdict(NamedTuple):
    """What is said of an answer."""

    state: str
    words: str
    slip: str = ""
    """The name of the slip, for tests; empty where none was recognised."""


def judge(exercise: Exercise, answer, probes: list | None = None) -> Verdict:
    """Judge an answer, whatever it is, on the exercise's own probes if none are given.

    Raises nothing, except the learner's own Ctrl+C.
    """
    if isinstance(answer, str) and exercise.kind != "value":
        try:
            answer = typed(answer)
        except BaseException as problem:
            return Verdict(NOT_YET, sentence(where(problem, answer_named(exercise))))
    if not_started(exercise, answer):
        return Verdict(NOT_STARTED, "Write it in place of the three dots, then run the cell again.")
    if words := unlike(exercise, answer):
        return Verdict(NOT_YET, words)
    probes = probes or exercise.probes
    return verdict(exercise, probes, [ask(exercise, answer, probe) for probe in probes])


def verdict(exercise: Exercise, probes: list, got: list) -> Verdict:
    """Judge what an answer brought, probe by probe."""
    expected = [ask(exercise, exercise.reference, probe) for probe in probes]
    wrong = first_wrong_part(expected, got)
    for probe, outcome in zip(probes, got, strict=True):
        if outcome.changed:
            return Verdict(NOT_YET, changed_words(probe, *outcome.changed), "changed in place")
    if wrong is None:
        return Verdict(CORRECT, exercise.why)
    return diagnosis(exercise, probes, expected, got, wrong)


def answer_named(exercise: Exercise):
    """Stand in for an answer that never came to be, where only its file is asked for."""
    return typed("def answer(): ...")


def not_started(exercise: Exercise, answer) -> bool:
    """Whether the three dots still stand where the answer will be."""
    if answer is None or answer is ...:
        return True
    if exercise.kind == "class" and isinstance(answer, type):
        method = getattr(answer, exercise.own, None)
        inherited = method is getattr(exercise.reference, exercise.own) and answer is not exercise.reference
        return inherited or empty(method)
    return exercise.kind == "function" and empty(answer)


def unlike(exercise: Exercise, answer) -> str:
    """Say what is wrong with the kind of a thing that was given, or nothing."""
    kind = type(answer).__name__
    if exercise.kind == "class" and not isinstance(answer, type):
        return f"A class is expected, but {kind} was given. Give its name, without brackets behind it."
    if exercise.kind == "function" and (not callable(answer) or isinstance(answer, type)):
        return f"A function is expected, but {kind} was given. Give its name, without brackets behind it."
    if exercise.kind == "function":
        names = list(exercise.axes)
        try:
            inspect.signature(answer).bind(*names)
        except TypeError:
            return f"It cannot be called with {len(names)} arguments. They should be: {', '.join(names)}."
        except ValueError:  # some functions written in C do not tell what they take
            return ""
    return ""


def first_wrong_part(expected: list, got: list) -> int | None:
    """Return which of the results is wrong on some probe: its number, or None. No numbers at all count as the first."""
    if any(outcome.parts is None for outcome in got):
        return 0
    for k in range(len(expected[0].parts)):
        if not all(same(e.parts[k], g.parts[k]) for e, g in zip(expected, got, strict=True)):
            return k
    return None


def same(a: np.ndarray, b: np.ndarray) -> bool:
    """Whether two arrays have one shape and, within the tolerance, the same numbers."""
    return a.shape == b.shape and np.allclose(a, b, rtol=0, atol=TOLERANCE * max(np.abs(a).max(initial=0), 1e-6))


def agree(a: Outcome, b: Outcome, parts) -> bool:
    """Whether two outcomes are the same in these parts; to have stopped is the same as to have stopped."""
    if a.parts is None or b.parts is None:
        return bool(a.stopped and b.stopped)
    return all(same(a.parts[k], b.parts[k]) for k in parts)


def known_slips(exercise: Exercise) -> list:
    """Return the slips of the exercise, then the general ones that it has no words of its own for."""
    own = {slip.name for slip in exercise.slips}
    return [*exercise.slips, *(slip for slip in family(exercise) if slip.name not in own)]


def outcomes_of(exercise: Exercise, slip, probes: list) -> list:
    """Return what an answer with this slip brings, probe by probe."""
    def right(**probe):
        return exercise.ask(exercise.reference, **probe)

    def answer(**probe):
        return slip.result(right, **probe)

    return [ask(Asked(exercise), answer, probe) for probe in probes]


class Asked:
    """An exercise whose answer takes the arguments by name: so slips are asked."""

    def __init__(self, exercise: Exercise):
        self.returns, self.changes = exercise.returns, tuple(exercise.axes)

    def ask(self, answer, **probe):
        return answer(**probe)


def matching(exercise: Exercise, probes: list, expected: list, got: list, wrong: int) -> list:
    """Return the slips that give just what the answer gave: in every result, or else in the first wrong one."""
    every, found = range(len(exercise.returns)), {"all": [], "one": []}
    for slip in known_slips(exercise):
        slipped = outcomes_of(exercise, slip, probes)
        for key, parts in (("all", every), ("one", [wrong])):
            shows = any(s.parts and not agree(s, e, parts) for s, e in zip(slipped, expected, strict=True))
            if shows and all(agree(s, g, parts) for s, g in zip(slipped, got, strict=True)):
                found[key].append(slip)
    return found["all"] or found["one"]


def diagnosis(exercise: Exercise, probes: list, expected: list, got: list, wrong: int) -> Verdict:
    """Find the words for a wrong answer: a known slip, else where it stopped, then shape, sign, size, value."""
    pairs = list(zip(probes, expected, got, strict=True))
    off = [(p, e, g) for p, e, g in pairs if g.parts and not same(e.parts[wrong], g.parts[wrong])]
    name = exercise.returns[wrong]
    if slips := matching(exercise, probes, expected, got, wrong):
        words = " Or: ".join(slip.words for slip in slips)
        return Verdict(NOT_YET, f"{words} {evidence(exercise, off[0], wrong)}", " / ".join(slip.name for slip in slips))
    for probe, _, outcome in pairs:
        if outcome.parts is None:
            said = sentence(outcome.stopped or outcome.unfit)
            shapes = f" The shapes were {shapes_of(probe)}." if outcome.stopped and exercise.axes else ""
            slip = "nothing returned" if outcome.unfit.startswith("Nothing") else ""
            return Verdict(NOT_YET, said + shapes, slip)
    for probe, right, outcome in off:
        e, g = right.parts[wrong], outcome.parts[wrong]
        if e.shape != g.shape:
            return Verdict(NOT_YET, sentence(shape_words(name, e, g, probe)))
    if exercise.kind == "value":
        return Verdict(NOT_YET, f"That is not it. {evidence(exercise, off[0], wrong)}")
    flat = [(e.parts[wrong].ravel(), g.parts[wrong].ravel()) for _, e, g in pairs]
    slip, words = sign_words(name, flat) or size_words(exercise, name, flat, probes) or ("", value_words(name, flat))
    return Verdict(NOT_YET, f"{sentence(words)} {evidence(exercise, off[0], wrong)}", slip)


def sentence(words: str) -> str:
    """Return words with a capital letter and a full stop."""
    words = words[:1].upper() + words[1:]
    return words if words.endswith(".") else words + "."


def shape_words(name: str, expected: np.ndarray, got: np.ndarray, probe: dict) -> str:
    """Say that the shape is not right, and whether the numbers are."""
    shapes = f"expected {shape_of(expected)}, got {shape_of(got)}, for {shapes_of(probe)}."
    if got.T.shape == expected.shape and same(expected, got.T):
        return f"{name} is turned on its side: {shapes}"
    if got.size == expected.size and same(expected.ravel(), got.ravel()):
        return f"The numbers in {name} are right, but not its shape: {shapes}"
    return f"{name} has the wrong shape: {shapes}"


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
    if len(off) < len(flat):
        return f"{name} is right on {len(flat) - len(off)} of {len(flat)} tries, and wrong on the others"
    return f"{name} does not hold the right numbers"


def changed_words(probe: dict, name: str, now) -> str:
    """Say which argument was changed in place."""
    was, now = (shown(x) if np.size(x) <= SHOWN else "other numbers" for x in (probe[name], now))
    return (f"{name} is changed in place, and whoever gave it still needs it: it was {was}, and after the call it is "
            f"{now}. Work on a copy, {name}.copy(), or write {name} = {name} - 1 where you wrote {name} -= 1.")


def evidence(exercise: Exercise, case: tuple, wrong: int) -> str:
    """Return the smallest numbers that show it: what went in, what was expected, what came."""
    probe, right, outcome = case
    e, g = right.parts[wrong], outcome.parts[wrong]
    if exercise.kind == "value":  # what is expected would be the answer
        return f"You gave {shown(g)}."
    small = sum(np.size(x) for x in probe.values()) <= SHOWN
    given = ", ".join(f"{name} = {shown(x)}" for name, x in probe.items()) if small else shapes_of(probe)
    of_it = f"{exercise.returns[wrong]} " if len(exercise.returns) > 1 else ""
    if e.shape != g.shape:
        return f"For {given}: {of_it}expected {shape_of(e)}, got {shape_of(g)}."
    if (small and e.size <= SHOWN) or e.size == 1:
        return f"For {given}: {of_it}expected {shown(e)}, got {shown(g)}."
    i = tuple(np.argwhere(~np.isclose(e, g, rtol=0, atol=TOLERANCE * np.abs(e).max()))[0].tolist())
    return f"For {given}: {of_it}at {list(i)} expected {shown(e[i])}, got {shown(g[i])}."


def shape_of(x: np.ndarray) -> str:
    """Return a shape in words."""
    return f"shape {x.shape}" if x.ndim else "one number"


def shapes_of(probe: dict) -> str:
    """Return the shapes of the arguments in words."""
    shapes = [f"{name} {np.shape(x)}" if np.ndim(x) else f"{name} = {shown(x)}" for name, x in probe.items()]
    return ", ".join(shapes)


def shown(x) -> str:
    """Return numbers as Python writes them, with at most four decimals and no dust."""
    if np.ndim(x):
        return "[" + ", ".join(map(shown, x)) + "]"
    return f"{round(float(x), 4) + 0.0:.10g}"
