"""Is it the same network elsewhere? Our weights in PyTorch, Keras and Flax, and what each guesses for Day 5.

    python benchmarks/frameworks.py

Prints a line for each of the three that is installed (`pip install torch keras jax flax`); the course needs none.
"""

import importlib.util
import os
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from catrnn.data import DAYS
from catrnn.network import CatRNN

HIDDEN = 3


def pytorch(recurrent, output):
    import torch
    from torch import nn

    rnn, linear = nn.RNN(1, HIDDEN, nonlinearity="relu", dtype=torch.float64), nn.Linear(HIDDEN, 1, dtype=torch.float64)
    theirs = rnn.weight_ih_l0, rnn.weight_hh_l0, rnn.bias_ih_l0, rnn.bias_hh_l0, linear.weight, linear.bias
    ours = recurrent.c_w.T, recurrent.p_w.T, recurrent.b, np.zeros(HIDDEN), output.c_w.T, output.b
    with torch.no_grad():
        for weight, array in zip(theirs, ours, strict=True):
            weight.copy_(torch.tensor(array))
        states, _ = rnn(torch.tensor(DAYS))
        return torch.__version__, linear(states[-1]).item()


def keras(recurrent, output):
    os.environ.setdefault("KERAS_BACKEND", "jax")
    import jax

    jax.config.update("jax_enable_x64", True)
    import keras as k

    rnn = k.layers.SimpleRNN(HIDDEN, activation="relu", dtype="float64")
    dense = k.layers.Dense(1, dtype="float64")
    model = k.Sequential([k.Input((len(DAYS), 1)), rnn, dense])
    rnn.set_weights([recurrent.c_w, recurrent.p_w, recurrent.b])
    dense.set_weights([output.c_w, output.b])
    return k.__version__, float(np.array(model(DAYS.swapaxes(0, 1))).item())


def flax(recurrent, output):
    import jax

    jax.config.update("jax_enable_x64", True)
    import flax as f
    from flax import nnx

    how = dict(rngs=nnx.Rngs(0), param_dtype=np.float64)
    cell = nnx.SimpleCell(1, HIDDEN, activation_fn=nnx.relu, dtype=np.float64, **how)
    rnn, linear = nnx.RNN(cell, rngs=nnx.Rngs(0)), nnx.Linear(HIDDEN, 1, **how)
    theirs = cell.dense_i.kernel, cell.dense_h.kernel, cell.dense_i.bias, linear.kernel, linear.bias
    ours = recurrent.c_w, recurrent.p_w, recurrent.b, output.c_w, output.b
    for weight, array in zip(theirs, ours, strict=True):
        weight[...] = jax.numpy.asarray(array)
    return f.__version__, linear(rnn(jax.numpy.asarray(DAYS.swapaxes(0, 1)))[:, -1]).item()


def main():
    cat = CatRNN.random(np.random.default_rng(0), HIDDEN)
    ours = cat.predict(DAYS).item()
    print(f"catrnn: {ours:.10f}")
    for module, build in (("torch", pytorch), ("keras", keras), ("flax", flax)):
        if importlib.util.find_spec(module):
            version, guess = build(cat.recurrent, cat.output)
            print(f"{module} {version}: {guess:.10f}")
            assert np.isclose(guess, ours, rtol=1e-12)


if __name__ == "__main__":
    main()
