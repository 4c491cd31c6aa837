"""A panel's setting in a page's address: it comes in by the doors of the panel's function, or is refused in words."""

import pytest
from ipywidgets.widgets import widget as registry

from catrnn.lab import explore_miss, explore_training, explore_walk
from catrnn.lab.panel.link import LONGEST, arguments_in
from catrnn.lab.panel.progress import widget_bundle

REFUSED = {
    "of another function": ("explore_walk(step=1)", "does not give arguments by name to explore_miss"),
    "no call": ("guess", "does not give arguments by name"),
    "without names": ("explore_miss(1)", "does not give arguments by name"),
    "unpacked": ("explore_miss(**{'guess': 1})", "does not name each argument once"),
    "twice": ("explore_miss(guess=1, guess=2)", "does not name each argument once"),
    "empty": ("", "is no line of Python"),
    "markup": ("<b>explore_miss</b>", "is no line of Python"),
    "a zero byte": ("explore_miss(guess=\0)", "is no line of Python"),
    "two lines": ("explore_miss()\nexplore_miss()", "is no line of Python"),
    "many brackets": ("(" * 5000, "is no line of Python"),
    "many signs": (f"explore_miss(guess={'-' * 5000}1)", "guess"),
    "too long": ("explore_miss(guess=1)" + " " * LONGEST, f"in at most {LONGEST:,}"),
    "to be worked out": ("explore_miss(guess=1 + 1)", "guess is not written out"),
    "a call": ("explore_miss(guess=print('run'))", "guess is not written out"),
    "a name": ("explore_miss(guess=my_guess)", "guess is not written out"),
    "out of bounds": ("explore_miss(guess=2000)", "guess is 2000, but a finite number"),
    "no number": ("explore_miss(guess='<i>')", "guess is '<i>', but a finite number"),
    "what Python warns of": ("explore_miss(guess=1if 1else 2)", "guess is not written out"),
    "a whole number without end": (f"explore_miss(guess=0x{'f' * 15_000})", "guess is a number too long to write"),
    "an unknown argument": ("explore_miss(colour=1)", "got an unexpected keyword argument 'colour'"),
}


@pytest.fixture
def panel():
    return explore_miss(guess=0.5)


def hear(panel, text):
    """As the page sends it."""
    panel.view._handle_custom_msg({"event": "setting", "text": text}, [])


@pytest.mark.parametrize(("text", "words"), REFUSED.values(), ids=REFUSED)
def test_what_does_not_fit_is_said_in_red_and_nothing_changes(panel, text, words, capsys):
    before, controls = (panel.view.png, panel.view.restore), dict(panel.controls)
    hear(panel, text)
    assert panel.view.problem.startswith("The setting in this page's address cannot be shown. ")
    assert words in panel.view.problem
    assert len(panel.view.problem) < 300
    assert (panel.view.png, panel.view.restore) == before
    assert panel.controls == controls
    panel.controls["guess"].value = 1.0
    assert panel.view.problem == ""
    assert capsys.readouterr() == ("", "")


def test_a_value_that_would_have_to_run_is_never_run():
    with pytest.raises(ValueError, match="guess is not written out"):
        arguments_in("explore_miss(guess=__import__('os').abort())", "explore_miss")


def test_arguments_that_have_no_control_come_with_the_link_too():
    panel = explore_training(epochs=3, bptt_steps=None)
    hear(panel, "explore_training(days=[1, 2, 1], target=3, epochs=5)")
    fresh = explore_training(days=[1, 2, 1], target=3, epochs=5)
    assert panel.view.restore == fresh.view.restore
    assert panel.view.caption == fresh.view.caption
    assert panel.view.png == fresh.view.png


def test_a_panel_that_took_a_link_is_moved_by_its_new_controls_and_keeps_none_of_the_old(panel):
    before, old = set(registry._instances), panel.controls["guess"]
    hear(panel, "explore_miss(guess=1.5, target=1)")
    assert len(set(registry._instances)) == len(before)
    assert old.comm is None
    panel.controls["guess"].value = 1.75
    assert panel.view.restore.endswith("explore_miss(guess=1.75, target=1)")


def test_a_link_that_needs_layers_of_ones_own_says_so():
    training = explore_training(epochs=3)
    hear(training, "explore_training(layer=MyRecurrentLayer)")
    assert "layer is not written out" in training.view.problem


def test_a_setting_whose_drawing_fails_leaves_the_panel_as_it_was(monkeypatch):
    panel = explore_walk()
    before, controls, parts = panel.view.restore, dict(panel.controls), panel.children
    monkeypatch.setattr(type(panel.picture), "show", lambda self, **numbers: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        panel.take("explore_walk(step=2)")
    assert "ZeroDivisionError" in panel.view.problem
    monkeypatch.undo()
    assert (panel.controls, panel.children) == (controls, parts)
    panel.controls["step"].children[0].value = 1
    assert panel.view.restore != before
    assert panel.view.problem == ""


def test_what_a_notebook_is_given_does_not_lean_on_ipywidgets_8(panel, monkeypatch):
    """ipywidgets 7, which Colab and Kaggle have, makes no bundle."""
    monkeypatch.delattr("ipywidgets.widgets.widget.Widget._repr_mimebundle_")
    data = panel._repr_mimebundle_()
    assert data == widget_bundle(panel, "")
    assert data["application/vnd.jupyter.widget-view+json"]["model_id"] == panel.model_id
    assert [list(data) for data, _ in panel.stored()][-1] == list(data)
