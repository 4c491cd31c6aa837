"""03: gates that no portion opens."""

import numpy as np

from tests.helpers.claims import claim


@claim("03-33", "With both negative, such as -1 and -0.5. The line starts below zero and falls. Its kink is at "
                "{-0.50} portions, and no cat eats that. A weight or a bias of exactly 0, with the other one negative "
                "or 0 too, does the same")
def _():
    portions = np.linspace(0, 10, 101)
    assert all((weight * portions + bias <= 0).all() for weight, bias in ((-1, -0.5), (0, -0.5), (-1, 0), (0, 0)))
    assert all((weight * portions + bias > 0).any() for weight, bias in ((1, -0.5), (-1, 0.5), (1, 0.5)))
    weight, bias = -1, -0.5
    return -bias / weight
