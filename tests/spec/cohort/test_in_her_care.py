"""Who is in the cohort: is a child in her care now?

Each world has two removed children in foster care (answer no) and one child more, `c3`, of whom
the paragraph speaks.
"""

import pytest

from tests.worlds import world

MOTHER = """
    moth_person_id | moth_childs_person_id
    m1             | c1
    m1             | c2
    m1             | c3
"""
EPISODES = """
    CHILD | DECOM      | LS | PLACE | DEC        | REC
    c1    | 2021-01-01 | C2 | U4    |            |
    c2    | 2022-01-01 | C2 | U4    |            |
"""
SHARED = """
    addr_person_id | addr_address_postcode | addr_address_start_date | addr_address_end_date
    m1             | EX1 1AA               |                         |
    c3             | ex11aa                |                         |
"""


def third_child(episodes="", **tables):
    return world(mother=MOTHER, episodes=EPISODES + episodes, **tables)


@pytest.mark.parametrize(
    ("status", "place", "answer"),
    [
        ("C2", "U4", "no"),
        ("V2", "U4", "no"),
        ("J1", "K1", "no"),
        ("C2", "P1", "recorded"),
        ("C2", "R3", "recorded"),
    ],
)
def test_in_an_open_period_of_care_the_current_placement_decides(cohort_of, status, place, answer):
    """ "no when in an open period of care ... unless its current placement is `P1` or `R3`";
    "recorded when the current placement is `P1` or `R3`" — whatever the address says.
    """
    said = cohort_of(third_child(f"c3 | 2023-01-01 | {status} | {place} | | ", address=SHARED))
    assert said.in_her_care() == ("recorded" if answer == "recorded" else "no")


@pytest.mark.parametrize("status", ["V3", "V4"])
def test_an_open_short_break_agreement_is_not_a_period_of_care(cohort_of, status):
    """ "(an open short-break agreement V3/V4 is not one)" """
    drawn = third_child(f"c3 | 2023-01-01 | {status} | U4 | | ")
    assert cohort_of(drawn).in_her_care() == "unknown"


@pytest.mark.parametrize("status", ["V3", "V4"])
@pytest.mark.parametrize("place", ["P1", "R3"])
def test_a_short_break_placed_with_her_is_recorded(cohort_of, status, place):
    """ "recorded when the current placement is `P1` or `R3`", of whatever episode."""
    drawn = third_child(f"c3 | 2023-01-01 | {status} | {place} | | ")
    assert cohort_of(drawn).in_her_care() == "recorded"


def test_a_short_break_placed_with_her_does_not_undo_an_adoption(cohort_of):
    """ADR 9, 20: adopted, left to someone else and placed by an order are tried before."""
    drawn = third_child("""
    c3    | 2021-01-01 | C2 | A5    | 2022-01-01 | E11
    c3    | 2023-01-01 | V4 | P1    |            |
    """)
    assert cohort_of(drawn).in_her_care() == "no"


def test_the_latest_starting_open_episode_is_the_current_one(cohort_of):
    """ADR 9, 20: "by its latest-starting open episode; short breaks V3, V4 aside"."""
    answer = cohort_of(
        third_child("""
    c3    | 2023-01-01 | C2 | P1    |            |
    c3    | 2023-06-01 | C2 | U4    |            |
    c3    | 2023-09-01 | V4 | P1    |            |
    """)
    )
    assert answer.in_her_care() == "no"


LAW = "lega_person_id|lega_legal_status|lega_legal_status_start_date|lega_legal_status_end_date"
PLACED = """clap_cla_placement_id|clap_person_id|clap_cla_placement_start_date\
|clap_cla_placement_end_date|clap_cla_placement_type"""
ONE_ROW = """clae_person_id | clae_cla_id | clae_cla_episode_start_date | clae_cla_placement_id
c3 | 1 | 2023-01-01 | 1"""


