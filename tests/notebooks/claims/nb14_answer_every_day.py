"""14: how many timelines a lesson a day saves, where it disturbs, and what a cut costs."""

import re

import numpy as np

from catrnn.bptt import chunks
from catrnn.evaluation import FIRST, LAST, WINDOW
from catrnn.lab.panels.answers import TIMELINES, misses_of, naive_miss
from tests.helpers.answers import ROOT
from tests.helpers.claims import claim, printed


def median(habit: str, graded: int, timelines: int) -> float:
    return float(np.median(misses_of(habit, graded, timelines)))


def takes(habit: str, graded: int) -> int:
    """Return the fewest timelines from which the median misses half of what the mean of the days does."""
    return next(n for n in TIMELINES if median(habit, graded, n) < naive_miss(habit) / 2)


def medians(cell: str) -> list:
    """Return every median that a cell printed."""
    return [float(number) for number in re.findall(r"median (?:relative error )?(\d+\.\d+)", printed(cell))]


def blamed_by(chunk: int, back: int) -> list:
    """Return for each of 200 days how many answers blame it."""
    counts = np.zeros(200, int)
    for first, begin, end in chunks(200, chunk, back):
        counts[first:end] += end - np.maximum(begin, np.arange(first, end))
    return counts.tolist()


@claim("14-04", "To learn from {209} years it walked through {2,508}")
def _():
    years = LAST - FIRST + 1
    return years, years * WINDOW


@claim("14-19", "The mean of the days misses {0.32} portions")
def _():
    return naive_miss("feast and fast")


@claim("14-27", "*two days ago* takes {16} timelines with one day graded, and {4} with all twenty")
def _():
    return takes("two days ago", 1), takes("two days ago", 20)


@claim("14-27", "from 64 timelines of *feast and fast*, ten graded days leave a miss of {0.07}, "
                "and all twenty leave {0.10}")
def _():
    return median("feast and fast", 10, 64), median("feast and fast", 20, 64)


@claim("14-29", "{0.072}: it is not the number of answers")
def _():
    twenty, ten, after_ten, without = medians("14-28")
    assert after_ten < ten < twenty < without
    return after_ten


@claim("14-36", "With `back` 10 nearly every day is blamed by at least {six}")
def _():
    assert blamed_by(20, 20)[:20] == list(range(20, 0, -1))
    return min(blamed_by(5, 10)[:-5])


@claim("14-40", "a pass in chunks of 5, 10 or 20 took {0.9}, {0.7} and {0.7} times as long as a pass over the whole, "
                "and chunks of 5 that look 10 back {1.2} times")
def _():
    report = (ROOT / "benchmarks" / "answers.md").read_text("utf-8")
    rows = re.findall(r"^\| (\d+) \| (\d+) \| \d+ \| ([\d.]+) \|$", report, re.MULTILINE)
    time = {(int(chunk), int(back)): float(ratio) for chunk, back, ratio in rows}
    return time[5, 5], time[10, 10], time[20, 20], time[5, 10]


@claim("14-42", "{0.0808}: {29%} worse")
def _():
    (forgetful,) = medians("14-41")
    return forgetful, forgetful / medians("14-37")[0] - 1
