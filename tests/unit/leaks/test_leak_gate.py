"""The leak gate: every kind of identifier is found wherever it is planted, and nothing else is."""

import io
import json
from collections.abc import Callable

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from casescope.identified.pseudonymise.leak_gate import (
    Identifiers,
    Kind,
    check_no_leak,
    identifiers,
    leaks_in,
)
from casescope.kernel.errors import LeakFound
from tests.unit.leaks.council import (
    APPROVED,
    EXTRACT,
    MANIFEST,
    clean,
    parquet,
    tables,
    vault,
    write_extract,
)


@pytest.fixture(scope="module")
def connection(tmp_path_factory):
    with vault(write_extract(tmp_path_factory.mktemp("council"))) as given:
        yield given


@pytest.fixture(scope="module")
def known(connection) -> Identifiers:
    return identifiers(connection)


@pytest.fixture(scope="module")
def random_ids(connection) -> list[str]:
    return [one for row in connection.sql(
        "SELECT subject_id, token FROM identities.identity").fetchall() for one in row]  # fmt: skip


PLANTED = {
    # what: as the vault has it, then as it may be written elsewhere
    "person id": "0704411",
    "person id without its zero": "704411",
    "person id of a spreadsheet": "704411.0",
    "person id with more zeros": "000704411",
    "person id with spaces": "70 44 11",
    "person id in a word": "person704411",
    "person id in a name of a file": "mothers_704411_v2",
    "person id in an address": "https://casesystem/people/704411/edit",
    "GUID of a case system": "3F2504E0-4F89-11D3-9A0C-0305E82C3301",
    "GUID, lower case, in braces": "{3f2504e0-4f89-11d3-9a0c-0305e82c3301}",
    "GUID in one": "3f2504e04f8911d39a0c0305e82c3301",
    "legacy id": "LEG-00871",
    "legacy id, lower case and no hyphen": "leg00871",
    "903 child id": "CH-903-77",
    "903 child id, as one writes it": "ch 903/77",
    "id of a period of care": "CLA88231",
    "id of proceedings": "proc20260001",
    "id of a relationship": "M 55001",
    "URN of a home": "sc040123",
    "court case": "ZZ 24 C 00123",
    "NHS number": "943 476 5919",
    "NHS number in one": "9434765919",
    "NHS number with hyphens": "943-476-5919",
    "UPN": "H801200001001",
    "UPN, lower case and spaces": "h801 2000 01001",
    "national insurance number": "qq123456c",
    "telephone": "07700900123",
    "telephone with the country": "+44 7700 900123",
    "telephone with the country, in one": "+447700900123",
    "e-mail": "Sian.OB@example.org",
    "forename": "Siân",
    "forename without accent, lower case": "sian",
    "forename in a sentence": "and Sian said so",
    "surname": "O’Brien-Hughes",
    "surname, typed": "o'brien hughes",
    "surname in capitals": "OBRIEN HUGHES",
    "half of a surname": "Hughes",
    "short surname": "Ng",
    "former surname": "De Courcy",
    "former surname in one": "decourcy",
    "married name": "LLEWELLYN",
    "forename of an alias": "shan",
    "name and surname": "White, May",
    "name and surname in one word": "MayWhite",
    "name in the middle of a word": "forTobiasOnly",
    "name between underscores": "tobias_record",
    "birth date": "1991-07-23",
    "birth date, British": "23/07/1991",
    "birth date with dots and two digits": "23.7.91",
    "birth date, American": "07/23/1991",
    "birth date in words": "23rd July 1991",
    "birth date, month first": "Jul 23, 1991",
    "birth date in one number": "19910723",
    "birth date with a time": "1991-07-23T00:00:00",
    "day of a leap year": "29 Feb 1988",
    "date expected": "19/01/2027",
    "day a child came into care": "21-08-2020",
    "day of an application": "2020/09/14",
    "postcode": "LA9 4QX",
    "postcode in one, lower case": "la94qx",
    "postcode of a placement": "PR3-2BB",
    "line of an address": "12 Primrose Gardens",
    "line of an address in capitals": "12, PRIMROSE GARDENS",
    "words of a record": "Lives with gran at number nine",
    "words about a placement": "placed: her aunt Delyth, in Bangor",
}  # fmt: skip


def columns_with(value: str) -> dict[str, bytes]:
    """Plant a value in a column that the shared dataset does not have."""
    women = tables()["shared_woman"]
    extra = pa.array([value, *["x"] * (len(women) - 1)])
    return {"shared_woman.parquet": parquet(women.append_column("extra", extra))}


