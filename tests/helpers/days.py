"""What is typed or loaded as days: what nobody in their right mind types, and what any of it must become."""

import math

from hypothesis import strategies as st

from catrnn.lab.panel.parse_days import MOST_DAYS

HOSTILE = st.one_of(
    st.text(), st.text("0123456789.,;eE+-nai \n\t"), st.text("01½25,. g/'\u202f\u00a0-MoKn", max_size=30),
    st.lists(st.floats().map(repr)).map(", ".join), st.lists(st.text("0123456789.,", max_size=6)).map(" ".join),
    st.integers(0, 5000).map("1 ".__mul__), st.integers(3, 8).map(lambda n: "9" * 10**n),
)


def read(get, given):
    """What came of it: days, or the sentence."""
    try:
        return get(given)
    except ValueError as problem:
        return str(problem)


def assert_days_or_one_sentence(found):
    if isinstance(found, str):
        assert "; " in found, "it says what is wrong, but not how to mend it"
        assert len(found) < 250
        assert found.isprintable()
    else:
        assert 2 <= len(found) <= MOST_DAYS
        assert all(math.isfinite(day) and abs(day) <= 1e6 for day in found)
