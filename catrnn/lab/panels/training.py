"""Notebooks 00 and 07: will it learn?"""

from dataclasses import replace
from functools import lru_cache

import numpy as np

from catrnn.checks import brief
from catrnn.data import PORTIONS, timeline
from catrnn.lab.exercises.learner import ready
from catrnn.lab.panel.controls import Stepper, choice_slider, number_box, switch, whole_slider
from catrnn.lab.panel.panel import panel
from catrnn.lab.panel.rules import flat_days, number, optional, portion, true_or_false, whole
from catrnn.lab.pictures.training import Epoch, Training
from catrnn.layers import RecurrentLinearLayer
from catrnn.network import CatRNN
from catrnn.training import History, fate, train

RATES = (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3)

EXERCISES = ("recurrent forward", "one day back")
"""The exercises in which a learner writes a recurrent layer."""

VERDICTS = {
    "learned": "This cat has learned.",
    "not yet": "This cat is not there yet.",
    "dead": "This cat is dead: no fish reaches its answer.",
    "bias only": "This cat is dead, yet its bias alone has learned the answer, "
                 "without looking at a fish.",
}


def recurrent_layer(name: str, value, _example):
    """Allow the course's layer, and a learner's own if its exercise is right."""
    if isinstance(value, str):
        raise TypeError(f"{name} is {brief(value)}, but a class is expected; write its name alone")
    try:
        return ready(value, *EXERCISES)
    except ValueError as problem:
        raise ValueError(f"{name} cannot be used yet; {problem}") from None


CAT = dict(learning_rate=number(0), seed=whole(0), carry_state=true_or_false,
           days=flat_days(1, 60), target=portion, bptt_steps=optional(whole(1)),
           layer=recurrent_layer)
"""What may come in of a cat and its training, in both panels."""


@panel("Will it learn?", epochs=whole(1, 3000), hidden_size=whole(1, 64), **CAT)
def explore_training(epochs: int = 100, learning_rate: float = 0.01, hidden_size: int = 2,
                     seed: int = 0, carry_state: bool = True, days=PORTIONS,
                     target: float = 1.25, bptt_steps: int | None = 1,
                     layer=RecurrentLinearLayer):
    """Return a panel that trains a cat anew at every move.

    Only the epochs are read from the record of one training: after 60 of 300 epochs a cat is what
    60 make of it. days: portions of fish, one a day; target: portions on the day after. seed: which
    cat, drawn by default_rng(seed). bptt_steps: how many days back the error goes; 1 is the first
    program's habit, None is all of them. layer: the class of the recurrent layer, a learner's own
    too. Raises ValueError, with the words of the check of exercise "recurrent forward" or "one day
    back", if it is not right.
    """
    last_epoch = max(300, epochs)
    recorded = TrainingCache(last_epoch, days, target, bptt_steps, layer)

    def compute(epochs, **setting):
        history = recorded.first(epochs, **setting)
        return dict(losses=history.losses, hidden=history.hidden[-1, :, 0], portions=days,
                    prediction=history.predictions[-1].item(), answer=target,
                    last_epoch=last_epoch, verdict=verdict(history))

    controls = {
        "epochs": whole_slider("epochs", epochs, 1, 300),
        "learning_rate": choice_slider("learning rate", learning_rate, RATES),
        "hidden_size": whole_slider("hidden size", hidden_size, 1, 16),
        "seed": number_box("cat (seed)", seed, 0, 9999),
        "carry_state": switch("carry the state", carry_state),
    }
    return Training(), compute, controls


@panel("What changes from epoch to epoch?",
       epoch=whole(1, 3000), epochs=whole(1, 3000), hidden_size=whole(1, 32), **CAT)
def explore_epochs(epoch: int = 1, epochs: int = 100, learning_rate: float = 0.01,
                   hidden_size: int = 2, seed: int = 0, carry_state: bool = True, days=PORTIONS,
                   target: float = 1.25, bptt_steps: int | None = 1,
                   layer=RecurrentLinearLayer):
    """Return a panel that goes through one training, epoch by epoch; it never trains again.

    The arguments are those of `explore_training`, and `epoch`, from 1, is where to begin.
    """
    if epoch > epochs:
        raise ValueError(f"epoch is {epoch}, but the training has {epochs} epochs; "
                         f"give a number from 1 to {epochs}")
    history = train_one(epochs, learning_rate, hidden_size, seed, carry_state, days, target,
                        bptt_steps, layer)
    n_epochs = len(history.losses)  # fewer than were asked for if the cat exploded
    first = {name: w[0] for name, w in history.weights.items()}

    def compute(epoch):
        now = {name: w[epoch - 1] for name, w in history.weights.items()}
        return dict(epoch=epoch, losses=history.losses, hidden=history.hidden[epoch - 1, :, 0],
                    portions=days, prediction=history.predictions[epoch - 1].item(),
                    answer=target, weights=now, first=first)

    stepper = Stepper("epoch", min(epoch, n_epochs), 1, n_epochs, milliseconds=150)
    return Epoch(), compute, {"epoch": stepper}


class TrainingCache:
    """The last training, kept: other epochs are looked up in it, any other change trains anew.

    The weights of its epochs are not kept: nobody asks for them, and with many hidden units they
    are most of it.
    """

    def __init__(self, last_epoch: int, days, target: float, bptt_steps: int | None, layer):
        self.last_epoch = last_epoch
        self.given = dict(days=days, target=target, bptt_steps=bptt_steps, layer=layer)
        self.setting, self.trained = None, 0

    def first(self, epochs: int, **setting) -> History:
        """Return the History of so many epochs; the first wish for more trains for the most."""
        if setting != self.setting or epochs > self.trained:
            self.trained = epochs if setting != self.setting else self.last_epoch
            self.history = replace(train_one(self.trained, **setting, **self.given), weights={})
            self.setting = setting
        return self.history.first(epochs)


def train_one(epochs, learning_rate, hidden_size, seed, carry_state, days, target, bptt_steps,
              layer) -> History:
    """Train this seed's cat, with a layer of this class, for one answer after these days."""
    if layer.gradients is not RecurrentLinearLayer.gradients:  # a learner's way back
        layer = with_array_gradients(layer)
    cat = CatRNN.random(np.random.default_rng(seed), hidden_size, learning_rate, recurrent=layer)
    return train(cat, timeline(days), [target], epochs, bptt_steps=bptt_steps,
                 carry_state=carry_state)


@lru_cache(maxsize=8)
def with_array_gradients(layer):
    """Return a layer whose gradients are arrays to be added up; a learner's may be lists."""
    class Arrays(layer):
        def gradients(self, prev_d_x):
            d_inputs, d_params = super().gradients(prev_d_x)
            d_params = {name: np.asarray(d_param) for name, d_param in d_params.items()}
            return tuple(map(np.asarray, d_inputs)), d_params

    return Arrays


def verdict(history: History) -> str:
    """Say in a sentence what became of the cat."""
    kind = fate(history)
    if kind == "exploded":
        return f"The training exploded: at epoch {history.exploded_at} the loss passed 1,000."
    return VERDICTS[kind]
