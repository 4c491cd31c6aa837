"""A CSV file beside the notebook, as an array."""

import pathlib

import numpy as np

from catrnn.lab.panel.parse_columns import best_column, columns_from_csv, told_of_choice
from catrnn.lab.panel.parse_days import days_from_text
from catrnn.lab.panel.parse_number import in_quotes


def load_days(path, column: str | None = None) -> np.ndarray:
    """Return the numbers of a CSV file, (T,), and print what was read.

    column: the name of a column; the last one of numbers that does not count the rows if None.
    At most 400 days are read, the last ones. Raises ValueError, in one sentence that begins with
    the file's name, if there is no such file or column, or if it cannot be read.
    """
    path = pathlib.Path(path)
    try:
        columns = columns_from_csv(path.read_bytes())
    except OSError:
        near = sorted(other.name for other in path.parent.glob("*.csv")) or ["none"]
        raise ValueError(f"{path.name} cannot be found in {in_quotes(str(path.parent))}; the CSV "
                         f"files there: {', '.join(near[:10])}") from None
    except ValueError as problem:
        raise ValueError(f"{path.name}: {problem}") from None
    name = best_column(columns) if column is None else column
    if name not in columns:
        raise ValueError(f"{path.name} has no column {in_quotes(str(column))}; its columns: "
                         f"{', '.join(map(in_quotes, columns))}")
    if columns[name].problem:
        raise ValueError(f"{path.name}: {columns[name].problem}")
    print(f"{path.name}: {told_of_choice(columns, name)}")
    return np.array(days_from_text(columns[name].text))
