"""The sun's cycles and the drawings of an LSTM: what is drawn is what was given, and the words are true."""


import numpy as np
import pytest

from catrnn.data import sunspots
from catrnn.evaluation import INTERVALS, peaks, peaks_met
from catrnn.lab import LSTM, Cycles

YEARS, NUMBERS = sunspots()
TESTED = NUMBERS[YEARS > 1920]
ERRORS, LINEAR = (0.1, 0.2, 0.3), (0.13, 0.37, 0.20)
STARTS = np.array([[-10.0], [0], [10]])
WAVE = 60 + 50 * np.sin(2 * np.pi * (np.arange(88) - 4) / 10.5)


def arguments(free_from=1920, guesses=TESTED + STARTS, errors=ERRORS, together=None):
    together = NUMBERS[free_from < YEARS] if together is None else together
    met = peaks_met(YEARS, NUMBERS, YEARS[free_from < YEARS], together)
    scores = dict(zip(INTERVALS, zip(errors, LINEAR, strict=True), strict=True))
    return YEARS, NUMBERS, YEARS[YEARS > 1920], guesses, scores, together + STARTS, together, free_from, met


def wild(free_from):
    return arguments(free_from, TESTED * 1e9 + STARTS, (1e9, 50.0, np.inf), np.full(2008 - free_from, np.nan))


def test_the_lines_hold_the_sun_the_mean_guess_and_every_start():
    picture = Cycles().show(*arguments(1950))
    assert np.array_equal(picture.truths[0].get_xydata(), np.column_stack([YEARS, NUMBERS])[YEARS >= 1840])
    assert np.allclose(picture.guess.get_ydata(), TESTED)
    corners = {tuple(corner) for corner in picture.band.get_paths()[0].vertices}
    assert {(1921 + k, TESTED[k] + wide) for k in (0, 30, 87) for wide in (-10, 10)} <= corners
    assert picture.free.get_xdata().tolist() == list(range(1951, 2009))
    assert len(picture.starts.get_segments()) == 3
    assert np.allclose(picture.starts.get_segments()[2][:, 1], NUMBERS[YEARS > 1950] + 10)


def test_errors_are_told_beside_those_of_the_linear_model():
    picture = Cycles().show(*arguments())
    assert "0.10 in 1921-1955 (linear model 0.13), 0.20 in 1956-1979 (linear model 0.37)" in picture.caption
    assert [text.get_text() for text in picture.scores[:2]] == ["", "0.10\nlinear 0.13"]
    assert "over 10 in 1921-1955" in Cycles().show(*wild(1990)).caption


@pytest.mark.parametrize(("free_from", "together", "words"), [
    (1920, None, "Running free from 1921 to 2008 it meets all 8 of the sun's peaks within 2 years."),
    (1990, None, "Running free from 1991 to 2008 it meets the sun's one peak within 2 years."),
    (1920, np.full(88, 50.0), "it meets 0 of 8 peaks within 2 years before it loses step: for the one of 1928 it has"),
    (1950, np.roll(NUMBERS[YEARS > 1950], 3), "0 of 5 peaks within 2 years before it loses step: for the one of 1957 "
                                              "it is 3 years late"),
    (1920, np.full(88, np.nan), "for the one of 1928 it has no peak"),
])
def test_where_a_free_run_loses_step_is_told(free_from, together, words):
    assert words in Cycles().show(*arguments(free_from, together=together)).caption


def test_a_curtain_hangs_over_the_tests_as_long_as_no_year_of_them_is_given():
    picture = Cycles()
    for seen, hangs in ((221, True), (222, False), (221, True)):
        years, numbers = YEARS[:seen], NUMBERS[:seen]
        ahead, guess = years[181:], numbers[181:]
        picture.show(years, numbers, ahead, guess + STARTS, {(1881, 1920): (0.123, 0.12)}, guess + STARTS, guess, 1880,
                     peaks_met(years, numbers, ahead, guess))
        assert {artist.get_visible() for artist in picture.curtain} == {hangs}
        assert picture.scores[0].get_text() == "0.12\nlinear 0.12"


def test_a_run_too_short_for_a_peak_says_so():
    assert "Running free from 2003 to 2008 there is no peak to meet." in Cycles().show(*arguments(2002)).caption


def test_the_suns_peaks_are_those_of_the_almanac():
    assert YEARS[peaks(NUMBERS)][-8:].tolist() == [1928, 1937, 1947, 1957, 1968, 1979, 1989, 2000]


def test_a_clock_of_eleven_years_loses_step_at_the_third_peak():
    to_come = np.arange(1921, 2009)
    clock = 50 + 50 * np.cos(2 * np.pi * (to_come - 1917) / 11.16)
    assert peaks_met(YEARS, NUMBERS, to_come, clock)[:3] == (2, 8, 1947)


def test_the_drawing_of_an_lstm_names_every_gate_in_words_and_in_a_sum():
    picture = LSTM().show()
    drawn = [text.get_text() for text in picture.figure.axes[0].texts]
    gates = [text.split("\n")[0] for text in drawn if text.endswith("\ngate")]
    assert len(gates) == 3
    for gate in gates:
        assert f"({gate})" in picture.caption
        assert any("σ" in line and gate in line for line in LSTM.sums)
        assert any("σ" not in line and gate in line for line in LSTM.sums)
    assert sum(text.startswith("our layer") for text in drawn) == 1
