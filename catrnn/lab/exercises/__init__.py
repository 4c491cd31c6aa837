"""Is the learner's answer right, and if not, which slip is it."""