@pytest.mark.parametrize(
    ("home", "answer"),
    [("2023-08-01 | 2023-08-08", "no"), ("2023-08-01 | ", "recorded"),
     ("2022-01-01 | 2025-06-01", "no")],
)  # fmt: skip
def test_after_a_week_with_its_parents_a_child_is_back_where_it_was_placed(cohort_of, home, answer):
    """ADR 9, 8a: "where it ends while an earlier one goes on, the earlier holds again": the case
    system keeps one row, and the foster placement never ended.
    """
    drawn = third_child(
        cla_episode=ONE_ROW,
        legal_status=f"{LAW} \n c3 | C2 | 2023-01-01 |",
        placement=f"{PLACED} \n 1 | c3 | 2023-01-01 | | U4 \n 2 | c3 | {home} | P1",
    )
    assert cohort_of(drawn).in_her_care() == answer


@pytest.mark.parametrize(
    ("until", "answer"), [("2023-09-01", "unknown"), ("", "no"), ("2023-08-01", "unknown")]
)
def test_after_a_month_in_care_a_child_is_on_short_breaks_again(cohort_of, until, answer):
    """ADR 9, 8a, and "(an open short-break agreement V3/V4 is not one)"."""
    drawn = third_child(
        cla_episode=ONE_ROW.replace("| 1\n", "|\n"),
        legal_status=f"{LAW} \n c3 | V4 | 2023-01-01 | \n c3 | V2 | 2023-08-01 | {until}",
    )
    assert cohort_of(drawn).in_her_care() == answer


@pytest.mark.parametrize("reason", ["E11", "E12"])
def test_adopted_is_not_in_her_care_even_at_her_address(cohort_of, reason):
    """ "when adopted" """
    drawn = third_child(f"c3 | 2022-01-01 | E1 | A5 | 2023-01-01 | {reason}", address=SHARED)
    assert cohort_of(drawn).in_her_care() == "no"


@pytest.mark.parametrize("table", ["proceedings", "permanence"])
def test_an_adoption_order_says_so_too(cohort_of, table):
    """ADR 9, 20: "or an adoption order in proceedings or permanence"."""
    tables = {
        "proceedings": """
            proc_id | proc_child_person_id | proc_application_date | proc_order | proc_order_date
            p1      | c3                   | 2022-01-01            | adoption order | 2022-06-01
        """,
        "permanence": """
            perm_person_id | perm_permanence_order_type | perm_permanence_order_date
            c3             | Adoption                   | 2022-06-01
        """,
    }
    drawn = third_child(address=SHARED, **{table: tables[table]})
    assert cohort_of(drawn).in_her_care() == "no"


@pytest.mark.parametrize(
    ("reason", "answer"),
    [
        *[(r, "no") for r in ("E13", "E41", "E43", "E44", "E45", "E46", "E47", "E48", "E3")],
        *[(r, "unknown") for r in ("E4A", "E4B", "E8", "E5", "X1", "")],
    ],
)
def test_last_seen_leaving_care_to_someone_else(cohort_of, reason, answer):
    """ "when last seen leaving care to someone else (E11, E12, E13, E41, E43–E48, E3)"; "returned,
    and no record of where the child lives now" is unknown.
    """
    drawn = third_child(f"c3 | 2022-01-01 | C2 | U4 | 2023-01-01 | {reason}")
    assert cohort_of(drawn).in_her_care() == answer


def test_only_the_last_leaving_counts(cohort_of):
    """ "when last seen leaving care": special guardianship in 2021, home in 2023."""
    answer = cohort_of(
        third_child("""
    c3    | 2020-01-01 | C2 | U4    | 2021-01-01 | E45
    c3    | 2022-01-01 | C2 | U4    | 2023-01-01 | E4A
    """)
    )
    assert answer.in_her_care() == "unknown"


