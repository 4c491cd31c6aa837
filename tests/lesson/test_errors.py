"""What a user gets when something is wrong: one sentence that says what was given, what is expected and how to mend it,
before anything has changed."""

import math
import pathlib
import re
from types import SimpleNamespace

import numpy as np
import pytest

from catrnn import baselines
from catrnn.bptt import (
    backward_from_answers,
    backward_through_time,
    chunks,
    clip_by_norm,
    forward_through_time,
    sum_over_time,
    unroll,
)
from catrnn.data import DAYS, TARGET, timeline, windows
from catrnn.evaluation import errors, interval_error, let_go, linear, paired, peaks_met, windows_for_years
from catrnn.forecast import ScaledModel, Scaling, free_run, leaked_days, learn_habit
from catrnn.gates import GRULayer, LSTMLayer
from catrnn.gradcheck import check_gradient, kinks, numerical_gradient, relative_error
from catrnn.habits import HABITS, simulate, weekly
from catrnn.initializers import identity_init, leaky_identity_init, normal_init, pad, uniform_init
from catrnn.layers import LinearLayer, LossLayer, RecurrentLinearLayer, ReLULayer, SoftmaxLossLayer
from catrnn.letters import letter_chances, letters_in_a_row, names_as_days, one_hot, write_name
from catrnn.network import CatRNN
from catrnn.training import fate, train, with_momentum
from tests.helpers.strategies import weights_of

YEARS, NUMBERS = np.arange(1700, 2000), np.ones(300)
WAVES = 50 + 40 * np.sin(YEARS / 1.7)
MASKED = np.ma.array([0.5, 999.0, 0.75], mask=[False, True, False])
HUGE = 10**30

INITS = normal_init, identity_init, leaky_identity_init, uniform_init

LONGEST = 400
"""Characters of a message: a sentence, with room for the shapes and the repr of what was given."""


class Matrix(np.ndarray):
    """A kind of array with rules of its own."""


def ones(*shape):
    return np.ones(shape)


def read_only(*shape):
    array = ones(*shape)
    array.flags.writeable = False
    return array


def recurrent(lr=0.01, c_w=None, b=None, p_w=None):
    given = [ones(*shape) if w is None else w for w, shape in ((c_w, (1, 2)), (b, (2,)), (p_w, (2, 2)))]
    return RecurrentLinearLayer(lr, *given)


def cats(m=3, **options):
    return CatRNN.random([np.random.default_rng(k) for k in range(m)], 2, **options)


def gru():
    return GRULayer(0.01, ones(1, 6), ones(6), ones(2, 6))


def lstm():
    return LSTMLayer(0.01, ones(1, 8), ones(8), ones(2, 8))


def make_world():
    """Layers that have been forward with three sequences, a cat, three cats, four days that have been walked."""
    w = SimpleNamespace(fresh=recurrent(), rng=np.random.default_rng(0))
    w.recurrent, w.linear = recurrent(), LinearLayer(0.01, ones(2, 1), ones(1))
    w.relu, w.loss = ReLULayer(), LossLayer()
    w.recurrent.forward(*(w.rng.random((3, n)) for n in (1, 2)))  # no ones, as in the calls that are refused
    w.linear.forward(w.rng.random((3, 2)))
    w.relu.forward(w.rng.random((3, 2)))
    w.loss.forward(w.rng.random((3, 1)), w.rng.random((3, 1)))
    w.cat, w.cats = CatRNN.random(w.rng, 2), cats()
    w.steps, w.h0 = unroll(recurrent(), ReLULayer(), 4), ones(1, 2)
    forward_through_time(w.steps, DAYS, w.h0)
    w.per_day = backward_through_time(w.steps, ones(1, 2))[1]
    w.param = ones(2)
    w.history, w.unrecorded = (train(cats(1), DAYS, TARGET, 3, record=record) for record in (True, False))
    return w


def snapshot(thing):
    """Every number that a thing holds, as far down as it goes."""
    if isinstance(thing, np.ndarray):
        return thing.dtype.str, thing.shape, thing.tobytes()
    if isinstance(thing, np.random.Generator):
        return repr(thing.bit_generator.state)
    if isinstance(thing, list | tuple):
        return [snapshot(one) for one in thing]
    if isinstance(thing, dict):
        return {key: snapshot(one) for key, one in thing.items()}
    return snapshot(vars(thing)) if hasattr(thing, "__dict__") else repr(thing)


A_LAYER = [
    # c_w, b, p_w
    (lambda w: recurrent(c_w=[[1.0, 1.0]]), TypeError, "c_w is list"),
    (lambda w: recurrent(c_w=np.ones((1, 2), int)), TypeError, "c_w is int64"),
    (lambda w: recurrent(b=np.array(["a", "b"])), TypeError, "b is <U1"),
    (lambda w: recurrent(c_w=ones(1, 2).view(Matrix)), TypeError, "c_w is a Matrix, a kind of array"),
    (lambda w: recurrent(p_w=np.ma.array(ones(2, 2))), TypeError, "p_w is a MaskedArray, a kind of array"),
    (lambda w: recurrent(b=np.array([1.0, np.nan])), ValueError, "b contains nan"),
    (lambda w: LinearLayer(0.01, np.array([[np.inf]]), ones(1)), ValueError, "c_w contains inf"),
    (lambda w: recurrent(p_w=ones(2, 2) * 1j), TypeError, "p_w is complex128"),
    (lambda w: recurrent(p_w=read_only(2, 2)), ValueError, "p_w is read-only"),
    (lambda w: recurrent(b=np.broadcast_to(1.0, (2,))), ValueError, "b is read-only"),
    (lambda w: recurrent(c_w=w.param[None], b=w.param), ValueError, "c_w and b are the same array"),
    (lambda w: LinearLayer(0.01, w.param[None], w.param[:2]), ValueError, "c_w and b are the same array"),
    (lambda w: recurrent(c_w=ones(2)), ValueError, "c_w has shape (2,)"),
    (lambda w: recurrent(c_w=np.array(1.0)), ValueError, "c_w has shape ()"),
    (lambda w: recurrent(c_w=ones(1, 0)), ValueError, "c_w has shape (1, 0)"),
    (lambda w: recurrent(c_w=ones(0, 2)), ValueError, "c_w has shape (0, 2)"),
    (lambda w: recurrent(b=ones(3)), ValueError, "b has shape (3,)"),
    (lambda w: recurrent(p_w=ones(2, 3)), ValueError, "p_w has shape (2, 3)"),
    (lambda w: recurrent(p_w=ones(3, 2, 2)), ValueError, "p_w has shape (3, 2, 2)"),
    (lambda w: LinearLayer(0.01, ones(3, 2, 1), ones(3, 1)), ValueError, "b has shape (3, 1)"),
    # lr
    (lambda w: recurrent(lr=-0.1), ValueError, "lr is -0.1"),
    (lambda w: recurrent(lr=np.nan), ValueError, "lr is nan"),
    (lambda w: recurrent(lr=np.inf), ValueError, "lr is inf"),
    (lambda w: recurrent(lr="0.01"), TypeError, "lr holds str_"),
    (lambda w: recurrent(lr=None), TypeError, "lr holds NoneType"),
    (lambda w: recurrent(lr=True), TypeError, "lr holds bool"),
    (lambda w: recurrent(lr=np.ma.masked), ValueError, "lr has values that are masked"),
    (lambda w: recurrent(lr=[0.1, 0.2]), ValueError, "lr has shape (2,)"),
    (lambda w: recurrent(lr=[[0.1]]), ValueError, "lr has shape (1, 1)"),
    (lambda w: cats(learning_rate=ones(3)), ValueError, "learning_rate has shape (3,)"),
]

