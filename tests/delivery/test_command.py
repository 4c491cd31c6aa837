"""The command `catrnn`: quick, in sentences, and on its way to JupyterLab in any environment."""

import json
import os
import pathlib
import subprocess
import sys
from types import SimpleNamespace

import pytest

from catrnn import __version__, command
from catrnn.command import again, caller, jupyter, notebooks
from tests.helpers.small_course import NOTEBOOKS, put
from tools.lab_in_browser import ROOT

WITHOUT_PACKAGES = """
import sys
sys.path.append(sys.argv[1])
from catrnn.command import LIGHT, main
for word in sorted(LIGHT - {"copy", "reset", "update"}):
    main([word])
main(["update"])
main(["reset", "07"])
main(["copy", "a copy"])
assert not {"numpy", "matplotlib", "catrnn.lab"} & sys.modules.keys()
"""


@pytest.fixture
def stand(tmp_path, monkeypatch):
    """Stand in a folder of one's own, where nobody has handed over to the command."""
    for variable in (caller.CALLED, caller.HERE, again.STARTED, "UV", "VIRTUAL_ENV"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


# Words


def test_the_light_words_work_where_no_package_is_installed(stand):
    done = subprocess.run([sys.executable, "-I", "-S", "-c", WITHOUT_PACKAGES, ROOT], capture_output=True, text=True)
    assert done.stderr == ""
    assert "catrnn reset 07" in done.stdout


def test_every_word_of_the_table_is_there_and_in_the_help():
    for word, place in command.WORDS.items():
        assert f"{{name}} {word}" in command.__doc__
        module, _, function = place.rpartition(".")
        assert callable(getattr(__import__(module, fromlist=[function]), function))
    assert {"copy", "reset", "update"} <= command.LIGHT


def test_the_version_is_that_of_the_package(capsys):
    assert command.main(["--version"]) == 0
    assert capsys.readouterr().out == f"{__version__}\n"


@pytest.mark.parametrize(("words", "said"), [
    (["tset"], r"catrnn does not know 'tset'\. It knows: .*copy, .*help, .*reset, .*update\."),
    (["update", "07"], "catrnn update"),
    (["copy"], "catrnn copy FOLDER"),
    (["copy", "a", "b"], "catrnn copy FOLDER"),
    (["copy", "--force"], "catrnn copy FOLDER"),
    (["copy", ""], "catrnn copy FOLDER"),
])
def test_what_it_cannot_do_is_said_in_a_sentence_that_helps(stand, words, said):
    with pytest.raises(SystemExit, match=said):
        command.main(words)
    assert list(stand.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="a folder that a file stands for is another error there")
def test_a_disk_that_refuses_is_named(stand):
    put(stand, {"mine": "a file where a folder must be made"})
    with pytest.raises(SystemExit, match=r"Cannot read or write mine.*: .*a folder of your own"):
        command.main(["copy", "mine/here"])


@pytest.mark.parametrize("words", [["update"], ["reset", "07"]], ids=str)
@pytest.mark.parametrize("make", [lambda path: path.write_text("mine"), lambda path: path.symlink_to("nowhere")],
                         ids=["a file", "a link that leads nowhere"])
def test_what_stands_in_the_place_of_the_working_copy_is_named_and_stays(stand, words, make):
    make(stand / "my_notebooks")
    with pytest.raises(SystemExit, match=r"my_notebooks is there and is no folder.* Rename it"):
        command.main(words)
    assert os.listdir(stand) == ["my_notebooks"]


def test_copy_writes_the_notebooks_as_a_learner_gets_them_and_overwrites_nothing(stand, capsys):
    command.main(["copy", "für Lehrer"])
    copied = {path.name: path for path in (stand / "für Lehrer").iterdir()}
    assert copied.keys() == notebooks.course_files(ROOT / "notebooks").keys()
    cells = json.loads(copied["07_train_the_cat.ipynb"].read_text("utf-8"))["cells"]
    assert not any(cell.get("outputs") for cell in cells)
    copied["07_train_the_cat.ipynb"].write_text("mine")
    with pytest.raises(SystemExit, match="für Lehrer is there already, so it is left alone"):
        command.main(["copy", "für Lehrer"])
    assert copied["07_train_the_cat.ipynb"].read_text() == "mine"


def test_who_stands_in_the_working_copy_means_that_one(stand, monkeypatch, capsys):
    command.main(["update"])
    monkeypatch.chdir(stand / "my_notebooks")
    command.main(["reset", "07"])
    assert not (stand / "my_notebooks/my_notebooks").exists()


@pytest.mark.parametrize(("variables", "called"), [
    ({}, "catrnn"),
    ({"UV": "/bin/uv"}, "uvx catrnn"),
    ({"UV": "/bin/uv", "VIRTUAL_ENV": "/venv"}, "catrnn"),  # uv run
    ({"UV": "/bin/uv", caller.CALLED: "python3 course.py"}, "python3 course.py"),
])
def test_it_says_what_to_type_as_it_was_called(stand, monkeypatch, variables, called):
    for variable, value in variables.items():
        monkeypatch.setenv(variable, value)
    assert caller.name() == called


def test_the_notebooks_lie_beside_the_package_in_a_clone_and_within_it_elsewhere(tmp_path):
    put(tmp_path / "clone", {"pyproject.toml": "", "notebooks/00.ipynb": "", "catrnn/__init__.py": ""})
    put(tmp_path / "site-packages", {"notebooks/__init__.py": "of another project", "catrnn/notebooks/00.ipynb": ""})
    assert notebooks.find(tmp_path / "clone/catrnn") == tmp_path / "clone/notebooks"
    assert notebooks.find(tmp_path / "site-packages/catrnn") == tmp_path / "site-packages/catrnn/notebooks"


# On the way to JupyterLab


@pytest.fixture
def opened(stand, monkeypatch):
    """The command with which JupyterLab would be run, and its variables."""
    seen = {}
    put(stand / "notebooks", NOTEBOOKS)
    monkeypatch.setattr(jupyter, "run", lambda command, env: seen.update(command=command, env=env) or 0)
    return seen


def test_jupyterlab_opens_at_notebook_00_and_asks_nobody_for_news(opened, stand):
    assert command.main(["--no-browser"]) == 0
    assert f"--ServerApp.root_dir={stand / 'my_notebooks'}" in opened["command"]
    assert "--LabApp.default_url=/lab/tree/00_start_here.ipynb" in opened["command"]
    assert opened["command"][-1] == "--no-browser"
    settings = pathlib.Path(opened["env"]["JUPYTER_CONFIG_PATH"].split(os.pathsep)[0])
    (asked,) = json.loads((settings / "labconfig/default_setting_overrides.json").read_text()).values()
    assert asked == {"checkForUpdates": False, "fetchNews": "false"}


def test_settings_of_the_learners_own_come_after_and_are_kept(opened, monkeypatch):
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "/mine")
    command.main([])
    assert opened["env"]["JUPYTER_CONFIG_PATH"].endswith(f"{os.pathsep}/mine")


