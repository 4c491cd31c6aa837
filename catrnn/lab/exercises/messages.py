"""Fourth stage: all that a learner reads of an answer. A function for each kind of finding."""

import numpy as np

from catrnn.lab.exercises.compare import same
from catrnn.lab.exercises.exercise import Exercise
from catrnn.lab.exercises.findings import Diagnosis, Kind
from catrnn.lab.exercises.shown import (
    SHOWN,
    arrays,
    error_words,
    evidence,
    invalid_words,
    kind_of,
    result_of,
    sentence,
    shape_of,
    shapes_of,
    shown,
    values_of,
)
from catrnn.lab.exercises.told_changes import alias, borrowed, looking, mended


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
    method, near = found.facts["method"], found.facts["near"]
    if near:
        return f"There is no {method}; is {near[0]} meant to be it? Call it {method}."
    if exercise.layer:
        names = ", ".join(found.facts["names"])
        return f"It has no {method} yet. Write it in the class: def {method}({names}):"
    rest = f"class {found.facts['name']}({exercise.reference.__name__})"
    return f"It has no {method}. Take the rest from the course: {rest}."


def wrong_method_arguments(exercise, found, tries) -> str:
    method, names, given = (found.facts[key] for key in ("method", "names", "given"))
    right = f"def {method}({', '.join(names)}):"
    if names[:1] == ["self"] and given[:1] != ["self"]:
        return f"self is missing in the brackets of {method}. Write {right}"
    more = [name for name in given if name not in names]
    if names == ["self"] and more:
        return (f"{method} is given nothing between its brackets: leave {' and '.join(more)} out, "
                f"and write {right} What forward kept is called by self.")
    return f"{method} cannot be called as the task says. Write {right}"


def correct(exercise, found, tries) -> str:
    return exercise.on_success


def unused(exercise, found, tries) -> str:
    """Say which arguments no line asks for."""
    names = found.facts["names"]
    several = " and ".join(names)
    words = f"{several} {'come' if len(names) > 1 else 'comes'} in, and no line asks for "
    words += "them." if len(names) > 1 else "it."
    if found.probe is not None and tries[found.probe].got.error:
        return f"{words} {stopped(exercise, found, tries)}"
    return f"{words} {evidence(exercise, found, tries)}".strip()


def no_difference(exercise, found, tries) -> str:
    """Say what makes no difference, and should."""
    names, result = found.facts["names"], exercise.returns[found.part]
    if len(names) == len(exercise.axes):
        words = f"{result} is the same whatever comes in"
    else:
        several = " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
        does = "does" if len(names) == 1 else "do"
        words = f"{several} should make a difference to {result}, and {does} not"
    return f"{sentence(words)} {evidence(exercise, found, tries)}"


def rounded(exercise, found, tries) -> str:
    """Say to how many places a result is rounded."""
    places = found.facts["places"]
    many = f"{places} decimals" if places > 1 else "1 decimal"
    result = exercise.returns[found.part]
    return sentence(f"{result} is right, but rounded to {many}. Leave the rounding out")


def mutated(exercise, found, tries) -> str:
    """Say which argument was changed in place, and where."""
    probe, _, got = tries[found.probe]
    name, now = got.mutated
    was, is_now = (shown(x) if np.size(x) <= SHOWN else "other numbers" for x in (probe[name], now))
    words = f"{name} is changed in place: it was {was}, and after the call it is {is_now}. "
    if exercise.mutates:
        return (words + f"Only {' and '.join(exercise.mutates)} may change. "
                "Are the arguments in the order of the task?")
    if site := found.facts.get("site"):
        words += f"That is line {site[0]}, `{site[1]}`. "
    return (f"{words}Whoever gave it still needs it. Work on a copy: begin with {name} = "
            f"{name}.copy().")


def known_slip(exercise, found, tries) -> str:
    words = sentence(" Or: ".join(dict.fromkeys(slip.words for slip in found.slips)))
    return f"{words} {evidence(exercise, found, tries)}".strip()


