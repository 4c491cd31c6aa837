"""05: how long a step may be."""

import numpy as np

from catrnn.lab import explore_descent
from tests.helpers.claims import claim, compute


@claim("05-31", "0.001 crawls, 0.1 is not there yet, 0.5 arrives by step {69}. At 0.70 the path swings from side to "
                "side of the valley and just about arrives; at 0.71 it explodes")
def _():
    losses = {rate: compute(explore_descent)(rate, 200)["losses"] for rate in (0.001, 0.1, 0.5, 0.70, 0.71)}
    assert losses[0.001][-1] > 0.25 > 0.01 > losses[0.1][-1] > 0.0001 > losses[0.70][-1]
    assert losses[0.71][-1] > losses[0.71][0]
    return np.argmax(losses[0.5] < 0.0001)
