"""The lines that `check`, `hint` and `progress` print around what is said of an answer."""

from catrnn.lab.exercises.exercise import Exercise
from catrnn.lab.exercises.findings import CORRECT, NOT_STARTED

ONE_ONLY = "Give one answer only."

THIS_PAGE_ONLY = ("This page cannot reach the browser's store, so it is kept only until the page "
                  "is closed.")

NO_NAME = "The name of the exercise comes first, in quotation marks. progress() lists the names."


def line(name: str, state: str, words: str) -> str:
    """Return the line that `check` prints."""
    return f"{name}: {state}. {words}"


def interrupted(name: str) -> str:
    return f"{name}: stopped before it came to an end. Does every loop in it end?"


def not_judged(problem: BaseException) -> str:
    return f"It cannot be judged: {type(problem).__name__}. Is it what the task asks for?"


def unknown(name: str, near: list) -> str:
    """Say that there is no exercise of this name, and which are near."""
    like_it = " or ".join(map(repr, near))
    help_ = f"Did you mean {like_it}?" if near else "progress() lists them all."
    return f"There is no exercise {name!r}. {help_}"


def hint_lines(exercise: Exercise) -> list:
    """Return the lines that `hint` prints, from the first hint to where the solution is."""
    last = f"That was the last one. To see how the course does it, type {exercise.solution_source}."
    hints = [*exercise.hints, last]
    return [f"{exercise.name}, hint {number} of {len(hints)}: {words}"
            for number, words in enumerate(hints, start=1)]


def progress_lines(exercises: list, states: dict, kept: bool) -> list:
    """Return the lines that `progress` prints.

    states: the best that was said of each, by name; kept: whether other notebooks will know it.
    """
    lines, notebook = [], ""
    for exercise in exercises:
        if exercise.notebook != notebook:
            notebook = exercise.notebook
            lines.append(notebook.replace("_", " "))
        lines.append(f"    {exercise.name:22} {states.get(exercise.name, NOT_STARTED)}")
    done = sum(states.get(exercise.name) == CORRECT for exercise in exercises)
    words = f"{done} of {len(exercises)} correct"
    return [*lines, f"{words}." if kept else f"{words} since this notebook was started."]
