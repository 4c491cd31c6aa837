"""Every slip is told by its own name, or by no name: never by another's. A right answer is told none."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catrnn.lab.exercises.catalogue import EXERCISES
from catrnn.lab.exercises.common_slips import each, family
from catrnn.lab.exercises.compare import TOLERANCE, first_wrong_part, same
from catrnn.lab.exercises.diagnose import CORRECT, NOT_YET, judge, known_slips, outcomes_of, verdict
from catrnn.lab.exercises.exercise import SIZES, Slip
from catrnn.lab.exercises.run import ask
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
    return [Slip(name, count.__name__, lambda right, _count=count, _power=power, **probe: each(
        lambda part: np.multiply(part, float(_count(probe[first])) ** _power), right(**probe)))
        for name, power in (("sum for mean", 1), ("mean for sum", -1)) for count in (len, np.size)]


def catalogue(exercise) -> list:
    """Every slip that makes sense for an exercise: its own, the family's, and those that are known by what they do."""
    return [*exercise.slips, *family(exercise), *UNIVERSAL, *counted(exercise)]


def fresh(exercise) -> list:
    """Other probes than those of the exercise."""
    rng = np.random.default_rng(12)
    return [exercise.draw(rng, sizes) for sizes in SIZES for _ in range(2)] if exercise.axes else [{}]


def equal(a: list, b: list, parts) -> bool:
    """Whether two lists of outcomes have the same numbers in these parts, or none in the same places."""
    def alike(x, y):
        return x.parts is y.parts or (x.parts and y.parts and all(same(x.parts[k], y.parts[k]) for k in parts))

    return all(map(alike, a, b))


def the_same_slip(exercise, slip, other) -> bool:
    """Whether no input tells two slips apart, by the first result that is wrong: it is one slip with two names."""
    expected = [ask(exercise, exercise.reference, probe) for probe in fresh(exercise)]
    one, two = (outcomes_of(exercise, either, fresh(exercise)) for either in (slip, other))
    return equal(one, two, [first_wrong_part(expected, one) or 0])


def told(exercise, slip) -> str:
    """What an answer with this slip is called: a name, several, "right", or nothing if the message is general."""
    found = verdict(exercise, exercise.probes, outcomes_of(exercise, slip, exercise.probes))
    return "right" if found.state == CORRECT else found.slip


def confusion() -> list:
    """(exercise, slip, what was told, whether that is fair) for every slip and every exercise where it makes sense."""
    rows = []
    for exercise in EXERCISES:
        every = catalogue(exercise)
        expected = [ask(exercise, exercise.reference, probe) for probe in fresh(exercise)]
        for slip in every:
            name = told(exercise, slip)
            if name == "right":
                parts = range(len(exercise.returns))
                fair = equal(outcomes_of(exercise, slip, fresh(exercise)), expected, parts)
            else:
                others = [one for part in name.split(" / ") for one in every if part and one.name == part]
                stops = not any(outcome.parts for outcome in outcomes_of(exercise, slip, exercise.probes))
                fair = bool(others) or (not name and (stops or exercise.kind == "value"))
                fair &= not others or slip in others or any(the_same_slip(exercise, slip, other) for other in others)
            rows.append((exercise.name, slip.name, name or "(general message)", fair))
    return rows


def test_the_confusion_table_is_clean():
    rows = confusion()
    for exercise, slip, name, fair in rows:
        print(f"{exercise:22} {slip:36} {'told' if fair else 'CONFUSED'} {name}")
    assert not [row for row in rows if not row[3]]


@pytest.mark.parametrize(("exercise", "slip"), [(e, s) for e in EXERCISES for s in e.slips],
                         ids=lambda thing: thing.name)
def test_a_slip_of_an_exercise_is_told_by_its_own_name_and_words(exercise, slip):
    found = verdict(exercise, exercise.probes, outcomes_of(exercise, slip, exercise.probes))
    assert found.slip == slip.name
    assert found.words.startswith(slip.words)


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.name)
def test_a_slip_is_a_hundred_times_further_off_than_what_is_still_right(exercise):
    expected = [ask(exercise, exercise.reference, probe) for probe in exercise.probes]
    for slip in known_slips(exercise):
        pairs = [(e.parts, g.parts) for e, g in zip(expected, outcomes_of(exercise, slip, exercise.probes), strict=True)
                 if g.parts]
        off = [np.abs(e - g).max() / max(np.abs(e).max(), 1e-6) if e.shape == g.shape else 1.0
               for right, wrong in pairs for e, g in zip(right, wrong, strict=True)]
        assert max(off, default=0) == 0 or max(off) > 100 * TOLERANCE, slip.name


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.name)
def test_the_reference_is_right(exercise):
    assert judge(exercise, exercise.reference).state == CORRECT


@pytest.mark.parametrize("answer", RIGHT, ids=str)
def test_a_right_answer_is_right(answer):
    assert judge(BY_NAME[answer.exercise], built(answer)).state == CORRECT


@pytest.mark.parametrize("answer", WRONG, ids=str)
def test_a_wrong_answer_is_not_right(answer):
    assert judge(BY_NAME[answer.exercise], built(answer)).state == NOT_YET


@pytest.mark.parametrize("answer", [a for a in RIGHT if BY_NAME[a.exercise].axes], ids=str)
def test_a_right_answer_is_right_for_any_numbers(answer):
    exercise, learners = BY_NAME[answer.exercise], built(answer)

    @given(strategies.seeds, st.fixed_dictionaries(dict.fromkeys("NDH", strategies.sizes)), st.integers(3, 6))
    def right(seed, sizes, days):
        probe = exercise.draw(np.random.default_rng(seed), {**sizes, "T": days})
        found = judge(exercise, learners, [probe])
        assert found == (CORRECT, exercise.why, "")

    right()


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.name)
def test_an_exercise_has_four_answers_of_either_kind(exercise):
    for answers in (RIGHT, WRONG):
        assert sum(answer.exercise == exercise.name for answer in answers) >= 4
