"""00: play first."""

from catrnn.data import TARGET
from catrnn.lab.exercises.exercise import Exercise, Slip

DAY_5 = Exercise(
    name="guess day 5",
    notebook="00_start_here",
    kind="value",
    reference=TARGET.item(),
    solution_source="TARGET",
    returns=("my_guess",),
    run=lambda answer: answer,
    slips=(
        Slip("day 4 again",
             "That is Day 4 again. This cat never ate the same twice.",
             lambda right: 1.0),
        Slip("the step alone",
             "That is how much it eats more from one day to the next. More than what?",
             lambda right: 0.25),
        Slip("the mean",
             "That is the mean of the four days. This cat has never gone back.",
             lambda right: 0.625),
        Slip("two steps",
             "That is two steps from Day 4. How long was each step so far?",
             lambda right: 1.5),
        Slip("doubled",
             "That is Day 4 doubled. Day 2 was the double of Day 1, but Day 3 was not the double "
             "of Day 2.",
             lambda right: 2.0),
        Slip("three steps",
             "That is three steps from Day 4. Day 5 is one day after it.",
             lambda right: 1.75),
        Slip("nearly",
             "That is close. How much more did it eat on Day 4 than on Day 3, to the hundredth?",
             lambda right: 1.2),
        Slip("nearly, above",
             "That is close. How much more did it eat on Day 4 than on Day 3, to the hundredth?",
             lambda right: 1.3),
        Slip("below nothing",
             "That is less than no fish. Leave the minus sign out.",
             lambda right: -1.25),
        Slip("percent",
             "That is in hundredths of a portion. Type it in portions.",
             lambda right: 125),
    ),
    hints=(
        "How much more did it eat on Day 2 than on Day 1? And on Day 3 than on Day 2?",
        "Each day brings the same amount more. Day 5 is one such step after Day 4.",
    ),
    on_success="You found the rule from four examples; the network has to do the same.",
)

EXERCISES = [DAY_5]
