"""The panel of your own cat: what it shows is true by plain NumPy, and whatever is typed or loaded gets an answer."""

import re

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catrnn.baselines import LinearModel
from catrnn.data import timeline, windows
from catrnn.forecast import free_run, leaked_days, learn_habit
from catrnn.habits import weekly
from catrnn.lab import explore_my_cat
from catrnn.lab.drawing.text import WEEKDAYS
from catrnn.lab.panel import days_box
from catrnn.lab.panel.parse_days import days_from_text
from catrnn.lab.panels import kept_back
from catrnn.lab.panels import my_cat as my_cat_room
from tests.helpers import strategies  # noqa: F401  (it registers the profile)
from tests.helpers.answers import ROOT

GOOD = [0.5, 0.75, 1.0, 0.5, 0.8, 1.1]


@pytest.fixture
def my_cat():
    """A panel of a cat with six days, and a CSV that can be put in."""
    return explore_my_cat(GOOD)


def load(panel, content: bytes):
    """Do what a browser does when a file has been chosen."""
    file = panel.controls["days"].file
    with file.hold_trait_notifications():
        file.size, file.turn = len(content), file.turn + 1
        file.content = memoryview(content if len(content) <= file.most else b"")  # as it comes over the line


def column_of(panel):
    """The choice of a column, which comes with a file."""
    _, column = panel.controls["days"].loader.children
    return column


def type_in(panel, text):
    panel.controls["days"].text.value = text


@pytest.mark.parametrize(("text", "words"), [
    ("fish", '"fish" on day 1 is not a number'), ("", "There is no number yet"), ("0.5", "One day alone"),
    ("1, , 2", "Day 2 is empty"), ("1 " * 1000, "1,000 days are more"), ("0,5 0,75", "may be one number or two"),
    ("0.5 nan", "is no number; write what it may have been"), ("9" * 10**6, "letters are more"),
])
def test_what_cannot_be_read_gets_a_sentence_and_the_last_good_picture_stays(my_cat, text, words):
    good = my_cat.view.png, my_cat.view.caption, my_cat.view.restore
    type_in(my_cat, text)
    assert words in my_cat.view.problem
    assert "went wrong" not in my_cat.view.problem
    assert (my_cat.view.png, my_cat.view.caption, my_cat.view.restore) == good
    type_in(my_cat, "0.25 0.5 0.25 0.5")
    assert my_cat.view.problem == ""
    assert my_cat.view.caption.startswith("4 days.")


def test_days_are_read_when_they_are_all_typed_not_letter_by_letter(my_cat):
    assert my_cat.controls["days"].text.continuous_update is False


def test_the_old_days_typed_again_after_a_slip_take_the_sentence_away(my_cat):
    type_in(my_cat, "fish")
    type_in(my_cat, "0.5, 0.75, 1, 0.5, 0.8, 1.1")
    assert my_cat.view.problem == ""


def test_a_slider_moved_while_the_sentence_stands_waits_for_days(my_cat):
    type_in(my_cat, "fish")
    my_cat.controls["window"].value = 1
    assert "fish" in my_cat.view.problem
    type_in(my_cat, "1 2 3 4 5 6 7")
    assert my_cat.view.problem == ""
    assert "see 1 day." in my_cat.view.caption


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])  # one panel for all texts
@given(text=st.text() | st.lists(st.floats(0, 100).map(repr), max_size=12).map(" ".join))
def test_no_text_at_all_breaks_the_panel(my_cat, text):
    type_in(my_cat, text)
    assert my_cat.view.problem or my_cat.view.caption.startswith(f"{len(my_cat.controls['days'].value)} days.")


def test_a_csv_is_read_and_its_column_can_be_chosen(my_cat):
    box = my_cat.controls["days"]
    assert box.loader.children == (box.file,)
    load(my_cat, b"day,fish,milk\nMon,1,5\nTue,2,6\nWed,1,7\nThu,2,8\n")
    assert column_of(my_cat).options == ("day", "fish", "milk")
    assert column_of(my_cat).value == "fish", "the milk goes up evenly, as a column that counts does"
    assert box.value == [1, 2, 1, 2]
    assert box.text.value == "1, 2, 1, 2"
    column_of(my_cat).value = "milk"
    assert box.value == [5, 6, 7, 8]
    assert my_cat.view.caption == explore_my_cat([5, 6, 7, 8], first_weekday="Monday").view.caption
    assert box.told.words == '4 days read from column "milk". "milk" counts up or down evenly: is it what you mean?'


