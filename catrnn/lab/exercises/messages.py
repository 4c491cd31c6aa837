"""Fourth stage: all that a learner reads. A function for each kind of finding, then its parts."""

import numpy as np

from catrnn.lab.exercises.compare import TOLERANCE, same
from catrnn.lab.exercises.exercise import Exercise, InvalidResult, NothingReturned
from catrnn.lab.exercises.findings import CORRECT, NOT_STARTED, Diagnosis, ErrorSite, Kind
from catrnn.lab.exercises.run import NotNumbers, RaggedRows, WrongCount

SHOWN = 14
"""The most numbers that a message shows of what went in, and half as many of what came out; else it
shows shapes, and the first number that is wrong."""

ONE_ONLY = "Give one answer only."
THIS_PAGE_ONLY = ("This page cannot reach the browser's store, so it is kept only until the page "
                  "is closed.")
NO_NAME = "The name of the exercise comes first, in quotation marks. progress() lists the names."


def message(exercise: Exercise, found: Diagnosis, tries: list) -> str:
    """Return what is said of an answer."""
    return WORDS[found.kind](exercise, found, tries)


def not_started(exercise, found, tries) -> str:
    return "Write it in place of the three dots, then run the cell again."


def not_python(exercise, found, tries) -> str:
    return sentence(error_words(found.facts["site"]))


def not_a_class(exercise, found, tries) -> str:
    given = kind_of(found.facts["given"])
    return f"A class is expected, but {given} was given. Give its name, without brackets."


def not_a_function(exercise, found, tries) -> str:
    given = kind_of(found.facts["given"])
    return (f"A function is expected, but {given} was given. "
            "Give its name, without brackets behind it.")


def wrong_arguments(exercise, found, tries) -> str:
    names = ", ".join(found.facts["names"])
    return f"It cannot be called as the task says. Its arguments should be: {names}."


def missing_method(exercise, found, tries) -> str:
    if exercise.layer:  # built whole
        return f"It has no {found.facts['method']}. Is there a def of just this name in the class?"
    rest = f"class {found.facts['name']}({exercise.reference.__name__})"
    return f"It has no {found.facts['method']}. Take the rest from the course: {rest}."


def wrong_method_arguments(exercise, found, tries) -> str:
    names = ", ".join(found.facts["names"])
    return f"Its {exercise.method} cannot be called with {names}. Take these, in this order."


def correct(exercise, found, tries) -> str:
    return exercise.on_success


def mutated(exercise, found, tries) -> str:
    """Say which argument was changed in place."""
    probe, _, got = tries[found.probe]
    name, now = got.mutated
    was, is_now = (shown(x) if np.size(x) <= SHOWN else "other numbers" for x in (probe[name], now))
    words = f"{name} is changed in place: it was {was}, and after the call it is {is_now}. "
    if exercise.mutates:
        return (words + f"Only {' and '.join(exercise.mutates)} may change. "
                "Are the arguments in the order of the task?")
    mend = "" if exercise.lists else f", or write {name} = {name} - 1 where you wrote {name} -= 1"
    return words + f"Whoever gave it still needs it. Work on a copy, {name}.copy(){mend}."


def known_slip(exercise, found, tries) -> str:
    words = sentence(" Or: ".join(slip.words for slip in found.slips))
    return f"{words} {evidence(exercise, found, tries)}".strip()


def stopped(exercise, found, tries) -> str:
    """Say where it stopped, and on what."""
    probe, _, got = tries[found.probe]
    given = values_of(probe) if exercise.lists else f"the shapes {shapes_of(probe)}"
    return f"{sentence(error_words(got.error))} It was given {given}."


def invalid(exercise, found, tries) -> str:
    return sentence(invalid_words(tries[found.probe].got.invalid))


def wrong_value(exercise, found, tries) -> str:
    return f"That is not it. {evidence(exercise, found, tries)}"


def wrong_shape(exercise, found, tries) -> str:
    """Say that the shape is not right, and whether the numbers are."""
    probe, expected, got = arrays(found, tries)
    name = exercise.returns[found.part]
    shapes = f"expected {shape_of(expected)}, got {shape_of(got)}, for {shapes_of(probe)}."
    if got.T.shape == expected.shape and same(expected, got.T):
        return sentence(f"{name} is turned on its side: {shapes}")
    if got.size == expected.size and same(expected.ravel(), got.ravel()):
        return sentence(f"The numbers in {name} are right, but not its shape: {shapes}")
    return sentence(f"The shape of {name} is not right: {shapes}")


def wrong_numbers(exercise, found, tries) -> str:
    """Say what is wrong with all numbers of a result, and show the smallest that are."""
    words = NUMBERS[found.kind].format(name=exercise.returns[found.part], **found.facts)
    return f"{sentence(words)} {evidence(exercise, found, tries)}"


def wrong_factor(exercise, found, tries) -> str:
    """Say by how much a result is too large or too small, and show it."""
    factor = found.facts["factor"]
    times, way = (factor, "large") if factor > 1 else (1 / factor, "small")
    words = f"{exercise.returns[found.part]} is {times:.4g} times too {way}"
    return f"{sentence(words)} {evidence(exercise, found, tries)}"


