"""A panel as its reader meets it: at rest, moved by mouse or keyboard, judged."""

import base64
import io
from contextlib import contextmanager
from functools import cache

import numpy as np
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import TimeoutError

from tools.lab_in_browser import change_theme

CONTROLS = ".noUi-handle, input[type=number], input[type=checkbox]"
CONTRAST = 4.5  # of a text and its background; Web Content Accessibility Guidelines 2.2, 1.4.3
STEPS = 15  # of a drag, one a frame
PATIENCE = 120_000  # milliseconds; what takes longer has stuck, on the busiest machine too
LIGHT = "JupyterLab Light"


def look(panel) -> dict:
    """Return what a panel shows now, and the settings of its controls."""
    return panel.evaluate("panel => look(panel)")


def settle(panel, different_from=None, after="") -> dict:
    """Wait until a panel is at rest, at other settings than those; return what it shows."""
    still = "([panel, old]) => atRest(panel) && JSON.stringify(look(panel).settings) !== JSON.stringify(old)"
    try:
        old = different_from and different_from["settings"]
        panel.page.wait_for_function(still, arg=[panel.element_handle(), old], timeout=PATIENCE)
    except TimeoutError:
        raise AssertionError(f"{after}: no rest at a new setting, but {look(panel)}") from None
    return look(panel)


def settle_at_new_code(panel, before: dict):
    """Wait until a panel is at rest with other restoring code than before: a choice of words has no number."""
    other = "([panel, old]) => atRest(panel) && look(panel).shows !== old"
    panel.page.wait_for_function(other, arg=[panel.element_handle(), before["shows"]], timeout=PATIENCE)


@cache
def drawn_anew(code: str):
    """Return the view of a fresh panel that restoring code makes."""
    *imports, call = code.splitlines()
    names = {}
    exec("\n".join(imports), names)
    return eval(call, names).view


def pixels(png: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))


def picture(panel) -> np.ndarray:
    """Return the pixels of the picture in the page."""
    return pixels(base64.b64decode(panel.evaluate("panel => pngOf(panel)")))


def assert_right(panel):
    """A panel at rest shows what a fresh one with these settings shows, and says so everywhere."""
    now = look(panel)
    fresh = drawn_anew(now["shows"])
    assert now["code"] == now["shows"] == fresh.restore
    assert now["caption"] == fresh.caption
    assert now["alt"] == fresh.caption
    assert now["problem"] == ""
    assert np.array_equal(picture(panel), pixels(fresh.png)), now["shows"]
    assert now["sharpness"] >= 1.5 - 0.01, "not crisp on a screen of high density"


def assert_moved(panel, move, what: str, words=True):
    """A move changes picture and caption, and they are those of the new settings."""
    before, old_picture = settle(panel), picture(panel)
    move()
    after = settle(panel, different_from=before, after=what)
    assert not np.array_equal(picture(panel), old_picture), f"{what}: the picture stays"
    assert after["caption"] != before["caption"] or not words, f"{what}: the caption stays"
    assert_right(panel)


def press(control, key: str):
    """Press a key on a control, as a reader does."""
    control.focus()
    control.page.keyboard.press(key)


def drag(panel, handle):
    """Drag a handle along the longer part of its slider, wait on the way for a picture, let go; return the film."""
    mouse, at = panel.page.mouse, middle(handle)
    box = handle.locator("xpath=ancestor::*[contains(@class, 'noUi-base')]").bounding_box()
    upright = box["height"] > box["width"]
    near, far = (box["y"], box["y"] + box["height"]) if upright else (box["x"], box["x"] + box["width"])
    here = at[1] if upright else at[0]
    goal = near + 0.1 * (far - near) if here - near > far - here else far - 0.1 * (far - near)
    mouse.move(*at)
    panel.evaluate("film")
    mouse.down()
    for step in range(1, STEPS + 1):
        there = here + (goal - here) * step / STEPS
        mouse.move(*((at[0], there) if upright else (there, at[1])))
        panel.page.evaluate("new Promise(requestAnimationFrame)")
        if step == 10:  # past the middle, where a slider of two positions moves
            panel.page.wait_for_function("seen.pictures > 0", timeout=PATIENCE)
    mouse.up()
    settle(panel)
    return panel.page.evaluate("cut()")


def still_pictures(page) -> list:
    """Return (width, height) of each picture that stands where a panel was stored; each is scrolled to."""
    sizes = []
    for number in page.evaluate("cellsWithPanels()"):
        page.evaluate("number => scrollToCell(number)", number)
        page.wait_for_function("number => stillPicture(number) !== null", arg=number, timeout=PATIENCE)
        sizes.append(tuple(page.evaluate("number => stillPicture(number)", number)))
    return sizes


def middle(element) -> tuple:
    box = element.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@contextmanager
def theme(page, name: str):
    """Switch JupyterLab to a theme and back to the light one."""
    change_theme(page, name)
    try:
        yield
    finally:
        change_theme(page, LIGHT)


def assert_legible(panel, words: str, role: str):
    """axe-core finds no barrier in a panel; what is written there stands out; a screen reader announces these words."""
    panel.evaluate("panel => { panel.id = 'judged' }")
    found = Axe().run(panel.page, context="#judged").response
    panel.evaluate("panel => { panel.id = '' }")
    barriers = [v for v in found["violations"] if v["impact"] in ("serious", "critical")]
    assert not barriers, [(v["id"], node["html"], node["failureSummary"]) for v in barriers for node in v["nodes"]]
    # axe-core passes over all words in JupyterLab, so their contrast is reckoned here
    faint = [(c, text) for c, text in panel.evaluate("panel => contrasts(panel)") if c < CONTRAST]
    assert not faint, faint
    assert panel.locator(words).get_attribute("role") == role
