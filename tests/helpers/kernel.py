"""Just enough of a browser to run a notebook's cells in a real kernel and move its widgets over the same messages."""

import os
import re
import tempfile
from contextlib import contextmanager
from pathlib import Path

from jupyter_client.manager import start_new_kernel

SECONDS = 300  # of patience with one message: what takes longer has stuck, on the busiest machine too


class FrontEnd:
    """Remembers every widget's state, every error, what was printed, and whether a picture came."""

    def __init__(self, client):
        self.client = client
        self.clear()

    def run(self, source: str):
        self._wait(self.client.execute(source, allow_stdin=False, stop_on_error=False))

    @contextmanager
    def in_the_place_of(self, cell: str):
        """Run a cell, or a version of it, in here: what it showed before stands on the page no more."""
        for widget in self.shown_by.pop(cell, ()):
            self.widgets.pop(widget, None)
        elsewhere = set(self.widgets)
        yield
        self.shown_by[cell] = self.widgets.keys() - elsewhere

    def megabytes(self) -> float | None:
        """Return how much memory the kernel's process holds; None where the system does not tell."""
        self.printed = ""
        self.run("print(__import__('os').getpid())")
        status = Path(f"/proc/{int(self.printed)}/status")
        return int(re.search(r"VmRSS:\s+(\d+) kB", status.read_text())[1]) / 1024 if status.exists() else None

    def clear(self):
        """Forget what was seen so far."""
        self.widgets, self.errors, self.printed, self.pictures = {}, [], "", 0
        self.shown_by = {}

    def send(self, widget: str, data: dict):
        message = self.client.session.msg("comm_msg", {"comm_id": widget, "data": data})
        self.client.shell_channel.send(message)
        self._wait(message["header"]["msg_id"])

    def move(self, widget: str, trait: str, value):
        self.send(widget, {"method": "update", "state": {trait: value}, "buffer_paths": []})

    def click(self, widget: str):
        self.send(widget, {"method": "custom", "content": {"event": "click"}})

    def _wait(self, message_id: str):
        while True:
            message = self.client.get_iopub_msg(timeout=SECONDS)
            self.note(message["msg_type"], message["content"])
            done = message["msg_type"] == "status" and message["content"]["execution_state"] == "idle"
            if done and message["parent_header"].get("msg_id") == message_id:
                return

    def note(self, kind: str, content: dict):
        """Take in what the kernel has told every page."""
        if kind == "comm_open" and content["target_name"] == "jupyter.widget":
            self.widgets[content["comm_id"]] = dict(content["data"]["state"])
        elif kind == "comm_msg" and content["comm_id"] in self.widgets:
            self.widgets[content["comm_id"]].update(content["data"].get("state", {}))
            self.pictures += ["png"] in content["data"].get("buffer_paths", [])
        elif kind == "error":
            self.errors.append(f"{content['ename']}: {content['evalue']}")
        elif kind == "stream" and content["name"] == "stderr":
            self.errors.append(content["text"])
        elif kind == "stream":
            self.printed += content["text"]


@contextmanager
def front_end(folder):
    """Start a kernel in a folder and give a FrontEnd of it. What is kept in it goes into a folder of its own."""
    with open(os.devnull, "w") as nowhere, tempfile.TemporaryDirectory() as own:
        env = {**os.environ, "CATRNN_FOLDER": own}
        manager, client = start_new_kernel(kernel_name="python3", cwd=str(folder), stderr=nowhere, env=env)
        try:
            yield FrontEnd(client)
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)


def settings(state: dict) -> list:
    """Return (trait, value) pairs: both ends and the middle of a slider, every choice, both sides of a switch.

    Into a text goes a list of days, then something that is none, then what stood there.
    """
    model = state.get("_model_name", "")
    if model in {"IntSliderModel", "BoundedIntTextModel", "PlayModel"}:
        return [("value", v) for v in (state["min"], (state["min"] + state["max"]) // 2, state["max"])]
    if model in {"FloatSliderModel", "BoundedFloatTextModel"}:
        return [("value", v) for v in (state["min"], (state["min"] + state["max"]) / 2, state["max"])]
    if model == "CheckboxModel":
        return [("value", not state["value"]), ("value", state["value"])]
    if model == "TextModel":
        return [("value", text) for text in ("0.5, 0.75 1", "a fish", state["value"])]
    if "_options_labels" in state:
        return [("index", i) for i in range(len(state["_options_labels"]))]
    return []


def sweep(page: FrontEnd) -> tuple:
    """Move every control there is; return how many moves were made, and what went wrong, in words."""
    moves, problems = 0, []
    for widget, state in list(page.widgets.items()):
        label = f"{state.get('_model_name')} {state.get('description')!r}"
        page.errors.clear()
        page.pictures = 0
        steps = settings(state)
        for trait, value in steps:
            page.move(widget, trait, value)
        if state.get("_model_name") == "ButtonModel":
            steps = ["click", "click"]
            for _ in steps:
                page.click(widget)
        moves += len(steps)
        problems += [f"{label}: {error}" for error in page.errors]
        if steps and not page.pictures:
            problems.append(f"{label}: moving it changes no picture")
    return moves, problems
