"""A kernel for handed-in code: it hears one request at a time, and ends when it is told to."""

import ast
import contextlib
import os
import queue
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import matplotlib
from jupyter_client.blocking import BlockingKernelClient
from jupyter_client.connect import write_connection_file

LAUNCHER = Path(__file__).with_name("apart.py")
START, GRACE = 120, 5
"""Seconds for a kernel to start on a busy machine, and for one that was interrupted to say so."""

PASSED_ON = ("PATH", "PYTHONPATH", "SYSTEMROOT", "LANG", "LC_ALL", "LD_LIBRARY_PATH")
"""Of this shell's variables, those that the code gets: none that could hold a secret."""


class Ended(Exception):
    """The kernel is no more."""


def can_cut_network() -> bool:
    """Whether code can be run without a network here."""
    return subprocess.run([sys.executable, str(LAUNCHER), "probe"], check=False).returncode == 0


class Kernel:
    """Starts in a folder of its own, with limits, and ends with the block in which it is used."""

    def __init__(self, folder: Path, megabytes: int, cut: bool):
        home, work = folder / "home", folder / "work"
        home.mkdir()
        work.mkdir(exist_ok=True)
        for fonts in Path(matplotlib.get_cachedir()).glob("fontlist-*.json"):
            shutil.copy(fonts, home)  # else Matplotlib looks for them once more
        connection = folder / "kernel.json"
        where = {"transport": "ipc", "ip": str(folder / "k")} if cut else {}
        write_connection_file(str(connection), **where)
        command = [sys.executable, str(LAUNCHER), str(megabytes), "cut" if cut else "open",
                   "-f", str(connection)]
        self.process = subprocess.Popen(command, cwd=work, env=environment(home, work),
                                        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL, start_new_session=True)
        self.client = BlockingKernelClient(connection_file=str(connection))
        self.client.load_connection_file()
        self.client.start_channels(iopub=False, stdin=False, hb=False, control=False)

    def __enter__(self):
        return self

    def __exit__(self, *problem):
        self.client.stop_channels()
        self.end()

    def end(self) -> None:
        """End the kernel and what it started."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if os.name == "posix":
                os.killpg(self.process.pid, signal.SIGKILL)
            else:
                self.process.kill()
        self.process.wait()

    def start(self) -> None:
        """Wait until the kernel hears. Raises Ended."""
        if self.reply(self.client.kernel_info(), START) is None:
            self.end()
            raise Ended

    def run(self, code: str, seconds: float, asked: str = "") -> tuple:
        """Run some code; return what it raised, in words, and what it answers to an expression.

        A code that takes longer is interrupted, and what it raised is "KeyboardInterrupt". Raises
        Ended if the kernel ends, or has to be ended.
        """
        message = self.client.execute(code, allow_stdin=False, stop_on_error=False,
                                      store_history=not asked,
                                      user_expressions={"asked": asked} if asked else None)
        reply = self.reply(message, seconds) or self.interrupted(message)
        raised = f"{reply['ename']}: {reply['evalue']}" if reply["status"] == "error" else ""
        answer = reply.get("user_expressions", {}).get("asked", {})
        try:
            return raised, ast.literal_eval(answer["data"]["text/plain"])
        except (KeyError, ValueError, SyntaxError):  # it hides what it gives
            return raised, None

    def interrupted(self, message: str) -> dict:
        """Interrupt what runs; return the reply. Raises Ended."""
        if os.name == "posix":
            os.kill(self.process.pid, signal.SIGINT)
            if reply := self.reply(message, GRACE):
                return reply
        self.end()
        raise Ended

    def reply(self, message: str, seconds: float) -> dict | None:
        """Return the reply to a message; None if none came in time. Raises Ended."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                reply = self.client.get_shell_msg(timeout=0.2)
            except queue.Empty:
                if self.process.poll() is not None:
                    raise Ended from None
                continue
            if reply["parent_header"].get("msg_id") == message:
                return reply["content"]
        return None


def environment(home: Path, work: Path) -> dict:
    """Return the variables of a kernel: its homes are folders that go away with it."""
    own = dict.fromkeys(("HOME", "USERPROFILE", "MPLCONFIGDIR", "IPYTHONDIR", "JUPYTER_CONFIG_DIR",
                         "JUPYTER_RUNTIME_DIR", "TMPDIR", "TEMP", "TMP"), str(home))
    kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    if os.name == "posix":
        own["JPY_PARENT_PID"] = str(os.getpid())  # the kernel ends when we do
    return {**kept, **own, "CATRNN_FOLDER": str(work), "OPENBLAS_NUM_THREADS": "1"}
