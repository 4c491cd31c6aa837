"""Ways to draw first weights."""

from typing import NamedTuple

import numpy as np

from catrnn import checks


class Weights(NamedTuple):
    """The five arrays of a cat in the order in which they are drawn.

    Of the recurrent layer (D, H), (H,), (H, H); of the output layer (H, D), (D,). A cell with gates
    has H columns for each of them, side by side.
    """

    c_w: np.ndarray
    b: np.ndarray
    p_w: np.ndarray
    output_c_w: np.ndarray
    output_b: np.ndarray


def normal_init(rng, input_size: int, hidden_size: int) -> Weights:
    """Draw all five arrays standard normal, as the first program does."""
    checks.draw(rng, input_size=input_size, hidden_size=hidden_size)
    d, h = input_size, hidden_size
    return Weights(*[rng.standard_normal(shape) for shape in ((d, h), (h,), (h, h), (h, d), (d,))])


def identity_init(rng, input_size: int, hidden_size: int, cured=Weights._fields) -> Weights:
    """Draw first weights with which every gate opens at the first fish, and 0.01 is no long step.

    Each line changes one array of the normal draw: cat k differs from normal_init's by these
    alone. cured: the names of those that are changed, all five if not given.
    Identity and zero biases: Le, Jaitly and Hinton, "A Simple Way to Initialize Recurrent Networks
    of Rectified Linear Units" (2015). Output variance 1 / hidden_size: He, Zhang, Ren and Sun,
    "Delving Deep into Rectifiers" (2015), less their factor 2 for gates that are shut half of the
    time; these are open. The sign and the scale of c_w are the course's own: portions are never
    negative, and with this scale the hidden state, as a vector, is about equally long for any
    hidden_size.
    """
    checks.names("cured", cured, Weights._fields)
    drawn = normal_init(rng, input_size, hidden_size)
    awake = Weights(
        c_w=abs(drawn.c_w) / np.sqrt(hidden_size),
        b=np.zeros_like(drawn.b),
        p_w=np.eye(hidden_size),
        output_c_w=drawn.output_c_w / np.sqrt(hidden_size),
        output_b=np.zeros_like(drawn.output_b),
    )
    return drawn._replace(**{name: getattr(awake, name) for name in cured})


def leaky_identity_init(rng, input_size: int, hidden_size: int) -> Weights:
    """Draw first weights for scaled days, which may be below zero; half of the state stays a day.

    As in `identity_init`, each line changes one array of the normal draw. A positive c_w would not
    open every gate here, and over many days an identity adds up too much; 0.5 of it forgets. The
    values are the course's own.
    """
    drawn = normal_init(rng, input_size, hidden_size)
    return drawn._replace(
        b=np.zeros_like(drawn.b),
        p_w=0.5 * np.eye(hidden_size) + 0.1 * drawn.p_w,
        output_c_w=drawn.output_c_w / np.sqrt(hidden_size),
        output_b=np.zeros_like(drawn.output_b),
    )


def uniform_init(rng, input_size: int, hidden_size: int, output_size: int | None = None,
                 gates: int = 1) -> Weights:
    """Draw all five arrays evenly from -1/sqrt(H) to 1/sqrt(H), for a cell with gates too.

    As PyTorch does for its nn.RNN, nn.GRU and nn.LSTM, and for an nn.Linear of H inputs.
    """
    checks.draw(rng, input_size=input_size, hidden_size=hidden_size, gates=gates)
    checks.optional(checks.integer, "output_size", output_size)
    d, h, wide, out = input_size, hidden_size, gates * hidden_size, output_size or input_size
    shapes = (d, wide), (wide,), (h, wide), (h, out), (out,)
    return Weights(*[rng.uniform(-1, 1, shape) / np.sqrt(h) for shape in shapes])


def lasting_init(n_days: int):
    """Return a way to draw as `uniform_init` does, for gates that keep for about n_days at first.

    1 - 1/n_days of the state stays a day: the logarithm of n_days - 1 is added to the bias of the
    gate that keeps, and taken from that of an LSTM's write gate. (Of a forget_bias of 1, which the
    `LSTMLayer` adds, as much is taken back.) After Tallec and Ollivier, "Can Recurrent Neural
    Networks Warp Time?" (2018), who draw a time for each unit; here all have the same.
    """
    checks.integer("n_days", n_days, minimum=2)
    lasting = np.log(n_days - 1)

    def init(rng, input_size: int, hidden_size: int, output_size: int | None = None,
             gates: int = 1) -> Weights:
        if gates not in (3, 4):
            raise ValueError(f"gates is {gates}, but a cell with 3 or 4 is expected; try "
                             f"recurrent=GRULayer, or init=uniform_init")
        drawn = uniform_init(rng, input_size, hidden_size, output_size, gates)
        bias_of = drawn.b.reshape(gates, hidden_size)  # a row a gate: the same numbers, in place
        if gates == 4:
            bias_of[0] -= lasting
            bias_of[1] += lasting - 1
        else:
            bias_of[1] += lasting
        return drawn

    return init


def pad(weights, hidden_size: int) -> Weights:
    """Return the arrays of a smaller cat with zeros for more hidden units, `hidden_size` in all.

    The new units answer 0, so their gates are shut, so their weights never move: the smaller cat is
    not disturbed. Raises ValueError if it has more units already.
    """
    c_w, b, p_w, output_c_w, output_b = checks.five("weights", weights)
    checks.integer("hidden_size", hidden_size, minimum=len(p_w), maximum=checks.MOST_UNITS)
    more = hidden_size - len(p_w)
    wider, longer = [(0, 0), (0, more)], [(0, more), (0, 0)]
    return Weights(np.pad(c_w, wider), np.pad(np.atleast_2d(b), wider), np.pad(p_w, (0, more)),
                   np.pad(output_c_w, longer), output_b)


def initialize(init, rng, input_size: int, hidden_size: int, output_size: int | None = None,
               gates: int = 1) -> Weights:
    """Return copies of the arrays that `init` draws. Raises TypeError or ValueError for others.

    output_size and gates are given to `init` by name, where they are not the first program's.
    """
    d, h, wide, out = input_size, hidden_size, gates * hidden_size, output_size or input_size
    more = {} if (out, wide) == (d, h) else {"output_size": out, "gates": gates}
    checks.takes("init", init, *more)
    drawn = checks.non_empty("what init returns", init(rng, d, h, **more),
                             "the arrays c_w, b, p_w, output c_w, output b")
    given = [np.atleast_2d(w).shape for w in drawn]
    expected = [(d, wide), (1, wide), (h, wide), (h, out), (1, out)]
    if given != expected:
        raise ValueError(f"init returns shapes {given}, but {expected} are expected; return these, "
                         f"in this order")
    return Weights(*[np.array(w) for w in drawn])


def side_by_side(cats: list) -> Weights:
    """Return the arrays of M cats stacked, (M, D, H) and so on; smaller cats are padded.

    Cats whose cells have gates must be of one size.
    """
    most = max(len(cat.p_w) for cat in cats)
    cats = [cat if len(cat.p_w) == most else pad(cat, most) for cat in cats]
    by_array = zip(*cats, strict=True)
    return Weights(*[np.stack([np.atleast_2d(w) for w in same]) for same in by_array])
