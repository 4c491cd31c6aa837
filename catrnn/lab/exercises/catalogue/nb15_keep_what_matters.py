"""15: a cell with gates, forward, and the way back of the gate that keeps."""

from types import SimpleNamespace

import numpy as np

from catrnn.gates import GRULayer, parts
from catrnn.lab.exercises.exercise import Exercise, Slip
from catrnn.layers import sigmoid


class Gated(Exercise):
    """An exercise with weights for three gates side by side."""

    def draw_probe(self, rng, sizes: dict, integers: bool = False) -> dict:
        """Draw as usual; 3H is three times as long as H."""
        return super().draw_probe(rng, {**sizes, "3H": 3 * sizes["H"]}, integers)


def gru(c_x, state, c_w, b, p_w):
    """The course's cell, forward."""
    return GRULayer(0.0, c_w, b, p_w).forward(c_x, state)


def cell(wrong):
    """Return the result of a slip: wrong(of), where `of` has the sums of all gates by name, today's
    as c_r and yesterday's as p_r, the gates as they should be, and what came in."""
    def result(right, c_x, state, c_w, b, p_w):
        c_r, c_z, c_n = parts(c_x @ c_w + b, 3)
        p_r, p_z, p_n = parts(state @ p_w, 3)
        r, z = sigmoid(c_r + p_r), sigmoid(c_z + p_z)
        n = np.tanh(c_n + r * p_n)
        return wrong(SimpleNamespace(c_r=c_r, c_z=c_z, c_n=c_n, p_r=p_r, p_z=p_z, p_n=p_n, r=r,
                                     z=z, n=n, state=state, p_w=p_w, b=parts(b, 3)))

    return result


def with_new(new):
    """Return the result of a slip in what is new: new(of) in its place."""
    return cell(lambda of: of.z * of.state + (1 - of.z) * new(of))


def with_keep(keep):
    """Return the result of a slip in the gate that keeps: keep(of) in its place."""
    def wrong(of):
        z = keep(of)
        return z * of.state + (1 - z) * of.n

    return cell(wrong)


def with_reset(reset):
    """Return the result of a slip in the gate that resets: reset(of) in its place."""
    return with_new(lambda of: np.tanh(of.c_n + reset(of) * of.p_n))


def reset_and_keep_swapped(of):
    """Each gate does the work of the other."""
    n = np.tanh(of.c_n + of.z * of.p_n)
    return of.r * of.state + (1 - of.r) * n


def bias_twice(of):
    """The bias goes to both sums."""
    b_r, b_z, b_n = of.b
    r, z = sigmoid(of.c_r + of.p_r + b_r), sigmoid(of.c_z + of.p_z + b_z)
    return z * of.state + (1 - z) * np.tanh(of.c_n + r * (of.p_n + b_n))


def before_the_matrix(of):
    """The reset gate stands before the weights, as in the article of 2014."""
    return np.tanh(of.c_n + (of.r * of.state) @ parts(of.p_w, 3)[2])


