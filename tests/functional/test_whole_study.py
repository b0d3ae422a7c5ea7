"""The whole study through the command line, as an analyst types it: real processes, in order."""

import json
import re
import stat
from collections import Counter
from pathlib import Path

import pytest

from casescope.identified.pipeline import STEPS
from casescope.kernel.errors import VaultRefused
from casescope.vault.keys import KeyRing
from casescope.vault.layers import Vault
from tests.functional.place import APPROVAL, Place, stated

STEP_NAMES = [step.name for step in STEPS]
WOMAN = {"woman", "person_ids", "age", "tier", "reasons", "children", "removed_children", "events",
         "repeat_events"}  # fmt: skip
NOTICE = "not for contact, case recording or court evidence"


@pytest.fixture(scope="module")
def typed(tmp_path_factory, extract, truth):
    """A study begun, approved, loaded and run by typing; what each command said."""
    place = Place(tmp_path_factory.mktemp("typed"), alone=True)
    given = place.root / "given.toml"
    given.write_text(stated(truth), encoding="utf-8")
    said = {"new": place.say("study", "new", place.home, "--from", given)}
    said["too early"] = place.refuse("load", place.home, extract)
    said["approve"] = place.say("study", "approve", place.home, *APPROVAL)
    for command in ("quality", "run"):
        said[f"{command} before load"] = place.refuse(command, place.home)
    said["load"] = place.say("load", place.home, extract)
    said["run"] = place.ask("run", place.home)
    said["again"] = place.ask("run", place.home)
    return Place(place.root), said


def test_nothing_is_loaded_before_approval_nor_read_before_a_load(typed):
    _, said = typed
    code, words = said["too early"]
    assert code == 20
    assert "while the study is a draft" in words
    for command in ("quality", "run"):
        code, words = said[f"{command} before load"]
        assert code == 20
        assert "approved but not begun" in words
        assert "Load the extracts first" in words


def test_every_step_is_done_once(typed):
    _, said = typed
    assert said["run"] == dict.fromkeys(STEP_NAMES, "done")
    assert said["again"] == dict.fromkeys(STEP_NAMES, "unchanged")


def test_quality_in_four_sections(typed, extract):
    place, _ = typed
    found = place.ask("quality", place.home)
    for section in ("tables", "linkage_coverage", "truncation_signs", "impossible_facts"):
        assert section in found
    read = Counter(table["table"] for table in found["tables"])
    assert read["episodes"] == len(list(extract.glob("ssda903_*_episodes.csv")))
    people = next(table for table in found["tables"] if table["table"] == "person")
    with (extract / "ssd_person.csv").open(encoding="utf-8") as file:
        assert people["rows_read"] == sum(1 for _ in file) - 1
    assert found["files_not_read"] == [{"file": "county/truth.json", "reason": "not a table"}]
    words = place.say("quality", place.home)
    for title in ("1. What was read", "2. Linkage coverage", "3. Signs", "4. Facts"):
        assert title in words


@pytest.mark.parametrize("count", ["broad", "strict", "wide"])
def test_the_cohort_is_the_truth(typed, truth, count):
    place, _ = typed
    found = place.ask(
        "cohort", place.home, "--all", "--removals", count, "--reason", "checking accuracy"
    )
    assert found["notice"].lower().rstrip(".") == NOTICE
    assert (found["reference_date"], found["linkage"]) == (truth["reference_date"], "lenient")
    assert all(woman.keys() >= WOMAN for woman in found["women"])
    told = {
        tuple(woman["person_ids"]): woman
        for woman in truth["women"]
        if woman["by_count"][count]["tier"] or woman["by_count"][count]["removed_children"]
    }
    assert {tuple(woman["person_ids"]) for woman in found["women"]} == told.keys()
    for woman in found["women"]:
        expected = told[tuple(woman["person_ids"])]
        for name in ("tier", "removed_children", "events", "repeat_events"):
            assert woman[name] == expected["by_count"][count][name], (name, woman["person_ids"])
        assert (woman["age"], woman["children"]) == (
            expected["age"], sorted(expected["children"] + expected["unborn"]),
        )  # fmt: skip
    check_flow(found["flow"], truth, count)


