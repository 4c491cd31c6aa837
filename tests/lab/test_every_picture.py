"""What every picture of the lab must keep, over a table of cases that names them all."""

import gc
import io
import re
import warnings
import weakref
from functools import cache
from typing import NamedTuple

import matplotlib
import matplotlib.style
import pytest
from PIL import Image

from catrnn.lab.drawing import style
from tests.helpers.picture_cases import CASES, PICTURES, STILL_AXES, new
from tests.helpers.pictures import ROUNDING, measured, pixels, touching, words_of

PAGES = [(name, False) for name in sorted(PICTURES)] + [
    (name, True) for name, picture in sorted(PICTURES.items()) if picture.narrow_size]
"""Every picture on its wide page, and on that of a phone where it has one."""
every = pytest.mark.parametrize(
    ("name", "narrow"), PAGES, ids=[f"{name} on a phone" if narrow else name for name, narrow in PAGES])
on_a_phone = pytest.mark.parametrize("name", [name for name, narrow in PAGES if narrow])
THUMB = 352
"""Pixels of a page that a phone of 390 pixels leaves for a picture."""
LEAST = 9
"""Pixels of the smallest letters that are read with ease."""
ALL_AT_ONCE = {
    **matplotlib.style.library["dark_background"], "text.usetex": True, "font.family": "Comic Sans MS",
    "lines.antialiased": False, "path.sketch": (1, 100, 2), "axes.formatter.limits": (0, 0), "figure.dpi": 40,
    "axes.unicode_minus": False, "xtick.direction": "in", "figure.constrained_layout.w_pad": 1, "font.size": 20,
    "text.hinting": "none", "patch.force_edgecolor": True, "image.interpolation": "bicubic", "hatch.linewidth": 5,
}
"""Settings of a user, none of which is the course's."""


class Seen(NamedTuple):
    """What one picture, made for one case alone, showed."""

    png: bytes
    caption: str
    words: list
    box: tuple
    touching: list
    warnings: list


def seen(name, narrow=False) -> list:
    """Show every case on a picture of its own, once for all claims."""
    return looked_at(name, narrow)


@cache
def looked_at(name, narrow) -> list:
    return [look(name, narrow, *given) for given in CASES[name]]


def look(name, narrow, args, kwargs) -> Seen:
    with warnings.catch_warnings(record=True) as leaked:
        warnings.simplefilter("always")
        picture = new(name, narrow=narrow).show(*args, **kwargs)
        png = picture.png()
    box, texts = picture.figure.get_tightbbox().extents, measured(picture)
    return Seen(png, picture.caption, words_of(picture, texts), box, touching(picture, texts), leaked)


def size_of(name, narrow):
    """Inches of the page."""
    return PICTURES[name].narrow_size if narrow else PICTURES[name].size


def test_every_picture_has_cases():
    assert CASES.keys() == PICTURES.keys()


@every
def test_a_picture_that_moved_equals_one_drawn_anew_pixel_for_pixel(name, narrow):
    living, walk = new(name, narrow=narrow), list(zip(CASES[name], seen(name, narrow), strict=True))
    for (args, kwargs), alone in walk + walk[:1]:
        assert living.show(*args, **kwargs).png() == alone.png


@pytest.mark.parametrize("name", sorted(PICTURES))
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


@pytest.mark.parametrize("name", sorted(PICTURES))
def test_a_picture_has_the_same_pixels_under_every_setting_of_the_user(name):
    (args, kwargs), alone = CASES[name][0], seen(name)[0].png
    with matplotlib.rc_context(ALL_AT_ONCE):
        assert new(name).show(*args, **kwargs).png() == alone


@every
def test_no_text_is_smaller_than_the_course_allows(name, narrow):
    for case in seen(name, narrow):
        for word in case.words:
            assert word.points >= (9 if "$" in word.text else style.SIZE), word.text


@on_a_phone
def test_on_a_phone_no_letter_is_too_small_to_be_read(name):
    width, _ = size_of(name, narrow=True)
    for word in (word for case in seen(name, narrow=True) for word in case.words):
        assert word.points / 72 * THUMB / width >= LEAST, word.text


@every
def test_nothing_is_cut_off_at_the_edge_of_the_page(name, narrow):
    width, height = size_of(name, narrow)
    for case in seen(name, narrow):
        for box in (case.box, *(word.box for word in case.words)):
            assert min(box[:2]) >= -ROUNDING
            assert max(box[2] - width, box[3] - height) <= ROUNDING


@every
def test_no_two_texts_touch(name, narrow):
    assert [case.touching for case in seen(name, narrow)] == [[] for _ in CASES[name]]


@every
def test_no_warning_leaks(name, narrow):
    assert [case.warnings for case in seen(name, narrow)] == [[] for _ in CASES[name]]


@every
def test_the_caption_is_a_sentence_that_tells_a_number(name, narrow):
    for case in seen(name, narrow):
        assert re.fullmatch(r"\w[^\n]*\d[^\n]*\.", case.caption), case.caption


@every
def test_the_png_has_the_size_that_the_picture_states(name, narrow):
    width, height = size_of(name, narrow)
    for case in seen(name, narrow):
        image = Image.open(io.BytesIO(case.png))
        assert image.size == (int(style.DPI * width), int(style.DPI * height))


@on_a_phone
def test_a_picture_turned_to_the_page_of_a_phone_and_back_is_the_same_with_the_same_words(name, monkeypatch):
    monkeypatch.setattr(gc, "collect", lambda: 0)  # slow here
    (args, kwargs), *_ = CASES[name]
    picture = new(name).show(*args, **kwargs)
    for narrow in (True, False):
        picture.turn(narrow)
        assert picture.png() == seen(name, narrow)[0].png
        assert picture.caption == seen(name)[0].caption


def test_a_picture_that_is_turned_lets_go_of_the_one_page_before_it_draws_the_other():
    args, kwargs = CASES["Training"][0]
    picture = new("Training").show(*args, **kwargs)
    for narrow in (True, False):
        page = weakref.ref(picture.figure)
        picture.turn(narrow)
        assert page() is None
        assert picture.figure.get_figwidth() == size_of("Training", narrow)[0]


def test_a_picture_without_a_page_for_phones_or_on_an_axis_of_the_caller_stays_as_it_is():
    for picture in (new("Unrolled"), new("Parabola", style.new_figure(9, 6).subplots())):
        page, width = picture.figure, picture.width
        picture.turn(narrow=True)
        assert (picture.figure, picture.width, picture.narrow) == (page, width, False)


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
