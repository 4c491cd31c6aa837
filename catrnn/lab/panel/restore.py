"""The line of code that restores a setting."""

from collections.abc import Mapping

import numpy as np


def restoring_code(call: str, values: Mapping) -> str:
    """Return the lines that make a panel with these settings."""
    arguments = ", ".join(f"{name}={as_code(value)}" for name, value in values.items())
    return f"from catrnn.lab import {call}\n\n{call}({arguments})"


def changed_arguments(given: Mapping, defaults: Mapping) -> dict:
    """Return the arguments that are not written like their defaults."""
    return {name: value for name, value in given.items()
            if as_code(value) != as_code(defaults[name])}


def round_float(value):
    """Return what a control says without the dust of binary fractions.

    A browser's slider says 0.050000000000000044.
    """
    if isinstance(value, list):
        return [round_float(part) for part in value]
    return float(f"{value:.10g}") if isinstance(value, float) else value


def as_code(value) -> str:
    """Return a setting as Python code, without binary dust; a class by its name."""
    if isinstance(value, np.ndarray | np.generic):
        value = value.tolist()
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(as_code, value)) + "]"
    if isinstance(value, type):
        return value.__name__
    return f"{value:.10g}" if isinstance(value, float) else repr(value)
