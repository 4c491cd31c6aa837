"""The forecast, the learner's own cat, and what is remembered: artists hold what was given, captions tell the truth."""

from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catrnn.lab import Forecast, MyCat, Remembered
from catrnn.lab.drawing.text import WEEKDAYS, spread_labels
from catrnn.lab.pictures.forecast import PAST
from tests.helpers import strategies  # noqa: F401  (it registers the profile)

RNG = np.random.default_rng(0)
PORTIONS = RNG.uniform(0, 1.4, 60).round(2)
ONE_STEP = PORTIONS[8:] + 0.1
FREE = PORTIONS[20:34] + np.array([[-0.2], [0.1], [0.3]])
FUTURES = FREE[..., None] + np.linspace(-0.2, 0.4, 11)
GROWTH = {"one path": np.linspace(0.06, 0.45, 14), "many futures": np.linspace(0.06, 0.33, 14),
          "linear": np.linspace(0.19, 0.33, 14), "own rule": np.linspace(0.05, 0.47, 14), "mean": np.full(14, 0.33),
          "yesterday": np.linspace(0.6, 0.47, 14)}
ALIKE = {name: np.full(14, 0.5) for name in GROWTH}
HUGE = {name: np.full(14, 1e9) for name in GROWTH}
NAMES = ("network", "linear", "same as yesterday", "mean", "straight line")


def forecasts(ahead, height=0.7, spread=0.1):
    guesses = {name: np.full(ahead, height + spread * k) for k, name in enumerate(NAMES)}
    return guesses | {"network": height + spread * np.array([[-1.0], [0.5], [2.0]]) * np.ones(ahead)}


MISSES = dict(zip(NAMES, (0.07, 0.02, 0.41, 0.27, 0.3), strict=True))


@given(heights=st.lists(st.floats(-1, 2), min_size=1, max_size=5))
def test_names_are_moved_apart_in_their_order_and_stay_on_the_chart(heights):
    given = dict(enumerate(heights))
    placed = spread_labels(given, 0.15, 0, 1)
    assert all(-1e-9 <= y <= 1 + 1e-9 for y in placed.values())
    order = sorted(given, key=given.get)
    assert all(placed[above] - placed[below] >= 0.14 for below, above in pairwise(order))


def test_names_far_enough_from_each_other_stay():
    assert spread_labels({"a": 0.9, "b": 0.1}, 0.15, 0, 1) == {"a": 0.9, "b": 0.1}


@pytest.mark.parametrize("day", [8, 16, 20, 46])
def test_forecast_holds_days_guesses_and_band_by_days_from_today(day):
    free = PORTIONS[day:day + 14] + np.array([[-0.2], [0.1], [0.3]])
    futures = free[..., None] + np.linspace(-0.2, 0.4, 11)
    picture = Forecast().show(PORTIONS, day, ONE_STEP, free, futures, GROWTH, 5)
    for line, values in ((picture.past, PORTIONS), (picture.to_come, PORTIONS), (picture.one_step, PORTIONS + 0.1)):
        for x, y in line.get_xydata():
            assert y == pytest.approx(values[day + round(x) - 1])
    assert picture.past.get_xdata()[-1] == 0
    assert len(picture.past.get_xdata()) == min(day, PAST)
    assert picture.to_come.get_xdata().tolist() == list(range(1, 15))
    assert picture.one_step.get_xdata()[0] == max(-PAST, 8 - day) + 1
    np.testing.assert_allclose(picture.free.get_ydata(), PORTIONS[day:day + 14] + 0.1)
    np.testing.assert_allclose(picture.mean.get_ydata(), PORTIONS[day:day + 14] + 0.1 + 0.1)
    heights = picture.band.get_paths()[0].vertices[:, 1]
    eight_of_ten = np.quantile(futures, (0.1, 0.9), axis=(0, 2)).clip(-0.1)
    assert (heights.min(), heights.max()) == pytest.approx((eight_of_ten[0].min(), eight_of_ten[1].max()))
    assert picture.point.get_xydata().tolist() == [[5, pytest.approx(PORTIONS[day + 4] + 0.1)]]


