"""The first program: four layers that each move their own weights on the way back, one day back."""

import numpy as np

from catrnn.data import timeline
from catrnn.initializers import initialize, normal_init
from catrnn.training import History, Recorder


def first_program(classes, rng, hidden_size: int, learning_rate: float, days, target: float,
                  epochs: int, carry_state: bool = True) -> History:
    """Draw the weights of a cat, train it as the first program does, and return the History.

    classes: of the recurrent layer, the ReLU, the linear layer and the loss, a learner's own too.
    They need `forward` and a `backward` that moves the weights in place. The same numbers, bit for
    bit, as `train(..., bptt_steps=1)` with a cat drawn from the same rng. days: portions of fish,
    one a day; target: that of the day after.
    """
    w = initialize(normal_init, rng, 1, hidden_size)
    weights = {"recurrent.c_w": w.c_w, "recurrent.b": w.b, "recurrent.p_w": w.p_w,
               "output.c_w": w.output_c_w, "output.b": w.output_b}
    recurrent, relu, linear, loss = classes
    recurrent, relu = recurrent(learning_rate, w.c_w, w.b, w.p_w), relu()
    linear, loss = linear(learning_rate, w.output_c_w, w.output_b), loss()

    days, y = timeline(days), np.array([[target]], float)
    nothing = np.zeros((1, hidden_size))
    recorder, p_x = Recorder(epochs), nothing
    with np.errstate(over="ignore", invalid="ignore"):  # an explosion is told by the History
        for _ in range(epochs):
            hidden = []
            for c_x in days:
                p_x = relu.forward(recurrent.forward(c_x, p_x))
                hidden.append(p_x)
            guess = linear.forward(p_x)
            miss = loss.forward(guess, y)
            recorder.note({"losses": miss, "predictions": guess, "hidden": hidden, **weights})

            d_guess = loss.backward()
            d_h = linear.backward(d_guess)
            d_sum = relu.backward(d_h)
            recurrent.backward(d_sum)
            p_x = p_x if carry_state else nothing
            if not np.isfinite(miss):
                break
    return recorder.history(hidden[-1], guess)
