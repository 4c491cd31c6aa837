#!/usr/bin/env python3
"""Run notebooks from top to bottom and store their outputs in one canonical form, byte-identical when run again.

    python tools/record.py                                    every notebook
    python tools/record.py notebooks/07_train_the_cat.ipynb   just this one
"""

import hashlib
import os
import pathlib
import sys
import tempfile

import nbformat
from nbclient import NotebookClient

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from tools import slides  # noqa: E402

METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {
        "file_extension": ".py", "mimetype": "text/x-python", "name": "python", "nbconvert_exporter": "python",
        "pygments_lexer": "ipython3",
    },
}
VIEW = "application/vnd.jupyter.widget-view+json"
SECONDS_A_CELL = 120


def record(path: pathlib.Path) -> None:
    """Run one notebook in place. A cell that raises stops everything, and nothing is written."""
    notebook = nbformat.read(path, as_version=4)
    place = {"metadata": {"path": str(path.parent)}}
    NotebookClient(notebook, timeout=SECONDS_A_CELL, record_timing=False, store_widget_state=False,
                   coalesce_streams=True, resources=place).execute()
    notebook.metadata = nbformat.from_dict(METADATA)
    for cell in notebook.cells:
        cell.metadata = nbformat.from_dict(kept(cell.metadata.get("tags")))
        for number, output in enumerate(cell.get("outputs", [])):
            if VIEW in output.get("data", {}):  # a fresh random name at every run: make it the same one
                name = f"{path.stem}/{cell.id}/{number}"
                output.data[VIEW]["model_id"] = hashlib.sha256(name.encode()).hexdigest()[:32]
    slides.mark(notebook)
    nbformat.write(notebook, path)
    print(f"recorded {path.name}", flush=True)


def kept(tags) -> dict:
    """Return what is stored of a cell's metadata, beside its mark as a slide: its tags, and that JupyterLab folds the
    input of one tagged so."""
    hidden = {"jupyter": {"source_hidden": True}} if tags and "hide-input" in tags else {}
    return {**hidden, "tags": tags} if tags else {}


def main(names: list) -> None:
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    with tempfile.TemporaryDirectory() as empty:
        os.environ["CATRNN_FOLDER"] = empty  # what is stored must not depend on what somebody kept beside the notebooks
        for path in map(pathlib.Path, names or sorted((ROOT / "notebooks").glob("*.ipynb"))):
            record(path.resolve())


if __name__ == "__main__":
    main(sys.argv[1:])
