"""What may come in, and the one sentence that is said to what may not."""

import inspect
from functools import wraps
from operator import attrgetter

import numpy as np


def wrong(name: str, given: str, expected: str, mend: str) -> str:
    """Return the sentence: what was given, what is expected, how to mend it."""
    return f"{name} {given}, but {expected} expected; {mend}"


def brief(x) -> str:
    """Return what was given in one line, cut short if it is long."""
    line = " ".join(repr(x).split())
    return line if len(line) <= 60 else line[:57] + "..."


# Numbers. Each of these raises TypeError or ValueError, and returns what it was given.


def numbers(name: str, x) -> np.ndarray:
    """Return an array of at least one float; whole numbers become floats, lest they wrap around."""
    try:
        x = np.asarray(x)
    except ValueError:
        rows = "has rows of different lengths"
        raise TypeError(f"{name} {rows}; give every row the same number of values") from None
    if x.size == 0:
        given, mend = f"is empty, its shape is {x.shape}", "give one such as 0.25"
        raise ValueError(wrong(name, given, "numbers are", mend))
    if x.dtype.kind not in "fiu":
        kind = type(x.flat[0]).__name__
        raise TypeError(wrong(name, f"holds {kind}", "numbers are", "give floats such as 0.25"))
    return x if x.dtype.kind == "f" else x.astype(float)


def finite(name: str, x) -> np.ndarray:
    """Return an array of finite floats."""
    x = numbers(name, x)
    if not np.isfinite(x).all():
        bad, mend = x[~np.isfinite(x)].flat[0], "mend or leave out that day"
        raise ValueError(f"{name} contains {bad}, but every portion must be finite; {mend}")
    return x


def number(name: str, value) -> float:
    """Return one finite number as a float."""
    value = numbers(name, value)
    if value.ndim or not np.isfinite(value):
        raise ValueError(wrong(name, f"is {value}", "one finite number is", f"try {name}=0.5"))
    return float(value)


def one_number(name: str, value):
    """Return a single number that may be NaN; an array of one is none."""
    if np.ndim(value) or np.asarray(value).dtype.kind not in "fiu":
        given, mend = f"is {brief(value)}", "give a float such as 1.0"
        raise TypeError(wrong(name, given, "one number is", mend))
    return value


def above_zero(name: str, value, example: float = 1.0):
    """Return a single finite number above zero."""
    if not 0 < one_number(name, value) < np.inf:
        mend = f"try {name}={example}"
        raise ValueError(wrong(name, f"is {value}", "a finite number above 0 is", mend))
    return value


def fraction(name: str, value):
    """Return a single number from 0 up, and under 1."""
    if not 0 <= one_number(name, value) < 1:
        expected = "a number from 0 up, and under 1, is"
        raise ValueError(wrong(name, f"is {value}", expected, f"try {name}=0.9"))
    return value


def integer(name: str, value, minimum: int = 1, maximum: int | None = None) -> int:
    """Return a whole number from `minimum` to `maximum`; None is no limit."""
    mend = f"try {name}={minimum}"
    if isinstance(value, bool | np.bool_) or not isinstance(value, int | np.integer):
        raise TypeError(wrong(name, f"is {brief(value)}", "a whole number is", mend))
    if value < minimum:
        raise ValueError(wrong(name, f"is {value}", f"at least {minimum} is", mend))
    if maximum is not None and value > maximum:
        raise ValueError(wrong(name, f"is {value}", f"at most {maximum} is", f"try {name}={maximum}"))
    return int(value)


def integer_for_each(name: str, value, n: int) -> list:
    """Return n whole numbers from 1 up: `value` n times, or one each from a list of n of them."""
    many = value if isinstance(value, list | tuple) or getattr(value, "ndim", 0) else [value] * n
    if len(many) != n:
        mend = "give one number, or one a cat"
        raise ValueError(f"{name} has {len(many)} numbers, but there are {n} cats; {mend}")
    return [integer(name, one) for one in many]


def learning_rate(name: str, lr, leading: tuple = ()) -> None:
    """Check for one number, or one for each of many cats, leading + (1, 1); none is below 0."""
    lr = numbers(name, lr)
    one_a_cat = (*leading, 1, 1) if leading else ()
    if lr.ndim and lr.shape != one_a_cat:
        mend = "give one number, or one a cat"
        raise ValueError(wrong(name, f"has shape {lr.shape}", f"{one_a_cat} is", mend))
    if not (np.isfinite(lr) & (lr >= 0)).all():
        expected = "a learning rate is a finite number from 0 up"
        raise ValueError(f"{name} is {lr}, but {expected}; try 0.01")