NUMBERS = {
    Kind.WRONG_SIGN: "Every number in {name} has the wrong sign",
    Kind.SUM_FOR_MEAN: "{name} is n times too large, where n is the number of {what} in "
                       "{argument}: divide by n, or take a mean where you took a sum",
    Kind.MEAN_FOR_SUM: "{name} is n times too small, where n is the number of {what} in "
                       "{argument}: do not divide by n, or take a sum where you took a mean",
    Kind.NOT_A_NUMBER: "{name} holds nan, which is not a number: something was divided by zero, "
                       "or was never set.",
    Kind.ALL_ZEROS: "{name} is all zeros, as if it was forgotten",
    Kind.RIGHT_ON_SOME: "{name} is right on {right} of {tries} tries, and wrong on the others",
    Kind.WRONG_NUMBERS: "{name} does not hold the right numbers",
}

WORDS = {
    Kind.NOT_STARTED: not_started,
    Kind.NOT_PYTHON: not_python,
    Kind.NOT_A_CLASS: not_a_class,
    Kind.NOT_A_FUNCTION: not_a_function,
    Kind.WRONG_ARGUMENTS: wrong_arguments,
    Kind.MISSING_METHOD: missing_method,
    Kind.WRONG_METHOD_ARGUMENTS: wrong_method_arguments,
    Kind.CORRECT: correct,
    Kind.MUTATED: mutated,
    Kind.KNOWN_SLIP: known_slip,
    Kind.STOPPED: stopped,
    Kind.INVALID: invalid,
    Kind.WRONG_VALUE: wrong_value,
    Kind.WRONG_SHAPE: wrong_shape,
    Kind.WRONG_FACTOR: wrong_factor,
    **dict.fromkeys(NUMBERS, wrong_numbers),
}


def error_words(site: ErrorSite) -> str:
    """Say in which line of the learner's code it stopped, and what Python said."""
    problem = site.problem
    if isinstance(problem, SyntaxError):
        code = (problem.text or "").strip()
        return f"Line {problem.lineno}, `{code}`, is not Python yet: {problem.msg}"
    said = f"{type(problem).__name__}: {simplify(problem)}".removesuffix(": ")
    if site.line is None:
        return f"It stopped with {said}"
    return f"It stopped in line {site.line}, `{site.code}`, with {said}"


def simplify(problem: BaseException) -> str:
    """Return the first line of what Python said, or plainer words for what learners meet most."""
    said = (str(problem).strip().splitlines() or [""])[0][:160]
    if "matmul" in said and "core dimension" in said:
        return ("the two arrays at @ do not fit: "
                "the columns of the first are not as many as the rows of the second")
    if "truth value of an array" in said:
        return ("an array was asked where one True or False is needed: "
                "ask one of its numbers, or add .any() or .all()")
    return "it calls itself without end" if isinstance(problem, RecursionError) else said


def invalid_words(problem: InvalidResult) -> str:
    """Say what came back, where numbers were expected; an author's own words stand as they are."""
    match problem:
        case NothingReturned():
            return "Nothing is returned. End with a line that begins with return"
        case WrongCount(args=(names, kind, count)):
            came = f"{kind_of(kind)} came" if count is None else f"{count} things came"
            return (f"{len(names)} things are expected back, but {came}. "
                    f"End with: return {', '.join(names)}")
        case RaggedRows(args=(name,)):
            return (f"{name} has rows of different lengths. "
                    "Give every row the same number of values")
        case NotNumbers(args=(name, kind, inside)):
            holding = f" holding {kind_of(inside)}" if inside else ""
            text = issubclass(kind, str)
            mend = "Leave the quotation marks out" if text else "Give a number or an array"
            return f"{name} should be numbers, but {kind_of(kind)} came{holding}. {mend}"
    return str(problem)


def kind_of(kind: type) -> str:
    """Return a type with its article, as learners know it."""
    if kind in (type(...), type(None)):
        return {type(...): "three dots", type(None): "None"}[kind]
    if issubclass(kind, int | float | np.integer | np.floating):
        return "a number"
    known = {"str": "text", "ndarray": "array", "type": "class"}
    name = known.get(kind.__name__, kind.__name__)
    return f"an {name}" if name[0] in "aeiouAEIOU" else f"a {name}"


def evidence(exercise: Exercise, found: Diagnosis, tries: list) -> str:
    """Return the smallest numbers that show it: what went in, what was expected, and what came."""
    if found.probe is None:
        return ""
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


def sentence(words: str) -> str:
    """Return words as a sentence. A name such as d_x keeps its small letter."""
    words = "The " + words[4:] if words.startswith("the ") else words
    return words if words.endswith((".", "?", ":")) else words + "."


def values_of(probe: dict) -> str:
    """Return the arguments and what is in them."""
    return ", ".join(f"{name} = {shown(x)}" for name, x in probe.items())


def shapes_of(probe: dict) -> str:
    """Return the shapes of the arguments in words."""
    return ", ".join(f"{name} {np.shape(x)}" if np.ndim(x) else f"{name} = {shown(x)}"
                     for name, x in probe.items())


def shape_of(x: np.ndarray) -> str:
    """Return a shape in words."""
    return f"shape {x.shape}" if x.ndim else "one number"


def shown(x) -> str:
    """Return numbers as Python writes them, with at most four decimals and no dust."""
    if np.ndim(x):
        return "[" + ", ".join(map(shown, x)) + "]"
    return f"{round(float(x), 4) + 0.0:.10g}"


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
