"""JupyterLab, opened at notebook 00 of the working copy."""

import importlib.util
import os
import socket
import sys

from catrnn.command.again import start_again
from catrnn.command.processes import run
from catrnn.command.words import follow, tell_kept

SOCKET = 103
"""Bytes of a Unix socket's path at most, on macOS; Linux takes four more."""

KERNEL = len("/kernel-01234567-0123-0123-0123-0123456789ab-ipc-10")
"""What a kernel's connection file adds to the path of its folder."""

QUIET = (
    "--NotebookNotary.db_file=:memory:",  # else yesterday's panels show an error, not their picture
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.news_url=None",
    "--log-level=WARN",
)
"""Nobody is asked for news or for newer versions, and the terminal shows what is wrong, no more."""


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


def open_course(words):
    """Bring the working copy up to date and open JupyterLab; return its exit code."""
    if not importlib.util.find_spec("jupyterlab"):
        return start_again(words)
    folder, news = follow()
    tell_kept(news.untold)
    options = [f"--ServerApp.root_dir={folder}", "--LabApp.default_url=/lab/tree/00_start_here.ipynb",
               *QUIET, *private(), *as_root(words)]
    print("Opening JupyterLab. To stop it: Ctrl-C in this window, then y.", flush=True)
    os.environ.setdefault("JUPYTER_PREFER_ENV_PATH", "1")  # this Python's kernel before all others
    return run([sys.executable, "-m", "jupyterlab", *options, *words])
