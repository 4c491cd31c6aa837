"""Third stage: finds what is wrong with what an answer brought. The words are in messages.py."""

from dataclasses import replace
from functools import lru_cache

import numpy as np

from catrnn.lab.exercises.changes import SPECIFIC
from catrnn.lab.exercises.common_slips import CUT_OFF, OF_ANY_RESULT, known_slips
from catrnn.lab.exercises.compare import agree, decimals, first_wrong_part, same
from catrnn.lab.exercises.exercise import Exercise, InvalidResult, NothingReturned
from catrnn.lab.exercises.findings import Diagnosis, Kind, Outcome
from catrnn.lab.exercises.learner_code import (
    Definition,
    changed_in,
    definition_of,
    second_names,
    unused,
)
from catrnn.lab.exercises.mends import first_mend, names_of_the_notebook
from catrnn.lab.exercises.other_changes import GENERIC, other_names, others_of_numpy
from catrnn.lab.exercises.run import REMEMBERED, reference_outcomes, run_probe, run_slip

SWAPPED_BACK = "returned swapped"
"""How the names of slips end that are about the order of what comes back."""


def diagnose(exercise: Exercise, tries: list, answer=None) -> Diagnosis:
    """Say what is wrong: what it borrowed, a known slip, a small change of a line that makes it
    right, else where it stopped, then shape, sign, size, value.

    answer: the function or class itself, if its lines and its behaviour may be asked, too.
    """
    own = None if answer is None else definition_of(answer)
    changed = next((k for k, attempt in enumerate(tries) if attempt.got.mutated), None)
    part = first_wrong_part(tries)
    if part is None and changed is None:
        return Diagnosis(Kind.CORRECT) if answer is None else rounded(exercise, tries)

    probe = None if part is None else first_wrong_probe(tries, part)
    if own and (found := by_its_names(exercise, own, tries, probe)):
        return replace(found, part=part or 0)
    if changed is not None:
        return mutated(own, tries, changed)

    slips = matching_slips(exercise, tries, part)
    if told_first(exercise, slips, tries):
        return known(slips, part, probe)
    for place, attempt in enumerate(tries):
        if type(attempt.got.invalid) is InvalidResult:  # in words of the exercise itself
            return Diagnosis(Kind.INVALID, probe=place)
    if own and (mend := first_mend(exercise, own, tries, kinds_before(slips, tries))):
        return Diagnosis(Kind.MENDED, slip=mend.kind, part=part, probe=probe, facts={"mend": mend})
    if slips:
        return known(slips, part, probe)
    return by_what_came(exercise, tries, part, probe, own, answer)


def told_first(exercise: Exercise, slips: tuple, tries: list) -> bool:
    """Whether slips are told before any change of a line is tried: those of the exercise itself,
    if numbers came often enough to know them by, and some that need no line."""
    if any(slip.name in OF_ANY_RESULT or slip.name.endswith(SWAPPED_BACK) for slip in slips):
        return True
    return any(slip in exercise.slips for slip in slips) and not came_rarely(tries)


def kinds_before(slips: tuple, tries: list) -> tuple:
    """Return the kinds of changes that are tried before slips are told."""
    if slips and (came_rarely(tries) or all("swapped" in slip.name for slip in slips)):
        # one name in one line is told before two that changed places
        return (*SPECIFIC, other_names, others_of_numpy)
    return SPECIFIC


def came_rarely(tries: list) -> bool:
    """Whether an answer brought numbers, or words of the exercise, on less than half of them."""
    came = sum(bool(t.got.parts) or type(t.got.invalid) is InvalidResult for t in tries)
    return came < len(tries) / 2


def known(slips: tuple, part: int, probe: int | None) -> Diagnosis:
    """Say which slips were made. What came back swapped is told before what went in swapped."""
    if any(slip.name.endswith(SWAPPED_BACK) for slip in slips):
        slips = tuple(slip for slip in slips if slip.name.endswith(SWAPPED_BACK))
    names = " / ".join(slip.name for slip in slips)
    return Diagnosis(Kind.KNOWN_SLIP, slip=names, slips=slips, part=part, probe=probe)


def rounded(exercise: Exercise, tries: list) -> Diagnosis:
    """Say that all is right, unless it is rounded: to how many decimals is the same on all."""
    if exercise.kind != "value" and not exercise.choices:
        for part in range(len(exercise.returns)):
            places = [decimals(t.expected.parts[part], t.got.parts[part]) for t in tries]
            for probe, to in enumerate(places):
                if to is not None and all(is_round(t.got.parts[part], to) for t in tries):
                    return Diagnosis(Kind.ROUNDED, slip="rounded", part=part, probe=probe,
                                     facts={"places": to})
    return Diagnosis(Kind.CORRECT)


def is_round(x: np.ndarray, places: int) -> bool:
    """Whether all numbers have so many decimals at most."""
    return np.array_equal(x, x.round(places), equal_nan=True)


