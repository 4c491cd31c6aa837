"""A panel as its reader meets it: at rest, moved by mouse or keyboard, judged."""

import base64
import hashlib
import io
from contextlib import contextmanager
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import TimeoutError

from catrnn import lab
from catrnn.lab.panel.link import arguments_in
from catrnn.lab.panel.panel import Panel
from tools.lab_in_browser import ask, change_theme, wait_until

CONTROLS = ".noUi-handle, input[type=number], input[type=checkbox]"
CONTRAST = 4.5  # of a text and its background; Web Content Accessibility Guidelines 2.2, 1.4.3
STEPS = 15  # of a drag; the browser takes the next when a frame has shown the one before
PATIENCE = 120_000  # milliseconds; what takes longer has stuck, on the busiest machine too
LIGHT = "JupyterLab Light"
JUDGE = "async panels => (await axe.run({include: panels}, {resultTypes: ['violations']})).violations"


def look(panel) -> dict:
    """Return what a panel shows now, and the settings of its controls."""
    return panel.evaluate("panel => look(panel)")


def settle(panel, different_from=None, after="") -> dict:
    """Wait until a panel is at rest, at other settings than those; return what it shows, its picture by the digest."""
    old = different_from and different_from["settings"]
    return at_rest(panel, "({ settings }, old) => JSON.stringify(settings) !== JSON.stringify(old)", old, after)


def settle_at_new_code(panel, before: dict) -> dict:
    """Wait until a panel is at rest with other restoring code than before: a choice of words has no number."""
    return at_rest(panel, "({ shows }, old) => shows !== old", before["shows"])


def at_rest(panel, new: str, old, after="") -> dict:
    """Wait until a panel is at rest, and what it shows is new beside what is old; return it."""
    still = f"([panel, old]) => atRest(panel) && ({new})(look(panel), old) && lookClosely(panel)"
    try:
        return wait_until(panel.page, still, [panel.element_handle(), old], PATIENCE).json_value()
    except TimeoutError:
        raise AssertionError(f"{after}: no rest at a new setting, but {look(panel)}") from None


class Shown(NamedTuple):
    """What a panel shows that was made outside the page."""

    restore: str
    caption: str
    png: bytes


@lru_cache(maxsize=64)
def drawn_outside(code: str) -> Shown:
    """Return what a panel of restoring code shows.

    All of its kind stand on one picture, for to draw each anew takes longer; that both show the same is held by
    tests/lab/test_every_panel.py.
    """
    *_, call = code.splitlines()
    explore = call.partition("(")[0]
    picture, parts = kind(explore)
    question, _, *more, given = parts(**arguments_in(call, explore))
    view = Panel(question, picture, *more, explore, given, parts).view
    return Shown(view.restore, view.caption, view.png)


@lru_cache(maxsize=32)
def kind(explore: str) -> tuple:
    """Return the picture that a function of the lab makes for its panel, and what makes the panel's parts."""
    panel = getattr(lab, explore)()
    return panel.picture, panel.parts


def pixels(png: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))


def shows(panel, digest: str, png: bytes) -> bool:
    """Whether a panel's picture, which has this digest, has the pixels of another: the same bytes have the same."""
    if digest == hashlib.sha256(png).hexdigest():
        return True
    shown = ask(panel.page, "pngOf", panel.element_handle(), "the picture", PATIENCE)
    return np.array_equal(pixels(base64.b64decode(shown)), pixels(png))


def assert_right(panel, now=None):
    """A panel at rest shows what one outside the page shows at these settings, and says so everywhere."""
    now = now or settle(panel)
    twin = drawn_outside(now["shows"])
    assert now["code"] == now["shows"] == twin.restore
    assert now["caption"] == twin.caption
    assert now["alt"] == twin.caption
    assert now["problem"] == ""
    assert shows(panel, now["digest"], twin.png), now["shows"]
    assert now["sharpness"] >= 1.5 - 0.01, "not crisp on a screen of high density"


def assert_moved(panel, move, what: str, words=True):
    """A move changes picture and caption, and they are those of the new settings."""
    before = settle(panel)
    move()
    after = settle(panel, different_from=before, after=what)
    assert after["digest"] != before["digest"], f"{what}: the picture stays"
    assert after["caption"] != before["caption"] or not words, f"{what}: the caption stays"
    assert_right(panel, after)


def press(control, key: str):
    """Press a key on a control, as a reader does."""
    control.focus()
    control.page.keyboard.press(key)


def drag(panel, handle):
    """Drag a handle along the longer part of its slider, wait on the way for a picture, let go; return the film."""
    page, at = panel.page, middle(handle)
    box = handle.locator("xpath=ancestor::*[contains(@class, 'noUi-base')]").bounding_box()
    upright = box["height"] > box["width"]
    near, far = (box["y"], box["y"] + box["height"]) if upright else (box["x"], box["x"] + box["width"])
    here = at[1] if upright else at[0]
    goal = near + 0.1 * (far - near) if here - near > far - here else far - 0.1 * (far - near)
    hand = page.context.new_cdp_session(page)  # Playwright's own asks twice at each move whether this drags a file
    page.mouse.move(*at)
    panel.evaluate("film")
    page.mouse.down()
    for step in range(1, STEPS + 1):
        there = here + (goal - here) * step / STEPS
        x, y = (at[0], there) if upright else (there, at[1])
        hand.send("Input.dispatchMouseEvent", {"type": "mouseMoved", "x": x, "y": y, "button": "left", "buttons": 1})
        if step == 10:  # past the middle, where a slider of two positions moves
            wait_until(page, "seen.pictures > 0", timeout=PATIENCE)
    page.mouse.move(x, y)  # where it lets go
    page.mouse.up()
    hand.detach()
    settle(panel)
    return ask(page, "cut", what="the kernel's answer after the drag", timeout=PATIENCE)


def still_pictures(page) -> list:
    """Return (width, height) of each picture that stands where a panel was stored; each is scrolled to."""
    sizes = []
    for number in page.evaluate("cellsWithPanels()"):
        page.evaluate("number => scrollToCell(number)", number)
        wait_until(page, "number => stillPicture(number) !== null", number, PATIENCE)
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


def assert_no_barriers(panels: list):
    """axe-core finds nothing in panels that would keep a disabled reader out; it does not look at colours here."""
    page = panels[0].page
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)  # Axe.run would do it each time: half a megabyte
    handles = [panel.element_handle() for panel in panels]
    found = ask(page, JUDGE, handles, "what axe-core says", PATIENCE)
    barriers = [v for v in found if v["impact"] in ("serious", "critical")]
    assert not barriers, [(v["id"], node["html"], node["failureSummary"]) for v in barriers for node in v["nodes"]]


def assert_stands_out(panel, words: str, role: str):
    """What is written in a panel stands out; a screen reader announces these words."""
    # axe-core passes over all words in JupyterLab, so their contrast is reckoned here
    faint = [(c, text) for c, text in panel.evaluate("panel => contrasts(panel)") if c < CONTRAST]
    assert not faint, faint
    assert panel.locator(words).get_attribute("role") == role


def assert_legible(panel, words: str, role: str):
    """There is no barrier in a panel; what is written there stands out, and these words are announced."""
    assert_no_barriers([panel])
    assert_stands_out(panel, words, role)
