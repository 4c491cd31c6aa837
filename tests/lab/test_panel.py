"""A panel: controls in, one living picture out."""

import base64
import gc
import io
import subprocess
import sys
import weakref
from pathlib import Path

import numpy as np
import pytest
from ipywidgets import Widget
from ipywidgets.widgets import widget as registry
from PIL import Image

from catrnn.lab import Parabola, explore_guesses, explore_line, explore_miss, explore_my_cat, explore_walk
from catrnn.lab.drawing.style import DPI
from catrnn.lab.panel.controls import (
    Stepper,
    choice_slider,
    number_box,
    number_slider,
    switch,
    whole_slider,
)
from catrnn.lab.panel.decorator import panel
from catrnn.lab.panel.drawings import MOST_DRAWINGS, Drawings
from catrnn.lab.panel.panel import RUN_HINT, Panel
from catrnn.lab.panel.restore import as_code
from catrnn.lab.panel.rules import portion
from catrnn.lab.panel.view import View
from tests.helpers.pictures import restored

ROOT = Path(__file__).resolve().parents[2]


def pixels(png):
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))


def test_moving_a_control_changes_picture_caption_and_restoring_code():
    panel = explore_miss(guess=0.5)
    before = panel.view.png, panel.view.caption, panel.view.restore
    panel.controls["guess"].value = 1.75
    after = panel.view.png, panel.view.caption, panel.view.restore
    assert all(old != new for old, new in zip(before, after, strict=True))
    assert "guess of 1.75" in panel.view.caption
    assert panel.view.restore == "from catrnn.lab import explore_miss\n\nexplore_miss(guess=1.75, target=1.25)"


def test_restoring_code_gives_the_same_words_for_what_a_browser_sends():
    panel = explore_line(weight=0.0, bias=0.05, days=[1.0, 0.25, 0.25, 1.0, 0.25])
    panel.controls["weight"].value = 0.050000000000000044
    assert restored(panel).view.caption == panel.view.caption


def test_a_stored_panel_has_a_friendly_line_and_a_picture_beside_it(monkeypatch):
    shown = []
    monkeypatch.setattr("catrnn.lab.panel.panel.display", lambda data, metadata, raw: shown.append(data))
    panel = explore_miss()
    panel._ipython_display_()
    line, still, live = shown
    assert RUN_HINT in line["text/html"]
    assert "A guess of 0.50" in still["text/plain"]
    assert np.abs(pixels(base64.b64decode(still["image/png"])).astype(int) - pixels(panel.view.png)).max() < 40
    assert live.keys() == {"application/vnd.jupyter.widget-view+json", "text/plain"}


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


def test_a_stepper_that_plays_rests_when_no_page_shows_its_panel():
    panel = explore_walk()
    play = panel.controls["step"].children[-1]
    play.playing = True
    panel.view._handle_custom_msg({"event": "unseen"}, [])
    assert not play.playing


@pytest.mark.parametrize(
    ("value", "code"),
    [(0.1 + 0.2, "0.3"), (1e-4, "0.0001"), (2, "2"), (True, "True"), ([0.25, 1], "[0.25, 1]"), (np.arange(2), "[0, 1]"),
     (None, "None"), ("word", "'word'"), (np.float64(0.5), "0.5")],
)
def test_settings_are_written_without_binary_dust(value, code):
    assert as_code(value) == code


class Drawing:
    """Stands for a picture: counts how often it let go."""

    def __init__(self):
        self.let_go = 0

    def release(self):
        self.let_go += 1


def test_of_too_many_drawings_the_one_that_was_not_moved_for_longest_lets_go():
    drawings, (a, b, c, d) = Drawings(2), (Drawing() for _ in range(4))
    for used in (a, b, a, c, c, d):
        drawings.use(used)
    assert [one.let_go for one in (a, b, c, d)] == [1, 1, 0, 0]
    drawings.use(b)
    assert [one.let_go for one in (a, b, c, d)] == [1, 1, 1, 0]


@pytest.fixture
def let_go(monkeypatch):
    """The pictures of `explore_miss` that let go, where no drawing of another test is held."""
    monkeypatch.setattr("catrnn.lab.panel.panel.DRAWINGS", Drawings(MOST_DRAWINGS))
    found = []
    monkeypatch.setattr(Parabola, "release", lambda picture: found.append(picture))
    return found


