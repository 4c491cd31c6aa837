"""`source` shows what Python runs, or says that the file has changed; and it is a text, whatever stands in it."""

import pathlib
import subprocess
import sys

import pytest

from catrnn.lab import source as show
from catrnn.layers import ReLULayer

PACKAGE = pathlib.Path(show.__code__.co_filename).resolve().parents[1]
COPY = """
import pathlib, shutil, sys
package, here = map(pathlib.Path, sys.argv[1:])
shutil.copytree(package, here / "catrnn", ignore=shutil.ignore_patterns("__pycache__"))
sys.path.insert(0, str(here))
from catrnn.lab import source
from catrnn.layers import ReLULayer
before = source(ReLULayer.forward).data
layers = here / "catrnn/layers.py"
layers.write_text("# a line more\\n" * 7 + layers.read_text())
print(before, source(ReLULayer.forward).data, sep="|||")
layers.unlink()
print("|||", source(ReLULayer).data)
"""


def test_it_shows_the_lines_of_a_method_under_its_door():
    assert show(ReLULayer.forward).data.startswith('```python\n@checks.shapes(x="... N H")\ndef forward(self, x):')


def test_of_a_file_that_has_changed_or_is_gone_it_says_so(tmp_path):
    run = subprocess.run([sys.executable, "-c", COPY, PACKAGE, tmp_path], capture_output=True, text=True, check=True)
    before, changed, gone = run.stdout.split("|||")
    assert "np.maximum" in before
    for said in (changed, gone):
        assert said.strip().startswith("The file with this code has changed since Python read it")


@pytest.mark.parametrize("thing", [3, None, "relu", len, [ReLULayer]], ids=str)
def test_what_is_not_written_in_python_is_refused_in_one_sentence(thing):
    with pytest.raises(TypeError, match=r"^thing is .*, but a class, a function or a method .*; write its name"):
        show(thing)


def fenced():
    """```</code><img src=x>"""


def test_code_cannot_end_its_own_fence():
    assert show(fenced).data.startswith("````python\n")
    assert show(fenced).data.endswith("\n````")
