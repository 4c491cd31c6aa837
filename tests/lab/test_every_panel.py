"""What every panel must keep, each over a table of cases that names every panel; a new one without a case fails."""

import inspect

import numpy as np
import pytest
from ipywidgets.widgets import widget as registry

from catrnn import lab
from catrnn.lab import (
    check_setup,
    explore_answers,
    explore_cliff,
    explore_descent,
    explore_epochs,
    explore_fates,
    explore_forecast,
    explore_gates,
    explore_guesses,
    explore_hinge,
    explore_ledger,
    explore_line,
    explore_memory,
    explore_miss,
    explore_my_cat,
    explore_names,
    explore_nudge,
    explore_reach,
    explore_sunspots,
    explore_training,
    explore_walk,
)
from catrnn.lab.panel.controls import Stepper
from catrnn.lab.panel.panel import RUN_HINT, STOPPED, Panel
from tests.helpers.pictures import pixels, restored

CAT = {"learning_rate": 0.0017, "hidden_size": 20, "seed": 12345, "carry_state": False, "days": [1, 2, 3], "target": 4}
OTHER_DAYS = np.array([0.1, 2, 1 / 3, 4, 0.5, 6])
TOO_LONG, TOO_MUCH = [0.5] * 1000, [0.5, 2000]

CASES = {
    check_setup: (
        [{"portion": 0.5}, {"portion": 3.3}],
        {"portion": 1.0},
        {"portion": [2000]}),
    explore_guesses: (
        [{}, {"days": (0.123456, -1, 0, 7), "answer": 40}, {"days": np.array([1 / 3] * 10), "answer": 0.333}],
        {"days": [0.25, 0.5, 0.05, 1.0], "answer": 0.4},
        {"days": [[0.5], TOO_LONG, TOO_MUCH], "answer": [2000]}),
    explore_line: (
        [{}, {"weight": 1 / 3, "bias": -0.123456, "days": np.array([0.1, 1 / 3, 5.0])},
         {"weight": 7, "bias": -3.5, "days": (0.5, 2)}],
        {"weight": 1.0, "bias": 0.25},
        {"weight": [2000], "bias": [-2000], "days": [[0.5], TOO_LONG, TOO_MUCH]}),
    explore_hinge: (
        [{}, {"weight": 0.333, "bias": -7.5}, {"weight": -1, "bias": 0}],
        {"weight": -1.0, "bias": 1.0},
        {"weight": [2000], "bias": [-2000]}),
    explore_miss: (
        [{}, {"guess": -3, "target": 0.777}],
        {"guess": 2.05, "target": 0.3},
        {"guess": [2000], "target": [-2000]}),
    explore_descent: (
        [{}, {"learning_rate": 0.7074, "steps": 250}, {"learning_rate": 1, "steps": 0}],
        {"learning_rate": 0.5, "steps": 7},
        {"learning_rate": [-0.1], "steps": [-1, 10**6]}),
    explore_walk: (
        [{}, {"days": OTHER_DAYS, "step": 7, "cat": 12345, "backwards": True}, {"days": [0.1, 1 / 3], "step": 3}],
        {"step": 3, "cat": 3, "backwards": True},
        {"days": [[0.5], [0.5] * 7, TOO_MUCH], "step": [-1, 6, 7], "cat": [-1, 10**12]}),
    explore_training: (
        [{"seed": 4}, {"epochs": 777, **CAT}, {"seed": 4, "epochs": 40, "bptt_steps": None}],
        {"epochs": 60, "learning_rate": 0.03, "hidden_size": 3, "seed": 1, "carry_state": False},
        {"epochs": [0, 10**6], "learning_rate": [-1], "hidden_size": [0, 1000], "seed": [-1, 10**12],
         "days": [TOO_LONG, TOO_MUCH], "target": [2000], "bptt_steps": [0]}),
    explore_epochs: (
        [{"seed": 4, "epochs": 30}, {"epochs": 20, "epoch": 7, **CAT}, {"seed": 4, "epochs": 40, "bptt_steps": None}],
        {"epoch": 15},
        {"epoch": [0, 101], "epochs": [0, 10**6], "learning_rate": [-1], "hidden_size": [0, 1000],
         "seed": [-1, 10**12], "days": [TOO_LONG, TOO_MUCH], "target": [2000], "bptt_steps": [0]}),
    explore_nudge: (
        [{}, {"nudge": 0.000123, "one_sided": True}, {"nudge": 1e-15}, {"nudge": 2.5, "one_sided": True}],
        {"nudge": 1e-9, "one_sided": True},
        {"nudge": [0, -1e-6, 1e6]}),
    explore_ledger: (
        [{}, {"days": OTHER_DAYS, "target": -1, "bptt_steps": 5, "forgot_to_add": True},
         {"days": [100, 0.5], "bptt_steps": 2, "cat": 12345, "forgot_the_gate": True, "forgot_the_state": True}],
        {"bptt_steps": 2, "cat": 5, "unit": 1, "forgot_to_add": True, "forgot_the_state": True, "wrong_day": True,
         "forgot_the_gate": True},
        {"bptt_steps": [0], "cat": [-1, 10**12], "unit": [0, 3], "days": [[0.5], [0.5] * 7, TOO_MUCH],
         "target": [2000]}),
    explore_memory: (
        [{}, {"radius": 0.777, "relu": True, "rotation": True, "seed": 7},
         {"radius": 4.0, "seed": 12345}, {"radius": 0.01, "relu": True}],
        {"radius": 1.3, "relu": True, "rotation": True, "seed": 5},
        {"radius": [0, -1, 1e6], "seed": [-1, 10**12]}),
    explore_cliff: (
        [{}, {"learning_rate": 0.0777, "clip": 3.3, "step": 9}, {"learning_rate": 3.0, "clip": 1e-3},
         {"learning_rate": 0, "step": 0}],
        {"learning_rate": 0.3, "clip": 5, "step": 3},
        {"learning_rate": [-0.1, 1e6], "clip": [0, -1], "step": [-1, 61]}),
    explore_fates: (
        [{"epochs": 5}, {"init": "all but 2", "epochs": 31, "bptt_steps": 1},
         {"init": "awake", "epochs": 1, "bptt_steps": 9, "carry_state": True}],
        {"init": "1 alone", "epochs": 20, "bptt_steps": 1, "carry_state": True},
        {"init": ["wild", "seed"], "epochs": [0, 10**6], "bptt_steps": [0]}),
    explore_forecast: (
        [{}, {"habit": "weekly", "cat": 19, "day": 46, "days_ahead": 14}],
        {"habit": "weekly", "cat": 7, "day": 33, "days_ahead": 9},
        {"habit": ["monthly"], "cat": [-1, 20], "day": [7, 47], "days_ahead": [0, 15]}),
    explore_answers: (
        [{}, {"habit": "two days ago", "graded": 20, "timelines": 64}, {"graded": 7, "timelines": 3}],
        {"habit": "two days ago", "graded": 5, "timelines": 16},
        {"habit": ["weekly"], "graded": [0, 21], "timelines": [0, 65]}),
    explore_gates: (
        [{}, {"keep": 0.987, "write_bell": 0.33, "write_quiet": 0.001, "read": 0, "quiet": 150},
         {"keep": 1, "quiet": 0}],
        {"keep": 0.99, "write_bell": 0.5, "write_quiet": 0.0, "read": 0.5, "quiet": 40},
        {"keep": [-0.1, 1.1], "write_bell": [-1, 2], "write_quiet": [-1, 2], "read": [-1, 2], "quiet": [-1, 201]}),
    explore_reach: (
        [{}, {"lasting": 7, "seed": 12345}, {"lasting": 1000}],
        {"lasting": 100, "seed": 3},
        {"lasting": [1, 10**7], "seed": [-1, 10**12]}),
    explore_my_cat: (
        [{}, {"days": [50.0, 80.0] * 9, "first_weekday": "Sunday", "window": 20, "days_ahead": 1},
         {"days": [0.1, -0.2, 0.3, 1e-07]}, {"days": "0.5, 0.75 1"}],
        {"days": "1 2 3 1 2 3 1 2 3", "first_weekday": "Friday", "window": 1, "days_ahead": 2},
        {"days": ["0.5 fish", "1,,2", [0.5], TOO_LONG, [0.5, 1e9]], "first_weekday": ["Caturday"], "window": [0, 1000],
         "days_ahead": [0, 1000]}),
    explore_names: (
        [{}, {"temperature": 0.25, "first": "q", "epochs": 7}, {"temperature": 2, "epochs": 0}],
        {"temperature": 0.5, "first": "m", "epochs": 40},
        {"temperature": [0, 3], "first": ["A", "ab", "."], "epochs": [-1, 151]}),
    explore_sunspots: (
        [{"epochs": 4, "hidden_size": 2},
         {"hidden_size": 3, "bptt_steps": 5, "epochs": 7, "free_from": 1899, "tests_open": True}],
        {"hidden_size": 4, "bptt_steps": 3, "epochs": 9, "free_from": 1850, "tests_open": True},
        {"hidden_size": [0, 1000], "bptt_steps": [0, 13], "epochs": [0, 10**6], "free_from": [1844, 1901]}),
}
"""Each panel by its function: settings that it takes, where to start and others; a move of every control; and values
out of bounds."""

