"""Compares an answer with the right one and with every known slip, and says which it is."""

import inspect
from typing import NamedTuple

from catrnn.lab.exercises.common_slips import family
from catrnn.lab.exercises.compare import agree, first_wrong_part, same
from catrnn.lab.exercises.exercise import Exercise
from catrnn.lab.exercises.messages import (
    changed_words,
    evidence,
    sentence,
    shape_words,
    shapes_of,
    sign_words,
    size_words,
    value_words,
    values_of,
)
from catrnn.lab.exercises.run import NOTHING_CAME, Outcome, a, ask, empty, typed, where

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
            return Verdict(NOT_YET, sentence(where(problem, answer)))
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
            return Verdict(NOT_YET, changed_words(exercise, probe, *outcome.changed), "changed in place")
    if wrong is None:
        return Verdict(CORRECT, exercise.why)
    return diagnosis(exercise, probes, expected, got, wrong)


def not_started(exercise: Exercise, answer) -> bool:
    """Whether the three dots still stand where the answer will be."""
    if answer is None or answer is ...:
        return True
    if exercise.kind == "class" and isinstance(answer, type):
        return inherits(exercise, answer) or empty(getattr(answer, exercise.own, None))
    return exercise.kind == "function" and empty(answer)


def inherits(exercise: Exercise, answer) -> bool:
    """Whether a learner's class leaves the method of the exercise as the course wrote it."""
    return answer is not exercise.reference and getattr(answer, exercise.own, None) is getattr(
        exercise.reference, exercise.own)


def unlike(exercise: Exercise, answer) -> str:
    """Say what is wrong with the kind of a thing that was given, or nothing."""
    if exercise.kind == "class" and not isinstance(answer, type):
        return f"A class is expected, but {a(answer)} was given. Give its name, without brackets."
    if exercise.kind == "class":
        return unlike_class(exercise, answer)
    if exercise.kind == "function" and (not callable(answer) or isinstance(answer, type)):
        return f"A function is expected, but {a(answer)} was given. Give its name, without brackets behind it."
    if exercise.kind == "function":
        names = list(exercise.takes or exercise.axes)
        try:
            inspect.signature(answer).bind(*names)
        except TypeError:
            return f"It cannot be called as the task says. Its arguments should be: {', '.join(names)}."
        except ValueError:  # some functions written in C do not tell what they take
            return ""
    return ""


def unlike_class(exercise: Exercise, answer: type) -> str:
    """Say what a class lacks of what the exercise's own class can do, or nothing."""
    base = exercise.reference
    missing = [name for name in ("forward", "gradients", "update", "backward") if not hasattr(answer, name)]
    if missing:
        return f"It has no {missing[0]}. Take the rest from the course: class {answer.__name__}({base.__name__})."
    names = list(inspect.signature(getattr(base, exercise.own)).parameters)
    try:
        inspect.signature(getattr(answer, exercise.own)).bind(*names)
    except TypeError:
        return f"Its {exercise.own} cannot be called with {', '.join(names)}. Take these, in this order."
    return ""


def known_slips(exercise: Exercise) -> list:
    """Return the slips of the exercise, then the general ones that it has no words of its own for."""
    own = {slip.name for slip in exercise.slips}
    return [*exercise.slips, *(slip for slip in family(exercise) if slip.name not in own)]


def outcomes_of(exercise: Exercise, slip, probes: list) -> list:
    """Return what an answer with this slip brings, probe by probe."""
    def right(**probe):
        return exercise.ask(exercise.reference, **{name: probe[name] for name in exercise.axes})

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
            shows = any(not s.stopped and not agree(s, e, parts) for s, e in zip(slipped, expected, strict=True))
            if shows and all(agree(s, g, parts) for s, g in zip(slipped, got, strict=True)):
                found[key].append(slip)
    return found["all"] or found["one"]


def diagnosis(exercise: Exercise, probes: list, expected: list, got: list, wrong: int) -> Verdict:
    """Find the words for a wrong answer: a known slip, else where it stopped, then shape, sign, size, value."""
    off = [(p, e.parts[wrong], g.parts[wrong]) for p, e, g in zip(probes, expected, got, strict=True)
           if g.parts and not same(e.parts[wrong], g.parts[wrong])]
    shown_by = evidence(exercise, *off[0], wrong) if off else ""
    slips = matching(exercise, probes, expected, got, wrong)
    if slips:
        words = sentence(" Or: ".join(slip.words for slip in slips))
        return Verdict(NOT_YET, f"{words} {shown_by}".strip(), " / ".join(slip.name for slip in slips))
    for probe, outcome in zip(probes, got, strict=True):
        if outcome.parts is None:
            return no_numbers(exercise, probe, outcome)
    if exercise.kind == "value":
        return Verdict(NOT_YET, f"That is not it. {shown_by}")
    name = exercise.returns[wrong]
    for probe, e, g in off:
        if e.shape != g.shape:
            return Verdict(NOT_YET, sentence(shape_words(name, e, g, probe)))
    flat = [(e.parts[wrong].ravel(), g.parts[wrong].ravel()) for e, g in zip(expected, got, strict=True)]
    slip, words = sign_words(name, flat) or size_words(exercise, name, flat, probes) or ("", value_words(name, flat))
    return Verdict(NOT_YET, f"{sentence(words)} {shown_by}", slip)


def no_numbers(exercise: Exercise, probe: dict, outcome: Outcome) -> Verdict:
    """Say why an answer brought no numbers: it stopped, or something else came back."""
    if outcome.unfit:
        return Verdict(NOT_YET, sentence(outcome.unfit), "nothing returned" if outcome.unfit == NOTHING_CAME else "")
    given = values_of(probe) if exercise.lists else f"the shapes {shapes_of(probe)}"
    return Verdict(NOT_YET, f"{sentence(outcome.stopped)} It was given {given}.")
