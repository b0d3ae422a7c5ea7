"""Loading from a real PostgreSQL: the same extract as from files, or one sentence and nothing."""

import logging
import re
from contextlib import contextmanager
from datetime import date

import duckdb
import pytest

from casescope.actions.data.load import FromDatabase, load
from casescope.actions.data.run import run
from casescope.actions.ledger.ledger import show
from casescope.identified.intake import database as databases
from casescope.identified.intake.database import address_of, reading
from casescope.identified.intake.load import load as load_folders
from casescope.identified.intake.load import load_sheets
from casescope.identified.intake.sheet import LeftOut
from casescope.identified.intake.tables import TABLES
from casescope.kernel.errors import InputRefused
from casescope.synthetic import write_county
from tests.integration.people import ANN, TODAY
from tests.integration.postgres import BIN, SECRET, serving

pytestmark = pytest.mark.skipif(BIN is None, reason="PostgreSQL is not on this machine")

REFERENCE = date(2026, 3, 31)
NAMES = (
    "ssd_person", "ssd_address", "ssd_mother", "ssd_linked_identifiers", "ssd_cla_episodes",
    "ssd_cla_placement", "ssd_legal_status", "ssd_permanence", "ssd_cin_assessments",
    "ssd_assessment_factors", "ssd_care_leavers", "ssd_cp_plans", "person_alias", "proceedings",
    "place_lookup",
)  # fmt: skip
"""The pretend county's files that are tables of a case system; the rest are yearly returns."""
WAY = re.compile(r"^[^\n]+\.$")


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    """The case system's tables of a pretend county, without the yearly returns."""
    folder = tmp_path_factory.mktemp("county")
    write_county(folder, mothers=60, seed=5)
    for path in folder.iterdir():
        if path.stem not in NAMES:
            path.unlink()
    return folder


@pytest.fixture(scope="module")
def server(county):
    with serving() as running:
        for name in NAMES:
            running.take(name, county / f"{name}.csv")
        running.do("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader")
        yield running


@contextmanager
def extract_of(*, url: str = "", schema: str = "", folder=None):
    connection = duckdb.connect()
    connection.execute("ATTACH ':memory:' AS extract; USE extract")
    try:
        if folder:
            load_folders(connection, [folder], reference_date=REFERENCE)
        else:
            with reading(address_of(url, schema=schema)) as found:
                tables = (*found.sheets, *found.missing)
                load_sheets(connection, (), tables=tables, reference_date=REFERENCE)
        yield connection
    finally:
        connection.close()


def rows_of(connection, table) -> list[tuple]:
    return connection.execute(
        f"SELECT * EXCLUDE (_file, _row, _copies) FROM {table} ORDER BY ALL"
    ).fetchall()


def refusal(url: str, **told) -> InputRefused:
    with pytest.raises(InputRefused) as caught, extract_of(url=url, **told):
        pass
    refused = caught.value
    assert WAY.match(refused.sentence), refused.sentence
    assert SECRET not in str(refused)
    assert refused.remedy
    return refused


def test_the_extract_is_that_of_the_same_tables_as_files(server, county):
    with extract_of(url=server.url()) as one, extract_of(folder=county) as two:
        filled = 0
        for table in TABLES:
            rows = rows_of(two, table.name)
            assert rows_of(one, table.name) == rows, table.name
            filled += bool(rows)
        assert filled == len(NAMES)
        problems = "SELECT table_name, column_name, kind, subject FROM problem ORDER BY ALL"
        assert one.execute(problems).fetchall() == two.execute(problems).fetchall()


def test_tables_that_are_not_there_are_named(server):
    with extract_of(url=server.url()) as found:
        notes = dict(
            found.execute("SELECT file, note FROM source_file WHERE table_name IS NULL").fetchall()
        )
    assert notes["postgresql/public.ssd_pre_proceedings"].startswith("not in the database")
    assert "postgresql/public.ssd_person" not in notes


