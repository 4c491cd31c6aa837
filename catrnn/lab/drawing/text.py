"""Numbers and names as pictures and captions write them, and names kept apart."""

from itertools import pairwise

import numpy as np

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ROUNDING = 1e-8
"""A share below this is what rounding leaves of nothing."""


def minus(text: str) -> str:
    """Return a number with a minus sign as long as a plus, in place of the hyphen."""
    return text.replace("-", "−")


def short_exponent(text: str) -> str:
    """Return a number without the zero of its power: 2e+05 as 2e5, 1e-09 as 1e-9."""
    return text.replace("e+0", "e").replace("e-0", "e-")


def number(value: float, digits: int = 4) -> str:
    """Return a number for a caption: rounded, short if it is huge, in words if it is none."""
    if not np.isfinite(value):
        return "no number"
    return f"{value:z.{digits}f}" if abs(value) < 10000 else f"{value:.0e}"


def amount(value: float, digits: int = 2, most: float = np.inf) -> str:
    """Return a number whose thousands, up to `most`, have commas and no decimals."""
    return f"{value:,.0f}" if 1000 <= abs(value) < most else number(value, digits)


def small(value: float) -> str:
    """Return an error, or a nudge, of any size from zero up in a few letters."""
    if value >= 0.1:
        return f"{value:.2f}"
    return short_exponent(f"{value:.0e}") if value > 0 else "0"


def in_a_cell(value: float) -> str:
    """Return a number from zero up that fits a cell of a heat map."""
    if not np.isfinite(value):
        return "?"
    return f"{value:.2f}" if value < 100 else f"{value:.0e}"


def in_a_box(value: float) -> str:
    """Return a number of a diagram: two decimals, fewer where a box has no room for them."""
    if abs(value) < 99.995:
        return minus(f"{value:z.2f}")
    return minus(f"{value:.0f}" if abs(value) < 99999.5 else f"{value:.0e}".replace("e+0", "e"))


def weight(value: float) -> str:
    """Return a weight, however large, in few letters."""
    if abs(value) < 1000:
        return f"{value:z.2f}"
    return f"{value:,.0f}" if abs(value) < 1e7 else f"{value:.0e}"


def signed(value: float, digits: int = 4) -> str:
    """Return a number with its sign, true zero without one."""
    sign = "+" if round(value, digits) else ""
    return minus(f"{value:{sign}z.{digits}f}")


def signed_short(value: float) -> str:
    """Return a number with its sign, zero without one, in at most six letters."""
    size = abs(value)
    if size >= 9999.5:
        return short_exponent(f"{value:+.0e}")
    digits = 2 if size < 9.995 else 1 if size < 99.95 else 0
    return f"{value:+z.{digits}f}".replace("+0.00", "0.00")


def percent(share: float, digits: int = 0) -> str:
    """Return a share in percent; a small one is not hidden, what rounding leaves is."""
    if share < ROUNDING:
        return "0%"
    return "under 1%" if digits == 0 and share < 0.01 else f"{100 * share:.{digits}f}%"


def length(value: float) -> str:
    """Return the length of a gradient in words that a reader can imagine."""
    if value < 1e-9:
        return "less than a billionth"
    if value < 1e-6:
        return "less than a millionth"
    if value > 1e7:
        return "more than ten million"
    return amount(value, 6 if value < 0.001 else 4)


def counted(n: int, thing: str) -> str:
    """Return so many things: "1 step", "5 steps"."""
    return f"{n} {thing}" if n == 1 else f"{n} {thing}s"


def listed(words) -> str:
    """Return words as a reader says them: one, two and three."""
    *first, last = map(str, words)
    return f"{', '.join(first)} and {last}" if first else last


def named_units(units: list) -> str:
    """Return hidden units by name: "unit 2", "units 1, 4 and 5"."""
    return f"unit{'s' if len(units) > 1 else ''} {listed(units)}"


def named_days(days: list) -> str:
    """Return days by name, briefly: "Day 2", "Days 2, 4", "Days 2 to 5", "Days 2, 4, 7, …"."""
    if len(days) > 2 and days == list(range(days[0], days[-1] + 1)):
        return f"Days {days[0]} to {days[-1]}"
    few = ", ".join(map(str, days[:3])) + (", …" if len(days) > 3 else "")
    return f"Day{'s' if len(days) > 1 else ''} {few}"


def stacked(heights, gap: float) -> np.ndarray:
    """Return heights for names beside the ends of lines, each at least `gap` above the one
    below."""
    heights = np.array(heights, dtype=float)
    order = np.argsort(heights, kind="stable")
    for below, above in pairwise(order):
        heights[above] = max(heights[above], heights[below] + gap)
    return heights


def spread_labels(heights: dict, gap: float, low: float, high: float) -> dict:
    """Return heights by name, moved up or down until no two are closer than `gap`.

    They stay between `low` and `high`, where there is room for all.
    """
    names = sorted(heights, key=heights.get)
    placed = np.clip([heights[name] for name in names], low, high)
    for _ in range(200):
        close = np.maximum(0, gap - np.diff(placed))
        placed[:-1] -= close / 2
        placed[1:] += close / 2
        placed = np.clip(placed, low, high)
    return dict(zip(names, placed.tolist(), strict=True))
