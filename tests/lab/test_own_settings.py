"""The user's own Matplotlib changes no pixel of a panel, and what it says stays out of the first cell."""

import os
import subprocess
import sys
from pathlib import Path

import matplotlib
import matplotlib.style
import pytest

from catrnn.lab import explore_line, explore_training
from catrnn.lab.drawing.matplotlib_own import DEFAULTS

ROOT = Path(__file__).resolve().parents[2]
NO_LATEX = {"text.usetex": True}
NO_SUCH_FONT = {"font.family": "Comic Sans MS"}
STYLES = ["dark_background", "ggplot", "seaborn-v0_8-talk", NO_LATEX, NO_SUCH_FONT]


@pytest.mark.parametrize("style", STYLES, ids=str)
def test_a_panel_is_built_and_moved_and_stored_alike_under_five_styles(style, caplog):
    def all_pixels():
        panel = explore_line(weight=0.25)
        panel.controls["weight"].value = 1.5
        return panel.view.png, panel.picture.small_png()

    alone = all_pixels()
    with matplotlib.style.context(style):
        chosen = {name: matplotlib.rcParams[name] for name in DEFAULTS}
        assert all_pixels() == alone
        assert {name: matplotlib.rcParams[name] for name in DEFAULTS} == chosen
    assert caplog.messages == []


def test_a_style_that_is_set_while_a_panel_lives_changes_nothing_in_it():
    plain, restyled = explore_training(seed=4, epochs=10), explore_training(seed=4, epochs=10)
    plain.controls["epochs"].value = 12
    with matplotlib.style.context("dark_background"):
        restyled.picture.release()
        restyled.controls["epochs"].value = 12
    assert restyled.view.png == plain.view.png


def test_what_matplotlib_says_of_its_fonts_does_not_stand_in_the_first_cell(tmp_path):
    no_folder = tmp_path / "a file"
    no_folder.touch()
    env = {**os.environ, "MPLCONFIGDIR": str(no_folder), "PYTHONPATH": str(ROOT)}
    shown = subprocess.run([sys.executable, "-c", "from catrnn.lab import explore_miss; explore_miss()"], env=env,
                           capture_output=True, text=True)
    assert (shown.returncode, shown.stdout, shown.stderr) == (0, "", "")