def test_names_may_be_in_any_case_and_in_a_schema_of_their_own(server):
    server.do(
        'DROP SCHEMA IF EXISTS "Extract" CASCADE', 'CREATE SCHEMA "Extract"',
        'CREATE TABLE "Extract"."SSD_Person" ("PERS_Person_ID" integer, "Pers_DOB" date, x int)',
        """INSERT INTO "Extract"."SSD_Person" VALUES (7, '2001-02-03', 1)""",
        'GRANT USAGE ON SCHEMA "Extract" TO reader',
        'GRANT SELECT ON ALL TABLES IN SCHEMA "Extract" TO reader',
    )  # fmt: skip
    with extract_of(url=server.url(), schema="extract") as found:
        said = found.execute("SELECT pers_person_id, pers_dob FROM person").fetchall()
        extra = found.execute(
            "SELECT extra_columns FROM source_file WHERE rows_read > 0"
        ).fetchall()
    assert said == [("7", date(2001, 2, 3))]
    assert extra == [("x",)]


def test_values_of_other_types_are_read_and_impossible_years_are_problems(server):
    server.do(
        "DROP SCHEMA IF EXISTS odd CASCADE", "CREATE SCHEMA odd",
        "CREATE TABLE odd.ssd_person (pers_person_id numeric(12,0), pers_dob date, "
        "pers_death_date timestamptz, pers_is_mother boolean)",
        "INSERT INTO odd.ssd_person VALUES (12, '20202-01-01', '2020-05-06 10:00+00', true), "
        "(13, 'infinity', NULL, false)",
        "CREATE VIEW odd.ssd_assessment_factors AS SELECT 5::bigint AS cinf_assessment_id, "
        """'["1B", null]'::jsonb AS cinf_assessment_factors_json""",
        "GRANT USAGE ON SCHEMA odd TO reader", "GRANT SELECT ON ALL TABLES IN SCHEMA odd TO reader",
    )  # fmt: skip
    with extract_of(url=server.url(), schema="odd") as found:
        people = "SELECT pers_person_id, pers_dob, pers_death_date, pers_is_mother FROM person"
        assert found.execute(f"{people} ORDER BY 1").fetchall() == [
            ("12", None, date(2020, 5, 6), True), ("13", None, None, False),
        ]  # fmt: skip
        assert found.execute("SELECT column_name, kind FROM problem ORDER BY row").fetchall() == [
            ("pers_dob", "unreadable date"), ("pers_dob", "placeholder date"),
        ]  # fmt: skip
        assert found.execute("SELECT * EXCLUDE (_file, _row, _copies) FROM assessment_factor")\
            .fetchall() == [("5", '["1B", null]')]  # fmt: skip


def test_everything_is_read_as_it_stood_at_one_moment(server):
    server.do(
        "DROP SCHEMA IF EXISTS busy CASCADE", "CREATE SCHEMA busy",
        "CREATE TABLE busy.ssd_person (pers_person_id int)",
        "INSERT INTO busy.ssd_person VALUES (1)", "GRANT USAGE ON SCHEMA busy TO reader",
        "GRANT SELECT ON ALL TABLES IN SCHEMA busy TO reader",
    )  # fmt: skip
    with reading(address_of(server.url(), schema="busy")) as found:
        server.do("INSERT INTO busy.ssd_person VALUES (2)")
        (sheet,) = found.sheets
        batches = list(sheet.batches(frozenset({"PERS_PERSON_ID"})))
    assert [batch.to_pydict() for batch in batches] == [{"PERS_PERSON_ID": ["1"], "_row": [1]}]


def test_rows_come_a_few_thousand_at_a_time(server):
    make_long(server, 12_000)
    with reading(address_of(server.url(), schema="long")) as found:
        sizes = [batch.num_rows for batch in found.sheets[0].batches(frozenset({"PERS_DOB"}))]
    assert sizes == [5_000, 5_000, 2_000]


