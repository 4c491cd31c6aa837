"""Notebook 11: is my cat just unlucky?"""

from functools import lru_cache, partial

import ipywidgets
import numpy as np

from catrnn.data import DAYS, TARGET
from catrnn.initializers import identity_init
from catrnn.lab.panel.controls import LAYOUT, switch, whole_slider
from catrnn.lab.panel.decorator import panel
from catrnn.lab.panel.rules import one_of, true_or_false, whole
from catrnn.lab.pictures.fate_map import FateMap
from catrnn.network import CatRNN
from catrnn.training import fate, train

RATES = (0.001, 0.003, 0.01, 0.03, 0.1)
SIZES = (1, 2, 4, 8, 16)
CATS = 40
"""Networks for each pair of learning rate and hidden size."""

CURES = {1: ("b", "output_b"), 2: ("output_c_w",), 3: ("p_w",), 4: ("c_w",)}
"""The arrays that each of the four cures changes."""

NAMES = {1: "zero biases", 2: "small output", 3: "identity", 4: "positive input"}

INITS = {
    "first program": ("no cure", ()),
    **{f"{cure} alone": (NAMES[cure], (cure,)) for cure in CURES},
    **{f"all but {cure}": (NAMES[cure], tuple(CURES.keys() - {cure})) for cure in CURES},
    "awake": ("all four", tuple(CURES)),
}
"""Ways to draw first weights: a word on each, and its cures."""


@panel("Is my cat just unlucky?", init=one_of(INITS, "a way to draw them"), epochs=whole(1, 3000),
       bptt_steps=whole(1), carry_state=true_or_false)
def explore_fates(init: str = "first program", epochs: int = 100, bptt_steps: int = len(DAYS),
                  carry_state: bool = False):
    """Return a panel that raises 1,000 networks a move, 40 a learning rate and hidden size.

    init: how first weights are drawn: "first program" with no cure, "1 alone" to "4 alone", "all
    but 1" to "all but 4", "awake" with all four. bptt_steps: days that the error goes back; all
    four are the true gradient. Raises TypeError or ValueError for any other init, and for epochs or
    days that are not whole numbers from 1 up.
    """
    def compute(init, epochs, bptt_steps, carry_state):
        fates = [row_of_fates(size, init, epochs, bptt_steps, carry_state) for size in SIZES]
        trained = "1 epoch" if epochs == 1 else f"{epochs} epochs"
        return dict(fates=fates, rates=RATES, sizes=SIZES, words=f"After {trained}. {{}}")

    ways = [(f"{name} ({word})", name) for name, (word, _) in INITS.items()]
    controls = {
        "init": ipywidgets.Dropdown(options=ways, value=init, description="first weights",
                                    **LAYOUT),
        "bptt_steps": whole_slider("days back", bptt_steps, 1, len(DAYS)),
        "carry_state": switch("carry the state", carry_state),
        "epochs": whole_slider("epochs", epochs, 1, 300),
    }
    return FateMap(), compute, controls


@lru_cache(maxsize=64)
def row_of_fates(size: int, init: str, epochs: int, bptt_steps: int, carry_state: bool):
    """Raise those of one hidden size, each of the 40 once at every rate; return fates (R, N)."""
    rngs = [np.random.default_rng(seed) for _ in RATES for seed in range(CATS)]
    rates = np.repeat(RATES, CATS).reshape(-1, 1, 1)
    _, cures = INITS[init]
    cured = [array for cure in cures for array in CURES[cure]]
    cats = CatRNN.random(rngs, size, rates, init=partial(identity_init, cured=cured))
    history = train(cats, DAYS, TARGET, epochs, bptt_steps=bptt_steps, carry_state=carry_state,
                    record=False)
    return fate(history).reshape(len(RATES), CATS)
