"""The panel of 14: what is recorded is what a training gives, and what the notebook says of it."""

import numpy as np
import pytest

from catrnn.lab import Lessons, explore_answers, recorded_answers, typical_misses
from catrnn.lab.panels import answers as answers_room

WRITTEN = 1e-4
"""The record has four decimals."""


@pytest.mark.parametrize(("habit", "graded", "timelines"), [("feast and fast", 20, 1), ("two days ago", 1, 4)])
def test_what_is_recorded_is_what_a_training_gives(habit, graded, timelines):
    recorded = answers_room.misses_of(habit, graded, timelines)
    assert typical_misses(habit, graded, timelines) == pytest.approx(recorded, abs=WRITTEN)


def test_every_setting_of_the_sliders_is_recorded():
    shape = (len(answers_room.TIMELINES), answers_room.STARTS)
    for habit in answers_room.LEARNED:
        assert {graded: each.shape for graded, each in recorded_answers()[habit].items()} == dict.fromkeys(
            answers_room.GRADED, shape)


def test_a_setting_between_those_recorded_is_trained():
    panel = explore_answers(graded=3, timelines=2)
    expected = np.median(typical_misses("feast and fast", 3, 2))
    assert f"From 2 timelines the median of 20 networks misses {expected:.2f} portions" in panel.view.caption


def test_nobody_learns_from_a_timeline_that_is_asked_about():
    unseen = {tuple(days) for days in answers_room.unseen_days("feast and fast")[..., 0].T}
    learned = (answers_room.simulate(answers_room.HABITS["feast and fast"], np.random.default_rng(1000 + k), 64, 21)
               for k in range(answers_room.STARTS))
    assert len(unseen) == answers_room.UNSEEN
    assert not any(tuple(days) in unseen for each in learned for days in each)


def test_the_picture_tells_where_half_of_the_naive_miss_is_not_reached():
    misses = {graded: np.full((3, 2), 0.4) for graded in (1, 2, 5, 10, 20)}
    picture = Lessons().show([1, 2, 4], misses, 2, 4, misses[2][0], 0.5, "A cat")
    assert picture.caption.endswith("Half of what the mean of the days misses, 0.25, is not reached with 4.")
    assert list(picture.chosen.get_ydata()) == [0.4] * 3
    assert list(picture.median.get_xydata()[0]) == [4, 0.4]
