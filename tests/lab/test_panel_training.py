"""The panels of notebooks 00 and 07: they train what they say, and tell what became of it."""

import sys

import numpy as np
import pytest

from catrnn.data import DAYS, PORTIONS, TARGET
from catrnn.lab import check_setup, explore_epochs, explore_training, progress_bar
from catrnn.lab.panels.setup import line
from catrnn.lab.panels.training import TrainingCache
from catrnn.layers import RecurrentLinearLayer
from catrnn.network import CatRNN
from catrnn.training import fate, train
from tests.helpers.pictures import restored


def seed_training(seed, epochs=100, hidden_size=2):
    cat = CatRNN.random(np.random.default_rng(seed), hidden_size)
    return train(cat, DAYS, TARGET, epochs, bptt_steps=1, carry_state=True)


@pytest.mark.parametrize(
    ("seed", "words"),
    [(4, "This network's guess fits."), (0, "This network is dead: no fish"), (2, "its bias alone has learned")],
)
def test_the_caption_says_what_became_of_the_cat(seed, words):
    panel = explore_training(seed=seed)
    assert words in panel.view.caption
    assert f"predicts {seed_training(seed).predictions[-1].item():.4f}" in panel.view.caption


def test_the_caption_says_when_the_training_exploded():
    history = seed_training(0, hidden_size=8)
    assert f"exploded: at epoch {history.exploded_at} " in explore_training(hidden_size=8).view.caption


def test_what_notebook_00_tells_of_its_panel():
    predictions = seed_training(4).predictions.ravel()
    assert np.argmax(predictions >= 1.20) + 1 == 55, "the first epoch that shows 1.20 or better"
    assert "exploded" in explore_training(epochs=55, hidden_size=16, seed=4).view.caption

    ten = [seed_training(seed, epochs=300) for seed in range(10)]
    assert {f"{history.predictions[-1].item():.2f}" for history in ten} <= {"1.24", "1.25"}
    assert [fate(history) for history in ten].count("bias only") == 7


def test_a_short_training_is_not_there_yet():
    assert "not there yet" in explore_training(seed=4, epochs=10).view.caption


def test_the_epochs_are_read_from_a_record_and_say_what_a_training_of_their_own_says(monkeypatch):
    panel, seen = explore_training(seed=4), {}
    panel.controls["epochs"].value = 150
    with monkeypatch.context() as patch:
        patch.setattr("catrnn.lab.panels.training.train", None)
        for epochs in (20, 300, 1):
            panel.controls["epochs"].value = epochs
            seen[epochs] = panel.view.caption, panel.view.png
    for epochs, (caption, png) in seen.items():
        alone = explore_training(epochs, seed=4).view
        assert (caption, png) == (alone.caption, alone.png)


def test_the_record_of_a_training_keeps_no_weights_for_they_are_most_of_it():
    record = TrainingCache(300, PORTIONS, TARGET, 1, RecurrentLinearLayer)
    shown = record.first(20, learning_rate=0.01, hidden_size=2, seed=4, carry_state=True)
    assert len(shown.losses) == 20
    assert (shown.weights, record.history.weights) == ({}, {})


def test_after_more_epochs_another_cat_is_trained_anew():
    panel = explore_training(seed=4)
    panel.controls["epochs"].value = 150
    panel.controls["seed"].value = 0
    assert panel.view.caption == explore_training(150, seed=0).view.caption


def stopped_by(error):
    """A training that is stopped before its first epoch."""
    def train(*_args, **_kwargs):
        raise error

    return train


@pytest.mark.parametrize("error", [KeyboardInterrupt(), ValueError("too slow")], ids=repr)
def test_a_training_that_is_stopped_is_told_and_the_record_is_never_older_than_the_slider(monkeypatch, error):
    panel = explore_training(seed=4, epochs=20)
    with monkeypatch.context() as patch:
        patch.setattr("catrnn.lab.panels.training.train", stopped_by(error))
        with pytest.raises(type(error)):
            panel.controls["epochs"].value = 200
    assert panel.view.problem.startswith(("Stopped: this is still", "Something went wrong. ValueError: too slow"))
    assert panel.view.restore == explore_training(seed=4, epochs=20).view.restore
    for epochs in (150, 300):
        panel.controls["epochs"].value = epochs
        assert panel.view.problem == ""
        assert panel.view.caption == explore_training(seed=4, epochs=epochs).view.caption


