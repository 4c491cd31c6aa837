"""The book in a real browser that can reach no other place: on a phone and on a desktop, by day and by night."""

from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.website.conftest import PATIENCE
from tools.lab_in_browser import CLIPBOARD, ask

pytestmark = pytest.mark.browser
SOON = 20_000  # milliseconds
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
LOOKS = [(size, scheme) for size in (PHONE, DESKTOP) for scheme in ("light", "dark")]
PAGES = ["index", "02_weigh_one_day", "16_name_the_cat"]
LETTERS = 9 / 13.8
"""To how much a picture may shrink: its smallest letters have 13.8 pixels, and 9 can be read."""

VIOLATIONS = {"resultTypes": ["violations"]}
"""Of what axe finds; to write down all that is well takes it half as long again, and more."""

SHRUNK = "pictures => Math.min(...pictures.map(p => p.clientWidth / p.getAttribute('width')))"
LUMINANCE = "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).reduce((sum, c) => sum + +c, 0)"


@pytest.fixture(autouse=True, scope="module")
def soon():
    """No page of a book needs the lab's patience."""
    expect.set_options(timeout=SOON)
    yield
    expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="module", params=LOOKS, ids=lambda look: f"{look[0]['width']}-{look[1]}")
def look(request, browser):
    """The book in one size and one scheme of colours; it writes down every address that is asked for."""
    size, scheme = request.param
    with browser.new_context(viewport=size, color_scheme=scheme) as context, context.new_page() as page:
        page.asked, page.problems, page.scheme = [], [], scheme
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        yield page


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_the_screen_has_no_barrier_and_no_error(look, below_a_path, name):
    look.goto(f"{below_a_path}/{name}.html")
    found = Axe().run(look, options=VIOLATIONS).response["violations"]
    barriers = [v for v in found if v["impact"] in ("serious", "critical")]
    assert [(v["id"], node["html"]) for v in barriers for node in v["nodes"]] == []
    assert look.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert look.problems == []


def test_the_page_is_dark_where_the_system_is_and_its_pictures_can_be_read(look, below_a_path):
    look.goto(f"{below_a_path}/07_train_the_cat.html")
    assert (look.evaluate(LUMINANCE) < 3 * 128) == (look.scheme == "dark")
    assert look.locator(".cell_output img:visible").evaluate_all(SHRUNK) > LETTERS


def test_nothing_is_asked_of_any_other_host(look, below_a_path):
    look.goto(f"{below_a_path}/search.html?q=gradient", wait_until="networkidle")
    assert {urlsplit(url).hostname for url in look.asked} == {"127.0.0.1"}


@pytest.fixture(scope="module", params=[PHONE, DESKTOP], ids=["phone", "desktop"])
def plain(request, browser):
    """A page in a browser whose JavaScript is switched off."""
    with browser.new_context(viewport=request.param, java_script_enabled=False) as context, context.new_page() as page:
        page.is_phone = request.param is PHONE
        yield page


def test_without_javascript_text_pictures_formulas_folds_and_contents_are_there(plain, below_a_path):
    plain.goto(f"{below_a_path}/10_watch_gradients_vanish.html")
    expect(plain.get_by_role("heading", name="10 Watch gradients vanish")).to_be_visible()
    expect(plain.locator("math").first).to_be_visible()
    picture = plain.locator(".cell_output img:visible").first
    assert picture.bounding_box()["height"] > 100
    assert plain.request.get(f"{below_a_path}/{picture.get_attribute('src')}").ok
    fold = plain.locator("details").filter(has_text="What you should have found").first
    inside = fold.locator("p").first
    expect(inside).to_be_hidden()
    fold.locator("summary").click()
    expect(inside).to_be_visible()
    if plain.is_phone:
        plain.locator("header label[for=__navigation]").click()
    plain.locator(".sidebar-tree").get_by_role("link", name="11 Raise a thousand cats").click()
    expect(plain.get_by_role("heading", name="11 Raise a thousand cats")).to_be_visible()


@pytest.fixture
def page(browser, below_a_path):
    with browser.new_context(viewport=DESKTOP) as context, context.new_page() as page:
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto(f"{below_a_path}/07_train_the_cat.html")
        yield page


def test_a_word_is_searched_in_all_pages(page):
    page.get_by_role("searchbox").or_(page.get_by_placeholder("Search")).first.fill("temperature")
    page.keyboard.press("Enter")
    page.locator("#search-results").get_by_role("link", name="16 Name the cat").first.click()
    expect(page.get_by_role("heading", name="16 Name the cat")).to_be_visible()


def test_a_cell_is_copied_by_its_button_and_what_it_prints_has_none(page):
    cell = page.locator(".cell_input").filter(has_text="questions = {").first
    cell.hover()
    cell.get_by_role("button", name="Copy").click()
    copied = ask(page, CLIPBOARD, what="what was copied")
    assert copied.startswith('questions = {"the same days": DAYS')
    assert page.locator(".cell_output .copybtn").count() == 0


def test_the_next_page_and_the_one_before_are_a_click_away(page):
    page.locator("a.next-page").click()
    expect(page.get_by_role("heading", name="08 Doubt the gradient")).to_be_visible()
    page.locator("a.prev-page").click()
    expect(page.get_by_role("heading", name="07 Train the cat")).to_be_visible()


def test_on_a_phone_the_contents_open_by_keyboard_too(browser, below_a_path):
    with browser.new_context(viewport=PHONE) as context, context.new_page() as page:
        page.goto(f"{below_a_path}/07_train_the_cat.html")
        link = page.locator(".sidebar-tree").get_by_role("link", name="05 Learn from the miss")
        expect(link).to_be_hidden()
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        expect(link).to_be_visible()


def test_printed_it_has_the_outputs_but_not_the_answers(page):
    page.emulate_media(media="print")
    expect(page.locator(".cell_output").filter(has_text="62% of 1000 networks")).to_be_visible()
    answer = page.locator("details").filter(has_text="What you should have found").first
    expect(answer.locator("p").first).to_be_hidden()
    expect(page.locator(".sidebar-drawer")).to_be_hidden()
