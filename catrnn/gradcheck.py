"""Nudge a weight, watch the loss."""

from typing import NamedTuple

import numpy as np

from catrnn import checks


def finite_differences(loss, param: np.ndarray, nudge: float) -> np.ndarray:
    """Return `loss()` with each entry of `param` a nudge higher, and lower: (2, *param.shape)."""
    checks.function("loss", loss)
    checks.weight_arrays(param=param)
    checks.above_zero("nudge", nudge, 1e-6)
    losses = np.empty((2, *param.shape), np.result_type(param, float))
    for i in np.ndindex(param.shape):
        value = param[i]
        try:
            param[i] = value + nudge
            losses[(0, *i)] = checks.one_number("loss()", loss())
            param[i] = value - nudge
            losses[(1, *i)] = checks.one_number("loss()", loss())
        finally:  # put back even if `loss` fails
            param[i] = value
    return losses


def numerical_gradient(loss, param: np.ndarray, nudge: float = 1e-6) -> np.ndarray:
    """Return how `loss()` changes with each entry of `param`, by central differences.

    loss: a function of no arguments that returns one number and reads `param`, which is nudged in
    place and put back; two calls an entry. The error of the formula shrinks with nudge squared,
    that of rounding grows with 1/nudge.
    """
    above, below = finite_differences(loss, param, nudge)
    return ((above - below) / (2 * nudge)).astype(param.dtype)


def one_sided_slopes(loss, param: np.ndarray, nudge: float = 1e-6) -> np.ndarray:
    """Return the slopes of `loss()` left and right of each entry of `param`: (2, *param.shape)."""
    above, below = finite_differences(loss, param, nudge)
    here = loss()
    return np.array([here - below, above - here]) / nudge


def kinks(loss, param: np.ndarray, nudge: float = 1e-6) -> np.ndarray:
    """Return for each entry of `param` whether `loss()` has a kink within a nudge of it.

    No nudge can judge such an entry. At a smooth place half the nudge halves the gap between the
    slopes to the left and to the right; at a kink it does not. Halved twice: a kink a third of a
    nudge away would pass the first time. Gaps from rounding do not count.
    """
    checks.above_zero("nudge", nudge, 1e-6)
    slopes = [one_sided_slopes(loss, param, nudge / part) for part in (1, 2, 4)]
    gap, half, quarter = (right - left for left, right in slopes)
    out_of_step = np.maximum(np.abs(gap - 2 * half), np.abs(gap - 4 * quarter))
    return out_of_step > 0.1 * np.abs(gap) + rounding(loss, param, nudge, slopes)


def rounding(loss, param: np.ndarray, nudge: float, slopes) -> float:
    """Return what slopes of rounding stay under: a thousand last digits of the loss, over nudge."""
    scale = abs(loss()) + np.abs(slopes).max(initial=0) * (1 + np.abs(param).max())
    return 1000 * float(np.finfo(param.dtype).eps) * scale / nudge


class GradientCheck(NamedTuple):
    """What the nudge says of a gradient."""

    error: float
    """The `relative_error` over the entries away from kinks; NaN if the nudge can judge none."""
    kinks: list
    """The entries at a kink, left out of the error: judge them elsewhere."""


def check_gradient(loss, param: np.ndarray, d_param: np.ndarray,
                   nudge: float = 1e-6) -> GradientCheck:
    """Compare `d_param`, said to be the gradient of `loss()` for `param`, with the nudge's.

    No verdict, NaN, where every entry is at a kink, or where all are so small that rounding could
    have made them.
    """
    checks.above_zero("nudge", nudge, 1e-6)
    rows = checks.rows("param", param)
    said = checks.same_shape("d_param", d_param, "param", rows.shape)
    at_kink, found = kinks(loss, param, nudge), numerical_gradient(loss, param, nudge)
    said, found = said.reshape(param.shape)[~at_kink], found[~at_kink]
    largest = np.abs([said, found]).max(initial=0)
    lost = at_kink.all() or 0 < largest < rounding(loss, param, nudge, largest)
    left_out = [tuple(i) for i in np.argwhere(at_kink).tolist()]
    return GradientCheck(np.nan if lost else relative_error(said, found), left_out)


def relative_error(a: np.ndarray, b: np.ndarray) -> float:
    """Return ||a - b|| / (||a|| + ||b||): 0 for equal, 1 for opposite.

    0 if both are zero, NaN if one is not finite.
    """
    a = checks.rows("a", a)
    b = checks.same_shape("b", b, "a", a.shape)
    largest = np.abs([a, b]).max()
    if not 0 < largest < np.inf:
        return 0.0 if largest == 0 else np.nan
    # else the squares of a vanished gradient are zero, and any two look equal
    a, b = a / largest, b / largest
    return float(np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b)))
