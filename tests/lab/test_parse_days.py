"""Whatever a learner types becomes a number for each day, or one sentence that helps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catrnn.lab.panel.parse_days import days_from_text
from tests.helpers import strategies  # noqa: F401  (it registers the profile)
from tests.helpers.days import HOSTILE, assert_days_or_one_sentence, read

numbers = st.floats(-1e6, 1e6, allow_subnormal=False)
marks = st.sampled_from([", ", " ", "; ", ";", "\n", "\t", " , ", "  "])


@given(text=HOSTILE)
def test_any_text_becomes_days_or_one_sentence(text):
    assert_days_or_one_sentence(read(days_from_text, text))


@given(days=st.lists(numbers, min_size=2, max_size=40), mark=marks, unit=st.sampled_from(["", " g", "kg", " °C"]))
def test_numbers_are_read_as_they_are_written_whatever_stands_between(days, mark, unit):
    assert days_from_text(mark.join(repr(day) + unit for day in days)) == days


@given(days=st.lists(st.integers(0, 1000).map(lambda n: n / 100), min_size=2, max_size=20),
       mark=st.sampled_from([" ", "; ", "\n", ", ", " ,"]))
def test_a_decimal_comma_is_never_read_as_two_days(days, mark):
    text = mark.join(f"{day:.2f}".replace(".", ",") for day in days)
    assert "may be one number or two" in read(days_from_text, text)


@given(days=st.lists(st.integers(1000, 999_999), min_size=2, max_size=20), mark=st.sampled_from([", ", "; ", "\n"]),
       between=st.sampled_from([" ", ",", "\u202f", "'"]))
def test_a_thousand_is_read_as_one_day_or_asked_about(days, mark, between):
    text = mark.join(f"{day:,}".replace(",", between) for day in days)
    found = read(days_from_text, text)
    assert found == days if between in "\u202f'" else "may be one number or two" in found


@given(days=st.lists(st.integers(1, 99), min_size=2, max_size=20), mark=st.sampled_from([",", ", ", ";", " ; "]),
       data=st.data())
def test_a_day_left_empty_is_never_closed_up(days, mark, data):
    place = data.draw(st.integers(1, len(days) - 1))
    pieces = [*map(str, days[:place]), "", *map(str, days[place:])]
    found = read(days_from_text, mark.join(pieces))
    assert f"Day {place + 1} is empty" in found or "may be one number or two" in found


@pytest.mark.parametrize(("text", "words"), [
    ("half a tin, then more", '"half" on day 1 is not a number; write numbers such as 0.5'),
    ("0.5 0.75 fish", '"fish" on day 2, but none on day 1; write all days in one unit, and leave "fish" away'),
    ("", "There is no number yet; give"), (" ,; \n", "There is no number yet"),
    ("0.5", "One day alone tells nothing about the next; give two days"),
    ("1 " * 1000, "1,000 days are more than the picture can hold; give the last 400"),
    ("0,5 0,75", '"0,5" may be one number or two; write "0.5" for one, "0, 5" with a space for two'),
    ("0,5, 0,75, 1", '"0,5" may be one number or two; write "0.5" for one'), ("1,5, 2", '"1,5" may be one number or'),
    ("1 000, 1 200", '"1 000" may be one number or two; write "1000" for one, "1, 000" with a space'),
    ("1 000 1 200", '"1 000" may be one number or two; write "1000" for one'),
    ("1.000,5; 1.200,0", '"1.000,5" may be one number or two; write "1000.5" for one'),
    ("1,250 1,300", '"1,250" may be one number or two; write "1250" or "1.250" for one'),
    ("1,,2", "Day 2 is empty, between two commas; write what it may have been"), ("1, , 2", "Day 2 is empty"),
    (",0.5,1", "Day 1 is empty"), ("1; 2; ; 3", "Day 3 is empty"),
    ("0.5 nan", '"nan" on day 2 is no number; write what it may have been'), ("1, NA, 2", '"NA" on day 2 is no number'),
    ("inf 1", '"inf" on day 1 is no finite number'), ("1, inf", '"inf" on day 2 is no finite number'),
    ("Mon 250, Tue 300", '"Mon" stands before the number of day 1; leave it away'),
    ("250 g, 1 kg", '"kg" on day 2, but "g" on day 1; write all days in one unit'),
    ("250 g, 300", 'The number on day 2 has no unit, but "g" on day 1'),
    ("1/2, 1", '"1/2" on day 1 is a fraction; write 0.5'), ("1, 1½", '"1½" on day 2 is a fraction; write 1.5'),
    ("½ 1", '"½" on day 1 is a fraction; write 0.5'), ("1e300 1", '"1e300" on day 1 is more than a million'),
    ("1 -2e6", '"-2e6" on day 2 is less than minus a million'), ("1_0 2", '"1_0" on day 1 is not a number'),
    ("9" * 10**6, "1,000,000 letters are more than 400 days can need"), ("\x1b[31m 1", '"?[31m" on day 1'),
    ("\u202e5 1", '"?5" on day 1 is not a number'), ("<b>1</b> 2", '"<b>1</b>" on day 1 is not a number'),
])
def test_a_slip_gets_the_sentence_that_mends_it(text, words):
    assert words in read(days_from_text, text)


@pytest.mark.parametrize(("text", "days"), [
    ("0.5, 0.75 1", [0.5, 0.75, 1]), ("[0.25, 1]", [0.25, 1]), ("1,2,3", [1, 2, 3]), (".5 +1 2.", [0.5, 1, 2]),
    ("0.5,0.75", [0.5, 0.75]), ("5e-1\n1E0", [0.5, 1]), ("0 0", [0, 0]), ("0.5, \u22120.25", [0.5, -0.25]),
    ("250 g, 300 g", [250, 300]), ("250g 300g", [250, 300]), ("250 grams 300 grams", [250, 300]),
    ("1 tin, 2 tins", [1, 2]),
    ("$2.50, $3", [2.5, 3]), ("20 °C, -3 °C", [20, -3]), ("100 200 300", [100, 200, 300]), ("1, 2, ", [1, 2]),
    ("250,300,275", [250, 300, 275]), ("1\u202f000; 1\u00a0200", [1000, 1200]), ("1.125 1.25", [1.125, 1.25]),
])
def test_what_can_be_read_is_read(text, days):
    assert days_from_text(text) == days


@pytest.mark.parametrize(("given", "mended", "days"), [
    ("0,5 0,75", "0.5 0.75", [0.5, 0.75]), ("0,5 0,75", "0, 5 0, 75", [0, 5, 0, 75]),
    ("1,,2", "1, 1.5, 2", [1, 1.5, 2]),
    ("Mon 250, Tue 300", "250, 300", [250, 300]), ("1/2, 1", "0.5, 1", [0.5, 1]),
    ("250 g, 300", "250, 300", [250, 300]), ("1 000, 1 200", "1000, 1200", [1000, 1200]),
    ("1,250 1,300", "1250 1300", [1250, 1300]),
])
def test_a_text_that_was_mended_as_the_sentence_says_is_read(given, mended, days):
    assert isinstance(read(days_from_text, given), str)
    assert days_from_text(mended) == days
