"""The unrolled drawing: every number stands in its box, the lit step is the right one, and nothing leaves the page."""


import numpy as np
import pytest

from catrnn.bptt import forward_through_time, unroll
from catrnn.lab import Unrolled
from catrnn.lab.drawing.diagram import AHEAD, LIT, PAST
from catrnn.lab.drawing.diagram_text import column_widths, sum_of_day
from catrnn.lab.drawing.text import in_a_box
from catrnn.network import CatRNN

SHOWN = ("", "normal", "bold")
"""How the weight of a letter tells a box's state."""


def walked(n_days=4, units=2, seed=214, scale=1.0, h0=None):
    """Return what `show` takes but for the step, from the package's own walk."""
    cat = CatRNN.random(np.random.default_rng(seed), hidden_size=units)
    days = scale * np.linspace(0.25, 1.5, n_days).reshape(-1, 1, 1)
    first = np.zeros((1, units)) if h0 is None else np.array([h0])
    hs = forward_through_time(unroll(cat.recurrent, cat.relu, n_days), days, first)
    weights = {"c_w": cat.recurrent.c_w, "p_w": cat.recurrent.p_w, "b": cat.recurrent.b,
               "out_w": cat.output.c_w, "out_b": cat.output.b}
    return {"days": days, "hs": hs, "prediction": cat.output.forward(hs[-1]), "weights": weights}


def written(box):
    return [text.get_text() for text in box.numbers]


def state(box):
    if not written(box)[0]:
        return AHEAD
    return LIT if box.numbers[0].get_fontweight() == "bold" else PAST


@pytest.mark.parametrize("units", [1, 2, 3, 4])
@pytest.mark.parametrize("step", range(6))
def test_what_is_past_or_lit_has_its_numbers_and_what_is_ahead_is_empty(units, step):
    given = walked(units=units)
    picture = Unrolled().show(**given, step=step)
    for t, (box, h) in enumerate(zip(picture.h, given["hs"], strict=True)):
        assert written(box) == ([in_a_box(value) for value in h.ravel()] if t <= step else [""] * units)
        assert state(box) == (LIT if t == step else PAST if t < step else AHEAD)
    for t, (box, x) in enumerate(zip(picture.x, given["days"].ravel(), strict=True), start=1):
        assert written(box) == ([in_a_box(x)] if t <= step else [""])
    assert written(picture.y) == ([in_a_box(given["prediction"].item())] if step == 5 else [""])


def test_a_zero_is_hatched_where_a_gate_is_shut_and_not_before_day_1():
    given = walked()
    picture = Unrolled().show(**given, step=4)
    for t, box in enumerate(picture.h):
        shut = [hatch.get_visible() for hatch in box.hatches]
        assert shut == ([False, False] if t == 0 else (given["hs"][t].ravel() == 0).tolist())


def test_the_weights_stand_on_the_card_row_by_row():
    given = walked(units=3)
    picture = Unrolled().show(**given, step=1)
    for name, matrix in picture.matrices.items():
        assert [text.get_text() for text in matrix.numbers] == [in_a_box(w) for w in given["weights"][name].ravel()]


def test_the_sum_below_adds_up_to_the_state_above():
    given = walked(scale=2.0)
    h, w = [h.ravel() for h in given["hs"]], given["weights"]
    w = {name: np.atleast_2d(array) for name, array in w.items()}
    for step, x in enumerate(given["days"].ravel(), start=1):
        heading, *rows = sum_of_day(step, x, h[step - 1], h[step], w, room=8.7, size=12)
        assert "".join(heading).count("@") == 2
        for k, row in enumerate(rows):
            plain = "".join(row).replace("−", "-").replace("\u2007", "").replace("\u2009", "")
            left, _, right = plain.partition(" = relu( ")
            terms, total, result = right.replace("×", "*").replace("relu(", "").replace("shut", "").split(" = ")
            assert left == f"unit {k + 1}"
            assert eval(terms.replace(")", "")) == pytest.approx(float(total.replace(")", "")), abs=0.06)
            assert float(result) == pytest.approx(h[step][k], abs=0.005)


@pytest.mark.parametrize("n_days", [1, 2, 4, 6])
@pytest.mark.parametrize("units", [1, 2, 3, 4])
@pytest.mark.parametrize("scale", [1.0, -700.0, 3e6])
def test_no_sum_is_wider_than_the_page(n_days, units, scale):
    picture = Unrolled()
    for step in range(n_days + 2):
        picture.show(**walked(n_days, units, scale=scale), step=step)
        rows = [[text.get_text() for text in row] for row in picture.table.texts]
        assert sum(column_widths(rows, picture.table.size)) <= picture.size[0] - 0.2


def test_the_caption_tells_what_every_step_did():
    given = walked()
    (c_w,), p_w, b = (given["weights"][name] for name in ("c_w", "p_w", "b"))
    h1, h2 = (h.ravel() for h in given["hs"][1:3])
    x = given["days"][1].item()
    words = Unrolled().show(**given, step=2).caption
    for pair in (x * c_w, h1 @ p_w, b, np.maximum(0, x * c_w + h1 @ p_w + b)):
        assert f"{pair[0]:.2f} and {pair[1]:.2f}".replace("-", "−") in words
    assert f"Step 2 of 5: on Day 2 the cat eats {x:.2f}." in words
    assert h2 == pytest.approx(np.maximum(0, x * c_w + h1 @ p_w + b))
    assert "(unit 2 is shut)" in Unrolled().show(**given, step=1).caption
    guess = given["prediction"].item()
    assert f"the guess for Day 5: {guess:.2f} portions." in Unrolled().show(**given, step=5).caption


def test_the_caption_says_when_nothing_is_remembered_and_when_every_gate_is_shut():
    dead = walked(seed=7)
    assert "nothing is remembered" in Unrolled().show(**dead, step=0).caption
    assert "something is remembered from before" in Unrolled().show(**walked(h0=[0.0, 1.0]), step=0).caption
    assert "every hidden unit is shut" in Unrolled().show(**dead, step=4).caption
    assert "nothing but out_b" in Unrolled().show(**dead, step=5).caption
    assert "shut" not in Unrolled().show(**walked(), step=5).caption


@pytest.mark.parametrize(("n_days", "units"), [(7, 2), (4, 5)])
def test_more_than_the_page_holds_is_refused_in_one_sentence(n_days, units):
    with pytest.raises(ValueError, match=f"hs has {n_days} days of {units} hidden units, but") as problem:
        Unrolled().show(**walked(n_days, units), step=0)
    assert "\n" not in str(problem.value)
