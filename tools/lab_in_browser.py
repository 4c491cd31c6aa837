"""A real JupyterLab in a real browser, driven by Python: for the browser tests, the benchmark and the screenshots."""

import contextlib
import json
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
from pathlib import Path

from playwright.sync_api import TimeoutError, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
NO_CHROMIUM = "No Chromium found. On Debian or Ubuntu: apt-get install chromium; elsewhere install Google Chrome."
CHROMIUM_ARGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--font-render-hinting=none",
]
START, RUN = 60_000, 600_000  # patience, in milliseconds
POLL = 25  # milliseconds from one look at a page to the next; Playwright's own, at each frame, keep it drawing frames

LEARNERS = {
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False, "doNotDisturbMode": True},
    "notebook-extension/tracker": {"autoStartDefaultKernel": True},
}
"""JupyterLab as a learner has it, but that a notebook gets its kernel without being asked; tests see what they see."""

STILL = LEARNERS | {
    "notebook-extension/tracker": {"windowingMode": "none", "scrollPastEnd": False, "autoStartDefaultKernel": True},
}
"""For pictures and measurements: all cells are laid out at once."""

OPTIONS = ("--NotebookNotary.db_file=:memory:", "--log-level=WARN")
"""As course.py starts JupyterLab."""
PICTURES = ".jp-OutputArea img"
CLIPBOARD = "() => navigator.clipboard.readText()"

KNOWN = {"Failed to execute 'removeChild' on 'Node'": "takes its splash screen away twice, when themes change fast"}
"""Errors of JupyterLab's own that do no harm, and what it does then. Any other is a problem, whose ever it is."""

# JupyterLab hides the traceback of a failing widget callback in its log console, so listen to the kernel.
READY = """() => {
    const doc = window.jupyterapp?.shell.currentWidget, session = doc?.context?.sessionContext;
    if (!(doc?.context?.isReady && session.isReady && session.session?.kernel?.status === 'idle')) return false;
    window.callbackErrors = [];
    const note = text => callbackErrors.push(text);
    session.iopubMessage.connect((_, {header, parent_header, content: c}) => {
        if (parent_header.msg_type !== 'comm_msg') return;
        if (header.msg_type === 'error') note(`in a widget's callback: ${c.ename}: ${c.evalue}`);
        // JupyterLab asks a fresh kernel for the widgets of an earlier page, and is told that there are none
        const told = /^No such comm/.test(c.text);
        if (c.name === 'stderr' && !told) note(`stderr of a widget's callback: ${c.text.trim()}`);
    });
    return true;
}"""
OPEN_NEXT = """async path => {
    const old = jupyterapp.shell.currentWidget;
    await jupyterapp.commands.execute('docmanager:open', {path, factory: 'Notebook'});
    old.dispose();
}"""
RAN = """() => {
    window.ran = false;
    jupyterapp.commands.commandExecuted.connect((_, {id, result}) =>
        id === 'notebook:run-all-cells' && result.finally(() => { window.ran = true }));
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


def find_chromium():
    """The path of a chromium or chrome, or None."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@contextlib.contextmanager
def lab(folder, dark=False, settings=LEARNERS):
    """A JupyterLab on a copy of `folder`, with these settings alone; yields its address and token."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temp:
        home = Path(temp)
        shutil.copytree(folder, home / "work", ignore=shutil.ignore_patterns(".*", "__pycache__"))
        theme = {"theme": "JupyterLab Dark" if dark else "JupyterLab Light"}
        for plugin, values in {**settings, "apputils-extension/themes": theme}.items():
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
                *OPTIONS, "--LabApp.expose_app_in_browser=True", "--LabApp.extension_manager=readonly",
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
        browser = p.chromium.launch(executable_path=find_chromium() or sys.exit(NO_CHROMIUM), args=CHROMIUM_ARGS)
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

    def on_page_error(error):
        if not jupyterlabs_harmless_own(error.message, error.stack or ""):
            problems.append(f"page error: {error}\n{error.stack}")

    page.on("console", on_console)
    page.on("pageerror", on_page_error)
    return problems


def jupyterlabs_harmless_own(message, stack):
    """Whether an error is a known one, and comes from JupyterLab's files alone: a widget's module comes from a blob."""
    return any(words in message for words in KNOWN) and "/static/lab/" in stack and "blob:" not in stack


def wait_until(page, holds, arg=None, timeout=START):
    """Wait until a JavaScript function, called with `arg`, returns something that is true; return that, a handle."""
    return page.wait_for_function(holds, arg=arg, timeout=timeout, polling=POLL)


def ask(page, asked, arg=None, what="", timeout=START):
    """Call a JavaScript function that returns a promise; return what that holds in the end, or say what did not come.

    `page.evaluate` would wait for ever.
    """
    try:
        found = page.wait_for_function(f"async arg => [await ({asked})(arg)]", arg=arg, timeout=timeout)
    except TimeoutError:
        raise TimeoutError(f"{what} did not come within {timeout / 1000:.0f} seconds") from None
    return found.json_value()[0]


def open_notebook(page, base, token, name):
    page.goto(f"{base}/doc/tree/{urllib.request.quote(name)}?token={token}&reset")
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=START)
    wait_until(page, READY)


def open_next(page, name):
    """Open another notebook in the place of the one that a page shows."""
    ask(page, OPEN_NEXT, name, f"the notebook {name}")
    wait_until(page, READY)


def run_all(page, timeout=RUN):
    """Click Run > Run All Cells; return when the last is done or one has failed, and all pictures are drawn."""
    page.evaluate(RAN)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    wait_until(page, f"window.ran && {IDLE}", timeout=timeout)
    wait_for_pictures(page)


def wait_for_pictures(page):
    wait_until(page, DRAWN, [PICTURES])


def change_theme(page, name):
    """Switch JupyterLab to a theme; return when it shows, and JupyterLab's splash screen before it is gone."""
    ask(page, "theme => jupyterapp.commands.execute('apputils:change-theme', {theme})", name, f"the theme {name}")
    shown = "theme => document.body.dataset.jpThemeName === theme && !document.getElementById('jupyterlab-splash')"
    wait_until(page, shown, name)


def shut_down_kernel(page):
    """Else the next to open this notebook gets this very kernel."""
    shut_down = "() => window.jupyterapp?.shell.currentWidget?.context.sessionContext.shutdown()"
    ask(page, shut_down, what="the end of the kernel")


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
