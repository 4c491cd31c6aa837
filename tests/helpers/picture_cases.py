"""Settings to show every picture of the lab in: the usual ones, and the extremes that a panel can reach."""

from importlib import import_module
from pkgutil import iter_modules

import numpy as np

from catrnn.bptt import forward_through_time, sum_over_time, unroll
from catrnn.data import CATS, PORTIONS, sunspots
from catrnn.evaluation import INTERVALS, peaks_met
from catrnn.lab import pictures
from catrnn.lab.drawing.picture import Picture
from catrnn.lab.drawing.text import WEEKDAYS
from catrnn.lab.panels.cliff import ACROSS, UP
from catrnn.lab.pictures.cliff import Cliff
from catrnn.lab.pictures.descent import Descent
from catrnn.network import CatRNN
from catrnn.training import FATES

RNG = np.random.default_rng(0)
NAN, INF = np.nan, np.inf


PARTS = {"Gated", "Weights"}
"""Pictures that others are made of."""


def pictures_in(folder) -> dict:
    """Every picture that the modules of a package make, by name."""
    modules = [import_module(f"{folder.__name__}.{module.name}") for module in iter_modules(folder.__path__)]
    return {name: one for module in modules for name, one in vars(module).items()
            if isinstance(one, type) and issubclass(one, Picture) and one.__module__ == module.__name__}


PICTURES = {name: one for name, one in pictures_in(pictures).items() if name not in PARTS}


def case(*args, **kwargs):
    """What `show` is given."""
    return args, kwargs


# losses, hidden states, weights
FALLING, BURST = np.geomspace(1, 0.02, 40), np.array([1.0, 50.0, 2e5, INF, NAN])
ALIVE, DEAD = np.array([[0.1, 0.0], [0.2, 0.5]]), np.array([[0.1, 0.0], [0.0, 0.0]])
VERDICT = {"last_epoch": 300, "verdict": "So it is."}


def cat_weights(value, units=2):
    """The arrays of a cat by the names of a History, all of one value."""
    shapes = {"recurrent.c_w": (1, units), "recurrent.b": (units,), "recurrent.p_w": (units, units),
              "output.c_w": (units, 1), "output.b": (1,)}
    return {name: np.full(shape, value) for name, shape in shapes.items()}


# lines and bends
AT = np.linspace(0, 1, 101)
JUMPY = [0.3, -0.5, 2, 0.7, 0.71, 0.69, 3, 1, 1.3]


def bend(portions, answers, slope=0.5, at=AT):
    """A straight and a bent guess for these days."""
    return case(np.array(portions), np.array(answers), at, slope * at, np.maximum(0.25, at - 0.25))


# descents
X = np.array([[0.25], [0.50], [0.75], [1.00]])
Y = X + 0.25


def steps_down(rate, steps, start=(-1.0, 1.0)):
    """Gradient descent for the line weight * x + bias by the formula: path (S+1, 2) and losses (S+1,)."""
    path, columns = [np.array(start)], np.hstack([X, np.ones_like(X)])
    for _ in range(steps):
        path.append(path[-1] - rate * 2 * columns.T @ (columns @ path[-1] - Y.ravel()) / 4)
    return np.array(path), np.mean((np.array(path) @ columns.T - Y.ravel()) ** 2, axis=1)


LOST = steps_down(0.1, 3)
LOST[0][2:], LOST[1][2:] = NAN, INF

GUESSES = UP[:, None] * sum(ACROSS**k for k in range(30)) * 0.75
LAND = (np.maximum(GUESSES, 0) - 0.75) ** 2
START = [0.9, 0.05]
CALM = np.linspace(START, [0.8, 0.2], 61), np.geomspace(0.15, 1e-6, 61)
THROWN = (np.array([START, [1.1, 0.5]] + [[-5e12, -3e9]] * 59), np.array([0.15, 2e4] + [0.5625] * 59))
CLIFF_BURST = np.array([START, [1.1, 0.5], [INF, NAN]]), np.array([0.15, INF, NAN])

# names
CURVES = np.stack([np.linspace(4.77, 3.04, 101), np.linspace(4.77, 3.35, 101)], 1)
COUNTED = {"uniform": 4.75, "letters": 4.31, "pairs": 3.70, "triples": 3.51}

# nudges
GRID, TRUE = np.geomspace(1e-15, 0.1, 113), -2.0


def nudged(nudge, one_sided=False):
    """A V for each precision: the error of the formula, and that of rounding."""
    power = 1 if one_sided else 2
    slopes = {name: TRUE + GRID**power + eps / GRID for name, eps in (("float64", 1e-16), ("float32", 1e-7))}
    found = {name: TRUE + nudge**power + eps / nudge for name, eps in (("float64", 1e-16), ("float32", 1e-7))}
    return case(GRID, slopes, TRUE, nudge, found)


