"""Measure a classroom: JupyterHub with its proxy on loopback, and learners who all move sliders at once.

    sudo .venv/bin/python benchmarks/classroom.py [--learners 1 5 10 20 30]

Sets the Hub up as deploy/jupyterhub does, with real accounts, and removes them afterwards. For each number of learners:
all sign in and start their servers at once, run notebook 07 from top to bottom at once, and then move a slider of its
training panel for a while, by the messages of a browser through the Hub's proxy: first each as fast as answers come
(what the machine can give), then one move a second each, as people do (what a learner feels). Each move sets another
learning rate, so it trains a cat anew. Memory is the share of each process in what it uses (PSS), summed over all of a
learner's processes: with JupyterLab alone, and after all that. At the end one learner runs every notebook, one by one,
and the most that each ever took is noted. Writes benchmarks/classroom.md.
"""

import argparse
import itertools
import os
import platform
import random
import re
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]
from tests.helpers.kernel import FrontEnd  # noqa: E402
from tools import classroom  # noqa: E402

REPORT = ROOT / "benchmarks" / "classroom.md"
SLIDER = "learning rate"
ENOUGH = 500
"""Milliseconds of an answer: more feels slow."""
PEOPLE = 1.0
"""Seconds between two moves of one learner."""


def memory(account):
    """Megabytes that an account's processes use; what they share with others counts for each in part."""
    kilobytes = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if process.owner() == account:
                rollup = (process / "smaps_rollup").read_text("utf-8")
                kilobytes += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
        except (OSError, KeyError, StopIteration):
            continue  # it ended meanwhile
    return kilobytes / 1024


def most_memory(account):
    """Megabytes that an account's processes ever used, what they share counted in full."""
    status = (path / "status" for path in Path("/proc").glob("[0-9]*") if path.owner() == account)
    return sum(int(re.search(r"VmHWM:\s+(\d+)", path.read_text("utf-8"))[1]) for path in status) / 1024


def sit_down(learner):
    """Sign in and start a server; return the seconds it took."""
    begin = time.monotonic()
    learner.sign_in()
    learner.start_server()
    return time.monotonic() - begin


class Seat:
    """A learner with notebook 07 open."""

    def __init__(self, learner):
        self.learner, self.open = learner, learner.kernel()
        self.page = FrontEnd(self.open.__enter__())

    def run(self, notebook):
        for cell in self.learner.ask("GET", f"contents/{notebook}").json()["content"]["cells"]:
            if cell["cell_type"] == "code" and "raises-exception" not in cell["metadata"].get("tags", []):
                self.page.run(cell["source"])
        if self.page.errors:
            raise RuntimeError(self.page.errors)

    def run_notebook(self):
        """Run all cells, find the slider, and the places to move it to; return the seconds it took."""
        begin = time.monotonic()
        self.run("07_train_the_cat.ipynb")
        self.slider, state = next((name, state) for name, state in self.page.widgets.items()
                                  if state.get("description") == SLIDER)
        others = (place for place in range(len(state["_options_labels"])) if place != state["index"])
        self.places = itertools.cycle([*others, state["index"]])
        return time.monotonic() - begin

    def move(self, seconds, pause):
        """Move the slider for so long; return the milliseconds of each answer."""
        answers, end, turn = [], time.monotonic() + seconds, time.monotonic() + random.uniform(0, pause)
        while turn < end:
            time.sleep(max(0, turn - time.monotonic()))
            begin, before = time.monotonic(), self.page.pictures
            self.page.move(self.slider, "index", next(self.places))
            if self.page.pictures == before:
                raise RuntimeError(f"no picture: {self.page.errors}")
            answers.append(1000 * (time.monotonic() - begin))
            turn = max(turn + pause, time.monotonic())
        return answers


def all_at_once(task, people):
    with ThreadPoolExecutor(len(people)) as pool:
        return list(pool.map(task, people))


