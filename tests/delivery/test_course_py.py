"""course.py, in throw-away folders and without a network: what a learner is told, and that no work is lost."""

import ast
import importlib.util
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
from types import SimpleNamespace

import pytest

from catrnn.command.caller import CALLED, HERE
from catrnn.command.files import hold, read_record, write_record
from tests.helpers.small_course import NOTEBOOKS, put

COURSE = pathlib.Path(__file__).resolve().parents[2] / "course.py"
PATIENCE = 300  # seconds; what takes longer has stuck, on the busiest machine too
VENV_PYTHON = ".venv/Scripts/python.exe" if os.name == "nt" else ".venv/bin/python"

# A project without dependencies that builds with the standard library alone, and a program that says how it was run.
PYPROJECT = """
[project]
name = "stub"
version = "1"
[build-system]
requires = []
build-backend = "stub_build"
backend-path = ["."]
"""
STUB_BUILD = """
import os, zipfile
def build_editable(folder, *_):
    with zipfile.ZipFile(folder + "/stub-1-py3-none-any.whl", "w") as wheel:
        wheel.writestr("stub.py", "")
        wheel.writestr("stub.pth", os.getcwd())
        wheel.writestr("stub-1.dist-info/METADATA", "Metadata-Version: 2.1\\nName: stub\\nVersion: 1\\n")
        wheel.writestr("stub-1.dist-info/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr("stub-1.dist-info/RECORD", "")
    return "stub-1-py3-none-any.whl"
"""
STUB_PROGRAM = """
import json, os, signal, stub, sys, time

def stop(*_):
    time.sleep(0.5)  # as JupyterLab, which asks first
    sys.exit(7)

signal.signal(signal.SIGINT, stop)
print(json.dumps({"argv": sys.argv[1:], "prefix": sys.prefix, "path": sys.path, "env": dict(os.environ)}), flush=True)
time.sleep(60 if "--wait" in sys.argv else 0)
sys.exit(3)
"""


def make_course(folder):
    put(folder / "notebooks", NOTEBOOKS)
    put(folder, {
        "pyproject.toml": PYPROJECT,
        "stub_build.py": STUB_BUILD,
        "jupyterlab.py": STUB_PROGRAM,
        "jupyter_core/paths.py": "def jupyter_runtime_dir(): return '/run'",
        "pytest.py": STUB_PROGRAM,
        "locks/course.lock": "",
        "locks/dev.lock": "# for the tests\n",
    })
    shutil.copy(COURSE, folder)
    shutil.copytree(COURSE.parent / "catrnn/command", folder / "catrnn/command")
    for name in ("__init__.py", "__main__.py"):
        shutil.copy(COURSE.parent / "catrnn" / name, folder / "catrnn")
    return folder


def without_uv():
    """This machine's PATH without uv: these tests ask pip."""
    places = os.environ["PATH"].split(os.pathsep)
    return os.pathsep.join(place for place in places if not shutil.which("uv", path=place))


def start(folder, *words, **variables):
    """Run course.py as a learner does, from another folder, with pip cut off from every network."""
    env = {**os.environ, "PATH": without_uv(), "PIP_NO_INDEX": "1", **variables}
    command = [sys.executable, str(folder / "course.py"), *words]
    return subprocess.run(command, cwd=folder.parent, env=env, capture_output=True, text=True, timeout=PATIENCE)


