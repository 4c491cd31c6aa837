"""Marks one handed-in notebook: runs its cells in a kernel, and asks there for each exercise."""

import json
import tempfile
import time
from pathlib import Path

from catrnn.lab.marking import handed_in
from catrnn.lab.marking.kernel import START, Ended, Kernel
from catrnn.lab.marking.marks import ERROR, MISSING, NOTHING, Limits, Mark

INSIDE = "__import__('catrnn.lab.marking.inside', fromlist=['told'])"
STEPS = 6
"""How many times as long as one step a whole notebook may take."""

ENDLESS = "KeyboardInterrupt"

LETTERS = 500
"""How much is told of one exercise; an error of Python may be as long as somebody likes."""


def marks_of(path: Path, folder: Path, limits: Limits) -> list:
    """Return the marks of one notebook, one for each of its exercises, whatever stands in it."""
    def mark(exercise="", verdict=ERROR, slip="", words=""):
        whose = handed_in.learner_of(path, folder)
        file = path.relative_to(folder).as_posix()
        return Mark(whose, file, exercise, verdict, slip, words[:LETTERS])

    try:
        notebook = handed_in.read(path)
    except handed_in.Unreadable as problem:
        return [mark(words=str(problem))]
    if not notebook.blanks and not notebook.strange:
        return [mark(verdict=NOTHING, words="No exercise of the course stands in it.")]
    try:
        found = verdicts(notebook, limits) if notebook.blanks else {}
    except Exception as problem:  # code that others wrote may answer in the kernel's place
        return [mark(words=f"It cannot be marked: {type(problem).__name__}.")]
    other = "The course here has no such exercise. Is the notebook of another version?"
    return [*(mark(name, **verdict) for name, verdict in found.items()),
            *(mark(name, words=other) for name in notebook.strange)]


def verdicts(notebook, limits: Limits) -> dict:
    """Return a verdict for each exercise of a notebook: run its cells, and judge what comes."""
    found, troubles, end = dict.fromkeys(notebook.blanks), {}, ""
    with (tempfile.TemporaryDirectory(prefix="mark", ignore_cleanup_errors=True) as place,
          Kernel(Path(place), limits.megabytes, limits.cut) as kernel):
        try:
            run(kernel, notebook, limits.seconds, found, troubles)
        except Ended:
            end = "Its kernel ended: the code ended it, or could not be interrupted."
        except OutOfTime:
            end = f"Not reached: the notebook takes over {STEPS * limits.seconds:g} seconds."
    return {name: verdict or without(notebook.blanks[name], troubles.get(name), end)
            for name, verdict in found.items()}


class OutOfTime(Exception):
    """The notebook as a whole took too long."""


def run(kernel: Kernel, notebook, seconds: float, found: dict, troubles: dict) -> None:
    """Run cell after cell, up to the last that an exercise is in; fill in the verdicts, and why
    there is none. Raises Ended, OutOfTime."""
    kernel.start()
    kernel.run(f"{INSIDE}.prepare()", START)
    until = time.monotonic() + STEPS * seconds
    named = [[name for name, blank in notebook.blanks.items()
              if name in cell or (blank and blank in cell)] for cell in notebook.cells]
    last = max((number for number, names in enumerate(named) if names), default=-1)
    for cell, names in zip(notebook.cells[:last + 1], named, strict=False):
        if time.monotonic() > until:
            raise OutOfTime
        raised, _ = kernel.run(cell, seconds)
        if raised:
            troubles.update(dict.fromkeys(names, raised))
        for name, blank in notebook.blanks.items():
            found[name] = judged(kernel, name, blank, seconds) or found[name]


def judged(kernel: Kernel, name: str, blank: str, seconds: float) -> dict | None:
    """Ask in the kernel for the verdict on an exercise."""
    _, answer = kernel.run("", seconds, f"{INSIDE}.told({name!r}, {blank!r})")
    return json.loads(answer) if answer else None


def without(blank: str, raised: str | None, end: str) -> dict:
    """Return what stands in place of a verdict where there is none."""
    if raised and raised.startswith(ENDLESS):
        return {"verdict": ERROR, "words": "Its cell does not come to an end."}
    if raised:
        return {"verdict": ERROR, "words": f"Its cell stops. {raised}"}
    if end:
        return {"verdict": ERROR, "words": end}
    what = f"No cell gives {blank} a value" if blank else "No cell asks for it"
    return {"verdict": MISSING, "words": f"{what}. Was its cell deleted?"}
