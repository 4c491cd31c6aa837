"""How many minutes a notebook takes a learner: counted from its cells, and as its first cells say.

Nobody was timed. The figures are those of a reader who follows the code and answers the questions.
"""

import re

WORDS_A_MINUTE = 150
SECONDS_A_LINE_OF_CODE = 8
SECONDS_A_PRINTED_LINE = 5
SECONDS_A_GUESS = 25
MINUTES_A_PANEL = 3
MINUTES_AN_EXERCISE = 5


def counted(cells) -> float:
    """Return the minutes that cells, with what is stored of them, take; exercises and panels included."""
    code = [cell for cell in cells if cell.cell_type == "code"]
    prose = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    source = "\n".join(cell.source for cell in code)
    printed = "".join(output.text for cell in code for output in cell.outputs if output.output_type == "stream")
    seconds = (SECONDS_A_LINE_OF_CODE * lines(source) + SECONDS_A_PRINTED_LINE * lines(printed)
               + SECONDS_A_GUESS * prose.count("Guess first"))
    return (len(prose.split()) / WORDS_A_MINUTE + seconds / 60
            + MINUTES_A_PANEL * len(re.findall(r"^explore_\w+\(", source, re.MULTILINE))
            + MINUTES_AN_EXERCISE * len(re.findall(r"^check\(", source, re.MULTILINE)))


def said(cells) -> int:
    """Return the minutes that stand under **Time**, those for exercises added."""
    (time,) = [line for cell in cells for line in cell.source.splitlines() if line.startswith("**Time**")]
    return sum(map(int, re.findall(r"\d+", time)))


def lines(text: str) -> int:
    return sum(1 for line in text.splitlines() if line.strip())
