"""Notebook 00: is everything there?"""

import os
import sys
from importlib.metadata import PackageNotFoundError, version

from catrnn.lab.panel.controls import number_slider
from catrnn.lab.panel.decorator import panel
from catrnn.lab.panel.rules import portion as portions_of_fish
from catrnn.lab.pictures.timeline import Timeline

NEEDED = {"numpy": "2.0", "matplotlib": "3.8", "ipywidgets": "7.7", "anywidget": "0.9"}
"""The oldest version of each library that draws and computes here; pyproject.toml says the same."""

ON_A_COMPUTER = ("Close JupyterLab and start the course again with: python3 course.py "
                 '(or, if you installed it: pip install --upgrade "catrnn[lab]")')
IN_A_BROWSER = ("Reload this page. If that does not help, tell those who run this site: "
                "it has to be built again.")
ON_A_PLATFORM = "Run %pip install catrnn in a cell of its own, then restart the session."
"""For Colab and Kaggle, whose own Jupyter stays as it is."""

WORKS = "{} If this number follows your slider, everything works."


@panel("Does the bar follow the slider?", portion=portions_of_fish)
def check_setup(portion: float = 0.5):
    """Say for each library whether it is new enough, and return a panel with one slider to move."""
    print(line("Python", "3.11", ".".join(map(str, sys.version_info[:2]))))
    for name, oldest in NEEDED.items():
        try:
            print(line(name, oldest, version(name)))
        except PackageNotFoundError:
            print(line(name, oldest, "0"))

    def compute(portion):
        return dict(portions=[portion], words=WORKS)

    return Timeline(), compute, {"portion": number_slider("fish today", portion, 0.0, 1.25, 0.05)}


def line(name: str, oldest: str, found: str) -> str:
    """Return one line of the check, the same on every machine where all is well."""
    if numbers(found) >= numbers(oldest):
        return f"{name} {oldest} or newer: yes"
    return f"{name} {oldest} or newer: NO. {mend()}"


def mend() -> str:
    """Say what helps where this Python runs."""
    if sys.platform == "emscripten":
        return IN_A_BROWSER
    if "google.colab" in sys.modules or "KAGGLE_KERNEL_RUN_TYPE" in os.environ:
        return ON_A_PLATFORM
    return ON_A_COMPUTER


def numbers(text: str) -> tuple:
    """Return "3.11.2rc1" as (3, 11)."""
    return tuple(int(part) for part in text.split(".")[:2])
