"""Encodings, separators, line ends, quotes: what is read, what is refused and in which words."""

import codecs
from random import Random

import pytest

from casescope.identified.intake.sheets.separated import look
from casescope.identified.intake.sheets.source import FileSource
from casescope.kernel.errors import InputRefused
from tests.unit.intake.reading import PERSON, put, read

NAMES = "SELECT pers_surname FROM person ORDER BY pers_person_id"


def refusal(folder) -> InputRefused:
    with pytest.raises(InputRefused) as caught:
        read(folder)
    return caught.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_encoding_separator_and_line_end(tmp_path, encoding, separator, end):
    text = f"{PERSON}1,Zoë,O’Hare,2001-02-03\n2,Ana,Núñez,\n"
    text = text.replace(",", separator).replace("\n", end)
    found = read(put(tmp_path, a=text.encode(encoding)))
    assert found.column(NAMES) == ["O’Hare", "Núñez"]
    written = "cp1252" if encoding == "cp1252" else "utf-8-sig"
    assert found.rows("SELECT encoding, separator FROM source_file") == [(written, separator)]


def test_a_character_cut_by_the_end_of_a_block_is_still_utf8(tmp_path, monkeypatch):
    monkeypatch.setattr("casescope.identified.intake.sheets.separated._BLOCK", 256)
    rows = "".join(f"{number},Zoë,Núñez,2001-02-03\n" for number in range(1, 201))
    found = read(put(tmp_path, a=PERSON + rows))
    assert set(found.column(NAMES)) == {"Núñez"}
    assert len(found.column(NAMES)) == 200


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
@pytest.mark.parametrize("separator", [",", "\t"])
def test_utf16_with_its_mark_is_read(tmp_path, mark, separator):
    """Excel's 'Unicode Text' is UTF-16 with tabs."""
    which = "utf-16-le" if mark == codecs.BOM_UTF16_LE else "utf-16-be"
    text = f"{PERSON}1,Zoë,O’Hare,2001-02-03\r\n2,Ana,Núñez,\r\n".replace(",", separator)
    found = read(put(tmp_path, a=mark + text.encode(which)))
    assert found.column(NAMES) == ["O’Hare", "Núñez"]
    assert found.rows("SELECT encoding, separator FROM source_file") == [("utf-16", separator)]


def test_utf16_cut_in_the_midst_of_a_character(tmp_path):
    whole = codecs.BOM_UTF16_LE + (PERSON + "1,A,B,\n").encode("utf-16-le")
    refused = refusal(put(tmp_path / "in", a=whole[:-1]))
    assert refused.sentence == (
        "in/a.csv cannot be read as text: it ends in the midst of a character."
    )


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", "\t"])
def test_utf16_without_its_mark_is_read(tmp_path, encoding, separator):
    """SQL Server's bcp writes it so; the header's first letters show which way round."""
    text = f"{PERSON}1,Zoë,O’Hare,2001-02-03\n2,Ana,Núñez,\n".replace(",", separator)
    found = read(put(tmp_path, a=text.encode(encoding)))
    assert found.column(NAMES) == ["O’Hare", "Núñez"]
    assert found.rows("SELECT encoding, separator FROM source_file") == [(encoding, separator)]


def test_one_null_byte_does_not_make_it_utf16(tmp_path):
    refused = refusal(put(tmp_path / "in", a=b"p\0" + (PERSON + "1,A,B,\n").encode()))
    assert refused.sentence == "in/a.csv, row 1: there is a null byte."


def test_neither_utf8_nor_windows_1252(tmp_path):
    refused = refusal(put(tmp_path / "in", a=PERSON.encode() + b"1,\x81\x9d,B,\n"))
    assert "in/a.csv is neither" in refused.sentence


def test_a_null_byte_is_named_by_its_row(tmp_path):
    refused = refusal(put(tmp_path / "in", a=PERSON.encode() + b"1,Ana,B,\n2,Secret\0,B,\n"))
    assert refused.sentence == "in/a.csv, row 3: there is a null byte."


def test_one_column_twice(tmp_path):
    refused = refusal(put(tmp_path / "in", a="pers_person_id,pers_dob, PERS_DOB\n1,,\n"))
    assert refused.sentence == "in/a.csv: columns 2 and 3 have the same name."


