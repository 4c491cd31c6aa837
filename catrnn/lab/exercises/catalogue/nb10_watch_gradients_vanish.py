"""10: cut a long gradient short, and leave its direction."""

import numpy as np

from catrnn.bptt import clip_by_norm
from catrnn.lab.exercises.exercise import Exercise, Slip


def clipped(d_c_w, d_p_w, limit):
    """The course's clip, for one layer with two arrays."""
    layer = clip_by_norm({"layer": {"c_w": d_c_w, "p_w": d_p_w}}, limit)["layer"]
    return layer["c_w"], layer["p_w"]


def length(x) -> float:
    """The root of the sum of the squares."""
    return np.sqrt((x**2).sum())


def scaled(scale):
    """Return both arrays times scale(every, limit), where every holds all entries of both."""
    def result(right, d_c_w, d_p_w, limit):
        times = scale(np.concatenate([d_c_w.ravel(), d_p_w.ravel()]), limit)
        return d_c_w * times, d_p_w * times

    return result


def measured(size):
    """Return both arrays cut to the limit, with size(d_c_w, d_p_w) for their common length."""
    def result(right, d_c_w, d_p_w, limit):
        times = min(1, limit / size(d_c_w, d_p_w))
        return d_c_w * times, d_p_w * times

    return result


def longer(d_c_w, d_p_w) -> float:
    """The length of the longer array."""
    return max(length(d_c_w), length(d_p_w))


def shorter(d_c_w, d_p_w) -> float:
    """The length of the shorter array."""
    return min(length(d_c_w), length(d_p_w))


def asked_alone(size):
    """Return both arrays cut to the limit, but only if size(d_c_w, d_p_w) is over it."""
    def result(right, **probe):
        given = probe["d_c_w"], probe["d_p_w"]
        return right(**probe) if size(*given) > probe["limit"] else given

    return result


def of_every(size):
    """Return a size of both arrays, from size(all entries of both)."""
    return lambda d_c_w, d_p_w: size(np.concatenate([d_c_w.ravel(), d_p_w.ravel()]))


def one_by_one(change):
    """Return change(array, limit) of each array."""
    return lambda right, d_c_w, d_p_w, limit: (change(d_c_w, limit), change(d_p_w, limit))


def nothing_for_a_short_one(right, **probe):
    """The only return stands in the branch for long gradients."""
    cut = right(**probe)
    return None if np.array_equal(cut[0], probe["d_c_w"]) else cut


