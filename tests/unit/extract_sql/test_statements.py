# ruff: noqa: E501 — drawn tables are as wide as their columns' names
"""The SQL handed out: one read-only SELECT a table, of evidenced names, that casescope recognises.

Each statement is also run, carried to DuckDB, on a few rows drawn by hand.
"""

import re

import duckdb
import pytest
import sqlglot
from sqlglot import exp
from sqlglot.optimizer.qualify import qualify
from sqlglot.schema import MappingSchema

from casescope.identified.extract_sql.statements import (
    SYSTEMS,
    about,
    as_data,
    brief,
    script,
    statement,
    tables,
)
from casescope.identified.intake.recognise import Recognised, recognise
from casescope.identified.intake.tables import TABLE
from casescope.kernel.errors import NotFound
from tests.docs.pages import ROOT
from tests.unit.extract_sql.facts import FACTS, ONE_COUNCIL_ONLY

EVERY = [
    (system, table, dialect)
    for system in SYSTEMS
    for table in tables(system)
    for dialect in about(system)["dialects"]
]
NEEDED = {"person", "mother", "address", "linked_identifier", "cla_episode", "placement",
          "legal_status"}  # fmt: skip
WRITES = (exp.Insert, exp.Update, exp.Delete, exp.Create, exp.Drop, exp.Into, exp.Merge,
          exp.Command, exp.Alter)  # fmt: skip


def parsed(system, table, dialect) -> exp.Select:
    (found,) = sqlglot.parse(statement(system, table), dialect=dialect)
    return found


@pytest.mark.parametrize(("system", "table", "dialect"), EVERY)
def test_it_is_one_select_that_only_reads(system, table, dialect):
    found = parsed(system, table, dialect)
    assert isinstance(found, exp.Select)
    assert not any(found.find_all(*WRITES))
    assert not list(found.find_all(exp.Star))


@pytest.mark.parametrize("system", SYSTEMS)
def test_as_data_it_says_what_the_script_says(system):
    said, text = as_data(system), script(system)
    assert not said["run_on_a_live_system"]
    assert [sql for sql in said["statements"].values() if f"{sql};" not in text] == []
    assert len(said["statements"]) == len(tables(system))
    assert [why for why in said["no_statement_for"].values() if why not in text] == []


@pytest.mark.parametrize(("system", "table", "dialect"), EVERY)
def test_its_result_is_recognised_as_its_table(system, table, dialect):
    names = parsed(system, table, dialect).named_selects
    found = recognise(names)
    assert isinstance(found, Recognised)
    assert (found.table.name, found.extra) == (table, ())
    assert {name.upper() for name in names} >= TABLE[table].required


@pytest.mark.parametrize(("system", "table", "dialect"), EVERY)
def test_it_names_nothing_that_is_not_evidenced(system, table, dialect):
    """Every column is looked up in the tables it may come from; an unknown one is refused."""
    found = parsed(system, table, dialect)
    facts = FACTS[system]
    assert {one.name.upper() for one in found.find_all(exp.Table)} <= set(facts)
    for one in found.find_all(exp.Table):
        one.set("db", None)
        one.set("catalog", None)
    schema = MappingSchema(
        {name.lower(): {column.lower(): "varchar" for column in columns}
         for name, columns in facts.items()}
    )  # fmt: skip
    lowered = sqlglot.parse_one(found.sql("duckdb").lower(), dialect="duckdb")
    qualify(lowered, schema=schema, dialect="duckdb", validate_qualify_columns=True)


def test_an_invented_column_would_be_seen():
    lowered = sqlglot.parse_one("select p.nhs_number from dim_person as p", dialect="duckdb")
    schema = MappingSchema({"dim_person": {"dim_person_id": "varchar"}})
    with pytest.raises(sqlglot.errors.OptimizeError):
        qualify(lowered, schema=schema, dialect="duckdb", validate_qualify_columns=True)


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_table_the_study_rests_on_has_a_statement_or_a_reason(system):
    assert set(tables(system)) >= NEEDED
    assert not set(tables(system)) & set(about(system)["left_out"])
    for table in ("proceedings", "pre_proceedings"):
        assert table in about(system)["left_out"]