CELL = Gated(
    name="gated cell",
    notebook="15_keep_what_matters",
    reference=gru,
    solution_source="source(CourseGRULayer.forward)",
    axes={"c_x": "N D", "state": "N H", "c_w": "D 3H", "b": "3H", "p_w": "H 3H"},
    first=(
        dict(c_x=np.array([[np.log(3)]]), state=np.array([[2.0]]), c_w=np.array([[0.0, 1.0, 1.0]]),
             b=np.zeros(3), p_w=np.zeros((1, 3))),
        dict(c_x=np.array([[1.0]]), state=np.array([[2.0]]), c_w=np.array([[0.5, 1.0, 1.0]]),
             b=np.array([0.5, -1.0, 0.25]), p_w=np.array([[-1.0, 0.5, 0.25]])),
    ),
    returns=("the new state",),
    slips=(
        Slip("keep and new swapped",
             "z and 1 - z have changed places. In some books z is the share of the new; here z "
             "keeps: z * state + (1 - z) * n.",
             cell(lambda of: (1 - of.z) * of.state + of.z * of.n)),
        Slip("all of the new",
             "All of the new is added, however much is kept. What is kept leaves less room: "
             "(1 - z) * n.",
             cell(lambda of: of.z * of.state + of.n)),
        Slip("z for both",
             "z stands before both. What is kept leaves less room: the new has 1 - z.",
             cell(lambda of: of.z * of.state + of.z * of.n)),
        Slip("all is kept",
             "All of yesterday's state is kept. The gate says how much: z * state.",
             cell(lambda of: of.state + (1 - of.z) * of.n)),
        Slip("the new alone",
             "This is what is new, and nothing is kept. Return z * state + (1 - z) * n.",
             cell(lambda of: of.n)),
        Slip("the share of the new alone",
             "This is the share of the new alone: yesterday's state is missing. Add z * state.",
             cell(lambda of: (1 - of.z) * of.n)),
        Slip("the kept alone",
             "This is what is kept, and the new is missing. Add (1 - z) * n.",
             cell(lambda of: of.z * of.state)),
        Slip("gates swapped",
             "r and z have changed places: the first of the three parts is r, reset, and the "
             "second z, keep.",
             cell(reset_and_keep_swapped)),
        Slip("no reset",
             "The reset gate has no say. It stands before yesterday's part of the new: c_n + r * "
             "p_n.",
             with_reset(lambda of: 1)),
        Slip("reset before the matrix",
             "The reset gate stands before the weights, as in the article of 2014. Here it stands "
             "behind them, as in PyTorch: r * p_n, where p_n is a part of state @ p_w.",
             with_new(before_the_matrix)),
        Slip("reset of the whole sum",
             "The reset gate weighs today's part as well. It stands before yesterday's alone: c_n "
             "+ r * p_n.",
             with_new(lambda of: np.tanh(of.r * (of.c_n + of.p_n)))),
        Slip("reset of today",
             "The reset gate weighs today's part. It stands before yesterday's: c_n + r * p_n.",
             with_new(lambda of: np.tanh(of.r * of.c_n + of.p_n))),
        Slip("reset of the state",
             "What is new saw the state as it is. It goes through weights first: r * p_n, where "
             "p_n is the third part of state @ p_w.",
             with_new(lambda of: np.tanh(of.c_n + of.r * of.state))),
        Slip("yesterday is not new",
             "What is new did not see yesterday. Its sum is c_n + r * p_n.",
             with_new(lambda of: np.tanh(of.c_n))),
        Slip("keep for reset",
             "z stands where r belongs: what is new is tanh of c_n + r * p_n.",
             with_reset(lambda of: of.z)),
        Slip("new not bent",
             "What is new was not bent. It is np.tanh of its sum, between -1 and 1.",
             with_new(lambda of: of.c_n + of.r * of.p_n)),
        Slip("sigmoid of the new",
             "What is new went through a sigmoid, so it is never below 0. It is no gate: np.tanh.",
             with_new(lambda of: sigmoid(of.c_n + of.r * of.p_n))),
        Slip("relu of the new",
             "What is new went through a ReLU. In this cell it is np.tanh of its sum.",
             with_new(lambda of: np.maximum(0, of.c_n + of.r * of.p_n))),
        Slip("keep without a sigmoid",
             "z is the plain sum. A gate lies between 0 and 1: sigmoid of it.",
             with_keep(lambda of: of.c_z + of.p_z)),
        Slip("tanh for keep",
             "z went through tanh, so it can be below 0. A gate lies between 0 and 1: sigmoid.",
             with_keep(lambda of: np.tanh(of.c_z + of.p_z))),
        Slip("keep without yesterday",
             "z does not see yesterday. It is the sigmoid of c_z + p_z.",
             with_keep(lambda of: sigmoid(of.c_z))),
        Slip("keep without today",
             "z does not see today. It is the sigmoid of c_z + p_z.",
             with_keep(lambda of: sigmoid(of.p_z))),
        Slip("reset without a sigmoid",
             "r is the plain sum. A gate lies between 0 and 1: sigmoid of it.",
             with_reset(lambda of: of.c_r + of.p_r)),
        Slip("reset without yesterday",
             "r does not see yesterday. It is the sigmoid of c_r + p_r.",
             with_reset(lambda of: sigmoid(of.c_r))),
        Slip("tanh for reset",
             "r went through tanh, so it can be below 0. A gate lies between 0 and 1: sigmoid.",
             with_reset(lambda of: np.tanh(of.c_r + of.p_r))),
        Slip("bias twice",
             "The bias is added to yesterday's sum as well. It goes to today's alone: c_x @ c_w + "
             "b.",
             cell(bias_twice)),
        Slip("without b",
             "The bias b is not added. It goes to today's sum: c_x @ c_w + b.",
             lambda right, **probe: right(**{**probe, "b": 0 * probe["b"]})),
    ),
    hints=(
        "Today's sum is c_x @ c_w + b, yesterday's state @ p_w. parts(sum, 3) cuts each into "
        "three, for r, z and n.",
        "Both gates are the sigmoid of today's part plus yesterday's. What is new is the tanh of "
        "its two parts, and r stands before yesterday's.",
        "The new state is made of two shares: z of the state that came in, and what is left of 1 "
        "for the new.",
    ),
    on_success="With a second bias beside p_n it is the cell that PyTorch calls nn.GRU.",
)


class Gate(Exercise):
    """An exercise on the numbers of a gate that was passed."""

    def draw_probe(self, rng, sizes: dict, integers: bool = False) -> dict:
        """Draw as usual, with z between 0 and 1 and n between -1 and 1."""
        probe = super().draw_probe(rng, sizes, integers)
        return probe | {"z": sigmoid(probe["z"]).round(2), "n": np.tanh(probe["n"]).round(2)}


