"""What a load looks at: folders, links, files of other kinds, the same rows twice."""

import os

import pytest

from casescope.identified.intake.folders import check_entered
from casescope.kernel.errors import InputRefused, NotFound
from tests.unit.intake.reading import PERSON, put, read

EPISODE = "CHILD,DECOM,RNE,LS,PLACE,DEC\n"


def test_exact_duplicate_rows_collapse(tmp_path):
    found = read(put(tmp_path, a=PERSON + "1,A,B,\n1,A,B,\n1,A,C,\n", b=PERSON + "1,A,B,\n"))
    assert found.column("SELECT pers_surname FROM person ORDER BY 1") == ["B", "C"]
    assert [file.rows for file in found.files] == [3, 1]


def test_the_same_episode_in_two_returns_is_kept_for_both(tmp_path):
    row = "c1,2020-01-01,S,C2,U4,\n"
    found = read(put(tmp_path, a=EPISODE + row + row, b=EPISODE + row))
    assert len(found.column('SELECT "CHILD" FROM episodes')) == 2


def test_two_folders_of_one_name(tmp_path):
    one = put(tmp_path / "x" / "in", a=PERSON + "1,A,B,\n")
    two = put(tmp_path / "y" / "in", a=PERSON + "2,C,D,not a day\n2,C,D,\n")
    found = read(one, two)
    assert found.column("SELECT DISTINCT pers_person_id FROM person ORDER BY 1") == ["1", "2"]
    assert len({file.label for file in found.files}) == 2, "a message can tell them apart"
    assert found.column("SELECT count(DISTINCT file) FROM source_file") == [2]


def test_returns_in_two_folders_of_one_name_stay_two_returns(tmp_path):
    row = "c1,2020-01-01,S,C2,U4,{}\n"
    one = put(tmp_path / "x" / "in", a=EPISODE + row.format(""))
    two = put(tmp_path / "y" / "in", a=EPISODE + row.format("2020-06-01"))
    found = read(one, two)
    assert found.column("SELECT count(DISTINCT _file) FROM episodes") == [2]


def test_the_same_folder_twice_is_read_once(tmp_path):
    folder = put(tmp_path / "in", a=PERSON + "1,A,B,\n")
    assert len(read(folder, folder).files) == 1


def test_a_folder_that_cannot_be_looked_into_is_refused_by_its_name(tmp_path, monkeypatch):
    folder = put(tmp_path / "in", a=PERSON + "1,A,B,\n")
    (folder / "returns" / "closed").mkdir(parents=True)
    check_entered([folder])
    looked_into = os.scandir

    def scandir(path):
        if str(path).endswith("closed"):
            raise PermissionError(13, "denied", str(path))
        return looked_into(path)

    monkeypatch.setattr(os, "scandir", scandir)
    with pytest.raises(InputRefused, match="in/returns/closed cannot be looked into"):
        check_entered([folder])


def test_an_uneven_order_of_rows_changes_nothing(tmp_path):
    one = read(put(tmp_path / "x", a=PERSON + "1,A,B,\n2,C,D,\n"))
    two = read(put(tmp_path / "y", a=PERSON + "2,C,D,\n1,A,B,\n"))
    query = "SELECT * EXCLUDE (_row, _file) FROM person ORDER BY ALL"
    assert one.rows(query) == two.rows(query)


@pytest.mark.skipif(os.name == "nt", reason="making links needs a privilege there")
def test_links_are_not_followed(tmp_path):
    elsewhere = put(tmp_path / "elsewhere", secret=PERSON + "9,X,Y,\n")
    folder = put(tmp_path / "in", a=PERSON + "1,A,B,\n")
    (folder / "link.csv").symlink_to(elsewhere / "secret.csv")
    (folder / "linked").symlink_to(elsewhere, target_is_directory=True)
    found = read(folder)
    assert found.column("SELECT pers_person_id FROM person") == ["1"]
    left = {file.label: file.note for file in found.files if not file.table}
    assert left == dict.fromkeys(["in/link.csv", "in/linked"], "a link, which is not followed")


