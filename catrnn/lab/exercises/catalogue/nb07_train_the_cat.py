"""07: the training loop, and the fates of five random starts."""

from functools import lru_cache

import numpy as np

from catrnn.data import DAYS, TARGET
from catrnn.lab.exercises.exercise import Exercise, InvalidResult, Slip
from catrnn.lab.exercises.run import refuse_endless
from catrnn.lab.exercises.shown import kind_of
from catrnn.layers import LossLayer, ReLULayer
from catrnn.network import CatRNN
from catrnn.training import FATES, fate, train


def newborn(seed: int) -> tuple:
    """Return four layers with the first weights of the cat of this seed, as the notebook does."""
    cat = CatRNN.random(np.random.default_rng(seed), hidden_size=2)
    return cat.recurrent, ReLULayer(), cat.output, LossLayer()


WRONG_ORDER = ("A gradient went back into the wrong layer: its shape does not fit there. The way "
               "back is the way forward turned round: loss, linear, relu, recurrent.")


def losses_of(answer, days, target, epochs, seed):
    """Let an answer train four layers, and return the losses that it wrote down."""
    try:
        found = answer(*newborn(seed), days, target, epochs)
    except ValueError as problem:
        if "prev_d_x has shape" in str(problem):
            raise InvalidResult(WRONG_ORDER) from None
        raise
    refuse_endless(found)
    if isinstance(found, tuple | list):  # a loss of shape (1, 1) is one number too
        found = [np.squeeze(loss) if np.size(loss) == 1 else loss for loss in found]
    return found


def course_loop(recurrent, relu, linear, loss, days, target, epochs):
    """The course's loop, with the habits of the first program."""
    cat = CatRNN(recurrent, linear)
    return train(cat, days, target, epochs, bptt_steps=1, carry_state=True, record=False).losses


def first_program(days, target, epochs, seed, carry=True, hand_on=True, bent=True, bent_state=True,
                  bent_back=True, learns=("linear", "recurrent"), each_day=False, steps=1,
                  measured_after=False, swapped=False, guesses=False):
    """Return the losses of the first program, with one thing or another done otherwise."""
    recurrent, relu, linear, loss = newborn(seed)
    zeros = np.zeros((1, 2))

    def look(day, p_x):
        x1 = recurrent.forward(day, p_x if hand_on else zeros)
        x2 = relu.forward(x1) if bent else x1
        guess = linear.forward(x2)
        miss = loss.forward(*((target, guess) if swapped else (guess, target)))
        return x2 if bent_state else x1, guess.item() if guesses else miss

    def learn():
        d_linear, linear_params = linear.gradients(loss.backward())
        d_relu = relu.gradients(d_linear)[0] if bent and bent_back else d_linear
        _, recurrent_params = recurrent.gradients(d_relu)
        if "linear" in learns:
            linear.update(linear_params)
        if "recurrent" in learns:
            recurrent.update(recurrent_params)

    losses, p_x = [], zeros
    for _ in range(epochs):
        p_x = p_x if carry else zeros
        for day in days:
            before = p_x
            p_x, miss = look(day, p_x)
            if each_day:
                losses.append(miss)
                learn()
        if not each_day:
            for _ in range(steps):
                learn()
            losses.append(look(day, before)[1] if measured_after else miss)
    return losses


def done(**otherwise):
    """Return the result of a slip: the first program, done otherwise."""
    return lambda right, **probe: first_program(**probe, **otherwise)


def wrong_order(right, **probe):
    """A gradient of a shape that a layer refuses."""
    raise InvalidResult(WRONG_ORDER)


def one_day(place):
    """Return the result of a slip that sees one day alone: a slice of the days."""
    return lambda right, days, **rest: right(days=days[place], **rest)


class Loop(Exercise):
    """An exercise whose layers are those of a newborn cat."""

    def draw_probe(self, rng, sizes: dict, integers: bool = False) -> dict:
        """Draw the days, from 0 to 1 portion, and the answer; the cat goes by their number."""
        days = rng.uniform(0, 1, (sizes["T"], 1, 1)).round(1)
        return dict(days=days, target=rng.uniform(1, 2, (1, 1)).round(1), epochs=sizes["N"] + 1,
                    seed=AWAKE.get(sizes["T"], 4))


AWAKE = {5: 1, 3: 20, 2: 10}
"""The seed of a cat whose slips show, for each number of days that is drawn."""

