"""How long can a memory last? The adding problem, by cell and by the number of days.

    python benchmarks/gates.py [--days 10 50 100 200] [--cells GRU LSTM]

Writes catrnn/lab/two_bells.csv, which notebook 15 draws, and benchmarks/gates.md; what is not asked for stays as it is.
A bell rings on two of the days, and after the last the network says how much was eaten on these two together. Every
step sees new timelines, so nothing can be learned by heart. A start has solved it as soon as, at a look every 100
steps, its mean squared miss on 500 other timelines is under 0.01; 1 each time would have 0.167.
The same for every cell: 8 hidden units, 32 timelines a step, at most 3,000 steps, gradients clipped at 1, momentum 0.9,
10 starts side by side, float32. The learning rate is chosen by one rule, for each cell and number of days: of 0.01,
0.03, 0.1 and 0.3 the one with which 3 other starts have all solved it first; if none has after all steps, that with
which most have, and of equal ones that with the lower mean miss. At 200 days it is the one that was chosen at 100.
"""

import argparse
import csv
import itertools
import os
import sys
from pathlib import Path

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
    os.environ[variable] = "1"  # before NumPy is imported, or it is too late

import numpy as np  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from catrnn.gates import GRULayer, LSTMLayer  # noqa: E402
from catrnn.initializers import lasting_init, uniform_init  # noqa: E402
from catrnn.lab.two_bells import RECORDED, train_on_new, two_bells  # noqa: E402
from catrnn.layers import RecurrentLinearLayer  # noqa: E402
from catrnn.network import CatRNN  # noqa: E402
from catrnn.training import LEARNED  # noqa: E402

DAYS, RATES, PILOTS, STARTS = (10, 50, 100, 200), (0.01, 0.03, 0.1, 0.3), 3, 10
UNITS, TIMELINES, STEPS, LOOK, JUDGES, CLIP, MOMENTUM = 8, 32, 3000, 100, 500, 1.0, 0.9
TABLE, REPORT = RECORDED, ROOT / "benchmarks" / "gates.md"
ALSO_DAYS, RATE_OF = (50,), {200: 100}
FIELDS = ("cell", "days", "rate", "starts", "solved", "median_step")


def ordered(rng, d, h, output_size, gates):
    """The first program's: all standard normal."""
    return [rng.standard_normal(shape) for shape in ((d, h), (h,), (h, h), (h, output_size), (output_size,))]


def identity(rng, d, h, output_size, gates):
    """Le, Jaitly and Hinton (2015): yesterday's state stays as it is, biases are zero, the rest is small."""
    c_w, b, _, output_c_w, output_b = ordered(rng, d, h, output_size, gates)
    return [c_w / np.sqrt(h), 0 * b, np.eye(h), output_c_w / np.sqrt(h), 0 * output_b]


def forget_alone(n_days):
    """An LSTM that keeps, but writes as freely as ever: `lasting_init` without its say on the write gate."""
    def init(rng, d, h, output_size, gates):
        drawn = lasting_init(n_days)(rng, d, h, output_size, gates)
        drawn.b[:h] += np.log(n_days - 1)
        return drawn

    return init


CELLS = {
    "ReLU, as ordered": (RecurrentLinearLayer, lambda n_days: ordered),
    "ReLU, identity start": (RecurrentLinearLayer, lambda n_days: identity),
    "GRU": (GRULayer, lasting_init),
    "LSTM": (LSTMLayer, lasting_init),
}
"""The layer, and its first weights for so many days. ReLUs stand behind the first two."""

ALSO = {
    "GRU, gates as drawn": (GRULayer, lambda n_days: uniform_init),
    "LSTM, forget bias 1": (LSTMLayer, lambda n_days: uniform_init),
    "LSTM, forget bias alone": (LSTMLayer, forget_alone),
}
"""What was tried beside them: the cure of the first weights taken away, whole and in part."""


def born(kind, init, seeds, rates):
    """Cats side by side, each from a seed, with a learning rate."""
    rngs = [np.random.default_rng(seed) for seed in seeds]
    rates = np.asarray(rates, float).reshape(-1, 1, 1)
    cats = CatRNN.random(rngs, UNITS, rates, init, input_size=2, recurrent=kind, output_size=1)
    for layer in (cats.recurrent, cats.output):
        for name in {"c_w", "b", "p_w", "lr"} & vars(layer).keys():
            setattr(layer, name, getattr(layer, name).astype(np.float32))
    return cats


