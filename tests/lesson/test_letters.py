"""Letters as days, and names written letter by letter."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catrnn.layers import SoftmaxLossLayer
from catrnn.letters import ALPHABET, bits, names_as_days, one_hot, write_name
from tests.helpers.strategies import seeds

names = st.text(ALPHABET[1:], min_size=1, max_size=9)


@given(text=names)
def test_a_letter_is_a_row_with_a_single_one_at_its_place(text):
    rows = one_hot(text)
    assert rows.shape == (len(text), 27)
    assert "".join(ALPHABET[place] for place in rows.argmax(axis=1)) == text
    assert (rows.sum(axis=1) == 1).all()
    assert (rows.max(axis=1) == 1).all()


@given(each=st.lists(names, min_size=1, max_size=5))
def test_every_letter_of_a_name_is_the_answer_to_the_letters_before_it(each):
    days, answers = names_as_days(each)
    assert days.shape == answers.shape == (1 + max(map(len, each)), len(each), 27)
    for n, name in enumerate(each):
        told, wanted = ("".join(ALPHABET[place] for place in rows[: len(name) + 1, n].argmax(axis=1))
                        for rows in (days, answers))
        assert (told, wanted) == ("." + name, name + ".")
        assert not days[len(name) + 1 :, n].any()
        assert not answers[len(name) + 1 :, n].any()


def spells(name):
    """A network that is certain of one name."""
    def predict(days):
        return 1e3 * one_hot((name + "." * 30)[len(days) - 1])

    return predict


@given(name=names, seed=seeds)
def test_what_is_certain_is_written_from_any_random_numbers(name, seed):
    assert write_name(spells(name), np.random.default_rng(seed)) == name
    assert write_name(spells(name), np.random.default_rng(seed), first=name[:2]) == name
    assert write_name(spells(name), np.random.default_rng(seed), longest=3) == name[:3]


def share_of_a(temperature, n=2000):
    """How often a is drawn whose score is 1 over b, and all others out of question."""
    scores = np.full((1, 27), -np.inf)
    scores[0, 1:3] = 1.0, 0.0
    rng = np.random.default_rng(0)
    return np.mean([write_name(lambda days: scores, rng, temperature, longest=1) == "a" for _ in range(n)])


@pytest.mark.parametrize("temperature", [0.25, 1.0, 4.0])
def test_the_temperature_divides_the_scores(temperature):
    expected = 1 / (1 + np.exp(-1 / temperature))
    assert share_of_a(temperature) == pytest.approx(expected, abs=0.03)  # three times the spread of 2,000 draws


@pytest.mark.parametrize("n", [2, 8, 27])
def test_to_know_nothing_of_n_letters_costs_log2_n_bits(n):
    loss = SoftmaxLossLayer().forward(np.zeros((5, n)), np.eye(n)[[0, 1, 0, 1, 1]])
    assert bits(loss) == pytest.approx(np.log2(n))