@pytest.mark.parametrize("explore", [explore_training, explore_epochs])
def test_the_error_goes_back_as_many_days_as_asked_and_the_code_says_so(explore):
    panel, one_day = explore(seed=4, epochs=40, bptt_steps=None), explore(seed=4, epochs=40)
    assert panel.view.png != one_day.view.png
    assert "bptt_steps=None" in panel.view.restore
    assert "bptt_steps" not in one_day.view.restore
    assert restored(panel).view.png == panel.view.png


def test_the_epoch_panel_shows_the_recorded_epoch_and_never_trains_again(monkeypatch):
    panel = explore_epochs(seed=4)
    monkeypatch.setattr("catrnn.lab.panels.training.train", None)
    history = seed_training(4)
    for epoch in (1, 57, 100):
        panel.controls["epoch"].value = epoch
        assert f"In epoch {epoch} of 100 the loss is {history.losses[epoch - 1]:.4f}." in panel.view.caption
        assert f"predicts {history.predictions[epoch - 1].item():.4f}" in panel.view.caption


def test_the_epoch_panel_ends_where_an_exploding_training_ended():
    panel = explore_epochs(epoch=100, hidden_size=16, seed=3)
    epochs = len(seed_training(3, hidden_size=16).losses)
    assert panel.controls["epoch"].value == epochs < 100


def darkest(panel) -> float:
    """The darkest of the cells that show the hidden units, as a part of what would be darkest of all."""
    return panel.picture.hidden.cells.get_array().max()


def test_epochs_are_compared_by_the_loudest_of_them_all_unless_the_training_exploded():
    hidden = seed_training(4).hidden
    assert darkest(explore_epochs(epoch=1, seed=4)) == pytest.approx(hidden[0].max() / hidden.max())
    assert darkest(explore_epochs(epoch=1, hidden_size=16, seed=3)) == 1


def test_the_panel_takes_the_days_of_the_course_by_default():
    assert "days" not in explore_training(days=list(PORTIONS)).view.restore


def test_the_set_up_check_says_yes_for_each_library_and_gives_a_living_slider(capsys):
    panel = check_setup()
    assert [text.split(": ")[1] for text in capsys.readouterr().out.splitlines()] == ["yes"] * 5
    panel.controls["portion"].value = 1.0
    assert "1.00" in panel.view.caption


def test_the_set_up_check_says_what_to_do_when_a_library_is_too_old(monkeypatch):
    assert "NO. Close JupyterLab and start the course again" in line("numpy", "2.0", "1.26.4")
    assert line("numpy", "2.0", "10.0.0rc1").endswith("yes")
    monkeypatch.setattr("sys.platform", "emscripten")  # in a browser there is nothing to close or to start
    assert "NO. Reload this page." in line("numpy", "2.0", "1.26.4")


def test_on_colab_and_kaggle_the_set_up_check_says_what_helps_there(monkeypatch):
    with monkeypatch.context() as colab:
        colab.setitem(sys.modules, "google.colab", None)
        assert "NO. Run %pip install catrnn" in line("anywidget", "0.9", "0")
    monkeypatch.setenv("KAGGLE_KERNEL_RUN_TYPE", "Interactive")
    assert "NO. Run %pip install catrnn" in line("anywidget", "0.9", "0")


def test_the_progress_bar_follows_the_training_and_stores_no_time(monkeypatch):
    shown = []
    monkeypatch.setattr("catrnn.lab.panel.progress.display", shown.append)
    cat = CatRNN.random(np.random.default_rng(4), 2)
    train(cat, DAYS, TARGET, 50, progress=progress_bar("training"))
    (bar,) = shown
    assert bar.value == 100
    assert bar._repr_mimebundle_()["text/plain"] == "A progress bar: training"
