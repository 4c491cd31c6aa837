"""README.md and docs/architecture.md say what is so."""

import re
from pathlib import Path

import pytest

from catrnn.command.notebooks import LEARNERS
from tools.notebook_list import about, in_order

ROOT = Path(__file__).resolve().parents[2]
README, ARCHITECTURE, CONTRIBUTING = (
    (ROOT / name).read_text("utf-8") for name in ("README.md", "docs/architecture.md", "CONTRIBUTING.md"))
BETWEEN_BACKTICKS = re.findall(r"`([a-zA-Z][\w./]*/[\w./]*|\w+\.(?:py|md|toml|yml))`", ARCHITECTURE + CONTRIBUTING)
NAMED = sorted({*BETWEEN_BACKTICKS} - {*LEARNERS})
"""The files and folders that stand between backticks, but for what the course makes itself, such as .venv."""

LINES = 90
"""One page."""


def row(path):
    """What README's table should say of a notebook: its number, its title as a link, its question, its minutes."""
    title, question, minutes = about(path)
    number, words = re.fullmatch(r"(\d\d)? ?(.+)", title).groups(default="")
    return [number, f"[{words}](notebooks/{path.name})", question, minutes]


def test_readmes_table_says_of_each_notebook_what_its_first_cells_say():
    lines = re.findall(r"^\|(.*\(notebooks/.*)\|$", README, re.MULTILINE)
    table = [[cell.strip() for cell in line.split("|")] for line in lines]
    assert table == [row(path) for path in in_order()]


@pytest.mark.parametrize("name", NAMED)
def test_what_the_pages_for_contributors_name_stands_there(name):
    assert (ROOT / name).is_dir() if name.endswith("/") else (ROOT / name).is_file()


@pytest.mark.parametrize("folder", ["tests", "catrnn/lab"])
def test_the_architecture_names_every_folder(folder):
    folders = [path for path in (ROOT / folder).iterdir() if path.is_dir() and any(path.glob("*.*"))]
    assert {f"{path.relative_to(ROOT).as_posix()}/" for path in folders if path.name != "__pycache__"} <= set(NAMED)


def test_an_address_of_jupyterlab_names_a_notebook_as_the_working_copy_has_it():
    teaching = (ROOT / "docs/teaching.md").read_text("utf-8")
    named = re.findall(r"`/lab/tree/([^?`]+)", teaching)
    assert named
    assert [name for name in named if not (ROOT / "notebooks" / name).is_file()] == []


def test_the_architecture_is_one_page():
    assert len(ARCHITECTURE.splitlines()) <= LINES