LOOP = Loop(
    name="training loop",
    notebook="07_train_the_cat",
    reference=course_loop,
    solution_source="source(train)",
    axes={"days": "T N D", "target": "N D", "epochs": "", "seed": ""},
    signature=("recurrent", "relu", "linear", "loss", "days", "answer", "epochs"),
    first=(dict(days=DAYS, target=TARGET, epochs=3, seed=4),),
    allow_integers=False,
    returns=("the list of losses",),
    run=losses_of,
    changes=60,
    slips=(
        Slip("no backward",
             "Nothing was learned: the losses are those of weights that never move. Send the "
             "gradient back each epoch, from loss.backward() to recurrent.backward(...).",
             done(learns=())),
        Slip("recurrent stands still",
             "Only the linear layer learned. Send its gradient on, through relu.backward and "
             "recurrent.backward.",
             done(learns=("linear",))),
        Slip("linear stands still",
             "Only the recurrent layer learned. The gradient goes through linear.backward first, "
             "and so that layer moves, too.",
             done(learns=("recurrent",))),
        Slip("wrong order", WRONG_ORDER, wrong_order),
        Slip("no ReLU on the way back",
             "The way back leaves out the ReLU. It is the way forward turned round: loss, linear, "
             "relu, recurrent.",
             done(bent_back=False)),
        Slip("no ReLU",
             "The ReLU is left out. Each day goes through recurrent and then through relu.",
             done(bent=False)),
        Slip("state before the ReLU",
             "The state was handed on as it was before the ReLU. Hand on what relu.forward gave.",
             done(bent_state=False)),
        Slip("state set back",
             "The state is set back to zero in every epoch. The first program carries it: set it "
             "to zeros once, before the loop over the epochs.",
             done(carry=False)),
        Slip("state not handed on",
             "Every day starts from zeros: the state is not handed on. What relu.forward gave "
             "today is the p_x of tomorrow.",
             done(hand_on=False)),
        Slip("loss after the update",
             "These losses were measured after the weights had moved. Put the loss down before "
             "the way back.",
             done(measured_after=True)),
        Slip("learns every day",
             "It guesses and learns on every day. Only the last state makes a guess: linear, loss "
             "and the way back stand behind the loop over the days.",
             done(each_day=True)),
        Slip("backward twice",
             "Every layer learned twice an epoch. Call each backward once.",
             done(steps=2)),
        Slip("uphill",
             "The loss grows. In loss.forward the guess comes first and then the answer: swapped, "
             "the gradient points the other way.",
             done(swapped=True)),
        Slip("guesses",
             "These are the guesses. Write down what loss.forward gives.",
             done(guesses=True)),
        Slip("first day alone",
             "Only the first day was seen. Does something stand inside the loop over the days that "
             "belongs behind it, or the other way round?",
             one_day(slice(1))),
        Slip("last day alone",
             "Only the last day was seen. Each epoch goes through all days, one after the other.",
             one_day(slice(-1, None))),
        Slip("one epoch",
             "This is one epoch. Does the return stand inside the loop? It belongs behind it.",
             lambda right, **probe: right(**probe)[:1]),
        Slip("last loss alone",
             "This is the last loss alone. Write down the loss of every epoch, in a list.",
             lambda right, **probe: right(**probe)[-1]),
        Slip("one epoch too many",
             "There is one loss more than there are epochs.",
             lambda right, epochs, **probe: right(epochs=epochs + 1, **probe)),
        Slip("one epoch too few",
             "There is one loss less than there are epochs.",
             lambda right, **probe: right(**probe)[:-1]),
    ),
    hints=(
        "Two loops, one in the other: for epoch in range(epochs), and in it for day in days. Which "
        "lines belong to each day, and which to each epoch?",
        "Before both loops: an empty list, and the state of zeros. A day: recurrent, relu, and "
        "what comes out is the next state. An epoch, after its days: linear, then loss.",
        "The way back begins with d = loss.backward(), which takes nothing. Hand d to "
        "linear.backward, what that returns to relu.backward, and so on.",
    ),
    on_success=("That is the whole of it: forward, loss, backward, again. Every network that you "
                "hear of is trained by these three words."),
)


SEEDS = (13, 14, 15, 16, 17)


@lru_cache
def fates_of(seeds=SEEDS, epochs=100, hidden_size=2, bptt_steps=1, carry_state=True) -> list:
    """Train the cats as the notebook does, and return the fate of each."""
    rngs = [np.random.default_rng(seed) for seed in seeds]
    cats = CatRNN.random(rngs, hidden_size)
    history = train(cats, DAYS, TARGET, epochs, bptt_steps=bptt_steps, carry_state=carry_state,
                    record=False)
    return fate(history).tolist()


