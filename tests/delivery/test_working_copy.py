"""A learner's copy of the notebooks, and the words that care for it: no work is lost, and what happens is told."""

import json
import os
import shutil
from types import SimpleNamespace

import pytest

from catrnn import command
from catrnn.command import jupyter, words, working_copy
from catrnn.command.caller import CALLED, HERE
from catrnn.command.files import digest, read_record, write_record
from catrnn.command.notebooks import LEARNERS
from catrnn.command.notebooks import fresh as fresh_file
from catrnn.command.working_copy import WorkingCopy
from tests.helpers.small_course import NOTEBOOKS, fresh, notebook, put
from tools.lab_in_browser import ROOT


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A small course, and a learner who stands in a folder; JupyterLab is not started but noted."""
    here = tmp_path / "päth with spaces"
    put(here / "notebooks", NOTEBOOKS)
    monkeypatch.chdir(here)
    for name in (CALLED, HERE, "UV"):  # whoever runs the tests
        monkeypatch.delenv(name, raising=False)
    opened = []
    for module in (words, working_copy):
        monkeypatch.setattr(module, "find", lambda: here / "notebooks")
    monkeypatch.setattr(jupyter, "run", lambda command, **_: opened.append(command) or 0)
    work = here / "my_notebooks"
    return SimpleNamespace(ROOT=here, NOTEBOOKS=here / "notebooks", WORK=work, STATE=work / ".course.json",
                           opened=opened, main=command.main, refresh=lambda: WorkingCopy(work).refresh().kept)


def learner(course, name="07_train_the_cat.ipynb"):
    return course.WORK / name


def types(course, text):
    learner(course).write_text(notebook("train(cat)", text), "utf-8")


def changes(course, text, name="07_train_the_cat.ipynb"):
    (course.NOTEBOOKS / name).write_text(notebook(text), "utf-8")


def test_a_notebook_that_was_merely_run_follows_the_course(course):
    course.refresh()
    learner(course).write_text(notebook("train(cat)", "", output="0.01", metadata={"run": True}))
    assert course.refresh() == []
    assert "0.01" in learner(course).read_text()  # nothing new: what was run stays
    changes(course, "train(better_cat)")
    assert course.refresh() == []
    assert learner(course).read_text() == fresh("train(better_cat)")


def test_a_fresh_copy_holds_no_output_and_no_count_of_runs(course):
    stored = notebook("train(cat)", output="Truth: 1.25 portions.")
    (course.NOTEBOOKS / "07_train_the_cat.ipynb").write_text(stored, "utf-8")
    course.refresh()
    assert learner(course).read_text() == fresh("train(cat)")
    course.main(["reset", "07"])
    assert learner(course).read_text() == fresh("train(cat)")


def test_a_copy_from_when_outputs_were_copied_too_loses_them_if_it_was_never_run(course):
    stored = course.NOTEBOOKS / "07_train_the_cat.ipynb"
    stored.write_text(notebook("train(cat)", output="Truth: 1.25"), "utf-8")
    course.refresh()
    shutil.copy(stored, learner(course))  # as the course did it once, with the record that it still writes
    assert course.refresh() == []
    assert learner(course).read_text() == fresh("train(cat)")
    learner(course).write_text(notebook("train(cat)", output="my own run"), "utf-8")
    assert course.refresh() == []
    assert "my own run" in learner(course).read_text()


def test_what_the_learner_kept_is_never_touched_nor_that_of_others_copied(course, capsys):
    course.refresh()
    for name in LEARNERS:
        (course.NOTEBOOKS / name).write_text("made by somebody who worked in the course's own folder")
    course.refresh()
    for name in LEARNERS:
        assert not learner(course, name).exists()
        learner(course, name).write_text("mine")
    course.refresh()
    course.main(["reset", "07"])
    course.refresh()
    assert [learner(course, name).read_text() for name in LEARNERS] == ["mine", "mine"]


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda path: path.stem)
def test_a_notebook_that_a_learner_gets_holds_what_is_to_be_read_and_nothing_that_was_run(path):
    copied = json.loads(fresh_file(path))
    original = json.loads(path.read_text("utf-8"))
    for cell, stored in zip(copied["cells"], original["cells"], strict=True):
        assert cell.get("outputs", []) == []
        assert cell.get("execution_count") is None
        assert {**stored, "outputs": [], "execution_count": None} == {"outputs": [], "execution_count": None, **cell}
    assert {**copied, "cells": []} == {**original, "cells": []}


def test_a_changed_notebook_is_kept_in_silence_while_the_course_stands_still(course, capsys):
    course.refresh()
    types(course, "my own words")
    course.main([])
    course.main([])
    assert "my own words" in learner(course).read_text()
    assert "07_train" not in capsys.readouterr().out


def test_a_changed_notebook_is_kept_and_the_learner_told_when_the_course_has_a_newer_one(course, capsys):
    course.refresh()
    types(course, "my own words")
    changes(course, "train(better_cat)")
    course.main([])
    assert "my own words" in learner(course).read_text()
    said = capsys.readouterr().out
    assert said.count("Kept as you changed it: my_notebooks/07_train_the_cat.ipynb") == 1
    assert "catrnn reset 07" in said


def kept_lines(course, capsys, *words):
    """How often a start, or a word, says that a notebook was kept."""
    course.main([*words])
    return capsys.readouterr().out.count("Kept as you changed it")


def test_that_a_notebook_was_kept_is_said_once_a_version_and_whenever_one_asks(course, capsys):
    course.refresh()
    types(course, "my own words")
    for version in ("train(better_cat)", "train(best_cat)"):
        changes(course, version)
        assert [kept_lines(course, capsys) for _ in range(3)] == [1, 0, 0]
        assert [kept_lines(course, capsys, "update") for _ in range(2)] == [1, 1]


def test_update_says_what_is_new_what_follows_and_what_has_left(course, capsys):
    course.refresh()
    changes(course, "2 + 2", "00_start_here.ipynb")
    changes(course, "3 + 3", "08_new.ipynb")
    (course.NOTEBOOKS / "drawn.svg").unlink()
    course.main(["update"])
    assert capsys.readouterr().out.splitlines() == [
        "New: my_notebooks/08_new.ipynb",
        "Newer: my_notebooks/00_start_here.ipynb",
        "No longer in the course: my_notebooks/drawn.svg",
    ]
    course.main(["update"])
    assert capsys.readouterr().out == "my_notebooks is as the course has it: nothing is new.\n"


def test_new_outputs_alone_are_no_news(course, capsys):
    course.refresh()
    (course.NOTEBOOKS / "07_train_the_cat.ipynb").write_text(notebook("train(cat)", output="0.01"), "utf-8")
    course.main(["update"])
    assert "nothing is new" in capsys.readouterr().out


@pytest.mark.parametrize("ran", [False, True])
def test_reset_of_what_was_not_changed_saves_nothing_and_says_so(course, capsys, ran):
    course.refresh()
    if ran:
        learner(course).write_text(notebook("train(cat)", "", output="0.01"), "utf-8")
    changes(course, "train(better_cat)")
    for _ in range(2):
        course.main(["reset", "07"])
        assert "nothing was saved" in capsys.readouterr().out
    assert learner(course).read_text() == fresh("train(better_cat)")
    assert list(course.WORK.glob("*saved*")) == []


def test_a_deleted_notebook_comes_back(course):
    course.refresh()
    learner(course).unlink()
    course.refresh()
    assert learner(course).is_file()


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"cells": 3}', '{"cells": [{}]}', "\udcff"])
def test_a_damaged_notebook_of_the_learner_is_kept(course, damage):
    course.refresh()
    data = damage.encode(errors="surrogateescape")
    learner(course).write_bytes(data)
    changes(course, "train(better_cat)")
    assert course.refresh() == ["07_train_the_cat.ipynb"]
    assert learner(course).read_bytes() == data


@pytest.mark.parametrize("record", [None, "", "[1]"])
def test_without_its_record_whatever_differs_from_the_course_is_kept(course, record):
    course.refresh()
    types(course, "my own words")
    course.STATE.unlink() if record is None else course.STATE.write_text(record)
    assert course.refresh() == ["07_train_the_cat.ipynb"]
    changes(course, "2 + 2", "00_start_here.ipynb")
    assert course.refresh() == ["07_train_the_cat.ipynb"]
    assert "my own words" in learner(course).read_text()
    assert "2 + 2" in learner(course, "00_start_here.ipynb").read_text()


def test_a_notebook_that_left_the_course_goes_unless_it_was_changed(course):
    course.refresh()
    types(course, "my own words")
    for path in course.NOTEBOOKS.glob("*.ipynb"):
        path.unlink()
    course.refresh()
    assert not learner(course, "00_start_here.ipynb").exists()
    assert "my own words" in learner(course).read_text()


def test_pictures_follow_the_course_and_notebooks_of_the_learner_stay(course):
    course.refresh()
    learner(course, "my_own.ipynb").write_text(notebook("1"))
    (course.NOTEBOOKS / "drawn.svg").write_text("<svg>new</svg>")
    assert course.refresh() == []
    assert learner(course, "drawn.svg").read_text() == "<svg>new</svg>"
    assert learner(course, "my_own.ipynb").is_file()


def test_a_copy_that_is_cut_off_leaves_the_old_file_whole(course, monkeypatch):
    course.refresh()
    changes(course, "train(better_cat)")

    def cut_off(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", cut_off)
        with pytest.raises(KeyboardInterrupt):
            course.refresh()
    assert learner(course).read_text() == fresh("train(cat)")
    course.refresh()
    assert learner(course).read_text() == fresh("train(better_cat)")


@pytest.mark.parametrize("word", ["07", "7", "07_train_the_cat", "07_train_the_cat.ipynb"])
def test_reset_puts_a_fresh_notebook_beside_the_saved_old_ones(course, capsys, word):
    course.refresh()
    for n in (1, 2):
        types(course, f"attempt {n}")
        course.main(["reset", word])
        assert learner(course).read_text() == fresh("train(cat)")
        assert f"Your old one is now my_notebooks/07_train_the_cat.saved-{n}.ipynb" in capsys.readouterr().out
    for n in (1, 2):
        assert f"attempt {n}" in learner(course, f"07_train_the_cat.saved-{n}.ipynb").read_text()
    assert course.refresh() == []


def test_after_a_reset_the_notebook_follows_the_course_again(course):
    course.refresh()
    types(course, "my own words")
    changes(course, "train(better_cat)")
    course.main(["reset", "07"])
    changes(course, "train(best_cat)")
    assert course.refresh() == []
    assert learner(course).read_text() == fresh("train(best_cat)")


@pytest.mark.parametrize("words", [[], ["99"], ["7", "8"], [""]])
def test_reset_of_a_notebook_that_is_not_there_lists_what_there_is(course, words):
    with pytest.raises(SystemExit, match=r"reset NUMBER, with a NUMBER of 00, 07\."):
        course.main(["reset", *words])


# Two starts at once, and what is strange in a folder


def test_nothing_outside_the_working_copy_is_deleted_or_written(course, tmp_path):
    course.refresh()
    for victim in (course.ROOT / "victim.txt", tmp_path / "far.txt"):
        victim.write_text("years of work")
    (course.WORK / "linked.txt").symlink_to(tmp_path / "far.txt")
    (course.WORK / ".07_train_the_cat.ipynb.new").symlink_to(tmp_path / "far.txt")
    told = {"content": digest(course.ROOT / "victim.txt"), "file": ""}
    names = ("../victim.txt", str(tmp_path / "far.txt"), "linked.txt")
    write_record(course.STATE, {**read_record(course.STATE), **dict.fromkeys(names, told)})
    changes(course, "train(better_cat)")
    assert course.refresh() == []
    for victim in (course.ROOT / "victim.txt", tmp_path / "far.txt"):
        assert victim.read_text() == "years of work"
    assert learner(course).read_text() == fresh("train(better_cat)")


@pytest.mark.parametrize("record", ['{"00_start_here.ipynb": null}', '{"07_train_the_cat.ipynb": [1]}', "[" * 100_000])
def test_a_strange_record_is_as_good_as_none(course, record):
    course.refresh()
    types(course, "my own words")
    course.STATE.write_text(record)
    assert course.refresh() == ["07_train_the_cat.ipynb"]
    course.main(["reset", "00"])
    assert "my own words" in learner(course).read_text()


def test_a_notebook_of_deep_brackets_is_kept(course):
    course.refresh()
    learner(course).write_text("[" * 100_000)
    changes(course, "train(better_cat)")
    assert course.refresh() == ["07_train_the_cat.ipynb"]


def test_a_folder_in_the_place_of_a_notebook_is_named_and_the_course_opens(course, capsys):
    course.refresh()
    learner(course).unlink()
    learner(course).mkdir()
    course.main([])
    assert len(course.opened) == 1
    said = capsys.readouterr().out
    assert f"Left as it is, because it cannot be read or written: {learner(course)}: " in said


def test_on_a_full_disk_the_course_opens_with_what_is_there(course, monkeypatch, capsys):
    course.main([])
    for name in ("00_start_here.ipynb", "07_train_the_cat.ipynb"):
        changes(course, "2 + 2", name)

    def full(path, data):
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(working_copy, "write", full)
    course.main([])
    assert len(course.opened) == 2
    said = capsys.readouterr().out
    assert said.count("No space left on device, and 1 more") == 1


def test_the_record_is_written_only_when_it_has_changed(course, monkeypatch):
    course.refresh()
    monkeypatch.setattr(working_copy, "write_record", None)
    assert course.refresh() == []


@pytest.mark.skipif(os.name == "nt", reason="modes of files as POSIX has them")
def test_an_odd_umask_keeps_nobody_from_their_own_files(course):
    before = os.umask(0o777)
    try:
        course.main([])
    finally:
        os.umask(before)
    assert course.WORK.stat().st_mode & 0o700 == 0o700
    assert learner(course).stat().st_mode & 0o600 == 0o600
