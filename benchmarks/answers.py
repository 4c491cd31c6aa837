"""How many timelines does it take with one answer each, and with an answer on every day? And what do chunks cost?

    python benchmarks/answers.py

Writes catrnn/lab/panels/answers.csv, which the panel of notebook 14 looks up, and benchmarks/answers.md; a minute or
two. `catrnn.lab.panels.answers.typical_misses` says how a network is trained and judged.
"""

import os
import sys
import time
from pathlib import Path

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
    os.environ.setdefault(variable, "1")  # before NumPy is imported, or it is too late

import numpy as np  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from catrnn.habits import feast_and_fast, simulate  # noqa: E402
from catrnn.initializers import leaky_identity_init  # noqa: E402
from catrnn.lab.panels.answers import (  # noqa: E402
    GRADED,
    LEARNED,
    RECORDED,
    STARTS,
    TIMELINES,
    naive_miss,
    typical_misses,
)
from catrnn.network import CatRNN  # noqa: E402
from catrnn.training import train  # noqa: E402

REPORT = ROOT / "benchmarks" / "answers.md"
CHUNKS = ((5, 5), (10, 10), (20, 20), (5, 10), (5, 20), (200, 200))
ROUNDS = 9


def record() -> dict:
    """Train for every habit, number of days with an answer and number of timelines; write the misses down."""
    found = {(habit, graded, n): typical_misses(habit, graded, n).round(4)
             for habit in LEARNED for graded in GRADED for n in TIMELINES}
    rows = (",".join([*map(str, key), *(f"{miss:.4f}" for miss in misses)]) for key, misses in found.items())
    RECORDED.write_text("\n".join(rows) + "\n", "utf-8")
    return found


def table(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return [*("| " + " | ".join(line) + " |" for line in lines), ""]


def answers(found) -> list:
    lines = []
    for habit in LEARNED:
        rows = []
        for graded in GRADED:
            middle = [np.median(found[habit, graded, n]) for n in TIMELINES]
            spread = [f"{m:.3f} ({found[habit, graded, n].min():.3f} to {found[habit, graded, n].max():.3f})"
                      for m, n in zip(middle, TIMELINES, strict=True)]
            rows.append([str(graded), *spread])
        lines += [f"## {habit.capitalize()}", "",
                  f"Typical miss of the median of {STARTS} networks (least to largest), on cats never seen, by the",
                  f"number of timelines of 20 days. The mean of the days misses {naive_miss(habit):.3f}.", "",
                  *table(["last days with an answer", *(f"{n}" for n in TIMELINES)], rows)]
    return lines


def time_of(chunk, back, days, targets) -> float:
    """Milliseconds of the processor for one pass over the days by ten networks side by side."""
    cats = CatRNN.random([np.random.default_rng(k) for k in range(10)], 16, 1e-6, leaky_identity_init)
    start = time.process_time()
    train(cats, days, cats.answers(targets), 1, chunk=chunk, bptt_steps=back, record=False)
    return 1000 * (time.process_time() - start)


def chunks_cost() -> list:
    days = simulate(feast_and_fast, np.random.default_rng(0), 4, 201).T[..., None]
    times = {pair: [] for pair in CHUNKS}
    for _ in range(ROUNDS + 1):
        for pair in CHUNKS:
            times[pair].append(time_of(*pair, days[:-1], days[1:]))
    ms = {pair: float(np.median(each[1:])) for pair, each in times.items()}
    rows = [[f"{chunk}", f"{back}", f"{200 // chunk}", f"{ms[chunk, back] / ms[200, 200]:.2f}"]
            for chunk, back in CHUNKS]
    return ["## Chunks of a timeline of 200 days", "",
            f"Time of one pass over the days against that of the whole timeline at once; medians of {ROUNDS}",
            "interleaved rounds, of the processor's time; ten networks of 16 units, four sequences.", "",
            *table(["days in a chunk", "days that blame goes back", "updates", "time"], rows)]


def main():
    lines = ["# Answers on every day, and chunks", "",
             "Written by `python benchmarks/answers.py`, which says how it measures.", "", *answers(record()),
             *chunks_cost()]
    REPORT.write_text("\n".join(lines).rstrip() + "\n", "utf-8")


if __name__ == "__main__":
    main()
