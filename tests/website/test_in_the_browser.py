"""The site in a real browser that can reach no other place: opened, run, moved, answered, edited, reloaded."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from catrnn.lab.panel.panel import RUN_HINT
from tests.browser.panels import drag, look, press, settle
from tests.website.stored import stored_words
from tools.lab_in_browser import OUTPUT_ERRORS, READY, ROOT, ask, run_all, watch

pytestmark = pytest.mark.browser
CHROMIUMS_OWN = re.compile(r"\.(google|googleapis|gvt1)\.com(:443)?(/|$)")
"""Where the browser itself looks for updates, whatever page it shows."""
WORDS = """() => jupyterapp.shell.currentWidget.content.widgets.map(cell =>
    (cell.model.outputs?.toJSON() ?? []).map(({text, data, traceback}) =>
        [text ?? data?.['text/plain'] ?? traceback].flat().join('')).join(''))"""
OFTEN = 200  # milliseconds, in place of each frame, while Python starts and has all to do
PLACE = "cell => [...document.querySelectorAll('.jp-CodeCell')].indexOf(cell)"
SAVING = """() => { window.saved = new Promise(done => jupyterapp.shell.currentWidget.context.saveState.connect(
    (_, state) => state === 'completed' && done(true))) }"""


def wait_for_python(page):
    page.wait_for_function(READY, polling=OFTEN)


def start(page):
    """Click, once Python has started, for every cell to be run; note what is beneath each in the end."""
    wait_for_python(page)
    page.add_script_tag(path=ROOT / "tests/browser/panels.js")
    run_all(page)
    page.signs = page.locator("#catrnn-starting").count()
    page.errors, page.words = page.evaluate(OUTPUT_ERRORS), page.evaluate(WORDS)


@pytest.fixture(scope="module")
def page(a_page, below_a_path):
    """Notebook 00 in a browser that has never been here, reached from its page of the book."""
    with a_page() as page:
        page.problems, page.name, page.asked = watch(page), "00_start_here.ipynb", []
        page.context.on("request", lambda request: page.asked.append(request.url))
        page.goto(f"{below_a_path}/00_start_here.html")
        page.get_by_role("link", name="Run this notebook in the lab").click()
        expect(page.get_by_role("status").filter(has_text="Python is starting")).to_be_visible()
        start(page)
        yield page


@pytest.fixture(params=["page", "visit"])
def opened(request):
    """A notebook that was opened and run, from the book or by a link."""
    return request.getfixturevalue(request.param)


def first_panel(page):
    panel = page.locator(".catrnn-panel").first
    panel.scroll_into_view_if_needed()
    settle(panel)
    return panel


def test_every_cell_runs_and_prints_what_it_prints_on_a_desktop(opened):
    assert opened.errors == []
    assert opened.problems == []
    assert opened.words == [words for _, words in stored_words(opened.name)]


def test_the_sign_that_python_starts_is_gone_when_it_has_started(opened):
    assert opened.signs == 0


def test_a_slider_answers_to_the_arrow_keys_and_to_the_mouse(page):
    panel = first_panel(page)
    handle = panel.get_by_role("slider").first
    before = look(panel)
    press(handle, "ArrowLeft")
    after = settle(panel, different_from=before, after="ArrowLeft")
    assert after["shows"] != before["shows"]
    drag(panel, handle)
    assert settle(panel, different_from=after, after="a drag")["caption"] != after["caption"]
    assert page.evaluate("callbackErrors") == []


def test_nothing_was_asked_of_any_other_host(opened, wall):
    assert {host for host in wall.asked if not CHROMIUMS_OWN.search(host)} == set()
    assert any("pyodide.asm.wasm" in url for url in opened.asked)  # what the kernel's worker asks for is among them
    assert {urlsplit(url).hostname for url in opened.asked if url.startswith("http")} == {"127.0.0.1"}


ANSWER = """class MyReLULayer:
    def forward(self, x):
        self.x = x
        return {cut}


check("relu layer", MyReLULayer)
"""
RIGHT, SLIP = ANSWER.format(cut="np.maximum(0, x)"), ANSWER.format(cut="np.abs(x)")
"""A right answer and a usual slip."""


MY_CAT = """from catrnn.lab import explore_my_cat

