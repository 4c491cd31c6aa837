"""A JupyterHub as deploy/jupyterhub sets it up, on loopback, and learners who use it: for the tests and the load test.

Needs Linux, root (it makes accounts, and removes them again), npm, and a Python that every account may run.
"""

import contextlib
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time

import requests
import websocket
from jupyter_client.session import Session

from deploy.jupyterhub import learners

ROOT = pathlib.Path(__file__).resolve().parent.parent
FOLDER = "catrnn-hub-"  # how the names of its folders begin, among others' temporary ones
START = 600  # seconds of patience with a server
COPIED = ("catrnn", "notebooks", "deploy", "course.py", "pyproject.toml")
CONFIG = """
load_subconfig({config!r})
c = get_config()
c.JupyterHub.bind_url = "http://127.0.0.1:{ports[0]}"
c.JupyterHub.hub_port = {ports[1]}
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{ports[2]}"
c.ConfigurableHTTPProxy.command = [{proxy!r}, "--log-level=error"]
c.ConfigurableHTTPProxy.pid_file = {state!r} + "/proxy.pid"
c.JupyterHub.db_url = "sqlite:///" + {state!r} + "/hub.sqlite"
c.JupyterHub.cookie_secret_file = {state!r} + "/cookie_secret"
c.JupyterHub.log_level = "WARN"
c.PAMAuthenticator.allowed_groups = {{{group!r}}}
c.Spawner.environment = {environment!r}
"""


# What it needs


def open_to_all(path):
    """Whether every account of the machine can come to a file and read it."""
    path = pathlib.Path(path).resolve()
    return all(place.stat().st_mode & 0o005 == 0o005 for place in path.parents) and bool(path.stat().st_mode & 0o004)


def missing():
    """Return what is missing here, in words; an empty text when all is there."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return "it makes accounts, so it runs on Linux and as root alone"
    if not all(map(shutil.which, ("npm", "useradd", "chpasswd", "pkill"))):
        return "npm, useradd, chpasswd and pkill are needed"
    if not (open_to_all(sys.executable) or python_for_all()):
        return f"other accounts cannot run {sys.executable}, and there is no other Python of its version"
    return ""


def python_for_all():
    """The system's own Python, if it is of this very version."""
    system = f"/usr/bin/python{sys.version_info[0]}.{sys.version_info[1]}"
    return system if os.path.exists(system) and open_to_all(pathlib.Path(ROOT, "course.py")) else ""


def make_python(folder):
    """Return a Python that every account can run, with the packages of this one."""
    if open_to_all(sys.executable):
        return sys.executable
    subprocess.run([python_for_all(), "-m", "venv", "--without-pip", folder], check=True)
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    packages = pathlib.Path(sys.prefix, "lib", version, "site-packages")
    link = pathlib.Path(folder, "lib", version, "site-packages/borrowed.pth")
    link.write_text(f"import site; site.addsitedir({str(packages)!r})\n", "utf-8")
    return str(pathlib.Path(folder, "bin/python"))


def environment(course):
    """What a server has to know to find the course, and JupyterLab, even if the Python is a borrowed one."""
    prefix = pathlib.Path(sys.prefix)
    return {"PYTHONPATH": str(course), "JUPYTER_PATH": str(prefix / "share/jupyter"),
            "JUPYTER_CONFIG_PATH": str(prefix / "etc/jupyter"), "JUPYTERLAB_DIR": str(prefix / "share/jupyter/lab")}


# The Hub


def free_ports(number):
    sockets = [socket.socket() for _ in range(number)]
    for s in sockets:
        s.bind(("127.0.0.1", 0))
    ports = [s.getsockname()[1] for s in sockets]
    for s in sockets:
        s.close()
    return ports


@contextlib.contextmanager
def accounts(number, prefix):
    """Make accounts in a group of their own, and remove them with all that is theirs; yields names and passwords."""
    learners.GROUP = f"{prefix}-learners"
    try:
        yield learners.add(number, prefix)
    finally:
        learners.remove()
        subprocess.run(["groupdel", learners.GROUP], check=False)


@contextlib.contextmanager
def alone():
    """Wait for any other Hub of the kind: accounts are the machine's. One that was killed holds no lock."""
    import fcntl  # here, for other systems than Unix lack it

    with open(pathlib.Path(tempfile.gettempdir(), f"{FOLDER}lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def remove_leftovers(prefix):
    """Remove what a killed run has left: its Hub with all that it started, its folder, its accounts."""
    for place in pathlib.Path(tempfile.gettempdir()).glob(f"{FOLDER}*/"):
        end_all(place)
        shutil.rmtree(place, ignore_errors=True)
    learners.GROUP = f"{prefix}-learners"
    for name in learners.members():
        subprocess.run(["pkill", "-KILL", "-U", name], check=False)
        subprocess.run(["userdel", "--force", "--remove", name], check=True, stderr=subprocess.DEVNULL)


def end_all(place):
    """End every process that works in a folder or below it."""
    for folder in pathlib.Path("/proc").glob("[0-9]*/cwd"):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # it has ended by itself
            if pathlib.Path(os.readlink(folder)).is_relative_to(place):
                os.kill(int(folder.parent.name), signal.SIGKILL)


@contextlib.contextmanager
def hub(number, prefix="catrnntest"):
    """A running Hub, from a copy of the course that everyone can read; yields its learners, not yet signed in."""
    with alone():
        remove_leftovers(prefix)
        with started(number, prefix) as class_of_learners:
            yield class_of_learners


@contextlib.contextmanager
def started(number, prefix):
    """Start it, and end it with all that it needed."""
    with tempfile.TemporaryDirectory(prefix=FOLDER) as temp, accounts(number, prefix) as words:
        place = pathlib.Path(temp)
        place.chmod(0o755)
        for name in COPIED:
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            copy(ROOT / name, place / name)
        (place / "state").mkdir(mode=0o700)
        deploy = place / "deploy/jupyterhub"
        subprocess.run(["npm", "ci", "--silent", "--no-audit", "--no-fund"], cwd=deploy, check=True)
        python, ports = make_python(place / "venv"), free_ports(3)
        config = CONFIG.format(config=str(deploy / "jupyterhub_config.py"), ports=ports, state=str(place / "state"),
                               proxy=str(deploy / "node_modules/.bin/configurable-http-proxy"), group=learners.GROUP,
                               environment=environment(place))
        (place / "state/config.py").write_text(config, "utf-8")
        log = place / "state/log"
        env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "JUPYTER"))}
        with log.open("wb") as out:
            command = [python, "-m", "jupyterhub", "-f", place / "state/config.py"]
            process = subprocess.Popen(command, cwd=place / "state", env={**env, "PYTHONPATH": str(place)},
                                       stdout=out, stderr=out)
        try:
            address = f"http://127.0.0.1:{ports[0]}"
            wait_for(f"{address}/hub/login", process, log)
            yield [Learner(address, name, word) for name, word in words.items()]
        finally:
            process.terminate()
            process.wait(60)


