"""The panel of notebook 16: one training written down, and names drawn by what it knew at an epoch."""

import re

import numpy as np
import pytest

from catrnn.lab import explore_names
from catrnn.lab.panels import names as widget
from catrnn.letters import bits, names, names_as_days
from catrnn.training import train
from tests.helpers.answers import ROOT


def written(**setting) -> list:
    panel = explore_names(**setting)
    return re.search(r"It writes: (.*?)\.", panel.view.caption)[1].split(", ")


def test_its_settings_are_those_that_the_names_kept_back_have_chosen():
    report = (ROOT / "benchmarks" / "letters.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.split("|")] for line in report.splitlines() if line.count("|") == 8]
    cell, units, rate, epoch, _ = min((row[1:6] for row in rows if row[2].isdigit()), key=lambda row: float(row[4]))
    assert (cell, int(units), float(rate), int(epoch)) == ("GRU", widget.HIDDEN_SIZE, widget.LEARNING_RATE, widget.BEST)


def test_what_is_written_down_at_an_epoch_is_what_so_much_training_gives():
    learned, writer = widget.learn_names(), widget.network()
    days, answers = names_as_days(learned.names)
    history = train(writer, days, writer.answers(answers), 3, clip=widget.CLIP, momentum=widget.MOMENTUM, record=False)
    for name, weights in learned.weights.items():
        layer, own = name.split(".")
        assert weights[3] == pytest.approx(getattr(getattr(writer, layer), own), abs=1e-6)  # kept as float32
    assert learned.bits[:3, 0] == pytest.approx(bits(history.losses), abs=1e-12)
    assert len(learned.bits) == len(learned.weights["recurrent.b"]) == widget.EPOCHS + 1


def test_names_looked_at_in_parts_tell_what_one_look_at_all_tells():
    some, writer = names()[: 2 * widget.AT_ONCE + 3], widget.network()
    days, answers = map(np.array, names_as_days(some))
    at_once = writer.gradients(days, writer.answers(answers), writer.first_state(days))
    loss, d_params = widget.look(writer, widget.in_parts(some))
    assert loss == pytest.approx(at_once.loss, abs=1e-12)
    assert widget.surprise(writer, widget.in_parts(some)) == loss
    for layer, d_layer in at_once.d_params.items():
        assert d_params[layer].keys() == d_layer.keys()
        for name, d_param in d_layer.items():
            assert d_params[layer][name] == pytest.approx(d_param, abs=1e-12)


def test_no_look_takes_more_names_than_were_meant():
    assert max(days.shape[1] for days, _ in widget.in_parts(names())) == widget.AT_ONCE


def test_names_kept_back_are_not_learned():
    learned = widget.learn_names().names
    assert len(set(learned)) == len(learned) == len(names()) - 2 * widget.KEPT_BACK


def test_one_training_is_kept_and_no_more():
    assert widget.learn_names.cache_info().maxsize == 1


@pytest.mark.parametrize("letter", ["a", "q", "z"])
def test_every_name_begins_with_the_letter_that_was_chosen(letter):
    assert [name[0] for name in written(first=letter)] == [letter] * widget.WRITTEN


def test_the_same_setting_writes_the_same_names_and_a_cold_one_repeats_itself():
    assert written() == written()
    assert len({*written(temperature=0.1)}) < len({*written(temperature=1.0)}) == widget.WRITTEN


def test_before_it_has_learned_it_knows_no_more_than_that_there_are_27_signs():
    born = widget.learn_names().bits[0]
    assert born == pytest.approx(np.log2(27), abs=0.1)  # first weights are small, not zero


def test_what_counts_letters_is_chosen_and_judged_by_the_names_kept_back():
    counted = widget.learn_names().counted
    assert list(counted) == ["uniform", "letters", "pairs", "triples"]
    assert sorted(counted.values(), reverse=True) == list(counted.values())
