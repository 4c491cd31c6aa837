"""11: what became of a network."""

import numpy as np

from catrnn.lab.exercises.exercise import Exercise, InvalidResult, NothingReturned, Slip
from catrnn.lab.exercises.shown import kind_of
from catrnn.training import EXPLODED, FATES, LEARNED, History, fate

LOSSES = (0.002, 0.02, 0.5, 30.0, 5000.0, np.inf, np.nan)
"""Last losses that come up in training."""


class Cats(Exercise):
    """An exercise whose probes are trainings: losses, and states of the last epoch."""

    def draw_probe(self, rng, sizes: dict, integers: bool = False) -> dict:
        """Draw three losses, and states not below zero, on half of the last days all zero."""
        hidden = np.maximum(0, rng.standard_normal((sizes["T"], sizes["H"])).round(1))
        hidden[-1] *= rng.integers(2)
        return {"losses": rng.choice(LOSSES, 3), "hidden": hidden}


def fate_of(losses, hidden) -> str:
    """The course's judgement, of one network with one sequence."""
    return fate(History(losses, losses, hidden[-1:]))


def as_number(answer, losses, hidden) -> int:
    """Ask for a word, and return its number, from 1. Raises InvalidResult."""
    word = answer(losses, hidden)
    if word is None:
        raise NothingReturned
    if isinstance(word, np.ndarray) and word.dtype.kind == "U" and word.size == 1:
        word = word.item()  # as np.select hands it back
    if not isinstance(word, str) or word not in FATES:
        given = repr(word) if isinstance(word, str) else kind_of(type(word))
        fates = ", ".join(map(repr, FATES))
        raise InvalidResult(f"{given} came back, which is no fate. Return one of {fates}")
    return number_of(word)


def number_of(word: str) -> int:
    """Return the number of a fate, from 1."""
    return FATES.index(word) + 1


def over_1000(losses) -> bool:
    """Whether the last loss is too large; nan, which is neither under nor over, counts as well."""
    return not losses[-1] <= EXPLODED


def all_zero(hidden) -> bool:
    """Whether no unit is alive on the last day."""
    return (hidden[-1] == 0).all()


def under_001(losses) -> bool:
    """Whether the last loss is small."""
    return losses[-1] < LEARNED


def judged(exploded=over_1000, silent=all_zero, good=under_001,
           order=("exploded", "bias only", "dead", "learned")):
    """Return the result of a slip that asks otherwise, or in another order."""
    def result(right, losses, hidden):
        holds = {
            "exploded": exploded(losses),
            "bias only": silent(hidden) and good(losses),
            "dead": silent(hidden),
            "learned": good(losses),
        }
        return number_of(next((name for name in order if holds[name]), "not yet"))

    return result


def called(wrong: dict):
    """Return the result of a slip that has another name for some fates, or none for one (None)."""
    def result(right, **probe):
        word = FATES[int(right(**probe)) - 1]
        name = wrong.get(word, word)
        return None if name is None else number_of(name)

    return result


def probe_of(losses, *hidden) -> dict:
    """A probe by hand: the losses of the epochs, and the states of the days, two units each."""
    return dict(losses=np.array(losses), hidden=np.array(hidden))


