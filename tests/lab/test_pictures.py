"""Pictures: the artists hold what was given, the captions tell the truth, and a moved picture equals a new one."""

import zlib

import numpy as np
import pytest

from catrnn.lab import Activations, Epoch, Fates, LossCurve, Parabola, Timeline, Training
from catrnn.lab.drawing import raster, style
from catrnn.lab.pictures.loss_curve import HIGH, LOW
from tests.helpers.pictures import pixels

ROUNDING = 0.01
"""Inches: one pixel and a half, by which letters may be drawn off their measure."""


def weights(value):
    names = "recurrent.c_w", "recurrent.b", "recurrent.p_w", "output.c_w", "output.b"
    shapes = (1, 2), (2,), (2, 2), (2, 1), (1,)
    return {name: np.full(shape, value) for name, shape in zip(names, shapes, strict=True)}


ALIVE = np.array([[0.1, 0.0], [0.2, 0.5]])
DEAD = np.array([[0.1, 0.0], [0.0, 0.0]])
FALLING, BURST = np.geomspace(1, 0.02, 40), np.array([1.0, 50.0, 2e5, np.inf, np.nan])
TWO = np.stack([FALLING, FALLING[::-1]], 1)
TRAIN = dict(last_epoch=300, verdict="So it is.")
SHOWN = {
    LossCurve: [(FALLING,), (BURST,), (TWO, None, ("a", "all days added")), (FALLING, 80, ("",), 7)],
    Activations: [(ALIVE,), (DEAD,), (np.ones((4, 16)),), (np.full((3, 2), np.nan),), (np.ones((30, 8)),)],
    Timeline: [([1, 2],), ([1, 2], {"mean": 1.5}, 3), ([1, 2], {"mean": -1e9}, 3), ([0.5] * 25, {"mean": np.nan}, 0)],
    Training: [(FALLING, ALIVE, [1, 2], 2.5, 3.0), (BURST, DEAD, [1, 2], np.nan, 3.0)],
    Epoch: [(e, FALLING, ALIVE, [1, 2], 2.5, 3.0, weights(e), weights(1.0)) for e in (1, 3)],
    Fates: [({"a": ["dead", "learned"]},), ({"a": ["exploded"] * 3, "b": ["bias only", "not yet", "dead"]},)],
    Parabola: [(0.5, 1.25), (2.0, 0.0)],
}


def shown(kind, arguments, picture=None):
    return (picture or kind()).show(*arguments, **(TRAIN if kind is Training else {}))


@pytest.mark.parametrize("kind", SHOWN, ids=lambda kind: kind.__name__)
def test_a_picture_that_moved_equals_one_drawn_anew_pixel_for_pixel(kind):
    living = kind()
    for arguments in SHOWN[kind] + SHOWN[kind][::-1]:
        moved = pixels(shown(kind, arguments, living))
        assert np.array_equal(moved, pixels(shown(kind, arguments)))


@pytest.mark.parametrize("kind", SHOWN, ids=lambda kind: kind.__name__)
def test_copied_letters_are_the_letters_that_matplotlib_draws(kind, monkeypatch):
    copied = [pixels(shown(kind, arguments)) for arguments in SHOWN[kind]]
    monkeypatch.setattr(raster.TextCache, "draw", lambda self, artist, renderer: artist.draw(renderer))
    for copy, arguments in zip(copied, SHOWN[kind], strict=True):
        assert np.array_equal(copy, pixels(shown(kind, arguments)))


def test_letters_outside_of_the_picture_do_no_harm():
    picture = LossCurve().show(FALLING)
    before = pixels(picture)
    for place in ((np.nan, 1), (1, np.inf), (-1e4, 1), (1e4, 1)):
        picture.ax.text(*place, "nowhere", transform=None)
    assert np.array_equal(before, pixels(picture))


def test_a_fast_png_holds_every_pixel():
    picture = LossCurve().show(FALLING)
    assert np.array_equal(pixels(picture), np.asarray(picture.figure.canvas.buffer_rgba())[..., :3])


def test_without_the_faster_library_a_png_holds_the_same_pixels(monkeypatch):
    fast = pixels(LossCurve().show(FALLING))
    monkeypatch.setattr(raster, "zlib", zlib)
    assert np.array_equal(fast, pixels(LossCurve().show(FALLING)))


@pytest.mark.parametrize("kind", SHOWN, ids=lambda kind: kind.__name__)
def test_every_picture_can_be_shown_on_an_axis_of_the_caller_or_owns_its_figure(kind):
    assert kind().figure is not kind().figure
    if kind not in (Training, Epoch):
        ax = style.new_figure(4, 3).subplots()
        assert shown(kind, SHOWN[kind][0], kind(ax)).figure is ax.figure