@pytest.mark.parametrize(("content", "words"), [
    (b"", "The file is empty"), (b"\xff\xfe\x00", "not plain text"), (b"1\n" * 600_000, "1,200,000 bytes"),
    (b"a,b\nx,y\n", 'Choose another column than "b"'),
    (b"date,fish\n1,5\n2,\n3,6\n", 'Row 3 of column "fish" is empty'),
    (b"Mon,1\nTue,1\nThu,2\n", "Days are missing between rows 2 and 3"),
])
def test_a_file_that_cannot_be_read_gets_a_sentence_and_the_last_good_picture_stays(my_cat, content, words):
    good = my_cat.view.png, my_cat.view.caption, my_cat.controls["days"].text.value
    load(my_cat, content)
    assert words in my_cat.view.problem
    assert (my_cat.view.png, my_cat.view.caption, my_cat.controls["days"].text.value) == good


def test_a_wrong_column_gets_a_sentence_and_a_right_one_takes_it_away(my_cat):
    load(my_cat, b"day,fish\nMon,1\nTue,2\n")
    column_of(my_cat).value = "day"
    assert 'Choose another column than "day"' in my_cat.view.problem
    column_of(my_cat).value = "fish"
    assert my_cat.view.problem == ""
    load(my_cat, b"fish,cost\n7,1\n8,1\n9,3\n")
    assert my_cat.controls["days"].value == [1, 1, 3]


def test_the_same_file_loaded_again_after_a_slip_takes_the_sentence_away(my_cat):
    load(my_cat, b"fish\n7\n8\n9\n")
    load(my_cat, b"no number here")
    assert my_cat.view.problem
    load(my_cat, b"fish\n7\n8\n9\n")
    assert my_cat.view.problem == ""
    assert my_cat.controls["days"].value == [7, 8, 9]


def test_a_file_with_long_decimals_is_read_once_and_trains_and_draws_once(my_cat, monkeypatch):
    texts, drawn, compute = [], [], my_cat.compute
    monkeypatch.setattr(days_box, "days_from_text", lambda text: texts.append(text) or days_from_text(text))
    my_cat.compute = lambda **values: drawn.append(values["days"]) or compute(**values)
    load(my_cat, b"fish\n0.123456789012345\n0.2\n0.765432109876543\n")
    assert texts == ["0.123456789012345, 0.2, 0.765432109876543"] == [my_cat.controls["days"].text.value]
    assert drawn == [[0.123456789, 0.2, 0.7654321099]]
    load(my_cat, b"date,fish\n2024-01-01,5\n2024-01-02,7\n")
    assert texts[1:] == ["5, 7"]
    assert {*map(tuple, drawn[1:])} == {(5, 7)}, "the old days under the new day of the week"


def test_of_the_choices_of_earlier_files_none_is_left(my_cat):
    load(my_cat, b"day,fish\nMon,1\nTue,2\n")
    earlier = column_of(my_cat)
    load(my_cat, b"fish,cost\n7,1\n8,2\n9,3\n")
    assert earlier.comm is None
    assert column_of(my_cat).options == ("fish", "cost")


def test_a_forecast_of_my_cat_is_that_of_the_models_trained_on_all_its_days():
    days = (1.0, 0.5, 0.75) * 7
    guesses = kept_back.fitted(days, 4)
    linear = LinearModel(*windows(days, 4))
    network = learn_habit(days, 4, epochs=kept_back.EPOCHS)
    last = np.array(days[-4:]).reshape(-1, 1, 1)
    forecast = explore_my_cat(days, window=4, days_ahead=3).compute(days, "any day", 4, 3)["forecasts"]
    assert forecast["linear"][0] == pytest.approx(linear.predict(last).item())
    np.testing.assert_allclose(forecast["network"][:, 0], network.predict(last).ravel())
    np.testing.assert_allclose(guesses["network"](timeline(days)), network.predict(last))
    assert forecast["mean"] == pytest.approx([0.75] * 3)
    assert forecast["same as yesterday"].tolist() == [0.75] * 3
    straight = explore_my_cat([1, 2]).compute([1.0, 2.0], "any day", 1, 3)["forecasts"]["straight line"]
    assert straight == pytest.approx([3, 4, 5])