def measure(number, seconds):
    """Return one row of the table for so many learners."""
    with classroom.hub(number) as learners:
        started = all_at_once(sit_down, learners)
        servers = median(memory(learner.name) for learner in learners)
        seats = all_at_once(Seat, learners)
        ran = all_at_once(Seat.run_notebook, seats)
        fast = list(itertools.chain(*all_at_once(lambda seat: seat.move(seconds, 0), seats)))
        people = list(itertools.chain(*all_at_once(lambda seat: seat.move(seconds, PEOPLE), seats)))
        used = median(memory(learner.name) for learner in learners)
        for seat in seats:
            seat.open.__exit__(None, None, None)
    people.sort()
    return {"learners": number, "start": max(started), "notebook": max(ran), "server": servers, "memory": used,
            "rate": len(fast) / seconds, "asked": number / PEOPLE, "given": len(people) / seconds,
            "median": median(people), "p95": people[int(0.95 * len(people))]}


def weigh():
    """Return for each notebook the megabytes that one learner with it took at most."""
    found = {}
    with classroom.hub(1) as [learner]:
        sit_down(learner)
        for path in sorted((ROOT / "notebooks").glob("[0-9]*.ipynb")):
            seat = Seat(learner)
            seat.run(path.name)
            found[path.stem] = most_memory(learner.name)
            seat.open.__exit__(None, None, None)
    return found


WORDS = """# A classroom on two cores

Written by `benchmarks/classroom.py`, which says what is measured. {machine}
The learners' side of it ran on the same {cores} cores as the Hub, so a real Hub has a little more to give.

{table}
{verdict}

{weights}
"""
COLUMNS = {
    "learners at once": "{learners}",
    "all have JupyterLab after, s": "{start:.0f}",
    "all have run notebook 07 after, s": "{notebook:.0f}",
    "memory of one, MB: before, after": "{server:.0f}, {memory:.0f}",
    "as fast as they come: answers a second": "{rate:.0f}",
    "one move a second each: answers a second": "{given:.1f} of {asked:.0f}",
    "median, ms": "{median:.0f}",
    "p95, ms": "{p95:.0f}",
}


def line(cells):
    return f"| {' | '.join(cells)} |\n"


def table(rows):
    return "".join([line(COLUMNS), line(["---"] * len(COLUMNS)),
                    *(line(cell.format(**row) for cell in COLUMNS.values()) for row in rows)])


def verdict(rows):
    good = [r["learners"] for r in rows if r["p95"] <= ENOUGH]
    bad = [r["learners"] for r in rows if r["p95"] > ENOUGH]
    most = max(r["rate"] for r in rows)
    words = (f"{os.cpu_count()} cores give at most {most:.0f} answers a second: that many learners can move a slider "
             f"once a second before answers queue.\nNineteen of twenty answers come within {ENOUGH} ms up to "
             f"{max(good, default=0)} learners")
    return f"{words}; at {min(bad)} they do not." if bad else f"{words}, the most that were tried."


def weights(found):
    heaviest = max(found, key=found.get)
    return (f"Of all notebooks {heaviest[:2]} takes the most memory: {found[heaviest]:.0f} MB, JupyterLab included. "
            "In MB: " + ", ".join(f"{name[:2]} {megabytes:.0f}" for name, megabytes in found.items()) + ".")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--learners", type=int, nargs="+", default=[1, 5, 10, 20, 30])
    parser.add_argument("--seconds", type=float, default=20.0, help="of moving sliders, each way")
    options = parser.parse_args()
    if trouble := classroom.missing():
        sys.exit(f"Not measured: {trouble}.")
    before, rows = os.getloadavg()[0], []
    for number in options.learners:
        rows.append(measure(number, options.seconds))
        print(rows[-1], flush=True)
    machine = (f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}; load before it began "
               f"{before:.1f}.")
    REPORT.write_text(WORDS.format(machine=machine, cores=os.cpu_count(), table=table(rows),
                                   verdict=verdict(rows), weights=weights(weigh())), "utf-8")


if __name__ == "__main__":
    main()
