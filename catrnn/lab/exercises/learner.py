"""What the learner calls: check an answer, ask for a hint, see what is done."""

import difflib
from typing import NamedTuple

from catrnn.lab.exercises import messages, own_files, page_lines
from catrnn.lab.exercises.catalogue import EXERCISES
from catrnn.lab.exercises.diagnose import diagnose
from catrnn.lab.exercises.exercise import Exercise
from catrnn.lab.exercises.findings import BETTER, NOT_YET, Diagnosis
from catrnn.lab.exercises.prepare import prepare
from catrnn.lab.exercises.run import run

BY_NAME = {exercise.name: exercise for exercise in EXERCISES}

STATES = {}
"""The best that `check` said of each exercise in this kernel."""


class Verdict(NamedTuple):
    """What is said of an answer."""

    state: str
    words: str
    slip: str = ""
    """The name of the slip, for tests; empty where none was recognised."""


def check(name=None, answer=None, *more) -> None:
    """Print one line: not started, not yet and which slip it is, or correct. Raises nothing; the
    best result is kept for `progress`.

    An endless loop cannot be judged: stop it with Kernel, Interrupt. What an answer prints is not
    shown.
    """
    if not known(name):
        return
    try:
        verdict = Verdict(NOT_YET, page_lines.ONE_ONLY) if more else judge(BY_NAME[name], answer)
    except KeyboardInterrupt:
        print(page_lines.interrupted(name))
        raise
    except BaseException as problem:  # a learner is never shown our own trouble in red
        verdict = Verdict(NOT_YET, page_lines.not_judged(problem))
    remember(name, verdict.state)
    print(page_lines.line(name, verdict.state, verdict.words))


def judge(exercise: Exercise, answer) -> Verdict:
    """Judge an answer, whatever it is: prepare it, run it, find out what is wrong, put it in words.

    Raises nothing of the learner's own, except Ctrl+C.
    """
    prepared = prepare(exercise, answer)
    if isinstance(prepared, Diagnosis):
        return in_words(exercise, prepared, [])
    return judge_numbers(exercise, prepared)


def judge_numbers(exercise: Exercise, answer) -> Verdict:
    """Judge an answer by its numbers alone, whoever wrote the methods that it uses."""
    tries = run(exercise, answer)
    return in_words(exercise, diagnose(exercise, tries, answer), tries)


def in_words(exercise: Exercise, found: Diagnosis, tries: list) -> Verdict:
    """Put into words what was found."""
    return Verdict(found.state, messages.message(exercise, found, tries), found.slip)


def hint(name=None, number=1) -> None:
    """Print hint number 1, 2, ... of an exercise: each says a little more, and none the whole
    answer."""
    if not known(name):
        return
    lines = page_lines.hint_lines(BY_NAME[name])
    try:
        number = min(max(int(number), 1), len(lines))
    except (TypeError, ValueError, OverflowError):
        number = 1
    print(lines[number - 1])


def progress() -> None:
    """Print every exercise of the course, notebook by notebook, and the best that `check` said."""
    states = best_states()
    kept = own_files.lasts() and states == kept_states()
    print("\n".join(page_lines.progress_lines(EXERCISES, states, kept)))


def remember(name: str, state: str) -> None:
    """Keep what was said of an exercise if it is the best so far, in all notebooks together."""
    before = best_states().get(name)
    if BETTER.index(state) > BETTER.index(before or BETTER[0]):
        STATES[name] = state
        own_files.write_progress({**own_files.read_progress(), name: state})


def best_states() -> dict:
    """Return the best result of each exercise: from the file beside the notebooks, or from here."""
    best = kept_states()
    for name, state in STATES.items():
        best[name] = max(state, best.get(name, BETTER[0]), key=BETTER.index)
    return best


def kept_states() -> dict:
    """Return the best results in the file beside the notebooks, without what is no result."""
    return {name: state for name, state in own_files.read_progress().items() if state in BETTER}


def known(name) -> bool:
    """Whether there is an exercise of this name; if not, print which are near."""
    if not isinstance(name, str):
        print(page_lines.NO_NAME)
        return False
    if name not in BY_NAME:
        near = difflib.get_close_matches(name.lower(), BY_NAME, n=2, cutoff=0.5)
        print(page_lines.unknown(name, near))
        return False
    return True
