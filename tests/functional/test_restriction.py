"""Once restricted she is in nothing that anybody reads, and nobody else's figures change."""

import csv
import json
from datetime import timedelta

import pytest

from casescope.actions.data import restrict as restricting
from casescope.actions.data.load import load
from casescope.actions.report.report import report
from casescope.actions.study.study import show
from casescope.governance.roles import Actor
from casescope.kernel.errors import NotAllowed, NotFound
from casescope.vault.keys import KeyRing
from casescope.vault.layers import Vault
from tests.functional.place import ME, TODAY, outputs, unreleased

COUNTS = ("broad", "strict", "wide")
TOLD = TODAY + timedelta(days=1)
LATER = TODAY + timedelta(days=2)


def restrict(study, person, *, ground="objection", today=TODAY):
    return restricting.restrict(study.home, person, ground=ground, actor=ME, today=today)


def lift(study, person, *, today=LATER, told=TOLD, reason="she agreed", actor=ME):
    return restricting.lift(
        study.home, person, reason=reason, told=told, actor=actor, today=today
    )  # fmt: skip


def dataset(study):
    """Return every row of the analysis dataset, and every token in it."""
    from casescope.register import open_register
    from casescope.vault.layers import LayerRecord

    row = open_register().study(study.study_id).layers["dataset"]
    layer = LayerRecord(**{**vars(row), "tables": dict(row.tables)})
    vault = Vault(study.home, study.study_id, KeyRing.default())
    with vault.reading([layer]) as connection:
        return {
            table: connection.execute(f"SELECT * FROM dataset.{table} ORDER BY ALL").fetchall()
            for table in layer.tables
        }


def token_of(study, person):
    """Return the token of a person record, from the id map."""
    return _identity(study, person)[1]


def _identity(study, person):
    from casescope.register import open_register
    from casescope.vault.layers import LayerRecord

    row = open_register().study(study.study_id).layers["identities"]
    layer = LayerRecord(**{**vars(row), "tables": dict(row.tables)})
    with Vault(study.home, study.study_id, KeyRing.default()).reading([layer]) as connection:
        return connection.execute(
            "SELECT subject_id, token FROM identities.identity "
            "WHERE source = 'person' AND source_id = $id",
            {"id": person},
        ).fetchone()


def flow(found, count="broad"):
    return {line["step"]: line["women"] for line in found[f"cohort {count}"]["flow"]}


def women(found, count="broad"):
    return {tuple(woman["person_ids"]): woman for woman in found[f"cohort {count}"]["women"]}


def pick(truth, suits):
    return next(woman for woman in truth["women"] if suits(woman))


def has_tier(woman, tier):
    return woman["by_count"]["broad"]["tier"] == tier


@pytest.fixture(scope="module")
def before(done_once, tmp_path_factory, django_db_blocker):
    """Every output with nobody restricted, and the dataset."""
    place = done_once.copied(tmp_path_factory.mktemp("before"))
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setenv("CASESCOPE_STATE", str(place.state))
        patch.setenv("CASESCOPE_KEYS", str(place.keys))
        return outputs(place), dataset(place)


def ids_of_903(extract, children):
    """Return the ids that the 903 return knows the children by."""
    with (extract / "ssd_linked_identifiers.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        row["link_identifier_value"] for row in rows if row["link_person_id"] in children
    }  # fmt: skip


def whole_text(found):
    return json.dumps(found, default=str)


def is_hers(text, identifier):
    return f'"{identifier}"' in text


def check_only_hers_changed(truth, before, found, woman):
    """Compare every woman and every line of the flow before and after."""
    hers = tuple(woman["person_ids"])
    for count in COUNTS:
        was, now = women(before, count), women(found, count)
        assert now.keys() == was.keys() - {hers}
        for other in now:
            assert now[other] == was[other]
        old, new = flow(before, count), flow(found, count)
        standing = woman["by_count"][count]
        place = standing["tier"] or standing["no_tier"]
        changed = {step: new[step] - old[step] for step in old if new[step] != old[step]}
        expected = {"withheld": 1, "women_studied": -1, place: -1}
        if standing["tier"]:
            expected["in_cohort"] = -1
        assert changed == expected


