"""Numbers and names as captions write them."""

import numpy as np


def number(value: float, digits: int = 4) -> str:
    """Return a number for a caption: rounded, short if it is huge, in words if it is none."""
    if not np.isfinite(value):
        return "no number"
    return f"{value:z.{digits}f}" if abs(value) < 10000 else f"{value:.0e}"
