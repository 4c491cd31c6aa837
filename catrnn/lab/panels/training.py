"""Notebooks 00 and 07: will it learn?"""

import builtins
from dataclasses import replace

import numpy as np

from catrnn.checks import brief
from catrnn.data import PORTIONS, timeline
from catrnn.lab.exercises.judges import first_wrong, judges
from catrnn.lab.exercises.kept_layers import kept_layers
from catrnn.lab.exercises.learner import judge, judge_numbers
from catrnn.lab.first_program import first_program
from catrnn.lab.panel.controls import Stepper, choice_slider, number_box, switch, whole_slider
from catrnn.lab.panel.decorator import panel
from catrnn.lab.panel.panel import NoPanel
from catrnn.lab.panel.rules import (
    flat_days,
    number,
    one_of,
    optional,
    portion,
    true_or_false,
    whole,
)
from catrnn.lab.pictures.training import Epoch, Training
from catrnn.layers import LinearLayer, LossLayer, RecurrentLinearLayer, ReLULayer
from catrnn.network import CatRNN
from catrnn.training import History, fate, train

LAST_EPOCHS = 300, 1000, 3000
"""Ends of the axis of the epochs: a picture takes the first that holds its own, so that the same
setting is the same picture, whatever the panel began with."""

RATES = (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3)

VERDICTS = {
    "learned": "This network's guess fits.",
    "not yet": "This network is not there yet.",
    "dead": "This network is dead: no fish reaches its answer.",
    "bias only": "This network is dead, yet its bias alone has learned the answer, "
                 "without looking at a fish.",
}


def recurrent_layer(name: str, value, _example):
    """Allow the course's layer, and a learner's own if its exercises are right."""
    if not isinstance(value, type) or value is getattr(builtins, value.__name__, None):
        raise TypeError(f"{name} is {brief(value)}, but a class is expected; write its name alone")
    if value is RecurrentLinearLayer:
        return value
    exercises = judges("RecurrentLinearLayer", with_backward=True)
    halves = hasattr(value, "gradients")  # a subclass, whose `gradients` move nothing
    line = first_wrong(value, exercises, judge_numbers if halves else judge)
    if line:
        raise NoPanel(f"{line} No network is trained.")
    return value


def program_layers(layers: str, layer, bptt_steps: int | None) -> tuple:
    """Return the four classes that the first program trains, or None, and whose they are."""
    if layers == "mine" and layer is not RecurrentLinearLayer:
        raise ValueError(f'layers is "mine" and layer is {layer.__name__}; give one of the two')
    whose = [] if layer is RecurrentLinearLayer else [f"Your {layer.__name__} trains this network."]
    if layers == "mine":
        kept = kept_layers()
        layer, relu, linear, loss = kept.in_order()
        whose = [kept.words]
    elif not hasattr(layer, "gradients"):
        relu, linear, loss = ReLULayer, LinearLayer, LossLayer
    else:
        return None, whose
    if bptt_steps != 1:
        raise ValueError(f"bptt_steps is {bptt_steps}, but layers that move their weights in "
                         "backward blame the last day alone; leave bptt_steps=1")
    return (layer, relu, linear, loss), whose


CAT = dict(learning_rate=number(0), seed=whole(0), carry_state=true_or_false,
           days=flat_days(1, 60), target=portion, bptt_steps=optional(whole(1)),
           layer=recurrent_layer, layers=one_of(("course", "mine"), '"course" or "mine"'))
"""What may come in of a cat and its training, in both panels."""


