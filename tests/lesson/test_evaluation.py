"""309 years of the sun: where they come from, the published baselines, a choice that no test year has a say in, and
comparisons that say how sure they are."""

import re

import nbformat
import numpy as np
import pytest

from benchmarks import sunspots as bench
from benchmarks.sunspots import baselines, choose, choose_linear
from catrnn import evaluation
from catrnn.data import sunspots
from catrnn.evaluation import (
    INTERVALS,
    LAST,
    errors,
    interval_error,
    let_go,
    linear,
    paired,
    peaks,
    peaks_met,
    squared_misses,
    unit,
    windows_for_years,
)

YEARS, NUMBERS = sunspots()
PUBLISHED = {"same as last year": (0.427, 0.965, 0.566), "linear, 2 years": (0.187, 0.444, 0.246),
             "linear, 12 years": (0.130, 0.368, 0.198), "linear, 10 years": (0.128, 0.354, 0.181),
             "linear, 8 years of roots": (0.125, 0.311, 0.178), "linear, 9 years of roots": (0.120, 0.243, 0.141)}
"""Mean squared miss as a share of the variance of 1700 to 1979, in the three intervals."""


def test_there_is_a_number_for_each_year_from_1700_to_2008():
    assert YEARS.tolist() == list(range(1700, 2009))
    assert NUMBERS.shape == (309,)
    assert NUMBERS.dtype == float
    assert (NUMBERS >= 0).all()
    assert (NUMBERS[0], NUMBERS[257], NUMBERS[-1]) == (5.0, 190.2, 2.9)


def test_the_numbers_travel_with_their_source_and_licence():
    folder = bench.ROOT / "catrnn" / "sunspots"
    told = " ".join((folder / "README.md").read_text("utf-8").split())
    assert "National Geophysical Data Center" in told
    assert "public domain" in told
    assert f"{(YEARS < 1749).sum()} of the 309 years" in told
    assert f"{((YEARS >= 1712) & (YEARS < 1749)).sum()} of the 209 that networks learn from" in told
    assert "**/*.csv" in (bench.ROOT / "pyproject.toml").read_text("utf-8")
    assert "sunspots/*.md" in (bench.ROOT / "pyproject.toml").read_text("utf-8")


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_published_baselines_come_out_to_three_decimals(name):
    assert np.round(errors(YEARS, NUMBERS, baselines(NUMBERS)[name]), 3).tolist() == list(PUBLISHED[name])


def test_a_perfect_guess_has_no_error_and_the_mean_of_all_years_one():
    assert interval_error(YEARS, NUMBERS, NUMBERS, 1921, 1955) == 0
    mean = np.full(309, NUMBERS[YEARS <= 1979].mean())
    assert np.isclose(interval_error(YEARS, NUMBERS, mean, 1700, 1979), 1)
    assert round(unit(YEARS, NUMBERS), 1) == 1495.6


def test_an_error_is_that_of_the_years_from_the_first_to_the_last_and_of_no_others():
    guesses = NUMBERS + np.where((YEARS == 1921) | (YEARS == 1955), 10.0, np.where(YEARS == 1956, 99.0, 0))
    assert np.isclose(interval_error(YEARS, NUMBERS, guesses, 1921, 1955), 2 * 100 / 35 / 1495.594, atol=1e-6)
    assert INTERVALS[0][0] == LAST + 1


def test_training_ends_in_1920_and_a_window_is_the_twelve_years_before_its_answer():
    days, answers = windows_for_years(YEARS, NUMBERS, 1712, LAST)
    assert days.shape == (12, 209, 1)
    assert answers[-1, 0] == NUMBERS[YEARS == 1920].item()
    first, answer = windows_for_years(YEARS, NUMBERS, 1921, 1921)
    assert first.ravel().tolist() == NUMBERS[(YEARS >= 1909) & (YEARS <= 1920)].tolist()
    assert answer.item() == NUMBERS[YEARS == 1921].item()


def test_an_interval_without_a_year_is_refused():
    with pytest.raises(ValueError, match="first is 1955 and last is 1921, but no year is between them"):
        interval_error(YEARS, NUMBERS, NUMBERS, 1955, 1921)


