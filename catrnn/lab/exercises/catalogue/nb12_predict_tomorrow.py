"""12: windows and a scale that know nothing of tomorrow."""

import numpy as np

from catrnn.data import windows
from catrnn.forecast import Scaling
from catrnn.lab.exercises.exercise import Exercise, Slip


class OfTimeline(Exercise):
    """An exercise of a timeline and a number of days, which are fewer than the timeline has."""

    def draw_probe(self, rng, sizes: dict, integers: bool = False) -> dict:
        """Draw a longer timeline, and 2 days or more. The first is set apart: there is a spread."""
        _, number = self.axes
        days = sizes["D"] + 1
        probe = super().draw_probe(rng, {**sizes, "T": sizes["T"] + days + 1}, integers)
        probe["series"][0] += 10
        return {**probe, number: days}


def changed(change):
    """Return the result of a slip that changes the right ones: change(days, answers, n)."""
    def result(right, series, n_days):
        days, answers = right(series=series, n_days=n_days)
        return change(days, answers, n_days)

    return result


def answer_inside(days, answers, n):
    """Each window is moved on by a day, so that its last day is the answer."""
    return np.concatenate([days[1:], answers[None]]), answers


def reshaped(days, answers, n):
    """The rows, a window each, are filled into the other shape and not turned."""
    return days.swapaxes(0, 1).reshape(days.shape), answers


def one_more(right, series, n_days):
    """The last days of all make a window too, but nothing comes after them."""
    days, answers = right(series=series, n_days=n_days)
    return np.concatenate([days, series[-n_days:].reshape(n_days, 1, 1)], axis=1), answers


def cut_in_blocks(right, series, n_days):
    """The whole series is cut into blocks, side by side; the last may have no answer."""
    blocks = len(series) // n_days
    days = series[:blocks * n_days].reshape(blocks, n_days).T[..., None]
    return days, series[n_days::n_days].reshape(-1, 1)


NO_OVERLAP = ("The windows do not overlap. Move on by one day, not by a whole window: every day "
              "that has n_days before it is an answer.")

WINDOWS = OfTimeline(
    name="windows",
    notebook="12_predict_tomorrow",
    reference=windows,
    solution_source="source(windows)",
    axes={"series": "T", "n_days": ""},
    first=(dict(series=np.array([1.0, 2.0, 3.0, 4.0, 5.0]), n_days=2),),
    returns=("days", "answers"),
    when_stopped={
        "cannot reshape": "Windows overlap: a day is in several of them. So no reshape of the "
                          "series makes them. Cut a window for each answer, as in series[k - "
                          "n_days:k], and put them together.",
    },
    slips=(
        Slip("answer inside",
             "The answers leak: each is the last day of its own window. A window ends the day "
             "before.",
             changed(answer_inside)),
        Slip("answer is yesterday",
             "Each answer is the last day of its own window, which ends a day too early for it: "
             "the answer is the day after the window.",
             changed(lambda days, answers, n: (days, days[-1]))),
        Slip("a day left out",
             "A day is left out between each window and its answer. The answer is the very next "
             "day.",
             changed(lambda days, answers, n: (days[:, :-1], answers[1:]))),
        Slip("last window missing",
             "The last window is missing. range stops before its end: the last answer is series[T "
             "- 1], so the range of answers ends at T, which is len(series).",
             changed(lambda days, answers, n: (days[:, :-1], answers[:-1]))),
        Slip("a window too many",
             "There is a window too many: after the last n_days no day comes, so they have no "
             "answer. Leave the last window away.",
             one_more),
        Slip("reshaped, not turned",
             "The windows are mixed up: reshape fills another shape with the numbers in their old "
             "order. With a window in each row, .T turns rows into columns, and [..., None] adds "
             "the last axis.",
             changed(reshaped)),
        Slip("no overlap", NO_OVERLAP,
             changed(lambda days, answers, n: (days[:, ::n], answers[::n]))),
        Slip("blocks", NO_OVERLAP, cut_in_blocks),
        Slip("rows are windows",
             "days is turned round: its first axis should be the days of a window, its second the "
             "windows. swapaxes(0, 1) turns it.",
             changed(lambda days, answers, n: (days.swapaxes(0, 1), answers))),
        Slip("days without last axis",
             "days has no last axis: a day is one number in a row of its own. [..., None] adds the "
             "axis.",
             changed(lambda days, answers, n: (days[..., 0], answers))),
        Slip("rows without last axis",
             "days is turned round and has no last axis: make it (n_days, N) with .T, then add the "
             "axis with [..., None].",
             changed(lambda days, answers, n: (days[..., 0].T, answers))),
        Slip("newest first",
             "The days of each window run backwards. The oldest day comes first.",
             changed(lambda days, answers, n: (days[::-1], answers))),
        Slip("flat answers",
             "answers is flat; it should be (N, 1), a row for each answer. reshape(-1, 1) makes it "
             "so.",
             changed(lambda days, answers, n: (days, answers.ravel()))),
    ),
    hints=(
        "An answer is series[k]. Which are the days before it, as a slice? From which k on are "
        "there enough of them, and which is the last k?",
        "A list of series[k - n_days:k] for k in range(n_days, len(series)) has a window in each "
        "row: np.array makes it (N, n_days). The network wants (n_days, N, 1): rows become "
        "columns, and an axis is added. reshape alone would mix the windows up.",
    ),
    on_success="What a guess is made from ends the day before its answer: so nothing leaks.",
)


