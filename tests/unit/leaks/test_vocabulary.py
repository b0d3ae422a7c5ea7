"""Whatever a ladder tells is in the vocabulary of its column, and little else is."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casescope.dataset.sharing.quasi import QUASI
from casescope.dataset.sharing.recode import Recoded
from casescope.dataset.sharing.schema import ABOUT, SHARED_TABLES
from casescope.dataset.sharing.vocabulary import FACTS, pattern_of
from tests.unit.risk.women import women

AREAS = ("North", "South", "St Anne's (West)")


@settings(max_examples=60, deadline=None)
@given(people=women(most=8))
def test_what_every_step_tells_is_in_its_vocabulary(people):
    for quasi in QUASI:
        pattern = re.compile(pattern_of("shared_woman", quasi.name, AREAS))
        for step in quasi.steps:
            for woman in people:
                assert pattern.fullmatch(step.tell(woman)), (quasi.name, step.label)


@given(people=women(most=2), step=st.integers(0, 2))
def test_what_a_package_says_of_itself_is_in_its_vocabulary(people, step):
    facts = Recoded({one.name: min(step, len(one.steps) - 1) for one in QUASI}, 3, "strict").facts(
        people
    )
    assert facts.keys() == FACTS.keys()
    assert all(re.fullmatch(FACTS[name], value) for name, value in facts.items())


def test_every_column_has_a_vocabulary_and_no_other_has():
    for table in SHARED_TABLES:
        for column in table.columns:
            assert (pattern_of(table.name, column.name) is None) is (table is ABOUT)
    assert pattern_of("shared_woman", "name") is None
    assert pattern_of("woman", "ethnicity") is None


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ("age", "31"), ("ethnicity", "White British"), ("area", "Leeds"), ("area", "North "),
        ("area", "St Annes xWest)"), ("index_period", "2024-06-01"), ("index_period", "1066"),
        ("followed", "731 days"), ("children", "12"), ("child_ages", "1–4, Tom"),
        ("child_ages", ", ".join(["1–4"] * 6)), ("intervals", "12345 days"),
        ("intervals", "500 days, 900 days, 10 days, 11 days"), ("tier", "T9"), ("pregnant", "yes"),
        ("woman", "7"), ("woman", "A" * 32), ("ending", ""),
    ],
)  # fmt: skip
def test_what_no_step_tells_is_outside(column, said):
    assert not re.fullmatch(pattern_of("shared_woman", column, AREAS), said)
