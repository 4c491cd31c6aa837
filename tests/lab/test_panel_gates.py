"""The panels of notebook 15, and their pictures: true by plain NumPy, and told in their captions."""

import time

import numpy as np
import pytest

from benchmarks import gates as bench
from catrnn.lab import Gates, Reach, Solved, explore_gates, explore_reach, solved_by_cell
from catrnn.lab.panels import reach as reach_room
from catrnn.lab.panels.gates import FIRST, LAST, QUIET, memory_by_day
from catrnn.lab.panels.reach import N_DAYS, UNITS, lengths_back
from catrnn.lab.two_bells import CELLS, RECORDED, rows
from catrnn.layers import sigmoid
from tests.helpers.picture_cases import powers

# Gates by hand


def guess(keep, write_bell, write_quiet, read, quiet):
    """The loop of the notebook."""
    memory = 0.0
    for portion, write in [(FIRST, write_bell), *[(QUIET, write_quiet)] * quiet, (LAST, write_bell)]:
        memory = keep * memory + write * portion
    return read * memory


def shown(panel):
    values = {name: control.value for name, control in panel.controls.items()}
    return panel.compute(**values), values


@pytest.mark.parametrize("gates", [{}, {"keep": 1, "write_quiet": 0}, {"keep": 0.9, "read": 0.3, "quiet": 40}])
def test_the_panel_guesses_what_the_loop_of_the_notebook_does(gates):
    numbers, values = shown(explore_gates(**gates))
    assert numbers["guess"] == pytest.approx(guess(**values))


@pytest.mark.parametrize("quiet", [0, 1, 30, 100])
def test_keep_open_and_write_open_at_a_bell_alone_is_right_for_any_number_of_days(quiet):
    numbers, _ = shown(explore_gates(keep=1, write_bell=1, write_quiet=0, read=1, quiet=quiet))
    assert numbers["guess"] == pytest.approx(numbers["answer"])


def test_what_a_day_has_to_say_is_how_far_the_guess_moves_with_its_portion():
    gates = dict(keep=0.8, write_bell=0.9, write_quiet=0.3, read=0.7, quiet=3)
    numbers, _ = shown(explore_gates(**gates))
    portions, writes = np.array([FIRST, QUIET, QUIET, QUIET, LAST]), np.array([0.9, 0.3, 0.3, 0.3, 0.9])
    for day in range(5):
        more = portions + np.eye(5)[day]
        moved = 0.7 * (memory_by_day(more, writes, 0.8)[-1].sum() - memory_by_day(portions, writes, 0.8)[-1].sum())
        assert numbers["say"][day] == pytest.approx(moved)


def test_the_picture_holds_whose_portions_are_in_the_memory():
    parts = np.array([[0.5, 0, 0], [0.25, 0.25, 0], [0.125, 0.125, 0.5]])
    picture = Gates().show(parts, [0.25, 0.5, 1.0], 0.75, 1.2)
    tops = [band.get_paths()[0].vertices[:, 1].max() for band in picture.bands]
    assert tops == pytest.approx([0.5, 0.5, 0.75])
    assert picture.caption == ("By hand. After 3 days the guess is 0.75, the answer 1.20. A portion more on Day 1 "
                               "would move the guess by 0.25, one on Day 3 by 1.00.")


# How far back


@pytest.mark.parametrize(("name", "lasting"), [("plain", 2), ("GRU", 2), ("GRU", 100), ("LSTM", 5)])
def test_lengths_are_those_of_a_nudge_of_the_state(name, lasting, monkeypatch):
    monkeypatch.setattr(reach_room, "N_DAYS", 4)
    lengths_back.cache_clear()
    lengths = lengths_back(name, (lasting,), 3)[:, 0]
    lengths_back.cache_clear()
    cell, first = walked(name, lasting, n_days=4)
    for back in range(1, 5):
        assert lengths[back] == pytest.approx(nudged_length(cell, first, back), rel=1e-5)
    assert lengths[0] == pytest.approx(1)


def walked(name, lasting, n_days):
    """A cell of its own, stepped by hand: a function of a state and a day to the next state, and the days."""
    rng = np.random.default_rng(3)
    kind, init = reach_room.CELLS[name], reach_room.lasting_init(lasting)
    init = reach_room.uniform_init if name == "plain" else init
    cat = reach_room.CatRNN.random(rng, UNITS, init=init, input_size=2, recurrent=kind, output_size=1)
    days, _ = reach_room.two_bells(np.random.default_rng(3), n_days, 1)
    return lambda state, day: cat.relu.forward(cat.recurrent.forward(days[day], state)), cat.first_state(days)


