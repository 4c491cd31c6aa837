"""The template for one's own series: with ONE line changed it runs to its end on files as people have them."""

from datetime import date, timedelta

import numpy as np
import pytest

from tests.helpers.answers import code_cells
from tests.helpers.kernel import front_end

LINE = "series = sunspots()[1]"
CELLS = code_cells("your_own_series")


def dates(n: int, step: int, form: str) -> list:
    return [(date(2023, 10, 2) + timedelta(days=step * k)).strftime(form) for k in range(n)]


def cat(rng) -> str:
    """Days of a cat that eats more at the week's end."""
    eaten = 0.6 + 0.4 * (np.arange(90) % 7 > 4) + 0.1 * rng.random(90)
    rows = (f"{day},{portion:.2f}" for day, portion in zip(dates(90, 1, "%Y-%m-%d"), eaten, strict=True))
    return "\n".join(["date,portions", *rows])


def german(rng) -> str:
    """Numbers of weeks with a comma for the point, and a thousand here and there."""
    sold = 900 + 300 * np.sin(np.arange(70) / 8) + 40 * rng.random(70)
    rows = (f"{day};{kilos:.1f}".replace(".", ",") for day, kilos in zip(range(1, 71), sold, strict=True))
    return "\n".join(["Woche;Kilo", *rows])


def below_zero(rng) -> str:
    """A winter's temperatures, in no hurry."""
    degrees = -5 + np.cumsum(rng.standard_normal(60))
    rows = (f"{day}, {degree:.1f}" for day, degree in zip(dates(60, 1, "%d/%m/%Y"), degrees, strict=True))
    return "\n".join(["day, outside", *rows])


FILES = {cat: (90, "portions"), german: (70, "Kilo"), below_zero: (60, "outside")}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("series")
    for made in FILES:
        (folder / f"{made.__name__}.csv").write_text(made(np.random.default_rng(0)), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def kernel(folder):
    with front_end(folder) as page:
        yield page


def test_there_is_one_line_to_change():
    assert sum(cell == LINE for cell in CELLS) == 1


@pytest.mark.parametrize("made", FILES, ids=lambda made: made.__name__)
def test_with_one_line_changed_it_forecasts_a_file(kernel, made):
    n, column = FILES[made]
    kernel.clear()
    for cell in CELLS:
        kernel.run(f'series = load_days("{made.__name__}.csv")' if cell == LINE else cell)
    assert kernel.errors == []
    assert column in kernel.printed
    assert f"{n} values, from " in kernel.printed
    assert f"After {n} values: 1 ahead " in kernel.printed
    assert "7 ahead" in kernel.printed
    assert "nan" not in kernel.printed


@pytest.mark.parametrize(("values", "said"), [
    ("[0.5] * 59", "59 values are too few"), ("[0.5] * 60", "all values are alike")])
def test_what_no_model_can_learn_is_said_in_a_sentence(kernel, values, said):
    kernel.clear()
    for cell in CELLS[:3]:
        kernel.run(f"series = np.array({values})" if cell == LINE else cell)
    assert [error for error in kernel.errors if said in error]
