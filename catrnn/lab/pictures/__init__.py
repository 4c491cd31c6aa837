"""Arrays in, artists moved: every picture of the course, one class a file."""

from catrnn.lab import drawing as drawing  # first: it loads Matplotlib