NEVER = ["x" * 500, {}, {"a": 1}, object, [[1, 2], [3, 4]], np.ones((2, 2)), float("nan"), float("inf"), 1j]
"""What no argument of any panel is; beside it what no argument of its kind is."""
NO_NUMBER = [*NEVER, "1", None, True, [1.0], [], -float("inf"), np.float32("nan"), 10**400, -(10**400)]
NO_WHOLE_NUMBER = [*NO_NUMBER, 1.5, np.float64(2)]
NO_SWITCH = [*NEVER, None, 1, 0, "True", []]
NO_NAME = [*NEVER, None, 3, True, [], ["seed"], ""]
NO_DAYS = [*NEVER, 5, True, "fish", [], [0.5, float("nan")], [0.5, None], [0.5, "1"], [True, False], [0.5, [1]], {1, 2}]
NONE_IS_MEANT = {(explore_line, "days"), (explore_training, "bptt_steps"), (explore_epochs, "bptt_steps")}

PANELS = pytest.mark.parametrize("explore", CASES, ids=lambda explore: explore.__name__)


def settings(panel) -> dict:
    return {name: control.value for name, control in panel.controls.items()}


def move(panel, name: str, value) -> None:
    """Move a control as a reader does; the days of a cat are a slider each, or a text."""
    control = panel.controls[name]
    if hasattr(control, "sliders"):
        for slider, day in zip(control.sliders, value, strict=True):
            slider.value = day
    elif isinstance(control, Stepper):
        control.children[0].value = value
    elif hasattr(control, "text"):
        control.text.value = value
    else:
        control.value = value


