"""Every exercise of the course, in its order: one file a notebook."""

from catrnn.exercises.entries import (
    bend_the_line,
    carry_a_memory,
    doubt_the_gradient,
    learn_from_the_miss,
    leave_the_house,
    measure_the_miss,
    predict_tomorrow,
    raise_a_thousand_cats,
    start_here,
    train_the_cat,
    unroll_through_time,
    watch_gradients_vanish,
    watch_the_cat_eat,
    weigh_one_day,
)

NOTEBOOKS = [
    start_here,
    watch_the_cat_eat,
    weigh_one_day,
    bend_the_line,
    measure_the_miss,
    learn_from_the_miss,
    carry_a_memory,
    train_the_cat,
    doubt_the_gradient,
    unroll_through_time,
    watch_gradients_vanish,
    raise_a_thousand_cats,
    predict_tomorrow,
    leave_the_house,
]

EXERCISES = [exercise for notebook in NOTEBOOKS for exercise in notebook.EXERCISES]