def test_days_kept_back_reach_no_guess_that_is_judged_on_them():
    days = np.random.default_rng(0).random(16)

    def guesses(days):
        fitted = kept_back.fitted(tuple(days[:12]), 3)
        return np.array([[np.median(predict(timeline(days[:day]))) for predict in fitted.values()]
                         for day in range(12, 16)])

    assert leaked_days(guesses, days, 12) == []


def test_misses_on_kept_days_are_those_of_plain_numpy():
    days = tuple(np.random.default_rng(0).random(16).round(2))
    misses = kept_back.holdout_errors(days, 3, 4)
    y = np.array(days)
    model = LinearModel(*windows(y[:12], 3))
    linear = model.predict(windows(y, 3, range(12, 16))[0]).ravel()
    assert misses["linear"] == pytest.approx(np.sqrt(np.mean((linear - y[12:]) ** 2)))
    assert misses["same as yesterday"] == pytest.approx(np.sqrt(np.mean((y[11:15] - y[12:]) ** 2)))
    assert misses["mean"] == pytest.approx(np.sqrt(np.mean([(y[:k].mean() - y[k]) ** 2 for k in range(12, 16)])))
    network = learn_habit(y[:12], 3, epochs=kept_back.EPOCHS).predict(windows(y, 3, range(12, 16))[0])
    assert misses["network"] == pytest.approx(np.sqrt(np.mean((np.median(network[..., 0], axis=0) - y[12:]) ** 2)))
    assert kept_back.holdout_errors(days, 3, 0) == {}


def test_the_typical_miss_farther_ahead_is_that_of_a_free_run_on_the_kept_days():
    days = tuple(np.random.default_rng(0).random(16).round(2))
    growth = kept_back.error_by_horizon(days, 3, 4, "linear")
    y, model = np.array(days), LinearModel(*windows(days[:12], 3))
    runs = {day: free_run(model.predict, timeline(y[day - 3:day]), 16 - day).ravel() for day in range(12, 16)}
    for ahead in range(1, 5):
        misses = [runs[day][ahead - 1] - y[day + ahead - 1] for day in range(12, 17 - ahead)]
        assert growth[ahead - 1] == pytest.approx(np.sqrt(np.mean(np.square(misses))))
    assert growth[0] == pytest.approx(kept_back.holdout_errors(days, 3, 4)["linear"])


@pytest.mark.parametrize("n", [2, 3, 7, 8, 9, 60])
def test_any_number_of_days_has_a_forecast(n):
    panel = explore_my_cat(np.random.default_rng(n).uniform(0, 1, n).round(2).tolist())
    assert panel.view.caption.startswith(f"{n} days. Tomorrow, day {n + 1}:")
    assert ("too few days" in panel.view.caption) == (n < 8)


@pytest.mark.parametrize("days", [np.array([1, 2, 1, 2]), np.float32([1, 2, 1, 2]), (np.int64(1), 2, np.float64(1), 2)])
def test_numbers_of_numpy_are_numbers(days):
    assert explore_my_cat(days).view.restore == explore_my_cat([1, 2, 1, 2]).view.restore


def test_days_of_many_weeks_are_judged_by_the_last_four():
    assert [kept_back.held_out(n) for n in (7, 8, 19, 100, 112, 400)] == [0, 2, 4, 25, 28, 28]


def test_the_end_of_the_window_is_said_at_its_slider_and_holds_for_the_days_that_are_there(my_cat):
    slider = my_cat.controls["window"]
    assert slider.description == "window (at most 3)"
    assert "see 3 days." in my_cat.view.caption
    type_in(my_cat, "1 2 3 1 2 3 1 2 3")
    assert slider.description == "window (at most 3)", "two of the nine are kept back"
    type_in(my_cat, "1 2 1 2")
    assert slider.description == "window (at most 2)"


def test_a_file_moves_the_day_of_the_week_and_says_what_was_read_until_the_text_is_changed(my_cat):
    box, weekday = my_cat.controls["days"], my_cat.controls["first_weekday"]
    load(my_cat, b"date;grams\n05.01.2024;5\n06.01.2024;6,5\n07.01.2024;5\n")
    assert weekday.value == "Friday"
    assert box.told.words == '3 days read from column "grams".'
    assert "Tomorrow, day 4, a Monday:" in my_cat.view.caption
    assert my_cat.view.restore.endswith(
        'explore_my_cat(days=[5, 6.5, 5], first_weekday=\'Friday\', window=5, days_ahead=7)')
    type_in(my_cat, "5, 6")
    assert box.told.words == ""
    load(my_cat, b"grams\n5\n6\n5\n")
    assert weekday.value == days_box.ANY_DAY
    load(my_cat, b"no number here")
    assert box.told.words == ""


