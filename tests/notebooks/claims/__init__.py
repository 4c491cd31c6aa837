"""One file a notebook: its sentences with numbers in them, recomputed. `tests/helpers/claims.py` says how."""
