"""The panels of notebook 12: what they show is true by plain NumPy, and whatever a learner types gets an answer."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catrnn.baselines import LinearModel
from catrnn.data import timeline, windows
from catrnn.forecast import leaked_days, learn_habit, many_futures
from catrnn.habits import feast_and_fast, next_meal, simulate
from catrnn.lab import explore_forecast, explore_my_cat, trial_of
from catrnn.lab.panel.parse_days import days_from_text
from catrnn.lab.panels import forecast as forecast_room
from catrnn.lab.panels import my_cat as my_cat_room
from tests.helpers import strategies  # noqa: F401  (it registers the profile)

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
    ("0.5 -1", "is below zero"), ("1 " * 1000, "1,000 days are more"), ("0,5 0,75", "may be one number or two"),
    ("0.5 nan", "no amount of fish"), ("9" * 10**6, "letters are more"),
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
    assert "look 1 day back" in my_cat.view.caption


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
    assert column_of(my_cat).value == "fish"
    assert box.value == [1, 2, 1, 2]
    assert box.text.value == "1, 2, 1, 2"
    column_of(my_cat).value = "milk"
    assert box.value == [5, 6, 7, 8]
    assert my_cat.view.caption == explore_my_cat([5, 6, 7, 8]).view.caption


@pytest.mark.parametrize(("content", "words"), [
    (b"", "The file is empty"), (b"\xff\xfe\x00", "not plain text"), (b"1\n" * 600_000, "1,200,000 bytes"),
    (b"a,b\nx,y\n", 'Choose another column than "a"'), (b"fish\n" + b"1\n" * 1000, "1,000 days are more"),
    (b"fish\n1\n-2\n", '"-2" in row 3 is below zero'),
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
    load(my_cat, b"fish,cost\n7,1\n8,2\n9,3\n")
    assert my_cat.controls["days"].value == [7, 8, 9]


def test_the_same_file_loaded_again_after_a_slip_takes_the_sentence_away(my_cat):
    load(my_cat, b"fish\n7\n8\n9\n")
    load(my_cat, b"no number here")
    assert my_cat.view.problem
    load(my_cat, b"fish\n7\n8\n9\n")
    assert my_cat.view.problem == ""
    assert my_cat.controls["days"].value == [7, 8, 9]


def test_a_file_with_long_decimals_is_read_once_and_trains_and_draws_once(my_cat, monkeypatch):
    texts, drawn, compute = [], [], my_cat.compute
    monkeypatch.setattr(my_cat_room, "days_from_text", lambda text: texts.append(text) or days_from_text(text))
    my_cat.compute = lambda **values: drawn.append(values["days"]) or compute(**values)
    load(my_cat, b"fish\n0.123456789012345\n0.2\n0.765432109876543\n")
    assert texts == ["0.123456789012345, 0.2, 0.765432109876543"] == [my_cat.controls["days"].text.value]
    assert drawn == [[0.123456789, 0.2, 0.7654321099]]


def test_of_the_choices_of_earlier_files_none_is_left(my_cat):
    load(my_cat, b"day,fish\nMon,1\nTue,2\n")
    earlier = column_of(my_cat)
    load(my_cat, b"fish,cost\n7,1\n8,2\n9,3\n")
    assert earlier.comm is None
    assert column_of(my_cat).options == ("fish", "cost")


def test_a_forecast_of_my_cat_is_that_of_the_models_trained_on_all_its_days():
    days = (1.0, 0.5, 0.75) * 7
    guesses = my_cat_room.fitted(days, 4)
    linear = LinearModel(*windows(days, 4))
    network = learn_habit(days, 4, epochs=my_cat_room.EPOCHS)
    last = np.array(days[-4:]).reshape(-1, 1, 1)
    forecast = explore_my_cat(days, window=4, days_ahead=3).compute(days, 4, 3)["forecasts"]
    assert forecast["linear"][0] == pytest.approx(linear.predict(last).item())
    np.testing.assert_allclose(forecast["network"][:, 0], network.predict(last).ravel())
    np.testing.assert_allclose(guesses["network"](timeline(days)), network.predict(last))
    assert forecast["mean"] == pytest.approx([0.75] * 3)
    assert forecast["same as yesterday"].tolist() == [0.75] * 3
    straight = explore_my_cat([1, 2]).compute([1.0, 2.0], 1, 3)["forecasts"]["straight line"]
    assert straight == pytest.approx([3, 4, 5])


def test_days_kept_back_reach_no_guess_that_is_judged_on_them():
    days = np.random.default_rng(0).random(16)

    def guesses(days):
        fitted = my_cat_room.fitted(tuple(days[:12]), 3)
        return np.array([[np.median(predict(timeline(days[:day]))) for predict in fitted.values()]
                         for day in range(12, 16)])

    assert leaked_days(guesses, days, 12) == []


def test_misses_on_kept_days_are_those_of_plain_numpy():
    days = tuple(np.random.default_rng(0).random(16).round(2))
    misses = my_cat_room.holdout_errors(days, 3, 4)
    y = np.array(days)
    model = LinearModel(*windows(y[:12], 3))
    linear = model.predict(windows(y, 3, range(12, 16))[0]).ravel()
    assert misses["linear"] == pytest.approx(np.sqrt(np.mean((linear - y[12:]) ** 2)))
    assert misses["same as yesterday"] == pytest.approx(np.sqrt(np.mean((y[11:15] - y[12:]) ** 2)))
    assert misses["mean"] == pytest.approx(np.sqrt(np.mean([(y[:k].mean() - y[k]) ** 2 for k in range(12, 16)])))
    network = learn_habit(y[:12], 3, epochs=my_cat_room.EPOCHS).predict(windows(y, 3, range(12, 16))[0])
    each = np.sqrt(np.mean((network[..., 0] - y[12:]) ** 2, axis=1))
    assert misses["network"] == pytest.approx(np.median(each))
    assert my_cat_room.holdout_errors(days, 3, 0) == {}


@pytest.mark.parametrize("n", [2, 3, 7, 8, 9, 400])
def test_any_number_of_days_has_a_forecast(n):
    panel = explore_my_cat(np.random.default_rng(n).uniform(0, 1, n).round(2).tolist())
    assert panel.view.caption.startswith(f"{n} days. Tomorrow, day {n + 1}:")
    assert ("too few days" in panel.view.caption) == (n < 8)


def test_days_may_be_given_as_text():
    assert explore_my_cat("0.5, 0.75 1").view.caption == explore_my_cat([0.5, 0.75, 1]).view.caption


@pytest.mark.parametrize(("name", "values"), [("window", (4, 6, 7, 1)), ("days_ahead", (8, 6, 1))])
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


def test_what_the_forecast_panel_learns_is_learned_from_other_cats_and_earlier_days(monkeypatch):
    given = []
    monkeypatch.setattr(forecast_room, "learn_habit", lambda series, n_days: given.append((series, n_days)))
    known, unseen, _, linear = trial_of.__wrapped__("feast and fast")
    ((series, n_days),) = given
    assert np.array_equal(known, simulate(feast_and_fast, np.random.default_rng(0), 10, 60))
    assert (n_days, series.tolist()) == (8, known[:, :48].tolist())
    assert not set(map(tuple, unseen)) & set(map(tuple, known))
    days, _ = windows(unseen, 8)
    np.testing.assert_allclose(linear.predict(days), LinearModel(*windows(known[:, :48], 8)).predict(days))


def test_a_habit_is_learned_once():
    assert trial_of("feast and fast").network is trial_of("feast and fast").network


def test_the_misses_of_the_forecast_panel_are_those_of_plain_numpy():
    _, unseen, network, _ = trial_of("feast and fast")
    one_step, growth = forecast_room.judged("feast and fast")
    guesses = network.predict(windows(unseen, 8)[0])
    np.testing.assert_allclose(one_step.ravel(), np.median(guesses, axis=0).ravel())
    starts = range(8, 47, 2)
    days, targets = windows(unseen, 8, starts)
    misses = np.sqrt(((network.predict(days) - targets) ** 2).mean(axis=(1, 2)))
    assert growth["one path"][0] == pytest.approx(np.median(misses))
    assert growth["own rule"][0] == pytest.approx(np.sqrt(((next_meal(days) - targets) ** 2).mean()))
    yesterday = np.array([unseen[:, s - 1] - unseen[:, s + 4] for s in starts])
    assert growth["yesterday"][4] == pytest.approx(np.sqrt((yesterday**2).mean()))
    fifth = windows(unseen, 8, [s + 4 for s in starts])[1]
    noise = forecast_room.own_miss("feast and fast")
    means = many_futures(network.predict, days, 14, 30, noise, np.random.default_rng(0))[4].mean(axis=-1)
    each = np.sqrt(((means - fifth[:, 0]) ** 2).mean(axis=-1))
    assert growth["many futures"][4] == pytest.approx(np.median(each))


@pytest.mark.parametrize("habit", ["feast and fast", "weekly"])
def test_the_mean_of_many_futures_is_never_much_worse_than_one_path_and_for_the_stomach_far_better(habit):
    _, growth = forecast_room.judged(habit)
    assert (growth["many futures"] < growth["one path"] + 0.005).all()
    if habit == "feast and fast":
        assert (growth["many futures"][4:] < growth["one path"][4:] - 0.05).all()


def test_the_forecast_panel_runs_free_from_the_day_that_it_says():
    panel = explore_forecast("feast and fast", cat=2, day=30, days_ahead=2)
    _, unseen, network, _ = trial_of("feast and fast")
    window = unseen[2, 22:30].reshape(-1, 1, 1)
    first = network.predict(window)
    second = network.predict([*window[1:], first])
    assert f"2 days ahead one path (the middle of 5 starts) says {np.median(second):.2f}" in panel.view.caption
    assert f"the cat eats {unseen[2, 31]:.2f}" in panel.view.caption
    noise = forecast_room.own_miss("feast and fast")
    futures = many_futures(network.predict, window, 14, 30, noise, np.random.default_rng(0))[1, :, 0]
    assert f"many futures {np.median(futures.mean(axis=-1)):.2f} (8 of 10 lie" in panel.view.caption


def test_the_cat_in_the_box_is_as_the_notebook_says():
    days = tuple(my_cat_room.EXAMPLE)
    eight, thirteen = my_cat_room.holdout_errors(days[:8], 3, 2), my_cat_room.holdout_errors(days[:13], 5, 3)
    assert f"{eight['network']:.2f} against {eight['same as yesterday']:.2f}" == "0.26 against 0.58"
    assert f"{thirteen['linear']:.2f}" == "2.12"
    for n, memory in ((8, 3), (13, 5)):
        assert f"look {memory} days back" in explore_my_cat(days[:n]).view.caption
