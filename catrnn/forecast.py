"""From guesses to forecasts: a scale from training days, days ahead, and a watch for leaks."""

from dataclasses import dataclass

import numpy as np

from catrnn import checks
from catrnn.bptt import forward_through_time, unroll
from catrnn.data import windows
from catrnn.initializers import leaky_identity_init
from catrnn.network import CatRNN
from catrnn.training import train

DUST = 1e-12
"""A spread below this share of the mean is what rounding makes of days that are all alike."""


@dataclass(frozen=True)
class Scaling:
    """Portions turned into numbers that networks like, and back: (portions - shift) / spread."""

    shift: float
    spread: float

    def __post_init__(self):
        checks.number("shift", self.shift)
        checks.above_zero("spread", self.spread)

    @classmethod
    def fit(cls, training_days):
        """Return the scaling whose numbers have mean 0 and spread 1 on these days; give no others.

        The spread is the standard deviation. Days that are all alike have none to divide by, but
        for the dust of rounding; they are divided by 1.
        """
        x = checks.finite("training_days", training_days)
        shift, spread = float(x.mean()), float(x.std())
        return cls(shift, spread if spread > max(DUST * abs(shift), checks.SMALLEST) else 1.0)

    def transform(self, days) -> np.ndarray:
        """Return days in portions, of any shape, as scaled numbers."""
        days = checks.numbers("days", days)
        return (days - self.shift) / self.spread

    def inverse_transform(self, scaled) -> np.ndarray:
        """Return scaled numbers, of any shape, as portions."""
        scaled = checks.numbers("scaled", scaled)
        return scaled * self.spread + self.shift


class ScaledModel:
    """A network that thinks in scaled numbers, asked in portions and answering in portions."""

    def __init__(self, cat, scaling: Scaling):
        checks.require_attributes("cat", cat, "predict")
        checks.require_attributes("scaling", scaling, "transform", "inverse_transform")
        self.cat, self.scaling = cat, scaling

    def predict(self, days) -> np.ndarray:
        """Return tomorrow's portions after T days, as `CatRNN.predict` does."""
        checks.non_empty("days", days, "days such as catrnn.data.DAYS")
        scaled = [self.scaling.transform(day) for day in days]
        return self.scaling.inverse_transform(self.cat.predict(scaled))

    def hidden(self, days) -> np.ndarray:
        """Return the hidden state after each of T days, (T, ..., N, H)."""
        days = self.cat.days(self.scaling.transform(days))
        steps = unroll(self.cat.recurrent, self.cat.relu, len(days))
        return np.array(forward_through_time(steps, days, self.cat.first_state(days))[1:])

    def moved(self, days, nudge: float = 0.1) -> np.ndarray:
        """Return how far each hidden unit of the last day moves, per portion, if a day is nudged.

        days: T days (T, N, 1); each is nudged alone, for all N at once, and their mean counts.
        Return (T, ..., H), oldest day first.
        """
        days = checks.shaped("days", checks.finite("days", days), "T N 1", {})
        at_rest, moved = self.hidden(days)[-1], []
        for day in range(len(days)):
            nudged = days.copy()
            nudged[day] += nudge
            moves = abs(self.hidden(nudged)[-1] - at_rest)
            moved.append(moves.mean(axis=-2) / nudge)
        return np.array(moved)


def learn_habit(series, n_days: int, *, restarts: int = 5, hidden_size: int = 8,
                epochs: int = 800, learning_rate: float = 0.1, progress=None) -> ScaledModel:
    """Train networks side by side on every window of these timelines.

    series: training days alone, (T,) or (C, T), for the scaling is fitted on them too.
    restarts: how many networks, each with first weights of its own.
    Return all of them in one: `predict` gives (restarts, N, 1).
    """
    checks.finite("series", series)
    checks.integer("restarts", restarts, maximum=1000)
    scaling = Scaling.fit(series)
    rngs = [np.random.default_rng(start) for start in range(restarts)]
    cats = CatRNN.random(rngs, hidden_size, learning_rate, init=leaky_identity_init)
    days, targets = windows(scaling.transform(series), n_days)
    train(cats, days, targets, epochs, clip=1.0, record=False, progress=progress)
    return ScaledModel(cats, scaling)


def free_run(predict, days, n_ahead: int, *, keep_all: bool = False) -> np.ndarray:
    """Forecast n_ahead days: each guess is taken for what was eaten, and the window moves on.

    predict: a function from T days to the guess for the day after, such as `cat.predict` or
    `mean_of_days`. days: (T, N, 1), or what else it takes. keep_all: show it every day so far, the
    guesses too, not the last T alone.
    Return (n_ahead, ..., N, 1); the dots are the leading axes of the guesses.
    """
    checks.function("predict", predict)
    checks.non_empty("days", days, "days")
    checks.integer("n_ahead", n_ahead)
    window, guesses = list(days), []
    for _ in range(n_ahead):
        guess = checks.numbers("what predict returns", predict(window))
        guess = guess.copy()  # lest the same array comes back, with other numbers in it
        guesses.append(guess)
        window = [*window, guess] if keep_all else [*window[1:], guess]
    return np.array(guesses)


def many_futures(predict, days, n_ahead: int, n_futures: int, noise: float, rng) -> np.ndarray:
    """Run free many times; each guess is off by chance, as guesses are, before it is fed back.

    predict, days (T, N, 1): as in `free_run`. noise: how far a guess is off, a standard deviation
    in portions. No portion falls below 0.
    Return (n_ahead, ..., N, n_futures). Their mean has the least expected squared miss of all
    forecasts, if predict and noise are right.
    """
    checks.function("predict", predict)
    days = checks.shaped("days", checks.finite("days", days), "T N 1", {})
    checks.integer("n_futures", n_futures)
    checks.above_zero("noise", noise)
    checks.generators("rng", rng)

    def off_by_chance(window):
        guess = predict(window)
        return np.maximum(0, guess + rng.normal(0, noise, guess.shape))

    futures = free_run(off_by_chance, np.repeat(days, n_futures, axis=1), n_ahead)
    return futures.reshape(*futures.shape[:-2], -1, n_futures)


def leaked_days(prepare, series, first: int) -> list:
    """Return the days, counted from 0, whose guess has seen its own answer or what came after.

    prepare: a function from a timeline (T,) to one row for each of the days first, ..., T-1: the
    guess, or what the guess is made from. One day after the other is changed at random, with all
    that follow it: its row must not move.
    """
    checks.function("prepare", prepare)
    series = checks.finite("series", series)
    checks.integer("first", first)
    checks.timelines("series", series, first + 1, why=f"the days from {first} on are asked for")
    honest = rows_of(prepare, series, first)

    leaked, rng = [], np.random.default_rng(0)
    for day in range(first, len(series)):
        changed = series.copy()
        changed[day:] += rng.uniform(0.5, 1.5, len(series) - day)
        if not np.array_equal(rows_of(prepare, changed, first)[day - first], honest[day - first]):
            leaked.append(day)
    return leaked


def rows_of(prepare, series, first: int) -> np.ndarray:
    """Return what `prepare` makes of a timeline: a row for each of the days from `first` on."""
    rows = checks.numbers("what prepare returns", prepare(series.copy()))
    rows = np.atleast_1d(rows)
    if len(rows) != len(series) - first:
        raise ValueError(f"what prepare returns has {len(rows)} rows, but the days from {first} on "
                         f"are {len(series) - first}; return one row for each of them")
    return rows
