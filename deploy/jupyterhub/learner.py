"""Started by the Hub in place of `jupyterhub-singleuser`, as the learner: lay out the working copy, then serve it.

The copy is ~/catrnn. It follows the course by the rules of course.py: nothing that the learner wrote is overwritten.
"""

import os
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import course  # noqa: E402

WORK = pathlib.Path.home() / "catrnn"
KERNELS = "--KernelManager.transport=ipc"
"""A kernel listens on files in the learner's own folder. On the machine's ports everyone could read its answers."""
ALONE = ("--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate", "--LabApp.news_url=None")
"""Nobody is asked for newer versions or for news."""


def main(words):
    os.umask(0o077)
    course.WORK, course.STATE = WORK, WORK / course.STATE.name
    course.refresh()
    server = [sys.executable, "-m", "jupyterhub.singleuser", f"--ServerApp.root_dir={WORK}", KERNELS, *ALONE, *words]
    os.execv(server[0], server)


if __name__ == "__main__":
    main(sys.argv[1:])