FORWARD = [
    (lambda w: w.recurrent.forward(ones(4, 3, 1), ones(3, 2)), ValueError, "c_x has shape (4, 3, 1)"),
    (lambda w: w.recurrent.forward(ones(3, 2), ones(3, 2)), ValueError, "c_x has shape (3, 2)"),
    (lambda w: w.recurrent.forward(0.25, ones(1, 2)), ValueError, "c_x is the single number 0.25"),
    (lambda w: w.recurrent.forward(None, ones(1, 2)), TypeError, "c_x holds NoneType"),
    (lambda w: w.recurrent.forward("fish", ones(1, 2)), TypeError, "c_x holds str_"),
    (lambda w: w.recurrent.forward([[True]], ones(1, 2)), TypeError, "c_x holds bool"),
    (lambda w: w.recurrent.forward([[1.0], [1.0, 2.0]], ones(2, 2)), TypeError, "c_x has rows of different lengths"),
    (lambda w: w.recurrent.forward(ones(0, 1), ones(0, 2)), ValueError, "c_x is empty"),
    (lambda w: w.recurrent.forward(ones(3, 1), ones(1, 2)), ValueError, "p_x has shape (1, 2)"),
    (lambda w: w.recurrent.forward(ones(3, 1), ones(3, 3)), ValueError, "p_x has shape (3, 3)"),
    (lambda w: w.recurrent.forward(np.ma.array(ones(3, 1), mask=[[0], [1], [0]]), ones(3, 2)), ValueError,
     "c_x has values that are masked"),
    (lambda w: w.linear.forward(ones(3, 1)), ValueError, "c_x has shape (3, 1)"),
    (lambda w: w.linear.forward([{}]), TypeError, "c_x holds dict"),
    (lambda w: w.relu.forward(1.0), ValueError, "x is the single number 1.0"),
    (lambda w: w.relu.forward([["a"]]), TypeError, "x holds str_"),
    (lambda w: w.loss.forward(ones(3, 1), ones(3)), ValueError, "y has shape (1, 3)"),
    (lambda w: w.loss.forward(ones(3, 1), ones(1, 1)), ValueError, "y has shape (1, 1)"),
    (lambda w: w.loss.forward(ones(0, 1), ones(0, 1)), ValueError, "x is empty"),
]

BACKWARD = [
    (lambda w: w.fresh.backward(ones(3, 2)), RuntimeError, "RecurrentLinearLayer"),
    (lambda w: LinearLayer(0.01, ones(2, 1), ones(1)).backward(ones(1, 1)), RuntimeError, "LinearLayer"),
    (lambda w: ReLULayer().backward(ones(1, 1)), RuntimeError, "ReLULayer"),
    (lambda w: LossLayer().backward(), RuntimeError, "LossLayer"),
    (lambda w: w.recurrent.backward(ones(1, 2)), ValueError, "prev_d_x has shape (1, 2)"),
    (lambda w: w.recurrent.backward(1.0), ValueError, "prev_d_x is the single number"),
    (lambda w: w.linear.backward(ones(3, 2)), ValueError, "prev_d_x has shape (3, 2)"),
    (lambda w: w.linear.backward(None), TypeError, "prev_d_x holds NoneType"),
    (lambda w: w.relu.backward(ones(1, 2)), ValueError, "prev_d_x has shape (1, 2)"),
    # update
    (lambda w: w.recurrent.update({"c_w": ones(1, 2), "b": ones(3)}), ValueError, "d_b has shape (3,)"),
    (lambda w: w.recurrent.update({"c_w": ones(1, 2), "b": ones(1)}), ValueError, "d_b has shape (1,)"),
    (lambda w: w.recurrent.update({"b": ones(2), "c_w": ones(2, 1)}), ValueError, "d_c_w has shape (2, 1)"),
    (lambda w: w.recurrent.update({"c_w": ones(1, 2), "b": 1.0}), TypeError, "d_b is 1.0"),
    (lambda w: w.recurrent.update({"b": np.array(["a", "b"])}), TypeError, "d_b is array(["),
    (lambda w: w.recurrent.update({"c_w": ones(1, 2), "w": ones(2)}), ValueError, "d_params names 'w'"),
    (lambda w: w.recurrent.update({"lr": np.array(1.0)}), ValueError, "d_params names 'lr'"),
    (lambda w: w.recurrent.update(None), TypeError, "d_params is NoneType"),
]

