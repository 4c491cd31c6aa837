"""Nudge a weight, watch the loss."""

import numpy as np

from catrnn import doors


def numerical_gradient(loss, param: np.ndarray, nudge: float = 1e-6) -> np.ndarray:
    """Return how `loss()` changes with each entry of `param`, by central differences: two calls an entry.

    loss: a function of no arguments that returns one number and reads `param`, which is nudged in place and put
    back. The error of the formula shrinks with nudge squared, that of rounding grows with 1/nudge.
    """
    doors.function("loss", loss)
    doors.weight_arrays(param=param)
    doors.above_zero("nudge", nudge, 1e-6)
    d_param = np.zeros_like(param)
    for i in np.ndindex(param.shape):
        value = param[i]
        try:
            param[i] = value + nudge
            above = doors.one_number("loss()", loss())
            param[i] = value - nudge
            below = doors.one_number("loss()", loss())
        finally:  # put back even if `loss` fails
            param[i] = value
        d_param[i] = (above - below) / (2 * nudge)
    return d_param


def relative_error(a: np.ndarray, b: np.ndarray) -> float:
    """Return ||a - b|| / (||a|| + ||b||): 0 for equal, 1 for opposite; 0 if both are zero, NaN if one is not finite."""
    a = doors.rows("a", a)
    b = doors.same_shape("b", b, "a", a.shape)
    largest = np.abs([a, b]).max()
    if not 0 < largest < np.inf:
        return 0.0 if largest == 0 else np.nan
    a, b = a / largest, b / largest  # else the squares of a vanished gradient are zero, and any two look equal
    return float(np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b)))