def optional(check, name: str, value):
    """Return what `check` makes of a value, or None if there is none."""
    return None if value is None else check(name, value)


# Rows of numbers, and days


def rows(name: str, x) -> np.ndarray:
    """Return rows of numbers, shape (..., N, D); a single row (D,) is taken as (1, D)."""
    x = numbers(name, x)
    if x.ndim == 0:
        given = f"is the single number {x}"
        raise ValueError(wrong(name, given, "a row is", f"write np.array([{x}])"))
    return x[None] if x.ndim == 1 else x


def same_shape(name: str, x, of_what: str, shape: tuple) -> np.ndarray:
    """Return rows of exactly this shape, that of `of_what`; nothing is stretched to fit."""
    x = rows(name, x)
    if x.shape != shape:
        mend = f"reshape {name} to {shape}"
        raise ValueError(f"{name} has shape {x.shape}, but {of_what} has {shape}; {mend}")
    return x


def shaped(name: str, x: np.ndarray, *wanted: tuple, mend: str = "reshape it") -> np.ndarray:
    """Return an array of one of these shapes; a letter stands for any length."""
    if not any(fits(x.shape, shape) for shape in wanted):
        expected = " or ".join(str(shape).replace("'", "") for shape in wanted)
        raise ValueError(wrong(name, f"has shape {x.shape}", f"{expected} is", mend))
    return x


def fits(shape: tuple, wanted: tuple) -> bool:
    """Return whether a shape is the one that is wanted; a letter stands for any length."""
    pairs = zip(shape, wanted, strict=False)
    return len(shape) == len(wanted) and all(n == w or isinstance(w, str) for n, w in pairs)


def for_each_cat(name: str, x, leading: tuple, width: int) -> np.ndarray:
    """Return finite rows, (D,), (N, D) or leading + (N, D), as leading + (N, D): cats may share."""
    x = finite(name, rows(name, x))
    if x.shape[:-2] not in ((), leading) or x.shape[-1] != width:
        own = f" or ({', '.join(map(str, leading))}, N, {width})" if leading else ""
        given = f"has rows of shape {x.shape}"
        raise ValueError(wrong(name, given, f"(N, {width}){own} is", f"reshape {name}"))
    return np.broadcast_to(x, (*leading, *x.shape[-2:]))


def timelines(name: str, days, minimum: int = 1) -> np.ndarray:
    """Return at least so many finite days along axis 0: a flat list of portions, or (T, N, 1)."""
    days = finite(name, np.atleast_1d(days) if np.ndim(days) else rows(name, days))
    if len(days) < minimum:
        mend = f"give at least {minimum} days"
        raise ValueError(f"{name} has {len(days)} day, but a line needs two points; {mend}")
    return days


def same_length(**series) -> None:
    """Check that all are flat and of one length: a number a year, say."""
    shapes = {name: np.shape(x) for name, x in series.items()}
    if len({*shapes.values()}) > 1 or {len(shape) for shape in shapes.values()} != {1}:
        given = ", ".join(f"{name} has shape {shape}" for name, shape in shapes.items())
        raise ValueError(f"{given}, but flat arrays of one length are expected; give a number each")


def walk(steps: list, days, h0) -> tuple:
    """Return days (T, ..., N, D) and a first state (..., N, H) that fit the steps unrolled."""
    days = numbers("days", days)
    days = days[:, None] if days.ndim == 2 else days
    recurrent, _ = steps[0]
    *leading, width, _ = recurrent.c_w.shape
    wanted = len(steps), *leading, "N", width
    shaped("days", days, wanted, mend="give one for each of the steps")
    state = (*days.shape[1:-1], recurrent.p_w.shape[-1])
    return days, same_shape("h0", h0, "the state before these days", state)


def way_back(steps: list, d_h) -> np.ndarray:
    """Return the gradient of the last hidden state, if it has the shape of that state."""
    last = getattr(steps[-1][1], "x", None)
    return d_h if last is None else same_shape("d_h", d_h, "the last hidden state", last.shape)


def shared(steps: list, recurrent) -> None:
    """Check that the days were unrolled from this layer, and that it still has its arrays."""
    day, _ = steps[0]
    for name in ("c_w", "b", "p_w"):
        if getattr(day, name) is not getattr(recurrent, name):
            mend = f"unroll its layer, and move {name} in place"
            raise RuntimeError(f"steps have another {name} than the cat; {mend}")


