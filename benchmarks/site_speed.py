"""Measure the site in the browser: how long until the first panel, and from a slider to its new picture?

    python3 course.py site            (builds the site into _site)
    .venv/bin/python benchmarks/site_speed.py [FOLDER OF THE SITE]

Writes benchmarks/site.md. A cold start is that of a browser that was never here, from the click on the book's page
until the first panel of notebook 00 is drawn, with the notebook run as soon as Python is ready. A warm one is the same
page loaded again. A move is a key on a slider of the training panel in notebook 07, timed in the page from the key to
the end of the frame that shows the new picture; a new learning rate trains a cat anew, a new number of epochs is looked
up in the record of a training. The site is served on loopback, so the 60 MB of a first visit take no time here.
"""

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from functools import partial
from itertools import cycle
from pathlib import Path
from statistics import median

import psutil
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]
from slider_latency import STOPWATCH, load, p95  # noqa: E402

from tests.website.served import Files, address, served  # noqa: E402
from tools.lab_in_browser import CHROMIUM_ARGS, READY, chromium, control, find_chromium, run_all  # noqa: E402

REPORT = ROOT / "benchmarks" / "site.md"
WALKS = {"epochs": ["ArrowRight"], "learning rate": ["ArrowLeft"] * 4 + ["ArrowRight"] * 4}
PANEL = ".catrnn-panel img[data-shows]"
MARKS = "the text", "Python ready", "first panel drawn"
PATIENCE = 180_000  # milliseconds

WORDS = """# The site in the browser

Written by `benchmarks/site_speed.py`, which says what is measured. {cores} cores, {system}, {browser}; in the page
{kernel}. Load before {before}, after {after}.
The site has {files} files, {size:.0f} MB; it is served on loopback, so add the time that a network needs.

| from the click to | cold start, seconds: median (least to most) of {rounds} | the same page again |
|---|---|---|
{starts}

The goal is a first panel within 11 s of a cold start. `benchmarks/site_tried.md` says what made it so.

| slider | milliseconds from the key to the new picture: median | p95 | most | moves |
|---|---|---|---|---|
{moves}

The goal is 500 ms.

A browser takes {empty:.0f} MB when it is empty, {soon:.0f} MB 10 s after notebook 07 has run in it, {rest:.0f} MB
30 s later, when it has thrown away what the start needed, and {moved:.0f} MB after these moves (medians of {weights},
each a browser with a new profile; all of Chromium's processes, what they share counted in part). The goal is 900 MB
with the notebook run, at rest.
"""


def start(page, action):
    """Open notebook 00 and run it; return the seconds until its text, Python and the first panel are there."""
    begin, seconds = time.perf_counter(), []
    action()
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=PATIENCE)
    seconds.append(time.perf_counter() - begin)
    page.wait_for_function(READY, timeout=PATIENCE)
    seconds.append(time.perf_counter() - begin)
    page.evaluate("() => { jupyterapp.commands.execute('notebook:run-all-cells') }")
    page.wait_for_selector(PANEL, state="attached", timeout=PATIENCE)
    seconds.append(time.perf_counter() - begin)
    return seconds


def moves(page, number):
    """Return for each slider of the training panel the milliseconds of so many moves."""
    page.evaluate(STOPWATCH)
    panel, found = page.locator(".catrnn-panel").first, {}
    for label, keys in WALKS.items():
        handle, found[label] = control(panel, label), []
        handle.scroll_into_view_if_needed()
        handle.focus()
        for move, key in zip(range(number + 2), cycle(keys), strict=False):
            panel.evaluate("panel => { window.next = nextPicture(panel) }")
            page.keyboard.press(key)
            milliseconds = page.evaluate("window.next")
            if move >= 2:  # the first ones are not counted
                found[label].append(milliseconds)
            page.wait_for_timeout(150)  # hands rest too
    return found


def memory():
    """Megabytes that the browser takes."""
    mine = psutil.Process().children(recursive=True)
    return sum(process.memory_full_info().pss for process in mine if "chrom" in process.name()) / 1e6


def weigh(server, number):
    """Run 07 in a browser with a profile of its own, as learners have; return what it takes and the moves."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile, sync_playwright() as p:
        browser = p.chromium.launch_persistent_context(
            profile, executable_path=find_chromium(), args=CHROMIUM_ARGS, viewport={"width": 1200, "height": 1000})
        (page,), weight = browser.pages, [memory()]
        page.goto(f"{address(server)}/live/notebooks/index.html?path=07_train_the_cat.ipynb")
        page.wait_for_function(READY, timeout=PATIENCE)
        run_all(page)
        for seconds in (10, 30):
            page.wait_for_timeout(1000 * seconds)
            weight.append(memory())
        found = moves(page, number)
        weight.append(memory())
        browser.close()
    return weight, found


def kernel():
    """What runs in the page, by the pins of its files."""
    lock = json.loads((ROOT / "deploy/site/pins.json").read_text("utf-8"))["lock"]
    packages = (f"{name} {lock['packages'][name]['version']}" for name in ("numpy", "matplotlib", "pillow"))
    return ", ".join([f"Pyodide {lock['info']['version']} (Python {lock['info']['python']})", *packages])


def spread(numbers):
    return f"{median(numbers):.1f} ({min(numbers):.1f} to {max(numbers):.1f})"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("site", nargs="?", type=Path, default=ROOT / "_site")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--weights", type=int, default=3)
    parser.add_argument("--moves", type=int, default=40)
    options = parser.parse_args()
    before, cold, warm = load(), [], []
    with served(partial(Files, directory=options.site)) as server, chromium() as browser:
        for _ in range(options.rounds):
            with browser.new_context() as context, context.new_page() as page:
                page.goto(f"{address(server)}/00_start_here.html")
                cold.append(start(page, page.locator(".to-the-lab a").click))
                warm.append(start(page, page.reload))
        version = browser.version
    with served(partial(Files, directory=options.site)) as server:
        weights = [weigh(server, options.moves) for _ in range(options.weights)]
    found = weights[-1][1]
    empty, *run, moved = (median(one) for one in zip(*(weight for weight, _ in weights), strict=True))
    files = [path for path in options.site.rglob("*") if path.is_file()]
    REPORT.write_text(WORDS.format(
        cores=os.cpu_count(), system=platform.system(), kernel=kernel(), browser=f"Chromium {version}",
        before=before, after=load(), rounds=options.rounds, weights=options.weights, empty=empty, moved=moved,
        **dict(zip(("soon", "rest"), run, strict=True)),
        files=len(files), size=sum(path.stat().st_size for path in files) / 1e6,
        starts="\n".join(f"| {what} | {spread([s[i] for s in cold])} | {spread([s[i] for s in warm])} |"
                         for i, what in enumerate(MARKS)),
        moves="\n".join(f"| {label} | {median(ms):.0f} | {p95(ms):.0f} | {max(ms):.0f} | {len(ms)} |"
                        for label, ms in found.items())), "utf-8")
    print(REPORT.read_text("utf-8"))


if __name__ == "__main__":
    main()
