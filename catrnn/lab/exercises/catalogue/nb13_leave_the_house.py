"""13: the error of one interval, in the unit of the literature."""

import numpy as np

from catrnn.evaluation import LAST, REFERENCE_YEAR, interval_error
from catrnn.lab.exercises.exercise import Exercise, Slip

SMALL = dict(years=np.arange(1976, 1982), numbers=np.array([10.0, 30.0, 50.0, 30.0, 20.0, 40.0]),
             guesses=np.array([12.0, 25.0, 40.0, 30.0, 16.0, 38.0]), first=1980, last=1981)


class OfYears(Exercise):
    """An exercise of years, what the sun did in them, what was guessed, and an interval of them."""

    def draw_probe(self, rng, sizes: dict, integers: bool = False) -> dict:
        """Draw years from before 1920 to beyond 1979, and an interval that leaves some out at both
        ends."""
        length = sizes["T"] + 70
        years, numbers = np.arange(1984 - length, 1984), rng.integers(0, 190, length).astype(float)
        guesses = numbers + rng.integers(5, 30, length) * rng.choice([-1.0, 1.0], length)
        first, last = int(years[60 + sizes["N"]]), int(years[-3])
        return dict(years=years, numbers=numbers, guesses=guesses, first=first, last=last)


def variance(years, numbers) -> float:
    """The unit of the literature: the variance of the years up to 1979."""
    return np.var(numbers[years <= REFERENCE_YEAR])


def judged(of_misses):
    """Return the result of a slip in what becomes of the misses: of_misses(misses) / variance."""
    def result(right, years, numbers, guesses, first, last):
        misses = (guesses - numbers)[(years >= first) & (years <= last)]
        return of_misses(misses) / variance(years, numbers)

    return result


def in_years(choose):
    """Return the result of a slip in which years are judged: choose(years, first, last), a mask."""
    def result(right, years, numbers, guesses, first, last):
        misses = (guesses - numbers)[choose(years, first, last)]
        return np.mean(misses**2) / variance(years, numbers)

    return result


def divided(by):
    """Return the result of a slip in what the mean is divided by: by(years, numbers)."""
    def result(right, **probe):
        years, numbers = probe["years"], probe["numbers"]
        return right(**probe) * variance(years, numbers) / by(years, numbers)

    return result


def up_to_1920(years, numbers) -> float:
    """The variance of the years that the networks learn from, NaN if there are none."""
    early = numbers[years <= LAST]
    return np.var(early) if len(early) else np.nan


def of_the_guesses(chosen):
    """Return the result of a slip that divides by the variance of some guesses:
    chosen(years, first, last), a mask."""
    def result(right, years, numbers, guesses, first, last):
        probe = dict(years=years, numbers=numbers, guesses=guesses, first=first, last=last)
        error = right(**probe) * variance(years, numbers)
        return error / np.var(guesses[chosen(years, first, last)])

    return result


def own_variance(right, years, numbers, guesses, first, last):
    """The mean is divided by the variance of the years that are judged."""
    these = (years >= first) & (years <= last)
    misses = (guesses - numbers)[these]
    return np.mean(misses**2) / np.var(numbers[these])