def started(explore) -> Panel:
    """The panel of the first setting."""
    return explore(**CASES[explore][0][0])


def written(code: str, explore) -> set:
    """Return the arguments that restoring code gives to this function."""
    _, _, call = code.splitlines()
    assert call.startswith(f"{explore.__name__}(")
    return {name for name in inspect.signature(explore).parameters if f"{name}=" in call}


def nonsense_for(explore, name: str) -> list:
    """Return what this argument must refuse: its own values out of bounds, and what is not of its kind."""
    default = inspect.signature(explore).parameters[name].default
    kind = {bool: NO_SWITCH, int: NO_WHOLE_NUMBER, float: NO_NUMBER, str: NO_NAME, list: NO_DAYS, tuple: NO_DAYS,
            type: NO_WHOLE_NUMBER}
    number_by_name = {"clip": NO_NUMBER, "days": NO_DAYS}  # the default says less than the argument means
    never = number_by_name.get(name) or kind[type(default)]
    if (explore, name) in NONE_IS_MEANT:
        never = [value for value in never if value is not None]
    return never + CASES[explore][2].get(name, [])


def test_every_panel_has_a_case():
    exported = {thing for name, thing in vars(lab).items() if name.startswith(("explore_", "check_"))}
    assert set(CASES) == exported


@PANELS
def test_any_setting_is_taken_and_comes_back_from_the_restoring_code_which_says_no_more_than_it_must(explore):
    for setting in CASES[explore][0][1:]:
        panel = explore(**setting)
        assert written(panel.view.restore, explore) == {*panel.controls, *setting}
        for name, value in settings(panel).items():
            if name in setting and not isinstance(setting[name], str | list | tuple | np.ndarray):
                assert value == setting[name], name
        again = restored(panel)
        assert again.view.restore == panel.view.restore
        assert again.view.caption == panel.view.caption
        assert again.view.png == panel.view.png


@PANELS
def test_a_link_with_its_line_of_code_shows_what_that_line_shows(explore):
    panel, wanted = started(explore), explore(**CASES[explore][0][-1])
    *_, line = wanted.view.restore.splitlines()
    panel.take(line)
    assert panel.view.problem == ""
    assert panel.view.restore == wanted.view.restore
    assert panel.view.caption == wanted.view.caption
    assert panel.view.png == wanted.view.png


