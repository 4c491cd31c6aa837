"""How much memory do the panels, the notebooks and a recorded training take, and is it too much?

    python benchmarks/memory.py [--only explore_cliff 07 cats] [--tests] [--write]

Each row is measured in a fresh process, by the memory that it holds (RSS), what it shares with others counted in full.

- A panel: what it adds when its cell is run, after MOVES random moves of all its controls, and what each of RUNS more
  runs of the cell adds, for ipywidgets keeps every panel. One other panel stands before it, so that what Matplotlib
  takes for itself is not counted.
- A notebook: all of its kernel, once every cell has run and every control was moved to its ends and its middle.
- Cats: the most that a training holds at any time beyond what was there before, with everything recorded.
- One MB is 2**20 bytes, as `top` and the Hub count.
- With --tests, the largest process of the whole test run, browsers and kernels included (more words go to pytest).

Ends with exit code 1 if a figure is over its limit. --write puts the whole table into benchmarks/README.md. On Linux.
"""

import argparse
import contextlib
import gc
import io
import os
import platform
import random
import re
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import nbformat
import numpy as np
import psutil

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]
from catrnn import lab  # noqa: E402
from catrnn.data import DAYS, TARGET  # noqa: E402
from catrnn.network import CatRNN  # noqa: E402
from catrnn.training import train  # noqa: E402
from tests.helpers.kernel import front_end, sweep  # noqa: E402

REPORT = ROOT / "benchmarks" / "README.md"
NOTEBOOKS = {path.stem[:2]: path for path in sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))}
PANELS = sorted(name for name in dir(lab) if name.startswith("explore_") or name == "check_setup")
MOVES, RUNS = 300, 20
DAYS_TYPED = ("0.5, 0.75, 1", "1 0 1 0 1 0 1 0", "0.25, 0.5, 0.75, 1, 0.25, 0.5, 0.75, 1", "a fish", "")
"""What goes into a text: days, and something that is none."""

PANEL_MOST = (15, 25, 5)
"""Megabytes: made, after the moves, each run of the cell again."""
NOTEBOOK_MOST, RECORDING_MOST = 200, 280
RECORDING = ("07", "11")
"""Notebooks that record a thousand cats."""
CATS, UNITS, EPOCHS, CATS_MOST = 1000, 16, 100, 300
TESTS_MOST = 2000


class Row(NamedTuple):
    """One line of the table: what was measured, the megabytes, and the most they may be."""

    what: str
    found: tuple
    most: tuple

    @property
    def fits(self):
        return all(found <= most for found, most in zip(self.found, self.most, strict=True))


def held():
    """Megabytes that this process holds."""
    gc.collect()
    return psutil.Process().memory_info().rss / 2**20


def most_held():
    """Megabytes that this process held at most."""
    return int(re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text("utf-8"))[1]) / 1024


