"""JupyterLab, opened at notebook 00 of the working copy."""

import importlib.util
import os
import pathlib
import socket
import sys

from catrnn.command.again import start_again
from catrnn.command.processes import run
from catrnn.command.words import follow, tell_kept

SOCKET = 103
"""Bytes of a Unix socket's path at most, on macOS; Linux takes four more."""

KERNEL = len("/kernel-01234567-0123-0123-0123-0123456789ab-ipc-10")
"""What a kernel's connection file adds to the path of its folder."""

FORGET = "--NotebookNotary.db_file=:memory:"
"""Else yesterday's panels show an error, not their stored picture."""

SETTINGS = pathlib.Path(__file__).parent / "settings"
"""JupyterLab's defaults, where it looks for them: nobody is asked about news or new versions."""


ONE_CORE = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
"""For the sums of a kernel: on a busy machine two threads of one small product wait for each other,
and the network of notebook 16 learns ten times as long."""


def private():
    """Let kernels listen on files of the learner's own, not on ports, where such files can be."""
    from jupyter_core.paths import jupyter_runtime_dir  # comes with JupyterLab

    if os.name == "nt" or not hasattr(socket, "AF_UNIX"):
        return []
    fits = len(os.fsencode(jupyter_runtime_dir())) + KERNEL <= SOCKET
    return ["--KernelManager.transport=ipc"] if fits else []


def as_root(words):
    """JupyterLab does not start for root unless told to."""
    if not hasattr(os, "geteuid") or os.geteuid() or "--allow-root" in words:
        return []
    print("You are root here, so JupyterLab is told --allow-root.")
    return ["--allow-root"]


def environment():
    """This shell's variables; the course's settings and this Python's kernel come first. Sums take
    one core unless the shell says otherwise."""
    places = filter(None, [str(SETTINGS), os.environ.get("JUPYTER_CONFIG_PATH")])
    return {"JUPYTER_PREFER_ENV_PATH": "1", **ONE_CORE, **os.environ,
            "JUPYTER_CONFIG_PATH": os.pathsep.join(places)}


def open_course(words):
    """Bring the working copy up to date and open JupyterLab; return its exit code."""
    if not importlib.util.find_spec("jupyterlab"):
        return start_again(words)
    folder, news = follow()
    tell_kept(folder, news.untold)
    options = [f"--ServerApp.root_dir={folder}",
               "--LabApp.default_url=/lab/tree/00_start_here.ipynb", FORGET,
               "--log-level=WARN", *private(), *as_root(words)]
    print("Opening JupyterLab. To stop it: Ctrl-C in this window, then y.", flush=True)
    # -P: no file of the folder where we stand hides a module of Python's own
    return run([sys.executable, "-P", "-m", "jupyterlab", *options, *words], env=environment())
