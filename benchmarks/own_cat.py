"""May one trust the guess that missed least on a few days, and the band about it?

    python benchmarks/own_cat.py [--cats 100]

Writes benchmarks/own_cat.md; about eight minutes. The panel of your own cat is asked about made-up cats of the four
habits, with so many days each, and window, days kept back, trainings and band as it has them. The guess that missed
least, a day ahead, on the days kept back is set beside the one that misses least on the next 14 days, each a day ahead
with the same weights; and it is counted how many of the next 7 days lie in the band that is drawn. Nothing here is
random but the cats: cat c of habit k is drawn by [c, k].
"""

import argparse
import os
import sys
from pathlib import Path

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
    os.environ.setdefault(variable, "1")  # before NumPy is imported, or it is too late

import numpy as np  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from catrnn.data import timeline  # noqa: E402
from catrnn.forecast import free_run  # noqa: E402
from catrnn.habits import HABITS  # noqa: E402
from catrnn.lab.panels.kept_back import (  # noqa: E402
    error_by_horizon,
    fitted,
    held_out,
    holdout_errors,
    longest_window,
    misses_on,
)
from catrnn.lab.pictures.my_cat import band_of, best_of  # noqa: E402

REPORT = ROOT / "benchmarks" / "own_cat.md"
LENGTHS, WINDOW, JUDGED, DRAWN = (8, 13, 19, 28, 56), 5, 14, 7
"""Days that are typed; days a guess sees; days to come that judge, and those that the band is drawn for."""


def judged(portions, n_days: int) -> tuple:
    """Return whether the choice was right, whether it missed twice as much as the best, and the share in the band."""
    days, window, n_holdout = tuple(portions[:n_days]), min(WINDOW, longest_window(n_days)), held_out(n_days)
    chosen = best_of(holdout_errors(days, window, n_holdout))
    guesses = fitted(days, window)
    later = {name: np.sqrt(np.mean(misses_on(tuple(portions), n_days, predict, 1) ** 2))
             for name, predict in guesses.items()}

    half = band_of(error_by_horizon(days, window, n_holdout, chosen), DRAWN)
    paths = free_run(guesses[chosen], timeline(days), DRAWN, keep_all=True).reshape(DRAWN, -1)
    misses = np.median(paths, axis=1) - portions[n_days:n_days + DRAWN]
    least = min(later.values())
    return later[chosen] == least, later[chosen] > 2 * least, np.mean(abs(misses) <= half)


def table(results: dict, column: int, title: str) -> list:
    """Return the lines of a table: a row for each number of days, a column for each habit, and the mean of these."""
    lines = [f"## {title}", "", f"| days typed (kept back) | {' | '.join(HABITS)} | all |",
             "| --- |" + " ---: |" * (len(HABITS) + 1)]
    for n_days in LENGTHS:
        shares = [np.mean([row[column] for row in results[n_days, habit]]) for habit in HABITS]
        cells = " | ".join(f"{100 * share:.0f}%" for share in [*shares, np.mean(shares)])
        lines.append(f"| {n_days} ({held_out(n_days)}) | {cells} |")
    return [*lines, ""]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cats", type=int, default=100)
    n_cats = parser.parse_args().cats
    results = {}
    for n_days in LENGTHS:
        for k, (name, habit) in enumerate(HABITS.items()):
            cats = [habit(np.random.default_rng([cat, k]), n_days + JUDGED) for cat in range(n_cats)]
            results[n_days, name] = [judged(portions, n_days) for portions in cats]
        print(f"{n_days} days", flush=True)
    lines = ["# Your own cat: whom to trust", "",
             "Written by `python benchmarks/own_cat.py`, which says how it goes about it.", "",
             f"{n_cats} made-up cats of each habit; a window of {WINDOW} days, or half of those to learn from.",
             "",
             *table(results, 0, "The guess that missed least on the days kept back was the best on the next 14 days"),
             *table(results, 1, "It missed more than twice as much as the best one"),
             *table(results, 2, "Of the next 7 days so many lay in the band: twice its typical miss, to either side")]
    REPORT.write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