# Shapes, beside a layer's method


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
        own = [f"{name}.shape" for name in (*weights, *memory)]
        shapes_of_own = attrgetter(*own) if own else type
        looks = attrgetter("__class__", "dtype", "shape")
        fitted = None  # what fitted last: a training asks for the same again and again

        @wraps(method)
        def checked(self, *given, **named):
            nonlocal fitted
            try:
                seen = shapes_of_own(self), *map(looks, given)
            except AttributeError:  # a list was given, or there was no forward call
                seen = None
            if seen is None or seen != fitted or named:
                named = dict(zip(arguments, given, strict=False)) | named
                if len(given) > len(arguments) or named.keys() != {*arguments}:
                    return method(self, *given, **named)  # Python's own words for it
                given = fitting(self, weights, memory, expected, named)
                fitted = shapes_of_own(self), *map(looks, given)
            return method(self, *given)

        return checked

    return beside


def fitting(layer, weights: dict, memory: list, expected: dict, given: dict) -> list:
    """Return what was given as rows that fit a layer; `shapes` asks when it sees new shapes."""
    sizes = {}
    for name in weights:
        measure(sizes, weights[name], getattr(layer, name).shape)
    for name in memory:
        require_forward(getattr(layer, name), layer)
        sizes["..."] = getattr(layer, name).shape[:-2]
        measure(sizes, expected[name], getattr(layer, name).shape)
    found = []
    for name, x in given.items():
        found.append(rows(name, x))
        shape = found[-1].shape
        wanted = shape_of(expected[name], {"...": shape[:-2]} | sizes)
        if not fits(shape, wanted) and "N" in wanted:
            w, mend = next(iter(weights)), "or build the layer with weights of another size"
            needs = f"{w} of shape {getattr(layer, w).shape} needs ({', '.join(map(str, wanted))})"
            raise ValueError(f"{name} has shape {shape}, but {needs}; reshape {name}, {mend}")
        of_what = f"what goes with {next(iter(given))}" if len(given) > 1 else "the layer's output"
        if not fits(shape, wanted):
            same_shape(name, x, of_what, wanted)
        measure(sizes, expected[name], shape)
    return found


def shape_of(spec: str, sizes: dict) -> tuple:
    """Return the shape that "... N D" stands for; a letter that is not known yet stays a letter."""
    _, *letters = spec.split()
    return (*sizes["..."], *[int(x) if x.isdigit() else sizes.get(x, x) for x in letters])


def measure(sizes: dict, spec: str, shape: tuple) -> None:
    """Write down what the letters of "... N D" are in this shape, the dots too if they are new."""
    sizes.setdefault("...", shape[:-2])
    sizes.update(zip(reversed(spec.split()[1:]), reversed(shape), strict=False))


def require_forward(memory, layer) -> None:
    """Raise RuntimeError when a layer is asked to go back before it went forward."""
    if memory is None:
        given = f"{type(layer).__name__} has no forward call to go back from"
        raise RuntimeError(f"{given}; call forward first, then backward")


# Weights and their gradients


def weight_arrays(**arrays) -> None:
    """Check that each is an array of floats that may change in place, and that no two are one."""
    for i, (name, w) in enumerate(arrays.items()):
        if not isinstance(w, np.ndarray) or w.dtype.kind != "f":
            kind = w.dtype if isinstance(w, np.ndarray) else type(w).__name__
            mend = f"write np.array({name}, float)"
            raise TypeError(f"{name} is {kind}, but training needs floats to move; {mend}")
        if w.size == 0:
            mend = "draw it anew, with no axis of length 0"
            raise ValueError(f"{name} has shape {w.shape}, so it is empty; {mend}")
        if not w.flags.writeable:
            mend = f"pass {name}.copy()"
            raise ValueError(f"{name} is read-only, but training changes it in place; {mend}")
        for other in list(arrays)[:i]:
            if np.shares_memory(w, arrays[other]):
                same, mend = "are the same array, so one moves the other", f"pass {name}.copy()"
                raise ValueError(f"{other} and {name} {same}; {mend}")


