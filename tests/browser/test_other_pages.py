"""A panel in a page that is no JupyterLab: controls of ipywidgets 7, a setting in the address, the site's link."""

import base64
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from catrnn.lab import explore_miss
from catrnn.lab.panel.panel import RUN_HINT
from tests.browser.panels import PATIENCE
from tools.lab_in_browser import CLIPBOARD, ROOT, ask, wait_until

pytestmark = pytest.mark.browser
PANEL_JS = (ROOT / "catrnn" / "lab" / "panel" / "panel.js").read_text(encoding="utf-8")
HOST = "http://127.0.0.1:9"  # nothing listens there: the test answers in its place
RESTORE = "from catrnn.lab import explore_miss\n\nexplore_miss(guess=0.5, target=1.25)"

SLIDER = """<div class="widget-inline-hbox widget-slider {way}"><label class="widget-label">{label}</label>
<div class="slider-container"><div class="slider ui-slider"><span tabindex="0" class="ui-slider-handle"
style="{at}"></span></div></div><div class="widget-readout" contenteditable="true">{shows}</div></div>"""
PAGE = f"""<!doctype html><title>ipywidgets 7</title><div class="cell"><pre>a cell with code</pre>
<div class="output"><p class="catrnn-stored">another panel, not run</p></div></div>
<div class="cell"><img alt="another picture"></div>
<div class="cell"><div class="output"><div class="catrnn-panel" id="alone"><div></div></div></div></div>
<div class="cell"><div class="output">
<div class="output_area" id="line"><div class="prompt"></div><div><p class="catrnn-stored">{RUN_HINT}</p></div></div>
<div class="output_area" id="still"><img alt=""></div>
<div class="output_area"><div class="catrnn-panel">
{SLIDER.format(way="widget-hslider", label="guess", shows="0.50", at="left: 25%;")}
{SLIDER.format(way="widget-vslider", label="Day 1", shows="1.25", at="bottom: 62.5%;")}
<div class="widget-play"><button></button><button></button><button></button><button></button></div>
<div id="view"></div></div></div></div></div>"""
START = """async ([code, values, png, where]) => {
    values.png = Uint8Array.from(atob(png), c => c.charCodeAt(0));
    values.layout = {};
    window.sent ??= [];
    const model = { get: name => values[name], set: () => {}, save_changes: () => {}, on: () => {}, off: () => {},
                    send: message => sent.push(message) };
    const { default: module } = await import(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
    module.render({ model, el: document.querySelector(where) });
}"""


@pytest.fixture
def page(browser):
    page = browser.new_page()
    page.route(f"{HOST}/**", lambda route: route.fulfill(body=PAGE, content_type="text/html"))
    page.problems = []
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    yield page
    page.close()


def open_panel(page, address, where="#view", restore=RESTORE):
    """Open a page at an address, or stay where it is, and put a panel's front end into it."""
    if address is not None:
        page.goto(HOST + address)
    view = explore_miss(guess=0.5).view
    values = {"caption": view.caption, "width": view.width, "wide": view.width, "narrow": False, "problem": "",
              "restore": restore}
    ask(page, START, [PANEL_JS, values, base64.b64encode(view.png).decode(), where], "the panel's front end", PATIENCE)
    shown = "where => document.querySelector(where).querySelector('img').dataset.shows"
    wait_until(page, shown, where, PATIENCE)  # a picture without a source is complete too
    assert page.problems == []


def test_sliders_of_ipywidgets_7_are_sliders_with_names_and_values(page):
    open_panel(page, "/notebooks/07.ipynb")
    told = page.locator("[role=slider]").evaluate_all("""all => all.map(e => [
        e.ariaLabel, e.ariaValueText, e.ariaValueNow, e.ariaOrientation, e.dataset.lmSuppressShortcuts])""")
    assert told == [["guess", "0.50", "25", "horizontal", "true"], ["Day 1", "1.25", "62.5", "vertical", "true"]]