def scale(series, n_training):
    """The course's scaling, fitted on the training days."""
    return Scaling.fit(series[:n_training]).transform(series)


def from_days(change):
    """Return the result of a slip, from all days and the training days: change(series, known)."""
    def result(right, series, n_training):
        return change(series, series[:n_training])

    return result


def fitted_on_the_rest(right, series, n_training):
    """The two numbers come from the days that should be judged."""
    rest = series[n_training:]
    return (series - rest.mean()) / rest.std()


def each_part_by_its_own(right, series, n_training):
    """The test days have a mean and a standard deviation of their own."""
    parts = series[:n_training], series[n_training:]
    return np.concatenate([(part - part.mean()) / part.std() for part in parts])


def of_other_days(more: int):
    """Return the result of a slip that takes so many training days more than it should."""
    def result(right, series, n_training):
        known = series[:n_training + more]
        with np.errstate(divide="ignore", invalid="ignore"):  # a single day has no deviation
            return (series - known.mean()) / known.std()

    return result


SCALE = OfTimeline(
    name="scale",
    notebook="12_predict_tomorrow",
    reference=scale,
    solution_source="source(Scaling)",
    axes={"series": "T", "n_training": ""},
    first=(dict(series=np.array([1.0, 5.0, 9.0, 3.0]), n_training=2),),
    returns=("the scaled series",),
    slips=(
        Slip("fitted on all",
             "It leaks: mean and standard deviation come from all days. Take them from the "
             "training days, series[:n_training].",
             from_days(lambda series, known: (series - series.mean()) / series.std())),
        Slip("fitted on the rest",
             "Mean and standard deviation come from the days after the training days; take "
             "series[:n_training], with the colon in front.",
             fitted_on_the_rest),
        Slip("each part by its own",
             "It leaks: the later days are scaled by their own mean and standard deviation. Take "
             "both from series[:n_training], for the later days too.",
             each_part_by_its_own),
        Slip("a day short",
             "Mean and standard deviation lack the last training day. Take series[:n_training]: a "
             "slice stops before its end by itself, so no 1 is taken away.",
             of_other_days(-1)),
        Slip("a day too many",
             "It leaks: the first day after the training days counts too. Take "
             "series[:n_training], which stops before its end.",
             of_other_days(1)),
        Slip("mean of all",
             "The mean leaks: it is that of all days. Take it from series[:n_training], as the "
             "standard deviation.",
             from_days(lambda series, known: (series - series.mean()) / known.std())),
        Slip("deviation of all",
             "The standard deviation leaks: it is that of all days. Take it from "
             "series[:n_training], as the mean.",
             from_days(lambda series, known: (series - known.mean()) / series.std())),
        Slip("no mean",
             "The mean is not taken away; do that before you divide.",
             from_days(lambda series, known: series / known.std())),
        Slip("no deviation",
             "The mean is taken away, but nothing is divided by the standard deviation.",
             from_days(lambda series, known: series - known.mean())),
        Slip("variance",
             "It is divided by the variance; the standard deviation is its square root, np.std.",
             from_days(lambda series, known: (series - known.mean()) / known.var())),
        Slip("one less",
             "The standard deviation is the one for a small sample, with ddof=1; leave ddof out.",
             from_days(lambda series, known: (series - known.mean()) / known.std(ddof=1))),
        Slip("range for deviation",
             "It is divided by the largest less the smallest. The standard deviation counts all "
             "days: np.std.",
             from_days(lambda series, known: (series - known.mean()) / np.ptp(known))),
        Slip("from 0 to 1",
             "This is another scale: the smallest is taken away, and the largest less the smallest "
             "divides, so that training days lie from 0 to 1. Take their mean away, and divide by "
             "their standard deviation.",
             from_days(lambda series, known: (series - known.min()) / np.ptp(known))),
        Slip("from 0 to 1, of all",
             "It leaks: the smallest and the largest of all days are in it. And another scale is "
             "asked for: take the mean of series[:n_training] away, divide by its standard "
             "deviation.",
             from_days(lambda series, known: (series - series.min()) / np.ptp(series))),
        Slip("training days only",
             "Only the training days come back; scale the whole series with their two numbers.",
             from_days(lambda series, known: (known - known.mean()) / known.std())),
        Slip("brackets",
             "Only the mean is divided by the standard deviation: put brackets round series minus "
             "mean.",
             from_days(lambda series, known: series - known.mean() / known.std())),
    ),
    hints=(
        "Which days may be known when the scale is made? series[:n_training] are they.",
        "Two numbers come from the training days, .mean() and .std(). Then every day of the series "
        "is moved by the one and divided by the other.",
    ),
    on_success="The test days are measured by a scale that never saw them.",
)

EXERCISES = [WINDOWS, SCALE]
