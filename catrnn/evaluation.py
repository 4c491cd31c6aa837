"""How a forecast of the sun is judged: which years it learns from, which it is asked for."""

import numpy as np

from catrnn import checks
from catrnn.data import windows

WINDOW = 12
"""Years that a guess sees."""

FIRST, LAST = 1712, 1920
"""The first and the last year to learn from; nothing later may have a say in a forecast."""

INTERVALS = ((1921, 1955), (1956, 1979), (1980, 2008))
"""First and last year of the three tests. The first two are those of the literature, the third is
its future."""

REFERENCE_YEAR = 1979
"""An error is a share of the variance of the years up to this one, as in the literature."""


def windows_for_years(years, numbers, first: int, last: int):
    """Return windows (12, N, 1) and answers (N, 1) of the years first to last.

    years, numbers: (T,). Raises ValueError if no year is in between.
    """
    years, numbers = checks.same_length(years=years, numbers=numbers)
    checks.finite("numbers", numbers)
    return windows(numbers, WINDOW, np.flatnonzero(between(years, first, last)))


def between(years, first: int, last: int) -> np.ndarray:
    """Return which of the years (T,) are first to last. Raises ValueError if none of them is."""
    for name, year in (("first", first), ("last", last)):
        checks.integer(name, year)
    these = (years >= first) & (years <= last)
    if not these.any():
        raise ValueError(f"first is {first} and last is {last}, but no year is between them; try "
                         f"first=1921, last=1955")
    return these


def interval_error(years, numbers, guesses, first: int, last: int) -> float:
    """Return the mean squared miss of some years, as a share of the variance of those up to 1979.

    years, numbers, guesses (T,): in every year what the sun did and what was guessed; judged are
    the years first to last. 0 is perfect; to guess the mean all the time would score about 1.
    Raises ValueError if none of the years is in between.
    """
    years, numbers, guesses = checks.same_length(years=years, numbers=numbers, guesses=guesses)
    these = between(years, first, last)
    known = numbers[years <= REFERENCE_YEAR]
    checks.spread_out("numbers", known, f"the years up to {REFERENCE_YEAR}")
    misses = guesses[these] - numbers[these]
    return float(np.mean(misses**2) / np.var(known))


def errors(years, numbers, guess) -> list:
    """Return the error in each of the three intervals.

    years, numbers: (T,). guess: a function from windows (12, N, 1) to guesses (N, 1).
    """
    years, numbers = checks.same_length(years=years, numbers=numbers)
    checks.function("guess", guess)
    tested = between(years, INTERVALS[0][0], INTERVALS[-1][1])
    days, answers = windows_for_years(years, numbers, INTERVALS[0][0], INTERVALS[-1][1])
    guesses = np.full(len(years), np.nan)
    one_a_year = guess(days)
    checks.same_shape("what guess returns", one_a_year, "one answer a year", answers.shape)
    guesses[tested] = one_a_year[:, 0]
    return [interval_error(years, numbers, guesses, first, last) for first, last in INTERVALS]


PEAK_RADIUS, PEAK_TOLERANCE, HALF_CYCLE = 4, 2, 5
"""Years that a peak towers over on either side; that it may come early or late and still count as
met; and that it may be off and still be the same peak."""

RIPPLE = 10
"""Sunspots: what does not rise over its neighbours by more is a ripple, and no peak."""


def peaks(numbers) -> np.ndarray:
    """Return the places in numbers (T,) that tower over all others up to 4 years on either side."""
    [numbers] = checks.same_length(numbers=numbers)
    checks.at_least("numbers", numbers, 2 * PEAK_RADIUS + 1)
    near = np.lib.stride_tricks.sliding_window_view(numbers, 2 * PEAK_RADIUS + 1)
    highest = near.argmax(axis=1) == PEAK_RADIUS
    a_wave = near.max(axis=1) > near.min(axis=1) + RIPPLE
    return np.flatnonzero(highest & a_wave) + PEAK_RADIUS


def peaks_met(years, numbers, to_come, guesses) -> tuple:
    """Count the sun's peaks that a forecast meets within 2 years, up to the first that it misses.

    years, numbers (T,): what the sun did. to_come, guesses (A,): the years of the forecast and what
    it says; they go on from what the sun did before. Return how many are met, how many there are
    (the last 4 years cannot be judged: a peak is seen when it is over), the first year missed (None
    if there is none), and by how many years: above 0 is late, NaN is no peak within 5 years.
    """
    years, numbers = checks.same_length(years=years, numbers=numbers)
    to_come, guesses = checks.same_length(to_come=to_come, guesses=guesses)
    first, last = to_come[0], to_come[-1] - PEAK_RADIUS
    known = years < first
    whole = np.concatenate([numbers[known], guesses])
    span = np.concatenate([years[known], to_come])
    true = [year for year in years[peaks(numbers)] if first <= year <= last]
    mine = [year for year in span[peaks(whole)] if year >= first]

    for met, year in enumerate(true):
        off = min((one - year for one in mine), key=abs, default=np.inf)
        if abs(off) > PEAK_TOLERANCE:
            return met, len(true), int(year), float(off) if abs(off) <= HALF_CYCLE else np.nan
    return len(true), len(true), None, 0.0
