"""What `casescope map` proposes, what it counts, and what it never shows."""

import pytest

from casescope.identified.intake.mapping_reading import read_mapping
from casescope.identified.intake.naming import vocabulary
from casescope.identified.intake.proposal_text import as_figures, as_toml
from casescope.identified.intake.propose import propose as propose_for
from casescope.identified.intake.recognise import Recognised, recognise
from casescope.identified.intake.refusals import Refusals
from casescope.identified.intake.sheet import LeftOut
from casescope.identified.intake.tables import TABLE
from casescope.kernel.errors import InputRefused
from tests.unit.intake.sheets_by_hand import HandSheet

CLIENTS = HandSheet("in/clients.csv", """
    Client ID | First Name  | Last Name   | Date of Birth | Gender | Ethnic Origin | Shoe
    1         | Plantedname | Plantedname | 01/02/1990    | Female | White British | 3
    2         | A           | B           |               | male   | Plantedplace  |
    3         | A           | B           | 01/02/1991    | F      |               |
""")  # fmt: skip


def propose(parts, refusals=None):
    return propose_for(parts, refusals or Refusals())


def figures(*sheets):
    return as_figures(propose(sheets))


def renamed(sheet) -> dict[str, str]:
    (found,) = figures(sheet)
    return {one["theirs"]: one["ours"] for one in found["columns"]}


def turned(sheet) -> dict[str, str]:
    (found,) = figures(sheet)
    return {one["theirs"]: one["ours"] for part in found["values"] for one in part["turned"]}


def test_columns_in_other_words_are_proposed_with_the_rows_they_fill():
    (found,) = figures(CLIENTS)
    assert (found["table"], found["files"], found["rows"]) == ("person", ["in/clients.csv"], 3)
    assert found["columns"] == [
        {"theirs": "Client ID", "ours": "pers_person_id", "rows_filled": 3},
        {"theirs": "First Name", "ours": "pers_forename", "rows_filled": 3},
        {"theirs": "Last Name", "ours": "pers_surname", "rows_filled": 3},
        {"theirs": "Date of Birth", "ours": "pers_dob", "rows_filled": 2},
        {"theirs": "Gender", "ours": "pers_sex", "rows_filled": 3},
        {"theirs": "Ethnic Origin", "ours": "pers_ethnicity", "rows_filled": 2},
    ]
    assert found["columns_not_used"] == ["Shoe"]


def test_values_in_words_we_know_are_named_and_others_only_counted():
    sex, ethnicity = figures(CLIENTS)[0]["values"]
    assert sex == {
        "column": "pers_sex",
        "turned": [{"theirs": "female", "ours": "F", "rows": 1},
                   {"theirs": "male", "ours": "M", "rows": 1}],
        "rows_already_codes": 1, "other_values": 0, "rows_with_other_values": 0,
    }  # fmt: skip
    assert ethnicity["turned"] == [{"theirs": "white british", "ours": "WBRI", "rows": 1}]
    assert (ethnicity["other_values"], ethnicity["rows_with_other_values"]) == (1, 1)


def test_no_value_of_a_row_is_shown():
    found = propose([CLIENTS])
    assert "Planted" not in as_toml(found) + str(as_figures(found))
    assert "1990" not in as_toml(found)


def test_a_file_without_a_header_shows_nothing():
    assert propose([HandSheet("a", "77|Plantedname|2001-02-03\n78|Plantedname|x")]) == []


@pytest.mark.parametrize(
    ("label", "header", "table"),
    [
        ("in/relations.csv", "MotherID|ChildID|Relationship Type|Start Date|End Date", "mother"),
        ("in/x.csv", "MOTH PERSON ID|moth-childs-person-id", "mother"),
        ("in/x.csv", "moth_persn_id|moth_childs_person_id", "mother"),
        ("in/x.csv", "ssd_moth_person_id|moth_childs_person_id", "mother"),
        ("in/legal.csv", "Person ID|Legal Status|Start Date|End Date", "legal_status"),
        ("in/CP plans.csv", "Person ID|Start Date|End Date|Category", "cp_plan"),
        ("in/2019.csv", "Child ID|DECOM|RNE|Legal status|Placement|DEC|REC", "episodes"),
        ("in/t.csv", "Case ref|Child ID|Date of application|Order|Order date", "proceedings"),
        ("in/addr.csv", "Person ID|Post Code|From|To", "address"),
        ("in/w.csv", "Postcode|In county|Ward", "place"),
        ("in/a.csv", "Assessment ID|Person ID|Assessment start date", "assessment"),
        ("in/h.csv", "Client ID|Gender|D.O.B.|Ethnicity", "person"),
        ("in/h.csv", "Child ID|Gender|D.O.B.|Ethnicity", "header"),
    ],
)
def test_the_mapping_that_is_proposed_makes_the_file_its_table(label, header, table):
    sheet = HandSheet(label, f"{header}\n" + "|".join("1" for _ in header.split("|")))
    text = as_toml(propose([sheet]))
    found = recognise(read_mapping(text, "m").applied_to(sheet).header)
    assert isinstance(found, Recognised)
    assert found.table is TABLE[table]


