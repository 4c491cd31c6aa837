"""Are our cells with gates those of PyTorch? Our weights in nn.GRU and nn.LSTM: states and gradients, side by side.

    python benchmarks/gated_cells.py

Needs PyTorch (`pip install torch`); the course does not. Fails if two numbers are further apart than 1e-10 of their
length. Our one bias is theirs of the input; their second one is zero, and our forget bias is added to the first.
"""

import importlib.util
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from catrnn.bptt import backward_from_answers, forward_through_time, sum_over_time, unroll
from catrnn.gates import GRULayer, LSTMLayer, parts
from catrnn.layers import PassLayer, SoftmaxLossLayer

DAYS, SEQUENCES, INPUTS, HIDDEN = 7, 3, 2, 4
CLOSE = 1e-10


def apart(ours, theirs):
    """How far two arrays are from each other, as a share of their length."""
    theirs = theirs.detach().numpy()
    return np.linalg.norm(ours - theirs) / np.linalg.norm(theirs)


def ours(cell, days, h0, upstream):
    """Every state, and the gradients of the sum of states times upstream: for the weights and for the first state."""
    steps = unroll(cell, PassLayer(), len(days))
    hs = forward_through_time(steps, days, h0)
    d_h0, per_day = backward_from_answers(steps, list(upstream))
    return hs, sum_over_time(per_day), d_h0


def compare(torch, kind):
    """The largest distance of the states and of each gradient, by name."""
    rng, lstm = np.random.default_rng(0), kind is LSTMLayer
    wide = HIDDEN * kind.gates
    weights = [rng.standard_normal(shape) for shape in ((INPUTS, wide), (wide,), (HIDDEN, wide))]
    days = rng.standard_normal((DAYS, SEQUENCES, INPUTS))
    h0 = rng.standard_normal((SEQUENCES, HIDDEN * (1 + lstm)))
    upstream = np.zeros((DAYS, *h0.shape))
    upstream[..., :HIDDEN] = rng.standard_normal((DAYS, SEQUENCES, HIDDEN))  # PyTorch shows the state of each day alone
    hs, d_params, d_h0 = ours(kind(0.01, *weights), days, h0, upstream)

    c_w, b, p_w = (torch.tensor(w) for w in weights)
    if lstm:
        b[HIDDEN : 2 * HIDDEN] += 1.0
    rnn = (torch.nn.LSTM if lstm else torch.nn.GRU)(INPUTS, HIDDEN, dtype=torch.float64)
    with torch.no_grad():
        for theirs, our in zip(rnn.parameters(), (c_w.T, p_w.T, b, torch.zeros(wide)), strict=True):
            theirs.copy_(our)
    first = [torch.tensor(part[None].copy(), requires_grad=True) for part in parts(h0, 1 + lstm)]
    states, _ = rnn(torch.tensor(days), tuple(first) if lstm else first[0])
    (states * torch.tensor(upstream[..., :HIDDEN])).sum().backward()
    return {"states": apart(np.array(hs[1:])[..., :HIDDEN], states),
            "d_c_w": apart(d_params["c_w"].T, rnn.weight_ih_l0.grad),
            "d_p_w": apart(d_params["p_w"].T, rnn.weight_hh_l0.grad),
            "d_b": apart(d_params["b"], rnn.bias_ih_l0.grad),
            "d_first_state": max(apart(our, part.grad[0]) for our, part in zip(parts(d_h0, 1 + lstm), first,
                                                                               strict=True))}


def compare_losses(torch):
    """Softmax and cross-entropy: loss and gradient; a row without an answer is what PyTorch calls ignore_index."""
    rng, loss = np.random.default_rng(0), SoftmaxLossLayer()
    scores, letters = rng.standard_normal((6, 5)), np.array([0, 4, 2, 2, 1, -100])
    answers = np.where(letters[:, None] >= 0, np.eye(5)[letters % 5], 0.0)
    x = torch.tensor(scores, requires_grad=True)
    theirs = torch.nn.functional.cross_entropy(x, torch.tensor(letters))
    theirs.backward()
    return {"loss": apart(loss.forward(scores, answers), theirs), "d_x": apart(loss.backward(), x.grad)}


def main():
    if not importlib.util.find_spec("torch"):
        sys.exit("PyTorch is not installed, so there is nothing to compare with; try pip install torch")
    import torch

    found = {"GRU": compare(torch, GRULayer), "LSTM": compare(torch, LSTMLayer), "softmax": compare_losses(torch)}
    for name, distances in found.items():
        print(f"torch {torch.__version__}, {name}: " + ", ".join(f"{k} {x:.0e}" for k, x in distances.items()))
    assert max(max(distances.values()) for distances in found.values()) < CLOSE


if __name__ == "__main__":
    main()
