"""00: one brain, its epochs and its units."""

from catrnn.lab import explore_training
from tests.helpers.claims import claim, compute


@claim("00-19", "{55}. More units are no better: with a hidden size of 16 this brain explodes")
def _():
    shown, setting = compute(explore_training), dict(learning_rate=0.01, seed=4, carry_state=True)
    assert "exploded" in shown(epochs=55, hidden_size=16, **setting)["verdict"]
    return next(epochs for epochs in range(1, 301)
                if shown(epochs=epochs, hidden_size=2, **setting)["prediction"] >= 1.20)
