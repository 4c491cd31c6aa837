"""Pictures: the artists hold what was given, the captions tell the truth, what they keep has a bound."""

import weakref

import numpy as np
import pytest
from matplotlib.text import Text

from catrnn.lab import Activations, Epoch, Fates, LossCurve, Timeline
from catrnn.lab.drawing import raster
from catrnn.lab.pictures.loss_curve import HIGH, LOW
from tests.helpers.picture_cases import CASES, new
from tests.helpers.pictures import pixels


def weights(value):
    names = "recurrent.c_w", "recurrent.b", "recurrent.p_w", "output.c_w", "output.b"
    shapes = (1, 2), (2,), (2, 2), (2, 1), (1,)
    return {name: np.full(shape, value) for name, shape in zip(names, shapes, strict=True)}


ALIVE = np.array([[0.1, 0.0], [0.2, 0.5]])
DEAD = np.array([[0.1, 0.0], [0.0, 0.0]])
FALLING, BURST = np.geomspace(1, 0.02, 40), np.array([1.0, 50.0, 2e5, np.inf, np.nan])


@pytest.mark.parametrize("name", ["Activations", "Epoch", "Fates", "LossCurve", "Parabola", "Timeline", "Training"])
def test_copied_letters_are_the_letters_that_matplotlib_draws(name, monkeypatch):
    args, kwargs = CASES[name][1]
    picture = new(name).show(*args, **kwargs)
    picture.png()
    copied = pixels(picture)
    monkeypatch.setattr(raster.TextCache, "draw", lambda self, artist, renderer: artist.draw(renderer))
    assert np.array_equal(copied, pixels(picture))


@pytest.mark.parametrize("name", ["Unrolled", "Ledger"])
def test_words_and_backgrounds_that_a_picture_keeps_have_a_bound(name, monkeypatch):
    monkeypatch.setattr(raster, "TEXT_BYTES", 100_000)
    picture = new(name)
    for args, kwargs in CASES[name]:
        picture.show(*args, **kwargs).png()
    texts, backgrounds = picture._texts._kept.values(), picture._backgrounds._kept
    assert sum(runs.nbytes for *_, runs in texts) == picture._texts._bytes <= 100_000
    assert len(backgrounds) <= raster.BACKGROUNDS


def test_words_of_all_pictures_share_one_paper_as_large_as_the_last_page():
    paper = raster.PAPER
    for name in ("Timeline", "Cliff"):
        args, kwargs = CASES[name][0]
        picture = new(name).show(*args, **kwargs)
        picture.png()
        assert (paper.width, paper.height) == picture.figure.canvas.get_width_height()
        words = [text for text in picture._moving() if type(text) is Text and text.get_text()]
        assert {text._renderer for text in words} == {paper}


@pytest.mark.parametrize("shape", [(0, 0, 4), (0, 5, 4), (3, 0, 4), (1, 1, 4), (7, 9, 4)])
@pytest.mark.parametrize("colours", [1, 2, 255])
def test_runs_of_one_colour_give_back_every_pixel(shape, colours):
    drawn = np.random.default_rng(0).integers(0, colours, shape, dtype=np.uint8)
    assert np.array_equal(raster.Runs(drawn).pixels(), drawn)


def test_what_is_shown_again_after_a_release_is_what_was_shown_not_what_became_of_it():
    portions = np.array([0.25, 0.5])
    picture = Timeline().show(portions)
    before = pixels(picture)
    portions *= 3
    picture.release()
    assert np.array_equal(pixels(picture), before)


def test_letters_outside_of_the_picture_do_no_harm():
    picture = LossCurve().show(FALLING)
    before = pixels(picture)
    for place in ((np.nan, 1), (1, np.inf), (-1e4, 1), (1e4, 1)):
        picture.ax.text(*place, "nowhere", transform=None)
    assert np.array_equal(before, pixels(picture))


def test_a_fast_png_holds_every_pixel():
    picture = LossCurve().show(FALLING)
    assert np.array_equal(pixels(picture), np.asarray(picture.figure.canvas.buffer_rgba())[..., :3])


def test_a_picture_shows_itself_in_a_notebook_with_its_words():
    data, metadata = LossCurve().show(FALLING)._repr_mimebundle_()
    assert data["text/plain"] == "The loss goes from 1.0000 to 0.0200 in 40 epochs."
    assert data["image/png"].startswith(b"\x89PNG")
    assert metadata["image/png"]["width"] == 640


def test_a_picture_shown_in_a_notebook_lets_go_of_its_drawing():
    picture = LossCurve().show(FALLING)
    page = weakref.ref(picture.figure.canvas.get_renderer())
    picture._repr_mimebundle_()
    assert page() is None
    assert picture.caption == "The loss goes from 1.0000 to 0.0200 in 40 epochs."


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


def test_the_loudest_of_all_epochs_is_the_darkest_so_that_colours_can_be_compared():
    picture = Activations().show([[0.25, 1.0], [0.5, 0.0]], loudest=2.0)
    assert np.array_equal(picture.cells.get_array(), [[0.125, 0.25], [0.5, 0.0]])


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


def test_a_weight_that_changed_its_sign_has_moved_by_all_the_way():
    picture = Epoch().show(3, FALLING, ALIVE, [1, 2], 2.5, 3.0, weights(-0.75), weights(0.75))
    assert "moved by 1.5000" in picture.caption


def test_under_each_weight_of_a_small_network_stands_the_number_of_its_unit():
    picture = Epoch().show(1, FALLING, ALIVE, [1, 2], 2.5, 3.0, weights(1.0), weights(1.0))
    (names, units) = ([text.get_text() for text in picture.weights.ax.get_xticklabels(minor=minor)] for minor in (0, 1))
    assert names == ["c_w", "b", "p_w", "output\nc_w", "output\nb"]
    assert units == [*"12", *"12", *"1212", *"12"]


def test_the_fates_are_shares_of_each_group():
    picture = Fates().show({"two": ["dead", "learned", "learned", "exploded"]})
    assert picture.caption == "two: learned 50%, dead 25%, exploded 25%."
