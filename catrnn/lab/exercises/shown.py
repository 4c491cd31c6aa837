"""What learners read of numbers, shapes, things and errors."""

import re

import numpy as np

from catrnn.lab.exercises.compare import TOLERANCE
from catrnn.lab.exercises.exercise import Exercise, InvalidResult, NothingReturned
from catrnn.lab.exercises.findings import Diagnosis, ErrorSite
from catrnn.lab.exercises.plain_words import in_words, of_syntax
from catrnn.lab.exercises.run import NotNumbers, RaggedRows, SeveralThings, WrongCount

SHOWN = 14
"""The most numbers that a message shows of what went in, and half as many of what came out; else it
shows shapes, and the first number that is wrong."""


def evidence(exercise: Exercise, found: Diagnosis, tries: list) -> str:
    """Return the smallest numbers that show it: what went in, what was expected, and what came."""
    if found.probe is None:
        return ""
    if tries[found.probe].got.invalid:
        return sentence(invalid_words(tries[found.probe].got.invalid))
    probe, expected, got = arrays(found, tries)
    several, name = len(exercise.returns) > 1, exercise.returns[found.part]
    if exercise.kind == "value":  # what is expected would be the answer
        mend = " One number is expected. Decimals are written with a point, as in 0.5."
        of_it = f" for {name}" if several else ""
        return f"You gave {result_of(exercise, got)}{of_it}.{mend if got.ndim else ''}"

    small = sum(np.size(x) for x in probe.values()) <= SHOWN
    given = values_of(probe) if small else shapes_of(probe)
    start = f"For {given}: {name} " if several else f"For {given}: "
    if expected.shape != got.shape:
        return start + f"expected {shape_of(expected)}, got {shape_of(got)}."
    if (small and expected.size <= SHOWN // 2) or expected.size == 1:
        right, came = result_of(exercise, expected), result_of(exercise, got)
        if right == came:  # they differ further behind the point
            right, came = shown(expected, 8), shown(got, 8)
        return start + f"expected {right}, got {came}."

    off = ~np.isclose(expected, got, rtol=0, atol=TOLERANCE * np.abs(expected).max())
    i = tuple(np.argwhere(off)[0].tolist())
    return start + f"at {list(i)} expected {shown(expected[i])}, got {shown(got[i])}."


def arrays(found: Diagnosis, tries: list) -> tuple:
    """Return the probe that shows it, and the expected and the given array of the wrong part."""
    probe, expected, got = tries[found.probe]
    return probe, expected.parts[found.part], got.parts[found.part]


def result_of(exercise: Exercise, x: np.ndarray) -> str:
    """Return a result as the learner knows it: the word that it stands for, or its numbers."""
    number = x.item() - 1 if exercise.choices and x.size == 1 else None
    if number in range(len(exercise.choices)):
        return repr(str(exercise.choices[int(number)]))
    return shown(x)


def values_of(probe: dict) -> str:
    """Return the arguments and what is in them."""
    return ", ".join(f"{name} = {shown(x, 8)}" for name, x in probe.items())


def shapes_of(probe: dict) -> str:
    """Return the shapes of the arguments in words."""
    return ", ".join(f"{name} {np.shape(x)}" if np.ndim(x) else f"{name} = {shown(x)}"
                     for name, x in probe.items())


def shape_of(x: np.ndarray) -> str:
    """Return a shape in words."""
    return f"shape {x.shape}" if x.ndim else "one number"


def shown(x, decimals: int = 4) -> str:
    """Return numbers as Python writes them, with at most four decimals and no dust."""
    if np.ndim(x):
        return "[" + ", ".join(shown(one, decimals) for one in x) + "]"
    return f"{round(float(x), decimals) + 0.0:.10g}"


def kind_of(kind: type) -> str:
    """Return a type with its article, as learners know it."""
    if kind in (type(...), type(None)):
        return {type(...): "three dots", type(None): "None"}[kind]
    if issubclass(kind, int | float | np.integer | np.floating):
        return "a number"
    known = {"str": "text", "ndarray": "array", "type": "class", "method": "function",
             "builtin_function_or_method": "function", "NoneType": "None"}
    name = known.get(kind.__name__, kind.__name__)
    return f"an {name}" if name[0] in "aeiouAEIOU" else f"a {name}"


def sentence(words: str) -> str:
    """Return words as a sentence. A name such as d_x keeps its small letter."""
    words = "The " + words[4:] if words.startswith("the ") else words
    return words if words.endswith((".", "?", ":")) else words + "."


def error_words(site: ErrorSite, known: tuple = ()) -> str:
    """Say in which line of the learner's code it stopped, and what Python said."""
    problem = site.problem
    if isinstance(problem, SyntaxError):
        return of_syntax(problem)
    said = in_words(problem, known)
    if "number by number" in said and "*" in site.code.replace("**", ""):
        said += ". A matrix product is written with @"
    if "is asked for, but there" in said and re.search(r"[\[,:] ?[1-9]\d* ?[\],:]", site.code):
        said += ". How many there are depends on what comes in, so count them, and type no number"
    if site.line is None:
        return f"It stopped: {said}"
    return f"It stopped in line {site.line}, `{site.code}`: {said}"


def invalid_words(problem: InvalidResult) -> str:
    """Say what came back, where numbers were expected; an author's own words stand as they are."""
    match problem:
        case NothingReturned():
            return "Nothing is returned. End with a line that begins with return"
        case WrongCount(args=(names, kind, count)):
            came = f"{kind_of(kind)} came" if count is None else f"{count} things came"
            return (f"{len(names)} things are expected back, but {came}. "
                    f"End with: return {', '.join(names)}")
        case SeveralThings(args=(name, count)):
            return (f"{count} things came back; only {name} is wanted. Is there a comma in the "
                    "line of the return?")
        case RaggedRows(args=(name,)):
            return (f"{name} has rows of different lengths. "
                    "Give every row the same number of values")
        case NotNumbers(args=(name, kind, inside)):
            holding = f" holding {kind_of(inside)}" if inside else ""
            text = issubclass(kind, str)
            mend = ("Give the number itself, without quotation marks" if text else
                    "Give a list: list(...) makes one of it" if kind.__name__ == "generator" else
                    "Give a number or an array")
            return f"{name} should be numbers, but {kind_of(kind)} came{holding}. {mend}"
    return str(problem)
