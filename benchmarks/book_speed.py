"""Measure the book: how long from the click until a page can be read?

    python3 course.py site            (builds the site into _site)
    .venv/bin/python benchmarks/book_speed.py [FOLDER OF THE SITE]

Writes benchmarks/book.md. A phone's screen (390 by 844) opens the first page in a browser that was never here and
clicks on notebook 07. The clock runs from the click until the first text is painted, as the browser reports it.
"slow 4G" is what Lighthouse calls so: 1.6 Mbit/s, 150 ms there and back, and a processor four times slower.
"""

import argparse
import os
import platform
from functools import partial
from pathlib import Path
from statistics import median

from slider_latency import load

from tests.website.served import Files, address, served
from tools.lab_in_browser import ROOT, chromium

REPORT = ROOT / "benchmarks" / "book.md"
PHONE = {"width": 390, "height": 844}
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
PAINTED = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
PATIENCE = 180_000  # milliseconds
LOADED = "() => performance.getEntries().reduce((sum, entry) => sum + (entry.transferSize ?? 0), 0)"

WORDS = """# The book

Written by `benchmarks/book_speed.py`, which says what is measured. {cores} cores, {system}, Chromium {version}.
Load before {before}, after {after}.

| connection | seconds from the click until notebook 07 can be read: median (least to most) of {rounds} |
|---|---|
{rows}

The goal is half a second. Beside what the first page has brought, the page and all its pictures are {size:.0f} kB.
"""


def visit(browser, site, slow):
    """Return the seconds from the click to the text, and the bytes of the whole page."""
    with browser.new_context(viewport=PHONE) as context, context.new_page() as page:
        context.set_default_timeout(PATIENCE)
        page.goto(site, wait_until="load")
        if slow:
            session = context.new_cdp_session(page)
            session.send("Network.emulateNetworkConditions", SLOW)
            session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        page.locator('article a[href="07_train_the_cat.html"]').click(no_wait_after=True)
        page.wait_for_url("**/07_train_the_cat.html", wait_until="load")
        return page.wait_for_function(PAINTED).json_value() / 1000, page.evaluate(LOADED)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("site", nargs="?", type=Path, default=ROOT / "_site")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    before, rows = load(), []
    with served(partial(Files, directory=options.site)) as server, chromium() as browser:
        for name, slow in (("this machine", False), ("slow 4G", True)):
            seconds, sizes = zip(*(visit(browser, address(server), slow) for _ in range(options.rounds)), strict=True)
            rows.append(f"| {name} | {median(seconds):.2f} ({min(seconds):.2f} to {max(seconds):.2f}) |")
        version = browser.version
    words = WORDS.format(cores=os.cpu_count(), system=platform.system(), version=version, before=before, after=load(),
                         rounds=options.rounds, rows="\n".join(rows), size=max(sizes) / 1000)
    REPORT.write_text(words, "utf-8")
    print(words)


if __name__ == "__main__":
    main()
