"""What the site's Python is made of: byte code that this Python runs, and nothing that nobody reads."""

import base64
import hashlib
import importlib
import importlib.util
import json
import os
import sys
import zipfile

import pytest

from tools import byte_code, lean
from tools.site_tools import digest

WHEEL = "mouse-1-py3-none-any.whl"
SOURCE = b'"""A mouse."""\n\n\ndef squeak():\n    return "squeak"\n'
FILES = [
    ("mouse/__init__.py", SOURCE),
    ("mouse/old.py", b"print 'for Python 2'\n"),
    ("mouse/types.pyi", b"def squeak() -> str: ...\n"),
    ("mouse/tests/test_mouse.py", b"assert True\n"),
    ("mouse/tail.csv", b"1,2\n"),
    ("mouse-1.data/data/etc/ipython/ipython_config.py", b"c = get_config()\n"),
    ("mouse-1.data/data/share/page.js", b"alert()\n"),
    ("mouse-1.dist-info/RECORD", b"as it was"),
]
PYTHON_3_12 = b"\xcb\r\r\n"
"""How byte code of Python 3.12 begins."""


@pytest.fixture
def packages(tmp_path):
    """A folder as of Pyodide's files: a library of one module, a wheel, and the lock."""
    folder = tmp_path / "pyodide"
    folder.mkdir()
    byte_code.write(folder / lean.LIBRARY, [("this_is_it.py", SOURCE)])
    byte_code.write(folder / WHEEL, FILES)
    version = f"{sys.version_info[0]}.{sys.version_info[1]}.0"
    package = {"file_name": WHEEL, "sha256": digest((folder / WHEEL).read_bytes())}
    lock = {"info": {"python": version}, "packages": {"mouse": package}}
    (folder / "pyodide-lock.json").write_text(json.dumps(lock), "utf-8")
    return folder


@pytest.fixture
def made(packages, tmp_path):
    """That folder, made lean by this very Python."""
    lean.make_lean(packages, tmp_path / "store")
    return packages


def names(path):
    return {name for name, _ in byte_code.read(path)}


def test_source_becomes_byte_code_and_what_nothing_reads_is_gone(made):
    assert names(made / lean.LIBRARY) == {"this_is_it.pyc"}
    assert names(made / WHEEL) == {
        "mouse/__init__.pyc", "mouse/old.py", "mouse/tail.csv", "mouse-1.data/data/etc/ipython/ipython_config.py",
        "mouse-1.dist-info/RECORD"}


def test_what_is_imported_from_byte_code_names_the_file_that_it_came_from(made, tmp_path, monkeypatch):
    with zipfile.ZipFile(made / WHEEL) as wheel:
        wheel.extractall(tmp_path / "unpacked")
    monkeypatch.syspath_prepend(tmp_path / "unpacked")
    mouse = importlib.import_module("mouse")
    monkeypatch.delitem(sys.modules, "mouse")
    assert mouse.squeak() == "squeak"
    assert mouse.__file__.endswith("unpacked/mouse/__init__.pyc".replace("/", os.sep))
    assert mouse.squeak.__code__.co_filename == "/lib/python3.12/site-packages/mouse/__init__.pyc"


def test_source_that_is_kept_has_its_byte_code_beside_it_held_against_it(tmp_path):
    own = [(name, data) for name, data in byte_code.translated([("cat/__init__.py", SOURCE)], "/lib", kept=True)]
    at = importlib.util.cache_from_source("cat/__init__.py").replace(os.sep, "/")
    assert own[0] == ("cat/__init__.py", SOURCE)
    assert own[1] == (at, byte_code.compiled(SOURCE, "/lib/cat/__init__.py", checked=True))
    assert own[1][1][4] == byte_code.CHECKED


def test_a_wheel_records_the_hash_of_what_is_in_it_now(made):
    files = dict(byte_code.read(made / WHEEL))
    lines = files["mouse-1.dist-info/RECORD"].decode().splitlines()
    assert {line.split(",")[0] for line in lines} == files.keys()
    told = dict(line.split(",")[:2] for line in lines)
    code = hashlib.sha256(files["mouse/__init__.pyc"]).digest()
    assert told["mouse/__init__.pyc"] == "sha256=" + base64.urlsafe_b64encode(code).decode().rstrip("=")


def test_the_lock_tells_the_new_hash(made):
    (package,) = json.loads((made / "pyodide-lock.json").read_text("utf-8"))["packages"].values()
    assert package["sha256"] == digest((made / WHEEL).read_bytes())


def test_with_no_python_of_the_sites_version_the_source_stays_and_that_is_said(packages, tmp_path, monkeypatch, capsys):
    lock = packages / "pyodide-lock.json"
    lock.write_text(lock.read_text("utf-8").replace(f'"{sys.version_info[0]}.', '"2.'), "utf-8")
    monkeypatch.setattr(lean.shutil, "which", lambda name: None)
    lean.make_lean(packages, tmp_path / "store")
    assert names(packages / lean.LIBRARY) == {"this_is_it.py"}
    assert "mouse/__init__.py" in names(packages / WHEEL)
    assert "twice as long to start" in capsys.readouterr().out


def test_what_was_made_is_not_made_again_and_what_no_build_asks_for_is_forgotten(packages, tmp_path, monkeypatch):
    store, before = tmp_path / "store", (packages / WHEEL).read_bytes()
    lean.make_lean(packages, store)
    old = store / "of-an-older-course.whl"
    old.write_bytes(b"")
    os.utime(old, (0, 0))
    (packages / WHEEL).write_bytes(before)
    byte_code.write(packages / lean.LIBRARY, [("this_is_it.py", SOURCE)])
    monkeypatch.setattr(lean, "run", None)
    lean.make_lean(packages, store)
    assert len(list(store.iterdir())) == 2
    assert "mouse/__init__.pyc" in names(packages / WHEEL)


def test_the_sites_libraries_are_byte_code_of_its_python_and_the_course_is_source_too(site):
    folder = site / "live/static/pyodide"
    for path in [*folder.glob("*.whl"), folder / lean.LIBRARY]:
        files = {name: data for name, data in byte_code.read(path) if ".data/" not in name}
        assert {data[:4] for name, data in files.items() if name.endswith(".pyc")} <= {PYTHON_3_12}, path.name
        source = {name for name in files if name.endswith(".py")}
        if path.name.startswith(lean.KEPT):
            assert {byte_code.beside(name).partition(".cpython")[0] for name in source} == {
                name.partition(".cpython")[0] for name in files if name.endswith(".pyc")}
        else:
            assert source == set(), path.name
