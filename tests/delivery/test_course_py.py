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

import pytest

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
import zipfile
def build_editable(folder, *_):
    with zipfile.ZipFile(folder + "/stub-1-py3-none-any.whl", "w") as wheel:
        wheel.writestr("stub.py", "")
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


def notebook(*sources, output="", **more):
    cells = [{"cell_type": "code", "source": source, "outputs": [{"text": output}]} for source in sources]
    return json.dumps({"cells": cells, "nbformat": 4, **more})


def fresh(*sources):
    """A notebook as a learner gets it: as in the course, with no outputs."""
    cells = [{"cell_type": "code", "source": source, "outputs": [], "execution_count": None} for source in sources]
    return json.dumps({"cells": cells, "nbformat": 4}, indent=1) + "\n"


def make_course(folder):
    for name, text in {
        "notebooks/00_start_here.ipynb": notebook("1 + 1"),
        "notebooks/07_train_the_cat.ipynb": notebook("train(cat)"),
        "notebooks/drawn.svg": "<svg/>",
        "pyproject.toml": PYPROJECT,
        "stub_build.py": STUB_BUILD,
        "jupyterlab.py": STUB_PROGRAM,
        "pytest.py": STUB_PROGRAM,
        "locks/course.lock": "",
        "locks/dev.lock": "# for the tests\n",
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    shutil.copy(COURSE, folder)
    return folder


def start(folder, *words, **variables):
    """Run course.py as a learner does, from another folder, with pip cut off from every network."""
    env = {**os.environ, "PIP_NO_INDEX": "1", **variables}
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

    monkeypatch.setattr(module, "make_venv", make_venv)
    monkeypatch.setattr(module, "pip_install", lambda *words, total=0: module.commands.append(f"pip {words[-1]}"))
    monkeypatch.setattr(module, "run", lambda *words: module.commands.append(words) or 0)
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
    assert report(first)["argv"] == [
        f"--ServerApp.root_dir={folder / 'my_notebooks'}",
        "--LabApp.default_url=/lab/tree/00_start_here.ipynb",
        "--NotebookNotary.db_file=:memory:",
        "--log-level=WARN",
        "--no-browser",
    ]
    assert (folder / "my_notebooks/07_train_the_cat.ipynb").is_file()
    assert report(first)["prefix"] == str(folder / ".venv")
    assert first.returncode == 3  # the exit code of the program passes through


def test_the_second_start_installs_nothing(installed):
    folder, _ = installed
    before = (folder / ".venv/course.json").stat().st_mtime_ns
    second = start(folder)
    assert second.stdout.startswith("Opening JupyterLab")
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


@pytest.mark.skipif(os.name == "nt", reason="signals of a terminal as POSIX has them")
def test_a_ctrl_c_during_jupyterlab_is_left_to_jupyterlab(installed):
    folder, _ = installed
    command = [sys.executable, str(folder / "course.py"), "--wait"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as process:
        next(line for line in process.stdout if "argv" in line)
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(timeout=PATIENCE) == 7


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
    assert "does not know 'tets'. It knows: test, reset, site, help." in start(folder, "tets").stderr
    for word in ("help", "-h", "--help"):
        assert "python3 course.py reset 07" in start(folder, word).stdout


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
    course.write_record(course.STAMP, {**course.read_record(course.STAMP), **change})
    course.commands.clear()
    course.main([])
    assert installs(course)[0] == "make .venv"


def test_ctrl_c_ends_in_a_sentence(folder):
    (folder / "hashlib.py").write_text("def sha256(data): raise KeyboardInterrupt")  # found before Python's own
    stopped = start(folder)
    assert stopped.stderr.strip() == "Stopped. Nothing is lost: start again when you like."


# The working copy


def learner(course, name="07_train_the_cat.ipynb"):
    return course.WORK / name


def types(course, text):
    learner(course).write_text(notebook("train(cat)", text), "utf-8")


def changes(course, text, name="07_train_the_cat.ipynb"):
    (course.NOTEBOOKS / name).write_text(notebook(text), "utf-8")


def test_a_notebook_that_was_merely_run_follows_the_course(course):
    course.refresh()
    learner(course).write_text(notebook("train(cat)", "", output="0.01", metadata={"run": True}))
    assert course.refresh() == []
    assert "0.01" in learner(course).read_text()  # nothing new: what was run stays
    changes(course, "train(better_cat)")
    assert course.refresh() == []
    assert learner(course).read_text() == fresh("train(better_cat)")


def test_a_fresh_copy_holds_no_output_and_no_count_of_runs(course):
    stored = notebook("train(cat)", output="Truth: 1.25 portions.")
    (course.NOTEBOOKS / "07_train_the_cat.ipynb").write_text(stored, "utf-8")
    course.refresh()
    assert learner(course).read_text() == fresh("train(cat)")
    course.main(["reset", "07"])
    assert learner(course).read_text() == fresh("train(cat)")


def test_a_copy_from_when_outputs_were_copied_too_loses_them_if_it_was_never_run(course):
    stored = course.NOTEBOOKS / "07_train_the_cat.ipynb"
    stored.write_text(notebook("train(cat)", output="Truth: 1.25"), "utf-8")
    course.refresh()
    shutil.copy(stored, learner(course))  # as the course did it once, with the record that it still writes
    assert course.refresh() == []
    assert learner(course).read_text() == fresh("train(cat)")
    learner(course).write_text(notebook("train(cat)", output="my own run"), "utf-8")
    assert course.refresh() == []
    assert "my own run" in learner(course).read_text()


def test_what_the_learner_kept_is_never_touched(course, capsys):
    course.refresh()
    for name in course.LEARNERS:
        (course.NOTEBOOKS / name).write_text("made by somebody who worked in the course's own folder")
        learner(course, name).write_text("mine")
    course.refresh()
    course.main(["reset", "07"])
    course.refresh()
    assert [learner(course, name).read_text() for name in course.LEARNERS] == ["mine", "mine"]


@pytest.mark.parametrize("path", sorted((COURSE.parent / "notebooks").glob("*.ipynb")), ids=lambda path: path.stem)
def test_a_notebook_that_a_learner_gets_holds_what_is_to_be_read_and_nothing_that_was_run(path, folder):
    copied = json.loads(load(folder).fresh(path))
    original = json.loads(path.read_text("utf-8"))
    for cell, stored in zip(copied["cells"], original["cells"], strict=True):
        assert cell.get("outputs", []) == []
        assert cell.get("execution_count") is None
        assert {**stored, "outputs": [], "execution_count": None} == {"outputs": [], "execution_count": None, **cell}
    assert {**copied, "cells": []} == {**original, "cells": []}


def test_a_changed_notebook_is_kept_in_silence_while_the_course_stands_still(course, capsys):
    course.refresh()
    types(course, "my own words")
    course.main([])
    course.main([])
    assert "my own words" in learner(course).read_text()
    assert "07_train" not in capsys.readouterr().out


def test_a_changed_notebook_is_kept_and_the_learner_told_when_the_course_has_a_newer_one(course, capsys):
    course.refresh()
    types(course, "my own words")
    changes(course, "train(better_cat)")
    course.main([])
    assert "my own words" in learner(course).read_text()
    said = capsys.readouterr().out
    assert said.count("Kept as you changed it: my_notebooks/07_train_the_cat.ipynb") == 1
    assert "python3 course.py reset 07" in said


def test_a_deleted_notebook_comes_back(course):
    course.refresh()
    learner(course).unlink()
    course.refresh()
    assert learner(course).is_file()


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"cells": 3}', '{"cells": [{}]}', "\udcff"])
def test_a_damaged_notebook_of_the_learner_is_kept(course, damage):
    course.refresh()
    data = damage.encode(errors="surrogateescape")
    learner(course).write_bytes(data)
    changes(course, "train(better_cat)")
    assert course.refresh() == ["07_train_the_cat.ipynb"]
    assert learner(course).read_bytes() == data


@pytest.mark.parametrize("record", [None, "", "[1]"])
def test_without_its_record_whatever_differs_from_the_course_is_kept(course, record):
    course.refresh()
    types(course, "my own words")
    course.STATE.unlink() if record is None else course.STATE.write_text(record)
    assert course.refresh() == ["07_train_the_cat.ipynb"]
    changes(course, "2 + 2", "00_start_here.ipynb")
    assert course.refresh() == ["07_train_the_cat.ipynb"]
    assert "my own words" in learner(course).read_text()
    assert "2 + 2" in learner(course, "00_start_here.ipynb").read_text()


def test_a_notebook_that_left_the_course_goes_unless_it_was_changed(course):
    course.refresh()
    types(course, "my own words")
    for path in course.NOTEBOOKS.glob("*.ipynb"):
        path.unlink()
    course.refresh()
    assert not learner(course, "00_start_here.ipynb").exists()
    assert "my own words" in learner(course).read_text()


def test_pictures_follow_the_course_and_notebooks_of_the_learner_stay(course):
    course.refresh()
    learner(course, "my_own.ipynb").write_text(notebook("1"))
    (course.NOTEBOOKS / "drawn.svg").write_text("<svg>new</svg>")
    assert course.refresh() == []
    assert learner(course, "drawn.svg").read_text() == "<svg>new</svg>"
    assert learner(course, "my_own.ipynb").is_file()


def test_a_copy_that_is_cut_off_leaves_the_old_file_whole(course, monkeypatch):
    course.refresh()
    changes(course, "train(better_cat)")

    def cut_off(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(course.os, "replace", cut_off)
        with pytest.raises(KeyboardInterrupt):
            course.refresh()
    assert learner(course).read_text() == fresh("train(cat)")
    course.refresh()
    assert learner(course).read_text() == fresh("train(better_cat)")


@pytest.mark.parametrize("word", ["07", "7", "07_train_the_cat", "07_train_the_cat.ipynb"])
def test_reset_puts_a_fresh_notebook_beside_the_saved_old_ones(course, capsys, word):
    course.refresh()
    for n in (1, 2):
        types(course, f"attempt {n}")
        course.main(["reset", word])
        assert learner(course).read_text() == fresh("train(cat)")
        assert f"Your old one is now my_notebooks/07_train_the_cat.saved-{n}.ipynb" in capsys.readouterr().out
    for n in (1, 2):
        assert f"attempt {n}" in learner(course, f"07_train_the_cat.saved-{n}.ipynb").read_text()
    assert course.refresh() == []
    assert installs(course) == []


def test_after_a_reset_the_notebook_follows_the_course_again(course):
    course.refresh()
    types(course, "my own words")
    changes(course, "train(better_cat)")
    course.main(["reset", "07"])
    changes(course, "train(best_cat)")
    assert course.refresh() == []
    assert learner(course).read_text() == fresh("train(best_cat)")


@pytest.mark.parametrize("words", [[], ["99"], ["7", "8"], [""]])
def test_reset_of_a_notebook_that_is_not_there_lists_what_there_is(course, words):
    with pytest.raises(SystemExit, match=r"reset NUMBER, with a NUMBER of 00, 07\."):
        course.main(["reset", *words])


# Two starts at once, and what is strange in a folder


def test_a_second_start_waits_for_the_first_and_says_so(installed):
    folder, _ = installed
    start(folder, "--no-browser")  # whatever another test has left there
    course = load(folder)
    command = [sys.executable, str(folder / "course.py")]
    with open(course.LOCKED, "ab") as file:
        course.hold(file, wait=True)
        second = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PIP_NO_INDEX": "1"})
        assert second.stdout.readline() == "Another start of the course is at work here. Waiting until it is done ...\n"
        assert second.poll() is None
    rest, _ = second.communicate(timeout=PATIENCE)
    assert rest.startswith("Opening JupyterLab")
    assert second.returncode == 3


def test_pip_may_touch_no_python_but_that_of_the_venv(course):
    assert course.environment()["PIP_REQUIRE_VIRTUALENV"] == "1"


def test_a_venv_that_is_a_link_is_refused_and_what_it_leads_to_stays(folder, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/keep.txt").write_text("years of work")
    (folder / ".venv").symlink_to(tmp_path / "mine", target_is_directory=True)
    assert ".venv is a link." in start(folder).stderr
    assert (tmp_path / "mine/keep.txt").is_file()


def test_nothing_outside_the_working_copy_is_deleted_or_written(course, tmp_path):
    course.refresh()
    for victim in (course.ROOT / "victim.txt", tmp_path / "far.txt"):
        victim.write_text("years of work")
    (course.WORK / "linked.txt").symlink_to(tmp_path / "far.txt")
    (course.WORK / ".07_train_the_cat.ipynb.new").symlink_to(tmp_path / "far.txt")
    told = {"content": course.digest(course.ROOT / "victim.txt"), "file": ""}
    names = ("../victim.txt", str(tmp_path / "far.txt"), "linked.txt")
    course.write_record(course.STATE, {**course.read_record(course.STATE), **dict.fromkeys(names, told)})
    changes(course, "train(better_cat)")
    assert course.refresh() == []
    for victim in (course.ROOT / "victim.txt", tmp_path / "far.txt"):
        assert victim.read_text() == "years of work"
    assert learner(course).read_text() == fresh("train(better_cat)")


@pytest.mark.parametrize("record", ['{"00_start_here.ipynb": null}', '{"07_train_the_cat.ipynb": [1]}', "[" * 100_000])
def test_a_strange_record_is_as_good_as_none(course, record):
    course.refresh()
    types(course, "my own words")
    course.STATE.write_text(record)
    assert course.refresh() == ["07_train_the_cat.ipynb"]
    course.main(["reset", "00"])
    assert "my own words" in learner(course).read_text()


def test_a_notebook_of_deep_brackets_is_kept(course):
    course.refresh()
    learner(course).write_text("[" * 100_000)
    changes(course, "train(better_cat)")
    assert course.refresh() == ["07_train_the_cat.ipynb"]


def test_a_folder_in_the_place_of_a_notebook_is_named_and_the_course_opens(course, capsys):
    course.refresh()
    learner(course).unlink()
    learner(course).mkdir()
    course.main([])
    assert course.commands[-1][0] == "jupyterlab"
    said = capsys.readouterr().out
    assert f"Left as it is, because it cannot be read or written: {learner(course)}: " in said


def test_on_a_full_disk_the_course_opens_with_what_is_there(course, monkeypatch, capsys):
    course.main([])
    for name in ("00_start_here.ipynb", "07_train_the_cat.ipynb"):
        changes(course, "2 + 2", name)

    def full(path, data):
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(course, "write", full)
    course.main([])
    assert course.commands[-1][0] == "jupyterlab"
    said = capsys.readouterr().out
    assert said.count("No space left on device, and 1 more") == 1


def test_the_record_is_written_only_when_it_has_changed(course, monkeypatch):
    course.refresh()
    monkeypatch.setattr(course, "write", None)
    assert course.refresh() == []


@pytest.mark.skipif(os.name == "nt", reason="modes of files as POSIX has them")
def test_an_odd_umask_keeps_nobody_from_their_own_files(course):
    before = os.umask(0o777)
    try:
        course.main([])
    finally:
        os.umask(before)
    assert course.WORK.stat().st_mode & 0o700 == 0o700
    assert learner(course).stat().st_mode & 0o600 == 0o600
