"""Third stage: finds what is wrong with what an answer brought. The words are in messages.py."""

from functools import lru_cache

import numpy as np

from catrnn.lab.exercises.common_slips import known_slips
from catrnn.lab.exercises.compare import agree, first_wrong_part, same
from catrnn.lab.exercises.exercise import Exercise, NothingReturned
from catrnn.lab.exercises.findings import Diagnosis, Kind, Outcome
from catrnn.lab.exercises.run import REMEMBERED, reference_outcomes, run_slip


def diagnose(exercise: Exercise, tries: list) -> Diagnosis:
    """Say what is wrong: a known slip, else where it stopped, then shape, sign, size, value."""
    for probe, attempt in enumerate(tries):
        if attempt.got.mutated:
            return Diagnosis(Kind.MUTATED, slip="changed in place", probe=probe)

    part = first_wrong_part(tries)
    if part is None:
        return Diagnosis(Kind.CORRECT)

    probe = first_wrong_probe(tries, part)
    if slips := matching_slips(exercise, tries, part):
        names = " / ".join(slip.name for slip in slips)
        return Diagnosis(Kind.KNOWN_SLIP, slip=names, slips=slips, part=part, probe=probe)

    for without, attempt in enumerate(tries):
        if attempt.got.parts is None:
            return no_numbers(attempt.got, without)
    if exercise.kind == "value":
        return Diagnosis(Kind.WRONG_VALUE, part=part, probe=probe)
    return wrong_numbers(exercise, tries, part, probe)


def first_wrong_probe(tries: list, part: int) -> int | None:
    """Return the place of the first try that brought wrong numbers in this part, or None."""
    for probe, (_, expected, got) in enumerate(tries):
        if got.parts and not same(expected.parts[part], got.parts[part]):
            return probe
    return None


def matching_slips(exercise: Exercise, tries: list, part: int) -> tuple:
    """Return the slips that give what the answer gave: in every result, or else in this one."""
    every = range(len(exercise.returns))
    for parts in (every, [part]):
        slips = tuple(slip for slip, slipped in slip_outcomes(exercise)
                      if explains(slipped, tries, parts))
        if slips:
            return slips
    return ()


def explains(slipped: list, tries: list, parts) -> bool:
    """Whether a slip gives what the answer gave on every try, and shows on one of them."""
    if not all(agree(s, t.got, parts) for s, t in zip(slipped, tries, strict=True)):
        return False
    return any(not s.error and not agree(s, t.expected, parts)
               for s, t in zip(slipped, tries, strict=True))


@lru_cache(maxsize=REMEMBERED)
def slip_outcomes(exercise: Exercise) -> tuple:
    """Return each known slip with what it brings on every probe of the exercise."""
    return tuple((slip, outcomes_of(exercise, slip)) for slip in known_slips(exercise))


def outcomes_of(exercise: Exercise, slip) -> list:
    """Return what an answer with this slip brings, probe by probe."""
    return [run_slip(exercise, slip, probe, expected)
            for probe, expected in reference_outcomes(exercise)]


def no_numbers(outcome: Outcome, probe: int) -> Diagnosis:
    """Say why an answer brought no numbers: it stopped, or something else came back."""
    if outcome.error:
        return Diagnosis(Kind.STOPPED, probe=probe)
    slip = "nothing returned" if isinstance(outcome.invalid, NothingReturned) else ""
    return Diagnosis(Kind.INVALID, slip=slip, probe=probe)


def wrong_numbers(exercise: Exercise, tries: list, part: int, probe: int) -> Diagnosis:
    """Say what is wrong with numbers that came on every try."""
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
    for what, count in (("rows", len), ("values", np.size)):
        counts = [count(probe[first]) for _, _, probe in told]
        facts = {"what": what, "argument": first}
        if np.allclose(factors, counts, rtol=1e-3):
            return Kind.SUM_FOR_MEAN, "sum for mean", facts
        if np.allclose(np.multiply(factors, counts), 1, rtol=1e-3):
            return Kind.MEAN_FOR_SUM, "mean for sum", facts
    return None


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
