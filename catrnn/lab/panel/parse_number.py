"""How people write one number: with a point or a comma, a unit behind it, or as a fraction."""

import re
import unicodedata

MOST = 1e6
"""A number of more than this, or of less than its opposite, is a slip."""

MISSING = {"", "-", "--", "–", "—", ".", "?", "na", "n/a", "#n/a", "nan", "null", "none", "nil",
           "#nv", "missing", "fehlt", "k.a.", "manquant"}
"""What stands where a number is missing, in small letters."""

NUMBER = r"[+-]?(?:[0-9][0-9.,]*|\.[0-9][0-9.,]*)(?:[eE][+-]?[0-9]+)?"
MONEY = "[$€£¥]"
UNIT = rf"[^\W\d_]{{1,12}}\.?|%|°[CFcf]?|{MONEY}"
A_UNIT = re.compile(UNIT)
WITH_UNIT = re.compile(rf"({MONEY})?({NUMBER})\s*({UNIT})?")
PLAIN = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
INFINITE = re.compile(r"[+-]?inf(inity)?", re.IGNORECASE)
FRACTION = re.compile(r"([0-9]+)/([0-9]+)")
GROUP = r"[+-]?[1-9][0-9]{0,2}"
STYLES = (
    ("", re.compile(r"[+-]?[0-9]+")),
    ("either", re.compile(rf"{GROUP}[.,][0-9]{{3}}")),
    ("comma", re.compile(r"[+-]?[0-9]+,[0-9]+(?:[eE][+-]?[0-9]+)?")),
    ("comma", re.compile(rf"{GROUP}(\.[0-9]{{3}})+,[0-9]+")),
    ("comma", re.compile(rf"{GROUP}(\.[0-9]{{3}}){{2,}}")),
    ("point", PLAIN),
    ("point", re.compile(rf"{GROUP}(,[0-9]{{3}})+\.[0-9]+")),
    ("point", re.compile(rf"{GROUP}(,[0-9]{{3}}){{2,}}")))
"""What the marks in a number tell: none, a decimal comma, a decimal point, or either, as in
"1.250": a thousand and more, or one and a bit."""


def tidy(text: str) -> str:
    """Return a text with plain minus signs, and without spaces that part thousands in a number.

    They are the narrow and the unbreakable space, and the apostrophe; a plain space may part two
    numbers.
    """
    text = text.strip().replace("\u2212", "-")
    return re.sub(r"(?<=\d)[\u00a0\u202f\u2009'’](?=\d{3}(?!\d))", "", text)


def in_quotes(text: str) -> str:
    """Return text in quotes, on one line, cut short if it is long, all of it visible."""
    seen = visible(text)
    return f'"{seen}"' if len(seen) <= 24 else f'"{seen[:21]}..."'


def visible(text: str) -> str:
    """Return text on one line; what cannot be seen, such as a mark that turns it round, is a ?."""
    return "".join(letter if letter.isprintable() else "?" for letter in " ".join(text.split()))


def is_missing(text: str) -> bool:
    """Return whether a text says that there is no number."""
    return text.strip().lower() in MISSING


def split_unit(text: str) -> tuple | None:
    """Return the number of a text, still a text, and its unit, "" if it has none; None if it is no
    number."""
    found = WITH_UNIT.fullmatch(text)
    if not found or style_of(found[2]) is None or not (found[3] is None or is_unit(found[3])):
        return None
    return found[2], found[3] or found[1] or ""


def is_unit(text: str) -> bool:
    """Return whether a text can be a unit: a word of letters, a degree, a per cent."""
    no_fraction = not any(unicodedata.category(letter) == "No" for letter in text)
    return no_fraction and bool(A_UNIT.fullmatch(text)) and not (
        is_missing(text) or INFINITE.fullmatch(text))


def style_of(number: str) -> str | None:
    """Return what the marks in a number tell, as STYLES names it; None if it is no number."""
    return next((style for style, pattern in STYLES if pattern.fullmatch(number)), None)


def with_point(number: str, style: str) -> str:
    """Return a number as Python reads it. style: "comma" or "point", how it is written."""
    if style == "comma":
        return number.replace(".", "").replace(",", ".")
    return number.replace(",", "")


def value_of(number: str, place: str) -> float:
    """Return a number as Python reads it. place: where it stands, for a sentence.

    Raises ValueError if it is larger than a million, or smaller than its opposite.
    """
    value = float(number)
    if abs(value) > MOST:
        size = "more than a million" if value > 0 else "less than minus a million"
        raise ValueError(f"{in_quotes(number)} {place} is {size}; write it in a larger unit")
    return value


def no_number(text: str, place: str) -> ValueError:
    """Return the sentence for a text that is no number. place: where it stands."""
    said = f"{in_quotes(text)} {place}"
    if is_missing(text):
        return ValueError(f"{said} is no number; write what it may have been, such as the mean of "
                          "its neighbours, or give what came after it alone")
    if INFINITE.fullmatch(text):
        return ValueError(f"{said} is no finite number; write numbers such as 0.5")
    if (value := fraction(text)) is not None:
        return ValueError(f"{said} is a fraction; write {value:.4g}")
    return ValueError(f"{said} is not a number; write numbers such as 0.5, with a point")


def fraction(text: str) -> float | None:
    """Return what a text such as 1/2 or 1½ is worth, None if it is no fraction."""
    if (found := FRACTION.fullmatch(text)) and int(found[2]):
        return int(found[1]) / int(found[2])
    whole, last = text[:-1], text[-1:]
    if last and unicodedata.category(last) == "No" and (not whole or whole.isdecimal()):
        return int(whole or 0) + unicodedata.numeric(last)
    return None