A_CAT = [
    (lambda w: CatRNN.random(w.rng, 0), ValueError, "hidden_size is 0"),
    (lambda w: CatRNN.random(w.rng, -2), ValueError, "hidden_size is -2"),
    (lambda w: CatRNN.random(w.rng, 2.0), TypeError, "hidden_size is 2.0"),
    (lambda w: CatRNN.random(w.rng, True), TypeError, "hidden_size is True"),
    (lambda w: CatRNN.random(w.rng, 2, input_size=0), ValueError, "input_size is 0"),
    (lambda w: CatRNN.random(w.rng, HUGE), ValueError, f"hidden_size is {HUGE}"),
    (lambda w: CatRNN.random(w.rng, 2, input_size=HUGE), ValueError, f"input_size is {HUGE}"),
    (lambda w: CatRNN.random(w.rng, 2, -1), ValueError, "learning_rate is -1.0"),
    (lambda w: CatRNN.random(w.rng, 2, [0.1]), ValueError, "learning_rate has shape (1,)"),
    (lambda w: CatRNN.random(0, 2), TypeError, "rng is 0"),
    (lambda w: CatRNN.random([w.rng, 1], 2), TypeError, "rng is ["),
    (lambda w: CatRNN.random([], 2), ValueError, "rng is empty"),
    (lambda w: CatRNN.random(w.rng, 2, init="seed"), TypeError, "init is 'seed'"),
    (lambda w: CatRNN.random(w.rng, 2, init=lambda *_: None), TypeError, "what init returns is None"),
    (lambda w: CatRNN.random(w.rng, 2, init=lambda *_: [ones(1, 2)] * 4), ValueError, "init returns shapes [(1, 2)"),
    (lambda w: CatRNN.random([w.rng], 2, init=lambda *_: [ones(1, 3)] * 5), ValueError, "init returns shapes [(1, 3)"),
    (lambda w: CatRNN(None, w.linear), TypeError, "recurrent is None"),
    (lambda w: CatRNN(w.linear, w.recurrent), TypeError, "recurrent is <catrnn"),
    (lambda w: CatRNN(w.recurrent, LinearLayer), TypeError, "output is <class"),
    (lambda w: CatRNN(w.recurrent, LinearLayer(0.01, ones(3, 1), ones(1))), ValueError, "output_c_w has shape (3, 1)"),
    (lambda w: CatRNN(w.recurrent, w.cats.output), ValueError, "output_c_w has shape (3, 2, 1)"),
    (lambda w: CatRNN(w.recurrent, LinearLayer(0.01, ones(2, 2), w.recurrent.b)), ValueError,
     "b and output_b are the same array"),
    (lambda w: w.cat.update({"hidden": {}}), ValueError, "d_params names ['hidden']"),
    (lambda w: w.cat.update({"recurrent": {"b": ones(2)}, "output": {"b": ones(5)}}), ValueError, "d_b has shape (5,)"),
    (lambda w: w.cat.update((0.5, {"output": {"b": ones(1)}}, [w.h0])), TypeError, "d_params is tuple"),
    (lambda w: w.cat.update({"output": ones(2, 1)}), TypeError, "d_params is ndarray"),
    (lambda w: w.cat.gradients(DAYS, TARGET, ones(1, 3)), ValueError, "h0 has shape (1, 3)"),
    (lambda w: w.cat.gradients(None, TARGET, w.h0), TypeError, "days holds NoneType"),
    (lambda w: w.cat.gradients(DAYS, ones(1, 2), w.h0), ValueError, "target has shape (1, 2)"),
    (lambda w: w.cat.gradients(DAYS, TARGET, w.h0, 0), ValueError, "bptt_steps is 0"),
    (lambda w: w.cat.gradients(DAYS, TARGET, w.h0, None, [1, 2]), TypeError, "steps is [1, 2]"),
    (lambda w: w.cat.gradients(DAYS, TARGET, w.h0, None, []), ValueError, "steps is empty"),
    (lambda w: w.cat.first_state(np.array([["a"]])), TypeError, "days holds str_"),
    (lambda w: w.cat.gradients(DAYS, TARGET, w.h0, None, w.steps), RuntimeError, "steps have another c_w than the cat"),
]

DAYS_ONLY = [
    (lambda w, eat: eat([]), ValueError, "days is empty"),
    (lambda w, eat: eat(ones(0, 1, 1)), ValueError, "days is empty"),
    (lambda w, eat: eat(None), TypeError, "days is None"),
    (lambda w, eat: eat(0.25), TypeError, "days is 0.25"),
    (lambda w, eat: eat(np.array(0.25)), TypeError, "days is array(0.25)"),
    (lambda w, eat: eat("fish"), TypeError, "days is 'fish'"),
    (lambda w, eat: eat({0.25: 1}), TypeError, "days is {0.25: 1}"),
    (lambda w, eat: eat(day for day in DAYS), TypeError, "days is <generator"),
    (lambda w, eat: eat([0.25, 0.5]), ValueError, "days is the single number 0.25"),
    (lambda w, eat: eat([["fish"]]), TypeError, "days holds str_"),
    (lambda w, eat: eat([[0.25], [np.nan]]), ValueError, "days contains nan"),
    (lambda w, eat: eat([[0.25], [-np.inf]]), ValueError, "days contains -inf"),
    (lambda w, eat: eat(ones(4, 1, 2)), ValueError, "days has rows of shape (1, 2)"),
    (lambda w, eat: eat(ones(4, 3, 1, 1)), ValueError, "days has rows of shape (3, 1, 1)"),
    (lambda w, eat: eat([ones(1, 1), ones(2, 1)]), TypeError, "days has rows of different"),
    (lambda w, eat: eat(ones(4, 0, 1)), ValueError, "days is empty"),
]
"""For `predict` and for `train`."""