def test_a_cell_that_is_run_again_and_again_keeps_no_more_drawings_than_a_few(let_go):
    panels = [explore_miss() for _ in range(MOST_DRAWINGS + 3)]
    assert let_go == [one.picture for one in panels[:3]]
    panels[0].controls["guess"].value = 1.0
    assert let_go[3:] == [panels[3].picture]


@pytest.mark.parametrize("explore", [explore_miss, explore_my_cat])
def test_nothing_keeps_a_closed_panel(explore):
    Widget.on_widget_constructed(None)  # that the tests note what is made would keep it, too
    panel = explore()
    gone = weakref.ref(panel)
    panel.close()
    del panel
    gc.collect()
    assert gone() is None


def test_a_closed_panel_lets_go_and_leaves_no_widget(let_go):
    before = set(registry._instances)
    made = explore_miss()
    made.close()
    assert let_go == [made.picture]
    assert set(registry._instances) == before


def test_a_panel_that_cannot_be_made_leaves_no_widget(monkeypatch):
    monkeypatch.setattr(Parabola, "show", lambda self, **numbers: 1 / 0)
    before = set(registry._instances)
    with pytest.raises(ZeroDivisionError):
        explore_miss()
    assert set(registry._instances) == before


def test_a_move_sends_picture_words_and_code_in_one_message(monkeypatch):
    made, sent = explore_miss(guess=0.5), []
    monkeypatch.setattr(View, "send_state", lambda view, key=None: sent.append(set(key)))
    made.controls["guess"].value = 1.75
    assert sent == [{"png", "caption", "restore"}]


def test_a_page_with_little_room_gets_the_same_picture_for_phones_in_one_message_and_back(monkeypatch):
    panel, sent = explore_miss(), []
    wide, words = panel.view.png, (panel.view.caption, panel.view.restore)
    monkeypatch.setattr(View, "send_state", lambda view, key=None: sent.append(set(key)))
    panel.view.narrow = True
    assert sent[-1] == {"png", "width"}
    assert panel.view.width == 100 * Parabola.narrow_size[0]
    assert panel.view.wide == 100 * Parabola.size[0]
    assert pixels(panel.view.png).shape[1] == DPI * Parabola.narrow_size[0]
    assert (panel.view.caption, panel.view.restore) == words

    panel.controls["guess"].value = 1.75
    assert pixels(panel.view.png).shape[1] == DPI * Parabola.narrow_size[0]
    panel.controls["guess"].value = 0.5
    panel.view.narrow = False
    assert (panel.view.png, panel.view.width) == (wide, panel.view.wide)


def test_a_setting_from_a_link_is_shown_on_the_page_that_there_is_room_for():
    panel = explore_guesses()
    panel.view.narrow = True
    panel.take("explore_guesses(days=[1.0, 0.5], answer=1.0)")
    alike = explore_guesses(days=[1.0, 0.5], answer=1.0)
    alike.view.narrow = True
    assert (panel.view.png, panel.view.width) == (alike.view.png, alike.view.width)
    assert panel.controls["days"].layout.padding == alike.controls["days"].layout.padding


def test_a_picture_that_has_no_page_for_phones_stays_as_it_is():
    panel = explore_walk()
    before = panel.view.png, panel.view.width
    panel.view.narrow = True
    assert (panel.view.png, panel.view.width) == before


def test_words_that_come_with_the_numbers_stand_around_the_caption():
    def compute(n):
        return {"guess": n, "target": 1.25, "words": "First this. {} Then that."}

    made = Panel("?", Parabola(), compute, {"n": number_slider("n", 0.5, 0, 1, 0.5)}, "none")
    assert made.view.caption == f"First this. {made.picture.caption} Then that."


def test_an_argument_without_a_rule_is_found_when_the_panel_is_written():
    with pytest.raises(TypeError, match=r"rules are for \['guess'\], but explore takes \['guess', 'target'\]"):
        @panel("?", guess=portion)
        def explore(guess=0.5, target=1.25):
            return Parabola(), dict, {}


def test_a_program_that_ends_with_open_panels_ends_in_silence():
    code = "from catrnn.lab import explore_miss; panels = [explore_miss() for _ in range(3)]"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