@pytest.mark.parametrize(("system", "table"), sorted({one[:2] for one in EVERY}))
def test_each_says_what_it_leaves_out_of_the_stock_filters(system, table):
    comment = "\n".join(
        line for line in statement(system, table).splitlines() if line.startswith("--")
    )
    assert "Left out of the stock extract's filters:" in comment
    assert max(map(len, comment.splitlines())) <= 100


@pytest.mark.parametrize("table", tables("mosaic"))
def test_what_one_councils_code_shows_is_marked(table):
    text = statement("mosaic", table)
    code = re.sub(r"--.*", "", text).upper()
    if any(re.search(rf"\b{name}\b", code) for name in ONE_COUNCIL_ONLY - {"LAST_NAME"}):
        assert "[H]" in text


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_script_says_first_that_it_was_never_run(system):
    text = script(system)
    assert "NOT YET RUN ON A LIVE SYSTEM" in text[:200]
    statements = [one for one in sqlglot.parse(text, dialect=about(system)["dialects"][0]) if one]
    assert len([one for one in statements if isinstance(one, exp.Select)]) == len(tables(system))


@pytest.mark.parametrize("name", ["mother", "ssd_mother", " Mother "])
def test_one_table_alone(name):
    text = script("liquidlogic", table=name)
    assert statement("liquidlogic", "mother") in text
    assert "FROM HDM.Child_Social.FACT_CP_PLAN" not in text


@pytest.mark.parametrize(
    ("name", "words"),
    [("pre_proceedings", "legal team's tracker"), ("header", "SSDA903"), ("moter", "Did you mean")],
)
def test_a_table_without_a_statement_is_refused_with_the_reason(name, words):
    with pytest.raises(NotFound) as caught:
        script("eclipse", table=name)
    assert words in str(caught.value)


def test_the_brief_is_a_page_and_the_same_in_the_documentation():
    page = (ROOT / "docs" / "how-to" / "brief-for-the-reporting-team.md").read_text("utf-8")
    assert page == brief()
    assert "none of them has yet been run on a live system" in brief()
    assert len(brief().split()) < 650


def ran(system: str, table: str, **rows: str) -> list[tuple]:
    """Run a statement in DuckDB on tables that hold the drawn rows and nothing else."""
    found = parsed(system, table, about(system)["dialects"][0])
    for one in found.find_all(exp.Table):
        one.set("db", None)
        one.set("catalog", None)
    with duckdb.connect() as connection:
        for name, columns in FACTS[system].items():
            typed = ", ".join(f'"{column}" {kind_of(column)}' for column in sorted(columns))
            connection.execute(f"CREATE TABLE {name} ({typed})")
        for name, drawn in rows.items():
            header, *lines = [[cell.strip() for cell in line.split("|")]
                              for line in drawn.strip().splitlines()]  # fmt: skip
            for line in lines:
                marks = ", ".join("?" for _ in line)
                connection.execute(
                    f"INSERT INTO {name} ({', '.join(header)}) VALUES ({marks})",
                    [cell or None for cell in line],
                )
        return connection.execute(f"SELECT * FROM ({found.sql('duckdb')}) ORDER BY ALL").fetchall()


def kind_of(column: str) -> str:
    if re.search(r"DTTM$|DATE|PLACEND$|_ON$|DATEOFBIRTH", column):
        return "TIMESTAMP"
    return "INTEGER" if re.fullmatch(r"DIM_(RELATED_)?PERSON_ID", column) else "VARCHAR"


@pytest.mark.parametrize(("system", "table"), sorted({one[:2] for one in EVERY}))
def test_it_runs_on_empty_tables(system, table):
    assert ran(system, table) == []


