"""The wheel and the source archive: built, installed alone outside the clone, and complete."""

import email
import os
import pathlib
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile

import pytest
from packaging.requirements import Requirement

import catrnn
from catrnn.command.notebooks import LEARNERS
from tests.helpers.small_course import put
from tools.lab_in_browser import ROOT

BUILT_FROM = ["pyproject.toml", "setup.py", "MANIFEST.in", "README.md", "LICENSE", "LICENSE-CC-BY-4.0"]
BUILD = "from setuptools import build_meta; build_meta.build_sdist('dist'); build_meta.build_wheel('dist')"
COLAB = {"numpy": "2.0.2", "matplotlib": "3.10.0", "pillow": "11.3.0", "ipywidgets": "7.7.1"}
"""The versions of one of Colab's images."""

USE = """
import pathlib, sys
import catrnn, catrnn.data
from catrnn.lab import explore_training, progress

assert pathlib.Path(catrnn.__file__).is_relative_to(sys.argv[1]), catrnn.__file__
panel = explore_training(epochs=20)
assert panel.view.png.startswith(b"\\x89PNG") and "addEventListener" in str(panel.view._esm), panel.view._css
progress()
print(catrnn.__version__, panel.view.caption)
"""


def run(*command, **more):
    """Run a command that finds no other course than the one installed, and return what it prints."""
    others = ("PYTHONPATH", "CATRNN_", "UV")
    env = {name: value for name, value in os.environ.items() if not name.startswith(others)}
    done = subprocess.run(command, capture_output=True, text=True, env=env, **more)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def dist(tmp_path_factory):
    """The folder of a wheel and a source archive, both built from a copy of the clone."""
    clone = tmp_path_factory.mktemp("clone")
    for folder in ("catrnn", "notebooks"):
        shutil.copytree(ROOT / folder, clone / folder, ignore=shutil.ignore_patterns("__pycache__", ".ipynb_*"))
    for name in BUILT_FROM:
        shutil.copy(ROOT / name, clone)
    for name in LEARNERS:
        (clone / "notebooks" / name).write_text("of somebody who worked in the course's own folder")
    run(sys.executable, "-c", BUILD, cwd=clone)
    return clone / "dist"


@pytest.fixture(scope="module")
def wheel(dist):
    (wheel,) = dist.glob("*.whl")
    return wheel


def files_of_the_package():
    paths = (path for path in (ROOT / "catrnn").rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(ROOT).as_posix() for path in paths}


NOTEBOOKS = {f"notebooks/{path.name}" for path in (ROOT / "notebooks").glob("[!.]*.*") if path.name not in LEARNERS}


def test_the_wheel_has_every_file_of_the_package_and_every_notebook_and_no_other(wheel):
    with zipfile.ZipFile(wheel) as files:
        names = {name for name in files.namelist() if ".dist-info/" not in name}
        assert names == files_of_the_package() | {f"catrnn/{name}" for name in NOTEBOOKS}
        for name in NOTEBOOKS:
            assert files.read(f"catrnn/{name}") == (ROOT / name).read_bytes()


def test_the_source_archive_has_them_too(dist):
    (archive,) = dist.glob("*.tar.gz")
    with tarfile.open(archive) as files:
        names = {name.partition("/")[2] for name in files.getnames()}
    assert files_of_the_package() | NOTEBOOKS | {*BUILT_FROM} <= names
    assert not names & {f"notebooks/{name}" for name in LEARNERS}


def about(wheel):
    """What the wheel says of itself."""
    with zipfile.ZipFile(wheel) as files:
        (name,) = [name for name in files.namelist() if name.endswith("/METADATA")]
        return email.message_from_bytes(files.read(name))


def test_a_plain_install_leaves_a_platforms_own_jupyter_as_it_is(wheel):
    asked = [Requirement(line) for line in about(wheel).get_all("Requires-Dist")]
    plain = {package.name: package.specifier for package in asked if not package.marker}
    assert plain.keys() == {"numpy", "matplotlib", "pillow", "ipywidgets", "anywidget"}
    for name, version in COLAB.items():
        assert version in plain[name]
    lab = {package.name for package in asked if package.marker and package.marker.evaluate({"extra": "lab"})}
    assert {"jupyterlab", "ipykernel"} <= lab