def wait_for(address, process, log):
    deadline = time.monotonic() + START
    while process.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(requests.ConnectionError):
            if requests.get(address, timeout=10).ok:
                return
        time.sleep(0.2)
    raise RuntimeError("JupyterHub did not start:\n" + log.read_text("utf-8", "replace")[-2000:])


# A learner


class Learner:
    """Somebody with a name and a password in front of a browser, as far as the Hub can tell."""

    def __init__(self, address, name, password):
        self.address, self.name, self.password = address, name, password
        self.browser = requests.Session()

    def url(self, path, whose=None):
        return f"{self.address}/user/{whose or self.name}/{path}"

    def sign_in(self, password=None):
        """Fill in the form; return what the Hub answers."""
        login = f"{self.address}/hub/login"
        self.browser.get(login)
        form = {"username": self.name, "password": password or self.password, "_xsrf": self.xsrf("/hub/")}
        return self.browser.post(login, data=form, allow_redirects=False)

    def xsrf(self, path):
        return self.browser.cookies.get("_xsrf", path=path)

    def start_server(self):
        """Wait until JupyterLab's page comes; return after how many seconds."""
        begin = time.monotonic()
        self.browser.get(f"{self.address}/hub/spawn")
        while time.monotonic() < begin + START:
            page = self.browser.get(self.url("lab"))
            if page.ok and page.url.startswith(self.url("")) and "spawn-pending" not in page.url:
                return time.monotonic() - begin
            time.sleep(0.3)
        raise RuntimeError(f"The server of {self.name} did not start in {START} seconds: {page.status_code} {page.url}")

    def ask(self, verb, path, whose=None, **more):
        """Ask the API of a server, this learner's or somebody else's."""
        headers = {"X-XSRFToken": self.xsrf(f"/user/{self.name}/") or "", "Referer": self.url("lab")}
        return self.browser.request(verb, self.url(f"api/{path}", whose), headers=headers, **more)

    def token(self):
        """A token for this learner's own server, as a program of theirs would use."""
        headers = {"X-XSRFToken": self.xsrf("/hub/"), "Referer": f"{self.address}/hub/token"}
        made = self.browser.post(f"{self.address}/hub/api/users/{self.name}/tokens", headers=headers, json={})
        made.raise_for_status()
        return made.json()["token"]

    @contextlib.contextmanager
    def kernel(self):
        """A kernel of this learner's, spoken with over a websocket through the Hub's proxy."""
        made = self.ask("POST", "kernels", json={"name": "python3", "path": ""})
        made.raise_for_status()
        kernel = Kernel(self, made.json()["id"])
        try:
            yield kernel
        finally:
            kernel.socket.close()
            self.ask("DELETE", f"kernels/{kernel.id}")


class Kernel:
    """Speaks as `tests/helpers/kernel.py` wants it, in the words of the browser."""

    def __init__(self, learner, number):
        self.id, self.session, self.shell_channel = number, Session(), self
        address = learner.url(f"api/kernels/{number}/channels?session_id={self.session.session}")
        cookies = "; ".join(f"{c.name}={c.value}" for c in learner.browser.cookies
                            if c.path in ("/", f"/user/{learner.name}/"))
        self.socket = websocket.create_connection(re.sub("^http", "ws", address), cookie=cookies, timeout=120)

    def send(self, message):
        parts = {name: message[name] for name in ("header", "parent_header", "metadata", "content")}
        self.socket.send(json.dumps({**parts, "channel": "shell"}, default=str))

    def execute(self, source, allow_stdin=False, stop_on_error=False):
        content = {"code": source, "silent": False, "store_history": True, "user_expressions": {},
                   "allow_stdin": allow_stdin, "stop_on_error": stop_on_error}
        message = self.session.msg("execute_request", content)
        self.send(message)
        return message["header"]["msg_id"]

    def get_iopub_msg(self, timeout):
        """The next message to all; one with a picture comes as bytes, its text first."""
        self.socket.settimeout(timeout)
        while True:
            data = self.socket.recv()
            if isinstance(data, bytes):
                (parts,) = struct.unpack(">I", data[:4])
                begins = struct.unpack(f">{parts}I", data[4:4 + 4 * parts])
                data = data[begins[0]:begins[1] if parts > 1 else None]
            message = json.loads(data)
            if message["channel"] == "iopub":
                return {**message, "msg_type": message["header"]["msg_type"]}
