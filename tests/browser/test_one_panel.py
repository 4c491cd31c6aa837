"""A panel in a real browser: not run, typed into, failing, and the code beneath it."""

import re

import pytest
from playwright.sync_api import expect

from catrnn.lab.panel.panel import RUN_HINT
from tests.browser.panels import PATIENCE, assert_legible, assert_right, look, press, settle, still_pictures, theme
from tools.lab_in_browser import CLIPBOARD, ask, jupyterlabs_harmless_own, wait_for_pictures, wait_until

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def shown(showing):
    """The small notebook, with what stood there before it was run."""
    with showing("small.ipynb", see_what_stands) as shown:
        yield shown


def see_what_stands(page):
    wait_for_pictures(page)
    page.stood = still_pictures(page)
    page.said = page.locator(".jp-OutputArea").first.inner_text()


@pytest.fixture
def panel(page):
    """A panel of the course."""
    panel = page.locator(".catrnn-panel").first
    settle(panel)
    return panel


@pytest.fixture
def failing(page):
    """A panel that fails where n is 0, one step short of it."""
    panel = page.locator(".catrnn-panel").last
    press(panel.get_by_role("slider"), "Home")
    press(panel.get_by_role("slider"), "ArrowRight")
    press(panel.get_by_role("slider"), "ArrowRight")
    settle(panel)
    return panel


def test_before_running_a_line_and_the_stored_picture_stand_there_as_large_as_the_live_one_and_then_go(page, panel):
    [(width, height)] = page.stood
    live = panel.locator("img").bounding_box()
    assert (width, height) == (live["width"], live["height"])
    assert page.said.strip() == RUN_HINT
    expect(page.get_by_text(RUN_HINT).first).to_be_hidden()


def test_what_is_typed_into_a_slider_is_taken(page, panel):
    cells = page.evaluate("cells()")
    before = settle(panel)
    panel.get_by_role("textbox", name="guess").click()
    for key in ("Control+A", "1", ".", "7", "5", "Enter"):
        page.keyboard.press(key)
    assert settle(panel, different_from=before)["settings"][0] == 1.75
    assert_right(panel)
    assert page.evaluate("cells()") == cells, "JupyterLab took a key for a shortcut of its own"


def test_an_answer_that_raises_is_told_in_red_and_the_next_move_recovers(page, failing):
    slider, message, img = failing.get_by_role("slider"), failing.get_by_role("alert"), failing.locator("img")
    good = look(failing)
    expect(failing.locator(".catrnn-problem")).to_be_hidden()
    press(slider, "ArrowRight")
    expect(message).to_have_text("Something went wrong. ZeroDivisionError: float division by zero")
    expect(message).to_be_visible()
    red, green, blue = message.evaluate("e => getComputedStyle(e).color.match(/\\d+/g).map(Number)")
    assert red > 2 * max(green, blue)
    assert look(failing)["shows"] == good["shows"], "the last good picture stays"
    assert float(img.evaluate("e => getComputedStyle(e).opacity")) < 1, "and looks like an old one"
    told = "callbackErrors.some(e => e.includes('ZeroDivisionError'))"
    wait_until(page, told, timeout=PATIENCE)  # else the others would miss it

    press(slider, "ArrowRight")
    expect(failing.locator(".catrnn-problem")).to_be_hidden()
    after = settle(failing, different_from=good)
    assert after["settings"] == [1]
    assert "guess of 1.10" in after["caption"]
    assert float(img.evaluate("e => getComputedStyle(e).opacity")) == 1


@pytest.mark.parametrize("name", ["JupyterLab Light", "JupyterLab Dark"])
def test_the_message_is_legible(page, failing, name):
    press(failing.get_by_role("slider"), "ArrowRight")
    expect(failing.get_by_role("alert")).to_be_visible()
    with theme(page, name):
        assert_legible(failing, ".catrnn-problem", "alert")


def test_the_code_beneath_is_opened_and_copied_by_the_keyboard(page, panel):
    fold, code = panel.locator("summary"), panel.locator("pre code")
    expect(code).to_be_hidden()
    press(fold, "Enter")
    expect(code).to_be_visible()
    expect(code).to_have_text(look(panel)["shows"], use_inner_text=True)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(panel.get_by_role("button", name="Copied")).to_be_focused()
    assert ask(page, CLIPBOARD, what="what was copied") == look(panel)["shows"]

    press(panel.get_by_role("slider").first, "ArrowUp")
    settle(panel)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject() }")  # as on an insecure page
    press(panel.get_by_role("button", name="Copy"), "Enter")
    expect(panel.get_by_role("button", name="Marked: press Ctrl+C")).to_be_visible()
    assert page.evaluate("getSelection().toString()") == look(panel)["shows"]
    page.evaluate("() => delete navigator.clipboard.writeText")
    press(fold, "Enter")
    expect(code).to_be_hidden()


FROM_A_MODULE = """() => {
    const take = "export default () => document.body.removeChild(document.createElement('p'))";
    import(URL.createObjectURL(new Blob([take], {type: 'text/javascript'}))).then(module => setTimeout(module.default));
}"""


def test_an_error_of_a_widgets_module_is_a_problem_and_a_known_one_of_jupyterlabs_own_is_none(page, problems):
    problems(page)  # those that this notebook makes on purpose
    with page.expect_event("pageerror") as seen:
        page.evaluate(FROM_A_MODULE)
    error = seen.value
    [problem] = problems(page)
    assert error.message in problem
    assert not jupyterlabs_harmless_own(error.message, error.stack)
    of_jupyterlab = re.sub(r"blob:(http://[\w.:]+)/[\w-]+", r"\1/static/lab/jlab_core.js", error.stack)
    assert jupyterlabs_harmless_own(error.message, of_jupyterlab)
    assert not jupyterlabs_harmless_own("x is not a function", of_jupyterlab)


def test_what_went_wrong_is_told_once_so_that_the_next_test_has_a_clean_page(page, problems):
    problems(page)
    with page.expect_event("pageerror"):
        page.evaluate(FROM_A_MODULE)
    assert len(problems(page)) == 1
    assert problems(page) == []