def stopped(exercise, found, tries) -> str:
    """Say where it stopped, and on what."""
    probe, _, got = tries[found.probe or 0]
    given = values_of(probe) if exercise.lists else f"the shapes {shapes_of(probe)}"
    said = str(got.error.problem)
    more = next((words for piece, words in exercise.when_stopped.items() if piece in said), "")
    known = (*exercise.axes, *exercise.signature)
    return f"{sentence(error_words(got.error, known))} {more or f'It was given {given}.'}"


def invalid(exercise, found, tries) -> str:
    return sentence(invalid_words(tries[found.probe].got.invalid))


def wrong_value(exercise, found, tries) -> str:
    """Say which way a number is wrong, and where help is."""
    _, expected, got = arrays(found, tries)
    help_ = f'hint("{exercise.name}", 1) helps.'
    if exercise.choices:
        wrong = [k for k, (right, came) in enumerate(zip(
            tries[0].expected.parts, tries[0].got.parts, strict=True)) if not same(right, came)]
        names = ", ".join(f"{exercise.returns[k]} ({result_of(exercise, tries[0].got.parts[k])})"
                          for k in wrong)
        return f"Not what becomes of it: {names}. Look once more at what tells it. {help_}"
    if got.ndim:
        return f"That is not it. {evidence(exercise, found, tries)} {help_}"
    way = "high" if got > expected else "low"
    return f"That is too {way}. {evidence(exercise, found, tries)} {help_}"


def wrong_shape(exercise, found, tries) -> str:
    """Say that the shape is not right, and whether the numbers are."""
    probe, expected, got = arrays(found, tries)
    name = exercise.returns[found.part]
    shapes = f"expected {shape_of(expected)}, got {shape_of(got)}, for {shapes_of(probe)}."
    if expected.ndim and not got.ndim:
        return sentence(f"{name} is one number, and {shape_of(expected)} is wanted, for "
                        f"{shapes_of(probe)}. Is there a sum, a mean or a largest too many?")
    if got.T.shape == expected.shape and same(expected, got.T):
        return sentence(f"{name} is turned on its side: {shapes}")
    if got.size == expected.size and same(expected.ravel(), got.ravel()):
        return sentence(f"The numbers in {name} are right, but not its shape: {shapes}")
    return sentence(f"The shape of {name} is not right: {shapes}")


def wrong_numbers(exercise, found, tries) -> str:
    """Say what is wrong with all numbers of a result, and show the smallest that are."""
    words = NUMBERS[found.kind].format(name=exercise.returns[found.part], **found.facts)
    return f"{sentence(words)}{line_of(found)} {evidence(exercise, found, tries)}"


def wrong_factor(exercise, found, tries) -> str:
    """Say by how much a result is too large or too small, and show it."""
    factor = found.facts["factor"]
    times, way = (factor, "large") if factor > 1 else (1 / factor, "small")
    words = f"{exercise.returns[found.part]} is {times:.4g} times too {way}"
    return f"{sentence(words)}{line_of(found)} {evidence(exercise, found, tries)}"


def line_of(found) -> str:
    """Return the line of which a change mends the numbers, where one does."""
    mend = found.facts.get("mend")
    return f" {looking(mend.places)}" if mend else ""


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
    Kind.BORROWED: borrowed,
    Kind.MENDED: mended,
    Kind.ALIAS: alias,
    Kind.UNUSED: unused,
    Kind.NO_DIFFERENCE: no_difference,
    Kind.ROUNDED: rounded,
    Kind.STOPPED: stopped,
    Kind.INVALID: invalid,
    Kind.WRONG_VALUE: wrong_value,
    Kind.WRONG_SHAPE: wrong_shape,
    Kind.WRONG_FACTOR: wrong_factor,
    **dict.fromkeys(NUMBERS, wrong_numbers),
}
