"""The first program, on any four layers, is the course's own training one day back, bit for bit."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catrnn import layers
from catrnn.data import PORTIONS, timeline
from catrnn.lab import explore_epochs, explore_training, keep
from catrnn.lab.exercises import judges, learner
from catrnn.lab.exercises.kept_layers import PROGRAM, kept_layers
from catrnn.lab.first_program import first_program
from catrnn.network import CatRNN
from catrnn.training import train
from tests.helpers.strategies import same_bits, seeds, settings
from tests.lab.test_keep import ALL, JUDGES, LINEAR_BACK, RECURRENT, RECURRENT_BACK, RELU, typed

COURSE = tuple(getattr(layers, name) for name in PROGRAM)


@settings(max_examples=20)
@given(seed=seeds, hidden_size=st.integers(1, 16), carry=st.booleans(), epochs=st.integers(1, 120),
       days=st.lists(st.floats(0, 2), min_size=1, max_size=6))
def test_it_is_what_train_does_bit_for_bit(seed, hidden_size, carry, epochs, days):
    ours = first_program(COURSE, np.random.default_rng(seed), hidden_size, 0.01, days, 1.25, epochs, carry)
    cat = CatRNN.random(np.random.default_rng(seed), hidden_size, 0.01)
    theirs = train(cat, timeline(days), [1.25], epochs, bptt_steps=1, carry_state=carry)
    assert same_bits(parts(ours), parts(theirs))
    assert ours.weights.keys() == theirs.weights.keys()


def parts(history):
    return [history.losses, history.predictions, history.last_hidden, history.hidden, *history.weights.values()]


def test_an_explosion_ends_it_as_it_ends_train():
    ours = first_program(COURSE, np.random.default_rng(3), 16, 0.3, PORTIONS, 1.25, 100)
    cat = CatRNN.random(np.random.default_rng(3), 16, 0.3)
    theirs = train(cat, timeline(PORTIONS), [1.25], 100, bptt_steps=1, carry_state=True)
    assert same_bits(parts(ours), parts(theirs))
    assert len(ours.losses) < 100


@pytest.fixture(autouse=True)
def judged(monkeypatch):
    """The judges of test_keep.py in place of the catalogue's."""
    monkeypatch.setattr(judges, "EXERCISES", JUDGES)
    monkeypatch.setattr(learner, "BY_NAME", learner.BY_NAME | {exercise.name: exercise for exercise in JUDGES})


def title(panel):
    return panel.children[0].value


SETTING = dict(seed=4, epochs=30)


def test_the_learners_four_layers_train_the_cat_and_the_title_says_so():
    for code in ALL:
        keep(typed(code))
    panel = explore_training(layers="mine", **SETTING)
    assert title(panel) == ("<b>Will it learn? Yours: LinearLayer, ReLULayer, LossLayer, RecurrentLinearLayer. "
                            "The course's: none.</b>")
    assert panel.view.caption == explore_training(**SETTING).view.caption
    panel.controls["carry_state"].value = False
    assert panel.view.caption == explore_training(carry_state=False, **SETTING).view.caption
    assert 'layers="mine"' in panel.view.restore.replace("'", '"')


def test_the_title_says_whose_layers_fill_in():
    keep(typed(LINEAR_BACK))
    keep(typed(RECURRENT))
    assert title(explore_epochs(layers="mine", **SETTING)) == (
        "<b>What changes from epoch to epoch? Yours: LinearLayer. The course's: ReLULayer, LossLayer, "
        "RecurrentLinearLayer (yours has no backward yet: notebook 07).</b>")


def test_ones_own_layers_do_the_work(tmp_path):
    keep(typed(RELU))
    path = tmp_path / "my_layers.py"
    path.write_text(path.read_text("utf-8").replace("    def forward", "    calls = []\n\n    def forward").replace(
        "        self.x = x\n", "        self.x = x\n        self.calls.append(1)\n"), "utf-8")
    kept = kept_layers()
    own = kept.classes["ReLULayer"]
    before = len(own.calls)
    first_program(kept.in_order(), np.random.default_rng(0), 2, 0.01, PORTIONS, 1.25, 10)
    assert kept.own == ("ReLULayer",)
    assert len(own.calls) - before == 4 * 10


