"""A real JupyterHub with its proxy, as deploy/jupyterhub sets it up: learners work, and cannot reach one another."""

import json
import os
import subprocess

import pytest

pytest.importorskip("grp", reason="Not tested: the classroom. Its accounts are those of Linux.")

from tests.helpers.kernel import FrontEnd, sweep
from tools import classroom
from tools.lab_in_browser import ROOT

TROUBLE = classroom.missing()
pytestmark = pytest.mark.skipif(bool(TROUBLE), reason=f"Not tested: the classroom. In this place {TROUBLE}.")
PREFIX = "catrnntest"
NAMES = """
import json, os, pathlib, pwd
from ipykernel import get_connection_info
print(pwd.getpwuid(os.getuid()).pw_name, pathlib.Path.cwd(), json.loads(get_connection_info())["transport"])
"""
REACH = """
import os, pathlib
for attempt in (lambda: list(pathlib.Path({home!r}).iterdir()), lambda: os.kill({process}, 0),
                lambda: pathlib.Path("/proc/{process}/environ").read_bytes()):
    try:
        print(attempt())
    except PermissionError:
        print("no")
"""


@pytest.fixture(scope="module")
def left():
    """What a run leaves that is killed: an account, and a process of its own."""
    classroom.learners.GROUP = f"{PREFIX}-learners"
    classroom.learners.add(1, PREFIX)
    with subprocess.Popen(["sleep", "infinity"], user=f"{PREFIX}01") as process:
        yield process
        process.kill()


@pytest.fixture(scope="module")
def learners(left):
    """Two learners, signed in, each with a server."""
    with classroom.hub(2, PREFIX) as learners:
        for learner in learners:
            assert learner.sign_in("not it").status_code == 403
            assert learner.sign_in().status_code == 302
            learner.start_server()
        yield learners


def said(learner, code):
    with learner.kernel() as kernel:
        page = FrontEnd(kernel)
        page.run(code)
        assert page.errors == []
        return page.printed.split()


def test_what_a_killed_run_has_left_is_removed_before_the_next(learners, left):
    assert left.poll() is not None
    assert [learner.name for learner in learners] == [f"{PREFIX}01", f"{PREFIX}02"]


def test_a_learner_finds_the_course_runs_notebook_07_and_moves_every_control(learners):
    learner = learners[0]
    names = {file["name"] for file in learner.ask("GET", "contents").json()["content"]}
    assert names >= {path.name for path in (ROOT / "notebooks").glob("*.ipynb")}
    with learner.kernel() as kernel:
        page = FrontEnd(kernel)
        for cell in learner.ask("GET", "contents/07_train_the_cat.ipynb").json()["content"]["cells"]:
            if cell["cell_type"] == "code":
                page.run(cell["source"])
        assert page.errors == []
        moves, problems = sweep(page)
    assert moves > 10
    assert problems == []


def test_what_a_learner_saves_is_there_after_the_server_was_started_again(learners):
    learner = learners[0]
    path = "contents/07_train_the_cat.ipynb"
    notebook = learner.ask("GET", path).json()["content"]
    notebook["cells"][0]["source"] = "# My own title"
    assert learner.ask("PUT", path, json={"type": "notebook", "content": notebook}).ok
    headers = {"X-XSRFToken": learner.xsrf("/hub/"), "Referer": f"{learner.address}/hub/home"}
    learner.browser.delete(f"{learner.address}/hub/api/users/{learner.name}/server", headers=headers)
    learner.start_server()
    assert learner.ask("GET", path).json()["content"]["cells"][0]["source"] == "# My own title"


def test_a_kernel_runs_as_its_learner_in_a_home_of_their_own_and_is_heard_on_no_port(learners):
    for learner in learners:
        name, folder, transport = said(learner, NAMES)
        assert name == learner.name
        assert folder == f"/home/{learner.name}/catrnn"
        assert os.stat(f"/home/{learner.name}").st_mode & 0o777 == 0o700
        assert transport == "ipc"  # by tcp, everyone on the machine could listen to its answers


def test_no_learner_reaches_the_files_or_the_processes_of_another(learners):
    one, other = learners
    with one.kernel() as kernel:
        page = FrontEnd(kernel)
        page.run("import os; print(os.getpid())")
        process = int(page.printed)
        assert said(other, REACH.format(home=f"/home/{one.name}", process=process)) == ["no"] * 3


@pytest.mark.parametrize("path", ["contents", "kernels", "sessions", "terminals"])
def test_no_learner_reaches_the_server_of_another(learners, path):
    one, other = learners
    assert other.ask("GET", path).ok
    assert other.ask("GET", path, whose=one.name).status_code == 403
    headers = {"Authorization": f"token {other.token()}"}
    with_a_token = classroom.requests.get(one.url(f"api/{path}"), headers=headers)
    assert with_a_token.status_code == 403


def test_the_hub_tells_no_learner_of_another(learners):
    one, other = learners
    headers = {"Authorization": f"token {other.token()}"}
    seen = classroom.requests.get(f"{one.address}/hub/api/users/{one.name}", headers=headers)
    assert seen.status_code in (403, 404)
    assert one.name not in json.dumps(classroom.requests.get(f"{one.address}/hub/api/users", headers=headers).json())
