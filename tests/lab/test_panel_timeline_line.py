"""The panels of notebooks 01 and 02 answer, restore, take what is odd and refuse what is nonsense."""

import numpy as np
import pytest

from catrnn.baselines import BASELINES
from catrnn.data import CATS, PORTIONS
from catrnn.lab import explore_guesses, explore_line


def test_every_day_moves_the_guesses_as_the_functions_say():
    panel = explore_guesses(days=PORTIONS, answer=1.25)
    for number, slider in enumerate(panel.controls["days"].sliders):
        slider.value = 1.7
        days = panel.controls["days"].value
        assert days[number] == 1.7
        for name, guess in BASELINES.items():
            heights = dict(zip(BASELINES, (bar.get_height() for bar in panel.picture.bars[4:7]), strict=True))
            assert heights[name] == pytest.approx(guess(days))
            assert f"{name} {guess(days):.2f}" in panel.view.caption


def test_the_sliders_of_the_days_are_upright_and_carry_their_names():
    sliders = explore_guesses(days=[0.1, 0.2, 0.3]).controls["days"].sliders
    assert [s.description for s in sliders] == ["Day 1", "Day 2", "Day 3"]
    assert {s.orientation for s in sliders} == {"vertical"}


def test_where_a_phone_has_no_room_for_the_word_day_the_number_stands_alone():
    panel, seen = explore_guesses(), []
    for narrow in (True, False):
        panel.view.narrow = narrow
        seen.append(panel.controls["days"].sliders[-1].description)
    assert seen == ["4", "Day 4"]


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("n_days", [2, 4, 10])
def test_every_slider_stands_above_its_bar_on_a_phone_too(n_days, narrow):
    panel = explore_guesses(days=[0.5] * n_days)
    panel.view.narrow = narrow
    days, picture = panel.controls["days"], panel.picture
    left = float(days.layout.padding.split()[-1].removesuffix("%"))
    for number, (slider, bar) in enumerate(zip(days.sliders, picture.bars, strict=False)):
        wide = float(slider.layout.width.removesuffix("%")) / 100 * (100 - left)
        (middle, _), = picture.figure.axes[0].transData.transform([(bar.get_x() + bar.get_width() / 2, 0)])
        assert left + (number + 0.5) * wide == pytest.approx(100 * middle / picture.figure.bbox.width, abs=0.5)


def test_the_default_days_are_not_changed_by_a_panel():
    explore_guesses().controls["days"].sliders[0].value = 2.0
    assert PORTIONS == (0.25, 0.50, 0.75, 1.00)


def test_weight_1_and_bias_a_quarter_get_our_cat_right_and_the_panel_says_so():
    panel = explore_line(weight=0.5, bias=0.5)
    assert "every guess is right" not in panel.view.caption
    panel.controls["weight"].value = 1.0
    panel.controls["bias"].value = 0.25
    assert "every guess is right" in panel.view.caption


def test_no_setting_brings_the_largest_miss_of_feast_and_rest_below_three_eighths():
    x, y = np.array(CATS["feast and rest"][:-1]), np.array(CATS["feast and rest"][1:])
    weight, bias = np.meshgrid(np.linspace(-2, 2, 81), np.linspace(-1, 2, 61))
    largest = np.abs(weight[..., None] * x + bias[..., None] - y).max(axis=-1)
    assert largest.min() == pytest.approx(0.375)
    assert "misses is +0.375 portions" in explore_line(-0.5, 0.75, CATS["feast and rest"]).view.caption
