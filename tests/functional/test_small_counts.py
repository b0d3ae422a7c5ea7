"""Small counts in the working edition: never without leave, never in the public edition."""

import json

import pytest

from casescope.actions.ledger import ledger
from casescope.actions.report import report as reporting
from casescope.actions.report.findings import findings
from casescope.actions.report.report import report
from casescope.actions.study.study import approve, approve_working, show, withdraw_working
from casescope.governance.roles import Actor
from casescope.kernel.errors import NotAllowed
from tests.functional.place import ME, TODAY

WHO = {"actor": ME, "today": TODAY}
MARK = "Small counts, for council staff who hold the records only."
FACES = ("html", "json", "csv")


def written(study, *, small_counts):
    report(study.home, faces=FACES, small_counts=small_counts, **WHO)
    folder = study.home / "report"
    return {
        edition: json.loads((place / "report.json").read_text(encoding="utf-8"))
        for edition, place in (("working", folder), ("public", folder / "public"))
    }


def t1(data):
    tiers = next(table for table in data["tables"] if table["id"] == "tiers")
    return [cell["shown"] for row in tiers["rows"] for cell in row["cells"]]


def test_without_leave_they_are_refused_and_the_ledger_says_so(study):
    with pytest.raises(NotAllowed, match="data protection officer's approval"):
        report(study.home, small_counts=True, **WHO)
    assert not (study.home / "report").exists()
    last = ledger.show(study.home, **WHO)[-1]
    assert (last.action, "refused" in last.detail) == ("report", True)


def test_nobody_but_the_data_protection_officer_gives_leave(study):
    for act in (approve_working, withdraw_working):
        with pytest.raises(NotAllowed, match="role of data protection officer"):
            act(study.home, reason="r", actor=Actor("eve"), today=TODAY)
        with pytest.raises(NotAllowed, match="needs a reason"):
            act(study.home, reason=" ", **WHO)


def test_with_leave_the_working_edition_alone_shows_them_and_says_so_everywhere(study):
    before = written(study, small_counts=False)
    approve_working(study.home, reason="checked against own records", **WHO)
    after = written(study, small_counts=True)
    exact = {
        table["id"]: table for table in findings(study.home, exact=True, **WHO)["tables"]
    }["tiers"]  # fmt: skip
    numbers = [f"{cell['n']:,}" for row in exact["rows"] for cell in row["cells"]]
    assert t1(after["working"]) == numbers
    assert any(int(number) in range(1, 8) for number in numbers), "a county without small counts"

    for data in (before["public"], after["public"]):
        data.pop("provenance")
    assert after["public"] == before["public"]

    folder = study.home / "report"
    assert after["working"]["edition"]["mark"].startswith(MARK)
    assert after["working"]["rules"]["name"] == "working"
    assert MARK in (folder / "report.html").read_text(encoding="utf-8")
    tables = list((folder / "tables").glob("*.csv"))
    assert tables
    assert all(MARK in path.read_text(encoding="utf-8-sig") for path in tables)
    for path in (folder / "public").rglob("*"):
        assert path.is_dir() or MARK.encode() not in path.read_bytes()
    allowed = after["working"]["provenance"]["small_counts"]
    assert allowed == f"{TODAY.isoformat()} by {ME.name}: checked against own records"


def test_leave_that_is_withdrawn_takes_the_report_with_it(study):
    approve_working(study.home, reason="checked", **WHO)
    assert show(study.home, **WHO)["small_counts"]
    written(study, small_counts=True)
    withdraw_working(study.home, reason="the check is done", **WHO)
    assert not (study.home / "report" / "report.html").exists()
    assert not show(study.home, **WHO)["small_counts"]
    with pytest.raises(NotAllowed, match="data protection officer's approval"):
        report(study.home, small_counts=True, **WHO)


def test_no_report_shows_them_once_leave_is_withdrawn(study, monkeypatch):
    """It was made while there was leave; somebody withdrew that before it was put there."""
    approve_working(study.home, reason="checked", **WHO)
    whole = reporting.telling

    def meanwhile(*words):
        withdraw_working(study.home, reason="the check is done", **WHO)
        return whole(*words)

    monkeypatch.setattr(reporting, "telling", meanwhile)
    with pytest.raises(NotAllowed, match="data protection officer's approval"):
        report(study.home, edition="working", faces=("json",), small_counts=True, **WHO)
    assert not (study.home / "report" / "report.json").exists()
    last = ledger.show(study.home, **WHO)[-1]
    assert (last.action, "refused" in last.detail) == ("report", True)


def test_leave_ends_with_another_approval(study):
    approve_working(study.home, reason="checked", **WHO)
    path = study.home / "study.toml"
    text = path.read_text(encoding="utf-8")
    assert 'disclosure_rules = "opensafely"' in text
    path.write_text(text.replace('disclosure_rules = "opensafely"', 'disclosure_rules = "hes"'),
                    encoding="utf-8")  # fmt: skip
    approve(study.home, dpia="D", agreement="A", notice="N", basis="B", **WHO)
    with pytest.raises(NotAllowed, match="data protection officer's approval"):
        report(study.home, small_counts=True, **WHO)
    data = written(study, small_counts=False)
    assert {one["rules"]["name"] for one in data.values()} == {"hes"}
