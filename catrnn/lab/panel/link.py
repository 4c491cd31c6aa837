"""A panel's setting in the address of a page: what is asked for there, and by which door."""

import ast

from catrnn.checks import brief

LONGEST = 20_000
"""Characters of a setting: 400 days of a cat and everything else fit three times."""

LIKE = "a link holds a call as the code under a panel says it"


def arguments_in(text: str, call: str) -> dict:
    """Return the arguments that a text like "explore_miss(guess=1.5)" gives to the function `call`.

    Nothing is executed: each value is a number, a word, a list of these, True, False or None.
    Raises ValueError in one sentence for anything else.
    """
    if len(text) > LONGEST:
        raise ValueError(f"It has {len(text):,} characters; {LIKE}, in at most {LONGEST:,}.")
    try:
        asked = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise ValueError(f"{brief(text)} is no line of Python; {LIKE}: {call}(...).") from None
    if not isinstance(asked, ast.Call) or getattr(asked.func, "id", None) != call or asked.args:
        raise ValueError(f"{brief(text)} does not give arguments by name to {call}; {LIKE}: "
                         f"{call}(...).")
    names = [keyword.arg for keyword in asked.keywords]
    for name in names:
        if name is None or names.count(name) > 1:
            raise ValueError(f"{brief(text)} does not name each argument once; {LIKE}: "
                             f"{call}(...).")
    return {keyword.arg: plain_value(keyword) for keyword in asked.keywords}


def plain_value(keyword: ast.keyword):
    """Return the value of an argument. Raises ValueError if it would have to be worked out."""
    try:
        return ast.literal_eval(keyword.value)
    except (ValueError, TypeError, MemoryError, RecursionError):
        raise ValueError(f"{keyword.arg} is not written out; a link holds numbers, words, lists of "
                         "these, True, False and None; run the line under the panel instead."
                         ) from None
