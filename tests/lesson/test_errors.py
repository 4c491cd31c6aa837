"""What a user gets when something is wrong: one sentence that says what was given, what is expected and how to mend it,
before anything has changed."""

from types import SimpleNamespace

import numpy as np
import pytest

from catrnn import baselines
from catrnn.bptt import backward_through_time, clip_by_norm, forward_through_time, sum_over_time, unroll
from catrnn.data import DAYS, TARGET, timeline
from catrnn.gradcheck import numerical_gradient, relative_error
from catrnn.layers import LinearLayer, LossLayer, RecurrentLinearLayer, ReLULayer
from catrnn.network import CatRNN
from catrnn.training import train
from tests.helpers.strategies import weights_of

LONGEST = 400
"""Characters of a message: a sentence, with room for the shapes and the repr of what was given."""


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


def make_world():
    """Layers that have been forward with three sequences, a cat, three cats, four days that have been walked."""
    w = SimpleNamespace(fresh=recurrent(), rng=np.random.default_rng(0))
    w.recurrent, w.linear = recurrent(), LinearLayer(0.01, ones(2, 1), ones(1))
    w.relu, w.loss = ReLULayer(), LossLayer()
    w.recurrent.forward(ones(3, 1), ones(3, 2))
    w.linear.forward(ones(3, 2))
    w.relu.forward(ones(3, 2))
    w.loss.forward(ones(3, 1), ones(3, 1))
    w.cat, w.cats = CatRNN.random(w.rng, 2), cats()
    w.steps, w.h0 = unroll(recurrent(), ReLULayer(), 4), ones(1, 2)
    forward_through_time(w.steps, DAYS, w.h0)
    w.per_day = backward_through_time(w.steps, ones(1, 2))[1]
    w.param = ones(2)
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
    (lambda w: recurrent(c_w=[[1.0, 1.0]]), TypeError,
     ["c_w is list", "training needs floats", "np.array(c_w, float)"]),
    (lambda w: recurrent(c_w=np.ones((1, 2), int)), TypeError,
     ["c_w is int64", "needs floats", "np.array(c_w, float)"]),
    (lambda w: recurrent(b=np.array(["a", "b"])), TypeError,
     ["b is <U1", "training needs floats", "np.array(b, float)"]),
    (lambda w: recurrent(p_w=ones(2, 2) * 1j), TypeError,
     ["p_w is complex128", "needs floats", "np.array(p_w, float)"]),
    (lambda w: recurrent(p_w=read_only(2, 2)), ValueError,
     ["p_w is read-only", "training changes it in place", "pass p_w.copy()"]),
    (lambda w: recurrent(b=np.broadcast_to(1.0, (2,))), ValueError, ["b is read-only", "in place", "pass b.copy()"]),
    (lambda w: recurrent(c_w=w.param[None], b=w.param), ValueError,
     ["c_w and b are the same array", "one moves the other", "pass b.copy()"]),
    (lambda w: LinearLayer(0.01, w.param[None], w.param[:2]), ValueError,
     ["c_w and b are the same array", "one moves the other", "pass b.copy()"]),
    (lambda w: recurrent(c_w=ones(2)), ValueError, ["c_w has shape (2,)", "(D, H) is expected", "reshape c_w"]),
    (lambda w: recurrent(c_w=np.array(1.0)), ValueError, ["c_w has shape ()", "(D, H) is expected", "reshape c_w"]),
    (lambda w: recurrent(c_w=ones(1, 0)), ValueError, ["c_w has shape (1, 0)", "it is empty", "draw it anew"]),
    (lambda w: recurrent(c_w=ones(0, 2)), ValueError, ["c_w has shape (0, 2)", "it is empty", "draw it anew"]),
    (lambda w: recurrent(b=ones(3)), ValueError, ["b has shape (3,)", "(1, 2) or (2,) is expected", "reshape b"]),
    (lambda w: recurrent(p_w=ones(2, 3)), ValueError, ["p_w has shape (2, 3)", "(2, 2) is expected", "reshape p_w"]),
    (lambda w: recurrent(p_w=ones(3, 2, 2)), ValueError, ["p_w has shape (3, 2, 2)", "(2, 2) is", "reshape p_w"]),
    (lambda w: LinearLayer(0.01, ones(3, 2, 1), ones(3, 1)), ValueError,
     ["b has shape (3, 1)", "(3, 1, 1) is expected", "reshape b"]),
    # lr
    (lambda w: recurrent(lr=-0.1), ValueError, ["lr is -0.1", "a finite number from 0 up", "try 0.01"]),
    (lambda w: recurrent(lr=np.nan), ValueError, ["lr is nan", "a finite number from 0 up", "try 0.01"]),
    (lambda w: recurrent(lr=np.inf), ValueError, ["lr is inf", "a finite number from 0 up", "try 0.01"]),
    (lambda w: recurrent(lr="0.01"), TypeError, ["lr holds str_", "numbers are expected", "give floats"]),
    (lambda w: recurrent(lr=None), TypeError, ["lr holds NoneType", "numbers are expected", "give floats"]),
    (lambda w: recurrent(lr=True), TypeError, ["lr holds bool", "numbers are expected", "give floats"]),
    (lambda w: recurrent(lr=[0.1, 0.2]), ValueError, ["lr has shape (2,)", "() is expected", "give one number"]),
    (lambda w: recurrent(lr=[[0.1]]), ValueError, ["lr has shape (1, 1)", "() is expected", "give one number"]),
    (lambda w: cats(learning_rate=ones(3)), ValueError, ["lr has shape (3,)", "(3, 1, 1) is expected", "one a cat"]),
]