@pytest.fixture
def folder(tmp_path):
    return make_course(tmp_path / "päth with spaces")


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A course after its first start, made once; and what that start printed."""
    folder = make_course(tmp_path_factory.mktemp("made once") / "päth with spaces")
    return folder, start(folder, "--no-browser")


def load(folder):
    """The course.py of a throw-away folder as a module."""
    spec = importlib.util.spec_from_file_location("course", folder / "course.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def course(folder, monkeypatch):
    """A course.py that notes the commands it would run instead of running them."""
    module = load(folder)
    module.commands = []

    def make_venv():
        module.commands.append("make .venv")
        shutil.rmtree(module.VENV, ignore_errors=True)
        module.PYTHON.parent.mkdir(parents=True)
        module.PYTHON.touch()

    for name in (CALLED, HERE):
        monkeypatch.setenv(name, "")  # goes back at the end
    monkeypatch.setattr(module, "uv", lambda: None)
    monkeypatch.setattr(module, "make_venv", make_venv)
    monkeypatch.setattr(module, "pip_install", lambda *words, total=0: module.commands.append(f"pip {words[-1]}"))
    module.run_module = module.run
    monkeypatch.setattr(module, "run", lambda *words, **_: module.commands.append(words) or 0)
    return module


def report(started):
    return json.loads(started.stdout.splitlines()[-1])


# Old Pythons


def test_a_python_that_is_too_old_is_told_so(course):
    with pytest.raises(SystemExit, match=r"needs Python 3.11 or newer. This is Python 3.9.*python.org"):
        course.check_python((3, 9, 1))
    course.check_python((3, 11, 0))


def test_old_pythons_can_read_the_file_far_enough_to_be_told():
    text = COURSE.read_text("utf-8")
    ast.parse(text, feature_version=(3, 7))  # the oldest grammar that ast still knows
    text.encode("ascii")  # Python 2 refuses anything else
    # Python 2 prints the first line that it cannot read: it has to be the one that says what to do.
    assert "needs Python 3.11 or newer" in next(line for line in text.splitlines() if 'f"' in line)


# Real starts


def test_the_first_start_makes_the_venv_and_opens_notebook_00_of_the_working_copy(installed):
    folder, first = installed
    assert "Making .venv" in first.stdout, first.stderr
    argv = report(first)["argv"]
    assert argv[:2] == [f"--ServerApp.root_dir={folder / 'my_notebooks'}",
                        "--LabApp.default_url=/lab/tree/00_start_here.ipynb"]
    assert argv[-1] == "--no-browser"
    assert (folder / "my_notebooks/07_train_the_cat.ipynb").is_file()
    assert report(first)["prefix"] == str(folder / ".venv")
    assert first.returncode == 3  # the exit code of the program passes through


def test_the_second_start_installs_nothing(installed):
    folder, _ = installed
    before = (folder / ".venv/course.json").stat().st_mtime_ns
    second = start(folder)
    assert "Making" not in second.stdout
    assert (folder / ".venv/course.json").stat().st_mtime_ns == before


def test_another_environment_around_it_does_not_matter(installed, tmp_path):
    folder, _ = installed
    (tmp_path / "stub.py").write_text("raise SystemExit('the wrong stub')")
    strange = dict.fromkeys(["PYTHONPATH", "VIRTUAL_ENV", "PIP_TARGET", "MPLBACKEND", "JUPYTER_PATH"], str(tmp_path))
    inside = report(start(folder, PIP_INDEX_URL="kept", **strange))
    assert str(tmp_path) not in inside["path"]
    assert not {"PYTHONPATH", "PIP_TARGET", "MPLBACKEND", "JUPYTER_PATH"} & inside["env"].keys()
    assert inside["env"]["VIRTUAL_ENV"] == str(folder / ".venv")
    assert inside["env"]["PATH"].startswith(str((folder / VENV_PYTHON).parent))
    assert inside["env"]["PIP_INDEX_URL"] == "kept"  # how packages are reached stays the user's business


def test_uv_learns_of_this_shell_how_packages_are_reached_and_no_more(course, monkeypatch):
    for name in ("UV_INDEX_URL", "UV_OFFLINE", "UV_SYSTEM_PYTHON", "UV_TARGET"):
        monkeypatch.setenv(name, "1")
    assert {name for name in course.environment() if name.startswith("UV_")} == {"UV_INDEX_URL", "UV_OFFLINE"}


@pytest.mark.skipif(os.name == "nt", reason="signals of a terminal as POSIX has them")
def test_a_ctrl_c_during_jupyterlab_is_left_to_jupyterlab(installed):
    folder, _ = installed
    command = [sys.executable, str(folder / "course.py"), "--wait"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as process:
        next(line for line in process.stdout if "argv" in line)
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(timeout=PATIENCE) == 7


def test_a_second_start_waits_for_the_first_and_says_so(installed):
    folder, _ = installed
    start(folder, "--no-browser")  # whatever another test has left there
    course = load(folder)
    command = [sys.executable, str(folder / "course.py")]
    with open(course.LOCKED, "ab") as file:
        hold(file, wait=True)
        second = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert second.stdout.readline() == "Another start of the course is at work here. Waiting until it is done ...\n"
        assert second.poll() is None
    rest, _ = second.communicate(timeout=PATIENCE)
    assert "Opening JupyterLab" in rest
    assert second.returncode == 3


def test_without_a_network_it_says_so_and_the_next_start_goes_on(installed):
    folder, _ = installed
    (folder / "locks/dev.lock").write_text(f"numpy==2.0.0 --hash=sha256:{'0' * 64}\n")
    nobody_answers = {"PIP_NO_INDEX": "0", "PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_RETRIES": "1"}
    cut_off = start(folder, "test", PIP_CONFIG_FILE=os.devnull, **nobody_answers)
    assert "the network does not answer yet; trying again" in cut_off.stdout
    assert "is there a network? Start again when there is." in cut_off.stderr
    assert "Traceback" not in cut_off.stderr
    assert not (folder / ".venv/course.json").exists()
    (folder / "locks/dev.lock").write_text("# there is one again\n")
    finished = start(folder, "test", "-k", "name")
    assert "not finished" in finished.stdout
    assert report(finished)["argv"] == ["-k", "name"]
    assert finished.returncode == 3


def test_other_troubles_of_pip_are_shown_in_its_own_words(installed):
    folder, _ = installed
    (folder / "locks/course.lock").write_text("numpy==2.0.0\n")
    failed = start(folder)
    (folder / "locks/course.lock").write_text("")
    assert "No matching distribution found for numpy==2.0.0" in failed.stderr
    assert "pip says why above" in failed.stderr


def test_a_folder_that_cannot_be_written_is_named(folder):
    (folder / ".venv").write_text("a file where a folder must be made: refused to every user, to root too")
    refused = start(folder)
    assert f"Cannot read or write {folder / '.venv'}" in refused.stderr
    assert "a folder of your own" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_python_without_the_venv_module_names_the_debian_package(folder, monkeypatch):
    course = load(folder)
    monkeypatch.setattr(course.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(SystemExit, match=r"sudo apt install python3-venv \(or python3\.\d+-venv\)"):
        course.main([])
    assert not (folder / ".venv").exists()


def test_a_word_it_does_not_know_is_said_and_help_lists_the_commands(folder):
    known = "copy, help, mark, reset, site, test, update"
    assert f"does not know 'tets'. It knows: {known}." in start(folder, "tets").stderr
    for word in ("help", "-h", "--help"):
        said = start(folder, word).stdout
        assert "python3 course.py site" in said
        assert "python3 course.py reset 07" in said


# When the packages are installed


def installs(course):
    return [command for command in course.commands if isinstance(command, str)]


def test_a_changed_lock_is_installed_and_said(course, capsys):
    course.main([])
    course.commands.clear()
    course.LOCK.write_text("# changed\n")
    course.main([])
    assert installs(course) == [f"pip {course.LOCK}", f"pip {course.ROOT}"]
    assert "have changed since the last start" in capsys.readouterr().out


def test_a_learner_never_waits_for_the_test_packages(course, capsys):
    course.main([])
    assert installs(course) == ["make .venv", f"pip {course.LOCK}", f"pip {course.ROOT}"]
    course.main(["test"])
    assert installs(course)[3:] == [f"pip {course.TEST_LOCK}", f"pip {course.ROOT}"]
    assert "Adding the packages for the tests" in capsys.readouterr().out
    course.main(["test"])
    course.main([])
    assert len(installs(course)) == 5


@pytest.fixture
def uv(course, monkeypatch):
    """A uv that notes what it is asked for, and fails if it is told to."""
    said = SimpleNamespace(returncode=0, stdout="")
    monkeypatch.setattr(course, "uv", lambda: "/bin/uv")
    monkeypatch.setattr(course, "quietly", lambda *words: course.commands.append(" ".join(words)) or said)
    return said


def test_uv_installs_what_the_lock_names_with_its_hashes_into_the_venv(course, uv):
    course.main([])
    packages, own = installs(course)[1:]
    for command in (packages, own):
        assert command.startswith("/bin/uv pip install --no-deps ")
        assert f"--python={course.PYTHON}" in command
    assert packages.endswith(f"--require-hashes -r {course.LOCK}")
    assert own.endswith(f"-e {course.ROOT}")


def test_what_uv_cannot_do_pip_is_asked_for(course, uv, capsys):
    uv.returncode, uv.stdout = 2, "error: no such index"
    course.main([])
    assert [command for command in installs(course) if command.startswith("pip ")] == [
        f"pip {course.LOCK}", f"pip {course.ROOT}"]
    assert "uv says:\nerror: no such index" in capsys.readouterr().out


def test_the_command_alone_is_told_where_my_notebooks_lies(course, monkeypatch):
    seen = {}
    monkeypatch.setenv(HERE, "/of/another/course")
    monkeypatch.setattr(course, "run", course.run_module)
    monkeypatch.setattr(course, "run_to_its_end", lambda command, env, **_: seen.update({command[3]: env}) or 0)
    course.main(["test"])
    course.main([])
    assert HERE not in seen["pytest"]
    assert seen["catrnn"][HERE] == str(course.ROOT)


def words_for_pytest(course, *words):
    """The words with which pytest is run."""
    course.main(["test", *words])
    return course.commands[-1][1:]


def test_all_tests_are_shared_among_one_worker_more_than_cores_of_which_four_are_enough(course, monkeypatch):
    for cores, workers in ((2, 3), (3, 4), (64, 4)):
        monkeypatch.setattr(course.os, "cpu_count", lambda cores=cores: cores)
        assert words_for_pytest(course, "-m", "not browser") == (f"--numprocesses={workers}", "-m", "not browser")
    for cores in (1, None):  # None: the system does not say
        monkeypatch.setattr(course.os, "cpu_count", lambda cores=cores: cores)
        assert words_for_pytest(course, "-x") == ("-x",)


@pytest.mark.parametrize("words", [["-k", "relu"], ["-krelu"], ["notebooks"], ["course.py::test_a"], ["--pdb"],
                                   ["-x", "--lf"], ["-n", "3"], ["-s"]])
def test_a_few_tests_and_those_that_someone_looks_into_need_no_workers(course, monkeypatch, words):
    monkeypatch.setattr(course.os, "cpu_count", lambda: 4)
    assert words_for_pytest(course, *words) == tuple(words)


@pytest.mark.parametrize("last", ["course.lock", "päth with spaces"])
def test_an_install_that_was_cut_off_never_counts_as_ready(course, monkeypatch, last):
    with monkeypatch.context() as patch:

        def interrupted(*words, total=0):
            if words[-1].endswith(last):
                raise KeyboardInterrupt

        patch.setattr(course, "pip_install", interrupted)
        with pytest.raises(KeyboardInterrupt):
            course.main([])
    course.commands.clear()
    course.main([])
    assert installs(course) == ["make .venv", f"pip {course.LOCK}", f"pip {course.ROOT}"]


@pytest.mark.parametrize("change", [{"python": [3, 10]}, {"folder": "/where/it/was"}])
def test_a_venv_of_another_python_or_another_folder_is_made_anew(course, change):
    course.main([])
    write_record(course.STAMP, {**read_record(course.STAMP), **change})
    course.commands.clear()
    course.main([])
    assert installs(course)[0] == "make .venv"


def test_ctrl_c_ends_in_a_sentence(folder):
    (folder / "hashlib.py").write_text("def sha256(data): raise KeyboardInterrupt")  # found before Python's own
    stopped = start(folder)
    assert stopped.stderr.strip() == "Stopped. Nothing is lost: start again when you like."


# Two starts at once, and what is strange in a folder


def test_pip_may_touch_no_python_but_that_of_the_venv(course):
    assert course.environment()["PIP_REQUIRE_VIRTUALENV"] == "1"


def test_a_venv_that_is_a_link_is_refused_and_what_it_leads_to_stays(folder, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/keep.txt").write_text("years of work")
    (folder / ".venv").symlink_to(tmp_path / "mine", target_is_directory=True)
    assert ".venv is a link." in start(folder).stderr
    assert (tmp_path / "mine/keep.txt").is_file()
