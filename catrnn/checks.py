"""What may come in, and the one sentence that is said to what may not.

Each check raises TypeError or ValueError, or returns what it was given.
"""

import inspect
import math
import numbers as numbers_abc
from functools import partial, wraps
from operator import attrgetter

import numpy as np

MOST = 100_000
"""More days, epochs or cats than this never come to an end."""

MOST_UNITS = 4096
"""The weights from state to state of so many hidden units take 134 MB."""

SMALLEST = 1e-300
"""What is smaller is zero as soon as it is halved a few times."""


def said(name: str, given: str, expected: str, mend: str) -> str:
    """Return the sentence: what was given, what is expected, how to mend it."""
    return f"{name} {given}, but {expected} expected; {mend}"


def brief(x) -> str:
    """Return what was given in one line, cut short if it is long."""
    line = " ".join(repr(x).split())
    return line if len(line) <= 60 else line[:57] + "..."


def numbers(name: str, x) -> np.ndarray:
    """Return an array of at least one float; whole numbers become floats, lest they wrap around."""
    if type(x) is np.ndarray and x.size and x.dtype.kind == "f":
        return x  # nearly every call, so it is answered first
    if np.ma.is_masked(x):
        mend = "fill in what is masked, or leave it out"
        raise ValueError(said(name, "has values that are masked", "every number is", mend))
    try:
        x = np.asarray(x)
    except ValueError:
        mend = "give every row the same number of values"
        raise TypeError(f"{name} has rows of different lengths; {mend}") from None
    if x.size == 0:
        given = f"is empty, its shape is {x.shape}"
        raise ValueError(said(name, given, "numbers are", "give one such as 0.25"))
    if x.dtype.kind not in "fiu":
        real = numbers_abc.Real
        odd = [one for one in x.flat if not isinstance(one, real) or isinstance(one, bool)]
        given = f"holds {type(odd[0]).__name__}" if odd else "is an array of Python objects"
        mend = "give floats such as 0.25" if odd else f"write np.array({name}, float)"
        raise TypeError(said(name, given, "numbers are", mend))
    return x if x.dtype.kind == "f" else x.astype(float)


def finite(name: str, x) -> np.ndarray:
    """Return an array of finite floats."""
    x = numbers(name, x)
    if not np.isfinite(x).all():
        given = f"{name} contains {x[~np.isfinite(x)].flat[0]}"
        raise ValueError(f"{given}, but every portion must be finite; mend or leave out that day")
    return x


def number(name: str, value) -> float:
    """Return one finite number as a float."""
    value = numbers(name, value)
    if value.ndim or not np.isfinite(value):
        raise ValueError(said(name, f"is {value}", "one finite number is", f"try {name}=0.5"))
    return float(value)


def one_number(name: str, value):
    """Return a single number, which may be NaN; an array of one is none."""
    if np.ndim(value) or np.asarray(value).dtype.kind not in "fiu" or np.ma.is_masked(value):
        mend = "give a float such as 1.0"
        raise TypeError(said(name, f"is {brief(value)}", "one number is", mend))
    return value


def above_zero(name: str, value, example: float = 1.0):
    """Return a single finite number above zero."""
    if not 0 < one_number(name, value) < np.inf:
        mend = f"try {name}={example}"
        raise ValueError(said(name, f"is {value}", "a finite number above 0 is", mend))
    if value < SMALLEST:
        mend = f"try {name}={example}"
        raise ValueError(said(name, f"is {value}", f"at least {SMALLEST} is", mend))
    return value


def fraction(name: str, value):
    """Return a single number from 0 up, and under 1."""
    if not 0 <= one_number(name, value) < 1:
        expected = "a number from 0 up, and under 1, is"
        raise ValueError(said(name, f"is {value}", expected, f"try {name}=0.9"))
    return value


