"""The cell with gates that notebook 15 builds gives the numbers of the package's, forward and back."""

import nbformat
import numpy as np
import pytest

from catrnn.gates import GRULayer, parts, side_by_side
from catrnn.layers import Layer, PassLayer, sigmoid
from tests.helpers.answers import ROOT

CELLS = [cell for cell in nbformat.read(ROOT / "notebooks" / "15_keep_what_matters.ipynb", 4).cells
         if "hide-input" in cell.metadata.get("tags", [])]


def built():
    """The class after the last folded cell, run with what the notebook imports."""
    names = {"np": np, "Layer": Layer, "PassLayer": PassLayer, "parts": parts, "sigmoid": sigmoid,
             "side_by_side": side_by_side}
    for cell in CELLS:
        exec(compile(cell.source, cell.id, "exec"), names)
    return names["GRULayer"]


def test_it_is_built_in_two_folded_cells():
    assert len(CELLS) == 2
    assert built() is not GRULayer


@pytest.mark.parametrize("leading", [(), (5,)])
@pytest.mark.parametrize("sizes", [(1, 1, 1), (3, 2, 4), (3, 3, 3)])
def test_both_give_the_same_numbers_call_after_call(leading, sizes):
    (n, d, h), rng = sizes, np.random.default_rng(0)

    def draw(*shape):
        return rng.standard_normal((*leading, *shape))

    weights = draw(d, 3 * h), draw(1, 3 * h) if leading else draw(3 * h), draw(h, 3 * h)
    own, course = built()(0.1, *(w.copy() for w in weights)), GRULayer(0.1, *(w.copy() for w in weights))
    for _ in (1, 2):
        c_x, state, upstream = draw(n, d), draw(n, h), draw(n, h)
        np.testing.assert_allclose(own.forward(c_x, state), course.forward(c_x, state), rtol=1e-12)
        for one, other in zip(own.backward(upstream), course.backward(upstream), strict=True):
            np.testing.assert_allclose(one, other, rtol=1e-12, atol=1e-12)
        for name in ("c_w", "b", "p_w"):
            np.testing.assert_allclose(getattr(own, name), getattr(course, name), rtol=1e-12, atol=1e-12)
