"""The folder .venv-site, in which the tools live that build the site, apart from the course's packages."""

import hashlib
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SITE, LOCK, VENV = ROOT / "deploy/site", ROOT / "locks/site.lock", ROOT / ".venv-site"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


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
    print("Making .venv-site for Sphinx and JupyterLite (once, some minutes) ...", flush=True)
    run(sys.executable, "-m", "venv", "--clear", VENV)
    run(*pip("install"), "--require-hashes", "-r", LOCK)
    stamp.write_text(wanted, "utf-8")


def pip(verb):
    return [PYTHON, "-m", "pip", verb, "--quiet", "--no-deps", "--no-input", "--disable-pip-version-check"]