@pytest.mark.parametrize(("shell", "threads"), [({}, "1"), ({"OPENBLAS_NUM_THREADS": "4"}, "4")])
def test_a_kernels_sums_take_one_core_unless_the_shell_says_otherwise(opened, monkeypatch, shell, threads):
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)  # the tests themselves run with it
    for name, value in shell.items():
        monkeypatch.setenv(name, value)
    command.main([])
    assert opened["env"]["OPENBLAS_NUM_THREADS"] == threads


@pytest.mark.skipif(os.name == "nt", reason="no Unix sockets there")
@pytest.mark.parametrize(("folder", "is_private"), [("/run/user/1", True), ("/" + "ö" * 30, False)])
def test_kernels_listen_on_files_where_the_path_is_short_enough(opened, monkeypatch, folder, is_private):
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", folder)
    command.main([])
    assert ("--KernelManager.transport=ipc" in opened["command"]) == is_private


@pytest.mark.parametrize(("user", "words", "times"), [(0, [], 1), (0, ["--allow-root"], 1), (1000, [], 0)])
def test_root_gets_in_too_and_is_told(opened, monkeypatch, capsys, user, words, times):
    monkeypatch.setattr(os, "geteuid", lambda: user, raising=False)
    command.main(words)
    assert opened["command"].count("--allow-root") == times
    assert ("You are root" in capsys.readouterr().out) == (times > len(words))


# Where JupyterLab is missing


@pytest.fixture
def missing(stand, monkeypatch):
    """No JupyterLab, and uv only where a test puts it; the commands that would be run."""
    commands = []
    monkeypatch.setattr(jupyter.importlib.util, "find_spec", lambda module: None)
    monkeypatch.setattr(again, "run", lambda command, env: commands.append((command, env)) or 0)
    monkeypatch.setattr(again.shutil, "which", lambda program: None)
    monkeypatch.setattr(again, "requirement", lambda: "catrnn[lab]==1")
    return SimpleNamespace(commands=commands, folder=stand)


def test_without_uv_it_says_what_to_type_and_makes_nothing(missing):
    with pytest.raises(SystemExit, match=r'pip install "catrnn\[lab\]"\n.*pipx run --spec "catrnn\[lab\]" catrnn'):
        command.main([])
    assert list(missing.folder.iterdir()) == []


def test_under_uv_it_starts_again_with_jupyterlab_beside_it_but_once(missing, monkeypatch):
    monkeypatch.setenv("UV", "/bin/uv")
    assert command.main(["--no-browser"]) == 0
    [(words, variables)] = missing.commands
    assert words == ["/bin/uv", "tool", "run", "--from", "catrnn[lab]==1", "catrnn", "--no-browser"]
    monkeypatch.setattr(os, "environ", variables)
    with pytest.raises(SystemExit, match="pip install"):
        command.main([])


def test_uv_on_the_path_will_do(missing, monkeypatch):
    monkeypatch.setattr(again.shutil, "which", lambda program: f"/usr/bin/{program}")
    command.main([])
    assert missing.commands[0][0][0] == "/usr/bin/uv"


@pytest.mark.parametrize(("origin", "asked"), [
    (None, "catrnn[lab]==7"),
    ({"url": "file:///tmp/%C3%9C/catrnn-7-py3-none-any.whl", "archive_info": {}},
     "catrnn[lab] @ file:///tmp/%C3%9C/catrnn-7-py3-none-any.whl"),
    ({"url": "file:///home/me/catrnn", "dir_info": {"editable": True}}, "catrnn[lab] @ file:///home/me/catrnn"),
    ({"url": "https://example.org/catrnn", "vcs_info": {"vcs": "git", "commit_id": "a1"}},
     "catrnn[lab] @ git+https://example.org/catrnn@a1"),
])
def test_it_asks_for_the_very_course_that_is_installed(monkeypatch, origin, asked):
    course = SimpleNamespace(version="7", read_text=lambda file: origin and json.dumps(origin))
    monkeypatch.setattr(again.metadata, "distribution", lambda package: course)
    assert again.requirement() == asked