def integer(name: str, value, minimum: int = 1, maximum: int = MOST) -> int:
    """Return a whole number from `minimum` to `maximum`."""
    mend = f"try {name}={minimum}"
    if isinstance(value, bool | np.bool_) or not isinstance(value, int | np.integer):
        raise TypeError(said(name, f"is {brief(value)}", "a whole number is", mend))
    if value < minimum:
        raise ValueError(said(name, f"is {value}", f"at least {minimum} is", mend))
    if value > maximum:
        mend = f"try {name}={maximum}"
        raise ValueError(said(name, f"is {value}", f"at most {maximum} is", mend))
    return int(value)


def sizes(name: str, value, n: int) -> list:
    """Return n sizes of a hidden state: `value` n times, or one each from a list of n of them."""
    many = value if isinstance(value, list | tuple) or getattr(value, "ndim", 0) else [value] * n
    if len(many) != n:
        given = f"{name} has {len(many)} numbers, but there are {n} cats"
        raise ValueError(f"{given}; give one number, or one a cat")
    return [integer(name, one, maximum=MOST_UNITS) for one in many]


def learning_rate(name: str, lr, leading: tuple = ()) -> None:
    """Check for one number, or for one each of many cats, leading + (1, 1); none is below 0."""
    lr, one_a_cat = numbers(name, lr), (*leading, 1, 1) if leading else ()
    if lr.ndim and lr.shape != one_a_cat:
        given, mend = f"has shape {lr.shape}", "give one number, or one a cat"
        raise ValueError(said(name, given, f"{one_a_cat} is", mend))
    if not (np.isfinite(lr) & (lr >= 0)).all():
        given = f"{name} is {lr}"
        raise ValueError(f"{given}, but a learning rate is a finite number from 0 up; try 0.01")


def optional(check, name: str, value):
    """Return what `check` makes of a value, or None if there is none."""
    return None if value is None else check(name, value)


def rows(name: str, x) -> np.ndarray:
    """Return rows of numbers, shape (..., N, D); a single row (D,) is taken as (1, D)."""
    x = numbers(name, x)
    if x.ndim == 0:
        given, mend = f"is the single number {x}", f"write np.array([{x}])"
        raise ValueError(said(name, given, "a row is", mend))
    return x[None] if x.ndim == 1 else x


def same_shape(name: str, x, of_what: str, shape: tuple) -> np.ndarray:
    """Return rows of exactly this shape, that of `of_what`; nothing is stretched to fit."""
    x = rows(name, x)
    if x.shape != shape:
        given = f"{name} has shape {x.shape}, but {of_what} has {shape}"
        raise ValueError(f"{given}; {another_shape(name, x.shape, shape)}")
    return x


def another_shape(name: str, shape: tuple, wanted: tuple) -> str:
    """Return how to mend a shape; `reshape` is advised only where as many numbers are wanted."""
    told = str((*wanted,)).replace("'", "")
    known = [n for n in wanted if not isinstance(n, str)]
    missing = math.prod(shape) - math.prod(known)
    if len(known) < len(wanted) != len(shape):  # a letter stands for any number
        missing = math.prod(shape) % math.prod(known)
    return f"give {name} of shape {told}" if missing else f"reshape {name} to {told}"


def shaped(name: str, x: np.ndarray, spec: str, sizes: dict, mend="", needed_by="") -> np.ndarray:
    """Return an array of the shape that a spec such as "... N D" stands for.

    sizes: what each letter is, and the dots; what is new is learned from the array.
    """
    wanted = []
    for letter in spec.split():
        size = sizes.get(letter, int(letter) if letter.isdigit() else letter)
        if letter[:-1].isdigit() and letter[-1].isalpha():  # 3H: three times H
            h = sizes.get(letter[-1], letters(spec, x.shape).get(letter[-1]))
            size = letter if h is None else int(letter[:-1]) * h
        wanted += size if isinstance(size, tuple) else [size]
    pairs = zip(x.shape, wanted, strict=False)
    if len(wanted) != x.ndim or not all(n == w or isinstance(w, str) for n, w in pairs):
        told = str((*wanted,)).replace("'", "")
        expected = f"{needed_by} needs {told}" if needed_by else f"{told} is expected"
        mend = mend or another_shape(name, x.shape, wanted)
        raise ValueError(f"{name} has shape {x.shape}, but {expected}; {mend}")
    sizes |= letters(spec, x.shape)
    return x


