"""Notebook 11: is my cat just unlucky?"""

import ipywidgets
import numpy as np

from catrnn import checks
from catrnn.data import DAYS, TARGET
from catrnn.initializers import identity_init, normal_init
from catrnn.lab.panel.controls import LAYOUT, switch, whole_slider
from catrnn.lab.panel.panel import Panel
from catrnn.lab.pictures.fate_map import FateMap
from catrnn.network import CatRNN
from catrnn.training import fate, train

RATES = (0.001, 0.003, 0.01, 0.03, 0.1)
SIZES = (1, 2, 4, 8, 16)
CATS = 40
"""Cats for each pair of learning rate and hidden size."""

CURES = {
    "seed": ("as the seed draws them", ()),
    "zero biases": ("1: zero biases", (1, 4)),
    "small output": ("1 + 2: small output", (1, 4, 3)),
    "identity": ("1 + 2 + 3: identity", (1, 4, 3, 2)),
    "awake": ("1 + 2 + 3 + 4: awake", (1, 4, 3, 2, 0)),
}
"""Ways to draw first weights: the name of each, and which of the seed's five arrays it has from `identity_init`."""


def explore_fates(weights: str = "seed", epochs: int = 100, bptt_steps: int = len(DAYS),
                  carry_state: bool = False) -> Panel:
    """Return a panel that raises a thousand cats at every move, 40 for each pair of learning rate and hidden size.

    weights: how they are drawn, one of "seed", "zero biases", "small output", "identity", "awake"; each has the cures
    of those before it. bptt_steps: days that the error goes back; all four are the true gradient.
    Raises TypeError or ValueError for any other weights, and for epochs or days that are not whole numbers from 1 up.
    """
    if weights not in list(CURES):
        raise ValueError(f"weights is {checks.brief(weights)}, but a way to draw them is expected; try {list(CURES)}")
    checks.integer("epochs", epochs)
    checks.integer("bptt_steps", bptt_steps)
    picture = FateMap()

    def answer(weights, epochs, bptt_steps, carry_state):
        habit = dict(bptt_steps=bptt_steps, carry_state=carry_state)
        picture.show([row_of_fates(size, weights, epochs, **habit) for size in SIZES], RATES, SIZES)
        picture.caption = f"After {epochs} {'epoch' if epochs == 1 else 'epochs'}. {picture.caption}"

    ways = [(label, name) for name, (label, _) in CURES.items()]
    controls = {
        "weights": ipywidgets.Dropdown(options=ways, value=weights, description="first weights", **LAYOUT),
        "epochs": whole_slider("epochs", epochs, 1, 300),
        "bptt_steps": whole_slider("days back", bptt_steps, 1, len(DAYS)),
        "carry_state": switch("carry the state", carry_state),
    }
    return Panel("Is my cat just unlucky?", picture, answer, controls, "explore_fates")


def row_of_fates(size: int, way: str, epochs: int, **habit) -> np.ndarray:
    """Raise the cats of one hidden size side by side, each of the 40 once at every rate; return fates (R, N)."""
    rngs = [np.random.default_rng(seed) for _ in RATES for seed in range(CATS)]
    rates = np.repeat(RATES, CATS).reshape(-1, 1, 1)
    cats = CatRNN.random(rngs, size, rates, init=lambda *given: cured(way, *given))
    history = train(cats, DAYS, TARGET, epochs, record=False, **habit)
    return fate(history).reshape(len(RATES), CATS)


def cured(way: str, rng, input_size: int, hidden_size: int) -> list:
    """Draw the seed's weights, with the arrays of this way taken from `identity_init` of the same cat."""
    start = rng.bit_generator.state
    drawn = normal_init(rng, input_size, hidden_size)
    rng.bit_generator.state = start  # the same random numbers once more
    awake = identity_init(rng, input_size, hidden_size)
    _, cures = CURES[way]
    return [awake[k] if k in cures else drawn[k] for k in range(len(drawn))]
