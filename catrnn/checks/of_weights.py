"""The checks of weights, and of gradients that are to move them."""

import numpy as np

from catrnn.checks.of_numbers import brief, learning_rate, said
from catrnn.checks.of_shapes import another_shape, rows, shaped
from catrnn.checks.of_things import non_empty


def weight_arrays(**arrays) -> None:
    """Check that each is an array of floats that may change in place, and that no two are one."""
    for i, (name, w) in enumerate(arrays.items()):
        if isinstance(w, np.ndarray) and type(w) is not np.ndarray:
            given = f"{name} is a {type(w).__name__}, a kind of array with rules of its own"
            raise TypeError(f"{given}; write np.array({name}, float)")
        if not isinstance(w, np.ndarray) or w.dtype.kind != "f":
            given = f"{name} is {getattr(w, 'dtype', type(w).__name__)}"
            mend = f"write np.array({name}, float)"
            raise TypeError(f"{given}, but training needs floats to move; {mend}")
        if w.size == 0:
            given = f"{name} has shape {w.shape}, so it is empty"
            raise ValueError(f"{given}; draw it anew, with no axis of length 0")
        if not np.isfinite(w).all():
            given = f"{name} contains {w[~np.isfinite(w)].flat[0]}, and so would every guess"
            raise ValueError(f"{given}; draw it anew")
        if not w.flags.writeable:
            given = f"{name} is read-only, but training changes it in place"
            raise ValueError(f"{given}; pass {name}.copy()")
        for other in list(arrays)[:i]:
            if np.shares_memory(w, arrays[other]):
                given = f"{other} and {name} are the same array, so one moves the other"
                raise ValueError(f"{given}; pass {name}.copy()")


def layer(shapes: dict, lr, **arrays) -> None:
    """Check what a layer is built from: its lr, and weights of these shapes, such as "... D H".

    A row of one cat, "... 1 H", may be written flat, (H,).
    """
    weight_arrays(**arrays)
    sizes = {"...": next(iter(arrays.values())).shape[:-2]}
    for name, w in arrays.items():
        flat = shapes[name].startswith("... 1 ") and not sizes["..."] and w.ndim == 1
        shaped(name, w, shapes[name][6:] if flat else shapes[name], sizes)
    learning_rate("lr", lr, sizes["..."])


def five(name: str, weights):
    """Return the five arrays of a cat's weights, if there are five."""
    what = "the arrays c_w, b, p_w, output c_w, output b"
    if len(non_empty(name, weights, what)) != 5:
        mend = f"give a list of {what}"
        raise ValueError(said(name, f"holds {len(weights)} things", "five are", mend))
    return weights


def by_name(name: str, d_params, of_what: str, known: set | None = None) -> dict:
    """Return gradients if they are a dict, by known names if these are given."""
    if not isinstance(d_params, dict):
        given, mend = f"is {type(d_params).__name__}", "give what `gradients` returns second"
        raise TypeError(said(name, given, f"a dict by {of_what} is", mend))
    if known and not d_params.keys() <= known:
        given, expected = f"names {sorted(d_params)}", f"{sorted(known)} are"
        raise ValueError(said(name, given, expected, "use these names"))
    return d_params


def gradients_for(layer, d_params: dict) -> None:
    """Check that each gradient has the name and the shape of a weight of the layer."""
    for name, d_param in by_name("d_params", d_params, "weight").items():
        param = getattr(layer, name, None)
        arrays = type(d_param) is type(param) is np.ndarray
        if arrays and d_param.shape == param.shape and d_param.dtype.kind in "fiu":
            continue  # nearly every call, so it is answered first
        if type(param) is not np.ndarray:
            given = f"d_params names {name!r}, but {type(layer).__name__} has no such weight"
            raise ValueError(f"{given}; use the weight's own name")
        if not isinstance(d_param, np.ndarray) or d_param.dtype.kind not in "fiu":
            given, mend = f"is {brief(d_param)}", f"give shape {param.shape}"
            raise TypeError(said(f"d_{name}", given, "an array is", mend))
        if d_param.shape != param.shape:
            given = f"d_{name} has shape {d_param.shape}, but {name} has {param.shape}"
            raise ValueError(f"{given}; {another_shape(f'd_{name}', d_param.shape, param.shape)}")


def alike(name: str, dicts: list, of_what: str = "weight") -> None:
    """Check that all dicts of gradients have the names and the shapes of the first."""
    if all_fit(dicts):  # nearly every call, so it is answered first
        return
    first, *others = (shapes_in(by_name(name, one, of_what)) for one in dicts)
    for other in others:
        if other != first:
            given = f"{name} has shapes {first}, and then {other}"
            raise ValueError(f"{given}; give gradients of the same weights")


def all_fit(dicts: list) -> bool:
    """Return whether dicts of arrays have the names and the shapes of the first."""
    first, *others = dicts
    try:
        for one in others:
            if len(one) != len(first):
                return False
            for name, x in first.items():
                if one[name].shape != x.shape:
                    return False
        return True
    except (AttributeError, KeyError, TypeError, IndexError):
        return False


def shapes_in(d_params: dict) -> dict:
    """Return the shapes of gradients by name, of dicts of them too."""
    return {name: shapes_in(g) if isinstance(g, dict) else np.shape(g)
            for name, g in d_params.items()}


def gradients_of_cats(name: str, d_params) -> dict:
    """Return gradients as rows, in dicts by layer and by weight, if all are of the same cats."""
    nested = {}
    for layer, d_layer in by_name(name, d_params, "layer").items():
        by_weight = by_name(f"{name}[{layer!r}]", d_layer, "weight")
        nested[layer] = {weight: rows(f"d_{weight}", g) for weight, g in by_weight.items()}
    leading = sorted({g.shape[:-2] for by_weight in nested.values() for g in by_weight.values()})
    if len(leading) > 1:
        given, mend = f"has leading axes {leading}", "give gradients of the same cats"
        raise ValueError(said(name, given, "one is", mend))
    return nested
