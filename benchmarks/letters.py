#!/usr/bin/env python3
"""Which cell writes names best: notebook 16's settings are chosen here, by the names kept back, and then tested once.

    python benchmarks/letters.py            some minutes; writes benchmarks/letters.md
"""

import pathlib
import sys

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from catrnn.gates import GRULayer, LSTMLayer  # noqa: E402
from catrnn.initializers import uniform_init  # noqa: E402
from catrnn.layers import RecurrentLinearLayer, SoftmaxLossLayer  # noqa: E402
from catrnn.letters import ALPHABET, bits, letter_chances, letters_in_a_row, names, names_as_days  # noqa: E402
from catrnn.network import CatRNN  # noqa: E402
from catrnn.training import train  # noqa: E402

REPORT = pathlib.Path(__file__).with_suffix(".md")
CELLS = {"plain": RecurrentLinearLayer, "GRU": GRULayer, "LSTM": LSTMLayer}
RATES = (0.5, 1.0, 2.0, 4.0)
SIZES = (16, 32)
STARTS, EPOCHS, EVERY = 3, 120, 5
WEIGHTS = (1, 2, 4, 8, 16)
COUNTS = {"letters": 0, "pairs": 1, "triples": 2, "fours": 3}


def split() -> tuple:
    """Names to learn, to choose by and to test by: those of the notebook."""
    shuffled = np.random.default_rng(0).permutation(names()).tolist()
    return shuffled[300:], shuffled[150:300], shuffled[:150]


def surprise(cats, some_names) -> np.ndarray:
    """Bits a letter, for each start."""
    days, answers = names_as_days(some_names)
    days = cats.days(days)
    with np.errstate(all="ignore"):
        return bits(cats.gradients(days, cats.answers(answers), cats.first_state(days)).loss)


def learn(cell, size: int, rate: float, known, kept, tested) -> tuple:
    """Train every start; return (epochs, bits on `kept` (K, starts), bits on `tested` (K, starts)), K times EVERY."""
    rngs = [np.random.default_rng(start) for start in range(STARTS)]
    cats = CatRNN.random(rngs, size, rate, uniform_init, input_size=len(ALPHABET), recurrent=cell,
                         output_size=len(ALPHABET), loss=SoftmaxLossLayer())
    days, answers = names_as_days(known)
    rows = []

    def note(epoch, _):
        if epoch % EVERY == 0:
            rows.append((surprise(cats, kept), surprise(cats, tested)))

    train(cats, days, cats.answers(answers), EPOCHS, clip=1.0, momentum=0.9, record=False, progress=note)
    on_kept, on_tested = np.array(rows).swapaxes(0, 1)
    return on_kept, on_tested


def counted(before: int, known, kept, tested) -> tuple:
    """The weight chosen on `kept`, and bits a letter of counts on both."""
    def of(weight, these):
        return -np.log2(letter_chances(known, before, weight)[letters_in_a_row(these, before)]).mean()

    weight = min(WEIGHTS, key=lambda weight: of(weight, kept))
    return weight, of(weight, kept), of(weight, tested)


def main():
    known, kept, tested = split()
    lines = ["# Names, letter by letter", "",
             f"Bits a letter. {len(known)} names are learned, {len(kept)} choose, {len(tested)} are tested once. For "
             f"each cell and size the learning rate (of {', '.join(map(str, RATES))}) and the epoch (every {EVERY}th "
             f"up to {EPOCHS}) with the lowest median of {STARTS} starts on the names that choose. Clip 1, "
             "momentum 0.9, first weights as in PyTorch. Made by `python benchmarks/letters.py`.", "",
             "| cell | units | rate | epoch | choosing: median | tested: median | tested: lowest to highest |",
             "|---|---|---|---|---|---|---|"]
    for size in SIZES:
        for name, cell in CELLS.items():
            tried = []
            for rate in RATES:
                on_kept, on_tested = learn(cell, size, rate, known, kept, tested)
                middle = np.nan_to_num(np.median(on_kept, axis=1), nan=np.inf)
                best = int(middle.argmin())
                tried.append((middle[best], rate, EVERY * (best + 1), on_tested[best]))
            middle, rate, epoch, test = min(tried, key=lambda one: one[0])
            lines.append(f"| {name} | {size} | {rate} | {epoch} | {middle:.3f} | {np.median(test):.3f} | "
                         f"{test.min():.3f} to {test.max():.3f} |")
            print(lines[-1], flush=True)
    lines += ["", "| counts of | weight of shorter ones | choosing | tested |", "|---|---|---|---|"]
    lines.append(f"| nothing: 27 signs alike | | {np.log2(27):.3f} | {np.log2(27):.3f} |")
    for name, before in COUNTS.items():
        weight, on_kept, on_tested = counted(before, known, kept, tested)
        lines.append(f"| {name} | {weight} | {on_kept:.3f} | {on_tested:.3f} |")
    REPORT.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
