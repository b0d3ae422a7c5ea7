"""What an approval must state, what it binds, and what an extension needs."""

from dataclasses import replace
from datetime import date

import pytest

from casescope.governance import approval as approvals
from casescope.governance.approval import Extension, approve, caveats, check_unchanged, in_force
from casescope.governance.roles import Roles
from casescope.governance.study_file.fields import FIELDS
from casescope.governance.study_file.look_lines import LookLines
from casescope.governance.study_file.parameters import Parameters
from casescope.governance.study_file.storage_lines import StorageLines
from casescope.governance.study_file.study import Notice, Study
from casescope.governance.study_file.value import CostLines, ValueLines
from casescope.kernel.errors import NotAllowed

ON = date(2026, 11, 2)
STUDY = Study(
    "Scoping", "Somewhere", "Pause", "To know.", date(2026, 10, 31),
    roles=Roles(analyst=("ann",), approver=("bob",)),
    storage=StorageLines(("County Hall",), ("County Hall",)),
)  # fmt: skip
STATED = {"dpia": "D1", "agreement": "A1", "notice": "N1", "basis": "6(1)(e)"}


def approved(study: Study = STUDY, **stated):
    return approve(study, **{**STATED, **stated}, by="bob", on=ON)


def test_everything_missing_is_named_at_once():
    with pytest.raises(NotAllowed) as caught:
        approve(STUDY, dpia=" ", agreement="", by="bob", on=ON)
    for flag in ("--dpia", "--agreement", "--notice", "--basis"):
        assert flag in caught.value.sentence


@pytest.mark.parametrize("missing", STATED)
def test_each_reference_is_needed(missing):
    with pytest.raises(NotAllowed, match=f"--{missing}"):
        approved(**{missing: "  "})


def test_notice_and_basis_may_come_from_the_study_file():
    study = replace(STUDY, lawful_basis="6(1)(c)", notice=Notice("N0"))
    approval = approved(study, notice="", basis="")
    assert (approval.notice, approval.lawful_basis) == ("N0", "6(1)(c)")
    assert approved(study).notice == "N1"


@pytest.mark.parametrize(
    ("in_file", "stated", "days", "published", "until"),
    [
        (None, None, None, ON, date(2026, 11, 30)),  # nobody says: the latest it can be
        (date(2026, 10, 1), None, None, date(2026, 10, 1), date(2026, 10, 29)),
        (date(2026, 10, 1), date(2026, 10, 20), 7, date(2026, 10, 20), date(2026, 10, 27)),
        (None, ON, 0, ON, ON),
    ],
)
def test_the_objection_window(in_file, stated, days, published, until):
    study = replace(STUDY, notice=Notice(published=in_file))
    approval = approved(study, published=stated, objection_days=days)
    assert (approval.notice_published, approval.objection_until) == (published, until)


def test_the_notice_is_published_by_the_day_of_approval():
    with pytest.raises(NotAllowed, match="published by the day of approval"):
        approved(published=date(2026, 11, 3))


@pytest.mark.parametrize("days", [-1, 366])
def test_an_impossible_window_is_refused(days):
    with pytest.raises(NotAllowed, match="objection window"):
        approved(objection_days=days)


def test_a_study_that_has_already_ended_is_not_approved():
    with pytest.raises(NotAllowed, match="end_date"):
        approved(replace(STUDY, end_date=date(2026, 11, 1)))
    approved(replace(STUDY, end_date=ON))


def test_an_open_window_is_a_caveat_up_to_its_last_day():
    approval = approved(published=ON, objection_days=28)
    assert "2026-11-30" in caveats(approval, ON, date(2026, 11, 30))[0]
    assert caveats(approval, ON, date(2026, 12, 1)) == ()
    assert caveats(None, ON, ON) == ()


def test_a_reference_date_yet_to_come_is_a_caveat():
    """Extract end = the reference date: nobody has looked at the days up to one in the future."""
    tomorrow = date(2026, 11, 3)
    (told,) = caveats(None, tomorrow, ON)
    assert "2026-11-03, has not come yet" in told
    assert caveats(None, tomorrow, tomorrow) == ()


def test_changed_roles_are_named():
    approval = approved()
    other = replace(STUDY, roles=replace(STUDY.roles, dpo=("ann",)))
    with pytest.raises(NotAllowed, match=r"study\.toml's \[roles\] changed since approval"):
        check_unchanged(approval, other)
    assert not approvals.is_unchanged(approval, other)


def test_parameters_may_change_and_are_in_force():
    approval = approved()
    now = replace(STUDY, parameters=Parameters(age_max=50), reference_date=date(2026, 10, 30))
    check_unchanged(approval, now)
    bound = in_force(approval, None, now)
    assert bound.parameters.age_max == 50
    assert bound.reference_date == date(2026, 10, 30)


def test_every_line_that_no_approval_binds_is_in_force_as_the_file_has_it_now():
    """Prices agreed after the approval would otherwise be left out, and nobody told."""
    free = [line for line in FIELDS if not line.governed]
    now = replace(
        STUDY, reference_date=date(2026, 10, 30), parameters=Parameters(age_max=50),
        value=ValueLines(take_up=(0.5,)), costs=CostLines(cashable=("own_foster_week",)),
        report=LookLines("#7a0019"),
    )  # fmt: skip
    changed = {line.table for line in free if now.value_of(line) != STUDY.value_of(line)}
    assert changed == {line.table for line in free}
    approval = approved()
    check_unchanged(approval, now)
    bound = in_force(approval, None, now)
    assert [bound.value_of(line) for line in free] == [now.value_of(line) for line in free]


def test_what_the_approver_stated_is_in_force_and_edited_roles_are_not():
    approval = approved(published=date(2026, 10, 20), objection_days=7)
    now = replace(STUDY, roles=Roles(analyst=("eve",), approver=("eve",)), partner="Eve")
    bound = in_force(approval, None, now)
    assert bound.roles == STUDY.roles
    assert bound.partner == "Pause"
    assert bound.lawful_basis == "6(1)(e)"
    assert bound.notice == Notice("N1", date(2026, 10, 20), 7)
    extension = Extension(date(2027, 5, 2), "late extract", "N2", "dee", date(2027, 1, 10))
    assert in_force(approval, extension, now).notice.reference == "N2"


LAST = date(2027, 2, 2)


@pytest.mark.parametrize(
    ("until", "notice", "today", "good"),
    [
        (date(2027, 2, 3), "N2", ON, True),
        (LAST, "N2", ON, False),  # moves nothing
        (date(2027, 1, 1), "N2", ON, False),  # moves it forward
        (date(2027, 3, 1), "", ON, False),
        (date(2027, 3, 1), " N1 ", ON, False),  # the notice that promised three months
        (date(2027, 3, 1), "N2", date(2027, 3, 2), False),  # already past
        (date(2027, 3, 2), "N2", date(2027, 3, 2), True),
    ],
)
def test_an_extension_needs_a_later_day_and_a_reissued_notice(until, notice, today, good):
    def check() -> None:
        approvals.check_extension(
            until, notice, last_day=LAST, today=today, notices=frozenset({"N1"})
        )

    if good:
        check()
    else:
        with pytest.raises(NotAllowed):
            check()
