"""Notebook 16: can it write?"""

from collections import defaultdict
from functools import lru_cache
from typing import NamedTuple

import ipywidgets
import numpy as np

from catrnn.gates import GRULayer
from catrnn.initializers import uniform_init
from catrnn.lab.panel.controls import LAYOUT, number_slider, whole_slider
from catrnn.lab.panel.decorator import panel
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
from catrnn.network import CatRNN, as_rows
from catrnn.training import Recorder, step, weights_for

KEPT_BACK = 150
"""Names to choose by, and as many to judge by in the end; the other 618 are learned."""

HIDDEN_SIZE, LEARNING_RATE, BEST = 32, 1.0, 105
"""What the names kept back have chosen: benchmarks/letters.md."""

EPOCHS, CLIP, MOMENTUM = 150, 1.0, 0.9

AT_ONCE = 64
"""Names in one look: all of them at once take nine times the memory, and longer."""

FIRST_LETTERS = {"any": "", **{letter: letter for letter in ALPHABET[1:]}}
COLDEST, HOTTEST = 0.1, 2.0
WRITTEN = 10
"""Names at a time."""


class Learned(NamedTuple):
    """What was written down while a network learned names."""

    names: list  # that it learned from
    weights: dict  # (E + 1, ...) by name, float32: of every epoch; first those it was born with
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
        for name, weights in learned.weights.items():
            layer, own = name.split(".")
            getattr(getattr(writer, layer), own)[:] = weights[epochs]
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
    writer, velocity = network(), None
    known_parts, kept_parts = in_parts(known), in_parts(kept)
    recorder, nats = Recorder(EPOCHS + 1), []

    moved = progress_bar(f"{len(known)} names, {EPOCHS} times")
    for epoch in range(EPOCHS + 1):
        moved(epoch, EPOCHS)
        loss, d_params = look(writer, known_parts)
        nats.append([loss, surprise(writer, kept_parts)])
        weights = weights_for(writer, d_params)
        recorder.note({name: w.astype(np.float32) for name, w in weights.items()})
        velocity = step(writer, d_params, velocity, CLIP, MOMENTUM)

    counted = {"letters": 0, "pairs": 1, "triples": 2}
    counted = {name: bits_by_counts(known, kept, before) for name, before in counted.items()}
    counted = {"uniform": np.log2(len(ALPHABET)), **counted}
    return Learned(known, recorder.rows, bits(np.array(nats)), counted)


def in_parts(names: list) -> list:
    """Return names as (days, answers), AT_ONCE at a time, those of like length together.

    They are ones and zeros, and kept as small whole numbers: an eighth of the room.
    """
    in_order = sorted(names, key=len)
    parts = [names_as_days(in_order[k : k + AT_ONCE]) for k in range(0, len(names), AT_ONCE)]
    return [np.array(part, dtype=np.int8) for part in parts]


def look(writer, parts: list) -> tuple:
    """Look at names without moving a weight; return the loss and the gradients of all parts.

    Each part counts by its answers, so that both are what one look at all names would tell.
    """
    n_answers = sum(answers.sum() for _, answers in parts)
    loss, total = 0.0, {"recurrent": defaultdict(float), "output": defaultdict(float)}
    for days, answers in parts:
        days = writer.days(days)
        seen = writer.gradients(days, writer.answers(answers), writer.first_state(days))
        share = answers.sum() / n_answers
        loss += share * seen.loss
        for layer, d_layer in seen.d_params.items():
            for name, d_param in d_layer.items():
                total[layer][name] += share * d_param
    return loss, total


def surprise(writer, parts: list) -> float:
    """Return the loss that `look` tells, without the way back."""
    total, n_answers = 0.0, sum(answers.sum() for _, answers in parts)
    for days, answers in parts:
        scores = as_rows(writer.predict(days, every_day=True))
        total += answers.sum() / n_answers * writer.loss.forward(scores, as_rows(answers))
    return total


def bits_by_counts(known: list, kept: list, before: int) -> float:
    """Return bits a letter, on names kept back, of what counts letters in those that are known."""
    weights = (1, 2, 4, 8, 16)
    rows = letters_in_a_row(kept, before)
    return min(-np.log2(letter_chances(known, before, weight)[rows]).mean() for weight in weights)
