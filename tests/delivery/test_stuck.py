"""A test that waits for ever is ended and named, and so is one whose end never comes; the others run."""

import os
import shutil
import subprocess
import sys

import psutil
import pytest

from tools.lab_in_browser import ROOT

STUCK = '''
import subprocess, sys, threading, pytest

@pytest.fixture
def server():
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(100)", "{mark}"])
    yield
    threading.Event().wait()

def test_waits_for_ever(): threading.Event().wait()
def test_ends_never(server): assert not 'never'
def test_goes_on(): pass
def test_goes_on_after_it(): pass
'''
SHORT = ("-o", "timeout=2", "-o", "faulthandler_timeout=8")
ALONE = ("-o", "addopts=", "-p", "no:nbval", "-p", "no:hypothesispytest", "-p", "no:cacheprovider")  # starts sooner


def test_every_test_has_a_bound(pytestconfig):
    assert 0 < float(pytestconfig.getini("timeout")) < float(pytestconfig.getini("faulthandler_timeout"))


@pytest.mark.skipif(os.name == "nt", reason="a signal as POSIX has it; elsewhere a worker ends in place of a test")
def test_what_has_stuck_is_named_and_leaves_no_process_and_the_others_run(tmp_path):
    shutil.copy(ROOT / "conftest.py", tmp_path)
    mark = str(tmp_path)
    (tmp_path / "test_it.py").write_text(STUCK.replace("{mark}", mark), "utf-8")
    command = [sys.executable, "-m", "pytest", "-c", ROOT / "pyproject.toml", f"--rootdir={tmp_path}", tmp_path,
               "-rf", "--numprocesses=1", *ALONE, *SHORT]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300)
    told = done.stdout + done.stderr
    assert "FAILED test_it.py::test_waits_for_ever - Failed: Timeout" in told
    assert "crashed while running 'test_it.py::test_ends_never'" in told
    assert "3 failed, 2 passed" in told  # the second counts twice: it fails, and takes its worker with it
    assert not [process for process in psutil.process_iter(["cmdline"]) if mark in (process.info["cmdline"] or ())]