@panel("Will it learn?", epochs=whole(1, LAST_EPOCHS[-1]), hidden_size=whole(1, 64), **CAT)
def explore_training(epochs: int = 100, learning_rate: float = 0.01, hidden_size: int = 2,
                     seed: int = 0, carry_state: bool = True, days=PORTIONS,
                     target: float = 1.25, bptt_steps: int | None = 1,
                     layer=RecurrentLinearLayer, layers: str = "course"):
    """Return a panel that trains a network anew at every move.

    Only the epochs are read from the record of one training: after 60 of 300 epochs a network is
    what 60 make of it. days: portions of fish, one a day; target: portions on the day after. seed:
    which network, its first weights drawn by default_rng(seed). bptt_steps: how many days back the
    error goes; 1 is the first program's habit, None is all of them. layer: the class of the
    recurrent layer, a learner's own too; if it is not right, the line of its `check` is printed and
    there is no panel. layers: "mine" are the learner's four, from my_layers.py, where they are kept
    there, see `my_layers`.
    The panel's title says whose layers train the cat.
    """
    classes, whose = program_layers(layers, layer, bptt_steps)
    last_epoch = max(LAST_EPOCHS[0], epochs)
    recorded = TrainingCache(last_epoch, days, target, bptt_steps, classes or layer)

    def compute(epochs, **setting):
        history = recorded.first(epochs, **setting)
        return dict(losses=history.losses, hidden=history.hidden[-1, :, 0], portions=days,
                    prediction=history.predictions[-1].item(), answer=target,
                    last_epoch=next(last for last in LAST_EPOCHS if epochs <= last),
                    verdict=verdict(history))

    controls = {
        "epochs": whole_slider("epochs", epochs, 1, LAST_EPOCHS[0]),
        "learning_rate": choice_slider("learning rate", learning_rate, RATES),
        "hidden_size": whole_slider("hidden size", hidden_size, 1, 16),
        "seed": number_box("network (seed)", seed, 0, 9999),
        "carry_state": switch("carry the state", carry_state),
    }
    return Training(), compute, controls, *whose


@panel("What changes from epoch to epoch?",
       epoch=whole(1, 3000), epochs=whole(1, 3000), hidden_size=whole(1, 32), **CAT)
def explore_epochs(epoch: int = 1, epochs: int = 100, learning_rate: float = 0.01,
                   hidden_size: int = 2, seed: int = 0, carry_state: bool = True, days=PORTIONS,
                   target: float = 1.25, bptt_steps: int | None = 1,
                   layer=RecurrentLinearLayer, layers: str = "course"):
    """Return a panel that goes through one training, epoch by epoch; it never trains again.

    The arguments are those of `explore_training`, and `epoch`, from 1, is where to begin.
    """
    if epoch > epochs:
        raise ValueError(f"epoch is {epoch}, but the training has {epochs} epochs; "
                         f"give a number from 1 to {epochs}")
    classes, whose = program_layers(layers, layer, bptt_steps)
    history = train_one(epochs, learning_rate, hidden_size, seed, carry_state, days, target,
                        bptt_steps, classes or layer)
    n_epochs = len(history.losses)  # fewer than were asked for if the cat exploded
    first = {name: w[0] for name, w in history.weights.items()}
    loudest = None if fate(history) == "exploded" else history.hidden.max()

    def compute(epoch):
        now = {name: w[epoch - 1] for name, w in history.weights.items()}
        return dict(epoch=epoch, losses=history.losses, hidden=history.hidden[epoch - 1, :, 0],
                    portions=days, prediction=history.predictions[epoch - 1].item(),
                    answer=target, weights=now, first=first, loudest=loudest)

    stepper = Stepper("epoch", min(epoch, n_epochs), 1, n_epochs, milliseconds=150)
    return Epoch(), compute, {"epoch": stepper}, *whose


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
            trained = epochs if setting != self.setting else self.last_epoch
            history = replace(train_one(trained, **setting, **self.given), weights={})
            # After the training: one that was stopped leaves the record as it was.
            self.history, self.setting, self.trained = history, setting, trained
        return self.history.first(min(epochs, len(self.history.losses)))


def train_one(epochs, learning_rate, hidden_size, seed, carry_state, days, target, bptt_steps,
              layer) -> History:
    """Train this seed's network for one answer after these days.

    layer: a class for the course's cat, or four of them for the first program.
    """
    if isinstance(layer, tuple):
        return first_program(layer, np.random.default_rng(seed), hidden_size, learning_rate, days,
                             target, epochs, carry_state)
    cat = CatRNN.random(np.random.default_rng(seed), hidden_size, learning_rate, recurrent=layer)
    return train(cat, timeline(days), [target], epochs, bptt_steps=bptt_steps,
                 carry_state=carry_state)


def verdict(history: History) -> str:
    """Say in a sentence what became of the network."""
    kind = fate(history)
    if kind == "exploded":
        return f"The training exploded: at epoch {history.exploded_at} the loss passed 1,000."
    return VERDICTS[kind]
