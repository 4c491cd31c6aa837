"""Run notebooks in a real JupyterLab in a real browser and take pictures for a person to look at.

    python tools/screenshot.py notebooks/07_train_the_cat.ipynb --out shots
    python tools/screenshot.py notebooks/07_train_the_cat.ipynb --out shots --panel 1 --scale 2 --move "epochs=End"

Needs jupyterlab, pillow, playwright (`pip install playwright`) and Debian's browser (`apt-get install chromium`).
The notebooks are copied to a temporary folder first; the originals are never written to.
"""
import argparse
import contextlib
import math
import re
import sys
import time
from itertools import groupby
from pathlib import Path

from PIL import Image, ImageChops, ImageOps
from playwright.sync_api import Error, TimeoutError

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tools.lab_in_browser import (
    IDLE,
    OUTPUT_ERRORS,
    PICTURES,
    STILL,
    chromium,
    control,
    lab,
    open_notebook,
    run_all,
    shut_down_kernel,
    wait_for_pictures,
    watch,
)

HEIGHT = 1080   # of the browser window, in CSS pixels; about 1000 of them are notebook
OVERLAP = 40    # CSS pixels shown twice where a slice has to cut something
MARGIN = 12     # CSS pixels around a panel
MOVE = 15       # patience, in seconds

QUIET = ".jp-cell-toolbar, .jp-Notebook-footer { visibility: hidden !important }"  # lie over the code
PANE = ".jp-NotebookPanel .jp-WindowedPanel-outer"
PANELS = ".jp-Cell-outputArea > .jp-OutputArea-child > .jp-OutputArea-output:has(.jupyter-widgets)"

HIDDEN_PARTS = """() => jupyterapp.shell.currentWidget.content.widgets.flatMap((cell, i) => {
    const boxes = '.cm-scroller, .jp-OutputArea, .jp-OutputArea-output, .jp-RenderedHTMLCommon, .widget-label';
    return [...cell.node.querySelectorAll(boxes)].filter(e => e.clientWidth).flatMap(e => {
        const right = e.scrollWidth - e.clientWidth, below = e.scrollHeight - e.clientHeight;
        const label = e.matches('.widget-label') && `label "${e.innerText}"`;
        const what = label || (e.matches('.cm-scroller') ? 'code' : 'output');
        if (right > 2) return [`cell ${i + 1}: ${what} is cut on the right, ${right} px are out of sight`];
        if (below > 2 && getComputedStyle(e).overflowY !== 'visible')
            return [`cell ${i + 1}: ${what} is cut below, ${below} px are out of sight`];
        return [];
    });
})"""
# Where to end the slice that starts at y: before the first thing in its lower half that would be cut in two.
SLICE = """(pane, y) => {
    pane.scrollTop = y;
    const view = pane.getBoundingClientRect().top, height = pane.clientHeight;
    const top = view + y - pane.scrollTop, bottom = top + height;
    if (y + height >= pane.scrollHeight) return {top, bottom: view + height, cut: false, last: true};
    const things = '.jp-Cell, .jp-OutputArea-child, .jp-RenderedMarkdown > *, li, tr, img, .cm-line, .jupyter-widgets';
    const cut = [...pane.querySelectorAll(things)].map(e => e.getBoundingClientRect())
        .filter(r => r.top > top + height / 2 && r.top < bottom && r.bottom > bottom).map(r => Math.floor(r.top));
    return {top, bottom: Math.min(bottom, ...cut), cut: cut.length === 0, last: false};
}"""
# All of a panel but its controls: they change before the kernel has answered.
ANSWER = """panel => {
    const copy = panel.cloneNode(true);
    copy.querySelectorAll('.widget-readout, .noUi-target, input, select, button').forEach(e => e.remove());
    return copy.innerHTML;
}"""


def move(panel, label, key, times=1):
    """Press a key on a control and wait for the kernel's answer; False if none came."""
    page, before = panel.page, panel.evaluate(ANSWER)
    control(panel, label).focus()
    for _ in range(times):
        page.keyboard.press(key)
    seen, deadline = before, time.monotonic() + MOVE
    while time.monotonic() < deadline:
        page.wait_for_timeout(400)
        now = panel.evaluate(ANSWER)
        if now == seen != before and page.evaluate(IDLE):
            return True
        seen = now
    return False


def crop(page, element, path):
    """A picture of one element, whole even if it is higher than the window."""
    height = math.ceil(element.bounding_box()["height"]) + 200
    if height > page.viewport_size["height"]:
        page.set_viewport_size({"width": page.viewport_size["width"], "height": height})
    element.screenshot(path=path, style=QUIET)
    print(path)


def trim(path, margin):
    """Replace the empty border of a picture by an even margin."""
    with Image.open(path) as file:
        picture = file.convert("RGB")
    paper = picture.getpixel((picture.width - 1, 0))
    inked = ImageChops.difference(picture, Image.new("RGB", picture.size, paper)).getbbox()
    ImageOps.expand(picture.crop(inked), border=margin, fill=paper).save(path)


