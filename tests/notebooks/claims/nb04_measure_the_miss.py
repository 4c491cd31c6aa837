"""04: the slope of a parabola."""

from tests.helpers.claims import claim


@claim("04-24", "{1.75}: half a portion too high, and twice that is 1")
def _():
    return next(guess for guess in (k / 20 for k in range(51)) if abs(2 * (guess - 1.25) - 1) < 1e-9)
