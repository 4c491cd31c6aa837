"""Which exercises judge a layer, and what they say of one that is to train a cat."""

from catrnn.lab.exercises import learner, page_lines
from catrnn.lab.exercises.catalogue import EXERCISES
from catrnn.lab.exercises.compare import same
from catrnn.lab.exercises.exercise import Exercise
from catrnn.lab.exercises.findings import CORRECT
from catrnn.lab.exercises.run import run


def judges(name: str, with_backward: bool) -> list:
    """Return the exercises that judge a layer, the way forward first."""
    own = [exercise for exercise in EXERCISES if exercise.layer == name]
    forward = [exercise for exercise in own if exercise.method != "backward"]
    return forward + [e for e in own if e not in forward] if with_backward else forward


def first_wrong(layer: type, exercises: list, judge=learner.judge) -> str:
    """Return the line of `check` at the first exercise that is not yet correct; "" if all are."""
    verdicts = [judge(exercise, layer) for exercise in exercises]
    goes_back = exercises[1:] and verdicts[-1].state == CORRECT
    for exercise, verdict in zip(exercises, verdicts, strict=True):
        right = verdict.state == CORRECT or (goes_back and right_output(exercise, layer))
        if not right:
            return page_lines.line(exercise.name, verdict.state, verdict.words)
    return ""


def right_output(exercise: Exercise, layer: type) -> bool:
    """Whether what comes out is right: what a layer remembers is its own affair if it gets back."""
    return all(attempt.got.parts and same(attempt.expected.parts[0], attempt.got.parts[0])
               for attempt in run(exercise, layer))
