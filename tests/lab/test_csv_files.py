"""Files from a spreadsheet, a phone app and a scale become the right days, or one sentence that mends them."""

import csv
import io
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catrnn.lab.panel.load_days import load_days
from catrnn.lab.panel.parse_columns import best_column, columns_from_csv, told_of_choice
from catrnn.lab.panel.parse_days import days_from_text
from catrnn.lab.panel.parse_table import MOST_BYTES, rows_from
from tests.helpers import strategies  # noqa: F401  (it registers the profile)
from tests.helpers.days import HOSTILE, assert_days_or_one_sentence, read


def loaded(content: bytes):
    """What the panel reads first from a file: days, or the sentence."""
    columns = columns_from_csv(content)
    column = columns[best_column(columns)]
    return column.problem or days_from_text(column.text)


def told(content: bytes) -> str:
    """What the panel says of a file that it could read."""
    columns = columns_from_csv(content)
    return told_of_choice(columns, best_column(columns))


def weekday(content: bytes) -> str:
    columns = columns_from_csv(content)
    return columns[best_column(columns)].first_weekday


def dated(numbers, day="2024-03-{:02d}", first=1, mark=",") -> str:
    """Lines with a date and a number each."""
    return "".join(f"{day.format(first + k)}{mark}{number}\n" for k, number in enumerate(numbers))


TEN = [250, 260, 255, 240, 265, 270, 250, 245, 255, 260]
GERMAN = ["250,5", "260", "1.255,25", "240", "265,5"]
FRENCH = ["250,5", "1\u202f260", "255", "1\u202f240,5", "265"]

