"""What may come in, and the one sentence that is said to what may not."""

import numpy as np


def brief(x) -> str:
    """Return what was given in one line, cut short if it is long."""
    line = " ".join(repr(x).split())
    return line if len(line) <= 60 else line[:57] + "..."


def numbers(name: str, x) -> np.ndarray:
    """Return `x` as an array of at least one float; whole numbers become floats, since small ones would wrap around.

    Raises TypeError for text, booleans and ragged lists, ValueError for nothing at all.
    """
    try:
        x = np.asarray(x)
    except ValueError:
        raise TypeError(f"{name} has rows of different lengths; give every row the same number of values") from None
    if x.size == 0:
        raise ValueError(f"{name} is empty, its shape is {x.shape}, but numbers are expected; give one such as 0.25")
    if x.dtype.kind not in "fiu":
        raise TypeError(f"{name} holds {type(x.flat[0]).__name__}, but numbers are expected; give floats such as 0.25")
    return x if x.dtype.kind == "f" else x.astype(float)


def number(name: str, value) -> float:
    """Return `value` as one finite number. Raises TypeError or ValueError."""
    value = numbers(name, value)
    if value.ndim or not np.isfinite(value):
        raise ValueError(f"{name} is {value}, but one finite number is expected; try {name}=0.5")
    return float(value)


def rows(name: str, x) -> np.ndarray:
    """Return `x` as rows of numbers, shape (..., N, D); a single row (D,) is taken as (1, D)."""
    if type(x) is np.ndarray and x.ndim > 1 and x.size and x.dtype.kind == "f":
        return x  # nearly every call, so it is answered first
    x = numbers(name, x)
    if x.ndim == 0:
        raise ValueError(f"{name} is the single number {x}, but a row is expected; write np.array([{x}])")
    return x[None] if x.ndim == 1 else x


def rows_for(name: str, x, weights_name: str, weights: np.ndarray) -> np.ndarray:
    """Return `x` as rows (..., N, D) that fit weights (..., D, H). Raises ValueError if they do not."""
    x = rows(name, x)
    if x.shape[:-2] != weights.shape[:-2] or x.shape[-1] != weights.shape[-2]:
        expected = ", ".join(map(str, (*weights.shape[:-2], "N", weights.shape[-2])))
        raise ValueError(
            f"{name} has shape {x.shape}, but {weights_name} of shape {weights.shape} needs ({expected}); "
            f"reshape {name}, or build the layer with weights of another size"
        )
    return x


def rows_for_each(name: str, x, of_what: str, n: int) -> np.ndarray:
    """Return `x` as rows (n, ..., D), all of one shape: one day, say, for each of n steps."""
    x = numbers(name, x)
    if x.ndim < 2 or len(x) != n:
        raise ValueError(f"{name} has shape {x.shape}, but ({n}, ..., D) is expected; one for each of the {of_what}")
    return x


def same_shape(name: str, x, of_name: str, shape: tuple) -> np.ndarray:
    """Return `x` as rows of exactly this shape; nothing is stretched to fit. Raises ValueError otherwise."""
    x = rows(name, x)
    if x.shape != shape:
        raise ValueError(f"{name} has shape {x.shape}, but {of_name} has {shape}; reshape {name} to {shape}")
    return x


def require_forward(memory, layer) -> None:
    """Raise RuntimeError when a layer is asked to go back before it went forward."""
    if memory is None:
        name = type(layer).__name__
        raise RuntimeError(f"{name} has no forward call to go back from; call forward first, then backward")


def weight_arrays(**arrays) -> None:
    """Check that each is an array of floats that training may change in place, and that no two share memory."""
    for name, w in arrays.items():
        if not isinstance(w, np.ndarray) or w.dtype.kind != "f":
            kind = w.dtype if isinstance(w, np.ndarray) else type(w).__name__
            raise TypeError(f"{name} is {kind}, but training needs floats to move; write np.array({name}, float)")
        if w.size == 0:
            raise ValueError(f"{name} has shape {w.shape}, so it is empty; draw it anew, with no axis of length 0")
        if not w.flags.writeable:
            raise ValueError(f"{name} is read-only, but training changes it in place; pass {name}.copy()")
    names = list(arrays)
    for i, name in enumerate(names):
        for other in names[:i]:
            if np.shares_memory(arrays[name], arrays[other]):
                raise ValueError(f"{other} and {name} are the same array, so one moves the other; pass {name}.copy()")


