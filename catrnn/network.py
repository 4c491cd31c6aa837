"""The layers wired into one cat, or into many side by side."""

from typing import NamedTuple

import numpy as np

from catrnn import checks
from catrnn.bptt import (
    backward_from_answers,
    backward_through_time,
    forward_through_time,
    sum_over_time,
    unroll,
)
from catrnn.initializers import initialize, normal_init, side_by_side
from catrnn.layers import LinearLayer, LossLayer, RecurrentLinearLayer, ReLULayer


class Look(NamedTuple):
    """What a look at T days tells: the loss (...), the gradients, one dict a layer, by its name,
    T+1 hidden states (..., N, H), the first given, and tomorrow's portions (..., N, D); where each
    of the last G days has an answer, the guesses after each, (G, ..., N, D)."""

    loss: np.ndarray
    d_params: dict
    hs: list
    prediction: np.ndarray


def as_rows(days) -> np.ndarray:
    """Return G days (G, ..., N, D) one below the other, as if there were G times N sequences."""
    days = np.moveaxis(days, 0, -3)
    return days.reshape(*days.shape[:-3], -1, days.shape[-1])


def as_days(rows, n_days: int) -> np.ndarray:
    """Return what `as_rows` put one below the other as the G days that they were."""
    days = rows.reshape(*rows.shape[:-2], n_days, -1, rows.shape[-1])
    return np.moveaxis(days, -3, 0)


