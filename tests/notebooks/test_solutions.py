"""The solutions edition: each blank is filled with an answer that `check` calls correct; all else is as it was."""

import nbformat
import pytest

from catrnn.lab.exercises import learner
from catrnn.lab.exercises.catalogue import EXERCISES
from tests.helpers.answers import RIGHT, ROOT, asking, borrowed_cells, code_cells, imports
from tools import solutions

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="module")
def edition():
    """The notebooks with their answers, by name."""
    return {path.stem: solutions.solution_of(path) for path in NOTEBOOKS}


@pytest.fixture(autouse=True)
def _nothing_is_kept(tmp_path, monkeypatch):
    monkeypatch.setenv("CATRNN_FOLDER", str(tmp_path))
    monkeypatch.setattr(learner, "STATES", {})


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.name)
def test_check_calls_each_filled_cell_correct(edition, exercise, capsys):
    cells = code_cells(exercise.notebook)
    answer = next(answer for answer in RIGHT if answer.exercise == exercise.name)
    (cell,) = (cell.source for cell in edition[exercise.notebook].cells
               if cell.cell_type == "code" and exercise.name in asking(cell.source))
    names = {"__name__": "__main__"}
    for source in (imports(cells), *borrowed_cells(answer), cell):
        capsys.readouterr()
        exec(source, names)
    assert f"\n{exercise.name}: correct." in f"\n{capsys.readouterr().out}"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_blank_is_left_and_no_other_cell_is_changed(edition, path):
    for before, after in zip(nbformat.read(path, 4).cells, edition[path.stem].cells, strict=True):
        if before.cell_type == "code" and asking(before.source):
            assert not any(line.strip().startswith("...") for line in after.source.splitlines())
            assert "= ..." not in after.source
        else:
            assert after.source == before.source
        if "check(" not in after.source and "keep(" not in after.source and "progress(" not in after.source:
            assert after == before


def test_nothing_is_written_over(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(SystemExit, match="not empty"):
        solutions.main([str(tmp_path)])
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("place", ["a file/new", "a link"])
def test_a_folder_that_cannot_be_made_is_told_in_a_sentence(tmp_path, place):
    (tmp_path / "a file").write_text("")
    (tmp_path / "a link").symlink_to("nowhere")
    with pytest.raises(SystemExit, match=r"Cannot write into .* a folder of your own"):
        solutions.main([str(tmp_path / place)])


def test_every_notebook_is_in_the_edition_under_its_own_name_so_that_links_hold(tmp_path):
    solutions.main([str(tmp_path / "new")])
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == [path.name for path in NOTEBOOKS]