def make_long(server, rows: int) -> None:
    server.do(
        "DROP SCHEMA IF EXISTS long CASCADE", "CREATE SCHEMA long",
        "CREATE TABLE long.ssd_person (pers_person_id varchar, pers_dob timestamp)",
        "INSERT INTO long.ssd_person SELECT 'Planted' || n, timestamp '2000-01-01' "
        f"FROM generate_series(1, {rows}) AS n",
        "GRANT USAGE ON SCHEMA long TO reader",
        "GRANT SELECT ON ALL TABLES IN SCHEMA long TO reader",
    )  # fmt: skip


def test_nothing_can_be_written(server):
    """A view that writes as it is read is refused by the server: the transaction is read-only."""
    server.do(
        "DROP SCHEMA IF EXISTS sly CASCADE", "CREATE SCHEMA sly", "CREATE TABLE sly.seen (n int)",
        "CREATE FUNCTION sly.note() RETURNS int LANGUAGE sql VOLATILE AS "
        "'INSERT INTO sly.seen VALUES (1) RETURNING n'",
        "CREATE VIEW sly.ssd_person AS SELECT 'a' AS pers_person_id, sly.note() AS pers_upn",
        "GRANT ALL ON SCHEMA sly TO reader", "GRANT ALL ON ALL TABLES IN SCHEMA sly TO reader",
    )  # fmt: skip
    refused = refusal(server.url(), schema="sly")
    assert "25006" in refused.sentence
    server.do(
        "DO $$ BEGIN IF (SELECT count(*) FROM sly.seen) > 0 THEN RAISE 'written'; END IF; END $$"
    )


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"password": "wrong"}, "refused the user name or the password"),
        ({"password": ""}, "refused the user name or the password"),
        ({"user": "nobody", "password": "x"}, "refused the user name or the password"),
        ({"database": "none", "user": "admin"}, "no database of that name"),
    ],
)
def test_what_cannot_be_opened_is_said_in_a_sentence(server, told, words):
    refused = refusal(server.url(**told))
    assert words in refused.sentence
    assert "wrong" not in str(refused)


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://reader:{SECRET}@/county?host=/nowhere/at/all",
        f"postgresql://reader:{SECRET}@127.0.0.1:9/county",
    ],
)
def test_a_server_out_of_reach(url):
    assert "cannot be reached" in refusal(url).sentence


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:///x.db", "not an address", f"mysql://a:{SECRET}@h/d", f"postgresql://a:{SECRET}@h",
        f"postgresql://a:{SECRET}@h:port/d", "postgresql://",
    ],
)  # fmt: skip
def test_what_is_no_address(url):
    assert "not the address of" in refusal(url).sentence


def test_an_option_that_the_server_does_not_know(server):
    refused = refusal(f"{server.url()}&no_such_option=1")
    assert "could not give" in refused.sentence


def test_a_table_that_may_not_be_read_refuses_everything(server):
    server.do("REVOKE SELECT ON ssd_mother FROM reader")
    try:
        refused = refusal(server.url())
    finally:
        server.do("GRANT SELECT ON ssd_mother TO reader")
    assert refused.sentence.startswith("This user may not read postgresql/public.ssd_mother;")


def test_a_schema_that_is_not_there(server):
    assert "no schema 'nowhere'" in refusal(server.url(), schema="nowhere").sentence


def test_a_schema_without_one_of_our_tables(server):
    """Nothing else would tell that the wrong schema was looked into, where folders hold some."""
    server.do("CREATE SCHEMA IF NOT EXISTS bare", "GRANT USAGE ON SCHEMA bare TO reader",
              "CREATE TABLE IF NOT EXISTS bare.other (id int)")  # fmt: skip
    refused = refusal(server.url(), schema="bare")
    assert refused.sentence == "The schema 'bare' holds no table or view that casescope looks for."
    assert "--schema" in refused.remedy


