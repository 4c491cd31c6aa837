"""Does any test notice? Plant real slips into copies of the package, one at a time: python3 tools/mutate.py [word ...]

With words, only the slips whose room or words hold one of them, and no report is written. Else nothing here touches
the checkout but benchmarks/mutation.md, which is written anew. Exits with 1 if a slip survives, with 2 if its old line
is not there exactly once, or if the tests fail with no slip at all. All of them take some twenty minutes.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

ROOT = pathlib.Path(__file__).resolve().parent.parent
REPORT = ROOT / "benchmarks" / "mutation.md"
TESTS = ["free_sums", "layers", "gates", "bptt", "every_day", "letters", "network", "gradcheck",
         "training", "many_cats", "first_program", "errors",
         "data", "forecast", "habits", "evaluation", "initializers", "parse_days", "csv_files", "panel_ledger",
         "panel_nudge", "pictures", "picture_spectrum", "panel", "panel_link",
         "panel_training", "panel_forecast", "panel_my_cat", "panel_timeline_line", "panel_spectrum", "source",
         "every_panel",
         "keep", "exercises", "common_slips", "told_mends"]
BESIDE = ["benchmarks", "notebooks", "pyproject.toml", "tests/answers"]
"""What some tests read besides."""

OF_FILES = "parse_days", "csv_files"
"""The tests of what is typed and loaded: the rooms lab/panel/parse_*."""

OF_EXERCISES = "keep", "exercises", "common_slips", "told_mends"
"""The tests of the checker and of what it keeps: the rooms lab/exercises/*."""

OF_SEVERAL = {
    "lab/pictures/weights": "pictures", "lab/pictures/cliff": "picture_spectrum", "lab/panels/cliff": "panel_spectrum",
    "lab/panels/timeline": "panel_timeline_line", "lab/panel/rules": "every_panel", "lab/panel/restore": "panel",
    "lab/panel/controls": "panel", "lab/panel/drawings": "panel", "lab/panel/days_box": "panel_my_cat",
}
"""The tests of rooms whose name no test file bears."""

PROCESSES = 2

CONFTEST = """
import pathlib

import catrnn
import ipywidgets
import pytest
from tests.helpers import strategies
from hypothesis import Phase, settings

assert pathlib.Path(catrnn.__file__).is_relative_to(pathlib.Path(__file__).parents[1]), catrnn.__file__
settings.register_profile("mutate", settings.get_profile("catrnn"), phases=[Phase.explicit, Phase.generate])
settings.load_profile("mutate")  # the first counterexample is enough; none is shrunk


@pytest.fixture(autouse=True)
def _nothing_is_kept(tmp_path, monkeypatch):
    monkeypatch.setenv("CATRNN_FOLDER", str(tmp_path))


@pytest.fixture(autouse=True)
def _no_panel_stays():
    yield
    ipywidgets.Widget.close_all()
"""
"""Stands beside the copied tests: it is the copy with the slip that they import, or nothing runs."""


class Slip(NamedTuple):
    room: str
    old: str
    new: str
    words: str


SLIPS = [
    # layers
    Slip("layers", "return c_x @ self.c_w + p_x @ self.p_w + self.b", "return c_x @ self.c_w + p_x @ self.p_w",
         "forgot the bias on the way forward"),
    Slip("layers", "return c_x @ self.c_w + p_x @ self.p_w + self.b",
         "return c_x @ self.c_w + p_x @ self.p_w.mT + self.b",
         "hidden weights transposed on the way forward"),
    Slip("layers", "self.c_x, self.p_x = c_x, p_x", "self.c_x, self.p_x = c_x, p_x if self.p_x is None else self.p_x",
         "remembers the state of its first call, not of its last"),
    Slip("layers", "self.c_x, self.p_x = c_x, p_x",
         "self.c_x, self.p_x = c_x, c_x @ self.c_w + p_x @ self.p_w + self.b",
         "remembers the state after the day, not before it"),
    Slip("layers", "d_p_x = prev_d_x @ self.p_w.mT", "d_p_x = prev_d_x @ self.p_w",
         "forgot the transpose of the hidden weights"),
    Slip("layers", "d_c_x = prev_d_x @ self.c_w.mT\n        d_p_x",
         "d_c_x = prev_d_x @ self.c_w.reshape(self.c_w.mT.shape)\n        d_p_x", "reshape where a transpose belongs"),
    Slip("layers", "d_p_w = self.p_x.mT @ prev_d_x", "d_p_w = prev_d_x.mT @ self.p_x",
         "gradient of the hidden weights transposed"),
    Slip("layers", "d_p_w = self.p_x.mT @ prev_d_x", "d_p_w = self.p_x.mT @ prev_d_x / len(prev_d_x)",
         "mean over the first axis for a sum"),
    Slip("layers", "d_c_w = self.c_x.mT @ prev_d_x\n        d_p_w", "d_c_w = self.c_x.T @ prev_d_x\n        d_p_w",
         ".T for .mT: the axes of the cats are turned too"),
    Slip("layers", "d_b = prev_d_x.sum(axis=-2, keepdims=True).reshape(self.b.shape)\n        return (d_c_x",
         "d_b = prev_d_x.mean(axis=-2, keepdims=True).reshape(self.b.shape)\n        return (d_c_x",
         "mean for sum in the gradient of the bias"),
    Slip("layers", "d_b = prev_d_x.sum(axis=-2, keepdims=True).reshape(self.b.shape)\n        return d_c_x",
         "d_b = prev_d_x[..., :1, :].reshape(self.b.shape)\n        return d_c_x",
         "gradient of the bias from the first sequence alone"),
    Slip("layers", "return (d_c_x, d_p_x), {", "return (d_c_x, prev_d_x), {",
         "forgot the gradient through the hidden state"),
    Slip("layers", "d_inputs, d_params = self.gradients(prev_d_x)\n        self.update(d_params)\n",
         "self.update(self.gradients(prev_d_x)[1])\n        d_inputs, _ = self.gradients(prev_d_x)\n",
         "the weights move before the input is judged"),
    Slip("layers", "param -= self.lr * d_param", "param += self.lr * d_param", "steps uphill"),
    Slip("layers", "param -= self.lr * d_param", "setattr(self, name, param - self.lr * d_param)",
         "a new array in place of a step in place"),
    Slip("layers", "return np.maximum(0, x)", "return np.maximum(0, x, out=x)",
         "in place: the layer before loses its output"),
    Slip("layers", "return np.maximum(0, x)", "return np.maximum(0.01 * x, x)", "a gate that leaks"),
    Slip("layers", "return np.maximum(0, x)", "return np.fmax(0, x)", "a gate that turns NaN into zero"),
    Slip("layers", "* (self.x > 0)", "* (self.x >= 0)", ">= for >: the gate is open at exactly zero"),
    Slip("layers", "* (self.x > 0)", "* ~(self.x <= 0)", "a gate that is open for NaN"),
    Slip("layers", "d_x = prev_d_x * (self.x > 0)", "d_x = prev_d_x", "forgot the gate on the way back"),
    Slip("layers", "np.mean((x - y) ** 2, axis=(-2, -1))", "np.sum((x - y) ** 2, axis=(-2, -1))",
         "sum for mean in the loss"),
    Slip("layers", "np.mean((x - y) ** 2, axis=(-2, -1))", "np.nanmean((x - y) ** 2, axis=(-2, -1))",
         "a loss that looks away from NaN"),
    Slip("layers", "np.mean((x - y) ** 2, axis=(-2, -1))", "np.mean((x - y) ** 2)",
         "forgot the axis: one loss for all cats"),
    Slip("layers", "n = self.x.shape[-2] * self.x.shape[-1]", "n = self.x.size", "divides by the values of all cats"),
    Slip("layers", "n = self.x.shape[-2] * self.x.shape[-1]", "n = self.x.shape[-2]", "divides by N alone"),
    Slip("layers", "return 2 * (self.x - self.y) / n", "return (self.x - self.y) / n", "forgot the 2 of the square"),
    Slip("layers", "return 2 * (self.x - self.y) / n", "return 2 * (self.x - self.y)",
         "forgot to divide, as the seed does"),
    Slip("layers", "e = np.exp(x - x.max(axis=-1, keepdims=True))", "e = np.exp(x)", "a softmax that overflows"),
    Slip("layers", "return e / e.sum(axis=-1, keepdims=True)", "return e / e.sum(axis=-2, keepdims=True)",
         "the softmax of a column, not of a row"),
    Slip("layers", "return (answered * p - self.y) / n", "return answered * p / n",
         "softmax's gradient without minus y"),
    Slip("layers", "return (answered * p - self.y) / n", "return (self.y - answered * p) / n",
         "softmax's gradient with its sign turned"),
    Slip("layers", "return (answered * p - self.y) / n", "return (p - self.y) / n",
         "blames a row that has no answer"),
    Slip("layers", "n = np.maximum(1, answered.sum(axis=-2, keepdims=True))", "n = self.x.shape[-2]",
         "divides by all rows, those without an answer too"),
    Slip("layers", "return -(y * log_p).sum(axis=(-2, -1)) / n", "return -(y * log_p).sum() / n",
         "one surprise for all cats"),
    Slip("layers", "d_x = prev_d_x * y * (1 - y)", "d_x = prev_d_x * y", "forgot 1 - y in the sigmoid's gradient"),
    Slip("layers", "d_x = prev_d_x * (1 - y * y)", "d_x = prev_d_x * (1 - y)", "forgot the square in tanh's gradient"),
    # gates, letters
    Slip("gates", "c_r, c_z, c_n = parts(c_x @ self.c_w + self.b, 3)",
         "c_z, c_r, c_n = parts(c_x @ self.c_w + self.b, 3)", "swapped gates: reset and keep"),
    Slip("gates", "i, f, g, o = parts(c_x", "i, g, f, o = parts(c_x", "swapped gates: forget and new"),
    Slip("gates", "d_c = side_by_side(d_r, d_z, d_n)", "d_c = side_by_side(d_z, d_r, d_n)",
         "swapped gates on the way back"),
    Slip("gates", "return self.z * state + (1 - self.z) * self.n", "return self.z * state + self.n",
         "forgot 1 - z on the way forward"),
    Slip("gates", "return self.z * state + (1 - self.z) * self.n", "return (1 - self.z) * state + self.z * self.n",
         "keeps what is to be new"),
    Slip("gates", "d_n = prev_d_x * (1 - z) * (1 - n * n)", "d_n = prev_d_x * (1 - n * n)",
         "forgot 1 - z on the way back"),
    Slip("gates", "d_z = prev_d_x * (self.p_x - n) * z * (1 - z)", "d_z = prev_d_x * self.p_x * z * (1 - z)",
         "forgot that z shuts what is new"),
    Slip("gates", "d_p = side_by_side(d_r, d_z, d_n * r)", "d_p = side_by_side(d_r, d_z, d_n)",
         "forgot the reset gate on the way back"),
    Slip("gates", "d_state = d_p @ self.p_w.mT + prev_d_x * z", "d_state = d_p @ self.p_w.mT",
         "forgot the road past the gates"),
    Slip("gates", "d_state = side_by_side(d_sum @ self.p_w.mT, d_c * f)",
         "d_state = side_by_side(d_sum @ self.p_w.mT, 0 * d_c)", "forgot the road through the cell"),
    Slip("gates", "d_state = side_by_side(d_sum @ self.p_w.mT, d_c * f)",
         "d_state = side_by_side(d_sum @ self.p_w.mT, d_c)", "forgot the forget gate on the road back"),
    Slip("gates", "d_c = d_c + d_h * o * (1 - bent_c * bent_c)", "d_c = d_h * o * (1 - bent_c * bent_c)",
         "forgot the cell's blame from tomorrow"),
    Slip("gates", "d_c = d_c + d_h * o * (1 - bent_c * bent_c)", "d_c += d_h * o * (1 - bent_c * bent_c)",
         "in place: the blame that was given is changed"),
    Slip("gates", "return self.z * state + (1 - self.z) * self.n",
         "state *= self.z\n        state += (1 - self.z) * self.n\n        return state",
         "no copy of the state: yesterday's is written over"),
    Slip("gates", "c = self.f * self.p_c + self.i * self.g",
         "c = self.p_c\n        c *= self.f\n        c += self.i * self.g",
         "no copy of the cell: yesterday's is written over"),
    Slip("gates", "sigmoid(f + self.forget_bias)", "sigmoid(f)", "forgot the forget bias"),
    Slip("gates", "return np.concatenate(each, axis=-1)", "return np.concatenate(each, axis=0)",
         "gates put together along another axis"),
    Slip("letters", "softmax(scores / temperature)", "softmax(scores * temperature)",
         "a temperature that cools where it should heat"),
    Slip("letters", "one_hot(name + alphabet[0], alphabet)", "one_hot(alphabet[0] + name, alphabet)",
         "each letter is the answer to itself"),
    Slip("letters", "(counts + weight * chances)", "(counts + weight / len(alphabet))",
         "where few were counted all letters are alike, not as they come"),
    Slip("letters", "alphabet[0] * before + name", "alphabet[0] + name", "one sign before a name, however far back"),
    Slip("letters", "nats / np.log(2)", "nats * np.log(2)", "bits for nats the wrong way round"),
    # checks
    Slip("checks/of_shapes", "x, y = [*fitting(self, weights, memory, expected, named), MISSING][:2]",
         "vars(self).update({name: x for name, x in named.items() if name in vars(self)})\n"
         "                x, y = [*fitting(self, weights, memory, expected, named), MISSING][:2]",
         "remembers what came in before it is refused"),
    Slip("checks/of_weights", "if isinstance(w, np.ndarray) and type(w) is not np.ndarray:", "if False:",
         "lets in arrays with rules of their own"),
    Slip("checks/of_numbers", "if np.ma.is_masked(x):", "if False:", "a masked day is a day"),
    Slip("checks/of_weights", "if not np.isfinite(w).all():", "if np.isnan(w).all():",
         "lets in a weight that is infinite"),
    Slip("checks/of_shapes", "if seen != fitted or named:", "if fitted is None or named:",
         "shapes are checked once and for all"),
    Slip("checks/of_shapes", 'attrgetter("__class__", "dtype", "shape")', 'attrgetter("shape")',
         "remembers shapes, but not what kind of numbers"),
    Slip("checks/of_shapes", "(*list(weights)[:1], *memory)", "(*memory,)",
         "shapes of one layer are taken for another's"),
    Slip("checks/of_shapes", "(*list(weights)[:1], *memory)", "(*list(weights)[:1],)",
         "a gradient may fit an earlier forward call"),
    Slip("checks/of_shapes", 'sizes["..."] = shape[:-2] if name in memory else sizes.get("...", shape[:-2])',
         'sizes["..."] = ()', "takes many cats for one"),
    Slip("checks/of_numbers", "if not np.isfinite(x).all():", "if np.isnan(x).any():", "lets an infinite day in"),
    Slip("checks/of_numbers", "isinstance(value, bool | np.bool_) or ", "", "takes True for the number 1"),
    Slip("checks/of_numbers", 'x if x.dtype.kind == "f" else x.astype(float)', "x",
         "whole numbers stay whole, and wrap around"),
    Slip("checks/of_weights", "if np.shares_memory(w, arrays[other]):", "if w is arrays[other]:",
         "two views of one array pass for two weights"),
    Slip("checks/of_weights", "if d_param.shape != param.shape:", "if d_param.size != param.size:",
         "a gradient of another shape is let through"),
    # bptt
    Slip("bptt", "(for_a_day(recurrent), for_a_day(relu))", "(recurrent, relu)", "no copy: all days share one memory"),
    Slip("bptt", "(for_a_day(recurrent), for_a_day(relu))", "(for_a_day(recurrent), relu)", "no copy of the ReLU"),
    Slip("bptt", "if isinstance(x, dict | list):", "if isinstance(x, list):",
         "a memory in a dict is shared by all days"),
    Slip("bptt", "from copy import copy", "from copy import deepcopy as copy",
         "deep copies: each day has weights of its own"),
    Slip("bptt", "recurrent.forward(day, hs[-1])", "recurrent.forward(day, hs[0])",
         "every day starts from the first state"),
    Slip("bptt", "recurrent.forward(day, hs[-1])", "recurrent.forward(days[0], hs[-1])",
         "eats the first day every day"),
    Slip("bptt", "else min(bptt_steps, len(steps))", "else min(bptt_steps + 1, len(steps))",
         "looks back one day too far"),
    Slip("bptt", "reversed(steps[-days_back:])", "reversed(steps[:days_back])", "looks back over the oldest days"),
    Slip("bptt", "reversed(steps[-days_back:])", "steps[-days_back:]", "goes back in the order of going forward"),
    Slip("bptt", "d_z, _ = relu.gradients(d_h)", "d_z = d_h", "forgot the ReLU of every day"),
    Slip("bptt", "(_, d_h), d_params = recurrent.gradients(d_z)", "_, d_params = recurrent.gradients(d_z)",
         "forgot that yesterday's state has a gradient"),
    Slip("bptt", "(_, d_h), d_params = recurrent.gradients(d_z)",
         "(_, d_h), d_params = recurrent.gradients(d_z)\n        recurrent.update(d_params)",
         "the weights move while walking back"),
    Slip("bptt", "per_day.append(d_params)\n    return d_h, per_day",
         "per_day.append(d_params)\n    return d_z, per_day",
         "stops one term short of the first state"),
    Slip("bptt", "total[name] += d_params[name]", "total[name] = d_params[name]", "= for +=: the earliest day alone"),
    Slip("bptt", "total[name] += d_params[name]", "total[name] += d_params[name] / len(per_day)",
         "mean of the days for their sum"),
    Slip("bptt", "total = dict.fromkeys(per_day[0], 0.0)\n    for d_params in per_day:",
         "total = dict(per_day[0])\n    for d_params in per_day[1:]:", "adds the days up in the ledger's own arrays"),
    Slip("bptt", ".sum(axis=(-2, -1), keepdims=True)", ".sum(keepdims=True)", "one length for all cats"),
    Slip("bptt", "scale = limit / np.maximum(norm, limit)", "scale = limit / norm", "stretches short gradients too"),
    Slip("bptt", "norm = np.sqrt(squares)", "norm = squares", "forgot the root of the length"),
    Slip("bptt", "backward_through_time([step], d_own + d_h)", "backward_through_time([step], d_own)",
         "forgot the blame from tomorrow"),
    Slip("bptt", "backward_through_time([step], d_own + d_h)",
         "backward_through_time([step], d_answers[-1] + d_h)", "the last day's answer, every day"),
    Slip("bptt", "zip(reversed(steps), reversed(d_answers), strict=False)", "zip(reversed(steps), d_answers)",
         "answers in the order of going forward"),
    Slip("bptt", "max(0, begin + chunk - back)", "max(0, begin - back)", "blame that goes a chunk too far"),
    # network, initializers
    Slip("network", "days = np.moveaxis(days, 0, -3)", "days = np.asarray(days)",
         "days of one cat taken for another's"),
    Slip("network", "walked = steps if bptt_steps is None else steps[-bptt_steps:]", "walked = steps",
         "ignores bptt_steps where days have answers"),
    Slip("network", "else state[..., :h_size]", "else state[..., -h_size:]",
         "the output layer sees the cell, not the state"),
    Slip("network", "self.unseen(d_seen, hs[-1]), bptt_steps)", "self.unseen(d_seen, hs[-1]))",
         "ignores bptt_steps"),
    Slip("network", "np.zeros((*days.shape[1:-1], size), dtype=p_w.dtype)",
         "np.zeros((*days.shape[1:-1], size))", "a first state of double precision for every cat"),
    Slip("network", "return self.output.forward(self.seen(hs[-1]))", "return self.output.forward(self.seen(hs[-2]))",
         "answers from the day before the last"),
    Slip("network", "self.first_state(days) if h0 is None else h0", "self.first_state(days)",
         "forgets the given first state"),
    Slip("network", "return cls(recurrent(learning_rate", "return cls(RecurrentLinearLayer(learning_rate",
         "draws a cat without the layer that it was given"),
    Slip("initializers", "return Weights(*[np.array(w) for w in drawn])", "return Weights(*drawn)",
         "no copy of the drawn weights"),
    Slip("initializers", "for name in cured})", "for name in Weights._fields})", "cures what was not to be cured"),
    Slip("initializers", "bias_of[1] += lasting - 1", "bias_of[1] += lasting", "an LSTM's forget bias is added twice"),
    Slip("initializers", "bias_of[0] -= lasting", "bias_of[0] += lasting", "an LSTM's write gate begins open"),
    Slip("initializers", "p_w=0.5 * np.eye(hidden_size) + 0.1 * drawn.p_w", "p_w=0.5 * np.eye(hidden_size)",
         "leaky weights without the seed's part"),
    Slip("initializers", "cat if len(cat.p_w) == most else pad(cat, most)", "pad(cat, most + 1)",
         "a unit too many for every cat"),
    # training
    Slip("training", "hs[first - walked]", "hs[-1]", "a chunk begins with the last state, wherever it begins"),
    Slip("training", "hs[first - walked]", "cat.first_state(days)", "every chunk begins with nothing remembered"),
    Slip("training", "target[begin:end]", "target[first:end]", "judges days twice that two chunks walk"),
    Slip("training", "h0 = hs[-1] if carry_state else h0", "h0 = hs[-1]", "carries the state unasked"),
    Slip("training", "h0 = hs[-1] if carry_state else h0", "h0 = hs[1] if carry_state else h0",
         "carries the first day's state"),
    Slip("training", "self.rows[name][self.noted] = x", "self.rows[name][:] = x",
         "writes every epoch over those before it"),
    Slip("training", "np.empty((self.epochs, *x.shape), x.dtype)", "np.empty((self.epochs, *x.shape))",
         "writes single precision down as double"),
    Slip("training", "x.resize((self.noted, *x.shape[1:]), refcheck=False)", "pass",
         "keeps rows for epochs that never were"),
    Slip("training", "hs[begin - first + 1 :]", "hs[begin - first : -1]",
         "records the state before each day"),
    Slip("training", "            recorder.note(seen)\n", "", "writes nothing down"),
    Slip("training", "d_params = clip_by_norm(d_params, clip)", "pass", "ignores the clip"),
    Slip("training", "velocity = step(cat,", "velocity = velocity or step(cat,",
         "pushes on with the first push"),
    Slip("training", "alive = np.count_nonzero(np.isfinite(loss))", "alive = np.isfinite(loss).all()",
         "ends when the first of many cats explodes"),
    Slip("training", "~(self.losses <= EXPLODED)", "self.losses > EXPLODED", "not a number is no explosion"),
    # gradcheck
    Slip("gradcheck", "/ (2 * nudge)", "/ nudge", "two nudges counted as one"),
    Slip("gradcheck", "param[i] = value - nudge", "param[i] = value", "nudges to one side only"),
    # data, baselines, habits, forecast, reading
    Slip("data", "np.arange(-n_days, 0)[:, None]", "np.arange(1 - n_days, 1)[:, None]", "the answer is in the window"),
    Slip("data", "series[:, before].swapaxes(0, 1).reshape", "series[:, before].reshape", "days of many cats mixed up"),
    Slip("baselines", "np.ones(days.shape[1])", "np.zeros(days.shape[1])", "a linear model without a bias"),
    Slip("baselines", "return plain(np.mean(days, axis=0))", "return plain(np.mean(days))",
         "the mean of all windows for each"),
    Slip("baselines", "slope * (len(days) - middle)", "slope * (len(days) - 1 - middle)",
         "a line read off on the last day"),
    Slip("baselines", "guess if np.ndim(guess) else float(guess)", "guess", "a guess that is no plain number"),
    Slip("habits", "portions[day - 2] + noise[day]", "portions[day - 1] + noise[day]", "one day ago for two"),
    Slip("habits", "0.8 * stomach + portions[day]", "0.8 * stomach + meal(stomach)",
         "digests the meal without its noise"),
    Slip("habits", "% 7 >= 5", "% 7 >= 4", "a weekend of three days"),
    Slip("habits", "0.8 * stomach + portions[day]", "0.7 * stomach + portions[day]", "a stomach that empties faster"),
    Slip("habits", "stomach - 1.2)", "stomach - 1.3)", "a stomach that is full later"),
    Slip("habits", "maximum(0.05, 1.0 - 4", "maximum(0.0, 1.0 - 4", "a fast with nothing at all"),
    Slip("habits", "stomach = 0.8 * stomach + portion\n", "stomach = 0.8 * stomach + meal(stomach)\n",
         "a stomach read off without what was eaten"),
    Slip("habits", "noise = rng.normal(0, 0.1, n_days)", "noise = rng.normal(0, 0.12, n_days)",
         "two days ago, with more noise"),
    Slip("habits", "noise = rng.normal(0, 0.05, n_days)", "noise = rng.normal(0, 0.06, n_days)",
         "a feast with more noise"),
    Slip("habits", "rng.uniform(10, 40)", "rng.uniform(10, 60)", "a kitten that grows up late"),
    Slip("habits", "rng.uniform(10, 40)", "rng.uniform(10, 35)", "a kitten that grows up early"),
    Slip("habits", "0.2 + (grown - 0.2) * size", "0.25 + (grown - 0.25) * size", "a kitten that begins with more"),
    Slip("habits", "workday * (1 + weekend)", "workday * (1 + 2 * weekend)", "a weekend of three times as much"),
    Slip("forecast", "else [*window[1:], guess]", "else [*window, guess]", "a window that grows while running free"),
    Slip("forecast", "else [*window[1:], guess]", "else [*window[1:], window[-1]]",
         "eats the same again, not its guess"),
    Slip("forecast", "[*window, guess] if keep_all", "[*window[1:], guess] if keep_all",
         "forgets the first day though it should keep all"),
    Slip("forecast", "np.repeat(days, n_futures, axis=1)", "np.tile(days, (1, n_futures, 1))",
         "futures of many windows mixed up"),
    Slip("forecast", "rng.normal(0, noise, guess.shape)", "rng.normal(0, noise)", "one noise for all futures"),
    Slip("forecast", "changed[day:] += rng.uniform(0.5, 1.5, len(series) - day)",
         "changed[day + 1:] += rng.uniform(0.5, 1.5, len(series) - day - 1)", "a detector that spares the answer"),
    Slip("forecast", "changed[day:] += rng.uniform(0.5, 1.5, len(series) - day)", "changed[day:] += 1.0",
         "a detector that moves all days alike"),
    Slip("forecast", "spread > max(DUST * abs(shift), checks.SMALLEST)", "spread > 0",
         "divides days that are all alike by dust"),
    Slip("forecast", "guess = guess.copy()", "guess = guess[...]", "writes one and the same array down each day"),
    Slip("forecast", "for day in days]\n        return", "for day in days[-8:]]\n        return",
         "sees the last 8 days alone"),
    Slip("forecast", "np.random.default_rng(start) for start", "np.random.default_rng(0) for start",
         "all starts from the same first weights"),
    # evaluation
    Slip("evaluation", "(years <= last)", "(years < last)", "a test without its last year"),
    Slip("evaluation", "np.var(known)", "np.var(numbers)", "a share of the variance of all years"),
    Slip("evaluation", "np.mean(misses**2)", "np.mean(abs(misses))", "absolute misses for their squares"),
    Slip("evaluation", "FIRST, LAST = 1712, 1920", "FIRST, LAST = 1712, 1930", "learns from years that are tested"),
    Slip("evaluation", "WINDOW = 12", "WINDOW = 11", "a window of eleven years"),
    Slip("evaluation", "RIPPLE = 10", "RIPPLE = 0", "every ripple is a peak"),
    Slip("evaluation", "PEAK_RADIUS, PEAK_TOLERANCE, HALF_CYCLE = 4, 2, 5",
         "PEAK_RADIUS, PEAK_TOLERANCE, HALF_CYCLE = 4, 3, 5", "a peak three years late counts as met"),
    Slip("evaluation", "to_come[-1] - PEAK_RADIUS", "to_come[-1]", "judges a peak that is not over"),
    Slip("evaluation", "known = years < first", "known = years <= first", "a forecast knows its first year"),
    Slip("evaluation", "span[peaks(whole)] if year >= first]", "span[peaks(whole)]]",
         "a peak of the past counts as met"),
    Slip("evaluation", "FIRST, last)\n    if not roots", "FIRST, LAST)\n    if not roots",
         "a rival that is fitted on the years that choose"),
    Slip("evaluation", "np.maximum(model.predict(np.sqrt(days[-n_years:])), 0) ** 2",
         "np.maximum(model.predict(np.sqrt(days[-n_years:])), 0)", "a forecast in roots"),
    Slip("evaluation", "pieces + np.arange(BLOCK)", "pieces + 0 * np.arange(BLOCK)",
         "one year eleven times for a piece"),
    Slip("evaluation", "others[drawn]", "others[drawn[::-1]]", "two forecasts judged by different years"),
    Slip("evaluation", "[0.025, 0.975]", "[0.05, 0.95]", "an interval that holds 90 of 100"),
    # the lab
    Slip("lab/panels/ledger", "forget_to_add(asked))", "forget_to_add(per_day))",
         "forgot to add: leaves the first of all days, not of those asked"),
    Slip("lab/panels/nudge", "_, found = one_sided_slopes", "found, _ = one_sided_slopes",
         "to the right only shows the slope to the left"),
    Slip("lab/pictures/weights", "np.abs(now - then)", "np.abs(np.abs(now) - np.abs(then))",
         "a weight that changed its sign did not move"),
    Slip("lab/pictures/cliff", "len(off) - np.argmin(off[::-1])", "np.argmax(off)",
         "off the map since the first time, not the last"),
    Slip("lab/pictures/spectrum", "left > 2 else", "left > 1 else", "grows, though it stays"),
    Slip("lab/pictures/spectrum", "left > 0.5 else", "left > 0.4 else", "stays, though it fades"),
    Slip("lab/panel/panel", "with self.view.hold_sync():  # one message", "if True:  # one message",
         "three messages for one move"),
    Slip("lab/panel/panel", "with self.view.hold_sync():\n            self.view.png, self.view.width =",
         "if True:\n            self.view.png, self.view.width =", "two messages for a page of another width"),
    Slip("lab/panel/panel", "            close_whole(widget)", "            pass",
         "a link leaves the old controls behind"),
    Slip("lab/panel/link", "!= call or asked.args", "!= call", "a link's argument without a name is passed over"),
    Slip("lab/panel/link", "or names.count(name) > 1", "", "of an argument given twice the last is taken"),
    Slip("lab/panel/parse_days", 'tidy(tidy(text).strip("[]()"))', 'tidy(tidy(text).strip("[]()").replace(",", "."))',
         "a comma read as a point"),
    Slip("lab/panel/parse_days", "if len(pairs) > MOST_DAYS:", "if False:", "any number of days is let through"),
    Slip("lab/panel/parse_days", "        if not field:", "        if False:", "a day left empty is closed up"),
    Slip("lab/panel/parse_days", "if same(unit) != same(units[0]):", "if False:", "grams and kilograms in one list"),
    Slip("lab/panel/parse_number", "if abs(value) > MOST:", "if value > MOST:", "any number below zero is let through"),
    Slip("lab/panel/parse_number", 'rf"{GROUP}[.,][0-9]{{3}}"', 'rf"{GROUP},[0-9]{{3}}"', "1.250 is never a thousand"),
    Slip("lab/panel/parse_table", "utf-8-sig", "utf-8",
         "the mark at the beginning of a spreadsheet's file is taken for a heading"),
    Slip("lab/panel/parse_table", 'MARKS = ";\\t|,"', 'MARKS = ",;\\t|"', "decimal commas part columns"),
    Slip("lab/panel/parse_table", "last = deque(reader, maxlen=MOST_ROWS)", "last = deque([])",
         "the first rows of a long file, not the last"),
    Slip("lab/panel/parse_headings", "if a_day or (any(map(is_number, cells)) and not words):",
         "if a_day or any(map(is_number, cells)):", "a heading with a number in it is taken for a day"),
    Slip("lab/panel/parse_headings", "        if a_day or", "        if place and a_day or",
         "the first day of a file without headings is lost"),
    Slip("lab/panel/parse_rows", "rows, days = rows[::-1], days[::-1]", "rows, days = rows, days[::-1]",
         "the newest day stays first"),
    Slip("lab/panel/parse_rows", "start=1) if step != common]", "start=1) if step > 9 * common]",
         "missing dates are closed up"),
    Slip("lab/panel/parse_dates", "return min(readings, key=unevenness, default=None)",
         "return readings[0] if readings else None", "months are taken for days"),
    Slip("lab/panel/parse_columns", "return (readable or counting)[-1].name", "return (counting or readable)[0].name",
         "a column that counts is forecast"),
    Slip("lab/panel/parse_columns", "is_missing(cell)]", "not cell and False]", "a cell with NA is no gap"),
    # panels
    Slip("lab/panel/rules", "if not is_number(value) or not isinstance(value, int | np.integer):",
         "if not is_number(value):", "half an epoch"),
    Slip("lab/panel/rules", " and not isinstance(value, bool)", "", "True is a number"),
    Slip("lab/panel/rules", "if not abs(day) <= MOST_PORTIONS:", "if abs(day) > MOST_PORTIONS:",
         "NaN among the days"),
    Slip("lab/panel/rules", "value > above)", "value >= above)", "zero where more than zero is wanted"),
    Slip("lab/panel/restore", "if as_code(value) != as_code(defaults[name])", "if value is not defaults[name]",
         "the code says more than it must"),
    Slip("lab/panel/restore", 'return float(f"{value:.10g}") if isinstance(value, float) else value', "return value",
         "binary dust from a slider"),
    Slip("lab/panel/controls", "step /= 10", "step /= 1", "a value between two marks moves to one"),
    Slip("lab/panel/controls", 'play.set_trait("playing" if', 'None and play.set_trait("playing" if',
         "plays on where no page shows it"),
    Slip("lab/panel/days_box", '            self.told.words = ""  # these', "            pass  # these",
         "a file is told of whose days are gone"),
    Slip("lab/panel/days_box", "            earlier.close()", "            pass",
         "the columns of earlier files stay alive"),
    Slip("lab/panel/days_box", "self._read()  # the same", "pass  # the same",
         "the same days once more leave the red words"),
    Slip("lab/panel/days_box", "continuous_update=False", "continuous_update=True", "days are read letter by letter"),
    Slip("lab/panel/drawings", "while len(self.held) > self.most:", "while False:", "drawings without a bound"),
    Slip("lab/panel/panel", "            self.children = old", "            pass",
         "a link that fails leaves its own controls"),
    Slip("lab/panel/panel", "            self.close()  # nobody", "            pass  # nobody",
         "half a panel stays alive"),
    Slip("lab/source", "if path in AS_READ and stamp(path) != AS_READ[path]:", "if False:",
         "code is shown that Python does not run"),
    Slip("lab/panels/training", "if setting != self.setting or epochs > self.trained:", "if epochs > self.trained:",
         "the record of another setting"),
    Slip("lab/panels/training", 'None if fate(history) == "exploded" else history.hidden.max()',
         "history.hidden.max()", "an exploded training makes all epochs pale"),
    Slip("lab/panels/training", ", weights={})", ")", "the weights of all epochs are kept"),
    Slip("lab/panels/cliff", "free, clipped = descents", "clipped, free = descents",
         "the clipped path is called free"),
    Slip("lab/panels/cliff", 'return d_inputs, {"c_w": d_params["c_w"], "p_w": d_params["p_w"]}',
         "return d_inputs, d_params", "a held bias learns"),
    Slip("lab/panels/forecast", "np.random.default_rng(1), UNSEEN_CATS", "np.random.default_rng(0), UNSEEN_CATS",
         "unseen cats were seen"),
    Slip("lab/panels/forecast", "network = learn_habit(known[:, :TRAINING_DAYS], WINDOW)",
         "network = learn_habit(known, WINDOW)", "it learns from days that it is to foretell"),
    Slip("lab/panels/my_cat", ", keep_all=True)", ")", "my cat's first days are forgotten"),
    Slip("lab/panels/timeline", "ON_A_PHONE if picture.narrow else picture.width", "picture.width",
         "names too long for a phone"),
    # exercises
    Slip("lab/exercises/keep", 'known = {name, "np", *dir(builtins)} - NOTEBOOKS_OWN',
         'known = {name, "np", *dir(builtins)}', "a name that only a notebook has is kept"),
    Slip("lab/exercises/keep", "first_wrong(alone, exercises)", "first_wrong(layer, exercises)",
         "what stands in the file is not judged"),
    Slip("lab/exercises/keep", "if layer.__bases__ != (object,):", "if False:",
         "a layer that leans on the course's is kept"),
    Slip("lab/exercises/keep", "        learner.remember(exercise.name, CORRECT)", "        pass",
         "what is kept is not in the list of progress"),
    Slip("lab/exercises/keep", "return words if own_files.lasts() else", "return words if True else",
         "kept for this page only, and not told so"),
    Slip("lab/exercises/layers_file", 'encoding="utf-8-sig"', 'encoding="utf-8"',
         "a file that another editor saved with a mark in front"),
    Slip("lab/exercises/layers_file", "return text if text.strip() else HEADER", "return text",
         "an empty file stays without its first lines"),
    Slip("lab/exercises/layers_file", 'while lines[start - 1].startswith("#"):', "while False:",
         "a remark is parted from its class"),
    Slip("lab/exercises/layers_file", "in order[order.index(name) + 1:]", "in order[:order.index(name)]",
         "a class goes in front of those before it"),
    Slip("lab/exercises/layers_file", "lines[first_line(node) - 1:node.end_lineno]",
         "lines[node.lineno - 1:node.end_lineno]", "the decorators of a class that makes room stay"),
    Slip("lab/exercises/layers_file", 'if any((alias.asname or alias.name) == "np" for alias in names):', "if False:",
         "np is imported anew with each class"),
    Slip("lab/exercises/kept_layers", "if first_wrong(mine, exercises):", "if False:",
         "a kept layer that was spoilt since trains the cat"),
    Slip("lab/exercises/kept_layers", 'if not hasattr(mine, "backward"):', "if False:",
         "a layer that goes forward only trains the cat"),
    Slip("lab/exercises/judges", "exercises[1:] and verdicts[-1].state == CORRECT", "True",
         "what a layer remembers is nobody's affair"),
    Slip("lab/exercises/judges", "goes_back and right_output(exercise, layer)", "goes_back",
         "the way forward of a layer that gets back is not judged"),
    Slip("lab/exercises/own_files", 'new.write_text(text, encoding="utf-8", newline="\\n")',
         'path.write_text(text[:9]), new.write_text(text, encoding="utf-8")', "half a file, if the power goes"),
    Slip("lab/exercises/own_files", "new.unlink(missing_ok=True)", "pass", "a file half written is left behind"),
    Slip("lab/exercises/learner", "best[name] = max(state, best.get(name, BETTER[0]), key=BETTER.index)",
         "best[name] = state", "the worse of two kernels' results is listed"),
    Slip("lab/exercises/learner", "if BETTER.index(state) > BETTER.index(before or BETTER[0]):",
         "if state != before:", "a slip made later takes a result away"),
    Slip("lab/exercises/learner", "{**own_files.read_progress(), name: state}", "{**STATES}",
         "results of other notebooks are lost"),
    Slip("lab/exercises/compare", "TOLERANCE = 1e-4", "TOLERANCE = 1e-2", "nearly right is right"),
    Slip("lab/exercises/compare", " | (np.isnan(a) & np.isnan(b))", "", "a NaN that should come is wrong"),
    Slip("lab/exercises/compare", "if a.shape != b.shape:", "if a.size != b.size:", "a column for a row is right"),
    Slip("lab/exercises/compare", "return 0 if len(came) < len(tries) else None", "return None",
         "an answer that stops on some probes is right"),
    Slip("lab/exercises/run", "given = deepcopy(probe)\n    outcome", "given = probe\n    outcome",
         "an answer that changes what it is given spoils the next"),
    Slip("lab/exercises/run", "if exercise.axes and exercise.allow_integers:", "if False:",
         "an answer that stops at whole numbers alone is wrong"),
    Slip("lab/exercises/run", "        if name in exercise.mutates:\n            continue\n", "",
         "a weight that must change in place may not"),
    Slip("lab/exercises/diagnose", "if part is None and changed is None:", "if part is None:",
         "an argument changed in place is let through"),
    Slip("lab/exercises/diagnose", "return came < len(tries) / 2", "return False",
         "a known slip is told of an answer that mostly stopped"),
    Slip("lab/exercises/prepare", "return answer is not exercise.reference and own is course", "return False",
         "a method that is inherited counts as written"),
    Slip("lab/exercises/learner_code", 'if function.name != "__init__":', "if True:",
         "what a layer is made with is said to be never asked for"),
    Slip("lab/exercises/learner_code", "while isinstance(target, ast.Subscript):", "while False:",
         "the line that changes one number in place is not found"),
    Slip("lab/exercises/learner_code", "return ErrorSite(problem, own[-1].lineno, code.strip())",
         "return ErrorSite(problem, own[0].lineno, code.strip())", "the line of the call, not the one that stopped"),
    Slip("lab/exercises/mends", "if not got.parts or wrong(attempt._replace(got=got)):", "if not got.parts:",
         "any change that runs is the slip"),
    Slip("lab/exercises/mends", "if len(same) > 1 and not overlap(same):", "if False:",
         "one slip made twice is no slip"),
]


def planted(slip, house):
    """The text of the room with the slip in it; the old line must be there exactly once, lest this list rot."""
    text = (house / "catrnn" / f"{slip.room}.py").read_text("utf-8")
    if text.count(slip.old) != 1:
        print(f"{slip.words}: {text.count(slip.old)} times in {slip.room}.py: {slip.old}", file=sys.stderr)
        sys.exit(2)
    return text.replace(slip.old, slip.new)


def copied(house, copy):
    """Copy the package and its tests from one folder into another; return the other."""
    shutil.copytree(house / "catrnn", copy / "catrnn", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("helpers", "lesson", "lab"):
        shutil.copytree(house / "tests" / name, copy / "tests" / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in BESIDE:
        (copy / name).parent.mkdir(exist_ok=True)
        (shutil.copytree if (house / name).is_dir() else shutil.copy)(house / name, copy / name)
    return copy


def path_of(test):
    """Where a test file lies, from the root of a copy; the lesson's, where the lab has one of that name too."""
    found = [ROOT / "tests" / folder / f"test_{test}.py" for folder in ("lesson", "lab")]
    return next(str(path.relative_to(ROOT)) for path in found if path.exists())


def is_own(test, slip):
    """Whether a test file is of the room of a slip: its name may bear the kind in front, or stand for several."""
    if slip.room.startswith("lab/panel/parse_"):
        return test in OF_FILES
    if slip.room.startswith("lab/exercises/"):
        return test in OF_EXERCISES
    name = slip.room.split("/")[-1]
    return test in (name, f"panel_{name}", f"picture_{name}", OF_SEVERAL.get(slip.room))


def first_to_notice(house, slip=None):
    """Run the tests on a copy of the house, those of the slip's own room first; return the first that fails."""
    own = [test for test in TESTS if slip and is_own(test, slip)]
    others = [test for test in TESTS if test not in own]
    with tempfile.TemporaryDirectory() as folder:
        copy = copied(house, pathlib.Path(folder).resolve())
        (copy / "tests" / "conftest.py").write_text(CONFTEST, "utf-8")
        if slip:
            (copy / "catrnn" / f"{slip.room}.py").write_text(planted(slip, house), "utf-8")
        for tests in filter(None, (own, others)):  # mostly its own notice, so the others are not even read
            if failed := first_to_fail(copy, tests, slip):
                return failed
    return None


def first_to_fail(copy, tests, slip):
    """Run some tests in a copy; return (test file, test) of the first that fails."""
    run = subprocess.run(
        [sys.executable, "-m", "pytest", *map(path_of, tests), "-x", "-q", "--tb=no",
         "-W", "error", "-p", "no:cacheprovider", "-c", os.devnull, f"--rootdir={copy}"],
        cwd=copy, capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1", "OMP_NUM_THREADS": "1",
             "OPENBLAS_NUM_THREADS": "1"},
    )
    failed = re.findall(r"^FAILED tests/\w+/test_(\w+)\.py::test_(\w+)", run.stdout, re.MULTILINE)
    if run.returncode == 2 and slip:  # the slip breaks an import of the package itself
        failed = [(test, "it imports") for test in re.findall(r"^ERROR tests/\w+/test_(\w+)\.py", run.stdout, re.M)]
    elif run.returncode != len(failed):  # neither all green nor one red test: nothing was tested
        raise RuntimeError(f"{slip and slip.words}: {run.stdout[-2000:]}{run.stderr[-2000:]}")
    return failed[0] if failed else None


HEAD = """# Slips planted, and the tests that notice

Written by `python3 tools/mutate.py`, which holds the old and the new line of every slip. Each is planted alone, into a
copy of the package; the tests of its own room run first, and stop at the first that fails.

{caught} of {planted} are caught.

| slip | room | first test to notice |
|---|---|---|
"""


def report(noticed):
    rows = [f"| {slip.words} | `{slip.room}` | " + (f"`{test[0]}`: {test[1].replace('_', ' ')}" if test else "**none**")
            for slip, test in zip(SLIPS, noticed, strict=True)]
    head = HEAD.format(caught=sum(test is not None for test in noticed), planted=len(SLIPS))
    return head + "".join(f"{row} |\n" for row in rows)


def main(words):
    slips = [slip for slip in SLIPS if not words or any(word in f"{slip.room} {slip.words}" for word in words)]
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(PROCESSES) as pool:
        house = copied(ROOT, pathlib.Path(folder))  # whoever edits the checkout meanwhile disturbs nothing
        for slip in SLIPS:
            planted(slip, house)
        if failed := first_to_notice(house):
            print(f"{failed} fails with no slip planted; mend that first", file=sys.stderr)
            return 2
        noticed = []
        for slip, test in zip(slips, pool.map(lambda slip: first_to_notice(house, slip), slips), strict=True):
            print(f"{'caught' if test else 'SURVIVED':8} {slip.room}: {slip.words}", flush=True)
            noticed.append(test)
    if not words:
        REPORT.write_text(report(noticed), "utf-8")
        print(f"Wrote {REPORT.relative_to(ROOT)}")
    return int(None in noticed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
