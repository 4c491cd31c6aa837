"""Every exercise of the course, in its order: one file a notebook."""

from catrnn.exercises.entries import (
    bend_the_line,
    measure_the_miss,
    weigh_one_day,
)

EXERCISES = [exercise for notebook in (weigh_one_day, bend_the_line, measure_the_miss)
             for exercise in notebook.EXERCISES]
