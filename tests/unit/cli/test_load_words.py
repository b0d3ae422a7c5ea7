"""What `load` prints: nothing that was lost is left unsaid."""

from casescope.cli.load_words import loaded


def file(label, rows=10, **more):
    return {"label": label, "table": "person", "rows": rows, "note": "", "set_aside": 0,
            "maybe": {}} | more  # fmt: skip


def test_a_load_without_fault_takes_one_line():
    assert list(loaded([file("a.csv"), file("b.csv", 1)], "file")) == [
        "Loaded 11 rows from 2 files."
    ]


def test_the_sheets_of_a_workbook_are_one_file():
    told = list(loaded([file("a.xlsx [x]"), file("a.xlsx [y]")], "file"))
    assert told == ["Loaded 20 rows from 1 file."]


def test_files_with_brackets_in_their_names_are_each_one():
    files = [file(f"return [{year}].{kind}") for year in (2019, 2020)
             for kind in ("csv", "xlsx [x]", "xlsx [y]")]  # fmt: skip
    assert next(loaded(files, "file")) == "Loaded 60 rows from 4 files."


def test_rows_set_aside_are_told_worst_first_and_the_rest_counted():
    files = [file(f"{n}.csv", 100, set_aside=n) for n in range(15)]
    _head, total, *lines, more = loaded(files, "file")
    assert "105 rows can't be used" in total
    assert lines[0].strip() == "14.csv: 14 of 100 rows"
    assert (len(lines), more.strip()) == (12, "and 2 more files")


def test_columns_that_may_be_ours_and_files_not_read():
    told = list(loaded([file("a.csv", maybe={"DEC_DATE": "DEC"}),
                        file("b.pdf", 0, table=None, note="a PDF")], "file"))  # fmt: skip
    assert told[1:] == [
        "  not used: a.csv: the column DEC_DATE, which may be DEC",
        "  For columns not used, casescope map FOLDER proposes a mapping.",
        "  not read: b.pdf: a PDF",
    ]
