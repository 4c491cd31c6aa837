"""What the unrolled drawing says: its numbers, the sum of the lit step written out, the caption."""

import functools

import numpy as np
from matplotlib.font_manager import FontProperties, findfont, get_font

from catrnn.lab.drawing.style import SIZE
from catrnn.lab.drawing.text import in_a_box, listed

AIR = 0.03
"""Inches between two columns of the sum."""

FIGURE_SPACE, MINUS_SPACE = "\u2007", "\u2007\u2009"
"""Blanks as wide as a digit and as a minus sign."""


def sub(name: str, index: int) -> str:
    """Return a name with its index below the line."""
    return name + str(index).translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))


@functools.cache
def advance(letter: str, weight: str = "normal") -> float:
    """Return the width of a letter of the course's font, in parts of its size."""
    font = get_font(findfont(FontProperties(weight=weight)))
    font.set_size(100, 72)
    return font.load_char(ord(letter)).linearHoriAdvance / 65536 / 100


def width(text: str, size: float = SIZE, weight: str = "normal") -> float:
    """Return how many inches a text takes."""
    return sum(advance(letter, weight) for letter in text) * size / 72


def column_widths(rows: list, size: float) -> list:
    """Return how many inches each column of texts takes; the first row is a heading, in bold."""
    return [max(width(text, size, "normal" if r else "bold") for r, text in enumerate(column)) + AIR
            for column in zip(*rows, strict=True)]


def aligned(values) -> list:
    """Return the numbers as texts of equal width, to stand below one another."""
    texts = [in_a_box(value) for value in values]
    signed, digits = any(t[0] == "−" for t in texts), max(len(t.lstrip("−")) for t in texts)
    return [
        FIGURE_SPACE * (digits - len(t.lstrip("−"))) + MINUS_SPACE * (signed and t[0] != "−") + t
        for t in texts]


def products(x, w) -> list:
    """Return `x @ w` written out, x (K,), w (K, H): H texts such as 0.50 × 1.80 + 0.25 × 0.30."""
    columns = [
        [f"{in_a_box(value)} × {weight}" for weight in aligned(row)]
        for value, row in zip(x, w, strict=True)]
    return [" + ".join(parts) for parts in zip(*columns, strict=True)]


def sum_of_day(step: int, x, before, after, w, room: float, size: float) -> list:
    """Return the new state written out, a row for each hidden unit below a row of names; four
    texts a row.

    With every product where that fits into `room` inches, with the finished products elsewhere.
    """
    today, memory, b = x * w["c_w"][0], before @ w["p_w"], w["b"][0]
    ends = [
        f" + {b_k} ) = relu( {z_k} ) = {h_k}{'  shut' if h == 0 else ''}"
        for b_k, z_k, h_k, h in zip(
            aligned(b), aligned(today + memory + b), aligned(after), after, strict=True)]
    names = [f"unit {k + 1} = relu( " for k in range(len(b))]
    heading = (
        f"{sub('h', step)} = relu( ", f"{sub('x', step)} @ c_w", f" + {sub('h', step - 1)} @ p_w",
        " + b )")
    long = products([x], w["c_w"]), products(before, w["p_w"])
    for first, second in (long, (aligned(today), aligned(memory))):
        rows = [heading, *zip(names, first, [f" + {text}" for text in second], ends, strict=True)]
        if sum(column_widths(rows, size)) <= room:
            break
    return rows


def sum_of_nothing(days) -> list:
    """Return what stands there before there is anything to add up; four texts a row."""
    return [
        ("Nothing has happened yet.", "", "", ""),
        (f"Ahead lie {numbers(days)} portions of fish.", "", "", "")]


def sum_of_guess(last: int, h, prediction: float, w) -> list:
    """Return the guess written out, below a row of names; four texts a row."""
    heading = ("guess = ", "", f"{sub('h', last)} @ out_w", " + out_b")
    end = f" + {in_a_box(w['out_b'].item())} = {in_a_box(prediction)} portions"
    return [heading, ("guess = ", "", *products(h, w["out_w"]), end)]


def numbers(values) -> str:
    """Return numbers as a reader says them: 1.00, 2.00 and 3.00."""
    return listed(map(in_a_box, values))


def shut_units(h) -> str:
    """Say which hidden units are shut, in brackets; nothing if none is."""
    units = [str(k + 1) for k in np.flatnonzero(h == 0)]
    if len(units) == len(h):
        return " (every hidden unit is shut)"
    if len(units) > 1:
        return f" (units {listed(units)} are shut)"
    return f" (unit {units[0]} is shut)" if units else ""


def caption_of(days, hs, prediction: float, w, step: int) -> str:
    """Return what the step did, in words and rounded numbers."""
    start, last = f"Step {step} of {len(hs)}: ", len(days)
    if step == 0:
        remembered = (
            "something is remembered from before" if hs[0].any() else "nothing is remembered")
        return (f"{start}nothing has happened yet, ahead lie {numbers(days)} portions. "
                f"The walk begins with h0, {numbers(hs[0])}: {remembered}.")
    if step <= last:
        x, before, after = days[step - 1], hs[step - 1], hs[step]
        today, memory, b = numbers(x * w["c_w"][0]), numbers(before @ w["p_w"]), numbers(w["b"][0])
        return (
            f"{start}on Day {step} the cat eats {in_a_box(x)}. Today's fish brings {today}, "
            f"yesterday's memory {memory}, the bias {b}; after ReLU the new memory is "
            f"{numbers(after)}"
            f"{shut_units(after)}.")
    dead = "" if hs[-1].any() else " Every hidden unit is shut, so the guess is nothing but out_b."
    return (
        f"{start}the memory of Day {last}, {numbers(hs[-1])}, becomes the guess for Day "
        f"{last + 1}: "
        f"{in_a_box(prediction)} portions.{dead}")
