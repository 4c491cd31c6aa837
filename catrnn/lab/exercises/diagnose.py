"""Third stage: finds what is wrong with what an answer brought. The words are in messages.py."""

from dataclasses import replace

import numpy as np

from catrnn.lab.exercises.by_numbers import first_wrong_probe, no_difference, numbers_or_none
from catrnn.lab.exercises.by_slips import SWAPPED_BACK, known, matching_slips
from catrnn.lab.exercises.changes import GENERIC, SPECIFIC, SURE
from catrnn.lab.exercises.changes_of_names import other_names
from catrnn.lab.exercises.changes_of_numbers import others_of_numpy
from catrnn.lab.exercises.common_slips import OF_ANY_RESULT
from catrnn.lab.exercises.compare import decimals, first_wrong_part
from catrnn.lab.exercises.exercise import Exercise, InvalidResult
from catrnn.lab.exercises.findings import Diagnosis, Kind
from catrnn.lab.exercises.learner_code import (
    Definition,
    changed_in,
    definition_of,
    second_names,
    unused,
)
from catrnn.lab.exercises.mends import first_mend, names_of_the_notebook


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

    if own and (mend := first_mend(exercise, own, tries, SURE)):
        return Diagnosis(Kind.MENDED, slip=mend.kind, part=part, probe=probe, facts={"mend": mend})
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
    if exercise.kind == "value":
        return found
    if found.slip:
        sized = own and found.kind != Kind.INVALID  # which line is it?
        mend = first_mend(exercise, own, tries, GENERIC) if sized else None
        return replace(found, facts={**found.facts, "mend": mend})
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