@pytest.mark.parametrize("header", ["pers_person_id,Note,pers_surname,Note", "Note,Note,x,y"])
def test_one_name_twice_beside_the_point(tmp_path, header):
    """A column nobody uses, or a file that is no table: neither stops the load."""
    found = read(put(tmp_path, a=f"{header}\n1,x,B,y\n", b=PERSON + "2,A,D,\n"))
    wanted = ["B", "D"] if "surname" in header else ["D"]
    assert found.column(NAMES) == wanted


def test_a_file_without_a_header_shows_none_of_its_values(tmp_path):
    refused = refusal(put(tmp_path / "in", a="77,Plantedname,Plantedname,2001-02-03\n"))
    assert "planted" not in str(refused).lower()
    assert "77" not in str(refused)


def test_a_file_without_a_header_or_repeats_is_left_out_without_its_values(tmp_path):
    folder = put(tmp_path / "in", a="77,Plantedname,2001-02-03\n", b=PERSON + "1,A,B,\n")
    left = next(file for file in read(folder).files if file.label == "in/a.csv")
    assert left.table is None
    assert "planted" not in left.note.lower()


@pytest.mark.parametrize(
    ("row", "values"),
    [("2,Plantedname,B\n", 3), ("2,Plantedname,B,2001-02-03,more\n", 5), ("Plantedname\n", 1)],
)
def test_a_ragged_row_is_named_and_not_shown(tmp_path, row, values):
    refused = refusal(put(tmp_path / "in", a=PERSON + "1,Ana,B,\n" + row + "3,Eve,D,\n"))
    assert refused.sentence.startswith(f"in/a.csv, row 3: {values} value")
    assert "4 columns" in refused.sentence
    assert "Plantedname" not in str(refused)


def test_a_ragged_row_after_blank_lines_and_a_quoted_line_break(tmp_path):
    text = PERSON + '\n1,"A\nB",C,\n\n2,Ana,B,C,D\n'
    refused = refusal(put(tmp_path / "in", a=text))
    assert refused.sentence.startswith("in/a.csv, row 5: 5 values")


def test_a_quotation_mark_never_closed(tmp_path):
    refused = refusal(put(tmp_path / "in", a=PERSON + '1,"Plantedname,B,\n2,Eve,D,\n'))
    assert refused.sentence.startswith("in/a.csv, row 2: ")
    assert "quotation mark" in refused.remedy
    assert "Plantedname" not in str(refused)


def test_a_quotation_mark_that_swallows_the_rest_of_a_large_file(tmp_path, monkeypatch):
    monkeypatch.setattr("casescope.identified.intake.sheets.separated._BLOCK", 512)
    rows = "".join(f"{number},Plantedname,B,\n" for number in range(200))
    refused = refusal(put(tmp_path / "in", a=PERSON + '0,"Ana,B,\n' + rows))
    assert refused.sentence.startswith("in/a.csv cannot be read as a table")
    assert "quotation mark" in refused.remedy
    assert "Plantedname" not in str(refused)


STRAY = '"Plantedname'


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", ["", "8,Ida,F,"])
def test_two_stray_quotation_marks_swallow_no_rows(tmp_path, end, last):
    """The first begins a value that the second ends: with the rows between, one row that fits."""
    text = f"{PERSON}1,Ana,B,\n2,{STRAY},C,\n3,Eve,D,\n4,Joy,E,\n5,{STRAY},F,\n6,May,G,\n{last}"
    refused = refusal(put(tmp_path / "in", a=text.replace("\n", end)))
    assert refused.sentence == (
        "in/a.csv, row 3: a quotation mark begins a value that goes on into the rows after it."
    )


