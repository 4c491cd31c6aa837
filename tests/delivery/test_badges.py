"""Ways in that need an address of the repository: badges, written by one command, and GitHub's Codespaces."""

import json
import re
import subprocess
import sys

import pytest
from packaging.specifiers import SpecifierSet

from tests.delivery.test_environment_yml import PYPROJECT, ROOT
from tools.badges import BEGIN, END, badges, written

README = (ROOT / "README.md").read_text("utf-8")
CONTAINER = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text("utf-8"))


def write_badges(file, *words):
    command = [sys.executable, ROOT / "tools" / "badges.py", *words, "--readme", file]
    return subprocess.run(command, capture_output=True, text=True)


def test_one_command_writes_the_badges_between_the_marks_and_changes_nothing_else(tmp_path):
    file = tmp_path / "README.md"
    file.write_text(README, "utf-8")
    for repository in ("Someone/cats", "else/rnn"):
        assert write_badges(file, repository).returncode == 0
    text = file.read_text("utf-8")
    assert "Someone" not in text
    assert text.count("else/rnn") == 3
    assert written(text, []) == written(README, [])


def test_the_repository_itself_names_no_address_that_is_not_known():
    assert BEGIN + END in README


def test_each_badge_opens_the_first_notebook():
    read, colab, binder, _ = badges("Someone/cats", "main")
    assert "(https://someone.github.io/cats/live/notebooks/index.html?path=00_start_here.ipynb)" in read
    assert colab.endswith("/github/Someone/cats/blob/main/notebooks/00_start_here.ipynb)")
    assert binder.endswith("/gh/Someone/cats/main?urlpath=lab/tree/notebooks/00_start_here.ipynb)")
    assert (ROOT / "notebooks" / "00_start_here.ipynb").is_file()


def test_a_site_elsewhere_is_named_by_its_address():
    assert "](https://school.example/rnn/)" in badges("a/b", site="https://school.example/rnn/")[0]


@pytest.mark.parametrize("wrong", ["cats", "a/b/c", "https://host/a/b", "a b/c", ""])
def test_what_is_no_repository_is_told_in_a_sentence_and_nothing_is_written(tmp_path, wrong):
    file = tmp_path / "README.md"
    file.write_text(README, "utf-8")
    done = write_badges(file, wrong)
    assert done.returncode == 1
    assert done.stderr == f"'{wrong}' is no repository on GitHub; write OWNER/NAME, as in its address.\n"
    assert file.read_text("utf-8") == README


def test_a_file_without_the_marks_is_left_alone(tmp_path):
    file = tmp_path / "README.md"
    file.write_text("# Mine\n", "utf-8")
    assert "has lost its marks" in write_badges(file, "a/b").stderr
    assert file.read_text("utf-8") == "# Mine\n"


def test_a_codespace_has_a_python_that_the_course_takes_and_installs_what_is_locked():
    python = re.fullmatch(r"python:(3\.\d+)-\w+", CONTAINER["image"])[1]
    assert SpecifierSet(PYPROJECT["project"]["requires-python"]).contains(python)
    assert "--require-hashes -r locks/course.lock" in CONTAINER["postCreateCommand"]
    assert CONTAINER["postCreateCommand"].endswith("catrnn update")  # which makes my_notebooks
    assert (ROOT / "locks" / "course.lock").is_file()
