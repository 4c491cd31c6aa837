"""Marks handed-in notebooks: runs each apart, judges its exercises, and prints one table.

    catrnn mark FOLDER              a table on the terminal
    catrnn mark FOLDER --csv        a table for a spreadsheet, marks.csv
    catrnn mark FOLDER --csv FILE   the same under another name
"""

import argparse
import importlib.util
import sys
from pathlib import Path

from catrnn.command.again import start_again
from catrnn.lab.marking.handed_in import almost_in, files_in, inside_wrapping
from catrnn.lab.marking.marks import Limits
from catrnn.lab.marking.tables import as_csv, as_text, plain, slips_as_text

SECONDS, MEGABYTES = 30, 1500
"""What one step may take, and what one notebook's process may hold; the course's own cells need a
fifth of either."""

MOST_NAMED = 10
"""Files that are named which are no notebooks by their names."""

OTHERS_CODE = ("This runs code that other people wrote, with your rights on this computer: it can "
               "read and change your files.")


def mark(words: list) -> int:
    """Mark the notebooks in a folder; return 0, whatever was handed in."""
    if not all(map(importlib.util.find_spec, ("ipykernel", "jupyter_client"))):
        return start_again(["mark", *words])
    from catrnn.lab.marking.kernel import can_cut_network
    from catrnn.lab.marking.one_notebook import marks_of

    asked = parser().parse_args(words)
    folder, table = Path(asked.folder), Path(asked.csv) if asked.csv else None
    if not folder.is_dir():
        sys.exit(f"There is no folder {folder}. Give the one that holds the handed-in notebooks.")
    if table and table.exists():
        sys.exit(f"{table} is there already, perhaps with notes of yours. Rename it, or give "
                 "another name: --csv FILE.")
    if table and not table.parent.is_dir():
        sys.exit(f"There is no folder {table.parent} for the table. Make it, or give another name: "
                 "--csv FILE.")
    files = files_in(folder)
    tell(*left_out(folder))
    if not files:
        sys.exit(f"No notebook (.ipynb) stands in {folder} or in a folder in it.")

    limits = Limits(asked.seconds, asked.megabytes, can_cut_network())
    tell(OTHERS_CODE, *missing(limits))
    folder, marks = inside_wrapping(files, folder), []
    try:
        for number, path in enumerate(files, start=1):
            tell(plain(f"{number} of {len(files)}: {path.relative_to(folder)}"))
            marks += marks_of(path, folder, limits)
    except KeyboardInterrupt:
        tell(f"Stopped at {number} of {len(files)}. What was marked before stands in the table.")

    try:
        if table:
            table.write_text(as_csv(marks), encoding="utf-8-sig", newline="")
    except OSError:
        show(as_text(marks))  # lest the marking was for nothing
        raise
    show(f"Written: {table}, {len(marks)} rows." if table else as_text(marks))
    show(f"\n{slips_as_text(marks)}")
    return 0


def parser() -> argparse.ArgumentParser:
    """Return what knows the words of the command."""
    known = argparse.ArgumentParser(prog="catrnn mark", description="Mark handed-in notebooks.")
    known.add_argument("folder", help="holds the notebooks, in a folder for each learner or named "
                                      "by the learner")
    known.add_argument("--csv", nargs="?", const="marks.csv", metavar="FILE",
                       help="write the table for a spreadsheet (marks.csv)")
    known.add_argument("--seconds", type=positive, default=SECONDS,
                       help=f"for one cell, or one judgement ({SECONDS})")
    known.add_argument("--megabytes", type=positive, default=MEGABYTES,
                       help=f"of memory for one notebook ({MEGABYTES})")
    return known


def positive(word: str) -> int:
    """Return a whole number above zero."""
    if not word.isdecimal() or int(word) < 1:
        raise argparse.ArgumentTypeError(f"{word} is no whole number above zero, such as 30")
    return int(word)


def missing(limits: Limits) -> list:
    """Return what cannot be limited on this system, a sentence each."""
    lacks = [] if limits.cut else ["Its network cannot be cut off on this system."]
    if not sys.platform.startswith("linux"):
        lacks.append("Its memory cannot be limited on this system.")
    return lacks


def left_out(folder: Path) -> list:
    """Return a sentence that names the files which are no notebooks by their names, if any are."""
    names = [path.relative_to(folder).as_posix() for path in almost_in(folder)]
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    listed = f"{', '.join(names[:MOST_NAMED])}{more}"
    sentence = f"Not marked, for the name does not end in .ipynb: {listed}. Rename or unpack them."
    return [plain(sentence)] if names else []


def show(text: str) -> None:
    """Print a text; a letter that this terminal or file does not have becomes a question mark."""
    letters = getattr(sys.stdout, "encoding", None) or "utf-8"
    print(text.encode(letters, "replace").decode(letters))


def tell(*lines: str) -> None:
    """Say something beside the table."""
    print(*lines, sep="\n", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(mark(sys.argv[1:]))