def shoot_page(page, stem):
    pane, y, number, last = page.locator(PANE), 0, 0, False
    box = pane.bounding_box()
    while not last:
        part = pane.evaluate(SLICE, y)
        last, number, height = part["last"], number + 1, part["bottom"] - part["top"]
        path = Path(f"{stem}-{number:02}.png")
        clip = {"x": box["x"], "y": part["top"], "width": box["width"], "height": height}
        page.screenshot(path=path, style=QUIET, clip=clip)
        print(path)
        y += height - OVERLAP * part["cut"]


def shoot_pictures(page, stem):
    for number, picture in enumerate(page.locator(PICTURES).all(), 1):
        if picture.is_visible():
            crop(page, picture, Path(f"{stem}-pic-{number:02}.png"))
        else:
            print(f"note: picture {number} is not visible")


def shoot_panel(page, stem, number, moves, scale):
    """Returns what went wrong, as a list."""
    panels = page.locator(PANELS)
    if not 1 <= number <= panels.count():
        return [f"no panel {number}: the notebook has {panels.count()}"]
    panel = panels.nth(number - 1)
    try:
        for label, key, times in moves:
            if not move(panel, label, key, times):
                print(f"warning: {key} on {label!r} changed neither picture nor text within {MOVE} s")
    except LookupError as e:
        return [str(e)]
    page.evaluate("document.activeElement.blur()")
    page.mouse.move(0, 0)
    path = Path(f"{stem}-panel-{number}.png")
    crop(page, panel, path)
    trim(path, round(MARGIN * scale))
    return []


def photograph(page, base, token, name, options):
    """All pictures of one notebook; returns what went wrong, as a list."""
    problems, stem = watch(page), options.out / Path(name).stem
    try:
        open_notebook(page, base, token, name)
        if options.run:
            run_all(page)
        else:
            wait_for_pictures(page)
        if options.panel:
            problems += shoot_panel(page, stem, options.panel, options.move, options.scale)
        else:
            shoot_page(page, stem)
            shoot_pictures(page, stem)
            for note in page.evaluate(HIDDEN_PARTS):
                print("note:", note)
        problems += page.evaluate(OUTPUT_ERRORS) + page.evaluate("window.callbackErrors")
    except TimeoutError as e:
        path = Path(f"{stem}-stuck.png")
        page.screenshot(path=path)
        problems.append(f"{e.message.splitlines()[0]} See {path}")
    with contextlib.suppress(Error):
        shut_down_kernel(page)
    return problems


def one_move(text):
    match = re.fullmatch(r"(.+)=([A-Za-z]\w*)(?:\*(\d+))?", text)
    if not match:
        raise argparse.ArgumentTypeError(f"{text!r} is not LABEL=KEY or LABEL=KEY*TIMES, such as 'epochs=ArrowRight*3'")
    return match[1], match[2], int(match[3] or 1)


def existing(text):
    path = Path(text).resolve()
    if not path.is_file():
        raise argparse.ArgumentTypeError(f"there is no file {text}")
    return path


def parse(args):
    parser = argparse.ArgumentParser(
        description=__doc__.splitlines()[0],
        epilog="Exit code 1: an error was found in the page, in an output or in a widget's callback "
               "(cells tagged raises-exception may raise).")
    parser.add_argument("notebooks", nargs="+", type=existing)
    parser.add_argument("--out", type=Path, required=True, help="folder for the pictures")
    parser.add_argument("--dark", action="store_true", help="JupyterLab's dark theme")
    parser.add_argument("--width", type=int, default=1200, help="of the window, in CSS pixels (default 1200)")
    parser.add_argument("--scale", type=float, default=1, help="device pixels per CSS pixel (2: crisp)")
    parser.add_argument("--panel", type=int, metavar="N", help="only the N-th widget panel, counted from 1")
    parser.add_argument("--move", type=one_move, action="append", default=[], metavar="LABEL=KEY[*TIMES]",
                        help="press a key (End, ArrowRight, Space...) on a control of the panel first; repeatable")
    parser.add_argument("--no-run", dest="run", action="store_false", help="show the stored outputs")
    options = parser.parse_args(args)
    if options.move and not options.panel:
        parser.error("--move needs --panel")
    return options


def main(args=None):
    options = parse(args)
    options.out.mkdir(parents=True, exist_ok=True)
    failed = False
    with chromium() as browser:
        for folder, group in groupby(sorted(options.notebooks), key=lambda path: path.parent):
            with lab(folder, options.dark, STILL) as (base, token):
                for notebook in group:
                    window = {"width": options.width, "height": HEIGHT}
                    with browser.new_context(viewport=window, device_scale_factor=options.scale) as context:
                        problems = photograph(context.new_page(), base, token, notebook.name, options)
                    for problem in problems:
                        print(f"PROBLEM in {notebook.name}: {problem}")
                    failed = failed or bool(problems)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
