"""What the course's notebooks print, as it is stored in them."""

import json

from tools.lab_in_browser import ROOT


def stored_words(name: str) -> list:
    """Return the kind of each cell of a notebook, and the words beneath it."""
    def words(output):
        return "".join(output.get("text") or output.get("data", {}).get("text/plain", ""))

    cells = json.loads((ROOT / "notebooks" / name).read_text("utf-8"))["cells"]
    return [(cell["cell_type"], "".join(map(words, cell.get("outputs", [])))) for cell in cells]
