"""07: the fates of five random starts."""

import numpy as np

from catrnn.data import DAYS, TARGET
from catrnn.lab.exercises.exercise import Exercise, InvalidResult, Slip
from catrnn.lab.exercises.messages import kind_of
from catrnn.network import CatRNN
from catrnn.training import FATES, fate, train

SEEDS = (13, 14, 15, 16, 17)


def fates_of(seeds=SEEDS, hidden_size=2, bptt_steps=1, carry_state=True) -> list:
    """Train the cats as the notebook does, and return the fate of each."""
    rngs = [np.random.default_rng(seed) for seed in seeds]
    cats = CatRNN.random(rngs, hidden_size, learning_rate=0.01)
    history = train(cats, DAYS, TARGET, 100, bptt_steps=bptt_steps, carry_state=carry_state,
                    record=False)
    return fate(history).tolist()


def numbered(fates) -> list:
    """Return the number of each fate, from 1. Raises InvalidResult."""
    if isinstance(fates, str) or not hasattr(fates, "__iter__"):
        raise InvalidResult(f"A list of five words is expected, but {kind_of(type(fates))} came. "
                            "Put square brackets around them")
    fates = [str(word).strip().lower() if isinstance(word, str) else word for word in fates]
    if len(fates) != len(SEEDS):
        raise InvalidResult("Five words are expected, one for each of the cats "
                            f"{SEEDS[0]} to {SEEDS[-1]}, but there are {len(fates)}")
    for seed, word in zip(SEEDS, fates, strict=True):
        if word not in FATES:
            given = repr(word) if isinstance(word, str) else kind_of(type(word))
            words = ", ".join(map(repr, FATES))
            raise InvalidResult(f"For cat {seed} there is {given}. The words are {words}")
    return [FATES.index(word) + 1 for word in fates]


def numbers_of(answer) -> list:
    """Return the numbers of an answer's words; the course's is a function that finds them."""
    return numbered(answer() if answer is fates_of else answer)


def instead(wrong: dict):
    """Return the result of a slip that has other words for some fates."""
    def result(right):
        words = [FATES[int(number) - 1] for number in right()]
        return [FATES.index(wrong.get(word, word)) + 1 for word in words]

    return result


def otherwise(**setting):
    """Return the result of a slip that trains the cats in another way."""
    return lambda right: numbered(fates_of(**setting))


FIVE = Exercise(
    name="five fates",
    notebook="07_train_the_cat",
    kind="value",
    reference=fates_of,
    solution_source="source(fate)",
    returns=tuple(f"cat {seed}" for seed in SEEDS),
    choices=FATES,
    run=numbers_of,
    slips=(
        Slip("train's own habits",
             "It ends so with the habits of train: the state is set back, and all days are blamed. "
             "This notebook's program has bptt_steps=1, carry_state=True.",
             otherwise(bptt_steps=None, carry_state=False)),
        Slip("state set back",
             "It ends so if the state is set back in every epoch. Here it is carried: write "
             "carry_state=True, or tick the box.",
             otherwise(carry_state=False)),
        Slip("by the loss alone",
             "The loss alone does not tell. First ask whether any hidden unit is alive on Day 4. "
             "If none is, the cat is dead, or bias only if its loss is under 0.01.",
             instead({"dead": "not yet", "bias only": "learned"})),
        Slip("dead for bias only",
             "A dead cat with a loss under 0.01 has a name of its own: bias only.",
             instead({"bias only": "dead"})),
        Slip("bias only for dead",
             "A dead cat is bias only if its last loss is under 0.01. The loss of this one is "
             "larger.",
             instead({"dead": "bias only"})),
        Slip("dead for not yet",
             "A cat is dead if every hidden unit is 0 on Day 4. This one is only slow: it is not "
             "there yet.",
             instead({"not yet": "dead"})),
        Slip("learned for not yet",
             "Its last loss is not under 0.01. Look at the loss once more.",
             instead({"not yet": "learned"})),
        Slip("exploded",
             "None of these explodes: a cat has exploded if its last loss is over 1,000. Are there "
             "2 hidden units, and is the learning rate 0.01?",
             instead(dict.fromkeys(FATES, "exploded"))),
    ),
    hints=(
        "Set cat (seed) in the panel to 13 and read the sentence below the picture. It says "
        "whether the cat is dead.",
        'In code: make the cat with its seed as in "The same in two lines", train it with '
        "bptt_steps=1 and carry_state=True, and hand the history to fate.",
    ),
    on_success=("Four fates in five starts, from one program: what decided was the random numbers "
                "they were born with."),
)

EXERCISES = [FIVE]
