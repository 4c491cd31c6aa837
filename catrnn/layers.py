"""The calculations that a network is made of, forward and back.

Legend: N sequences, D numbers a day, H hidden units. Row vectors: x @ W. A gradient has the name of
its thing with d_ in front, and its shape.

    name        in the field               symbol    shape
    c_x         current input              x_t       (..., N, D)
    p_x         previous hidden state      h_{t-1}   (..., N, H)
    c_w         input-to-hidden weights    W_xh      (..., D, H)
    p_w         hidden-to-hidden weights   W_hh      (..., H, H)
    b           bias                       b_h       (H,) for one cat, (M, 1, H) for M cats
    prev_d_x    upstream gradient          dL/d out  shape of the output

The dots are leading axes: none for one cat, (M,) for M cats side by side. Inputs and weights have
the same. A layer is shared weights and the memory of its last forward call. The line above a
method, `@checks.shapes`, says what may come in; the method is the sum and nothing else.
"""

import numpy as np

from catrnn import checks

LINEAR = {"c_w": "... D H", "b": "... 1 H"}
"""The shapes of a linear layer's weights, as `checks.shapes` reads them."""

RECURRENT = LINEAR | {"p_w": "... H H"}
"""The shapes of a recurrent layer's weights."""


def sigmoid(x):
    """Squeeze every number between 0 and 1: 1 / (1 + exp(-x)); this way no x is too large."""
    return (1 + np.tanh(x / 2)) / 2


def softmax(x):
    """Turn each row of scores into probabilities: exp(x), divided by its sum. (..., D) -> same."""
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


class Layer:
    """What every layer can do once it knows its gradients."""

    def update(self, d_params: dict) -> None:
        """Move each weight a small step against its gradient, in place. Only here does one move."""
        checks.gradients_for(self, d_params)
        for name, d_param in d_params.items():
            param = getattr(self, name)
            param -= self.lr * d_param

    def backward(self, prev_d_x):
        """Work out the gradients, move the weights, return the gradient of every input."""
        d_inputs, d_params = self.gradients(prev_d_x)
        self.update(d_params)
        return d_inputs


class RecurrentLinearLayer(Layer):
    """Today's input times its weights, plus yesterday's state times its weights, plus a bias.

    lr: learning rate, a number or (M, 1, 1). The arrays c_w, b and p_w are trained in place.
    Raises TypeError or ValueError if a shape does not fit, or an array is not one of floats that
    may be changed.
    """

    def __init__(self, lr, c_w, b, p_w):
        checks.layer(RECURRENT, lr, c_w=c_w, b=b, p_w=p_w)
        self.lr, self.c_w, self.b, self.p_w = lr, c_w, b, p_w
        self.c_x = self.p_x = None

    @checks.shapes(RECURRENT, c_x="... N D", p_x="... N H")
    def forward(self, c_x, p_x):
        """c_x (..., N, D), p_x (..., N, H) -> (..., N, H)."""
        self.c_x, self.p_x = c_x, p_x
        return c_x @ self.c_w + p_x @ self.p_w + self.b

    @checks.shapes(RECURRENT, c_x="... N D", prev_d_x="... N H")
    def gradients(self, prev_d_x):
        """prev_d_x (..., N, H) -> (d_c_x, d_p_x), {"c_w", "b", "p_w"}. Changes nothing."""
        d_c_x = prev_d_x @ self.c_w.mT
        d_p_x = prev_d_x @ self.p_w.mT
        d_c_w = self.c_x.mT @ prev_d_x
        d_p_w = self.p_x.mT @ prev_d_x
        d_b = prev_d_x.sum(axis=-2, keepdims=True).reshape(self.b.shape)
        return (d_c_x, d_p_x), {"c_w": d_c_w, "b": d_b, "p_w": d_p_w}


class LinearLayer(Layer):
    """The input times its weights, plus a bias.

    lr, c_w (..., D, H), b (H,) or (M, 1, H): as in RecurrentLinearLayer, and trained in place.
    """

    def __init__(self, lr, c_w, b):
        checks.layer(LINEAR, lr, c_w=c_w, b=b)
        self.lr, self.c_w, self.b = lr, c_w, b
        self.c_x = None

    @checks.shapes(LINEAR, c_x="... N D")
    def forward(self, c_x):
        """c_x (..., N, D) -> (..., N, H)."""
        self.c_x = c_x
        return c_x @ self.c_w + self.b

    @checks.shapes(LINEAR, c_x="... N D", prev_d_x="... N H")
    def gradients(self, prev_d_x):
        """prev_d_x (..., N, H) -> d_c_x, {"c_w", "b"}. Changes nothing."""
        d_c_x = prev_d_x @ self.c_w.mT
        d_c_w = self.c_x.mT @ prev_d_x
        d_b = prev_d_x.sum(axis=-2, keepdims=True).reshape(self.b.shape)
        return d_c_x, {"c_w": d_c_w, "b": d_b}


