"""nbval's kernel of a notebook serves for more: there each cell runs once more, and other tests find it all run.

The root's conftest.py makes this a plugin of pytest, where nbval is one.
"""

from contextlib import contextmanager
from unittest import mock

import pytest
from nbval.plugin import IPyNbCell

from tests.helpers.kernel import FrontEnd, front_end

PAGE, TWICE = pytest.StashKey(), pytest.StashKey()
"""Of a notebook's file: the page that hears what nbval hears, and how many cells have run twice."""

RAN = {}
"""The page on which nbval has run all cells of a notebook, and its kernel, by the notebook's name: one at most, which
the very next test takes."""

BAR = "A progress bar: "


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    result = yield
    if isinstance(item, IPyNbCell):
        run_again(item)
    return result


def run_again(cell: IPyNbCell) -> None:
    """Run a cell right behind itself, as nbval did: it prints the same. What is known by now may need no bar."""
    file, compare = cell.parent, cell.compare_outputs
    page = file.stash.setdefault(PAGE, FrontEnd(file.kernel.kc))

    def hear(hearing=file.get_kernel_message, **how):
        message = hearing(**how)
        page.note(message["msg_type"], message["content"])
        return message

    def compare_all_but_bars(test, ref):
        return compare(without_bars(test), without_bars(ref))

    with (mock.patch.object(file, "get_kernel_message", hear),
          mock.patch.object(cell, "compare_outputs", compare_all_but_bars),
          page.in_the_place_of(cell.cell.source)):
        cell.runtest()
    file.stash[TWICE] = file.stash.get(TWICE, 0) + 1


def without_bars(outputs: list) -> list:
    return [one for one in outputs if not str(one.get("data", {}).get("text/plain", "")).startswith(BAR)]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item, nextitem):
    """Keep a kernel that would end with the last cell, if all have run and the next test asks for them."""
    if not isinstance(item, IPyNbCell) or isinstance(nextitem, IPyNbCell):
        return
    file, name = item.parent, item.parent.path.stem
    asked = "visit" in getattr(nextitem, "fixturenames", ()) and nextitem.callspec.params["notebook"] == name
    if asked and file.stash.get(TWICE, 0) == sum(cell.cell_type == "code" for cell in file.nb.cells):
        RAN[name] = file.stash[PAGE], file.kernel
        file.kernel = None


@contextmanager
def page_of(path, cells: list):
    """Give the page of a kernel in which all cells of a notebook have run: nbval's, if it has just been there."""
    if path.stem not in RAN:
        with front_end(path.parent) as page:
            for cell in cells:
                with page.in_the_place_of(cell):
                    page.run(cell)
            yield page
        return
    page, kernel = RAN.pop(path.stem)
    try:
        yield page
    finally:
        kernel.stop()


def pytest_sessionfinish():
    """End what no test has taken: it was interrupted."""
    for _, kernel in RAN.values():
        kernel.stop()