@pytest.mark.parametrize(
    ("order", "placed_with", "answer"),
    [
        ("special guardianship order", "kin", "no"),
        ("child arrangements order", "father", "no"),
        ("child arrangements order", "", "no"),
        ("child arrangements order", "mother", "unknown"),
        ("supervision order", "mother", "unknown"),
        ("supervision order", "father", "no"),
        ("care order", "", "unknown"),
        ("care order", "kin", "no"),
    ],
)
def test_an_order_that_places_the_child_with_someone_else(cohort_of, order, placed_with, answer):
    """ "when an order places the child with someone else (a care order alone does not say
    where)"
    """
    said = cohort_of(
        third_child(
            proceedings=f"""
        proc_id|proc_child_person_id|proc_application_date|proc_order|proc_order_date|proc_placed_with
        p1     | c3                 | 2022-01-01          | {order}  | 2022-06-01    | {placed_with}
    """
        )
    )
    assert said.in_her_care() == answer


def test_such_an_order_wins_over_a_shared_address(cohort_of):
    """ADR 9, 20: the rules are tried in order, the address last."""
    answer = cohort_of(
        third_child(
            address=SHARED,
            legal_status="""
        lega_person_id | lega_legal_status | lega_legal_status_start_date
        c3             | SGO               | 2022-06-01
    """,
        )
    )
    assert answer.in_her_care() == "no"


@pytest.mark.parametrize(
    ("kin", "home", "answer"),
    [("2021-06-01", "2022-06-01", "unknown"), ("2022-06-01", "2021-06-01", "no")],
)
def test_the_latest_order_that_says_where_decides(cohort_of, kin, home, answer):
    """ADR 9, 20: "the latest order that says where"."""
    said = cohort_of(
        third_child(
            proceedings=f"""
        proc_id|proc_child_person_id|proc_application_date|proc_order|proc_order_date|proc_placed_with
        p1     | c3                 | 2021-01-01          | CAO      | {kin}         | kin
        p2     | c3                 | 2021-01-01          | CAO      | {home}        | mother
    """
        )
    )
    assert said.in_her_care() == answer


@pytest.mark.parametrize(
    ("start", "end", "answer"),
    [
        ("2022-06-02", "2023-01-01", "unknown"),
        ("2022-05-01", "2023-01-01", "unknown"),
        ("2022-05-01", "2022-06-01", "no"),
    ],
)
def test_an_order_is_over_once_care_other_than_short_breaks_ended_after_it(
    cohort_of, start, end, answer
):
    """ADR 9, 20: "unless care other than short breaks ended after it": returned home is the later
    fact, and nothing then says where the child lives."""
    said = cohort_of(
        third_child(
            f"c3 | {start} | C2 | U4 | {end} | E4A",
            legal_status="""
            lega_person_id | lega_legal_status | lega_legal_status_start_date
            c3             | SGO               | 2022-06-01
        """,
        )
    )
    assert said.in_her_care() == answer


@pytest.mark.parametrize("end", ["", "2022-02-01"])
@pytest.mark.parametrize("status", ["V3", "V4"])
def test_short_breaks_after_an_order_say_nothing_of_where_the_child_lives(cohort_of, status, end):
    """ "an open short-break agreement V3/V4 is not one": ADR 9, 20, the guardian has the breaks."""
    answer = cohort_of(
        world(
            episodes=f"""
            CHILD | DECOM      | DEC        | REC | LS
            c1    | 2019-01-01 | 2019-06-01 | E4A | C2
            c1    | 2022-01-01 | {end}      | {"E8" if end else ""} | {status}
        """,
            permanence="""
            perm_person_id | perm_permanence_order_type | perm_permanence_order_date
            c1             | Special guardianship order | 2020-01-01
        """,
        )
    )
    assert answer.in_her_care() == "no"


def test_mother_and_child_share_a_current_address(cohort_of):
    """ "or mother and child share a current address"; the same postcode, however written."""
    assert cohort_of(third_child(address=SHARED)).in_her_care() == "recorded"