def by_hand(n_years, transform, back, last=LAST):
    """A linear model by the normal equations, in long double: forecasts for 1921 to 2008."""
    x = transform(NUMBERS.astype(np.longdouble))
    rows = np.array([[*x[t - n_years:t], 1] for t in range(12, 309)])
    fit = rows[:last - 1711].astype(float)
    weights = np.linalg.solve(fit.T @ fit, fit.T @ x[12:last - 1699].astype(float))
    return back(rows[YEARS[12:] > LAST].astype(float) @ weights)


@pytest.mark.parametrize(("n_years", "roots", "by"), [
    (10, False, (np.positive, np.positive)), (1, False, (np.positive, np.positive)),
    (9, True, (np.sqrt, lambda x: np.maximum(x, 0) ** 2)),
])
def test_a_linear_model_is_that_of_the_normal_equations(n_years, roots, by):
    days, _ = windows_for_years(YEARS, NUMBERS, 1921, 2008)
    guesses = linear(YEARS, NUMBERS, n_years, roots=roots)(days)[:, 0]
    assert np.allclose(guesses, by_hand(n_years, *by), rtol=1e-7)


def test_a_linear_model_learns_from_no_year_after_its_last():
    changed = np.where(YEARS > 1880, 99, NUMBERS)
    days, _ = windows_for_years(YEARS, NUMBERS, 1921, 2008)
    one, other = (linear(YEARS, numbers, 5, last=1880)(days) for numbers in (NUMBERS, changed))
    assert np.array_equal(one, other)


def test_squared_misses_of_an_interval_have_its_error_as_their_mean():
    misses = squared_misses(YEARS, NUMBERS, lambda days: days[-1], 1921, 1955)
    assert misses.shape == (35,)
    assert misses[0] == (NUMBERS[220] - NUMBERS[221]) ** 2
    last_year = interval_error(YEARS, NUMBERS, np.roll(NUMBERS, 1), 1921, 1955)
    assert np.isclose(misses.mean() / unit(YEARS, NUMBERS), last_year)


def test_a_guess_that_misses_as_much_as_another_has_the_ratio_one_in_every_history():
    misses = np.random.default_rng(0).uniform(1, 9, 88)
    assert paired(misses, misses, np.random.default_rng(1)) == (1, 1, 1, 0, 88)
    assert paired(misses / 4, misses, np.random.default_rng(1)) == (0.25, 0.25, 0.25, 88, 88)


def test_a_history_is_drawn_in_pieces_of_eleven_years_that_go_round():
    misses, ones = np.random.default_rng(0).uniform(1, 9, 110), np.ones(110)
    whole = paired(misses[:11], ones[:11], np.random.default_rng(0))  # from wherever it begins, the same eleven years
    assert np.allclose([whole.low, whole.high], whole.ratio)
    pieces = np.lib.stride_tricks.sliding_window_view(np.r_[misses, misses[:10]], 11).mean(axis=1)
    drawn = paired(misses, ones, np.random.default_rng(0), draws=4000)
    wide = 2 * 1.96 * np.std(pieces) / np.sqrt(10)  # ten pieces a history
    assert np.isclose(drawn.high - drawn.low, wide, rtol=0.05)  # 4,000 histories know it to some hundredths


def test_of_two_guesses_that_differ_by_chance_alone_1_lies_between_nearly_always():
    rng, held = np.random.default_rng(0), 0
    for _ in range(200):
        one, other = rng.exponential(size=(2, 88))
        pair = paired(one, other, rng, draws=200)
        held += pair.low <= 1 <= pair.high
    assert 170 <= held <= 198  # 95 of 100, less what eight pieces cannot know


@pytest.mark.parametrize("others", [np.zeros(30), np.r_[np.zeros(20), np.ones(10)], np.full(30, np.nan)])
def test_a_ratio_to_what_never_misses_is_refused(others):
    with pytest.raises(ValueError, match="others has misses that are no numbers, or years on end without a miss"):
        paired(np.ones(30), others, np.random.default_rng(0))


def spikes(*places, height=50.0):
    numbers = np.zeros(60)
    numbers[list(places)] = height
    return numbers


def test_a_peak_towers_over_four_years_on_either_side_and_is_no_ripple():
    assert peaks(spikes(10, 30)).tolist() == [10, 30]
    assert peaks(spikes(3, 30, 56)).tolist() == [30]
    assert peaks(spikes(30, height=10.5)).tolist() == [30]
    assert peaks(spikes(30, height=10.0)).tolist() == []
    assert peaks(spikes(30) + 0.5 * spikes(26)).tolist() == [30]