def test_a_value_of_ipywidgets_7_follows_its_slider(page):
    open_panel(page, "/notebooks/07.ipynb")
    page.evaluate("""() => { document.querySelector(".ui-slider-handle").style.left = "30%";
        document.querySelector(".widget-readout").textContent = "0.60" }""")
    wait_until(page, """() => { const { ariaValueText, ariaValueNow } = document.querySelector("[role=slider]");
        return ariaValueText === "0.60" && ariaValueNow === "30" }""", timeout=PATIENCE)


def test_the_four_buttons_of_its_player_have_names(page):
    open_panel(page, "/notebooks/07.ipynb")
    names = page.locator(".widget-play button").evaluate_all("buttons => buttons.map(button => button.ariaLabel)")
    assert names == ["play", "pause", "stop", "repeat"]


def test_where_a_page_is_no_jupyterlab_the_stored_line_and_picture_hide_and_nothing_else(page):
    open_panel(page, "/notebooks/07.ipynb", "#alone > div")
    assert page.locator("#line").is_visible()
    open_panel(page, None)
    expect(page.locator("#line")).to_be_hidden(timeout=PATIENCE)  # once the panel has settled, a moment later
    expect(page.locator("#still img")).to_be_hidden(timeout=PATIENCE)
    assert all(cell.is_visible() for cell in page.locator(".cell").all())


@pytest.mark.parametrize("rewritten", [False, True])
def test_a_setting_in_the_address_is_told_once_to_the_panel_that_it_names(page, rewritten):
    asked = "explore_miss(guess=1.5, target=1)"
    other = RESTORE.replace("explore_miss", "explore_line")
    page.goto(f"{HOST}/lab/tree/04.ipynb?setting={asked}")
    if rewritten:
        page.evaluate("history.replaceState(null, '', '/lab/tree/04.ipynb')")
    open_panel(page, None, "#alone > div", other)
    assert page.evaluate("sent") == []
    for _ in range(2):
        open_panel(page, None)
    assert page.evaluate("sent") == [{"event": "setting", "text": asked}]


def test_a_setting_that_names_no_function_is_told_to_the_first_panel_which_says_so(page):
    open_panel(page, "/lab/tree/04.ipynb?setting=<b>seed</b>")
    assert page.evaluate("sent") == [{"event": "setting", "text": "<b>seed</b>"}]


def test_where_the_address_names_the_notebook_the_setting_is_copied_as_a_link(page):
    open_panel(page, "/school/notebooks/index.html?path=04.ipynb&kernel=python&setting=explore_miss()#top")
    page.locator("#view summary").click()
    button = page.get_by_role("button", name="Copy link")
    button.click()
    page.get_by_role("button", name="Copied").wait_for(timeout=PATIENCE)
    link = urlsplit(ask(page, CLIPBOARD, what="what was copied"))
    assert link.path == "/school/notebooks/index.html"
    assert not page.locator("#view pre").last.is_visible()
    assert parse_qs(link.query) == {"path": ["04.ipynb"], "setting": ["explore_miss(guess=0.5, target=1.25)"]}
    assert link.fragment == ""


def test_where_there_is_no_clipboard_the_link_is_shown_and_marked(page):
    open_panel(page, "/notebooks/index.html?path=04.ipynb")
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject() }")  # as on an insecure page
    page.locator("#view summary").click()
    page.get_by_role("button", name="Copy link").click()
    page.get_by_role("button", name="Marked: press Ctrl+C").wait_for(timeout=PATIENCE)
    shown = page.locator("#view pre").last
    assert shown.is_visible()
    assert page.evaluate("getSelection().toString()").strip() == shown.inner_text().strip()
    assert shown.inner_text().startswith(f"{HOST}/notebooks/index.html?path=04.ipynb&setting=explore_miss")


def test_on_a_server_of_ones_own_there_is_no_link_to_copy(page):
    open_panel(page, "/lab/tree/04.ipynb?token=secret")
    page.locator("#view summary").click()
    assert page.get_by_role("button", name="Copy", exact=True).is_visible()
    assert not page.get_by_text("Copy link").is_visible()
