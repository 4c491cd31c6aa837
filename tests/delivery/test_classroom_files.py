"""What deploy/jupyterhub holds for Kubernetes and for systemd, as far as it can be judged without a cluster."""

import contextlib
import functools
import importlib.util
import json
import pathlib
import re
import socket
import subprocess
import sys
import time
import urllib.request
from types import SimpleNamespace

import pytest
import yaml

HERE = pathlib.Path(__file__).resolve().parents[2] / "deploy/jupyterhub"
VALUES = yaml.safe_load((HERE / "kubernetes/values.yaml").read_text("utf-8"))
PATIENCE = 300  # seconds; what takes longer has stuck, on the busiest machine too
SWITCH, NUMBER, WORDS, SIZE = bool, (int, float), str, (int, float, str)
# What the chart's values.schema.yaml (jupyterhub/zero-to-jupyterhub-k8s) allows of what stands in ours; it allows more.
ALLOWED = {
    "hub": {"config": dict, "concurrentSpawnLimit": int},
    "singleuser": {
        "image": {"name": WORDS, "tag": WORDS}, "cmd": list, "defaultUrl": WORDS,
        "memory": {"guarantee": SIZE, "limit": SIZE}, "cpu": {"guarantee": NUMBER, "limit": NUMBER},
        "storage": {"type": WORDS, "capacity": WORDS, "homeMountPath": WORDS},
        "networkPolicy": {"enabled": SWITCH, "egressAllowRules": {
            "nonPrivateIPs": SWITCH, "privateIPs": SWITCH, "cloudMetadataServer": SWITCH}},
    },
    "cull": {"enabled": SWITCH, "timeout": int, "every": int},
    "prePuller": {"hook": {"enabled": SWITCH}, "continuous": {"enabled": SWITCH}},
    "scheduling": {"userScheduler": {"enabled": SWITCH}, "podPriority": {"enabled": SWITCH},
                   "userPlaceholder": {"enabled": SWITCH, "replicas": int}},
}


def allowed(path):
    return functools.reduce(lambda part, name: part[name], path, ALLOWED)


def leaves(tree, path=()):
    for name, branch in tree.items():
        if isinstance(branch, dict) and isinstance(allowed((*path, name)), dict):
            yield from leaves(branch, (*path, name))
        else:
            yield (*path, name), branch


def test_the_values_for_kubernetes_have_names_and_types_that_the_chart_knows():
    for path, value in leaves(VALUES):
        assert isinstance(value, allowed(path)), path


def test_a_learner_starts_with_the_course_of_the_image():
    image = re.search(r"--target-repo-dir=(\S+)", (HERE / "README.md").read_text("utf-8"))[1]
    assert VALUES["singleuser"]["cmd"] == ["python3", f"{image}/deploy/jupyterhub/learner.py"]
    assert (HERE / "learner.py").is_file()


def test_the_service_starts_what_the_readme_installs():
    service, readme = ((HERE / name).read_text("utf-8") for name in ("catrnn-hub.service", "README.md"))
    start = re.search(r"ExecStart=(.*)", service)[1]
    assert start in readme


