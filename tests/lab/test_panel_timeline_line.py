"""The panels of notebooks 01 and 02 answer, restore, take what is odd and refuse what is nonsense."""

import numpy as np
import pytest

from catrnn.baselines import BASELINES
from catrnn.data import CATS, PORTIONS
from catrnn.lab import explore_guesses, explore_line
from catrnn.lab.drawing.style import DPI, INCH
from tests.helpers.pictures import restored


def settings(panel) -> dict:
    return {name: control.value for name, control in panel.controls.items()}


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

@pytest.mark.parametrize("n_days", [2, 4, 10])
def test_every_slider_stands_above_its_bar(n_days):
    panel = explore_guesses(days=[0.5] * n_days)
    days, picture = panel.controls["days"], panel.picture
    left = float(days.layout.margin.split()[-1].removesuffix("px"))
    for number, (slider, bar) in enumerate(zip(days.sliders, picture.bars, strict=False)):
        wide = float(slider.layout.width.removesuffix("px"))
        (middle, _), = picture.figure.axes[0].transData.transform([(bar.get_x() + bar.get_width() / 2, 0)])
        assert left + (number + 0.5) * wide == pytest.approx(middle * INCH / DPI, abs=3)


@pytest.mark.parametrize("days", [PORTIONS, [0.5, 2.5], (0.123456, -1, 0, 7), [1 / 3] * 10, np.array([0.3, 0.6, 0.9])])
@pytest.mark.parametrize("answer", [1.25, 0.333, 40])
def test_any_days_and_answer_come_back_from_the_restoring_code(days, answer):
    panel = explore_guesses(days=days, answer=answer)
    assert panel.controls["days"].value == list(days)
    assert panel.controls["answer"].value == answer
    again = restored(panel)
    assert again.controls["days"].value == pytest.approx(list(days))
    assert again.controls["answer"].value == answer
    assert again.view.png == panel.view.png
    assert again.view.restore == panel.view.restore


def test_a_moved_panel_comes_back_as_it_was_moved():
    panel = explore_guesses()
    panel.controls["days"].sliders[2].value = 0.05
    panel.controls["answer"].value = 0.40
    assert settings(restored(panel)) == {"days": [0.25, 0.5, 0.05, 1.0], "answer": 0.4}


def test_the_default_days_are_not_changed_by_a_panel():
    explore_guesses().controls["days"].sliders[0].value = 2.0
    assert PORTIONS == [0.25, 0.50, 0.75, 1.00]


@pytest.mark.parametrize(("given", "message"), [
    ({"days": "fish"}, "days holds"),
    ({"days": [0.5, float("nan")]}, "contains nan"),
    ({"days": [0.5]}, "at least 2 days"),
    ({"days": []}, "portions"),
    ({"days": [[0.5, 0.6]]}, "a flat list of days is expected"),
    ({"answer": "much"}, "answer holds"),
    ({"answer": float("inf")}, "answer is inf, but one finite number is expected"),
    ({"answer": [1.0]}, "one finite number is expected"),
])
def test_explore_guesses_refuses_nonsense_in_one_sentence(given, message):
    with pytest.raises((TypeError, ValueError), match=message) as raised:
        explore_guesses(**given)
    assert "\n" not in str(raised.value)


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


@pytest.mark.parametrize("days", [None, CATS["feast and rest"], (0.5, 2), np.array([0.1, 1 / 3, 5.0])])
@pytest.mark.parametrize(("weight", "bias"), [(0.5, 0.5), (1 / 3, -0.123456), (7, -3.5)])
def test_any_line_and_days_come_back_from_the_restoring_code(days, weight, bias):
    panel = explore_line(weight, bias, days)
    assert settings(panel) == {"weight": weight, "bias": bias}
    assert ("days" in panel.view.restore) == (days is not None)
    again = restored(panel)
    assert settings(again) == pytest.approx(settings(panel))
    assert again.view.png == panel.view.png
    assert again.view.restore == panel.view.restore


@pytest.mark.parametrize(("given", "message"), [
    ({"weight": "heavy"}, "weight holds"),
    ({"weight": float("nan")}, "weight is nan, but one finite number is expected"),
    ({"bias": float("inf")}, "bias is inf, but one finite number is expected"),
    ({"bias": [0.5, 0.5]}, "one finite number is expected"),
    ({"days": [0.5]}, "at least 2 days"),
    ({"days": "fish"}, "days holds"),
    ({"days": [0.5, float("nan")]}, "contains nan"),
])
def test_explore_line_refuses_nonsense_in_one_sentence(given, message):
    with pytest.raises((TypeError, ValueError), match=message) as raised:
        explore_line(**given)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("panel", [explore_guesses, explore_line])
def test_the_stored_picture_carries_its_caption(panel):
    made = panel()
    bundle, _ = made._repr_mimebundle_()
    assert bundle["text/plain"].endswith(made.view.caption)
    assert bundle["image/png"]
