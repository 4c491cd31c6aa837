"""How a forecast of the sun is judged: which years it learns from, which it is asked for."""

from typing import NamedTuple

import numpy as np

from catrnn import checks
from catrnn.baselines import LinearModel
from catrnn.data import windows
from catrnn.forecast import free_run

WINDOW = 12
"""Years that a guess sees."""

FIRST, LAST = 1712, 1920
"""The first and the last year to learn from; nothing later may have a say in a forecast."""

CHOICE = (1881, 1920)
"""First and last year that settings are chosen by: what is chosen has seen the years before."""

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


def unit(years, numbers) -> float:
    """Return the variance of the numbers up to 1979: that, in squared sunspots, is an error of 1.

    years, numbers: (T,). Raises ValueError if there is nothing to divide by.
    """
    years, numbers = checks.same_length(years=years, numbers=numbers)
    known = numbers[years <= REFERENCE_YEAR]
    checks.spread_out("numbers", known, f"the years up to {REFERENCE_YEAR}")
    return float(np.var(known))


def interval_error(years, numbers, guesses, first: int, last: int) -> float:
    """Return the mean squared miss of some years, as a share of the variance of those up to 1979.

    years, numbers, guesses (T,): in every year what the sun did and what was guessed; judged are
    the years first to last. 0 is perfect; 1 is what the mean of the years up to 1979 scores in
    these years, and in others more or less. Raises ValueError if no year is in between.
    """
    years, numbers, guesses = checks.same_length(years=years, numbers=numbers, guesses=guesses)
    these = between(years, first, last)
    misses = guesses[these] - numbers[these]
    return float(np.mean(misses**2) / unit(years, numbers))


def squared_misses(years, numbers, guess, first: int, last: int) -> np.ndarray:
    """Return what a guess one year ahead misses in each of the years first to last, squared (A,).

    years, numbers: (T,). guess: a function from windows (12, N, 1) to guesses (N, 1).
    """
    checks.function("guess", guess)
    days, answers = windows_for_years(years, numbers, first, last)
    guesses = checks.same_shape("what guess returns", guess(days), "one answer a year",
                                answers.shape)
    return (guesses - answers)[:, 0] ** 2


def errors(years, numbers, guess) -> list:
    """Return the error of a guess in each of the three intervals; see `squared_misses`."""
    return [float(np.mean(squared_misses(years, numbers, guess, *interval)) / unit(years, numbers))
            for interval in INTERVALS]


def linear(years, numbers, n_years: int, *, roots: bool = False, last: int = LAST):
    """Return a guess one year ahead: the linear model on n_years, fitted on 1712 to `last`.

    roots: it reads square roots and answers with one, the usual scale for what is counted, since
    where there is much it scatters more; a root below zero stands for no spot. The guess is a
    function from windows (12, N, 1) to guesses (N, 1). Raises ValueError for more than 12 years.
    """
    checks.integer("n_years", n_years, maximum=WINDOW)
    days, answers = windows_for_years(years, numbers, FIRST, last)
    if not roots:
        model = LinearModel(days[-n_years:], answers)
        return lambda days: model.predict(days[-n_years:])
    if days.min() < 0:
        raise ValueError("numbers has some below 0, but only what is counted has a root; try "
                         "roots=False")
    model = LinearModel(np.sqrt(days[-n_years:]), np.sqrt(answers))
    return lambda days: np.maximum(model.predict(np.sqrt(days[-n_years:])), 0) ** 2


BLOCK = 11
"""Years in a row that are drawn together when history is drawn anew: about one cycle."""


class Paired(NamedTuple):
    """Two forecasts of the same years, set against each other year by year."""

    ratio: float
    """The error of the one over that of the other: under 1 is better."""
    low: float
    high: float
    """Between these two lies the ratio in 95 of 100 histories drawn anew; if 1 does too, the years
    do not tell which is better."""
    better: int
    """In how many years the one misses less,"""
    of: int
    """of so many."""


def paired(misses, others, rng, draws: int = 2000) -> Paired:
    """Compare what two forecasts missed in the same T years: squared misses, (T,) each.

    A history drawn anew is as long as the true one and made of pieces of it, each of 11 years in a
    row that begin anywhere; after the last year comes the first. Both are judged by the same
    pieces. rng: draws them. After Politis and Romano, "A circular block-resampling procedure for
    stationary data" (1992).
    """
    misses, others = checks.same_length(misses=misses, others=others)
    checks.generators("rng", rng)
    checks.integer("draws", draws)
    n_years = len(misses)
    pieces = rng.integers(n_years, size=(draws, -(-n_years // BLOCK), 1))
    drawn = (pieces + np.arange(BLOCK)).reshape(draws, -1)[:, :n_years] % n_years
    mine, theirs = misses[drawn].mean(axis=1), others[drawn].mean(axis=1)
    if not (theirs > 0).all():
        raise ValueError("others has misses that are no numbers, or years on end without a miss, "
                         "but they are divided by; give the misses of a forecast that errs")
    low, high = np.quantile(mine / theirs, [0.025, 0.975])
    ratio = misses.mean() / others.mean()
    return Paired(float(ratio), float(low), float(high), int(np.sum(misses < others)), n_years)


PEAK_RADIUS, PEAK_TOLERANCE, HALF_CYCLE = 4, 2, 5
"""Years that a peak towers over on either side; that it may come early or late and still count as
met; and that it may be off and still be the same peak."""

RIPPLE = 10
"""Sunspots: what does not rise over its neighbours by more is a ripple, and no peak."""


def peaks(numbers) -> np.ndarray:
    """Return the places in numbers (T,) that tower over all others up to 4 years on either side."""
    [numbers] = checks.same_length(numbers=numbers)
    if len(numbers) <= 2 * PEAK_RADIUS:
        raise ValueError(f"numbers has {len(numbers)} days, but at least {2 * PEAK_RADIUS + 1} are "
                         f"expected; give more days")
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


FAR = 88
"""Years that a forecast is let run free: as many as the tests have."""


def let_go(years, numbers, guess, first: int) -> tuple:
    """Let a guess run free from the year `first`, for 88 years or up to the last.

    years, numbers: (T,). guess: as in `squared_misses`. Return what `peaks_met` says of it.
    """
    window, _ = windows_for_years(years, numbers, first, first)
    to_come = np.arange(first, min(first + FAR, years[-1] + 1))
    return peaks_met(years, numbers, to_come, free_run(guess, window, len(to_come)).ravel())