def test_liquidlogic_keeps_ended_relations_and_mothers_who_are_no_clients():
    found = ran(
        "liquidlogic", "mother",
        DIM_PERSON="""
            DIM_PERSON_ID | GENDER_MAIN_CODE | IS_CLIENT
            1             | F                | N
            2             | M                | Y
            3             |                  | N
        """,
        FACT_PERSON_RELATION="""
            FACT_PERSON_RELATION_ID | DIM_PERSON_ID | DIM_RELATED_PERSON_ID | DIM_LOOKUP_RELTN_TYPE_CODE | END_DTTM
            r1                      | 1             | 10                    | CHI                        | 2009-05-01
            r2                      | 2             | 10                    | CHI                        |
            r3                      | 3             | 11                    | CHI                        |
            r4                      | 4             | -1                    | CHI                        |
            r5                      | 1             | 12                    | SIB                        |
            r6                      | -1            | 13                    | CHI                        |
        """,
    )  # fmt: skip
    links = [(mother, child, table_id, kind, str(end or "")) for
             mother, child, _, table_id, kind, _, end in found]  # fmt: skip
    assert links == [
        (1, 10, "r1", "unknown", "2009-05-01"),
        (3, 11, "r3", "unknown", ""),
        (4, None, "r4", "unknown", ""),
    ]


def test_liquidlogic_tells_an_estimated_birth_date_from_a_known_one():
    found = ran(
        "liquidlogic", "person",
        DIM_PERSON="""
            DIM_PERSON_ID | BIRTH_DTTM | DOB_ESTIMATED | GENDER_MAIN_CODE
            1             | 1990-01-01 | Y             | F
            2             | 1991-02-03 | N             | F
            3             | 1992-02-03 |               |
            4             | 1994-02-03 | N             | M
            9             | 1993-02-03 | N             | F
        """,
        FACT_PERSON_RELATION="""
            DIM_PERSON_ID | DIM_RELATED_PERSON_ID | DIM_LOOKUP_RELTN_TYPE_CODE
            1             | 2                     | CHI
            4             | 2                     | CHI
        """,
        FACT_CLA_PLACEMENT="DIM_PERSON_ID\n3",
    )  # fmt: skip
    said = [(row[0], str(row[3] or ""), str(row[4] or ""), row[-1]) for row in found]
    assert said == [(1, "", "1990-01-01", 1), (2, "1991-02-03", "", 0), (3, "1992-02-03", "", 0)]


def test_liquidlogic_gives_a_former_upn_the_type_of_a_present_one():
    found = ran(
        "liquidlogic", "linked_identifier",
        DIM_PERSON="DIM_PERSON_ID | UPN | FORMER_UPN | LEGACY_ID\n2 | B | A |",
        FACT_PERSON_RELATION="DIM_PERSON_ID | DIM_RELATED_PERSON_ID | DIM_LOOKUP_RELTN_TYPE_CODE"
        "\n1 | 2 | CHI",
    )  # fmt: skip
    assert [row[:3] for row in found] == [(2, "UPN", "A"), (2, "UPN", "B")]


@pytest.mark.parametrize("table", ["address", "linked_identifier", "person"])
def test_liquidlogic_asks_for_no_father(table):
    """A man is asked for as somebody's child alone."""
    found = ran(
        "liquidlogic", table,
        DIM_PERSON="DIM_PERSON_ID | GENDER_MAIN_CODE | UPN\n1 | M | A\n2 | F | B\n3 | M | C\n4 | | D",
        DIM_PERSON_ADDRESS="DIM_PERSON_ID | POSTCODE\n1 | A\n2 | B\n3 | C\n4 | D",
        FACT_PERSON_RELATION="DIM_PERSON_ID | DIM_RELATED_PERSON_ID | DIM_LOOKUP_RELTN_TYPE_CODE"
        "\n1 | 3 | CHI\n2 | 3 | CHI\n4 | 3 | CHI",
    )  # fmt: skip
    assert [row[0] for row in found] == [2, 3, 4]


@pytest.mark.parametrize("values", ["p.UPN", "p.FORMER_UPN", "p.LEGACY_ID"])
def test_liquidlogic_makes_every_identifier_text(values):
    """SQL Server makes a CASE of text and a number a number, and fails at the first letter."""
    given = parsed("liquidlogic", "linked_identifier", "tsql").selects[2]
    assert f"CAST({values} AS VARCHAR(50))" in given.sql("tsql")