def one_leading(name: str, arrays: list) -> None:
    """Check that all arrays are of the same cats, so that nothing is stretched to fit. Raises ValueError otherwise."""
    leading = sorted({x.shape[:-2] for x in arrays})
    if len(leading) > 1:
        raise ValueError(f"{name} has leading axes {leading}, but one is expected; give gradients of the same cats")


def weight_shape(name: str, w: np.ndarray, *shapes: tuple) -> None:
    """Check that a weight array has one of these shapes; "D" or "H" stand for any length."""
    for shape in shapes:
        if len(shape) == w.ndim and all(isinstance(s, str) or s == n for s, n in zip(shape, w.shape, strict=True)):
            return
    expected = " or ".join("(" + ", ".join(map(str, s)) + ("," if len(s) == 1 else "") + ")" for s in shapes)
    raise ValueError(f"{name} has shape {w.shape}, but {expected} is expected; reshape {name} or draw it anew")


def by_name(name: str, d_params, of_what: str, known: set | None = None) -> dict:
    """Return gradients if they are a dict, by known names if these are given. Raises TypeError or ValueError."""
    if not isinstance(d_params, dict):
        kind = type(d_params).__name__
        raise TypeError(f"{name} is {kind}, but a dict by {of_what} is expected; give what `gradients` returns second")
    if known and not d_params.keys() <= known:
        raise ValueError(f"{name} names {sorted(d_params)}, but {sorted(known)} are expected; use these names")
    return d_params


def gradients_for(layer, d_params: dict) -> None:
    """Check that each gradient has the name and the shape of a weight of the layer. Raises TypeError or ValueError."""
    for name, d_param in by_name("d_params", d_params, "weight").items():
        param = getattr(layer, name, None)
        if type(param) is not np.ndarray:
            kind = type(layer).__name__
            raise ValueError(f"d_params names {name!r}, but {kind} has no such weight; use the weight's own name")
        if not isinstance(d_param, np.ndarray) or d_param.dtype.kind not in "fiu":
            raise TypeError(f"d_{name} is {brief(d_param)}, but an array is expected; give shape {param.shape}")
        if d_param.shape != param.shape:
            raise ValueError(f"d_{name} has shape {d_param.shape}, but {name} has {param.shape}; reshape it to that")


def learning_rate(lr, leading: tuple) -> None:
    """Check a learning rate: one number, or one for each of many cats in an array, leading + (1, 1); none below 0."""
    lr = numbers("lr", lr)
    one_a_cat = (*leading, 1, 1) if leading else ()
    if lr.ndim and lr.shape != one_a_cat:
        raise ValueError(f"lr has shape {lr.shape}, but {one_a_cat} is expected; give one number, or one a cat")
    if not (np.isfinite(lr) & (lr >= 0)).all():
        raise ValueError(f"lr is {lr}, but a learning rate is a finite number from 0 up; try 0.01")


def integer(name: str, value, minimum: int = 1, maximum: int | None = None) -> int:
    """Return `value` as an int from `minimum` to `maximum`; None is no limit. Raises TypeError or ValueError."""
    if isinstance(value, bool | np.bool_) or not isinstance(value, int | np.integer):
        raise TypeError(f"{name} is {brief(value)}, but a whole number is expected; try {name}={minimum}")
    if value < minimum:
        raise ValueError(f"{name} is {value}, but at least {minimum} is expected; try {name}={minimum}")
    if maximum is not None and value > maximum:
        raise ValueError(f"{name} is {value}, but at most {maximum} is expected; try {name}={maximum}")
    return int(value)


