"""Notebook 11: is my cat just unlucky?"""

from functools import partial

import ipywidgets
import numpy as np

from catrnn.data import DAYS, TARGET
from catrnn.initializers import identity_init
from catrnn.lab.panel.controls import LAYOUT, switch, whole_slider
from catrnn.lab.panel.panel import panel
from catrnn.lab.panel.rules import one_of, true_or_false, whole
from catrnn.lab.pictures.fate_map import FateMap
from catrnn.network import CatRNN
from catrnn.training import fate, train

RATES = (0.001, 0.003, 0.01, 0.03, 0.1)
SIZES = (1, 2, 4, 8, 16)
CATS = 40
"""Cats for each pair of learning rate and hidden size."""

BIASES = ("b", "output_b")

INITS = {
    "seed": ("as the first program draws", ()),
    "zero biases": ("1: zero biases", BIASES),
    "small output": ("1 + 2: small output", (*BIASES, "output_c_w")),
    "identity": ("1 + 2 + 3: identity", (*BIASES, "output_c_w", "p_w")),
    "awake": ("1 + 2 + 3 + 4: awake", (*BIASES, "output_c_w", "p_w", "c_w")),
}
"""Ways to draw first weights: the label of each, and which arrays `identity_init` cures."""


@panel("Is my cat just unlucky?", init=one_of(INITS, "a way to draw them"), epochs=whole(1, 3000),
       bptt_steps=whole(1), carry_state=true_or_false)
def explore_fates(init: str = "seed", epochs: int = 100, bptt_steps: int = len(DAYS),
                  carry_state: bool = False):
    """Return a panel that raises 1,000 cats a move, 40 a learning rate and hidden size.

    init: how first weights are drawn, one of "seed", "zero biases", "small output", "identity",
    "awake"; each has the cures of those before it. bptt_steps: days that the error goes back; all
    four are the true gradient. Raises TypeError or ValueError for any other init, and for epochs or
    days that are not whole numbers from 1 up.
    """
    def compute(init, epochs, bptt_steps, carry_state):
        habit = dict(bptt_steps=bptt_steps, carry_state=carry_state)
        fates = [row_of_fates(size, init, epochs, **habit) for size in SIZES]
        trained = "1 epoch" if epochs == 1 else f"{epochs} epochs"
        return dict(fates=fates, rates=RATES, sizes=SIZES, words=f"After {trained}. {{}}")

    ways = [(label, name) for name, (label, _) in INITS.items()]
    controls = {
        "init": ipywidgets.Dropdown(options=ways, value=init, description="first weights",
                                    **LAYOUT),
        "epochs": whole_slider("epochs", epochs, 1, 300),
        "bptt_steps": whole_slider("days back", bptt_steps, 1, len(DAYS)),
        "carry_state": switch("carry the state", carry_state),
    }
    return FateMap(), compute, controls


def row_of_fates(size: int, init: str, epochs: int, **habit) -> np.ndarray:
    """Raise the cats of one hidden size, each of the 40 once at every rate; return fates (R, N)."""
    rngs = [np.random.default_rng(seed) for _ in RATES for seed in range(CATS)]
    rates = np.repeat(RATES, CATS).reshape(-1, 1, 1)
    _, cured = INITS[init]
    cats = CatRNN.random(rngs, size, rates, init=partial(identity_init, cured=cured))
    history = train(cats, DAYS, TARGET, epochs, record=False, **habit)
    return fate(history).reshape(len(RATES), CATS)
