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


def logistic(x):
    """Between 0 and 1, as textbooks write it."""
    return 1 / (1 + np.exp(-x))


def gru(weights, x, h):
    """One day of a GRU, gate by gate, each with the columns of its own: reset, keep, new."""
    w, u, b = (np.split(weights[name], 3, axis=-1) for name in ("c_w", "p_w", "b"))
    reset = logistic(np.dot(x, w[0]) + b[0] + np.dot(h, u[0]))
    keep = logistic(np.dot(x, w[1]) + b[1] + np.dot(h, u[1]))
    new = np.tanh(np.dot(x, w[2]) + b[2] + reset * np.dot(h, u[2]))
    return new + keep * (h - new)


def lstm(weights, x, state):
    """One day of an LSTM whose forget gate has a bias of 1 more: write, keep, new, read; state: h and c in one row."""
    w, u, b = (np.split(weights[name], 4, axis=-1) for name in ("c_w", "p_w", "b"))
    h, c = np.split(state, 2, axis=-1)
    write, keep, new, read = (np.dot(x, w[k]) + np.dot(h, u[k]) + b[k] for k in range(4))
    c = c * logistic(keep + 1) + logistic(write) * np.tanh(new)
    return np.concatenate([logistic(read) * np.tanh(c), c], axis=-1)


CELLS = {"plain": day, "gru": gru, "lstm": lstm}


def squared(guesses, answers):
    """The mean squared miss."""
    return np.mean((guesses - answers) ** 2)


def surprise(scores, answers):
    """Cross-entropy in nats, the mean over the rows that are answered: those that are not all zeros."""
    log_p = scores - np.log(np.sum(np.exp(scores), axis=-1, keepdims=True))
    return -np.sum(answers * log_p) / max(1, np.sum(answers))


def loss_of_answers(params, days, answers, h, cell="plain", how=squared):
    """Every day in turn; the last of them, as many as there are answers, are answered, each on its own."""
    guesses = []
    for x in days:
        h = CELLS[cell](params["recurrent"], x, h)
        seen = h[..., : len(params["output"]["c_w"])]
        guesses.append(np.dot(seen, params["output"]["c_w"]) + params["output"]["b"])
    return how(np.array(guesses[-len(answers):]), answers)


def gradient_of_answers(params, days, answers, h, cell="plain", how=squared, bptt_steps=None):
    """Loss and gradient; the state bptt_steps days before the end is taken as a constant."""
    first = max(0, len(days) - (bptt_steps or len(days)))
    for x in days[:first]:
        h = CELLS[cell](params["recurrent"], x, h)
    return value_and_grad(loss_of_answers)(params, days[first:], answers, h, cell, how)


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