FORWARD = [
    (lambda w: w.recurrent.forward(ones(4, 3, 1), ones(3, 2)), ValueError,
     ["c_x has shape (4, 3, 1)", "(1, 2) needs (N, 1)", "reshape c_x"]),
    (lambda w: w.recurrent.forward(ones(3, 2), ones(3, 2)), ValueError,
     ["c_x has shape (3, 2)", "(1, 2) needs (N, 1)", "reshape c_x"]),
    (lambda w: w.recurrent.forward(0.25, ones(1, 2)), ValueError,
     ["the single number 0.25", "a row is", "np.array([0.25])"]),
    (lambda w: w.recurrent.forward(None, ones(1, 2)), TypeError, ["c_x holds NoneType", "numbers are", "give floats"]),
    (lambda w: w.recurrent.forward("fish", ones(1, 2)), TypeError, ["c_x holds str_", "numbers are", "give floats"]),
    (lambda w: w.recurrent.forward([[True]], ones(1, 2)), TypeError, ["c_x holds bool", "numbers are", "give floats"]),
    (lambda w: w.recurrent.forward([[1.0], [1.0, 2.0]], ones(2, 2)), TypeError,
     ["c_x has rows of different lengths", "every row", "the same number of values"]),
    (lambda w: w.recurrent.forward(ones(0, 1), ones(0, 2)), ValueError, ["c_x is empty", "(0, 1)", "give one such as"]),
    (lambda w: w.recurrent.forward(ones(3, 1), ones(1, 2)), ValueError,
     ["p_x has shape (1, 2)", "has (3, 2)", "reshape p_x to (3, 2)"]),
    (lambda w: w.recurrent.forward(ones(3, 1), ones(3, 3)), ValueError,
     ["p_x has shape (3, 3)", "has (3, 2)", "reshape p_x to (3, 2)"]),
    (lambda w: w.linear.forward(ones(3, 1)), ValueError, ["c_x has shape (3, 1)", "needs (N, 2)", "reshape c_x"]),
    (lambda w: w.linear.forward([{}]), TypeError, ["c_x holds dict", "numbers are expected", "give floats"]),
    (lambda w: w.relu.forward(1.0), ValueError, ["x is the single number 1.0", "a row is expected", "np.array([1.0])"]),
    (lambda w: w.relu.forward([["a"]]), TypeError, ["x holds str_", "numbers are expected", "give floats"]),
    (lambda w: w.loss.forward(ones(3, 1), ones(3)), ValueError,
     ["y has shape (1, 3)", "the prediction has (3, 1)", "reshape y to (3, 1)"]),
    (lambda w: w.loss.forward(ones(3, 1), ones(1, 1)), ValueError,
     ["y has shape (1, 1)", "the prediction has (3, 1)", "reshape y to (3, 1)"]),
    (lambda w: w.loss.forward(ones(0, 1), ones(0, 1)), ValueError, ["x is empty", "(0, 1)", "give one such as"]),
]