@pytest.mark.parametrize(
    "header",
    [
        "Name|Telephone|Notes",
        "Person ID|Start Date|End Date",
        "ID|Name|Date",
        "CHILD|DOB|REVIEW|REVIEW_CODE",
        "pers_person_id|pers_dob",
        "a|a|b",
    ],
)
def test_what_is_no_table_or_needs_no_mapping_is_left_alone(header):
    sheet = HandSheet("in/x.csv", f"{header}\n" + "|".join("1" for _ in header.split("|")))
    assert propose([sheet, LeftOut("in/y.pdf", "not a table")]) == []


def test_names_that_are_blank_do_not_stand_in_the_way():
    """Two unnamed columns at the right of a spreadsheet, as many reports have them."""
    sheet = HandSheet("in/relations.csv", "MotherID|ChildID||\n1|2||")
    assert renamed(sheet) == {"MotherID": "moth_person_id", "ChildID": "moth_childs_person_id"}


def test_a_name_that_is_used_and_stands_twice_is_nobodys_to_choose():
    assert propose([HandSheet("in/relations.csv", "MotherID|ChildID|ChildID\n1|2|3")]) == []
    twice_beside = HandSheet("in/relations.csv", "MotherID|ChildID|Note|Note\n1|2|x|y")
    assert len(propose([twice_beside])) == 1


def test_what_cannot_be_read_does_not_stand_in_the_way_of_the_rest():
    refusals = Refusals()
    damaged = InputRefused("in/a.csv is damaged.", "Export it again.")
    good = HandSheet("in/relations.csv", "MotherID|ChildID\n1|2")
    (found,) = propose([damaged, good], refusals)
    assert found.table is TABLE["mother"]
    assert refusals.told() == ["in/a.csv is damaged. Export it again."]


def test_a_known_table_gets_only_what_it_lacks():
    sheet = HandSheet("a", "pers_person_id|pers_dob|Date of death|DOB\n1|2000-01-01||2000-01-01")
    assert renamed(sheet) == {"Date of death": "pers_death_date"}


def test_a_name_that_is_another_tables_own_is_not_near():
    sheet = HandSheet("a", "clae_person_id|clap_cla_placement_id|clap_cla_placement_start_date|"
                      "Placement type\n1|2|2000-01-01|U4")  # fmt: skip
    assert renamed(sheet) == {"Placement type": "clap_cla_placement_type"}


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("Interim Care Order", "C1"), ("C2 - Full care order", "C2"), ("Section 20", "V2"),
        ("Placement order granted", "E1"), ("Emergency Protection Order (EPO)", "L2"),
    ],
)  # fmt: skip
def test_legal_statuses_in_words(said, code):
    sheet = HandSheet("a", "lega_person_id|lega_legal_status|lega_legal_status_start_date\n"
                      f"1|{said}|2000-01-01")  # fmt: skip
    assert list(turned(sheet).values()) == [code]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("Returned home to live with parent(s), relative(s), or other person(s) with parental "
         "responsibility as part of the care planning process (not under a special guardianship "
         "order or residence order/ child arrangement order).", "E4A"),
        ("E13 - Left care to live with parents, relatives, or other person with no parental "
         "responsibility.", "E13"),
        ("Special guardianship order made to carer(s), other than former foster carer(s), who "
         "was/are a relative(s) or friend(s)", "E47"),
        ("Care taken over by another local authority in the UK", "E3"),
    ],
)  # fmt: skip
def test_reasons_why_care_ceased_in_the_words_of_the_dfe(said, code):
    sheet = HandSheet("a", "CHILD|DECOM|RNE|LS|PLACE|DEC|REC\n"
                      f"1|2020-01-01|S|C2|U4|2021-01-01|{said}")  # fmt: skip
    assert list(turned(sheet).values()) == [code]


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Birth Mother", "birth"), ("Mother", "unknown"), ("Parent : Child", "unknown"),
        ("Adoptive mother", "adoptive"), ("Step-Mother", "step"), ("Foster Carer", "foster"),
    ],
)  # fmt: skip
def test_mother_alone_never_becomes_birth(said, kind):
    sheet = HandSheet("a", f"moth_person_id|moth_childs_person_id|moth_relationship\n1|2|{said}")
    assert list(turned(sheet).values()) == [kind]


