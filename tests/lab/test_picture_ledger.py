"""The ledger and the way back: bars stand where the sums are, captions tell the truth, nothing leaves the figure."""

import re

import numpy as np
import pytest

from catrnn.bptt import sum_over_time
from catrnn.lab import Ledger, WayBack

NAMES = ("c_w", "p_w", "b")


def a_ledger(n_days, size=1.0):
    """A ledger with numbers of its own for every day, weight and unit, of both signs."""
    rng = np.random.default_rng(n_days)
    shapes = {"c_w": (1, 2), "b": (2,), "p_w": (2, 2)}
    return [{name: size * rng.standard_normal(shape) for name, shape in shapes.items()} for _ in range(n_days)]


def shown(days, bptt_steps=None, error=0.25, total=None, picture=None, **how):
    per_day = days if isinstance(days, list) else a_ledger(days)
    total = total or sum_over_time(per_day[:bptt_steps])
    return (picture or Ledger()).show(per_day, total, sum_over_time(per_day), error, bptt_steps=bptt_steps, **how)


ZERO = [{"c_w": np.zeros((1, 2)), "b": np.zeros(2), "p_w": np.zeros((2, 2))}]
STATES, BLAME = [[1, 0], [2, 3], [0, 1], [4, 5]], [[-1, 0], [0.5, -2], [0, 3], [2.5, 1.5]]


def test_each_bar_stands_on_the_sum_of_the_days_before_and_the_last_one_is_the_total():
    per_day = a_ledger(4)
    picture = shown(per_day, unit=2)
    for name, entry in {"c_w": (0, 1), "p_w": (1, 1), "b": (1,)}.items():
        bars, sum_so_far = picture.pages[name].bars, 0.0
        for bar, d_params in zip(bars, per_day, strict=False):
            assert (bar.get_y(), bar.get_height()) == pytest.approx((sum_so_far, d_params[name][entry]))
            sum_so_far += d_params[name][entry]
        assert (bars[4].get_y(), bars[4].get_height()) == pytest.approx((0, sum_so_far))
        assert picture.pages[name].nudge.get_ydata() == pytest.approx([sum_so_far] * 2)
        assert bars[5].get_height() == 0


def test_days_that_overwrite_each_other_all_stand_on_zero_and_only_the_last_is_filled():
    per_day = a_ledger(3)
    page = shown(per_day, total=per_day[-1], added=False).pages["b"]
    assert [bar.get_y() for bar in page.bars[:4]] == pytest.approx([0] * 4)
    assert [bar.get_linestyle() for bar in page.bars[:3]] == ["--", "--", "-"]
    assert page.bars[3].get_height() == per_day[-1]["b"][0]


def test_days_that_were_not_asked_say_so():
    texts = [text.get_text() for text in shown(4, 2).pages["c_w"].texts]
    assert texts[2:4] == ["not\nasked"] * 2


def test_the_caption_tells_every_day_the_total_the_nudge_and_the_error():
    per_day = a_ledger(4)
    caption = shown(per_day, 3, error=0.123, unit=1, slips={"slip": "A slip."}).caption
    numbers = [float(number) for number in re.findall(r"[+-]?\d+\.\d\d", caption.split("first:")[1])]
    expected = []
    for name in NAMES:
        blame = [np.ravel(d_params[name])[0] for d_params in per_day]
        expected += [*blame[:3], sum(blame[:3]), sum(blame)]
    assert numbers == pytest.approx(expected, abs=0.005 + 1e-9)
    assert caption.startswith("Looking back 3 of 4 days. A slip. Blame of unit 1")
    assert caption.endswith("the relative error against the nudge is 12.3%.")


def test_equal_and_silent_ledgers_are_told_in_words():
    assert "it equals the nudge" in shown(4, error=1e-10).caption
    assert "Every number is zero: every gate is shut" in shown(ZERO, error=0.0).caption


def test_bars_and_their_numbers_stay_on_the_chart_at_any_size():
    for size in (1e-5, 0.02, 1, 37, 1e5):
        picture = shown(a_ledger(4, size))
        for page in picture.pages.values():
            low, high = page.ax.get_ylim()
            for bar in page.bars:
                assert low <= min(bar.get_y(), bar.get_y() + bar.get_height())
                assert high >= max(bar.get_y(), bar.get_y() + bar.get_height())


@pytest.mark.parametrize(("days", "bptt_steps"), [(7, None), (4, 0)])
def test_more_days_than_slots_and_no_day_at_all_are_refused(days, bptt_steps):
    per_day = a_ledger(days)
    with pytest.raises(ValueError, match="has room for 1 to 6"):
        shown(per_day, bptt_steps, total=per_day[0])


def test_the_way_back_writes_states_above_and_blame_below_and_hatches_shut_gates():
    picture = WayBack().show(STATES, BLAME, 2.8, 3.1)
    written = [[float(text.get_text().replace("−", "-")) for text in box.numbers] for box in picture.h + picture.d_z]
    assert written == STATES + BLAME
    assert [[hatch.get_visible() for hatch in box.hatches] for box in picture.h] == [
        [False, True], [False, False], [True, False], [False, False]]
    assert "Day 4 2.50 and 1.50; Day 3 0.00 and 3.00 (a gate is shut)" in picture.caption
    assert "Day 2" not in WayBack().show(STATES, BLAME, 2.8, 3.1, bptt_steps=2).caption
