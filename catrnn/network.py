"""The four layers wired into one cat, or into many side by side."""

import numpy as np

from catrnn import checks
from catrnn.bptt import backward_through_time, forward_through_time, sum_over_time, unroll
from catrnn.initializers import initialize, normal_init, pad
from catrnn.layers import LinearLayer, LossLayer, RecurrentLinearLayer, ReLULayer


class CatRNN:
    """A cat's brain: recurrent layer and ReLU day after day, one output layer at the end, a loss.

    recurrent, output: any layers with the same door as those of `catrnn.layers`; a learner's own too.
    """

    def __init__(self, recurrent, output):
        checks.require_attributes("recurrent", recurrent, "forward", "gradients", "update", "c_w", "b", "p_w")
        checks.require_attributes("output", output, "forward", "gradients", "update", "c_w", "b")
        r, o = recurrent, output
        checks.weight_arrays(c_w=r.c_w, b=r.b, p_w=r.p_w, output_c_w=o.c_w, output_b=o.b)
        checks.weight_shape("output_c_w", output.c_w, (*recurrent.p_w.shape[:-1], "D"))
        self.recurrent, self.relu, self.output, self.loss = recurrent, ReLULayer(), output, LossLayer()

    @classmethod
    def random(cls, rng, hidden_size, learning_rate=0.01, init=normal_init, input_size: int = 1):
        """Return a cat with first weights drawn from `rng`; from a list of M generators, M cats side by side.

        hidden_size: a number, or for M cats a list of them; then the smaller are padded with zeros, see `pad`.
        init: a function of (rng, input_size, hidden_size) that draws the five arrays. Cat k of many has exactly
        the weights of the single cat drawn from its generator.
        """
        checks.generators("rng", rng)
        many = isinstance(rng, list | tuple)
        sizes = checks.integer_for_each("hidden_size", hidden_size, len(rng) if many else 1)
        checks.integer("input_size", input_size)
        checks.function("init", init)
        checks.learning_rate(learning_rate, (len(rng),) if many else ())
        if many:
            cats = [initialize(init, one, input_size, h) for one, h in zip(rng, sizes, strict=True)]
            if len(set(sizes)) > 1:
                cats = [pad(cat, max(sizes)) for cat in cats]
            c_w, b, p_w, out_w, out_b = (np.stack([np.atleast_2d(w) for w in same]) for same in zip(*cats, strict=True))
        else:
            c_w, b, p_w, out_w, out_b = initialize(init, rng, input_size, sizes[0])
        return cls(RecurrentLinearLayer(learning_rate, c_w, b, p_w), LinearLayer(learning_rate, out_w, out_b))

    def days(self, days) -> np.ndarray:
        """Return T days, each (D,), (N, D) or (M, N, D), as (T, ..., N, D); cats share days that are given once."""
        checks.non_empty("days", days, "days such as catrnn.data.DAYS")
        *leading, width, _ = self.recurrent.c_w.shape
        return checks.numbers("days", [checks.for_each_cat("days", day, tuple(leading), width) for day in days])

    def target(self, target) -> np.ndarray:
        """Return the answer, (D,), (N, D) or (M, N, D), as (..., N, D)."""
        *leading, _, width = self.output.c_w.shape
        return checks.for_each_cat("target", target, tuple(leading), width)

    def first_state(self, days: np.ndarray) -> np.ndarray:
        """Return the hidden state before the first of the days (T, ..., N, D): nothing remembered, all zero."""
        return np.zeros((*days.shape[1:-1], self.recurrent.p_w.shape[-1]), dtype=self.recurrent.p_w.dtype)

    def predict(self, days, h0=None) -> np.ndarray:
        """Walk through the days from the state h0 (zero if None); return tomorrow's portions, (..., N, D)."""
        days = self.days(days)
        steps = unroll(self.recurrent, self.relu, len(days))
        with np.errstate(over="ignore", invalid="ignore"):  # an exploded cat answers NaN, without a warning
            hs = forward_through_time(steps, days, self.first_state(days) if h0 is None else h0)
            return self.output.forward(hs[-1])

    def gradients(self, days, target, h0, bptt_steps: int | None = None, steps: list | None = None):
        """Return the loss, the gradients (one dict a layer, by its name) and the T+1 hidden states. Moves nothing.

        days (T, ..., N, D), target (..., N, D), h0 (..., N, H): as `days`, `target`, `first_state` give them.
        steps: what `unroll` gave for these days, to save doing it again.
        """
        steps = steps or unroll(self.recurrent, self.relu, len(days))
        checks.shared(steps, self.recurrent)
        hs = forward_through_time(steps, days, h0)
        loss = self.loss.forward(self.output.forward(hs[-1]), target)
        d_h, d_output = self.output.gradients(self.loss.backward())
        _, per_day = backward_through_time(steps, d_h, bptt_steps)
        return loss, {"recurrent": sum_over_time(per_day), "output": d_output}, hs

    def update(self, d_params: dict) -> None:
        """Move the weights of every layer a small step against its gradients."""
        layers = {"recurrent": self.recurrent, "output": self.output}
        for name, d_layer in checks.by_name("d_params", d_params, "layer", layers.keys()).items():
            checks.gradients_for(layers[name], d_layer)
        for name, d_layer in d_params.items():
            layers[name].update(d_layer)