BACKWARD = [
    (lambda w: w.fresh.backward(ones(3, 2)), RuntimeError,
     ["RecurrentLinearLayer", "no forward call", "call forward first"]),
    (lambda w: LinearLayer(0.01, ones(2, 1), ones(1)).backward(ones(1, 1)), RuntimeError,
     ["LinearLayer", "no forward call", "call forward first"]),
    (lambda w: ReLULayer().backward(ones(1, 1)), RuntimeError, ["ReLULayer", "no forward call", "call forward first"]),
    (lambda w: LossLayer().backward(), RuntimeError, ["LossLayer", "no forward call", "call forward first"]),
    (lambda w: w.recurrent.backward(ones(1, 2)), ValueError, ["prev_d_x has shape (1, 2)", "has (3, 2)", "to (3, 2)"]),
    (lambda w: w.recurrent.backward(1.0), ValueError, ["prev_d_x is the single number", "a row is", "np.array([1.0])"]),
    (lambda w: w.linear.backward(ones(3, 2)), ValueError, ["prev_d_x has shape (3, 2)", "has (3, 1)", "to (3, 1)"]),
    (lambda w: w.linear.backward(None), TypeError, ["prev_d_x holds NoneType", "numbers are expected", "give floats"]),
    (lambda w: w.relu.backward(ones(1, 2)), ValueError, ["prev_d_x has shape (1, 2)", "has (3, 2)", "to (3, 2)"]),
    # update
    (lambda w: w.recurrent.update({"c_w": ones(1, 2), "b": ones(3)}), ValueError,
     ["d_b has shape (3,)", "(2,)", "reshape"]),
    (lambda w: w.recurrent.update({"c_w": ones(1, 2), "b": ones(1)}), ValueError,
     ["d_b has shape (1,)", "(2,)", "reshape"]),
    (lambda w: w.recurrent.update({"c_w": ones(1, 2), "b": 1.0}), TypeError,
     ["d_b is 1.0", "an array", "give shape (2,)"]),
    (lambda w: w.recurrent.update({"b": np.array(["a", "b"])}), TypeError,
     ["d_b is array([", "an array is expected", "give shape (2,)"]),
    (lambda w: w.recurrent.update({"c_w": ones(1, 2), "w": ones(2)}), ValueError,
     ["d_params names 'w'", "RecurrentLinearLayer has no such weight", "use the weight's own name"]),
    (lambda w: w.recurrent.update({"lr": np.array(1.0)}), ValueError, ["names 'lr'", "no such weight", "own name"]),
    (lambda w: w.recurrent.update(None), TypeError,
     ["d_params is NoneType", "a dict by weight", "give what `gradients`"]),
]

