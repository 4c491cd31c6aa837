"""A course of two notebooks and a picture, for tests of what happens to a learner's copy of them."""

import json


def notebook(*sources, output="", **more):
    """A notebook as the course stores it."""
    cells = [{"cell_type": "code", "source": source, "outputs": [{"text": output}]} for source in sources]
    return json.dumps({"cells": cells, "nbformat": 4, **more})


def fresh(*sources):
    """A notebook as a learner gets it: as in the course, with no outputs."""
    cells = [{"cell_type": "code", "source": source, "outputs": [], "execution_count": None} for source in sources]
    return json.dumps({"cells": cells, "nbformat": 4}, indent=1) + "\n"


NOTEBOOKS = {
    "00_start_here.ipynb": notebook("1 + 1"),
    "07_train_the_cat.ipynb": notebook("train(cat)"),
    "drawn.svg": "<svg/>",
}


def put(folder, files):
    """Write files of text, by their names in a folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