TRAIN = [
    (lambda w: train(w.cat, DAYS, 1.25, 3), ValueError, "target is the single number 1.25"),
    (lambda w: train(w.cat, DAYS, None, 3), TypeError, "target holds NoneType"),
    (lambda w: train(w.cat, DAYS, [np.nan], 3), ValueError, "target contains nan"),
    (lambda w: train(w.cat, DAYS, [], 3), ValueError, "target is empty"),
    (lambda w: train(w.cat, DAYS, ones(2, 1), 3), ValueError, "target has shape (2, 1)"),
    (lambda w: train(w.cat, DAYS, ones(1, 2), 3), ValueError, "target has rows of shape (1, 2)"),
    (lambda w: train(w.cat, ones(4, 3, 1), ones(3), 3), ValueError, "target has rows of shape (1, 3)"),
    (lambda w: train(w.cats, DAYS, ones(3, 1), 3), ValueError, "target has shape (3, 3, 1)"),
    (lambda w: train(w.cats, ones(4, 2, 1, 1), TARGET, 3), ValueError, "days has rows of shape (2, 1, 1)"),
    (lambda w: train(w.cats, [ones(1, 1), ones(3, 2, 1)], TARGET, 3), TypeError, "days has rows of"),
    (lambda w: train(w.cat, DAYS, TARGET, 0), ValueError, "epochs is 0"),
    (lambda w: train(w.cat, DAYS, TARGET, 1.5), TypeError, "epochs is 1.5"),
    (lambda w: train(w.cat, DAYS, TARGET, "3"), TypeError, "epochs is '3'"),
    (lambda w: train(w.cat, DAYS, TARGET, HUGE), ValueError, f"epochs is {HUGE}"),
    (lambda w: train(w.cat, [MASKED[:, None]], TARGET, 3), ValueError, "days has values that are masked"),
    (lambda w: w.history.first(4), ValueError, "epochs is 4"),
    (lambda w: w.history.first(-1), ValueError, "epochs is -1"),
    (lambda w: w.history.first(True), TypeError, "epochs is True"),
    (lambda w: w.unrecorded.first(1), RuntimeError, "History holds no record"),
    (lambda w: with_momentum({"output": {"b": ones(1)}}, {"output": {"b": ones(1)}}, 5), ValueError, "momentum is 5"),
    (lambda w: with_momentum({"output": {"b": ones(1)}}, {"output": {}}, 0.5), ValueError, "d_params has shapes"),
    (lambda w: fate(None), TypeError, "history is None"),
    (lambda w: train(w.cat, DAYS, TARGET, 3, bptt_steps=0), ValueError, "bptt_steps is 0"),
    (lambda w: train(w.cat, DAYS, TARGET, 3, bptt_steps=-1), ValueError, "bptt_steps is -1"),
    (lambda w: train(w.cat, DAYS, TARGET, 3, bptt_steps=1.0), TypeError, "bptt_steps is 1.0"),
    (lambda w: train(w.cat, DAYS, TARGET, 3, momentum=1), ValueError, "momentum is 1"),
    (lambda w: train(w.cat, DAYS, TARGET, 3, momentum=-0.1), ValueError, "momentum is -0.1"),
    (lambda w: train(w.cat, DAYS, TARGET, 3, momentum=np.nan), ValueError, "momentum is nan"),
    (lambda w: train(w.cat, DAYS, TARGET, 3, momentum="0.9"), TypeError, "momentum is '0.9'"),
    (lambda w: train(w.cat, DAYS, TARGET, 3, clip=0), ValueError, "clip is 0"),
    (lambda w: train(w.cat, DAYS, TARGET, 3, clip=np.inf), ValueError, "clip is inf"),
    (lambda w: train(w.cat, DAYS, TARGET, 3, clip=np.nan), ValueError, "clip is nan"),
    (lambda w: train(w.cat, DAYS, TARGET, 3, clip="1"), TypeError, "clip is '1'"),
    (lambda w: train(w.cats, DAYS, TARGET, 3, clip=ones(3)), TypeError, "clip is array"),
    (lambda w: train(w.cat, DAYS, TARGET, 3, progress=3), TypeError, "progress is 3"),
    (lambda w: train(None, DAYS, TARGET, 3), TypeError, "cat is None"),
    (lambda w: train(CatRNN, DAYS, TARGET, 3), TypeError, "cat is <class"),
    *((lambda w, c=call: c(w, w.cat.predict), *rest) for call, *rest in DAYS_ONLY),
    *((lambda w, c=call: c(w, lambda days: train(w.cat, days, TARGET, 3)), *rest) for call, *rest in DAYS_ONLY),
    (lambda w: w.cat.predict(DAYS, ones(1, 3)), ValueError, "h0 has shape (1, 3)"),
    (lambda w: w.cat.predict(DAYS, "asleep"), TypeError, "h0 holds str_"),
]

BPTT = [
    (lambda w: unroll(w.recurrent, w.relu, 0), ValueError, "n_days is 0"),
    (lambda w: unroll(w.recurrent, w.relu, 2.0), TypeError, "n_days is 2.0"),
    (lambda w: unroll(w.recurrent, w.relu, HUGE), ValueError, f"n_days is {HUGE}"),
    (lambda w: unroll(None, w.relu, 2), TypeError, "recurrent is None"),
    (lambda w: forward_through_time(None, DAYS, w.h0), TypeError, "steps is None"),
    (lambda w: backward_through_time([w.recurrent], ones(1, 2)), TypeError, "steps is [<catrnn"),
    (lambda w: forward_through_time(w.steps, DAYS[:3], w.h0), ValueError, "days has shape (3, 1, 1)"),
    (lambda w: forward_through_time(w.steps, ones(5, 1, 1), w.h0), ValueError, "days has shape (5, 1, 1)"),
    (lambda w: forward_through_time(w.steps, [0.1, 0.2, 0.3, 0.4], w.h0), ValueError, "days has shape (4,)"),
    (lambda w: forward_through_time(w.steps, [[1.0], [1.0], [1.0], [1.0, 2.0]], w.h0), TypeError, "days has rows of"),
    (lambda w: forward_through_time(w.steps, DAYS, ones(1, 3)), ValueError, "h0 has shape (1, 3)"),
    (lambda w: forward_through_time(w.steps, DAYS, None), TypeError, "h0 holds NoneType"),
    (lambda w: backward_through_time(w.steps, ones(1, 2), 0), ValueError, "bptt_steps is 0"),
    (lambda w: backward_through_time(w.steps, ones(1, 2), -1), ValueError, "bptt_steps is -1"),
    (lambda w: backward_through_time(w.steps, ones(1, 2), 1.5), TypeError, "bptt_steps is 1.5"),
    (lambda w: backward_through_time(w.steps, ones(1, 3)), ValueError, "d_h has shape (1, 3)"),
    (lambda w: backward_through_time(unroll(w.recurrent, ReLULayer(), 2), ones(3, 2)), RuntimeError, "ReLULayer"),
    (lambda w: sum_over_time([]), ValueError, "per_day is empty"),
    (lambda w: sum_over_time(w.per_day[0]), TypeError, "per_day is {"),
    (lambda w: sum_over_time([{"b": ones(3)}, {"b": ones(2, 3)}]), ValueError, "per_day has shapes {'b': (3,)}"),
    (lambda w: sum_over_time([{"b": ones(3)}, {"b": ones(3), "c_w": ones(3)}]), ValueError, "per_day has shapes"),
    (lambda w: sum_over_time([{"b": ones(3), "c_w": ones(3)}, {"b": ones(3)}]), ValueError, "per_day has shapes"),
    (lambda w: clip_by_norm({"output": {"b": ones(2)}}, 0), ValueError, "limit is 0"),
    (lambda w: clip_by_norm({"output": {"b": ones(2)}}, np.inf), ValueError, "limit is inf"),
    (lambda w: clip_by_norm({"output": {"b": ones(2)}}, None), TypeError, "limit is None"),
    (lambda w: clip_by_norm({"b": ones(2)}, 1.0), TypeError, "d_params['b'] is ndarray"),
    (lambda w: clip_by_norm(w.per_day, 1.0), TypeError, "d_params is list"),
    (lambda w: clip_by_norm({"output": {"c_w": ones(3, 2, 1), "b": ones(1)}}, 1.0), ValueError,
     "d_params has leading axes [(), (3,)]"),
]

