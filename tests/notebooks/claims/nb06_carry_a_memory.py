"""06: the days in order, and backwards."""

from catrnn.lab import explore_walk
from tests.helpers.claims import claim, compute


def walked(cat: int, backwards: bool) -> dict:
    return compute(explore_walk)(step=5, cat=cat, backwards=backwards)


@claim("06-32", "It falls from {2.80} to {1.35}, and no unit is shut")
def _():
    forth, back = walked(214, False), walked(214, True)
    assert all((h > 0).all() for h in back["hs"][1:])
    return forth["prediction"].item(), back["prediction"].item()


@claim("06-32", "The order does not matter to the brains {2, 7 and 8}: both ways every unit is shut on their last day, "
                "so the guess is `out_b`")
def _():
    both = {cat: [walked(cat, backwards) for backwards in (False, True)] for cat in range(10)}
    same = [cat for cat, (forth, back) in both.items() if forth["prediction"] == back["prediction"]]
    assert not any(way["hs"][-1].any() for cat in same for way in both[cat])
    return same