class CatRNN:
    """A cat's brain: recurrent layer and ReLU day after day, one output layer, a loss.

    recurrent, output: any layers with the door of those in `catrnn.layers`; a learner's own too.
    recurrent may be a cell of `catrnn.gates`, which needs no ReLU. The output layer sees as many
    numbers of the state as it has rows. loss: a LossLayer if None.
    """

    def __init__(self, recurrent, output, loss=None):
        doors = ("forward", "gradients", "update", "c_w", "b")
        checks.require_attributes("recurrent", recurrent, *doors, "p_w")
        checks.require_attributes("output", output, *doors)
        checks.weight_arrays(c_w=recurrent.c_w, b=recurrent.b, p_w=recurrent.p_w,
                             output_c_w=output.c_w, output_b=output.b)
        *leading, h, _ = recurrent.p_w.shape
        checks.shaped("output_c_w", output.c_w, "... H D", {"...": (*leading,), "H": h})
        self.loss = LossLayer() if loss is None else loss
        checks.require_attributes("loss", self.loss, "forward", "backward")
        self.recurrent, self.relu = recurrent, getattr(recurrent, "activation", ReLULayer)()
        self.output = output

    @classmethod
    def random(cls, rng, hidden_size, learning_rate=0.01, init=normal_init, input_size: int = 1,
               recurrent=RecurrentLinearLayer, output_size: int | None = None, loss=None):
        """Return a cat with first weights drawn from `rng`; from a list of M generators, M cats.

        hidden_size: a number, or for M cats a list of them; the smaller are padded with zeros, see
        `pad`. init: a function of (rng, input_size, hidden_size) that draws the five arrays. Cat k
        of many has exactly the weights of the single cat drawn from its generator.
        recurrent: the class of the recurrent layer, a learner's own too, or of a cell with gates.
        output_size: numbers in a guess, as many as in a day if None. Only an `init` that takes
        output_size and gates, as `uniform_init`, draws for these two.
        """
        checks.generators("rng", rng)
        many = isinstance(rng, list | tuple)
        rngs = rng if many else [rng]
        sizes = checks.sizes("hidden_size", hidden_size, len(rngs))
        checks.integer("input_size", input_size, maximum=checks.MOST_UNITS)
        checks.function("init", init)
        checks.function("recurrent", recurrent)
        checks.optional(checks.integer, "output_size", output_size)
        checks.learning_rate("learning_rate", learning_rate, (len(rngs),) if many else ())

        gates = getattr(recurrent, "gates", 1)
        checks.one_size("hidden_size", sizes, gates)
        cats = [initialize(init, one, input_size, h, output_size, gates)
                for one, h in zip(rngs, sizes, strict=True)]
        w = side_by_side(cats) if many else cats[0]
        return cls(recurrent(learning_rate, w.c_w, w.b, w.p_w),
                   LinearLayer(learning_rate, w.output_c_w, w.output_b), loss)

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

    def answers(self, answers) -> np.ndarray:
        """Return answers for the last G days, each as in `target`, as (G, ..., N, D)."""
        checks.non_empty("answers", answers, "answers, one a day")
        return np.array([self.target(answer) for answer in answers])

    def first_state(self, days: np.ndarray) -> np.ndarray:
        """Return the state before the first of the days (T, ..., N, D): nothing remembered."""
        days = checks.timelines("days", days)
        p_w = self.recurrent.p_w
        size = getattr(self.recurrent, "state_size", p_w.shape[-2])
        return np.zeros((*days.shape[1:-1], size), dtype=p_w.dtype)

    def seen(self, state: np.ndarray) -> np.ndarray:
        """Return what the output layer sees of a state: all of it, or of (h, c) side by side, h."""
        h_size = self.output.c_w.shape[-2]
        return state if state.shape[-1] == h_size else state[..., :h_size]

    def unseen(self, d_seen: np.ndarray, state: np.ndarray) -> np.ndarray:
        """Return the gradient of a whole state: zero for what the output layer does not see."""
        if d_seen.shape[-1] == state.shape[-1]:
            return d_seen
        d_state = np.zeros_like(state)
        self.seen(d_state)[...] = d_seen
        return d_state

    def predict(self, days, h0=None, every_day: bool = False) -> np.ndarray:
        """Walk through the days from the state h0 (zero if None).

        Return tomorrow's portions, (..., N, D), or with every_day a guess after each day,
        (T, ..., N, D). An exploded cat answers NaN, without a warning.
        """
        days = self.days(days)
        h0 = self.first_state(days) if h0 is None else h0
        steps = unroll(self.recurrent, self.relu, len(days))
        with np.errstate(over="ignore", invalid="ignore"):
            hs = forward_through_time(steps, days, h0)
            if every_day:
                rows = self.output.forward(self.seen(as_rows(hs[1:])))
                return as_days(rows, len(days))
            return self.output.forward(self.seen(hs[-1]))

    def gradients(self, days, target, h0, bptt_steps: int | None = None,
                  steps: list | None = None) -> Look:
        """Look at the days: return loss, gradients, hidden states and prediction. Moves nothing.

        days (T, ..., N, D), target (..., N, D), h0 (..., N, H): as `days`, `target`, `first_state`
        give them. target may be (G, ..., N, D), as `answers` gives it: then each of the last G days
        has an answer, the loss is the mean over all of them, and bptt_steps is at least G.
        steps: what `unroll` gave for these days, to save doing it again.
        """
        if steps is None:
            days = checks.timelines("days", days)
            steps = unroll(self.recurrent, self.relu, len(days))
        checks.optional(checks.integer, "bptt_steps", bptt_steps)
        many = np.ndim(target) >= np.ndim(days)  # then each of the last days has an answer
        if not many:
            answer = (*np.shape(days)[1:-1], self.output.c_w.shape[-1])
            checks.same_shape("target", target, "the prediction", answer)
        checks.unrolled(steps)
        checks.shared(steps, self.recurrent)
        hs = forward_through_time(steps, days, h0)
        if many:
            return self._gradients_of_answers(steps, hs, target, bptt_steps)
        prediction = self.output.forward(self.seen(hs[-1]))
        loss = self.loss.forward(prediction, target)
        d_seen, d_output = self.output.gradients(self.loss.backward())
        _, per_day = backward_through_time(steps, self.unseen(d_seen, hs[-1]), bptt_steps)
        d_params = {"recurrent": sum_over_time(per_day), "output": d_output}
        return Look(loss, d_params, hs, prediction)

    def _gradients_of_answers(self, steps, hs, targets, bptt_steps) -> Look:
        """Look at days that were walked, of which the last G have an answer each, (G, ..., N, D).

        To the output layer and the loss they are rows, as more sequences of one day would be.
        """
        n_answers = len(targets)
        checks.answered("target", n_answers, len(steps), bptt_steps)
        states = as_rows(hs[-n_answers:])
        rows = self.output.forward(self.seen(states))
        predictions = as_days(rows, n_answers)
        checks.same_shape("target", targets, "the prediction", predictions.shape)
        loss = self.loss.forward(rows, as_rows(targets))
        d_seen, d_output = self.output.gradients(self.loss.backward())
        d_answers = as_days(self.unseen(d_seen, states), n_answers)
        walked = steps if bptt_steps is None else steps[-bptt_steps:]
        _, per_day = backward_from_answers(walked, list(d_answers))
        d_params = {"recurrent": sum_over_time(per_day), "output": d_output}
        return Look(loss, d_params, hs, predictions)

    def update(self, d_params: dict) -> None:
        """Move the weights of every layer a small step against its gradients."""
        layers = {"recurrent": self.recurrent, "output": self.output}
        checks.by_name("d_params", d_params, "layer", layers.keys())
        for name, d_layer in d_params.items():  # all are right before the first moves
            checks.gradients_for(layers[name], d_layer)
        for name, d_layer in d_params.items():
            layers[name].update(d_layer)
