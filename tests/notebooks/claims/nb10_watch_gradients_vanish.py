"""10: how much of a gradient arrives, and who comes down from the cliff."""

import re

import numpy as np

from catrnn.data import DAYS, TARGET
from catrnn.lab import explore_memory
from catrnn.lab.panels.cliff import CLIPS, HABIT, RATES, descents, small_cat
from catrnn.network import CatRNN
from catrnn.training import fate, train
from tests.helpers.claims import claim, compute, printed, shares

GOOD = 0.01


def left(radius: float, relu: bool = True, rotation: bool = False, seed: int = 0) -> float:
    """Return what the panel says is left of a gradient thirty days back."""
    return compute(explore_memory)(radius=radius, relu=relu, rotation=rotation, seed=seed)["lengths"][-1]


def needed(seed: int) -> float:
    """Return the least radius on the slider with which all of it arrives."""
    return next(radius for radius in np.arange(100, 201) / 100 if left(radius, seed=seed) >= 1)


@claim("10-27", "with ReLU a radius of 1.00 leaves {0.0004} of network 0's gradient, and {1.42} about all of it. "
                "Network 5 needs {1.30} for that, network 2 as much as {1.87}")
def _():
    return left(1.00), needed(seed=0), needed(seed=5), needed(seed=2)


@claim("10-27", "A rotation without ReLU follows the dashed line exactly: {0.0424} at 0.90, and {17.4494} at 1.10")
def _():
    return left(0.90, relu=False, rotation=True), left(1.10, relu=False, rotation=True)


@claim("10-13", "such networks had their state carried from epoch to epoch: {64%} exploded, {22%} learned")
def _():
    cats = CatRNN.random([np.random.default_rng(seed) for seed in range(1000)], 8)
    ends = fate(train(cats, DAYS, TARGET, 100, bptt_steps=1, carry_state=True, record=False))
    return np.mean(ends == "exploded"), np.mean(ends == "learned")


@claim("10-51", "scaled to 0.9, {95%} of a thousand networks with 8 units learn")
def _():
    _, learned = shares(printed("10-16"))
    return learned


def by_radius() -> dict:
    """Return {radius: (what the median keeps, the share that keeps all)} of the three hundred."""
    rows = re.findall(r"radius (\S+): median (\S+), all of it in (\d+)%", printed("10-53"))
    return {float(radius): (float(median.replace(",", "")), int(share)) for radius, median, share in rows}


@claim("10-28", "With {1.5}: shut gates take their share each day")
def _():
    return max(radius for radius, (_, share) in by_radius().items() if share <= 50)


@claim("10-28", "for some {1.2} is enough, for some {2.0} is not")
def _():
    some = [radius for radius, (_, share) in by_radius().items() if 5 < share < 95]
    return min(some), max(some)


@claim("10-51", "At a radius of 1 the median of 300 networks with 16 units keeps {0.000005}; half of them need more "
                "than {1.5} to keep it all")
def _():
    return by_radius()[1.0][0], max(radius for radius, (_, share) in by_radius().items() if share <= 50)


@claim("10-45", "without a clip this network survives {0.01}, and is thrown off by {0.02}")
def _():
    survived = [rate for rate, (_, losses) in descents(RATES, None).items() if losses[-1] < GOOD]
    return max(survived), min(set(RATES) - set(survived))


@claim("10-45", "With a clip of 1 it ends under a loss of 0.01 at every rate on the slider")
def _():
    assert all(losses[-1] < GOOD for _, losses in descents(RATES, 1).values())
    return ()


@claim("10-45", "At a rate of 0.1 every clip up to {10} keeps it on the map")
def _():
    ends = {clip: descents((0.1,), clip)[0.1][0][-1] for clip in CLIPS}
    on_the_map = [clip for clip, (p_w, c_w) in ends.items() if 0.2 <= p_w <= 1.25 and -0.3 <= c_w <= 0.9]
    assert on_the_map == [clip for clip in CLIPS if clip <= 10]
    return max(on_the_map)


def starts() -> dict:
    """Return the share that came down, by clip, of the 396 starts."""
    rows = re.findall(r"396 starts, clip (\w+): learned (\d+)%", printed("10-55"))
    return {clip: int(share) / 100 for clip, share in rows}


@claim("10-43", "Half of them, and {97%} with a clip of 1. A clip of 100 saves not one")
def _():
    assert starts()["100"] == starts()["None"]
    return starts()["1"]


@claim("10-51", "of 396 starts {52%} come down without a clip, and {97%} with a norm clipped at 1")
def _():
    return starts()["None"], starts()["1"]


@claim("10-50", "Of the {396} starts clipping by value brings {77%} down: more than no clip, fewer than the norm")
def _():
    p_w, c_w = np.meshgrid(np.linspace(0.2, 1.25, 22), np.linspace(0.05, 0.9, 18))
    cats = small_cat(p_w.reshape(-1, 1, 1), c_w.reshape(-1, 1, 1), learning_rate=0.1)
    days, target = cats.days(HABIT), cats.target([0.75])
    for _ in range(61):
        loss, d_params, *_ = cats.gradients(days, target, cats.first_state(days))
        cats.update({"recurrent": {name: np.clip(d, -1, 1) for name, d in d_params["recurrent"].items()}})
    down = np.mean(loss < GOOD)
    assert starts()["None"] < down < starts()["1"]
    return p_w.size, down
