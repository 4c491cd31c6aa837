"""Binder and JupyterHub build an image of the repository as it is: asked of repo2docker's own code."""

import pathlib
import re
import sys
import warnings

import pytest
import yaml

if sys.platform != "linux":
    pytest.skip("Not tested: repo2docker. It is installed on Linux alone.", allow_module_level=True)

with warnings.catch_warnings(action="ignore"):  # it calls another package by an old name
    from repo2docker import app

ROOT = pathlib.Path(__file__).resolve().parents[2]


@pytest.fixture
def chosen(monkeypatch):
    """What builds the image: the first of repo2docker's builders that finds its file in the repository."""
    monkeypatch.chdir(ROOT)
    builder = app.Repo2Docker()
    packs = (pack(base_image=builder.base_image) for pack in builder.buildpacks)
    pack = next(pack for pack in packs if pack.detect())
    pack.platform = "linux/amd64"
    return pack


def test_it_builds_from_environment_yml_with_the_python_that_stands_there(chosen):
    assert type(chosen).__name__ == "CondaBuildPack"
    (python,) = [line for line in yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))["dependencies"]
                 if str(line).startswith("python=")]
    assert chosen.python_version == python.removeprefix("python=")


def test_it_copies_the_course_before_it_installs_it(chosen):
    dockerfile = chosen.render({"NB_UID": "1000"})
    copied = dockerfile.index("COPY --chown=1000:1000 src/ ${REPO_DIR}")
    installed = re.search(r"env update .*environment\.yml", dockerfile).start()
    assert copied < installed, "environment.yml installs the course from the copy"