def check_flow(flow, truth, count):
    women = {line["step"]: line["women"] for line in flow}
    assert women["person_records"] == truth["person_records"]
    assert women["women"] == len(truth["women"])
    assert {tier: women[tier] for tier in ("T1", "T2", "T3", "T4")} == (
        truth["totals"][count]["tiers"]
    )
    left = ("died", "age_not_known", "outside_age", "left_area", "no_removal", "outside_lookback")
    assert women["women_studied"] - sum(women[name] for name in left) == women["in_cohort"]


def test_the_cohort_wants_a_reason_and_carries_its_notice(typed):
    place, _ = typed
    code, words = place.refuse("cohort", place.home)
    assert code == 20
    assert "--reason" in words
    assert place.refuse("cohort", place.home, "--reason", "  ")[0] == 20
    shown = place.say("cohort", place.home, "--reason", "a check of ages")
    assert shown.lower().count(NOTICE) == 2, "at the top and at the end"
    ledger = place.ask("ledger", "show", place.home)
    assert ledger[-1]["action"] == "cohort"
    assert "a check of ages" in json.dumps(ledger[-1]["detail"])


def test_a_reason_that_holds_an_id_of_the_list_is_refused(typed, truth):
    """The reason stays in the ledger, where no id of a woman or child may stand."""
    place, _ = typed
    woman = next(one for one in truth["women"] if one["by_count"]["broad"]["tier"])
    code, words = place.refuse(
        "cohort", place.home, "--reason", f"about {woman['person_ids'][0]} alone"
    )
    assert code == 20
    assert "names somebody or quotes their record" in words
    assert woman["person_ids"][0] not in json.dumps(place.ask("ledger", "show", place.home))


def test_the_list_is_made_under_either_linkage(typed, truth):
    place, _ = typed
    found = place.ask("cohort", place.home, "--linkage", "lenient", "--reason", "r", "--all")
    assert found["linkage"] == "lenient"
    persons = [person for woman in found["women"] for person in woman["person_ids"]]
    assert len(persons) == len(set(persons)), "a record belongs to one woman"


def test_the_list_in_a_file_is_the_owners_alone_and_says_until_when(typed):
    place, _ = typed
    for ending in ("csv", "xlsx"):
        file = place.root / f"list.{ending}"
        said = place.say("cohort", place.home, "--reason", "r", f"--{ending}", file)
        assert "Delete it by" in said
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        content = file.read_bytes()
        assert place.refuse("cohort", place.home, "--reason", "r", f"--{ending}", file)[0] == 20
        assert file.read_bytes() == content, "it is not written over"
        detail = place.ask("ledger", "show", place.home)[-1]["detail"]["did"]
        assert detail["as"] == f".{ending}"
    head = (place.root / "list.csv").read_text(encoding="utf-8-sig").splitlines()
    assert NOTICE in head[0].lower()
    assert head[2].startswith("Delete by 2")
    assert "postcode" not in content.decode("latin-1").lower()


def test_exact_findings(typed, truth):
    place, _ = typed
    found = place.ask("findings", place.home, "--exact")
    assert found["recurrence"].keys() >= {"years", "estimate", "lower", "upper", "index_women"}
    assert found["recurrence"]["years"] == [1, 3, 5, 7, 10]
    told = truth["recurrence"]["broad"]
    assert found["recurrence"]["index_women"] == told["index_women"]
    assert found["recurrence"]["estimate"] == pytest.approx(told["estimate"], abs=1e-12)
    assert found["tiers"]["broad"]["T1"] == truth["totals"]["broad"]["tiers"]["T1"]


