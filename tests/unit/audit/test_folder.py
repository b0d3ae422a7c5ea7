"""A folder of tables becomes figures; what is amiss is told by file and row, never by value."""

import re
from time import process_time

import pytest

from casescope.disclosure.audit import audit
from casescope.disclosure.audit.folder import read_folder, rules_of
from casescope.disclosure.pack import load
from casescope.kernel.errors import InputRefused, NotFound, UserError
from tests.unit.audit.published import ranges, told

NEEDS = "district,need,count\nSouth,CSE,c\nSouth,DV,55\nNorth,CSE,20\nNorth,DV,40\n"


def write(folder, **files):
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/')}.csv"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def audited(folder, known=None, pack=None):
    rules = load(pack) if pack else None
    read = read_folder(folder, known, rules)
    return audit(read.figures, rules=rules_of(rules), groups=read.groups, more=read.more)


def test_two_tables_of_a_folder_are_one_population(tmp_path):
    folder = write(tmp_path, needs=NEEDS, districts="district,count\nSouth,58\nNorth,60\n")
    done = audited(folder)
    assert told(done) == {"district South, need CSE": ("exact", 3, 3)}
    assert "row 2, district South of districts.csv" in done.failures[0].because


@pytest.mark.parametrize("total", ["", "Total", "ALL", "total"])
def test_an_empty_dimension_is_a_total(tmp_path, total):
    folder = write(tmp_path, needs=NEEDS + f"South,{total},58\n")
    assert told(audited(folder)) == {"district South, need CSE": ("exact", 3, 3)}


def test_subfolders_are_editions_and_all_of_them_are_known(tmp_path):
    folder = write(
        tmp_path, **{"2025__needs": NEEDS, "2026__districts": "district,count\nSouth,58"}
    )
    done = audited(folder)
    assert [figure.place.table for n in done.failures[0].by for figure in [done.figures[n]]] == [
        "2025/needs.csv", "2026/districts.csv",
    ]  # fmt: skip


def test_public_totals_are_known_and_no_table(tmp_path):
    (tmp_path / "tables").mkdir()
    folder = write(tmp_path / "tables", needs=NEEDS)
    known = write(tmp_path, dfe="district,need,count\nSouth,,58\nNorth,,c\n") / "dfe.csv"
    assert told(audited(folder, known)) == {"district South, need CSE": ("exact", 3, 3)}
    write(folder, known="district,count\nSouth,58\n")
    assert told(audited(folder)) == {"district South, need CSE": ("exact", 3, 3)}
    assert {figure.standing for figure in read_folder(folder).figures} == {
        "hidden", "shown", "known",
    }  # fmt: skip


def test_a_public_total_that_was_rounded_is_given_as_a_range(tmp_path):
    folder = write(tmp_path, needs=NEEDS, known="district,count\nSouth,57-59\n")
    ends = [(one.least.value, one.most.value) for one in audited(folder).ranges]
    assert ends == [(2, 4)]


def test_unions_and_categories_nobody_published_come_from_groups(tmp_path):
    folder = write(
        tmp_path,
        one="tier,count\nT1,55\n",
        two="tier,count\nT1 or T2,58\n",
        groups="dimension,group,member\ntier,T1 or T2,T1\ntier,T1 or T2,T2\ntier,,T3\n",
    )
    assert told(audited(folder)) == {"tier T1 or T2 without tier T1": ("implied", 3, 3)}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_files_as_offices_save_them(tmp_path, encoding, delimiter):
    text = NEEDS.replace("South", "Süd").replace(",", delimiter).replace("\n", "\r\n")
    folder = write(tmp_path, needs=text.encode(encoding))
    assert ranges(audited(folder)) == {"district Süd, need CSE": (0, None)}


def test_populations_are_never_added_up(tmp_path):
    folder = write(
        tmp_path,
        women="population,district,count\nwomen,South,3\nwomen,,58\n",
        children="population,district,count\nchildren,South,90\nchildren,,97\n",
    )
    assert {one.terms[0][1].universe for one in audited(folder).figures} == {"women", "children"}


def test_totals_that_add_up_what_is_shown_say_nothing_more_by_a_pack_that_makes_them_so(tmp_path):
    """By opensafely a total is the sum of the rounded parts that are shown, and no count."""
    folder = write(tmp_path, needs="need,count\nCSE,7 or fewer\nDV,55\nASB,20\n,75\n")
    assert audited(folder, pack="opensafely").passed
    assert ranges(audited(folder, pack="opensafely"))["need CSE"] == (0, 7)
    own = write(tmp_path, needs="need,count\nCSE,*\nDV,55\nASB,20\n,80\n")
    assert ranges(audited(own, pack="hes"))["need CSE"] == (1, 7)


def test_hashes_are_of_the_files(tmp_path):
    import hashlib

    folder = write(tmp_path, needs=NEEDS)
    assert read_folder(folder).sha256 == {"needs.csv": hashlib.sha256(NEEDS.encode()).hexdigest()}


