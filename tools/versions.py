"""Run the tests with other versions of the packages than those of the locks.

    python3 tools/versions.py oldest     the lowest that pyproject.toml allows, of each package that it names
    python3 tools/versions.py newest     the newest of all, with those not yet released

More words go to pytest; without any, all tests but those in a browser run. Takes some minutes, in .venv-oldest or
.venv-newest. With Python 3.11 the oldest are those of the lowest Python too.
"""

import os
import pathlib
import re
import subprocess
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
NEEDED = [*PROJECT["project"]["dependencies"], *PROJECT["project"]["optional-dependencies"]["lab"]]
NAMED = list({re.match(r"[\w.-]+", package)[0]: package for package in NEEDED}.values())
"""What the course needs with JupyterLab, which asks for newer ones of some."""

GROUPS = PROJECT["dependency-groups"]
TOOLS = [*PROJECT["build-system"]["requires"], *GROUPS["hub"], *GROUPS["dev"]]
MIXED = ["-W", "default::DeprecationWarning", "-W", "default::PendingDeprecationWarning"]
"""An old package calls by an old name what another one has renamed since; no learner sees that."""


def lowest(requirement):
    """numpy>=2.0 as numpy==2.0"""
    return re.sub(r">=\s*", "==", requirement)


def main(words):
    if words[:1] not in (["oldest"], ["newest"]):
        sys.exit(__doc__)
    os.environ.pop("PYTHONPATH", None)  # the shell's, for other packages than those asked for
    packages, more = ([lowest(r) for r in NAMED], []) if words[0] == "oldest" else (NAMED, ["--pre", "--upgrade"])
    place = ROOT / f".venv-{words[0]}"
    python = place / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    subprocess.run([sys.executable, "-m", "venv", "--clear", place], check=True)
    install = [python, "-m", "pip", "install", "--quiet"]
    subprocess.run([*install, *more, *packages, *TOOLS], check=True)
    subprocess.run([*install, "--no-deps", "--no-build-isolation", "-e", ROOT], check=True)
    names = [re.match(r"[\w.-]+", package)[0] for package in packages]
    code = "import importlib.metadata as m, sys; print(*(f'{n} {m.version(n)}' for n in sys.argv[1:]), sep='\\n')"
    subprocess.run([python, "-c", code, *names], check=True)
    pytest = [python, "-m", "pytest", *MIXED, *(words[1:] or ["-m", "not browser"])]
    return subprocess.run(pytest, cwd=ROOT).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
