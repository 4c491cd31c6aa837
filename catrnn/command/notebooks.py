"""The course's notebooks: where they lie, and how a learner gets them."""

import hashlib
import json
import pathlib

from catrnn.command.files import digest

LEARNERS = ("my_layers.py", "my_progress.json")
"""What keep and check write into a learner's folder."""

PACKAGE = pathlib.Path(__file__).resolve().parents[1]


def find(package=PACKAGE):
    """Return the folder of the notebooks: beside the package in a clone, else within it."""
    root = package.parent
    is_clone = (root / "pyproject.toml").is_file() and (root / "notebooks").is_dir()
    return (root if is_clone else package) / "notebooks"


def content(path):
    """A fingerprint of what the learner reads in a file: typing changes it, running does not."""
    if path.suffix == ".ipynb":
        try:
            cells = json.loads(path.read_text("utf-8"))["cells"]
            seen = [[cell["cell_type"], "".join(cell["source"]), cell.get("attachments") or {}]
                    for cell in cells]
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return digest(path)  # damaged: every byte counts
        # JupyterLab adds an empty cell after running the last one
        seen = [cell for cell in seen if cell[1].strip()]
        return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()
    return digest(path)


def course_files(folder):
    """The files of the notebooks' folder by name, without hidden ones and a learner's own."""
    found = {path.relative_to(folder).as_posix(): path
             for path in sorted(folder.rglob("*")) if path.is_file()}
    return {name: path for name, path in found.items()
            if not any(part.startswith((".", "__")) or part in LEARNERS
                       for part in name.split("/"))}


def fresh(path):
    """A file of the course as a learner gets it: no outputs, which would answer its questions."""
    if path.suffix != ".ipynb":
        return path.read_bytes()
    notebook = json.loads(path.read_text("utf-8"))
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell.update(outputs=[], execution_count=None)
    return (json.dumps(notebook, indent=1, ensure_ascii=False) + "\n").encode()


def number(name):
    """07 for 07_train_the_cat.ipynb"""
    return name.split("_")[0].split(".")[0]