def check_nowhere(study, found, tables, identifiers, tokens):
    text = whole_text(found) + json.dumps(show(study.home, actor=ME, today=LATER), default=str)
    for identifier in identifiers:
        assert not is_hers(text, identifier), identifier
    cells = {cell for rows in tables.values() for row in rows for cell in row}
    assert not cells & set(tokens)


CASES = {
    "a woman in T1": lambda w: has_tier(w, "T1") and not w["care_experienced"],
    "a woman of several records": lambda w: (
        len(w["person_ids"]) > 1 and w["by_count"]["broad"]["removals"]
    ),
    "a woman out of look-back": lambda w: (
        w["by_count"]["broad"]["no_tier"] == "outside_lookback"
        and len({s["no_tier"] for s in w["by_count"].values()}) == 1
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_restricted_woman_is_in_no_output(study, truth, extract, before, case):
    woman = pick(truth, CASES[case])
    outputs_before, dataset_before = before
    tokens = [token_of(study, one) for one in (*woman["person_ids"], *woman["children"])]
    bound = restrict(study, woman["person_ids"][-1])
    assert bound == len(woman["person_ids"]), "each record of hers"
    found = outputs(study, with_report=case == "a woman in T1")
    check_only_hers_changed(truth, outputs_before, found, woman)
    identifiers = {*woman["person_ids"], *woman["children"], *woman["unborn"]}
    identifiers |= ids_of_903(extract, identifiers)
    check_nowhere(study, found, dataset(study), identifiers, tokens)
    shared = {"about", "flow", "coverage", "caveat", "sensitivity", "sensitivity_spell", "trend",
              "sign", "impossible", "links_reviewed"}  # fmt: skip
    after = dataset(study)
    for table, rows in dataset_before.items():
        if table not in shared:
            expected = [row for row in rows if not set(row) & set(tokens)]
            assert after[table] == expected, table
    check_exact_figures(outputs_before, found, woman)
    load(study.home, [extract], actor=ME, today=TODAY)
    again = outputs(study, with_report=False)
    assert again == {name: found[name] for name in again}, "the same extract changes nothing"
    with pytest.raises(NotAllowed, match="already restricted"):
        restrict(study, woman["person_ids"][0])
    assert lift(study, woman["person_ids"][0]) == bound
    assert told_again(unreleased(study, today=LATER)) == told_again(outputs_before)
    assert dataset(study) == dataset_before


def told_again(found):
    """Leave out the day on which somebody asked, and the one that hangs on it."""
    hanging = ("asked_on", "expires_on")
    return {
        name: {k: v for k, v in part.items() if k not in hanging} if "cohort" in name else part
        for name, part in found.items()
        if name not in ("report", "findings")
    }


def check_exact_figures(before, found, woman):
    for count in ("broad", "strict"):
        tier = woman["by_count"][count]["tier"]
        for name in ("T1", "T2", "T3", "T4"):
            was, now = before["exact"]["tiers"][count][name], found["exact"]["tiers"][count][name]
            assert now == was - (name == tier)


def test_a_care_experienced_woman_is_restricted_as_woman_and_as_child(
    study, truth, extract, before
):
    """Her own time in care goes too, so that her mother's figures lose her."""
    children = {child: woman for woman in truth["women"] for child in woman["children"]}
    woman = pick(truth, lambda w: any(one in children for one in w["person_ids"]))
    mother = children[next(one for one in woman["person_ids"] if one in children)]
    restrict(study, woman["person_ids"][0])
    found = outputs(study, with_report=False)
    identifiers = {*woman["person_ids"], *woman["children"]}
    identifiers |= ids_of_903(extract, identifiers)
    check_nowhere(study, found, dataset(study), identifiers, [])
    assert flow(found)["withheld"] == 1
    hers = tuple(mother["person_ids"])
    unmoved = women(before[0]).keys() - {hers, tuple(woman["person_ids"])}
    assert all(women(found)[other] == women(before[0])[other] for other in unmoved)


def test_a_restricted_child_leaves_its_mother_in_the_study(study, truth, extract, before):
    mother = pick(truth, lambda w: has_tier(w, "T1")
                  and len(w["by_count"]["broad"]["removed_children"]) > 2)  # fmt: skip
    child = mother["by_count"]["broad"]["removed_children"][0]
    token = token_of(study, child)
    assert restrict(study, child) == 1
    found = outputs(study, with_report=False)
    check_nowhere(study, found, dataset(study), {child} | ids_of_903(extract, {child}), [token])
    left = women(found)[tuple(mother["person_ids"])]
    assert child not in left["children"]
    assert left["removed_children"] == [
        one for one in mother["by_count"]["broad"]["removed_children"] if one != child
    ]
    assert flow(found)["withheld"] == 0, "the flow counts women"
    was = women(before[0])
    for ids, other in women(found).items():
        if ids != tuple(mother["person_ids"]):
            assert other == was[ids]


def test_a_restriction_survives_a_changed_extract(study, truth, extract, tmp_path):
    """Her second record, joined by name and date of birth, is no longer joined: still withheld."""
    woman = pick(truth, CASES["a woman in T1"])
    person = woman["person_ids"][0]
    restrict(study, person)
    changed = changed_copy(
        extract, tmp_path / "changed", "ssd_person.csv",
        lambda row: {**row, "pers_surname": "Renamed"} if row["pers_person_id"] == person else row,
    )  # fmt: skip
    load(study.home, [changed], actor=ME, today=TODAY)
    found = outputs(study, with_report=False)
    assert not is_hers(whole_text(found), person)
    assert flow(found)["withheld"] == 1


def changed_copy(extract, folder, name, change):
    import shutil

    shutil.copytree(extract, folder)
    with (folder / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with (folder / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(change(row) for row in rows)
    return folder


def test_somebody_whom_no_extract_names_yet(study, truth, extract, before, tmp_path):
    assert restrict(study, "not here") == 0
    found = outputs(study, with_report=False)
    assert women(found) == women(before[0])
    woman = pick(truth, CASES["a woman in T1"])
    person = woman["person_ids"][0]

    def renamed(row):
        return {k: "not here" if v == person else v for k, v in row.items()}

    changed = changed_copy(extract, tmp_path / "changed", "ssd_person.csv", renamed)
    for name in ("ssd_mother.csv",):
        changed = changed_copy(changed, tmp_path / f"changed {name}", name, renamed)
    load(study.home, [changed], actor=ME, today=TODAY)
    found = outputs(study, with_report=False)
    text = whole_text(found)
    assert not is_hers(text, "not here")
    assert not any(is_hers(text, child) for child in woman["children"])
    assert flow(found)["withheld"] == 1


def test_a_restriction_of_nobody_known_leaves_no_trace_once_lifted(study, before):
    restrict(study, "not here")
    unreleased(study)
    lift(study, "not here")
    assert told_again(unreleased(study, today=LATER)) == told_again(before[0])


def test_records_that_a_new_extract_no_longer_names_are_not_counted(study, extract, tmp_path):
    unreleased(study)
    gone = changed_copy(extract, tmp_path / "x", "person_alias.csv", lambda row: row)
    with (gone / "ssd_person.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with (gone / "ssd_mother.csv").open(encoding="utf-8", newline="") as file:
        related = {v for row in csv.DictReader(file) for v in row.values()}
    stranger = next(r for r in rows if r["pers_person_id"] not in related)["pers_person_id"]
    with (gone / "ssd_person.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(row for row in rows if row["pers_person_id"] != stranger)
    was = flow(unreleased(study))["person_records"]
    load(study.home, [gone], actor=ME, today=TODAY)
    assert flow(unreleased(study))["person_records"] == was - 1


def test_somebody_who_objects_before_anything_is_loaded(begun, truth, extract, before):
    woman = pick(truth, CASES["a woman in T1"])
    restrict(begun, woman["person_ids"][0])
    load(begun.home, [extract], actor=ME, today=TODAY)
    check_only_hers_changed(truth, before[0], unreleased(begun), woman)


def test_somebody_restricted_between_load_and_first_run(begun, truth, extract, before):
    woman = pick(truth, CASES["a woman in T1"])
    load(begun.home, [extract], actor=ME, today=TODAY)
    restrict(begun, woman["person_ids"][0])
    found = unreleased(begun)
    check_only_hers_changed(truth, before[0], found, woman)


def test_lifting_for_somebody_never_restricted(study, truth):
    with pytest.raises(NotFound, match="No restriction"):
        lift(study, truth["women"][0]["person_ids"][0])


@pytest.mark.parametrize(
    ("how", "match"),
    [
        ({"reason": " "}, "needs a reason"),
        ({"told": None}, "only after the person was told"),
        ({"told": TODAY - timedelta(days=1)}, "must lie between"),
        ({"told": LATER + timedelta(days=1)}, "must lie between"),
        ({"actor": Actor("eve")}, "takes the role"),
    ],
)
def test_lifting_needs_a_reason_the_telling_and_the_role(study, truth, how, match):
    person = truth["women"][0]["person_ids"][0]
    restrict(study, person)
    with pytest.raises(NotAllowed, match=match):
        lift(study, person, **how)
    assert show(study.home, actor=ME, today=LATER)["restrictions_in_force"] >= 1


@pytest.mark.parametrize("ground", ["", "  "])
def test_a_restriction_needs_a_ground(study, truth, ground):
    with pytest.raises(NotAllowed, match="needs a ground"):
        restrict(study, truth["women"][0]["person_ids"][0], ground=ground)


@pytest.mark.parametrize("person", ["", "   "])
def test_a_restriction_needs_a_person(study, person):
    with pytest.raises(NotFound, match="No person"):
        restrict(study, person)


def test_blanks_around_an_id_do_not_matter(study, truth):
    woman = truth["women"][0]
    assert restrict(study, f" {woman['person_ids'][0]} ") == len(woman["person_ids"])


def test_a_report_that_counts_her_is_removed_at_once(study, truth):
    report(study.home, faces=("html", "csv"), actor=ME, today=TODAY)
    written = study.home / "report"
    for page in ("report.html", "tables/ages.csv", "public/report.html"):
        assert (written / page).is_file()
    assert list((written / "public/tables").glob("*.csv"))
    restrict(study, pick(truth, CASES["a woman in T1"])["person_ids"][0])
    assert not list(written.iterdir())


def test_a_report_that_is_open_elsewhere_keeps_nobody_from_being_restricted(
    study, truth, monkeypatch
):
    report(study.home, faces=("html",), actor=ME, today=TODAY)
    left, told = study.home / "report" / "report.html", list[str]()
    monkeypatch.setattr("casescope.actions.data.restrict.remove_report", lambda _: [left])
    monkeypatch.setattr("casescope.kernel.notices.LISTENERS", [told.append])
    restrict(study, pick(truth, CASES["a woman in T1"])["person_ids"][0])
    assert [str(left) in one for one in told] == [True]
    assert show(study.home, actor=ME, today=TODAY)["restrictions_in_force"] > 0


def test_a_child_named_by_its_903_id_leaves_like_one_named_by_the_case_system(
    study, truth, extract, before
):
    with (extract / "ssd_linked_identifiers.csv").open(encoding="utf-8", newline="") as file:
        by_903 = {
            row["link_identifier_value"]: row["link_person_id"]
            for row in csv.DictReader(file)
            if row["link_identifier_type"] == "903 child id"
        }
    removed = {
        child
        for woman in truth["women"]
        for child in woman["by_count"]["broad"]["removed_children"]
    }
    named, child = next((one, other) for one, other in by_903.items() if other in removed)
    restrict(study, named)
    found = whole_text(outputs(study, with_report=False))
    assert is_hers(whole_text(before[0]), child)
    assert not is_hers(found, child)
    assert not is_hers(found, named)
