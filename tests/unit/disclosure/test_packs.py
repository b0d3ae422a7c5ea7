"""What each rule pack states, and what a reader can infer from what it shows."""

import pytest

from casescope.disclosure.pack import PACKS, PUBLIC, load
from casescope.kernel.errors import NotFound

# pack, a true count, what is shown of it (None: hidden)
DRAWN = """
opensafely | 0 - | 7 - | 8 10 | 12 10 | 13 15 | 117 115 | 118 120
hes        | 0 0 | 1 - | 7 - | 8 10 | 12 10 | 13 15 | 117 115
ons10      | 0 - | 9 - | 10 10 | 11 11 | 117 117
dfe        | 0 0 | 1 - | 5 - | 6 6 | 117 117
working    | 0 0 | 1 1 | 2 2 | 117 117
"""
CASES = [
    (pack.strip(), int(n), None if seen == "-" else int(seen))
    for line in DRAWN.strip().splitlines()
    for pack, *pairs in [line.split("|")]
    for n, seen in (pair.split() for pair in pairs)
]


@pytest.mark.parametrize(("pack", "n", "seen"), CASES)
def test_a_count_is_shown_as_the_rule_says(pack, n, seen):
    rules = load(pack)
    assert (None if rules.hides(n) else rules.rounded(n)) == seen


@pytest.mark.parametrize(
    ("n", "seen", "hidden"), [(0, 0, False), (4, 0, True), (5, 10, False), (14, 10, False),
                              (15, 20, False)],
)  # fmt: skip
def test_dfe_rounds_a_national_table_to_10_and_says_k_for_what_rounds_to_0(n, seen, hidden):
    rules = load("dfe").at("national")
    assert (rules.rounded(n), rules.hides(n)) == (seen, hidden)
    assert rules.hidden_words == "low (k)"


@pytest.mark.parametrize("pack", PACKS)
def test_what_is_behind_a_shown_count_is_all_that_would_be_shown_so(pack):
    for area in ("authority", "national"):
        rules = load(pack).at(area)
        would: dict[int, list[int]] = {}
        for n in range(300):
            if not rules.hides(n):
                would.setdefault(rules.rounded(n), []).append(n)
        would.popitem()  # the last may reach beyond 299
        assert {seen: rules.behind(seen) for seen in would} == {
            seen: (min(counts), max(counts)) for seen, counts in would.items()
        }


@pytest.mark.parametrize("pack", PACKS)
def test_what_is_behind_a_step_of_a_curve_is_all_that_would_be_shown_so(pack):
    rules = load(pack)
    for n in range(200):
        alike = [m for m in range(250) if rules.midpoint(m) == rules.midpoint(n)]
        assert rules.behind_midpoint(n) == (min(alike), max(alike))


@pytest.mark.parametrize(
    ("pack", "hidden"), [("opensafely", (0, 7)), ("hes", (1, 7)), ("ons10", (0, 9)),
                         ("dfe", (0, None)), ("working", (0, None))],
)  # fmt: skip
def test_what_a_hidden_cell_may_hold(pack, hidden):
    assert load(pack).behind_hidden() == hidden


@pytest.mark.parametrize(("pack", "n"), [("opensafely", 5), ("opensafely", 0), ("opensafely", 12),
                                         ("hes", 5), ("ons10", 9), ("dfe", 3)])  # fmt: skip
def test_a_number_that_a_pack_never_shows_has_nothing_behind_it(pack, n):
    with pytest.raises(ValueError, match="shows no count as"):
        load(pack).behind(n)


@pytest.mark.parametrize("pack", PACKS)
def test_every_pack_says_what_is_its_source_s_and_what_is_ours(pack):
    rules = load(pack)
    assert rules.rules.name == pack
    assert rules.source
    assert rules.ours
    assert rules.publishable == (pack in PUBLIC)


def test_the_dfe_s_threshold_is_said_to_be_ours():
    assert any("threshold" in line for line in load("dfe").ours)


def test_a_near_miss_of_a_name_is_answered():
    with pytest.raises(NotFound, match="opensafely"):
        load("opensafley")
