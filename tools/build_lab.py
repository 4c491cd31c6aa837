"""The site's lab: JupyterLite with the course's notebooks in it, and Python in the browser."""

import json
import shutil
import sys

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

WAITS = "await h.runExclusive((async()=>{await r.ready,await r.handleMessage(e)}))"
FAILS = '"execute_reply"===e.header.msg_type&&"error"===e.content.status&&h.cancel()'
"""In JupyterLite: every message waits for its turn; when a cell fails, all that wait are thrown away unanswered."""

MENDED = {
    WAITS: "const before=h.failures;await h.runExclusive((async()=>{await r.ready;"
           'if("execute_request"!==e.header.msg_type||before===h.failures)return r.handleMessage(e);'
           'r._busy(e);g({...e,header:{...e.header,msg_id:`${e.header.msg_id}-reply`,msg_type:"execute_reply"},'
           'parent_header:e.header,content:{status:"aborted",execution_count:null}});r._idle(e)}))',
    FAILS: FAILS.replace("h.cancel()", "(h.failures=(h.failures||0)+1)"),
}
"""As on a desktop: only cells are not run then, and it is said of each. A slider that was moved while a cell failed
would never move its panel again: it waits for its answer."""


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


def mend(lab):
    """Let a failing cell throw away no more than the cells behind it."""
    found = [path for path in (lab / "build").glob("*.js") if FAILS in path.read_text("utf-8")]
    if len(found) != 1 or any(found[0].read_text("utf-8").count(wrong) != 1 for wrong in MENDED):
        sys.exit("JupyterLite is not the one that MENDED in tools/build_lab.py was written for. Nothing was built.")
    text = found[0].read_text("utf-8")
    for wrong, right in MENDED.items():
        text = text.replace(wrong, right)
    found[0].write_text(text, "utf-8")


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
    mend(work / "site")
    add_sign(work / "site")
    return work / "site"
