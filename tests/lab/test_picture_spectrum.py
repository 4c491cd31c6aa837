"""The eigenvalue picture and the cliff: artists hold what was given, captions tell the truth, moved equals new."""


import numpy as np
import pytest

from catrnn.lab.panels.cliff import ACROSS, UP
from catrnn.lab.pictures import cliff as cliff_room
from catrnn.lab.pictures import spectrum as spectrum_room
from catrnn.lab.pictures.cliff import Cliff
from catrnn.lab.pictures.spectrum import Spectrum

RING = np.exp(2j * np.pi * np.arange(8) / 8)
GUESSES = UP[:, None] * sum(ACROSS**k for k in range(30)) * 0.75
LAND = (np.maximum(GUESSES, 0) - 0.75) ** 2
START = [0.9, 0.05]
CALM = np.linspace(START, [0.8, 0.2], 61), np.geomspace(0.15, 1e-6, 61)
THROWN = np.array([START, [1.1, 0.5]] + [[-5e12, -3e9]] * 59), np.array([0.15, 2e4] + [0.5625] * 59)
BURST = np.array([START, [1.1, 0.5], [np.inf, np.nan]]), np.array([0.15, np.inf, np.nan])


def powers(radius, days=30):
    return float(radius) ** np.arange(days + 1)


def land():
    return Cliff(LAND, ACROSS, UP)


@pytest.mark.parametrize(("radius", "days", "words"), [
    (0.9, 30, "fades: 30 days back its length is 0.0424; 0.90 to the power of 30 is 0.0424."),
    (1.0, 30, "stays: 30 days back its length is 1.0000"), (1.1, 30, "grows: 30 days back its length is 17.4494"),
    (1.5, 30, "explodes: 30 days back its length is 191,751"), (0.5, 30, "fades away: 30 days back its length is less"),
    (0.63, 30, "length is less than a millionth"), (0.5, 32, "less than a billionth"), (0.9, 4, "4 days back"),
    (2.0, 40, "more than ten million"), (0.75, 30, "length is 0.000179"),
    (2.0, 1, "stays: "), (2.01, 1, "grows: "), (0.51, 1, "stays: "), (0.5, 1, "fades: "),
    (1000.0, 1, "grows: "), (1001.0, 1, "explodes: "), (1e-3, 1, "fades: "), (0.99e-3, 1, "fades away: "),
])
def test_spectrum_says_what_is_left_of_the_gradient(radius, days, words):
    caption = Spectrum().show(radius * RING, powers(radius, days)).caption
    assert caption.startswith(f"Linear, spectral radius {radius:.2f}. ")
    assert words in caption


def test_spectrum_says_when_the_gradient_is_gone():
    picture = Spectrum().show(RING, np.r_[1, 0.5, 0, np.zeros(28)], name="With ReLU")
    assert picture.caption == "With ReLU, spectral radius 1.00. The gradient is gone: 2 days back it is exactly 0."
    assert picture.names[0].get_text() == "gone: 0"
    assert np.isfinite(picture.lengths.get_ydata()).sum() == 2


def test_spectrum_holds_eigenvalues_lengths_and_the_power_of_the_radius():
    eigenvalues = np.array([0.3, 0.5 + 0.6j, 0.5 - 0.6j, -0.7])
    picture, radius = Spectrum().show(eigenvalues, powers(0.7)), np.hypot(0.5, 0.6)
    assert np.array_equal(picture.eigenvalues.get_xydata(), np.stack([eigenvalues.real, eigenvalues.imag], 1))
    assert picture.largest.get_xydata().tolist() == [[0.5, 0.6]]
    assert picture.rim.get_radius() == pytest.approx(radius)
    assert picture.radius.get_text() == "0.78"
    assert np.allclose(picture.lengths.get_ydata(), 0.7 ** np.arange(31))
    assert np.allclose(picture.power.get_ydata(), radius ** np.arange(31))


def test_spectrum_cuts_lengths_at_the_ends_of_its_axis_and_keeps_every_eigenvalue_on_the_plane():
    picture = Spectrum().show(6 * RING, powers(6))
    assert picture.lengths.get_ydata().max() == spectrum_room.HIGH
    assert Spectrum().show(RING, powers(0.1)).lengths.get_ydata().min() == spectrum_room.LOW
    assert picture.plane.get_xlim()[1] > 6


def test_circles_of_the_spectrum_are_round():
    picture = Spectrum().show(RING, powers(0.9))
    picture.png()  # lays the axes out
    ax = picture.plane
    (left, low), (right, high) = ax.transData.transform([(-1, -1), (1, 1)])
    assert right - left == pytest.approx(high - low)


def test_contours_of_the_cliff_lie_where_the_loss_has_their_level():
    lines = land().show(THROWN, CALM, 1.0).static[1]
    for level, segments in zip(lines.levels, lines.allsegs, strict=True):
        points = np.concatenate(segments)
        for p_w, c_w in points[points[:, 0] < 1][::20]:
            loss = (0.75 * c_w * sum(p_w**k for k in range(30)) - 0.75) ** 2
            assert np.log10(loss) == pytest.approx(np.log10(level), abs=0.2)


def test_cliff_tells_both_descents():
    caption = land().show(THROWN, CALM, 1.0).caption
    assert caption == (
        "After 60 steps. No clip: p_w -5e+12, c_w -3e+09, loss 0.5625, after a loss of 20,000 at step 1, off the map "
        "since step 2, and no slope leads back. Clip 1: p_w 0.80, c_w 0.20, loss under 0.0001."
    )
    assert "After 1 step. No clip: p_w 1.10, c_w 0.50, loss 20,000." in land().show(THROWN, CALM, 1.0, 1).caption
    assert "no number" in land().show(BURST, CALM, 1.0).caption


def test_a_path_that_comes_back_to_the_map_and_leaves_it_again_is_off_since_it_left_last():
    outside, inside = [0.9, 2.0], START
    path = np.array([inside, outside, inside, inside, outside, outside])
    caption = land().show((path, np.full(6, 0.15)), CALM, 1.0, 5).caption
    assert "off the map since step 4" in caption


def test_cliff_shows_the_paths_up_to_the_step():
    picture = land().show(CALM, CALM, 0.5, 7)
    for name in cliff_room.STYLES:
        assert np.array_equal(picture.paths[name].get_xydata(), CALM[0][:8])
        assert np.array_equal(picture.losses[name].get_ydata(), CALM[1][:8])
    assert picture.first.get_xydata().tolist() == [START]
    assert picture.names["clip"].get_text() == "clip 0.5"


def test_what_is_far_off_the_map_is_drawn_nearer_in_the_same_direction():
    seen = cliff_room.within_reach(np.array([[0.5, 0.5], [-3e14, 4e14], [np.inf, 1.0]]))
    assert seen[0].tolist() == [0.5, 0.5]
    assert seen[1, 1] / seen[1, 0] == pytest.approx(-4 / 3)
    assert np.abs(seen[1]).max() <= 1e4
    assert np.isnan(seen[2]).all()
