"""What `benchmarks/gates.py` found: how many starts learn to add two portions, by cell and days."""

import csv
from functools import cache
from pathlib import Path

RECORDED = Path(__file__).parent / "two_bells.csv"
"""Written by `python benchmarks/gates.py`: a row for each cell and number of days."""

CELLS = ("ReLU, as ordered", "ReLU, identity start", "GRU", "LSTM")
"""The cells that were given the same care."""


@cache
def rows() -> dict:
    """Return every row by cell and number of days: starts, how many solved it, and the learning
    rate that was chosen."""
    with RECORDED.open(encoding="utf-8", newline="") as file:
        return {(row["cell"], int(row["days"])): row for row in csv.DictReader(file)}


def solved_by_cell() -> tuple:
    """Return the numbers of days, and of each cell the shares of starts that solved it."""
    days = sorted(n_days for cell, n_days in rows() if cell == CELLS[-1])
    shares = {cell: [int(rows()[cell, n]["solved"]) / int(rows()[cell, n]["starts"]) for n in days]
              for cell in CELLS}
    return days, shares
