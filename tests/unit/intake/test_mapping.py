"""A mapping: what it renames and turns, and how a wrong one is refused by file and line."""

import pytest

from casescope.identified.intake.mapping import plain
from casescope.identified.intake.mapping_reading import read_mapping
from casescope.identified.intake.recognise import Recognised, recognise
from casescope.kernel.errors import InputRefused
from tests.unit.intake.sheets_by_hand import HandSheet

PEOPLE = HandSheet("in/clients.csv", """
    Client ID | Sex    | shoe
    1         | Female | 3
    2         | fe-MALE |
    3         | M      |
    4         |        |
""")  # fmt: skip
MAPPING = """
[person.columns]
" client id" = "Pers_Person_ID"
"Sex" = "pers_sex"

[person.values.pers_sex]
"female" = "F"
"fe male" = "F"
"""


def mapping(text):
    return read_mapping(text, "mapping.toml")


def rows(sheet, *wanted):
    (batch,) = sheet.batches(frozenset(wanted))
    return batch.to_pydict()


def table_of(sheet) -> str:
    found = recognise(sheet.header)
    return found.table.name if isinstance(found, Recognised) else "none"


def test_columns_are_renamed_and_values_turned():
    sheet = mapping(MAPPING).applied_to(PEOPLE)
    assert sheet.header == ("PERS_PERSON_ID", "PERS_SEX", "shoe")
    assert rows(sheet, "PERS_PERSON_ID", "PERS_SEX") == {
        "PERS_PERSON_ID": ["1", "2", "3", "4"], "PERS_SEX": ["F", "F", "M", ""],
        "_row": [2, 3, 4, 5],
    }  # fmt: skip
    assert (sheet.label, sheet.written_as) == (PEOPLE.label, PEOPLE.written_as)


def test_a_table_is_still_recognised_by_its_columns():
    assert table_of(PEOPLE) == "none"
    assert table_of(mapping(MAPPING).applied_to(PEOPLE)) == "person"


def test_a_sheet_that_a_mapping_does_not_concern_stands_as_it_is():
    other = HandSheet("a", "CHILD | DECOM | RNE | LS | PLACE\nc | 2020-01-01 | S | C2 | U4")
    assert mapping(MAPPING).applied_to(other) is other


def test_values_alone_need_no_columns():
    only = mapping('[mother.values.moth_relationship]\n"Birth Mum" = "birth"')
    sheet = HandSheet("a", "moth_person_id|moth_childs_person_id|moth_relationship\n1|2|birth-mum")
    assert rows(only.applied_to(sheet), "MOTH_RELATIONSHIP")["MOTH_RELATIONSHIP"] == ["birth"]


def test_one_column_name_means_what_its_table_makes_of_it():
    both = mapping("""
        [legal_status.columns]
        "ID" = "lega_person_id"
        "Status" = "lega_legal_status"
        "From" = "lega_legal_status_start_date"
        [address.columns]
        "ID" = "addr_person_id"
        "Code" = "addr_address_postcode"
    """)
    assert table_of(both.applied_to(HandSheet("a", "ID|Status|From\n1|C2|x"))) == "legal_status"
    assert table_of(both.applied_to(HandSheet("b", "ID|Code\n1|x"))) == "address"


def test_files_of_one_table_may_have_different_headers():
    both = mapping("""
        [[person]]
        [person.columns]
        "ID" = "pers_person_id"
        "Born" = "pers_dob"
        [[person]]
        [person.columns]
        "No" = "pers_person_id"
        "DOB" = "pers_dob"
    """)
    one = both.applied_to(HandSheet("a", "ID|Born\n1|x"))
    two = both.applied_to(HandSheet("b", "No|DOB\n1|x"))
    assert one.header == two.header == ("PERS_PERSON_ID", "PERS_DOB")


