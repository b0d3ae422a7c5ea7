"""The data protection officer's leave for small counts, as the ledger tells it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from casescope.governance.approval import approve
from casescope.governance.record.ledger import Head, next_entry
from casescope.governance.small_counts import Leave, check_leave, leave_in_force
from casescope.governance.study_file.storage_lines import StorageLines
from casescope.governance.study_file.study import Study
from casescope.kernel.errors import NotAllowed

DAY = date(2026, 11, 2)
STUDY = Study("A", "B", "Pause", "P", date(2026, 10, 31),
              storage=StorageLines(("County Hall",), ("County Hall",)))  # fmt: skip
APPROVAL = approve(STUDY, dpia="D", agreement="A", notice="N", basis="B", by="bob", on=DAY)
GIVEN = ("approve_working", {"did": {"governed_digest": APPROVAL.governed_digest},
                             "reason": "own records"})  # fmt: skip
TAKEN = ("withdraw_working", {"did": {"rules": "working"}, "reason": "no more"})
REFUSED = ("approve_working", {"refused": "To allow small counts takes a role"})
OTHER = ("report", {"did": {"files": ["a"]}})


def entries(*acts):
    made = []
    for action, detail in acts:
        newest = Head(made[-1].number, made[-1].hash) if made else None
        made.append(next_entry(
            newest, study="s", on=DAY, at=datetime(2026, 11, 2, tzinfo=UTC),
            actor="dee", action=action, detail=detail,
        ))  # fmt: skip
    return tuple(made)


@pytest.mark.parametrize(
    ("acts", "in_force"),
    [
        ([], False),
        ([OTHER], False),
        ([GIVEN], True),
        ([GIVEN, OTHER, OTHER], True),
        ([REFUSED], False),
        ([GIVEN, REFUSED], True),
        ([GIVEN, TAKEN], False),
        ([GIVEN, TAKEN, GIVEN], True),
        ([GIVEN, TAKEN, OTHER, REFUSED], False),
    ],
)
def test_the_newest_that_was_done_counts(acts, in_force):
    leave = leave_in_force(entries(*acts), APPROVAL)
    assert leave == (Leave("dee", DAY, "own records") if in_force else None)


def test_it_ends_with_a_new_approval_of_other_lines_and_not_with_one_of_the_same():
    other = replace(STUDY, partner="Somebody else")
    again = approve(other, dpia="D", agreement="A", notice="N", basis="B", by="bob", on=DAY)
    same = approve(STUDY, dpia="D2", agreement="A", notice="N", basis="B", by="bob", on=DAY)
    assert leave_in_force(entries(GIVEN), again) is None
    assert leave_in_force(entries(GIVEN), None) is None
    assert leave_in_force(entries(GIVEN), same) is not None


def test_without_it_a_sentence_says_whom_to_ask():
    with pytest.raises(NotAllowed, match=r"data protection officer's approval.*approve-working"):
        check_leave(None)
