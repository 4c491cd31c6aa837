"""The user's own Matplotlib changes no pixel of the course's pictures, and what it says stays out of the first cell."""

import os
import subprocess
import sys
from pathlib import Path

import matplotlib
import matplotlib.style
import pytest

from catrnn.lab import explore_line, explore_training
from catrnn.lab.drawing.matplotlib_own import DEFAULTS
from tests.helpers.picture_cases import CASES, new

ROOT = Path(__file__).resolve().parents[2]
NO_LATEX = {"text.usetex": True}
NO_SUCH_FONT = {"font.family": "Comic Sans MS"}
STYLES = ["dark_background", "ggplot", "seaborn-v0_8-talk", NO_LATEX, NO_SUCH_FONT]
ALL_AT_ONCE = {
    **matplotlib.style.library["dark_background"], **NO_LATEX, **NO_SUCH_FONT, "lines.antialiased": False,
    "path.sketch": (1, 100, 2), "axes.formatter.limits": (0, 0), "axes.unicode_minus": False, "xtick.direction": "in",
    "figure.dpi": 40, "figure.constrained_layout.w_pad": 1, "font.size": 20, "text.hinting": "none",
    "patch.force_edgecolor": True, "image.interpolation": "bicubic", "hatch.linewidth": 5,
}


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_picture_has_the_same_pixels_under_every_setting_of_the_user(name):
    args, kwargs = CASES[name][0]
    alone = new(name).show(*args, **kwargs).png()
    with matplotlib.rc_context(ALL_AT_ONCE):
        assert new(name).show(*args, **kwargs).png() == alone


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