@PANELS
def test_every_control_moves_picture_words_and_code_and_a_moved_panel_equals_a_fresh_one(explore):
    panel, moves = started(explore), CASES[explore][1]
    assert written(panel.view.restore, explore) == {*panel.controls, *CASES[explore][0][0]}
    assert moves.keys() == panel.controls.keys()
    for name, value in moves.items():
        before = panel.view.png, panel.view.caption, panel.view.restore
        move(panel, name, value)
        after = panel.view.png, panel.view.caption, panel.view.restore
        assert all(old != new for old, new in zip(before, after, strict=True)), name
    fresh = restored(panel)
    assert settings(fresh) == settings(panel)
    assert fresh.view.caption == panel.view.caption
    assert np.array_equal(pixels(fresh.picture), pixels(panel.picture))


@PANELS
def test_a_panel_whose_sliders_were_widened_shows_what_a_fresh_one_of_its_code_shows(explore):
    panel = explore(**CASES[explore][0][1])
    for name, value in CASES[explore][1].items():
        if not hasattr(panel.controls[name], "sliders"):  # one for each of other days
            move(panel, name, value)
    fresh = restored(panel)
    assert fresh.view.restore == panel.view.restore
    assert fresh.view.caption == panel.view.caption
    assert np.array_equal(pixels(fresh.picture), pixels(panel.picture))


@PANELS
def test_nonsense_is_refused_by_its_own_name_in_one_sentence_and_leaves_nothing_behind(explore, capsys):
    for name in inspect.signature(explore).parameters:
        for value in nonsense_for(explore, name):
            widgets = len(registry._instances)
            with pytest.raises((TypeError, ValueError)) as refused:
                explore(**{name: value})
            sentence = str(refused.value)
            assert sentence.startswith(name), f"{name}={value!r}: {sentence}"
            assert "; " in sentence, f"{sentence}: it says what is wrong, but not how to mend it"
            assert "\n" not in sentence
            assert len(sentence) < 300
            assert len(registry._instances) == widgets
    assert capsys.readouterr() == ("", "")


@PANELS
def test_an_unknown_argument_is_refused_as_by_any_function(explore):
    with pytest.raises(TypeError, match=rf"{explore.__name__}\(\) got an unexpected keyword argument 'colour'"):
        explore(colour="red")


@PANELS
def test_its_help_shows_the_arguments_and_that_a_panel_comes(explore):
    assert inspect.signature(explore).return_annotation is Panel
    assert explore.__doc__.startswith(("Return a panel", "Say for each library"))


@PANELS
def test_an_error_while_computing_is_shown_in_red_and_raised_and_the_next_move_recovers(explore):
    panel, (name, value) = started(explore), next(iter(CASES[explore][1].items()))
    good, compute = (panel.view.png, panel.view.restore), panel.compute

    def fail(**_values):
        raise ZeroDivisionError("no such number")

    panel.compute = fail
    with pytest.raises(ZeroDivisionError):
        move(panel, name, value)
    assert panel.view.problem == "Something went wrong. ZeroDivisionError: no such number"
    assert (panel.view.png, panel.view.restore) == good

    panel.compute = compute
    panel._moved()
    assert panel.view.problem == ""
    assert panel.view.restore != good[1]


@PANELS
def test_a_drawing_let_go_is_drawn_anew_alike_and_an_interrupt_meanwhile_is_told_and_mended(explore, monkeypatch):
    panel, (name, value) = started(explore), list(CASES[explore][1].items())[-1]
    good = panel.view.png, panel.view.caption, panel.view.restore
    panel.picture.release()
    assert panel.picture.png() == panel.view.png
    panel.picture.release()

    def interrupted(*_args, **_kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(type(panel.picture), "_lay_axes_out", interrupted)
        with pytest.raises(KeyboardInterrupt):
            move(panel, name, value)
    assert panel.view.problem == STOPPED
    assert (panel.view.png, panel.view.caption, panel.view.restore) == good
    panel._moved()
    fresh = restored(panel)
    assert panel.view.problem == ""
    assert settings(fresh) == settings(panel)
    assert (panel.view.png, panel.view.caption) == (fresh.view.png, fresh.view.caption)


@PANELS
def test_what_is_stored_in_a_notebook_is_a_picture_and_the_caption(explore):
    panel = started(explore)
    (line, _), (still, metadata), (live, _) = panel.stored()
    assert line["text/plain"] == RUN_HINT
    assert still["text/plain"].endswith(panel.view.caption)
    assert still["image/png"]
    assert metadata["image/png"] == {"width": panel.picture.width, "alt": panel.view.caption}
    assert live["application/vnd.jupyter.widget-view+json"]["model_id"] == panel.model_id
