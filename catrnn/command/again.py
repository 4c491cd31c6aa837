"""Where JupyterLab is missing: start again with it under uv, or say what to type."""

import json
import os
import shutil
import sys
from importlib import metadata

from catrnn.command.processes import run

STARTED = "CATRNN_STARTED_AGAIN"
"""The variable that keeps a start from starting again without end."""


def requirement():
    """Return how this very course is asked for with JupyterLab: by its version, or by its file."""
    course = metadata.distribution("catrnn")
    origin = json.loads(course.read_text("direct_url.json") or "{}")  # PEP 610
    if "url" not in origin:
        return f"catrnn[lab]=={course.version}"
    if "vcs_info" in origin:
        vcs = origin["vcs_info"]
        return f"catrnn[lab] @ {vcs['vcs']}+{origin['url']}@{vcs['commit_id']}"
    return f"catrnn[lab] @ {origin['url']}"


def start_again(words):
    """Start the course under uv with JupyterLab beside it; return its exit code."""
    uv = os.environ.get("UV") or shutil.which("uv")
    if not uv or STARTED in os.environ:
        sys.exit('JupyterLab is not installed beside the course. Type: pip install "catrnn[lab]"\n'
                 '(with pipx: pipx run --spec "catrnn[lab]" catrnn), then start again.')
    print("JupyterLab is not installed beside the course: uv fetches it (once, some seconds) ...",
          flush=True)
    return run([uv, "tool", "run", "--from", requirement(), "catrnn", *words],
               env={**os.environ, STARTED: "1"})
