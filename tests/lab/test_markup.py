"""Markup is text: whatever a learner types, loads or names comes out as it is written."""

import html

import pytest

from catrnn.lab import Fates, LossCurve, Parabola, Timeline, explore_my_cat, explore_training
from catrnn.lab.panel.controls import number_slider
from catrnn.lab.panel.panel import Panel
from catrnn.layers import RecurrentLinearLayer

TAG = "<img src=x onerror=alert(1)>"
NO_SUM = "$x^{$ and $5"
"""What Matplotlib would take for a formula, and a broken one."""


def asked(panel) -> str:
    """What stands above the controls, as the page gets it."""
    return panel.children[0].value


def test_a_question_is_text():
    slider = number_slider("n", 0.5, 0, 1, 0.5)
    made = Panel(TAG, Parabola(), lambda n: {"guess": n, "target": 1.25}, {"n": slider}, "none")
    assert asked(made) == f"<b>{html.escape(TAG)}</b>"


def test_the_name_of_a_learners_class_is_text():
    mine = type(TAG, (RecurrentLinearLayer,), {})
    panel = explore_training(seed=4, epochs=2, layer=mine)
    assert TAG not in asked(panel)
    assert html.escape(TAG) in asked(panel)


def test_no_label_of_a_control_is_markup():
    panel = explore_my_cat()
    box = panel.controls["days"]
    box.file.size, box.file.content, box.file.turn = 20, f"{TAG}\n1\n2\n3\n".encode(), 1
    _, column = box.loader.children
    parts = box.text, column, *panel.controls.values()
    assert not any(getattr(part, "description_allow_html", False) for part in parts)


def test_an_error_is_told_as_it_is_written():
    panel = explore_my_cat()
    panel.compute = lambda **_: (_ for _ in ()).throw(ValueError(TAG))
    with pytest.raises(ValueError, match="img"):
        panel.controls["window"].value = 3
    assert panel.view.problem == f"Something went wrong. ValueError: {TAG}"


@pytest.mark.parametrize("picture", [
    lambda: LossCurve().show([[1.0, 0.5], [0.5, 0.25]], names=(NO_SUM, "b")),
    lambda: Timeline().show([0.5], {NO_SUM: 0.5}),
    lambda: Fates().show({NO_SUM: ["dead", "learned"]}),
], ids=["loss curve", "timeline", "fates"])
def test_a_name_in_a_picture_is_no_formula(picture):
    assert picture().png()