REAL = {
    "a spreadsheet, English": (b"date,grams\n" + dated(TEN).encode(), TEN),
    "a spreadsheet, German, cp1252, CRLF": (
        ("Datum;Größe\n" + dated(GERMAN, "{:02d}.03.2024", mark=";")).replace("\n", "\r\n").encode("cp1252"),
        [250.5, 260, 1255.25, 240, 265.5]),
    "a spreadsheet, French": (("jour;quantité\n" + dated(FRENCH, "{:02d}/03/2024", mark=";")).encode("utf-8-sig"),
                              [250.5, 1260, 255, 1240.5, 265]),
    "a spreadsheet, UTF-16 text with tabs": (
        ("Datum\tGröße\n" + dated(GERMAN, "{:02d}.03.2024", mark="\t")).encode("utf-16"),
        [250.5, 260, 1255.25, 240, 265.5]),
    "a spreadsheet's own first line": (b"sep=;\nday;fish\n1;0,5\n2;0,75\n3;0,5\n", [0.5, 0.75, 0.5]),
    "a spreadsheet's serial dates": (b"Date,Grams\n" + dated(TEN, "453{:02d}", 11).encode(), TEN),
    "an old Mac": (("Tag;Größe\n" + dated(TEN, "{:d}", mark=";")).replace("\n", "\r").encode("mac_roman"), TEN),
    "American dates and quotes": (b'"Date","Weight (lb)"\n' + b"".join(
        b'"3/%d/2024","%d.5"\n' % (k + 10, number) for k, number in enumerate(TEN)), [n + 0.5 for n in TEN]),
    "pandas with its index": (b",date,grams\n" + b"".join(
        f"{k},2024-03-{k + 1:02d},{number}.0\n".encode() for k, number in enumerate(TEN)), TEN),
    "pandas, a series alone": (b",grams\n" + dated(TEN, "{:d}", 0).encode(), TEN),
    "a scale with a column of its own numbers": (
        b"id;timestamp;Gewicht\n" + dated(["4,25", "4,3", "4,2"], "7{0:d};2024-03-0{0:d}T08:00:00Z", 1, ";").encode(),
        [4.25, 4.3, 4.2]),
    "a scale with comments, units, a title": (
        b"# scale 3000\n# exported today\nMy cat\n\ntime,weight\n2024-03-01 08:00,250 g\n2024-03-02 08:01,260 g\n"
        b"2024-03-03 07:59,255 g\n", [250, 260, 255]),
    "an app, the newest day first": (b"Date,Portions\n" + "".join(
        reversed(dated(TEN, "Mar {:d} 2024", mark=",").splitlines(keepends=True))).encode(), TEN),
    "an app with a last row for the sum": (b"date,grams\n" + dated(TEN).encode() + b"Total,2550\n", TEN),
    "an app, days of the week": (b"Mon;0,5\nTue;1,5\nWed;0,5\nThu;1,5\n", [0.5, 1.5, 0.5, 1.5]),
    "an app with names and units in two lines": (b"date,food\n,g\n" + dated(TEN).encode(), TEN),
    "an app with notes": (b"date,grams,note\n" + dated([f'{n},"ate, slept"' for n in TEN]).encode(), TEN),
    "an app whose last days are still to come": (b"date,grams\n" + dated([*TEN, "", ""]).encode(), TEN),
    "columns parted by spaces": (b"date grams\n2024-03-01 0.5\n2024-03-02 0.75\n", [0.5, 0.75]),
    "one row parted by spaces": (b"0.5 0.75 1 0.5\n", [0.5, 0.75, 1, 0.5]),
    "one column with spaces in the thousands": (b"grams\n1 000\n1 200\n950\n", [1000, 1200, 950]),
    "prices": (b"date,cost\n" + dated(["2.50 €", "3.10 €"]).encode(), [2.5, 3.1]),
    "prices, American": (b"date,cost\n" + dated(["$2.50", "$3.10"]).encode(), [2.5, 3.1]),
    "no heading": (dated(TEN).encode(), TEN), "no heading, one column": (b"0.5\n0.75\n1\n", [0.5, 0.75, 1]),
    "one column, decimal commas": (b"Gramm\n125,5\n130,25\n120\n", [125.5, 130.25, 120]),
    "days in one row": (b"0.5,0.75,1,0.5\n", [0.5, 0.75, 1, 0.5]),
    "days in one row with names": (b",Mon,Tue,Wed\ngrams,250,260,255\n", [250, 260, 255]),
    "days in one row under their numbers": (b"1,2,3,4\n250,260,255,270\n", [250, 260, 255, 270]),
    "temperatures": (b"date,degrees\n" + dated([-3.5, 0, "\u22122", 4]).encode(), [-3.5, 0, -2, 4]),
    "years": (b"year,spots\n1990,142.6\n1991,145.7\n1992,94.3\n", [142.6, 145.7, 94.3]),
    "more rows than the picture holds": (b"n,fish\n" + "".join(f"{k},{k % 7}\n" for k in range(1000)).encode(),
                                         [k % 7 for k in range(600, 1000)]),
    "more rows, the newest first": (b"year,fish\n" + "".join(f"{k},{k % 7}\n" for k in range(2999, 1999, -1)).encode(),
                                    [k % 7 for k in range(2600, 3000)]),
    "two good columns, the last": (b"day,fish,milk\nMon,1,5\nTue,2,6\nWed,1,8\n", [5, 6, 8]),
    "two columns, one with a fault": (b"day,fish,milk\nMon,1,5\nTue,2,sip\nWed,1,8\n", [1, 2, 1]),
    "a column that rises evenly, and none beside it": (b"fish\n7\n8\n9\n", [7, 8, 9]),
    "an empty cell long ago": (b"date,grams\n" + dated([1, "", *TEN]).encode(), TEN),
    "a blank line that hides no day": (b"day,fish\n1,0.5\n\n2,1\n3,2\n", [0.5, 1, 2]),
    "kilograms with three decimals": (b"kg\n4.125\n4.130\n4.120\n", [4.125, 4.13, 4.12]),
}


@pytest.mark.parametrize(("content", "days"), REAL.values(), ids=REAL)
def test_a_real_file_gives_the_right_days(content, days):
    assert loaded(content) == days


