"""The notebooks in their order: a layer's method is built in sight before it is called, and is that of the package.

The finished class stands in a cell tagged hide-input, under the name that it has in the package. A later notebook that
needs a layer of an earlier one imports the package's.
"""

import ast
import linecache
from itertools import pairwise

import nbformat
import numpy as np
import pytest

from catrnn import layers
from tests.helpers.answers import ROOT

NOTEBOOKS = sorted(path.stem for path in (ROOT / "notebooks").glob("0[0-8]_*.ipynb"))
LAYERS = ("LinearLayer", "ReLULayer", "LossLayer", "RecurrentLinearLayer")
METHODS = ("forward", "backward", "gradients", "update")
FOLDED = "hide-input"

BORN = {
    "LinearLayer.forward": "02_weigh_one_day", "ReLULayer.forward": "03_bend_the_line",
    "LossLayer.forward": "04_measure_the_miss", "LossLayer.backward": "04_measure_the_miss",
    "LinearLayer.backward": "05_learn_from_the_miss", "ReLULayer.backward": "05_learn_from_the_miss",
    "RecurrentLinearLayer.forward": "06_carry_a_memory", "RecurrentLinearLayer.backward": "07_train_the_cat",
}
"""In which notebook each method comes into being."""


def code_cells(notebook):
    """The code cells of a notebook, each with its tree."""
    cells = nbformat.read(ROOT / "notebooks" / f"{notebook}.ipynb", 4).cells
    return [(cell, ast.parse(cell.source)) for cell in cells if cell.cell_type == "code"]


def built(cell, tree):
    """The classes that a finished cell defines under the name of a layer, as nodes by name."""
    tagged = FOLDED in cell.metadata.get("tags", [])
    return {node.name: node for node in tree.body if tagged and isinstance(node, ast.ClassDef) and node.name in LAYERS}


def finished():
    """(notebook, cell, class) of every finished class in the notebooks, in their order."""
    return [(notebook, cell, name) for notebook in NOTEBOOKS for cell, tree in code_cells(notebook)
            for name in built(cell, tree)]


def methods_of(node):
    return {f"{node.name}.{step.name}" for step in node.body if isinstance(step, ast.FunctionDef) and
            step.name in METHODS}


def layer_named(node, layer_of):
    """The layer that a piece of code stands for: its class, one made on the spot, or a variable that holds one."""
    if isinstance(node, ast.Call):
        return layer_named(node.func, {}) if isinstance(node.func, ast.Name) else None
    if isinstance(node, ast.Name):
        plain = node.id.removeprefix("Course").removeprefix("My")
        return layer_of.get(node.id, plain if plain in LAYERS else None)
    return None


def early_calls(notebook, known):
    """What a notebook calls of a layer before a cell built it, in words. known: what is built; it grows."""
    layer_of, early = {}, []
    for cell, tree in code_cells(notebook):
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign):
                for target in node.targets:
                    pairs = (zip(target.elts, node.value.elts, strict=False)
                             if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple)
                             else [(target, node.value)])
                    layer_of.update({t.id: found for t, value in pairs if isinstance(t, ast.Name)
                                     and isinstance(value, ast.Call) and (found := layer_named(value, layer_of))})
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in METHODS:
                layer = layer_named(node.value, layer_of)
                if layer and not allowed(f"{layer}.{node.attr}", known) and not in_blank(node, tree):
                    early.append(f"{notebook} {cell.id}: {layer}.{node.attr}")
        for node in built(cell, tree).values():
            known |= methods_of(node)
    return early


def allowed(method, known):
    """Whether a method is known: `gradients` and `update` are the two halves of `backward`."""
    layer, name = method.split(".")
    return f"{layer}.{'forward' if name == 'forward' else 'backward'}" in known or method in known


def in_blank(wanted, tree):
    """Whether a call stands inside a class or function of the learner's, which waits for an answer."""
    return any(wanted in ast.walk(node) for node in tree.body
               if isinstance(node, ast.ClassDef | ast.FunctionDef) and node.name.lower().startswith("my"))


