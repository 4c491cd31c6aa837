"""Second stage: runs an answer on every probe, whatever it does, and brings back Outcomes."""

import contextlib
import io
import warnings
from copy import deepcopy
from decimal import Decimal
from functools import lru_cache
from numbers import Real

import numpy as np

from catrnn.lab.exercises.compare import agree
from catrnn.lab.exercises.exercise import Exercise, InvalidResult, NothingReturned, Slip
from catrnn.lab.exercises.findings import Outcome, Try
from catrnn.lab.exercises.learner_code import error_site

REMEMBERED = 32
"""Of how many exercises it is remembered what the course's answer gives; the course has fewer."""


class WrongCount(InvalidResult):
    """Several things are expected. Arguments: their names, what kind came, how many or None."""


class SeveralThings(InvalidResult):
    """A tuple came where one array is wanted. Arguments: the name of it, how many came."""


class RaggedRows(InvalidResult):
    """Rows of different lengths. Argument: the name of the result."""


class NotNumbers(InvalidResult):
    """Arguments: the name of the result, what kind came, what kind of thing was in it, or None."""


def run(exercise: Exercise, answer) -> list:
    """Return a Try for each probe of the exercise."""
    tries = [Try(probe, expected, run_probe(exercise, answer, probe))
             for probe, expected in reference_outcomes(exercise)]
    if exercise.axes and exercise.allow_integers:
        *others, last = tries
        # no task speaks of whole numbers: an answer that stops at them alone is right
        if last.got.error and all(agree(t.expected, t.got) for t in others):
            tries[-1] = last._replace(got=last.expected)
    return tries


@lru_cache(maxsize=REMEMBERED)
def reference_outcomes(exercise: Exercise) -> tuple:
    """Return each probe of the exercise with what the course's answer brings for it."""
    return tuple((probe, run_probe(exercise, exercise.reference, probe))
                 for probe in exercise.probes)


def run_probe(exercise: Exercise, answer, probe: dict) -> Outcome:
    """Run an answer on one probe."""
    def called(**given):
        return exercise.run(answer, **given)

    given = deepcopy(probe)
    outcome = outcome_of(called, given, exercise.returns, answer)
    outcome.mutated = mutated(exercise, probe, given)
    single = exercise.kind == "value" and len(exercise.returns) == 1 and outcome.parts
    if single and outcome.parts[0].size == 1:  # [1.25] is the number 1.25
        outcome.parts[0] = outcome.parts[0].reshape(())
    return outcome


def run_slip(exercise: Exercise, slip: Slip, probe: dict, expected: Outcome) -> Outcome:
    """Run what an answer with this slip gives. expected: what the course's answer gave."""
    given = deepcopy(probe)

    def right(**asked):
        # most slips ask for what is right with the arguments as they came: that is known already
        if all(asked[name] is given[name] for name in exercise.axes):
            parts = [part.copy() for part in expected.parts]
        else:
            asked = {name: asked[name] for name in exercise.axes}
            parts = parts_of(exercise.run(exercise.reference, **asked), exercise.returns)
        return parts[0] if len(parts) == 1 else tuple(parts)

    def called(**given):
        return slip.result(right, **given)

    return outcome_of(called, given, exercise.returns, slip.result)


def outcome_of(called, given: dict, returns: tuple, answer) -> Outcome:
    """Return what called(**given) brings. Nothing that it raises comes out, except Ctrl+C."""
    try:
        with quiet():
            return Outcome(parts=parts_of(called(**given), returns))
    except KeyboardInterrupt:
        raise
    except InvalidResult as problem:
        return Outcome(invalid=problem)
    except BaseException as problem:  # a learner's code may raise anything
        return Outcome(error=error_site(problem, answer))


@contextlib.contextmanager
def quiet():
    """Let an answer print and warn without being heard: `check` prints one line."""
    with (contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()),
          warnings.catch_warnings(), np.errstate(all="ignore")):
        warnings.simplefilter("ignore")
        yield


def mutated(exercise: Exercise, probe: dict, given: dict) -> tuple:
    """Return the name of an argument that was changed, and what it is now; or an empty tuple."""
    for name in probe:
        if name in exercise.mutates:
            continue
        if not np.array_equal(given[name], probe[name], equal_nan=True):
            return name, given[name]
    return ()


def parts_of(result, names: tuple) -> list:
    """Return a copy of the result as one array for each name. Raises InvalidResult."""
    if result is None:
        raise NothingReturned
    if len(names) == 1:
        return [numbers_in(names[0], result)]

    if isinstance(result, dict) and set(result) == set(names):
        result = [result[name] for name in names]
    if not isinstance(result, tuple | list):
        raise WrongCount(names, type(result), None)
    if len(result) != len(names):
        raise WrongCount(names, type(result), len(result))
    return [numbers_in(name, part) for name, part in zip(names, result, strict=True)]


def refuse_endless(result, around: tuple = ()) -> None:
    """Raise InvalidResult if a list stands in itself: NumPy would go through it without end."""
    if isinstance(result, tuple | list):
        if any(result is one for one in around):
            raise InvalidResult("A list stands in itself: it was appended to itself. Append what "
                                "is new, as in losses.append(loss).")
        for part in result:
            refuse_endless(part, (*around, result))


def numbers_in(name: str, result) -> np.ndarray:
    """Return what came back as a new array of numbers. Raises InvalidResult."""
    refuse_endless(result)
    try:
        x = np.array(result)
    except ValueError:
        if isinstance(result, tuple):
            raise SeveralThings(name, len(result)) from None
        raise RaggedRows(name) from None
    if x.dtype == object and all(isinstance(one, Real | Decimal | np.number) for one in x.flat):
        x = x.astype(float)  # numbers that Python kept one by one are numbers
    if x.dtype.kind not in "biuf":
        inside = type(x.flat[0]) if x.ndim and x.size else None
        raise NotNumbers(name, type(result), inside)
    return x.astype(float)
