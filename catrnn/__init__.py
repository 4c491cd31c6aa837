"""A recurrent neural network, layer by layer, that guesses how much fish a cat will eat tomorrow.

Read the rooms in this order: data, guesses, layers, bptt, gradcheck, network, training. These teach.
Then, for whoever is curious how the notebooks draw: pictures, panel, widgets. `exercises` finds out which slip an
answer has. `doors` says no, politely.
"""

__version__ = "0.1.0"
