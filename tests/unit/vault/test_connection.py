"""A connection reaches the files attached to it and nothing else; what it writes is encrypted."""

import secrets
from pathlib import Path

import duckdb
import pytest

from casescope.kernel.errors import VaultRefused
from casescope.vault import connection as connection_module
from casescope.vault.connection import Attachment, connected

PLANTED = "Plantedname-of-a-woman"
KEY = secrets.token_hex(32)


@pytest.fixture
def layer(tmp_path) -> Path:
    path = tmp_path / "vault" / "a.duckdb"
    path.parent.mkdir()
    with connected([Attachment("out", path, KEY, writable=True)]) as connection:
        connection.execute(f"CREATE TABLE out.person AS SELECT '{PLANTED}' AS name")
    return path


@pytest.fixture
def opened(layer):
    with connected([Attachment("a", layer, KEY)]) as connection:
        yield connection


def test_the_layer_can_be_read_with_its_key(opened):
    assert opened.execute("SELECT name FROM a.person").fetchall() == [(PLANTED,)]


def threads_and_extension(connection):
    (threads,) = connection.execute("SELECT current_setting('threads')").fetchone()
    settings = connection.execute("SELECT name FROM duckdb_settings()").fetchall()
    return threads, ("http_timeout",) in settings  # one of the extension's own


def test_a_large_layer_is_read_on_every_thread_with_the_extension(layer):
    """What is small is spared both; what comes of it is the same."""
    every = duckdb.execute("SELECT current_setting('threads')").fetchone()[0]
    read, big = [], connection_module._SMALL + 1
    for incoming in (0, big, None):
        with connected([Attachment("a", layer, KEY)], incoming=incoming) as connection:
            rows = connection.execute("SELECT name FROM a.person").fetchall()
            read.append((*threads_and_extension(connection), rows))
    rows = [(PLANTED,)]
    assert read == [(1, False, rows), (every, True, rows), (every, True, rows)]


OUTSIDE = [
    "COPY (SELECT 1) TO '{folder}/new.csv'",
    "COPY a.person TO '{folder}/new.parquet' (FORMAT parquet)",
    "EXPORT DATABASE '{folder}/all'",
    "SELECT * FROM read_csv('{folder}/x.csv')",
    "SELECT * FROM '{folder}/x.csv'",
    "SELECT * FROM read_text('{folder}/x.csv')",
    "SELECT * FROM read_blob('/etc/hostname')",
    "SELECT * FROM glob('{folder}/*')",
    "ATTACH '{folder}/b.duckdb' AS b",
    "COPY a.person TO 'here.csv'",
    "COPY a.person TO '.tmp/here.csv'",
    "SELECT * FROM read_csv('https://example.org/x.csv')",
    "INSTALL spatial",
    "CREATE PERSISTENT SECRET s (TYPE http)",
]


@pytest.mark.parametrize("statement", OUTSIDE)
def test_no_other_file_is_within_reach(opened, tmp_path, statement):
    (tmp_path / "x.csv").write_text("a\n1\n")
    before = set(tmp_path.rglob("*"))
    with pytest.raises(duckdb.Error):
        opened.execute(statement.format(folder=tmp_path))
    assert set(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    "setting",
    ["enable_external_access=true", "lock_configuration=false", "temp_file_encryption=false",
     "temp_directory='/'", "allow_unsigned_extensions=true", "autoinstall_known_extensions=true",
     "home_directory='/'", "profiling_output='p.json'", "log_query_path='q.log'",
     "allowed_directories=['/']"],
)  # fmt: skip
def test_the_settings_are_locked(opened, setting):
    with pytest.raises(duckdb.Error):
        opened.execute(f"SET {setting}")


def test_a_layer_attached_to_be_read_is_not_written(opened, layer):
    for statement in ("INSERT INTO a.person VALUES ('x')", "DROP TABLE a.person",
                      "CREATE TABLE a.other AS SELECT 1"):  # fmt: skip
        with pytest.raises(duckdb.Error):
            opened.execute(statement)


def test_the_key_shows_nowhere_in_the_connection(opened):
    for table in ("duckdb_settings()", "duckdb_databases()", "duckdb_logs"):
        assert KEY not in str(opened.execute(f"SELECT * FROM {table}").fetchall())


def test_another_key_opens_nothing_and_no_key_is_told(layer):
    other = secrets.token_hex(32)
    with (
        pytest.raises(VaultRefused, match="does not open the layer 'a'") as caught,
        connected([Attachment("a", layer, other)]),
    ):
        pass
    chain, told = caught.value, ""
    while chain is not None:
        told += repr(chain)
        chain = chain.__cause__ or (None if chain.__suppress_context__ else chain.__context__)
    assert KEY not in told
    assert other not in told


@pytest.mark.parametrize("content", [b"", b"no database", b"\0" * 8192])
def test_a_file_that_is_no_layer(tmp_path, content):
    path = tmp_path / "a.duckdb"
    path.write_bytes(content)
    with pytest.raises(VaultRefused), connected([Attachment("a", path, KEY)]):
        pass


def test_the_file_holds_no_plain_text(layer):
    assert PLANTED.encode() not in layer.read_bytes()
    with pytest.raises(duckdb.Error):
        duckdb.connect(str(layer), read_only=True)


def test_what_is_spilt_is_encrypted_and_goes(tmp_path, monkeypatch):
    monkeypatch.setattr(connection_module, "MEMORY_LIMIT", "60MB")
    spill, seen = tmp_path / "spill", b""
    out = Attachment("out", tmp_path / "o.duckdb", KEY, writable=True)
    with connected([out], spill=spill) as connection:
        connection.execute(
            "CREATE TEMP TABLE kept AS "
            f"SELECT '{PLANTED}' || md5(CAST(range AS VARCHAR)) AS name FROM range(2000000)"
        )
        for path in spill.rglob("*"):
            seen += path.read_bytes()
    assert seen, "nothing was spilt: the test proves nothing"
    assert PLANTED.encode() not in seen
    assert not spill.exists() or not list(spill.iterdir())


def test_a_reader_spills_nowhere(layer, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(connection_module, "MEMORY_LIMIT", "40MB")
    with (
        connected([Attachment("a", layer, KEY)]) as connection,
        pytest.raises(duckdb.OutOfMemoryException),
    ):
        connection.execute("SELECT range FROM range(20000000) ORDER BY hash(range)").fetchone()
    assert not (tmp_path / ".tmp").exists()