@pytest.mark.parametrize(("content", "words"), [
    (b"date,grams\n" + dated([*TEN[:5], "", *TEN[6:]]).encode(), 'Row 7 of column "grams" is empty; fill it in'),
    (b"date,grams\n" + dated([*TEN[:5], "NA", *TEN[6:]]).encode(), 'Row 7 of column "grams" holds no number, but "NA"'),
    (b"date,grams\n" + dated([*TEN[:5], "sick", *TEN[6:]]).encode(), '"sick" in row 7 of column "grams" is not a'),
    (b"date,grams\n" + dated([*TEN[:5], "250 g", *TEN[6:]]).encode(), '"g" in row 7 of column "grams", but none in'),
    (b"date,grams\n" + dated([*TEN[:5], "9e9", *TEN[6:]]).encode(), '"9e9" in row 7 of column "grams" is more than a'),
    (b",grams\n" + dated([*TEN[:5], "x", *TEN[6:]], "{:d}", 0).encode(), '"x" in row 7 of column "grams" is not a'),
    (b"fish\n0.5\n\n0.75\n1\n", 'Row 3 of column "fish" is empty; fill it in'),
    (b"fish,milk\n0.5,1\n,\n0.75,2\n", 'Row 3 of column "milk" is empty'),
    (b'grams\n"1,000"\n"1,250"\n"950"\n', '"1,000" in row 2 of column "grams" may be 1.000 or 1000; write one'),
    (b"grams\n1.000\n1.250\n950\n", '"1.000" in row 2 of column "grams" may be 1000 or 1.000'),
    (b"Gramm\n1.125\n1.250\n", '"1.125" in row 2 of column "Gramm" may be 1125 or 1.125'),
    (b"tag;menge\n1;1.125\n2;1.250\n", '"1.125" in row 2 of column "menge" may be 1125 or 1.125'),
    (b'a\n"1,5"\n2.5\n2.5\n', '"1,5" in row 2 of column "a" has a decimal comma, "2.5" in row 3 a point; write all'),
    (b"date,fish,milk\n2024-03-01,1,5\n2024-03-02,2,sip\n2024-03-03,x,8\n", '"sip" in row 3 of column "milk" is not'),
    (b"2024-03-01,sick\n2024-03-02,5\n2024-03-03,6\n", '"sick" in row 1 of column "column 2" is not a'),
    (b"fish\n1/2\n1\n1\n", '"1/2" in row 2 of column "fish" is a fraction; write 0.5'),
    (b"a,b\nx,y\n", 'Choose another column than "b", or mend it: "y" in row 2'),
    (b"date,grams\n2024-03-01,5\n", "One day alone tells nothing"), (b"fish\n", "There is no number yet"),
])
def test_the_column_with_the_most_numbers_is_named_with_its_one_fault(content, words):
    assert words in loaded(content)


@pytest.mark.parametrize(("content", "words"), [
    (b"", "The file is empty; load one"), (b"\n\n , \n", "The file is empty"), (b"# a comment\n", "The file is empty"),
    (b"PK\x03\x04\x00\xff", "The file is a workbook, not plain text; open it in the program that wrote it"),
    (b"\xff\xfe\x00", "not plain text; open it"), (b"\x89PNG\r\n\x1a\n\x00", "not plain text"),
    (b"1\n" * 600_000, "1,200,000 bytes, but a list of days needs less than a million; cut it down"),
    ((",".join(["1"] * 60) + "\n").encode() * 3, "60 columns; load one with a row for each day"),
    (b'"' + b"x" * 200_000, "cannot be read as CSV; save"),
    (b"125,5\n130,25\n120,5\n", '"125,5" in row 1 may be one number or two columns; write "125.5" for one, or put'),
    (b"date,grams\n2024-01-01,0,5\n2024-01-02,0,75\n", "Row 2 has 3 cells under 2 headings; write numbers with a"),
    (b"date,grams\n" + dated(TEN[:4]).encode() + dated(TEN[5:], first=6).encode(),
     "Days are missing between 2024-03-04 and 2024-03-06; put in a row for each day"),
    (b"date,g\n" + dated(TEN).encode() + b"Week 1,2550\n" + dated(TEN, first=11).encode(),
     'Row 12 has "Week 1" in column "date", where others have dates; write a date there, or take the row away'),
    (b"date,g\n2024-03-01,5\n02.03.2024,6\n2024-03-03,5\n", 'dates in column "date" are not written alike; write'),
    (b"Mon;1\nTue;2\nThu;3\n", "Days are missing between rows 2 and 3; put in"),
    (b"day;fish\n1;5\n2;6\n4;5\n", "Days are missing between rows 3 and 4; put in"),
    (b"date,grams\n2024-03-01,5\n2024-03-01,6\n2024-03-02,7\n", 'Rows 2 and 3 have the same day in column "date"'),
    (b"date,grams\n2024-03-01,5\n2024-03-05,6\n2024-03-02,7\n", 'Row 4 comes before row 3 by column "date"; sort'),
])
def test_a_file_that_is_no_table_of_days_gets_the_sentence_that_mends_it(content, words):
    assert words in read(columns_from_csv, content)


