"""01: a guess that needs no training."""

from catrnn.baselines import same_as_yesterday
from catrnn.lab.exercises.exercise import Exercise, Slip


class Eaten(Exercise):
    """An exercise whose argument is portions that were eaten: none is below zero."""

    def draw_probe(self, rng, sizes: dict, integers: bool = False) -> dict:
        probe = super().draw_probe(rng, sizes, integers)
        return {name: [abs(portion) for portion in portions] for name, portions in probe.items()}


TWO_DAYS = Eaten(
    name="two days ago",
    notebook="01_watch_the_cat_eat",
    reference=lambda portions: same_as_yesterday(portions[:-1]),
    solution_source="source(same_as_yesterday)",
    axes={"portions": "T"},
    lists=True,
    first=(dict(portions=[1.0, 0.5, 0.25]), dict(portions=[0.25, 0.5, 0.75, 1.0])),
    returns=("the guess",),
    slips=(
        Slip("yesterday",
             "That is the last day, which is one day before tomorrow. Go back one day more.",
             lambda right, portions: portions[-1]),
        Slip("three days ago",
             "That is three days before tomorrow. The last day, portions[-1], is one day before "
             "it.",
             lambda right, portions: portions[-3] if len(portions) > 2 else 1 / 0),
        Slip("day 3",
             "portions[2] is Day 3. That is two days ago only if there are four days: count from "
             "the end.",
             lambda right, portions: portions[2] if len(portions) > 2 else 1 / 0),
        Slip("day 2",
             "portions[1] is Day 2. Count from the end: then it works for any number of days.",
             lambda right, portions: portions[1]),
        Slip("day 1",
             "That is Day 1. Count from the end: then it works for any number of days.",
             lambda right, portions: portions[0]),
        Slip("mean of two",
             "That is the mean of the last two days. Only the earlier one of them is wanted.",
             lambda right, portions: (portions[-1] + portions[-2]) / 2),
        Slip("sum of two",
             "That is the sum of the last two days. Only the earlier one of them is wanted.",
             lambda right, portions: portions[-1] + portions[-2]),
        Slip("the place",
             "That is the place of the day in the list. What was eaten there is portions[...], "
             "with the place in the brackets.",
             lambda right, portions: len(portions) - 2),
        Slip("all but two",
             "These are all days but the last two. One number is wanted: square brackets without a "
             "colon.",
             lambda right, portions: portions[:-2]),
        Slip("last two",
             "These are the last two days. One number is wanted: square brackets without a colon.",
             lambda right, portions: portions[-2:]),
    ),
    hints=(
        "For Day 5 it takes Day 3, for Day 6 it takes Day 4. How far is that from the end of the "
        "list?",
        "Python counts from the end with negative numbers: portions[-1] is the last day.",
    ),
    on_success=("Of the naive guesses so far it is the only one that is right about the cat that "
                "feasts every other day."),
)

EXERCISES = [TWO_DAYS]