def in_the_place_of(column: str) -> Callable[[str], dict[str, bytes]]:
    def plant(value: str) -> dict[str, bytes]:
        women = tables()["shared_woman"]
        cells = [value, *women.column(column).to_pylist()[1:]]
        at = women.schema.get_field_index(column)
        women = women.set_column(at, column, pa.array(cells, pa.string()))
        return {"shared_woman.parquet": parquet(women)}

    return plant


def as_a_column(value: str) -> dict[str, bytes]:
    women = tables()["shared_woman"]
    women = women.append_column(value, pa.array(["x"] * len(women)))
    return {"shared_woman.parquet": parquet(women)}


def as_a_table(value: str) -> dict[str, bytes]:
    return {f"{value.replace('/', '-')}.parquet": parquet(tables()["shared_issue"])}


def in_metadata(value: str) -> dict[str, bytes]:
    issues = tables()["shared_issue"].replace_schema_metadata({"made by": f"a job of {value} x"})
    return {"shared_issue.parquet": parquet(issues)}


def as_metadata(value: str) -> dict[str, bytes]:
    issues = tables()["shared_issue"].replace_schema_metadata({value: "1"})
    return {"shared_issue.parquet": parquet(issues)}


def in_metadata_of_a_column(value: str) -> dict[str, bytes]:
    issues = tables()["shared_issue"]
    field = issues.schema.field("state").with_metadata({"note": value})
    schema = issues.schema.set(issues.schema.get_field_index("state"), field)
    return {"shared_issue.parquet": parquet(issues.cast(schema))}


def in_a_fact(value: str) -> dict[str, bytes]:
    about = tables()["shared_about"].to_pylist()
    about[0]["value"] = value
    return {"shared_about.parquet": parquet(pa.Table.from_pylist(about))}


def in_a_text_file(value: str) -> dict[str, bytes]:
    return {"readme.txt": f"Made for the partner.\n{value}\n".encode()}


IN_FILES = {
    "a cell of another column": columns_with,
    "a cell of the areas": in_the_place_of("area"),
    "a cell of a closed column": in_the_place_of("ethnicity"),
    "a token": in_the_place_of("woman"),
    "a fact": in_a_fact,
    "the name of a column": as_a_column,
    "the name of a file": as_a_table,
    "metadata": in_metadata,
    "the name of metadata": as_metadata,
    "metadata of a column": in_metadata_of_a_column,
    "a text file": in_a_text_file,
}
IN_A_MANIFEST = {
    "a line": lambda value: {**MANIFEST, "kind": f"shared dataset {value}"},
    "the name of a line": lambda value: {**MANIFEST, value: 1},
    "a list": lambda value: {**MANIFEST, "canaries": ["ab" * 32, value]},
    "a number": lambda value: {**MANIFEST, "reply": float(value) if is_number(value) else value},
}


def is_number(value: str) -> bool:
    return value.replace(".", "", 1).isdigit()


def missed(known, plant) -> list[str]:
    """Return what is not found for what it is; that a column may not hold it is not enough."""
    return [
        what for what, value in PLANTED.items()
        if not kinds(leaks_in(known, *plant(value), approved=APPROVED))
    ]  # fmt: skip


def kinds(leaks) -> set[str]:
    return {leak.kind for leak in leaks} - {Kind.OUTSIDE.value}


@pytest.mark.parametrize("place", IN_FILES)
def test_every_kind_is_found_in_files(known, place):
    assert not kinds(leaks_in(known, IN_FILES[place]("zzyzx"), {})), "what is nobody's"
    assert not missed(known, lambda value: (IN_FILES[place](value), {}))


@pytest.mark.parametrize("place", IN_A_MANIFEST)
def test_every_kind_is_found_in_a_manifest(known, place):
    assert not kinds(leaks_in(known, {}, manifest(IN_A_MANIFEST[place]("zzyzx")), **SAID))
    assert not missed(known, lambda value: ({}, manifest(IN_A_MANIFEST[place](value))))


SAID = {"approved": APPROVED}


def manifest(document: dict) -> dict[str, str]:
    return {"manifest": json.dumps(document, ensure_ascii=False)}


def test_what_tells_of_nobody_passes(known):
    check_no_leak(known, clean(), manifest(MANIFEST), approved=APPROVED)
    with_statistics = {f"{name}.parquet": parquet(table, statistics=True)
                       for name, table in tables().items()}  # fmt: skip
    check_no_leak(known, with_statistics, {})


