"""Make the site's Python start sooner: byte code in the place of source, and nothing that the kernel does not read.

Half of a cold start in the browser was Python compiling source, at each visit, and a part of the rest was unpacking
files that nothing reads: benchmarks/site_tried.md. What comes in was verified; the lock tells the hashes of what goes
out.
"""

import json
import os
import re
import shutil
import sys
import tempfile
import time
from pathlib import Path

from tools.byte_code import read, write
from tools.site_tools import ROOT, VENV, digest, run

LIBRARY = "python_stdlib.zip"
KEPT = "catrnn-"
"""Begins the name of the archive whose source stays beside its byte code: `source` shows it."""

UNUSED = re.compile(r"""
    \.(pyi|pxd|h|a|c|map|ipynb)$ | ^[^/]+\.data/(?!data/etc/ipython/)  # for type checkers and compilers; for the page
  | (^|/)tests?/                                                       # for those who make the package
  | ^matplotlib/mpl-data/(sample_data|fonts/(afm|pdfcorefonts)|fonts/ttf/(DejaVuSerif|Humor))
  | ^pygments/lexers/(?!(__init__|_mapping|python|special)\.py)
""", re.VERBOSE)
"""Files that nothing in the kernel reads. Of the fonts, those of text, of code and of formulas stay."""

STORE, DAY = VENV / "lean", 24 * 60 * 60
"""Where archives made earlier lie, and the seconds that one stays there when no build asks for it."""

SLOW = ("Neither is this Python {version}, nor is there Node.js to run Pyodide in. So the site's Python stays source: "
        "the site works, but Python takes twice as long to start in it.")


def make_lean(folder, store=STORE):
    """Make each archive among Pyodide's files lean, in their folder; the lock there then tells the new hashes."""
    lock = json.loads((folder / "pyodide-lock.json").read_text("utf-8"))
    names = [LIBRARY, *(package["file_name"] for package in lock["packages"].values())]
    translator = find_translator(folder, lock["info"]["python"].rpartition(".")[0])
    store.mkdir(parents=True, exist_ok=True)
    made = {name: store / f"{hash_of_all(folder / name, translator)}-{name}" for name in names}
    make(folder, {name: path for name, path in made.items() if not path.exists()}, translator)
    for name, path in made.items():
        shutil.copyfile(path, folder / name)
        os.utime(path)
    for package in lock["packages"].values():
        package["sha256"] = digest((folder / package["file_name"]).read_bytes())
    (folder / "pyodide-lock.json").write_text(json.dumps(lock), "utf-8")
    for path in store.iterdir():
        if path.stat().st_mtime < time.time() - DAY:
            path.unlink()


def find_translator(folder, version):
    """Return the command that runs byte_code.py with a Python of this version; an empty one if there is none."""
    if f"{sys.version_info[0]}.{sys.version_info[1]}" == version:
        return [sys.executable, ROOT / "tools/byte_code.py"]
    node = shutil.which("node")
    if node:
        return [node, ROOT / "tools/byte_code.mjs", folder]
    print(SLOW.format(version=version), flush=True)
    return []


def hash_of_all(path, translator):
    """The hash of all that a lean archive is made from: the archive, the rules, and the kind of translator."""
    rules = b"".join((ROOT / "tools" / name).read_bytes() for name in ("lean.py", "byte_code.py"))
    return digest(path.read_bytes() + rules + str(translator[1:2]).encode())


def make(folder, wanted, translator):
    """Make lean archives: for each name of one in the folder, where it goes."""
    with tempfile.TemporaryDirectory() as temp:
        raw, done = Path(temp, "raw"), Path(temp, "done")
        raw.mkdir()
        done.mkdir()
        for name in wanted:
            write(raw / name, [(file, data) for file, data in read(folder / name) if not UNUSED.search(file)])
        if wanted and translator:
            print("Translating Python into byte code (once, half a minute) ...", flush=True)
            run(*translator, raw, done, KEPT)
        for name, path in wanted.items():
            partly = path.with_suffix(f".{os.getpid()}")  # another build may make the same one at this very time
            shutil.copyfile((done if translator else raw) / name, partly)
            partly.replace(path)
