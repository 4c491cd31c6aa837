"""What stands behind the command `catrnn`: a file for each of its words."""
