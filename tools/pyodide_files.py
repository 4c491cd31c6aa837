"""Pyodide's files for the site, each as it is pinned, and the wheels that join them."""

import json
import re
import shutil
import sys
import urllib.request
import zipfile
from email.parser import Parser

from tools.byte_code import write
from tools.site_tools import LOCK, ROOT, SITE, VENV, digest, pip, run

PINS = json.loads((SITE / "pins.json").read_text("utf-8"))
JOIN = {  # wheels that Pyodide lacks, and what each imports
    "catrnn": ["anywidget", "ipywidgets", "matplotlib", "numpy", "pillow"],
    "anywidget": ["ipywidgets", "psygnal", "typing-extensions"],
    "ipywidgets": ["comm", "ipython", "traitlets"],
    "comm": ["traitlets"], "psygnal": [], "typing-extensions": [],
    "ipykernel": [], "piplite": ["micropip"], "pyodide-kernel": ["ipykernel", "ipython"],
    "jedi": [], "ssl": [],
}
EMPTY = {  # packages that JupyterLite's kernel loads and that nothing here needs, and what lies in each instead
    "jedi": {"etc/ipython/ipython_config.py":
             b'get_config().InteractiveShellApp.exec_lines = ["get_ipython().Completer.use_jedi = False"]\n'},
    "ssl": {},
}
STAND_INS = {"ipykernel"}
"""JupyterLite brings wheels of these names that do nothing; the true ones would be loaded for nothing."""

FETCHED = VENV / "pyodide"
"""Where Pyodide's files stay when they have come from their makers."""


def pinned():
    """The name and the sha256 of every file of Pyodide that the course needs."""
    return PINS["core"] | {package["file_name"]: package["sha256"] for package in PINS["lock"]["packages"].values()}


def fetch(folder, source=None, address=PINS["from"]):
    """Put Pyodide's files into a folder, from another one or from their makers; stop at one that is not as pinned."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, wanted in pinned().items():
        if (folder / name).is_file() and digest((folder / name).read_bytes()) == wanted:
            continue
        data = download(address + name) if source is None else (source / name).read_bytes()
        if digest(data) != wanted:
            sys.exit(f"{name} is not the file that deploy/site/pins.json names: its sha256 is {digest(data)}, "
                     f"not {wanted}. Nothing was built. Fetch the file again.")
        (folder / name).write_bytes(data)


def download(address):
    try:
        with urllib.request.urlopen(address, timeout=120) as answer:
            return answer.read()
    except OSError as error:
        sys.exit(f"{address} could not be fetched ({getattr(error, 'reason', error)}). Nothing was built. Is there a "
                 "network? Without one, give a folder that holds Pyodide's files: --pyodide FOLDER.")


def add_wheels(pyodide, wheels):
    """Let wheels join Pyodide's packages, so that a plain import loads them."""
    lock = json.loads(json.dumps(PINS["lock"]))
    for wheel in sorted(wheels.glob("*.whl")):
        with zipfile.ZipFile(wheel) as files:
            names = files.namelist()
            (about,) = [name for name in names if name.endswith(".dist-info/METADATA")]
            metadata = Parser().parsestr(files.read(about).decode())
        name = re.sub(r"[-_.]+", "-", metadata["Name"]).lower()
        lock["packages"][name] = {
            "name": name, "version": metadata["Version"], "file_name": wheel.name, "install_dir": "site",
            "sha256": digest(wheel.read_bytes()), "package_type": "package", "unvendored_tests": False,
            "depends": JOIN[name],
            "imports": sorted({file.split("/")[0].removesuffix(".py") for file in names
                               if file.endswith(".py") and ".data/" not in file}),
        }
        shutil.copy(wheel, pyodide)
    (pyodide / "pyodide-lock.json").write_text(json.dumps(lock), "utf-8")
    missing = JOIN.keys() - lock["packages"].keys()
    if missing:
        sys.exit(f"No wheel was found for {', '.join(sorted(missing))}. Nothing was built.")


def get_wheels(folder):
    """Build the course's wheel, and gather those beside it: from the lock, and from JupyterLite's own kernel."""
    source = folder / "source"  # a copy: setuptools would pack what lies in the build folder of an earlier time
    shutil.copytree(ROOT / "catrnn", source / "catrnn", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", "LICENSE-CC-BY-4.0"):
        shutil.copy(ROOT / name, source)
    run(*pip("wheel"), "--no-build-isolation", "--wheel-dir", folder, source)
    entries = re.findall(r"^\S.*(?:\n    --hash.*)+", LOCK.read_text("utf-8"), re.MULTILINE)
    wanted = folder / "wanted.txt"
    to_load = JOIN.keys() - STAND_INS - EMPTY.keys()
    wanted.write_text("\n".join(entry for entry in entries if entry.split("==")[0] in to_load), "utf-8")
    run(*pip("download"), "--require-hashes", "--only-binary=:all:", "--platform=any",
        f"--python-version={PINS['lock']['info']['python']}", "--dest", folder, "-r", wanted)
    extension = VENV / "share/jupyter/labextensions/@jupyterlite/pyodide-kernel-extension/static/pypi"
    for wheel in extension.glob("*.whl"):
        if not wheel.name.startswith("widgetsnbextension"):  # JavaScript for a page that is not JupyterLab
            shutil.copy(wheel, folder)
    for name, files in EMPTY.items():
        write(folder / f"{name}-0-py3-none-any.whl", stand_in(name, files))


def stand_in(name, files):
    """Return the files of a wheel with no module in it: its name, and what it puts below the Python that it is for."""
    about = f"{name}-0.dist-info"
    return [
        *((f"{name}-0.data/data/{file}", data) for file, data in files.items()),
        (f"{about}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 0\n".encode()),
        (f"{about}/WHEEL", b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"),
        (f"{about}/RECORD", b""),
    ]