def test_a_name_that_would_steer_a_terminal_is_shown_harmlessly(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a\x1b[31m\n.csv").write_text(PERSON + "1,A,B,\n")
    assert [file.label for file in read(folder).files] == ["in/a\\x1b[31m\\x0a.csv"]


def test_where_nothing_is_a_table_each_file_is_told_why(tmp_path):
    folder = put(tmp_path / "in", a="CHILD,Worker\n1,2\n", **{f"b{n}": "" for n in range(6)})
    with pytest.raises(InputRefused) as caught:
        read(folder)
    lines = caught.value.sentence.splitlines()
    assert lines[1].strip().startswith("in/a.csv: it is nearest to")
    assert lines[2].strip() == "in/b0.csv: it is empty."
    assert lines[-1].strip() == "And 2 more."


EPISODES = "CHILD,DECOM,RNE,LS,PLACE,DEC\nc1,2020-01-01,S,C2,U4,\n"


def refusal(folder) -> InputRefused:
    with pytest.raises(InputRefused) as caught:
        read(folder)
    return caught.value


def test_a_year_that_lacks_a_column_of_its_table_refuses_the_load(tmp_path):
    """Left out, it would be missing from every number, and the load would seem done."""
    lacking = EPISODES.replace("LS", "Legal position")
    refused = refusal(put(tmp_path / "in", a=EPISODES, b=lacking))
    assert refused.sentence == "in/b.csv: it is nearest to 'episodes' but lacks LS."
    assert "casescope map" in refused.remedy


def test_everything_that_is_to_be_mended_is_said_at_once(tmp_path):
    bad = {
        "a": EPISODES + "c2,2020\n", "c": EPISODES.replace("LS", "x"), "d": PERSON + "1,A\0,B,\n",
        "e": "pers_person_id,pers_dob,pers_dob\n1,,\n",
        "f": "CHILD,SEX,DOB,ETHNIC\n" + "c,1,12/25/2015,WBRI\n" * 3,
    }  # fmt: skip
    folder = put(tmp_path / "in", b=EPISODES, **bad)
    (folder / "z.xlsx").write_bytes(b"PK\x03\x04")
    refused = refusal(folder)
    head, *lines = refused.sentence.splitlines()
    assert head == "Nothing was loaded; 6 things are to be mended first."
    assert [line.split(",")[0].split(" is")[0].split(":")[0].strip() for line in lines] == [
        "in/a.csv", "in/c.csv", "in/d.csv", "in/e.csv", "in/f.csv", "in/z.xlsx",
    ]  # fmt: skip
    for line in lines:
        assert line.count(". ") >= 1, "each has its sentence and its remedy"
    assert "load again" in refused.remedy
    assert refused.exit_code == InputRefused.exit_code


def test_of_very_many_only_the_first_ten_are_listed(tmp_path):
    refused = refusal(put(tmp_path, **{f"a{n:02}": EPISODES + "c2\n" for n in range(14)}))
    assert len(refused.sentence.splitlines()) == 1 + 10 + 1
    assert refused.sentence.endswith("And 4 more.")


def test_one_refusal_stands_as_it_is(tmp_path):
    refused = refusal(put(tmp_path / "in", a=EPISODES, b=EPISODES + "c2\n"))
    assert refused.sentence == "in/b.csv, row 3: 1 value where the header has 6 columns."


def test_rows_set_aside_and_near_names_are_told_of_each_file(tmp_path):
    near = EPISODES.replace("DEC\n", "DEC_DATE\n") + "c2,soon,S,C2,U4,\n"
    (file,) = read(put(tmp_path, a=near)).files
    assert (file.rows, file.set_aside, file.maybe) == (2, 1, {"DEC_DATE": "DEC"})
    (fine,) = read(
        put(tmp_path / "b", a=EPISODES.replace("DEC\n", "DEC,Worker\n")[:-1] + ",\n")
    ).files
    assert (fine.set_aside, fine.maybe) == (0, {})


@pytest.mark.parametrize(
    ("header", "maybe"),
    [("clae_person_id,clae_cla_id,clae_cla_episode_start_date,clae_cla_episode_ceased",
      {"clae_cla_episode_ceased": "clae_cla_episode_ceased_date"}),
     ("addr_person_id,addr_address_postcode,ADDR_ADDRESS_END",
      {"ADDR_ADDRESS_END": "addr_address_end_date"}),
     ("addr_person_id,addr_address_postcode,addr_table_id,addr_worker", {})],
)  # fmt: skip
def test_columns_of_other_versions_of_the_ssd_are_said(tmp_path, header, maybe):
    """Without its end every episode is open, and every address current; nothing else says why."""
    row = ",".join(["1", "2", "2020-01-01", "2020-02-01"][: header.count(",") + 1])
    (file,) = read(put(tmp_path, a=f"{header}\n{row}\n")).files
    assert file.maybe == maybe


def test_hidden_files_are_left_alone(tmp_path):
    folder = put(tmp_path / "in", a=PERSON + "1,A,B,\n")
    (folder / ".a.csv").write_text(PERSON + "9,X,Y,\n")
    assert [file.label for file in read(folder).files] == ["in/a.csv"]


def test_what_excel_keeps_beside_an_open_workbook_is_left_alone(tmp_path):
    """It bears a workbook's ending, holds nulls, and is there while the analyst looks at it."""
    folder = put(tmp_path / "in", a=PERSON + "1,A,B,\n")
    (folder / "~$extract.xlsx").write_bytes(b"\x04user" + b" " * 50 + "user".encode("utf-16-le"))
    assert [file.label for file in read(folder).files] == ["in/a.csv"]


@pytest.mark.parametrize("name", ["notes.docx", "LICENSE", "photo.jpg", "a.md"])
@pytest.mark.parametrize("content", [b"PK\x03\x04", b"\xff\xd8\xff\xe0\0\x10", b"words, words\n"])
def test_other_kinds_of_file_are_named_and_left_out(tmp_path, name, content):
    folder = put(tmp_path / "in", b=PERSON + "1,A,B,\n")
    (folder / name).write_bytes(content)
    left = next(file for file in read(folder).files if file.label == f"in/{name}")
    assert (left.table, left.note) == (None, "not a table")


@pytest.mark.parametrize("name", ["a.xlsx", "a.xml", "a.zip", "a.parquet", "a.csv", "a.xls"])
def test_a_damaged_file_that_promises_a_table_refuses_the_load(tmp_path, name):
    """Left out in silence it would be missing from every number."""
    folder = put(tmp_path / "in", b=PERSON + "1,A,B,\n")
    (folder / name).write_bytes(b"PK\x03\x04")
    with pytest.raises(InputRefused, match=rf"^in/{name} is damaged or unfinished"):
        read(folder)


@pytest.mark.parametrize("name", ["a.xlsx", "a.xml", "a.zip", "a.parquet", "a.dat", "a"])
def test_a_table_as_text_is_read_whatever_its_name(tmp_path, name):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / name).write_text(PERSON + "1,A,B,\n")
    assert read(folder).column("SELECT pers_surname FROM person") == ["B"]


@pytest.mark.parametrize(
    ("content", "note"),
    [(b"%PDF-1.7 ", "a PDF"), (b"\x1f\x8b\x08", "gzip"), (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
     (b"<a><b/></a>", "neither an SSDA903 return nor a CIN census"), (b"", "empty")],
)  # fmt: skip
def test_what_is_no_table_is_left_out_with_what_it_is(tmp_path, content, note):
    folder = put(tmp_path / "in", b=PERSON + "1,A,B,\n")
    (folder / "a.xls").write_bytes(content)
    left = next(file for file in read(folder).files if file.label == "in/a.xls")
    assert left.table is None
    assert note in left.note


PAGE, SHEET_XML = b"<html><table>", b'<?xml version="1.0"?><Workbook xmlns="x"/>'


@pytest.mark.parametrize(
    ("content", "what"),
    [(PAGE, "a web page"), (b"<!DOCTYPE html><html>", "a web page"),
     (SHEET_XML, "a workbook written as XML")],
)  # fmt: skip
def test_what_report_servers_call_a_spreadsheet_refuses_the_load(tmp_path, content, what):
    """To whoever put it there it is a table; left out, it would be missing from the counts."""
    folder = put(tmp_path / "in", b=PERSON + "1,A,B,\n")
    (folder / "a.xls").write_bytes(content)
    with pytest.raises(InputRefused, match=rf"^in/a.xls is {what}"):
        read(folder)
    (folder / "a.xls").rename(folder / "a.html")
    left = next(file for file in read(folder).files if file.label == "in/a.html")
    assert left.note.startswith(what)


def test_tables_in_folders_below(tmp_path):
    put(tmp_path / "in" / "2020", a=PERSON + "1,A,B,\n")
    assert [file.label for file in read(tmp_path / "in").files] == ["in/2020/a.csv"]


def test_nothing_known_is_refused(tmp_path):
    with pytest.raises(InputRefused, match="None of the files"):
        read(put(tmp_path, a="x,y\n1,2\n"))


def test_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(InputRefused, match="There is no file"):
        read(tmp_path)


def test_no_such_folder(tmp_path):
    with pytest.raises(NotFound, match="There is no folder"):
        read(tmp_path / "nowhere")