GRADCHECK = [
    (lambda w: numerical_gradient(lambda: 1.0, [1.0]), TypeError, "param is list"),
    (lambda w: numerical_gradient(lambda: 1.0, np.array([1])), TypeError, "param is int64"),
    (lambda w: numerical_gradient(lambda: 1.0, DAYS), ValueError, "param is read-only"),
    (lambda w: numerical_gradient(1.0, w.param), TypeError, "loss is 1.0"),
    (lambda w: numerical_gradient(lambda: 1.0, w.param, 0), ValueError, "nudge is 0"),
    (lambda w: numerical_gradient(lambda: 1.0, w.param, -1e-6), ValueError, "nudge is -1e-06"),
    (lambda w: numerical_gradient(lambda: 1.0, w.param, np.nan), ValueError, "nudge is nan"),
    (lambda w: numerical_gradient(lambda: 1.0, w.param, "tiny"), TypeError, "nudge is 'tiny'"),
    (lambda w: numerical_gradient(lambda: 1.0, w.param, 5e-324), ValueError, "nudge is 5e-324"),
    *((lambda w, c=check, n=nudge: c(w, n), TypeError if nudge != 0 else ValueError, f"nudge is {nudge!r}")
      for check in (lambda w, n: kinks(lambda: 1.0, w.param, n),
                    lambda w, n: check_gradient(lambda: 1.0, w.param, w.param, n))
      for nudge in ("1e-6", None, [1e-6], True, 0)),
    (lambda w: check_gradient(lambda: 1 / 0, w.param, ones(3)), ValueError, "d_param has shape (1, 3)"),
    (lambda w: check_gradient(lambda: 1.0, np.array(1.0), np.array(1.0)), ValueError, "param is the single number"),
    (lambda w: numerical_gradient(lambda: 1.0, ones(1, 2).view(Matrix)), TypeError, "param is a Matrix"),
    (lambda w: numerical_gradient(lambda: w.param, w.param), TypeError, "loss() is array"),
    (lambda w: numerical_gradient(lambda: w.param[:1], w.param), TypeError, "loss() is array"),
    (lambda w: numerical_gradient(lambda: None, w.param), TypeError, "loss() is None"),
    (lambda w: relative_error(ones(2, 1), ones(2)), ValueError, "b has shape (1, 2)"),
    (lambda w: relative_error(ones(2), ones(3)), ValueError, "b has shape (1, 3)"),
    (lambda w: relative_error("a", "b"), TypeError, "a holds str_"),
    (lambda w: relative_error([], []), ValueError, "a is empty"),
]

DATA = [
    (lambda w: timeline([]), ValueError, "days is empty"),
    (lambda w: timeline(0.25), ValueError, "days has shape ()"),
    (lambda w: timeline([[0.25]]), ValueError, "days has shape (1, 1)"),
    (lambda w: timeline(["a lot"]), TypeError, "days holds str_"),
    (lambda w: timeline([0.25, None]), TypeError, "days holds NoneType"),
    (lambda w: timeline([2**70, 0.25]), TypeError, "days is an array of Python objects"),
    (lambda w: timeline(np.array([0.25, 0.5], object)), TypeError, "days is an array of Python objects"),
    (lambda w: timeline(MASKED), ValueError, "days has values that are masked"),
    (lambda w: windows(MASKED, 1), ValueError, "series has values that are masked"),
    (lambda w: windows(NUMBERS[:9], 1, [[1], [1, 2]]), TypeError, "answers is [[1], [1, 2]]"),
    (lambda w: windows(NUMBERS[:9], 1, np.ma.array([1, 2], mask=[0, 1])), TypeError, "answers is masked_array"),
    (lambda w: windows(NUMBERS[:9], 10**9), ValueError, "n_days is 1000000000"),
    (lambda w: baselines.LinearModel(ones(4, 3, 1), [[1.0], [np.nan], [1.0]]), ValueError, "targets contains nan"),
    (lambda w: baselines.LinearModel(ones(4, 3, 1), ones(3, 1)).predict(ones(5, 3, 1)), ValueError,
     "days has shape (5, 3, 1)"),
    (lambda w: timeline([True]), TypeError, "days holds bool"),
    (lambda w: timeline([0.25, [0.5]]), TypeError,
     "days has rows of different lengths; give every row the same number of values"),
    (lambda w: timeline([0.25, np.nan]), ValueError, "days contains nan"),
    (lambda w: timeline([np.inf]), ValueError, "days contains inf"),
    (lambda w: baselines.straight_line([0.25]), ValueError, "days has 1 day"),
    (lambda w: baselines.mean_of_days([]), ValueError, "days is empty"),
    (lambda w: baselines.mean_of_days(0.25), ValueError, "days has shape ()"),
    (lambda w: baselines.same_as_yesterday([[0.25], [np.nan]]), ValueError, "days contains nan"),
    (lambda w: baselines.LinearModel(ones(4, 3), ones(3, 1)), ValueError, "days has shape (4, 3)"),
    (lambda w: baselines.LinearModel(ones(4, 3, 1), ones(2, 1)), ValueError, "targets has shape (2, 1)"),
    (lambda w: windows("fish", 1), TypeError, "series holds str_"),
]