def test_answers_that_a_list_letters_as_annex_a_does():
    sheet = HandSheet("a", "pers_person_id|pers_sex|pers_ethnicity\n"
                      "1|b) Female|a) WBRI\n2|a) M|h) Indian\n3|F|z) Plantedplace")  # fmt: skip
    assert turned(sheet) == {"b female": "F", "a m": "M", "a wbri": "WBRI", "h indian": "AIND"}


def test_codes_of_older_and_newer_returns_need_no_mapping():
    sheet = HandSheet("a", "Child ID|DECOM|RNE|LS|PLACE|REC\n1|2|S|C2|Q2|E4\n1|2|S|C2|Z12|E43")
    assert [part["other_values"] for part in figures(sheet)[0]["values"]] == []


def test_flags_in_words():
    sheet = HandSheet("a", "place_postcode|place_in_authority\nA|In area\nB|Out of area\nC|Yes")
    assert turned(sheet) == {"in area": "1", "out of area": "0"}


def test_years_that_call_everything_the_same_are_one_part_with_their_sums():
    header = "Child ID|DECOM|RNE|LS|Placement"
    years = [HandSheet(f"in/{year}.csv", f"{header}\n1|2|S|C2|U4\n1|2|S|ICO|U4")
             for year in (2019, 2020)]  # fmt: skip
    (found,) = figures(*years)
    assert (found["files"], found["rows"]) == (["in/2019.csv", "in/2020.csv"], 4)
    assert found["values"][0]["turned"] == [{"theirs": "ico", "ours": "C1", "rows": 2}]
    assert found["columns"][0]["rows_filled"] == 4


def test_two_headers_of_one_table_are_two_parts():
    one = HandSheet("in/a.csv", "MotherID|ChildID\n1|2")
    two = HandSheet("in/b.csv", "Mother|moth_childs_person_id|Mother ID\n1|2|3")
    text = as_toml(propose([one, two]))
    assert text.count("[[mother]]") == 2
    applied = read_mapping(text, "m")
    assert all(isinstance(recognise(applied.applied_to(s).header), Recognised) for s in (one, two))


def test_a_name_cannot_begin_a_line_of_its_own():
    sheet = HandSheet("in/a\n[person.columns]\n'x' = 'pers_dob'.csv", "MotherID|ChildID\n1|2")
    read_mapping(as_toml(propose([sheet])), "m")
    assert "\n'x'" not in as_toml(propose([sheet]))


def test_a_column_of_many_different_values_is_not_counted_as_codes():
    rows = "\n".join(f"1|2|Plantedname {number}" for number in range(600))
    sheet = HandSheet("a", f"MotherID|ChildID|Relationship\n{rows}")
    assert "no word for" not in as_toml(propose([sheet]))


def test_the_wordings_name_only_columns_that_there_are():
    from casescope.identified.intake.naming import wordings

    ours = {column.name for table in TABLE.values() for column in table.columns}
    said = wordings()
    assert set(said["columns"]) <= ours
    assert {name for names in said["vocabularies"].values() for name in names} <= ours
    assert set(said["values"]) == set(said["vocabularies"])
    assert set(said["context"]) <= set(TABLE)


def test_no_wording_means_two_codes():
    from casescope.identified.intake.naming import wordings

    for kind, values in wordings()["values"].items():
        words = [word for some in values.values() for word in some]
        assert len(words) == len(set(words)), kind
    assert vocabulary("pers_upn") == {}


def test_episodes_as_a_case_system_names_them():
    """A child there is a person; the names are those of a Mosaic council's warehouse."""
    meant = {
        "PERSON_ID": "CHILD", "EPISODE_START_DATE": "DECOM", "REASON_FOR_NEW_EPISODE": "RNE",
        "LEGAL_STATUS": "LS", "PLACEMENT_TYPE_CODE": "PLACE", "EPISODE_END_DATE": "DEC",
        "REASON_CEASED_DESCRIPTION": "REC",
    }  # fmt: skip
    rows = f"{' | '.join(meant)} \n 1 | 01/02/2020 | S | C2 | U4 | |"
    assert renamed(HandSheet("in/cla.csv", rows)) == meant