def test_the_row_of_the_file_wraps_and_nothing_that_goes_to_the_page_is_hidden_by_none(my_cat):
    loader = my_cat.controls["days"].loader
    assert loader.layout.flex_flow == "row wrap"
    sent = []
    load(my_cat, b"day,fish,milk\nMon,1,5\nTue,2,6\n")
    for widget in loader.children:
        widget.layout.observe(lambda change: sent.append(change.name))
    column_of(my_cat).value = "fish"
    load(my_cat, b"day,fish,milk\nMon,1,5\nTue,2,6\n")
    assert "display" not in sent, "Pyodide hands None over as undefined, and the page then hides the list for good"
    assert column_of(my_cat).layout.display in (None, "")


def test_a_week_is_found_where_there_is_one_and_seldom_where_there_is_none():
    def share(series, n):
        found = [bool(kept_back.rhythm(series(np.random.default_rng([k, 5]), n), "Monday")) for k in range(400)]
        return np.mean(found)

    def noise(rng, n):
        return rng.normal(size=n)

    assert share(weekly, 14) >= 0.95
    assert share(noise, 14) <= 0.02
    assert share(noise, 28) <= 0.005


@pytest.mark.parametrize("first", WEEKDAYS)
def test_a_week_is_named_by_the_days_that_stand_out(first):
    shift = WEEKDAYS.index(first)
    days = [1.0 if (shift + k) % 7 >= 5 else 0.5 for k in range(20)]
    means = kept_back.rhythm(days, first)
    assert {name for name, mean in means.items() if mean == 1} == {"Saturday", "Sunday"}
    assert kept_back.rhythm(days[:13], first) == {}


def test_how_far_to_trust_is_what_the_report_says():
    report = (ROOT / "benchmarks" / "own_cat.md").read_text("utf-8")
    rows = re.findall(r"^\| (\d+) \((\d+)\) \|.* (\d+)% \|$", report, re.MULTILINE)
    n = len(my_cat_room.MEASURED)
    assert [int(row[0]) for row in rows] == [*my_cat_room.MEASURED] * 3
    assert all(kept_back.held_out(int(days)) == int(kept) for days, kept, _ in rows)
    right, inside = ([int(row[2]) for row in part] for part in (rows[:n], rows[2 * n:]))
    assert [(round(100 * a), round(100 * b)) for a, b in my_cat_room.MEASURED.values()] == list(
        zip(right, inside, strict=True))
    for n_days, row in ((8, 8), (12, 8), (13, 13), (27, 19), (400, 56)):
        assert my_cat_room.measured(n_days) == (row, *my_cat_room.MEASURED[row])


def test_days_may_be_given_as_text():
    assert explore_my_cat("0.5, 0.75 1").view.caption == explore_my_cat([0.5, 0.75, 1]).view.caption


@pytest.mark.parametrize(("name", "values"), [
    ("window", (4, 6, 7, 1)), ("days_ahead", (8, 6, 1)), ("first_weekday", ("Monday", "Sunday", "any day"))])
def test_each_value_of_a_slider_of_my_cat_has_a_picture_and_words_of_its_own(name, values):
    panel, seen = explore_my_cat(), set()
    for value in values:
        panel.controls[name].value = value
        seen |= {panel.view.png, panel.view.caption}
    assert len(seen) == 2 * len(values)


@pytest.mark.parametrize(("days", "words"), [("fish", 'days: "fish" on day 1'), ([0.5], "days: One day alone"),
                                             ([0.5, float("nan")], 'days: "nan" on day 2')])
def test_days_that_cannot_be_read_are_refused_in_the_words_of_the_box(days, words):
    with pytest.raises(ValueError, match=words):
        explore_my_cat(days)


def test_the_cat_in_the_box_is_as_the_notebook_says():
    days = tuple(my_cat_room.EXAMPLE)
    eight, thirteen = kept_back.holdout_errors(days[:8], 3, 2), kept_back.holdout_errors(days[:13], 5, 3)
    assert f"{eight['network']:.2f} against {eight['same as yesterday']:.2f}" == "0.26 against 0.58"
    assert f"{thirteen['linear']:.2f}" == "2.12"
    for n, memory in ((8, 3), (13, 5)):
        assert f"see {memory} days." in explore_my_cat(days[:n]).view.caption
