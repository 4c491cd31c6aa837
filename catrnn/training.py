"""Look, measure, learn, write down; then say what became of the cat."""

from dataclasses import dataclass, field

import numpy as np

from catrnn import checks
from catrnn.bptt import clip_by_norm, unroll

EXPLODED = 1000.0
"""A loss above this has exploded (squared portions)."""

LEARNED = 0.01
"""A loss below this is a good guess: off by less than a tenth of a portion."""

FATES = ("exploded", "bias only", "dead", "learned", "not yet")
"""Every fate a cat can have, in the order in which `fate` looks for them (the two kinds of dead together)."""


@dataclass
class History:
    """What was written down in E epochs, each before its update. The dots are the leading axes of the cats."""

    losses: np.ndarray
    """(E, ...)"""
    predictions: np.ndarray
    """(E, ..., N, D)"""
    last_hidden: np.ndarray
    """(..., N, H): the hidden state on the last day of the last epoch."""
    hidden: np.ndarray | None = None
    """(E, T, ..., N, H): the hidden state of every day; None if it was not recorded."""
    weights: dict = field(default_factory=dict)
    """{"recurrent.c_w": (E, ..., D, H), ...}: the weights that each epoch used; empty if not recorded."""

    @property
    def exploded_at(self) -> np.ndarray:
        """(...): the first epoch, from 1, with a loss over 1,000 or not finite; 0 if there is none."""
        burst = ~(self.losses <= EXPLODED)
        return np.where(burst.any(axis=0), burst.argmax(axis=0) + 1, 0)

    def first(self, epochs: int) -> "History":
        """Return what would stand here if the training had ended after so many epochs. Needs record=True."""
        hidden = self.hidden[:epochs]
        weights = {name: w[:epochs] for name, w in self.weights.items()}
        return History(self.losses[:epochs], self.predictions[:epochs], hidden[-1, -1], hidden, weights)


def train(cat, days, target, epochs: int, *, bptt_steps: int | None = None, carry_state: bool = False,
          clip: float | None = None, momentum: float = 0.0, record: bool = True, progress=None) -> History:
    """Train in place for `epochs` rounds over the days; return the History. Ends early when no cat is finite any more.

    days: T days as `CatRNN.days` takes them; target: the day after. bptt_steps: see `backward_through_time`.
    carry_state: start each epoch with the last state of the one before, as the seed does, not with zeros.
    clip: longest gradient allowed, see `clip_by_norm`. momentum: from 0 up, under 1, see `with_momentum`.
    record: keep hidden states and weights of every epoch. progress: called as progress(epoch, epochs) after each.
    Raises TypeError or ValueError, before anything moves, if an argument makes no sense.
    """
    checks.require_attributes("cat", cat, "days", "target", "first_state", "gradients", "update")
    checks.integer("epochs", epochs)
    if bptt_steps is not None:
        checks.integer("bptt_steps", bptt_steps)
    if clip is not None:
        checks.above_zero("clip", clip)
    checks.fraction("momentum", momentum)
    if progress is not None:
        checks.function("progress", progress)
    days, target = cat.days(days), cat.target(target)
    checks.same_shape("target", target, "the prediction", (*days.shape[1:-1], target.shape[-1]))
    steps, h0 = unroll(cat.recurrent, cat.relu, len(days)), cat.first_state(days)
    losses, predictions, hidden, weights, velocity = [], [], [], [], {}
    with np.errstate(over="ignore", invalid="ignore"):  # a cat that explodes is a finding, told by the History
        for epoch in range(1, epochs + 1):
            loss, d_params, hs = cat.gradients(days, target, h0, bptt_steps, steps)
            losses.append(loss)
            predictions.append(cat.loss.x)
            if record:
                hidden.append(hs[1:])
                weights.append([getattr(getattr(cat, layer), name).copy()
                                for layer in d_params for name in d_params[layer]])
            d_params = d_params if clip is None else clip_by_norm(d_params, clip)
            velocity = with_momentum(d_params, velocity, momentum) if momentum and velocity else d_params
            cat.update(velocity)
            h0 = hs[-1] if carry_state else h0
            if progress is not None:
                progress(epoch, epochs)
            if not np.isfinite(loss).any():
                break
    names = [f"{layer}.{name}" for layer in d_params for name in d_params[layer]]
    return History(np.array(losses), np.array(predictions), hs[-1], np.array(hidden) if record else None,
                   {name: np.array(w) for name, w in zip(names, zip(*weights, strict=True), strict=False)})


def with_momentum(d_params: dict, velocity: dict, momentum: float) -> dict:
    """Return the gradients plus `momentum` times the last push, nested alike: what many epochs agree on adds up.

    After Polyak, "Some methods of speeding up the convergence of iteration methods" (1964).
    """
    return {layer: {name: d_param + momentum * velocity[layer][name] for name, d_param in d_layer.items()}
            for layer, d_layer in d_params.items()}


def fate(history: History):
    """Say what became of each cat: a str for one cat, an array (...) of them for many. Judged in this order:

    exploded   the last loss is over 1,000 or not finite
    bias only  every hidden unit is zero on the last day, yet the loss is under 0.01: the bias is the answer
    dead       every hidden unit is zero on the last day, and the loss is not under 0.01
    learned    the loss is under 0.01
    not yet    the rest

    Both kinds of dead are judged on the days of the training. All gates of the last day are shut, so no
    gradient goes past the output layer: nothing but the output's bias learns any more, and a state that
    is not carried stays zero for good. Other days may find such a cat awake, unless nothing in its c_w
    and b is above zero.
    """
    loss, dead = history.losses[-1], (history.last_hidden == 0).all(axis=(-2, -1))
    answers = [~(loss <= EXPLODED), dead & (loss < LEARNED), dead, loss < LEARNED]
    fates = np.select(answers, FATES[:4], FATES[4])
    return fates if fates.ndim else str(fates)
