"""The shared dataset in memory: what is not it is refused, and SQL reaches nothing but it."""

import duckdb
import pyarrow as pa
import pytest

from casescope.dataset.sharing.opening import open_in_memory, read_only, selected
from casescope.findings.query import vetted
from casescope.kernel.errors import InputRefused
from tests.unit.sharing.drawn import facts, packed, woman, written

WOMEN = [woman(1), woman(2, pregnant=True)]
ISSUES = [(WOMEN[0]["woman"], "alcohol", "ever", "yes")]


@pytest.fixture
def connection():
    opened = open_in_memory(packed(WOMEN, ISSUES))
    yield opened
    opened.close()


def test_the_tables_are_there_by_either_name():
    files = packed(WOMEN, ISSUES)
    for named in (files, {name.removesuffix(".parquet"): raw for name, raw in files.items()}):
        with open_in_memory(named) as found:
            assert found.execute("SELECT count(*) FROM shared_woman").fetchone() == (2,)
            assert found.execute("SELECT issue FROM shared_issue").fetchall() == [("alcohol",)]
            assert len(found.execute("FROM shared_about").fetchall()) == len(facts())


def test_words_kept_once_each_are_words_all_the_same():
    files = packed(WOMEN, ISSUES)
    shortened = pa.table({"name": pa.array(["a", "b"]).dictionary_encode(), "value": ["c", "d"]})
    with open_in_memory(files | {"shared_about.parquet": written(shortened)}) as found:
        assert found.execute("FROM shared_about").fetchall() == [("a", "c"), ("b", "d")]


def _without(name):
    return {key: raw for key, raw in packed(WOMEN, ISSUES).items() if key != f"{name}.parquet"}


def _with(**rows):
    return packed(rows.get("women", WOMEN), rows.get("issues", ISSUES))


BAD = {
    "lacks the table shared_issue": _without("shared_issue"),
    "also has the table extra": packed(WOMEN, ISSUES) | {"extra.parquet": b""},
    "cannot be read": packed(WOMEN, ISSUES) | {"shared_about.parquet": b"PAR1 and no more"},
    "has other columns": packed(WOMEN, ISSUES)
    | {"shared_about.parquet": written(pa.table({"name": ["a"], "said": ["b"]}))},
    "of another type": packed(WOMEN, ISSUES)
    | {"shared_about.parquet": written(pa.table({"name": ["a"], "value": [1]}))},
    "a row twice": _with(women=[*WOMEN, WOMEN[0]]),
    "outside the frame": _with(women=[woman(1, tier="T9")]),
    "an empty cell": _with(women=[woman(1, age=None)]),
    "tells of a woman who is not": _with(issues=[("f" * 32, "alcohol", "ever", "yes")]),
}


@pytest.mark.parametrize("why", BAD)
def test_what_is_not_the_shared_dataset_is_refused(why):
    with pytest.raises(InputRefused, match=why) as refused:
        open_in_memory(BAD[why])
    assert WOMEN[0]["woman"] not in str(refused.value)
    assert "T9" not in str(refused.value)


