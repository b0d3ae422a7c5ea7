"""Who may do what, and when a restriction holds."""

from datetime import date

import pytest

from casescope.governance import restrictions
from casescope.governance.restrictions import GROUNDS, Restriction, ground_from, in_force
from casescope.governance.roles import (
    ROLE_NAMES,
    Actor,
    Role,
    Roles,
    check_role,
    in_words,
    is_in_role,
)
from casescope.kernel.errors import NotAllowed

ROLES = Roles(analyst=("ann", "bob"), approver=("bob",), dpo=("dee",))


def test_every_role_has_a_name_and_a_line_in_the_study_file():
    assert set(ROLE_NAMES) == set(Role)
    assert {role.value for role in Role} == set(vars(Roles()))


@pytest.mark.parametrize(
    ("name", "held"),
    [
        ("ann", {Role.ANALYST}),
        ("bob", {Role.ANALYST, Role.APPROVER}),
        ("dee", {Role.DPO}),
        ("eve", set()),
        ("Ann", set()),  # user names are compared exactly
    ],
)
def test_roles_are_held_by_user_name(name, held):
    assert ROLES.held_by(Actor(name)) == held


def test_the_wrong_role_is_refused_and_the_right_one_named():
    needed = frozenset({Role.DPO, Role.APPROVER})
    with pytest.raises(NotAllowed, match="approver or data protection officer, which ann"):
        check_role(Actor("ann"), ROLES, needed, "close the study")
    check_role(Actor("bob"), ROLES, needed, "close the study")
    assert is_in_role(Actor("dee"), ROLES, needed)
    assert not is_in_role(Actor("eve"), ROLES, needed)


def test_no_role_needed_lets_anyone():
    check_role(Actor("eve"), ROLES, frozenset(), "see this")


def test_roles_are_named_in_one_order():
    assert in_words([Role.DIRECTOR, Role.ANALYST]) == "analyst or director"


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("a", "accuracy"),
        ("18(1)(b)", "unlawful"),
        ("(c)", "claims"),
        ("Objection", "objection"),
        ("  she  asked us to wait ", "she asked us to wait"),
    ],
)
def test_grounds_by_letter_word_or_own_words(text, ground):
    assert ground_from(text) == ground


def test_the_four_grounds_of_the_article():
    assert [text[:8] for text in GROUNDS.values()] == [
        "18(1)(a)", "18(1)(b)", "18(1)(c)", "18(1)(d)",
    ]  # fmt: skip


def test_a_restriction_needs_a_ground():
    with pytest.raises(NotAllowed, match="needs a ground"):
        ground_from("  ")


RESTRICTED = Restriction("s1", "accuracy", on=date(2026, 11, 5), by="ann")


@pytest.mark.parametrize(
    ("told", "liftable"),
    [
        (None, False),
        (date(2026, 11, 4), False),  # before the restriction
        (date(2026, 11, 5), True),
        (date(2026, 11, 20), True),
        (date(2026, 11, 21), False),  # not yet
    ],
)
def test_she_is_told_before_a_restriction_is_lifted(told, liftable):
    today = date(2026, 11, 20)
    assert restrictions.is_liftable(RESTRICTED, told_on=told, today=today) is liftable


def test_a_lifted_restriction_is_not_in_force():
    lifted = Restriction(
        "s2", "accuracy", on=date(2026, 11, 5), by="ann",
        lifted_on=date(2026, 11, 9), lifted_by="bob", lifted_reason="checked",
        told_on=date(2026, 11, 8),
    )  # fmt: skip
    assert in_force((RESTRICTED, lifted)) == (RESTRICTED,)