def letters(spec: str, shape: tuple) -> dict:
    """Return what the last two letters of a spec are in this shape."""
    return dict(zip(spec.split()[:-3:-1], shape[::-1], strict=False))


def for_each_cat(name: str, x, leading: tuple, width: int) -> np.ndarray:
    """Return finite rows, (D,), (N, D) or leading + (N, D), as leading + (N, D): cats may share."""
    x = finite(name, rows(name, x))
    if x.shape[:-2] not in ((), leading) or x.shape[-1] != width:
        own = f" or ({', '.join(map(str, leading))}, N, {width})" if leading else ""
        given, expected = f"has rows of shape {x.shape}", f"(N, {width}){own} is"
        right = x.shape[-1] == width
        mend = "leave out the axes in front" if right else f"give rows of length {width}"
        raise ValueError(said(name, given, expected, mend))
    return np.broadcast_to(x, (*leading, *x.shape[-2:]))


def timelines(name: str, days, minimum: int = 1, why="a line needs two points") -> np.ndarray:
    """Return at least so many finite days along axis 0: a flat list of portions, or (T, N, 1)."""
    days = finite(name, days)
    if days.ndim == 0:
        given = f"has shape {days.shape}"
        raise ValueError(said(name, given, "a list of days is", "try [0.25, 0.5]"))
    if len(days) < minimum:
        given = f"{name} has {len(days)} day{'s' * (len(days) > 1)}, but {why}"
        raise ValueError(f"{given}; give at least {minimum} days")
    return days


def spread_out(name: str, x: np.ndarray, where: str) -> np.ndarray:
    """Return finite numbers that are not all alike: an error is measured by their spread."""
    if x.size == 0 or not finite(name, x).max() > x.min():
        expected = f"numbers that differ in {where} are"
        raise ValueError(said(name, "has no spread", expected, "give more years"))
    return x


def days_by_number(name: str, days, mend: str) -> np.ndarray:
    """Return a flat array of whole numbers, each a day counted from 0."""
    try:
        x = np.asarray(days)
    except ValueError:  # rows of different lengths
        x = np.array(None)
    if x.ndim != 1 or x.size == 0 or x.dtype.kind not in "iu" or np.ma.is_masked(days):
        raise TypeError(said(name, f"is {brief(days)}", "whole numbers are", mend))
    return x.astype(np.int64)


def same_length(**series) -> list:
    """Return arrays that are all flat and of one length: a number a year, say."""
    series = {name: numbers(name, x) for name, x in series.items()}
    shapes = {name: np.shape(x) for name, x in series.items()}
    if len({*shapes.values()}) > 1 or {len(shape) for shape in shapes.values()} != {1}:
        given = ", ".join(f"{name} has shape {shape}" for name, shape in shapes.items())
        raise ValueError(f"{given}, but flat arrays of one length are expected; give a number each")
    return [*series.values()]


def unrolled(steps) -> None:
    """Check for what `unroll` returns."""
    if type(steps) is list and steps and type(steps[0]) is type(steps[-1]) is tuple:
        return  # nearly every call, so it is answered first
    non_empty("steps", steps, "pairs, as `unroll` returns them")
    if not all(isinstance(one, tuple) and len(one) == 2 for one in steps):
        expected, mend = "a list of pairs is", "give what `unroll` returns"
        raise TypeError(said("steps", f"is {brief(steps)}", expected, mend))