@pytest.mark.parametrize("explore", [explore_training, explore_epochs])
def test_a_recurrent_layer_of_ones_own_is_trained_by_the_first_program_and_named(explore):
    own = explore(layer=typed(RECURRENT_BACK), **SETTING)
    assert title(own).endswith("? Your MyRecurrentLinearLayer trains this network.</b>")
    assert own.view.caption == explore(**SETTING).view.caption


@pytest.mark.parametrize("wrong", [RECURRENT_BACK.replace("+ self.b", ""), RECURRENT,
                                   RECURRENT_BACK.replace("self.p_x.T", "c_x.T")])
def test_a_wrong_layer_is_answered_with_the_line_of_check_and_no_panel(wrong, capsys):
    assert explore_training(layer=typed(wrong), **SETTING) is None
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith(("recurrent layer: not yet. ", "recurrent backward: not yet. "))
    assert line.endswith(" No network is trained.")


HALVES = """
class MyRecurrentLayer(RecurrentLinearLayer):
    def gradients(self, prev_d_x):
        d_c_w, d_p_w, d_b = self.c_x.T @ prev_d_x, self.p_x.T @ prev_d_x, prev_d_x.sum(axis=0)
        d_inputs = (prev_d_x @ self.c_w.T, prev_d_x @ self.p_w.T)
        return d_inputs, {"c_w": d_c_w, "b": d_b, "p_w": d_p_w}
"""
"""A layer as the course's own cat takes it: a subclass that leaves the moving of weights to `update`."""


@pytest.mark.parametrize("setting", [dict(bptt_steps=None), dict(hidden_size=3), {}], ids=str)
def test_a_subclass_that_works_out_gradients_alone_trains_the_courses_own_cat(setting):
    own = explore_training(layer=typed(HALVES, RecurrentLinearLayer=layers.RecurrentLinearLayer), **SETTING, **setting)
    assert title(own) == "<b>Will it learn? Your MyRecurrentLayer trains this network.</b>"
    assert own.view.caption == explore_training(**SETTING, **setting).view.caption


@pytest.mark.parametrize(("line", "wrong"), [
    ("prev_d_x @ self.p_w.T", "prev_d_x @ self.p_w"), ("self.p_x.T", "self.c_x.T"),
    ("return d_inputs, ", "return d_inputs[0], "), ("return", "said =")])
def test_a_wrong_subclass_is_told_so_and_trains_nothing(line, wrong, capsys):
    layer = typed(HALVES.replace(line, wrong), RecurrentLinearLayer=layers.RecurrentLinearLayer)
    assert explore_training(layer=layer, bptt_steps=None, **SETTING) is None
    (said,) = capsys.readouterr().out.splitlines()
    assert said.startswith("recurrent backward: not yet. ")


@pytest.mark.parametrize("explore", [explore_training, explore_epochs])
def test_the_restoring_code_names_the_layer_of_ones_own(explore):
    mine = typed(RECURRENT_BACK)
    panel = explore(layer=mine, **SETTING)
    *imports, call = panel.view.restore.splitlines()
    assert "layer=MyRecurrentLinearLayer" in call
    names = {"MyRecurrentLinearLayer": mine}
    exec("\n".join(imports), names)
    assert eval(call, names).view.caption == panel.view.caption
    assert "layer" not in explore(**SETTING).view.restore


def test_what_makes_no_sense_together_is_refused_in_a_sentence():
    with pytest.raises(ValueError, match="give one of the two"):
        explore_training(layers="mine", layer=typed(RECURRENT_BACK))
    with pytest.raises(ValueError, match="blame the last day alone; leave bptt_steps=1"):
        explore_training(layer=typed(RECURRENT_BACK), bptt_steps=None)
    with pytest.raises(ValueError, match='"course" or "mine" is expected'):
        explore_training(layers="yours")
