"""What the learner calls: check an answer, ask for a hint, see what is done."""

import difflib

from catrnn.lab.exercises.catalogue import EXERCISES
from catrnn.lab.exercises.diagnose import CORRECT, NOT_STARTED, NOT_YET, Verdict, inherits, judge

BY_NAME = {exercise.name: exercise for exercise in EXERCISES}

STATES = {}
"""What `check` said last of each exercise, in this kernel."""


def check(name=None, answer=None, *more) -> None:
    """Print one line: not started, not yet and which slip it is, or correct. Raises nothing; keeps the state.

    An endless loop cannot be judged: stop it with Kernel, Interrupt. What an answer prints is not shown.
    """
    if not known(name):
        return
    try:
        verdict = Verdict(NOT_YET, "Give one answer only.") if more else judge(BY_NAME[name], answer)
    except KeyboardInterrupt:
        print(f"{name}: stopped before it came to an end. Does every loop in it end?")
        raise
    except BaseException as problem:  # whatever it was, a learner is never shown our own trouble in red
        verdict = Verdict(NOT_YET, f"It cannot be judged: {type(problem).__name__}. Is it what the task asks for?")
    STATES[name] = verdict.state
    print(line(name, verdict))


def hint(name=None, number=1) -> None:
    """Print hint number 1, 2, ... of an exercise: each says a little more, and none the whole answer."""
    if not known(name):
        return
    exercise = BY_NAME[name]
    hints = [*exercise.hints, f"That was the last one. To see how the course does it, type {exercise.look}."]
    try:
        number = min(max(int(number), 1), len(hints))
    except (TypeError, ValueError, OverflowError):
        number = 1
    print(f"{name}, hint {number} of {len(hints)}: {hints[number - 1]}")


def progress() -> None:
    """Print every exercise of the course, notebook by notebook, and what `check` said last in this kernel."""
    notebook = ""
    for exercise in EXERCISES:
        if exercise.notebook != notebook:
            notebook = exercise.notebook
            print(notebook.replace("_", " "))
        print(f"    {exercise.name:22} {STATES.get(exercise.name, NOT_STARTED)}")
    done = sum(state == CORRECT for state in STATES.values())
    print(f"{done} of {len(EXERCISES)} correct since this notebook was started.")


def ready(answer, *names: str):
    """Return a learner's class, for use in the course's own cat, if it is right in each exercise that it takes up.

    names: the exercises that it may take up, one at least. Raises ValueError with the words of `check`.
    """
    for name in [name for name in names if not inherits(BY_NAME[name], answer)] or names:
        verdict = judge(BY_NAME[name], answer)
        if verdict.state != CORRECT:
            raise ValueError(line(name, verdict))
    return answer


def known(name) -> bool:
    """Whether there is an exercise of this name; if not, print which are near."""
    if isinstance(name, str) and name in BY_NAME:
        return True
    if not isinstance(name, str):
        print("The name of the exercise comes first, in quotation marks. progress() lists the names.")
        return False
    near = difflib.get_close_matches(name.lower(), BY_NAME, n=2, cutoff=0.5)
    meant = f"Did you mean {' or '.join(map(repr, near))}?" if near else "progress() lists them all."
    print(f"There is no exercise {name!r}. {meant}")
    return False


def line(name: str, verdict: Verdict) -> str:
    """Return the line that `check` prints."""
    return f"{name}: {verdict.state}. {verdict.words}"
