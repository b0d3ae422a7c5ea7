"""The words around figures: nouns agree, hidden figures stay hidden, dates read as people write."""

from datetime import UTC, date, datetime

import pytest

from casescope.disclosure.released import ReleasedCell
from casescope.report import prose

HIDDEN = ReleasedCell("count", "7 or fewer", hidden=True)
WITHHELD = ReleasedCell("count", "withheld", hidden=True)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (ReleasedCell("count", "1", 1), "1 woman"),
        (ReleasedCell("count", "0", 0), "0 women"),
        (ReleasedCell("count", "120", 120), "120 women"),
        (ReleasedCell("count", "1,250", 1250), "1,250 women"),
        (HIDDEN, "7 or fewer women"),
        (WITHHELD, "a number of women that we cannot show"),
        (None, "an unknown number of women"),
    ],
)
def test_women_are_counted_in_words(cell, words):
    assert prose.women(cell) == words


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], ""),
        (["alcohol"], "alcohol"),
        (["alcohol", "drugs"], "alcohol and drugs"),
        (["alcohol", "drugs", "debt"], "alcohol, drugs and debt"),
    ],
)
def test_a_list_reads_as_a_sentence(words, sentence):
    assert prose.listed(words) == sentence


def test_a_range_with_equal_ends_is_one_figure():
    assert prose.span("120", "120") == "120"
    assert prose.span("120", "135") == "120 to 135"


def test_a_hidden_cell_has_no_interval():
    open_cell = ReleasedCell("share", "62%", 0.62, interval="53% to 70%")
    assert prose.interval(open_cell) == "likely range 53% to 70%"
    assert prose.interval(ReleasedCell("share", "withheld", hidden=True)) == ""


def test_dates_are_written_out():
    assert prose.long_date(date(2026, 10, 31)) == "31 October 2026"
    assert prose.long_date(None) == "not known"
    assert prose.long_time(datetime(2026, 1, 2, 9, 5, tzinfo=UTC)) == "2 January 2026 at 09:05 UTC"


def test_percentages_are_whole():
    assert prose.percent(0.224) == "22%"
    assert prose.percent(0.0) == "0%"


def test_small_counts_are_words_and_large_ones_figures():
    assert [prose.in_words(n) for n in (0, 1, 9, 10, 1250)] == [
        "no", "one", "nine", "10", "1,250",
    ]  # fmt: skip
