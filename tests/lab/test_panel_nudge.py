"""The panel of notebook 08: the slopes that it finds are true, every control moves it, and its code restores it."""

import numpy as np
import pytest

from catrnn.lab import explore_nudge
from catrnn.lab.panels.nudge import slope


@pytest.mark.parametrize(("nudge", "one_sided", "error"), [
    (0.1, False, 0.01 / 6 * (120 * 0.6**3 - 15) + 20 * 0.6 * 0.1**4 * 3 / 10), (0.001, True, 0.0005 * 5.112)])
def test_the_error_of_the_formula_is_the_one_that_school_gives(nudge, one_sided, error):
    true = 6 * 0.36 * (0.216 - 1.25)
    assert abs(slope(nudge, one_sided, "float64") - true) == pytest.approx(error, rel=0.03)


def test_to_the_right_only_is_the_slope_to_the_right():
    right = ((0.7**3 - 1.25) ** 2 - (0.6**3 - 1.25) ** 2) / 0.1
    assert slope(0.1, True, "float64") == pytest.approx(right)


def test_the_caption_says_on_which_side_of_the_v_a_nudge_stands_and_does_not_name_the_best():
    true = 6 * 0.36 * (0.216 - 1.25)
    assert "5e-11: the bottom of the V." in explore_nudge(nudge=1e-6).view.caption
    assert "best" not in explore_nudge(nudge=1e-4).view.caption
    assert abs(slope(1e-6, False, "float64") - true) < 1e-9
    assert "In float32 the slope is off by" in explore_nudge(nudge=1e-3).view.caption
    assert abs(slope(1e-3, False, "float32") - true) < 1e-3
    assert np.abs(slope(1e-6, False, "float32") - true) > 1e-2
