"""No name, id, postcode, UPN or NHS number of the extract is anywhere but where it belongs."""

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import pytest

from casescope.identified.pipeline import STEPS
from tests.functional.place import ME, TODAY, Place
from tests.unit.report.pdf_tags import Pdf

SECRET = {
    "ssd_person.csv": ("pers_person_id", "pers_forename", "pers_surname", "pers_upn",
                       "pers_single_unique_id", "pers_legacy_id"),
    "person_alias.csv": ("alias_forename", "alias_surname"),
    "ssd_address.csv": ("addr_address_postcode",),
    "ssd_linked_identifiers.csv": ("link_identifier_value",),
    "proceedings.csv": ("proc_id",),
}  # fmt: skip
LONG_ENOUGH = 5
"""Shorter values are also words or numbers of the report."""

ALSO_WORDS = {"Mason", "Wilson"}
"""Surnames that a report may say of somebody else: authors of published figures and intervals."""

MOTHERS = 60


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """The demo at --debug, then every command that shows something, at --debug."""
    place = Place(tmp_path_factory.mktemp("shown"))
    demo = place.root / "demo"
    study = demo / "study"
    commands = [
        ("demo", "--home", demo, "--mothers", MOTHERS),
        ("run", study),
        ("quality", study),
        ("findings", study),
        ("findings", study, "--exact", "--json"),
        ("study", "show", study, "--json"),
        ("ledger", "show", study, "--json"),
        ("ledger", "verify"),
    ]
    said = []
    for command in commands:
        done = place.process("--debug", *command)
        assert done.returncode == 0, (command, done.stderr)
        said.append((" ".join(map(str, command[:2])), done.stdout + done.stderr))
    return place, demo, said


def secrets(county: Path) -> set[str]:
    found = set()
    for name, columns in SECRET.items():
        with (county / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                found |= {row.get(column) or "" for column in columns}
    for path in county.glob("ssda903_*_header.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                found |= {row["CHILD"], row.get("UPN") or ""}
    return {value for value in found if len(value) >= LONG_ENOUGH} - ALSO_WORDS


def leaked(text: str, values: set[str]) -> set[str]:
    """Return the values that stand in the text as words of their own."""
    words = set(re.findall(r"[\w’'-]+", text))
    spaced = {value for value in values if not re.fullmatch(r"[\w’'-]+", value)}
    return (values & words) | {value for value in spaced if value in text}


def words_in(path: Path) -> str:
    """Return what a file says: of a PDF or a zip of XML its words, else all of it as text."""
    content = path.read_bytes()
    if path.suffix == ".pdf":
        return Pdf(content).tree.words
    if path.suffix in (".docx", ".xlsx"):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            texts = (parts.read(name) for name in parts.namelist() if name.endswith(".xml"))
            return " ".join(re.sub(r"<[^>]*>", " ", text.decode()) for text in texts)
    return content.decode("utf-8", errors="replace")


def test_there_is_something_to_leak(shown):
    _, demo, _ = shown
    values = secrets(demo / "county")
    assert len(values) > 300
    cohort = Place(demo.parent).process(
        "cohort", demo / "study", "--all", "--reason", "r", "--json"
    )
    assert leaked(cohort.stdout, values), "the search finds what is there"


def test_no_screen_and_no_log_names_anybody(shown):
    _, demo, said = shown
    values = secrets(demo / "county")
    for command, text in said:
        assert not leaked(text, values), command


def test_no_file_outside_the_extract_names_anybody(shown):
    place, demo, _ = shown
    values = secrets(demo / "county")
    for path in place.root.rglob("*"):
        if path.is_dir() or path.is_relative_to(demo / "county"):
            continue
        assert not leaked(path.name, values), path
        if path.suffix == ".duckdb":  # the next test looks into these
            continue
        assert leaked(words_in(path), values) == set(), path


def test_the_encrypted_layers_hold_no_plain_text(shown):
    """Byte for byte: an encrypted file in which a name can be found is not encrypted."""
    _, demo, _ = shown
    names = {value.encode() for value in secrets(demo / "county") if not value.isdigit()}
    # shorter ones turn up by chance
    named = re.compile(b"|".join(re.escape(name) for name in names if len(name) > 6))
    layers = list((demo / "study" / "vault").glob("*.duckdb"))
    assert len(layers) == len(STEPS) + 1, "the steps' and the extract"
    for path in layers:
        assert not named.findall(path.read_bytes()), path.name


def test_the_register_holds_no_token_of_the_report(shown):
    """Nor does the report hold a subject id or token: nothing joins the two."""
    _, demo, _ = shown
    page = (demo / "study" / "report" / "report.json").read_text(encoding="utf-8")
    data = {k: v for k, v in json.loads(page).items() if k != "provenance"}
    assert not re.findall(r"\b(?:[0-9a-f]{16}|[0-9a-f]{32})\b", json.dumps(data))


PLANTED = "Plantedvalue"
BAD = {
    "ragged": f"pers_person_id,pers_forename,pers_dob\n7{PLANTED},{PLANTED},2001-01-01,{PLANTED}\n",
    "no header": f"7{PLANTED},{PLANTED},{PLANTED}\n",
    "header twice": f"pers_person_id,{PLANTED},{PLANTED}\n1,2,3\n",
    "null byte": f"pers_person_id,pers_forename\n1,{PLANTED}\0\n",
    "open quote": f'pers_person_id,pers_forename\n1,"{PLANTED}\n',
    "not text": b"pers_person_id,pers_forename\n1," + PLANTED.encode() + b"\x81\x9d\n",
    "unknown columns": f"{PLANTED},b\n1,2\n",
    "bad date": f"CHILD,DECOM,RNE,LS,PLACE\n{PLANTED},{PLANTED},S,{PLANTED},U4\n",
    "bad flag": f"place_postcode,place_in_authority\nAB1,{PLANTED}\n",
    "json": f"cinf_assessment_id,cinf_assessment_factors_json\n1,[{PLANTED}\n",
    "relationship": f"moth_person_id,moth_childs_person_id,moth_start_date\n1,2,{PLANTED}\n",
}


@pytest.mark.parametrize("case", BAD)
def test_bad_rows_are_never_quoted(begun, tmp_path, case, capsys):
    """At --debug, in one process: what a refusal, a fault or a quality section says."""
    from casescope.cli.context import Context
    from casescope.cli.main import main

    folder = tmp_path / "bad"
    folder.mkdir()
    content = BAD[case]
    (folder / "a.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
    on = Context(ME, lambda: TODAY)
    codes = []
    for words in (["load", begun.home, folder], ["run", begun.home], ["quality", begun.home],
                  ["findings", begun.home], ["ledger", "show", begun.home, "--json"]):  # fmt: skip
        with pytest.raises(SystemExit) as ended:
            main(["--debug", *map(str, words)], context=on)
        codes.append(ended.value.code)
    assert 1 not in codes, "no fault of ours"
    shown = capsys.readouterr()
    assert PLANTED not in shown.out + shown.err
    for path in begun.root.rglob("*"):
        if path.is_file():
            assert PLANTED.encode() not in path.read_bytes(), path.name
