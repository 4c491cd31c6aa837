"""Arrays in, artists moved: every picture of the course, one class a file."""
