#!/usr/bin/env python3
"""Open the course, or test it. Needs Python 3.11 or newer; all else goes into the folder .venv beside this file.

    python3 course.py            open the notebooks in JupyterLab (more words go to JupyterLab: --no-browser)
    python3 course.py test       run every test, on all cores (more words go to pytest: -k relu)
    python3 course.py reset 07   put a fresh notebook 07 into my_notebooks, beside your saved old one
    python3 course.py site       build the course as a site that needs no installation (--help says more)
    python3 course.py help       print this

On Windows: py course.py. You work in the folder my_notebooks. What you have changed there is never overwritten.
"""

import contextlib
import hashlib
import importlib.util
import itertools
import json
import os
import pathlib
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "course.json"  # what .venv was made from; written last, so a half-made .venv has none
LOCK, TEST_LOCK = ROOT / "locks/course.lock", ROOT / "locks/dev.lock"  # the second holds all of the first
NOTEBOOKS, WORK = ROOT / "notebooks", ROOT / "my_notebooks"  # the course's, and the learner's working copy
LEARNERS = ("my_layers.py", "my_progress.json")  # what keep and check write into the working copy
LOCKED = ROOT / ".course.lock"  # held by the one start that makes .venv or lays out the working copy
STATE = WORK / ".course.json"  # what each file of the working copy was when it was copied
PIP_MAY_KNOW = ("INDEX", "LINKS", "HOST", "CERT", "PROXY", "TIMEOUT", "RETRIES", "CACHE", "CONFIG")


def check_python(version=sys.version_info):
    """This file is written so that old Pythons get here. Python 2 does not, but prints the line it cannot read."""
    if version < (3, 11):
        sys.exit(f"The course needs Python 3.11 or newer. This is Python {version[0]}.{version[1]}. "
                 "Install a newer one from python.org and start with it, for instance: python3.13 course.py")


# Small tools


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write(path, data):
    """Write all of it or nothing, even when the computer stops half-way."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.new")
    new.unlink(missing_ok=True)  # a link there would lead elsewhere
    try:
        with open(new, "xb") as file:
            file.write(data)
        os.replace(new, path)
    finally:
        new.unlink(missing_ok=True)


def write_record(path, record):
    write(path, json.dumps(record, indent=1).encode())


def read_record(path):
    """The dictionary in a JSON file; an empty one when the file is missing or damaged."""
    try:
        record = json.loads(path.read_text("utf-8"))
    except (FileNotFoundError, ValueError, RecursionError):
        return {}
    return record if isinstance(record, dict) else {}


def said(error):
    """What an OSError says, in words for a sentence."""
    return f"{error.filename or ROOT}: {error.strerror or error}"


def hold(file, wait):
    """Lock a file until it is closed or this process ends; BlockingIOError if another holds it and we do not wait."""
    if os.name == "nt":
        import msvcrt
        while True:
            try:
                return msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            except OSError:
                if not wait:
                    raise BlockingIOError from None
            time.sleep(0.5)
    import fcntl
    return fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))


@contextlib.contextmanager
def alone():
    """Let no two starts make .venv, or lay out the working copy, at the same time."""
    with open(LOCKED, "ab") as file:
        try:
            hold(file, wait=False)
        except BlockingIOError:
            print("Another start of the course is at work here. Waiting until it is done ...", flush=True)
            hold(file, wait=True)
        except OSError:
            pass  # this disk knows no locks
        yield


def environment():
    """This shell's variables, without those meant for other Python projects; pip learns only how to reach packages."""
    strange = ("PYTHON", "JUPYTER_PATH", "JUPYTERLAB_DIR", "MPLBACKEND", "PIP_")
    env = {name: value for name, value in os.environ.items() if not name.startswith(strange)}
    env.update({name: value for name, value in os.environ.items()
                if name.startswith("PIP_") and any(word in name for word in PIP_MAY_KNOW)})
    env["PATH"] = os.pathsep.join([str(PYTHON.parent), env.get("PATH", "")])
    env.update(VIRTUAL_ENV=str(VENV), PIP_USER="0", JUPYTER_PREFER_ENV_PATH="1")
    env["PIP_REQUIRE_VIRTUALENV"] = "1"  # pip never touches any other Python than that of .venv
    return env


