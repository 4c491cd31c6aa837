"""What the cat ate, and three guesses that need no network."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catrnn import data
from catrnn.baselines import BASELINES, mean_of_days, same_as_yesterday, straight_line
from tests.helpers import strategies  # noqa: F401  (it registers the profile)

FITTED = 1e-9
"""Two ways to the same least squares, for portions up to 10."""

portions = st.lists(st.floats(0, 10), min_size=1, max_size=12)


def test_the_four_days_and_the_answer_are_those_of_the_course():
    assert data.DAYS.tolist() == [[[0.25]], [[0.50]], [[0.75]], [[1.00]]]
    assert data.TARGET.tolist() == [[1.25]]
    assert data.DAYS.dtype == data.TARGET.dtype == float


@pytest.mark.parametrize("name", ["DAYS", "TARGET"])
def test_nobody_can_change_what_the_cat_ate(name):
    before = getattr(data, name).copy()
    with pytest.raises(ValueError, match="read-only"):
        getattr(data, name)[...] = 0
    assert (getattr(data, name) == before).all()


def test_there_are_five_cats_of_five_days_and_the_grower_is_the_courses_cat():
    assert len(data.CATS) == 5
    assert {len(days) for days in data.CATS.values()} == {5}
    for days in (data.PORTIONS, *data.CATS.values()):
        with pytest.raises(AttributeError):
            days.append(1.25)
    with pytest.raises(TypeError):
        data.CATS["mine"] = (1, 2)
    assert [*data.CATS["grower"]] == [*data.DAYS.ravel(), data.TARGET.item()]


@given(days=portions)
def test_a_timeline_is_one_number_a_day_of_one_sequence(days):
    timeline = data.timeline(days)
    assert timeline.shape == (len(days), 1, 1)
    assert timeline.ravel().tolist() == days
    assert timeline.dtype == float


def test_a_timeline_is_the_readers_own():
    given = np.array([0.25, 0.5])
    data.timeline(given)[...] = 9
    assert given.tolist() == [0.25, 0.5]


def test_whole_portions_make_a_timeline_of_floats():
    assert data.timeline([1, 2]).tolist() == [[[1.0]], [[2.0]]]


@given(days=portions)
def test_tomorrow_like_yesterday_is_the_last_day(days):
    assert same_as_yesterday(days) == days[-1]


@given(days=portions)
def test_the_mean_is_the_mean(days):
    assert mean_of_days(days) == pytest.approx(sum(days) / len(days), abs=FITTED)


@given(days=portions.filter(lambda days: len(days) > 1))
def test_the_straight_line_is_the_one_of_polyfit(days):
    expected = np.polyval(np.polyfit(np.arange(len(days)), days, 1), len(days))
    assert straight_line(days) == pytest.approx(expected, abs=FITTED)


def test_the_straight_line_gets_the_courses_cat_exactly_right_and_the_others_do_not():
    guesses = {name: guess(data.PORTIONS) for name, guess in BASELINES.items()}
    assert guesses == {"same as yesterday": 1.0, "mean": 0.625, "straight line": 1.25}


@pytest.mark.parametrize("guess", BASELINES.values())
def test_a_guess_is_one_plain_number(guess):
    assert type(guess([0.25, 0.5])) is float
    assert type(guess(np.array([1, 2]))) is float


@pytest.mark.parametrize("guess", BASELINES.values())
def test_a_guess_serves_one_list_and_any_shape_of_windows_alike(guess):
    days = np.random.default_rng(0).uniform(0, 2, (4, 2, 3, 1))
    each = [[[guess(days[:, i, k, 0])] for k in range(3)] for i in range(2)]
    np.testing.assert_allclose(guess(days), each, rtol=1e-12)  # sums in another order
    np.testing.assert_allclose(guess(list(days)), each, rtol=1e-12)
