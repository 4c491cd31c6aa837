"""Measure what makes the site's Python start sooner: the same lab with and without it, in turns.

    .venv/bin/python benchmarks/site_tried.py [FOLDER WITH PYODIDE'S FILES]

Writes benchmarks/site_tried.md. The lab is built as tools/build_lab.py does, each time with less of tools/lean.py; a
cold start is that of benchmarks/site_speed.py, from the opening of notebook 00 until its first panel is drawn.
"""

import argparse
import os
import platform
import re
import sys
import tempfile
from functools import partial
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]
from site_speed import load, memory, spread, start  # noqa: E402

from tests.website.served import Files, address, served  # noqa: E402
from tools import build_lab, lean, site_tools  # noqa: E402
from tools.lab_in_browser import READY, chromium, run_all  # noqa: E402

REPORT = ROOT / "benchmarks" / "site_tried.md"
VARIANTS = {
    "source": (False, False),
    "byte code": (True, False),
    "byte code, without what nothing reads": (True, True),
}
"""For each lab whether it holds byte code, and whether unused files were left out."""

WORDS = """# What makes the site's Python start sooner

Written by `benchmarks/site_tried.py`, which says what is measured. {cores} cores, {system}, Chromium {version}. Load
before {before}, after {after}. {rounds} rounds in turns, each in a browser that was never here: median (least to most).

| Python's files are | Python ready, s | first panel, s | 10 s after 07 has run, MB | files, MB |
|---|---|---|---|---|
{rows}

In all three jedi, parso, pytz, ssl and a backend of Matplotlib's are left out already: 4.3 MB in 2,500 files. In
Node.js jedi alone took 1.0 of the 11.3 seconds of work until the first panel. IPython completes without it.
"""


def build(work, code, lean_files, pyodide):
    """Build a lab in a folder, with byte code or not, with unused files left out or not; return where it is."""
    unused, find = lean.UNUSED, lean.find_translator
    lean.UNUSED = unused if lean_files else re.compile("(?!)")
    lean.find_translator = find if code else lambda *_: []
    build_lab.make_lean = partial(lean.make_lean, store=work / "store")
    try:
        return build_lab.build_lab(work, pyodide)
    finally:
        lean.UNUSED, lean.find_translator = unused, find


def cold_start(lab):
    """Return the seconds to Python and to the first panel, the megabytes of notebook 07, and the browser's version."""
    with served(partial(Files, directory=lab)) as server, chromium() as browser:
        notebooks = f"{address(server)}/notebooks/index.html?path="
        with browser.new_context() as context, context.new_page() as page:
            seconds = start(page, partial(page.goto, f"{notebooks}00_start_here.ipynb"))
        with browser.new_context(viewport={"width": 1200, "height": 1000}) as context, context.new_page() as page:
            page.goto(f"{notebooks}07_train_the_cat.ipynb")
            page.wait_for_function(READY, timeout=180_000)
            run_all(page)
            page.wait_for_timeout(10_000)
            return seconds[1], seconds[2], memory(), browser.version


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pyodide", nargs="?", type=Path, default=os.environ.get("CATRNN_PYODIDE") or None)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    site_tools.make_tools()
    with tempfile.TemporaryDirectory() as temp:
        labs, found = {}, {name: [] for name in VARIANTS}
        for number, (name, variant) in enumerate(VARIANTS.items()):
            work = Path(temp, str(number))
            work.mkdir()
            labs[name] = build(work, *variant, options.pyodide)
        before = load()
        for _ in range(options.rounds):
            for name, lab in labs.items():
                found[name].append(cold_start(lab))
                print(name, found[name][-1], flush=True)
        sizes = {name: sum(path.stat().st_size for path in (lab / "static/pyodide").iterdir()) / 1e6
                 for name, lab in labs.items()}
    rows = []
    for name, rounds in found.items():
        ready, panel, megabytes, versions = zip(*rounds, strict=True)
        taken = f"{median(megabytes):.0f} ({min(megabytes):.0f} to {max(megabytes):.0f})"
        rows.append(f"| {name} | {spread(ready)} | {spread(panel)} | {taken} | {sizes[name]:.1f} |")
    REPORT.write_text(WORDS.format(cores=os.cpu_count(), system=platform.system(), version=versions[0], before=before,
                                   after=load(), rounds=options.rounds, rows="\n".join(rows)), "utf-8")
    print(REPORT.read_text("utf-8"))


if __name__ == "__main__":
    main()
