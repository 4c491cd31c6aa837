"""What Python and NumPy say when they stop, in words that need no manual."""

import difflib
import re
from collections.abc import Callable

import numpy as np

MATRICES = ("the two arrays at @ do not fit: the columns of the first are not as many as the rows "
            "of the second")
TRUE_OR_FALSE = ("one True or False is asked for here, and an array has one for each number. Work "
                 "on all numbers at once, with np.maximum or np.where, or ask .all() or .any()")
OTHER_SHAPES = "the arrays do not fit number by number, for their shapes are {0} and {1}"
NO_GROWTH = "an array of shape {0} cannot change in place by one of shape {1}"
SQUARE = "square brackets stand behind a single number, which has no places to choose from"
LIST = "a list has no {0}: np.array(...) makes an array of it"
CALLED = ("round brackets call a function, and this is none. A place in a list or an array is "
          "asked for with square brackets")
FUNCTION = "a function was taken where its result is meant: call it, with () behind its name"
NOTHING = "None was taken for a number: the function that it comes from returns nothing"
POWER = "^ is no power; a power is written **"
TRUE_FALSE = "& and | join what is True or False: put brackets around each comparison"

PLAIN = (
    (r"matmul: .*core dimension.*size (\d+) is different from (\d+)",
     MATRICES + " ({1} and {0})"),
    (r"matmul.*core dimension", MATRICES),
    (r"shapes (\(.*?\)) and (\(.*?\)) not aligned", MATRICES + " (shapes {0} and {1})"),
    (r"matmul: Input operand", "@ stands between two arrays, and one of these is a single number"),
    (r"non-broadcastable output operand with shape (\(.*?\)) .*broadcast shape (\(.*?\))",
     NO_GROWTH),
    (r"could not be broadcast together with shapes (\(.*?\)) (\(.*?\)) (\(.*?\))", NO_GROWTH),
    (r"could not be broadcast together with (?:remapped )?shapes (\(.*?\)) (\(.*?\))",
     OTHER_SHAPES),
    (r"could not broadcast input array from shape (\(.*?\)) into shape (\(.*?\))",
     "an array of shape {0} does not fit into a place of shape {1}"),
    (r"shape mismatch|boolean index did not match",
     "the arrays do not fit: one is longer than the other"),
    (r"truth value of an array", TRUE_OR_FALSE),
    (r"bitwise_xor", POWER),
    (r"unsupported operand type\(s\) for \^", POWER),
    (r"bitwise_(and|or)|unsupported operand type\(s\) for [&|]", TRUE_FALSE),
    (r"numpy boolean (subtract|negative)",
     "True and False cannot be taken away from one another; ~ turns them round"),
    (r"Cannot cast ufunc .* to dtype\('int",
     "the array holds whole numbers, and decimals do not fit into it: make it one of floats"),
    (r"index (-?\d+) is out of bounds for axis \d+ with size (\d+)", None),
    (r"list index out of range|tuple index out of range",
     "that place is beyond the end: the list has fewer"),
    (r"too many indices for array: array is (\d+)-dimensional, but (\d+) were indexed",
     "{1} places are asked for between the brackets, but the array has only {0} axes"),
    (r"only integer scalar arrays|only integers, slices|arrays used as indices must be|"
     r"indices must be integers or slices|cannot be interpreted as an integer",
     "a whole number is wanted there, and something else came"),
    (r"invalid index to scalar variable|'(?:float|int|numpy\.float64|numpy\.int64)' object is not "
     r"subscriptable", SQUARE),
    (r"'(function|method|builtin_function_or_method)' object is not subscriptable",
     "a function is called with round brackets, and square ones stand behind it"),
    (r"'list' object has no attribute '(\w+)'", LIST),
    (r"'numpy.ndarray' object has no attribute 'append'",
     "an array cannot grow by append: begin with an empty list, []"),
    (r"'numpy.ndarray' object has no attribute '(\w+)'", "an array has no {0}"),
    (r"module 'numpy' has no attribute '(\w+)'", None),
    (r"type object '(\w+)' has no attribute '(\w+)'",
     "{0} has no {1}; what a layer keeps is called by self, as in self.{1}"),
    (r"'NoneType' object (has no attribute|is not subscriptable|is not iterable)", NOTHING),
    (r"'([\w.]+)' object has no attribute '(\w+)'", None),
    (r"object is not callable", CALLED),
    (r"unsupported operand type\(s\) for .*'(function|method)'", FUNCTION),
    (r"unsupported operand type\(s\) for .*'NoneType'", NOTHING),
    (r"unsupported operand type\(s\) for .*'list'",
     "a list cannot be reckoned with as a whole: np.array(...) makes an array of it"),
    (r"unsupported operand type\(s\) for .*'ellipsis'", "the three dots still stand there"),
    (r"unsupported operand type\(s\) for (\S+): '(\w+)' and '(\w+)'",
     "{0} does not work between these two, {1} and {2}"),
    (r"can't multiply sequence|can only concatenate list",
     "a list cannot be reckoned with as a whole: np.array(...) makes an array of it"),
    (r"object is not iterable|must be an iterable",
     "a loop was to go through a single number; range(n) counts up to n"),
    (r"(?:\w+\.)?([\w<>]+)\(\) missing \d+ required positional arguments?: (.*)",
     "{0} is called without {1}"),
    (r"(\w+)\(\) takes from (\d+) to (\d+) positional",
     "{0} takes {1} to {2} things between its brackets, and another number came"),
    (r"(?:\w+\.)?([\w<>]+)\(\) takes (\d+) positional arguments? but (\d+) (?:was|were) given",
     None),
    (r"got an unexpected keyword argument '(\w+)'", "there is no {0}= in this function"),
    (r"output array is not acceptable", "np.dot takes two arrays, and a third came"),
    (r"either both or neither of x and y",
     "np.where takes three things: a question, what to take for yes, and what for no"),
    (r"return arrays must be of ArrayType", "np.maximum compares two things, and more came"),
    (r"can only be converted to|can be converted to Python scalars|"
     r"only \w+-?\w* arrays can be converted",
     "one number is wanted there, and an array of several came"),
    (r"unhashable type: '(.*)'", "it cannot be looked up by an array or a list"),
    (r"cannot reshape array of size (\d+) into shape (\(.*?\))",
     "reshape keeps each number once, in its order, and {0} numbers do not fill the shape {1}"),
    (r"setting an array element with a sequence|inhomogeneous shape",
     "several numbers came where one is to stand"),
    (r"not enough values to unpack \(expected (\d+), got (\d+)\)",
     "{0} names stand before the =, and {1} came"),
    (r"too many values to unpack \(expected (\d+)", "{0} names stand before the =, and more came"),
    (r"zero-size array|attempt to get argm|arg is an empty sequence|iterable argument is empty",
     "there is nothing in it, so it has no largest and no smallest"),
    (r"could not convert string to float", "a text came where a number is wanted"),
    (r"all the input arrays? (dimensions|must have)",
     "the arrays that are put together do not fit"),
    (r"need at least one array", "the list of arrays is empty"),
    (r"axis (-?\d+) is out of bounds for array of dimension (\d+)",
     "there is no axis {0}: the array has {1}, counted from 0"),
    (r"read-only", "this array may not be changed: work on a copy of it"),
    (r"division by zero", "it divides by zero"),
    (r"cannot access local variable '(\w+)'|local variable '(\w+)' referenced",
     "{0} is asked for before it was given a value"),
    (r"no running event loop|maximum recursion", "it calls itself without end"),
    (r"fromiter|dtype|__array__", "NumPy can make no numbers of it"),
)
"""What is said, as a pattern, and the same in plain words; None where a function below does it."""

