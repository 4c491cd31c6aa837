"""The questions with sliders: one function a panel, one file a question."""

from catrnn.widgets.cliff import explore_cliff
from catrnn.widgets.descent import explore_descent
from catrnn.widgets.fates import explore_fates
from catrnn.widgets.forecast import explore_forecast
from catrnn.widgets.guesses import explore_guesses
from catrnn.widgets.hinge import explore_hinge
from catrnn.widgets.ledger import explore_ledger
from catrnn.widgets.line import explore_line
from catrnn.widgets.live_code import source
from catrnn.widgets.memory import explore_memory
from catrnn.widgets.miss import explore_miss
from catrnn.widgets.my_cat import explore_my_cat
from catrnn.widgets.nudge import explore_nudge
from catrnn.widgets.progress import progress_bar
from catrnn.widgets.setup import check_setup
from catrnn.widgets.sunspots import explore_sunspots
from catrnn.widgets.training import explore_epochs, explore_training
from catrnn.widgets.walk import explore_walk

__all__ = [
    "check_setup",
    "explore_cliff",
    "explore_descent",
    "explore_epochs",
    "explore_fates",
    "explore_forecast",
    "explore_guesses",
    "explore_hinge",
    "explore_ledger",
    "explore_line",
    "explore_memory",
    "explore_miss",
    "explore_my_cat",
    "explore_nudge",
    "explore_sunspots",
    "explore_training",
    "explore_walk",
    "progress_bar",
    "source",
]
