"""Every kind of change of an answer that undoes a slip.

Each is a function that yields swaps of the text, in a module by what it changes.
"""

from catrnn.lab.exercises.changes_of_lines import (
    aliases,
    commas,
    given_nothing,
    lost,
    printed,
    rebound,
    several_returned,
    signs_of_giving,
    too_little,
    too_much,
    twice,
    unreached,
    unreturned,
)
from catrnn.lab.exercises.changes_of_loops import (
    begun_in_loop,
    listed_otherwise,
    numbered,
    order,
    overwritten,
    returned_in_loop,
    sides_of_loops,
)
from catrnn.lab.exercises.changes_of_names import other_names, other_starts, shadowed
from catrnn.lab.exercises.changes_of_numbers import (
    along,
    called,
    counts,
    first_alone,
    fixed,
    numbers,
    others_of_numpy,
    places,
)
from catrnn.lab.exercises.changes_of_sums import (
    ands,
    brackets,
    comparisons,
    maxima,
    powers,
    products,
    rounded,
    signs,
    sums,
    turned,
    whole_questions,
)

SURE = (unreached, lost, signs_of_giving, given_nothing)
"""Kinds that are wrong whatever came: they are tried before anything that came is looked at."""

SPECIFIC = (*SURE, powers, products, maxima, sums, ands, whole_questions, rounded, fixed,
            counts, several_returned, commas, twice, shadowed, printed, unreturned, rebound,
            aliases, returned_in_loop, begun_in_loop, overwritten, listed_otherwise, brackets,
            called, first_alone, numbered)
"""Every kind, in the order in which they are tried."""

GENERIC = (turned, comparisons, signs, along, others_of_numpy, order, sides_of_loops, other_names,
           places, other_starts, too_much, numbers, too_little)
"""Every kind; they take turns, so that each has its share of those that are tried."""

REPEATED = (comparisons, along, others_of_numpy, too_much, numbers)
"""Kinds that a learner makes again in the next line."""