class ReLULayer(Layer):
    """Zero for what is below zero; everything else goes through."""

    def __init__(self):
        self.x = None

    @checks.shapes(x="... N H")
    def forward(self, x):
        """x (..., N, H) -> the same shape, nothing below zero."""
        self.x = x
        return np.maximum(0, x)

    @checks.shapes(x="... N H", prev_d_x="... N H")
    def gradients(self, prev_d_x):
        """prev_d_x (..., N, H) -> d_x, {}. At exactly zero the gate counts as shut."""
        d_x = prev_d_x * (self.x > 0)
        return d_x, {}


class SigmoidLayer(Layer):
    """Every number squeezed between 0 and 1: how far a gate is open."""

    def __init__(self):
        self.x = None

    @checks.shapes(x="... N H")
    def forward(self, x):
        """x (..., N, H) -> the same shape, from 0 to 1."""
        self.x = x
        return sigmoid(x)

    @checks.shapes(x="... N H", prev_d_x="... N H")
    def gradients(self, prev_d_x):
        """prev_d_x (..., N, H) -> d_x, {}."""
        y = sigmoid(self.x)
        d_x = prev_d_x * y * (1 - y)
        return d_x, {}


class TanhLayer(Layer):
    """Every number squeezed between -1 and 1."""

    def __init__(self):
        self.x = None

    @checks.shapes(x="... N H")
    def forward(self, x):
        """x (..., N, H) -> the same shape, from -1 to 1."""
        self.x = x
        return np.tanh(x)

    @checks.shapes(x="... N H", prev_d_x="... N H")
    def gradients(self, prev_d_x):
        """prev_d_x (..., N, H) -> d_x, {}."""
        y = np.tanh(self.x)
        d_x = prev_d_x * (1 - y * y)
        return d_x, {}


class PassLayer(Layer):
    """Everything goes through (nn.Identity): after a cell that bends its own line."""

    def __init__(self):
        self.x = None

    @checks.shapes(x="... N H")
    def forward(self, x):
        """x (..., N, H) -> x."""
        self.x = x
        return x

    @checks.shapes(x="... N H", prev_d_x="... N H")
    def gradients(self, prev_d_x):
        """prev_d_x (..., N, H) -> d_x, {}."""
        return prev_d_x, {}


class LossLayer:
    """How wrong was the guess: the mean of the squared misses, for each cat its own."""

    def __init__(self):
        self.x = None

    @checks.shapes(x="... N D", y="... N D")
    def forward(self, x, y):
        """x and y (..., N, D) -> loss (...): a guess for each answer."""
        self.x, self.y = x, y
        return np.mean((x - y) ** 2, axis=(-2, -1))

    def backward(self):
        """-> d_x (..., N, D). The first program does not divide; for one value, n is 1."""
        checks.require_forward(self.x, self)
        n = self.x.shape[-2] * self.x.shape[-1]
        return 2 * (self.x - self.y) / n


class SoftmaxLossLayer:
    """How surprising was the answer: softmax and cross-entropy in one, for each cat its own.

    x: a row of scores, any numbers. y: a row of probabilities that add up to 1; for an answer that
    is known, a single 1 among zeros. A row of zeros is no answer, and has no say. The loss is the
    mean over the answers, in nats; a bit is ln 2 of them.
    """

    def __init__(self):
        self.x = None

    @checks.shapes(x="... N D", y="... N D")
    def forward(self, x, y):
        """x and y (..., N, D) -> loss (...)."""
        self.x, self.y = x, y
        above = x - x.max(axis=-1, keepdims=True)
        log_p = above - np.log(np.exp(above).sum(axis=-1, keepdims=True))
        n = np.maximum(1, y.sum(axis=(-2, -1)))
        return -(y * log_p).sum(axis=(-2, -1)) / n

    def backward(self):
        """-> d_x (..., N, D): (p - y) / n for n answers, zero where there is none."""
        checks.require_forward(self.x, self)
        p, answered = softmax(self.x), self.y.sum(axis=-1, keepdims=True)
        n = np.maximum(1, answered.sum(axis=-2, keepdims=True))
        return (answered * p - self.y) / n
