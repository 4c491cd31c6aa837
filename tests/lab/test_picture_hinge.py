"""The hinge and the bend: the pictures hold what they were given, and their captions are true."""

import re

import numpy as np
import pytest

from catrnn.lab import Bend, Hinge

SETTINGS = [(w, b) for w in (-2, -0.75, 0, 0.25, 2) for b in (-2, -0.5, 0, 1.25)]


@pytest.mark.parametrize(("weight", "bias"), SETTINGS)
def test_caption_says_which_portions_open_the_gate(weight, bias):
    portions = np.linspace(0, 1000, 100_001)
    gate_open = weight * portions + bias > 0
    caption = Hinge().show(weight, bias).caption
    assert ("never open" in caption) == (not gate_open.any())
    assert ("open for every portion." in caption) == gate_open.all()
    told = re.search(r"open (above|below) (\d+\.\d\d) portions", caption)
    assert bool(told) == bool(0 < gate_open[1:].mean() < 1)
    if told:
        beyond = portions > float(told[2]) + 0.005 if told[1] == "above" else portions < float(told[2]) - 0.005
        assert (gate_open == beyond)[np.abs(portions - float(told[2])) > 0.01].all()


@pytest.mark.parametrize(("weight", "bias"), SETTINGS)
def test_line_hinge_kink_and_shade_hold_the_unit(weight, bias):
    picture = Hinge().show(weight, bias)
    x, line = picture.line.get_data()
    seen = np.isfinite(line)
    np.testing.assert_allclose(line[seen], (weight * x + bias)[seen])
    assert ((weight * x + bias)[seen] >= -2).all()
    x, hinge = picture.hinge.get_data()
    seen = np.isfinite(hinge)
    np.testing.assert_allclose(hinge[seen], np.maximum(0, weight * x + bias)[seen])
    left, right = (f(picture.shade.get_paths()[0].vertices[:, 0]) for f in (min, max))
    inside = np.linspace(0.005, 1.995, 200)
    shut = weight * inside + bias <= 0
    np.testing.assert_array_equal(shut, (inside >= left) & (inside <= right) if right > left else np.zeros(200, bool))
    kink = picture.kink.get_xdata()
    if len(kink):
        assert weight * kink[0] + bias == pytest.approx(0)


def test_closed_gate_and_flat_line_are_said_in_words():
    assert "no cat eats" in Hinge().show(-1, -0.5).caption
    assert "zero out, zero gradient" in Hinge().show(-1, -0.5).caption
    assert "no kink" in Hinge().show(0, -0.5).caption
    assert "off the chart" in Hinge().show(0.25, -2).caption
    assert "cut where it leaves the chart" in Hinge().show(2, 2).caption


def test_names_stay_inside_and_apart_and_no_line_runs_through_them():
    picture = Hinge().show(1, 0)
    picture.png()  # lays the axes out
    renderer = picture.figure.canvas.get_renderer()
    for weight in np.arange(-2, 2.1, 0.25):
        for bias in np.arange(-2, 2.1, 0.25):
            picture.show(weight, bias)
            boxes = [t.get_window_extent(renderer) for t in picture.figure.axes[0].texts if t.get_text()]
            assert all(b.x0 >= 0 and b.x1 <= picture.figure.bbox.x1 and b.y1 <= picture.figure.bbox.y1 for b in boxes)
            pairs = [(a, b) for i, a in enumerate(boxes) for b in boxes[:i]]
            assert not any(a.overlaps(b) for a, b in pairs), (weight, bias)
            named = [t.get_window_extent(renderer) for t in (picture.kink_text, picture.line_text, picture.hinge_text)]
            for line in (picture.line, picture.hinge):
                points = picture.figure.axes[0].transData.transform(line.get_xydata())
                assert not any(box.contains(*point) for box in named for point in points[::5]), (weight, bias)


def test_bend_shows_the_misses_it_tells():
    portions, answers = np.array([0.0, 0.5, 1.0]), np.array([0.25, 0.25, 0.75])
    at = np.linspace(0, 1, 11)
    picture = Bend().show(portions, answers, at, 0.25 + 0.5 * at, np.maximum(0.25, at - 0.25))
    assert "straight line misses by up to 0.25 portions" in picture.caption
    assert "bent line by up to 0.00" in picture.caption
    np.testing.assert_allclose(picture.misses.get_ydata()[:6], [0.25, 0.25, np.nan, 0.25, 0.5, np.nan])
    np.testing.assert_array_equal(picture.dots.get_ydata(), answers)
