"""The sums are right, for one cat and for many, and what may not come in is told in one sentence."""
