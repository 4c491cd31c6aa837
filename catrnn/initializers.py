"""Ways to draw first weights."""

import numpy as np

from catrnn import checks


def normal_init(rng, input_size: int, hidden_size: int) -> list:
    """Draw c_w, b, p_w of the recurrent layer, then c_w, b of the output, all standard normal, as the seed does."""
    d, h = input_size, hidden_size
    return [rng.standard_normal(shape) for shape in ((d, h), (h,), (h, h), (h, d), (d,))]


def identity_init(rng, input_size: int, hidden_size: int) -> list:
    """Draw first weights with which every gate opens at the first fish, and a step of 0.01 is not too long.

    Each line changes one thing about the seed's draw: cat k differs from the seed's cat k by these alone.
    Identity and zero biases: Le, Jaitly and Hinton, "A Simple Way to Initialize Recurrent Networks of
    Rectified Linear Units" (2015). Output variance 1 / hidden_size: He, Zhang, Ren and Sun, "Delving Deep
    into Rectifiers" (2015), less their factor 2 for gates that are shut half of the time; these are open.
    The sign and the scale of c_w are the course's own: portions are never negative, and with this scale
    the hidden state, as a vector, is about equally long for any hidden_size.
    """
    c_w, b, p_w, output_c_w, output_b = normal_init(rng, input_size, hidden_size)
    b, output_b = np.zeros_like(b), np.zeros_like(output_b)
    output_c_w = output_c_w / np.sqrt(hidden_size)
    p_w = np.eye(hidden_size)
    c_w = abs(c_w) / np.sqrt(hidden_size)
    return [c_w, b, p_w, output_c_w, output_b]


def leaky_identity_init(rng, input_size: int, hidden_size: int) -> list:
    """Draw first weights for scaled days, which may be below zero; half of the state stays each day.

    As in `identity_init`, each line changes one thing about the seed's draw. A positive c_w would not
    open every gate here, and over many days an identity adds up too much; 0.5 of it forgets. The
    values are the course's own.
    """
    c_w, b, p_w, output_c_w, output_b = normal_init(rng, input_size, hidden_size)
    b, output_b = np.zeros_like(b), np.zeros_like(output_b)
    output_c_w = output_c_w / np.sqrt(hidden_size)
    p_w = 0.5 * np.eye(hidden_size) + 0.1 * p_w
    return [c_w, b, p_w, output_c_w, output_b]


def pad(weights: list, hidden_size: int) -> list:
    """Return the five arrays of a smaller cat with zeros for more hidden units, `hidden_size` in all.

    The new units answer 0, so their gates are shut, so their weights never move: the smaller cat is not disturbed.
    """
    c_w, b, p_w, output_c_w, output_b = weights
    more = checks.integer("hidden_size", hidden_size, minimum=len(p_w)) - len(p_w)
    wider, longer = [(0, 0), (0, more)], [(0, more), (0, 0)]
    b = np.pad(np.atleast_2d(b), wider)
    return [np.pad(c_w, wider), b, np.pad(p_w, (0, more)), np.pad(output_c_w, longer), output_b]


def initialize(init, rng, input_size: int, hidden_size: int) -> list:
    """Return copies of the five arrays that `init` draws. Raises TypeError or ValueError if they do not fit."""
    d, h = input_size, hidden_size
    drawn = checks.non_empty("what init returns", init(rng, d, h), "the arrays c_w, b, p_w, output c_w, output b")
    given, expected = [np.atleast_2d(w).shape for w in drawn], [(d, h), (1, h), (h, h), (h, d), (1, d)]
    if given != expected:
        raise ValueError(f"init returns shapes {given}, but {expected} are expected; return these, in this order")
    return [np.array(w) for w in drawn]
