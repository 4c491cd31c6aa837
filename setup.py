"""Puts the notebooks into the wheel, as the folder catrnn/notebooks. All else stands in pyproject.toml."""

import pathlib
import shutil

from setuptools import setup
from setuptools.command.build_py import build_py

NOTEBOOKS = pathlib.Path("notebooks")
HIDDEN = shutil.ignore_patterns(".*", "__*", "my_layers.py", "my_progress.json")


class WithNotebooks(build_py):
    """An editable install reads them where they lie; without them, as for the site, the wheel has none."""

    def run(self):
        super().run()
        if not self.editable_mode and NOTEBOOKS.is_dir():
            place = pathlib.Path(self.build_lib, "catrnn/notebooks")
            shutil.rmtree(place, ignore_errors=True)  # of an earlier build
            shutil.copytree(NOTEBOOKS, place, ignore=HIDDEN)


setup(cmdclass={"build_py": WithNotebooks})
