"""What may come in, and the one sentence that is said to what may not.

Each check raises TypeError or ValueError, or returns what it was given.
"""

from catrnn.checks.of_days import (
    answered,
    cut,
    days_by_number,
    every_day,
    for_each_cat,
    recorded,
    same_length,
    shared,
    spread_out,
    timelines,
    unrolled,
    walk,
    way_back,
)
from catrnn.checks.of_numbers import (
    MOST_UNITS,
    SMALLEST,
    above_zero,
    brief,
    finite,
    fraction,
    integer,
    learning_rate,
    number,
    numbers,
    one_number,
    one_size,
    optional,
    sizes,
)
from catrnn.checks.of_shapes import (
    require_forward,
    rows,
    same_shape,
    shaped,
    shapes,
)
from catrnn.checks.of_things import (
    draw,
    function,
    generators,
    names,
    non_empty,
    require_attributes,
    takes,
    text,
    texts,
)
from catrnn.checks.of_weights import (
    alike,
    by_name,
    five,
    gradients_for,
    gradients_of_cats,
    layer,
    weight_arrays,
)