def walk(steps: list, days, h0) -> tuple:
    """Return days (T, ..., N, D) and a first state (..., N, H) that fit the steps unrolled."""
    unrolled(steps)
    days, (recurrent, _) = numbers("days", days), steps[0]
    days = days[:, None] if days.ndim == 2 else days
    *leading, width, _ = recurrent.c_w.shape
    if (*days.shape[:-2], days.shape[-1]) != (len(steps), *leading, width):
        sizes = {"T": len(steps), "...": (*leading,), "D": width}
        shaped("days", days, "T ... N D", sizes, mend="give one for each of the steps")
    size = getattr(recurrent, "state_size", recurrent.p_w.shape[-2])
    state = (*days.shape[1:-1], size)
    return days, same_shape("h0", h0, "the state before these days", state)


def way_back(steps: list, d_h) -> np.ndarray:
    """Return the gradient of the last hidden state, if it has the shape of that state."""
    unrolled(steps)
    last = getattr(steps[-1][1], "x", None)
    return d_h if last is None else same_shape("d_h", d_h, "the last hidden state", last.shape)


def shared(steps: list, recurrent) -> None:
    """Check that the days were unrolled from this layer, and that it still has its arrays."""
    day, _ = steps[0]
    for name in ("c_w", "b", "p_w"):
        if getattr(day, name) is not getattr(recurrent, name):
            given = f"steps have another {name} than the cat"
            raise RuntimeError(f"{given}; unroll its layer, and move {name} in place")


def answered(name: str, n_answers: int, n_days: int, bptt_steps: int | None = None) -> None:
    """Check that there are as many days as answers, and that blame goes back past all of these."""
    if n_answers > n_days:
        given = f"{name} is for {n_answers} days, but {n_days} were walked"
        raise ValueError(f"{given}; give it for the last {n_days} days at most")
    if bptt_steps is not None and 1 < n_answers > bptt_steps:
        given = f"bptt_steps is {bptt_steps}, but the last {n_answers} days have answers"
        raise ValueError(f"{given}; try bptt_steps={n_answers}")


def every_day(target: np.ndarray, days: np.ndarray) -> None:
    """Check that every one of the days has an answer, as chunks of them need."""
    n_answers = len(target) if target.ndim == days.ndim else 1
    if target.ndim != days.ndim or n_answers != len(days):
        given = f"target is for {n_answers} of {len(days)} days"
        raise ValueError(f"{given}, but chunks need one a day; give them, or chunk=None")


def cut(n_days: int, chunk: int, bptt_steps: int | None) -> None:
    """Check that a timeline can be cut into chunks, from each of which blame goes back so far."""
    integer("n_days", n_days)
    integer("chunk", chunk, maximum=n_days)
    optional(partial(integer, minimum=chunk), "bptt_steps", bptt_steps)
    if n_days % chunk:
        given = f"chunk is {chunk}, but {n_days} days are no whole number of chunks"
        raise ValueError(f"{given}; give {n_days - n_days % chunk} days, or another chunk")


MISSING = object()
"""No argument: None may be one."""


def shapes(weights=None, /, **expected):
    """Check what a method is given: @shapes(WEIGHTS, c_x="... N D", p_x="... N H").

    A letter is the same number throughout, the dots are leading axes. weights: the shapes of the
    layer's own arrays. A name that is no argument is what the layer remembers of its forward call.
    A row (D,) is taken as (1, D). Raises RuntimeError if there was no forward call.
    """
    weights = weights or {}

    def beside(method):
        arguments = [name for name in inspect.signature(method).parameters if name != "self"]
        memory = [name for name in expected if name not in arguments]
        own = [f"{name}.shape" for name in (*list(weights)[:1], *memory)]
        own, looks = attrgetter(*own) if own else type, attrgetter("__class__", "dtype", "shape")
        fitted = None  # what fitted last: a training asks for the same again and again

        @wraps(method)
        def checked(self, x=MISSING, y=MISSING, /, **named):
            nonlocal fitted
            try:
                seen = own(self), looks(x), y is MISSING or looks(y)
            except AttributeError:  # no array was given, or there was no forward call
                seen = ()
            if seen != fitted or named:
                given = [one for one in (x, y) if one is not MISSING]
                named = dict(zip(arguments, given, strict=False)) | named
                if named.keys() != {*arguments} or len(given) > len(arguments):
                    return method(self, *given, **named)  # Python's own words for it
                x, y = [*fitting(self, weights, memory, expected, named), MISSING][:2]
                fitted = own(self), looks(x), y is MISSING or looks(y)
            return method(self, x) if y is MISSING else method(self, x, y)

        return checked

    return beside


