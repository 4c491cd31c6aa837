"""How the site is built: from files that are as pinned, into a folder that was free, with every notebook."""

import html
import json
import os
import re
import shutil
import subprocess
import sys
from functools import partial

import pytest

from catrnn import lab
from tests.website.served import Files, address, served
from tests.website.stored import stored_captions, stored_words
from tools import build_lab, build_site, pyodide_files
from tools.lab_in_browser import ROOT
from tools.notebook_list import about, in_order
from tools.site_tools import digest

NOTEBOOKS = sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))
RUN = ["07_train_the_cat.ipynb", "09_unroll_through_time.ipynb"]
"""Run without a browser, cell by cell: they take longer than most."""

ANY_ADDRESS = re.compile(r"""(?:src|href|action)\s*=\s*["']?(?:\w+:)?//""")


@pytest.fixture
def small(monkeypatch):
    """Pins of one small file."""
    data = b"as its makers made it"
    monkeypatch.setattr(pyodide_files, "pinned", lambda: {"small.js": digest(data)})
    return data


def test_pyodide_comes_from_a_folder_or_from_an_address(small, tmp_path):
    (tmp_path / "from").mkdir()
    (tmp_path / "from/small.js").write_bytes(small)
    pyodide_files.fetch(tmp_path / "copied", tmp_path / "from")
    with served(partial(Files, directory=tmp_path / "from")) as server:
        pyodide_files.fetch(tmp_path / "loaded", address=f"{address(server)}/")
    assert (tmp_path / "copied/small.js").read_bytes() == (tmp_path / "loaded/small.js").read_bytes() == small


def test_a_file_that_is_not_as_pinned_is_named_and_not_used(small, tmp_path):
    (tmp_path / "small.js").write_bytes(small + b" and someone else changed it")
    with pytest.raises(SystemExit, match=r"small.js is not the file that deploy/site/pins.json .*Nothing was built"):
        pyodide_files.fetch(tmp_path / "out", tmp_path)
    assert not (tmp_path / "out/small.js").exists()


def test_where_pyodide_cannot_be_fetched_the_sentence_names_the_address_and_the_way_out(small, tmp_path):
    nobody = "http://127.0.0.1:9/"
    with pytest.raises(SystemExit, match=f"{nobody}small.js could not be fetched .*refused.*--pyodide FOLDER"):
        pyodide_files.fetch(tmp_path / "out", address=nobody)


def test_the_folder_of_pyodides_files_may_stand_in_a_variable(monkeypatch, tmp_path):
    asked = []
    monkeypatch.setattr(build_site, "build", lambda out, pyodide: asked.append(pyodide))
    monkeypatch.setenv("CATRNN_PYODIDE", str(tmp_path))
    build_site.main([])
    build_site.main(["--pyodide", str(tmp_path / "other")])
    monkeypatch.setenv("CATRNN_PYODIDE", "")
    build_site.main([])
    assert asked == [tmp_path, tmp_path / "other", None]


@pytest.mark.parametrize("name", [".github/workflows/tests.yml", "CONTRIBUTING.md"])
def test_who_wants_pyodides_files_is_told_where_a_build_has_put_them(name):
    assert pyodide_files.FETCHED.relative_to(ROOT).as_posix() in (ROOT / name).read_text("utf-8")


def test_a_file_that_is_there_as_pinned_is_not_fetched_again(small, tmp_path):
    (tmp_path / "small.js").write_bytes(small)
    pyodide_files.fetch(tmp_path, address="http://127.0.0.1:9/nobody/")
    assert (tmp_path / "small.js").read_bytes() == small


def test_a_folder_with_other_files_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work", "utf-8")
    with pytest.raises(SystemExit, match="not empty and holds no site of an earlier build, so it is left alone"):
        build_site.build(tmp_path)
    assert (tmp_path / "thesis.txt").is_file()


