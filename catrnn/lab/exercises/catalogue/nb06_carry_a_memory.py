"""06: yesterday comes in again."""

import numpy as np

from catrnn.bptt import forward_through_time, unroll
from catrnn.lab.exercises.exercise import Exercise, InvalidResult, NothingReturned, Slip
from catrnn.layers import RecurrentLinearLayer, ReLULayer

FORGETFUL = ("Your forward does not remember what came in, and the way back of 07 will need it. "
             "Write self.c_x, self.p_x = c_x, p_x before you return.")
MOVED = ("The weights are not the arrays that were given any more. forward only reads self.c_w, "
         "self.p_w and self.b: give its result a name of its own.")


def the_next_day(c_x, p_x) -> tuple:
    """Return other inputs of the same shapes, for a second call."""
    return 1.5 - c_x, 0.5 * p_x + 1


def two_days(answer, c_x, p_x, c_w, b, p_w):
    """Use a layer as the network does: build it, and go forward on two days in a row.

    Raises InvalidResult if it returns nothing, does not remember, or loses its weights.
    """
    layer, second = answer(0.01, c_w, b, p_w), the_next_day(c_x, p_x)
    outputs = layer.forward(c_x, p_x), layer.forward(*second)
    if any(out is None for out in outputs):
        raise NothingReturned
    remembered = getattr(layer, "c_x", None), getattr(layer, "p_x", None)
    if any(x is None for x in remembered):
        raise InvalidResult(FORGETFUL)
    if not (layer.c_w is c_w and layer.b is b and layer.p_w is p_w):
        raise InvalidResult(MOVED)
    return (*outputs, *remembered)


def sums(wrong):
    """Return the result of a slip in the sum, the same on both days: wrong(c_x, p_x, **weights)."""
    def result(right, c_x, p_x, **weights):
        second = the_next_day(c_x, p_x)
        return wrong(c_x, p_x, **weights), wrong(*second, **weights), *second

    return result


def forgets(right, **probe):
    """A layer without a memory."""
    raise InvalidResult(FORGETFUL)


def loses_its_weights(right, **probe):
    """A layer that gives the name of a weight to something else."""
    raise InvalidResult(MOVED)


def remembers_today(right, **probe):
    """A layer that keeps the state it has just made, where it should keep the one that came in."""
    first, second, c_x, _ = right(**probe)
    return first, second, c_x, second


def remembers_swapped(right, **probe):
    """A layer that keeps each input under the name of the other."""
    first, second, c_x, p_x = right(**probe)
    return first, second, p_x, c_x


def keeps_the_first_state(right, c_x, p_x, c_w, b, p_w):
    """A layer that never lets go of the state of its first call."""
    first, second, next_x, next_p = right(c_x=c_x, p_x=p_x, c_w=c_w, b=b, p_w=p_w)
    return first, second + (p_x - next_p) @ p_w, next_x, p_x


