"""Is the learner's answer right, and if not, which slip is it."""

from catrnn.exercises.guessing import reveal
from catrnn.exercises.learner import check, hint, progress, ready

__all__ = ["check", "hint", "progress", "ready", "reveal"]
