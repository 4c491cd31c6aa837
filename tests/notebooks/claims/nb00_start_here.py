"""00: one brain, its epochs and its units; then ten."""

from catrnn.lab import explore_training
from tests.helpers.claims import claim, compute

SETTING = dict(learning_rate=0.01, hidden_size=2, seed=4, carry_state=True)


def shown(**setting) -> dict:
    return compute(explore_training)(**SETTING | setting)


def epochs_to_a_good_guess() -> int:
    return next(epochs for epochs in range(1, 301) if shown(epochs=epochs)["prediction"] >= 1.20)


@claim("00-19", "{55}. More units are no better: with a hidden size of 16 this brain explodes")
def _():
    assert "exploded" in shown(epochs=55, hidden_size=16)["verdict"]
    return epochs_to_a_good_guess()


@claim("00-33", "{55} epochs to 1.20")
def _():
    return epochs_to_a_good_guess()


@claim("00-33", "Of ten brains that predict {1.24 or 1.25}, {seven} never look at the fish")
def _():
    ten = [shown(epochs=300, seed=seed) for seed in range(10)]
    predictions = sorted({f"{brain['prediction']:.2f}" for brain in ten})
    return " or ".join(predictions), sum("bias alone" in brain["verdict"] for brain in ten)