explore_my_cat()
"""
TRAINING = """import numpy as np
from catrnn.data import DAYS, TARGET
from catrnn.lab import progress_bar
from catrnn.network import CatRNN
from catrnn.training import train

history = train(CatRNN.random(np.random.default_rng(4), 2), DAYS, TARGET, 1000, progress=progress_bar("training"))
print(len(history.losses), "epochs are over")
"""
WIDTHS = """() => { window.widths = new Set(); new MutationObserver(() => {
    const bar = document.querySelector('.progress-bar');
    if (bar) widths.add(bar.style.width);
}).observe(document.body, {subtree: true, childList: true, attributes: true}) }"""
KEPT = """from catrnn.lab import my_layers, progress

my_layers()
progress()
"""
GAVE_UP = "output => /Loading widget|model not found/.test(output.textContent)"
"""What Jupyter writes in a panel's place, in sight or not."""

JUPYTERS_WORDS = re.compile("Loading widget|model not found|Error displaying")
KERNEL = "jupyterapp.shell.currentWidget.context.sessionContext.session.kernel"
COMPLETE = f"""async code => {{
    return (await {KERNEL}.requestComplete({{ code, cursor_pos: code.length }})).content.matches;
}}"""
FAILING = "import time\n\ntime.sleep(2)\nno_such_name"
FAIL = f"""code => {{
    const cells = [code, "behind = 1"].map(code => {KERNEL}.requestExecute({{ code }}).done);
    window.told = Promise.all(cells).then(replies => replies.map(reply => reply.content.status));
}}"""
NEIGHBOURS = "import os; print(sorted(os.listdir('.')))"
CSV = b"day;fish\nMon;0,5\nTue;1,5\nWed;0,5\nThu;1,5\nFri;0,5\nSat;1,5\n"


LINKED = "explore_hinge(weight=-0.75, bias=0.5)"


@pytest.fixture(scope="module")
def visit(a_page, at_the_root):
    """One learner's visit to notebook 03, by a link with a setting of its panel."""
    with a_page() as page:
        page.problems, page.name, page.asked = watch(page), "03_bend_the_line.ipynb", []
        page.context.on("request", lambda request: page.asked.append(request.url))
        page.goto(f"{at_the_root}/live/notebooks/index.html?path={page.name}&setting={LINKED}")
        start(page)
        yield page


def write(page, text, instead_of):
    """Type over the text of a cell, run it, and return the cell."""
    cell = page.locator(".jp-CodeCell").filter(has=page.locator(".cm-content", has_text=instead_of))
    cell = page.locator(".jp-CodeCell").nth(cell.evaluate(PLACE))
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)
    page.keyboard.press("Control+Enter")
    return cell


def test_a_link_shows_the_setting_of_a_panel_and_is_what_can_be_copied_of_it(visit):
    panel = visit.locator(".catrnn-panel").first
    panel.scroll_into_view_if_needed()
    expect(panel.locator("pre code")).to_have_text(re.compile(re.escape(LINKED) + "$"), use_inner_text=False)
    panel.locator("summary").click()
    expect(panel.get_by_role("button", name="Copy link")).to_be_visible()
    link = urlsplit(panel.locator("pre").last.text_content())
    assert parse_qs(link.query) == {"path": ["03_bend_the_line.ipynb"], "setting": [LINKED]}
    assert link.path.endswith("/notebooks/index.html")
    panel.locator("summary").click()


def test_an_exercise_is_answered_and_the_slip_is_named(visit):
    cell = visit.locator(".jp-CodeCell").filter(has_text='check("relu layer", MyReLULayer)')
    expect(cell.locator(".jp-OutputArea")).to_contain_text("relu layer: not started.")
    cell = write(visit, RIGHT, 'check("relu layer", MyReLULayer)')
    expect(cell.locator(".jp-OutputArea")).to_contain_text("relu layer: correct.")
    kept = write(visit, "keep(MyReLULayer)", "keep(MyReLULayer)")
    expect(kept.locator(".jp-OutputArea")).to_contain_text("correct. Kept in my_layers.py: ReLULayer (forward).")
    expect(kept.locator(".jp-OutputArea")).not_to_contain_text("until the page")
    cell = write(visit, SLIP, 'check("relu layer", MyReLULayer)')
    expect(cell.locator(".jp-OutputArea")).to_contain_text("lost its minus sign")


