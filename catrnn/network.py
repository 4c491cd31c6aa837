"""The four layers wired into one cat, or into many side by side."""

from typing import NamedTuple

import numpy as np

from catrnn import checks
from catrnn.bptt import backward_through_time, forward_through_time, sum_over_time, unroll
from catrnn.initializers import initialize, normal_init, side_by_side
from catrnn.layers import LinearLayer, LossLayer, RecurrentLinearLayer, ReLULayer


class Look(NamedTuple):
    """What a look at T days tells: the loss (...), the gradients, one dict a layer, by its name,
    T+1 hidden states (..., N, H), the first given, and tomorrow's portions (..., N, D)."""

    loss: np.ndarray
    d_params: dict
    hs: list
    prediction: np.ndarray


class CatRNN:
    """A cat's brain: recurrent layer and ReLU day after day, one output layer at the end, a loss.

    recurrent, output: any layers with the door of those in `catrnn.layers`; a learner's own too.
    """

    def __init__(self, recurrent, output):
        doors = ("forward", "gradients", "update", "c_w", "b")
        checks.require_attributes("recurrent", recurrent, *doors, "p_w")
        checks.require_attributes("output", output, *doors)
        checks.weight_arrays(c_w=recurrent.c_w, b=recurrent.b, p_w=recurrent.p_w,
                             output_c_w=output.c_w, output_b=output.b)
        *leading, h, _ = recurrent.p_w.shape
        checks.shaped("output_c_w", output.c_w, "... H D", {"...": (*leading,), "H": h})
        self.recurrent, self.relu = recurrent, ReLULayer()
        self.output, self.loss = output, LossLayer()

    @classmethod
    def random(cls, rng, hidden_size, learning_rate=0.01, init=normal_init, input_size: int = 1,
               recurrent=RecurrentLinearLayer):
        """Return a cat with first weights drawn from `rng`; from a list of M generators, M cats.

        hidden_size: a number, or for M cats a list of them; the smaller are padded with zeros, see
        `pad`. init: a function of (rng, input_size, hidden_size) that draws the five arrays. Cat k
        of many has exactly the weights of the single cat drawn from its generator.
        recurrent: the class of the recurrent layer, a learner's own too.
        """
        checks.generators("rng", rng)
        many = isinstance(rng, list | tuple)
        rngs = rng if many else [rng]
        sizes = checks.sizes("hidden_size", hidden_size, len(rngs))
        checks.integer("input_size", input_size, maximum=checks.MOST_UNITS)
        checks.function("init", init)
        checks.function("recurrent", recurrent)
        checks.learning_rate("learning_rate", learning_rate, (len(rngs),) if many else ())

        cats = [initialize(init, one, input_size, h) for one, h in zip(rngs, sizes, strict=True)]
        w = side_by_side(cats) if many else cats[0]
        return cls(recurrent(learning_rate, w.c_w, w.b, w.p_w),
                   LinearLayer(learning_rate, w.output_c_w, w.output_b))

    def days(self, days) -> np.ndarray:
        """Return T days, each (D,), (N, D) or (M, N, D), as (T, ..., N, D); cats may share days."""
        checks.non_empty("days", days, "days such as catrnn.data.DAYS")
        *leading, width, _ = self.recurrent.c_w.shape
        days = [checks.for_each_cat("days", day, tuple(leading), width) for day in days]
        return checks.numbers("days", days)

    def target(self, target) -> np.ndarray:
        """Return the answer, (D,), (N, D) or (M, N, D), as (..., N, D)."""
        *leading, _, width = self.output.c_w.shape
        return checks.for_each_cat("target", target, tuple(leading), width)

    def first_state(self, days: np.ndarray) -> np.ndarray:
        """Return the state before the first of the days (T, ..., N, D): nothing remembered."""
        days = checks.timelines("days", days)
        p_w = self.recurrent.p_w
        return np.zeros((*days.shape[1:-1], p_w.shape[-1]), dtype=p_w.dtype)

    def predict(self, days, h0=None) -> np.ndarray:
        """Walk through the days from the state h0 (zero if None).

        Return tomorrow's portions, (..., N, D). An exploded cat answers NaN, without a warning.
        """
        days = self.days(days)
        h0 = self.first_state(days) if h0 is None else h0
        steps = unroll(self.recurrent, self.relu, len(days))
        with np.errstate(over="ignore", invalid="ignore"):
            hs = forward_through_time(steps, days, h0)
            return self.output.forward(hs[-1])

    def gradients(self, days, target, h0, bptt_steps: int | None = None,
                  steps: list | None = None) -> Look:
        """Look at the days: return loss, gradients, hidden states and prediction. Moves nothing.

        days (T, ..., N, D), target (..., N, D), h0 (..., N, H): as `days`, `target`, `first_state`
        give them. steps: what `unroll` gave for these days, to save doing it again.
        """
        days = checks.timelines("days", days)
        checks.optional(checks.integer, "bptt_steps", bptt_steps)
        answer = (*days.shape[1:-1], self.output.c_w.shape[-1])
        target = checks.same_shape("target", target, "the prediction", answer)
        steps = unroll(self.recurrent, self.relu, len(days)) if steps is None else steps
        checks.unrolled(steps)
        checks.shared(steps, self.recurrent)
        hs = forward_through_time(steps, days, h0)
        prediction = self.output.forward(hs[-1])
        loss = self.loss.forward(prediction, target)
        d_h, d_output = self.output.gradients(self.loss.backward())
        _, per_day = backward_through_time(steps, d_h, bptt_steps)
        d_params = {"recurrent": sum_over_time(per_day), "output": d_output}
        return Look(loss, d_params, hs, prediction)

    def update(self, d_params: dict) -> None:
        """Move the weights of every layer a small step against its gradients."""
        layers = {"recurrent": self.recurrent, "output": self.output}
        checks.by_name("d_params", d_params, "layer", layers.keys())
        for name, d_layer in d_params.items():  # all are right before the first moves
            checks.gradients_for(layers[name], d_layer)
        for name, d_layer in d_params.items():
            layers[name].update(d_layer)
