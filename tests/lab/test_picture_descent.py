"""The descent: its map is the loss, its path ends at the edge of the map, its caption tells the truth."""


import numpy as np
import pytest

from catrnn.lab import Descent

X = np.array([[0.25], [0.50], [0.75], [1.00]])
Y = X + 0.25


def walk(rate, steps, start=(-1.0, 1.0)):
    """Gradient descent by the formula, with none of the package."""
    path = [np.array(start)]
    columns = np.hstack([X, np.ones_like(X)])
    for _ in range(steps):
        path.append(path[-1] - rate * 2 * columns.T @ (columns @ path[-1] - Y.ravel()) / 4)
    path = np.array(path)
    return path, np.mean((path @ columns.T - Y.ravel()) ** 2, axis=1)


@pytest.mark.parametrize(("rate", "steps", "words"), [
    (0.001, 100, "crawls"), (0.1, 100, "falls: "), (0.5, 100, "arrives"), (0.71, 20, "turns"), (0.71, 100, "explodes"),
    (1.0, 100, "off the chart"), (0.0, 10, "stands still"), (0.1, 0, "No step yet"), (0.1, 1, "in 1 step."),
])
def test_caption_says_what_became_of_the_loss(rate, steps, words):
    path, losses = walk(rate, steps)
    caption = Descent(X, Y).show(path, losses).caption
    assert words in caption
    assert f"{losses[0]:.4f}" in caption
    if 1e-4 < losses[-1] < 1e4:
        assert f"{losses[-1]:.4f}" in caption
    if losses[-1] < 1e-4:
        first = int(np.flatnonzero(losses < 1e-4)[0])
        assert f"by step {first}." in caption


def test_swings_are_counted():
    assert "199 times" in Descent(X, Y).show(*walk(0.71, 200)).caption
    assert "swings" not in Descent(X, Y).show(*walk(0.1, 200)).caption


def test_path_is_drawn_up_to_the_edge_of_the_map_and_told():
    path, losses = walk(1.0, 30)
    picture = Descent(X, Y).show(path, losses)
    left = next(k for k, (w, b) in enumerate(path) if not (-2 <= w <= 3 and -1.5 <= b <= 2.5))
    drawn = picture.path.get_xydata()
    np.testing.assert_array_equal(drawn[:-1], path[:left])
    assert drawn[-1, 1] == pytest.approx(2.5)
    assert f"Step {left} leaves the map" in picture.caption


def test_path_on_the_map_is_drawn_whole():
    path, losses = walk(0.5, 100)
    picture = Descent(X, Y).show(path, losses)
    np.testing.assert_array_equal(picture.path.get_xydata(), path)
    np.testing.assert_allclose(picture.losses.get_ydata(), np.clip(losses, 1e-6, 1e4))


def test_contours_lie_where_the_loss_has_their_level():
    picture = Descent(X, Y).show(*walk(0.5, 100))
    lines = picture.static[1]
    for level, segments in zip(lines.levels, lines.allsegs, strict=True):
        for weight, bias in np.concatenate(segments)[::10]:
            assert np.mean((weight * X + bias - Y) ** 2) == pytest.approx(level, rel=0.08)