HABITS_AND_FORECASTS = [
    (lambda w: simulate("weekly", w.rng, 2, 9), TypeError, "habit is 'weekly'"),
    (lambda w: simulate(weekly, w.rng, 0, 9), ValueError, "n_cats is 0"),
    (lambda w: simulate(weekly, w.rng, 2, 9.0), TypeError, "n_days is 9.0"),
    (lambda w: simulate(weekly, w.rng, HUGE, 9), ValueError, f"n_cats is {HUGE}"),
    (lambda w: simulate(weekly, 0, 2, 9), TypeError, "rng is 0"),
    *((lambda w, h=habit: h(None, 9), TypeError, "rng is None") for habit in HABITS.values()),
    *((lambda w, h=habit: h(w.rng, 0), ValueError, "n_days is 0") for habit in HABITS.values()),
    *((lambda w, i=init: i("fish", 1, 2), TypeError, "rng is 'fish'") for init in INITS),
    *((lambda w, i=init: i([w.rng], 1, 2), TypeError, "rng is [") for init in INITS),
    *((lambda w, i=init: i(w.rng, 1.0, 2), TypeError, "input_size is 1.0") for init in INITS),
    *((lambda w, i=init: i(w.rng, 1, HUGE), ValueError, f"hidden_size is {HUGE}") for init in INITS),
    (lambda w: pad(None, 3), TypeError, "weights is None"),
    (lambda w: pad([ones(1, 2)] * 4, 3), ValueError, "weights holds 4 things"),
    (lambda w: identity_init(w.rng, 1, 2, cured=["hair"]), ValueError, "cured is ['hair']"),
    (lambda w: identity_init(w.rng, 1, 2, cured="b"), ValueError, "cured is 'b'"),
    (lambda w: CatRNN.random(w.rng, 2, recurrent=w.recurrent), TypeError, "recurrent is <catrnn"),
    (lambda w: Scaling.fit([np.nan]), ValueError, "training_days contains nan"),
    (lambda w: Scaling.fit(MASKED), ValueError, "training_days has values that are masked"),
    (lambda w: Scaling(0, 0), ValueError, "spread is 0"),
    (lambda w: Scaling("x", 1), TypeError, "shift holds str_"),
    (lambda w: ScaledModel(None, Scaling(0.0, 1.0)), TypeError, "cat is None"),
    (lambda w: ScaledModel(w.cat, 3), TypeError, "scaling is 3"),
    (lambda w: Scaling(0.0, 1.0).transform("fish"), TypeError, "days holds str_"),
    (lambda w: Scaling(0.0, 1.0).inverse_transform("fish"), TypeError, "scaled holds str_"),
    (lambda w: ScaledModel(w.cat, Scaling(0.0, 1.0)).predict(None), TypeError, "days is None"),
    (lambda w: learn_habit([0.25, np.nan, 0.5], 1), ValueError, "series contains nan"),
    (lambda w: learn_habit([0.25, 0.5, 0.75], 0), ValueError, "n_days is 0"),
    (lambda w: learn_habit([0.25, 0.5, 0.75], 1, restarts=0), ValueError, "restarts is 0"),
    (lambda w: learn_habit([0.25, 0.5, 0.75], 1, hidden_size=0), ValueError, "hidden_size is 0"),
    (lambda w: learn_habit([0.25, 0.5, 0.75], 1, learning_rate=-1), ValueError, "learning_rate is -1"),
    (lambda w: learn_habit([0.25, 0.5, 0.75], 1, epochs=0), ValueError, "epochs is 0"),
    (lambda w: free_run("mean", DAYS, 2), TypeError, "predict is 'mean'"),
    (lambda w: free_run(baselines.mean_of_days, [], 2), ValueError, "days is empty"),
    (lambda w: free_run(baselines.mean_of_days, DAYS, 0), ValueError, "n_ahead is 0"),
    (lambda w: free_run(baselines.mean_of_days, DAYS, HUGE), ValueError, f"n_ahead is {HUGE}"),
    (lambda w: free_run(lambda days: "fish", DAYS, 2), TypeError, "what predict returns holds str_"),
    (lambda w: free_run(lambda days: None, DAYS, 2), TypeError, "what predict returns holds NoneType"),
    (lambda w: learn_habit([0.25, 0.5, 0.75], 1, restarts=HUGE), ValueError, f"restarts is {HUGE}"),
    (lambda w: learn_habit([0.25, 0.5, 0.75], 1, epochs=HUGE), ValueError, f"epochs is {HUGE}"),
    (lambda w: leaked_days(lambda days: None, [1.0, 2.0], 1), TypeError, "what prepare returns holds NoneType"),
    (lambda w: leaked_days(lambda days: days, [1.0, 2.0, 3.0], 1), ValueError, "what prepare returns has 3 rows"),
    (lambda w: leaked_days(list, [1.0, 2.0], 2), ValueError, "series has 2 days"),
    (lambda w: leaked_days(3, [1.0, 2.0], 1), TypeError, "prepare is 3"),
    (lambda w: leaked_days(list, [1.0, np.inf], 1), ValueError, "series contains inf"),
    (lambda w: leaked_days(list, [1.0, 2.0], 0), ValueError, "first is 0"),
    (lambda w: windows_for_years(YEARS, NUMBERS[1:], 1800, 1900), ValueError,
     "years has shape (300,), numbers has shape (299,)"),
    (lambda w: windows_for_years(YEARS, NUMBERS * np.nan, 1800, 1900), ValueError, "numbers contains nan"),
    (lambda w: windows_for_years(YEARS, NUMBERS, 1900, 1800), ValueError, "first is 1900 and last is 1800"),
    (lambda w: interval_error(YEARS, NUMBERS, NUMBERS[:, None], 1800, 1900), ValueError,
     "years has shape (300,), numbers has shape (300,), guesses has shape (300, 1)"),
    (lambda w: interval_error(YEARS, WAVES, WAVES, "1800", 1900), TypeError, "first is '1800'"),
    (lambda w: interval_error(YEARS[290:], WAVES[290:], WAVES[290:], 1990, 1999), ValueError, "numbers has no spread"),
    (lambda w: interval_error(YEARS, NUMBERS, NUMBERS, 1800, 1900), ValueError, "numbers has no spread"),
    (lambda w: errors(YEARS, WAVES, 3), TypeError, "guess is 3"),
    (lambda w: errors(YEARS, WAVES, lambda days: days[-1, :, 0]), ValueError, "what guess returns has shape (1, 35)"),
    (lambda w: errors(YEARS[:200], WAVES[:200], max), ValueError, "first is 1921 and last is 1955"),
    (lambda w: linear(YEARS, WAVES, 13), ValueError, "n_years is 13"),
    (lambda w: linear(YEARS, WAVES - 50, 3, roots=True), ValueError, "numbers has some below 0"),
    (lambda w: paired(ones(30), ones(31), w.rng), ValueError, "misses has shape (30,), others has shape (31,)"),
    (lambda w: paired(ones(30), ones(30), 3), TypeError, "rng is 3"),
    (lambda w: paired(ones(30), ones(30), w.rng, draws=0), ValueError, "draws is 0"),
    (lambda w: let_go(YEARS, WAVES, max, 1700), ValueError, "answers run from 0 to 0"),
    (lambda w: peaks_met(YEARS[:5], WAVES[:5], YEARS[5:9], WAVES[5:9]), ValueError, "numbers has 5 days"),
    (lambda w: peaks_met(YEARS, ["a"] * 300, YEARS[-9:], ones(9)), TypeError, "numbers holds str_"),
    (lambda w: peaks_met(YEARS, WAVES, [], []), ValueError, "to_come is empty"),
    (lambda w: peaks_met(YEARS, NUMBERS, YEARS[-9:], ones(8)), ValueError,
     "to_come has shape (9,), guesses has shape (8,)"),
]

