"""What is said to what may not come in, and the checks of numbers."""

import numbers as numbers_abc

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


def one_size(name: str, sizes: list, gates: int) -> None:
    """Check that cats have as many hidden units each, if their cells have gates."""
    if gates > 1 and len({*sizes}) > 1:
        raise ValueError(f"{name} is {brief(sizes)}, but cats with gates are all of one size; try "
                         f"{name}={max(sizes)}")


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
