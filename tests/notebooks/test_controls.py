"""nbval runs cells and never moves a slider; here every control of every notebook is moved, as a browser does it."""

from pathlib import Path

import nbformat
import pytest

from tests.helpers.kernel import front_end, sweep

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_control_moves_a_picture_and_raises_nothing(path):
    with front_end(path.parent) as page:
        for cell in nbformat.read(path, 4).cells:
            if cell.cell_type == "code":
                page.run(cell.source)
        assert not page.errors
        moves, problems = sweep(page)
    assert not problems, "\n".join(problems)
    assert moves >= 3, "no control was found"


DEAD_SLIDER = """
from ipywidgets import IntSlider
IntSlider(description="dead")
"""

BROKEN_CALLBACK = """
from catrnn.lab import Parabola
from catrnn.lab.panel.controls import whole_slider
from catrnn.lab.panel.panel import Panel
compute = lambda n: dict(guess=1.0 / (n - 10), target=1.25)
Panel("?", Parabola(), compute, {"n": whole_slider("broken", 0, 0, 10)}, "none")
"""


@pytest.mark.parametrize(
    ("source", "problem"), [(DEAD_SLIDER, "changes no picture"), (BROKEN_CALLBACK, "ZeroDivision")]
)
def test_the_sweep_finds_a_dead_slider_and_a_broken_callback(source, problem, tmp_path):
    with front_end(tmp_path) as page:
        page.run(source)
        assert not page.errors
        _, problems = sweep(page)
    assert any(problem in text for text in problems), problems


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_cell_can_be_run_twice(path):
    with front_end(path.parent) as page:
        for cell in nbformat.read(path, 4).cells:
            if cell.cell_type == "code":
                page.run(cell.source)
                page.run(cell.source)
        assert not page.errors