def fitting(layer, weights: dict, memory: list, expected: dict, given: dict) -> list:
    """Return what was given as rows that fit a layer; `shapes` asks when it sees new shapes."""
    sizes, found, needed_by = {}, [], ""
    for name in (*weights, *memory):
        require_forward(getattr(layer, name), layer)
        shape = getattr(layer, name).shape
        sizes["..."] = shape[:-2] if name in memory else sizes.get("...", shape[:-2])
        sizes |= letters((weights | expected)[name], shape)
        needed_by = needed_by or f"{name} of shape {shape}"
    for name, x in given.items():
        x = rows(name, x)
        sizes.setdefault("...", x.shape[:-2])
        needed_by = "" if memory or found else needed_by
        width, wanted = x.shape[-1], sizes.get(expected[name].split()[-1], x.shape[-1])
        mend = f"give rows of length {wanted}, or build the layer with weights for rows of {width}"
        mend = mend if needed_by and width != wanted else ""
        found.append(shaped(name, x, expected[name], sizes, mend, needed_by))
    return found


def recorded(name: str, hidden) -> None:
    """Raise RuntimeError where a training was not written down epoch by epoch."""
    if hidden is None:
        raise RuntimeError(f"{name} holds no record of the epochs; train with record=True")


def require_forward(memory, layer) -> None:
    """Raise RuntimeError when a layer is asked to go back before it went forward."""
    if memory is None:
        given = f"{type(layer).__name__} has no forward call to go back from"
        raise RuntimeError(f"{given}; call forward first, then backward")


def weight_arrays(**arrays) -> None:
    """Check that each is an array of floats that may change in place, and that no two are one."""
    for i, (name, w) in enumerate(arrays.items()):
        if isinstance(w, np.ndarray) and type(w) is not np.ndarray:
            given = f"{name} is a {type(w).__name__}, a kind of array with rules of its own"
            raise TypeError(f"{given}; write np.array({name}, float)")
        if not isinstance(w, np.ndarray) or w.dtype.kind != "f":
            given = f"{name} is {getattr(w, 'dtype', type(w).__name__)}"
            mend = f"write np.array({name}, float)"
            raise TypeError(f"{given}, but training needs floats to move; {mend}")
        if w.size == 0:
            given = f"{name} has shape {w.shape}, so it is empty"
            raise ValueError(f"{given}; draw it anew, with no axis of length 0")
        if not np.isfinite(w).all():
            given = f"{name} contains {w[~np.isfinite(w)].flat[0]}, and so would every guess"
            raise ValueError(f"{given}; draw it anew")
        if not w.flags.writeable:
            given = f"{name} is read-only, but training changes it in place"
            raise ValueError(f"{given}; pass {name}.copy()")
        for other in list(arrays)[:i]:
            if np.shares_memory(w, arrays[other]):
                given = f"{other} and {name} are the same array, so one moves the other"
                raise ValueError(f"{given}; pass {name}.copy()")


