"""A recurrent neural network, layer by layer, that guesses how much fish a cat eats tomorrow.

These files are the lesson. They need NumPy alone, and are read in this order: data, baselines,
layers, bptt, initializers, network, training, gradcheck, habits, forecast, evaluation, gates,
letters. The folder `checks` says what may come in, politely.

The folders `lab` and `command` are not part of it: `lab` is all that shows, asks and answers in a
notebook, `command` opens the course.
"""

__version__ = "0.1.0"
