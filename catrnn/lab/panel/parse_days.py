"""What a learner typed, read as a number for each day, or one sentence that helps."""

import re
from itertools import pairwise

from catrnn.lab.panel.parse_number import (
    in_quotes,
    is_unit,
    no_number,
    split_unit,
    style_of,
    tidy,
    value_of,
    with_point,
)

MOST_DAYS = 400
"""More do not fit the picture."""
NO_NUMBER = "There is no number yet; give two days or more, such as 0.5, 0.75"
THOUSANDS = re.compile(r"(?<![\w.])[+-]?[1-9][0-9]{0,2}(?: [0-9]{3})+(?![\w.])")
"""Digits in groups of three, with plain spaces between them."""


def days_from_text(text: str) -> list:
    """Return a number a day from a text with commas, semicolons, spaces or new lines in between.

    Each may have a unit behind it, the same for all. Raises ValueError, in one sentence, for
    anything but 2 to MOST_DAYS finite numbers, and for what may be read in two ways; TypeError for
    what is no text.
    """
    if not isinstance(text, str):
        raise TypeError(f"text is {type(text).__name__}, but a text is expected; "
                        'write it in quotes: "0.5, 0.75"')
    if len(text) > 100 * MOST_DAYS:
        raise ValueError(f"{len(text):,} letters are more than {MOST_DAYS} days can need; "
                         "type the last days alone")
    text = tidy(tidy(text).strip("[]()"))
    ask_where_two_readings(text)
    tell_the_day_left_empty(text)
    pairs = numbers_and_units(re.split(r"[\s,;]+", text.strip(" \t\n,;")))
    units_alike([unit for _, unit in pairs], [f"on day {day}" for day, _ in enumerate(pairs, 1)])
    if len(pairs) > MOST_DAYS:
        raise ValueError(f"{len(pairs):,} days are more than the picture can hold; "
                         f"give the last {MOST_DAYS} at most")
    days = [value_of(number, f"on day {day}") for day, (number, _) in enumerate(pairs, start=1)]
    enough(days)
    return days


def ask_where_two_readings(text: str) -> None:
    """Raise ValueError where a comma or a space may part two days or belong to one number."""
    for word in re.split(r"[\s;]+", text):
        word = word.strip(",")
        found = split_unit(word)
        style = style_of(found[0]) if found else None
        if style == "comma" or (style in ("either", "point") and word.count(",") == 1):
            raise two_readings(word, *one_or_two(found[0], style))
    if re.search(r"[,;\n]", text) and (found := THOUSANDS.search(text)):
        raise two_readings(found[0], found[0].replace(" ", ""), found[0].replace(" ", ", "))
    words = re.split(r"[\s,;]+", text)
    for before, word in pairwise(words):
        if re.fullmatch(r"0[0-9]+", word) and re.fullmatch(r"[+-]?[0-9]+", before):
            raise two_readings(f"{before} {word}", f"{before}{word}", f"{before}, {int(word)}")


def one_or_two(number: str, style: str) -> tuple:
    """Return how to write a number with commas in it, for one number and for two or more."""
    apart = number.replace(",", ", ")
    if style == "either":
        return f"{with_point(number, 'point')} or {with_point(number, 'comma')}", apart
    return with_point(number, style), apart


def two_readings(given: str, one: str, two: str) -> ValueError:
    """Return the question what a text may mean; one, two: how to write it so that it is clear."""
    options = " or ".join(in_quotes(option) for option in one.split(" or "))
    return ValueError(f"{in_quotes(given)} may be one number or two; write {options} for one, "
                      f"{in_quotes(two)} with a space for two")


def tell_the_day_left_empty(text: str) -> None:
    """Raise ValueError if there is no number between two commas, or before the first."""
    fields = [field.split() for field in re.split(r"[,;]", text)]
    while fields and not fields[-1]:
        fields.pop()
    for place, field in enumerate(fields):
        if not field:
            day = 1 + sum(map(len, fields[:place]))
            raise ValueError(f"Day {day} is empty, between two commas; write what it may have "
                             "been, such as the mean of its neighbours, or take one comma away")


def numbers_and_units(words: list) -> list:
    """Return a number, still a text, and its unit for each day. Raises ValueError for others."""
    pairs = []
    for place, word in enumerate(words):
        if not word:
            continue
        day = f"on day {len(pairs) + 1}"
        if found := split_unit(word):
            pairs.append(found)
            continue
        follows = split_unit(words[place + 1]) if place + 1 < len(words) else None
        last = place + 1 == len(words)
        if is_unit(word) and pairs and not pairs[-1][1] and (follows or last):
            pairs[-1] = (pairs[-1][0], word)
        elif is_unit(word) and follows:
            raise ValueError(f"{in_quotes(word)} stands before the number of day "
                             f"{len(pairs) + 1}; leave it away")
        else:
            raise no_number(word, day)
    return pairs


def units_alike(units: list, places: list) -> None:
    """Raise ValueError if not all numbers have one unit, or none. places: where each stands."""
    for unit, place in zip(units, places, strict=True):
        if same(unit) != same(units[0]):
            name = unit or units[0]
            said = f"{in_quotes(unit)} {place}" if unit else f"The number {place} has no unit"
            first = f"{in_quotes(units[0])} {places[0]}" if units[0] else f"none {places[0]}"
            raise ValueError(f"{said}, but {first}; write all days in one unit, and leave "
                             f"{in_quotes(name)} away")


def same(unit: str) -> str:
    """Return a unit without what does not matter: capitals, an s for many, a full stop."""
    return unit.lower().rstrip(".").rstrip("s")


def enough(days: list) -> None:
    """Raise ValueError if there are fewer than two days."""
    if not days:
        raise ValueError(NO_NUMBER)
    if len(days) < 2:
        raise ValueError("One day alone tells nothing about the next; "
                         "give two days or more, such as 0.5, 0.75")
