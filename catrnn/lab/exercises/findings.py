"""What the four stages hand to one another: what came back, and what was found out about it."""

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import NamedTuple

from catrnn.lab.exercises.exercise import InvalidResult

NOT_STARTED, NOT_YET, CORRECT = "not started", "not yet", "correct"
BETTER = (NOT_STARTED, NOT_YET, CORRECT)
"""Every state, each better than the one before."""


class ErrorSite(NamedTuple):
    """Where an answer stopped, and why."""

    problem: BaseException
    line: int | None = None
    """The number of the learner's own line; None if it did not stop in the learner's code."""
    code: str = ""
    """That line."""


@dataclass
class Outcome:
    """What one probe brought: parts, or an error, or something that is no numbers."""

    parts: list | None = None
    """An array for each thing that the exercise wants back."""
    error: ErrorSite | None = None
    invalid: InvalidResult | None = None
    mutated: tuple = ()
    """An argument that was changed in place, and must not be: its name and what it is now."""


class Try(NamedTuple):
    """One probe, what the course's answer brought for it, and what the learner's did."""

    probe: dict
    expected: Outcome
    got: Outcome


class Kind(Enum):
    """What can be found out about an answer. messages.py has the words."""

    # before it is run
    NOT_STARTED = auto()
    NOT_PYTHON = auto()
    NOT_A_CLASS = auto()
    NOT_A_FUNCTION = auto()
    WRONG_ARGUMENTS = auto()
    MISSING_METHOD = auto()
    WRONG_METHOD_ARGUMENTS = auto()

    # what it brought as a whole
    CORRECT = auto()
    MUTATED = auto()
    KNOWN_SLIP = auto()
    BORROWED = auto()
    MENDED = auto()
    ALIAS = auto()
    UNUSED = auto()
    NO_DIFFERENCE = auto()
    ROUNDED = auto()
    STOPPED = auto()
    INVALID = auto()

    # what is wrong with its numbers
    WRONG_VALUE = auto()
    WRONG_SHAPE = auto()
    WRONG_SIGN = auto()
    WRONG_FACTOR = auto()
    SUM_FOR_MEAN = auto()
    MEAN_FOR_SUM = auto()
    NOT_A_NUMBER = auto()
    ALL_ZEROS = auto()
    RIGHT_ON_SOME = auto()
    WRONG_NUMBERS = auto()


@dataclass(frozen=True)
class Diagnosis:
    """What was found out about an answer."""

    kind: Kind
    slip: str = ""
    """The name of the slip, for tests; empty where none was recognised."""
    slips: tuple = ()
    """The known slips that give just what the answer gave."""
    part: int = 0
    """Which of the results is wrong."""
    probe: int | None = None
    """Which try shows it: its place in the list of tries, or None."""
    facts: dict = field(default_factory=dict)
    """What else the message of this kind tells."""

    @property
    def state(self) -> str:
        """What `progress` lists."""
        return {Kind.NOT_STARTED: NOT_STARTED, Kind.CORRECT: CORRECT}.get(self.kind, NOT_YET)
