"""Run notebooks in a real JupyterLab in a real browser and take pictures for a person to look at.

    python tools/screenshot.py notebooks/07_train_the_cat.ipynb --out shots
    python tools/screenshot.py notebooks/07_train_the_cat.ipynb --out shots --panel 1 --scale 2 --move "epochs=End"

Needs jupyterlab, pillow, playwright (`pip install playwright`) and Debian's browser (`apt-get install chromium`).
The notebooks are copied to a temporary folder first; the originals are never written to.
"""
import argparse
import contextlib
import json
import math
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from itertools import groupby
from pathlib import Path

from PIL import Image, ImageChops, ImageOps
from playwright.sync_api import Error, TimeoutError, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM_ARGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--font-render-hinting=none",
]
HEIGHT = 1080              # of the browser window, in CSS pixels; about 1000 of them are notebook
OVERLAP = 40               # CSS pixels shown twice where a slice has to cut something
MARGIN = 12                # CSS pixels around a panel
START, RUN, MOVE = 60_000, 600_000, 15_000     # patience, in milliseconds

SETTINGS = {
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False, "doNotDisturbMode": True},
    "notebook-extension/tracker": {"windowingMode": "none", "scrollPastEnd": False, "autoStartDefaultKernel": True},
}
QUIET = ".jp-cell-toolbar, .jp-Notebook-footer { visibility: hidden !important }"  # lie over the code
PANE = ".jp-NotebookPanel .jp-WindowedPanel-outer"
PICTURES = ".jp-OutputArea img"
PANELS = ".jp-Cell-outputArea > .jp-OutputArea-child > .jp-OutputArea-output:has(.jupyter-widgets)"

# JupyterLab hides the traceback of a failing widget callback in its log console, so listen to the kernel.
READY = """() => {
    const doc = window.jupyterapp?.shell.currentWidget, session = doc?.context?.sessionContext;
    if (!(doc?.context?.isReady && session.isReady && session.session?.kernel?.status === 'idle')) return false;
    window.callbackErrors = [];
    session.iopubMessage.connect((_, {header, parent_header, content: c}) => {
        if (parent_header.msg_type !== 'comm_msg') return;
        if (header.msg_type === 'error') callbackErrors.push(`in a widget's callback: ${c.ename}: ${c.evalue}`);
        if (c.name === 'stderr') callbackErrors.push(`stderr of a widget's callback: ${c.text.trim()}`);
    });
    return true;
}"""
RUN_ALL = """() => {
    window.ran = false;
    jupyterapp.commands.execute('notebook:run-all-cells').finally(() => { window.ran = true });
}"""
IDLE = "jupyterapp.shell.currentWidget.context.sessionContext.session.kernel.status === 'idle'"
DRAWN = """async ([pictures]) => {
    const all = [...document.querySelectorAll(pictures)];
    const views = [...document.querySelectorAll('[data-mime-type*="widget-view"]')];
    await Promise.all([document.fonts.ready, ...all.map(i => i.decode().catch(() => 0))]);
    return views.every(v => v.querySelector('.jupyter-widgets, .jupyter-widgets-error-widget'))
        && all.every(i => i.complete && i.getAttribute('src'));
}"""
# JupyterLab renders a traceback with the same MIME type as what was written to stderr.
OUTPUT_ERRORS = """() => jupyterapp.shell.currentWidget.content.widgets.flatMap((cell, i) => {
    if (cell.model.getMetadata('tags')?.includes('raises-exception')) return [];
    const errors = '[data-mime-type="application/vnd.jupyter.stderr"], .jupyter-widgets-error-widget';
    return [...cell.node.querySelectorAll(errors)].map(e => `cell ${i + 1} shows an error: ${e.innerText.trim()}`);
})"""
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


def find_chromium():
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    sys.exit("No Chromium found. On Debian or Ubuntu: apt-get install chromium")


