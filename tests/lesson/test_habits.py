"""Each habit does what its docstring says, from the generator that it is given alone."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catrnn import habits
from catrnn.data import windows
from catrnn.habits import (
    HABITS,
    RULES,
    feast_and_fast,
    futures_of_the_rule,
    growing_kitten,
    meal,
    next_meal,
    simulate,
    stomach_after,
    two_days_ago,
    weekly,
)
from tests.helpers import strategies

every_habit = pytest.mark.parametrize("habit", HABITS.values(), ids=list(HABITS))
MANY = 4.5
"""Standard deviations of the noise: one day in 150,000 strays further."""


class Silent(np.random.Generator):
    """A generator whose noise is 0 and whose other draws are those of a real one."""

    def __init__(self, seed):
        super().__init__(np.random.PCG64(seed))

    def normal(self, mean, _spread, n):
        return np.full(n, mean)


@every_habit
@given(seed=strategies.seeds, n_days=st.integers(1, 60))
def test_portions_are_one_finite_number_a_day_and_never_negative(habit, seed, n_days):
    portions = habit(np.random.default_rng(seed), n_days)
    assert portions.shape == (n_days,)
    assert np.isfinite(portions).all()
    assert (portions >= 0).all()


@every_habit
def test_the_same_generator_raises_the_same_cats_and_another_raises_others(habit):
    cats = simulate(habit, np.random.default_rng(0), 3, 20)
    assert np.array_equal(cats, simulate(habit, np.random.default_rng(0), 3, 20))
    others = simulate(habit, np.random.default_rng(1), 3, 20)
    assert len({row.tobytes() for row in (*cats, *others)}) == 6


@every_habit
def test_nothing_global_is_drawn_or_seeded(habit):
    np.random.seed(0)  # noqa: NPY002  (this is what must not matter)
    before = np.random.get_state()[1].tolist()  # noqa: NPY002
    habit(np.random.default_rng(0), 20)
    assert np.random.get_state()[1].tolist() == before  # noqa: NPY002


@given(seed=strategies.seeds, n_days=st.integers(3, 60))
def test_two_days_ago_is_eaten_again_give_or_take_a_tenth(seed, n_days):
    portions = two_days_ago(np.random.default_rng(seed), n_days)
    assert ((portions[:2] >= 0.5) & (portions[:2] <= 1.5)).all()
    assert (abs(portions[2:] - portions[:-2]) < 0.1 * MANY).all()
    without_noise = two_days_ago(Silent(seed), n_days)
    assert np.array_equal(without_noise[2:], without_noise[:-2])


@given(seed=strategies.seeds, n_days=st.integers(2, 60))
def test_a_feast_is_followed_by_a_fast(seed, n_days):
    portions = feast_and_fast(Silent(seed), n_days)
    stomach = np.random.default_rng(seed).uniform(0, 2)
    for portion in portions:
        over = max(0.0, stomach - 1.2)
        assert portion == pytest.approx(max(0.05, 1 - 4 * over))
        stomach = 0.8 * stomach + portion


@given(seed=strategies.seeds, n_days=st.integers(2, 60))
def test_the_stomach_digests_what_was_eaten_noise_and_all(seed, n_days):
    portions, stomach = feast_and_fast(np.random.default_rng(seed), n_days), np.random.default_rng(seed).uniform(0, 2)
    for portion in portions:
        assert abs(portion - max(0.05, 1 - 4 * max(0.0, stomach - 1.2))) < 0.05 * MANY
        stomach = 0.8 * stomach + portion


def test_the_noise_of_each_habit_is_what_its_docstring_says():
    rng = np.random.default_rng(0)
    cats = simulate(two_days_ago, rng, 200, 20)
    assert np.std(cats[:, 2:] - cats[:, :-2]) == pytest.approx(0.1, rel=0.05)
    pairs = np.diff(simulate(weekly, rng, 200, 15), axis=1, n=1)[:, [0, 7]]  # the same step a week later
    assert np.std(pairs[:, 1] - pairs[:, 0]) == pytest.approx(0.1 * 2, rel=0.15)
    full_grown = simulate(growing_kitten, rng, 200, 200)[:, 150:]
    assert np.std(full_grown - full_grown.mean(axis=1, keepdims=True)) == pytest.approx(0.05, rel=0.05)


def test_the_noise_of_a_feast_is_a_twentieth():
    noise = []
    for seed in range(200):
        stomach = np.random.default_rng(seed).uniform(0, 2)
        for portion in feast_and_fast(np.random.default_rng(seed), 20):
            meal = max(0.05, 1 - 4 * max(0.0, stomach - 1.2))
            noise += [portion - meal] if meal > 0.3 else []  # smaller ones end at zero now and then
            stomach = 0.8 * stomach + portion
    assert np.std(noise) == pytest.approx(0.05, rel=0.05)


def test_a_kitten_begins_with_a_fifth_of_a_portion_and_is_half_grown_between_the_10th_and_the_40th_day():
    kittens = np.array([growing_kitten(Silent(seed), 150) for seed in range(300)])
    assert kittens[:, 0].min() == pytest.approx(0.2, abs=0.002)
    half = 0.1 + kittens[:, -1:] / 2
    days = 1 + (kittens < half).sum(axis=1)  # the first day on which it eats at least half of the way
    assert (days.min(), days.max()) == (11, 40)


@given(seed=strategies.seeds, n_days=st.integers(2, 120))
def test_a_kitten_eats_more_every_day_and_never_more_than_it_grows_to(seed, n_days):
    portions = growing_kitten(Silent(seed), n_days)
    assert (np.diff(portions) > 0).all()
    assert portions[0] < 0.5
    assert 0.2 < portions[-1] < 1.5
    assert 1.0 <= round(growing_kitten(Silent(seed), 150)[-1], 9) <= 1.5


@given(seed=strategies.seeds)
def test_a_week_has_two_days_of_twice_as_much_side_by_side(seed):
    portions = weekly(Silent(seed), 28)
    assert np.array_equal(portions[7:], portions[:-7])
    workday = portions.min()
    assert 0.4 <= workday <= 0.8
    doubled = np.isclose(portions[:7], 2 * workday)
    assert doubled.sum() == 2
    assert not doubled[~doubled].any()
    assert (doubled & np.roll(doubled, 1)).sum() == 1


@pytest.mark.parametrize("name", ["two days ago", "feast and fast", "weekly"])
def test_who_knows_the_rule_guesses_a_cat_without_noise_to_a_hundredth(name):
    cats = np.array([HABITS[name](Silent(seed), 60) for seed in range(20)])
    days, answers = windows(cats, 8)
    assert abs(RULES[name](days) - answers).max() < 0.01 + (name == "feast and fast") * 4 * 0.025 * 0.8**8
    # half a step of 0.05 between the first stomachs, after eight days, times the 4 of the rule


def test_who_knows_the_kittens_curve_is_nearly_straight_misses_by_little_more_than_its_noise():
    days, answers = windows(np.array([growing_kitten(Silent(seed), 60) for seed in range(20)]), 8)
    assert abs(RULES["growing kitten"](days) - answers).max() < 0.2
    assert np.sqrt(np.mean((RULES["growing kitten"](days) - answers) ** 2)) < 0.05


@given(seed=strategies.seeds)
def test_a_stomach_is_read_off_the_days_noise_and_all(seed):
    stomach, portions = np.random.default_rng(seed).uniform(0, 2), feast_and_fast(np.random.default_rng(seed), 40)
    for portion in portions:
        stomach = 0.8 * stomach + portion
    read = stomach_after(portions.reshape(-1, 1, 1))
    assert read.shape == (1, 1)
    assert read.item() == pytest.approx(stomach, abs=3 * 0.8**40 + 1e-9)  # whatever it held at first is forgotten
    assert next_meal(portions.reshape(-1, 1, 1)) == pytest.approx(max(0.05, 1 - 4 * max(0, stomach - 1.2)), abs=0.01)


def test_nobody_beats_who_knows_the_stomach_on_many_cats():
    days, answers = windows(simulate(feast_and_fast, np.random.default_rng(5), 100, 30), 8)
    miss = np.sqrt(np.mean((next_meal(days) - answers) ** 2))
    assert 0.04 < miss < 0.05  # its noise, of which zero cuts off a little
    assert meal(np.array([0.0, 1.2, 1.3, 2.0])) == pytest.approx([1.0, 1.0, 0.6, 0.05])


def test_futures_of_the_rule_are_those_of_cats_that_went_the_same_days():
    went = feast_and_fast(np.random.default_rng(3), 30)
    stomach = stomach_after(went.reshape(-1, 1, 1)).item()
    futures = futures_of_the_rule(went.reshape(-1, 1, 1), 3, 4000, np.random.default_rng(0))
    assert futures.shape == (3, 1, 4000)
    assert futures.min() >= 0
    rng, after = np.random.default_rng(1), np.full(4000, stomach)
    for day in range(3):
        eaten = np.maximum(0, np.maximum(0.05, 1 - 4 * np.maximum(0, after - 1.2)) + rng.normal(0, 0.05, 4000))
        after = 0.8 * after + eaten
        assert futures[day].mean() == pytest.approx(eaten.mean(), abs=5 * eaten.std() / np.sqrt(2000))  # 5 errors
        assert futures[day].std() == pytest.approx(eaten.std(), rel=0.1)


@pytest.mark.parametrize(("days", "words"), [([0.5, 0.6], "days has shape (2,), but (T, N, 1)"),
                                             (np.full((8, 1, 1), np.nan), "days contains nan")])
def test_days_that_no_stomach_can_be_read_off_are_refused(days, words):
    with pytest.raises(ValueError, match="days") as refused:
        stomach_after(days)
    assert words in str(refused.value)


def test_memory_is_needed_yesterday_says_little_about_tomorrow():
    rng = np.random.default_rng(0)
    for habit in (two_days_ago, feast_and_fast, weekly):
        cats = simulate(habit, rng, 100, 40)
        steps = np.diff(cats, axis=1)
        assert np.std(steps) > 0.8 * np.std(cats), habit


@pytest.mark.parametrize(("given", "words"), [
    ({"habit": "weekly"}, "habit is 'weekly', but a function"), ({"n_cats": 0}, "n_cats is 0"),
    ({"n_days": 2.5}, "n_days is 2.5"),
])
def test_a_litter_that_cannot_be_is_refused(given, words):
    with pytest.raises((TypeError, ValueError)) as refused:
        simulate(**{"habit": habits.weekly, "rng": np.random.default_rng(0), "n_cats": 2, "n_days": 9} | given)
    assert words in str(refused.value)
