"""Build the course as a site, in one folder for any static host: python3 course.py site

    --pyodide FOLDER   take Pyodide's files from here, not from its makers (default: what CATRNN_PYODIDE names)
    --out FOLDER       put the site here (default: _site)

At its root is a book, a page to read for each notebook; under live/ is the lab, in which they run. Sphinx, JupyterLite
and their tools live in .venv-site, apart from the course's packages. Every file of Pyodide is held against its sha256
in deploy/site/pins.json. The site asks no other host for anything.
"""

import argparse
import os
import pathlib
import shutil
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.build_book import build_book  # noqa: E402
from tools.build_lab import LAB, build_lab  # noqa: E402
from tools.site_tools import make_tools  # noqa: E402


def is_site(folder):
    """Whether an earlier build made this folder; the older ones had the lab at the root."""
    return any((folder / place / "jupyter-lite.json").is_file() for place in ("", LAB))


def build(out, pyodide=None):
    if out.exists() and not is_site(out) and any(out.iterdir()):
        sys.exit(f"{out} is not empty and holds no site of an earlier build, so it is left alone. Give another --out.")
    make_tools()
    with tempfile.TemporaryDirectory() as temp:
        work = pathlib.Path(temp).resolve()
        lab = build_lab(work, pyodide)
        book = build_book(work)
        if out.exists():
            shutil.rmtree(out)
        shutil.copytree(book, out)
        shutil.copytree(lab, out / LAB)
    size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    print(f"The site is in {out} ({size / 1e6:.0f} MB). To look at it:\n"
          f'  python3 -m http.server --bind 127.0.0.1 --directory "{out}"')


def main(words):
    parser = argparse.ArgumentParser(prog="course.py site", description="Build the course as a static site.")
    parser.add_argument("--pyodide", type=pathlib.Path, metavar="FOLDER",
                        default=os.environ.get("CATRNN_PYODIDE") or None,
                        help="take Pyodide's files from here (default: what CATRNN_PYODIDE names)")
    parser.add_argument("--out", type=pathlib.Path, metavar="FOLDER", default=ROOT / "_site", help="default: _site")
    options = parser.parse_args(words)
    build(options.out.resolve(), options.pyodide)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except OSError as error:
        sys.exit(f"The site was not built: {error}")
