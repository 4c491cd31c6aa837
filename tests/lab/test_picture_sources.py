"""The two sources of blame: bars hold what was given, and their sum."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catrnn.lab import Sources
from tests.helpers import strategies  # noqa: F401  (it registers the profile)

numbers = st.floats(-9, 9)


def heights(picture, name):
    return [bar.get_height() for bar in picture.bars[name]]


@given(blame=st.lists(st.tuples(numbers, numbers), min_size=1, max_size=4))
def test_each_day_has_its_two_sources_and_their_sum_and_days_that_are_not_there_have_none(blame):
    own, tomorrow = np.array(blame).T
    picture, none = PICTURE.show(own, tomorrow), [0.0] * (4 - len(blame))
    assert heights(picture, "own answer") == [*own, *none]
    assert heights(picture, "from tomorrow") == [*tomorrow, *none]
    assert heights(picture, "together") == pytest.approx([*(own + tomorrow), *none])
    assert [text.get_text() for text in picture.values["together"]][len(blame):] == [""] * len(none)


PICTURE = Sources()


def test_the_caption_tells_the_newest_day_first():
    assert Sources().show([0.25, -0.5], [0.125, 0.0]).caption == (
        "The blame of each day's state, newest first: Day 2 own −0.50, from tomorrow 0.00, together −0.50; "
        "Day 1 own +0.25, from tomorrow +0.12, together +0.38.")
