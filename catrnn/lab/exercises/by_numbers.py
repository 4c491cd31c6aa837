"""Finds what is wrong with what came by itself: its shape, its sign, its size."""

import numpy as np

from catrnn.lab.exercises.compare import same
from catrnn.lab.exercises.exercise import Exercise, NothingReturned
from catrnn.lab.exercises.findings import Diagnosis, Kind, Outcome
from catrnn.lab.exercises.run import run_probe


def numbers_or_none(exercise: Exercise, tries: list, part: int, probe) -> Diagnosis:
    """Say what is wrong by what came alone."""
    for without, attempt in enumerate(tries):
        last = without == len(tries) - 1 and exercise.allow_integers and probe is not None
        if attempt.got.parts is None and not last:  # at whole numbers it may stop
            return no_numbers(attempt.got, without)
    if exercise.kind == "value":
        return Diagnosis(Kind.WRONG_VALUE, part=part, probe=probe)
    return wrong_numbers(exercise, tries, part, probe)


def no_numbers(outcome: Outcome, probe: int) -> Diagnosis:
    """Say why an answer brought no numbers: it stopped, or something else came back."""
    if outcome.error:
        return Diagnosis(Kind.STOPPED, probe=probe)
    slip = "nothing returned" if isinstance(outcome.invalid, NothingReturned) else ""
    return Diagnosis(Kind.INVALID, slip=slip, probe=probe)


def wrong_numbers(exercise: Exercise, tries: list, part: int, probe: int) -> Diagnosis:
    """Say what is wrong with numbers that came on every try."""
    tries = [attempt for attempt in tries if attempt.got.parts]
    pairs = [(t.expected.parts[part], t.got.parts[part]) for t in tries]
    for place, (expected, got) in enumerate(pairs):
        if expected.shape != got.shape:
            return Diagnosis(Kind.WRONG_SHAPE, part=part, probe=place)

    pairs = [(expected.ravel(), got.ravel()) for expected, got in pairs]
    if all(same(expected, -got) for expected, got in pairs):
        return Diagnosis(Kind.WRONG_SIGN, slip="wrong sign", part=part, probe=probe)
    if size := wrong_size(exercise, tries, pairs):
        kind, slip, facts = size
        return Diagnosis(kind, slip=slip, part=part, probe=probe, facts=facts)
    kind, facts = wrong_values(pairs)
    return Diagnosis(kind, part=part, probe=probe, facts=facts)


def wrong_size(exercise: Exercise, tries: list, pairs: list) -> tuple | None:
    """Return a kind, a slip's name and facts, if all is wrong by one factor, or by a count."""
    # numbers that should all be zero have no size
    told = [(e, g, t.probe) for (e, g), t in zip(pairs, tries, strict=True) if e.any()]
    factors = [(e @ g) / (e @ e) for e, g, _ in told]
    if not all(f > 0 and same(e * f, g) for f, (e, g, _) in zip(factors, told, strict=True)):
        return None

    if np.allclose(factors, factors[0], rtol=1e-3):
        slip = "too large" if factors[0] > 1 else "too small"
        return Kind.WRONG_FACTOR, slip, {"factor": factors[0]}

    first = next(iter(exercise.axes), None)
    for what, count in (("rows", len), ("values", np.size), ("columns", columns)):
        counts = [count(probe[first]) for _, _, probe in told]
        facts = {"what": what, "argument": first}
        if np.allclose(factors, counts, rtol=1e-3):
            return Kind.SUM_FOR_MEAN, "sum for mean", facts
        if np.allclose(np.multiply(factors, counts), 1, rtol=1e-3):
            return Kind.MEAN_FOR_SUM, "mean for sum", facts
    return None


def columns(x) -> int:
    """Return how many numbers a row has."""
    return np.shape(x)[-1]


def wrong_values(pairs: list) -> tuple:
    """Return the kind and the facts of numbers that are wrong in no way that is known."""
    wrong = [(expected, got) for expected, got in pairs if not same(expected, got)]
    if any(np.isnan(got).any() for _, got in wrong):
        return Kind.NOT_A_NUMBER, {}
    if not any(got.any() for _, got in pairs):
        return Kind.ALL_ZEROS, {}
    if len(wrong) < len(pairs):
        return Kind.RIGHT_ON_SOME, {"right": len(pairs) - len(wrong), "tries": len(pairs)}
    return Kind.WRONG_NUMBERS, {}


def first_wrong_probe(tries: list, part: int) -> int | None:
    """Return the place of the first try that brought wrong numbers in this part, or None."""
    for probe, (_, expected, got) in enumerate(tries):
        if got.parts and not same(expected.parts[part], got.parts[part]):
            return probe
    return None


def no_difference(exercise: Exercise, answer, tries: list, part: int) -> list:
    """Return the arguments that make no difference to a result, and should make one."""
    found = []
    for name in exercise.axes:
        told = [differs(exercise, answer, attempt, name, part) for attempt in tries]
        if any(should and not does for should, does in told) and not any(d for _, d in told):
            found.append(name)
    return found


def differs(exercise: Exercise, answer, attempt, name: str, part: int) -> tuple:
    """Return whether a result should change with an argument, and whether it does."""
    x = attempt.probe[name]
    whole = np.asarray(x).dtype.kind in "iu"
    # other numbers of the same kind, in the same order of size
    x = [1.5 * one + 0.125 for one in x] if isinstance(x, list) else x + 1 if whole else (
        1.5 * x + 0.125)
    probe = {**attempt.probe, name: x}
    expected, got = (run_probe(exercise, one, probe) for one in (exercise.reference, answer))
    if not (expected.parts and got.parts and attempt.got.parts):
        return False, False
    return (not same(attempt.expected.parts[part], expected.parts[part]),
            not same(attempt.got.parts[part], got.parts[part]))
