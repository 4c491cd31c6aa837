"""What nbval runs runs once more, and what answers change, once they are given."""

import os
from unittest import mock

import nbformat
import pytest
from nbval.plugin import IPyNbFile, NbCellError

from tests.helpers import again
from tests.helpers.answers import changed_by_answers

COUNTS = "n = globals().get('n', 0) + 1\nprint(n)"
"""What it prints when it is run for the first time stands below it."""


@pytest.fixture
def cells(request, tmp_path):
    """The cells of a notebook, as nbval finds them, with its kernel."""
    print_it = nbformat.v4.new_output("stream", text="1\n")
    cells = [nbformat.v4.new_code_cell(code, outputs=[print_it], execution_count=1) for code in ("print(1)", COUNTS)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "counts.ipynb")
    file = IPyNbFile.from_parent(request.session, path=tmp_path / "counts.ipynb")
    cells = list(file.collect())
    with open(os.devnull, "w") as nowhere:  # nbval leaves its own open
        with mock.patch("nbval.kernel.open", return_value=nowhere, create=True):
            file.setup()
        yield cells
        file.teardown()


def test_a_cell_that_prints_something_else_when_it_is_run_again_is_found(cells):
    same, other = cells
    for cell in cells:
        cell.runtest()
    again.run_again(same)
    with pytest.raises(NbCellError, match="Cell outputs differ"):
        again.run_again(other)


def test_every_cell_that_nbval_runs_runs_again(request):
    assert again in [hook.plugin for hook in request.config.hook.pytest_runtest_call.get_hookimpls()]


CHANGED = ("start = 1", "x = 5", "def mine():\n    ...\n\n\ncheck('relu layer', mine)", "made = mine",
           "shown = made + start + x", "my_guess = None", "reveal(my_guess, 3)")
SAME = ("import numpy as np", "start = 2", "print(start)", "last = 3", "print(last)")
"""The worked value of the exercise that is asked is called x."""


def test_an_answer_changes_what_follows_from_it_and_what_gives_that_its_names_is_run_before():
    cells = (SAME[0], *CHANGED[:5], SAME[1], SAME[2], *CHANGED[5:], *SAME[3:])
    assert changed_by_answers(cells) == list(CHANGED)


def test_a_kernel_that_no_test_takes_is_ended(cells, monkeypatch):
    kernel = cells[0].parent.kernel
    monkeypatch.setattr(again, "RAN", {"counts": (None, kernel)})
    assert kernel.is_alive()
    again.pytest_sessionfinish()
    assert not kernel.is_alive()
