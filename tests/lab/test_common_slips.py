"""Every slip is told by its own name, or by no name: never by another's. A right answer is told none."""

from functools import lru_cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catrnn.lab.exercises.by_slips import outcomes_of, slip_outcomes
from catrnn.lab.exercises.catalogue import EXERCISES
from catrnn.lab.exercises.common_slips import each, known_slips
from catrnn.lab.exercises.compare import TOLERANCE, first_wrong_part, same
from catrnn.lab.exercises.diagnose import diagnose
from catrnn.lab.exercises.exercise import SIZES, Slip
from catrnn.lab.exercises.findings import CORRECT, Kind, Try
from catrnn.lab.exercises.learner import judge
from catrnn.lab.exercises.messages import message
from catrnn.lab.exercises.run import reference_outcomes, run_probe, run_slip
from tests.helpers import strategies
from tests.helpers.answers import BY_NAME, RIGHT, WRONG, built

UNIVERSAL = [
    Slip("wrong sign", "", lambda right, **probe: each(np.negative, right(**probe))),
    Slip("too large", "", lambda right, **probe: each(lambda part: np.multiply(part, 1.5), right(**probe))),
    Slip("too small", "", lambda right, **probe: each(lambda part: np.multiply(part, 0.5), right(**probe))),
    Slip("nothing returned", "", lambda right, **probe: None),
]
"""Slips that any exercise knows by what they do."""


def counted(exercise) -> list:
    """Sum for mean, and mean for sum, over the rows or the values of the first argument."""
    if not exercise.axes:
        return []
    first = next(iter(exercise.axes))

    def times(count, power):
        def result(right, **probe):
            factor = float(count(probe[first])) ** power
            return each(lambda part: np.multiply(part, factor), right(**probe))
        return result

    return [Slip(name, count.__name__, times(count, power))
            for name, power in (("sum for mean", 1), ("mean for sum", -1)) for count in (len, np.size)]


def catalogue(exercise) -> list:
    """Every slip that makes sense for an exercise: its own, the general, and those that are known by what they do."""
    return [*known_slips(exercise), *UNIVERSAL, *counted(exercise)]


def tries_of(exercise, outcomes: list) -> list:
    """What a slip brings, beside what is right, on the exercise's own probes."""
    return [Try(probe, expected, got)
            for (probe, expected), got in zip(reference_outcomes(exercise), outcomes, strict=True)]


@lru_cache(maxsize=len(EXERCISES))
def diagnoses(exercise) -> list:
    """(slip, tries, what was found) for every slip that makes sense for an exercise."""
    every = [(slip, tries_of(exercise, outcomes_of(exercise, slip))) for slip in catalogue(exercise)]
    return [(slip, tries, diagnose(exercise, tries)) for slip, tries in every]


class Fresh:
    """What answers and slips bring on other probes than those of the exercise."""

    def __init__(self, exercise):
        rng = np.random.default_rng(12)
        self.exercise = exercise
        self.probes = [exercise.draw_probe(rng, sizes) for sizes in SIZES for _ in range(2)] if exercise.axes else [{}]
        self.right = [run_probe(exercise, exercise.reference, probe) for probe in self.probes]
        self.parts = range(len(exercise.returns))

    def of(self, slip) -> list:
        """What an answer with this slip brings."""
        return [run_slip(self.exercise, slip, probe, right)
                for probe, right in zip(self.probes, self.right, strict=True)]

    def is_right(self, slip) -> bool:
        """Whether an answer with this slip is no slip at all."""
        return equal(self.of(slip), self.right, self.parts)

    def are_one(self, slip, other) -> bool:
        """Whether no input tells two slips apart, by the first result that is wrong: it is one with two names."""
        one, two = self.of(slip), self.of(other)
        tries = list(map(Try, self.probes, self.right, one))
        return equal(one, two, [first_wrong_part(tries) or 0])


def equal(a: list, b: list, parts) -> bool:
    """Whether two lists of outcomes have the same numbers in these parts, or none in the same places."""
    def alike(x, y):
        return x.parts is y.parts or (x.parts and y.parts and all(same(x.parts[k], y.parts[k]) for k in parts))

    return all(map(alike, a, b))


def is_fair(exercise, fresh, slip, tries, found) -> bool:
    """Whether a slip is told by its own name, by that of its twin, or, if it stops or is a value, by none."""
    if found.state == CORRECT:
        return fresh.is_right(slip)
    told = [one for name in found.slip.split(" / ") for one in catalogue(exercise) if name and one.name == name]
    if told:
        return slip.name in {one.name for one in told} or any(fresh.are_one(slip, one) for one in told)
    stops = not any(attempt.got.parts for attempt in tries)
    return not found.slip and (stops or exercise.kind == "value")


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.name)
def test_the_confusion_table_is_clean(exercise):
    confused, fresh = [], Fresh(exercise)
    for slip, tries, found in diagnoses(exercise):
        told = "right" if found.state == CORRECT else found.slip or "(general message)"
        fair = is_fair(exercise, fresh, slip, tries, found)
        print(f"{exercise.name:22} {slip.name:36} {'told' if fair else 'CONFUSED'} {told}")
        confused += [] if fair else [(slip.name, told)]
    assert not confused


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.name)
def test_each_slip_of_an_exercise_is_told_by_its_own_name_and_words(exercise):
    own = [(slip, tries, found) for slip, tries, found in diagnoses(exercise) if slip in exercise.slips]
    assert [found.slip for _, _, found in own] == [slip.name for slip in exercise.slips]
    said = [message(exercise, found, tries) for _, tries, found in own]
    assert [words[:len(slip.words)] for words, slip in zip(said, exercise.slips, strict=True)] == [
        slip.words for slip in exercise.slips]


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.name)
def test_a_slip_is_a_hundred_times_further_off_than_what_is_still_right(exercise):
    for slip, outcomes in slip_outcomes(exercise):
        pairs = [(e, g) for _, expected, got in tries_of(exercise, outcomes) if got.parts
                 for e, g in zip(expected.parts, got.parts, strict=True)]
        off = [np.abs(e - g).max() / max(np.abs(e).max(), 1e-6) if e.shape == g.shape else 1.0 for e, g in pairs]
        worst = np.max(off, initial=0)  # nan where there is one, and that is far off
        assert worst == 0 or not worst <= 100 * TOLERANCE, slip.name


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.name)
def test_the_reference_is_right(exercise):
    assert judge(exercise, exercise.reference).state == CORRECT


@pytest.mark.parametrize("answer", RIGHT, ids=str)
def test_a_right_answer_is_right(answer):
    assert judge(BY_NAME[answer.exercise], built(answer)).state == CORRECT


@pytest.mark.parametrize("answer", [a for a in RIGHT if BY_NAME[a.exercise].axes], ids=str)
def test_a_right_answer_is_right_for_any_numbers(answer):
    exercise, learners = BY_NAME[answer.exercise], built(answer)

    @settings(max_examples=15)  # of each of several right answers to an exercise
    @given(strategies.seeds, st.fixed_dictionaries(dict.fromkeys("NDH", strategies.sizes)), st.integers(3, 6))
    def right(seed, sizes, days):
        probe = exercise.draw_probe(np.random.default_rng(seed), {**sizes, "T": days})
        expected, got = (run_probe(exercise, answer, probe) for answer in (exercise.reference, learners))
        assert diagnose(exercise, [Try(probe, expected, got)]).kind == Kind.CORRECT

    right()


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.name)
def test_an_exercise_has_four_answers_of_either_kind(exercise):
    for answers in (RIGHT, WRONG):
        assert sum(answer.exercise == exercise.name for answer in answers) >= 4