def test_mosaic_works_out_why_an_episode_began_and_ended():
    found = ran(
        "mosaic", "cla_episode",
        DM_CLA_SUMMARIES="""
            PERSON_ID | START_DATE | END_DATE   | PERIOD_OF_CARE_ID | LEGAL_STATUS_ID | PLACEMENT_ID | PLACEMENT_SPLIT_NUMBER
            c         | 2012-01-01 | 2012-03-01 | p                 | l1              | m            | 1
            c         | 2012-03-01 | 2012-06-01 | p                 | l2              | m            | 1
            d         | 2013-01-01 |            |                   |                 |              |
        """,
        DM_PERIODS_OF_CARE="PERIOD_OF_CARE_ID | START_DATE | END_DATE\np | 2012-01-01 | 2012-06-01",
        DM_LEGAL_STATUSES="LEGAL_STATUS_ID | START_DATE\nl1 | 2012-01-01\nl2 | 2012-03-01",
        DM_PLACEMENTS="PLACEMENT_ID | SPLIT_NUMBER | START_DATE | END_DATE | REASON_EPISODE_CEASED"
        "\nm | 1 | 2012-01-01 | 2012-06-01 | E11",
    )  # fmt: skip
    assert [(row[0], str(row[2]), row[3], row[5]) for row in found] == [
        ("c", "2012-01-01", "S", "X1"), ("c", "2012-03-01", "L", "E11"),
        ("d", "2013-01-01", None, None),
    ]  # fmt: skip


def test_mosaic_tells_step_and_foster_apart_and_never_says_birth():
    found = ran(
        "mosaic", "mother",
        DM_PERSONAL_RELATIONSHIPS="""
            PERSON_ID | OTHER_PERSON_ID | IS_MOTHER | PERSONAL_REL_TYPE_ID | END_DATE
            1         | 2               | Y         | a                    | 2010-01-01
            1         | 3               | Y         | b                    |
            1         | 4               | Y         | c                    |
            1         | 5               | N         | a                    |
        """,
        DM_PERSONAL_REL_TYPES="PERSONAL_REL_TYPE_ID | DESCRIPTION\na | Mother : Child"
        "\nb | Step-parent : Child\nc | Foster Carer : Foster Child",
    )  # fmt: skip
    assert [(row[1], row[4], str(row[6] or "")) for row in found] == [
        ("2", "unknown", "2010-01-01"), ("3", "step", ""), ("4", "foster", ""),
    ]  # fmt: skip


def test_eclipse_keeps_two_spells_of_one_order_apart():
    found = ran(
        "eclipse", "legal_status",
        CLAEPISODEOFCAREVIEW="PERSONID | LEGALSTATUS | EOCSTARTDATE | EOCENDDATE"
        "\nc | C2 | 2012-01-01 | 2012-06-01\nc | C2 | 2013-01-01 |",
    )  # fmt: skip
    assert [str(row[2]) for row in found] == ["2012-01-01", "2013-01-01"]


def test_eclipse_counts_no_answer_of_no_as_a_factor_and_joins_its_assessment():
    answers = """
        INSTANCEID | ANSWERFORSUBJECTID | INSTANCESTATE | DESIGNSUBNAME     | CONTROLNAME                 | ANSWERVALUE | DATEANSWERVALUE
        i1         | c                  | COMPLETE      | Single assessment | CINCensus_startDateOfForm   |             | 2015-01-02
        i1         | c                  | COMPLETE      | Single assessment | CINCensus_alcoholParent     | Yes         |
        i1         | c                  | COMPLETE      | Single assessment | CINCensus_drugParent        | No          |
        i2         | c                  | DRAFT         | Single assessment | CINCensus_alcoholParent     | Yes         |
    """
    factors = ran("eclipse", "assessment_factor", FORMANSWERPERSONVIEW=answers)
    (one,) = ran("eclipse", "assessment", FORMANSWERPERSONVIEW=answers)
    assert factors == [("i1", '["1B"]')]
    assert (one[0], one[1], str(one[2])) == ("i1", "c", "2015-01-02")