@pytest.mark.parametrize(("content", "words"), [
    (b"day,date,grams\n1,2024-03-01,5\n2,2024-03-02,7\n3,2024-03-03,5\n",
     '3 days read from column "grams"; "day" counts the rows.'),
    (b"day,fish,milk\nMon,1,5\nTue,2,6\nWed,1,8\n", '3 days read from column "milk", the last of 2 with numbers.'),
    (b"day,fish,milk\nMon,1,5\nTue,2,sip\nWed,1,8\n", '3 days read from column "fish"; "milk" cannot be read.'),
    (b",fish\n0,5\n1,6\n2,5\n", '3 days read from column "fish"; "column 1" counts the rows.'),
    (b"fish\n7\n8\n9\n", '"fish" counts up or down evenly: is it what you mean?'),
    (b"1\n2\n", "There are no headings."),
    (b"date,grams\n" + dated(TEN).encode() + b"Total,2550\n", 'Row 12 ("Total") is left out.'),
    (b"name,grams\na,5\nb,7\nSumme,12\n", 'Row 4 ("Summe") is left out.'),
    (b"date,grams\n2024-03-02,5\n2024-03-01,6\n", "The newest day stood first, so the rows are turned round."),
    (b"date,grams\n" + dated([1]).encode() + dated(TEN, first=3).encode(),
     "Days are missing between 2024-03-01 and 2024-03-03: only the 10 rows after that are taken."),
    (b"fish\n1\nNA\n" + b"5\n6\n" * 5, 'Row 3 of column "fish" holds no number, but "NA": only the 10 rows after it'),
    (b"fish\n" + b"1\n2\n" * 500, "Of 1,000 rows the last 400 are taken."),
    (b"date,food\n,g\n2024-03-01,5\n2024-03-02,7\n", "Rows 1 and 2 are taken for headings."),
    (b"2024,fish\n1,0.5\n2,0.75\n3,1\n", "Row 1 is taken for the headings."),
    (b"0.5,0.75,1\n", "The days stand in one row."),
    (b"day,fish\n1,5\n2,6\n3,\n", "What comes after row 3 is empty: the forecast begins there."),
])
def test_what_was_chosen_left_out_or_turned_round_is_told(content, words):
    assert words in told(content)


@pytest.mark.parametrize(("content", "day"), [
    (REAL["a spreadsheet, English"][0], "Friday"), (REAL["a spreadsheet, German, cp1252, CRLF"][0], "Friday"),
    (REAL["a spreadsheet, French"][0], "Friday"), (REAL["an app, the newest day first"][0], "Friday"),
    (REAL["American dates and quotes"][0], "Sunday"), (REAL["a spreadsheet's serial dates"][0], "Saturday"),
    (REAL["an app, days of the week"][0], "Monday"), (b"So;5\nSa;4\nFr;5\n", "Friday"),
    (b"date,grams\n20240301,5\n20240302,6\n", "Friday"), (b"date,grams\nFri 01.03.24,5\nSat 02.03.24,6\n", "Friday"),
    (b"date,grams\n1. M\xc3\xa4rz 2024,5\n2. M\xc3\xa4rz 2024,6\n", "Friday"),
    (b"date,grams\n01/02/2024,5\n02/02/2024,6\n03/02/2024,6\n", "Thursday"),
    (b"date,grams\n3/1/2024,5\n3/2/2024,6\n3/3/2024,6\n", "Friday"),
    (b"date,grams\n3/1/2024,5\n3/2/2024,6\n", "Friday"),
    (REAL["an empty cell long ago"][0], "Sunday"), (REAL["years"][0], ""), (b"fish\n1\n2\n", ""),
    (b"month,kg\n2024-01-01,5\n2024-02-01,6\n2024-03-01,6\n", ""),
])
def test_dates_tell_the_day_of_the_week_that_the_days_begin_with(content, day):
    assert weekday(content) == day