REFUSED = {
    "no count column": ("needs", "district,need,n\nSouth,CSE,3\n", "needs.csv is not called count"),
    "no name": ("needs", "district,,count\nSouth,CSE,3\n", "Column 2 of needs.csv has no name"),
    "same name": ("needs", "need,Need,count\nSouth,CSE,3\n", "Two columns of needs.csv"),
    "ragged": ("needs", "need,count\nCSE,1,234\n", "needs.csv, row 2 has 3 columns"),
    "negative": ("needs", "need,count\nCSE,-3\n", "row 2 has a count below nothing"),
    "fraction": ("needs", "need,count\nDV,9\nCSE,2.5\n", "row 3 has a fraction of a person"),
    "unknown": ("needs", "need,count\nCSE,???\n", "row 2 has a mark that is not known"),
    "blank": ("needs", "need,count\nCSE,\n", "row 2 has nothing under count"),
    "twice": ("needs", "need,count\nCSE,3\nDV,4\nCSE,5\n", "rows 2 and 4 are one cell"),
    "empty": ("needs", "", "needs.csv is empty"),
    "spelling": ("needs", "need,count\nDV,4\n\ndv,5\n", "row 4 spells a category of need"),
    "bytes": ("needs", b"need,count\n\x81\x8d,5\n", "neither UTF-8 nor Windows-1252"),
    "circle": ("groups", "dimension,group,member\na,b,b\n", "a group of a that holds itself"),
    "header of groups": ("groups", "dimension,member\na,b\n", "The columns of groups.csv"),
    "known": ("known", "sex,count\nfemale,9\n", "known.csv, row 2 is of sex, which no table has"),
}  # fmt: skip


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_amiss_is_told_by_file_and_row(tmp_path, kind):
    name, text, says = REFUSED[kind]
    with pytest.raises(InputRefused) as refused:
        audited(write(tmp_path, **{"other": "need,count\nDV,400\n", name: text}))
    assert says in refused.value.sentence
    assert refused.value.remedy
    assert not re.search(r"2\.5|\?\?\?|-3|400", str(refused.value)), "a value is quoted"


def test_a_dimension_by_two_names_is_told(tmp_path):
    folder = write(tmp_path, needs=NEEDS, wards="area,count\nSouth,58\nNorth,60\n")
    with pytest.raises(InputRefused, match=r"needs.csv calls a dimension district and wards.csv"):
        read_folder(folder)


def test_flags_with_yes_and_no_are_not_one_dimension(tmp_path):
    folder = write(tmp_path, a="leaver,count\nyes,30\nno,50\n", b="parent,count\nyes,20\nno,60\n")
    assert audited(folder).passed


def test_tables_that_do_not_add_up_are_told_with_the_rows(tmp_path):
    folder = write(tmp_path, needs=NEEDS + "North,,59\n")
    with pytest.raises(UserError) as refused:
        audited(folder)
    for row in (4, 5, 6):
        assert f"needs.csv, row {row}" in refused.value.sentence
    assert "South" not in refused.value.sentence


def test_a_folder_without_tables_is_told(tmp_path):
    with pytest.raises(NotFound, match="no table"):
        read_folder(tmp_path)


def test_too_many_categories_together_are_refused_before_memory_is_filled(tmp_path):
    wide = ",".join(f"d{n}" for n in range(8))
    rows = "\n".join(f"{','.join(f'{n}v{k}' for n in range(8))},9" for k in range(9))
    with pytest.raises(InputRefused, match="too many categories"):
        audited(write(tmp_path, wide=f"{wide},count\n{rows}\n"))


def test_totals_that_add_up_what_is_shown_are_found_in_a_table_of_thousands(tmp_path):
    """Whoever looks for them row by row against every other row takes minutes."""
    sides = [("", *map(str, range(size))) for size in (14, 13, 12)]
    rows = [
        f"{a},{b},{c},{10 * (14 if not a else 1) * (13 if not b else 1) * (12 if not c else 1)}"
        for a in sides[0] for b in sides[1] for c in sides[2]
    ]  # fmt: skip
    folder = write(tmp_path, t="\n".join(["a,b,c,count", *rows, "x,x,x,²"]))
    with pytest.raises(InputRefused) as refused:
        read_folder(folder, None, load("opensafely"))
    assert "has a mark that is not known" in refused.value.sentence
    write(folder, t="\n".join(["a,b,c,count", *rows]))
    started = process_time()
    read = read_folder(folder, None, load("opensafely"))
    assert process_time() - started < 2
    assert len(read.figures) == 14 * 13 * 12  # every other row is a sum of these


def test_what_rounds_to_nothing_by_a_rule_for_the_country_is_more_than_one(tmp_path):
    folder = write(tmp_path, t="district,count\nSouth,k\nNorth,12\n")
    assert ranges(audited(folder, pack="dfe")) == {"district South": (1, 4)}
