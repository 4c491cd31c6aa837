"""The picture of a line through the days says and shows what it was given."""

import re
from itertools import pairwise

import numpy as np
import pytest

from catrnn.data import CATS
from catrnn.lab import Line
from catrnn.lab.drawing.style import SIZE

SETTINGS = [(1.0, 0.25), (0.8, 0.1), (-2.0, 2.0), (2.0, 2.0), (0.0, -1.0), (1 / 3, 0.123), (1.0, 0.2501)]


def misses(days, weight, bias) -> list:
    return [weight * today + bias - after for today, after in pairwise(days)]


@pytest.mark.parametrize("days", CATS.values(), ids=CATS)
@pytest.mark.parametrize(("weight", "bias"), SETTINGS)
def test_the_caption_gives_weight_and_bias_and_the_largest_miss(days, weight, bias):
    caption = Line().show(days, weight, bias).caption
    largest = max(misses(days, weight, bias), key=lambda miss: round(abs(miss), 9))
    assert caption.startswith(f"Weight {weight:z.2f}, bias {bias:z.2f}: ")
    if abs(largest) < 1e-9:
        assert "every guess is right, for Days 2 to 5" in caption
    else:
        pattern = r"largest of 4 misses is (\S+) portions, on Day (\d), too (\w+): guess (\S+), answer (\S+)\."
        told = re.search(pattern, caption)
        assert float(told[1]) == pytest.approx(largest, abs=0.00051)
        assert misses(days, weight, bias)[int(told[2]) - 2] == pytest.approx(largest)
        assert told[3] == ("much" if largest > 0 else "little")
        assert float(told[4]) - float(told[5]) == pytest.approx(largest, abs=0.0011)


def test_the_caption_counts_the_guesses_that_are_off_the_chart():
    days = CATS["grower"]
    assert "Off the chart, held at its edge by a triangle: 4 of 4 guesses." in Line().show(days, 2.0, 2.0).caption
    some = Line().show(days, -2.0, 1.5)  # guesses 1.0, 0.5, 0.0 and -0.5; the chart ends at -0.375
    assert some.caption.endswith("1 of 4 guesses.")
    assert len(some.below.get_xdata()) == 1
    assert "Off the chart" not in Line().show(days, 0.8, 0.1).caption


def test_one_pair_of_days_is_told_in_the_singular():
    assert "the miss is -0.050 portions, on Day 2" in Line().show([0.5, 0.5], 0.7, 0.1).caption
    assert "every guess is right, for Day 2." in Line().show([0.5, 0.5], 1.0, 0.0).caption


def test_rings_guesses_line_and_misses_hold_the_data():
    days = CATS["feast and rest"]
    picture = Line().show(days, -0.5, 0.75)
    assert np.allclose(picture.rings.get_xydata(), [(1.0, 0.25), (0.25, 0.25), (0.25, 1.0), (1.0, 0.25)])
    assert np.allclose(picture.guesses.get_xydata(), [(1.0, 0.25), (0.25, 0.625), (0.25, 0.625), (1.0, 0.25)])
    x, y = picture.line.get_data()
    assert np.allclose(y, -0.5 * np.asarray(x) + 0.75)
    lengths = [b[1] - a[1] for a, b in picture.misses.get_segments()]
    assert np.allclose(lengths, misses(days, -0.5, 0.75))
    assert picture.miss_text.get_text() == "+0.375"
    assert sorted(name.get_text() for name in picture.names.values()) == ["Day 3", "Day 4", "Days 2, 5"]


def test_a_perfect_line_has_no_miss_to_name():
    assert not Line().show(CATS["grower"], 1.0, 0.25).miss_text.get_visible()


@pytest.mark.parametrize(("weight", "bias"), SETTINGS)
def test_the_name_of_a_ring_stands_on_the_side_where_the_line_is_not(weight, bias):
    picture = Line().show(CATS["grower"], weight, bias)
    picture.png()
    for (x, y), name in picture.names.items():
        box, (_, ring) = name.get_window_extent(), picture.ax.transData.transform((x, y))
        miss = weight * x + bias - y
        if miss > 1e-6 or (abs(miss) < 1e-6 and weight > 0):
            assert box.y1 < ring
        else:
            assert box.y0 > ring


@pytest.mark.parametrize("days", CATS.values(), ids=CATS)
def test_words_are_large_enough_stay_in_the_figure_and_never_lie_on_each_other(days):
    picture = Line().show(days, 0, 0)
    picture.png()  # lays the axes out
    for weight in np.linspace(-2, 2, 9):
        for bias in np.linspace(-1, 2, 13):
            picture.show(days, weight, bias)
            words = [t for t in [*picture.names.values(), picture.miss_text, picture.start_name, picture.equation]
                     if t.get_visible() and t.get_text()]
            boxes = [t.get_window_extent() for t in words]
            assert all(t.get_fontsize() >= SIZE for t in words)
            assert all(picture.figure.bbox.x0 <= b.x0 and b.x1 <= picture.figure.bbox.x1 for b in boxes)
            assert all(picture.figure.bbox.y0 <= b.y0 and b.y1 <= picture.figure.bbox.y1 for b in boxes)
            for i, box in enumerate(boxes):
                crossed = [words[j].get_text() for j in range(i) if box.overlaps(boxes[j])]
                assert not crossed, (weight, bias, words[i].get_text())