def test_every_random_id_of_the_council_is_found(known, random_ids):
    for value in random_ids:
        for place in ("a token", "a cell of another column", "metadata", "the name of a file"):
            for written in (value, value.upper()[:16] + value[16:]):
                found = kinds(leaks_in(known, IN_FILES[place](written), {}))
                assert found == {Kind.RANDOM.value}, place
        assert kinds(leaks_in(known, {}, manifest({"canaries": [value]}))) == {Kind.RANDOM.value}


def test_a_registration_number_is_found_in_a_column_of_numbers(known):
    women = tables()["shared_woman"]
    numbers = pa.array(range(1, len(women) + 1), pa.int32())
    files = {"shared_woman.parquet": parquet(women.append_column("place", numbers))}
    assert Kind.NUMBER.value in kinds(leaks_in(known, files, {}))


def test_a_short_id_is_found_where_it_is_all_that_is_said(known):
    for written in ("12", "12.0", "0012", " 12 "):
        assert Kind.ID.value in kinds(leaks_in(known, columns_with(written), {}))
    assert not kinds(leaks_in(known, columns_with("page 12"), {}))


@pytest.mark.parametrize("name", ["White", "Mixed", "None", "Asian", "May"])
def test_a_mother_may_be_called_like_a_word_of_the_dataset(known, name):
    """And still her name is found where it is no word of its column."""
    check_no_leak(known, clean(), {})
    assert Kind.NAME.value in kinds(leaks_in(known, columns_with(name), {}))


def test_an_area_may_be_called_like_a_woman_but_not_be_where_she_lives(tmp_path):
    lookup = "place_postcode|place_in_authority|place_area\nLA9|1|LA9 4QX\nPR3|1|White Moss"
    with vault(write_extract(tmp_path, {**EXTRACT, "place": lookup})) as connection:
        given = identifiers(connection)
    plant = in_the_place_of("area")
    assert not kinds(leaks_in(given, plant("White Moss"), {}))
    assert kinds(leaks_in(given, plant("LA9 4QX"), {})) == {Kind.POSTCODE.value}


def test_a_day_and_a_name_are_no_leak_in_what_somebody_approved(known):
    lines = {"purpose": "For May White.", "lawful_basis": "None, since 23 July 1991"}
    text = manifest(lines)
    assert kinds(leaks_in(known, {}, text)) >= {Kind.NAME.value, Kind.DAY.value}
    assert kinds(leaks_in(known, {}, text, approved=lines.values())) == {Kind.FULL_NAME.value}


def test_a_line_given_twice_is_searched_twice(known):
    assert kinds(leaks_in(known, {}, {"manifest": '{"kind": "Llewellyn", "kind": "package"}'}))


def test_what_cannot_be_searched_is_not_sealed(known):
    nested = pa.table({"woman": [["a"]]})
    for name, content in {"a.bin": b"\xff\x00\xfe", "a.parquet": parquet(nested),
                          "b.parquet": b"PAR1 and no more PAR1"}.items():  # fmt: skip
        with pytest.raises(LeakFound, match="cannot be searched"):
            check_no_leak(known, {name: content}, {})


@pytest.mark.parametrize("secret", ["943 476 5919", "O’Brien-Hughes, Shan", "LA9 4QX"])
def test_bytes_that_are_in_no_column_are_searched(known, secret):
    good = clean()["shared_issue.parquet"]
    footer = len(good) - 8 - int.from_bytes(good[-8:-4], "little")
    hidden = good[:footer] + b"\0" + secret.encode() + b"\0" + good[footer:]
    assert pq.read_table(io.BytesIO(hidden)).equals(tables()["shared_issue"]), "still a good file"
    assert kinds(leaks_in(known, {"shared_issue.parquet": hidden}, {}))


def test_a_refusal_names_place_and_kind_but_never_a_value(known):
    value = "Llewellyn"
    for files, texts, where in (
        (columns_with(value), {}, "shared_woman.parquet, column 15 holds a name"),
        (as_a_column(value), {}, "shared_woman.parquet, name of a column holds a name"),
        (as_a_table(value), {}, "the name of file 1 holds a name"),
        ({f"{value}.txt": b"May White"}, {}, "file 1, a line holds a name"),
        ({}, manifest({value: 1}), "manifest, a name of a line holds a name"),
        ({}, manifest({"purpose": value}), "manifest, line purpose holds a name"),
    ):
        with pytest.raises(LeakFound) as refusal:
            check_no_leak(known, files, texts)
        assert where in str(refusal.value)
        assert value.lower() not in str(refusal.value).lower()
        assert refusal.value.exit_code == 64