A_CAT = [
    (lambda w: CatRNN.random(w.rng, 0), ValueError, ["hidden_size is 0", "at least 1", "try hidden_size=1"]),
    (lambda w: CatRNN.random(w.rng, -2), ValueError, ["hidden_size is -2", "at least 1", "try hidden_size=1"]),
    (lambda w: CatRNN.random(w.rng, 2.0), TypeError, ["hidden_size is 2.0", "a whole number", "try hidden_size=1"]),
    (lambda w: CatRNN.random(w.rng, True), TypeError, ["hidden_size is True", "a whole number", "try hidden_size=1"]),
    (lambda w: CatRNN.random(w.rng, 2, input_size=0), ValueError,
     ["input_size is 0", "at least 1", "try input_size=1"]),
    (lambda w: CatRNN.random(w.rng, 2, -1), ValueError, ["lr is -1", "from 0 up", "try 0.01"]),
    (lambda w: CatRNN.random(w.rng, 2, [0.1]), ValueError, ["lr has shape (1,)", "() is expected", "give one number"]),
    (lambda w: CatRNN.random(0, 2), TypeError, ["rng is 0", "a generator, or a list of them", "try default_rng(0)"]),
    (lambda w: CatRNN.random([w.rng, 1], 2), TypeError,
     ["rng is [", "a generator, or a list of them", "try default_rng(0)"]),
    (lambda w: CatRNN.random([], 2), ValueError,
     ["rng is empty", "a generator for each cat", "[np.random.default_rng(0)]"]),
    (lambda w: CatRNN.random(w.rng, 2, init="seed"), TypeError,
     ["init is 'seed'", "a function", "without brackets"]),
    (lambda w: CatRNN.random(w.rng, 2, init=lambda *_: None), TypeError,
     ["what init returns is None", "a list is expected", "c_w, b, p_w"]),
    (lambda w: CatRNN.random(w.rng, 2, init=lambda *_: [ones(1, 2)] * 4), ValueError,
     ["init returns shapes [(1, 2)", "(2, 2), (2, 1), (1, 1)] are expected", "in this order"]),
    (lambda w: CatRNN.random([w.rng], 2, init=lambda *_: [ones(1, 3)] * 5), ValueError,
     ["init returns shapes [(1, 3)", "(2, 2), (2, 1), (1, 1)] are expected", "in this order"]),
    (lambda w: CatRNN(None, w.linear), TypeError, ["recurrent is None", "an object with forward", "build one"]),
    (lambda w: CatRNN(w.linear, w.recurrent), TypeError, ["recurrent is <catrnn", "forward, gradients", "build one"]),
    (lambda w: CatRNN(w.recurrent, LinearLayer), TypeError,
     ["output is <class", "an object with forward", "build one"]),
    (lambda w: CatRNN(w.recurrent, LinearLayer(0.01, ones(3, 1), ones(1))), ValueError,
     ["output_c_w has shape (3, 1)", "(2, D) is expected", "reshape output_c_w or draw it anew"]),
    (lambda w: CatRNN(w.recurrent, w.cats.output), ValueError,
     ["output_c_w has shape (3, 2, 1)", "(2, D) is expected", "reshape output_c_w or draw it anew"]),
    (lambda w: CatRNN(w.recurrent, LinearLayer(0.01, ones(2, 2), w.recurrent.b)), ValueError,
     ["b and output_b are the same array", "one moves the other", "pass output_b.copy()"]),
    (lambda w: w.cat.update({"hidden": {}}), ValueError, ["names ['hidden']", "are expected", "use these names"]),
    (lambda w: w.cat.update({"recurrent": {"b": ones(2)}, "output": {"b": ones(5)}}), ValueError,
     ["d_b has shape (5,)", "b has (1,)", "reshape it"]),
    (lambda w: w.cat.update((0.5, {"output": {"b": ones(1)}}, [w.h0])), TypeError,
     ["d_params is tuple", "a dict by layer is expected", "give what `gradients` returns second"]),
    (lambda w: w.cat.update({"output": ones(2, 1)}), TypeError,
     ["d_params is ndarray", "a dict by weight", "`gradients`"]),
    (lambda w: w.cat.gradients(DAYS, TARGET, ones(1, 3)), ValueError,
     ["p_x has shape (1, 3)", "(1, 2)", "reshape p_x"]),
    (lambda w: w.cat.gradients(DAYS, TARGET, w.h0, None, w.steps), RuntimeError,
     ["steps have another c_w than the cat", "unroll its layer", "move c_w in place"]),
]