GATES = [
    (lambda w: GRULayer(0.01, ones(1, 4), ones(6), ones(2, 6)), ValueError, "c_w has shape (1, 4)"),
    (lambda w: GRULayer(0.01, ones(1, 6), ones(6), ones(2, 5)), ValueError, "p_w has shape (2, 5)"),
    (lambda w: GRULayer(0.01, ones(1, 6), ones(2), ones(2, 6)), ValueError, "b has shape (2,)"),
    (lambda w: LSTMLayer(0.01, ones(1, 6), ones(6), ones(2, 6)), ValueError, "p_w has shape (2, 6)"),
    (lambda w: LSTMLayer(0.01, ones(3, 1, 8), ones(3, 8), ones(3, 2, 8)), ValueError, "b has shape (3, 8)"),
    (lambda w: LSTMLayer(0.01, ones(1, 8), ones(8), ones(2, 8), None), TypeError, "forget_bias holds NoneType"),
    (lambda w: gru().forward(ones(3, 1), ones(3, 6)), ValueError, "state has shape (3, 6)"),
    (lambda w: gru().forward(ones(3, 2), ones(3, 2)), ValueError, "c_x has shape (3, 2)"),
    (lambda w: lstm().forward(ones(3, 1), ones(3, 2)), ValueError, "state has shape (3, 2)"),
    (lambda w: lstm().gradients(ones(3, 4)), RuntimeError, "LSTMLayer has no forward call"),
    (lambda w: CatRNN(gru(), w.cats.output), ValueError, "output_c_w has shape (3, 2, 1)"),
    (lambda w: CatRNN(gru(), w.linear, "softmax"), TypeError, "loss is 'softmax'"),
    (lambda w: CatRNN.random(w.rng, 2, recurrent=GRULayer), TypeError, "init takes no output_size and no gates"),
    (lambda w: CatRNN.random(w.rng, 2, output_size=0), ValueError, "output_size is 0"),
    (lambda w: CatRNN.random([w.rng] * 2, [2, 3], init=uniform_init, recurrent=GRULayer), ValueError,
     "hidden_size is [2, 3]"),
    (lambda w: SoftmaxLossLayer().forward(ones(3, 2), ones(3, 1)), ValueError, "y has shape (3, 1)"),
    (lambda w: SoftmaxLossLayer().backward(), RuntimeError, "SoftmaxLossLayer has no forward call"),
    (lambda w: one_hot(3), TypeError, "text is 3"),
    (lambda w: one_hot(""), TypeError, "text is ''"),
    (lambda w: one_hot("Mimi"), ValueError, "text holds 'M'"),
    (lambda w: names_as_days([]), ValueError, "names is empty"),
    (lambda w: names_as_days("mimi"), TypeError, "names is 'mimi'"),
    (lambda w: names_as_days(["mimi", ""]), TypeError, "names[1] is ''"),
    (lambda w: letters_in_a_row("mimi", 1), TypeError, "names is 'mimi'"),
    (lambda w: letters_in_a_row(["mimi", "Tom"], 1), ValueError, "names[1] holds 'T'"),
    (lambda w: letters_in_a_row(["mimi"], -1), ValueError, "before is -1"),
    (lambda w: letters_in_a_row(["mimi"], 1.0), TypeError, "before is 1.0"),
    (lambda w: letter_chances(3, 1), TypeError, "names is 3"),
    (lambda w: letter_chances([], 1), ValueError, "names is empty"),
    (lambda w: letter_chances([3], 1), TypeError, "names[0] is 3"),
    (lambda w: letter_chances(["mimi"], -1), ValueError, "before is -1"),
    (lambda w: letter_chances(["mimi"], 4), ValueError, "before is 4"),
    (lambda w: letter_chances(["mimi"], 1, weight=0), ValueError, "weight is 0"),
    (lambda w: write_name(None, w.rng), TypeError, "predict is None"),
    (lambda w: write_name(w.cat.predict, 0), TypeError, "rng is 0"),
    (lambda w: write_name(w.cat.predict, w.rng, 0), ValueError, "temperature is 0"),
    (lambda w: write_name(w.cat.predict, w.rng, longest=0), ValueError, "longest is 0"),
    (lambda w: write_name(w.cat.predict, w.rng, first="7"), ValueError, "text holds '7'"),
]