@contextlib.contextmanager
def lab(folder, dark=False):
    """A JupyterLab on a copy of `folder`, with no settings but ours; yields its address and token."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temp:
        home = Path(temp)
        shutil.copytree(folder, home / "work", ignore=shutil.ignore_patterns(".*", "__pycache__"))
        theme = {"theme": "JupyterLab Dark" if dark else "JupyterLab Light"}
        for plugin, values in {**SETTINGS, "apputils-extension/themes": theme}.items():
            file = home / "settings" / "@jupyterlab" / f"{plugin}.jupyterlab-settings"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(values), encoding="utf-8")
        own = {
            "JUPYTER_CONFIG_DIR": "config", "JUPYTER_DATA_DIR": "data", "JUPYTER_RUNTIME_DIR": "run",
            "IPYTHONDIR": "ipython", "JUPYTERLAB_SETTINGS_DIR": "settings", "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        }
        env = os.environ | {name: str(home / sub) for name, sub in own.items()}
        env["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            port = s.getsockname()[1]
        base, token, log = f"http://127.0.0.1:{port}", secrets.token_hex(12), home / "lab.log"
        with log.open("wb") as out:
            command = [
                sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}",
                "--ServerApp.port_retries=0", f"--IdentityProvider.token={token}",
                f"--ServerApp.root_dir={home / 'work'}",
                "--LabApp.expose_app_in_browser=True", "--LabApp.extension_manager=readonly",
            ]
            server = subprocess.Popen(command, env=env, stdout=out, stderr=out)
        try:
            wait_for_server(server, f"{base}/api/status?token={token}", log)
            yield base, token
        finally:
            server.terminate()
            try:
                server.wait(15)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def wait_for_server(server, url, log):
    deadline = time.monotonic() + START / 1000
    while server.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            return urllib.request.urlopen(url, timeout=2).close()
        time.sleep(0.1)
    sys.exit("JupyterLab did not start:\n" + log.read_text(encoding="utf-8", errors="replace")[-2000:])


@contextlib.contextmanager
def chromium():
    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_ARGS)
        try:
            yield browser
        finally:
            browser.close()


def watch(page):
    """A list to which the page's uncaught errors and console errors are added as they come."""
    problems = []

    def on_console(message):
        if message.type == "error":
            problems.append(f"console: {message.text} {message.location['url'].partition('?')[0]}".rstrip())

    page.on("console", on_console)
    page.on("pageerror", lambda e: problems.append(f"page error: {e}"))
    return problems


def open_notebook(page, base, token, name):
    page.goto(f"{base}/doc/tree/{urllib.request.quote(name)}?token={token}&reset")
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=START)
    page.wait_for_function(READY, timeout=START)


def run_all(page, timeout=RUN):
    """Run every cell, as the menu does; return when the last is done or one has failed, and all pictures are drawn."""
    page.evaluate(RUN_ALL)
    page.wait_for_function(f"window.ran && {IDLE}", timeout=timeout)
    page.wait_for_function(DRAWN, arg=[PICTURES], timeout=START)


def shut_down_kernel(page):
    """Else the next to open this notebook gets this very kernel."""
    page.evaluate("() => jupyterapp.shell.currentWidget.context.sessionContext.shutdown()")


def control(panel, label):
    """The slider handle, list, box or button with this label."""
    labels = panel.locator(".widget-label, .widget-label-basic")
    row = labels.filter(has_text=re.compile(rf"^\s*{re.escape(label)}\s*$")).locator("xpath=..")
    for found in (row.locator(".noUi-handle, select, input, button"), panel.get_by_label(label, exact=True),
                  panel.get_by_role("button", name=label, exact=True)):
        if found.count():
            return found.first
    known = [text for text in labels.all_inner_texts() if text.strip("\u200b ")]
    raise LookupError(f"no control {label!r} in this panel; its labels: {known}")


def move(panel, label, key, times=1):
    """Press a key on a control and wait for the kernel's answer; False if none came."""
    page, before = panel.page, panel.evaluate(ANSWER)
    handle = control(panel, label)
    # Else JupyterLab takes arrows and letters for its own shortcuts: github.com/jupyter-widgets/ipywidgets/issues/3912
    handle.evaluate("e => e.setAttribute('data-lm-suppress-shortcuts', 'true')")
    handle.focus()
    for _ in range(times):
        page.keyboard.press(key)
    seen, deadline = before, time.monotonic() + MOVE / 1000
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
                print(f"warning: {key} on {label!r} changed neither picture nor text within {MOVE // 1000} s")
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
            page.wait_for_function(DRAWN, arg=[PICTURES], timeout=START)
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
            with lab(folder, options.dark) as (base, token):
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