def test_marks_anywhere_lose_no_row(tmp_path):
    """Some hundred small files with two to four stray marks: every row is there, or a refusal."""
    chance, whole = Random(5), 0
    for _ in range(400):
        width, number = chance.choice((2, 3, 4, 8)), chance.randint(3, 9)
        rows = [[str(n), *("ab c"[n % 3 :] for _ in range(width - 1))] for n in range(number)]
        for _ in range(chance.choice((2, 2, 3, 4))):
            row, column = chance.choice(rows), chance.randrange(1, width)
            value = row[column]
            row[column] = chance.choice((f'"{value}', f'{value}"', f'a"{value}', f'"{value}"'))
        text = "\n".join(",".join(row) for row in [[f"h{n}" for n in range(width)], *rows])
        (tmp_path / "a.csv").write_text(text + "\n")
        sheet = look(FileSource(tmp_path / "a.csv", "a.csv"))
        try:
            found = sum(batch.num_rows for batch in sheet.batches(frozenset({"H0", "H1"})))
        except InputRefused:
            continue
        assert found == number, text
        whole += 1
    assert whole > 100


@pytest.mark.parametrize("between", ["", "3,Eve,D,\n", "3,Eve,D,\n4,Joy,E,\n"])
def test_a_stray_mark_at_a_beginning_and_one_at_an_end(tmp_path, between):
    """Together they are a quoted value by the letter, and its lines are rows."""
    text = f'{PERSON}1,Ana,B,\n2,"Plantedname,C,\n{between}5,May",F,\n'
    refused = refusal(put(tmp_path / "in", a=text))
    assert refused.sentence.startswith("in/a.csv, row 3: a quotation mark begins a value that goes")


def test_notes_of_several_lines_with_commas_are_text(tmp_path):
    header = "proc_id,proc_child_person_id,proc_application_date,note\n"
    note = "Adjourned, father, aunt present\nthen adjourned, twice, again\n, , ,"
    found = read(put(tmp_path, a=f'{header}1,c1,2020-01-01,"{note}"\n2,c2,2020-01-01,\n'))
    assert found.column("SELECT proc_id FROM proceedings ORDER BY 1") == ["1", "2"]


def test_stray_quotation_marks_in_a_column_that_nobody_uses(tmp_path):
    text = f"pers_person_id,note\n1,x\n2,{STRAY}\n3,y\n4,{STRAY}\n5,z\n"
    assert refusal(put(tmp_path / "in", a=text)).sentence.startswith("in/a.csv, row 3: a quotation")


def test_stray_quotation_marks_after_blank_lines_in_utf16(tmp_path):
    text = f"{PERSON}\n\n1,A,B,\n2,{STRAY},C,\n\n3,{STRAY},D,\n"
    content = codecs.BOM_UTF16_LE + text.encode("utf-16-le")
    assert refusal(put(tmp_path / "in", a=content)).sentence.startswith("in/a.csv, row 5: ")


def test_a_quoted_nickname_beside_a_value_over_two_lines(tmp_path):
    """A mark that ends amid text on its own line swallows nothing."""
    text = PERSON + '1,"Bob" Lee,B,\n2,"Ana\nMaria","C, D",\n3,Eve "E" D,D,\n'
    found = read(put(tmp_path, a=text))
    assert found.column(NAMES) == ["B", "C, D", "D"]
    assert found.column("SELECT pers_forename FROM person ORDER BY pers_person_id") == [
        "Bob Lee", "Ana\nMaria", 'Eve "E" D',
    ]  # fmt: skip


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_name_broken_over_lines_is_one_name(tmp_path, end):
    """As Excel saves a header in which somebody pressed Alt+Enter."""
    header = 'pers_person_id,"Date of\nreview","pers_\nnote",pers_dob\n'
    text = f"{header}1,x,y,not a day\n\n2,x,y,2001-02-03\n".replace("\n", end)
    found = read(put(tmp_path, a=text))
    assert found.rows("SELECT pers_person_id, _row FROM person ORDER BY 1") == [("1", 2), ("2", 4)]
    assert found.problems() == [("person", 2, "pers_dob", "unreadable date")]
    assert found.files[0].note == "columns not used: Date of review, pers_ note"
    refused = refusal(put(tmp_path / "in", a=f"{text}3,x{end}"))
    assert refused.sentence.startswith("in/a.csv, row 5: 2 values")


def test_a_quotation_mark_in_the_header_never_closed(tmp_path):
    """It would take rows for names, and names are shown."""
    rows = "".join(f"{n},Plantedname,B\n" for n in range(40))
    folder = put(
        tmp_path / "in", a=f'pers_person_id,"pers_surname,x\n{rows}', b=PERSON + "1,A,B,\n"
    )
    left = next(file for file in read(folder).files if file.label == "in/a.csv")
    assert left.table is None
    assert "Planted" not in left.note


