"""Loading from any sheets: mapped first, told of as it goes, whole or not at all."""

from dataclasses import dataclass, field
from datetime import date

import duckdb
import pyarrow as pa
import pytest

from casescope.cli.progress import time_left
from casescope.identified.intake.load import load, load_sheets
from casescope.identified.intake.sheet import LeftOut
from casescope.kernel.errors import InputRefused
from tests.unit.intake.kinds import book, given
from tests.unit.intake.reading import PERSON, REFERENCE_DATE, put


@dataclass(frozen=True)
class Told:
    """A sheet whose rows are given; an exception among them is raised in its turn."""

    label: str
    header: tuple[str, ...]
    rows: list = field(default_factory=list)
    written_as: str = "told"

    def batches(self, wanted):
        names = [name for name in self.header if name.upper() in wanted]
        for number, row in enumerate(self.rows, start=1):
            if isinstance(row, BaseException):
                raise row
            cells = [pa.array([row[self.header.index(name)]], pa.string()) for name in names]
            yield pa.RecordBatch.from_arrays(
                [*cells, pa.array([number])], names=[*map(str.upper, names), "_row"]
            )


@dataclass
class Heard:
    shares: list = field(default_factory=list)
    rows: list = field(default_factory=list)
    said: list = field(default_factory=list)

    def start(self, label):
        self.said.append(label)

    def advance(self, rows, of=None, *, share=None):
        assert of is None, "how many rows there will be is not known"
        self.rows.append(rows)
        self.shares.append(share)

    def finish(self, summary):
        self.said.append(summary)


@pytest.fixture
def connection():
    with duckdb.connect() as made:
        made.execute("ATTACH ':memory:' AS extract; USE extract")
        yield made


def test_any_sheets_are_loaded(connection):
    sheets = [
        Told("db.person", ("pers_person_id", "pers_dob"), [("1", "2001-02-03"), ("2", None)]),
        LeftOut("db.note", "not a table"),
    ]
    files = load_sheets(connection, iter(sheets), reference_date=REFERENCE_DATE)
    assert [(file.label, file.table, file.rows, file.note) for file in files] == [
        ("db.person", "person", 2, ""), ("db.note", None, 0, "not a table"),
    ]  # fmt: skip
    query = "SELECT pers_dob, _file, _row FROM person ORDER BY _row"
    assert connection.execute(query).fetchall() == [
        (date(2001, 2, 3), "db.person", 1), (None, "db.person", 2),
    ]  # fmt: skip


LACKING = ("clae_person_id", "clae_cla_episode_start_date")
NEAR = "it is nearest to 'cla_episode' but lacks clae_cla_id"


def test_a_table_of_a_database_that_lacks_a_column_is_left_out(connection):
    """Nobody can take it out of there as a file out of a folder; quality says what it does."""
    person = Told("in/a.csv", ("pers_person_id",), [("1",)])
    lacking = Told("mssql/dbo.ssd_cla_episodes", LACKING, [("1", "2020-01-01")])
    files = load_sheets(connection, [person], tables=[lacking], reference_date=REFERENCE_DATE)
    assert [(file.table, file.note) for file in files] == [("person", ""), (None, NEAR)]
    with pytest.raises(InputRefused, match=f"^mssql/dbo.ssd_cla_episodes: {NEAR}"):
        load_sheets(duckdb.connect(), [lacking], reference_date=REFERENCE_DATE)


def test_where_a_file_is_refused_no_database_is_read(connection):
    """Its first fault ends the load: after it, nothing more can be read in the same snapshot."""
    table = Told("db.person", ("pers_person_id",), [AssertionError("it was read")])
    with pytest.raises(InputRefused, match=r"^A\. B\.$"):
        load_sheets(connection, [InputRefused("A.", "B.")], tables=[table],
                    reference_date=REFERENCE_DATE)  # fmt: skip


def test_a_fault_that_is_no_refusal_is_not_gathered(connection):
    parts = [Told("a", ("pers_person_id",), [ZeroDivisionError()]), InputRefused("A.", "B.")]
    with pytest.raises(ZeroDivisionError):
        load_sheets(connection, parts, reference_date=REFERENCE_DATE)