def test_the_version_stands_in_one_place(wheel):
    assert about(wheel)["Version"] == catrnn.__version__
    places = [*(ROOT / "catrnn").rglob("*.py"), *ROOT.glob("*.toml"), *ROOT.glob("*.cff"), *ROOT.glob("*.yml")]
    saying = [path.name for path in places if catrnn.__version__ in path.read_text("utf-8")]
    assert saying == ["__init__.py"]


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    """A Python with no packages, and the folder for them."""
    place = tmp_path_factory.mktemp("bare")
    venv.create(place, with_pip=False, symlinks=os.name != "nt")
    python = place / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    return python, run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()


def install(wheel, folder):
    """What pip does with a wheel of Python alone, after it has removed the one before."""
    shutil.rmtree(pathlib.Path(folder, "catrnn"), ignore_errors=True)
    with zipfile.ZipFile(wheel) as files:
        files.extractall(folder)


def test_installed_alone_in_another_place_it_draws_its_panels(wheel, bare, tmp_path):
    """The packages that it needs are borrowed from this environment; the course itself comes from the wheel alone."""
    python, folder = bare
    install(wheel, folder)
    borrow = f"import sys; sys.path.append({sysconfig.get_path('purelib')!r})"
    said = run(python, "-c", f"{borrow}\n{USE}", folder, cwd=tmp_path)
    assert f"{catrnn.__version__} This network" in said


# The command, from the wheel, where no other package is installed

JUPYTER = {"jupyterlab.py": "import sys; print(*sys.argv[1:], sep='\\n')",
           "jupyter_core/paths.py": "def jupyter_runtime_dir(): return '/run'"}
"""Stands for JupyterLab, and says how it was called."""


def newer(wheel, folder, change):
    """The wheel as a later version of the course has it, with what `change` makes of notebook 07."""
    later = folder / wheel.name
    with zipfile.ZipFile(wheel) as old, zipfile.ZipFile(later, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data) if "/07_" in name else data)
    return later


@pytest.fixture
def catrnn_command(wheel, bare, tmp_path):
    """The command of the bare Python, given in a folder with a space and an accent."""
    python, folder = bare
    install(wheel, folder)
    here = tmp_path / "Übung 1"
    here.mkdir()
    return lambda *words: run(python, "-m", "catrnn", *words, cwd=here), here


def test_the_command_is_installed_under_its_name(wheel):
    with zipfile.ZipFile(wheel) as files:
        (name,) = [name for name in files.namelist() if name.endswith("/entry_points.txt")]
        assert files.read(name).decode().split() == ["[console_scripts]", "catrnn", "=", "catrnn.command:main"]


def test_with_no_other_package_it_lays_out_the_notebooks_and_says_so_once(catrnn_command):
    command, here = catrnn_command
    first = command("update")
    assert first.count("New: my_notebooks/") == len(NOTEBOOKS)
    assert {path.name for path in (here / "my_notebooks").glob("[!.]*")} == {name[10:] for name in NOTEBOOKS}
    assert "nothing is new" in command("update")
    assert catrnn.__version__ in command("--version")
    assert "catrnn reset 07" in command("help")


def test_it_opens_notebook_00_of_the_folder_where_one_stands_the_second_time_too(catrnn_command, bare):
    command, here = catrnn_command
    put(pathlib.Path(bare[1]), JUPYTER)
    for _ in range(2):
        said = command("--no-browser").splitlines()
        assert f"--ServerApp.root_dir={here / 'my_notebooks'}" in said
        assert said[-1] == "--no-browser"
        assert (here / "my_notebooks/00_start_here.ipynb").is_file()


def test_after_an_upgrade_what_was_changed_is_kept_and_the_rest_follows(catrnn_command, wheel, bare, tmp_path):
    command, here = catrnn_command
    command("update")
    mine = {n: next((here / "my_notebooks").glob(f"{n}_*")) for n in ("06", "07")}
    mine["07"].write_text(mine["07"].read_text("utf-8").replace("Train the cat", "My own words"), "utf-8")
    install(newer(wheel, tmp_path, lambda data: data.replace(b"Train the cat", b"Train her")), bare[1])
    said = command("update")
    assert f"Kept as you changed it: my_notebooks/{mine['07'].name}" in said
    assert "My own words" in mine["07"].read_text("utf-8")
    assert f"Your old one is now my_notebooks/{mine['07'].stem}.saved-1.ipynb" in command("reset", "7")
    assert "Train her" in mine["07"].read_text("utf-8")
    assert "nothing was saved" in command("reset", "7")
    install(newer(wheel, tmp_path, lambda data: data.replace(b"Train the cat", b"Train him")), bare[1])
    assert command("update").splitlines() == [f"Newer: my_notebooks/{mine['07'].name}"]
    assert "Train him" in mine["07"].read_text("utf-8")