def test_while_a_cell_fails_a_slider_moves_its_panel_and_what_one_types_is_completed(visit):
    panel = first_panel(visit)
    before = look(panel)
    visit.evaluate(FAIL, FAILING)
    press(panel.get_by_role("slider").first, "ArrowRight")
    assert complete(visit, "str.upp") == ["str.upper"]
    after = settle(panel, different_from=before, after="ArrowRight while a cell fails")
    assert after["shows"] != before["shows"]


def test_a_cell_behind_one_that_fails_is_not_run_and_does_not_wait_for_ever(visit):
    visit.evaluate(FAIL, FAILING)
    assert ask(visit, "() => window.told", what="the answer to a cell") == ["error", "aborted"]


def test_what_was_typed_is_there_after_a_reload(visit):
    write(visit, SLIP, 'check("relu layer", MyReLULayer)')
    visit.evaluate(SAVING)
    visit.keyboard.press("Control+S")
    assert ask(visit, "() => window.saved", what="the saved notebook")
    visit.reload()
    kept = visit.locator(".jp-CodeCell").filter(has_text="return np.abs(x)")
    expect(kept).to_have_count(1)


def test_a_saved_panel_is_its_picture_and_one_line_on_the_second_visit(visit):
    wait_for_python(visit)
    output = visit.locator(".jp-OutputArea").filter(has_text=RUN_HINT).first
    output.scroll_into_view_if_needed()
    expect(output.get_by_text(RUN_HINT)).to_be_visible()
    expect(output.locator("img")).to_be_visible()
    visit.wait_for_function(GAVE_UP, arg=output.element_handle(), polling=OFTEN)
    assert JUPYTERS_WORDS.search(output.inner_text()) is None


def test_what_was_kept_and_done_is_there_after_a_reload(visit):
    wait_for_python(visit)
    cell = write(visit, KEPT, "return np.abs(x)")
    output = cell.locator(".jp-OutputArea")
    expect(output).to_contain_text("ReLULayer (yours has no backward yet: notebook 05)")
    expect(output).to_contain_text(re.compile(r"relu layer +correct"))
    write(visit, SLIP, "my_layers()")


def complete(page, code):
    return ask(page, COMPLETE, code, f"how {code} goes on")


def test_what_one_begins_to_type_is_completed(visit):
    wait_for_python(visit)
    assert complete(visit, "str.upp") == ["str.upper"]
    assert "catrnn.layers" in complete(visit, "from catrnn.lay")


def test_a_csv_file_is_loaded_into_a_panel_and_python_sees_the_files_beside_the_notebook(visit):
    wait_for_python(visit)
    cell = write(visit, NEIGHBOURS, "return np.abs(x)")
    expect(cell.locator(".jp-OutputArea")).to_contain_text("'03_bend_the_line.ipynb'")
    cell = write(visit, MY_CAT, "os.listdir")
    button = cell.get_by_role("button", name="or load a CSV")
    expect(button).to_be_visible()
    with visit.expect_file_chooser() as chooser:
        button.click()
    chooser.value.set_files({"name": "cat.csv", "mimeType": "text/csv", "buffer": CSV})
    expect(cell.locator(".catrnn-caption")).to_contain_text("6 days. Tomorrow, day 7, a Sunday")
    column = cell.get_by_role("combobox", name="column")
    expect(column).to_be_visible()
    expect(column).to_have_value("fish")


def test_a_progress_bar_moves_while_python_works(visit):
    visit.evaluate(WIDTHS)
    cell = write(visit, TRAINING, "explore_my_cat")
    expect(cell.locator(".jp-OutputArea")).to_contain_text("1000 epochs are over")
    widths = visit.evaluate("[...window.widths]")
    assert len(widths) > 5, widths
    assert widths[-1] == "100%"