ANSWERS = [
    (lambda w: w.cat.answers(1.25), TypeError, "answers is 1.25"),
    (lambda w: w.cat.answers([[1.25], [np.nan]]), ValueError, "target contains nan"),
    (lambda w: w.cat.gradients(DAYS, ones(5, 1, 1), w.h0), ValueError, "target is for 5 days"),
    (lambda w: w.cat.gradients(DAYS, ones(4, 1, 1), w.h0, 3), ValueError, "bptt_steps is 3, but the last 4 days"),
    (lambda w: train(w.cat, DAYS, ones(5, 1, 1), 3), ValueError, "target is for 5 days"),
    (lambda w: train(w.cat, DAYS, ones(2, 1, 1), 3, bptt_steps=1), ValueError, "bptt_steps is 1, but the last 2 days"),
    (lambda w: train(w.cat, DAYS, ones(2, 2, 1), 3), ValueError, "target has shape (2, 2, 1)"),
    (lambda w: train(w.cat, DAYS, TARGET, 3, chunk=2), ValueError, "target is for 1 of 4 days"),
    (lambda w: train(w.cat, DAYS, ones(2, 1, 1), 3, chunk=2), ValueError, "target is for 2 of 4 days"),
    (lambda w: train(w.cat, DAYS, ones(4, 1, 1), 3, chunk=3), ValueError, "chunk is 3, but 4 days"),
    (lambda w: train(w.cat, DAYS, ones(4, 1, 1), 3, chunk=2, bptt_steps=1), ValueError, "bptt_steps is 1"),
    (lambda w: train(w.cat, DAYS, ones(4, 1, 1), 3, chunk=5), ValueError, "chunk is 5"),
    (lambda w: chunks(4, 0), ValueError, "chunk is 0"),
    (lambda w: chunks(4.0, 2), TypeError, "n_days is 4.0"),
    (lambda w: backward_from_answers(w.steps, []), ValueError, "d_answers is empty"),
    (lambda w: backward_from_answers(w.steps, ones(5, 1, 2)), ValueError, "d_answers is for 5 days"),
    (lambda w: backward_from_answers(w.steps, [ones(1, 3)]), ValueError, "d_h has shape (1, 3)"),
]

TABLE = [
    pytest.param(*row, id=f"{room} {number}")
    for room, rows in {"a layer": A_LAYER, "forward": FORWARD, "backward": BACKWARD, "a cat": A_CAT, "train": TRAIN,
                       "bptt": BPTT, "gradcheck": GRADCHECK, "data": DATA,
                       "habits and forecasts": HABITS_AND_FORECASTS, "gates and letters": GATES,
                       "answers": ANSWERS}.items()
    for number, row in enumerate(rows)
]

SNAPSHOT = pathlib.Path(__file__).with_name("refusals.txt")
"""The words of every sentence, in the order of the table. Written anew by: python -m tests.lesson.test_errors"""


def refused(call, error, world):
    """The sentence with which a call is refused, without the addresses of objects."""
    with pytest.raises(error) as raised:
        call(world)
    return re.sub(r" at 0x[0-9a-fA-F]+", "", str(raised.value))


def sentences():
    return "".join(f"{row.id}: {refused(*row.values[:2], make_world())}\n" for row in TABLE)


@pytest.mark.parametrize(("call", "error", "fact"), TABLE)
def test_a_wrong_thing_is_refused_in_one_sentence_before_anything_has_changed(call, error, fact):
    world = make_world()
    before = snapshot(world)
    sentence = refused(call, error, world)
    assert sentence.startswith(fact)
    assert sentence.count("; ") == 1, "what was given and is expected; how to mend it"
    assert "\n" not in sentence
    assert len(sentence) < LONGEST
    assert snapshot(world) == before


def test_every_sentence_is_worded_as_it_was():
    assert sentences() == SNAPSHOT.read_text("utf-8")


def test_reshape_is_advised_only_where_there_are_as_many_numbers():
    advised = re.findall(r"has shape (\(.*?\)), but .*; reshape \w+ to \((.+)\)", SNAPSHOT.read_text("utf-8"))
    assert len(advised) > 5
    for shape, wanted in advised:
        given, known = (math.prod(map(int, re.findall(r"\d+", axes))) for axes in (shape, wanted))
        assert given % known == 0 if re.search("[A-Z]", wanted) else given == known


def test_rows_of_another_width_are_never_made_rows_of_the_right_one():
    fish_and_milk, layer = ones(1, 2), LinearLayer(0.01, ones(1, 3), ones(3))
    with pytest.raises(ValueError, match=r"give rows of length 1, or build the layer with weights for rows of 2$"):
        layer.forward(fish_and_milk)
    with pytest.raises(ValueError, match=r"b has shape \(3,\), but \(2,\) is expected; give b of shape \(2,\)$"):
        LinearLayer(0.01, ones(1, 2), ones(3))


@pytest.mark.parametrize(
    ("target", "bptt_steps", "says"),
    [(ones(1, 2), None, "target has shape .* give target of"),
     (ones(4, 1, 2), None, r"target has shape \(4, 1, 2\), .* give target of"),
     (TARGET, 0, "bptt_steps is 0, .* try bptt_steps=1")],
)
def test_what_shows_only_after_the_walk_is_refused_before_a_weight_moves(target, bptt_steps, says):
    world, undisturbed = make_world(), make_world()
    with pytest.raises(ValueError, match=says):
        world.cat.gradients(DAYS, target, world.h0, bptt_steps)
    assert snapshot(weights_of(world.cat)) == snapshot(weights_of(undisturbed.cat))


def test_an_earlier_forward_call_is_still_good_after_a_refusal():
    world, undisturbed = make_world(), make_world()
    for call, error, _ in FORWARD + BACKWARD:
        with pytest.raises(error):
            call(world)
    assert snapshot(world.recurrent.backward(ones(3, 2))) == snapshot(undisturbed.recurrent.backward(ones(3, 2)))
    assert snapshot(world.linear.backward(ones(3, 1))) == snapshot(undisturbed.linear.backward(ones(3, 1)))
    assert snapshot(world.relu.backward(ones(3, 2))) == snapshot(undisturbed.relu.backward(ones(3, 2)))
    assert snapshot(world.loss.backward()) == snapshot(undisturbed.loss.backward())


@pytest.mark.parametrize("lr", [0, 0.0, np.float64(0.1), np.array(0.1), 1])
def test_a_learning_rate_may_be_zero_and_any_kind_of_number(lr):
    assert recurrent(lr=lr).lr == lr


@pytest.mark.parametrize("size", [1, np.int64(2)])
def test_a_size_may_be_any_kind_of_whole_number(size):
    assert CatRNN.random(np.random.default_rng(0), size).recurrent.p_w.shape == (size, size)


def test_portions_below_zero_are_odd_but_no_error():
    assert timeline([-0.25]).item() == -0.25


if __name__ == "__main__":
    SNAPSHOT.write_text(sentences(), "utf-8")
