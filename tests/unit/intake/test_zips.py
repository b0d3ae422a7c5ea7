"""A zip of tables: read as a folder would be, never unpacked to disk, never followed elsewhere."""

import zipfile

import pytest

from casescope.kernel.errors import InputRefused
from tests.unit.intake.kinds import CENSUS, RETURN_903, book, columns, given, packed
from tests.unit.intake.reading import PERSON, read

ROW = PERSON + "1,Ana,Núñez,\n"


def refusal(folder) -> str:
    with pytest.raises(InputRefused) as caught:
        read(folder)
    return caught.value.sentence


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
def test_every_kind_of_file_within(tmp_path, method):
    content = packed({
        "people/a.csv": ROW, "b.parquet": columns(pers_person_id=["2"]),
        "c.xlsx": book(s=[["pers_person_id"], [3]]), "d.xml": RETURN_903, "e.xml": CENSUS,
        "__MACOSX/._a.csv": "x", "people/.DS_Store": "x", "notes.txt": "words",
        "people/~$c.xlsx": "Jo\0",
    }, method)  # fmt: skip
    found = read(given(tmp_path / "in", {"all.zip": content}))
    assert set(found.column("SELECT pers_person_id FROM person")) == {"1", "2", "3"}
    labels = {file.label: file.table for file in found.files}
    assert labels["in/all.zip/people/a.csv"] == "person"
    assert labels["in/all.zip/c.xlsx [s]"] == "person"
    assert labels["in/all.zip/notes.txt"] is None
    assert not any(f in label for label in labels for f in ("MACOSX", ".DS_Store", "~$"))
    assert len(found.column("SELECT 1 FROM episodes")) == 3


def test_problems_name_the_member_and_the_row(tmp_path):
    content = packed({"a.csv": PERSON + "1,A,B,\n2,Plantedname\n"})
    assert refusal(given(tmp_path / "in", {"all.zip": content})) == (
        "in/all.zip/a.csv, row 3: 2 values where the header has 4 columns."
    )


def test_a_zip_in_a_zip_is_refused_by_name(tmp_path):
    content = packed({"inner.zip": packed({"a.csv": ROW})})
    assert refusal(given(tmp_path / "in", {"all.zip": content})) == (
        "in/all.zip/inner.zip is a zip inside a zip."
    )


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    content = packed({"a.csv": b"0" * (100 << 20)})
    assert len(content) < 200_000
    assert "unpacks to far more" in refusal(given(tmp_path / "in", {"all.zip": content}))


def test_a_bomb_of_many_members(tmp_path):
    content = packed({f"{number}.csv": b"0" * (10 << 20) for number in range(10)})
    assert "unpacks to far more" in refusal(given(tmp_path / "in", {"all.zip": content}))


def test_a_member_larger_than_it_says_is_damaged(tmp_path):
    """What is read of a member is never more than it declared."""
    content = packed({"a.csv": PERSON + "1,A,B,\n" * 100_000})
    size = len(PERSON) + 700_000
    assert content.count(size.to_bytes(4, "little")) == 2
    lied = content.replace(size.to_bytes(4, "little"), (5_000).to_bytes(4, "little"))
    assert "in/all.zip/a.csv is damaged" in refusal(given(tmp_path / "in", {"all.zip": lied}))


def test_a_workbook_larger_than_it_says_is_damaged(tmp_path):
    content = book(s=[["pers_person_id"], *[[n] for n in range(3000)]])
    with zipfile.ZipFile(__import__("io").BytesIO(content)) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    lied = content.replace(size.to_bytes(4, "little"), (500).to_bytes(4, "little"))
    assert "damaged" in refusal(given(tmp_path / "in", {"a.xlsx": lied}))


def test_a_link_within_is_not_followed(tmp_path):
    link = zipfile.ZipInfo("link.csv")
    link.external_attr = 0o120777 << 16
    path = given(tmp_path / "in", {}) / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", ROW)
        archive.writestr(link, "/etc/passwd")
    found = read(tmp_path / "in")
    assert found.files[1].note == "a link, which is not followed"


def test_a_name_that_points_out_of_the_folder_is_only_a_name(tmp_path):
    found = read(given(tmp_path / "in", {"all.zip": packed({"../../out\x1b[2J.csv": ROW})}))
    assert found.files[0].label == "in/all.zip/../../out\N{REPLACEMENT CHARACTER}[2J.csv"
    assert not list(tmp_path.rglob("out*"))


def test_two_members_of_one_name(tmp_path):
    path = given(tmp_path / "in", {}) / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", ROW)
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("a.csv", ROW)
    assert "two files of one name" in refusal(tmp_path / "in")


def test_a_locked_member(tmp_path):
    content = bytearray(packed({"a.csv": ROW}, zipfile.ZIP_STORED))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert "locked with a password" in refusal(given(tmp_path, {"all.zip": bytes(content)}))


@pytest.mark.parametrize("place", [38, 45, 60])
def test_a_damaged_member(tmp_path, place):
    content = bytearray(packed({"a.csv": PERSON + "1,A,B,\n" * 99}))
    content[place] ^= 0xFF
    assert "all.zip" in refusal(given(tmp_path / "in", {"all.zip": bytes(content)}))


def test_nothing_is_written_beside_the_zip(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    read(
        given(
            tmp_path / "in",
            {"all.zip": packed({"a.csv": ROW, "b.xlsx": book(s=[["pers_person_id"], [3]])})},
        )
    )
    assert list((tmp_path / "temporary").iterdir()) == []
    assert [path.name for path in (tmp_path / "in").iterdir()] == ["all.zip"]