def run(*command):
    """Run a module of .venv to its end and return its exit code. A Ctrl-C is left to it: it gets one too."""
    with subprocess.Popen([str(PYTHON), "-m", *command], cwd=ROOT, env=environment()) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                pass


# The packages


def make_venv():
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        sys.exit("This Python lacks its venv module. On Debian or Ubuntu: sudo apt install python3-venv "
                 f"(or python{sys.version_info[0]}.{sys.version_info[1]}-venv). Then start again.")
    if VENV.is_symlink():
        sys.exit(f"{VENV} is a link. To make .venv anew empties the folder that it leads to: remove the link first.")
    if VENV.exists():
        print("The .venv here was not finished, or was made in another way. It is made anew.")
    print("Making .venv for the course's packages (once, some minutes) ...", flush=True)
    VENV.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    made = subprocess.run(command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if made.returncode:
        sys.exit(made.stdout.decode(errors="replace") + "\nPython could not make .venv; it says why above.")


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
    pip_install("--require-hashes", "-r", str(locks[-1]), total=len(packages))
    pip_install("--no-build-isolation", "-e", str(ROOT))
    no_questions = {"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}}
    write_record(VENV / "share/jupyter/lab/settings/overrides.json", no_questions)
    write_record(STAMP, {**place, **wanted})


# The working copy


def content(path):
    """A fingerprint of what the learner reads in a file: running a notebook does not change it, typing does."""
    if path.suffix == ".ipynb":
        try:
            cells = json.loads(path.read_text("utf-8"))["cells"]
            seen = [[cell["cell_type"], "".join(cell["source"]), cell.get("attachments") or {}] for cell in cells]
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):  # damaged: every byte counts
            return digest(path)
        seen = [cell for cell in seen if cell[1].strip()]  # JupyterLab adds an empty cell after running the last one
        return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()
    return digest(path)


def course_files():
    """The files of notebooks/ by name, without hidden ones and what somebody made by working in that folder."""
    found = {path.relative_to(NOTEBOOKS).as_posix(): path for path in sorted(NOTEBOOKS.rglob("*")) if path.is_file()}
    return {name: path for name, path in found.items()
            if not any(part.startswith((".", "__")) or part in LEARNERS for part in name.split("/"))}


def fresh(path):
    """A file of the course as a learner gets it: a notebook without its outputs, which would answer its questions."""
    if path.suffix != ".ipynb":
        return path.read_bytes()
    notebook = json.loads(path.read_text("utf-8"))
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell.update(outputs=[], execution_count=None)
    return (json.dumps(notebook, indent=1, ensure_ascii=False) + "\n").encode()


def copy(name):
    """Put a file of the course into the working copy; return what the record shall say of it."""
    path = NOTEBOOKS / name
    write(WORK / name, fresh(path))
    return {"content": content(path), "file": digest(path)}


def is_inside(name):
    """Whether a name of the record leads to a file of the working copy, not elsewhere by dots, a root or a link."""
    place = WORK / name
    return place.resolve().parent == place.parent.resolve() and WORK.resolve() in place.resolve().parents


def follow(name, path, old):
    """Let a file follow the course unless the learner has changed it; return its record, and if it is overtaken."""
    mine = WORK / name
    if not os.path.lexists(mine):
        return copy(name), False
    if content(mine) in (old.get("content"), content(path)):  # not changed since it was copied
        current = old.get("file") == digest(path)
        as_stored = mine.read_bytes() == path.read_bytes() != fresh(path)  # from when copies came with outputs
        return (old if current and not as_stored else copy(name)), False
    return old, name.endswith(".ipynb") and content(path) != old.get("content")


def refresh():
    """Let what the learner has not changed follow the course; return the changed ones that the course overtook.

    A file that cannot be read or written stays as it is, and is named.
    """
    stored = read_record(STATE)
    before = {name: old for name, old in stored.items() if isinstance(old, dict)}
    now, overtaken, troubles = {}, [], []
    for name, path in course_files().items():
        try:
            now[name], is_overtaken = follow(name, path, before.get(name, {}))
            overtaken += [name] if is_overtaken else []
        except OSError as error:
            now[name] = before.get(name, {})
            troubles.append(said(error))
    try:
        for name in before.keys() - now.keys():  # left the course
            if is_inside(name) and (WORK / name).is_file() and content(WORK / name) == before[name].get("content"):
                (WORK / name).unlink()
        if now != stored:
            write_record(STATE, now)
    except OSError as error:
        troubles.append(said(error))
    if troubles:
        more = f", and {len(troubles) - 1} more" if len(troubles) > 1 else ""
        print(f"Left as it is, because it cannot be read or written: {troubles[0]}{more}")
    return overtaken


def number(name):
    """07 for 07_train_the_cat.ipynb"""
    return name.split("_")[0].split(".")[0]


def reset(wanted):
    """Save the learner's copy of a notebook under a new name and put a fresh one in its place."""
    notebooks = {number(name): name for name in course_files() if name.endswith(".ipynb")}
    name = notebooks.get(number(wanted), notebooks.get("0" + wanted))
    if not name:
        sys.exit(f"Which notebook? Say: python3 course.py reset NUMBER, with a NUMBER of {', '.join(notebooks)}.")
    if os.path.lexists(WORK / name):
        names = (f"{name[:-6]}.saved-{n}.ipynb" for n in itertools.count(1))
        saved = next(new for new in names if not os.path.lexists(WORK / new))
        (WORK / name).rename(WORK / saved)
        print(f"Your old one is now my_notebooks/{saved}")
    stored = {other: old for other, old in read_record(STATE).items() if isinstance(old, dict)}
    write_record(STATE, {**stored, name: copy(name)})
    print(f"Fresh: my_notebooks/{name} (if it is open in JupyterLab: File > Reload Notebook from Disk)")


def workers(words):
    """Words for pytest that share the tests among the cores: not for a few tests, nor where someone looks in."""
    alone = ("-k", "-n", "--lf", "--last-failed", "--ff", "--sw", "--pdb", "--trace", "-s", "--co")
    few = any(word.startswith(alone) or (ROOT / word.partition("::")[0]).exists() for word in words)
    cores = os.cpu_count() or 1  # one worker more than those, for browsers let theirs wait; each takes a gigabyte
    return [] if few or cores < 2 else [f"--numprocesses={min(cores + 1, 4)}"]


def main(words):
    check_python()
    os.umask(os.umask(0) & 0o077)  # whatever this shell takes away, we read what we write
    if words[:1] in (["help"], ["-h"], ["--help"]):
        print(__doc__)
    elif words[:1] == ["reset"]:
        with alone():
            reset(" ".join(words[1:]))
    elif words[:1] == ["test"]:
        with alone():
            prepare(LOCK, TEST_LOCK)
        return run("pytest", *workers(words[1:]), *words[1:])
    elif words[:1] == ["site"]:
        return subprocess.call([sys.executable, str(ROOT / "tools/build_site.py"), *words[1:]])
    elif words and not words[0].startswith("-"):
        sys.exit(f"course.py does not know '{words[0]}'. It knows: test, reset, site, help.")
    else:
        with alone():
            prepare(LOCK)
            overtaken = refresh()
        for name in overtaken:
            print(f"Kept as you changed it: my_notebooks/{name}. The course has a newer one; to get it:\n"
                  f"  python3 course.py reset {number(name)}")
        print("Opening JupyterLab. To stop it: Ctrl-C in this window, then y.", flush=True)
        at_first = "--LabApp.default_url=/lab/tree/00_start_here.ipynb"
        forget = "--NotebookNotary.db_file=:memory:"  # else yesterday's panels show an error, not their stored picture
        return run("jupyterlab", f"--ServerApp.root_dir={WORK}", at_first, forget, "--log-level=WARN", *words)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit("\nStopped. Nothing is lost: start again when you like.")
    except OSError as error:
        sys.exit(f"Cannot read or write {said(error)}. "
                 "Is the course in a folder of your own, on a disk with space?")