def integer_for_each(name: str, value, n: int) -> list:
    """Return n whole numbers from 1 up: `value` itself n times, or one each from a list of n of them."""
    many = value if isinstance(value, list | tuple) or getattr(value, "ndim", 0) else [value] * n
    if len(many) != n:
        raise ValueError(f"{name} has {len(many)} numbers, but there are {n} cats; give one number, or one a cat")
    return [integer(name, one) for one in many]


def one_number(name: str, value):
    """Return `value` if it is a single number, not an array of one. Raises TypeError otherwise."""
    if np.ndim(value) or np.asarray(value).dtype.kind not in "fiu":
        raise TypeError(f"{name} is {brief(value)}, but one number is expected; give a float such as 1.0")
    return value


def above_zero(name: str, value, example: float = 1.0):
    """Return `value` if it is a single finite number above zero. Raises TypeError or ValueError."""
    if not 0 < one_number(name, value) < np.inf:
        raise ValueError(f"{name} is {value}, but a finite number above 0 is expected; try {name}={example}")
    return value


def fraction(name: str, value) -> float:
    """Return `value` if it is a number from 0 up to, but not including, 1. Raises TypeError or ValueError."""
    if not 0 <= one_number(name, value) < 1:
        raise ValueError(f"{name} is {value}, but a number from 0 up, and under 1, is expected; try {name}=0.9")
    return value


def finite(name: str, x: np.ndarray) -> np.ndarray:
    """Return `x` if every value is a finite number. Raises ValueError if one is NaN or infinite."""
    if not np.isfinite(x).all():
        bad = x[~np.isfinite(x)].flat[0]
        raise ValueError(f"{name} contains {bad}, but every portion must be finite; mend or leave out that day")
    return x


def for_each_cat(name: str, x, leading: tuple, width: int) -> np.ndarray:
    """Return `x`, (D,), (N, D) or leading + (N, D), as leading + (N, D): cats without rows of their own share them."""
    x = finite(name, rows(name, x))
    if x.shape[:-2] not in ((), leading) or x.shape[-1] != width:
        own = f" or ({', '.join(map(str, leading))}, N, {width})" if leading else ""
        raise ValueError(f"{name} has rows of shape {x.shape}, but (N, {width}){own} is expected; reshape {name}")
    return np.broadcast_to(x, (*leading, *x.shape[-2:]))


def non_empty(name: str, things, what: str):
    """Return a list, tuple or array of at least one thing. Raises TypeError or ValueError."""
    if not isinstance(things, list | tuple | np.ndarray) or getattr(things, "ndim", 1) == 0:
        raise TypeError(f"{name} is {brief(things)}, but a list is expected; give a list of {what}")
    if len(things) == 0:
        raise ValueError(f"{name} is empty, but at least one is expected; give a list of {what}")
    return things


def require_attributes(name: str, thing, *abilities: str) -> None:
    """Check that `thing` is an object with everything that is wanted of it. Raises TypeError otherwise."""
    if isinstance(thing, type) or not all(hasattr(thing, ability) for ability in abilities):
        raise TypeError(f"{name} is {brief(thing)}, but an object with {', '.join(abilities)} is expected; build one")


def function(name: str, f) -> None:
    """Check that `f` can be called. Raises TypeError otherwise."""
    if not callable(f):
        raise TypeError(f"{name} is {brief(f)}, but a function is expected; write its name without brackets")


def generators(name: str, rng) -> None:
    """Check for one generator of random numbers, or a list of them. Raises TypeError or ValueError otherwise."""
    every = rng if isinstance(rng, list | tuple) else [rng]
    if len(every) == 0:
        raise ValueError(f"{name} is empty, but a generator for each cat is expected; try [np.random.default_rng(0)]")
    if not all(isinstance(one, np.random.Generator) for one in every):
        raise TypeError(f"{name} is {brief(rng)}, but a generator, or a list of them, is expected; try default_rng(0)")


def shared(steps: list, recurrent) -> None:
    """Check that the days were unrolled from this layer, and that it still has its arrays. Raises RuntimeError."""
    day = steps[0][0]
    for name in ("c_w", "b", "p_w"):
        if getattr(day, name) is not getattr(recurrent, name):
            raise RuntimeError(f"steps have another {name} than the cat; unroll its layer, and move {name} in place")