FATE = Cats(
    name="name the fate",
    notebook="11_raise_a_thousand_cats",
    reference=fate_of,
    solution_source="source(fate)",
    axes={"losses": "E", "hidden": "T H"},
    choices=FATES,
    allow_integers=False,
    run=as_number,
    returns=("the fate",),
    first=(
        # one of each fate: learned, not yet, dead, bias only, exploded
        probe_of([2.0, 0.005], [0.1, 0.2], [0.3, 0.4]),
        probe_of([2.0, 0.5], [0.1, 0.2], [0.3, 0.4]),
        probe_of([2.0, 0.5], [0.0, 0.0], [0.0, 0.0]),
        probe_of([2.0, 0.005], [0.0, 0.0], [0.0, 0.0]),
        probe_of([2.0, 5000.0], [0.1, 0.2], [0.3, 0.4]),
        # learned and not yet, with zeros that make no dead network: one unit, another day
        probe_of([2.0, 0.005], [0.0, 0.2], [0.0, 0.4]),
        probe_of([2.0, 0.005], [0.1, 0.0], [0.0, 0.0]),
        probe_of([2.0, 0.5], [0.1, 0.2], [0.0, 0.0]),
        probe_of([2.0, 0.5], [0.0, 0.0], [0.3, 0.0]),
        probe_of([2.0, 0.5], [0.1, 0.0], [0.4, 0.0]),
        probe_of([2.0, 0.5], [0.0, 0.2], [0.3, 0.4]),
        # what else explodes: a dead network, infinity, nan, a dead network with nan
        probe_of([2.0, 5000.0], [0.0, 0.0], [0.0, 0.0]),
        probe_of([2.0, np.inf], [0.1, 0.2], [0.3, 0.4]),
        probe_of([2.0, np.nan], [0.1, 0.2], [0.3, 0.4]),
        probe_of([2.0, np.nan], [0.1, 0.2], [0.0, 0.0]),
        # what the losses before the last one must not decide
        probe_of([5000.0, 0.005], [0.1, 0.2], [0.3, 0.4]),
        probe_of([0.005, 0.5], [0.1, 0.2], [0.3, 0.4]),
        # losses between the limits: not yet
        probe_of([2.0, 0.05], [0.1, 0.2], [0.3, 0.4]),
        probe_of([2.0, 30.0], [0.1, 0.2], [0.3, 0.4]),
        # on the limits and beside them: over 1,000 and under 0.01 are neither 1,000 nor 0.01
        probe_of([2.0, 1000.0], [0.1, 0.2], [0.3, 0.4]),
        probe_of([2.0, 1000.001], [0.1, 0.2], [0.3, 0.4]),
        probe_of([2.0, 999.0], [0.1, 0.2], [0.3, 0.4]),
        probe_of([2.0, 0.01], [0.1, 0.2], [0.3, 0.4]),
        probe_of([2.0, 0.00999], [0.1, 0.2], [0.3, 0.4]),
        probe_of([2.0, 0.01], [0.1, 0.2], [0.0, 0.0]),
        # a unit that is hardly awake is awake
        probe_of([2.0, 0.5], [0.1, 0.2], [0.05, 0.0]),
        probe_of([2.0, 0.5], [0.1, 0.2], [0.0, 1e-4]),
        probe_of([2.0, 0.5], [0.1, 0.2], [0.0, 1e-8]),
        # bias only and dead, with first losses that say otherwise
        probe_of([0.02, 0.005], [0.1, 0.2], [0.0, 0.0]),
        probe_of([0.005, 0.5], [0.1, 0.2], [0.0, 0.0]),
    ),
    slips=(
        Slip("nan overlooked",
             "A loss of nan did not count as exploded. nan > 1000 is False, as is every comparison "
             "with nan: ask np.isfinite, or not loss <= 1000.",
             judged(exploded=lambda losses: losses[-1] > EXPLODED)),
        Slip("nan alone",
             "A loss of 5000 did not count as exploded. Not finite is one way to explode, over "
             "1,000 is the other.",
             judged(exploded=lambda losses: not np.isfinite(losses[-1]))),
        Slip("exploded left out",
             "No network is called exploded. Ask first whether the last loss is over 1,000 or not "
             "finite.",
             judged(exploded=lambda losses: False)),
        Slip("learned first",
             "A small loss was asked for before the hidden units. A network whose units are all 0 "
             "on the last day has not learned: it is bias only. Ask that first.",
             judged(order=("exploded", "learned", "dead"))),
        Slip("learned before all",
             "Ask whether a network is dead before you ask whether it has learned, and before "
             "both, whether it exploded.",
             judged(order=("learned", "dead", "exploded"))),
        Slip("dead before bias only",
             "No network is called bias only: dead was asked first, and takes them all. A dead "
             "network with a loss under 0.01 is bias only.",
             judged(order=("exploded", "dead", "learned"))),
        Slip("dead before exploded",
             "A network that exploded was called dead. The order of the task: exploded comes "
             "first.",
             judged(order=("bias only", "dead", "exploded", "learned"))),
        Slip("bias only whatever the loss",
             "Every dead network is called bias only. Only those with a loss under 0.01 are; the "
             "others are dead.",
             called({"dead": "bias only"})),
        Slip("one silent unit",
             "A network was called dead for one silent unit. It is dead if all its units are 0 on "
             "the last day: .all(), not .any().",
             judged(silent=lambda hidden: (hidden[-1] == 0).any())),
        Slip("silent on every day",
             "A network was called dead only if it is silent on every day. The last day alone "
             "counts: hidden[-1].",
             judged(silent=lambda hidden: (hidden == 0).all())),
        Slip("silent on any day",
             "A network was called dead for being silent on some day. The last day alone counts: "
             "hidden[-1].",
             judged(silent=lambda hidden: (hidden == 0).all(axis=1).any())),
        Slip("any zero anywhere",
             "A network was called dead for a single 0 on any day. It is dead if all units are 0 "
             "on the last day: hidden[-1].",
             judged(silent=lambda hidden: (hidden == 0).any())),
        Slip("first day",
             "The first day was asked. The guess is made from the last one: hidden[-1].",
             judged(silent=lambda hidden: (hidden[0] == 0).all())),
        Slip("hidden transposed",
             "hidden[:, -1] is the last unit on every day. The last day of every unit is "
             "hidden[-1].",
             judged(silent=lambda hidden: (hidden[:, -1] == 0).all())),
        Slip("dead left out",
             "No network is called dead. Ask whether all hidden units are 0 on the last day.",
             judged(silent=lambda hidden: False)),
        Slip("first loss",
             "The first loss was judged. What became of the network is in the last one: "
             "losses[-1].",
             judged(exploded=lambda losses: not losses[0] <= EXPLODED,
                    good=lambda losses: losses[0] < LEARNED)),
        Slip("mean loss",
             "The mean of all losses was judged. What became of the network is in the last one: "
             "losses[-1].",
             judged(exploded=lambda losses: not losses.mean() <= EXPLODED,
                    good=lambda losses: losses.mean() < LEARNED)),
        Slip("once over 1,000",
             "A network was called exploded for a loss that it left behind. Only the last loss "
             "counts: losses[-1].",
             judged(exploded=lambda losses: not (losses <= EXPLODED).all())),
        Slip("once under 0.01",
             "A network was called learned for a loss that it did not keep. Only the last loss "
             "counts: losses[-1].",
             judged(good=lambda losses: (losses < LEARNED).any())),
        Slip("under 0.1",
             "A loss of 0.05 was called learned. It has to be under 0.01.",
             judged(good=lambda losses: losses[-1] < 0.1)),
        Slip("over 10",
             "A loss of 30 was called exploded. It has to be over 1,000, or not finite.",
             judged(exploded=lambda losses: not losses[-1] <= 10)),
        Slip("from 1,000 on",
             "A loss of exactly 1,000 was called exploded. It has to be over 1,000: > and not >=.",
             judged(exploded=lambda losses: not losses[-1] < EXPLODED)),
        Slip("up to 0.01",
             "A loss of exactly 0.01 was called small. It has to be under 0.01: < and not <=.",
             judged(good=lambda losses: losses[-1] <= LEARNED)),
        Slip("on both limits",
             "A loss of exactly 1,000 was called exploded, and one of exactly 0.01 small. Over and "
             "under leave the limits out: > and <, without =.",
             judged(exploded=lambda losses: not losses[-1] < EXPLODED,
                    good=lambda losses: losses[-1] <= LEARNED)),
        *(Slip(f"nearly silent, {limit}",
               "A network was called dead whose units are small on the last day, but not 0. Dead "
               "means exactly 0, each of them.",
               judged(silent=lambda hidden, limit=limit: hidden[-1].max() < limit))
          for limit in (0.1, 1e-3, 1e-6)),
        Slip("nothing for the rest",
             'Nothing comes back if no other name fits. That is a fate, too: end with return "not '
             'yet".',
             called({"not yet": None})),
        Slip("not yet left out",
             "No network is called not yet. That is the name of all that no other name fits.",
             called({"not yet": "learned"})),
    ),
    hints=(
        "Five names, and the first that fits is the network's: so the order of your questions "
        "matters. Which comes first?",
        "losses[-1] is the last loss, hidden[-1] the last day's units. (hidden[-1] == 0).all() is "
        "True if all are 0.",
        "nan is neither over 1,000 nor under it. np.isfinite(loss) is False for nan and for "
        "infinity.",
    ),
    on_success=("It is the word that a loss cannot say: the fate map counts these five for every "
                "network."),
)

EXERCISES = [FATE]
