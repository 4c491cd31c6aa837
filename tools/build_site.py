"""Build the course as a site that runs in the browser, in one folder for any static host: python3 course.py site

    --pyodide FOLDER   take Pyodide's files from here, not from its makers
    --out FOLDER       put the site here (default: _site)

JupyterLite and its tools live in .venv-site, apart from the course's packages. Every file of Pyodide is held against
its sha256 in deploy/site/pins.json. The site asks no other host for anything.
"""

import argparse
import hashlib
import html
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request
import zipfile
from email.parser import Parser

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from catrnn.command.notebooks import LEARNERS, fresh  # noqa: E402

SITE, LOCK, VENV = ROOT / "deploy/site", ROOT / "locks/site.lock", ROOT / ".venv-site"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
PINS = json.loads((SITE / "pins.json").read_text("utf-8"))
JOIN = {  # wheels that Pyodide lacks, and what each imports
    "catrnn": ["anywidget", "ipywidgets", "matplotlib", "numpy", "pillow"],
    "anywidget": ["ipywidgets", "psygnal", "typing-extensions"],
    "ipywidgets": ["comm", "ipython", "jupyterlab-widgets", "traitlets", "widgetsnbextension"],
    "comm": ["traitlets"], "jupyterlab-widgets": [], "psygnal": [], "typing-extensions": [],
    "ipykernel": [], "piplite": ["micropip"], "pyodide-kernel": ["ipykernel", "ipython"], "widgetsnbextension": [],
}
KERNEL = {"name": "python", "display_name": "Python (Pyodide)", "language": "python"}
"""With the desktop's kernel in a notebook, JupyterLite stops and asks which one to take."""

ADDED = '<link rel="icon" href="favicon.ico"><script src="../starting.js" defer></script>'
"""Goes into the head of each of JupyterLite's pages."""


def digest(data):
    return hashlib.sha256(data).hexdigest()


def run(*command, folder=None):
    """Run a command in silence, without the shell's PYTHONPATH and its like; stop with its last words if it fails."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run([str(word) for word in command], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          encoding="utf-8", errors="replace", env=env)
    if done.returncode:
        sys.exit(f"{done.stdout[-2000:]}\nThe site was not built; the reason stands above.")


def make_tools():
    """Make .venv-site hold exactly what its lock says, unless it does already."""
    stamp = VENV / "made-from"
    wanted = f"{sys.version_info[:2]} {VENV} {digest(LOCK.read_bytes())}"
    if stamp.is_file() and stamp.read_text("utf-8") == wanted:
        return
    print("Making .venv-site for JupyterLite (once, a minute) ...", flush=True)
    run(sys.executable, "-m", "venv", "--clear", VENV)
    run(*pip("install"), "--require-hashes", "-r", LOCK)
    stamp.write_text(wanted, "utf-8")


def pip(verb):
    return [PYTHON, "-m", "pip", verb, "--quiet", "--no-deps", "--no-input", "--disable-pip-version-check"]


# Pyodide's files


def pinned():
    """The name and the sha256 of every file of Pyodide that the course needs."""
    return PINS["core"] | {package["file_name"]: package["sha256"] for package in PINS["lock"]["packages"].values()}


def fetch(folder, source=None, address=PINS["from"]):
    """Put Pyodide's files into a folder, from another one or from their makers; stop at one that is not as pinned."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, wanted in pinned().items():
        if source is None:
            with urllib.request.urlopen(address + name, timeout=120) as answer:
                data = answer.read()
        else:
            data = (source / name).read_bytes()
        if digest(data) != wanted:
            sys.exit(f"{name} is not the file that deploy/site/pins.json names: its sha256 is {digest(data)}, "
                     f"not {wanted}. Nothing was built. Fetch the file again.")
        (folder / name).write_bytes(data)


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
    wanted.write_text("\n".join(entry for entry in entries if entry.split("==")[0] in JOIN), "utf-8")
    run(*pip("download"), "--require-hashes", "--only-binary=:all:", "--platform=any",
        f"--python-version={PINS['lock']['info']['python']}", "--dest", folder, "-r", wanted)
    extension = VENV / "share/jupyter/labextensions/@jupyterlite/pyodide-kernel-extension/static/pypi"
    for wheel in extension.glob("*.whl"):
        if not wheel.name.startswith("widgetsnbextension-3"):  # a stand-in for an older ipywidgets
            shutil.copy(wheel, folder)


# The notebooks


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


def in_order():
    """Return the notebooks in the order of the course: the numbered ones, those without a number, the glossary."""
    return sorted((ROOT / "notebooks").glob("*.ipynb"), key=lambda path: (path.stem == "glossary", path.stem))


def about(path):
    """Return a notebook's title, question and minutes, as they stand in its first cells; "" for what is not there."""
    text = "\n".join("".join(cell["source"]) for cell in json.loads(path.read_text("utf-8"))["cells"][:3])
    patterns = (r"^# (.*)$", r"^\*\*([^*]*\?)\*\*$", r"\*\*Time\*\* about (\d+) minutes")
    found = (re.search(pattern, text, re.MULTILINE) for pattern in patterns)
    return [match[1] if match else "" for match in found]


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


# All of it


def build(out, pyodide=None):
    if out.exists() and not (out / "jupyter-lite.json").is_file() and any(out.iterdir()):
        sys.exit(f"{out} is not empty and holds no site of an earlier build, so it is left alone. Give another --out.")
    make_tools()
    with tempfile.TemporaryDirectory() as temp:
        work = pathlib.Path(temp).resolve()
        print("Gathering Pyodide and the wheels ...", flush=True)
        fetch(work / "static/pyodide", pyodide)
        (work / "wheels").mkdir()
        get_wheels(work / "wheels")
        add_wheels(work / "static/pyodide", work / "wheels")
        copy_notebooks(work / "contents")
        for name in ("jupyter-lite.json", "overrides.json"):
            shutil.copy(SITE / name, work)
        print("Building the site ...", flush=True)
        options = ["--contents=contents", "--apps=notebooks", "--apps=lab", "--apps=tree", "--no-sourcemaps",
                   "--no-unused-shared-packages", "--no-libarchive",
                   f"--output-dir={work / 'site'}"]
        for verb in ("build", "check"):
            run(PYTHON, "-m", "jupyterlite_core", verb, *options, folder=work)
        add_pages(work / "site")
        if out.exists():
            shutil.rmtree(out)
        shutil.copytree(work / "site", out)
    size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    print(f"The site is in {out} ({size / 1e6:.0f} MB). To look at it:\n"
          f'  python3 -m http.server --bind 127.0.0.1 --directory "{out}"')


def main(words):
    parser = argparse.ArgumentParser(prog="course.py site", description="Build the course as a static site.")
    parser.add_argument("--pyodide", type=pathlib.Path, metavar="FOLDER", help="take Pyodide's files from here")
    parser.add_argument("--out", type=pathlib.Path, metavar="FOLDER", default=ROOT / "_site", help="default: _site")
    options = parser.parse_args(words)
    build(options.out.resolve(), options.pyodide)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except OSError as error:
        sys.exit(f"The site was not built: {error}")
