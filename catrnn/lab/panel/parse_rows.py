"""The rows of a table in the order of their days, each a day after the last."""

import re
from collections import Counter
from itertools import pairwise
from typing import NamedTuple

from catrnn.lab.panel.parse_dates import (
    dates_from,
    is_date,
    weekday_of,
    weekdays_from,
    written_date,
)
from catrnn.lab.panel.parse_days import MOST_DAYS
from catrnn.lab.panel.parse_number import in_quotes

ENOUGH = 8
"""Days after a gap that are worth to be taken alone: so many are needed to keep some back."""
MOST_FOOTERS = 3
SUMS = re.compile(r"(grand total|total|sum|average|mean|summe|gesamt|mittelwert|durchschnitt|somme"
                  r"|moyenne)\b", re.IGNORECASE)
"""How a row that sums up a table begins."""
DATE_NAMES = {"date", "datum", "day", "tag", "jour", "time", "timestamp", "zeit"}
DAY_NAMES = {"day", "days", "day number", "tag", "jour", "week", "woche", "semaine", "month",
             "monat", "mois", "year", "jahr", "année", "annee"}
"""What a column is called that counts the time."""


class Ordered(NamedTuple):
    """Rows in the order of time, the last MOST_DAYS of those without a gap.

    timed: the places of the columns that tell the time. first_weekday: of the first row, "" if
    nothing tells it. problem: a sentence if rows are missing, and none can be taken.
    """

    rows: list
    timed: list
    first_weekday: str
    told: list
    problem: str


def in_order(names: list, rows: list, n_rows: int) -> Ordered:
    """Return rows in the order of time, as far as a column tells it."""
    rows, timed, told = without_footers(names, rows)
    if problem := not_all_dates(names, rows, timed):
        return Ordered(rows, [], "", told, problem)
    if not timed:
        rows, more = last_days(rows, n_rows)
        return Ordered(rows, [], "", [*told, *more], "")
    name, days, kind = timed[0][1:]
    rows = [row for row in rows if any(row[1])]
    places = [place for place, *_ in timed]
    if days[0] > days[-1]:
        rows, days = rows[::-1], days[::-1]
        told.append("The newest day stood first, so the rows are turned round.")
    if problem := out_of_order(days, rows, name, kind):
        return Ordered(rows, places, "", told, problem)
    paired, more = last_days(list(zip(rows, days, strict=True)), n_rows)
    rows, days = [row for row, _ in paired], [day for _, day in paired]
    told += more
    steps = steps_of(days, kind)
    common = Counter(steps).most_common(1)[0][0] if steps else 1
    gaps = [place for place, step in enumerate(steps, start=1) if step != common]
    if gaps:
        words = gap_in_words(days, gaps[-1], rows, kind)
        if len(rows) - gaps[-1] < ENOUGH:
            words += "; put in a row for each day, or load the rows after the gap alone"
            return Ordered(rows, places, "", told, words)
        rows, days = rows[gaps[-1]:], days[gaps[-1]:]
        told.append(f"{words}: only the {len(rows)} rows after that are taken.")
    daily = kind != "count" and common == 1 and 1 in steps_of(days[:2], "count")
    return Ordered(rows, places, weekday_of(days[0]) if daily else "", told, "")


def without_footers(names: list, rows: list) -> tuple:
    """Return rows without those at the end that sum up, the columns that tell the time, and words.

    Of a column: its place, its name, its days, and what they are: "date", "weekday" or "count".
    """
    n_footers, most = 0, min(MOST_FOOTERS, len(rows) - 1)
    while n_footers < most and SUMS.match(first_words(rows[-1 - n_footers][1])):
        n_footers += 1
    for n in dict.fromkeys((n_footers, *range(most + 1))):
        body = rows[:len(rows) - n]
        if timed := columns_of_time(names, [cells for _, cells in body if any(cells)]):
            break
    else:
        body = rows[:len(rows) - n_footers]
    left_out = [f"Row {number} ({in_quotes(first_words(cells))}) is left out."
                for number, cells in rows[len(body):] if any(cells)]
    return body, timed, left_out


def not_all_dates(names: list, rows: list, timed: list) -> str:
    """Return a sentence if a column has dates in most rows, but not in all, so none can be used."""
    for place, name in enumerate(names if not timed else ()):
        texts = [(number, cells[place] if place < len(cells) else "") for number, cells in rows
                 if any(cells)]
        others = [(number, text) for number, text in texts if not is_date(text)]
        if others and len(others) < len(texts) / 2:
            number, text = others[0]
            return (f"Row {number} has {in_quotes(text)} in column {in_quotes(name)}, where others "
                    "have dates; write a date there, or take the row away")
        if not others and len(texts) > 1:
            return (f"The dates in column {in_quotes(name)} are not written alike; write all of "
                    "them as 2024-01-31")
    return ""


def first_words(cells: list) -> str:
    """Return what stands in the first cell of a row that is not empty."""
    return next(filter(None, cells), "")


def columns_of_time(names: list, rows: list) -> list:
    """Return the columns that tell the time: place, name, days, kind; dates before counts."""
    found = []
    for place, name in enumerate(names):
        texts = [cells[place] if place < len(cells) else "" for cells in rows]
        known = name.lower().strip(". ")
        if days := dates_from(texts, serials=known in DATE_NAMES):
            found.append((place, name, days, "date"))
        elif days := weekdays_from(texts):
            found.append((place, name, days, "weekday"))
        elif known in DAY_NAMES and (days := counted_days(texts)):
            found.append((place, name, days, "count"))
    return sorted(found, key=lambda column: ("date", "weekday", "count").index(column[3]))


def counted_days(texts: list) -> list | None:
    """Return whole numbers that only rise, or only fall; None if it is no such column."""
    if len(texts) < 2 or not all(text.isdecimal() for text in texts):
        return None
    days = [int(text) for text in texts]
    rises = {after > before for before, after in pairwise(days)}
    return days if len(rises) == 1 and len({*days}) == len(days) else None


def out_of_order(days: list, rows: list, name: str, kind: str) -> str:
    """Return a sentence if a day comes twice, or before the one above it."""
    for place in range(1, len(days)):
        if days[place] > days[place - 1]:
            continue
        number, before = rows[place][0], rows[place - 1][0]
        if days[place] == days[place - 1]:
            return (f"Rows {min(number, before)} and {max(number, before)} have the same day in "
                    f"column {in_quotes(name)}; give one row for each day")
        return (f"Row {number} comes before row {before} by column {in_quotes(name)}; "
                "sort the rows by it")
    return ""


def steps_of(days: list, kind: str) -> list:
    """Return the steps from day to day; where all are months or years apart, in months."""
    steps = [after - before for before, after in pairwise(days)]
    if kind == "date" and steps and min(steps) >= 28:
        months = [int(written_date(day)[:4]) * 12 + int(written_date(day)[5:7]) for day in days]
        return [after - before for before, after in pairwise(months)]
    return steps


def last_days(rows: list, n_rows: int) -> tuple:
    """Return the last rows that fit the picture, and a sentence if they are not all."""
    if max(len(rows), n_rows) <= MOST_DAYS:
        return rows, []
    return rows[-MOST_DAYS:], [f"Of {n_rows:,} rows the last {MOST_DAYS} are taken."]


def gap_in_words(days: list, place: int, rows: list, kind: str) -> str:
    """Return between which days rows are missing."""
    before, after = rows[place - 1][0], rows[place][0]
    if kind == "date":
        return (f"Days are missing between {written_date(days[place - 1])} "
                f"and {written_date(days[place])}")
    return f"Days are missing between rows {min(before, after)} and {max(before, after)}"