@pytest.mark.parametrize(("guessed", "told"), [
    ((30, 40, 50), (3, 3, None, 0)), ((32, 38, 52), (3, 3, None, 0)), ((30, 43, 50), (1, 3, 40, 3)),
    ((27, 40, 50), (0, 3, 30, -3)), ((30, 45), (1, 3, 40, 5)), ((30, 46), (1, 3, 40, np.nan)), ((), (0, 3, 30, np.nan)),
])
def test_peaks_are_met_in_order_within_two_years_up_to_the_first_that_is_missed(guessed, told):
    years = np.arange(1900, 1960)
    met, of, missed, late = peaks_met(years, spikes(10, 20, 30, 40, 50), years[25:], spikes(*guessed)[25:])
    assert (met, of, missed and missed - 1900) == told[:3]
    assert late == told[3] or np.isnan([late, told[3]]).all()


def test_what_the_sun_does_in_the_first_year_of_a_forecast_is_not_known_and_earlier_peaks_are_none_of_its_own():
    years = np.arange(1900, 1960)
    for numbers in (spikes(25), spikes(25) + spikes(23, height=40)):
        assert peaks_met(years, numbers, years[25:], np.zeros(35))[:3] == (0, 1, 1925)


def test_a_peak_that_is_not_over_cannot_be_judged():
    years = np.arange(1900, 1960)
    of = [peaks_met(years, spikes(30, 50), years[25:end], spikes(30, 50)[25:end])[1] for end in (54, 55)]
    assert of == [1, 2]


def test_the_first_year_of_a_forecast_is_not_known_and_peaks_before_it_do_not_count():
    years = np.arange(1900, 1960)
    sun, forecast = spikes(20, 30, 40), spikes(31, 40)[30:]
    assert peaks_met(years, sun, years[30:], forecast)[:2] == (2, 2)
    assert peaks_met(years, sun, years[30:], spikes(40)[30:])[:3] == (0, 2, 1930)
    sun[29] = 40  # on its way up to 1930: a forecast that says nothing leaves a peak of the known years behind
    assert peaks_met(years, sun, years[30:], spikes(40)[30:])[:3] == (0, 2, 1930)


def test_a_forecast_that_is_let_go_sees_nothing_from_its_first_year_on():
    seen = []
    met = let_go(YEARS, NUMBERS, lambda days: seen.append(np.ravel(days)) or np.array([[7.0]]), 1921)
    assert np.array_equal(seen[0], NUMBERS[(YEARS > 1908) & (YEARS < 1921)])
    assert np.array_equal(seen[1], [*seen[0][1:], 7])
    assert len(seen) == 88
    assert met[:3] == (0, 8, 1928)
    assert let_go(YEARS, NUMBERS, lambda days: days[-1], 1990)[:2] == (0, 1)


SMALL = dict(sizes=(2, 3), epochs=4, every=2, starts=2)


@pytest.fixture
def given(monkeypatch):
    """The last year of every series that networks are trained on."""
    years, trained = [], bench.trained
    monkeypatch.setattr(bench, "trained", lambda numbers, *a, **how: years.append(1699 + len(numbers))
                        or trained(numbers, *a, **how))
    return years


def test_changed_test_years_move_nothing_that_is_chosen(given, monkeypatch):
    monkeypatch.setattr(bench, "STARTED", (1921,))
    changed = np.where(YEARS > LAST, 200 - NUMBERS, NUMBERS)
    one, other = (bench.run(numbers, 0, **SMALL) for numbers in (NUMBERS, changed))
    assert (one["hidden_size"], one["epochs"]) == (other["hidden_size"], other["epochs"])
    assert all(np.array_equal(one["tried"][size], other["tried"][size]) for size in SMALL["sizes"])
    assert not np.array_equal(one["guesses"], other["guesses"])
    assert max(given) == LAST


def test_a_choice_is_refused_any_year_after_1920():
    with pytest.raises(ValueError, match="numbers has 309 years, but the 221 years 1700 to 1920 are expected"):
        choose(NUMBERS, 0)


