#!/usr/bin/env python3
"""Open the course, or test it. Needs Python 3.11 or newer; all else goes into the folder .venv beside this file.

    python3 course.py            open the notebooks in JupyterLab (more words go to JupyterLab: --no-browser)
    python3 course.py test       run every test, on all cores (more words go to pytest: -k relu)
    python3 course.py site       build the course as a site that needs no installation (--help says more)
    python3 course.py help       print this, and the words that the installed command catrnn knows too

On Windows: py course.py. You work in the folder my_notebooks. What you have changed there is never overwritten.
"""

import importlib.util
import os
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "course.json"  # what .venv was made from; written last, so a half-made .venv has none
LOCK, TEST_LOCK = ROOT / "locks/course.lock", ROOT / "locks/dev.lock"  # the second holds all of the first
LOCKED = ROOT / ".course.lock"  # held by the one start that makes .venv
MAY_KNOW = ("INDEX", "LINKS", "HOST", "CERT", "PROXY", "TIMEOUT", "RETRIES", "CACHE", "CONFIG", "TLS", "OFFLINE")


def check_python(version=sys.version_info):
    """This file is written so that old Pythons get here. Python 2 does not, but prints the line it cannot read."""
    if version < (3, 11):
        sys.exit(f"The course needs Python 3.11 or newer. This is Python {version[0]}.{version[1]}. "
                 "Install a newer one from python.org and start with it, for instance: python3.13 course.py")


check_python()
sys.path.insert(0, str(ROOT))  # for whoever loads this file from elsewhere

from catrnn import command  # noqa: E402
from catrnn.command.caller import CALLED, HERE  # noqa: E402
from catrnn.command.files import alone, digest, read_record, said, write_record  # noqa: E402
from catrnn.command.processes import run as run_to_its_end  # noqa: E402


def environment():
    """This shell's variables, without those meant for other Python projects; pip and uv learn only how to reach
    packages."""
    strange = ("PYTHON", "JUPYTER_PATH", "JUPYTERLAB_DIR", "MPLBACKEND", "PIP_", "UV_", CALLED, HERE)
    env = {name: value for name, value in os.environ.items() if not name.startswith(strange)}
    env.update({name: value for name, value in os.environ.items()
                if name.startswith(("PIP_", "UV_")) and any(word in name for word in MAY_KNOW)})
    env["PATH"] = os.pathsep.join([str(PYTHON.parent), env.get("PATH", "")])
    env.update(VIRTUAL_ENV=str(VENV), PIP_USER="0", JUPYTER_PREFER_ENV_PATH="1")
    env["PIP_REQUIRE_VIRTUALENV"] = "1"  # pip never touches any other Python than that of .venv
    return env


def called():
    """What the command has to know: what a learner types before a word, and where my_notebooks lies."""
    return {CALLED: "py course.py" if os.name == "nt" else "python3 course.py", HERE: str(ROOT)}


def run(*words, told=None, **more):
    """Run a module of .venv to its end, with variables that tell it more, and return its exit code."""
    return run_to_its_end([str(PYTHON), "-P", "-m", *words], env={**environment(), **(told or {})}, **more)


# The packages


def uv():
    """Where uv is, if it is on the path: it brings the very packages that pip does, in a tenth of the time."""
    return shutil.which("uv")


def make_venv():
    has_pip = importlib.util.find_spec("ensurepip")
    if not (importlib.util.find_spec("venv") and (has_pip or uv())):
        sys.exit("This Python lacks its venv module. On Debian or Ubuntu: sudo apt install python3-venv "
                 f"(or python{sys.version_info[0]}.{sys.version_info[1]}-venv). Then start again.")
    if VENV.is_symlink():
        sys.exit(f"{VENV} is a link. To make .venv anew empties the folder that it leads to: remove the link first.")
    if VENV.exists():
        print("The .venv here was not finished, or was made in another way. It is made anew.")
    print(f"Making .venv for the course's packages (once, {'with uv' if uv() else 'some minutes'}) ...", flush=True)
    VENV.mkdir(exist_ok=True)
    made = quietly(sys.executable, "-m", "venv", "--clear", *([] if has_pip else ["--without-pip"]), str(VENV))
    if made.returncode:
        sys.exit(f"{made.stdout}\nPython could not make .venv; it says why above.")


def quietly(*command):
    """Run a command to its end; what it says is kept for when it fails."""
    return subprocess.run(command, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          encoding="utf-8", errors="replace")


