"""Notebook 16: can it write?"""

from functools import lru_cache
from typing import NamedTuple

import ipywidgets
import numpy as np

from catrnn.gates import GRULayer
from catrnn.initializers import uniform_init
from catrnn.lab.panel.controls import LAYOUT, number_slider, whole_slider
from catrnn.lab.panel.panel import panel
from catrnn.lab.panel.progress import progress_bar
from catrnn.lab.panel.rules import number, one_of, whole
from catrnn.lab.pictures.names import Names
from catrnn.layers import SoftmaxLossLayer
from catrnn.letters import (
    ALPHABET,
    bits,
    letter_chances,
    letters_in_a_row,
    names,
    names_as_days,
    write_name,
)
from catrnn.network import CatRNN
from catrnn.training import train, weights_for

KEPT_BACK = 150
"""Names to choose by, and as many to judge by in the end; the other 618 are learned."""

HIDDEN_SIZE, LEARNING_RATE, BEST = 32, 1.0, 105
"""What the names kept back have chosen: benchmarks/letters.md."""

EPOCHS = 150
SETTINGS = {"clip": 1.0, "momentum": 0.9, "record": False}

FIRST_LETTERS = {"any": "", **{letter: letter for letter in ALPHABET[1:]}}
COLDEST, HOTTEST = 0.1, 2.0
WRITTEN = 10
"""Names at a time."""


class Learned(NamedTuple):
    """What was written down while a network learned names."""

    names: list  # that it learned from
    weights: list  # of every epoch, arrays by name; first those it was born with
    bits: np.ndarray  # (E + 1, 2): a letter, on names learned and on names kept back
    counted: dict  # bits a letter on names kept back, of what counts letters alone


@panel("Which names does it write?",
       temperature=number(COLDEST, HOTTEST), first=one_of(FIRST_LETTERS, "any or a letter"),
       epochs=whole(0, EPOCHS))
def explore_names(temperature: float = 1.0, first: str = "any", epochs: int = BEST):
    """Return a panel in which a network writes ten names for cats.

    temperature: from 0.1 to 2, what the scores are divided by before a letter is drawn. first: the
    letter that each name begins with, or "any". epochs: how long it has learned, from 0 to 150. It
    learns once, some seconds under a bar, and is then looked up. Raises TypeError or ValueError for
    anything else.
    """
    def compute(temperature, first, epochs):
        learned = learn_names()
        writer = network()
        for name, weight in learned.weights[epochs].items():
            layer, own = name.split(".")
            getattr(getattr(writer, layer), own)[:] = weight
        rng = np.random.default_rng(0)
        begin = FIRST_LETTERS[first]
        written = [write_name(writer.predict, rng, temperature, begin) for _ in range(WRITTEN)]
        return dict(written=written, known=learned.names, bits=learned.bits, epoch=epochs,
                    counted=learned.counted)

    controls = {
        "temperature": number_slider("temperature", temperature, COLDEST, HOTTEST, 0.1),
        "first": ipywidgets.Dropdown(options=list(FIRST_LETTERS), value=first,
                                     description="first letter", **LAYOUT),
        "epochs": whole_slider("epochs", epochs, 0, EPOCHS),
    }
    return Names(EPOCHS), compute, controls


def network() -> CatRNN:
    """Return the network that learns to write: one letter a day."""
    return CatRNN.random(np.random.default_rng(0), HIDDEN_SIZE, LEARNING_RATE, uniform_init,
                         input_size=len(ALPHABET), recurrent=GRULayer,
                         output_size=len(ALPHABET), loss=SoftmaxLossLayer())


@lru_cache(maxsize=1)
def learn_names() -> Learned:
    """Train once on the names that are not kept back, and write down every epoch."""
    shuffled = list(np.random.default_rng(0).permutation(names()))
    kept, known = shuffled[KEPT_BACK : 2 * KEPT_BACK], shuffled[2 * KEPT_BACK :]
    writer = network()
    days, answers = names_as_days(known)
    weights, on_kept = [], []

    moved = progress_bar(f"{len(known)} names, {EPOCHS} times")

    def note(epoch, epochs):
        moved(epoch, epochs)
        seen = look(writer, *names_as_days(kept))
        on_kept.append(seen.loss)
        weights.append({name: w.copy() for name, w in weights_for(writer, seen.d_params).items()})

    note(0, EPOCHS)
    history = train(writer, days, writer.answers(answers), EPOCHS, **SETTINGS, progress=note)
    on_known = [*history.losses, look(writer, days, answers).loss]
    misses = bits(np.column_stack([on_known, on_kept]))
    counted = {"letters": 0, "pairs": 1, "triples": 2}
    counted = {name: bits_by_counts(known, kept, before) for name, before in counted.items()}
    return Learned(known, weights, misses, {"uniform": np.log2(len(ALPHABET)), **counted})


def look(writer, days, answers):
    """Look at names without moving a weight."""
    days = writer.days(days)
    return writer.gradients(days, writer.answers(answers), writer.first_state(days))


def bits_by_counts(known: list, kept: list, before: int) -> float:
    """Return bits a letter, on names kept back, of what counts letters in those that are known."""
    weights = (1, 2, 4, 8, 16)
    rows = letters_in_a_row(kept, before)
    return min(-np.log2(letter_chances(known, before, weight)[rows]).mean() for weight in weights)
