"""What every picture of the lab must keep, over a table of cases that names them all."""

import gc
import io
import re
import warnings
from functools import cache
from typing import NamedTuple

import pytest
from PIL import Image

from catrnn.lab.drawing import style
from tests.helpers.picture_cases import CASES, PICTURES, STILL_AXES, new
from tests.helpers.pictures import ROUNDING, pixels, touching, words_of

every = pytest.mark.parametrize("name", sorted(PICTURES))


class Seen(NamedTuple):
    """What one picture, made for one case alone, showed."""

    png: bytes
    caption: str
    words: list
    box: tuple
    touching: list
    warnings: list


@cache
def seen(name) -> list:
    """Show every case on a picture of its own."""
    return [look(name, *given) for given in CASES[name]]


def look(name, args, kwargs) -> Seen:
    with warnings.catch_warnings(record=True) as leaked:
        warnings.simplefilter("always")
        picture = new(name).show(*args, **kwargs)
        png = picture.png()
    box = picture.figure.get_tightbbox().extents
    return Seen(png, picture.caption, words_of(picture), box, touching(picture), leaked)


def size_of(name):
    """Inches of the page."""
    return PICTURES[name].size


def test_every_picture_has_cases():
    assert CASES.keys() == PICTURES.keys()


@every
def test_a_picture_that_moved_equals_one_drawn_anew_pixel_for_pixel(name):
    living, walk = new(name), list(zip(CASES[name], seen(name), strict=True))
    for (args, kwargs), alone in walk + walk[:1]:
        assert living.show(*args, **kwargs).png() == alone.png


@every
def test_a_picture_that_was_let_go_draws_itself_anew_pixel_for_pixel(name, monkeypatch):
    monkeypatch.setattr(gc, "collect", lambda: 0)  # slow here; test_pictures.py asks whether memory comes back
    (args, kwargs), (other_args, other_kwargs) = CASES[name][-1], CASES[name][0]
    picture = new(name).show(*args, **kwargs)
    picture.caption += " And so on."
    picture.release()
    picture.release()
    assert "_figure" not in vars(picture)
    assert picture.width == round(100 * picture.size[0])
    assert picture.png() == seen(name)[-1].png
    assert picture.caption == seen(name)[-1].caption + " And so on."
    picture.release()
    assert picture.show(*other_args, **other_kwargs).png() == seen(name)[0].png


@every
def test_no_text_is_smaller_than_the_course_allows(name):
    for case in seen(name):
        for word in case.words:
            assert word.points >= (9 if "$" in word.text else style.SIZE), word.text


@every
def test_nothing_is_cut_off_at_the_edge_of_the_page(name):
    width, height = size_of(name)
    for case in seen(name):
        for box in (case.box, *(word.box for word in case.words)):
            assert min(box[:2]) >= -ROUNDING
            assert max(box[2] - width, box[3] - height) <= ROUNDING


@every
def test_no_two_texts_touch(name):
    assert [case.touching for case in seen(name)] == [[] for _ in CASES[name]]


@every
def test_no_warning_leaks(name):
    assert [case.warnings for case in seen(name)] == [[] for _ in CASES[name]]


@every
def test_the_caption_is_a_sentence_that_tells_a_number(name):
    for case in seen(name):
        assert re.fullmatch(r"\w[^\n]*\d[^\n]*\.", case.caption), case.caption


@every
def test_the_png_has_the_size_that_the_picture_states(name):
    width, height = size_of(name)
    for case in seen(name):
        image = Image.open(io.BytesIO(case.png))
        assert image.size == (int(style.DPI * width), int(style.DPI * height))


@pytest.mark.parametrize("name", STILL_AXES)
def test_no_axes_are_drawn_again_where_only_artists_move(name, monkeypatch):
    (args, kwargs), *others = CASES[name][:STILL_AXES[name]]
    picture, drawn = new(name).show(*args, **kwargs), []
    picture.png()
    monkeypatch.setattr(picture.figure, "draw", drawn.append)
    for args, kwargs in others:
        picture.show(*args, **kwargs).png()
    assert not drawn


@pytest.mark.parametrize("name", [name for name in sorted(PICTURES) if PICTURES[name].takes_an_axis()])
def test_a_picture_of_one_axis_can_stand_on_an_axis_of_the_caller(name):
    args, kwargs = CASES[name][0]
    ax = style.new_figure(9, 6).subplots()
    picture = new(name, ax).show(*args, **kwargs)
    picture.release()
    assert picture.figure is ax.figure
    assert picture.caption == seen(name)[0].caption
    assert pixels(picture).shape == (900, 1350, 3)
