"""One JupyterLab and one browser for all the tests here; a notebook is opened once for its claims, while they hold."""

import os
import shutil
from contextlib import closing

import nbformat
import pytest
from playwright.sync_api import expect

from catrnn.lab import explore_miss
from tests.browser.panels import PATIENCE
from tests.browser.test_life import HIDDEN, NAMES
from tools.lab_in_browser import (
    NO_CHROMIUM,
    OUTPUT_ERRORS,
    ROOT,
    chromium,
    find_chromium,
    lab,
    open_next,
    open_notebook,
    run_all,
    shut_down_kernel,
    watch,
)

expect.set_options(timeout=PATIENCE)
HERE = ROOT / "tests" / "browser"
WINDOW = {"width": 1200, "height": 1000}
FAILING = """
from catrnn.lab import Parabola
from catrnn.lab.panel.controls import whole_slider
from catrnn.lab.panel.panel import Panel

compute = lambda n: dict(guess=1 + 0.1 / n, target=1.25)
Panel("Which number has no inverse?", Parabola(), compute, {"n": whole_slider("n", 1, -3, 3)}, "explore_nothing")
"""


@pytest.fixture(scope="package")
def browser():
    """A browser that keeps JupyterLab's own files from page to page."""
    if not find_chromium():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(NO_CHROMIUM)
    allowed = ["clipboard-read", "clipboard-write"]
    with chromium() as browser, browser.new_context(viewport=WINDOW, permissions=allowed) as context:
        context.set_default_timeout(PATIENCE)
        yield context


def small_notebook():
    """A panel with its stored picture, and a panel that fails at one position."""
    panel = explore_miss()
    stored = [nbformat.v4.new_output("display_data", data, metadata=metadata) for data, metadata in panel.stored()]
    panel.close()  # of what fixtures make, nothing is closed by itself
    return nbformat.v4.new_notebook(cells=[
        nbformat.v4.new_code_cell(calling("explore_miss"), outputs=stored), nbformat.v4.new_code_cell(FAILING)])


def calling(name) -> str:
    """The code of a cell with one panel."""
    return f"from catrnn.lab import {name}\n\n{name}()"


@pytest.fixture(scope="package")
def address(browser, tmp_path_factory):
    """The address and the token of a JupyterLab with the course's notebooks and the small one."""
    folder = shutil.copytree(ROOT / "notebooks", tmp_path_factory.mktemp("lab") / "notebooks")
    my_cat = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(calling("explore_my_cat"))])
    life = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code) for code in
                                           ("import catrnn", *map(calling, NAMES), HIDDEN)])
    for name, notebook in {"small": small_notebook(), "my_cat": my_cat, "life": life}.items():
        nbformat.write(notebook, folder / f"{name}.ipynb")
    with lab(folder) as address:
        yield address


class Desk:
    """JupyterLab in one page, which shows a notebook after the other: to load it anew costs more than most of them."""

    def __init__(self, context, address):
        self.context, self.address, self.page = context, address, None

    def open(self, name):
        if self.page:
            open_next(self.page, name)
        else:
            self.page = self.context.new_page()
            self.page.problems = watch(self.page)
            open_notebook(self.page, *self.address, name)
            self.page.add_script_tag(path=HERE / "panels.js")
        self.page.problems.clear()  # those of the notebook before
        return self.page

    def clear(self):
        """Close the page; the next notebook gets a clean one."""
        if self.page:
            self.page.close()
        self.page = None


class Shown:
    """A notebook, opened and run when it is first asked for, and anew in a clean page after a test that failed."""

    def __init__(self, desk, name, see):
        self.desk, self.name, self.see, self.page = desk, name, see, None

    def opened(self):
        if self.page is None:
            page = self.desk.open(self.name)
            self.see(page)
            run_all(page)
            self.page = page
        return self.page

    def spoiled(self):
        self.close()
        self.desk.clear()

    def close(self):
        if self.page:
            shut_down_kernel(self.page)
        self.page = None


@pytest.fixture(scope="package")
def desk(browser, address):
    return Desk(browser, address)


@pytest.fixture(scope="package")
def showing(desk):
    """A way to show a notebook, in a `with`; `see` is called with the page before the notebook is run."""
    return lambda name, see=lambda page: None: closing(Shown(desk, name, see))


@pytest.fixture
def page(shown, request):
    """The page with the notebook: a clean one after a test that failed."""
    failed = request.session.testsfailed
    try:
        yield shown.opened()
    finally:
        if request.session.testsfailed > failed:
            shown.spoiled()


@pytest.fixture(scope="package")
def problems():
    """What went wrong in a page since it was last asked, in words."""

    def problems(page):
        found = page.problems + page.evaluate(OUTPUT_ERRORS) + page.evaluate("callbackErrors.splice(0)")
        page.problems.clear()
        return found

    return problems