def test_empty_rows_of_a_spreadsheet_are_blank(tmp_path):
    found = read(put(tmp_path, a=PERSON + "1,Ana,B,\n,,,\n2,Eve,D,\n,,,\n,,,\n"))
    assert found.column("SELECT _row FROM person ORDER BY 1") == [2, 4]
    assert (found.files[0].rows, found.problems()) == (2, [])


def test_quoted_line_breaks_separators_and_quotes_are_text(tmp_path):
    text = PERSON + '1,"Ana\nMaria","O""Hare, née Núñez",\r\n2,Eve,Dee,\n'
    found = read(put(tmp_path, a=text))
    assert found.rows("SELECT pers_forename, pers_surname, _row FROM person ORDER BY 3") == [
        ("Ana\nMaria", 'O"Hare, née Núñez', 2),
        ("Eve", "Dee", 3),
    ]


def test_a_blank_line_is_no_row_but_is_counted_as_one(tmp_path):
    text = PERSON + "1,Ana,B,\n\n2,Eve,D,\n   \n\n3,Ida,F,not a day\n"
    found = read(put(tmp_path, a=text))
    assert found.column("SELECT _row FROM person ORDER BY 1") == [2, 4, 7]
    assert found.problems() == [("person", 7, "pers_dob", "unreadable date")]


def test_blank_lines_over_many_blocks(tmp_path, monkeypatch):
    monkeypatch.setattr("casescope.identified.intake.sheets.separated._BLOCK", 512)
    text = PERSON + "".join(f"{number},Ana,B,\n\n" for number in range(1, 301))
    found = read(put(tmp_path, a=text))
    assert found.column("SELECT _row FROM person ORDER BY 1") == [2 + 2 * n for n in range(300)]


def test_an_empty_file_is_left_out_with_a_word_about_it(tmp_path):
    found = read(put(tmp_path / "in", a="", b=PERSON + "1,A,B,\n"))
    left = next(file for file in found.files if file.label == "in/a.csv")
    assert (left.table, left.rows) == (None, 0)
    assert left.note


@pytest.mark.parametrize("header", [PERSON, PERSON.rstrip("\n"), PERSON + "\n\n"])
def test_a_header_alone_is_a_table_without_rows(tmp_path, header):
    found = read(put(tmp_path, a=header, b="CHILD,SEX,DOB,ETHNIC\n1,1,2020-01-01,WBRI\n"))
    assert [(file.table, file.rows) for file in found.files] == [("person", 0), ("header", 1)]


def test_a_last_line_without_an_end_is_a_row(tmp_path):
    assert read(put(tmp_path, a=PERSON + "1,A,B,")).column(NAMES) == ["B"]


def test_the_columns_may_come_in_any_order(tmp_path):
    found = read(put(tmp_path, a="note,pers_dob,pers_person_id\nx,2001-02-03,7\n"))
    assert found.rows("SELECT pers_person_id, year(pers_dob) FROM person") == [("7", 2001)]
    assert found.files[0].note == "columns not used: note"


def test_a_value_of_ten_megabytes_is_a_value(tmp_path):
    found = read(put(tmp_path, a=PERSON + f"1,{'x' * 10_000_000},B,\n2,C,D,\n"))
    assert found.column("SELECT length(pers_forename) FROM person ORDER BY 1") == [1, 10_000_000]


def test_a_header_of_a_megabyte_is_no_header(tmp_path):
    folder = put(tmp_path / "in", a=f"{'Plantedname' * 100_000}\n1\n", b=PERSON + "1,A,B,\n")
    left = next(file for file in read(folder).files if file.label == "in/a.csv")
    assert left.table is None
    assert "Planted" not in left.note


def test_a_header_whose_line_end_is_lost_shows_no_value(tmp_path):
    folder = put(tmp_path / "in", a=PERSON.strip() + ",77,Plantedname,B\n", b=PERSON + "1,A,B,\n")
    left = next(file for file in read(folder).files if file.label == "in/a.csv")
    assert left.rows == 0
    assert left.note == "columns not used: 3 unnamed"


