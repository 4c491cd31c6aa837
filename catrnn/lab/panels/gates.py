"""Notebook 15: how can a memory last a hundred days?"""

import numpy as np

from catrnn.lab.panel.controls import number_slider, whole_slider
from catrnn.lab.panel.decorator import panel
from catrnn.lab.panel.rules import number, whole
from catrnn.lab.pictures.gates import Gates

FIRST, QUIET, LAST = 0.7, 0.4, 0.5
"""Portions: on the first day, with a bell; on each day without one; on the last day, with a bell.
"""

MOST_QUIET = 200
"""Days without a bell that the picture has room for."""


@panel("Which gates must be open when?", keep=number(0, 1), write_bell=number(0, 1),
       write_quiet=number(0, 1), read=number(0, 1), quiet=whole(0, MOST_QUIET))
def explore_gates(keep: float = 0.5, write_bell: float = 1.0, write_quiet: float = 0.5,
                  read: float = 1.0, quiet: int = 1):
    """Return a panel with a memory of one number whose gates are opened and shut by hand.

    keep: how much of the memory stays each day; write_bell, write_quiet: how much of a day's
    portion is added on a day with a bell, and on one without; read: how much of the memory is
    guessed at the end, all from 0 to 1. quiet: days without a bell between the two with one, 0 to
    200. The answer is what was eaten on the two days with a bell together.
    """
    def compute(keep, write_bell, write_quiet, read, quiet):
        portions = np.array([FIRST, *[QUIET] * quiet, LAST])
        writes = np.array([write_bell, *[write_quiet] * quiet, write_bell])
        parts = memory_by_day(portions, writes, keep)
        days_back = np.arange(quiet + 1, -1, -1)
        return dict(parts=parts, say=read * writes * keep**days_back,
                    guess=read * parts[-1].sum(), answer=FIRST + LAST,
                    name=f"Keep {keep:.2f}, write {write_bell:.2f} with a bell and "
                         f"{write_quiet:.2f} without, read {read:.2f}")

    controls = {
        "keep": number_slider("keep", keep, 0, 1, 0.01),
        "write_bell": number_slider("write, bell", write_bell, 0, 1, 0.05),
        "write_quiet": number_slider("write, no bell", write_quiet, 0, 1, 0.05),
        "read": number_slider("read", read, 0, 1, 0.05),
        "quiet": whole_slider("days between", quiet, 0, 100),
    }
    return Gates(), compute, controls


def memory_by_day(portions, writes, keep: float) -> np.ndarray:
    """Return what is in the memory after each of T days, (T, 3): from the first day, from the days
    between, and from the last."""
    memory, parts = np.zeros(3), []
    for day, (portion, write) in enumerate(zip(portions, writes, strict=True)):
        whose = 0 if day == 0 else 2 if day == len(portions) - 1 else 1
        memory = keep * memory
        memory[whose] += write * portion
        parts.append(memory)
    return np.array(parts)