def test_a_sheet_that_could_be_two_tables_is_refused():
    both = mapping("""
        [person.columns]
        "ID" = "pers_person_id"
        [pre_proceedings.columns]
        "ID" = "prep_person_id"
        "Day" = "prep_pre_pro_decision_date"
        [care_leaver.columns]
        "ID" = "clea_person_id"
        "Day" = "clea_care_leaver_eligibility"
    """)
    with pytest.raises(InputRefused, match=r"in/x\.csv could be care_leaver or pre_proceedings"):
        both.applied_to(HandSheet("in/x.csv", "ID|Day\n1|x"))


def test_a_mapping_that_makes_a_column_twice_in_a_file_is_refused():
    sheet = HandSheet("in/x.csv", "pers_person_id|Client ID\n1|2")
    with pytest.raises(InputRefused, match=r"in/x\.csv, row 1: .* second column PERS_PERSON_ID"):
        mapping(MAPPING).applied_to(sheet)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("# x\n\n[persn.columns]\na = 'b'", 3, "no table 'persn'"),
        ("[person.columns]\n'a' = 'pers_dobb'", 2, "no column 'pers_dobb'"),
        ("[person.columns]\n'a' = 'moth_person_id'", 2, "no column 'moth_person_id'"),
        ("[person.columns]\n'a' = 'pers_dob'\n\n'b' = 'PERS_DOB'", 4, "a second column"),
        ("[person.columns]\n'a' = 'pers_dob'\n'A ' = 'pers_upn'", 3, "stands twice"),
        ("[person.columns]\n'a' = 'pers_dob'\n'a' = 'pers_upn'", 3, "stands twice"),
        ("[person.columns]\n'a' = 3", 2, "not text"),
        ("[person.columns]\n'a' = ['pers_dob']", 2, "not text"),
        ("[person.column]\n'a' = 'pers_dob'", 1, "neither columns nor values"),
        ("[person]\n\ncolumns = 'a'", 3, "a table was expected"),
        ("person = 3", 1, "a table was expected"),
        ("[person.values.zip]\n'a' = 'b'", 1, "no column 'zip'"),
        ("[person.values.pers_sex]\n'a b' = 'F'\n'A-B' = 'M'", 3, "mapped twice"),
        ("[person.values]\npers_sex = 'F'", 2, "a table was expected"),
        ("[person.columns]\nnot toml", 2, "not readable"),
        ("[person\n", 1, "not readable"),
        ("[[person]]\n[person.columns]\na = 'pers_dob'\n[[person]]\n[person.columns]\n"
         "b = 'pers_dob'\nc = 'zz'", 7, "no column 'zz'"),
    ],
)  # fmt: skip
def test_a_wrong_mapping_is_refused_by_its_line(text, line, words):
    with pytest.raises(InputRefused) as caught:
        mapping(text)
    assert caught.value.sentence.startswith(f"mapping.toml, line {line}: ")
    assert words in caught.value.sentence
    assert caught.value.remedy


def test_a_misspelt_name_gets_the_nearest():
    with pytest.raises(InputRefused) as caught:
        mapping("[person.columns]\n'a' = 'pers_dobb'")
    assert caught.value.remedy == "Did you mean pers_dob?"


def test_comments_and_order_do_not_change_what_a_mapping_does():
    one = "[person.columns]\na = 'pers_dob'\nb = 'pers_upn'\n[mother.columns]\nc = 'moth_table_id'"
    two = "[mother.columns]\nC = 'MOTH_TABLE_ID' # x\n[person.columns]\nb = 'pers_upn'\n" \
          "a = 'pers_dob'"  # fmt: skip
    assert mapping(one).digest == mapping(two).digest
    assert mapping(one).digest != mapping(one.replace("pers_upn", "pers_sex")).digest


@pytest.mark.parametrize(
    ("text", "same"),
    [("Interim  Care-Order", "interim care order"), ("C2: Care_order", "c2 care order"),
     ("?", "?"), (" – ", "–"), ("É", "é")],
)  # fmt: skip
def test_values_are_compared_without_case_and_punctuation(text, same):
    assert plain(text) == same
