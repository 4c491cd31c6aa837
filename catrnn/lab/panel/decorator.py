"""From a function that says what a panel is made of to one that makes the panel."""

import functools
import inspect
from collections.abc import Callable

from catrnn.lab.panel.panel import NoPanel, Panel
from catrnn.lab.panel.restore import changed_arguments


def panel(question: str, **rules: Callable) -> Callable:
    """Decorate a function that returns (picture, compute, controls): it makes the Panel of them.

    A fourth thing it may return is a sentence that stands behind the question. What it or a rule
    says by NoPanel is printed, and nothing is shown.
    rules: for each argument of the function, what may come in; see `catrnn.lab.panel.rules`. They
    are asked before anything is made. What restores a setting is read off the function itself: its
    name, its arguments, its defaults.
    """

    def decorate(explore):
        signature = inspect.signature(explore)
        defaults = {name: parameter.default for name, parameter in signature.parameters.items()}
        if rules.keys() != defaults.keys():
            raise TypeError(f"rules are for {list(rules)}, but {explore.__name__} takes "
                            f"{list(defaults)}; give a rule for each")

        def parts(*args, **kwargs) -> tuple:
            try:
                bound = signature.bind(*args, **kwargs)
            except TypeError as problem:
                raise TypeError(f"{explore.__name__}() {problem}") from None
            given = {**defaults, **bound.arguments}
            given = {name: rule(name, given[name], defaults[name]) for name, rule in rules.items()}
            picture, compute, controls, *more = explore(**given)
            fixed = {name: value for name, value in given.items() if name not in controls}
            whole_question = " ".join([question, *more])
            return whole_question, picture, compute, controls, changed_arguments(fixed, defaults)

        @functools.wraps(explore)
        def make(*args, **kwargs):
            try:
                *shown, given = parts(*args, **kwargs)
            except NoPanel as problem:
                print(problem)
                return None
            return Panel(*shown, explore.__name__, given, parts)

        make.__signature__ = signature.replace(return_annotation=Panel)
        return make

    return decorate