def test_forecast_says_what_it_guesses_what_came_and_how_the_miss_grows():
    free = PORTIONS[20:34] + np.array([[0.0], [0.1], [0.2]])
    futures = free[..., None] + np.linspace(-0.2, 0.4, 11)
    picture = Forecast().show(PORTIONS, 20, ONE_STEP, free, futures, GROWTH, 5, "Weekly, unseen cat 3")
    low, high = np.quantile(futures[:, 4], (0.1, 0.9))
    ate = PORTIONS[24]
    assert picture.caption == (
        f"Weekly, unseen cat 3. After day 20 the network runs free: 5 days ahead one path (the middle of 3 starts) "
        f"says {ate + 0.1:.2f}, the mean of many futures {ate + 0.2:.2f} (8 of 10 lie between {low:.2f} and {high:.2f})"
        f", and the cat eats {ate:.2f}. Typical miss 5 days ahead, over all unseen cats: one path "
        f"{GROWTH['one path'][4]:.2f}, many futures {GROWTH['many futures'][4]:.2f}, linear {GROWTH['linear'][4]:.2f}, "
        f"own rule {GROWTH['own rule'][4]:.2f}, mean 0.33, yesterday 0.56."
    )
    assert "1 day ahead" in Forecast().show(PORTIONS, 20, ONE_STEP, FREE, FUTURES, GROWTH, 1).caption


def test_forecast_says_when_guesses_are_off_the_chart():
    wild = np.ones((3, 14))
    wild[0, :3] = 99, -99, np.nan
    picture = Forecast().show(PORTIONS, 20, ONE_STEP, wild, FUTURES, GROWTH, 5)
    assert picture.caption.endswith("Held at the edge of the chart: 3 of 42 guesses.")
    assert np.nanmax(picture.free.get_ydata()) <= picture.days.get_ylim()[1]


GROWS = [0.02, 0.05, 0.04]


def test_my_cat_says_what_each_guess_says_of_tomorrow_and_whom_to_trust():
    caption = MyCat().show(PORTIONS[:19], forecasts(7), MISSES, GROWS, 4, 5, None, (19, 0.49, 0.79)).caption
    assert caption == (
        "19 days. Tomorrow, day 20: the network guesses 0.75 (3 starts: 0.60 to 0.90); linear 0.80, same as yesterday "
        "0.90, mean 1.00, straight line 1.10. On day 26 the network expects 0.75. Network and linear model see 5 days. "
        "On the last 4 days, kept back from a first training, the least typical miss: linear 0.02, network 0.07. The "
        "band reaches to either side of linear, by twice its typical miss so many days ahead on these 4 days. With 19 "
        "days, the guess that missed least was the best one later for 49 of 100 made-up cats, and 79 of 100 later days "
        "lay in the band."
    )


def test_my_cat_says_when_nobody_can_say_whom_to_trust():
    picture = MyCat().show([0.5, 0.75, 1], forecasts(7), {}, (), 0, 1)
    assert "see 1 day. These are too few days to keep any back" in picture.caption
    assert picture.none.get_visible()
    assert not picture.band.get_visible()
    assert [bar.get_width() for bar in picture.bars] == [0] * 5


def test_my_cat_says_when_guesses_are_off_the_chart():
    guesses = forecasts(7) | {"linear": np.array([0.5, 99, -99, np.nan, 0.5, 0.5, 0.5])}
    picture = MyCat().show(PORTIONS[:19], guesses, MISSES, GROWS, 4, 5)
    assert picture.caption.endswith("Held at the edge of the chart: 3 of 35 guesses.")
    (low, high), drawn = picture.days.get_ylim(), picture.lines["linear"].get_ydata()
    assert low <= np.nanmin(drawn) <= np.nanmax(drawn) <= high


