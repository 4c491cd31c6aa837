"""The questions with sliders: one function a panel, one file a question."""

from catrnn.widgets.descent import explore_descent
from catrnn.widgets.guesses import explore_guesses
from catrnn.widgets.hinge import explore_hinge
from catrnn.widgets.line import explore_line
from catrnn.widgets.live_code import source
from catrnn.widgets.miss import explore_miss
from catrnn.widgets.progress import progress_bar
from catrnn.widgets.setup import check_setup
from catrnn.widgets.training import explore_epochs, explore_training
from catrnn.widgets.walk import explore_walk

__all__ = [
    "check_setup",
    "explore_descent",
    "explore_epochs",
    "explore_guesses",
    "explore_hinge",
    "explore_line",
    "explore_miss",
    "explore_training",
    "explore_walk",
    "progress_bar",
    "source",
]