ERROR = OfYears(
    name="interval error",
    notebook="13_leave_the_house",
    reference=interval_error,
    solution_source="source(interval_error)",
    axes={"years": "T", "numbers": "T", "guesses": "T", "first": "", "last": ""},
    first=(SMALL,),
    allow_integers=False,
    slips=(
        Slip("years as places",
             "first and last were taken for places, as in numbers[first:last]. They are years: ask "
             "which years lie between them, (years >= first) & (years <= last).",
             lambda right, **probe: np.nan),
        Slip("last year left out",
             "The last year is left out. Both ends count: write years <= last.",
             in_years(lambda years, first, last: (years >= first) & (years < last))),
        Slip("first year left out",
             "The first year is left out. Both ends count: write years >= first.",
             in_years(lambda years, first, last: (years > first) & (years <= last))),
        Slip("all years",
             "All years are judged. Take those from first to last alone; a mask picks them.",
             in_years(lambda years, first, last: years > 0)),
        Slip("sum",
             "The squared misses were added up. Take their mean, so that a longer interval is not "
             "a worse one.",
             judged(lambda misses: np.sum(misses**2))),
        Slip("not squared",
             "The misses were not squared; their sign was taken away instead. Square them.",
             judged(lambda misses: np.mean(np.abs(misses)))),
        Slip("signs kept",
             "The misses were not squared, so those too high and those too low cancel out.",
             judged(np.mean)),
        Slip("signs kept, numbers minus guesses",
             "The misses were not squared, so those too high and those too low cancel out.",
             judged(lambda misses: -np.mean(misses))),
        Slip("mean before square",
             "The mean was taken first, and squared. Square each miss, then take the mean.",
             judged(lambda misses: np.mean(misses) ** 2)),
        Slip("root",
             "A root was taken on the way. The unit is squared already: a mean of squares over a "
             "variance.",
             lambda right, **probe: np.sqrt(right(**probe))),
        Slip("not divided",
             "It is not divided by the variance of the years up to 1979 yet.",
             divided(lambda years, numbers: 1)),
        Slip("own variance",
             "It is divided by the variance of the interval itself. The unit is the same for all "
             "intervals: the variance of the years up to 1979.",
             own_variance),
        Slip("variance of all years",
             "It is divided by the variance of all years. Take those up to 1979, as the literature "
             "does.",
             divided(lambda years, numbers: np.var(numbers))),
        Slip("1979 left out",
             "The year 1979 is missing in the variance: write years <= 1979.",
             divided(lambda years, numbers: np.var(numbers[years < REFERENCE_YEAR]))),
        Slip("variance up to 1920",
             "It is divided by the variance of the years up to 1920, those that are learned from. "
             "Take those up to 1979, as the literature does.",
             divided(up_to_1920)),
        Slip("numbers and guesses swapped",  # the misses, squared, do not tell it: the unit does
             "It is divided by the variance of the guesses. The unit is of the sun alone, lest a "
             "wild guesser look good: np.var(numbers[years <= 1979]).",
             of_the_guesses(lambda years, first, last: years <= REFERENCE_YEAR)),
        Slip("variance of the interval's guesses",
             "It is divided by the variance of the guesses. The unit is of the sun alone, and of "
             "the years up to 1979: np.var(numbers[years <= 1979]).",
             of_the_guesses(lambda years, first, last: (years >= first) & (years <= last))),
        Slip("variance of all guesses",
             "It is divided by the variance of the guesses. The unit is of the sun alone, and of "
             "the years up to 1979: np.var(numbers[years <= 1979]).",
             of_the_guesses(lambda years, first, last: years > 0)),
        Slip("mean square for variance",
             "It is divided by the mean square of the numbers. A variance is the mean squared "
             "distance from their mean: np.var takes the mean away first.",
             divided(lambda years, numbers: np.mean(numbers[years <= REFERENCE_YEAR] ** 2))),
        Slip("1 minus the error",
             "This is 1 minus the error: the share that is explained, where 1 is perfect. An error "
             "is 0 where all is right. Leave the 1 - away.",
             lambda right, **probe: 1 - right(**probe)),
        Slip("standard deviation",
             "It is divided by the standard deviation. The misses are squared, so divide by the "
             "variance, which is its square.",
             divided(lambda years, numbers: np.std(numbers[years <= REFERENCE_YEAR]))),
        Slip("n - 1",
             "This variance divides by n - 1. The one of the literature divides by n: np.var does, "
             "by itself.",
             divided(lambda years, numbers: np.var(numbers[years <= REFERENCE_YEAR], ddof=1))),
    ),
    hints=(
        "Three steps: which years? How far off, squared, on average? And how much is that, beside "
        "the variance?",
        "A mask does the first: these = (years >= first) & (years <= last). Then guesses[these] - "
        "numbers[these].",
        "np.mean of the squares, divided by np.var of numbers[years <= 1979].",
    ),
    on_success=("One unit for all years and all models: so numbers from 1990 can be set beside "
                "yours."),
)

EXERCISES = [ERROR]
"""The exercise of notebook 13."""
