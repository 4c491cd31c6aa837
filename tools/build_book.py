"""The site's book: every notebook as a page to read, made by Sphinx from what the notebooks store."""

import json
import shutil

from tools.build_lab import LAB
from tools.notebook_list import about, in_order
from tools.site_tools import PYTHON, SITE, run

PANEL = "catrnn-stored"
"""In the line that a notebook stores above the picture of a panel."""

WIDGET = "application/vnd.jupyter.widget-view+json"
"""What needs a kernel: a panel, whose picture stands beside it, or a progress bar."""

SLIDERS = f'<p class="in-the-lab"><a href="{LAB}/notebooks/index.html?path=%s">Drag its sliders in the lab</a></p>'
"""Stands in the place of a panel's line: in a book no cell can be run."""


def build_book(work):
    """Build the book in a folder of work, and return the folder that it is in. A warning of Sphinx stops it."""
    source = work / "book"
    shutil.copytree(SITE / "book", source)
    for path in in_order():
        notebook = json.loads(path.read_text("utf-8"))
        (source / path.name).write_text(json.dumps(as_page(notebook, path)), "utf-8")
    index = (source / "index.md").read_text("utf-8")
    index = index.replace("NOTEBOOKS", "\n".join(map(row, in_order())))
    index = index.replace("PAGES", "\n".join(path.stem for path in in_order()))
    (source / "index.md").write_text(index, "utf-8")
    print("Building the book ...", flush=True)
    run(PYTHON, "-m", "sphinx", "--builder=html", "--fail-on-warning", "--keep-going",
        "--doctree-dir", work / "doctrees", source, work / "pages")
    return work / "pages"


def row(path):
    """One line of the first page: a notebook's title as a link, its question, its minutes."""
    title, question, minutes = about(path)
    return f"| [{title}]({path.name}) | {question} | {minutes} |"


def as_page(notebook, path):
    """Return a notebook as the book shows it: pictures with their words, and what follows a guess behind a fold."""
    title, question, _ = about(path)
    notebook["metadata"]["myst"] = {"html_meta": {"description": question or title}}
    guess = False
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            show(cell, path.name, guess)
        guess = cell["cell_type"] == "markdown" and "**Guess first" in "".join(cell["source"])
    return notebook


def show(cell, name, guess):
    """Make a cell's outputs such as a page without a kernel can show; fold them if they answer a guess."""
    cell["outputs"] = [output for output in cell["outputs"] if WIDGET not in output.get("data", {})]
    panel = False
    for output in cell["outputs"]:
        if PANEL in "".join(output.get("data", {}).get("text/html", "")):
            output["data"]["text/html"], panel = SLIDERS % name, True
        words = output.get("metadata", {}).get("image/png", {}).get("alt")
        if words:
            cell["metadata"]["mystnb"] = {"image": {"alt": words}}
    if guess and cell["outputs"] and not panel:  # a panel does not answer until it is moved
        cell["metadata"]["tags"] = [*cell["metadata"].get("tags", []), "hide-output"]
