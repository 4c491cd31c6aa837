"""Whatever a learner types or loads becomes days that a cat could have eaten, or one sentence that helps."""

import csv
import io
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catrnn.lab.panel.parse_days import (
    MOST_DAYS,
    columns_from_csv,
    days_from_text,
    text_from_column,
    texts_from_csv,
)
from tests.helpers import strategies  # noqa: F401  (it registers the profile)

HOSTILE = st.one_of(
    st.text(), st.text("0123456789.,;eE+-nai \n\t"), st.lists(st.floats().map(repr)).map(", ".join),
    st.lists(st.text("0123456789.,", max_size=6)).map(" ".join), st.integers(0, 5000).map("1 ".__mul__),
    st.integers(3, 8).map(lambda n: "9" * 10**n),
)
portions = st.floats(0, 1e6, allow_subnormal=False)
marks = st.sampled_from([", ", " ", "; ", ";", "\n", "\t", " , ", "  "])


def read(get, given):
    """What came of it: days, or the sentence."""
    try:
        return get(given)
    except ValueError as problem:
        return str(problem)


def assert_days_or_one_sentence(found):
    if isinstance(found, str):
        assert "; " in found, "it says what is wrong, but not how to mend it"
        assert len(found) < 220
        assert found.isprintable()
    else:
        assert 2 <= len(found) <= MOST_DAYS
        assert all(math.isfinite(day) and 0 <= day <= 1e6 for day in found)


@given(text=HOSTILE)
def test_any_text_becomes_days_or_one_sentence(text):
    assert_days_or_one_sentence(read(days_from_text, text))


TABLES = HOSTILE.map(lambda text: ("day,fish\n" + text).encode())


@given(content=st.one_of(st.binary(), HOSTILE.map(str.encode), TABLES))
def test_any_file_becomes_columns_of_days_or_one_sentence(content):
    columns = read(texts_from_csv, content)
    if isinstance(columns, str):
        return assert_days_or_one_sentence(columns)
    for column in columns.values():
        assert_days_or_one_sentence(str(column) if isinstance(column, ValueError) else days_from_text(column))


@given(days=st.lists(portions, min_size=2, max_size=40), mark=marks)
def test_numbers_are_read_as_they_are_written_whatever_stands_between(days, mark):
    assert days_from_text(mark.join(map(repr, days))) == days


@given(days=st.lists(st.integers(0, 1000).map(lambda n: n / 100), min_size=2, max_size=20),
       mark=st.sampled_from([" ", "; ", "\n"]))
def test_a_decimal_comma_is_never_read_as_two_days(days, mark):
    text = mark.join(f"{day:.2f}".replace(".", ",") for day in days)
    assert "may be one number or two" in read(days_from_text, text)


@given(days=st.lists(portions, min_size=2, max_size=30), names=st.tuples(st.text("abc ", max_size=9), st.text("day")),
       mark=st.sampled_from(",;\t"), ends=st.sampled_from(["\n", "\r\n"]), bom=st.booleans())
def test_a_table_that_a_spreadsheet_wrote_is_read_back(days, names, mark, ends, bom):
    file = io.StringIO()
    writer = csv.writer(file, delimiter=mark, lineterminator=ends)
    writer.writerows([["n", "x" + names[0]], *([f"Day {k}", repr(day)] for k, day in enumerate(days))])
    columns = texts_from_csv(file.getvalue().encode("utf-8-sig" if bom else "utf-8"))
    (first, no_days), (_, text) = columns.items()
    assert first == "n"
    assert isinstance(no_days, ValueError)
    assert days_from_text(text) == days


