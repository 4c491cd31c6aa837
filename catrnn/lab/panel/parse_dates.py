"""A column's texts, read as dates or as days of the week: where its rows stand in time."""

import datetime
import re
from itertools import pairwise

from catrnn.lab.drawing.text import WEEKDAYS

DAYS_OF_THE_WEEK = (
    "monday mon montag mo lundi lun", "tuesday tue tues dienstag di mardi mar",
    "wednesday wed mittwoch mi mercredi mer", "thursday thu thur thurs donnerstag do jeudi jeu",
    "friday fri freitag fr vendredi ven", "saturday sat samstag sonnabend sa samedi sam",
    "sunday sun sonntag so dimanche dim")
MONTHS = (
    "january jan januar jänner janvier janv", "february feb februar février fevrier fév févr",
    "march mar märz mär mrz mars", "april apr avril avr", "may mai", "june jun juni juin",
    "july jul juli juillet juil", "august aug août aout", "september sep sept septembre",
    "october oct oktober okt octobre", "november nov novembre",
    "december dec dezember dez décembre déc decembre")
"""In English, German and French, in small letters."""
WEEKDAY = {name: day for day, names in enumerate(DAYS_OF_THE_WEEK) for name in names.split()}
MONTH = {name: month for month, names in enumerate(MONTHS, start=1) for name in names.split()}

TIME = r"(?:(?:T|,? +)[0-9]{1,2}[:h.][0-9]{2}.*)?"
FORMS = tuple((order, re.compile(form + TIME)) for order, form in (
    ("ymd", r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})"),
    ("ymd", r"([12][0-9]{3})([01][0-9])([0-3][0-9])"),
    ("dmy", r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4}|[0-9]{2})"),
    ("mdy", r"([0-9]{1,2})[-/]([0-9]{1,2})[-/]([0-9]{4}|[0-9]{2})"),
    ("dmy", r"([0-9]{1,2})\.?[ -]([^\W\d_]+)\.?,?[ -]([0-9]{4}|[0-9]{2})"),
    ("mdy", r"([^\W\d_]+)\.? ([0-9]{1,2}),? ([0-9]{4})")))
"""How dates are written, and in which order day, month and year stand."""

FIRST_SERIAL = datetime.date(1899, 12, 30).toordinal()
"""A spreadsheet counts its dates from here."""
SERIALS = range(20_000, 80_000)
"""From 1954 to 2119."""


def weekdays_from(texts: list) -> list | None:
    """Return ordinals, of some year, that fit a column of days of the week.

    As a week has seven of them, each is the next of its name, or the one before if the column runs
    backwards. None if it is no such column.
    """
    found = [WEEKDAY.get(text.lower().rstrip(".")) for text in texts]
    if None in found or len(found) < 2 or len({*found}) == 1:
        return None
    steps = [(after - before) % 7 or 7 for before, after in pairwise(found)]
    if steps.count(6) > len(steps) / 2:  # one back
        steps = [step - 7 for step in steps]
    days = [found[0] + 8]  # 8 is a Monday, as 1 is
    for step in steps:
        days.append(days[-1] + step)
    return days


def dates_from(texts: list, serials: bool = False) -> list | None:
    """Return the ordinals of a column of dates, as `datetime.date` counts them; None if it is none.

    All must be written alike. Of day and month the one stands first that makes all of them dates,
    and steps them evenly and closely. serials: whether numbers may be a spreadsheet's dates.
    """
    if len(texts) < 2:
        return None
    if serials and all(text.isdecimal() and int(text) in SERIALS for text in texts):
        return [FIRST_SERIAL + int(text) for text in texts]
    variants = texts, [without_weekday(text) for text in texts]
    readings = [days for form in FORMS for variant in variants
                if (days := all_by(*form, variant)) is not None]
    return min(readings, key=unevenness, default=None)


def without_weekday(text: str) -> str:
    """Return a date without the day of the week before it."""
    first, _, rest = text.partition(" ")
    return rest.strip() if first.lower().rstrip(".,") in WEEKDAY else text


def all_by(order: str, form: re.Pattern, texts: list) -> list | None:
    """Return the ordinals of texts in one form, None if one of them is no date in it."""
    days = []
    for text in texts:
        found = form.fullmatch(text)
        day = ordinal(**dict(zip(order, found.groups(), strict=True))) if found else None
        if day is None:
            return None
        days.append(day)
    return days


def ordinal(d: str, m: str, y: str) -> int | None:
    """Return the ordinal of day, month and year, None if there is no such day."""
    month = MONTH.get(m.lower()) if not m.isdecimal() else int(m)
    try:
        return datetime.date(int(y) + 2000 * (len(y) == 2), month, int(d)).toordinal()
    except (TypeError, ValueError):
        return None


def unevenness(days: list) -> tuple:
    """Return how far the steps from day to day differ, all in all, and how far all days reach."""
    steps = [after - before for before, after in pairwise(days)]
    middle = sorted(steps)[len(steps) // 2]
    return sum(abs(step - middle) for step in steps), abs(days[-1] - days[0])


def written_date(day: int) -> str:
    """Return an ordinal as a date."""
    return datetime.date.fromordinal(day).isoformat()


def is_date(text: str) -> bool:
    """Return whether a text alone is a date."""
    return any(all_by(*form, [without_weekday(text)]) for form in FORMS)


def weekday_of(day: int) -> str:
    """Return the day of the week of an ordinal."""
    return WEEKDAYS[(day - 1) % 7]
