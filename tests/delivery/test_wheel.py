"""The wheel and the source archive: built, installed alone outside the clone, and complete."""

import email
import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile

import pytest

import catrnn
from tools.lab_in_browser import ROOT

BUILD = "from setuptools import build_meta; build_meta.build_sdist('dist'); build_meta.build_wheel('dist')"
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
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(command, capture_output=True, text=True, env=env, **more)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def dist(tmp_path_factory):
    """The folder of a wheel and a source archive, both built from a copy of the clone."""
    clone = tmp_path_factory.mktemp("clone")
    shutil.copytree(ROOT / "catrnn", clone / "catrnn", ignore=shutil.ignore_patterns("__pycache__"))
    for path in [ROOT / "pyproject.toml", ROOT / "README.md", *ROOT.glob("LICENSE*")]:
        shutil.copy(path, clone)
    run(sys.executable, "-c", BUILD, cwd=clone)
    return clone / "dist"


@pytest.fixture(scope="module")
def wheel(dist):
    (wheel,) = dist.glob("*.whl")
    return wheel


def files_of_the_package():
    paths = (path for path in (ROOT / "catrnn").rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(ROOT).as_posix() for path in paths}


def test_the_wheel_has_every_file_of_the_package_and_no_other(wheel):
    with zipfile.ZipFile(wheel) as files:
        assert {name for name in files.namelist() if ".dist-info/" not in name} == files_of_the_package()


def test_the_source_archive_has_them_too(dist):
    (archive,) = dist.glob("*.tar.gz")
    with tarfile.open(archive) as files:
        names = {name.partition("/")[2] for name in files.getnames()}
    assert files_of_the_package() | {"LICENSE", "LICENSE-CC-BY-4.0", "README.md", "pyproject.toml"} <= names


def test_the_version_stands_in_one_place(wheel):
    with zipfile.ZipFile(wheel) as files:
        (about,) = [name for name in files.namelist() if name.endswith("/METADATA")]
        assert email.message_from_bytes(files.read(about))["Version"] == catrnn.__version__
    places = [*(ROOT / "catrnn").rglob("*.py"), *ROOT.glob("*.toml"), *ROOT.glob("*.cff"), *ROOT.glob("*.yml")]
    saying = [path.name for path in places if catrnn.__version__ in path.read_text("utf-8")]
    assert saying == ["__init__.py"]


def test_installed_alone_in_another_place_it_draws_its_panels(wheel, tmp_path):
    """The packages that it needs are borrowed from this environment; the course itself comes from the wheel alone."""
    place = tmp_path / "fresh"
    venv.create(place, with_pip=False, symlinks=os.name != "nt")
    python = place / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    folder = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
    run(sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", folder, wheel)
    borrow = f"import sys; sys.path.append({sysconfig.get_path('purelib')!r})"
    said = run(python, "-c", f"{borrow}\n{USE}", folder, cwd=tmp_path)
    assert f"{catrnn.__version__} This network" in said
