"""A report released on a pretend county, by real processes, one of them killed on the way."""

import pytest

from casescope.actions.report.answer import key
from casescope.actions.report.releases import standing, view
from casescope.actions.report.report import report
from casescope.actions.study.study import approve
from casescope.governance.roles import Actor
from tests.functional.place import ME, TODAY, Place
from tests.functional.test_killed import kill_at

APPROVAL = {"dpia": "D", "agreement": "A", "notice": "N", "basis": "B", "today": TODAY}


@pytest.fixture
def written(study: Place) -> Place:
    """A study approved by somebody else, with two reviewers, and its public edition written."""
    lines = [key(study.root / f"{name}.key", actor=Actor(name)) for name in ("rae", "sam")]
    path = study.home / "study.toml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("reviewer = []", f'reviewer = ["{lines[0]}", "{lines[1]}"]')
    text = text.replace(f'approver = ["{ME.name}"]', f'approver = ["{ME.name}", "another"]')
    path.write_text(text, encoding="utf-8")
    approve(study.home, actor=ME, **APPROVAL)
    approve(study.home, actor=Actor("another"), **APPROVAL)
    report(study.home, edition="public", faces=("html", "json"), actor=ME, today=TODAY)
    return study


def answered(place: Place, name: str, *words: str) -> str:
    request = place.home / "report" / "requests" / "R1.request.zip"
    out = place.root / f"{name}.answer.json"
    said = place.say("release", "answer", request, *words, "--key", place.root / f"{name}.key",
                     "--out", out)  # fmt: skip
    assert "rules     opensafely" in said
    return place.say("release", "take", place.home, out)


def test_a_report_is_released_and_its_publishing_killed(written):
    said = written.say("release", "ask", written.home, "--context", "for the committee")
    assert "R1.request.zip" in said
    first = answered(written, "rae", "--accept", "--reason", "as it should be")
    assert "nothing is told of it before the other" in first
    assert "both accept" in answered(written, "sam", "--accept")
    assert "as it should be" in written.say("release", "show", written.home)
    folder = written.archive / written.study_id / "R1"
    kill_at(written, "", "recorded", "release", "publish", written.home)
    assert not folder.exists()
    assert "is released" in written.say("release", "publish", written.home)
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert "Public edition, released on" in page
    assert "not yet released" not in page
    files = [path for path in folder.rglob("*") if path.is_file() and ".release." not in path.name]
    assert len(files) == 2
    assert written.say("release", "verify", *files).count("unchanged since") == len(files)
    check_what_is_out_stays(written, folder)


def check_what_is_out_stays(place: Place, folder) -> None:
    """Through a restriction, the study's end and a withdrawal."""
    before = (folder / "report.html").read_bytes()
    place.say("restrict", place.home, "nobody yet", "--ground", "objection")
    assert not list((place.home / "report").rglob("*.zip"))
    code, words = place.refuse("release", "ask", place.home, "--context", "again")
    assert code == 20
    assert "have changed since the report was written" in words
    place.say("study", "close", place.home, "--yes")
    view(place.home, "R1", actor=ME, today=TODAY)
    place.say("release", "withdraw", place.home, "R1", "--reason", "a table was wrong")
    assert (folder / "report.html").read_bytes() == before
    assert "WITHDRAWN" in place.say("release", "verify", folder / "report.html")
    (row,) = standing(place.home, actor=ME, today=TODAY)
    assert (row["state"], row["withdrawn_reason"]) == ("withdrawn", "a table was wrong")
    assert "sound" in place.say("ledger", "verify", place.home)


def test_one_person_alone_releases_nothing(study):
    """She holds every role, as in a first try or the demo: the approval was her own."""
    report(study.home, edition="public", faces=("json",), actor=ME, today=TODAY)
    code, words = study.refuse("release", "ask", study.home, "--context", "for all")
    assert code == 20
    assert "is the author’s own" in words
