"""The report in a real browser: accessible, self-contained, and readable at any width."""

from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]

VIEWS = {
    "desk": {"viewport": {"width": 1280, "height": 900}},
    "desk, dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "phone, or 400% zoom": {"viewport": {"width": 320, "height": 640}},
}


@contextmanager
def opened(browser, report, **view):
    """The report in a new page, every part unfolded if `unfold`."""
    unfold = view.pop("unfold", False)
    page = browser.new_page(**view)
    page.goto(report.as_uri())
    if unfold:
        page.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
    try:
        yield page
    finally:
        page.close()


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
def test_axe_finds_nothing_to_mend(browser, report, view):
    with opened(browser, report, unfold=True, **view) as page:
        found = Axe().run(page).response["violations"]
    assert [(f["id"], [n["target"] for n in f["nodes"]][:3]) for f in found] == []


def test_axe_finds_nothing_to_mend_in_the_public_edition(browser, public_report):
    with opened(browser, public_report, unfold=True, **VIEWS["desk"]) as page:
        found = Axe().run(page).response["violations"]
    assert [(f["id"], [n["target"] for n in f["nodes"]][:3]) for f in found] == []


def test_nothing_is_asked_of_any_network(browser, report):
    asked = []
    page = browser.new_page()
    page.route("**/*", lambda route: (asked.append(route.request.url), route.continue_()))
    blocked = []
    page.on("console", lambda message: blocked.append(message.text))
    page.goto(report.as_uri())
    page.wait_for_timeout(200)
    page.close()
    assert asked == [report.as_uri()]
    assert blocked == []  # the page keeps to its own content security policy


@pytest.mark.parametrize("width", [320, 375, 768, 1160, 1280, 1920])
def test_the_page_never_scrolls_sideways(browser, report, width):
    view = {"viewport": {"width": width, "height": 800}}
    with opened(browser, report, unfold=True, **view) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("width", "shown"), [(1280, "wide"), (320, "narrow")])
def test_one_drawing_of_each_chart_is_seen_and_its_words_can_be_read(browser, report, width, shown):
    """Words in charts are at least 11 pixels high on the screen."""
    view = {"viewport": {"width": width, "height": 800}}
    with opened(browser, report, **view) as page:
        charts = page.locator(".chart").count()
        assert page.locator(f".chart svg.{shown}:visible").count() == charts > 0
        assert page.locator(".chart svg:visible").count() == charts
        smallest = page.evaluate(
            """() => Math.min(...[...document.querySelectorAll('.chart svg text')]
                 .filter(t => t.getClientRects().length)
                 .map(t => t.getBoundingClientRect().height))"""
        )
    assert smallest >= 11


@pytest.mark.parametrize("width", [1280, 320])
def test_no_words_of_a_chart_are_cut_off_or_lie_over_others(browser, report, width):
    view = {"viewport": {"width": width, "height": 800}}
    with opened(browser, report, **view) as page:
        found = page.evaluate(
            """() => [...document.querySelectorAll('.chart svg')]
                 .filter(svg => svg.getClientRects().length)
                 .flatMap(svg => {
                   const frame = svg.getBoundingClientRect();
                   const words = [...svg.querySelectorAll('text')].map(
                     t => ({text: t.textContent, box: t.getBoundingClientRect()}));
                   const out = words.filter(w => w.box.right > frame.right + 8
                     || w.box.left < frame.left - 8).map(w => 'outside: ' + w.text);
                   const over = words.flatMap((a, i) => words.slice(i + 1).filter(b =>
                     Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left) > 2 &&
                     Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top) > 6)
                     .map(b => 'over: ' + a.text + ' | ' + b.text));
                   return [...out, ...over];
                 })"""
        )
    assert found == []


def test_the_keyboard_reaches_the_skip_link_first_and_every_wide_table(browser, report):
    with opened(browser, report, viewport={"width": 320, "height": 640}) as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "content"
        outside = page.evaluate(
            """() => [...document.querySelectorAll('table')].filter(t =>
                 t.closest('[role=region][tabindex="0"]') === null).length"""
        )
    assert outside == 0


def test_print_shows_the_tables_that_a_screen_folds(browser, report):
    with opened(browser, report) as page:
        folded = "document.querySelector('figure details table').checkVisibility" + (
            "({contentVisibilityAuto: true})"
        )
        assert page.evaluate(folded) is False
        page.emulate_media(media="print")
        for _ in range(100):  # the new medium takes effect a little later on a busy machine
            if page.evaluate(folded):
                break
            page.wait_for_timeout(50)
        assert page.evaluate(folded) is True
        assert page.locator("summary:visible").count() == 0
