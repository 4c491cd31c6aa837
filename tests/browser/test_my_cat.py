"""The learner's own cat in a real browser: typed days, a CSV file, and what is said to what cannot be read."""

import pytest
from playwright.sync_api import expect

from tests.browser.panels import PATIENCE, assert_legible, assert_right, look, press, settle, settle_at_new_code, theme
from tools.lab_in_browser import wait_until

pytestmark = pytest.mark.browser
TABLE = b"day;fish;milk\nMon;1;5\nTue;2,5;6\nWed;1;7\nThu;2,5;8\n"


CRAMPED = """panel => {
    const {left, right} = panel.getBoundingClientRect();
    const parts = [...panel.querySelectorAll("input, select, .widget-button, .widget-slider, .catrnn-told")];
    const boxes = parts.map(part => [part.className, part.getBoundingClientRect()]);
    return boxes.filter(([, box]) => box.left < left || box.right > right + 1 || box.width < 90);
}"""
"""What of a panel has too little room, or is cut off at its edge."""


@pytest.fixture(scope="module")
def shown(showing):
    with showing("my_cat.ipynb") as shown:
        yield shown


@pytest.fixture
def panel(page):
    panel = page.locator(".catrnn-panel").last
    panel.scroll_into_view_if_needed()
    settle(panel)
    return panel


def type_in(panel, text: str):
    """Write days over what stands in the box, and press Enter, as a reader does."""
    box = panel.get_by_role("textbox", name="your days")
    box.click()
    for key in ("Control+A", "Delete"):
        box.press(key)
    box.press_sequentially(text)
    box.press("Enter")


def load(panel, path, content: bytes):
    """Choose a file with this content."""
    path.write_bytes(content)
    with panel.page.expect_file_chooser() as chooser:
        panel.get_by_role("button", name="or load a CSV").click()
    chooser.value.set_files(path)


def test_days_that_are_typed_are_forecast(page, panel, problems):
    cells, before = page.evaluate("cells()"), look(panel)
    type_in(panel, "50, 80 60; 50, 80 60, 50 80")
    settle_at_new_code(panel, before)
    assert look(panel)["caption"].startswith("8 days. Tomorrow, day 9: the network guesses")
    assert_right(panel)
    assert page.evaluate("cells()") == cells, "JupyterLab took a key for a shortcut of its own"
    assert problems(page) == []


@pytest.mark.parametrize(("text", "words"), [("fish", '"fish" on day 1 is not a number'),
                                             ("0,5 0,75", '"0,5" may be one number or two')])
def test_days_that_cannot_be_read_are_told_in_red_and_the_last_good_picture_stays(page, panel, problems, text, words):
    good = look(panel)
    type_in(panel, text)
    message = panel.get_by_role("alert")
    expect(message).to_contain_text(words)
    assert "went wrong" not in message.inner_text()
    assert look(panel)["shows"] == good["shows"]
    for name in ("JupyterLab Light", "JupyterLab Dark"):
        with theme(page, name):
            assert_legible(panel, ".catrnn-problem", "alert")
    type_in(panel, "1, 2, 1, 2")
    settle_at_new_code(panel, good)
    expect(message).to_be_hidden()
    type_in(panel, "1, 2, 3, 1, 2, 3")
    settle(panel)
    assert problems(page) == []


def test_a_csv_is_loaded_and_its_column_chosen(page, panel, problems, tmp_path):
    before = look(panel)
    load(panel, tmp_path / "cat.csv", TABLE)
    settle_at_new_code(panel, before)
    column = panel.get_by_role("combobox", name="column")
    expect(column).to_be_visible()
    expect(column).to_have_value("fish")
    expect(panel.get_by_role("textbox", name="your days")).to_have_value("1, 2.5, 1, 2.5")
    expect(panel.get_by_role("combobox", name="day 1 is")).to_have_value("Monday")
    told = panel.locator(".catrnn-told")
    expect(told).to_have_text('4 days read from column "fish"; "milk" counts the rows.')
    assert told.get_attribute("role") == "status"
    assert_right(panel)
    before = look(panel)
    column.select_option("day")
    expect(panel.get_by_role("alert")).to_contain_text('Choose another column than "day"')
    assert look(panel)["shows"] == before["shows"]
    press(column, "ArrowDown")
    press(column, "ArrowDown")
    settle_at_new_code(panel, before)
    expect(panel.get_by_role("alert")).to_be_hidden()
    assert "days=[5, 6, 7, 8]" in look(panel)["shows"]
    assert_legible(panel, ".catrnn-caption", "status")
    assert problems(page) == []


@pytest.fixture
def width(page, request):
    """The width of the page's window, in CSS pixels."""
    before = page.viewport_size
    page.set_viewport_size({**before, "width": request.param})
    yield request.param
    page.set_viewport_size(before)


@pytest.mark.parametrize("width", [390, 683], indirect=True, ids=["a phone", "a laptop at 200%"])
def test_on_a_narrow_page_everything_about_the_file_has_room(page, width, panel, problems, tmp_path):
    load(panel, tmp_path / "cat.csv", TABLE.replace(b"milk", b"a column with a long name"))
    expect(panel.get_by_role("combobox", name="column")).to_be_visible()
    expect(panel.locator(".catrnn-told")).to_contain_text("a column with a long")  # not of an earlier file
    settle(panel)
    wait_until(page, "([panel, width]) => panel.clientWidth < width", [panel.element_handle(), width], PATIENCE)
    assert panel.evaluate(CRAMPED) == []
    assert problems(page) == []
    type_in(panel, f"1, 2, 1, {width}")
    settle(panel)


@pytest.mark.parametrize(("content", "words", "then"), [
    (b"PK\x03\x04\xff\x00", "The file is a workbook, not plain text", "1 2"),
    (b"0.5\n" * 5_000_000, "The file has 20,000,000 bytes", "2 1"),
], ids=["no text", "huge"])
def test_a_file_that_is_no_table_is_told_in_red(panel, page, problems, tmp_path, content, words, then):
    good = look(panel)
    load(panel, tmp_path / "cat.csv", content)
    expect(panel.get_by_role("alert")).to_contain_text(words)
    assert look(panel)["shows"] == good["shows"]
    type_in(panel, then)
    settle_at_new_code(panel, good)
    assert problems(page) == []
