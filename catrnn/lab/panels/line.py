"""Notebook 02: how does a number become a guess?"""

from catrnn import checks
from catrnn.data import CATS, timeline
from catrnn.lab.panel.controls import number_slider
from catrnn.lab.panel.panel import Panel
from catrnn.lab.pictures.line import Line


def explore_line(weight: float = 0.5, bias: float = 0.5, days=None) -> Panel:
    """Return a panel that turns the weight and the bias of one line from a day's fish to the next day's.

    bias: portions of fish; days: portions of fish, 2 or more, in a flat list (None: the five days of our cat).
    Raises TypeError or ValueError for a weight, a bias or a day that is not a finite number.
    """
    weight, bias = checks.number("weight", weight), checks.number("bias", bias)
    portions = timeline(CATS["grower"] if days is None else days).ravel().tolist()
    if len(portions) < 2:
        raise ValueError("days has 1 day, but a guess needs a day and the next one; give at least 2 days")
    picture = Line()
    controls = {
        "weight": number_slider("weight", weight, -2.0, 2.0, 0.05),
        "bias": number_slider("bias", bias, -1.0, 2.0, 0.05),
    }

    def answer(weight, bias):
        picture.show(portions, weight, bias)

    given = {} if days is None else {"days": portions}
    question = "How small can you make the largest miss?"
    return Panel(question, picture, answer, controls, "explore_line", given)
