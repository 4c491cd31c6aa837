"""Notebooks 00 and 07: will it learn?"""

import numpy as np

from catrnn import checks
from catrnn.data import PORTIONS, timeline
from catrnn.lab.exercises.learner import ready
from catrnn.lab.panel.controls import Stepper, choice_slider, number_box, switch, whole_slider
from catrnn.lab.panel.panel import Panel
from catrnn.lab.pictures.training import Epoch, Training
from catrnn.layers import RecurrentLinearLayer
from catrnn.network import CatRNN
from catrnn.training import History, fate, train

RATES = (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3)

WRITTEN = ("recurrent layer", "recurrent backward")
"""The exercises in which a learner writes a recurrent layer."""

VERDICTS = {
    "learned": "This cat has learned.",
    "not yet": "This cat is not there yet.",
    "dead": "This cat is dead: no fish reaches its answer.",
    "bias only": "This cat is dead, yet its bias alone has learned the answer, without looking at a fish.",
}


def explore_training(epochs: int = 100, learning_rate: float = 0.01, hidden_size: int = 2, seed: int = 0,
                     carry_state: bool = True, days=PORTIONS, target: float = 1.25, bptt_steps: int | None = 1,
                     layer=RecurrentLinearLayer) -> Panel:
    """Return a panel that trains a cat anew at every move.

    Only the epochs are read from the record of one training: after 60 of 300 epochs a cat is what 60 make of it.
    days: portions of fish, one a day; target: portions on the day after. seed: which cat, drawn by default_rng(seed).
    bptt_steps: how many days back the error goes; 1 is the seed's habit, None is all of them.
    layer: the class of the recurrent layer, a learner's own too. Raises ValueError, with the words of the check of
    exercise "recurrent layer" or "recurrent backward", if it is not right.
    """
    picture, last_epoch = Training(), max(300, checks.integer("epochs", epochs))
    recorded = TrainingCache(last_epoch, days, target, bptt_steps, ready(layer, *WRITTEN))

    def answer(epochs, **setting):
        history = recorded.first(epochs, **setting)
        picture.show(history.losses, history.hidden[-1, :, 0], days, history.predictions[-1].item(), target,
                     last_epoch=last_epoch, verdict=verdict(history))

    controls = {
        "epochs": whole_slider("epochs", epochs, 1, 300),
        "learning_rate": choice_slider("learning rate", learning_rate, RATES),
        "hidden_size": whole_slider("hidden size", hidden_size, 1, 16),
        "seed": number_box("cat (seed)", seed, 0, 9999),
        "carry_state": switch("carry the state", carry_state),
    }
    return Panel("Will it learn?", picture, answer, controls, "explore_training",
                 changed_arguments(days, target, bptt_steps, layer))


def explore_epochs(epoch: int = 1, epochs: int = 100, learning_rate: float = 0.01, hidden_size: int = 2, seed: int = 0,
                   carry_state: bool = True, days=PORTIONS, target: float = 1.25, bptt_steps: int | None = 1,
                   layer=RecurrentLinearLayer) -> Panel:
    """Return a panel that goes through one recorded training, epoch by epoch; it never trains again.

    The arguments are those of `explore_training`, and `epoch`, from 1, is where to begin.
    """
    picture = Epoch()
    ready(layer, *WRITTEN)
    history = train_one(epochs, learning_rate, hidden_size, seed, carry_state, days, target, bptt_steps, layer)
    first = {name: w[0] for name, w in history.weights.items()}

    def answer(epoch):
        now = {name: w[epoch - 1] for name, w in history.weights.items()}
        prediction = history.predictions[epoch - 1].item()
        picture.show(epoch, history.losses, history.hidden[epoch - 1, :, 0], days, prediction, target, now, first)

    controls = {"epoch": Stepper("epoch", min(epoch, len(history.losses)), 1, len(history.losses), milliseconds=150)}
    setting = {"epochs": epochs, "learning_rate": learning_rate, "hidden_size": hidden_size, "seed": seed,
               "carry_state": carry_state}
    return Panel("What changes from epoch to epoch?", picture, answer, controls, "explore_epochs",
                 setting | changed_arguments(days, target, bptt_steps, layer))


class TrainingCache:
    """The last training, kept: another number of epochs is looked up in it, any other change trains anew."""

    def __init__(self, last_epoch: int, days, target: float, bptt_steps: int | None, layer):
        self.last_epoch, self.given = last_epoch, dict(days=days, target=target, bptt_steps=bptt_steps, layer=layer)
        self.setting, self.trained = None, 0

    def first(self, epochs: int, **setting) -> History:
        """Return the History of so many epochs. The first wish for more trains for the most that can be asked."""
        if setting != self.setting or epochs > self.trained:
            self.trained = epochs if setting != self.setting else self.last_epoch
            self.history = train_one(self.trained, **setting, **self.given)
            self.setting = setting
        return self.history.first(epochs)


def train_one(epochs, learning_rate, hidden_size, seed, carry_state, days, target, bptt_steps, layer) -> History:
    """Train the cat of this seed, with a recurrent layer of this class, for one answer after these days."""
    rng = np.random.default_rng(checks.integer("seed", seed, 0))
    layer = layer if layer.gradients is RecurrentLinearLayer.gradients else with_array_gradients(layer)
    cat = CatRNN.random(rng, hidden_size, learning_rate, recurrent=layer)
    return train(cat, timeline(days), [target], epochs, bptt_steps=bptt_steps, carry_state=carry_state)


def with_array_gradients(layer):
    """Return a layer whose gradients are arrays, for the cat adds them up; a learner's may be lists."""
    class Arrays(layer):
        def gradients(self, prev_d_x):
            d_inputs, d_params = super().gradients(prev_d_x)
            return tuple(map(np.asarray, d_inputs)), {name: np.asarray(d) for name, d in d_params.items()}

    return Arrays


def verdict(history: History) -> str:
    """Say in a sentence what became of the cat."""
    kind = fate(history)
    if kind == "exploded":
        return f"The training exploded: at epoch {history.exploded_at} the loss passed 1,000."
    return VERDICTS[kind]


def changed_arguments(days, target: float, bptt_steps: int | None, layer) -> dict:
    """Return the arguments that are not those of the course."""
    own = {} if list(days) == PORTIONS and target == 1.25 else {"days": list(days), "target": target}
    own |= {} if bptt_steps == 1 else {"bptt_steps": bptt_steps}
    return own if layer is RecurrentLinearLayer else own | {"layer": Verbatim(layer.__name__)}


class Verbatim(str):
    """A name that is written into code as it is, without quotation marks."""

    def __repr__(self):
        return str(self)
