"""Decisions on links: which words are verdicts, on whom they bear, what the steps are told."""

from dataclasses import replace
from datetime import date

import pytest

from casescope.governance.link_decisions import (
    Ending,
    LinkDecision,
    Verdict,
    agreed,
    as_facts,
    check_names_nobody,
    in_force,
    touches,
    verdict_from,
)
from casescope.kernel.errors import NotAllowed

SAME = LinkDecision(
    "d1", ("a",), ("b",), Verdict.SAME, date(2026, 11, 2), "2026-11-02T09:00:00", "ann", "terminal"
)
DIFFERENT = replace(SAME, decision_id="d2", verdict=Verdict.DIFFERENT)
UNSURE = replace(SAME, decision_id="d3", verdict=Verdict.UNSURE)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("same", Verdict.SAME), (" Same ", Verdict.SAME), ("DIFFERENT", Verdict.DIFFERENT),
        ("unsure", Verdict.UNSURE), ("can't tell", Verdict.UNSURE), ("can’t tell", Verdict.UNSURE),
        ("", None), ("maybe", None), ("same same", None), ("=same", None),
    ],
)  # fmt: skip
def test_words_and_verdicts(text, verdict):
    assert verdict_from(text) is verdict


def test_the_steps_are_told_pairs_of_records_the_lower_id_first():
    decision = replace(SAME, one=("x", "c"), other=("d",))
    assert as_facts([decision, replace(DIFFERENT, one=("b",), other=("a",))]) == [
        "", "a b different", "c d same", "d x same",
    ]  # fmt: skip


def test_nothing_decided_is_told_as_an_empty_text():
    assert as_facts([]) == [""]


@pytest.mark.parametrize("ending", Ending)
def test_an_ended_decision_and_one_that_tells_nothing_bind_nothing(ending):
    ended = replace(SAME, ended_as=ending, ended_on=SAME.on, ended_by="bob")
    assert in_force([ended, UNSURE]) == (UNSURE,)
    assert as_facts([ended, UNSURE]) == [""]


def test_who_asks_for_answers_that_bind_nothing_is_told_them():
    assert as_facts([SAME, UNSURE], [Verdict.UNSURE]) == ["", "a b unsure"]


@pytest.mark.parametrize(
    ("one", "other", "speaks"),
    [
        (["a"], ["b"], True),
        (["b"], ["a"], True),
        (["z", "a"], ["y", "b"], True),
        (["a"], ["c"], False),
        (["a", "b"], ["c"], False),
        ([], ["b"], False),
    ],
)
def test_a_decision_speaks_of_women_with_one_of_its_records_each(one, other, speaks):
    assert touches(SAME, one, other) is speaks


@pytest.mark.parametrize(
    ("decisions", "verdict"),
    [
        ([], None),
        ([SAME], Verdict.SAME),
        ([SAME, replace(SAME, decision_id="d4")], Verdict.SAME),
        ([SAME, DIFFERENT], None),
        ([SAME, UNSURE], None),
    ],
)
def test_two_decisions_that_quarrel_decide_nothing(decisions, verdict):
    assert agreed(decisions) is verdict


PRIVATE = ["Anna", "O'Neill", "1000123", "1990-06-15", "SW1A1AA", "943 476 5919", "Li", "7", ""]


@pytest.mark.parametrize(
    "why",
    ["Anna again", "anna's own", "the o'neill children", "as in 1000123", "born 1990-06-15",
     "sw1a 1aa", "number 9434765919", "O’Neill"],
)  # fmt: skip
def test_a_reason_that_quotes_a_record_is_refused_without_being_quoted(why):
    with pytest.raises(NotAllowed) as refusal:
        check_names_nobody(why, PRIVATE)
    assert not any(value in str(refusal.value) for value in PRIVATE if value)


@pytest.mark.parametrize(
    "why", ["", "the same children and postcode", "Annabel Street", "li", "7 of 10"]
)
def test_a_reason_that_quotes_nothing_is_kept(why):
    check_names_nobody(why, PRIVATE)