@pytest.mark.parametrize(("content", "names"), [
    (b"a (3),a,a\n1,2,3\n4,5,7\n", ["a (3)", "a", "a (3) (3)"]), (b"fish,fish\n1,2\n", ["fish", "fish (2)"]),
    ("\ufefffish,milk\n1,2\n3,5\n".encode(), ["fish", "milk"]),
    ("fi\u202esh,<b>x</b>\n1,2\n3,5\n".encode(), ["fi?sh", "<b>x</b>"]), (b"1;2\n3;5\n5;1\n", ["column 1", "column 2"]),
])
def test_each_column_has_a_name_of_its_own_that_can_be_seen(content, names):
    assert list(columns_from_csv(content)) == names


def test_what_is_no_text_and_what_is_no_file_is_refused():
    with pytest.raises(TypeError, match='text is NoneType, but a text is expected; write it in quotes'):
        days_from_text(None)
    with pytest.raises(TypeError, match="content is str, but the bytes of a file are expected; read it with"):
        columns_from_csv("day,fish\n1,2\n")


def test_half_a_million_rows_are_read_in_bounded_memory_and_time():
    content = b"1\n" * (MOST_BYTES // 2 - 1)
    began = time.process_time()
    rows, n_rows, _ = rows_from(content)
    assert len(rows) < 1000
    assert n_rows == 499_999
    assert time.process_time() - began < 1.2  # a tenth of it here, alone; 1.6 was too long


TABLES = HOSTILE.map(lambda text: ("day,fish\n" + text).encode())


@given(content=st.one_of(st.binary(), HOSTILE.map(str.encode), TABLES))
def test_any_file_becomes_columns_of_days_or_one_sentence(content):
    columns = read(columns_from_csv, content)
    if isinstance(columns, str):
        return assert_days_or_one_sentence(columns)
    assert best_column(columns) in columns
    for column in columns.values():
        assert_days_or_one_sentence(column.problem or days_from_text(column.text))


cells = st.one_of(st.integers(-999, 9999), st.floats(-9999, 9999).map(lambda x: round(x, 3)), st.floats(-1e5, 1e5))


@given(days=st.lists(cells, min_size=2, max_size=30), mark=st.sampled_from(",;\t|"), point=st.sampled_from(".,"),
       heading=st.sampled_from([None, "fish", "Gramm, frisch"]), first=st.sampled_from(["date", "Day", "none"]),
       ends=st.sampled_from(["\n", "\r\n", "\r"]), code=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]))
def test_what_csv_writes_comes_back_as_the_same_days_or_as_a_sentence(days, mark, point, heading, first, ends, code):
    heading = heading and (heading if first != "none" else "fish")  # alone, its comma would make two columns of it
    label = {"date": lambda k: f"2024-03-{k + 1:02d}", "Day": lambda k: f"Day {k}", "none": lambda k: None}[first]
    rows = [[label(k), repr(day).replace(".", point)] for k, day in enumerate(days)]
    rows = [["first", heading], *rows] if heading else rows
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=mark, lineterminator=ends).writerows([[c for c in row if c is not None] for row in rows]
                                                                    if first != "none" else [row[1:] for row in rows])
    found = read(loaded, file.getvalue().encode(code))
    if isinstance(found, str):
        assert_days_or_one_sentence(found)
    else:
        assert found == days


def test_a_file_beside_the_notebook_is_loaded_as_an_array_and_says_what_was_read(tmp_path, capsys):
    path = tmp_path / "cat.csv"
    path.write_bytes(b"day,fish,milk\nMon,1,5\nTue,2,6\nWed,1,8\n")
    assert load_days(path).tolist() == [5, 6, 8]
    assert load_days(str(path), "fish").tolist() == [1, 2, 1]
    assert capsys.readouterr().out.splitlines() == [
        'cat.csv: 3 days read from column "milk", the last of 2 with numbers.',
        'cat.csv: 3 days read from column "fish".']
    path.with_name("gap.csv").write_bytes(b"fish\n1\n\n2\n")
    for arguments, words in (((path, "cream"), 'cat.csv has no column "cream"; its columns: "day", "fish", "milk"'),
                         ((path, "day"), 'cat.csv: Choose another column than "day", or mend it'),
                         ((path.with_name("cat2.csv"),), "cat2.csv cannot be found in "),
                         ((path.with_name("gap.csv"),), 'gap.csv: Row 3 of column "fish" is empty; fill it in')):
        with pytest.raises(ValueError, match=f"^{words}"):
            load_days(*arguments)
