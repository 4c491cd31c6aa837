"""Arrays in, artists moved: every picture of the course, one class a file. The look of all of them is in `base`."""

from catrnn.pictures.activations import Activations
from catrnn.pictures.bend import Bend
from catrnn.pictures.cliff import Cliff
from catrnn.pictures.cycles import Cycles
from catrnn.pictures.descent import Descent
from catrnn.pictures.fate_map import FateMap
from catrnn.pictures.fates import Fates
from catrnn.pictures.forecast import Forecast
from catrnn.pictures.gated import GRU, LSTM
from catrnn.pictures.hinge import Hinge
from catrnn.pictures.ledger import Ledger
from catrnn.pictures.line import Line
from catrnn.pictures.loss_curve import LossCurve
from catrnn.pictures.my_cat import MyCat
from catrnn.pictures.nudge import Nudge, Slopes
from catrnn.pictures.parabola import Parabola
from catrnn.pictures.remembered import Remembered
from catrnn.pictures.spectrum import Spectrum
from catrnn.pictures.timeline import Timeline
from catrnn.pictures.training import Epoch, Training
from catrnn.pictures.unrolled import Unrolled
from catrnn.pictures.way_back import WayBack

__all__ = [
    "GRU",
    "LSTM",
    "Activations",
    "Bend",
    "Cliff",
    "Cycles",
    "Descent",
    "Epoch",
    "FateMap",
    "Fates",
    "Forecast",
    "Hinge",
    "Ledger",
    "Line",
    "LossCurve",
    "MyCat",
    "Nudge",
    "Parabola",
    "Remembered",
    "Slopes",
    "Spectrum",
    "Timeline",
    "Training",
    "Unrolled",
    "WayBack",
]