JARGON = ("gufunc", "ufunc", "core dimension", "broadcast", "bitwise", "operand", "scalar",
          "truth value", "ambiguous", "ndarray", "NoneType", "matmul", "positional", "subscript",
          "iterable", "callable", "object", "a sequence", "unhashable", "dtype(", "int64",
          "float64", "ArrayType", "inhomogeneous", "cast", "dimension", "attribute")
"""Words that a learner of this course has not met."""


def in_words(problem: BaseException, known: tuple = ()) -> str:
    """Return what Python said in plain words.

    known: the names that could have been meant where one is not found.
    """
    said = (str(problem).strip().splitlines() or [""])[0][:200]
    if isinstance(problem, RecursionError):
        return "it calls itself without end"
    if isinstance(problem, NameError) and not isinstance(problem, UnboundLocalError):
        return no_such_name(said, known)
    if isinstance(problem, KeyError):
        return f"there is nothing under {said}"
    for pattern, words in PLAIN:
        if found := re.search(pattern, said):
            parts = [part or "" for part in found.groups()]
            return words.format(*parts) if words else SPECIAL[pattern](problem, *parts)
    if any(word in said for word in JARGON):
        return "Python cannot do this with what it was given"
    if from_the_course(problem):
        return said
    return f"{type(problem).__name__}: {said}".removesuffix(": ")


