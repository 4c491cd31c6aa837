"""The workflows of .github: valid, pinned, with no right that they do not need."""

import pathlib
import re
import shutil
import subprocess
import sys

import pytest
import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
RIGHTS = {"site.yml publish": {"pages": "write", "id-token": "write"}}
"""Who may do more than read the repository."""


def jobs():
    for path in WORKFLOWS:
        workflow = yaml.safe_load(path.read_text("utf-8"))
        for name, job in workflow["jobs"].items():
            yield f"{path.name} {name}", job, job.get("permissions", workflow["permissions"])


def test_they_follow_githubs_own_schema():
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", *WORKFLOWS]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_zizmor_finds_nothing_unsafe_in_them():
    zizmor = shutil.which("zizmor", path=pathlib.Path(sys.executable).parent)
    command = [zizmor, "--offline", "--no-progress", "--persona=pedantic", *WORKFLOWS]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_every_action_is_pinned_by_its_commit_and_says_its_version(path):
    uses = re.findall(r"uses: (.*)", path.read_text("utf-8"))
    assert uses
    for action in uses:
        assert re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action), action


def test_no_job_has_a_right_that_it_does_not_need():
    for name, _, rights in jobs():
        assert {right: level for right, level in rights.items() if level == "write"} == RIGHTS.get(name, {}), name


def test_the_tests_run_on_every_system_with_every_python_from_the_oldest_allowed_each_week():
    workflow = yaml.safe_load((ROOT / ".github/workflows/tests.yml").read_text("utf-8"))
    matrix = workflow["jobs"]["locked"]["strategy"]["matrix"]
    assert [system.split("-")[0] for system in matrix["os"]] == ["ubuntu", "macos", "windows"]
    assert matrix["python"] == ["3.11", "3.12", "3.13", "3.14"]
    assert workflow[True]["schedule"]  # YAML takes the word "on" for a yes
