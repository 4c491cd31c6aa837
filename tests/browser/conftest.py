"""One JupyterLab and one browser for all the tests here; a notebook is opened once for all its claims."""

import os
import shutil
from contextlib import contextmanager

import nbformat
import pytest

from catrnn.lab import explore_miss
from tools.lab_in_browser import (
    NO_CHROMIUM,
    OUTPUT_ERRORS,
    ROOT,
    chromium,
    find_chromium,
    lab,
    open_notebook,
    shut_down_kernel,
    watch,
)

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
        yield context


def small_notebook():
    """A panel with its stored picture, and a panel that fails at one position."""
    bundle, metadata = explore_miss()._repr_mimebundle_()
    stored = nbformat.v4.new_output("display_data", bundle, metadata=metadata)
    return nbformat.v4.new_notebook(cells=[
        nbformat.v4.new_code_cell(calling("explore_miss"), outputs=[stored]), nbformat.v4.new_code_cell(FAILING)])


def calling(name) -> str:
    """The code of a cell with one panel."""
    return f"from catrnn.lab import {name}\n\n{name}()"


@pytest.fixture(scope="package")
def address(browser, tmp_path_factory):
    """The address and the token of a JupyterLab with the course's notebooks and the small one."""
    folder = shutil.copytree(ROOT / "notebooks", tmp_path_factory.mktemp("lab") / "notebooks")
    my_cat = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(calling("explore_my_cat"))])
    for name, notebook in {"small": small_notebook(), "my_cat": my_cat}.items():
        nbformat.write(notebook, folder / f"{name}.ipynb")
    with lab(folder) as address:
        yield address


@pytest.fixture(scope="package")
def opened(browser, address):
    """A way to open a notebook in a page of its own, in a `with`."""

    @contextmanager
    def opened(name):
        with browser.new_page() as page:
            page.problems = watch(page)
            open_notebook(page, *address, name)
            page.add_script_tag(path=HERE / "panels.js")
            yield page
            shut_down_kernel(page)

    return opened


@pytest.fixture(scope="package")
def problems():
    """What went wrong in a page so far, in words."""
    return lambda page: page.problems + page.evaluate(OUTPUT_ERRORS) + page.evaluate("window.callbackErrors")
