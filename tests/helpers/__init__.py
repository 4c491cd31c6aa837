"""What the tests share: examples to draw, an oracle, a page for a kernel, answers, pictures looked at."""
