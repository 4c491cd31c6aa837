"""Works in the kernel of a handed-in notebook: notes the answers, and judges them as `check` does.

The code that was handed in runs in the same process: it could change what is said here.
"""

import json

from IPython import get_ipython

from catrnn import lab
from catrnn.lab.exercises import learner
from catrnn.lab.exercises.changes import GENERIC, SPECIFIC
from catrnn.lab.exercises.findings import CORRECT, NOT_STARTED
from catrnn.lab.marking.marks import ERROR, NOT_RIGHT, NOT_TRIED, RIGHT, SLIP

KINDS = {kind.__name__: kind.__doc__.rstrip(".") for kind in (*SPECIFIC, *GENERIC)}
"""What a slip in the lines is called here: changes know theirs by the names of functions."""

GIVEN, SEEN, BEST = {}, {}, {}
"""By the name of an exercise: what `check` was given, what was judged, and the best verdict."""


def prepare() -> None:
    """Let `check` note what it is given, and let panels and `keep` do nothing: so no time is lost,
    and nothing that runs for ever is run before it is waited for."""
    for name in vars(lab):
        if name.startswith("explore_") or name in ("keep", "check_setup", "progress"):
            setattr(lab, name, nothing)
    lab.check = note


def nothing(*given, **named) -> None:
    """Take the place of what only shows something."""


def note(name=None, answer=None, *more) -> None:
    """Take the place of `check`."""
    if isinstance(name, str) and not more:
        GIVEN.setdefault(name, []).append(answer)


def told(name: str, blank: str) -> str:
    """Judge what is new of an exercise; return the best verdict so far as JSON.

    blank: the name under which the answer should stand in the notebook.
    """
    answers = GIVEN.pop(name, [])
    names = get_ipython().user_ns
    if blank in names:
        answers.append(names[blank])
    seen = SEEN.setdefault(name, [])
    for answer in answers:
        if not any(answer is one for one in seen):
            seen.append(answer)
            BEST[name] = better(BEST.get(name), judged(name, answer))
    return json.dumps(BEST.get(name))


def judged(name: str, answer) -> dict:
    """Return the verdict on an answer, whatever it does."""
    try:
        verdict = learner.judge(learner.BY_NAME[name], answer)
    except KeyboardInterrupt:
        return {"verdict": ERROR, "slip": "", "words": "It does not come to an end."}
    except BaseException as problem:  # an answer may raise anything
        words = f"It cannot be judged: {type(problem).__name__}."
        return {"verdict": ERROR, "slip": "", "words": words}
    state = {CORRECT: RIGHT, NOT_STARTED: NOT_TRIED}.get(verdict.state)
    slip = KINDS.get(verdict.slip, verdict.slip)
    return {"verdict": state or (SLIP if slip else NOT_RIGHT), "slip": slip, "words": verdict.words}


def better(old: dict | None, new: dict) -> dict:
    """Return the better of two verdicts; of two that are equally good the later."""
    order = (NOT_TRIED, ERROR, NOT_RIGHT, SLIP, RIGHT)
    if old is None or order.index(new["verdict"]) >= order.index(old["verdict"]):
        return new
    return old
