"""A panel: controls in, one living picture out."""

import base64
import io

import numpy as np
import pytest
from PIL import Image

from catrnn.lab import Parabola, explore_line, explore_miss
from catrnn.lab.panel.controls import (
    Stepper,
    choice_slider,
    number_box,
    number_slider,
    switch,
    whole_slider,
)
from catrnn.lab.panel.panel import Panel
from catrnn.lab.panel.restore import as_code


def pixels(png):
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))


def panel_that(answer, **controls):
    picture = Parabola().show(1.0, 1.25)
    return Panel("Why?", picture, lambda **values: answer(picture, **values), controls, "explore_nothing")


def test_moving_a_control_changes_picture_caption_and_restoring_code():
    panel = explore_miss(guess=0.5)
    before = panel.view.png, panel.view.caption, panel.view.restore
    panel.controls["guess"].value = 1.75
    after = panel.view.png, panel.view.caption, panel.view.restore
    assert all(old != new for old, new in zip(before, after, strict=True))
    assert "guess of 1.75" in panel.view.caption
    assert panel.view.restore == "from catrnn.lab import explore_miss\n\nexplore_miss(guess=1.75, target=1.25)"


def restored(code):
    *imports, call = code.splitlines()
    names = {}
    exec("\n".join(imports), names)
    return eval(call, names).view


def test_restoring_code_makes_the_same_picture():
    panel = explore_miss()
    panel.controls["guess"].value = 2.05
    assert restored(panel.view.restore).png == panel.view.png


def test_restoring_code_gives_the_same_words_for_what_a_browser_sends():
    panel = explore_line(weight=0.0, bias=0.05, days=[1.0, 0.25, 0.25, 1.0, 0.25])
    panel.controls["weight"].value = 0.050000000000000044
    assert restored(panel.view.restore).caption == panel.view.caption


def test_an_error_is_shown_in_words_and_raised_and_the_next_move_recovers():
    panel = panel_that(lambda picture, n: picture.show(1 / n, 1.25), n=whole_slider("n", 1, 0, 3))
    last_good = panel.view.png
    with pytest.raises(ZeroDivisionError):
        panel.controls["n"].value = 0
    assert panel.view.problem == "Something went wrong. ZeroDivisionError: division by zero"
    assert panel.view.png == last_good
    panel.controls["n"].value = 2
    assert panel.view.problem == ""
    assert "0.50" in panel.view.caption


def test_a_stored_panel_has_a_picture_and_a_friendly_line():
    panel = explore_miss()
    bundle, metadata = panel._repr_mimebundle_()
    assert bundle["text/plain"].startswith("Run this cell (Shift+Enter)")
    assert "A guess of 0.50" in bundle["text/plain"]
    still, live = pixels(base64.b64decode(bundle["image/png"])), pixels(panel.view.png)
    assert metadata["image/png"]["width"] == panel.picture.width
    assert still.shape[1] == live.shape[1]
    line = still[: still.shape[0] - live.shape[0]]
    assert line.min() < 50 < 250 < line.max(), "no words above the picture"
    assert "application/vnd.jupyter.widget-view+json" in bundle


def test_a_moved_picture_equals_one_drawn_anew():
    panel = explore_miss()
    for guess in (0.0, 2.5, 1.25, 0.7):
        panel.controls["guess"].value = guess
        assert np.array_equal(pixels(panel.view.png), pixels(Parabola().show(guess, 1.25).png()))


@pytest.mark.parametrize(
    ("control", "value"),
    [
        (whole_slider("n", 777, 1, 300), 777),
        (number_slider("x", 0.123, 0, 1, 0.05), 0.123),
        (number_slider("x", 7.0, 0, 1, 0.05), 7.0),
        (choice_slider("rate", 0.017, (0.01, 0.1)), 0.017),
        (number_box("seed", 123456, 0, 9999), 123456),
        (switch("on", True), True),
        (Stepper("day", 9, 0, 5), 9),
    ],
)
def test_a_value_off_the_grid_is_accepted(control, value):
    assert control.value == value


def test_the_step_of_a_slider_reaches_a_value_between_its_marks():
    slider = number_slider("x", 0.123, 0.0, 1.0, 0.05)
    assert (0.123 - slider.min) / slider.step == pytest.approx(round((0.123 - slider.min) / slider.step))
    assert slider.readout_format == ".4f"


def test_a_stepper_steps_back_and_on_and_stops_at_its_ends():
    stepper = Stepper("day", 0, 0, 2)
    _, back, on, play = stepper.children
    seen = []
    stepper.observe(lambda change: seen.append(change.new), "value")
    for button in (back, on, on, on, back):
        button.click()
    assert seen == [1, 2, 1]
    play.value = 2
    assert stepper.value == 2


@pytest.mark.parametrize(
    ("value", "code"),
    [(0.1 + 0.2, "0.3"), (1e-4, "0.0001"), (2, "2"), (True, "True"), ([0.25, 1], "[0.25, 1]"), (np.arange(2), "[0, 1]"),
     (None, "None"), ("word", "'word'"), (np.float64(0.5), "0.5")],
)
def test_settings_are_written_without_binary_dust(value, code):
    assert as_code(value) == code
