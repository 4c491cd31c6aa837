"""Every exercise of the course, in its order: this folder's modules, sorted by their names."""

import importlib
import pkgutil

MODULES = sorted(module.name for module in pkgutil.iter_modules(__path__, prefix=f"{__name__}."))

EXERCISES = [exercise for name in MODULES for exercise in importlib.import_module(name).EXERCISES]
