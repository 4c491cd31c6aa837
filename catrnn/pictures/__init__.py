"""Arrays in, artists moved: every picture of the course, one class a file. The look of all of them is in `base`."""

from catrnn.pictures.activations import Activations
from catrnn.pictures.bend import Bend
from catrnn.pictures.descent import Descent
from catrnn.pictures.fates import Fates
from catrnn.pictures.hinge import Hinge
from catrnn.pictures.line import Line
from catrnn.pictures.loss_curve import LossCurve
from catrnn.pictures.parabola import Parabola
from catrnn.pictures.timeline import Timeline
from catrnn.pictures.training import Epoch, Training
from catrnn.pictures.unrolled import Unrolled

__all__ = [
    "Activations",
    "Bend",
    "Descent",
    "Epoch",
    "Fates",
    "Hinge",
    "Line",
    "LossCurve",
    "Parabola",
    "Timeline",
    "Training",
    "Unrolled",
]