LAYER = Exercise(
    name="recurrent layer",
    notebook="06_carry_a_memory",
    kind="class",
    layer="RecurrentLinearLayer",
    reference=RecurrentLinearLayer,
    solution_source="source(CourseRecurrentLinearLayer.forward)",
    axes={"c_x": "N D", "p_x": "N H", "c_w": "D H", "b": "H", "p_w": "H H"},
    first=(
        dict(c_x=np.array([[2.0]]), p_x=np.array([[1.0, 3.0]]), c_w=np.array([[1.0, -1.0]]),
             b=np.array([0.5, 0.25]), p_w=np.array([[0.0, 1.0], [2.0, 0.0]])),
    ),
    returns=("the output", "the output of a second call", "self.c_x", "self.p_x"),
    run=two_days,
    slips=(
        Slip("forgets", FORGETFUL, forgets),
        Slip("loses its weights", MOVED, loses_its_weights),
        Slip("relu inside",
             "What is below zero was cut off. The ReLU is a layer of its own; forward returns the "
             "sum as it is.",
             sums(lambda c_x, p_x, c_w, b, p_w: np.maximum(0, c_x @ c_w + p_x @ p_w + b))),
        Slip("relu around one term",
             "One term was cut off at zero. The ReLU is a layer of its own; forward returns the "
             "plain sum.",
             sums(lambda c_x, p_x, c_w, b, p_w: np.maximum(0, c_x @ c_w) + p_x @ p_w + b)),
        Slip("bias twice",
             "The bias is added twice, once with each product. It belongs to the whole sum, once.",
             sums(lambda c_x, p_x, c_w, b, p_w: c_x @ c_w + p_x @ p_w + 2 * b)),
        Slip("bias taken away",
             "The bias is taken away. It is added, as it stands.",
             sums(lambda c_x, p_x, c_w, b, p_w: c_x @ c_w + p_x @ p_w - b)),
        Slip("state taken away",
             "The previous state is taken away. All three terms are added.",
             sums(lambda c_x, p_x, c_w, b, p_w: c_x @ c_w - p_x @ p_w + b)),
        Slip("state not weighed",
             "The previous state is added as it is. It goes through weights of its own first: p_x "
             "@ p_w.",
             sums(lambda c_x, p_x, c_w, b, p_w: c_x @ c_w + p_x + b)),
        Slip("state weighed one by one",
             "p_x * p_w multiplies number by number; a matrix product is written with @.",
             sums(lambda c_x, p_x, c_w, b, p_w: c_x @ c_w + p_x * p_w + b)),
        Slip("no input",
             "Today's input c_x makes no difference. Add c_x @ c_w.",
             sums(lambda c_x, p_x, c_w, b, p_w: p_x @ p_w + b)),
        Slip("without p_x",
             "The previous state makes no difference: today is all that the layer sees. Add p_x @ "
             "p_w.",
             sums(lambda c_x, p_x, c_w, b, p_w: c_x @ c_w + b)),
        Slip("without b",
             "The bias is missing. Add self.b.",
             sums(lambda c_x, p_x, c_w, b, p_w: c_x @ c_w + p_x @ p_w)),
        Slip("p_w transposed",
             "p_w is turned on its side. Its rows are yesterday's units, its columns today's: p_x "
             "@ p_w, with no .T.",
             sums(lambda c_x, p_x, c_w, b, p_w: c_x @ c_w + p_x @ p_w.T + b)),
        Slip("keeps the first state",
             "The first call is right, the second is not: it still has the p_x of the first. Every "
             "day brings a state of its own; use the p_x that came in.",
             keeps_the_first_state),
        Slip("today remembered",
             "The output is right, but self.p_x holds today's state where yesterday's was meant: "
             "keep the p_x that came in.",
             remembers_today),
        Slip("self.c_x and self.p_x returned swapped",
             "The output is right, but self.c_x and self.p_x hold each other's array. Write "
             "self.c_x, self.p_x = c_x, p_x.",
             remembers_swapped),
    ),
    hints=(
        "Three terms: what today says, what yesterday says, and the bias. In a class a weight is "
        "called by self: self.c_w, self.p_w, self.b. What came in has no self yet.",
        "Each of the two inputs has a weight matrix of its own, and is multiplied with it from the "
        "left, with @.",
        "Before you return, keep both inputs in self.c_x and self.p_x: the way back will need "
        "them.",
    ),
    on_success="It is the layer that gives the network its name, and yours is ready for the cat.",
)


def course_walk(days, h0, c_w, p_w, b):
    """The course's walk, over one copy of the layers a day."""
    layer = RecurrentLinearLayer(0.0, c_w, b, p_w)
    return forward_through_time(unroll(layer, ReLULayer(), len(days)), days, h0)


def never_bent(right, days, h0, c_w, p_w, b):
    """Every day is a plain sum."""
    hs = [h0]
    for x in days:
        hs.append(x @ c_w + hs[-1] @ p_w + b)
    return hs


def relu_at_the_end(right, days, h0, c_w, p_w, b):
    """Every day is a plain sum, and only the last state is bent."""
    hs = never_bent(right, days, h0, c_w, p_w, b)
    return [*hs[:-1], np.maximum(0, hs[-1])]


def each_from_the_first(right, days, h0, c_w, p_w, b):
    """Every day gets the first state."""
    return [h0, *(np.maximum(0, x @ c_w + h0 @ p_w + b) for x in days)]


def the_first_day_again(right, days, **rest):
    """Every step eats the first day."""
    return right(days=np.repeat(days[:1], len(days), axis=0), **rest)


