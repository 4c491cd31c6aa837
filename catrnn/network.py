"""The four layers wired into one cat, or into many side by side."""

import numpy as np

from catrnn import doors
from catrnn.bptt import backward_through_time, sum_days, unroll, walk
from catrnn.layers import LinearLayer, LossLayer, RecurrentLinearLayer, ReLULayer


def seed_weights(rng, input_size: int, hidden_size: int) -> list:
    """Draw c_w, b, p_w of the recurrent layer, then c_w, b of the output, all standard normal, as the seed does."""
    d, h = input_size, hidden_size
    return [rng.standard_normal(shape) for shape in ((d, h), (h,), (h, h), (h, d), (d,))]


def awake_weights(rng, input_size: int, hidden_size: int) -> list:
    """Draw first weights with which every gate opens at the first fish, and a step of 0.01 is not too long.

    Each line changes one thing about the seed's draw: cat k differs from the seed's cat k by these alone.
    Identity and zero biases: Le, Jaitly and Hinton, "A Simple Way to Initialize Recurrent Networks of
    Rectified Linear Units" (2015). Output variance 1 / hidden_size: He, Zhang, Ren and Sun, "Delving Deep
    into Rectifiers" (2015), less their factor 2 for gates that are shut half of the time; these are open.
    The sign and the scale of c_w are the course's own: portions are never negative, and with this scale
    the hidden state, as a vector, is about equally long for any hidden_size.
    """
    c_w, b, p_w, output_c_w, output_b = seed_weights(rng, input_size, hidden_size)
    b, output_b = np.zeros_like(b), np.zeros_like(output_b)
    output_c_w = output_c_w / np.sqrt(hidden_size)
    p_w = np.eye(hidden_size)
    c_w = abs(c_w) / np.sqrt(hidden_size)
    return [c_w, b, p_w, output_c_w, output_b]


def fading_weights(rng, input_size: int, hidden_size: int) -> list:
    """Draw first weights for scaled days, which may be below zero; half of the state stays each day.

    As in `awake_weights`, each line changes one thing about the seed's draw. A positive c_w would not
    open every gate here, and over many days an identity adds up too much; 0.5 of it forgets. The
    values are the course's own.
    """
    c_w, b, p_w, output_c_w, output_b = seed_weights(rng, input_size, hidden_size)
    b, output_b = np.zeros_like(b), np.zeros_like(output_b)
    output_c_w = output_c_w / np.sqrt(hidden_size)
    p_w = 0.5 * np.eye(hidden_size) + 0.1 * p_w
    return [c_w, b, p_w, output_c_w, output_b]


def pad(weights: list, hidden_size: int) -> list:
    """Return the five arrays of a smaller cat with zeros for more hidden units, `hidden_size` in all.

    The new units answer 0, so their gates are shut, so their weights never move: the smaller cat is not disturbed.
    """
    c_w, b, p_w, output_c_w, output_b = weights
    more = doors.whole("hidden_size", hidden_size, least=len(p_w)) - len(p_w)
    wider, longer = [(0, 0), (0, more)], [(0, more), (0, 0)]
    b = np.pad(np.atleast_2d(b), wider)
    return [np.pad(c_w, wider), b, np.pad(p_w, (0, more)), np.pad(output_c_w, longer), output_b]


def draw(weights, rng, input_size: int, hidden_size: int) -> list:
    """Return copies of the five arrays that `weights` draws. Raises TypeError or ValueError if they do not fit."""
    d, h = input_size, hidden_size
    drawn = doors.listed("what weights returns", weights(rng, d, h), "the arrays c_w, b, p_w, output c_w, output b")
    given, expected = [np.atleast_2d(w).shape for w in drawn], [(d, h), (1, h), (h, h), (h, d), (1, d)]
    if given != expected:
        raise ValueError(f"weights returns shapes {given}, but {expected} are expected; return these, in this order")
    return [np.array(w) for w in drawn]