def layer(shapes: dict, lr, **arrays) -> None:
    """Check what a layer is built from: its lr, and weights of these shapes, such as "... D H".

    A row of one cat, "... 1 H", may be written flat, (H,).
    """
    weight_arrays(**arrays)
    sizes = {"...": next(iter(arrays.values())).shape[:-2]}
    for name, w in arrays.items():
        flat = shapes[name].startswith("... 1 ") and not sizes["..."] and w.ndim == 1
        shaped(name, w, shapes[name][6:] if flat else shapes[name], sizes)
    learning_rate("lr", lr, sizes["..."])


def by_name(name: str, d_params, of_what: str, known: set | None = None) -> dict:
    """Return gradients if they are a dict, by known names if these are given."""
    if not isinstance(d_params, dict):
        given, mend = f"is {type(d_params).__name__}", "give what `gradients` returns second"
        raise TypeError(said(name, given, f"a dict by {of_what} is", mend))
    if known and not d_params.keys() <= known:
        given, expected = f"names {sorted(d_params)}", f"{sorted(known)} are"
        raise ValueError(said(name, given, expected, "use these names"))
    return d_params


def gradients_for(layer, d_params: dict) -> None:
    """Check that each gradient has the name and the shape of a weight of the layer."""
    for name, d_param in by_name("d_params", d_params, "weight").items():
        param = getattr(layer, name, None)
        arrays = type(d_param) is type(param) is np.ndarray
        if arrays and d_param.shape == param.shape and d_param.dtype.kind in "fiu":
            continue  # nearly every call, so it is answered first
        if type(param) is not np.ndarray:
            given = f"d_params names {name!r}, but {type(layer).__name__} has no such weight"
            raise ValueError(f"{given}; use the weight's own name")
        if not isinstance(d_param, np.ndarray) or d_param.dtype.kind not in "fiu":
            given, mend = f"is {brief(d_param)}", f"give shape {param.shape}"
            raise TypeError(said(f"d_{name}", given, "an array is", mend))
        if d_param.shape != param.shape:
            given = f"d_{name} has shape {d_param.shape}, but {name} has {param.shape}"
            raise ValueError(f"{given}; {another_shape(f'd_{name}', d_param.shape, param.shape)}")


def alike(name: str, dicts: list, of_what: str = "weight") -> None:
    """Check that all dicts of gradients have the names and the shapes of the first."""
    if all_fit(dicts):  # nearly every call, so it is answered first
        return
    first, *others = (shapes_in(by_name(name, one, of_what)) for one in dicts)
    for other in others:
        if other != first:
            given = f"{name} has shapes {first}, and then {other}"
            raise ValueError(f"{given}; give gradients of the same weights")


def all_fit(dicts: list) -> bool:
    """Return whether dicts of arrays have the names and the shapes of the first."""
    first, *others = dicts
    try:
        for one in others:
            for name, x in first.items():
                if one[name].shape != x.shape:
                    return False
        return {*map(len, dicts)} == {len(first)}
    except (AttributeError, KeyError, TypeError, IndexError):
        return False


def shapes_in(d_params: dict) -> dict:
    """Return the shapes of gradients by name, of dicts of them too."""
    return {name: shapes_in(g) if isinstance(g, dict) else np.shape(g)
            for name, g in d_params.items()}


def gradients_of_cats(name: str, d_params) -> dict:
    """Return gradients as rows, in dicts by layer and by weight, if all are of the same cats."""
    nested = {}
    for layer, d_layer in by_name(name, d_params, "layer").items():
        by_weight = by_name(f"{name}[{layer!r}]", d_layer, "weight")
        nested[layer] = {weight: rows(f"d_{weight}", g) for weight, g in by_weight.items()}
    leading = sorted({g.shape[:-2] for by_weight in nested.values() for g in by_weight.values()})
    if len(leading) > 1:
        given, mend = f"has leading axes {leading}", "give gradients of the same cats"
        raise ValueError(said(name, given, "one is", mend))
    return nested


