"""First stage: is there something that can be run, and may it be the answer."""

import difflib
import inspect

from catrnn.lab.exercises.exercise import Exercise
from catrnn.lab.exercises.findings import Diagnosis, Kind
from catrnn.lab.exercises.learner_code import compile_text, error_site, is_stub


def prepare(exercise: Exercise, answer):
    """Return the function, class or value that can be run, or the Diagnosis that says why not."""
    if isinstance(answer, str) and exercise.kind != "value":
        try:
            answer = compile_text(answer)
        except KeyboardInterrupt:
            raise
        except BaseException as problem:  # a learner's text may raise anything
            return Diagnosis(Kind.NOT_PYTHON, facts={"site": error_site(problem, answer)})
    if not_started(exercise, answer):
        return Diagnosis(Kind.NOT_STARTED)
    return wrong_kind(exercise, answer) or answer


def not_started(exercise: Exercise, answer) -> bool:
    """Whether the three dots still stand where the answer will be."""
    if answer is None or answer is ...:
        return True
    if exercise.kind == "class" and isinstance(answer, type):
        return inherits(exercise, answer) or is_stub(getattr(answer, exercise.method, None))
    return exercise.kind == "function" and is_stub(answer)


def inherits(exercise: Exercise, answer) -> bool:
    """Whether a learner's class leaves the method of the exercise as the course wrote it."""
    own, course = (getattr(one, exercise.method, None) for one in (answer, exercise.reference))
    return answer is not exercise.reference and own is course


def wrong_kind(exercise: Exercise, answer) -> Diagnosis | None:
    """Return what is wrong with the kind of a thing that was given, if anything is."""
    is_class = isinstance(answer, type)
    if exercise.kind == "class":
        if not is_class:
            return Diagnosis(Kind.NOT_A_CLASS, facts={"given": type(answer)})
        return wrong_class(exercise, answer)

    if exercise.kind == "function":
        if is_class or not callable(answer):
            return Diagnosis(Kind.NOT_A_FUNCTION, facts={"given": type(answer)})
        return wrong_function(exercise, answer)

    return None  # a value may be anything


def wrong_function(exercise: Exercise, answer) -> Diagnosis | None:
    """Return whether a function cannot take the arguments of the task."""
    names = list(exercise.signature or exercise.axes)
    if takes(answer, names):
        return None
    return Diagnosis(Kind.WRONG_ARGUMENTS, facts={"names": names})


def wrong_class(exercise: Exercise, answer: type) -> Diagnosis | None:
    """Return what a class lacks of what the exercise's own class can do, if anything."""
    methods = ("forward", "gradients", "update", "backward")
    if exercise.layer or exercise.also:  # built whole; a layer before 05 without a way back
        methods = ("forward", exercise.method)
    missing = [name for name in methods if not hasattr(answer, name)]
    if missing:
        own = [name for name, thing in vars(answer).items()
               if callable(thing) and not name.startswith("__")]
        near = difflib.get_close_matches(missing[0].lower(), own, n=1, cutoff=0.6)
        return Diagnosis(Kind.MISSING_METHOD, slip="misspelt" if near else "", facts={
            "method": missing[0], "name": answer.__name__, "near": near,
            "names": names_of(exercise, missing[0])})

    for method in dict.fromkeys(("forward", exercise.method, *exercise.also)):
        if not hasattr(answer, method):
            continue
        names = names_of(exercise, method)
        given = list(inspect.signature(getattr(answer, method)).parameters)
        if not takes(getattr(answer, method), names):
            return Diagnosis(Kind.WRONG_METHOD_ARGUMENTS, slip="arguments of a method", facts={
                "method": method, "names": names, "given": given})
    return None


def names_of(exercise: Exercise, method: str) -> list:
    """Return what a method of the course's class takes, self included."""
    return list(inspect.signature(getattr(exercise.reference, method)).parameters)


def takes(function, names: list) -> bool:
    """Whether a function can be called with so many arguments."""
    try:
        inspect.signature(function).bind(*names)
    except TypeError:
        return False
    except ValueError:  # some functions written in C do not tell what they take
        return True
    return True
