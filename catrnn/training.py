"""Look, measure, learn, write down; then say what became of the cat."""

from dataclasses import dataclass, field

import numpy as np

from catrnn import checks
from catrnn.bptt import chunks, clip_by_norm, unroll

EXPLODED = 1000.0
"""A loss above this has exploded (squared portions)."""

LEARNED = 0.01
"""A loss below this is a good guess: off by less than a tenth of a portion."""

FATES = ("exploded", "bias only", "dead", "learned", "not yet")
"""Every fate a cat can have, in the order in which `fate` looks for them."""


@dataclass
class History:
    """What was written down in E epochs, each before its update; the dots are the cats' axes.

    Where a timeline is cut into chunks, each chunk is written down as an epoch is here.
    """

    losses: np.ndarray
    """(E, ...)"""
    predictions: np.ndarray
    """(E, ..., N, D); the last epoch's alone, (1, ..., N, D), if not recorded."""
    last_hidden: np.ndarray
    """(..., N, H): the hidden state on the last day of the last epoch."""
    hidden: np.ndarray | None = None
    """(E, T, ..., N, H): the hidden state of every day; None if it was not recorded."""
    weights: dict = field(default_factory=dict)
    """{"recurrent.c_w": (E, ..., D, H), ...}: those each epoch used; empty if not recorded."""

    @property
    def exploded_at(self) -> np.ndarray:
        """(...): the first epoch, from 1, with a loss over 1,000 or not finite; 0 for none."""
        burst = ~(self.losses <= EXPLODED)
        return np.where(burst.any(axis=0), burst.argmax(axis=0) + 1, 0)

    def first(self, epochs: int) -> "History":
        """Return what would stand here after so many epochs. Needs record=True."""
        checks.recorded("History", self.hidden)
        checks.integer("epochs", epochs, maximum=len(self.losses))
        hidden = self.hidden[:epochs]
        weights = {name: w[:epochs] for name, w in self.weights.items()}
        losses, predictions = self.losses[:epochs], self.predictions[:epochs]
        return History(losses, predictions, hidden[-1, -1], hidden, weights)


class Recorder:
    """Writes down what each of E epochs saw, in arrays that are laid out at the first note."""

    def __init__(self, epochs: int):
        self.epochs, self.noted = epochs, 0
        self.rows = {}

    def note(self, seen: dict) -> None:
        """Write down one epoch: arrays by name, of the same shapes each time. Takes copies."""
        for name, x in seen.items():
            if name not in self.rows:
                x = np.asarray(x)
                self.rows[name] = np.empty((self.epochs, *x.shape), x.dtype)
            self.rows[name][self.noted] = x
        self.noted += 1

    def history(self, last_hidden, prediction) -> History:
        """Return the History of the epochs that were noted; rows of the others are given back.

        last_hidden, prediction: of the last epoch; the latter stands for all if none was noted.
        """
        if self.noted < self.epochs:
            for x in self.rows.values():
                x.resize((self.noted, *x.shape[1:]), refcheck=False)
        losses = self.rows.pop("losses")
        predictions = self.rows.pop("predictions", prediction[None])
        return History(losses, predictions, last_hidden, self.rows.pop("hidden", None), self.rows)