def test_the_end_of_a_file_of_many_batches(tmp_path, monkeypatch):
    """Rows wait to be put in together; the last of them too, and of every file."""
    monkeypatch.setattr("casescope.identified.intake.incoming._ROWS_AT_ONCE", 50)
    monkeypatch.setattr("casescope.identified.intake.incoming._FEW_ROWS", 20)
    monkeypatch.setattr("casescope.identified.intake.sheets.separated._BLOCK", 512)
    rows = "".join(
        f"{number:04},Ana,B{number % 7},2001-02-{1 + number % 31}\n" for number in range(333)
    )
    found = read(put(tmp_path, a=PERSON + rows, b=PERSON + "9999,Eve,D,\n"))
    assert found.column("SELECT count(*) FROM person") == [334]
    wrong = [2 + n for n in range(333) if 1 + n % 31 > 28]
    assert found.column("SELECT row FROM problem ORDER BY row") == wrong
    assert found.rows("SELECT pers_surname, _row FROM person WHERE pers_person_id = '0332'") == [
        ("B3", 334)
    ]


TITLES = "Looked after children\nRun on,01/11/2026\n\n"


@pytest.mark.parametrize(
    ("above", "row"), [(TITLES, 5), ("sep=,\n", 3), ("Textbox1,Textbox2\n", 3), ("\n", 3)]
)
def test_a_header_below_a_title(tmp_path, above, row):
    """Report servers write a title above the table, and Excel may write which the separator is."""
    found = read(put(tmp_path, a=above + PERSON + "1,Ana,B,\n\n2,Eve,D,not a day\n"))
    assert found.rows("SELECT pers_person_id, _row FROM person ORDER BY 1") == [
        ("1", row), ("2", row + 2),
    ]  # fmt: skip
    assert found.problems() == [("person", row + 2, "pers_dob", "unreadable date")]


def test_a_ragged_row_below_a_title_is_named_as_a_person_counts(tmp_path):
    refused = refusal(put(tmp_path / "in", a=TITLES + PERSON + "1,Ana,B,\n2,Eve\n"))
    assert refused.sentence.startswith("in/a.csv, row 6: 2 values")


def test_a_title_decides_nothing_about_a_header_that_nobody_knows(tmp_path):
    """The columns told are those of the table, so that a mapping can be proposed."""
    text = TITLES + "Client,Fore name,Sur name,Born\n1,Ana,B,\n"
    sheet = look(FileSource(put(tmp_path, a=text) / "a.csv", "a.csv"))
    assert sheet.header == ("Client", "Fore name", "Sur name", "Born")


def test_a_quotation_mark_never_closed_in_the_header_takes_no_row_with_it(tmp_path):
    folder = put(tmp_path / "in", a='pers_person_id,"pers_dob\n1,Plantedname\n2,Eve\n')
    for file in read(put(folder, b=PERSON)).files:
        assert "Planted" not in file.note


def test_the_header_again_in_the_midst_is_no_row(tmp_path):
    """So it stands where several exports were joined into one file."""
    found = read(put(tmp_path, a=PERSON + "1,Ana,B,\n" + PERSON + "2,Eve,D,not a day\n"))
    assert found.column("SELECT pers_person_id FROM person ORDER BY 1") == ["1", "2"]
    assert (found.files[0].rows, found.problems()) == (
        2, [("person", 4, "pers_dob", "unreadable date")],
    )  # fmt: skip


def test_a_row_that_only_begins_like_the_header_is_a_row(tmp_path):
    found = read(put(tmp_path, a=PERSON + "pers_person_id,Ana,B,\n"))
    assert found.column(NAMES) == ["B"]


def test_a_vertical_bar_separates_too(tmp_path):
    found = read(put(tmp_path, a=(PERSON + "1,Ana,B,\n").replace(",", "|")))
    assert found.column(NAMES) == ["B"]


def test_a_note_below_the_table_is_told_as_what_it_may_be(tmp_path):
    refused = refusal(put(tmp_path / "in", a=PERSON + "1,Ana,B,\n\n(1 row affected)\n"))
    assert refused.sentence.startswith("in/a.csv, row 4: 1 value ")
    assert refused.remedy.startswith("Delete the row if it is a note or a total")