def from_the_course(problem: BaseException) -> bool:
    """Whether it is the lesson that refused something: its words are plain already."""
    step = problem.__traceback__
    while step and step.tb_next:
        step = step.tb_next
    return bool(step) and step.tb_frame.f_globals.get("__name__", "").startswith("catrnn.")


def no_such_name(said: str, known: tuple) -> str:
    """Say that a name means nothing here, and which is near."""
    found = re.search(r"name '(\w+)'", said)
    if not found:
        return said
    return f"nothing is called {found[1]} here{meant(found[1], known)}"


def meant(name: str, known) -> str:
    """Return a question after the nearest name, or nothing."""
    near = difflib.get_close_matches(name, [k for k in known if k != name], n=1, cutoff=0.7)
    return f". Is {near[0]} meant?" if near else ""


def beyond(problem, index: str, size: str) -> str:
    """Say which place was asked for, and which there are."""
    if size == "0":
        return f"place {index} is asked for, but there is nothing in it"
    return f"place {index} is asked for, but there are {size}, counted from 0 to {int(size) - 1}"


def not_in_numpy(problem, name: str) -> str:
    """Say that NumPy has no such function, and which is near."""
    return f"np has no {name}{meant(name, [n for n in dir(np) if not n.startswith('_')])}"


def not_in_object(problem, kind: str, name: str) -> str:
    """Say that a thing keeps no such name, and which is near."""
    thing = getattr(problem, "obj", None)
    if kind in ("int", "float", "numpy.float64"):
        return f"a single number has no {name}"
    return f"{kind} has no {name}{meant(name, tuple(getattr(thing, '__dict__', {})))}"


def too_many(problem, name: str, takes: str, given: str) -> str:
    """Say how many things a function takes."""
    takes, given = int(takes), int(given)
    if f".{name}" in str(problem).split("(")[0]:  # a method: self does not count for learners
        takes, given = max(takes - 1, 0), given - 1
    nothing = "nothing" if takes == 0 else str(takes)
    return f"{name} takes {nothing} between its brackets, and {given} came"


SPECIAL: dict[str, Callable] = {
    pattern: speak for pattern, _ in PLAIN for start, speak in (
        (r"index (-?\d+) is out", beyond), (r"module 'numpy'", not_in_numpy),
        (r"'([\w.]+)' object has no attribute", not_in_object),
        (r"(?:\w+\.)?([\w<>]+)\(\) takes", too_many)) if pattern.startswith(start)
}


def of_syntax(problem: SyntaxError) -> str:
    """Say what is no Python in a line."""
    code = (problem.text or "").strip()
    if "U+2212" in str(problem.msg) or "−" in code:
        return (f"Line {problem.lineno}, `{code}`, holds the long minus − of a printed page. "
                "Type the one of the keyboard, -")
    return f"Line {problem.lineno}, `{code}`, is not Python yet: {problem.msg}"