def by_its_names(exercise: Exercise, own: Definition, tries: list, probe) -> Diagnosis | None:
    """Say which names an answer borrowed from the notebook, or from nowhere, if that is wrong."""
    names, mend = names_of_the_notebook(exercise, own, tries)
    if not names or (mend is None and not any(one.known for one in names)):
        return None
    return Diagnosis(Kind.BORROWED, slip="borrowed names", probe=probe,
                     facts={"names": names, "mend": mend})


def mutated(own: Definition | None, tries: list, probe: int) -> Diagnosis:
    """Say that an argument was changed, and by which second name of it, if by one."""
    name = tries[probe].got.mutated[0]
    for second in second_names(own, name) if own else ():
        return Diagnosis(Kind.ALIAS, slip="second name", probe=probe,
                         facts={"name": name, "second": second})
    return Diagnosis(Kind.MUTATED, slip="changed in place", probe=probe,
                     facts={"site": changed_in(own, name) if own else None})


def by_what_came(exercise: Exercise, tries: list, part: int, probe: int | None,
                 own: Definition | None, answer) -> Diagnosis:
    """Say what is wrong with an answer that has no slip of a name."""
    found = numbers_or_none(exercise, tries, part, probe)
    if found.slip or exercise.kind == "value":
        return found
    if own is None:
        loose = matching_slips(exercise, tries, part, strictly=False)
        return known(loose, part, probe) if loose else found

    stopped = tries[found.probe].got.error if found.kind == Kind.STOPPED else None
    if stopped and isinstance(stopped.problem, RecursionError):
        return found  # each change of it would take as long
    if mend := first_mend(exercise, own, tries, GENERIC, stopped and stopped.line):
        return replace(found, kind=Kind.MENDED, slip=mend.kind, facts={"mend": mend})
    if loose := matching_slips(exercise, tries, part, strictly=False):
        return known(loose, part, found.probe)
    if names := unused(own):
        return replace(found, kind=Kind.UNUSED, slip="never asked for", facts={"names": names})
    if stopped is None and (names := no_difference(exercise, answer, tries, part)):
        return replace(found, kind=Kind.NO_DIFFERENCE, slip="no difference",
                       facts={"names": names})
    return found


def numbers_or_none(exercise: Exercise, tries: list, part: int, probe) -> Diagnosis:
    """Say what is wrong by what came alone."""
    for without, attempt in enumerate(tries):
        last = without == len(tries) - 1 and exercise.allow_integers and probe is not None
        if attempt.got.parts is None and not last:  # at whole numbers it may stop
            return no_numbers(attempt.got, without)
    if exercise.kind == "value":
        return Diagnosis(Kind.WRONG_VALUE, part=part, probe=probe)
    return wrong_numbers(exercise, tries, part, probe)


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


def first_wrong_probe(tries: list, part: int) -> int | None:
    """Return the place of the first try that brought wrong numbers in this part, or None."""
    for probe, (_, expected, got) in enumerate(tries):
        if got.parts and not same(expected.parts[part], got.parts[part]):
            return probe
    return None


def matching_slips(exercise: Exercise, tries: list, part: int, strictly: bool = True) -> tuple:
    """Return the slips that give what the answer gave: in every result, or else in this one.

    strictly: without those that would spoil results which the answer has right.
    """
    every = range(len(exercise.returns))
    for parts in (every, [part]):
        slips = tuple(slip for slip, slipped in slip_outcomes(exercise)
                      if explains(slipped, tries, parts)
                      and not (strictly and slip.name == CUT_OFF and all_zeros(tries, parts))
                      and not (spoils_more(slipped, tries) and is_of_all(exercise, slip)
                               and (strictly or "swapped" in slip.name)))
        if slips:
            return slips
    return ()


def is_of_all(exercise: Exercise, slip) -> bool:
    """Whether a slip that is made is made in all of its results, as is none in a list of values."""
    return exercise.kind != "value" and (slip in exercise.slips or "swapped" in slip.name)


def all_zeros(tries: list, parts) -> bool:
    """Whether nothing but zeros came, which tells nothing of decimals."""
    return not any(t.got.parts[part].any() for t in tries if t.got.parts for part in parts)


def explains(slipped: list, tries: list, parts) -> bool:
    """Whether a slip gives what the answer gave on every try, and shows on one of them."""
    if not all(agree(s, t.got, parts) for s, t in zip(slipped, tries, strict=True)):
        return False
    return any(not s.error and not agree(s, t.expected, parts)
               for s, t in zip(slipped, tries, strict=True))


def spoils_more(slipped: list, tries: list) -> bool:
    """Whether a slip would spoil a result that the answer has right: then another was made."""
    came = [attempt.got for attempt in tries]
    return not all(spoils(slipped, came, tries, part)
                   for part in range(len(tries[0].expected.parts))
                   if spoils(slipped, slipped, tries, part))


def spoils(slipped: list, came: list, tries: list, part: int) -> bool:
    """Whether a result is wrong on some try on which a slip brings numbers."""
    return any(s.parts and got.parts and not same(t.expected.parts[part], got.parts[part])
               for s, got, t in zip(slipped, came, tries, strict=True))


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
