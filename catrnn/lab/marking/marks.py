"""What a mark says: one row of the table; and what the marked may take."""

from typing import NamedTuple

RIGHT, SLIP, NOT_RIGHT = "right", "slip", "not right"
NOT_TRIED, MISSING, ERROR = "not tried", "missing", "error"
NOTHING = "nothing to mark"


class Mark(NamedTuple):
    """One exercise of one handed-in notebook."""

    learner: str
    file: str
    exercise: str
    """Its name; empty where a whole file cannot be marked."""
    verdict: str
    """One of the seven above. Not right: wrong, and no slip was recognised."""
    slip: str
    words: str
    """What `check` says of it, or why there is no verdict."""


class Limits(NamedTuple):
    """What a handed-in notebook may take."""

    seconds: float
    """For one step: a cell, or one answer's judgement."""
    megabytes: int
    cut: bool
    """Whether the network is cut off."""
