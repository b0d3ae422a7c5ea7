"""What case systems write in words, read as the codes of the SSDA903 return."""

from importlib import resources

import duckdb
import pytest

WORDS = {
    "C1": ("C1", "c1", "Interim care order", "C1 - Interim Care Order", "INTERIM CARE ORDER (S38)",
           "ICO"),
    "C2": ("C2", "Full care order", "Care Order", "Care order - s31", "Deemed care order",
           "C2: Full Care Order", "FCO"),
    "D1": ("D1", "Freeing order granted"),
    "E1": ("E1", "Placement order granted", "Placement Order"),
    "V2": ("V2", "Single period of accommodation under section 20", "Section 20", "S20",
           "S.20 Accommodation", "s 20", "V2 Accommodated S20", "Voluntary accommodation",
           "Sec 20", "Sec. 20 accommodation", "Accommodated"),
    "V3": ("V3", "Accommodated under an agreed series of short-term breaks, when individual "
           "episodes of care are recorded", "Short breaks", "Short break (section 20)", "Respite",
           "Series of short-term placements (section 20)"),
    "V4": ("V4", "Accommodated under an agreed series of short-term breaks, when agreements are "
           "recorded (NOT individual episodes of care)"),
    "L1": ("L1", "Under police protection and in local authority accommodation",
           "Police powers of protection", "Police Protection (s46)", "Police powers"),
    "L2": ("L2", "Emergency protection order (EPO)", "EPO"),
    "L3": ("L3", "Under child assessment order and in local authority accommodation"),
    "J1": ("J1", "On remand, or committed for trial or sentence, and accommodated by the council",
           "Remand to LA accommodation",
           "Remanded to local authority accommodation or to youth detention accommodation"),
    "J2": ("J2", "Detained in local authority accommodation under PACE",
           "PACE - detained by the police",
           "Placed in local authority accommodation under the Police and Criminal Evidence Act "
           "1984", "Police custody"),
    "J3": ("J3", "Sentenced to Youth Rehabilitation Order with residence"),
    None: ("", "Special guardianship order", "Child arrangements order", "Supervision order",
           "Interim supervision order", "Adoption order", "Private fostering", "Care leaver",
           "Care order discharged", "Application for care order", "Care order application",
           "Care order refused",
           "Placement order revoked", "C", "V20", "Under 20 weeks", "Class 20 note"),
}  # fmt: skip
"""Sources: the DfE's code list, and the words of systems seen with it; none is not a status."""


REASONS = {
    "E4A": ("E4A", "E4a - Returned home", "Returned home", "Return to parents (planned)",
            "Returned home to live with parents, relatives, or other person with parental "
            "responsibility as part of the care planning process (not under a special guardianship "
            "order, residence order or (from 22 April 2014) a child arrangements order)"),
    "E4B": ("Returned home - unplanned",
            "Returned home to live with parents, relatives, or other person with parental "
            "responsibility which was not part of the current care planning process (not under a "
            "special guardianship order or residence order)"),
    "E13": ("Left care to live with parents, relatives, or other person with no parental "
            "responsibility", "Left to live with person with no PR"),
    "E41": ("Residence order granted", "CAO", "Child arrangements order granted to father"),
    "E45": ("Special guardianship order made to former foster carers", "SGO granted"),
    "E11": ("Adopted", "Adopted - application for an adoption order unopposed"),
    "E12": ("Adopted - consent dispensed with by the court",),
    "E2": ("Died", "Death of child"),
    "E3": ("Care taken over by another local authority in the UK", "Transferred to another LA"),
    "E17": ("Aged 18 (or over) and remained with current carers (inc under staying put "
            "arrangements)",),
    "E5": ("Moved into independent living with formalised support",),
    "X1": ("X1", "Episode ceases, and new episode begins on same day, for any reason"),
    "PLACED FOR ADOPTION": ("Placed for adoption",),
    "ADOPTION BREAKDOWN": ("Adoption breakdown",),
    "TURNED 18": ("Turned 18",),
}  # fmt: skip
"""What no code is plain for stays as it is, in upper case."""

PLACES = {
    "P1": ("P1", "P1 - PLACED WITH OWN PARENTS", "PLACEMENT WITH PARENTS", "LIVING WITH MOTHER",
           "OWN PARENT(S) OR OTHER PERSON(S) WITH PARENTAL RESPONSIBILITY"),
    "R3": ("R3", "FAMILY CENTRE OR MOTHER AND BABY UNIT", "MOTHER & BABY UNIT",
           "PARENT AND CHILD UNIT", "RESIDENTIAL FAMILY CENTRE", "FAMILY ASSESSMENT UNIT"),
    "U6": ("FOSTER PLACEMENT", "MOTHER AND BABY FOSTER PLACEMENT", "FOSTERING FOR ADOPTION",
           "FOSTER PLACEMENT WITH OTHER FOSTER CARER(S) WHO IS AN APPROVED ADOPTER"),
    "U3": ("FOSTER PLACEMENT WITH RELATIVE(S) OR FRIEND(S)", "KINSHIP CARE", "CONNECTED PERSON"),
    "A5": ("PLACED FOR ADOPTION WITH PLACEMENT ORDER NOT WITH CURRENT FOSTER CARER(S)",),
    "A3": ("PLACED FOR ADOPTION WITH CONSENT WITH CURRENT FOSTER CARER",),
    "K2": ("CHILDREN’S HOMES SUBJECT TO CHILDREN’S HOMES REGULATIONS", "CHILDRENS HOME"),
    "S1": ("S1 - ALL RESIDENTIAL SCHOOLS", "RESIDENTIAL SCHOOL"),
    "T3": ("T3 - TEMPORARY ACCOMMODATION WHILST NORMAL FOSTER CARER(S) IS/ARE ON HOLIDAY",),
    "HOSPITAL": ("HOSPITAL",),
}  # fmt: skip
"""Intake turns these to upper case."""


def read(statement, table, column, words):
    """Return what a statement makes of one text in a column."""
    query = resources.files("casescope.identified.removals").joinpath(f"{statement}.sql")
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.execute("ATTACH ':memory:' AS extract")
        connection.execute(f"CREATE TABLE extract.{table} AS SELECT $words AS {column}",
                           {"words": words})  # fmt: skip
        return connection.execute(query.read_text(encoding="utf-8")).fetchall()


def each(wordings):
    return [(one, code) for code, all_ in wordings.items() for one in all_]


@pytest.mark.parametrize(("words", "status"), each(WORDS))
def test_the_legal_status_in_words(words, status):
    found = read("status_in_words", "legal_status", "lega_legal_status", words)
    assert found == [(words, status)]


@pytest.mark.parametrize(("words", "reason"), each(REASONS))
def test_the_reason_why_care_ceased_in_words(words, reason):
    found = read("reason_in_words", "cla_episode", "clae_cla_episode_ceased_reason", words)
    assert found == [(words, reason)]


@pytest.mark.parametrize(("words", "place"), each(PLACES))
def test_the_placement_in_words(words, place):
    found = read("place_in_words", "placement", "clap_cla_placement_type", words)
    assert found == [(words, place)]
