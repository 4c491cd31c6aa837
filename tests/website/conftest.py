"""The site, built once and served on loopback, and a browser that can reach no other place."""

import os
import subprocess
import sys
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.website.served import Files, Wall, address, served
from tools.lab_in_browser import CHROMIUM_ARGS, NO_CHROMIUM, ROOT, find_chromium

PATIENCE = 240_000  # milliseconds; benchmarks/site.md has what it takes on a machine that does nothing else
expect.set_options(timeout=PATIENCE)
NO_PYODIDE = "Not tested: the site in the browser. CATRNN_PYODIDE names no folder with Pyodide's files."


@pytest.fixture(scope="session")
def pyodide():
    """The folder with Pyodide's files."""
    folder = os.environ.get("CATRNN_PYODIDE")
    return Path(folder) if folder else pytest.skip(NO_PYODIDE)


@pytest.fixture(scope="session")
def web(pyodide, tmp_path_factory):
    """A folder of web pages, with the site two folders down in it."""
    web = tmp_path_factory.mktemp("web")
    command = [sys.executable, ROOT / "course.py", "site", "--pyodide", pyodide, "--out", web / "a/school"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return web


@pytest.fixture(scope="session")
def site(web):
    """The folder of the site."""
    return web / "a/school"


@pytest.fixture(scope="module")
def wall():
    with served(Wall) as wall:
        yield wall


@pytest.fixture(scope="module")
def browser(wall):
    """A browser whose every request beyond loopback runs against the wall."""
    if not find_chromium():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(NO_CHROMIUM)
    with sync_playwright() as p:
        args = [*CHROMIUM_ARGS, f"--proxy-server={address(wall)}"]  # Chromium asks no proxy for what is on loopback
        browser = p.chromium.launch(executable_path=find_chromium(), args=args)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def a_page(browser):
    """A way to open a page in a browser that has never been anywhere, in a `with`."""

    @contextmanager
    def a_page():
        with browser.new_context(viewport={"width": 1200, "height": 1000}) as context, context.new_page() as page:
            context.set_default_timeout(PATIENCE)
            yield page

    return a_page


@pytest.fixture(scope="module")
def below_a_path(web):
    """The address of the site under a path."""
    with served(partial(Files, directory=web)) as server:
        yield f"{address(server)}/a/school"


@pytest.fixture(scope="module")
def at_the_root(site):
    """The address of the site at the root of a host."""
    with served(partial(Files, directory=site)) as server:
        yield address(server)