def layer(shapes: dict, lr, **arrays) -> None:
    """Check what a layer is built from: its lr, and weights of these shapes, such as "... D H".

    A row of one cat, "... 1 H", may be written flat, (H,).
    """
    weight_arrays(**arrays)
    sizes = {}
    for name, w in arrays.items():
        sizes.setdefault("...", w.shape[:-2])
        wanted = shape_of(shapes[name], sizes)
        flat = [wanted[1:]] if shapes[name] == "... 1 H" and not sizes["..."] else []
        shaped(name, w, wanted, *flat, mend=f"reshape {name} or draw it anew")
        measure(sizes, shapes[name], w.shape)
    learning_rate("lr", lr, sizes["..."])


def by_name(name: str, d_params, of_what: str, known: set | None = None) -> dict:
    """Return gradients if they are a dict, by known names if these are given."""
    if not isinstance(d_params, dict):
        given, mend = f"is {type(d_params).__name__}", "give what `gradients` returns second"
        raise TypeError(wrong(name, given, f"a dict by {of_what} is", mend))
    if known and not d_params.keys() <= known:
        raise ValueError(wrong(name, f"names {sorted(d_params)}", f"{sorted(known)} are",
                               "use these names"))
    return d_params


def gradients_for(layer, d_params: dict) -> None:
    """Check that each gradient has the name and the shape of a weight of the layer."""
    for name, d_param in by_name("d_params", d_params, "weight").items():
        param = getattr(layer, name, None)
        if type(param) is not np.ndarray:
            given = f"d_params names {name!r}, but {type(layer).__name__} has no such weight"
            raise ValueError(f"{given}; use the weight's own name")
        if not isinstance(d_param, np.ndarray) or d_param.dtype.kind not in "fiu":
            given, mend = f"is {brief(d_param)}", f"give shape {param.shape}"
            raise TypeError(wrong(f"d_{name}", given, "an array is", mend))
        if d_param.shape != param.shape:
            given = f"d_{name} has shape {d_param.shape}, but {name} has {param.shape}"
            raise ValueError(f"{given}; reshape it to that")


def gradients_of_cats(name: str, d_params) -> dict:
    """Return gradients as rows, in dicts by layer and by weight, if all are of the same cats."""
    nested = {}
    for layer, d_layer in by_name(name, d_params, "layer").items():
        by_weight = by_name(f"{name}[{layer!r}]", d_layer, "weight")
        nested[layer] = {weight: rows(f"d_{weight}", g) for weight, g in by_weight.items()}
    leading = sorted({g.shape[:-2] for by_weight in nested.values() for g in by_weight.values()})
    if len(leading) > 1:
        given, mend = f"has leading axes {leading}", "give gradients of the same cats"
        raise ValueError(wrong(name, given, "one is", mend))
    return nested


# Other things


def non_empty(name: str, things, what: str):
    """Return a list, tuple or array of at least one thing."""
    mend = f"give a list of {what}"
    if not isinstance(things, list | tuple | np.ndarray) or getattr(things, "ndim", 1) == 0:
        raise TypeError(wrong(name, f"is {brief(things)}", "a list is", mend))
    if len(things) == 0:
        raise ValueError(wrong(name, "is empty", "at least one is", mend))
    return things


def names(name: str, given, known: tuple) -> None:
    """Check for a list, tuple or set of some of the known names."""
    if not isinstance(given, list | tuple | set) or not {*given} <= {*known}:
        raise ValueError(wrong(name, f"is {brief(given)}", "names are", f"choose from {known}"))


def require_attributes(name: str, thing, *wanted: str) -> None:
    """Check that `thing` is an object with everything that is wanted of it."""
    if isinstance(thing, type) or not all(hasattr(thing, attribute) for attribute in wanted):
        expected = f"an object with {', '.join(wanted)} is"
        raise TypeError(wrong(name, f"is {brief(thing)}", expected, "build one"))


def function(name: str, f) -> None:
    """Check that `f` can be called."""
    if not callable(f):
        mend = "write its name without brackets"
        raise TypeError(wrong(name, f"is {brief(f)}", "a function is", mend))


def generators(name: str, rng) -> None:
    """Check for one generator of random numbers, or a list of them."""
    every = rng if isinstance(rng, list | tuple) else [rng]
    if len(every) == 0:
        mend = "try [np.random.default_rng(0)]"
        raise ValueError(wrong(name, "is empty", "a generator for each cat is", mend))
    if not all(isinstance(one, np.random.Generator) for one in every):
        expected = "a generator, or a list of them, is"
        raise TypeError(wrong(name, f"is {brief(rng)}", expected, "try default_rng(0)"))
