"""A panel through the days of a page: reloaded, in a hidden tab, on a narrow page, played to nobody, without Python."""

import pytest
from playwright.sync_api import expect

from catrnn.lab.panel.panel import RUN_HINT
from tests.browser.panels import PATIENCE, assert_legible, assert_right, look, press, settle
from tools.lab_in_browser import READY, ROOT, ask, run_all, wait_until

pytestmark = pytest.mark.browser
HERE = ROOT / "tests" / "browser"
MORE_THAN_A_LINE = 20  # pixels
HIDDEN = """
import ipywidgets
from catrnn.lab import explore_miss

ipywidgets.Tab([explore_miss(), explore_miss(guess=1.0)], titles=["one", "other"])
"""
NAMES = ["explore_walk", "explore_training", "explore_my_cat", "explore_guesses"]
SAVE = "() => jupyterapp.commands.execute('docmanager:save')"
RESTART = "() => jupyterapp.shell.currentWidget.context.sessionContext.session.kernel.restart()"
SHUT_DOWN = "() => jupyterapp.shell.currentWidget.context.sessionContext.shutdown()"
FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"
"""Until what is seen, and how wide it is, has been told to who asked."""
QUIET = """() => {
    const { kernel } = jupyterapp.shell.currentWidget.context.sessionContext.session;
    window.last = performance.now();
    kernel.iopubMessage.connect(() => { window.last = performance.now() });
}"""
UNNAMED = """panel => [...panel.querySelectorAll("[role=slider], input, select, button")]
    .filter(e => e.checkVisibility())
    .filter(e => e.dataset.lmSuppressShortcuts !== "true" || (e.role === "slider" && !(e.ariaLabel && e.ariaValueText))
        || (e.tagName === "BUTTON" && !(e.ariaLabel || e.textContent)))
    .map(e => e.outerHTML.slice(0, 120))"""
BROKEN_CHAINS = """panel => [panel, ...panel.querySelectorAll("*")].filter(
    part => getComputedStyle(part, "::before").content.includes("\\uf127")).length"""
# JupyterLab waits for a panel before it gives up; what it then writes must not be seen.
GAVE_UP = "output => output.textContent.includes('model not found')"
# Of every control what is cut off, too small to be used, or beyond the edge of the page.
CRAMPED = """panel => {
    const right = panel.closest(".jp-OutputArea-output").getBoundingClientRect().right;
    return [...panel.querySelectorAll("button, .noUi-base, select, input, .widget-label, .widget-readout")]
        .filter(e => e.checkVisibility() && e.getClientRects().length)
        .filter(e => {
            const box = e.getBoundingClientRect(), upright = e.closest(".widget-vslider");
            return box.right > right + 1 || (e.matches("button, .widget-readout") && e.scrollWidth > e.clientWidth)
                || (e.matches(".noUi-base") && Math.max(box.width, box.height) < 60);
        }).map(e => [e.className, e.textContent, JSON.stringify(e.getBoundingClientRect())]);
}"""

# Pixels of the smallest letters of a picture: they have 10 points, where an inch has 100 pixels.
LETTERS = """panel => {
    const img = panel.querySelector("img");
    return 1000 / 72 * img.clientWidth / Number(img.getAttribute("width"));
}"""
# Of what can be hit what is too small for a finger; Web Content Accessibility Guidelines 2.2, 2.5.8.
SMALL = """panel => [...panel.querySelectorAll(".noUi-handle, button, select, input, summary")]
    .filter(e => e.checkVisibility())
    .filter(e => Math.min(e.getBoundingClientRect().width, e.getBoundingClientRect().height) < 24)
    .map(e => e.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def shown(showing):
    with showing("life.ipynb") as shown:
        yield shown


@pytest.fixture
def panels(page):
    panels = page.locator(".catrnn-panel").all()
    for panel in panels[:3]:
        panel.scroll_into_view_if_needed()
        settle(panel)
    return panels


def test_in_a_tab_that_was_hidden_controls_have_names_and_the_caption_has_room(page, panels):
    page.locator(".jupyter-widget-tab li", has_text="other").click()
    panel = page.locator(".catrnn-panel").last
    expect(panel.locator("img")).to_be_visible()
    wait_until(page, f"panel => ({UNNAMED})(panel).length === 0", panel.element_handle(), PATIENCE)
    assert room_of(panel) > MORE_THAN_A_LINE


def room_of(panel) -> float:
    """Pixels that a caption holds free, at least."""
    return panel.locator(".catrnn-caption").evaluate("e => parseFloat(getComputedStyle(e).minHeight)")


@pytest.mark.parametrize(("width", "files"), [(683, True), (390, False), (320, False)])
def test_on_a_magnified_or_narrow_page_nothing_is_cut_off(page, panels, width, files):
    size = page.viewport_size
    page.evaluate("jupyterapp.shell.collapseLeft()")
    page.set_viewport_size({"width": width, "height": 800})
    try:
        if files:
            page.evaluate("jupyterapp.shell.activateById('filebrowser')")
        for panel in panels[:3]:
            panel.scroll_into_view_if_needed()
            assert panel.evaluate(CRAMPED) == []
    finally:
        page.evaluate("jupyterapp.shell.collapseLeft()")
        page.set_viewport_size(size)


@pytest.fixture
def narrow(page):
    """A page as wide as a phone's, for a finger."""
    size, hand = page.viewport_size, page.context.new_cdp_session(page)
    page.evaluate("jupyterapp.shell.collapseLeft()")
    page.set_viewport_size({"width": 390, "height": 844})
    hand.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    yield page
    hand.send("Emulation.setTouchEmulationEnabled", {"enabled": False})
    page.set_viewport_size(size)


