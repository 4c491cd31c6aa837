"""Letters as days, and names written letter by letter."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catrnn import letters
from catrnn.layers import SoftmaxLossLayer
from catrnn.letters import ALPHABET, bits, letter_chances, letters_in_a_row, names_as_days, one_hot, write_name
from tests.helpers.strategies import seeds

names = st.text(ALPHABET[1:], min_size=1, max_size=9)
few_names = st.lists(st.text("abc", min_size=1, max_size=5), min_size=1, max_size=5)
"""Of three letters, so that pairs and triples come more than once."""

TOLERANCE = 1e-12
"""Sums and quotients of some hundred numbers near 1."""


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


# Names, and how often letters follow one another


def test_the_names_for_cats_are_sorted_each_once_and_in_the_letters_of_the_alphabet():
    listed = letters.names()
    assert len(listed) == 918
    assert listed == sorted(set(listed))
    assert all(listed)
    assert {*"".join(listed)} <= {*ALPHABET[1:]}


def in_a_row_by_hand(each, before):
    """Every letter of every name and the end sign, after as many end signs as are looked back at."""
    texts = [ALPHABET[0] * before + name + ALPHABET[0] for name in each]
    return [text[k : k + before + 1] for text in texts for k in range(len(text) - before)]


@given(each=st.lists(names, min_size=1, max_size=5), before=st.integers(0, 3))
def test_letters_in_a_row_are_each_letter_with_those_before_it(each, before):
    rows = letters_in_a_row(each, before)
    assert len(rows) == before + 1
    assert ["".join(ALPHABET[place] for place in places) for places in zip(*rows, strict=True)] == (
        in_a_row_by_hand(each, before))


def chance_by_hand(each, before, weight, row):
    """How often the last letter of a row came after the others, with `weight` letters by one letter back less."""
    if before < 0:
        return 1 / len(ALPHABET)
    seen = in_a_row_by_hand(each, before)
    after = sum(other[:-1] == row[:-1] for other in seen)
    shorter = chance_by_hand(each, before - 1, weight, row[1:])
    return (seen.count(row) + weight * shorter) / (after + weight)


@given(each=few_names, before=st.integers(0, 3), weight=st.floats(0.1, 50),
       row=st.text(".abcz", min_size=4, max_size=4))
def test_chances_by_counting_equal_those_counted_one_by_one(each, before, weight, row):
    row = row[: before + 1]
    chances = letter_chances(each, before, weight)
    places = tuple(ALPHABET.index(letter) for letter in row)
    assert chances[places] == pytest.approx(chance_by_hand(each, before, weight, row), rel=TOLERANCE)


@given(each=few_names, before=st.integers(0, 2), weight=st.floats(0.1, 50))
def test_chances_by_counting_are_above_zero_and_add_up_to_one_for_any_letters_before(each, before, weight):
    chances = letter_chances(each, before, weight)
    assert chances.shape == (len(ALPHABET),) * (before + 1)
    assert (chances > 0).all()
    assert np.allclose(chances.sum(axis=-1), 1, rtol=0, atol=TOLERANCE)


@given(each=few_names, weight=st.floats(0.1, 50))
def test_after_a_letter_that_never_came_the_letters_alone_have_the_say(each, weight):
    after_z = letter_chances(each, 1, weight)[ALPHABET.index("z")]
    assert np.allclose(after_z, letter_chances(each, 0, weight), rtol=TOLERANCE, atol=0)


def test_the_more_was_counted_the_less_the_fewer_letters_have_to_say():
    once, often = (letter_chances(["ab"] * times, 1, 8.0)[1, 2] for times in (1, 1000))
    assert once < 0.3
    assert often > 0.99
