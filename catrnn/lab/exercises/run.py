"""Asks the learner's answer, whatever it does: numbers come back, or words that say why not."""

import contextlib
import dis
import inspect
import io
import linecache
import traceback
import warnings
from copy import deepcopy
from dataclasses import dataclass
from types import CodeType
from typing import Any

import numpy as np

TYPED = "<your answer>"
"""The file name of an answer that was given as text."""

NOTHING = {"RESUME", "NOP", "LOAD_CONST", "RETURN_CONST", "RETURN_VALUE"}
"""All that Python does in a function without a body."""


@dataclass
class Outcome:
    """What one probe brought."""

    parts: list | None = None
    """An array for each thing that the exercise wants back, or None."""
    stopped: str = ""
    """The line where the answer stopped, and why."""
    unfit: str = ""
    """What came back, if it was no array of numbers."""
    changed: tuple = ()
    """An argument that was changed in place, and must not be: its name and what it is now."""


NOTHING_CAME = "Nothing is returned. End with a line that begins with return"


class Unfit(Exception):
    """What came back is not what was asked for; the words say what it was."""


def ask(exercise, answer, probe: dict) -> Outcome:
    """Ask an answer for one probe. Nothing that it raises comes out, except the learner's own Ctrl+C."""
    given = deepcopy(probe)
    try:
        with quiet():
            parts = parts_of(exercise.ask(answer, **given), exercise.returns)
    except KeyboardInterrupt:
        raise
    except Unfit as words:
        return Outcome(unfit=str(words), changed=changed(exercise, given, probe))
    except BaseException as problem:
        return Outcome(stopped=where(problem, answer), changed=changed(exercise, given, probe))
    return Outcome(parts=parts, changed=changed(exercise, given, probe))


@contextlib.contextmanager
def quiet():
    """Let an answer print and warn without being heard: `check` prints one line."""
    with (contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()),
          warnings.catch_warnings(), np.errstate(all="ignore")):
        warnings.simplefilter("ignore")
        yield


def changed(exercise, given: dict, probe: dict) -> tuple:
    """Return an argument that is not what it was: its name and what it is now. An empty tuple if there is none."""
    for name in probe:
        if name not in exercise.changes and not np.array_equal(given[name], probe[name], equal_nan=True):
            return name, given[name]
    return ()


def parts_of(result, names: tuple) -> list:
    """Return a copy of the result as one array for each name. Raises Unfit."""
    if result is None:
        raise Unfit(NOTHING_CAME)
    if len(names) == 1:
        return [array(names[0], result)]
    if isinstance(result, dict) and set(result) == set(names):
        result = [result[name] for name in names]
    if not isinstance(result, tuple | list) or len(result) != len(names):
        came = f"{len(result)} things came" if isinstance(result, tuple | list) else f"{a(result)} came"
        raise Unfit(f"{len(names)} things are expected back, but {came}. End with: return {', '.join(names)}")
    return [array(name, part) for name, part in zip(names, result, strict=True)]


def array(name: str, result) -> np.ndarray:
    """Return what came back as a new array of numbers. Raises Unfit."""
    try:
        x = np.array(result)
    except ValueError:
        raise Unfit(f"{name} has rows of different lengths. Give every row the same number of values") from None
    if x.dtype.kind not in "biuf":
        mend = "Leave the quotation marks out" if isinstance(result, str) else "Give a number or an array"
        raise Unfit(f"{name} should be numbers, but {a(result)} came{holding(x)}. {mend}")
    return x.astype(float)


def a(thing) -> str:
    """Return the kind of a thing with its article, as learners know it."""
    known = {...: "three dots", None: "None"}
    kind = {"str": "text", "ndarray": "array", "type": "class"}.get(type(thing).__name__, type(thing).__name__)
    kind = "number" if isinstance(thing, int | float | np.integer | np.floating) else kind
    return known[thing] if thing is ... or thing is None else f"a{'n' if kind[0] in 'aeiouAEIOU' else ''} {kind}"


def holding(x: np.ndarray) -> str:
    """Say what is in an array that is not numbers, if that is news."""
    return f" holding {a(x.flat[0])}" if x.ndim and x.size else ""


def where(problem: BaseException, answer) -> str:
    """Return the line of the learner's code where it stopped, its text, and what Python said."""
    if isinstance(problem, SyntaxError):
        return f"Line {problem.lineno}, `{(problem.text or '').strip()}`, is not Python yet: {problem.msg}"
    said = f"{type(problem).__name__}: {plainly(problem)}".removesuffix(": ")
    lines = [frame for frame in traceback.extract_tb(problem.__traceback__) if frame.filename in files_of(answer)]
    if not lines:
        return f"It stopped with {said}"
    text = linecache.getline(lines[-1].filename, lines[-1].lineno).strip()
    return f"It stopped in line {lines[-1].lineno}, `{text}`, with {said}"


def plainly(problem: BaseException) -> str:
    """Return the first line of what Python said, or plainer words for what learners meet most."""
    said = (str(problem).strip().splitlines() or [""])[0][:160]
    if "matmul" in said and "core dimension" in said:
        return "the two arrays at @ do not fit: the columns of the first are not as many as the rows of the second"
    if "truth value of an array" in said:
        return "an array was asked where one True or False is needed: ask one of its numbers, or add .any() or .all()"
    return "it calls itself without end" if isinstance(problem, RecursionError) else said


def functions_of(answer) -> list:
    """Return the learner's functions: the answer itself, or the methods of a class."""
    members = vars(answer).values() if isinstance(answer, type) else [answer]
    functions = map(inspect.unwrap, filter(callable, members))
    return [f for f in functions if isinstance(getattr(f, "__code__", None), CodeType)]


def files_of(answer) -> set:
    """Return the files, or cells, in which the answer was written."""
    if isinstance(answer, str):
        return {TYPED}
    return {f.__code__.co_filename for f in functions_of(answer)}


def empty(answer) -> bool:
    """Whether a function does nothing and gives back nothing: its body is still the three dots."""
    code = getattr(answer, "__code__", None)
    if not isinstance(code, CodeType) or {step.opname for step in dis.get_instructions(code)} - NOTHING:
        return False
    returned = [step.argval for step in dis.get_instructions(code) if step.opname in ("LOAD_CONST", "RETURN_CONST")]
    return returned[-1:] in ([None], [...])


def typed(text: str) -> Any:
    """Return what a text of Python defines last: the function or class. Raises what Python raises."""
    linecache.cache[TYPED] = (len(text), None, text.splitlines(keepends=True), TYPED)
    names = {"np": np}
    exec(compile(text, TYPED, "exec"), names)
    defined = [thing for thing in names.values() if callable(thing) and TYPED in files_of(thing)]
    if not defined:
        raise NameError("the text defines no function and no class")
    return defined[-1]