def test_for_a_finger_on_a_phone_letters_and_all_that_is_to_hit_are_large_enough(narrow, panels):
    for panel, width in zip(panels[:4], (900, 520, 520, 520), strict=True):
        panel.scroll_into_view_if_needed()
        expect(panel.locator("img")).to_have_attribute("width", str(width))
        wait_until(narrow, f"panel => ({LETTERS})(panel) >= 9", panel.element_handle(), PATIENCE)
        assert panel.evaluate(CRAMPED) == []
        assert panel.evaluate(SMALL) == []


def test_a_picture_for_phones_is_pushed_sideways_by_the_keyboard_where_it_has_no_room(narrow, panels):
    frame = panels[0].get_by_role("group", name="picture, goes on sideways")
    frame.focus()
    narrow.keyboard.press("ArrowRight")
    wait_until(narrow, "frame => frame.scrollLeft > 0", frame.element_handle(), PATIENCE)
    assert_legible(panels[0], ".catrnn-caption", "status")


def test_the_step_that_is_lit_comes_into_the_frame_of_a_picture_that_is_too_wide(narrow, panels):
    frame, slider = panels[0].locator(".catrnn-frame"), panels[0].get_by_role("slider").first
    for key, part in (("End", "> frame.scrollWidth / 4"), ("Home", "=== 0")):
        press(slider, key)
        seen = f"frame => frame.scrollLeft {part}"
        wait_until(narrow, seen, frame.element_handle(), PATIENCE)


def test_back_on_a_wide_page_a_picture_is_as_it_was(page, panels):
    for panel in panels[1:3]:
        panel.scroll_into_view_if_needed()
        expect(panel.locator("img")).to_have_attribute("width", "900")
        settle(panel)
        assert_right(panel)
        assert panel.locator(".catrnn-frame").get_attribute("tabindex") is None


def load_anew(page):
    """Load the page again, and wait until its notebook has a kernel."""
    page.reload()
    wait_until(page, READY, timeout=PATIENCE)
    page.add_script_tag(path=HERE / "panels.js")


def test_after_a_reload_controls_have_names_and_keep_their_keys(page, panels, problems):
    ask(page, SAVE, what="the saved notebook")
    load_anew(page)
    cells = page.evaluate("cells()")
    expect(page.locator(".catrnn-panel").first).to_be_visible()
    for panel in page.locator(".catrnn-panel").all()[:3]:
        panel.scroll_into_view_if_needed()
        expect(panel.locator("img")).to_be_visible()
        wait_until(page, "panel => panel.querySelector('img').complete", panel.element_handle(), PATIENCE)
        assert panel.evaluate(UNNAMED) == []
        assert room_of(panel) > MORE_THAN_A_LINE
        before = look(panel)
        press(panel.get_by_role("slider").first, "b")
        press(panel.get_by_role("slider").first, "End")
        settle(panel, different_from=before)
    assert page.evaluate("cells()") == cells, "JupyterLab took a key for a shortcut of its own"


def test_a_panel_that_plays_to_nobody_rests(page, panels):
    panel = panels[0]
    panel.scroll_into_view_if_needed()
    for name in ("repeat", "play or pause"):
        panel.get_by_role("button", name=name).click()
    expect(panel.locator(".widget-play .fa-pause")).to_be_visible()
    page.evaluate(QUIET)
    panels[2].scroll_into_view_if_needed()
    wait_until(page, "performance.now() - window.last > 1500", timeout=PATIENCE)


def test_opened_again_without_its_python_it_shows_picture_and_line_and_no_word_of_jupyters(page):
    ask(page, SAVE, what="the saved notebook")
    ask(page, SHUT_DOWN, what="the kernel's end")
    load_anew(page)
    for number, name in enumerate(NAMES, start=1):
        output = page.locator(".jp-CodeCell").nth(number).locator(".jp-OutputArea")
        output.scroll_into_view_if_needed()
        expect(output.get_by_text(RUN_HINT)).to_be_visible()
        expect(output.locator("img")).to_be_visible()
        wait_until(page, GAVE_UP, output.element_handle(), PATIENCE)
        assert output.inner_text().strip().removeprefix(f"[{number + 1}]:").strip() == RUN_HINT, name
    cell = page.locator(".jp-CodeCell").nth(1)
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    expect(cell.locator(".catrnn-panel img")).to_be_visible()
    expect(cell.get_by_text(RUN_HINT)).to_be_hidden()
    expect(cell.locator(".jp-RenderedImage")).to_be_hidden()


@pytest.mark.parametrize("ends", [RESTART, SHUT_DOWN], ids=["restarted", "ended"])
def test_without_its_python_a_panel_says_so_in_one_sentence(page, ends):
    run_all(page)
    panel = page.locator(".catrnn-panel").first
    panel.scroll_into_view_if_needed()
    settle(panel)
    ask(page, ends, what="the kernel's restart or end")
    expect(panel.get_by_role("alert")).to_have_text(
        "Python has been restarted, or has ended. Run this cell again, and the controls come alive.")
    assert panel.evaluate(BROKEN_CHAINS) == 0


def test_once_its_python_has_ended_a_panel_asks_nothing_of_it(page, problems):
    load_anew(page)  # the kernel may have ended before
    run_all(page)
    panels = page.locator(".catrnn-panel").all()
    ask(page, SHUT_DOWN, what="the kernel's end")
    expect(panels[0].get_by_role("alert")).to_contain_text("Python has been restarted, or has ended.")
    problems(page)  # JupyterLab's own, of the end
    size = page.viewport_size
    page.set_viewport_size({"width": 390, "height": 800})
    panels[0].scroll_into_view_if_needed()
    ask(page, FRAMES, what="a frame")
    page.set_viewport_size(size)
    panels[2].scroll_into_view_if_needed()
    ask(page, FRAMES, what="a frame")
    assert problems(page) == []
