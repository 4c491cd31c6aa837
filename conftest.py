"""The whole run: every process imports this very course, workers share the tests, no test leaves panels behind."""

import contextlib
import faulthandler
import gc
import os
import pathlib
import re
import sys
import tempfile
import time
from importlib import import_module
from unittest import mock

import ipywidgets
import psutil
import pytest

os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1"))
"""Before anything imports NumPy, in kernels too. Workers share the cores already: two threads of one small product wait
for each other then, and notebook 16 takes 127 seconds of the processor in place of 16."""

ROOT = pathlib.Path(__file__).resolve().parent

FOLDERS = ("tests/browser", "tests/website")
"""Each is one worker's: the first has one JupyterLab and one browser, the second one site."""

HALF = "test_notebooks"
"""The file of the first that takes as long as all others together: every second notebook is another worker's."""

LONGEST = (*FOLDERS, "tests/delivery/test_classroom.py", "notebooks/", "tests/notebooks/test_in_a_kernel.py")
"""What begins first, so that in the end no worker waits for another; of a notebook nbval's cells before what asks for
their kernel."""


def place(test: str) -> str:
    """Return what a test shares its costly fixtures with: its folder, its notebook's kernel, or else its file."""
    path = test.partition("::")[0]
    if kernel := re.search(r"^notebooks/(\d\d_\w+)|test_in_a_kernel.*\[(\d\d_\w+)\]", test):
        return kernel[1] or kernel[2]
    half = re.search(HALF + r".*\[.*\d[13579]_\w+", test)
    return next((folder for folder in FOLDERS if path.startswith(folder)), path) + (HALF if half else "")


def rank(test: str) -> int:
    return next((n for n, start in enumerate(LONGEST) if test.startswith(start)), len(LONGEST))


def pytest_configure(config):
    """Let kernels import the course from here, whatever the shell's PYTHONPATH names, and keep nothing here."""
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    config.own_folder = tempfile.TemporaryDirectory()
    os.environ["CATRNN_FOLDER"] = config.own_folder.name  # what tests hand in goes there
    if config.pluginmanager.hasplugin("nbval"):
        config.pluginmanager.register(import_module("tests.helpers.again"))


def pytest_unconfigure(config):
    config.own_folder.cleanup()


def pytest_collection_finish():
    """Leave out of every later search for rubbish what stays to the end: a panel that closes has one made."""
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(config, items):
    if hasattr(config, "workerinput"):  # one worker of several
        items.sort(key=lambda item: rank(item.nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Give out places, in the order of the tests."""
    from xdist.scheduler import LoadScopeScheduling  # here, for it is needed with workers alone

    class ByPlace(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            return place(nodeid)

        def remove_node(self, node):
            """Return the test that a worker has died of; others get what it had left, and not that test again."""
            left = [(place, [test for test, done in tests.items() if not done])
                    for place, tests in self.assigned_work.pop(node).items()]
            tests = [test for _, tests in left for test in tests]
            for place, others in reversed(left):
                if others := [test for test in others if test != tests[0]]:
                    self.workqueue[place] = dict.fromkeys(others, False)
                    self.workqueue.move_to_end(place, last=False)
            for other in self.nodes if tests else ():
                self._reschedule(other)
            return tests[0] if tests else None

    config.option.loadscopereorder = False
    return ByPlace(config, log)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node, error):
    """End what a worker has left that died: servers with their kernels, browsers, a Hub with its learners."""
    for end in (psutil.Process.terminate, psutil.Process.kill) if error else ():
        for process in started_by(node):
            with contextlib.suppress(psutil.NoSuchProcess):
                end(process)
        patience = time.monotonic() + 20
        while started_by(node) and time.monotonic() < patience:
            time.sleep(0.1)


def started_by(node):
    """Return the processes that have the variables of a worker."""
    own = {"PYTEST_XDIST_WORKER": node.workerinput["workerid"],
           "PYTEST_XDIST_TESTRUNUID": node.workerinput["testrunuid"]}
    return [process for process in psutil.process_iter() if own.items() <= variables(process).items()]


def variables(process):
    """Return those that a process began with; of another account's, or of one that has ended, none."""
    try:
        return process.environ()
    except (psutil.Error, OSError):
        return {}


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item):
    """Bound this too: once a test has failed, neither clock goes on, and a stuck browser may never close."""
    seconds = float(item.config.getini("faulthandler_timeout"))
    faulthandler.dump_traceback_later(seconds, file=sys.__stderr__, exit=True)


@pytest.fixture(autouse=True)
def _nothing_is_kept(tmp_path, monkeypatch):
    """Give each test its own folder for what check and keep write."""
    monkeypatch.setenv("CATRNN_FOLDER", str(tmp_path))


@pytest.fixture(autouse=True)
def _no_panel_stays():
    """Close the widgets that a test has made: ipywidgets would keep each of them, with its pictures, to the end."""
    made = []
    ipywidgets.Widget.on_widget_constructed(made.append)
    yield
    ipywidgets.Widget.on_widget_constructed(None)
    with mock.patch.object(gc, "collect", int):  # a search for each drawing that goes is slow; Python has its own
        for widget in made:
            widget.close()
