"""What the pictures are drawn with: the look, numbers as text, diagrams, quick pixels."""

from catrnn.lab.drawing import matplotlib_own as matplotlib_own  # first: it loads Matplotlib
