"""15: gates by hand, and how much of a gradient gates leave."""

import numpy as np

from catrnn.lab import explore_gates, explore_reach
from catrnn.lab.two_bells import rows
from tests.helpers.claims import claim, compute


def by_hand(keep: float, quiet: int = 100, write_quiet: float = 0.0) -> dict:
    return compute(explore_gates)(keep=keep, write_bell=1.0, write_quiet=write_quiet, read=1.0, quiet=quiet)


def left(lasting: int) -> dict:
    """Return what is left of a gradient a hundred days back, by cell."""
    return {cell: lengths[-1] for cell, lengths in compute(explore_reach)(lasting=lasting, seed=0)["lengths"].items()}


@claim("15-10", "keep 1, write 1 with a bell and 0 without, read 1 gives {1.20} for any number of days between")
def _():
    guesses = [by_hand(1.0, quiet)["guess"] for quiet in (0, 1, 30, 100)]
    assert np.ptp(guesses) < 1e-12
    return guesses[0]


@claim("15-10", "With keep 0.99 and 100 days between {0.25} of the {0.70} is left, so the guess is {0.75}, and a "
                "portion more on Day 1 moves it by {0.36}; with keep 0.95, by {0.01}")
def _():
    held, first = by_hand(0.99), by_hand(1.0)["parts"][0, 0]
    return held["parts"][-1, 0], first, held["guess"], held["say"][0], by_hand(0.95)["say"][0]


@claim("15-35", "after 100 days {less than a billionth} is left in all three. Gates alone are no cure: half open they "
                "lose {more than a third} of the blame each day")
def _():
    ends = left(2)
    daily = 1 - max(ends["GRU"], ends["LSTM"]) ** (1 / 100)
    return ("less than a billionth" if max(ends.values()) < 1e-9 else "more",
            "more than a third" if daily > 1 / 3 else "less")


@claim("15-35", "Begun so that they keep for 100 days, the GRU has {0.3970} left and the LSTM {0.1870}; for 1,000 "
                "days, {0.9053} and {0.4514}")
def _():
    return *(left(100)[cell] for cell in ("GRU", "LSTM")), *(left(1000)[cell] for cell in ("GRU", "LSTM"))


@claim("15-42", "as drawn less than a billionth of a gradient is left after 100 days, begun to keep for 100 days "
                "{0.3970}")
def _():
    return left(100)["GRU"]


def of(cell: str, n_days: int) -> tuple:
    """Return how many of how many starts solved it, and the median of their steps."""
    row = rows()[cell, n_days]
    return int(row["solved"]), int(row["starts"]), int(row["median_step"] or 0)


@claim("15-40", "Both cells with gates learn it from all {ten} starts at 100 days, the GRU in {1,350} steps (the "
                "median), the LSTM in {2,000}. {No} plain cell does at 50")
def _():
    gru, lstm = of("GRU", 100), of("LSTM", 100)
    assert gru[0] == gru[1] == lstm[0] == lstm[1]
    plain = sum(of(cell, 50)[0] for cell in ("ReLU, as ordered", "ReLU, identity start"))
    return gru[0], gru[2], lstm[2], "No" if plain == 0 else "A"


@claim("15-40", "The GRU then needs {2,350} steps in place of {400}, and {8} of {10} learn it; the LSTM, with a forget "
                "bias of 1, {1,800} in place of {650}. And if its forget gate alone begins open, with the write gate "
                "as drawn, {2} of {10} are left")
def _():
    drawn, bias_one, alone = (of(cell, 50) for cell in ("GRU, gates as drawn", "LSTM, forget bias 1",
                                                        "LSTM, forget bias alone"))
    assert bias_one[0] == bias_one[1]
    return drawn[2], of("GRU", 50)[2], drawn[0], drawn[1], bias_one[2], of("LSTM", 50)[2], alone[0], alone[1]