def timelines(rng, n_days, n):
    """Days and answers in half as many bits: twice as fast, and more than exact enough."""
    return [x.astype(np.float32) for x in two_bells(rng, n_days, n)]


def learn(cats, n_days, rng, enough=np.all):
    """Train; return for each cat the step at which it had solved the problem (0: never), and its miss at the end.

    enough: whether to stop, asked with the steps.
    """
    judges, truth = timelines(np.random.default_rng(12345), n_days, JUDGES)
    solved = np.zeros(len(cats.recurrent.c_w), int)
    for step in range(LOOK, STEPS + 1, LOOK):
        train_on_new(cats, lambda: timelines(rng, n_days, TIMELINES), LOOK, clip=CLIP, momentum=MOMENTUM)
        with np.errstate(over="ignore", invalid="ignore"):
            misses = ((cats.predict(judges) - truth) ** 2).mean(axis=(-2, -1))
        solved[(misses < LEARNED) & (solved == 0)] = step
        if enough(solved) or not np.isfinite(misses).any():
            break
    return solved, np.where(np.isfinite(misses), misses, np.inf)


def choose(kind, init, n_days):
    """The learning rate with which all pilots solve it first; if none, most; of equal ones that which misses less."""
    def enough(solved):
        return solved.reshape(-1, PILOTS).all(axis=1).any()

    seeds = [1000 + pilot for pilot in range(PILOTS)] * len(RATES)
    solved, misses = learn(born(kind, init, seeds, np.repeat(RATES, PILOTS)), n_days, np.random.default_rng(1), enough)
    by_rate = zip(solved.reshape(-1, PILOTS), misses.reshape(-1, PILOTS), RATES, strict=True)
    return min((-(steps > 0).sum(), miss.mean(), rate) for steps, miss, rate in by_rate)[-1]


def measure(name, n_days, rows):
    """One row of the table; rows: those that there are."""
    kind, init_for = {**CELLS, **ALSO}[name]
    known = rows.get((name, RATE_OF.get(n_days)))
    rate = float(known["rate"]) if known else choose(kind, init_for(n_days), n_days)
    solved, _ = learn(born(kind, init_for(n_days), range(STARTS), [rate] * STARTS), n_days, np.random.default_rng(0))
    middle = int(np.median(solved[solved > 0])) if solved.any() else ""
    return dict(zip(FIELDS, (name, n_days, rate, STARTS, int((solved > 0).sum()), middle), strict=True))


def stored():
    """The rows that the table has, by cell and days."""
    with open(TABLE, encoding="utf-8", newline="") as file:
        return {(row["cell"], int(row["days"])): row for row in csv.DictReader(file)}


def store(rows):
    order = [*CELLS, *ALSO]
    with open(TABLE, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows[key] for key in sorted(rows, key=lambda key: (order.index(key[0]), key[1])))


def report(rows):
    """The page."""
    days = sorted({n_days for _, n_days in rows})

    def line(name):
        cells = [rows.get((name, n_days)) for n_days in days]
        told = ["" if row is None else f"{row['solved']} of {row['starts']}, rate {row['rate']}"
                + (f", {row['median_step']} steps" if row["median_step"] else "") for row in cells]
        return "| " + " | ".join([name, *told]) + " |"

    head = ["| | " + " | ".join(f"{n_days} days" for n_days in days) + " |", "| --- |" + " --- |" * len(days)]
    return "\n".join([
        "# How long a memory lasts", "",
        "Written by `python benchmarks/gates.py`, which says how it goes about it. The adding problem: how many starts "
        "solve it, with which learning rate, and the median of the steps that they took.", "",
        *head, *map(line, CELLS), "",
        "## What else was tried", "",
        "The gates of the two above begin so that they keep for about as many days as there are (`lasting_init`). Here "
        "they begin as PyTorch draws them, an LSTM's forget gate with a bias of 1; or the forget gate alone begins "
        "open, and the write gate as drawn.", "",
        *head, *map(line, ALSO), ""])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--days", type=int, nargs="+", default=DAYS)
    rows = stored() if TABLE.exists() else {}
    parser.add_argument("--cells", nargs="+", default=[*CELLS, *ALSO], choices=[*CELLS, *ALSO])
    asked = parser.parse_args()
    for n_days, name in itertools.product(asked.days, asked.cells):
        if name in ALSO and n_days not in ALSO_DAYS:
            continue
        rows[name, n_days] = measure(name, n_days, rows)
        print(*rows[name, n_days].values(), flush=True)
        store(rows)
        REPORT.write_text(report(rows), "utf-8")


if __name__ == "__main__":
    main()