DAYS_ONLY = [
    (lambda w, eat: eat([]), ValueError, ["days is empty", "at least one", "catrnn.data.DAYS"]),
    (lambda w, eat: eat(ones(0, 1, 1)), ValueError, ["days is empty", "at least one", "catrnn.data.DAYS"]),
    (lambda w, eat: eat(None), TypeError, ["days is None", "a list is expected", "catrnn.data.DAYS"]),
    (lambda w, eat: eat(0.25), TypeError, ["days is 0.25", "a list is expected", "catrnn.data.DAYS"]),
    (lambda w, eat: eat(np.array(0.25)), TypeError, ["days is array(0.25)", "a list is expected", "catrnn.data.DAYS"]),
    (lambda w, eat: eat("fish"), TypeError, ["days is 'fish'", "a list is expected", "catrnn.data.DAYS"]),
    (lambda w, eat: eat({0.25: 1}), TypeError, ["days is {0.25: 1}", "a list is expected", "catrnn.data.DAYS"]),
    (lambda w, eat: eat(day for day in DAYS), TypeError, ["days is <generator", "a list is", "catrnn.data.DAYS"]),
    (lambda w, eat: eat([0.25, 0.5]), ValueError, ["days is the single number 0.25", "a row is", "np.array([0.25])"]),
    (lambda w, eat: eat([["fish"]]), TypeError, ["days holds str_", "numbers are expected", "give floats"]),
    (lambda w, eat: eat([[0.25], [np.nan]]), ValueError, ["days contains nan", "must be finite", "leave out that day"]),
    (lambda w, eat: eat([[0.25], [-np.inf]]), ValueError,
     ["days contains -inf", "must be finite", "leave out that day"]),
    (lambda w, eat: eat(ones(4, 1, 2)), ValueError, ["days has rows of shape (1, 2)", "(N, 1)", "reshape days"]),
    (lambda w, eat: eat(ones(4, 3, 1, 1)), ValueError,
     ["days has rows of shape (3, 1, 1)", "(N, 1) is", "reshape days"]),
    (lambda w, eat: eat([ones(1, 1), ones(2, 1)]), TypeError,
     ["days has rows of different", "every row", "same number"]),
    (lambda w, eat: eat(ones(4, 0, 1)), ValueError, ["days is empty", "(0, 1)", "give one such as 0.25"]),
]
"""For `predict` and for `train`."""

