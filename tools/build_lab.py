"""The site's lab: JupyterLite with the course's notebooks in it, and Python in the browser."""

import json
import shutil

from catrnn.command.notebooks import LEARNERS, fresh
from tools.lean import make_lean
from tools.pyodide_files import FETCHED, add_wheels, fetch, get_wheels
from tools.site_tools import PYTHON, ROOT, SITE, run

LAB = "live"
"""The folder of the site that the lab is in; the book's pages lead there."""

KERNEL = {"name": "python", "display_name": "Python (Pyodide)", "language": "python"}
"""With the desktop's kernel in a notebook, JupyterLite stops and asks which one to take."""

ADDED = '<link rel="icon" href="favicon.ico"><script src="../starting.js" defer></script>'
"""Goes into the head of each of JupyterLite's pages."""


def copy_notebooks(folder):
    """Copy the notebooks as a learner gets them, without outputs, and as JupyterLite wants them: see below."""
    not_the_course = shutil.ignore_patterns(".*", "__*", *LEARNERS)
    shutil.copytree(ROOT / "notebooks", folder, ignore=not_the_course)
    for path in folder.rglob("*.ipynb"):
        notebook = json.loads(fresh(path))
        notebook["metadata"]["kernelspec"] = KERNEL
        for cell in notebook["cells"]:
            cell["source"] = "".join(cell["source"])  # in one piece; a file may hold it as a list of lines
        path.write_text(json.dumps(notebook, indent=1, ensure_ascii=False), "utf-8")


def add_sign(lab):
    """Add to each of JupyterLite's pages the sign that Python is starting, and let its first one lead to the book."""
    for name in ("index.html", "starting.js"):
        shutil.copy(SITE / name, lab)
    for path in lab.glob("*/index.html"):
        text = path.read_text("utf-8")
        path.write_text(text.replace("</head>", f"{ADDED}</head>"), "utf-8")


def build_lab(work, pyodide=None):
    """Build JupyterLite in a folder of work, and return the folder that it is in."""
    print("Gathering Pyodide and the wheels ...", flush=True)
    if pyodide is None:
        fetch(FETCHED)
    fetch(work / "static/pyodide", pyodide or FETCHED)
    (work / "wheels").mkdir()
    get_wheels(work / "wheels")
    add_wheels(work / "static/pyodide", work / "wheels")
    make_lean(work / "static/pyodide")
    copy_notebooks(work / "contents")
    for name in ("jupyter-lite.json", "overrides.json"):
        shutil.copy(SITE / name, work)
    print("Building the lab ...", flush=True)
    options = ["--contents=contents", "--apps=notebooks", "--apps=lab", "--apps=tree", "--no-sourcemaps",
               "--no-unused-shared-packages", "--no-libarchive", f"--output-dir={work / 'site'}"]
    for verb in ("build", "check"):
        run(PYTHON, "-m", "jupyterlite_core", verb, *options, folder=work)
    add_sign(work / "site")
    return work / "site"
