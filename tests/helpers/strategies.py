"""What Hypothesis draws for the tests: shapes and seeds; the numbers come from `default_rng(seed)`."""

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

from catrnn.gates import GRULayer, LSTMLayer
from catrnn.layers import LinearLayer, RecurrentLinearLayer
from catrnn.network import CatRNN

settings.register_profile("catrnn", derandomize=True, deadline=None, database=None, max_examples=40)
settings.load_profile("catrnn")

seeds = st.integers(0, 2**32 - 1)
sizes = st.integers(1, 5)
leading_axes = st.sampled_from([(), (1,), (3,), (2, 2)])


def bias(rng, leading, h):
    """(H,) for one cat, (..., 1, H) for many."""
    return rng.standard_normal((*leading, 1, h) if leading else (h,))


def recurrent_layer(rng, leading, d, h, lr=0.01):
    """Standard normal weights, in constructor order."""
    c_w, b = rng.standard_normal((*leading, d, h)), bias(rng, leading, h)
    return RecurrentLinearLayer(lr, c_w, b, rng.standard_normal((*leading, h, h)))


def linear_layer(rng, leading, d, h, lr=0.01):
    """Standard normal weights, in constructor order."""
    return LinearLayer(lr, rng.standard_normal((*leading, d, h)), bias(rng, leading, h))


GATES = {"plain": 1, "gru": 3, "lstm": 4}


def cell(kind, rng, leading, d, h, lr=0.01):
    """Standard normal weights, for the recurrent layer or a cell with gates."""
    wide = GATES[kind] * h
    c_w, b = rng.standard_normal((*leading, d, wide)), bias(rng, leading, wide)
    make = {"plain": RecurrentLinearLayer, "gru": GRULayer, "lstm": LSTMLayer}[kind]
    return make(lr, c_w, b, rng.standard_normal((*leading, h, wide)))


def weights_of(cat):
    """The live arrays of a cat, nested as its gradients are."""
    return {
        "recurrent": {name: getattr(cat.recurrent, name) for name in ("c_w", "b", "p_w")},
        "output": {name: getattr(cat.output, name) for name in ("c_w", "b")},
    }


def copied(nested):
    """The same dicts with copies of the arrays."""
    return {key: copied(x) if isinstance(x, dict) else x.copy() for key, x in nested.items()}


def same_bits(a, b):
    """Whether two equally nested dicts, lists or arrays agree in dtype, shape and value (NaN agrees with NaN)."""
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(same_bits(a[key], b[key]) for key in a)
    if isinstance(a, list | tuple):
        return len(a) == len(b) and all(map(same_bits, a, b))
    a, b = np.asarray(a), np.asarray(b)
    return a.shape == b.shape and a.dtype == b.dtype and np.array_equal(a, b, equal_nan=True)


def a_month(kind, seed, t=4, n=2, d=2, h=3, leading=(), out=2, answers=None, loss=None):
    """A cat with any cell, its days, an answer for each of the last (all if None) and a first state, not zero."""
    rng = np.random.default_rng(seed)
    cat = CatRNN(cell(kind, rng, leading, d, h), linear_layer(rng, leading, h, out), loss)
    days, targets = rng.standard_normal((t, *leading, n, d)), rng.standard_normal((answers or t, *leading, n, out))
    return cat, days, targets, abs(rng.standard_normal(cat.first_state(days).shape))


def an_afternoon(seed, t=4, n=2, d=2, h=3, leading=()):
    """A cat, its days, its target and a first state that is not zero; biases are not zero either.

    With leading axes, many cats: each has weights, days, a target and a first state of its own.
    """
    rng = np.random.default_rng(seed)
    cat = CatRNN(recurrent_layer(rng, leading, d, h), linear_layer(rng, leading, h, d))
    days, target = rng.standard_normal((t, *leading, n, d)), rng.standard_normal((*leading, n, d))
    return cat, days, target, abs(rng.standard_normal((*leading, n, h)))