class CatRNN:
    """A cat's brain: recurrent layer and ReLU day after day, one output layer at the end, a loss.

    recurrent, output: any layers with the same door as those of `catrnn.layers`; a learner's own too.
    """

    def __init__(self, recurrent, output):
        doors.able("recurrent", recurrent, "forward", "gradients", "update", "c_w", "b", "p_w")
        doors.able("output", output, "forward", "gradients", "update", "c_w", "b")
        r, o = recurrent, output
        doors.weight_arrays(c_w=r.c_w, b=r.b, p_w=r.p_w, output_c_w=o.c_w, output_b=o.b)
        doors.weight_shape("output_c_w", output.c_w, (*recurrent.p_w.shape[:-1], "D"))
        self.recurrent, self.relu, self.output, self.loss = recurrent, ReLULayer(), output, LossLayer()

    @classmethod
    def random(cls, rng, hidden_size, learning_rate=0.01, weights=seed_weights, input_size: int = 1):
        """Return a cat with first weights drawn from `rng`; from a list of M generators, M cats side by side.

        hidden_size: a number, or for M cats a list of them; then the smaller are padded with zeros, see `pad`.
        weights: a function of (rng, input_size, hidden_size) that draws the five arrays. Cat k of many has exactly
        the weights of the single cat drawn from its generator.
        """
        doors.generators("rng", rng)
        many = isinstance(rng, list | tuple)
        sizes = doors.whole_for_each("hidden_size", hidden_size, len(rng) if many else 1)
        doors.whole("input_size", input_size)
        doors.function("weights", weights)
        doors.learning_rate(learning_rate, (len(rng),) if many else ())
        if many:
            cats = [draw(weights, one, input_size, h) for one, h in zip(rng, sizes, strict=True)]
            if len(set(sizes)) > 1:
                cats = [pad(cat, max(sizes)) for cat in cats]
            c_w, b, p_w, out_w, out_b = (np.stack([np.atleast_2d(w) for w in same]) for same in zip(*cats, strict=True))
        else:
            c_w, b, p_w, out_w, out_b = draw(weights, rng, input_size, sizes[0])
        return cls(RecurrentLinearLayer(learning_rate, c_w, b, p_w), LinearLayer(learning_rate, out_w, out_b))

    def days(self, days) -> np.ndarray:
        """Return T days, each (D,), (N, D) or (M, N, D), as (T, ..., N, D); cats share days that are given once."""
        doors.listed("days", days, "days such as catrnn.data.DAYS")
        *leading, width, _ = self.recurrent.c_w.shape
        return doors.numbers("days", [doors.for_each_cat("days", day, tuple(leading), width) for day in days])

    def target(self, target) -> np.ndarray:
        """Return the answer, (D,), (N, D) or (M, N, D), as (..., N, D)."""
        *leading, _, width = self.output.c_w.shape
        return doors.for_each_cat("target", target, tuple(leading), width)

    def first_state(self, days: np.ndarray) -> np.ndarray:
        """Return the hidden state before the first of the days (T, ..., N, D): nothing remembered, all zero."""
        return np.zeros((*days.shape[1:-1], self.recurrent.p_w.shape[-1]), dtype=self.recurrent.p_w.dtype)

    def predict(self, days, h0=None) -> np.ndarray:
        """Walk through the days from the state h0 (zero if None); return tomorrow's portions, (..., N, D)."""
        days = self.days(days)
        steps = unroll(self.recurrent, self.relu, len(days))
        with np.errstate(over="ignore", invalid="ignore"):  # an exploded cat answers NaN, without a warning
            return self.output.forward(walk(steps, days, self.first_state(days) if h0 is None else h0)[-1])

    def gradients(self, days, target, h0, look_back: int | None = None, steps: list | None = None):
        """Return the loss, the gradients (one dict a layer, by its name) and the T+1 hidden states. Moves nothing.

        days (T, ..., N, D), target (..., N, D), h0 (..., N, H): as `days`, `target`, `first_state` give them.
        steps: what `unroll` gave for these days, to save doing it again.
        """
        steps = steps or unroll(self.recurrent, self.relu, len(days))
        doors.shared(steps, self.recurrent)
        hs = walk(steps, days, h0)
        loss = self.loss.forward(self.output.forward(hs[-1]), target)
        d_h, d_output = self.output.gradients(self.loss.backward())
        _, by_day = backward_through_time(steps, d_h, look_back)
        return loss, {"recurrent": sum_days(by_day), "output": d_output}, hs

    def update(self, d_params: dict) -> None:
        """Move the weights of every layer a small step against its gradients."""
        layers = {"recurrent": self.recurrent, "output": self.output}
        for name, d_layer in doors.by_name("d_params", d_params, "layer", layers.keys()).items():
            doors.gradients_for(layers[name], d_layer)
        for name, d_layer in d_params.items():
            layers[name].update(d_layer)
