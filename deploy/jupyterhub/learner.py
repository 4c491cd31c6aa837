"""Started by the Hub in place of `jupyterhub-singleuser`, as the learner: lay out the working copy, then serve it.

The copy is ~/catrnn. It follows the course as the command `catrnn` says: nothing that the learner wrote is overwritten.
No trouble with the copy keeps the server from starting: without it nobody could delete a file from a full disk.
"""

import os
import pathlib
import resource
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT))

from catrnn.command.jupyter import ONE_CORE  # noqa: E402
from catrnn.command.working_copy import WorkingCopy  # noqa: E402

HOME = pathlib.Path.home()
WORK = HOME / "catrnn"
KERNELS = "--KernelManager.transport=ipc"
"""A kernel listens on files in the learner's own folder. On the machine's ports everyone could read its answers."""
ALONE = ("--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate", "--LabApp.news_url=None")
"""Nobody is asked for newer versions or for news."""
ENDS = "--ServerApp.jpserver_extensions=catrnn_idle=True"
"""The server ends when nobody does anything, whatever an open page asks."""
SERVE = f"import sys; sys.path.append({str(HERE)!r}); from jupyterhub.singleuser import main; main()"

MEMORY = 1500 * 2**20
"""Bytes that one process of a learner may fill, as in kubernetes/values.yaml: a larger array is a MemoryError."""
PROCESSES = 512
"""Processes and threads of one learner."""


def limit(kind, most):
    """Let this process and all that it starts have no more than that of something."""
    _, hard = resource.getrlimit(kind)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (most, most))


def lay_out():
    """Bring the working copy up to date; return the folder to serve."""
    try:
        WorkingCopy(WORK).refresh()
    except Exception as trouble:  # whatever it is: it can only be mended in a server that has started
        print(f"The working copy was not brought up to date: {type(trouble).__name__}: {trouble}", file=sys.stderr)
    return WORK if WORK.is_dir() else HOME


def main(words):
    os.umask(0o077)
    os.environ.update(ONE_CORE)
    limit(resource.RLIMIT_DATA, MEMORY)
    limit(resource.RLIMIT_NPROC, PROCESSES)
    server = [sys.executable, "-c", SERVE, f"--ServerApp.root_dir={lay_out()}", KERNELS, *ALONE, ENDS, *words]
    os.execv(server[0], server)


if __name__ == "__main__":
    main(sys.argv[1:])
