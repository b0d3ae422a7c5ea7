"""The pretend county is the same each time, and mess soils its files but not its truth."""

import hashlib
import json

import pytest

from casescope.kernel.errors import InputRefused
from casescope.synthetic import write_county

LIVES = ("children", "unborn", "in_her_care", "pregnant", "alive", "age", "by_count", "issues")


def fingerprints(folder):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


@pytest.mark.parametrize("mess", [0.0, 0.7])
def test_the_same_arguments_write_the_same_bytes(tmp_path, mess):
    for name in ("one", "two"):
        write_county(tmp_path / name, mothers=120, seed=9, mess=mess)
    assert fingerprints(tmp_path / "one") == fingerprints(tmp_path / "two")


def test_another_seed_is_another_county(tmp_path):
    for seed in (1, 2):
        write_county(tmp_path / str(seed), mothers=60, seed=seed)
    assert fingerprints(tmp_path / "1") != fingerprints(tmp_path / "2")


@pytest.mark.parametrize("mothers", [1, 7])
def test_a_tiny_county_is_whole(tmp_path, mothers):
    truth = json.loads(write_county(tmp_path, mothers=mothers, seed=5).read_text("utf-8"))
    assert len(truth["women"]) == mothers
    assert (tmp_path / "ssd_person.csv").exists()


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    folder = tmp_path_factory.mktemp("mess")
    clean = write_county(folder / "clean", mothers=600, seed=4)
    soiled = write_county(folder / "soiled", mothers=600, seed=4, mess=1.0)
    return clean.parent, soiled.parent


def text_of(path):
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def rows_of(folder, name):
    lines = text_of(folder / f"{name}.csv").splitlines()
    delimiter = ";" if ";" in lines[0] else ","
    names = lines[0].split(delimiter)
    return [dict(zip(names, line.split(delimiter), strict=False)) for line in lines[1:]]


def test_mess_leaves_the_truth(pair):
    clean, soiled = (json.loads((f / "truth.json").read_text("utf-8")) for f in pair)
    assert [[w[key] for key in LIVES] for w in clean["women"]] == [
        [w[key] for key in LIVES] for w in soiled["women"]
    ]
    assert clean["recurrence"] == soiled["recurrence"]
    assert clean["totals"] == soiled["totals"]
    assert soiled["person_records"] > clean["person_records"]


def test_mess_splits_women_without_saying_so(pair):
    clean, soiled = (json.loads((f / "truth.json").read_text("utf-8")) for f in pair)
    known = {record for woman in clean["women"] for record in woman["person_ids"]}
    added = {record for woman in soiled["women"] for record in woman["person_ids"]} - known
    declared = {row["link_person_id"] for row in rows_of(pair[1], "ssd_linked_identifiers")}
    named = {row["moth_person_id"] for row in rows_of(pair[1], "ssd_mother")}
    assert len(added) > 10
    assert not added & declared
    assert added & named


def test_mess_loses_mothers_of_adopted_children_most(pair):
    kept = [{r["moth_childs_person_id"] for r in rows_of(f, "ssd_mother")} for f in pair]
    lost = kept[0] - kept[1]
    adopted = {
        row["perm_person_id"]
        for row in rows_of(pair[0], "ssd_permanence")
        if row["perm_permanence_order_type"] == "Adoption"
    }
    others = kept[0] - adopted
    assert len(lost & adopted) / len(adopted & kept[0]) > 3 * len(lost & others) / len(others)


def test_mess_makes_each_kind_of_fault(pair):
    folder = pair[1]
    mothers = rows_of(folder, "ssd_mother")
    assert any(not row["moth_childs_person_id"] for row in mothers)
    assert any(row["moth_person_id"] == row["moth_childs_person_id"] for row in mothers)
    assert any(len(r["lega_legal_status"]) > 2 for r in rows_of(folder, "ssd_legal_status"))
    names = [path.stem for path in folder.glob("ssda903_*_episodes.csv")]
    episodes = [row for name in names for row in rows_of(folder, name)]
    assert any(row["LS"] in ("", "X9", "CO") for row in episodes)
    assert any(row["DECOM"].startswith(("31/02", "unknown", "00/", "2019", "13/13"))
               for row in episodes)  # fmt: skip
    files = [path.read_bytes() for path in folder.glob("*.csv")]
    assert any(b";" in content.splitlines()[0] for content in files)
    assert any(content.startswith(b"\xef\xbb\xbf") for content in files)


def test_an_earlier_county_is_replaced_but_no_other_extract(tmp_path):
    write_county(tmp_path / "again", mothers=80, seed=1)
    write_county(tmp_path / "again", mothers=2, seed=2)
    write_county(tmp_path / "fresh", mothers=2, seed=2)
    assert fingerprints(tmp_path / "again") == fingerprints(tmp_path / "fresh")
    (tmp_path / "fresh" / "truth.json").unlink()
    before = fingerprints(tmp_path / "fresh")
    with pytest.raises(InputRefused):
        write_county(tmp_path / "fresh", mothers=2, seed=3)
    assert fingerprints(tmp_path / "fresh") == before


def test_progress_is_told(tmp_path):
    heard = []

    class Listener:
        def start(self, label):
            heard.append(("start", label))

        def advance(self, rows, of=None):
            heard.append(("advance", rows, of))

        def finish(self, summary):
            heard.append(("finish", summary))

    write_county(tmp_path, mothers=200, seed=1, progress=Listener())
    assert [entry[0] for entry in heard] == ["start", "advance", "advance", "finish"]
    assert heard[2][1:] == (200, 200)
