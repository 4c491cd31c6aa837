"""Letters as days: a row of zeros with a single 1, and names written letter by letter."""

import numpy as np

from catrnn import checks
from catrnn.layers import softmax

ALPHABET = ".abcdefghijklmnopqrstuvwxyz"
"""The first sign stands before a name, where nothing is written yet, and ends it."""


def one_hot(text: str, alphabet: str = ALPHABET) -> np.ndarray:
    """Return a row for each of T letters, (T, A): 1 at the letter's place in the alphabet."""
    checks.text("text", text, alphabet)
    return np.eye(len(alphabet))[[alphabet.index(letter) for letter in text]]


def names_as_days(names: list, alphabet: str = ALPHABET) -> tuple:
    """Return days (T, N, A), and what follows each, (T, N, A), for N names without the end sign.

    The first day is the sign before the name, and the last answer is the sign after it. T fits the
    longest name. After the end of a shorter one the days are zeros, and the answers too: none.
    """
    checks.non_empty("names", names, "names")
    days = np.zeros((1 + max(map(len, names)), len(names), len(alphabet)))
    answers = np.zeros_like(days)
    for n, name in enumerate(names):
        days[: len(name) + 1, n] = one_hot(alphabet[0] + name, alphabet)
        answers[: len(name) + 1, n] = one_hot(name + alphabet[0], alphabet)
    return days, answers


def write_name(predict, rng, temperature: float = 1.0, first: str = "", longest: int = 20,
               alphabet: str = ALPHABET) -> str:
    """Write a name that begins with `first`: draw a letter, take it for given, draw the next.

    predict: a function from T days (T, 1, A) to the scores of the next letter, (1, A), such as
    `cat.predict`. temperature: scores are divided by it; under 1 the likely becomes likelier, over
    1 all become more alike. The name ends with the end sign, which is left out, or at `longest`.
    """
    checks.function("predict", predict)
    checks.generators("rng", rng)
    checks.above_zero("temperature", temperature)
    checks.integer("longest", longest)
    text = alphabet[0] + first
    while len(text) <= longest:
        scores = predict(one_hot(text, alphabet)[:, None])[-1]
        letter = rng.choice(len(alphabet), p=softmax(scores / temperature))
        if letter == 0:
            break
        text += alphabet[letter]
    return text[1:]


def bits(nats):
    """Return a loss of a `SoftmaxLossLayer` in bits a letter: how many yes-or-no questions."""
    return nats / np.log(2)
