"""Marks mean what the field means by them."""

import pytest

from casescope.disclosure.audit.marks import AsPrinted, ByPack, NotACount, Read, read
from casescope.disclosure.pack import load


@pytest.mark.parametrize(
    ("text", "least", "most", "standing"),
    [
        ("12", 12, 12, "shown"),
        (" 1,234 ", 1234, 1234, "shown"),
        ("1\u00a0234", 1234, 1234, "shown"),
        ("12.0", 12, 12, "shown"),
        ("0", 0, 0, "shown"),
        ("c", 0, None, "hidden"),
        ("[C]", 0, None, "hidden"),
        ("*", 0, None, "hidden"),
        ("[REDACTED]", 0, None, "hidden"),
        ("withheld", 0, None, "withheld"),
        ("x", 0, None, "withheld"),
        ("z", 0, 0, "shown"),
        ("k", 1, 4, "shown"),
        ("7 or fewer", 0, 7, "hidden"),
        ("<8", 0, 7, "hidden"),
        ("fewer than 8", 0, 7, "hidden"),
        ("≤7", 0, 7, "hidden"),
        ("<= 7", 0, 7, "hidden"),
        ("1-7", 1, 7, "hidden"),
        ("1 to 7", 1, 7, "hidden"),
        ("90 or more", 90, None, "shown"),
        ("90+", 90, None, "shown"),
    ],
)
def test_as_printed(text, least, most, standing):
    assert read(text, AsPrinted()) == Read(least, most, standing)


@pytest.mark.parametrize(
    ("pack", "text", "least", "most"),
    [
        ("hes", "10", 8, 12),
        ("hes", "*", 1, 7),
        ("hes", "7 or fewer", 1, 7),
        ("hes", "k", 1, 2),
        ("opensafely", "10", 8, 12),
        ("opensafely", "7 or fewer", 0, 7),
        ("dfe", "58", 58, 58),
    ],
)
def test_by_a_pack(pack, text, least, most):
    found = read(text, ByPack(load(pack)))
    assert (found.least, found.most) == (least, most)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "nothing"),
        ("-3", "below nothing"),
        ("−3", "below nothing"),
        ("2.5", "fraction"),
        ("lots", "not known"),
        ("12a", "not known"),
        ("1,23", "not known"),
    ],
)
def test_what_is_no_count_is_told_without_quoting_it(text, why):
    with pytest.raises(NotACount, match=why) as told:
        read(text, AsPrinted())
    assert not text or text not in str(told.value)


def test_a_number_that_a_pack_never_shows_is_told():
    with pytest.raises(NotACount, match="never show"):
        read("12", ByPack(load("hes")))