def install(*arguments, total=0):
    """Install into .venv what a lock names, hashes checked, or the course itself: with uv, else with pip."""
    if uv():
        done = quietly(uv(), "pip", "install", "--no-deps", "--no-progress", f"--python={PYTHON}", *arguments)
        if done.returncode == 0:
            return
        print(f"uv could not do it, so pip is asked. uv says:\n{done.stdout[-1000:].rstrip()}", flush=True)
    pip_install(*arguments, total=total)


def pip_install(*arguments, total=0):
    """Run pip, with one line of progress for all its lines, and stop if it fails."""
    pip = [str(PYTHON), "-m", "pip", "install", "--no-deps", "--no-input", "--disable-pip-version-check"]
    pipe = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "encoding": "utf-8", "errors": "replace"}
    lines, done, terminal = [], 0, sys.stdout.isatty()
    with subprocess.Popen([*pip, *arguments], cwd=ROOT, env=environment(), **pipe) as process:
        try:
            for line in process.stdout:
                lines.append(line)
                if total and line.startswith(("Collecting ", "Processing ", "Ignoring ", "Requirement already ")):
                    done += 1
                    if terminal or done % 20 == 0:  # a log file gets fewer lines
                        print(f"  package {done} of {total}", end="\r" if terminal else "\n", flush=True)
                elif total and line.startswith("Installing collected "):
                    print("  all packages are here; unpacking them takes half a minute ...", flush=True)
                elif "Retrying " in line:
                    print("  the network does not answer yet; trying again ...", flush=True)
            process.wait()
        finally:
            process.kill()  # does nothing to a process that has ended
    if process.returncode:
        if any(sign in line for line in lines for sign in ("Retrying ", "onnection", "timed out")):
            sys.exit("The packages could not be fetched: is there a network? Start again when there is.")
        sys.exit("".join(lines[-12:]) + "\nThe packages could not be installed; pip says why above.")


def prepare(*locks):
    """Make .venv hold the packages of the last lock (each lock holds those before it), unless it does already."""
    place = {"python": list(sys.version_info[:2]), "folder": str(ROOT)}  # a moved .venv does not work
    wanted = {path.name: digest(path) for path in (ROOT / "pyproject.toml", *locks)}
    ready = read_record(STAMP)
    usable = PYTHON.is_file() and all(ready.get(name) == value for name, value in place.items())
    if usable and wanted.items() <= ready.items():
        return
    if not usable:
        make_venv()
    elif TEST_LOCK in locks and TEST_LOCK.name not in ready:
        print("Adding the packages for the tests (once) ...", flush=True)
    else:
        print("The course's packages have changed since the last start. Bringing .venv up to date ...", flush=True)
    STAMP.unlink(missing_ok=True)
    packages = [line for line in locks[-1].read_text("utf-8").splitlines() if line[:1].isalnum()]
    install("--require-hashes", "-r", str(locks[-1]), total=len(packages))
    install("--no-build-isolation", "-e", str(ROOT))
    write_record(STAMP, {**place, **wanted})


def workers(words):
    """Words for pytest that share the tests among the cores: not for a few tests, nor where someone looks in."""
    alone = ("-k", "-n", "--lf", "--last-failed", "--ff", "--sw", "--pdb", "--trace", "-s", "--co")
    few = any(word.startswith(alone) or (ROOT / word.partition("::")[0]).exists() for word in words)
    cores = os.cpu_count() or 1  # one worker more than those, for browsers let theirs wait; each takes a gigabyte
    return [] if few or cores < 2 else [f"--numprocesses={min(cores + 1, 4)}"]


def main(words):
    os.umask(os.umask(0) & 0o077)  # whatever this shell takes away, we read what we write
    word = words[0] if words else ""
    if word == "site":
        return subprocess.call([sys.executable, str(ROOT / "tools/build_site.py"), *words[1:]])
    if word == "test":
        with alone(LOCKED):
            prepare(LOCK, TEST_LOCK)
        return run("pytest", *workers(words[1:]), *words[1:], cwd=ROOT)
    if word in ("help", "-h", "--help"):
        print(__doc__)
    elif word and not word.startswith("-") and word not in command.WORDS:
        known = {*command.WORDS, "help", "site", "test"}
        sys.exit(f"course.py does not know '{word}'. It knows: {', '.join(sorted(known))}.")
    if word in command.LIGHT:  # works before .venv is there
        os.environ.update(called())
        return command.main(words)
    with alone(LOCKED):
        prepare(LOCK)
    return run("catrnn", *words, told=called())


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit("\nStopped. Nothing is lost: start again when you like.")
    except OSError as error:
        sys.exit(f"Cannot read or write {said(error)}. "
                 "Is the course in a folder of your own, on a disk with space?")
