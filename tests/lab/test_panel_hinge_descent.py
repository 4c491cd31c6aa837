"""The panels of notebooks 03 and 05: every control moves the caption, and the restoring code restores."""

import warnings

import numpy as np

from catrnn.lab import explore_descent

EDGE = 2 / np.linalg.eigvalsh(2 * np.array([[1.875, 2.5], [2.5, 4.0]]) / 4).max()


def test_edge_parts_the_rates_that_arrive_from_those_that_explode():
    assert "arrives" in explore_descent(learning_rate=0.99 * EDGE, steps=2000).view.caption
    assert "explodes" in explore_descent(learning_rate=1.01 * EDGE, steps=2000).view.caption


def test_exploding_leaks_no_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for rate in (1.0, 1e6, 1e300):
            assert "off the chart" in explore_descent(learning_rate=rate, steps=200).view.caption