TRAIN = [
    (lambda w: train(w.cat, DAYS, 1.25, 3), ValueError,
     ["target is the single number 1.25", "a row", "np.array([1.25])"]),
    (lambda w: train(w.cat, DAYS, None, 3), TypeError,
     ["target holds NoneType", "numbers are expected", "give floats"]),
    (lambda w: train(w.cat, DAYS, [np.nan], 3), ValueError, ["target contains nan", "must be finite", "mend"]),
    (lambda w: train(w.cat, DAYS, [], 3), ValueError, ["target is empty", "(0,)", "give one such as"]),
    (lambda w: train(w.cat, DAYS, ones(2, 1), 3), ValueError,
     ["target has shape (2, 1)", "has (1, 1)", "reshape target"]),
    (lambda w: train(w.cat, DAYS, ones(1, 2), 3), ValueError, ["target has rows of shape (1, 2)", "(N, 1)", "reshape"]),
    (lambda w: train(w.cat, ones(4, 3, 1), ones(3), 3), ValueError,
     ["rows of shape (1, 3)", "(N, 1)", "reshape target"]),
    (lambda w: train(w.cats, DAYS, ones(3, 1), 3), ValueError, ["target has shape (3, 3, 1)", "(3, 1, 1)", "reshape"]),
    (lambda w: train(w.cats, ones(4, 2, 1, 1), TARGET, 3), ValueError,
     ["days has rows of shape (2, 1, 1)", "(N, 1) or (3, N, 1)", "reshape days"]),
    (lambda w: train(w.cats, [ones(1, 1), ones(3, 2, 1)], TARGET, 3), TypeError,
     ["days has rows of", "every row", "same"]),
    (lambda w: train(w.cat, DAYS, TARGET, 0), ValueError, ["epochs is 0", "at least 1", "try epochs=1"]),
    (lambda w: train(w.cat, DAYS, TARGET, 1.5), TypeError, ["epochs is 1.5", "a whole number", "try epochs=1"]),
    (lambda w: train(w.cat, DAYS, TARGET, "3"), TypeError, ["epochs is '3'", "a whole number", "try epochs=1"]),
    (lambda w: train(w.cat, DAYS, TARGET, 3, bptt_steps=0), ValueError, ["bptt_steps is 0", "at least 1", "bptt_steps=1"]),
    (lambda w: train(w.cat, DAYS, TARGET, 3, bptt_steps=-1), ValueError,
     ["bptt_steps is -1", "at least 1", "bptt_steps=1"]),
    (lambda w: train(w.cat, DAYS, TARGET, 3, bptt_steps=1.0), TypeError, ["bptt_steps is 1.0", "whole", "bptt_steps=1"]),
    (lambda w: train(w.cat, DAYS, TARGET, 3, momentum=1), ValueError, ["momentum is 1", "under 1", "try momentum=0.9"]),
    (lambda w: train(w.cat, DAYS, TARGET, 3, momentum=-0.1), ValueError, ["momentum is -0.1", "from 0 up",
     "try momentum=0.9"]),
    (lambda w: train(w.cat, DAYS, TARGET, 3, momentum=np.nan), ValueError, ["momentum is nan", "under 1",
     "try momentum=0.9"]),
    (lambda w: train(w.cat, DAYS, TARGET, 3, momentum="0.9"), TypeError, ["momentum is '0.9'", "one number",
     "give a float"]),
    (lambda w: train(w.cat, DAYS, TARGET, 3, clip=0), ValueError, ["clip is 0", "above 0", "try clip=1.0"]),
    (lambda w: train(w.cat, DAYS, TARGET, 3, clip=np.inf), ValueError, ["clip is inf", "finite", "try clip=1.0"]),
    (lambda w: train(w.cat, DAYS, TARGET, 3, clip=np.nan), ValueError, ["clip is nan", "above 0", "try clip=1.0"]),
    (lambda w: train(w.cat, DAYS, TARGET, 3, clip="1"), TypeError, ["clip is '1'", "one number", "give a float"]),
    (lambda w: train(w.cats, DAYS, TARGET, 3, clip=ones(3)), TypeError,
     ["clip is array", "one number", "give a float"]),
    (lambda w: train(w.cat, DAYS, TARGET, 3, progress=3), TypeError,
     ["progress is 3", "a function", "without brackets"]),
    (lambda w: train(None, DAYS, TARGET, 3), TypeError, ["cat is None", "an object with days", "build one"]),
    (lambda w: train(CatRNN, DAYS, TARGET, 3), TypeError, ["cat is <class", "an object with days", "build one"]),
    *((lambda w, c=call: c(w, w.cat.predict), *rest) for call, *rest in DAYS_ONLY),
    *((lambda w, c=call: c(w, lambda days: train(w.cat, days, TARGET, 3)), *rest) for call, *rest in DAYS_ONLY),
    (lambda w: w.cat.predict(DAYS, ones(1, 3)), ValueError, ["p_x has shape (1, 3)", "has (1, 2)", "reshape p_x"]),
    (lambda w: w.cat.predict(DAYS, "asleep"), TypeError, ["h0 holds str_", "numbers are expected", "give floats"]),
]

