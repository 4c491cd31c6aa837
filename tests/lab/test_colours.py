"""The colours of the course: told apart with every common colour deficiency, in grey where they are flat."""

from itertools import combinations

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from catrnn.lab import Timeline
from catrnn.lab.drawing import style
from catrnn.lab.pictures.fates import KINDS

QUANTITIES = ("INPUT", "HIDDEN", "PREDICTION", "TARGET", "LOSS", "GRADIENT")

EYES = {  # Machado, Oliveira and Fernandes, "A physiologically-based model..." (2009), severity 1.0, on linear RGB
    "usual": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
XYZ = np.array([[0.412456, 0.357576, 0.180438], [0.212673, 0.715152, 0.072175], [0.019334, 0.119192, 0.950304]])
WHITE = XYZ.sum(axis=1)

APART = 15
"""Least distance in CIELAB: a difference of 2 is just seen side by side; lines and labels lie further apart."""

CONTRAST = 4.5
"""WCAG 2.2, criterion 1.4.3: text against its ground; labels have the colour of what they name."""

GREY_GAP = 0.04
"""Least difference in relative luminance (0 to 1) at which two flat colours side by side are told apart in print."""


def linear(colour):
    c = np.array(to_rgb(colour))
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def luminance(colour):
    return XYZ[1] @ linear(colour)


def lab(colour, eye):
    t = XYZ @ np.clip(EYES[eye] @ linear(colour), 0, 1) / WHITE
    f = np.where(t > 216 / 24389, np.cbrt(t), (24389 / 27 * t + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("pair", list(combinations(QUANTITIES, 2)), ids="-".join)
def test_two_quantities_never_look_alike(pair, eye):
    one, other = (lab(getattr(style, name), eye) for name in pair)
    assert np.linalg.norm(one - other) >= APART


@pytest.mark.parametrize("name", QUANTITIES)
def test_lines_and_labels_of_every_quantity_stand_out_from_the_paper(name):
    assert (luminance(style.BACKGROUND) + 0.05) / (luminance(getattr(style, name)) + 0.05) >= CONTRAST


def test_the_fates_are_told_apart_in_grey():
    flat = [look.get("color") or look["facecolor"] for look in KINDS.values()]
    assert np.diff(sorted(map(luminance, flat))).min() >= GREY_GAP


def test_days_guess_and_answer_are_told_apart_in_grey():
    picture = Timeline().show([1.0], {"guess": 1.0}, 1.0)
    grey = np.asarray(picture._drawn().convert("L")) / 255
    boxes = [bar.get_window_extent().extents.astype(int) for bar in picture.bars]
    means = [grey[-top + 4 : -bottom - 4, left + 4 : right - 4].mean() for left, bottom, right, top in boxes]
    assert np.diff(sorted(means)).min() >= GREY_GAP
