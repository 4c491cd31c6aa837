"""What the course's notebooks print and show, as it is stored in them."""

import json

from tools.lab_in_browser import ROOT


def stored_cells(name: str) -> list:
    return json.loads((ROOT / "notebooks" / name).read_text("utf-8"))["cells"]


def stored_words(name: str) -> list:
    """Return the kind of each cell of a notebook, and the words beneath it."""
    def words(output):
        return "".join(output.get("text") or output.get("data", {}).get("text/plain", ""))

    return [(cell["cell_type"], "".join(map(words, cell.get("outputs", [])))) for cell in stored_cells(name)]


def stored_captions(name: str) -> dict:
    """Return the caption of each panel of a notebook, by the call that makes the panel."""
    def caption(cell):
        return next(output["metadata"]["image/png"]["alt"] for output in cell["outputs"]
                    if "image/png" in output["metadata"])

    cells = [(cell, "".join(cell["source"])) for cell in stored_cells(name) if cell["cell_type"] == "code"]
    return {call: caption(cell) for cell, call in cells if call.startswith("explore_")}
