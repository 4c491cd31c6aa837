"""Four calculations, forward and back.

Legend: N sequences, D numbers a day, H hidden units. Row vectors: x @ W. A gradient has the name of its thing with
d_ in front, and its shape.

    seed name   in the field               symbol    shape
    c_x         current input              x_t       (..., N, D)
    p_x         previous hidden state      h_{t-1}   (..., N, H)
    c_w         input-to-hidden weights    W_xh      (..., D, H)
    p_w         hidden-to-hidden weights   W_hh      (..., H, H)
    b           bias                       b_h       (H,) for one cat, (M, 1, H) for M cats
    prev_d_x    upstream gradient          dL/d out  shape of the output

The dots are leading axes: none for one cat, (M,) for M cats side by side. Inputs and weights have the same.
A layer is shared weights and the memory of its last forward call.
"""

import numpy as np

from catrnn import checks


class Layer:
    """What every layer can do once it knows its gradients."""

    def update(self, d_params: dict) -> None:
        """Move each weight a small step against its gradient, in place. The only line that moves a weight."""
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
    """Today's input times its weights, plus yesterday's hidden state times its weights, plus a bias.

    lr: learning rate, a number or (M, 1, 1). The arrays c_w, b and p_w are trained in place.
    Raises TypeError or ValueError if a shape does not fit, or an array is not one of floats that may be changed.
    """

    def __init__(self, lr, c_w, b, p_w):
        checks.weight_arrays(c_w=c_w, b=b, p_w=p_w)
        checks.weight_shape("c_w", c_w, (*c_w.shape[:-2], "D", "H"))
        *leading, _, h = c_w.shape
        checks.weight_shape("b", b, (*leading, 1, h), *([] if leading else [(h,)]))
        checks.weight_shape("p_w", p_w, (*leading, h, h))
        checks.learning_rate(lr, tuple(leading))
        self.lr, self.c_w, self.b, self.p_w = lr, c_w, b, p_w
        self.c_x = self.p_x = None

    def forward(self, c_x, p_x):
        """c_x (..., N, D), p_x (..., N, H) -> (..., N, H). Raises ValueError if a shape does not fit."""
        c_x = checks.rows_for("c_x", c_x, "c_w", self.c_w)
        p_x = checks.same_shape("p_x", p_x, "the state that goes with c_x", (*c_x.shape[:-1], self.p_w.shape[-1]))
        self.c_x, self.p_x = c_x, p_x
        return c_x @ self.c_w + p_x @ self.p_w + self.b

    def gradients(self, prev_d_x):
        """prev_d_x (..., N, H) -> (d_c_x, d_p_x), {"c_w", "b", "p_w"}. Changes nothing."""
        checks.require_forward(self.c_x, self)
        prev_d_x = checks.same_shape("prev_d_x", prev_d_x, "the layer's output", self.p_x.shape)
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
        checks.weight_arrays(c_w=c_w, b=b)
        checks.weight_shape("c_w", c_w, (*c_w.shape[:-2], "D", "H"))
        *leading, _, h = c_w.shape
        checks.weight_shape("b", b, (*leading, 1, h), *([] if leading else [(h,)]))
        checks.learning_rate(lr, tuple(leading))
        self.lr, self.c_w, self.b = lr, c_w, b
        self.c_x = None

    def forward(self, c_x):
        """c_x (..., N, D) -> (..., N, H). Raises ValueError if the shape does not fit."""
        self.c_x = checks.rows_for("c_x", c_x, "c_w", self.c_w)
        return self.c_x @ self.c_w + self.b

    def gradients(self, prev_d_x):
        """prev_d_x (..., N, H) -> d_c_x, {"c_w", "b"}. Changes nothing."""
        checks.require_forward(self.c_x, self)
        shape = (*self.c_x.shape[:-1], self.c_w.shape[-1])
        prev_d_x = checks.same_shape("prev_d_x", prev_d_x, "the layer's output", shape)
        d_c_x = prev_d_x @ self.c_w.mT
        d_c_w = self.c_x.mT @ prev_d_x
        d_b = prev_d_x.sum(axis=-2, keepdims=True).reshape(self.b.shape)
        return d_c_x, {"c_w": d_c_w, "b": d_b}


class ReLULayer(Layer):
    """Zero for what is below zero; everything else goes through."""

    def __init__(self):
        self.x = None

    def forward(self, x):
        """x (..., N, H) -> the same shape, nothing below zero."""
        self.x = checks.rows("x", x)
        return np.maximum(0, self.x)

    def gradients(self, prev_d_x):
        """prev_d_x (..., N, H) -> d_x, {}. At exactly zero the gate counts as shut, as in the field."""
        checks.require_forward(self.x, self)
        return checks.same_shape("prev_d_x", prev_d_x, "the layer's output", self.x.shape) * (self.x > 0), {}


class LossLayer:
    """How wrong was the guess: the mean of the squared misses, for each cat its own."""

    def __init__(self):
        self.x = None

    def forward(self, x, y):
        """x and y (..., N, D) -> loss (...). Raises ValueError unless the shapes are equal: a guess for each answer."""
        x = checks.rows("x", x)
        self.x, self.y = x, checks.same_shape("y", y, "the prediction", x.shape)
        return np.mean((self.x - self.y) ** 2, axis=(-2, -1))

    def backward(self):
        """-> d_x (..., N, D). The seed leaves out the division; for one value it divides by 1."""
        checks.require_forward(self.x, self)
        n = self.x.shape[-2] * self.x.shape[-1]
        return 2 * (self.x - self.y) / n
