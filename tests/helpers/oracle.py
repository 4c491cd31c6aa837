"""An independent witness: the same network restated with autograd, in a loop of its own, with no line of catrnn."""

import autograd.numpy as np
from autograd import grad, value_and_grad

ROUNDING = 1e-10
"""Two exact ways to the same gradient differ by rounding alone: some 1e-15 a sum, with room for cancelling."""

NUDGING = 1e-7
"""Central differences with a nudge of 1e-6 keep about nine digits of sixteen, with room for cancelling."""


def day(weights, x, h):
    """One day: x (N, D) and the state before (N, H) -> the state after. The kink counts as shut."""
    z = np.dot(x, weights["c_w"]) + np.dot(h, weights["p_w"]) + weights["b"]
    return np.where(z > 0, z, 0.0)


def walk(weights, days, h):
    """Every day in turn; return the last state."""
    for x in days:
        h = day(weights, x, h)
    return h


def loss(params, days, target, h0):
    """Mean squared miss of one cat. params: {"recurrent": {"c_w", "b", "p_w"}, "output": {"c_w", "b"}}."""
    h = walk(params["recurrent"], days, h0)
    return np.mean((np.dot(h, params["output"]["c_w"]) + params["output"]["b"] - target) ** 2)


def loss_and_gradient(params, days, target, h0):
    """The loss and its gradient for every weight, as nested as params."""
    return value_and_grad(loss)(params, days, target, h0)


def gradient_of_last_days(params, days, target, h0, bptt_steps):
    """The gradient when error goes back `bptt_steps` days only: the state before them is taken as a constant."""
    first = max(0, len(days) - bptt_steps)
    constant = walk(params["recurrent"], days[:first], h0)
    return grad(loss)(params, days[first:], target, constant)


def gradient_of_first_state(params, days, target, h0):
    """The gradient of the loss for h0."""
    return grad(loss, 3)(params, days, target, h0)


def gradient_of_each_day(params, days, target, h0):
    """The blame of each day's use of the weights, oldest first: as if every day had weights of its own."""

    def with_own_weights(each, days, target, h):
        for weights, x in zip(each, days, strict=True):
            h = day(weights, x, h)
        return np.mean((np.dot(h, params["output"]["c_w"]) + params["output"]["b"] - target) ** 2)

    return grad(with_own_weights)([params["recurrent"]] * len(days), days, target, h0)


def nudged(f, x, nudge=1e-6):
    """How f() changes with each entry of x, by central differences; x is put back."""
    d_x = np.zeros(x.shape)
    for i in np.ndindex(*x.shape):
        kept = x[i].copy()
        x[i] = kept + nudge
        above = f()
        x[i] = kept - nudge
        d_x[i] = (above - f()) / (2 * nudge)
        x[i] = kept
    return d_x


def apart(a, b):
    """How far two arrays of one shape are from each other, by their length: 0 for equal."""
    assert np.shape(a) == np.shape(b)
    length = max(np.linalg.norm(a), np.linalg.norm(b))
    return np.linalg.norm(a - b) / length if length else 0.0


def furthest(a, b):
    """The largest `apart` over two equally nested dicts or lists of arrays."""
    if isinstance(a, dict):
        assert a.keys() == b.keys()
        return max(furthest(a[key], b[key]) for key in a)
    if isinstance(a, list):
        return max(furthest(x, y) for x, y in zip(a, b, strict=True))
    return apart(a, b)