BPTT = [
    (lambda w: unroll(w.recurrent, w.relu, 0), ValueError, ["n_days is 0", "at least 1", "try n_days=1"]),
    (lambda w: unroll(w.recurrent, w.relu, 2.0), TypeError, ["n_days is 2.0", "a whole number", "try n_days=1"]),
    (lambda w: forward_through_time(w.steps, DAYS[:3], w.h0), ValueError,
     ["days has shape (3, 1, 1)", "(4, ..., D)", "each of the steps"]),
    (lambda w: forward_through_time(w.steps, ones(5, 1, 1), w.h0), ValueError,
     ["days has shape (5, 1, 1)", "(4, ..., D)", "of the steps"]),
    (lambda w: forward_through_time(w.steps, [0.1, 0.2, 0.3, 0.4], w.h0), ValueError, ["shape (4,)", "(4, ..., D)", "one for each"]),
    (lambda w: forward_through_time(w.steps, [[1.0], [1.0], [1.0], [1.0, 2.0]], w.h0), TypeError,
     ["days has rows of", "every row", "same"]),
    (lambda w: forward_through_time(w.steps, DAYS, ones(1, 3)), ValueError, ["p_x has shape (1, 3)", "has (1, 2)", "reshape p_x"]),
    (lambda w: forward_through_time(w.steps, DAYS, None), TypeError, ["h0 holds NoneType", "numbers are expected", "give floats"]),
    (lambda w: backward_through_time(w.steps, ones(1, 2), 0), ValueError,
     ["bptt_steps is 0", "at least 1", "bptt_steps=1"]),
    (lambda w: backward_through_time(w.steps, ones(1, 2), -1), ValueError,
     ["bptt_steps is -1", "at least 1", "bptt_steps=1"]),
    (lambda w: backward_through_time(w.steps, ones(1, 2), 1.5), TypeError,
     ["bptt_steps is 1.5", "whole", "bptt_steps=1"]),
    (lambda w: backward_through_time(w.steps, ones(1, 3)), ValueError,
     ["prev_d_x has shape (1, 3)", "(1, 2)", "reshape"]),
    (lambda w: backward_through_time(unroll(w.recurrent, ReLULayer(), 2), ones(3, 2)), RuntimeError,
     ["ReLULayer", "no forward call", "call forward first"]),
    (lambda w: sum_over_time([]), ValueError, ["per_day is empty", "at least one", "one dict a day"]),
    (lambda w: sum_over_time(w.per_day[0]), TypeError, ["per_day is {", "a list is expected", "one dict a day"]),
    (lambda w: clip_by_norm({"output": {"b": ones(2)}}, 0), ValueError, ["limit is 0", "above 0", "try limit=1.0"]),
    (lambda w: clip_by_norm({"output": {"b": ones(2)}}, np.inf), ValueError,
     ["limit is inf", "finite", "try limit=1.0"]),
    (lambda w: clip_by_norm({"output": {"b": ones(2)}}, None), TypeError,
     ["limit is None", "one number", "give a float"]),
    (lambda w: clip_by_norm({"b": ones(2)}, 1.0), TypeError,
     ["d_params['b'] is ndarray", "a dict by weight", "gradients"]),
    (lambda w: clip_by_norm(w.per_day, 1.0), TypeError,
     ["d_params is list", "a dict by layer", "give what `gradients`"]),
    (lambda w: clip_by_norm({"output": {"c_w": ones(3, 2, 1), "b": ones(1)}}, 1.0), ValueError,
     ["leading axes [(), (3,)]", "but one is expected", "gradients of the same cats"]),
]

