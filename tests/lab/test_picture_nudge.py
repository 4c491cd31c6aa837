"""The V of the nudge and the slopes at a nudge: they hold what they were given, and their captions are true."""

import re

import numpy as np
import pytest

from catrnn.lab import Nudge, Slopes
from catrnn.lab.pictures.nudge import HIGH, LOW, best

GRID = np.geomspace(1e-15, 0.1, 113)
TRUE = -2.0


def v(eps, one_sided):
    """A slope with two errors: of the formula, and of rounding."""
    return TRUE + GRID ** (1 if one_sided else 2) + eps / GRID


def shown(nudge, one_sided=False, picture=None, found=None):
    slopes = {"float64": v(1e-16, one_sided), "float32": v(1e-7, one_sided)}
    here = {name: TRUE + nudge ** (1 if one_sided else 2) + eps / nudge
            for name, eps in (("float64", 1e-16), ("float32", 1e-7))}
    return (picture or Nudge()).show(GRID, slopes, TRUE, nudge, found or here)


def bend(at, picture=None):
    x = np.linspace(-1, 2, 31)
    return (picture or Slopes()).show(x, x**3, at, np.asarray(at) ** 3, "a weight", 3 * at[1] ** 2)


def kink(picture=None):
    x, at = np.linspace(-1, 1, 31), np.array([-0.5, 0.0, 0.5])
    return (picture or Slopes()).show(x, abs(x), at, abs(at), "a bias")


@pytest.mark.parametrize("one_sided", [False, True])
@pytest.mark.parametrize("eps", [1e-16, 1e-7])
def test_the_best_nudge_is_where_the_two_errors_balance(eps, one_sided):
    balance = eps ** (1 / 2) if one_sided else (eps / 2) ** (1 / 3)
    assert best(GRID, np.abs(v(eps, one_sided) - TRUE)) == pytest.approx(balance, rel=0.5)


def test_the_best_nudge_is_not_one_that_was_merely_lucky():
    errors = np.abs(v(1e-16, False) - TRUE)
    lucky = errors.copy()
    lucky[20] = 0.0
    assert best(GRID, lucky) == best(GRID, errors)


@pytest.mark.parametrize(("nudge", "in_64", "in_32"), [
    (1e-10, "rounding rules", "rounding rules"), (4e-6, "the bottom of the V", "rounding rules"),
    (4e-3, "the formula's own error rules", "the bottom of the V"),
    (0.1, "the formula's own error rules", "the formula's own error rules"),
])
def test_the_caption_says_on_which_side_of_the_v_the_nudge_is(nudge, in_64, in_32):
    in_words = re.fullmatch(r"A nudge of .*\. In float64 (.*)\. In float32 (.*)\.", shown(nudge).caption)
    assert in_64 in in_words[1]
    assert in_32 in in_words[2]


def test_the_caption_tells_the_error_that_is_marked():
    picture = shown(0.01)
    assert "In float64 the slope is off by 1e-4:" in picture.caption
    np.testing.assert_allclose(picture.dots["float64"].get_xydata(), [[0.01, 1e-4]])
    np.testing.assert_allclose(picture.curves["float32"].get_ydata(), np.clip(GRID**2 + 1e-7 / GRID, LOW, HIGH))


def test_a_nudge_off_the_chart_or_lost_in_rounding_is_said_in_words():
    assert "A nudge of 5 (off the chart)." in shown(5.0).caption
    lost = shown(1e-12, found={"float64": TRUE, "float32": 0.0})
    assert "In float64 the slope is off by 0:" in lost.caption
    assert "In float32 the slope is off by 2.00: the nudge is lost in rounding, and no change is seen." in lost.caption


def test_the_three_slopes_are_those_of_the_points():
    picture = bend((0.0, 0.5, 1.0))
    assert picture.caption == ("A nudge of 0.5 finds a slope of +0.2500 to the left, +1.7500 to the right "
                               "and +1.0000 over both sides. The true slope is +0.7500.")
    for line, slope in zip(picture.lines.values(), (0.25, 1.75, 1.0), strict=True):
        (x0, x1), (y0, y1) = line.get_data()
        assert (y1 - y0) / (x1 - x0) == pytest.approx(slope)
    assert picture.dots.get_xydata().tolist() == [[0.0, 0.0], [0.5, 0.125], [1.0, 1.0]]


def test_at_a_kink_the_mean_of_two_slopes_is_the_slope_of_nothing():
    assert "−1.0000 to the left, +1.0000 to the right and 0.0000 over both sides" in kink().caption
