"""Thousands of broken files: each is read whole or refused in words, quickly, showing no value.

`CASESCOPE_FUZZ=100000 pytest tests/unit/intake/fuzz` tries more of them.
"""

import io
import logging
import os
import time
import zipfile
from random import Random

import duckdb
import pytest

from casescope.identified.intake.load import load
from casescope.kernel.errors import UserError
from tests.unit.intake.fuzz.mutations import MUTATIONS
from tests.unit.intake.fuzz.seeds import PLANTED, SEEDS
from tests.unit.intake.reading import REFERENCE_DATE

TRIES = int(os.environ.get("CASESCOPE_FUZZ", "2000"))
LONGEST_SECONDS = 20
"""For one small file on a busy machine; what hangs takes for ever."""

CHUNKS = 20
ENDS = (".csv", ".xlsx", ".xml", ".zip", ".parquet", ".xls", "", ".md")


def broken(number: int) -> tuple[str, bytes]:
    """Return the name and bytes of one broken file: another for each number, the same each time."""
    chance = Random(number)
    name = chance.choice(sorted(SEEDS))
    inside = chance.random() < 0.4
    content = _from_inside(name, chance) if inside else _mutated(SEEDS[name], chance)
    if chance.random() < 0.15:
        name = f"wrong{chance.choice(ENDS)}"
    return name, content


def _mutated(content: bytes, chance: Random) -> bytes:
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        content = chance.choice(MUTATIONS)(content, chance) if content else content
    return content


def _from_inside(name: str, chance: Random) -> bytes:
    """Break one member of a zip or workbook and pack it again whole, so that it is reached."""
    if not name.endswith((".zip", ".xlsx")):
        return _mutated(SEEDS[name], chance)
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(SEEDS[name])) as old, zipfile.ZipFile(held, "w") as new:
        chosen = chance.choice(old.infolist()).filename
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info, _mutated(content, chance) if info.filename == chosen else content)
    return held.getvalue()


@pytest.fixture
def connection():
    with duckdb.connect(config={"threads": 1}) as made:
        yield made


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_read_whole_or_refused_in_words(tmp_path, connection, caplog, capfd, chunk):
    caplog.set_level(logging.DEBUG)
    for number in range(chunk, TRIES, CHUNKS):
        name, content = broken(number)
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / name).write_bytes(content)
        begun = time.monotonic()
        said = tried(connection, folder)
        assert time.monotonic() - begun < LONGEST_SECONDS, f"file {number} took too long"
        for planted in PLANTED:
            assert planted not in said, f"file {number} showed a value"
        (folder / name).unlink()
    written = caplog.text + "".join(capfd.readouterr())
    assert not [planted for planted in PLANTED if planted in written]


def tried(connection: duckdb.DuckDBPyConnection, folder) -> str:
    """Load one folder into a database of its own; return everything that was said of it."""
    connection.execute("ATTACH ':memory:' AS extract; USE extract")
    try:
        files = load(connection, [folder], reference_date=REFERENCE_DATE)
    except UserError as caught:
        refused = caught
    else:
        check_whole(connection, files)
        held = connection.execute("SELECT * EXCLUDE (subject) FROM problem").fetchall()
        return f"{files} {held} {connection.execute('FROM source_file').fetchall()}"
    finally:
        connection.execute("USE memory; DETACH extract")
    assert refused.sentence.endswith(".")
    assert refused.remedy
    return str(refused)


def check_whole(connection: duckdb.DuckDBPyConnection, files) -> None:
    """Every row that was read is there, or is set aside with its problem."""
    for table in {file.table for file in files if file.table}:
        there = f"SELECT coalesce(sum(_copies), 0) FROM {table}"
        aside = (
            "SELECT count(*) FROM (SELECT DISTINCT file, row FROM problem "
            f"WHERE table_name = '{table}' AND set_aside)"
        )
        found = sum(connection.execute(query).fetchone()[0] for query in (there, aside))
        assert found == sum(file.rows for file in files if file.table == table)


def test_the_seeds_themselves_are_read(tmp_path, connection):
    for name, content in SEEDS.items():
        (tmp_path / name).write_bytes(content)
    connection.execute("ATTACH ':memory:' AS extract; USE extract")
    files = load(connection, [tmp_path], reference_date=REFERENCE_DATE)
    assert {file.table for file in files if file.rows} >= {
        "person",
        "episodes",
        "header",
        "cp_plan",
    }
    assert sum(not file.table for file in files) == 0
    held = str(connection.execute("FROM person").fetchall())
    assert all(planted in held for planted in PLANTED[:2])


def test_files_are_broken_in_every_way_and_come_to_both_ends(tmp_path, connection):
    """A test whose files were all refused at the door, or all read, would show little."""
    ends = []
    for number in range(300):
        name, content = broken(number)
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / name).write_bytes(content)
        ends.append("FileRead" in tried(connection, folder))
    assert 30 < sum(ends) < 270, "a tenth at least of each"