def test_the_proxy_is_locked_with_hashes_and_without_addresses_of_packages():
    lock = json.loads((HERE / "package-lock.json").read_text("utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert "node_modules/configurable-http-proxy" in packages
    assert all("integrity" in package and "resolved" not in package for package in packages.values())


def load(name):
    """A file of deploy/jupyterhub as a module."""
    spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_login_lasts_a_day_at_most():
    assert "c.JupyterHub.cookie_max_age_days = 1 " in (HERE / "jupyterhub_config.py").read_text("utf-8")


# Servers that nobody uses


class Server(SimpleNamespace):
    """Stands for a learner's server: its kernels, and what it calls after a file was saved."""

    def __init__(self, *kernels):
        super().__init__(kernel_manager=SimpleNamespace(list_kernels=lambda: kernels), hooks=[],
                         web_app=SimpleNamespace(settings={}))
        self.contents_manager = SimpleNamespace(register_post_save_hook=self.hooks.append)


def kernel(moment, state="idle"):
    return {"last_activity": moment, "execution_state": state}


@pytest.fixture
def idle(monkeypatch):
    """The extension, at noon."""
    module = load("catrnn_idle")
    monkeypatch.setattr(module, "time", SimpleNamespace(time=lambda: module.seconds("2026-01-01T12:00:00Z")))
    return module


def test_what_is_run_or_saved_is_use_and_what_a_page_asks_is_none(idle):
    server = Server(kernel("2026-01-01T11:20:00Z"), kernel("2026-01-01T11:50:00.5Z"))
    clock = idle.Clock(server)
    clock.used = 0  # started long ago
    assert clock.idle() == pytest.approx(599.5)
    server.hooks[0](model={}, os_path="", contents_manager=None)
    assert clock.idle() == 0
    working = idle.Clock(Server(kernel("2026-01-01T09:00:00Z", "busy")))
    working.used = 0
    assert working.idle() == 0


def test_a_server_that_nobody_uses_ends(idle, monkeypatch):
    started = []
    monkeypatch.setattr(idle, "PeriodicCallback", lambda look, _milliseconds: SimpleNamespace(
        start=lambda: started.append(look)))
    server, ended = Server(), []
    server.log, server.stop = SimpleNamespace(warning=lambda *_: None), lambda: ended.append(True)
    idle._load_jupyter_server_extension(server)
    started[0]()
    assert ended == []
    idle.time.time = lambda: idle.seconds("2026-01-01T12:30:01Z")
    started[0]()
    assert ended == [True]


IMPATIENT = """
import sys
sys.path.append(sys.argv.pop())
import catrnn_idle
from jupyterlab.labapp import main
catrnn_idle.IDLE, catrnn_idle.LOOK = 1, 0.5
main()
"""


def test_a_real_server_ends_though_a_page_asks_it_for_news_all_the_time(tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}", "--IdentityProvider.token=t",
               f"--ServerApp.root_dir={tmp_path}", "--ServerApp.jpserver_extensions=catrnn_idle=True"]
    command = [sys.executable, "-c", IMPATIENT, *options, str(HERE)]
    answers, until = 0, time.monotonic() + PATIENCE
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            while server.poll() is None and time.monotonic() < until:
                with contextlib.suppress(OSError):  # not there yet, or not any more
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/api/sessions?token=t", timeout=9).close()
                    answers += 1
            assert server.poll() == 0
        finally:
            server.kill()
    assert answers > 0


def test_the_hub_and_the_server_itself_wait_equally_long():
    config = (HERE / "jupyterhub_config.py").read_text("utf-8")
    assert int(re.search(r"^IDLE = (\d+)", config, re.MULTILINE)[1]) == load("catrnn_idle").IDLE


# A learner's start

pytest.importorskip("resource", reason="Not tested: limits of processes. They are those of POSIX.")


@pytest.fixture
def learner(monkeypatch, tmp_path):
    """learner.py, for a home of its own."""
    monkeypatch.syspath_prepend(HERE.parents[1])
    module = load("learner")
    monkeypatch.setattr(module, "HOME", tmp_path)
    monkeypatch.setattr(module, "WORK", tmp_path / "catrnn")
    return module


@pytest.mark.parametrize("trouble", [OSError(28, "No space left on device"), RecursionError("deep"), AttributeError()])
def test_no_trouble_of_the_working_copy_keeps_a_server_from_starting(learner, monkeypatch, capsys, trouble):
    def fail(copy):
        raise trouble

    with monkeypatch.context() as patch:
        patch.setattr(learner.WorkingCopy, "refresh", fail)
        assert learner.lay_out() == learner.HOME
    assert type(trouble).__name__ in capsys.readouterr().err
    learner.WORK.mkdir()
    assert learner.lay_out() == learner.WORK


LIMITED = """
import sys
sys.path[:0] = sys.argv[1:]
import learner, resource
learner.limit(resource.RLIMIT_DATA, learner.MEMORY)
import numpy as np
assert np.ones(10**6).sum() == 10**6
np.ones(3 * 10**8)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="Not tested: the limit of memory. Linux alone keeps it.")
def test_one_array_cannot_take_the_memory_of_all():
    done = subprocess.run([sys.executable, "-c", LIMITED, HERE, HERE.parents[1]], capture_output=True, text=True)
    assert "MemoryError" in done.stderr


# Accounts


class System:
    """Stands for a machine's accounts: which there are, and who has a password."""

    def __init__(self, fails_at=""):
        self.accounts, self.passwords, self.fails_at = [], {}, fails_at

    def run(self, command, input="", **_):
        if command[0] == "useradd":
            self.accounts.append(command[-1])
        elif command[0] == "chpasswd" and input.startswith(f"{self.fails_at}:"):
            raise subprocess.CalledProcessError(1, command)
        elif command[0] == "chpasswd":
            name, word = input.strip().split(":")
            self.passwords[name] = word
        word = "$y$x" if command[-1] in self.passwords else "!"
        return SimpleNamespace(stdout=f"{command[-1]}:{word}:1")

    def look_up(self, name):
        if name not in self.accounts:
            raise KeyError(name)


@pytest.fixture
def machine(monkeypatch):
    """learners.py on a machine without accounts, which fails at the third of five."""
    module, system = load("learners"), System(fails_at="cat03")
    monkeypatch.setattr(module.subprocess, "run", system.run)
    monkeypatch.setattr(module, "exists", lambda look_up, name: name in [*system.accounts, module.GROUP])
    monkeypatch.setattr(module, "members", lambda: system.accounts)
    return module, system


def test_accounts_whose_making_was_cut_off_get_their_passwords_at_the_next_run(machine, capsys):
    learners, system = machine
    with pytest.raises(subprocess.CalledProcessError):
        learners.main(["5"])
    printed = capsys.readouterr().out
    assert [line.split()[0] for line in printed.splitlines()] == ["cat01", "cat02"]
    system.fails_at = ""
    learners.main(["5"])
    printed += capsys.readouterr().out
    assert dict(line.split() for line in printed.splitlines()) == system.passwords
    assert sorted(system.passwords) == [f"cat0{n}" for n in range(1, 6)]
    learners.main(["5"])
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("words", [["3", "--help"], ["\u00b2"], ["-1"], ["3", "Cat"], ["3", "cat", "dog"], []])
def test_words_that_make_no_sense_make_no_accounts(machine, words):
    learners, system = machine
    with pytest.raises(SystemExit, match="Make accounts for a class"):
        learners.main(words)
    assert system.accounts == []
