"""Chromium on the finished report, through Playwright; skipped where there is no Chromium."""

import shutil

import pytest

from casescope.disclosure.release import release
from casescope.report import Edition, Face, write
from tests.unit.report.county import ASSUMED, county, study_facts

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def reports(tmp_path_factory):
    """Both editions of the report of the pretend county, as files."""
    folder = tmp_path_factory.mktemp("report")
    figures, facts = release(county()), study_facts(wide_inputs=False, **ASSUMED)
    return write(folder, figures, facts, editions=tuple(Edition), faces=(Face.HTML,))


@pytest.fixture(scope="session")
def report(reports):
    """The working edition."""
    return reports[0]


@pytest.fixture(scope="session")
def public_report(reports):
    """The public edition."""
    return reports[1]


@pytest.fixture(scope="module")
def browser():
    """A headless Chromium, closed again when the module is done."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("Chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()