def fresh(task, *arguments):
    """Run a function of this file in a process of its own; return what it returns."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(task, *arguments).result()


# A panel


def run_cell(name):
    """Make a panel and show it, as the last line of a cell does; what it prints is not shown."""
    with contextlib.redirect_stdout(io.StringIO()):
        panel = getattr(lab, name)()
        panel.stored()
    return panel


def parts(controls):
    """Every control that can be moved, also those within another."""
    for control in controls:
        if hasattr(control, "children"):
            yield from parts(control.children)
        elif control.has_trait("value") or hasattr(control, "click"):
            yield control


def move(control, rng):
    """Set a control to a random place."""
    if hasattr(control, "click"):
        control.click()
    elif control.has_trait("index"):
        control.index = rng.choice(range(len(control.options)) or [None])  # the columns of a file: none is loaded
    elif isinstance(control.value, bool):
        control.value = not control.value
    elif isinstance(control.value, str):
        control.value = rng.choice(DAYS_TYPED)
    elif isinstance(control.value, int):
        control.value = rng.randint(control.min, control.max)
    else:
        steps = round((control.max - control.min) / control.step)
        control.value = control.min + control.step * rng.randint(0, steps)


def weigh_panel(name):
    """Megabytes of one panel: made, moved, and each run of its cell again."""
    run_cell("explore_miss" if name != "explore_miss" else "explore_hinge")
    before = held()
    panel = run_cell(name)
    made = held()
    controls, rng = list(parts(panel.controls.values())), random.Random(0)
    for _ in range(MOVES if controls else 0):
        move(rng.choice(controls), rng)
    moved = held()
    for _ in range(RUNS):
        run_cell(name)
    return made - before, moved - before, (held() - moved) / RUNS


def panel_row(name):
    what = f"`{name}`: its cell run, after {MOVES} moves, each of {RUNS} more runs"
    return Row(what, fresh(weigh_panel, name), PANEL_MOST)


# A notebook


def weigh_notebook(path):
    """Megabytes of a kernel after all cells of a notebook and all moves of its controls."""
    with front_end(path.parent) as page:
        for cell in nbformat.read(path, 4).cells:
            if cell.cell_type == "code":
                page.run(cell.source)
        problems = [*page.errors, *sweep(page)[1]]
        if problems:
            raise RuntimeError(f"{path.stem}: {problems}")
        return (page.megabytes(),)


def notebook_row(number):
    most = RECORDING_MOST if number in RECORDING else NOTEBOOK_MOST
    return Row(f"the kernel of notebook {number}", fresh(weigh_notebook, NOTEBOOKS[number]), (most,))


# Recorded cats, and the tests


def weigh_cats():
    """Megabytes that it takes to train and record a thousand cats."""
    cats = CatRNN.random([np.random.default_rng(seed) for seed in range(CATS)], UNITS)
    before = held()
    history = train(cats, DAYS, TARGET, EPOCHS)
    assert len(history.losses) == EPOCHS
    return (most_held() - before,)


def cats_row():
    return Row(f"{CATS:,} cats of {UNITS} units recorded for {EPOCHS} epochs", fresh(weigh_cats), (CATS_MOST,))


def largest(run):
    """Wait for a process; return the most megabytes that one of it and its children held, and that one's name.

    Looks four times a second.
    """
    most, name = 0, ""
    while run.poll() is None:
        for process in [run, *run.children(recursive=True)]:
            try:
                holds, called = process.memory_info().rss / 2**20, process.name()
            except psutil.Error:
                continue  # it ended meanwhile
            if holds > most:
                most, name = holds, called
        time.sleep(0.25)
    return most, name


def tests_row(words):
    """Run the tests, and look how much each process of theirs holds."""
    run = psutil.Popen([sys.executable, "-m", "pytest", "--quiet", *words], cwd=ROOT)
    most, name = largest(run)
    if run.returncode:
        raise subprocess.CalledProcessError(run.returncode, run.args)
    return Row(f"the largest process of the whole test run ({name})", (most,), (TESTS_MOST,))


ROWS = {**{name: partial(panel_row, name) for name in PANELS},
        **{number: partial(notebook_row, number) for number in NOTEBOOKS}, "cats": cats_row}
"""What is measured, by the word that asks for it alone."""


# The table


def line(row):
    found = ", ".join(f"{megabytes:.1f}" if megabytes < 10 else f"{megabytes:.0f}" for megabytes in row.found)
    most = ", ".join(map(str, row.most))
    return f"| {row.what} | {found} | {most} | {'ok' if row.fits else '**over**'} |"


HEAD = ("| what | MB | at most | |", "|---|---:|---:|---|")
START, END = "<!-- memory: written by benchmarks/memory.py -->", "<!-- end of memory -->"


def write(lines):
    """Put the table into the report, between its two marks."""
    python, system = platform.python_version(), platform.system()
    machine = f"{os.cpu_count()} cores, {system}, Python {python}, numpy {np.__version__}."
    before, rest = REPORT.read_text("utf-8").split(START)
    after = rest.split(END)[1]
    REPORT.write_text("\n".join([f"{before}{START}", "", *lines, "", machine, "", f"{END}{after}"]), "utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", nargs="+", default=list(ROWS), metavar="ROW", help=f"some of: {', '.join(ROWS)}")
    parser.add_argument("--tests", action="store_true", help="run the tests too (more words go to pytest)")
    parser.add_argument("--write", action="store_true", help="put the table into benchmarks/README.md")
    options, words = parser.parse_known_args()
    if strange := set(options.only) - set(ROWS):
        parser.error(f"there is nothing to measure called {', '.join(sorted(strange))}")
    if options.write and options.only != list(ROWS):
        parser.error("--write puts the whole table into the report; leave out --only")

    lines, fits = [*HEAD], True
    print(*HEAD, sep="\n")
    tasks = [ROWS[name] for name in options.only] + [partial(tests_row, words)] * options.tests
    for task in tasks:
        row = task()
        lines.append(line(row))
        fits = fits and row.fits
        print(lines[-1], flush=True)
    if options.write:
        write(lines)
    return int(not fits)


if __name__ == "__main__":
    sys.exit(main())