GRADCHECK = [
    (lambda w: numerical_gradient(lambda: 1.0, [1.0]), TypeError,
     ["param is list", "needs floats", "np.array(param, float)"]),
    (lambda w: numerical_gradient(lambda: 1.0, np.array([1])), TypeError,
     ["param is int64", "needs floats", "np.array(param"]),
    (lambda w: numerical_gradient(lambda: 1.0, DAYS), ValueError,
     ["param is read-only", "in place", "pass param.copy()"]),
    (lambda w: numerical_gradient(1.0, w.param), TypeError, ["loss is 1.0", "a function is", "without brackets"]),
    (lambda w: numerical_gradient(lambda: 1.0, w.param, 0), ValueError, ["nudge is 0", "above 0", "try nudge=1e-06"]),
    (lambda w: numerical_gradient(lambda: 1.0, w.param, -1e-6), ValueError,
     ["nudge is -1e-06", "above 0", "nudge=1e-06"]),
    (lambda w: numerical_gradient(lambda: 1.0, w.param, np.nan), ValueError,
     ["nudge is nan", "above 0", "nudge=1e-06"]),
    (lambda w: numerical_gradient(lambda: 1.0, w.param, "tiny"), TypeError,
     ["nudge is 'tiny'", "one number", "a float"]),
    (lambda w: numerical_gradient(lambda: w.param, w.param), TypeError,
     ["loss() is array", "one number", "give a float"]),
    (lambda w: numerical_gradient(lambda: w.param[:1], w.param), TypeError,
     ["loss() is array", "one number", "a float"]),
    (lambda w: numerical_gradient(lambda: None, w.param), TypeError, ["loss() is None", "one number", "give a float"]),
    (lambda w: relative_error(ones(2, 1), ones(2)), ValueError,
     ["b has shape (1, 2)", "a has (2, 1)", "reshape b to (2, 1)"]),
    (lambda w: relative_error(ones(2), ones(3)), ValueError, ["b has shape (1, 3)", "a has (1, 2)", "reshape b"]),
    (lambda w: relative_error("a", "b"), TypeError, ["a holds str_", "numbers are expected", "give floats"]),
    (lambda w: relative_error([], []), ValueError, ["a is empty", "(0,)", "give one such as"]),
]

DATA = [
    (lambda w: timeline([]), ValueError, ["portions is empty", "(0,)", "give one such as 0.25"]),
    (lambda w: timeline(0.25), ValueError, ["portions has shape ()", "a flat list of days", "try [0.25, 0.5]"]),
    (lambda w: timeline([[0.25]]), ValueError, ["portions has shape (1, 1)", "a flat list of days", "try [0.25, 0.5]"]),
    (lambda w: timeline(["a lot"]), TypeError, ["portions holds str_", "numbers are expected", "give floats"]),
    (lambda w: timeline([0.25, None]), TypeError, ["portions holds", "numbers are expected", "give floats"]),
    (lambda w: timeline([True]), TypeError, ["portions holds bool", "numbers are expected", "give floats"]),
    (lambda w: timeline([0.25, [0.5]]), TypeError, ["portions has rows of different", "every row", "same number"]),
    (lambda w: timeline([0.25, np.nan]), ValueError, ["portions contains nan", "must be finite", "leave out that day"]),
    (lambda w: timeline([np.inf]), ValueError, ["portions contains inf", "must be finite", "leave out that day"]),
    (lambda w: baselines.straight_line([0.25]), ValueError, ["portions has 1 day", "two points", "at least 2 days"]),
    (lambda w: baselines.mean_of_days([]), ValueError, ["portions is empty", "(0,)", "give one such as 0.25"]),
    (lambda w: baselines.same_as_yesterday(DAYS), ValueError,
     ["shape (4, 1, 1)", "a flat list of days", "try [0.25, 0.5]"]),
]

TABLE = [
    pytest.param(*row, id=f"{room} {number}")
    for room, rows in {"a layer": A_LAYER, "forward": FORWARD, "backward": BACKWARD, "a cat": A_CAT, "train": TRAIN,
                       "bptt": BPTT, "gradcheck": GRADCHECK, "data": DATA}.items()
    for number, row in enumerate(rows)
]


@pytest.mark.parametrize(("call", "error", "fragments"), TABLE)
def test_a_wrong_thing_is_refused_in_one_sentence_before_anything_has_changed(call, error, fragments):
    world = make_world()
    before = snapshot(world)
    with pytest.raises(error) as raised:
        call(world)
    message = str(raised.value)
    assert len(fragments) == 3
    assert [fragment for fragment in fragments if fragment not in message] == [], message
    assert "\n" not in message
    assert len(message) < LONGEST
    assert snapshot(world) == before


@pytest.mark.parametrize(
    ("target", "bptt_steps", "says"),
    [(ones(1, 2), None, "y has shape .* reshape y"), (TARGET, 0, "bptt_steps is 0, .* try bptt_steps=1")],
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
