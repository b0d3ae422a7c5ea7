"""The page for a woman whom a study may be about: plain, and safe where somebody else may look."""

import re

from tests.docs.pages import ROOT, prose
from tests.unit.report.readability import grade

PAGE = ROOT / "docs" / "if-it-may-be-about-you.md"
AT_MOST = 6.0
"""What a child of eleven reads; the public edition may ask for a little more."""


def paragraphs() -> list[str]:
    text = re.sub(r"[*_#-]", "", prose(PAGE))
    return [part for part in text.split("\n") if part.strip()]


def test_it_reads_at_the_grade_of_eleven():
    assert grade(paragraphs()) <= AT_MOST
    assert max(len(one.split()) for text in paragraphs() for one in re.split(r"[.!?]", text)) <= 30


def test_being_watched_comes_before_anything_else():
    first = paragraphs()[1]
    assert "over your shoulder" in first
    assert "Close this page" in first


def test_it_leads_nowhere_and_asks_for_nothing():
    """A link would leave more behind on a phone, and a form would have to be sent."""
    assert not re.search(r"\]\(|https?:|<", PAGE.read_text(encoding="utf-8"))


def test_it_promises_what_the_rules_keep():
    text = " ".join(paragraphs())
    for words in ("You can say no", "It costs nothing", "tell you what it decides",
                  "before it could ever put you back", "complain", "0303 123 1113"):  # fmt: skip
        assert words in text, words