def test_released_findings_hide_small_counts(typed):
    place, _ = typed
    found = place.ask("findings", place.home)
    assert found == json.loads(place.say("findings", place.home, "--format", "json"))
    values = [
        cell.get("value") for table in found["tables"] for row in table["rows"]
        for cell in row["cells"] if isinstance(cell.get("value"), int)
    ]  # fmt: skip
    assert all(value % 5 == 0 and not 0 < value <= 7 for value in values)
    assert "tables" not in place.say("findings", place.home, "--exact")


def test_the_report_stands_by_itself(typed):
    place, _ = typed
    paths = [Path(name) for name in place.ask("report", place.home)]
    written = ["report.html", "report.json", "report.pdf", "report.docx", "report.xlsx", "tables"]
    folder = (place.home / "report").resolve()
    assert [path.resolve().relative_to(folder).as_posix() for path in paths] == [
        *written, *(f"public/{name}" for name in written),
    ]  # fmt: skip
    assert all(path.exists() for path in paths)
    page = (place.home / "report" / "report.html").read_text(encoding="utf-8")
    loads = re.findall(
        r"""(?:src|href|action|srcset|data)\s*=\s*["']([^"']*)|url\(([^)]*)\)""", page
    )
    outside = [one or two for one, two in loads if not (one or two).startswith(("#", "data:"))]
    assert outside == []
    assert "@import" not in page


def test_one_face_of_one_edition_is_written_alone(typed):
    place, _ = typed
    said = place.say("report", place.home, "--edition", "public", "--face", "csv")
    assert [line.rsplit("report/", 1)[-1] for line in said.splitlines() if "Wrote" in line] == [
        "public/tables"
    ]
    entry = place.ask("ledger", "show", place.home)[-1]
    assert entry["detail"]["did"]["files"] == ["public/tables"]


def test_usage_is_refused_with_2(typed, extract):
    place, _ = typed
    for words in (("nonsense",), ("load", place.home), ("load", place.home, extract / "nowhere"),
                  ("cohort", place.home, "--removals", "some"), ("study", "approve", place.home),
                  ("study", "extend", place.home, "--until", "soon"),
                  ("report", place.home, "--face", "papyrus")):  # fmt: skip
        done = place.process(*words)
        assert done.returncode == 2, words
        assert "Usage:" in done.stderr
        assert "Traceback" not in done.stderr


def test_a_step_that_is_none_and_a_folder_that_is_no_study(typed):
    place, _ = typed
    code, words = place.refuse("run", place.home, "--until", "lunch")
    assert code == 21
    assert "identities, links, people" in words
    assert place.refuse("study", "show", place.root)[0] == 21


def test_the_ledger_is_sound_and_closing_ends_everything(typed, tmp_path, monkeypatch):
    place, _ = typed
    ended = place.copied(tmp_path / "ended")
    (verdict,) = ended.ask("ledger", "verify")
    assert verdict["sound"]
    kept = dict(ended.layers())
    files = {name: (ended.home / "vault" / file).read_bytes() for name, file in kept.items()}
    ended.say("study", "close", ended.home, "--yes")
    assert [path.name for path in ended.keys.rglob("*.key")] == ["release.key"], "it opens nothing"
    assert ended.files() == set()
    for words in (
        ("load", ended.home, place.root),
        ("cohort", ended.home, "--reason", "r"),
        ("findings", ended.home),
        ("study", "approve", ended.home, *APPROVAL),
    ):
        code, said = ended.refuse(*words)
        assert code == 20, words
        assert "while the study is closed" in said
    assert ended.ask("study", "show", ended.home)["stage"] == "closed"
    assert "sound" in ended.say("ledger", "verify", ended.home)
    for name, content in files.items():  # somebody kept a copy of the folder
        (ended.home / "vault" / kept[name]).write_bytes(content)
    vault = Vault(ended.home, ended.study_id, KeyRing(ended.keys))
    with pytest.raises(VaultRefused, match="key of this study is not in"):
        vault.keys.key(ended.study_id, "identified")
    assert ended.refuse("run", ended.home)[0] == 20