def test_a_table_that_is_not_there_says_what_that_means(server):
    server.do("CREATE SCHEMA IF NOT EXISTS few", "GRANT USAGE ON SCHEMA few TO reader",
              "CREATE TABLE IF NOT EXISTS few.ssd_mother (moth_person_id text)",
              "GRANT SELECT ON few.ssd_mother TO reader")  # fmt: skip
    with reading(address_of(server.url(), schema="few")) as found:
        notes = {one.label.partition(".")[2]: one.note for one in found.missing}
    assert "ssd_mother" not in notes
    assert notes["ssd_person"] == "not in the database; without it no woman can be counted"
    assert notes["episodes"] == "not in the database; returns seldom are: load them as files"
    assert notes["place"] == "not in the database; what rests on it is not told"


def lost_midway(server, monkeypatch):
    """Let the server end the session after the first batch of rows."""
    read = databases.TableSheet._rows

    def cut(sheet, columns):
        for number, rows in enumerate(read(sheet, columns)):
            if number == 1:
                server.do("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                          "WHERE usename = 'reader'")  # fmt: skip
            yield rows

    monkeypatch.setattr(databases.TableSheet, "_rows", cut)


def test_a_connection_lost_midway(server, monkeypatch):
    make_long(server, 40_000)
    lost_midway(server, monkeypatch)
    refused = refusal(server.url(), schema="long")
    assert refused.sentence == (
        "The connection was lost while reading postgresql/long.ssd_person; nothing was loaded."
    )


def loaded(place, server, **told):
    told = {"url": server.url(), **told}
    return load(place.home, [], actor=ANN, today=TODAY, database=FromDatabase(**told))


def test_a_study_loaded_from_a_database(approved, server, county):
    found = loaded(approved, server)
    assert {file.table for file in found if file.table} >= {"person", "mother", "cla_episode"}
    assert run(approved.home, until="people", actor=ANN, today=TODAY)["people"] == "done"
    loaded(approved, server)
    again = run(approved.home, until="people", actor=ANN, today=TODAY)
    assert again["people"] == "unchanged", "the same rows are the same extract"


def test_a_database_and_folders_together(approved, server, tmp_path):
    returned = tmp_path / "returns"
    returned.mkdir()
    (returned / "h.csv").write_text("CHILD,SEX,DOB,ETHNIC\n1,1,01/02/2020,WBRI\n", encoding="utf-8")
    found = load(approved.home, [returned], actor=ANN, today=TODAY,
                 database=FromDatabase(server.url()))  # fmt: skip
    assert {"header", "person"} <= {file.table for file in found}


def test_a_load_that_breaks_leaves_the_layer_before(approved, server, monkeypatch):
    loaded(approved, server)
    vault = approved.home / "vault"
    before = sorted(path.name for path in vault.glob("*.duckdb"))
    make_long(server, 40_000)
    lost_midway(server, monkeypatch)
    with pytest.raises(InputRefused, match="was lost while reading"):
        loaded(approved, server, schema="long")
    assert sorted(path.name for path in vault.glob("*.duckdb")) == before
    assert not list(vault.glob("*.part"))


def test_no_password_and_no_row_is_in_a_log_or_the_ledger(approved, server, caplog):
    make_long(server, 10)
    with caplog.at_level(logging.DEBUG):
        loaded(approved, server, schema="long")
    told = str(show(approved.home, actor=ANN, today=TODAY))
    assert "postgresql://local/county" in told
    for said in (caplog.text, told):
        assert SECRET not in said
        assert "Planted" not in said
        assert "reader" not in said


def test_a_password_that_the_address_lacks_is_asked_for(server):
    asked = []

    def ask() -> str:
        asked.append(1)
        return SECRET

    with reading(address_of(server.url(password=""), ask=ask)) as found:
        assert found.sheets
    with reading(address_of(server.url(), ask=ask)) as found:
        assert all(isinstance(one, LeftOut) for one in found.missing)
    assert asked == [1]


def test_what_is_printed_of_an_address_names_no_user(server):
    address = address_of(f"postgresql://reader:{SECRET}@db.example:5433/ssd?sslmode=require")
    assert address.shown == "postgresql://db.example/ssd"
    assert SECRET not in repr(address) + repr(FromDatabase(server.url()))
