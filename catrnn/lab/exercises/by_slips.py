"""Finds what is wrong by the slips that are known: which of them give just what an answer gave."""

from functools import lru_cache

from catrnn.lab.exercises.common_slips import CUT_OFF, known_slips
from catrnn.lab.exercises.compare import agree, same
from catrnn.lab.exercises.exercise import Exercise
from catrnn.lab.exercises.findings import Diagnosis, Kind
from catrnn.lab.exercises.run import REMEMBERED, reference_outcomes, run_slip

SWAPPED_BACK = "returned swapped"
"""How the names of slips end that are about the order of what comes back."""


def known(slips: tuple, part: int, probe: int | None) -> Diagnosis:
    """Say which slips were made. What came back swapped is told before what went in swapped."""
    if any(slip.name.endswith(SWAPPED_BACK) for slip in slips):
        slips = tuple(slip for slip in slips if slip.name.endswith(SWAPPED_BACK))
    names = " / ".join(slip.name for slip in slips)
    return Diagnosis(Kind.KNOWN_SLIP, slip=names, slips=slips, part=part, probe=probe)


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