def train(cat, days, target, epochs: int, *, bptt_steps: int | None = None,
          chunk: int | None = None, carry_state: bool = False, clip: float | None = None,
          momentum: float = 0.0, record: bool = True, progress=None) -> History:
    """Train in place for `epochs` rounds over the days; return the History.

    Ends early when no cat is finite any more.
    days: T days as `CatRNN.days` takes them; target: the day after, or answers for the last G days,
    as `CatRNN.answers` gives them.
    bptt_steps: see `backward_through_time`.
    chunk: move the weights after each so many days, see `chunks`; every day needs an answer.
    carry_state: start each epoch with the last state of the one before, as the first program.
    clip: longest gradient allowed, see `clip_by_norm`.
    momentum: from 0 up, under 1, see `with_momentum`.
    record: keep predictions, hidden states and weights of every epoch.
    progress: called as progress(epoch, epochs) after each; if it raises, the epochs so far stay.
    Raises TypeError or ValueError, before anything moves, if an argument makes no sense.
    """
    checks.require_attributes("cat", cat, "days", "target", "first_state", "gradients", "update")
    checks.integer("epochs", epochs)
    checks.optional(checks.integer, "bptt_steps", bptt_steps)
    checks.optional(checks.above_zero, "clip", clip)
    checks.fraction("momentum", momentum)
    checks.optional(checks.function, "progress", progress)
    days = cat.days(days)
    many = np.ndim(target) == days.ndim
    target = cat.answers(target) if many else cat.target(target)
    answers = (*target.shape[: target.ndim - days.ndim + 1], *days.shape[1:-1], target.shape[-1])
    checks.same_shape("target", target, "the prediction", answers)

    if chunk is None:
        pieces = [(0, 0, len(days))]
        checks.answered("target", len(target) if many else 1, len(days), bptt_steps)
    else:
        pieces, bptt_steps = chunks(len(days), chunk, bptt_steps), None  # a walk begins where
        checks.every_day(target, days)  # blame is to end
    longest = max(end - first for first, _, end in pieces)
    steps, h0 = unroll(cat.recurrent, cat.relu, longest), cat.first_state(days)
    recorder, velocity = Recorder(epochs * len(pieces)), None
    with np.errstate(over="ignore", invalid="ignore"):  # an explosion is told by the History
        for epoch in range(1, epochs + 1):
            hs, walked = [h0], 0
            for first, begin, end in pieces:
                y = target if chunk is None else target[begin:end]
                loss, d_params, hs, prediction = cat.gradients(
                    days[first:end], y, hs[first - walked], bptt_steps, steps[: end - first])
                walked = first
                seen = {"losses": loss}
                if record:
                    seen |= {"predictions": prediction, "hidden": hs[begin - first + 1 :],
                             **weights_for(cat, d_params)}
                recorder.note(seen)

                velocity = step(cat, d_params, velocity, clip, momentum)
                alive = np.count_nonzero(np.isfinite(loss))
                if not alive:
                    break
            h0 = hs[-1] if carry_state else h0
            if progress is not None:
                progress(epoch, epochs)
            if not alive:
                break
    return recorder.history(hs[-1], prediction)


def step(cat, d_params: dict, velocity: dict | None, clip: float | None, momentum: float) -> dict:
    """Move the weights once; return the push that moved them, the velocity of the next step.

    clip, momentum: see `train`. velocity: the last push, None before the first.
    """
    if clip is not None:
        d_params = clip_by_norm(d_params, clip)
    if momentum and velocity:
        d_params = with_momentum(d_params, velocity, momentum)
    cat.update(d_params)
    return d_params


def weights_for(cat, d_params: dict) -> dict:
    """Return the live arrays that these gradients are for, by name: {"recurrent.c_w": ..., ...}."""
    weights = {}
    for layer_name, d_layer in d_params.items():
        layer = getattr(cat, layer_name)
        for name in d_layer:
            weights[f"{layer_name}.{name}"] = getattr(layer, name)
    return weights


def with_momentum(d_params: dict, velocity: dict, momentum: float) -> dict:
    """Return the gradients plus `momentum` times the last push: what many epochs agree on adds up.

    d_params, velocity: one dict a layer, by its name. After Polyak, "Some methods of speeding up
    the convergence of iteration methods" (1964).
    """
    checks.fraction("momentum", momentum)
    checks.alike("d_params", [d_params, velocity], of_what="layer")
    push = {}
    for layer, d_layer in d_params.items():
        push[layer] = {}
        for name, d_param in d_layer.items():
            push[layer][name] = d_param + momentum * velocity[layer][name]
    return push


def fate(history: History):
    """Say what became of each cat: a str for one cat, an array (...) of them for many.

    Judged in this order:

    exploded   the last loss is over 1,000 or not finite
    bias only  every hidden unit is zero on the last day, yet the loss is under 0.01
    dead       every hidden unit is zero on the last day, and the loss is not under 0.01
    learned    the loss is under 0.01
    not yet    the rest

    "learned" promises no more than it says: the last guess of the training fits, and a unit is
    awake on the last day. Asked about other days, or from another first state, such a cat may be
    far off.

    Both kinds of dead are judged on the days of the training. All gates of the last day are shut,
    so no gradient goes past the output layer: nothing but the output's bias learns any more, and a
    state that is not carried stays zero for good. Other days may find such a cat awake, unless
    nothing in its c_w and b is above zero.
    """
    checks.require_attributes("history", history, "losses", "last_hidden")
    loss, dead = history.losses[-1], (history.last_hidden == 0).all(axis=(-2, -1))
    answers = [~(loss <= EXPLODED), dead & (loss < LEARNED), dead, loss < LEARNED]
    fates = np.select(answers, FATES[:4], FATES[4])
    return fates if fates.ndim else str(fates)
