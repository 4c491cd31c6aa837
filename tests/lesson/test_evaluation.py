"""309 years of the sun: where they come from, the published baselines, and a choice that no test year has a say in."""

import re

import nbformat
import numpy as np
import pytest

from benchmarks import sunspots as bench
from benchmarks.sunspots import baselines, choose
from catrnn.data import sunspots
from catrnn.evaluation import INTERVALS, LAST, errors, interval_error, peaks, peaks_met, windows_for_years

YEARS, NUMBERS = sunspots()
PUBLISHED = {"same as last year": (0.427, 0.965, 0.566), "linear, 2 years": (0.187, 0.444, 0.246),
             "linear, 12 years": (0.130, 0.368, 0.198)}
"""Mean squared miss as a share of the variance of 1700 to 1979, in the three intervals."""


def test_there_is_a_number_for_each_year_from_1700_to_2008():
    assert YEARS.tolist() == list(range(1700, 2009))
    assert NUMBERS.shape == (309,)
    assert NUMBERS.dtype == float
    assert (NUMBERS >= 0).all()
    assert (NUMBERS[0], NUMBERS[257], NUMBERS[-1]) == (5.0, 190.2, 2.9)


def test_the_numbers_travel_with_their_source_and_licence():
    folder = bench.ROOT / "catrnn" / "sunspots"
    told = (folder / "README.md").read_text("utf-8")
    assert "National Geophysical Data Center" in told
    assert "public domain" in told
    assert "**/*.csv" in (bench.ROOT / "pyproject.toml").read_text("utf-8")
    assert "sunspots/*.md" in (bench.ROOT / "pyproject.toml").read_text("utf-8")


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_published_baselines_come_out_to_three_decimals(name):
    assert np.round(errors(YEARS, NUMBERS, baselines(NUMBERS)[name]), 3).tolist() == list(PUBLISHED[name])


def test_a_perfect_guess_has_no_error_and_the_mean_of_all_years_one():
    assert interval_error(YEARS, NUMBERS, NUMBERS, 1921, 1955) == 0
    mean = np.full(309, NUMBERS[YEARS <= 1979].mean())
    assert np.isclose(interval_error(YEARS, NUMBERS, mean, 1700, 1979), 1)
    assert round(NUMBERS[YEARS <= 1979].var(), 1) == 1495.6


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


SMALL = dict(sizes=(2, 3), epochs=4, every=2, starts=2)


@pytest.fixture
def given(monkeypatch):
    """The last year of every series that networks are trained on."""
    years, trained = [], bench.trained
    monkeypatch.setattr(bench, "trained", lambda numbers, *a, **how: years.append(1699 + len(numbers))
                        or trained(numbers, *a, **how))
    return years


def test_changed_test_years_move_nothing_that_is_chosen(given):
    changed = np.where(YEARS > LAST, 200 - NUMBERS, NUMBERS)
    one, other = (bench.run(numbers, 0, **SMALL) for numbers in (NUMBERS, changed))
    assert (one["hidden_size"], one["epochs"]) == (other["hidden_size"], other["epochs"])
    assert all(np.array_equal(one["tried"][size], other["tried"][size]) for size in SMALL["sizes"])
    assert one["mean"] != other["mean"]
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


def test_the_stored_report_has_the_published_baselines():
    assert all(stored(name) == list(PUBLISHED[name]) for name in PUBLISHED)


def test_the_median_network_beats_every_baseline_in_each_interval():
    assert all((np.array(stored("network, median of 5 seeds")) < stored(name)).all() for name in PUBLISHED)


@pytest.mark.parametrize(("said", "row"), [
    ("linear, 12 years", "linear, 12 years"), ("five seeds, lowest", "network, lowest of 5 seeds"),
    ("**five seeds, median**", "network, median of 5 seeds"), ("five seeds, highest", "network, highest of 5 seeds"),
])
def test_the_notebook_tells_the_figures_of_the_stored_report(said, row):
    assert stored(said, NOTEBOOK) == stored(row)


@pytest.mark.parametrize(("words", "row"), [
    ("The error there is {} squared", "the procedure, 16 units"),
    ("the linear model's is {}.", "linear, 12 years, fitted up to the origin"),
    ("in the 40 years before: {}.", "the five best of the 40 years before"),
    ("Awake weights (11): {}.", "awake weights of notebook 11"), ("spread 1: {}.", "scaled to mean 0 and spread 1"),
    ("Momentum: {} without", "without momentum"), ("help: {} without", "without a clip"),
    ("does: {}, hardly", "one day of looking back, as the seed"),
])
def test_the_notebook_tells_what_was_tried_as_it_is_stored(words, row):
    assert words.format(f"{stored(row)[-1]:.0f}") in NOTEBOOK


def test_running_free_together_none_of_the_five_seeds_misses_a_peak():
    rows = re.findall(r"^\| \d \| (\d) \| [\d.]+ \| \d+ of 20 \|$", REPORT, re.MULTILINE)
    assert rows == ["8"] * 5
    assert (YEARS[peaks(NUMBERS)] > LAST).sum() == bench.PEAKS == 8