def test_a_folder_without_pyodides_files_is_told_in_one_sentence(tmp_path):
    command = [sys.executable, ROOT / "course.py", "site", "--pyodide", tmp_path, "--out", tmp_path / "out"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1
    assert "The site was not built" in done.stderr
    assert "pyodide.js" in done.stderr
    assert "Traceback" not in done.stderr


def test_another_jupyterlite_than_the_one_that_is_mended_stops_the_build(tmp_path):
    (tmp_path / "build").mkdir()
    (tmp_path / "build/100.js").write_text(build_lab.FAILS, "utf-8")  # but waits in other words
    with pytest.raises(SystemExit, match=r"JupyterLite is not the one that MENDED .* Nothing was built"):
        build_lab.mend(tmp_path)
    assert (tmp_path / "build/100.js").read_text("utf-8") == build_lab.FAILS


def test_the_site_has_every_notebook_as_a_page_and_in_the_lab_and_the_first_page_lists_them(site):
    assert sorted(path.name for path in (site / "live/files").glob("*.ipynb")) == NOTEBOOKS
    rows = re.findall(r"<tr.*?</tr>", (site / "index.html").read_text("utf-8"), re.DOTALL)[1:]
    ordered = [path.stem for path in in_order()]
    assert [re.search(r'href="(\w+)\.html"', row)[1] for row in rows] == ordered
    assert sorted(f"{name}.ipynb" for name in ordered) == NOTEBOOKS
    for row, path in zip(rows, in_order(), strict=True):
        assert all(html.escape(words, quote=False) in straight(row) for words in about(path))
    assert about(ROOT / "notebooks/07_train_the_cat.ipynb")[:2] == ["07 Train the cat", "Will it learn?"]


def straight(text):
    """Sphinx bends the apostrophes."""
    return text.replace("’", "'")


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_of_the_site_is_that_of_the_course_but_for_its_kernel_and_outputs(site, name):
    def read(folder):
        notebook = json.loads((folder / name).read_text("utf-8"))
        return [(cell["cell_type"], "".join(cell["source"])) for cell in notebook["cells"]], notebook["metadata"]

    (cells, metadata), (originals, _) = read(site / "live/files"), read(ROOT / "notebooks")
    assert cells == originals
    assert metadata["kernelspec"]["name"] == "python"


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_of_the_site_holds_no_output_and_no_truth(site, name):
    cells = json.loads((site / "live/files" / name).read_text("utf-8"))["cells"]
    assert [cell for cell in cells if cell.get("outputs") or cell.get("execution_count")] == []


def test_the_pages_of_the_lab_name_no_other_host(site):
    for page in [*(site / "live").rglob("*.html"), *(site / "live").rglob("jupyter-lite.json")]:
        assert not ANY_ADDRESS.search(page.read_text("utf-8")), page


def test_every_package_of_the_kernel_lies_in_the_site_with_its_hash(site):
    lock = json.loads((site / "live/static/pyodide/pyodide-lock.json").read_text("utf-8"))["packages"]
    for package in lock.values():
        data = (site / "live/static/pyodide" / package["file_name"]).read_bytes()
        assert digest(data) == package["sha256"]
        assert {name.replace("_", "-") for name in package["depends"]} <= lock.keys()


def test_every_panel_draws_and_every_cell_prints_in_pyodide_without_a_browser(site):
    node = shutil.which("node")
    if not node:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("Not tested: the package in Pyodide. No Node.js found.")
    script, captions = ROOT / "tests/website/package.mjs", all_captions()
    command = [node, script, site / "live/static/pyodide", json.dumps(list(captions)),
               *(site / "live/files" / name for name in RUN)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    said = json.loads(done.stdout)
    assert said["captions"] == captions
    assert re.findall(r"relu layer: (.*?)\.", said["check"]) == ["not started", "correct", "not yet"]
    assert said["printed"] == [[words for kind, words in stored_words(name) if kind == "code"] for name in RUN]


def all_captions():
    """What every panel says on a desktop, at the settings that the notebooks give it."""
    captions = {call: caption for name in NOTEBOOKS for call, caption in stored_captions(name).items()}
    assert {call.partition("(")[0] for call in captions} == {name for name in dir(lab) if name.startswith("explore_")}
    return captions
