"""The ways in agree: environment.yml, the locks and [build-system] say what pyproject.toml says."""

import pathlib
import re
import tomllib
from itertools import chain

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

ROOT = pathlib.Path(__file__).resolve().parents[2]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
CONDA_NAMES = {"matplotlib": "matplotlib-base"}  # conda-forge's matplotlib brings a whole window toolkit
NEEDED, LAB = PYPROJECT["project"]["dependencies"], PYPROJECT["project"]["optional-dependencies"]["lab"]
COURSE = [*NEEDED, *LAB]
GROUPS = PYPROJECT["dependency-groups"]
LOCKS = {
    "locks/course.lock": [COURSE, GROUPS["locked"]],
    "locks/dev.lock": [COURSE, GROUPS["locked"], GROUPS["hub"], GROUPS["dev"]],
    "locks/hub.lock": [COURSE, GROUPS["locked"], GROUPS["hub"]],
    "locks/site.lock": [GROUPS["locked"], GROUPS["site"]],
}


def test_environment_yml_asks_for_what_pyproject_asks_for():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))
    *conda, pip = environment["dependencies"]
    python = conda.pop(0)
    assert re.fullmatch(r"python=3\.\d+", python)  # conda's "=": one exact minor version
    assert SpecifierSet(PYPROJECT["project"]["requires-python"]).contains(python.removeprefix("python="))
    asked = map(Requirement, COURSE)  # what [lab] says of a package comes last, and asks for more
    wanted = {CONDA_NAMES.get(r.name, r.name): r.specifier for r in asked}
    assert {r.name: r.specifier for r in map(Requirement, conda)} == {**wanted, "pip": SpecifierSet()}
    assert pip == {"pip": ["-e ."]}
    assert environment["channels"][0] == "conda-forge"


def test_what_builds_the_course_is_locked():
    assert set(PYPROJECT["build-system"]["requires"]) <= set(PYPROJECT["dependency-groups"]["locked"])


def pins(name):
    """The lines `package==version ; marker` of a lock, parsed."""
    lines = re.findall(r"^(\w.*==.*) \\\n    --hash=sha256:", (ROOT / name).read_text("utf-8"), re.MULTILINE)
    return [Requirement(line) for line in lines]


@pytest.mark.parametrize(("name", "asked"), LOCKS.items())
def test_a_lock_satisfies_pyproject_with_hashes_and_without_addresses(name, asked):
    for wanted in map(Requirement, chain(*asked)):
        found = [pin for pin in pins(name) if pin.name == wanted.name]
        assert found, f"{name} lacks {wanted}: python3 tools/lock.py"
        for pin in found:
            (version,) = [spec.version for spec in pin.specifier]
            assert version in wanted.specifier, f"{name} has {pin}, not {wanted}: python3 tools/lock.py"
    text = (ROOT / name).read_text("utf-8")
    assert len(pins(name)) == len(re.findall(r"^\w", text, re.MULTILINE))
    assert not re.search(r"://|--index|--find-links|file:", text)


@pytest.mark.parametrize("name", ["locks/course.lock", "locks/hub.lock"])
def test_the_test_lock_holds_all_of_the_learners_and_the_hubs(name):
    held = {str(pin) for pin in pins("locks/dev.lock")}
    wanted = {(str(pin), f"{pin.name}{pin.specifier}") for pin in pins(name)}  # here or everywhere
    assert [here for here, everywhere in wanted if not held & {here, everywhere}] == []
