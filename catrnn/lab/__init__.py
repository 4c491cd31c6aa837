"""All that shows, asks and answers: what a notebook imports from here, in one line."""

import gc

from catrnn.lab.exercises.keep import keep
from catrnn.lab.exercises.kept_layers import my_layers
from catrnn.lab.exercises.learner import check, hint, progress
from catrnn.lab.exercises.reveal import reveal
from catrnn.lab.give_back import after_each_cell
from catrnn.lab.panel.load_days import load_days
from catrnn.lab.panel.progress import progress_bar
from catrnn.lab.panels.answers import explore_answers, recorded_answers, typical_misses
from catrnn.lab.panels.cliff import explore_cliff, small_cat
from catrnn.lab.panels.descent import explore_descent
from catrnn.lab.panels.fate_map import explore_fates
from catrnn.lab.panels.forecast import explore_forecast, trial_of
from catrnn.lab.panels.gates import explore_gates
from catrnn.lab.panels.hinge import explore_hinge
from catrnn.lab.panels.ledger import explore_ledger
from catrnn.lab.panels.line import explore_line
from catrnn.lab.panels.my_cat import explore_my_cat
from catrnn.lab.panels.names import explore_names
from catrnn.lab.panels.nudge import explore_nudge
from catrnn.lab.panels.parabola import explore_miss
from catrnn.lab.panels.reach import explore_reach
from catrnn.lab.panels.setup import check_setup
from catrnn.lab.panels.spectrum import explore_memory
from catrnn.lab.panels.sunspots import explore_sunspots
from catrnn.lab.panels.timeline import explore_guesses
from catrnn.lab.panels.training import explore_epochs, explore_training
from catrnn.lab.panels.unrolled import explore_walk
from catrnn.lab.pictures.activations import Activations
from catrnn.lab.pictures.bend import Bend
from catrnn.lab.pictures.descent import Descent
from catrnn.lab.pictures.fates import Fates
from catrnn.lab.pictures.forecast import Forecast
from catrnn.lab.pictures.gated import LSTM
from catrnn.lab.pictures.gates import Gates
from catrnn.lab.pictures.hinge import Hinge
from catrnn.lab.pictures.ledger import Ledger
from catrnn.lab.pictures.lessons import Lessons
from catrnn.lab.pictures.line import Line
from catrnn.lab.pictures.loss_curve import LossCurve
from catrnn.lab.pictures.my_cat import MyCat
from catrnn.lab.pictures.names import Names
from catrnn.lab.pictures.nudge import Nudge, Slopes
from catrnn.lab.pictures.parabola import Parabola
from catrnn.lab.pictures.reach import Reach
from catrnn.lab.pictures.remembered import Remembered
from catrnn.lab.pictures.series import Series
from catrnn.lab.pictures.solved import Solved
from catrnn.lab.pictures.sources import Sources
from catrnn.lab.pictures.sunspots import Cycles
from catrnn.lab.pictures.timeline import Timeline
from catrnn.lab.pictures.training import Epoch, Training
from catrnn.lab.pictures.unrolled import Unrolled
from catrnn.lab.pictures.way_back import WayBack
from catrnn.lab.source import source
from catrnn.lab.two_bells import solved_by_cell, train_on_new, two_bells

gc.freeze()  # what is loaded stays: no picture need wait for a search for rubbish in it
after_each_cell()
