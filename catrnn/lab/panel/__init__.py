"""Controls in, one living picture out: the panel, its controls, and the code that restores it."""
