"""Letters as days: a row of zeros with a single 1, and names written letter by letter."""

import pathlib

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
    checks.texts("names", names, alphabet)
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


def names() -> list:
    """Return 918 names for cats, from a to z; `catrnn/names/README.md` says more."""
    path = pathlib.Path(__file__).parent / "names" / "names.txt"
    return path.read_text(encoding="utf-8").split()


def letter_chances(names: list, before: int, weight: float = 8.0,
                   alphabet: str = ALPHABET) -> np.ndarray:
    """Count which letter follows which; return chances, (A,) * (before + 1), the letter's own last.

    before: how many letters are looked back at, from 0 to 3: 0 counts letters, 1 pairs, 2 triples.
    Where few were counted, fewer letters back have the say: their chances count as `weight` letters
    more. After MacKay and Peto, "A hierarchical Dirichlet language model" (1995).
    """
    checks.above_zero("weight", weight)
    checks.integer("before", before, minimum=0, maximum=3)
    chances = np.full(len(alphabet), 1 / len(alphabet))
    for back in range(before + 1):
        counts = np.zeros((len(alphabet),) * (back + 1))
        np.add.at(counts, letters_in_a_row(names, back, alphabet), 1)
        chances = (counts + weight * chances) / (counts.sum(axis=-1, keepdims=True) + weight)
    return chances


def letters_in_a_row(names: list, before: int, alphabet: str = ALPHABET) -> tuple:
    """Return the places in the alphabet of T letters and of those before: `before` + 1 arrays (T,).

    The end signs count as letters. The letter's own place comes last, as in `letter_chances`.
    """
    checks.texts("names", names, alphabet)
    checks.integer("before", before, minimum=0, maximum=3)
    rows = []
    for name in names:
        text = [alphabet.index(letter) for letter in alphabet[0] * before + name + alphabet[0]]
        rows += [text[k : k + before + 1] for k in range(len(name) + 1)]
    return tuple(np.transpose(rows))