def slopes_at(at, curve, name="a weight"):
    """Three points of a curve."""
    x = np.linspace(-1, 2, 31)
    return case(x, curve(x), at, curve(np.asarray(at)), name)


# gradients back in time
def ledger(n_days, size=1.0, bptt_steps=None, error=0.25, **how):
    """Days of gradients of both signs, newest first, their sum and what a nudge would say."""
    rng = np.random.default_rng(n_days)
    shapes = {"c_w": (1, 2), "b": (2,), "p_w": (2, 2)}
    days = [{name: size * rng.standard_normal(shape) for name, shape in shapes.items()} for _ in range(n_days)]
    return case(days, sum_over_time(days[:bptt_steps]), sum_over_time(days), error, bptt_steps=bptt_steps, **how)


STATES, BLAME = [[1, 0], [2, 3], [0, 1], [4, 5]], [[-1, 0], [0.5, -2], [0, 3], [2.5, 1.5]]
RING = np.exp(2j * np.pi * np.arange(8) / 8)


def powers(radius, days=30):
    """What is left of a gradient after each day back."""
    return float(radius) ** np.arange(days + 1)


def by_hand(quiet, keep=0.5, write=0.0, guess=None):
    """A memory whose gates stand so: parts and say by the formula."""
    days, portions = quiet + 2, np.array([0.7, *[0.4] * quiet, 0.5])
    writes = np.array([1.0, *[write] * quiet, 1.0])
    own = writes * portions
    kept = np.array([[keep ** (t - s) * own[s] if s <= t else 0 for s in range(days)] for t in range(days)])
    parts = np.stack([kept[:, 0], kept[:, 1:-1].sum(axis=1), kept[:, -1]], axis=1)
    return case(parts, writes * keep ** np.arange(days)[::-1], parts[-1].sum() if guess is None else guess, 1.2)


def walked(n_days, units, seed, step, scale=1.0):
    """What the unrolled drawing shows of a cat's own walk."""
    cat = CatRNN.random(np.random.default_rng(seed), hidden_size=units)
    days = scale * np.linspace(0.25, 1.5, n_days).reshape(-1, 1, 1)
    hs = forward_through_time(unroll(cat.recurrent, cat.relu, n_days), days, np.zeros((1, units)))
    layer, output = cat.recurrent, cat.output
    weights = {"c_w": layer.c_w, "p_w": layer.p_w, "b": layer.b, "out_w": output.c_w, "out_b": output.b}
    return case(days, hs, output.forward(hs[-1]), weights, step)


# many cats
RATES, SIZES = (0.001, 0.003, 0.01, 0.03, 0.1), (1, 2, 4, 8, 16)
MIXED = RNG.choice(FATES, (5, 5, 40))


def all_cats(fate):
    """A map on which every cat met the same fate."""
    return np.full((5, 5, 40), fate, "U9")


# forecasts
EATEN = RNG.uniform(0, 1.4, 60).round(2)
ONE_STEP, FREE = EATEN[8:] + 0.1, EATEN[20:34] + np.array([[-0.2], [0.1], [0.3]])
FUTURES = FREE[..., None] + np.linspace(-0.3, 0.5, 9)
GROWTH = {"one path": np.linspace(0.06, 0.45, 14), "many futures": np.linspace(0.06, 0.33, 14),
          "linear": np.linspace(0.19, 0.33, 14), "own rule": np.linspace(0.05, 0.47, 14),
          "mean": np.full(14, 0.33), "yesterday": np.linspace(0.6, 0.47, 14)}
ALIKE, HUGE = ({name: np.full(14, value) for name in GROWTH} for value in (0.5, 1e9))
MY_GUESSES = "network", "linear", "same as yesterday", "mean", "straight line"
MONDAY, SUNDAY = ("Monday", {}), ("Sunday", dict(zip(WEEKDAYS, [1.0] * 5 + [2.0] * 2, strict=True)))
MISSES = dict(zip(MY_GUESSES, (0.07, 0.02, 0.41, 0.27, 0.3), strict=True))


def forecasts(ahead, height=0.7, spread=0.1):
    """Level guesses, `spread` apart, the network's with three starts."""
    guesses = {name: np.full(ahead, height + spread * k) for k, name in enumerate(MY_GUESSES)}
    return guesses | {"network": height + spread * np.array([[-1.0], [0.5], [2.0]]) * np.ones(ahead)}