@pytest.mark.parametrize(("means", "words"), [
    (dict(zip(WEEKDAYS, [0.5, 0.6, 0.5, 0.5, 0.5, 1.1, 1.2], strict=True)),
     "a week's rhythm: on Saturday and Sunday 1.15 on the average, on the other days 0.52."),
    (dict(zip(WEEKDAYS, [0.1, 1, 1, 1, 1, 1, 1], strict=True)),
     "on Monday 0.10 on the average, on the other days 1.00."), ({}, "No day of the week stands out."),
])
def test_my_cat_names_the_days_of_the_week(means, words):
    picture = MyCat().show(PORTIONS[:19], forecasts(7), MISSES, GROWS, 4, 5, ("Wednesday", means))
    assert words in picture.caption
    assert "Tomorrow, day 20, a Monday:" in picture.caption
    assert picture.days.get_xlabel() == "day (day 1 is a Wednesday)"
    assert [text.get_text() for text in picture.days.get_xticklabels()] == ["Mon 6", "Mon 13", "Mon 20"]


def test_my_cat_holds_days_forecasts_misses_and_a_band_about_the_one_that_missed_least():
    picture = MyCat().show(PORTIONS[:19], forecasts(7), MISSES, GROWS, 4, 5)
    assert np.array_equal(picture.past.get_ydata(), PORTIONS[:19])
    for name, line in picture.lines.items():
        assert line.get_xdata().tolist() == list(range(20, 27))
        np.testing.assert_allclose(line.get_ydata(), np.median(np.atleast_2d(forecasts(7)[name]), axis=0))
    widths = np.array([bar.get_width() for bar in picture.bars])
    np.testing.assert_allclose(widths / widths.max(), np.array(list(MISSES.values())) / 0.41)
    assert [text.get_text() for text in picture.numbers] == [f"{miss:.2f}" for miss in MISSES.values()]
    assert not picture.none.get_visible()
    corners = picture.band.get_paths()[0].vertices
    half = 2 * np.array([0.02, 0.05, 0.05, 0.05, 0.05, 0.05, 0.05])  # it never narrows, and holds beyond what is known
    np.testing.assert_allclose(sorted(corners[:-1, 1]), sorted(np.r_[0.8 - half, 0.8 + half]))


@cache
def one_picture():
    return MyCat()


@given(top=st.floats(1e-3, 1e6))
def test_ticks_of_my_cat_are_few_round_and_begin_at_zero(top):
    picture = one_picture().show([top, top / 2], forecasts(2, top / 2, 0), {}, (), 0, 1)
    ticks = picture.days.get_yticks()
    assert ticks[0] == 0
    assert 3 <= len(ticks) <= 13
    assert ticks[-1] >= top
    assert f"{ticks[1]:.0e}"[0] in "1257"


@given(low=st.floats(-1e6, 1e6), span=st.floats(1e-3, 1e6))
def test_every_day_of_my_cat_stands_between_the_ticks_also_below_zero(low, span):
    days = np.array([low, low + span])
    picture = one_picture().show(days, forecasts(2, low, 0), {}, (), 0, 1)
    ticks, (bottom, top) = picture.days.get_yticks(), picture.days.get_ylim()
    assert 3 <= len(ticks) <= 13
    rounding = 1e-9 * (top - bottom)
    assert bottom < ticks[0] <= days.min() + rounding
    assert days.max() <= top
    assert (0 in ticks.round(12)) or low > 0.8 * (low + span) or (days.max() < 0)


def test_remembered_holds_answers_and_nudges_and_names_the_day_that_moves_each_unit_most():
    hidden, moved = np.ones((20, 4)), np.zeros((8, 4))
    moved[7, 0] = moved[7, 1] = 0.5
    moved[1, 2] = 2.0
    hidden[:, 3] = 0
    picture = Remembered().show(PORTIONS[:20], hidden, moved)
    assert picture.caption == ("The day whose nudge moves each hidden unit most: 1 day back, units 1 and 2; "
                               "7 days back, unit 3. Always 0: unit 4.")
    answers, nudges = picture.cells[:2]
    assert np.array_equal(answers.get_array(), hidden.T)
    assert np.array_equal(nudges.get_array(), moved.T)
    assert [text.get_text() for text in picture.cells[2:6]] == ["0.0"] * 4
    assert picture.cells[2 + 4 * 1 + 2].get_text() == "2.0"
    assert "No nudge moves a hidden unit. Always 0: units 1, 2 and 3" in (
        Remembered().show(PORTIONS[:9], np.zeros((9, 3)), np.zeros((8, 3))).caption)