@pytest.mark.parametrize(("text", "words"), [
    ("half a tin, then more", '"half" on day 1 is not a number; write numbers such as 0.5'),
    ("0.5 0.75 fish", '"fish" on day 3 is not a number'), ("", "There is no number yet; give"),
    (" ,; \n", "There is no number yet"), ("0.5", "One day alone tells nothing about the next; give two days"),
    ("0.5, -0.25", '"-0.25" on day 2 is below zero'), ("0.5 \u22120.25", '"-0.25" on day 2 is below zero'),
    ("1 " * 1000, "1,000 days are more than the picture can hold; give the last 400"),
    ("0,5 0,75", '"0,5" may be one number or two; write "0.5" for one, "0, 5" with a space for two'),
    ("0.5 nan", '"nan" on day 2 is no amount of fish'), ("inf 1", '"inf" on day 1 is no amount'),
    ("1e300 1", '"1e300" on day 1 is more than a million'), ("1_0 2", '"1_0" on day 1 is not a number'),
    ("9" * 10**6, "1,000,000 letters are more than 400 days can need"), ("½ 1", '"½" on day 1 is not a number'),
    ("\x1b[31m 1", '"?[31m" on day 1'),
])
def test_a_slip_gets_the_sentence_that_mends_it(text, words):
    assert words in read(days_from_text, text)


@pytest.mark.parametrize(("text", "days"), [
    ("0.5, 0.75 1", [0.5, 0.75, 1]), ("[0.25, 1]", [0.25, 1]), ("1,2,3", [1, 2, 3]), (".5 +1 2.", [0.5, 1, 2]),
    ("0.5,0.75", [0.5, 0.75]), ("5e-1\n1E0", [0.5, 1]), ("0 0", [0, 0]),
])
def test_what_can_be_read_is_read(text, days):
    assert days_from_text(text) == days


@pytest.mark.parametrize(("content", "words"), [
    (b"", "The file is empty; load one"), (b"\n\n , \n", "The file is empty"),
    (b"PK\x03\x04\x00\xff", "not plain text"),
    ("Größe\n1\n2\n".encode("utf-16"), "not plain text; save the table as CSV"),
    (b"1\n" * 600_000, "1,200,000 bytes, but a list of days needs less than a million; cut it down"),
    (",".join(["1"] * 60).encode(), "60 columns; load one with a row for each day"),
    (b'"' + b"x" * 200_000, "cannot be read as CSV; save"),
])
def test_a_file_that_is_no_table_of_days_gets_the_sentence_that_mends_it(content, words):
    assert words in read(columns_from_csv, content)


@pytest.mark.parametrize(("content", "name", "words"), [
    (b"date,fish\nMon,0.5\nTue,0.75\n", "date", 'Choose another column than "date", or mend it: "Mon" in row 2 is not'),
    (b"day,fish\n1,0.5\n2,\n3,1\n", "fish", 'Row 3 of column "fish" is empty; fill it in, or choose another'),
    (b"day,fish\n1,0.5\n2,-1\n", "fish", '"-1" in row 3 is below zero'), (b"fish\n", "fish", "There is no number yet"),
    (b"fish\n" + b"1\n" * 1000, "fish", "1,000 days are more"), (b"fish\n1\nNaN\n", "fish", '"NaN" in row 3'),
])
def test_a_wrong_column_gets_the_sentence_that_mends_it(content, name, words):
    columns = columns_from_csv(content)
    assert words in read(lambda cells: text_from_column(name, cells), columns[name])


@pytest.mark.parametrize(("content", "columns"), [
    (b"0.5\n0.75\n", {"column 1": [(1, "0.5"), (2, "0.75")]}),
    (b"day;fish\n1;0,5\n\n2;0,75\n", {"day": [(2, "1"), (4, "2")], "fish": [(2, "0.5"), (4, "0.75")]}),
    (b"fish,fish\n1,2\n", {"fish": [(2, "1")], "fish (2)": [(2, "2")]}),
    (b"a,\n1,2,3\n", {"a": [(2, "1")], "column 2": [(2, "2")], "column 3": [(2, "3")]}),
    (b"a,b\n1,2\n3,\n", {"a": [(2, "1"), (3, "3")], "b": [(2, "2")]}),
])
def test_columns_have_names_rows_and_texts(content, columns):
    assert columns_from_csv(content) == columns


def test_each_column_is_a_text_of_days_or_says_why_it_is_none():
    columns = texts_from_csv(b"date,note,fish,more\nMon,a,1,2\nTue,b,2,3\n")
    assert [name for name, column in columns.items() if isinstance(column, str)] == ["fish", "more"]
    assert columns["fish"] == "1, 2"
    assert 'Choose another column than "date"' in str(columns["date"])