# lessons
MANY = 2 ** np.arange(7)
LEARNING = {graded: np.geomspace(0.4 / graded**0.3, 0.1 / graded**0.2, 7)[:, None] * RNG.uniform(0.8, 1.3, (7, 20))
            for graded in (1, 2, 5, 10, 20)}
CROWDED = {graded: np.full((7, 20), 0.07) for graded in LEARNING}
LOST_CATS = {graded: np.full((7, 20), 50.0 * graded) for graded in LEARNING}

# the sun
YEARS, NUMBERS = sunspots()
TESTED, STARTS = NUMBERS[YEARS > 1920], np.array([[-10.0], [0], [10]])


def sun(free_from=1920, guesses=TESTED + STARTS, errors=(0.1, 0.2, 0.3), together=None):
    """The sun itself as a guess, or another one."""
    together = NUMBERS[free_from < YEARS] if together is None else together
    met = peaks_met(YEARS, NUMBERS, YEARS[free_from < YEARS], together)
    scores = dict(zip(INTERVALS, zip(errors, (0.13, 0.37, 0.20), strict=True), strict=True))
    return case(YEARS, NUMBERS, YEARS[YEARS > 1920], guesses, scores, together + STARTS, together, free_from, met)


def shut(free_from):
    """The sun as far as it may be seen before the tests are opened, as a guess."""
    years, numbers, free = YEARS[:221], NUMBERS[:221], YEARS[:221] > free_from
    met = peaks_met(years, numbers, years[free], numbers[free])
    return case(years, numbers, years[181:], numbers[181:] + STARTS, {(1881, 1920): (0.123, 0.12)},
                numbers[free] + STARTS, numbers[free], free_from, met)


MAKERS = {"Cliff": lambda ax=None: Cliff(LAND, ACROSS, UP, ax), "Descent": lambda ax=None: Descent(X, Y, ax)}
"""Pictures that are made of something."""

