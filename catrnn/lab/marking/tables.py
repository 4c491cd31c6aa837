"""Puts marks into tables: one for a spreadsheet, one for the terminal, one of the class's slips."""

import csv
import io
import re

from catrnn.lab.marking.marks import NOT_RIGHT, SLIP, Mark

FORMULAS = ("=", "+", "-", "@", "\t", "\r")
"""With these begins what a spreadsheet works out, or what might hide that."""

SENTENCE = re.compile(r".*?(?:[.!?](?= |$)|$)", re.DOTALL)

FEWEST_SHOWN = 10
"""Rows of the table of slips; those that were made as often as the last of them come too."""


def as_csv(marks: list) -> str:
    """Return the table for a spreadsheet. What would be a formula there gets an apostrophe."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(Mark._fields)
    writer.writerows([harmless(cell) for cell in mark] for mark in marks)
    return text.getvalue()


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    cell = plain(cell)
    return f"'{cell}" if cell.lstrip().startswith(FORMULAS) else cell


def plain(text: str) -> str:
    """Return a text in one line, without what could steer a terminal."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


def as_text(marks: list) -> str:
    """Return the table for the terminal: a learner after the other, a line for each exercise."""
    lines, whose = [], None
    for mark in marks:
        if (mark.learner, mark.file) != whose:
            whose = mark.learner, mark.file
            lines.append(f"{mark.learner}: {mark.file}" if mark.file != mark.learner else whose[0])
        said = f": {mark.slip}" if mark.slip else f": {mark.words}" if tells(mark) else ""
        lines.append(f"    {mark.exercise:22} {mark.verdict}{said}")
    return "\n".join(map(plain, lines))


def tells(mark: Mark) -> bool:
    """Whether a mark's words are needed to know what it means."""
    return mark.verdict not in ("right", "not tried", NOT_RIGHT)


def slips_of(marks: list) -> list:
    """Return (exercise, slip, learners, words) of each slip of the class, the commonest first.

    words: the first sentence of what `check` says of it.
    """
    made, words = {}, {}
    for mark in marks:
        if mark.verdict in (SLIP, NOT_RIGHT):
            which = mark.exercise, mark.slip or "wrong in a way of its own"
            made.setdefault(which, set()).add(mark.learner)
            words.setdefault(which, SENTENCE.match(mark.words)[0] if mark.slip else "")
    found = [(*which, sorted(learners), words[which]) for which, learners in made.items()]
    return sorted(found, key=lambda row: -len(row[2]))


def slips_as_text(marks: list) -> str:
    """Return the table of the class's slips, with who made them."""
    rows = slips_of(marks)
    if not rows:
        return "No slip was made."
    fewest = len(rows[:FEWEST_SHOWN][-1][2])
    lines = []
    for exercise, slip, learners, words in rows:
        if len(learners) >= fewest:
            lines.append(f"{len(learners):3} x {exercise}: {slip} ({', '.join(learners)})")
            lines += [f"      {words}"] if words else []
    return "\n".join(["The slips of the class, the commonest first:", *map(plain, lines)])