REACHES_OUT = (
    "SELECT * FROM read_csv('{file}')",
    "SELECT * FROM read_csv_auto('{file}')",
    "SELECT * FROM read_parquet('{file}')",
    "SELECT * FROM read_json('{file}')",
    "SELECT * FROM read_text('{file}')",
    "SELECT * FROM read_blob('{file}')",
    "SELECT * FROM parquet_metadata('{file}')",
    "SELECT * FROM sniff_csv('{file}')",
    "SELECT * FROM glob('{folder}/*')",
    "SELECT * FROM '{file}'",
    "SELECT * FROM 'https://example.org/women.parquet'",
    "SELECT * FROM read_csv('https://example.org/women.csv')",
    "SELECT * FROM 's3://bucket/women.parquet'",
    "SELECT tier FROM shared_woman WHERE tier IN (SELECT * FROM read_text('{file}'))",
    "SELECT getenv('HOME') FROM shared_woman",
    "COPY shared_woman TO '{folder}/out.csv'",
    "COPY shared_woman FROM '{file}'",
    "ATTACH '{folder}/other.db' AS other",
    "ATTACH ':memory:' AS other",
    "EXPORT DATABASE '{folder}/all'",
    "INSTALL httpfs",
    "LOAD httpfs",
    "LOAD '{file}'",
    "SET enable_external_access = true",
    "SET temp_directory = '{folder}'",
    "RESET enable_external_access",
    "PRAGMA enable_external_access = true",
    "CREATE TABLE mine AS SELECT * FROM shared_woman",
    "CREATE TEMP TABLE mine AS SELECT * FROM shared_woman",
    "CREATE VIEW mine AS SELECT * FROM shared_woman",
    "CREATE OR REPLACE MACRO mine() AS 1",
    "CREATE SECRET (TYPE s3)",
    "INSERT INTO shared_woman SELECT * FROM shared_woman",
    "UPDATE shared_woman SET tier = 'T1'",
    "DELETE FROM shared_woman",
    "DROP TABLE shared_woman",
    "ALTER TABLE shared_woman ADD COLUMN more VARCHAR",
    "TRUNCATE shared_woman",
    "SELECT * FROM held_by_python",
    "SELECT * FROM query_table(['held_by_python'])",
)


IN_MEMORY = {
    "ATTACH ':memory:' AS other",
    "CREATE TEMP TABLE mine AS SELECT * FROM shared_woman",
}
"""DuckDB lets a read-only transaction do these; they reach neither file nor network."""


@pytest.fixture
def within(tmp_path):
    file = tmp_path / "women.csv"
    file.write_text("woman\n1\n", encoding="utf-8")
    return {"file": file.as_posix(), "folder": tmp_path.as_posix()}


@pytest.mark.parametrize("sql", REACHES_OUT)
def test_vetting_refuses_whatever_reaches_out(sql, connection, within):
    with pytest.raises(InputRefused):
        vetted(sql.format(**within), connection)


@pytest.mark.parametrize("sql", REACHES_OUT)
def test_the_connection_refuses_it_too_if_it_were_never_vetted(sql, connection, within):
    held_by_python = pa.table({"a": [1]})
    assert held_by_python.num_rows
    with pytest.raises((duckdb.Error, InputRefused)):
        selected(connection, sql.format(**within))
    assert connection.execute("SELECT count(*) FROM shared_woman").fetchone() == (2,)


@pytest.mark.parametrize("sql", [one for one in REACHES_OUT if one not in IN_MEMORY])
def test_duckdb_refuses_it_where_neither_vetting_nor_we_look(sql, connection, within):
    with read_only(connection), pytest.raises(duckdb.Error):
        connection.execute(sql.format(**within)).fetchall()


@pytest.mark.parametrize("sql", ["PRAGMA database_list", "PRAGMA version", "CALL pragma_version()",
                                 "SELECT * FROM duckdb_settings()", "EXPLAIN SELECT 1",
                                 "SUMMARIZE shared_woman", "DESCRIBE shared_woman"])  # fmt: skip
def test_vetting_refuses_looking_behind_the_tables(sql, connection):
    with pytest.raises(InputRefused):
        vetted(sql, connection)


def test_nothing_is_written_beside_the_data(connection, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    connection.execute("SELECT count(*) FROM shared_woman ORDER BY 1").fetchall()
    settings = dict(connection.execute("SELECT name, value FROM duckdb_settings()").fetchall())
    assert settings["temp_directory"] == ""
    assert settings["enable_external_access"] == "false"
    assert settings["lock_configuration"] == "true"
    assert settings["python_enable_replacements"] == "false"
    assert list(tmp_path.iterdir()) == []


def test_two_statements_are_not_run(connection):
    with pytest.raises(InputRefused, match="one SELECT"):
        selected(connection, "SELECT 1; DROP TABLE shared_woman")


def test_a_statement_that_fails_leaves_the_next_one_free(connection):
    with pytest.raises(duckdb.Error), read_only(connection):
        connection.execute("SELECT CAST(tier AS INTEGER) FROM shared_woman").fetchall()
    with read_only(connection):
        assert connection.execute("SELECT count(*) FROM shared_issue").fetchone() == (1,)