CLIP = Exercise(
    name="clip by norm",
    notebook="10_watch_gradients_vanish",
    reference=clipped,
    solution_source="source(clip_by_norm)",
    axes={"d_c_w": "D H", "d_p_w": "H H", "limit": ""},
    first=(
        # long and short, one number each
        dict(d_c_w=np.array([[3.0]]), d_p_w=np.array([[4.0]]), limit=0.5),
        dict(d_c_w=np.array([[0.3]]), d_p_w=np.array([[-0.4]]), limit=2.0),
        # each array shorter than the limit, both together longer; and one longer than the limit
        dict(d_c_w=np.array([[0.6]]), d_p_w=np.array([[0.8]]), limit=0.9),
        dict(d_c_w=np.array([[0.6]]), d_p_w=np.array([[0.8]]), limit=0.7),
        dict(d_c_w=np.array([[0.8]]), d_p_w=np.array([[0.6]]), limit=0.7),
        # short and long, where one array is longer than the other
        dict(d_c_w=np.array([[0.1, -0.7]]), d_p_w=np.array([[0.1, 0.5], [0.5, -0.5]]), limit=1.5),
        dict(d_c_w=np.array([[1.0, -7.0]]), d_p_w=np.array([[1.0, 5.0], [5.0, -5.0]]), limit=2.0),
    ),
    returns=("d_c_w", "d_p_w"),
    slips=(
        Slip("each by its own length",
             "Each array was cut by its own length. All of them together have one length, and one "
             "scale: else the direction changes.",
             one_by_one(lambda d, limit: d * min(1, limit / length(d)))),
        Slip("by value",
             "Each entry was cut to between -limit and limit by itself, which bends the direction. "
             "Multiply all entries with one scale.",
             one_by_one(lambda d, limit: np.clip(d, -limit, limit))),
        Slip("from above only",
             "Entries above the limit were cut, and those below zero were not. Multiply all "
             "entries with one scale.",
             one_by_one(np.minimum)),
        Slip("always to the limit",
             "A gradient that is shorter than the limit was made longer. Leave it as it is: scale "
             "only if the length is over the limit.",
             scaled(lambda every, limit: limit / length(every))),
        Slip("length one",
             "It was divided by its length alone, so it has length 1. Multiply with the limit too, "
             "and only if it is over the limit.",
             scaled(lambda every, limit: 1 / length(every))),
        Slip("length one if long",
             "It was cut to length 1. Cut it to the limit: multiply with limit / length.",
             scaled(lambda every, limit: 1 / length(every) if length(every) > limit else 1)),
        Slip("no root",
             "The squares are added up, but the root is missing. The length is np.sqrt of that "
             "sum.",
             measured(of_every(lambda x: (x**2).sum()))),
        Slip("not squared",
             "The sizes of the entries were added up. Square them first, add up, and take the root "
             "of the sum.",
             measured(of_every(lambda x: np.abs(x).sum()))),
        Slip("largest entry",
             "It was scaled by its largest entry. The length counts them all: square, add up, take "
             "the root.",
             measured(of_every(lambda x: np.abs(x).max()))),
        Slip("lengths added up",
             "The two lengths were added up. Add up the squares of all entries first, and take one "
             "root at the end.",
             measured(lambda d_c_w, d_p_w: length(d_c_w) + length(d_p_w))),
        Slip("larger of the two lengths",
             "The longer of the two arrays alone was measured. Add up the squares of all entries "
             "of both, and take one root at the end.",
             measured(longer)),
        Slip("smaller of the two lengths",
             "The shorter of the two arrays alone was measured. Add up the squares of all entries "
             "of both, and take one root at the end.",
             measured(shorter)),
        *(Slip(f"asked alone: {name}",
               f"{asked} was asked whether it is over the limit. Both arrays may be short, and "
               "longer than the limit together: ask their common length.",
               asked_alone(size))
          for name, asked, size in (
              ("d_c_w", "d_c_w alone", lambda d_c_w, d_p_w: length(d_c_w)),
              ("d_p_w", "d_p_w alone", lambda d_c_w, d_p_w: length(d_p_w)),
              ("longer", "Each array by itself", longer),
              ("shorter", "Each array by itself", shorter))),
        Slip("mean of squares",
             "A mean was taken where the sum belongs. The length is the root of the sum of "
             "squares.",
             measured(of_every(lambda x: np.sqrt((x**2).mean())))),
        Slip("d_p_w's length left out",
             "The length is that of d_c_w alone. Put the squares of d_p_w into the sum as well.",
             measured(lambda d_c_w, d_p_w: length(d_c_w))),
        Slip("d_c_w's length left out",
             "The length is that of d_p_w alone. Put the squares of d_c_w into the sum as well.",
             measured(lambda d_c_w, d_p_w: length(d_p_w))),
        Slip("max for min",
             "What is short was made longer, and what is long was left. Write min where you wrote "
             "max: scale only if the length is over the limit.",
             scaled(lambda every, limit: max(1, limit / length(every)))),
        Slip("upside down",
             "The scale is upside down: it made a long gradient longer. Multiply with limit / "
             "length.",
             scaled(lambda every, limit: max(1, length(every) / limit))),
        Slip("upside down, always",
             "The scale is upside down: it is length / limit, and a long gradient got longer. "
             "Multiply with limit / length, and only if the length is over the limit.",
             scaled(lambda every, limit: length(every) / limit)),
        Slip("upside down, min",
             "The scale is upside down: a short gradient got shorter, and a long one was left. "
             "Multiply with limit / length in place of length / limit.",
             scaled(lambda every, limit: min(1, length(every) / limit))),
        Slip("divided by the limit",
             "The arrays were divided by the limit, whatever their length. Multiply with limit / "
             "length, and only if the length is over the limit.",
             scaled(lambda every, limit: 1 / limit)),
        Slip("times the limit",
             "The arrays were multiplied with the limit, whatever their length. Divide by the "
             "length too, and only if it is over the limit.",
             scaled(lambda every, limit: limit)),
        Slip("thrown away",
             "A gradient that is too long was thrown away. Keep its direction: multiply with limit "
             "/ length.",
             scaled(lambda every, limit: 0 if length(every) > limit else 1)),
        Slip("only d_p_w cut",
             "d_c_w came back as it was. Multiply both arrays with the same scale.",
             lambda right, **probe: (probe["d_c_w"], right(**probe)[1])),
        Slip("only d_c_w cut",
             "d_p_w came back as it was. Multiply both arrays with the same scale.",
             lambda right, **probe: (right(**probe)[0], probe["d_p_w"])),
        Slip("nothing for a short one",
             "Nothing comes back if the gradient is short enough. Return both arrays then too, as "
             "they are.",
             nothing_for_a_short_one),
        Slip("no clip",
             "Nothing was cut: a gradient longer than the limit came back as it was.",
             scaled(lambda every, limit: 1)),
    ),
    hints=(
        "One length for both arrays together: square every entry of both, add all the squares up, "
        "and take the root.",
        "If the length is over the limit, one number brings it down to the limit. What must you "
        "multiply with?",
        "limit / length is that number, and min(1, ...) leaves a short gradient alone. It is the "
        "same for both arrays.",
    ),
    on_success="The step keeps its direction and cannot be longer than learning rate times limit.",
)

EXERCISES = [CLIP]