def nudged_length(step, first, back, n_days=4, nudge=1e-6):
    """How the mean of what is seen, times 4, moves with the state so many days back, by nudges alone."""
    state = first
    for day in range(n_days - back):
        state = step(state, day)

    def seen(start):
        for day in range(n_days - back, n_days):
            start = step(start, day)
        return start[..., :UNITS].sum() / np.sqrt(UNITS)

    slopes = [(seen(state + nudge * one) - seen(state - nudge * one)) / (2 * nudge) for one in np.eye(state.shape[-1])]
    return np.linalg.norm(slopes)


def test_gates_as_drawn_lose_the_gradient_and_gates_that_begin_to_keep_hold_it():
    left = {(name, lasting): lengths_back(name, (2, 100, 1000), 0)[-1, at]
            for name in reach_room.CELLS for at, lasting in enumerate((2, 100, 1000))}
    assert all(left[name, 2] < 1e-9 for name in reach_room.CELLS)
    assert f"{left['GRU', 100]:.4f} {left['LSTM', 100]:.4f}" == "0.3970 0.1870"
    assert sigmoid(np.log(99)) == pytest.approx(0.99)


def test_a_move_of_the_slider_is_looked_up():
    panel = explore_reach()
    panel.controls["lasting"].value = 100  # the chart is drawn once
    start = time.process_time()
    panel.controls["lasting"].value = 50
    assert time.process_time() - start < 0.1
    assert "keep for 50 days" in panel.view.caption


def test_the_panel_says_what_is_left():
    said = explore_reach(lasting=100).view.caption
    assert said.startswith("Network 0, gates begin to keep for 100 days. Of a gradient of length 1, 100 days back ")
    assert "plain less than a billionth; GRU 0.3970; LSTM 0.1870." in said


def test_reach_says_when_a_gradient_is_gone_and_does_not_draw_it():
    gone = np.r_[1, 0.5, np.zeros(N_DAYS - 1)]
    picture = Reach().show({"plain": gone, "GRU": powers(0.99, N_DAYS), "LSTM": powers(1.0, N_DAYS)})
    assert "plain nothing, gone 2 days back; GRU 0.3660; LSTM 1.0000." in picture.caption
    assert np.isfinite(picture.lines["plain"].get_ydata()).sum() == 2


# What was measured


def test_every_row_was_measured_with_the_starts_and_the_rates_that_the_program_names():
    assert bench.TABLE == RECORDED
    assert {cell for cell, _ in rows()} == {*bench.CELLS, *bench.ALSO}
    assert tuple(bench.CELLS) == CELLS
    for row in rows().values():
        assert int(row["starts"]) == bench.STARTS >= int(row["solved"])
        assert float(row["rate"]) in bench.RATES
        assert (row["median_step"] == "") == (row["solved"] == "0")


def test_the_page_is_what_the_table_gives():
    assert bench.REPORT.read_text("utf-8") == bench.report(bench.stored())


def test_the_picture_draws_the_rows():
    days, shares = solved_by_cell()
    picture = Solved().show(days, shares)
    for line, cell in zip(picture.lines, CELLS, strict=True):
        assert line.get_ydata().tolist() == [100 * share for share in shares[cell]]
    assert f"{days[0]} days: ReLU, as ordered {100 * shares['ReLU, as ordered'][0]:.0f}%" in picture.caption


@pytest.mark.parametrize("name", [*bench.CELLS, *bench.ALSO])
def test_a_row_is_measured_from_first_weights_that_are_drawn_alone(name, monkeypatch):
    for what, small in (("STEPS", 2), ("LOOK", 1), ("JUDGES", 3), ("STARTS", 2), ("PILOTS", 1), ("TIMELINES", 2)):
        monkeypatch.setattr(bench, what, small)
    row = bench.measure(name, 4, {})
    assert row["starts"] == 2
    assert row["rate"] in bench.RATES


def test_two_hundred_days_have_the_rate_of_a_hundred(monkeypatch):
    monkeypatch.setattr(bench, "born", lambda kind, init, seeds, rates: rates)
    monkeypatch.setattr(bench, "learn", lambda *_: (np.zeros(bench.STARTS, int), None))
    assert bench.measure("GRU", 200, {("GRU", 100): {"rate": "0.1"}})["rate"] == 0.1


def test_the_rate_is_the_one_with_which_most_pilots_solve_it_and_of_equal_ones_that_which_misses_least(monkeypatch):
    def learned(solved, misses):
        monkeypatch.setattr(bench, "learn", lambda *_: (np.repeat(solved, 3), np.repeat(misses, 3)))
        return bench.choose(*bench.CELLS["GRU"][:1], bench.ordered, 4)

    monkeypatch.setattr(bench, "born", lambda *_: None)
    assert learned([0, 0, 9, 0], [0.1, 0.1, 0.2, 0.1]) == 0.1
    assert learned([9, 9, 9, 9], [0.3, 0.2, 0.3, 0.3]) == 0.03
    assert learned([0, 0, 0, 0], [np.inf, 0.2, 0.3, 0.1]) == 0.3
