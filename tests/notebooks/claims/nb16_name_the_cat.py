"""16: a network that writes names, beside what counts letters."""

import re
from functools import lru_cache

import numpy as np

from catrnn.lab import explore_names
from catrnn.lab.panels.names import learn_names
from catrnn.letters import names
from tests.helpers.answers import ROOT
from tests.helpers.claims import claim, compute, printed, shares


def figures(line: str) -> list:
    return [float(figure) for figure in re.findall(r"\d+\.\d+", line)]


@lru_cache
def report() -> tuple:
    """Rows of benchmarks/letters.md: cells with their settings, and counts, each as (words, figures)."""
    lines = (ROOT / "benchmarks" / "letters.md").read_text(encoding="utf-8").splitlines()
    rows = [[one.strip() for one in line.strip("|").split("|")] for line in lines if re.search(r"\d\.\d{3}", line)]
    cells = [(row[:4], figures(" ".join(row[4:]))) for row in rows if len(row) == 7]
    counts = {row[0]: figures(" ".join(row[2:])) for row in rows if len(row) == 4}
    return cells, counts


def best(cell: str = "") -> tuple:
    """The row of a cell, or of all, whose median is least on the names that choose."""
    return min((row for row in report()[0] if cell in row[0][0]), key=lambda row: row[1][0])


def wrote(temperature: float) -> dict:
    return compute(explore_names)(temperature=temperature, first="any", epochs=105)


def share_known(temperature: float) -> float:
    written = wrote(temperature)
    return np.isin(written["written"], written["known"]).mean()


def kept_back() -> np.ndarray:
    """Bits a letter on names kept back, by epoch."""
    return learn_names().bits[:, 1]


@claim("16-02", "train a network with gates on {618} names")
def _():
    return len(names()) - 300


@claim("16-04", "a list of {918} names for cats")
def _():
    return len(names())


@claim("16-14", "A float has room for some {300} digits, and *e* to the power of {1000} has {435}")
def _():
    return np.floor(np.log10(np.finfo(float).max) / 100) * 100, 1000, np.floor(1000 * np.log10(np.e)) + 1


@claim("16-28", "It is a {GRU} with {32} units, a rate of {1}, and {105} times through the names")
def _():
    (cell, units, rate, epochs), _ = best()
    return cell, int(units), float(rate), int(epochs)


@claim("16-35", "their median leads counts of fours by {0.15} bits a letter")
def _():
    (_, on_test) = report()[1]["fours"]
    assert on_test == min(tested for _, tested in report()[1].values())
    return on_test - best()[1][1]


@claim("16-35", "a fourth letter gives the counts just {0.04} bits")
def _():
    counts = report()[1]
    return counts["triples"][1] - counts["fours"][1]


@claim("16-35", "the plain cell, chosen with the same care, is only {0.05} behind the GRU")
def _():
    return best("plain")[1][1] - best()[1][1]


@claim("16-39", 'at 0.1 the likeliest letters win nearly always: "{salle}" comes {four} times in {ten}')
def _():
    written = wrote(0.1)["written"]
    most = max(written, key=written.count)
    return most, written.count(most), len(written)


@claim("16-39", "At 1 most can be said aloud, and {none} of the ten stands in the list. At 2 it writes \"{tsfxaf}\"")
def _():
    return share_known(1.0), "tsfxaf" if "tsfxaf" in wrote(2.0)["written"] else wrote(2.0)["written"]


@claim("16-39", "After {35} epochs the network foretells the names kept back better than pairs do, after {47} better "
                "than triples. They surprise it least after {111}, with {3.32} bits, and up to 150 more again, {3.34}; "
                "those that it learns surprise it less and less, {2.88}")
def _():
    on_kept, counted = kept_back(), learn_names().counted
    passed = [np.flatnonzero(on_kept < counted[name])[0] for name in ("pairs", "triples")]
    on_learned = learn_names().bits[:, 0]
    assert (np.diff(on_learned[111:]) < 0).all()
    return *passed, on_kept.argmin(), on_kept.min(), on_kept[150], on_learned[150]


@claim("16-41", "At 0.3 {one name in twenty} is recited, at 1 {one in fifty}")
def _():
    (cold, *_), _, (warm, *_) = map(shares, printed("16-40").splitlines())
    return ("one name in twenty" if round(1 / cold) == 20 else 1 / cold,
            "one in fifty" if round(1 / warm) == 50 else 1 / warm)


@claim("16-41", "{none} of it stands among the {300} real names that it never saw")
def _():
    return max(shares(line)[1] for line in printed("16-40").splitlines()), len(names()) - len(learn_names().names)


@claim("16-41", "of 300 names just {76%} differ")
def _():
    return shares(printed("16-40").splitlines()[0])[2]


@claim("16-43", "A splendid score: {0.05} bits")
def _():
    (found,) = figures(printed("16-42"))
    return found


@claim("16-44", "A GRU of 32 units needs {3.36} bits a letter of names it never saw (median of three starts); "
                "counts of pairs need {3.75}, of triples {3.54}, of fours {3.50}")
def _():
    starts = figures(printed("16-34"))
    return np.median(starts), *(report()[1][name][1] for name in ("pairs", "triples", "fours"))