CASES = {
    "Activations": [case(ALIVE), case(DEAD), case(np.ones((4, 16))), case(np.full((3, 2), NAN)),
                    case(np.ones((30, 8))), case([[1e12]])],
    "Bend": [bend([0, 0.5, 1], [0.25, 0.25, 0.75]), bend([0.9] * 4, [0.1, 0.9, 0.5, 0.5], 0.45, 2 * AT),
             bend([1], [0], 0)],
    "Cliff": [case(CALM, CALM, 1), case(THROWN, CALM, 0.1, 0), case(THROWN, CALM, 1000, 1), case(THROWN, THROWN, 1),
              case(CLIFF_BURST, CALM, 1), case(CALM, THROWN, 10, 30)],
    "Cycles": [sun(), sun(1950), sun(1990, TESTED * 1e9 + STARTS, (1e9, 50.0, INF), np.full(18, NAN)),
               sun(together=60 + 50 * np.sin(2 * np.pi * (np.arange(88) - 4) / 10.5)), shut(1880), shut(1906)],
    "Descent": [case(*steps_down(0.1, 100)), case(*steps_down(0.71, 200)), case(*steps_down(0.5, 0)),
                case(*steps_down(1.0, 30)), case(*steps_down(0.001, 300)), case(*LOST)],
    "Epoch": [case(1, FALLING, ALIVE, [1, 2], 2.5, 3.0, cat_weights(1.0), cat_weights(1.0)),
              case(3, FALLING, ALIVE, [1, 2], 2.5, 3.0, cat_weights(3.0), cat_weights(1.0)),
              case(5, BURST, np.full((2, 2), NAN), [1, 2], NAN, 3.0, cat_weights(NAN), cat_weights(1.0)),
              case(40, FALLING, np.ones((4, 16)), PORTIONS, -9.0, 1.25, cat_weights(9.0, 16), cat_weights(-2.0, 16))],
    "FateMap": [case(MIXED, RATES, SIZES), case(all_cats("learned"), RATES, SIZES),
                case(all_cats("exploded"), RATES, SIZES), case([[["learned", "dead"]]], (0.01,), (3,))],
    "Fates": [case({"a": ["dead", "learned"]}), case({"way": FATES * 7, "other\nway": ["exploded"] * 3}),
              case({f"group {k}": ["bias only", "not yet", "dead"] for k in range(4)})],
    "Forecast": [case(EATEN, 20, ONE_STEP, FREE, FUTURES, GROWTH, 5),
                 case(EATEN, 8, ONE_STEP, FREE - 1, FUTURES - 1, GROWTH, 1, "Weekly"),
                 case(EATEN, 46, ONE_STEP, FREE + 9, FUTURES + 9, ALIKE, 14),
                 case(2 * EATEN, 30, ONE_STEP, FREE * NAN, FUTURES * NAN, HUGE, 14),
                 case(0 * EATEN, 20, 0 * ONE_STEP, 0 * FREE, 0 * FUTURES, ALIKE, 2)],
    "Gates": [by_hand(1), by_hand(1, 1.0, 0.0), by_hand(100, 0.9, 0.5), by_hand(200, 1.0, 1.0), by_hand(0),
              by_hand(20, 0.5, 0.3, guess=-3.0), by_hand(3, guess=1.2)],
    "Hinge": [case(1, -0.5), case(-2, 2), case(0, 0), case(2, 2), case(0.25, -2), case(-0.75, 1.25)],
    "LSTM": [case()],
    "Ledger": [ledger(4), ledger(4, bptt_steps=2, unit=2), ledger(4, added=False, slips={"forgot +=": "Forgot +=."}),
               ledger(2, bptt_steps=1, error=0.0), ledger(6), ledger(4, 1e5), ledger(4, 1e-5), ledger(1, 0.0, error=0)],
    "Lessons": [case(MANY, LEARNING, 1, 4, LEARNING[1][2], 0.32, "Feast and fast"),
                case(MANY, LEARNING, 20, 1, LEARNING[20][0], 0.32, "A cat"),
                case(MANY, LEARNING, 7, 3, LEARNING[10][1], 0.32, "Two days ago"),
                case(MANY, CROWDED, 10, 64, CROWDED[10][0], 0.05, "A cat"),
                case(MANY, LOST_CATS, 2, 64, LOST_CATS[2][0], 1.4, "A cat")],
    "Line": [case(CATS["grower"], 1.0, 0.25), case(CATS["feast and rest"], -2.0, 2.0), case(JUMPY, 2.0, 2.0),
             case([0.5, 0.5], 0.0, -1.0), case([0, 0, 0], 1 / 3, 0.123)],
    "LossCurve": [case(FALLING), case(BURST), case(np.stack([FALLING, FALLING[::-1]], 1), None, ("a", "all days")),
                  case(FALLING, 80, ("",), 7), case(np.full((5, 4), 0.5), names=list("abcd")), case([1.0, 0.0])],
    "MyCat": [case([0.5, 0.75, 1], forecasts(7), {}, (), 0, 1),
              case(EATEN[:19], forecasts(7), MISSES, [0.02, 0.1, 0.05], 4, 5),
              case(EATEN, forecasts(14, 0.2, 0), dict.fromkeys(MY_GUESSES, 0.0), [0.0], 15, 7, MONDAY, (28, 0.6, 0.9)),
              case([0.0, 0.0], forecasts(1, 0, 0), {}, (), 0, 1, SUNDAY),
              case([1e6, 0, 1e6], forecasts(3, 4e5, 1e5), {}, (), 0, 1),
              case([-1e6, 0, 1e6], forecasts(3, -4e5, 1e5), MISSES, [2e5], 1, 1),
              case([50, 80], forecasts(2, -9e9, 0), MISSES, [9.0], 1, 1),
              case(38.5 + np.array(EATEN), forecasts(7, 38.7, 0.01), MISSES, [0.1], 15, 7, MONDAY),
              case(np.tile(EATEN, 7)[:400], forecasts(14, 99), MISSES, [0.5, INF], 28, 7, SUNDAY),
              case([1, 2, 1], forecasts(3, NAN), MISSES | {"network": INF}, [NAN], 1, 1)],
    "Names": [case(["tom", "sally"] * 5, ["tom"], CURVES, 100, COUNTED),
              case(["q" * 20, "", "m" * 14] + ["w" * 15] * 7, [], CURVES, 0, COUNTED),
              case(["a"] * 10, ["a"], np.full((101, 2), NAN), 50, {"letters": 4.3}),
              case(["ada"] * 3, [], CURVES * 9, 7, dict.fromkeys(COUNTED, 3.4))],
    "Nudge": [nudged(nudge, sided) for nudge, sided in ((1e-15, False), (1e-12, True), (1e-6, False), (3e-3, True),
                                                        (0.1, False), (5.0, True))],
    "Parabola": [case(0.5, 1.25), case(2.5, 0.0), case(0.0, 2.5), case(1.25, 1.25)],
    "Reach": [case({"plain": powers(0.5, 100), "GRU": powers(0.9, 100), "LSTM": powers(0.99, 100)}),
              case({"plain": powers(0.8, 100), "GRU": powers(0.8, 100), "LSTM": powers(0.8, 100)}, "Alike"),
              case({"plain": powers(1.5, 100), "GRU": powers(0.1, 100), "LSTM": np.r_[1, 0.5, np.zeros(99)]}),
              case({"plain": powers(0.99, 7), "GRU": powers(1.0, 7), "LSTM": powers(1.01, 7)})],
    "Remembered": [case(EATEN, RNG.random((60, 8)), RNG.random((8, 8))), case(EATEN[:9], np.zeros((9, 8)),
                                                                             np.zeros((8, 8))),
                   case(EATEN * 9, RNG.random((60, 3)) * 100, RNG.random((2, 3))),
                   case(EATEN, RNG.random((60, 16)), RNG.random((14, 16)) * 9)],
    "Series": [case(NUMBERS, {"to choose by": 185, "test": 247}), case(NUMBERS, {"test": 300}),
               case(NUMBERS, (), *np.outer((20, 5, 60), np.ones(7))),
               case(-40 + 0.01 * np.arange(60), (), [-39.0], [-41.0], [-38.9]),
               case([1e6, -1e6] * 30, (), *np.outer((1e6, -1e6, 3e9), np.ones(14))),
               case([0.5, 0.5], (), [NAN, 1e300], [-INF, 0], [INF, NAN]), case([0.0, 1e-4], {"test": 1})],
    "Slopes": [slopes_at((0.0, 0.5, 1.0), lambda x: x**3), slopes_at((-0.5, 0.0, 0.5), abs, "a bias"),
               slopes_at((0.2, 0.3, 0.4), lambda x: 0 * x), slopes_at((0.99, 1.0, 1.01), lambda x: x**3)],
    "Solved": [case((10, 50, 100, 200), {"ReLU, as ordered": [0.4, 0, 0, 0], "ReLU, identity start": [1, 0.5, 0, 0],
                                         "GRU": [1, 1, 0.9, 0.5], "LSTM": [1, 1, 0.9, 0.4]}),
               case((10, 50), {cell: [1, 1] for cell in "abcd"}), case((7,), {"one": [0.5]})],
    "Sources": [case([0.25, 0.17, -0.21], [0.07, -0.10, 0.0]), case([0.5], [-0.25]), case([0.0, 0.0], [0.0, 0.0]),
                case([1e-3, -2e4, 3e4, 1e5], [-1, 2e4, 0, 5e4]), case(np.ones(4), -2 * np.ones(4))],
    "Spectrum": [case(0.9 * RING, powers(0.9)), case(2 * RING, powers(2)),
                 case(0.5 * RING, powers(0.1), "With ReLU"), case(4.18 * RING, powers(4.18)),
                 case(np.array([1.0 + 0j]), np.r_[1, 0.5, np.zeros(29)]), case(-0.8j * RING, powers(0.8, 7)),
                 case(0 * RING, np.r_[1.0, np.zeros(30)])],
    "Timeline": [case([1, 2]), case([1, 2], {"mean": 1.5}, 3), case([1, 2], {"mean": -1e9}, 3), case([0.5]),
                 case(PORTIONS, {"same as yesterday": 1, "mean": 0.6, "straight line": 9}, 1.25),
                 case([0.5] * 25, {"mean": NAN}, 0)],
    "Training": [case(FALLING, ALIVE, [1, 2], 2.5, 3.0, **VERDICT), case(BURST, DEAD, [1, 2], NAN, 3.0, **VERDICT),
                 case(FALLING, np.ones((20, 16)), [0.5] * 20, 0.5, 1.25, **VERDICT)],
    "Unrolled": [walked(4, 2, 214, 0), walked(4, 2, 214, 3), walked(4, 2, 7, 3), walked(6, 4, 1, 7, 50.0),
                 walked(2, 1, 3, 1), walked(6, 3, 5, 2, -700.0), walked(4, 2, 214, 5, 3e6)],
    "WayBack": [case(STATES, BLAME, 2.8, 3.1, k) for k in (4, 1, 3)] + [
        case(np.full((4, 2), 1e6), np.full((4, 2), -1e6), NAN, 0.0)],
}
"""Every picture by name: what its `show` is given."""

STILL_AXES = {"Cliff": 4, "Cycles": 6, "Descent": 4, "FateMap": 3, "Hinge": 6, "LSTM": 1, "Lessons": 5,
              "Nudge": 6, "Parabola": 4, "Spectrum": 3, "WayBack": 4}
"""Pictures whose axes stay as they are from the first case to this one: only artists move."""


def new(name, ax=None, narrow=False):
    """Make a picture; narrow: on the page of a phone."""
    picture = MAKERS.get(name, PICTURES[name])(ax=ax)
    picture.turn(narrow)
    return picture