def keep_gradient(prev_d_x, p_x, z, n):
    """The gradient of the keep gate's sum, as the course's cell works it out: of its bias, a row at
    a time."""
    h = z.shape[-1]
    rows = []
    for row in range(len(z)):
        layer = GRULayer(0.0, np.zeros((1, 3 * h)), np.zeros(3 * h), np.zeros((h, 3 * h)))
        layer.c_x, layer.p_x = np.zeros((1, 1)), p_x[row:row + 1]
        layer.r, layer.z, layer.n = np.zeros((1, h)), z[row:row + 1], n[row:row + 1]
        layer.p_n = np.zeros((1, h))
        _, d_params = layer.gradients(np.asarray(prev_d_x[row:row + 1], float))
        rows.append(parts(d_params["b"], 3)[1])
    return np.array(rows)


def gate(wrong):
    """Return the result of a slip in the gradient of the gate: wrong(prev_d_x, p_x, z, n)."""
    return lambda right, **probe: wrong(*probe.values())


D_KEEP = Gate(
    name="keep gate",
    notebook="15_keep_what_matters",
    reference=keep_gradient,
    solution_source="source(CourseGRULayer.gradients)",
    axes={"prev_d_x": "N H", "p_x": "N H", "z": "N H", "n": "N H"},
    first=(
        dict(prev_d_x=np.array([[2.0]]), p_x=np.array([[3.0]]), z=np.array([[0.5]]),
             n=np.array([[1.0]])),
        dict(prev_d_x=np.array([[1.0, -2.0]]), p_x=np.array([[0.5, 1.0]]),
             z=np.array([[0.9, 0.2]]), n=np.array([[-0.5, 0.25]])),
    ),
    returns=("d_z",),
    slips=(
        Slip("way of the new forgotten",
             "More z keeps more of yesterday, and it leaves less room for the new. That second way "
             "is missing: p_x - n.",
             gate(lambda d, p_x, z, n: d * p_x * z * (1 - z))),
        Slip("without p_x",
             "More z leaves less room for the new, and it keeps more of yesterday. That second way "
             "is missing: p_x - n.",
             gate(lambda d, p_x, z, n: -d * n * z * (1 - z))),
        Slip("way of the new added",
             "p_x and n are added up. The new has the share 1 - z, which falls when z rises: p_x - "
             "n.",
             gate(lambda d, p_x, z, n: d * (p_x + n) * z * (1 - z))),
        Slip("p_x and n swapped",
             "p_x and n have changed places: z keeps yesterday, so it is p_x - n.",
             gate(lambda d, p_x, z, n: d * (n - p_x) * z * (1 - z))),
        Slip("no slope of the sigmoid",
             "This is the blame for z itself. Before z stands a sigmoid: multiply with its slope, "
             "z * (1 - z).",
             gate(lambda d, p_x, z, n: d * (p_x - n))),
        Slip("half of the slope",
             "The slope of the sigmoid is z * (1 - z); 1 - z is missing.",
             gate(lambda d, p_x, z, n: d * (p_x - n) * z)),
        Slip("other half of the slope",
             "The slope of the sigmoid is z * (1 - z); z is missing.",
             gate(lambda d, p_x, z, n: d * (p_x - n) * (1 - z))),
        Slip("slope of tanh",
             "That is the slope of tanh. Before z stands a sigmoid, whose slope is z * (1 - z).",
             gate(lambda d, p_x, z, n: d * (p_x - n) * (1 - z * z))),
        Slip("squashed again",
             "z went through the sigmoid once more. It is the answer of the sigmoid already: its "
             "slope is z * (1 - z).",
             gate(lambda d, p_x, z, n: d * (p_x - n) * sigmoid(z) * (1 - sigmoid(z)))),
        Slip("upstream forgotten",
             "prev_d_x makes no difference. It is what the new state is to blame for: multiply "
             "with it.",
             gate(lambda d, p_x, z, n: (p_x - n) * z * (1 - z))),
        Slip("slope of what is new",
             "This goes back through the tanh as well, 1 - n * n. That stands before n, not before "
             "z.",
             gate(lambda d, p_x, z, n: d * (p_x - n) * (1 - n * n) * z * (1 - z))),
        Slip("blame of the new",
             "This is the blame for what is new. For the gate ask how the new state moves with z.",
             gate(lambda d, p_x, z, n: d * (1 - z) * (1 - n * n))),
        Slip("blame of yesterday",
             "This is the blame that goes to yesterday's state. For the gate ask how the new state "
             "moves with z.",
             gate(lambda d, p_x, z, n: d * z)),
        Slip("rows added up",
             "The rows are added up. That comes later, for the bias; here each row keeps its own.",
             gate(lambda d, p_x, z, n: (d * (p_x - n) * z * (1 - z)).sum(axis=0))),
    ),
    hints=(
        "Write the new state as a sum of two: z * p_x, and (1 - z) * n. How does it move when z is "
        "a little larger? Both terms move.",
        "It moves by p_x, and by minus n. Multiply that with what comes from above, prev_d_x.",
        "Before z stands a sigmoid. Its slope can be told from its answer alone: z times what is "
        "left of 1.",
    ),
    on_success=("The slope z * (1 - z) is a quarter at most: a gate that stands wide open, or "
                "shut, learns slowly."),
)

EXERCISES = [CELL, D_KEEP]
"""In the order of the notebook."""