@dataclass(frozen=True)
class Renamed:
    """A mapping's sheet: the sheet within, its first column under another name."""

    sheet: object

    @property
    def label(self):
        return self.sheet.label

    @property
    def written_as(self):
        return self.sheet.written_as

    @property
    def header(self):
        return tuple({"Client": "pers_person_id", "Born": "pers_dob"}.get(name, name)
                     for name in self.sheet.header)  # fmt: skip

    def batches(self, wanted):
        back = {"PERS_PERSON_ID": "CLIENT", "PERS_DOB": "BORN"}
        forth = {theirs: ours for ours, theirs in back.items()}
        for batch in self.sheet.batches(frozenset(back.get(name, name) for name in wanted)):
            yield batch.rename_columns([forth.get(name, name) for name in batch.schema.names])


def test_a_mapping_comes_before_recognition_and_keeps_a_workbooks_days(connection, tmp_path):
    """36,925 is a day in a workbook, under whatever name its column has."""
    folder = given(tmp_path, {
        "a.xlsx": book(s=[["Clients, by the team"], ["Client", "Born"], [7, 36925]]),
    })  # fmt: skip
    load(connection, [folder], reference_date=REFERENCE_DATE, mapping=Renamed)
    assert connection.execute("SELECT pers_person_id, pers_dob FROM person").fetchall() == [
        ("7", date(2001, 2, 3))
    ]


@pytest.mark.parametrize("fault", [KeyboardInterrupt(), InputRefused("The line is cut.", "Again.")])
def test_what_stops_reading_stops_the_load(connection, fault):
    """The caller drops the layer: nothing here swallows the fault or goes on."""
    sheet = Told("db.person", ("pers_person_id",), [("1",), fault, ("2",)])
    with pytest.raises(type(fault)):
        load_sheets(connection, [sheet], reference_date=REFERENCE_DATE)


def test_rows_so_far_and_how_far(connection, tmp_path, monkeypatch):
    monkeypatch.setattr("casescope.identified.intake.incoming._ROWS_AT_ONCE", 100)
    monkeypatch.setattr("casescope.identified.intake.sheets.separated._BLOCK", 2048)
    rows = "".join(f"{number},Ana,B,\n" for number in range(1000))
    heard = Heard()
    load(connection, [put(tmp_path, a=PERSON + rows, b=PERSON + rows)],
         reference_date=REFERENCE_DATE, progress=heard)  # fmt: skip
    assert heard.said == ["reading tables", "2,000 rows"]
    assert heard.rows == sorted(heard.rows)
    assert heard.rows[-1] == 2000
    assert heard.shares == sorted(heard.shares)
    half = next(share for rows, share in zip(heard.rows, heard.shares, strict=True) if rows >= 1000)
    assert 0.4 < half < 0.75
    assert heard.shares[-1] == 1


def test_how_far_into_a_workbook(connection, tmp_path, monkeypatch):
    """Of two sheets of one length, the first is half of all; within one, what counts is bytes."""
    monkeypatch.setattr("casescope.identified.intake.incoming._ROWS_AT_ONCE", 1)
    for name in ("_FIRST_BLOCK", "_BLOCK"):
        monkeypatch.setattr(f"casescope.identified.intake.sheets.workbook_slices.{name}", 4_000)
    header = PERSON.strip().split(",")
    rows = [[str(number), "Ana", "B", None] for number in range(399)]
    heard = Heard()
    folder = given(tmp_path / "in", {"a.xlsx": book(one=[header, *rows], two=[header, *rows])})
    load(connection, [folder], reference_date=REFERENCE_DATE, progress=heard)
    assert heard.rows[-1] == 798
    assert len(heard.shares) > 10
    assert heard.shares == sorted(heard.shares)
    for rows_read, share in zip(heard.rows, heard.shares, strict=True):
        assert share == pytest.approx(rows_read / 798, abs=0.03)
    assert heard.shares[-1] == pytest.approx(1, abs=0.001)


@pytest.mark.parametrize(
    ("taken", "share", "said"),
    [(10, 0.5, ", about 10 s left"), (60, 0.25, ", about 3 min left"), (1, 0.5, ""),
     (10, None, ""), (10, 1.0, "")],
)  # fmt: skip
def test_time_left_is_what_the_rest_takes_at_this_pace(taken, share, said):
    assert time_left(taken, share) == said
