"""What case systems write in words is read as the code that it stands for.

Some systems write descriptions where the 903 return has codes (ADR 9, 8a and 8aa). The words are
those of the DfE's code lists, and a few shorter ones. Each world has two children in foster care
by the returns and one child more, `c3`, whom only the case system knows.
"""

import pytest

from tests.oracle.ssd import PLACES, REASONS
from tests.spec.cohort.test_in_her_care import third_child
from tests.worlds import world

ELSEWHERE = {"E3", "E11", "E12", "E13", "E41", "E47"}


def told(ceased="", reason="", status="Full care order", place="Foster placement"):
    return third_child(
        cla_episode=f"""
        clae_person_id | clae_cla_id | clae_cla_episode_start_date | clae_cla_episode_ceased_date \
| clae_cla_episode_ceased_reason | clae_cla_placement_id
        c3 | k | 2022-01-01 | {ceased} | {reason} | p
    """,
        legal_status=f"""
        lega_person_id | lega_legal_status | lega_legal_status_start_date
        c3             | {status}          | 2022-01-01
    """,
        placement=f"""
        clap_cla_placement_id | clap_person_id | clap_cla_placement_start_date | \
clap_cla_placement_type
        p                     | c3             | 2022-01-01                    | {place}
    """,
    )


@pytest.mark.parametrize(("words", "code"), REASONS.items(), ids=REASONS.values())
def test_how_care_ceased_in_the_words_of_the_dfe(cohort_of, words, code):
    """ "when last seen leaving care to someone else": E4A and E4B name other codes' orders only to
    say that there was none; a child who died is no child in anybody's care.
    """
    gone = code in ELSEWHERE or code == "E2"
    answer = cohort_of(told("2023-01-01", words))
    assert answer.in_her_care() == ("no" if gone else "unknown")
    assert answer.tier() == ("T1" if gone else "T2")


@pytest.mark.parametrize(("words", "code"), PLACES.items())
def test_where_a_child_is_placed_in_words(cohort_of, words, code):
    """ "unless its current placement is `P1` or `R3`": a foster home that takes mother and baby is
    neither.
    """
    with_her = code in {"P1", "R3"}
    answer = cohort_of(told(place=words))
    assert answer.in_her_care() == ("recorded" if with_her else "no")
    assert answer.removed() == ["c1", "c2", *([] if with_her else ["c3"])]


@pytest.mark.parametrize(
    ("words", "removed"),
    [("Police protection", True), ("Police and Criminal Evidence Act 1984", False)],
)
def test_an_arrest_is_no_police_protection(cohort_of, words, removed):
    """ "Legal statuses that never count: ... remand, PACE and youth orders (J1, J2, J3)" """
    assert ("c3" in cohort_of(told(status=words)).removed()) is removed


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("Mum", "unknown"),
        ("birth mother", "unknown"),
        ("Both parents", "unknown"),
        ("Mother and baby foster placement", "unknown"),
        ("Maternal grandmother", "no"),
        ("Mother's sister", "no"),
        ("special guardian", "no"),
        ("Dad", "no"),
        ("Foster carers", "no"),
        ("Not known", "unknown"),
        ("n/a", "unknown"),
    ],
)
def test_with_whom_the_court_placed_a_child_in_words(cohort_of, words, answer):
    """ "when an order places the child with someone else (a care order alone does not say where)":
    her sister is someone else, her baby's unit is not, and *not known* says nothing.
    """
    said = cohort_of(
        third_child(
            proceedings=f"""
        proc_id|proc_child_person_id|proc_application_date|proc_order|proc_order_date|proc_placed_with
        p1     | c3                 | 2022-01-01          | care order | 2022-06-01  | {words}
    """
        )
    )
    assert said.in_her_care() == answer


@pytest.mark.parametrize(
    ("order", "counts"),
    [
        ("Special guardianship order", True),
        ("Special guardianship order refused", False),
        ("SGO - application withdrawn", False),
        ("Care order discharged", False),
        ("No order", False),
    ],
)
@pytest.mark.parametrize("authority", ["", "Otherton Council"])
def test_an_order_that_was_not_made_removes_nobody(cohort_of, order, counts, authority):
    """ "children placed elsewhere by an order": one refused, withdrawn or discharged is none."""
    drawn = world(
        proceedings=f"""
        proc_id|proc_child_person_id|proc_application_date|proc_order|proc_order_date|\
proc_placed_with|proc_authority
        p1     | c1                 | 2022-01-01          | {order}  | 2022-06-01    | kin \
| {authority}
    """
    )
    assert cohort_of(drawn, removals="wide").removed() == (["c1"] if counts else [])


@pytest.mark.parametrize("order", ["Application for SGO", "SGO refused", "SGO application"])
def test_nor_does_one_in_the_case_system_that_was_only_applied_for(cohort_of, order):
    """The same of `ssd_legal_status` and `ssd_permanence`."""
    drawn = world(
        legal_status=f"""
        lega_person_id | lega_legal_status | lega_legal_status_start_date
        c1             | {order}           | 2022-03-01
    """,
        permanence=f"""
        perm_person_id | perm_permanence_order_type | perm_permanence_order_date
        c1             | {order}                    | 2022-03-01
    """,
    )
    assert cohort_of(drawn, removals="wide").removed() == []