@pytest.mark.parametrize("kind", SHOWN, ids=lambda kind: kind.__name__)
def test_no_text_in_a_picture_is_smaller_than_nine_points_or_leaves_it(kind):
    for arguments in SHOWN[kind]:
        picture = shown(kind, arguments)
        picture.png()
        for text in picture.figure.findobj(lambda artist: hasattr(artist, "get_fontsize") and artist.get_text()):
            assert text.get_fontsize() >= 9, text
        inside = picture.figure.get_tightbbox()
        width, height = picture.figure.get_size_inches()
        assert min(inside.x0, inside.y0) >= -ROUNDING
        assert max(inside.x1 - width, inside.y1 - height) <= ROUNDING


def test_a_picture_shows_itself_in_a_notebook_with_its_words():
    data, metadata = LossCurve().show(FALLING)._repr_mimebundle_()
    assert data["text/plain"] == "The loss goes from 1.0000 to 0.0200 in 40 epochs."
    assert data["image/png"].startswith(b"\x89PNG")
    assert metadata["image/png"]["width"] == 640


def test_the_loss_curve_draws_the_losses_and_cuts_them_at_the_ends_of_the_chart():
    curve = LossCurve().show(BURST)
    assert np.array_equal(curve.lines[0].get_ydata(), [1, 50, HIGH, HIGH, HIGH])
    assert curve.caption == "The loss starts at 1.0000 and is off the chart from epoch 3 on."
    assert LossCurve().show([1.0, 0.0]).lines[0].get_ydata()[-1] == LOW


@pytest.mark.parametrize(
    ("losses", "words"),
    [([2.0, 1e-7], "to under 0.0001 in 2 epochs"), ([np.inf, np.nan], "off the chart from epoch 1 on"),
     ([1.0, 1e5, 0.5], "from 1.0000 to 0.5000 in 3 epochs")],
)
def test_the_loss_curve_is_told_in_words(losses, words):
    assert words in LossCurve().show(losses).caption


def test_names_beside_curves_never_touch():
    curve = LossCurve().show(np.full((5, 4), 0.5), names=list("abcd"))
    heights = np.sort(np.log10([text.get_position()[1] for text in curve.texts]))
    assert np.diff(heights).min() >= 0.5


@pytest.mark.parametrize(
    ("hidden", "words"),
    [(ALIVE, "On Day 2, 2 of 2 hidden units are above 0, the loudest at 0.50."),
     (DEAD, "On Day 2 every hidden unit is 0."),
     ([[1.0], [3.0]], "On Day 2, 1 of 1 hidden unit is above 0, the loudest at 3.00."),
     (np.full((2, 2), np.nan), "On Day 2 the hidden state is not a number any more.")],
)
def test_the_activations_are_told_in_words(hidden, words):
    assert Activations().show(hidden).caption == words


def test_the_activations_stand_in_the_cells_a_row_for_each_unit():
    picture = Activations().show([[0.25, 1.0], [0.5, 0.0]])
    assert [text.get_text() for text in picture.texts] == ["0.25", "0.50", "1.00", "0.00"]
    assert np.array_equal(picture.cells.get_array(), [[0.25, 0.5], [1.0, 0.0]])


def test_the_timeline_has_a_bar_for_every_day_guess_and_answer():
    picture = Timeline().show([0.25, 0.5], {"mean": 0.375}, 0.75)
    assert [bar.get_height() for bar in picture.bars] == [0.25, 0.5, 0.375, 0.75]
    assert picture.caption == "Portions of fish: 0.25, 0.50. Guesses for Day 3: mean 0.38. The answer is 0.75."


def test_a_guess_off_the_timeline_is_cut_but_its_number_stays():
    picture = Timeline().show([1.0], {"wild": 123456.0}, 1.0)
    assert picture.bars[1].get_height() < 2
    assert picture.texts[1].get_text() == "1e+05"
    assert "no number" in Timeline().show([1.0], {"broken": np.nan}).caption


def test_the_epoch_picture_marks_its_epoch_and_tells_its_loss():
    picture = Epoch().show(3, FALLING, ALIVE, [1, 2], 2.5, 3.0, weights(1.5), weights(1.0))
    assert picture.loss.marker.get_xydata().tolist() == [[3, FALLING[2]]]
    assert f"In epoch 3 of 40 the loss is {FALLING[2]:.4f}." in picture.caption
    assert "moved by 0.5000" in picture.caption


def test_the_fates_are_shares_of_each_group():
    picture = Fates().show({"two": ["dead", "learned", "learned", "exploded"]})
    assert picture.caption == "two: learned 50%, dead 25%, exploded 25%."
