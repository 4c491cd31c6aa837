#!/usr/bin/env python3
"""Print each answer of tests/answers beside what `check` says to it in its notebook: read them, and mend the words.

    python tools/messages.py              every notebook
    python tools/messages.py 05 06        these
    python tools/messages.py 05 --write   and store what was said as what should be said to the wrong ones
"""

import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from tests.helpers.answers import answers_of, code_cells, imports, line_said  # noqa: E402
from tests.helpers.kernel import front_end  # noqa: E402


def main(names: list, write: bool) -> None:
    for path in sorted((ROOT / "tests" / "answers").glob("*.txt")):
        if names and path.stem[:2] not in names:
            continue
        cells, text = code_cells(path.stem), []
        with front_end(ROOT / "notebooks") as page:
            page.run(imports(cells))
            for answer in answers_of(path):
                said = line_said(page, answer, cells) or "nothing: " + " ".join(page.errors)
                head = f"=== {answer.exercise} | {'right' if answer.right else 'wrong'} | {answer.words}\n"
                print(f"{head}{answer.code}> {said}\n")
                text.append(head + ("" if answer.right else f"> {said}\n") + answer.code)
        if write:
            path.write_text("\n".join(text), encoding="utf-8")


if __name__ == "__main__":
    main([name for name in sys.argv[1:] if name != "--write"], "--write" in sys.argv)
