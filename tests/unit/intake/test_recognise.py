"""A table is recognised by its columns, never by its name."""

import pytest

from casescope.identified.intake.recognise import NotRecognised, Recognised, recognise
from casescope.identified.intake.tables import NOT_NEEDED, TABLES

SPECIFIED = {
    "person": "pers_person_id",
    "person_alias": "alias_person_id alias_surname",
    "address": "addr_person_id addr_address_postcode",
    "mother": "moth_person_id moth_childs_person_id",
    "linked_identifier": "link_person_id link_identifier_type link_identifier_value",
    "header": "CHILD SEX DOB ETHNIC",
    "episodes": "CHILD DECOM RNE LS PLACE",
    "placed_for_adoption": "CHILD DATE_PLACED DATE_PLACED_CEASED REASON_PLACED_CEASED",
    "adoption": "CHILD DATE_INT DATE_MATCH",
    "previous_permanence": "CHILD PREV_PERM LA_PERM DATE_PERM",
    "uasc": "CHILD DUC",
    "cla_episode": "clae_person_id clae_cla_id clae_cla_episode_start_date",
    "placement": "clap_cla_placement_id clap_cla_placement_start_date clap_cla_placement_type",
    "legal_status": "lega_person_id lega_legal_status lega_legal_status_start_date",
    "proceedings": "proc_id proc_child_person_id proc_application_date",
    "permanence": "perm_person_id perm_permanence_order_type perm_permanence_order_date",
    "pre_proceedings": "prep_person_id prep_pre_pro_decision_date",
    "place": "place_postcode place_in_authority",
    "assessment": "cina_assessment_id cina_person_id cina_assessment_start_date",
    "assessment_factor": "cinf_assessment_id cinf_assessment_factors_json",
    "care_leaver": "clea_person_id clea_care_leaver_eligibility",
    "cp_plan": "cppl_person_id cppl_cp_plan_start_date",
}
"""Each table of the extract specification with its starred columns."""


def test_every_table_of_the_specification_is_known():
    assert {table.name for table in TABLES} == SPECIFIED.keys()


@pytest.mark.parametrize("name", SPECIFIED)
def test_its_required_columns_are_enough(name):
    found = recognise(SPECIFIED[name].split())
    assert isinstance(found, Recognised)
    assert (found.table.name, found.extra) == (name, ())


@pytest.mark.parametrize("name", SPECIFIED)
def test_case_spaces_and_further_columns_do_not_matter(name):
    columns = [f"  {column.swapcase()} " for column in SPECIFIED[name].split()]
    found = recognise([*columns, "Worker team"])
    assert isinstance(found, Recognised)
    assert (found.table.name, found.extra) == (name, ("Worker team",))


@pytest.mark.parametrize(
    ("name", "column"),
    [(name, column) for name, columns in SPECIFIED.items() for column in columns.split()[1:]],
)
def test_without_one_required_column_it_is_not_that_table(name, column):
    columns = [one for one in SPECIFIED[name].split() if one != column]
    found = recognise(columns)
    assert isinstance(found, NotRecognised)
    if len(columns) > 1:
        assert column in found.reason


def test_the_table_that_knows_most_of_the_columns_wins():
    header = ["CHILD", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB"]
    assert recognise([*header, "DUC"]).table.name == "header"
    assert recognise(["CHILD", "SEX", "DOB", "DUC"]).table.name == "uasc"


def test_two_tables_that_fit_equally_well_refuse_the_file():
    found = recognise(["pers_person_id", "clea_person_id", "clea_care_leaver_eligibility",
                       "pers_dob"])  # fmt: skip
    assert isinstance(found, NotRecognised)
    assert "person" in found.reason
    assert "care_leaver" in found.reason
    assert found.is_meant


@pytest.mark.parametrize("label", NOT_NEEDED)
def test_a_return_that_is_not_needed_is_named(label):
    found = recognise(sorted(NOT_NEEDED[label]))
    assert isinstance(found, NotRecognised)
    assert label in found.reason


@pytest.mark.parametrize(
    ("header", "nearest", "lacking"),
    [
        ("CHILD DECOM RNE CIN PLACE DEC REC", "episodes", "LS"),
        ("CHILD DECOM DEC REC", "episodes", "RNE, LS, PLACE"),
        ("CHILD SEX DOB UPN MOTHER MC_DOB", "header", "ETHNIC"),
        ("moth_person_id Child", "mother", "moth_childs_person_id"),
        ("lega_person_id lega_legal_status", "legal_status", "lega_legal_status_start_date"),
    ],
)  # fmt: skip
def test_a_file_that_lacks_a_column_is_meant_as_its_table(header, nearest, lacking):
    """The table whose own columns it has, not the one that requires fewest (uasc: CHILD, DUC)."""
    found = recognise(header.split())
    assert found == NotRecognised(f"it is nearest to '{nearest}' but lacks {lacking}", True)


@pytest.mark.parametrize(
    "header",
    [
        "CHILD DOB Worker",
        "Child Sex Dob",
        "UPN Forename Surname",
        "ID LS Date",
        "a b",
        "CHILD DOB DATE_MATCH NB_ADOPTR SEX_ADOPTR LS_ADOPTR",
    ],
)
def test_a_file_that_shares_a_common_name_is_not_meant_as_a_table(header):
    """Nor is one of a table on which no number rests."""
    found = recognise(header.split())
    assert isinstance(found, NotRecognised)
    assert not found.is_meant


def test_columns_of_no_table():
    found = recognise(["a", "b"])
    assert isinstance(found, NotRecognised)
    assert "no table casescope knows" in found.reason


def test_no_columns_at_all():
    assert isinstance(recognise([]), NotRecognised)