def test_no_method_of_a_layer_is_called_before_a_cell_built_it():
    known, early = set(), []
    for notebook in NOTEBOOKS:
        early += early_calls(notebook, known)
    assert early == []


@pytest.mark.parametrize(("method", "notebook"), BORN.items())
def test_each_method_comes_into_being_in_a_finished_cell_of_its_notebook(method, notebook):
    assert method in {method for cell, tree in code_cells(notebook) for node in built(cell, tree).values()
                      for method in methods_of(node)}


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_a_finished_class_is_preceded_by_a_line_that_says_what_it_is_for(notebook):
    cells = nbformat.read(ROOT / "notebooks" / f"{notebook}.ipynb", 4).cells
    for before, cell in pairwise(cells):
        if cell.cell_type == "code" and built(cell, ast.parse(cell.source)):
            assert before.cell_type == "markdown", cell.id
            assert "Compare with yours" in before.source, cell.id


def made(cell, name):
    """Run a finished cell, with NumPy alone around it, and return its class."""
    file = f"<{cell.id}>"
    linecache.cache[file] = (len(cell.source), None, cell.source.splitlines(keepends=True), file)
    names = {"np": np}
    exec(compile(cell.source, file, "exec"), names)
    return names[name]


SHAPES = {"LinearLayer": {"c_w": "DH", "b": "H"}, "RecurrentLinearLayer": {"c_w": "DH", "b": "H", "p_w": "HH"}}
INPUTS = {"LinearLayer": ["ND"], "RecurrentLinearLayer": ["ND", "NH"], "ReLULayer": ["NH"], "LossLayer": ["NH", "NH"]}


@pytest.mark.parametrize(("notebook", "cell", "name"), finished(),
                         ids=[f"{notebook[:2]}-{name}" for notebook, _, name in finished()])
@pytest.mark.parametrize("sizes", [dict(N=1, D=1, H=2), dict(N=3, D=2, H=4), dict(N=3, D=3, H=3)], ids=str)
def test_a_class_in_a_cell_gives_the_numbers_of_the_package_call_after_call(notebook, cell, name, sizes):
    rng = np.random.default_rng(len(notebook))

    def draw(letters):
        return rng.standard_normal([sizes[letter] for letter in letters])

    def close(a, b, what):
        np.testing.assert_allclose(a, b, rtol=1e-12, atol=1e-12, err_msg=f"{notebook} {cell.id}: {what}")

    weights = {weight: draw(letters) for weight, letters in SHAPES.get(name, {}).items()}
    own_weights = {weight: x.copy() for weight, x in weights.items()}
    rate = [0.1] if weights else []
    course = getattr(layers, name)(*rate, *weights.values())
    own = made(cell, name)(*rate, *own_weights.values())
    for call in (1, 2):
        inputs = [draw(letters) for letters in INPUTS[name]]
        before = [x.copy() for x in inputs]
        out = course.forward(*inputs)
        close(own.forward(*inputs), out, f"forward, call {call}")
        if hasattr(own, "backward"):
            upstream = [] if name == "LossLayer" else [draw("NH")]
            back, own_back = course.backward(*upstream), own.backward(*upstream)
            for one, other in zip(*([x] if not isinstance(x, tuple) else x for x in (back, own_back)), strict=True):
                close(other, one, f"backward, call {call}")
        for weight, x in weights.items():
            close(own_weights[weight], x, f"{weight} after call {call}")
            assert getattr(own, weight) is own_weights[weight], f"{weight} is another array now"
        assert all(map(np.array_equal, inputs, before)), "an input was changed"


def test_the_test_itself_finds_a_call_that_comes_too_early():
    tree = ast.parse("layer = LinearLayer(0.1, c_w, b)\nrelu, loss = ReLULayer(), LossLayer()\nloss.backward()\n"
                     "LinearLayer(0.1, c_w, b).forward(x)\nrecurrent.forward(x)")
    cell = nbformat.v4.new_code_cell("", id="here")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(f"{__name__}.code_cells", lambda notebook: [(cell, tree)])
        assert early_calls("00", set()) == ["00 here: LossLayer.backward", "00 here: LinearLayer.forward"]
        assert early_calls("00", {"LossLayer.backward", "LinearLayer.forward"}) == []
