"""The sign that Python starts stands where a notebook is open, and nowhere else."""

import shutil
from functools import partial

import pytest
from playwright.sync_api import expect

from tests.website.served import Files, address, served
from tools.lab_in_browser import ROOT

pytestmark = pytest.mark.browser
PAGE = """<!doctype html><style>#main { position: absolute; inset: 0 }</style><body><div id="main"></div>
<script src="../starting.js" defer></script>"""
EDGES = "() => [document.getElementById('main').getBoundingClientRect().bottom, window.resized ?? 0]"
OPENED = "() => { window.jupyterapp = { shell: { currentWidget: { context: { sessionContext: {} } } } } }"


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The address of a site of empty pages, each with the sign's script, as JupyterLite's pages are laid out."""
    folder = tmp_path_factory.mktemp("pages")
    shutil.copy(ROOT / "deploy/site/starting.js", folder)
    for name in ("tree", "lab", "notebooks"):
        (folder / name).mkdir()
        (folder / name / "index.html").write_text(PAGE)
    with served(partial(Files, directory=folder)) as server:
        yield address(server)


@pytest.fixture
def page(a_page):
    with a_page() as page:
        page.clock.install()
        yield page


@pytest.mark.parametrize("name", ["tree", "lab"])
def test_where_no_notebook_is_open_no_python_is_said_to_start_or_to_have_failed(page, pages, name):
    page.goto(f"{pages}/{name}/index.html")
    for _ in range(3):
        page.clock.run_for(100_000)
        expect(page.locator("#catrnn-starting")).to_have_count(0)


@pytest.mark.parametrize(("name", "first"), [("notebooks", "() => 0"), ("lab", OPENED)])
def test_where_a_notebook_is_open_the_sign_counts_from_its_opening(page, pages, name, first):
    page.goto(f"{pages}/{name}/index.html")
    page.clock.run_for(1000 if name == "notebooks" else 200_000)
    page.evaluate(first)
    page.clock.run_for(2000)
    expect(page.get_by_role("status")).to_contain_text("Python is starting in this page")
    page.clock.run_for(181_000)
    expect(page.get_by_role("status")).to_contain_text("Python has not started")


def test_on_a_phone_the_sign_covers_nothing_and_gives_its_room_back(page, pages):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{pages}/notebooks/index.html")
    page.evaluate("addEventListener('resize', () => { window.resized = (window.resized ?? 0) + 1 })")
    page.clock.run_for(1000)
    sign = page.get_by_role("status").bounding_box()
    assert (sign["x"], sign["width"], sign["y"] + sign["height"]) == (0, 390, 844)
    assert page.evaluate(EDGES) == [int(sign["y"]), 1]  # JupyterLab lays its page out anew when the window says so
    page.evaluate(OPENED.replace("sessionContext: {}", "sessionContext: { session: { kernel: { status: 'idle' } } }"))
    page.clock.run_for(1000)
    expect(page.locator("#catrnn-starting")).to_have_count(0)
    assert page.evaluate(EDGES) == [844, 2]


@pytest.mark.parametrize(("setting", "told"), [("", False), ("&setting=explore_miss(guess=1)", True)])
def test_who_came_by_a_link_with_a_setting_is_told_when_it_appears(page, pages, setting, told):
    page.goto(f"{pages}/notebooks/index.html?path=04_measure_the_miss.ipynb{setting}")
    page.clock.run_for(2000)
    expect(page.get_by_role("status")).to_contain_text("Python is starting in this page")
    assert ("when you run the cell" in page.get_by_role("status").inner_text()) == told
