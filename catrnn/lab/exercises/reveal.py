"""The learner's guess beside the truth."""

import math


def reveal(guess, truth, unit: str = "", digits: int = 2) -> None:
    """Print a guess and the truth in one line. A guess of None is no guess.

    truth: a number, or anything else that can be compared, such as a shape or a word.
    digits: decimals of a number. A guess between 0 and 1 is a share, where percent are meant.
    """
    print(line(guess, truth, unit, digits))


def line(guess, truth, unit: str, digits: int) -> str:
    """Return the line that `reveal` prints."""
    unit = unit and " " + unit
    if guess is None or guess is ...:
        return f"Truth: {text(truth, digits)}{unit}. You made no guess."
    if unit == " percent" and is_number(guess) and 0 < guess < 1 <= truth:
        guess = 100 * guess
    both = f"Your guess: {text(guess, digits)}{unit}. Truth: {text(truth, digits)}{unit}."
    if text(guess, digits) == text(truth, digits):
        return both + " That is it."
    if is_number(guess) and is_number(truth):
        way = "too high" if guess > truth else "too low"
        return f"{both} Your guess is {text(abs(guess - truth), digits)} {way}."
    return both


def is_number(thing) -> bool:
    """Whether a thing is one finite number."""
    try:
        return not isinstance(thing, str | bytes | bool) and math.isfinite(float(thing))
    except (TypeError, ValueError, OverflowError):
        return False


def text(thing, digits: int) -> str:
    """Return a number with its decimals, anything else as Python writes it."""
    if not is_number(thing):
        return str(thing)
    return f"{float(thing):.{digits}f}"
