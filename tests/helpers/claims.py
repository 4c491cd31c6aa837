"""Numbers that a notebook's prose says, each beside the sum that gives it.

A claim is a sentence of a cell, or of what is said to a right answer of an exercise. What is recomputed stands in
braces; what goes into the sum, a setting, does not:

    @claim("08-x1", "With `float32` the best is {0.003}, off by {1e-5}")
    def _():
        return 0.003, 1.04e-5

The function returns one thing for each pair of braces. A number is written as the prose writes it, with as many
decimals, as a share in %, as a word; a list as "1, 3 and 4"; a text stays as it is.
"""

import re
from functools import lru_cache
from typing import NamedTuple

import nbformat
import numpy as np

from tests.helpers.answers import ROOT

CLAIMS = []

WORDS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")

DIGITS = r"(?<![\w.])[-+−]?\d+(?:,\d{3})*(?:\.\d+)?(?:e-?\d+)?%?"
NUMBER = re.compile(rf"{DIGITS}|(?<!\w)(?i:{'|'.join(WORDS[2:])})(?!\w)")
"""A number in digits, or a word from two on."""

NAMES = re.compile(r"\[[^\]]*\]\([^)]*\)|\bDays? \d+(?:(?:, \d+)* (?:and|to) \d+)?"
                   r"|(?:notebook \d\d|(?<![\w.])0\d)(?![\w.]\d)")
"""What has digits and says no number: links, days of a timeline, and notebooks by their number."""

FOLD = re.compile(r"<details><summary>What you should have found</summary>(.*?)</details>", re.DOTALL)


KEEP = re.compile(r"## What to keep(.*?)(?=\*\*New words|\Z)", re.DOTALL)


class Claim(NamedTuple):
    cell: str
    says: str
    braced: tuple
    recompute: object

    def __str__(self):
        return f"{self.cell} {self.says[:40]}"


def claim(cell: str, says: str):
    """Note a sentence of a cell, and the function that recomputes what stands in its braces."""
    def note(recompute):
        CLAIMS.append(Claim(cell, re.sub(r"[{}]", "", says), tuple(re.findall(r"{(.*?)}", says)), recompute))
        return recompute

    return note


@lru_cache(maxsize=16)
def compute(explore, **given):
    """Return what a panel works out for a setting of its controls; the panel itself is made once."""
    return explore(**given).compute


def like(said: str, value) -> str:
    """Write a value as the prose wrote it."""
    if isinstance(value, str):
        return value
    if np.ndim(value):
        *first, last = map(str, value)
        return f"{', '.join(first)} and {last}" if first else last
    if said.lower() in WORDS and value == int(value) < len(WORDS):
        word = WORDS[int(value)]
        return word.capitalize() if said[0].isupper() else word
    decimals = len(re.sub(r"e.*|%", "", said).partition(".")[2])
    if re.search(r"\de", said):
        mantissa, _, exponent = f"{value:.{decimals}e}".partition("e")
        return f"{mantissa}e{int(exponent)}"
    kind = "%" if said.endswith("%") else "f"
    sign, comma = "+" if said.startswith("+") else "", "," if "," in said else ""
    written = f"{value:{sign}{comma}.{decimals}{kind}}"
    return written.replace("-", "−") if "−" in said else written


def in_one_line(text: str) -> str:
    return " ".join(text.split())


def numbers_that_nothing_shows(text: str, cell: str, shown: str) -> list:
    """Return the numbers in digits of a cell's text that are neither claimed nor, rounded, in what code shows."""
    printed = re.findall(DIGITS, shown.replace("−", "-").replace(",", ""))
    values = [value for text in printed for value in forms(float(text.rstrip("%")))]
    return [number for number in numbers_without_a_claim(text, cell)
            if re.match(DIGITS, number) and number not in {like(number, value) for value in values}]


def forms(value: float) -> tuple:
    """Return a value as it may stand elsewhere: as it is, without its sign, as a share in place of percent."""
    return value, abs(value), value / 100


def numbers_without_a_claim(text: str, cell: str) -> list:
    """Return the numbers of a cell's text that stand in none of its claims."""
    left = in_one_line(text)
    for claimed in sorted((c.says for c in CLAIMS if c.cell == cell), key=len, reverse=True):
        left = left.replace(in_one_line(claimed), " ")
    return NUMBER.findall(NAMES.sub(" ", left))


@lru_cache
def printed(cell: str) -> str:
    """Return what a cell printed, as it is stored: that it comes out so again is a test of its own."""
    number, _ = cell.split("-")
    (path,) = (ROOT / "notebooks").glob(f"{number}_*.ipynb")
    (found,) = (one for one in nbformat.read(path, 4).cells if one.id == cell)
    return "".join(output.text for output in found.outputs if output.output_type == "stream")


def shares(line: str) -> list:
    """Return the shares in a printed line, from 0 to 1."""
    return [int(percent) / 100 for percent in re.findall(r"(\d+)%", line)]