@pytest.mark.parametrize(
    ("dates", "answer"),
    [
        ("2024-01-01 | 2025-01-02", "recorded"),
        ("2024-01-01 | 2025-01-01", "unknown"),
        ("2025-01-01 |           ", "recorded"),
        ("2025-01-02 |           ", "unknown"),
    ],
)
def test_a_current_address_has_begun_and_not_ended(cohort_of, dates, answer):
    """ADR 9, 22: "has no end, or ends after the reference date, and did not start after it"."""
    said = cohort_of(
        third_child(
            address=f"""
        addr_person_id | addr_address_postcode | addr_address_start_date | addr_address_end_date
        m1             | EX1 1AA               |                         |
        c3             | EX1 1AA               | {dates}
    """
        )
    )
    assert said.in_her_care() == answer


def test_never_in_care_and_no_record_of_where_is_unknown(cohort_of):
    """ "otherwise unknown (never in care, or returned, and no record of where the child lives
    now)"; an empty postcode is no shared address.
    """
    answer = cohort_of(
        third_child(
            address="""
        addr_person_id | addr_address_postcode
        m1             |
        c3             |
    """
        )
    )
    assert answer.in_her_care() == "unknown"


@pytest.mark.parametrize(
    ("born", "answer"), [("2007-01-01", "no"), ("2007-01-02", "unknown"), ("", "unknown")]
)
def test_only_children_under_18(cohort_of, born, answer):
    """ "for each living child under 18"; ADR 9, 21: without a date of birth taken as under 18."""
    assert cohort_of(third_child(dob={"c3": born})).in_her_care() == answer


@pytest.mark.parametrize(
    ("died", "answer"), [("2024-01-01", "no"), ("2025-01-01", "no"), ("2025-01-02", "unknown")]
)
def test_only_living_children(cohort_of, died, answer):
    """ "for each living child" """
    said = cohort_of(
        third_child(
            person=f"pers_person_id | pers_dob | pers_death_date \n c3 | 2019-01-01 | {died}"
        )
    )
    assert said.in_her_care() == answer


def test_a_child_whose_care_ended_by_death_is_not_living(cohort_of):
    """ADR 9, 21: "no date of death, and no `E2`, on or before the reference date"."""
    drawn = third_child("c3 | 2022-01-01 | C2 | U4 | 2023-01-01 | E2")
    assert cohort_of(drawn).in_her_care() == "no"


def test_an_unborn_child_is_not_in_her_care(cohort_of):
    """An unborn child record is pregnancy, not care — and a past expected date is neither."""
    answer = cohort_of(third_child(person="pers_person_id | pers_expected_dob \n c3 | 2024-06-01"))
    assert (answer.in_her_care(), answer.tier()) == ("no", "T1")


@pytest.mark.parametrize("relationship", ["adoptive", "step", "foster"])
def test_only_her_children_by_birth(cohort_of, relationship):
    """ "hers by birth" """
    answer = cohort_of(
        world(
            episodes=EPISODES,
            mother=f"""
        moth_person_id | moth_childs_person_id | moth_relationship
        m1             | c1                    | birth
        m1             | c2                    | birth
        m1             | c3                    | {relationship}
    """,
        )
    )
    assert (answer.in_her_care(), answer.tier()) == ("no", "T1")


def test_recorded_is_told_before_unknown(cohort_of):
    """T2 "only because of unknown" means that no child is recorded in her care."""
    answer = cohort_of(
        world(
            mother=MOTHER + "m1 | c4",
            episodes=EPISODES,
            address="addr_person_id | addr_address_postcode \n m1 | EX1 1AA \n c4 | EX1 1AA",
        )
    )
    assert answer.in_her_care() == "recorded"


@pytest.mark.parametrize("count", ["strict", "wide"])
def test_who_is_in_her_care_does_not_depend_on_the_count(cohort_of, count):
    """ADR 9, 27."""
    drawn = third_child("c3 | 2023-01-01 | V2 | U4 | | ")
    assert cohort_of(drawn, removals=count).in_her_care() == "no"