def numbered(fates) -> list:
    """Return the number of each fate, from 1. Raises InvalidResult."""
    if isinstance(fates, str | dict | set) or not hasattr(fates, "__iter__"):
        raise InvalidResult(f"A list of five words is expected, but {kind_of(type(fates))} came. "
                            "Put square brackets around them")
    fates = [str(word).strip().lower() if isinstance(word, str) else word for word in fates]
    if len(fates) != len(SEEDS):
        raise InvalidResult("Five words are expected, one for each of the networks "
                            f"{SEEDS[0]} to {SEEDS[-1]}, but there are {len(fates)}")
    for seed, word in zip(SEEDS, fates, strict=True):
        if word not in FATES:
            given = repr(word) if isinstance(word, str) else kind_of(type(word))
            words = ", ".join(map(repr, FATES))
            raise InvalidResult(f"For network {seed} there is {given}. The words are {words}")
    return [FATES.index(word) + 1 for word in fates]


ELSEWHERE = {
    "train's own habits":
        ("It ends so if the state is set back in every epoch and all days are blamed, as train "
         "does unless it is told otherwise. This notebook's program has bptt_steps=1, "
         "carry_state=True.", dict(bptt_steps=None, carry_state=False)),
    "state set back":
        ("It ends so if the state is set back in every epoch. Here it is carried: write "
         "carry_state=True, or tick the box.", dict(carry_state=False)),
    "other networks":
        ("It ends so for the networks 14 to 18. The first of the five is 13.",
         dict(seeds=range(14, 19))),
    "300 epochs":
        ("It ends so after 300 epochs. Here there are 100.", dict(epochs=300)),
    "eight units":
        ("It ends so with 8 hidden units. Here there are 2.", dict(hidden_size=8)),
}
"""Other trainings, by the name of the slip: the words, and how they differ from the notebook's."""


def numbers_of(answer) -> list:
    """Return the numbers of an answer's words; the course's is a function that finds them.

    Raises InvalidResult if all five are those of another training.
    """
    numbers = numbered(answer() if answer is fates_of else answer)
    for words, setting in ELSEWHERE.values():
        if numbers == numbered(fates_of(**setting)):
            raise InvalidResult(words)
    return numbers


def trained_elsewhere(words: str):
    """Return the result of a slip that has all five words from another training."""
    def result(right):
        raise InvalidResult(words)

    return result


def instead(wrong: dict):
    """Return the result of a slip that has other words for some fates."""
    def result(right):
        words = [FATES[int(number) - 1] for number in right()]
        return [FATES.index(wrong.get(word, word)) + 1 for word in words]

    return result


FIVE = Exercise(
    name="five fates",
    notebook="07_train_the_cat",
    kind="value",
    reference=fates_of,
    solution_source="source(fate)",
    returns=tuple(f"network {seed}" for seed in SEEDS),
    choices=FATES,
    run=numbers_of,
    slips=(
        *(Slip(name, words, trained_elsewhere(words)) for name, (words, _) in ELSEWHERE.items()),
        Slip("by the loss alone",
             "The loss alone does not tell. First ask whether any hidden unit is alive on Day 4. "
             "If none is, the network is dead, or bias only if its loss is under 0.01.",
             instead({"dead": "not yet", "bias only": "learned"})),
        Slip("dead for bias only",
             "A dead network with a loss under 0.01 has a name of its own: bias only.",
             instead({"bias only": "dead"})),
        Slip("bias only for dead",
             "A dead network is bias only if its last loss is under 0.01. The loss of this one "
             "is larger.",
             instead({"dead": "bias only"})),
        Slip("dead for not yet",
             "A network is dead if every hidden unit is 0 on Day 4. This one is only slow: it is "
             "not there yet.",
             instead({"not yet": "dead"})),
        Slip("learned for not yet",
             "Its last loss is not under 0.01. Look at the loss once more.",
             instead({"not yet": "learned"})),
        Slip("exploded",
             "None of these explodes: a network has exploded if its last loss is over 1,000. Are "
             "there 2 hidden units, and is the learning rate 0.01?",
             instead(dict.fromkeys(FATES, "exploded"))),
    ),
    hints=(
        "Set network (seed) in the panel to 13 and read the sentence below the picture. It says "
        "whether the network is dead.",
        'In code: make the network with its seed as in "Ask it something else", train it with '
        "bptt_steps=1 and carry_state=True, and hand the history to fate.",
    ),
    on_success=("Four fates in five starts, from one program: what decided was the random numbers "
                "they were born with."),
)

EXERCISES = [LOOP, FIVE]
