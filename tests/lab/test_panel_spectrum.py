"""The panels of notebook 10: what they find is true by plain NumPy, every control moves, restoring code restores."""


import numpy as np
import pytest

from catrnn.gradcheck import numerical_gradient
from catrnn.lab import explore_cliff, explore_memory
from catrnn.lab.panels import cliff as cliff_room
from catrnn.lab.panels import spectrum as memory_room
from catrnn.lab.panels.cliff import ACROSS, UP
from catrnn.lab.pictures.cliff import loss_of
from catrnn.layers import ReLULayer
from catrnn.network import CatRNN
from catrnn.training import fate, train


def born(seed=0):
    return CatRNN.random(np.random.default_rng(seed), hidden_size=16).recurrent


@pytest.mark.parametrize("radius", [0.5, 0.9, 1.0, 1.1, 2.0])
@pytest.mark.parametrize("rotation", [False, True])
def test_spectral_radius_is_the_wanted_one(radius, rotation):
    p_w = memory_room.scaled(born(), radius, rotation).p_w
    assert np.abs(np.linalg.eigvals(p_w)).max() == pytest.approx(radius)
    if rotation:
        assert np.allclose(p_w @ p_w.T, radius**2 * np.eye(16))
        assert np.linalg.det(p_w) > 0
    else:
        assert np.allclose(p_w / p_w[0, 0], born().p_w / born().p_w[0, 0])


@pytest.mark.parametrize("radius", [0.5, 0.9, 1.0, 1.1, 1.5])
def test_linear_rotation_keeps_exactly_the_power_of_its_radius(radius):
    layer = memory_room.scaled(born(3), radius, rotation=True)
    lengths = memory_room.lengths_back(layer, memory_room.OpenGate(), memory_room.MONTH)
    np.testing.assert_allclose(lengths, radius ** np.arange(31.0), rtol=1e-10)


@pytest.mark.parametrize("relu", [False, True])
def test_lengths_are_those_of_the_product_of_gates_and_weights(relu):
    layer = memory_room.scaled(born(), 1.1)
    h, gates = np.zeros((1, 16)), []
    for portion in [0.25, 1.0] * 15:
        h = portion * layer.c_w + h @ layer.p_w + layer.b
        gates.append(h > 0 if relu else np.ones_like(h))
        h = np.maximum(h, 0) if relu else h
    d_h, expected = np.full((1, 16), 0.25), [1.0]
    for gate in reversed(gates):
        d_h = (d_h * gate) @ layer.p_w.T
        expected.append(np.sqrt((d_h**2).sum()))
    lengths = memory_room.lengths_back(layer, ReLULayer() if relu else memory_room.OpenGate(), memory_room.MONTH)
    np.testing.assert_allclose(lengths, expected, rtol=1e-9)


def left_by(radius, seeds, relu=True):
    """What is left of a gradient thirty days back, for each of these cats."""
    gate = ReLULayer() if relu else memory_room.OpenGate()
    return np.array([memory_room.lengths_back(memory_room.scaled(born(seed), radius), gate, memory_room.MONTH)[-1]
                     for seed in seeds])


def test_the_slider_reaches_a_radius_at_which_all_arrives_in_nine_cats_of_ten():
    end = explore_memory().controls["radius"].max
    assert end == 2.0
    assert np.mean(left_by(end, range(60)) >= 1) > 0.8
    assert 0.3 < np.mean(left_by(1.5, range(60)) >= 1) < 0.7
    assert np.mean(left_by(1.2, range(60)) >= 1) < 0.2
    assert np.all(left_by(1.2, range(60), relu=False) > 1)


def test_landscape_is_the_loss_by_the_formula_for_every_pair_of_weights():
    guess = UP[:, None] * 0.75 * sum(ACROSS**k for k in range(30))
    np.testing.assert_allclose(cliff_room.cliff_losses(), (np.maximum(guess, 0) - 0.75) ** 2, rtol=1e-9, atol=1e-12)


def test_small_cat_moves_two_weights_by_their_true_gradients_and_no_other():
    cat = cliff_room.small_cat(0.95, 0.1)
    days, target = cat.days(cliff_room.HABIT), cat.target(cliff_room.ANSWER)

    def loss():
        return cat.loss.forward(cat.predict(days), target)

    _, d_params, *_ = cat.gradients(days, target, cat.first_state(days))
    assert d_params["recurrent"].keys() == {"c_w", "p_w"}
    assert d_params["output"] == {}
    for name, d_param in d_params["recurrent"].items():
        assert d_param == pytest.approx(numerical_gradient(loss, getattr(cat.recurrent, name)), rel=1e-6)


@pytest.mark.parametrize("clip", [None, 1.0])
def test_descents_side_by_side_are_those_of_single_cats(clip):
    for rate, (path, losses) in cliff_room.descents((0.01, 0.1), clip).items():
        alone = train(cliff_room.small_cat(*cliff_room.START, rate), cliff_room.HABIT, [0.75], 61, clip=clip)
        assert np.array_equal(losses, alone.losses)
        assert np.array_equal(path[:, 0], alone.weights["recurrent.p_w"].ravel())
        assert np.array_equal(path[:, 1], alone.weights["recurrent.c_w"].ravel())


def test_cat_that_is_thrown_is_dead():
    thrown = cliff_room.small_cat(*cliff_room.START, 0.1)
    assert fate(train(thrown, cliff_room.HABIT, [0.75], 61)) == "dead"


def test_the_panel_of_the_cliff_tells_the_free_path_from_the_clipped_one():
    free, _, clipped = explore_cliff(0.1, clip=1).view.caption.partition(" Clip 1: ")
    assert free.startswith("After 60 steps. No clip: ")
    for words, clip in ((free, None), (clipped, 1)):
        _, losses = cliff_room.descents((0.1,), clip)[0.1]
        assert f"after a loss of {loss_of(losses[1])} at step 1" in words


def test_panel_tells_what_the_notebook_says():
    said = {(relu, rotation): explore_memory(1.0, relu, rotation).view.caption
            for relu in (False, True) for rotation in (False, True)}
    assert said[False, True].startswith("Linear, spectral radius 1.00. The gradient stays: 30 days back its length")
    assert said[True, False].startswith("With ReLU, spectral radius 1.00. The gradient fades away: ")
    assert "length is 0.000383" in said[True, False]
    assert len(set(said.values())) == 4
    assert "length is 17.4494" in explore_memory(1.1, rotation=True).view.caption
