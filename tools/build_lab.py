"""The site's lab: JupyterLite with the course's notebooks in it, and Python in the browser."""

import html
import json
import shutil

from catrnn.command.notebooks import LEARNERS, fresh
from tools.lean import make_lean
from tools.notebook_list import about, in_order
from tools.pyodide_files import add_wheels, fetch, get_wheels
from tools.site_tools import PYTHON, ROOT, SITE, run

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


def row(path):
    """One line of the start page: a notebook's title as a link, its question, its minutes."""
    title, question, minutes = map(html.escape, about(path))
    return (f'<tr><td><a href="notebooks/index.html?path={path.name}">{title}</a></td><td>{question}</td>'
            f"<td>{minutes}</td></tr>")


def add_pages(site):
    """Add the start page, and to each of JupyterLite's pages the sign that Python is starting."""
    rows = "\n".join(map(row, in_order()))
    page = (SITE / "index.html").read_text("utf-8").replace("<!-- notebooks -->", rows)
    (site / "index.html").write_text(page, "utf-8")
    shutil.copy(SITE / "starting.js", site)
    for path in site.glob("*/index.html"):
        text = path.read_text("utf-8")
        path.write_text(text.replace("</head>", f"{ADDED}</head>"), "utf-8")


def build_lab(work, pyodide=None):
    """Build JupyterLite in a folder of work, and return the folder that it is in."""
    fetch(work / "static/pyodide", pyodide)
    (work / "wheels").mkdir()
    get_wheels(work / "wheels")
    add_wheels(work / "static/pyodide", work / "wheels")
    make_lean(work / "static/pyodide")
    copy_notebooks(work / "contents")
    for name in ("jupyter-lite.json", "overrides.json"):
        shutil.copy(SITE / name, work)
    print("Building the site ...", flush=True)
    options = ["--contents=contents", "--apps=notebooks", "--apps=lab", "--apps=tree", "--no-sourcemaps",
               "--no-unused-shared-packages", "--no-libarchive", f"--output-dir={work / 'site'}"]
    for verb in ("build", "check"):
        run(PYTHON, "-m", "jupyterlite_core", verb, *options, folder=work)
    add_pages(work / "site")
    return work / "site"