def test_a_choice_judges_each_year_by_networks_that_were_trained_before_it(given):
    choose(NUMBERS[:221], 0, **SMALL)
    assert given == [*bench.ORIGINS] * 2
    assert max(bench.ORIGINS) + bench.AHEAD == LAST
    late = np.where(YEARS > 1880, 0, NUMBERS)[:221]
    early = [bench.watched(numbers, 0, 2, 2, 2, starts=2)[..., :80, :] for numbers in (NUMBERS[:221], late)]
    assert np.array_equal(*early)


def test_the_linear_rival_is_chosen_by_the_same_years_and_no_others():
    assert choose_linear(NUMBERS[:221]) == (8, True)
    assert bench.RIVALS[1] == "linear, 8 years of roots"
    tried = {(n, roots): bench.judged(NUMBERS[:221], n, roots).mean() for n in (7, 8, 9, 10) for roots in (False, True)}
    assert sorted(tried, key=tried.get)[:2] == [(8, True), (9, True)]
    nine = (squared_misses(YEARS, NUMBERS, linear(YEARS, NUMBERS, 8, roots=True, last=1840), 1841, 1880))
    assert np.array_equal(bench.judged(NUMBERS[:221], 8, True)[40:80], nine)


def test_networks_that_count_in_roots_answer_in_sunspots():
    assert np.allclose(bench.ROOTS.inverse_transform(bench.ROOTS.transform(NUMBERS)), NUMBERS)
    assert bench.ROOTS.inverse_transform(np.array([-0.5])) == 0


def test_the_choice_is_the_least_error_of_all_that_were_tried():
    choice = choose(NUMBERS[:221], 0, **SMALL)
    least = min(errors.min() for errors in choice["tried"].values())
    assert choice["tried"][choice["hidden_size"]][choice["epochs"] // 2 - 1] == least


REPORT = bench.REPORT.read_text("utf-8")
CELLS = nbformat.read(bench.ROOT / "notebooks" / "13_leave_the_house.ipynb", 4).cells
NOTEBOOK = "\n".join(cell.source for cell in CELLS)


def stored(row: str, text: str = REPORT) -> list:
    """The numbers of a table's row, of the stored report or of the notebook."""
    line = re.search(rf"^\| {re.escape(row)} \|(.*)\|$", text, re.MULTILINE)
    return [float(cell.strip(" *")) for cell in line[1].split("|") if cell.strip()]


FORECASTS = np.genfromtxt(bench.FORECASTS, delimiter=",", skip_header=1)
"""A row a year: the year, the sun, and what each seed guessed."""
HEAD = re.findall(r'"(.+?)"', bench.FORECASTS.read_text("utf-8").splitlines()[0])


def runs_stored():
    """What the report is made of, so far as it comes from the forecasts: their mean guess, for each way and seed."""
    columns = dict(zip(HEAD, FORECASTS[:, 2:].T, strict=True))
    return {way: [dict(guesses=columns[f"{way}, seed {seed}"][None]) for seed in range(5)] for way in bench.WAYS}


def test_the_stored_forecasts_are_of_the_test_years():
    assert np.array_equal(FORECASTS[:, 0], YEARS[YEARS > LAST])
    assert np.array_equal(FORECASTS[:, 1], NUMBERS[YEARS > LAST])


@pytest.mark.parametrize("way", bench.WAYS)
def test_the_stored_forecasts_have_the_errors_and_the_ratios_of_the_report(way):
    errors_of = np.array([bench.mean_errors(one["guesses"], NUMBERS) for one in runs_stored()[way]])
    for row in bench.error_rows(way, errors_of):
        assert "| " + " | ".join(row) + " |" in REPORT
    for seed, one in enumerate(runs_stored()[way]):
        assert f"| {way}, seed {seed} | " + " | ".join(bench.beside(one, NUMBERS)) + " |" in REPORT


def test_the_stored_report_has_the_published_baselines():
    assert all(stored(name) == list(PUBLISHED[name]) for name in PUBLISHED)


def test_the_linear_models_that_are_let_go_meet_what_the_report_says():
    for name in bench.RIVALS:
        met = ("{} of {}".format(*let_go(YEARS, NUMBERS, baselines(NUMBERS)[name], first)) for first in bench.STARTED)
        assert f"| {name} | {' | '.join(met)} |" in REPORT


def test_the_pieces_of_eleven_years_are_a_cycle_of_the_sun():
    tops = YEARS[peaks(NUMBERS)]
    assert round(np.diff(tops[tops <= LAST]).mean()) == evaluation.BLOCK
