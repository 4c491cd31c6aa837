"""Are the tests green though the machine is busy, and does no process of theirs grow large?

    python benchmarks/steady.py [--runs 3] [--busy 4] [--write]

Runs the README's test command, whole, so many times one after the other, while so many other processes do nothing but
keep the cores busy. --write puts the table into benchmarks/steady.md. Ends with exit code 1 if a run is not green, or
if a process held more than it may. Takes an hour and more. Say `CI=true` before it, and a missing browser fails.
"""

import argparse
import contextlib
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "benchmarks")]
from memory import TESTS_MOST, largest  # noqa: E402

REPORT = ROOT / "benchmarks" / "steady.md"
COMMAND = [sys.executable, str(ROOT / "course.py"), "test"]
SUMMARY = re.compile(r"=+ (.*) in [\d.]+s.* =+\s*$")


@contextlib.contextmanager
def busy(n):
    """Keep cores busy with so many processes."""
    processes = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(n)]
    try:
        yield
    finally:
        for process in processes:
            process.kill()
            process.wait()


def run_tests():
    """Run the test command once; return (exit code, pytest's summary, minutes, megabytes, their process)."""
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as said:
        start = time.monotonic()
        run = psutil.Popen(COMMAND, cwd=ROOT, stdout=said, stderr=subprocess.STDOUT)
        most, name = largest(run)
        minutes = (time.monotonic() - start) / 60
        said.seek(0)
        lines = said.read().splitlines()
    for line in lines:
        if line.startswith(("FAILED", "ERROR", "SKIPPED")):
            print(line, flush=True)
    found = next(filter(None, map(SUMMARY.match, reversed(lines))), None)
    return run.returncode, found[1] if found else "no summary", minutes, most, name


HEAD = """# Are the tests steady?

Written by `python benchmarks/steady.py --write`, which says how it measures. Whole runs of the test command, one after
the other, while {n} other processes kept {cores} cores busy all the time.

| run | pytest says | minutes | its largest process | MB, at most {most} |
|---:|---|---:|---|---:|
"""


def write(rows):
    """Put what was measured so far into the report: a run takes long, and the next may be cut off."""
    python, system = platform.python_version(), platform.system()
    REPORT.write_text(f"{rows}\n{os.cpu_count()} cores, {system}, Python {python}.\n", "utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--busy", type=int, default=4, help="how many other processes keep the cores busy")
    parser.add_argument("--write", action="store_true", help="put the table into benchmarks/steady.md, after each run")
    options = parser.parse_args()
    rows = HEAD.format(n=options.busy, cores=os.cpu_count(), most=TESTS_MOST)
    print(rows, end="", flush=True)
    good = True
    with busy(options.busy):
        for number in range(1, options.runs + 1):
            code, summary, minutes, most, name = run_tests()
            good = good and code == 0 and most <= TESTS_MOST
            row = f"| {number} | {summary} | {minutes:.1f} | {name} | {most:.0f} |\n"
            rows += row
            print(row, end="", flush=True)
            if options.write:
                write(rows)
    return int(not good)


if __name__ == "__main__":
    sys.exit(main())