def bent_in_part(wrong):
    """Return the result of a slip that cuts off a part of the sum: wrong(today's, state's, b)."""
    def result(right, days, h0, c_w, p_w, b):
        hs = [h0]
        for x in days:
            hs.append(wrong(x @ c_w, hs[-1] @ p_w, b))
        return hs

    return result


def all_days_at_once(right, days, h0, c_w, p_w, b):
    """All days go in together, so each of them gets the first state, and there is one new array."""
    return [h0, np.maximum(0, days @ c_w + h0 @ p_w + b)]


def all_the_last(right, days, **rest):
    """One array stands in the list again and again: at the end it is the last state everywhere."""
    last = right(days=days, **rest)[-1]
    return [last] * (len(days) + 1)


WALK = Exercise(
    name="walk",
    notebook="06_carry_a_memory",
    reference=course_walk,
    solution_source="source(forward_through_time)",
    axes={"days": "T N D", "h0": "N H", "c_w": "D H", "p_w": "H H", "b": "H"},
    first=(
        dict(days=np.array([[[1.0]], [[2.0]]]), h0=np.array([[2.0]]), c_w=np.array([[1.0]]),
             p_w=np.array([[-1.0]]), b=np.array([0.5])),
        dict(days=np.array([[[1.0]], [[3.0]]]), h0=np.array([[1.0, 0.0]]),
             c_w=np.array([[1.0, -1.0]]), p_w=np.array([[0.5, 2.0], [1.0, 0.0]]),
             b=np.array([0.5, 0.25])),
    ),
    returns=("the list of states",),
    slips=(
        Slip("first state left out",
             "The first state is not among them: there are T+1 states, and the first one is h0.",
             lambda right, **probe: right(**probe)[1:]),
        Slip("last state alone",
             "This is the last state alone. Keep all of them in a list, h0 first.",
             lambda right, **probe: right(**probe)[-1]),
        Slip("first day alone",
             "Only the first day was walked. Does the return stand inside the loop? It belongs "
             "behind it.",
             lambda right, days, **rest: right(days=days[:1], **rest)),
        Slip("last state left out",
             "The state of the last day is missing: there are T+1 states, one after each day and "
             "h0.",
             lambda right, **probe: right(**probe)[:-1]),
        Slip("state not handed on",
             "Every day starts from h0: the state is not handed on. Each day needs the state of "
             "the day before, hs[-1].",
             each_from_the_first),
        Slip("never bent",
             "The ReLU is missing: a state below zero went on. Cut it off at zero, every day.",
             never_bent),
        Slip("bent at the end",
             "Only the last state was cut off at zero. The ReLU belongs to every day.",
             relu_at_the_end),
        Slip("bent in part",
             "Only today's part was cut off at zero. The ReLU goes around the whole sum.",
             bent_in_part(lambda today, before, b: np.maximum(0, today) + before + b)),
        Slip("bent before the bias",
             "The bias was added after the ReLU. The ReLU goes around the whole sum.",
             bent_in_part(lambda today, before, b: np.maximum(0, today + before) + b)),
        Slip("all days at once",
             "All days went in at once, so each of them met h0. A day needs the state of the day "
             "before, so they go in one after the other, in a loop: for x in days.",
             all_days_at_once),
        Slip("days backwards",
             "The days went in from the last to the first. Start with Day 1, days[0].",
             lambda right, days, **rest: right(days=days[::-1], **rest)),
        Slip("the same day",
             "Every step got Day 1. Each step takes its own day.",
             the_first_day_again),
        Slip("states backwards",
             "The states are there, but the newest stands first. Put each new one at the end.",
             lambda right, **probe: right(**probe)[::-1]),
        Slip("without h0",
             "The walk started from zeros. Start it from h0.",
             lambda right, h0, **rest: right(h0=0 * h0, **rest)),
        Slip("one array appended",
             "All states are the last one: the same array was changed and put into the list again. "
             "Make a new array each day.",
             all_the_last),
    ),
    hints=(
        "Begin with a list that holds h0, and loop over the days. What is the newest state in the "
        "list?",
        "hs[-1] is yesterday's state. One day is x @ c_w plus that state times p_w, plus b, cut "
        "off at zero.",
        "Put each new state at the end with hs.append(...), and return the whole list after the "
        "loop.",
    ),
    on_success="All states are kept because the way back, in 09, has to visit every one of them.",
)

EXERCISES = [LAYER, WALK]
