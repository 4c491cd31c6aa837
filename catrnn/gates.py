"""Cells with gates: they say themselves what is kept, and what is written.

Both have the door of `RecurrentLinearLayer`: forward, gradients, update, backward, and the weights
c_w, b and p_w. Each gate has H columns of them, side by side in the order that PyTorch uses:

    cell    gates                                        c_w            b          p_w
    GRU     r reset, z keep, n new                       (..., D, 3H)   (..., 3H)  (..., H, 3H)
    LSTM    i write, f keep (forget), g new, o read      (..., D, 4H)   (..., 4H)  (..., H, 4H)

b is flat for one cat, (M, 1, 3H) for M cats. A cell bends its own line: after it stands a
`PassLayer`, where a `ReLULayer` stands after the recurrent layer.
"""

import numpy as np

from catrnn import checks
from catrnn.layers import Layer, PassLayer, sigmoid

GRU = {"c_w": "... D 3H", "b": "... 1 3H", "p_w": "... H 3H"}
LSTM = {"c_w": "... D 4H", "b": "... 1 4H", "p_w": "... H 4H"}
"""The shapes of the weights, as `checks.shapes` reads them."""


def parts(x, n: int) -> list:
    """Return n equally wide parts of the last axis: (..., nH) -> n times (..., H)."""
    h = x.shape[-1] // n
    return [x[..., k * h : (k + 1) * h] for k in range(n)]


def side_by_side(*each):
    """Return parts put back together along the last axis."""
    return np.concatenate(each, axis=-1)


class GRULayer(Layer):
    """A gated recurrent unit: z says how much of yesterday's state is kept, 1 - z what is new.

    Cho et al., "Learning Phrase Representations using RNN Encoder-Decoder" (2014), with the reset
    gate after the matrix, and z for what is kept, as in PyTorch and cuDNN. There r multiplies a
    second bias too, b_hn; here it is zero.
    """

    gates, activation = 3, PassLayer

    def __init__(self, lr, c_w, b, p_w):
        checks.layer(GRU, lr, p_w=p_w, c_w=c_w, b=b)
        self.lr, self.c_w, self.b, self.p_w = lr, c_w, b, p_w
        self.c_x = self.p_x = None

    @checks.shapes(GRU, c_x="... N D", state="... N H")
    def forward(self, c_x, state):
        """c_x (..., N, D), state (..., N, H) -> (..., N, H)."""
        self.c_x, self.p_x = c_x, state
        c_r, c_z, c_n = parts(c_x @ self.c_w + self.b, 3)
        p_r, p_z, self.p_n = parts(state @ self.p_w, 3)
        self.r = sigmoid(c_r + p_r)
        self.z = sigmoid(c_z + p_z)
        self.n = np.tanh(c_n + self.r * self.p_n)
        return self.z * state + (1 - self.z) * self.n

    @checks.shapes(GRU, c_x="... N D", prev_d_x="... N H")
    def gradients(self, prev_d_x):
        """prev_d_x (..., N, H) -> (d_c_x, d_state), {"c_w", "b", "p_w"}. Changes nothing."""
        r, z, n = self.r, self.z, self.n
        d_n = prev_d_x * (1 - z) * (1 - n * n)
        d_z = prev_d_x * (self.p_x - n) * z * (1 - z)
        d_r = d_n * self.p_n * r * (1 - r)
        d_c = side_by_side(d_r, d_z, d_n)
        d_p = side_by_side(d_r, d_z, d_n * r)

        d_c_x = d_c @ self.c_w.mT
        d_state = d_p @ self.p_w.mT + prev_d_x * z
        d_c_w = self.c_x.mT @ d_c
        d_p_w = self.p_x.mT @ d_p
        d_b = d_c.sum(axis=-2, keepdims=True).reshape(self.b.shape)
        return (d_c_x, d_state), {"c_w": d_c_w, "b": d_b, "p_w": d_p_w}


class LSTMLayer(Layer):
    """Long short-term memory: beside the state h a cell c, on whose road stands only a gate, f.

    state (..., N, 2H): h, and to its right c. The output layer sees h alone.
    Hochreiter and Schmidhuber, "Long Short-Term Memory" (1997); the gate f: Gers, Schmidhuber and
    Cummins, "Learning to Forget: Continual Prediction with LSTM" (2000).
    forget_bias: added to b for the gate f, so that it starts open. 1 after Jozefowicz, Zaremba and
    Sutskever, "An Empirical Exploration of Recurrent Network Architectures" (2015).
    """

    gates, activation = 4, PassLayer

    def __init__(self, lr, c_w, b, p_w, forget_bias: float = 1.0):
        checks.layer(LSTM, lr, p_w=p_w, c_w=c_w, b=b)
        self.lr, self.c_w, self.b, self.p_w = lr, c_w, b, p_w
        self.forget_bias = checks.number("forget_bias", forget_bias)
        self.c_x = self.p_x = None

    @property
    def state_size(self) -> int:
        """H numbers of h and H of c."""
        return 2 * self.p_w.shape[-2]

    @checks.shapes(LSTM, c_x="... N D", state="... N 2H")
    def forward(self, c_x, state):
        """c_x (..., N, D), state (..., N, 2H) -> (..., N, 2H)."""
        self.c_x, (self.p_x, self.p_c) = c_x, parts(state, 2)
        i, f, g, o = parts(c_x @ self.c_w + self.p_x @ self.p_w + self.b, 4)
        self.i, self.f, self.o = sigmoid(i), sigmoid(f + self.forget_bias), sigmoid(o)
        self.g = np.tanh(g)
        c = self.f * self.p_c + self.i * self.g
        self.bent_c = np.tanh(c)
        return side_by_side(self.o * self.bent_c, c)

    @checks.shapes(LSTM, c_x="... N D", prev_d_x="... N 2H")
    def gradients(self, prev_d_x):
        """prev_d_x (..., N, 2H) -> (d_c_x, d_state), {"c_w", "b", "p_w"}. Changes nothing."""
        i, f, g, o, bent_c = self.i, self.f, self.g, self.o, self.bent_c
        d_h, d_c = parts(prev_d_x, 2)
        d_c = d_c + d_h * o * (1 - bent_c * bent_c)
        d_i = d_c * g * i * (1 - i)
        d_f = d_c * self.p_c * f * (1 - f)
        d_g = d_c * i * (1 - g * g)
        d_o = d_h * bent_c * o * (1 - o)
        d_sum = side_by_side(d_i, d_f, d_g, d_o)

        d_c_x = d_sum @ self.c_w.mT
        d_state = side_by_side(d_sum @ self.p_w.mT, d_c * f)
        d_c_w = self.c_x.mT @ d_sum
        d_p_w = self.p_x.mT @ d_sum
        d_b = d_sum.sum(axis=-2, keepdims=True).reshape(self.b.shape)
        return (d_c_x, d_state), {"c_w": d_c_w, "b": d_b, "p_w": d_p_w}