def non_empty(name: str, things, what: str):
    """Return a list, tuple or array of at least one thing."""
    if type(things) is list and things:
        return things  # nearly every call, so it is answered first
    mend = f"give a list of {what}"
    if not isinstance(things, list | tuple | np.ndarray) or getattr(things, "ndim", 1) == 0:
        raise TypeError(said(name, f"is {brief(things)}", "a list is", mend))
    if len(things) == 0:
        raise ValueError(said(name, "is empty", "at least one is", mend))
    return things


def five(name: str, weights):
    """Return the five arrays of a cat's weights, if there are five."""
    what = "the arrays c_w, b, p_w, output c_w, output b"
    if len(non_empty(name, weights, what)) != 5:
        mend = f"give a list of {what}"
        raise ValueError(said(name, f"holds {len(weights)} things", "five are", mend))
    return weights


def names(name: str, given, known: tuple) -> None:
    """Check for a list, tuple or set of some of the known names."""
    if not isinstance(given, list | tuple | set) or not {*given} <= {*known}:
        raise ValueError(said(name, f"is {brief(given)}", "names are", f"choose from {known}"))


def require_attributes(name: str, thing, *wanted: str) -> None:
    """Check that `thing` is an object with everything that is wanted of it."""
    if isinstance(thing, type) or not all(hasattr(thing, attribute) for attribute in wanted):
        expected = f"an object with {', '.join(wanted)} is"
        raise TypeError(said(name, f"is {brief(thing)}", expected, "build one"))


def function(name: str, f) -> None:
    """Check that `f` can be called."""
    if not callable(f):
        mend = "write its name without brackets"
        raise TypeError(said(name, f"is {brief(f)}", "a function is", mend))


def draw(rng, **counts) -> None:
    """Check for a generator, and for how many numbers are drawn from it, by name."""
    if isinstance(rng, list | tuple):
        raise TypeError(said("rng", f"is {brief(rng)}", "one generator is", "try default_rng(0)"))
    generators("rng", rng)
    for name, value in counts.items():
        integer(name, value, maximum=MOST_UNITS if name.endswith("_size") else MOST)


def takes(name: str, f, *wanted: str) -> None:
    """Check that a function takes arguments of these names."""
    known = inspect.signature(f).parameters if wanted else {}
    missing = [one for one in wanted if one not in known]
    if missing and not any(one.kind is one.VAR_KEYWORD for one in known.values()):
        raise TypeError(said(name, f"takes no {' and no '.join(missing)}", "both are",
                             "try init=uniform_init"))


def one_size(name: str, sizes: list, gates: int) -> None:
    """Check that cats have as many hidden units each, if their cells have gates."""
    if gates > 1 and len({*sizes}) > 1:
        raise ValueError(f"{name} is {brief(sizes)}, but cats with gates are all of one size; try "
                         f"{name}={max(sizes)}")


def text(name: str, value, alphabet: str) -> str:
    """Return a text of at least one letter, all of them in the alphabet."""
    if not isinstance(value, str) or not value:
        mend = f"try {name}={alphabet[-1]!r}"
        raise TypeError(said(name, f"is {brief(value)}", "a text is", mend))
    strange = [letter for letter in value if letter not in alphabet]
    if strange:
        given, mend = f"holds {strange[0]!r}", f"use those of {alphabet!r}"
        raise ValueError(said(name, given, "a letter of the alphabet is", mend))
    return value


def texts(name: str, things, alphabet: str) -> None:
    """Check for a list of at least one text, each of letters of the alphabet."""
    for k, one in enumerate(non_empty(name, things, "names")):
        text(f"{name}[{k}]", one, alphabet)


def generators(name: str, rng) -> None:
    """Check for one generator of random numbers, or a list of them."""
    every = rng if isinstance(rng, list | tuple) else [rng]
    non_empty(name, every, "np.random.default_rng(0), one a cat")
    if not all(isinstance(one, np.random.Generator) for one in every):
        expected = "a generator, or a list of them, is"
        raise TypeError(said(name, f"is {brief(rng)}", expected, "try default_rng(0)"))
