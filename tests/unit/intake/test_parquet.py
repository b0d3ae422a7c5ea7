"""Parquet: whatever type a column was written in, its text is what a CSV would have held."""

from datetime import date, datetime
from decimal import Decimal

import pyarrow as pa
import pytest

from casescope.kernel.errors import InputRefused
from tests.unit.intake.kinds import columns, given
from tests.unit.intake.reading import read


@pytest.mark.parametrize(
    ("held", "meant"),
    [(pa.array([123]), "123"), (pa.array([123.0]), "123"), (pa.array([1.5]), "1.5"),
     (pa.array([Decimal("123.00")]), "123"), (pa.array(["0012"]), "0012"),
     (pa.array(["a"]).dictionary_encode(), "a"), (pa.array(["a"], pa.large_string()), "a"),
     (pa.array([b"a"]), "a"), (pa.array(["a"], pa.string_view()), "a"),
     (pa.array([2**60]), "1152921504606846976")],
)  # fmt: skip
def test_ids_of_every_type(tmp_path, held, meant):
    found = read(given(tmp_path, {"a.parquet": columns(pers_person_id=held)}))
    assert found.rows("SELECT pers_person_id, _row FROM person") == [(meant, 1)]
    assert found.column("SELECT encoding FROM source_file") == ["Parquet"]


@pytest.mark.parametrize(
    "held",
    [pa.array([date(2001, 2, 3)]), pa.array([datetime.fromisoformat("2001-02-03T04:05")]),
     pa.array([datetime.fromisoformat("2001-02-03")], pa.timestamp("ns")),
     pa.array([datetime.fromisoformat("2001-02-03T04:00")], pa.timestamp("us", "UTC")),
     pa.array([date(2001, 2, 3)], pa.date64()), pa.array(["03/02/2001"])],
)  # fmt: skip
def test_dates_of_every_type(tmp_path, held):
    content = columns(pers_person_id=["1"], pers_dob=held)
    found = read(given(tmp_path, {"a.parquet": content}))
    assert (found.column("SELECT pers_dob FROM person"), found.problems()) == (
        [date(2001, 2, 3)], [],
    )  # fmt: skip


def test_a_number_is_no_date(tmp_path):
    content = columns(pers_person_id=["1"], pers_dob=[36925])
    found = read(given(tmp_path, {"a.parquet": content}))
    assert found.problems() == [("person", 1, "pers_dob", "unreadable date")]


def test_truths_nulls_and_lists(tmp_path):
    found = read(given(tmp_path, {
        "a.parquet": columns(place_postcode=["EX1", None], place_in_authority=[True, False]),
        "b.parquet": columns(cinf_assessment_id=[7, 8],
                             cinf_assessment_factors_json=[["1B", None, "4B"], None]),
    }))  # fmt: skip
    assert found.rows("SELECT place_postcode, place_in_authority FROM place") == [("EX1", True)]
    assert found.rows("SELECT * EXCLUDE (_file, _row, _copies) FROM assessment_factor") == [
        ("7", '["1B", null, "4B"]'), ("8", None),
    ]  # fmt: skip


def test_a_file_cut_short(tmp_path):
    content = columns(pers_person_id=["Plantedname"] * 100)
    for end in (4, 20, len(content) // 2, len(content) - 1):
        with pytest.raises(InputRefused, match=r"in/a.parquet cannot be read as Parquet") as caught:
            read(given(tmp_path / "in", {"a.parquet": content[:end]}))
        assert "Planted" not in str(caught.value)


def test_more_rows_than_any_council_has(tmp_path):
    """A column of one value repeated is a few bytes, however long."""
    nulls = pa.nulls(1 << 20, pa.bool_())
    content = columns(pers_person_id=pa.chunked_array([nulls] * 200))
    with pytest.raises(InputRefused, match="more rows than any council"):
        read(given(tmp_path, {"a.parquet": content}))
