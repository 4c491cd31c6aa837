"""Each notebook in a real browser: run from the menu, then every control of every panel moved by hand."""

import re
from functools import partial

import pytest
from playwright.sync_api import expect

from tests.browser.panels import (
    CONTROLS,
    LIGHT,
    PATIENCE,
    assert_moved,
    assert_no_barriers,
    assert_right,
    assert_stands_out,
    drag,
    look,
    press,
    settle,
    settle_at_new_code,
    still_pictures,
    theme,
)
from tools.lab_in_browser import ROOT, wait_for_pictures, wait_until

pytestmark = pytest.mark.browser
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9]*_*.ipynb"))
STEPPER = ".widget-hbox:has(> .widget-play) .noUi-handle"
STOPS = f"{CONTROLS}, .widget-readout, :is(input[type=text], select, button):visible"
MOST_LATE = 3
"""Pictures after letting go: one that has come and is being decoded, one that the kernel draws, and the last."""


@pytest.fixture(scope="module", params=NOTEBOOKS, ids=lambda path: path.stem)
def shown(request, showing):
    """A notebook, with the size of each picture that stood in a panel's place before it was run."""
    with showing(request.param.name, see_what_stands) as shown:
        yield shown


def see_what_stands(page):
    wait_for_pictures(page)
    page.stood = still_pictures(page)


@pytest.fixture
def panels(page):
    wait_until(page, "[...document.querySelectorAll('.catrnn-panel')].every(atRest)", timeout=PATIENCE)
    return page.locator(".catrnn-panel").all()


def test_before_running_a_picture_stands_where_each_panel_will_be(page, panels):
    assert len(page.stood) == len(panels) > 0
    assert all(width > 300 and height > 100 for width, height in page.stood), page.stood


def test_run_from_the_menu_it_shows_no_error_and_every_panel_is_right(page, panels, problems):
    assert problems(page) == []
    for panel in panels:
        assert_right(panel)


def test_every_stop_of_the_tab_key_has_a_name_and_shows_the_focus(page, panels):
    for panel in panels:
        stops = []
        panel.locator(STOPS).first.focus()
        page.keyboard.press("Tab")
        page.keyboard.press("Shift+Tab")
        while not stops or stops[-1]["tag"] != "SUMMARY":
            stops.append(page.evaluate("focused()"))
            assert len(stops) < 100, "the Tab key does not come to the end of the panel"
            page.keyboard.press("Tab")
        for stop in stops:
            assert stop["inside"], stop
            assert stop["outline"] >= 2, stop
        controls = panel.locator(STOPS).all()
        assert len(stops) == len(controls) + 1  # the fold
        for control in controls:
            assert re.match(r"- \w+ \"[^\"]+\"", control.aria_snapshot()), control.evaluate("e => e.outerHTML")


def test_a_screen_reader_hears_the_value_that_a_slider_shows(panels):
    for panel in panels:
        for handle in panel.locator(".noUi-handle").all():
            slider = handle.locator("xpath=ancestor::*[contains(@class, 'widget-slider')]")
            assert handle.get_attribute("aria-valuetext") == slider.locator(".widget-readout").text_content()


def test_every_control_answers_to_the_keyboard(page, panels, problems):
    cells = page.evaluate("cells()")
    for panel in panels:
        take_a_step(panel)
        for number, control in enumerate(panel.locator(CONTROLS).all()):
            start = look(panel)
            words = control.get_attribute("type") != "checkbox"  # it may change less than a caption's last digit
            for key in keys(control):
                assert_moved(panel, partial(press, control, key), f"{key} on control {number}", words)
            press(control, "b")  # a shortcut of JupyterLab: another cell below
            assert look(panel) == start, f"control {number} does not come back to where it was"
    assert page.evaluate("cells()") == cells, "JupyterLab took a key for a shortcut of its own"
    assert problems(page) == []


def test_every_dropdown_answers_to_the_keyboard(page, panels, problems):
    for panel in panels:
        for choice in panel.locator("select:visible").all():
            for key in ("ArrowDown", "ArrowUp"):
                before = look(panel)
                press(choice, key)
                after = settle_at_new_code(panel, before)
                assert after["caption"] != before["caption"]
                assert_right(panel, after)
    assert problems(page) == []


def take_a_step(panel):
    """Step on, where a stepper stands at its start: before the first day one cat looks like another."""
    if panel.locator(STEPPER).count() and value_of(panel.locator(STEPPER)) == value_of(panel.locator(STEPPER), "min"):
        assert_moved(panel, panel.get_by_role("button", name="step").click, "step")


def value_of(handle, which="now") -> float:
    return float(handle.get_attribute(f"aria-value{which}"))


def keys(control) -> tuple:
    """A key that moves a control, and one that takes it back; every arrow has its turn."""
    if control.get_attribute("type") == "checkbox":
        return "Space", "Space"
    if control.get_attribute("type") == "number":
        return "ArrowUp", "ArrowDown"
    at_its_end = value_of(control) == value_of(control, "max")
    return ("ArrowDown", "ArrowRight") if at_its_end else ("ArrowUp", "ArrowLeft")


def test_every_control_answers_to_the_mouse(page, panels, problems):
    for panel in panels:
        for number, control in enumerate(panel.locator(CONTROLS).all()):
            control.scroll_into_view_if_needed()
            if "noUi" in (control.get_attribute("class") or ""):
                assert_moved(panel, partial(drag_smoothly, panel, control), f"dragging control {number}")
            else:
                assert_moved(panel, partial(click_or_type, control), f"clicking control {number}", words=False)
    assert problems(page) == []


def click_or_type(control):
    control.click()
    if control.get_attribute("type") == "number":
        control.press("Control+A")
        control.press_sequentially("7")
        control.press("Enter")


def drag_smoothly(panel, handle):
    """During a drag nothing flickers or jumps, and afterwards no old position comes."""
    film = drag(panel, handle)
    assert film["blanks"] == 0
    assert len(film["places"]) == 1, f"picture's width, height, top; page below; scroll: {film['places']}"
    assert film["atRelease"] > 0, "no picture during the drag"
    assert film["pictures"] - film["atRelease"] <= MOST_LATE


def test_the_buttons_of_a_stepper_go_back_and_on_and_play_on_their_own(page, panels, problems):
    for panel in panels:
        handle = panel.locator(STEPPER)
        if not handle.count():
            continue
        back, step, play = (panel.get_by_role("button", name=name) for name in ("back", "step", "play or pause"))
        press(handle, "Home")
        settle(panel)
        assert_moved(panel, step.click, "step, clicked")
        assert_moved(panel, partial(press, back, "Enter"), "back, by the keyboard")
        for move in (play.click, partial(press, play, "Space")):
            first = value_of(handle)
            move()
            reached = "([handle, value]) => Number(handle.getAttribute('aria-valuenow')) >= value"
            wait_until(page, reached, [handle.element_handle(), first + 2], PATIENCE)
            move()
            expect(panel.locator(".widget-play .fa-play")).to_be_visible()
            assert_right(panel)
    assert problems(page) == []


def test_panels_have_no_barriers(panels):
    assert_no_barriers(panels)


@pytest.mark.parametrize("name", [LIGHT, "JupyterLab Dark"])
def test_the_captions_of_panels_are_legible_by_day_and_by_night(page, panels, name):
    with theme(page, name):
        for panel in panels:
            panel.scroll_into_view_if_needed()
            assert_stands_out(panel, ".catrnn-caption", "status")
