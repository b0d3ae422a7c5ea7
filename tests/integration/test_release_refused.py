"""Answers that do not count, requests that were changed, and reports that went stale."""

import hashlib
import io
import json
import zipfile
from dataclasses import replace
from datetime import date

import pytest

from casescope.actions.report import answer as reviewers_side
from casescope.actions.report import release as release_actions
from casescope.actions.study import study as studies
from casescope.governance.record.signing import sign
from casescope.governance.release.release import ANSWER
from casescope.governance.restrictions import Restriction
from casescope.kernel.errors import NotAllowed, SignatureRefused, VaultRefused
from casescope.register import open_register
from tests.integration.people import ANN, DIR, TODAY, approve, days_later
from tests.integration.releasing import (
    RAE,
    Released,
    refused,
    standing,
    state,
)

# answers that do not count


def resigned(made: Released, file, name: str, **changed):
    """Change an answer and sign it with the key of `name`."""
    given = json.loads(file.read_text(encoding="utf-8"))
    _, private = reviewers_side._own_key(made.key_of(name))
    told = {**given["answer"]["statement"], **changed}
    given["answer"] = sign(ANSWER, told, private).as_dict()
    file.write_text(json.dumps(given), encoding="utf-8")
    return file


def test_an_answer_that_was_changed(made):
    file = made.answer(made.ask(), "rae")
    given = json.loads(file.read_text(encoding="utf-8"))
    given["answer"]["statement"]["reviewer"] = "sam"
    file.write_text(json.dumps(given), encoding="utf-8")
    refused(made, "changed after it was signed", lambda: made.take(file), kind=SignatureRefused)


def test_an_answer_forged_in_the_name_of_another(made):
    file = resigned(made, made.answer(made.ask(), "rae"), "rae", reviewer="sam")
    refused(made, "no approval binds to its reviewer", lambda: made.take(file))


def test_an_answer_by_a_key_that_no_approval_names(made):
    file = made.answer(made.ask(), "rae")
    made.key_of("rae").unlink()
    reviewers_side.key(made.key_of("rae"), actor=RAE)
    resigned(made, file, "rae")
    refused(made, "no approval binds to its reviewer", lambda: made.take(file))


def test_an_answer_by_the_author(made):
    mine = reviewers_side.key(made.place.root / "ann.key", actor=ANN)
    text = (made.home / "study.toml").read_text(encoding="utf-8")
    tom = next(one for one in text.split('"') if one.startswith("tom "))
    made.place.edit(tom, mine)
    approve(made.place)
    made.report()
    request = made.ask()
    with pytest.raises(NotAllowed, match="author of a report does not answer"):
        made.answer(request, "ann")
    file = resigned(made, made.answer(request, "rae"), "ann", reviewer="ann")
    refused(made, "author of a report does not answer", lambda: made.take(file))


def test_the_same_person_twice_and_the_same_file_twice(made):
    request = made.ask()
    file = made.answer(request, "rae")
    made.take(file)
    refused(made, "has answered already", lambda: made.take(file))
    again = made.answer(request, "rae", "return")
    refused(made, "has answered already", lambda: made.take(again))
    assert state(made) == "partly answered"


def test_a_third_answer(made):
    request = made.ask()
    made.both_accept(request)
    refused(made, "Both answers", lambda: made.take(made.answer(request, "tom", "return")))
    assert state(made) == "accepted"


def test_an_answer_to_another_request_or_study(made):
    first = made.answer(made.ask(), "rae")
    made.ask(today=days_later(1))
    assert [row["state"] for row in standing(made)] == ["replaced", "asked"]
    refused(made, "to another request than R2", lambda: made.take(first, today=days_later(1)))
    other = resigned(made, made.answer(made.home / "report/requests/R2.request.zip", "sam"), "sam",
                     study="another")  # fmt: skip
    refused(made, "to another request", lambda: made.take(other, today=days_later(1)))


def test_a_sealed_part_from_another_answer(made):
    request = made.ask()
    accept, back = (made.answer(request, "rae", one) for one in ("accept", "return"))
    given = [json.loads(file.read_text(encoding="utf-8")) for file in (accept, back)]
    given[0]["sealed"] = given[1]["sealed"]
    accept.write_text(json.dumps(given[0]), encoding="utf-8")
    refused(made, "does not hold the answer that was signed", lambda: made.take(accept),
            kind=SignatureRefused)  # fmt: skip


def test_no_answer_to_nothing(made):
    file = made.answer(made.ask(), "rae")
    open_register().end_request(made.study_id, "R1", on=TODAY, ended_as="replaced")
    refused(made, "No request for release is open", lambda: made.take(file))


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"null", b'{"answer": {}}', b"[" * 100_000,
                                 b'{"answer": {"kind": "release answer", "key": "a", '
                                 b'"signature": "a", "statement": {"a": NaN}}}'])  # fmt: skip
def test_what_is_no_answer_file(made, raw):
    made.ask()
    file = made.place.root / "given.json"
    file.write_bytes(raw)
    refused(made, "given.json", lambda: made.take(file), kind=SignatureRefused)


def test_a_reason_that_is_too_long_and_a_return_without_one(made):
    request = made.ask()
    with pytest.raises(NotAllowed, match="at most 1500"):
        made.answer(request, "rae", reason="x" * 1501)
    with pytest.raises(NotAllowed, match="needs a reason"):
        reviewers_side.answer(request, "return", key_file=made.key_of("rae"), today=TODAY)
    made.take(made.answer(request, "rae", "return", reason="€" * 1500))  # three bytes each


# what is asked for changes


def test_a_request_file_that_was_changed(made):
    request = made.ask()
    whole = request.read_bytes()
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    signed = json.loads(held["request.json"])
    signed["statement"]["context"] = "for the newspapers"
    for changed, match in (
        ({**held, "files/report.json": b"{}"}, "holds report.json changed"),
        ({**held, "files/more.html": b"<p>"}, "other files than it names"),
        ({name: held[name] for name in held if name != "files/report.json"}, "other files"),
        ({**held, "request.json": json.dumps(signed).encode()}, "changed after it was signed"),
    ):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            for name, content in changed.items():
                archive.writestr(name, content)
        request.write_bytes(stream.getvalue())
        with pytest.raises(SignatureRefused, match=match):
            made.answer(request, "rae")
    for cut in (0, 10, len(whole) // 2, len(whole) - 1):
        request.write_bytes(whole[:cut])
        with pytest.raises(SignatureRefused):
            reviewers_side.look(request)


def test_a_request_signed_anew_by_somebody_else_is_not_the_one_that_is_open(made):
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from casescope.governance.release.request_file import packed, unpacked

    request = made.ask()
    held = unpacked(request.read_bytes(), "it")
    files = {**held.files, "report.json": b"{}"}
    told = {**vars(held.request), "files": {
        **held.request.files, "report.json": hashlib.sha256(b"{}").hexdigest()}}  # fmt: skip
    other = Ed25519PrivateKey.generate()
    request.write_bytes(packed(sign("release request", told, other), files))
    file = made.answer(request, "rae")
    refused(made, "to another request", lambda: made.take(file))


def test_a_report_edited_by_hand_is_not_asked_for(made):
    path = made.public / "tables" / "flow.csv"
    assert b"8140" in path.read_bytes()
    path.write_bytes(path.read_bytes().replace(b"8140", b"8145"))
    refused(made, r"tables/flow.csv of the public edition is not what", made.ask)
    (made.public / "report.json").unlink()
    refused(made, "no public edition with its report.json", made.ask)


def restrict(made: Released) -> None:
    open_register().restrict(made.study_id, Restriction("s1", "objection", on=TODAY, by="ann"))


CHANGES = {
    "a layer": lambda made: made.load(step_key="k2"),
    "a restriction": restrict,
    "a parameter": lambda made: made.place.edit("lookback_years = 5", "lookback_years = 6"),
    "the reference date": lambda made: made.place.edit(
        "reference_date = 2026-11-02", "reference_date = 2026-10-31"
    ),
    "a stale step": lambda made: made.patch.setattr(
        "casescope.actions.report._requests.stale_steps", lambda _: ["people"]
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_changed_since_the_report_was_written_makes_it_stale(made, change):
    change(made)
    refused(made, "have changed since", made.ask)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_changed_after_two_accepted_stops_the_release(made, change):
    made.both_accept(made.ask())
    change(made)
    refused(made, "have changed since", made.publish)
    assert not made.archive.exists()


def test_a_pack_that_changed_stops_both(made, monkeypatch):
    """The figures may be the same; the rules that were answered on are not."""
    from importlib import import_module

    from casescope.disclosure import pack

    door = import_module("casescope.disclosure.release")  # the package has a function of its name
    made.both_accept(made.ask())
    before = pack.load("opensafely")
    newer = replace(before, rules=replace(before.rules, version="99"))
    monkeypatch.setattr(door, "load", lambda _: newer)
    refused(made, "not what was answered on", made.publish)
    refused(made, "not what casescope makes of the study now", made.ask)


def test_figures_that_changed_stop_both(made):
    made.both_accept(made.ask())
    made.scale = 0.9
    refused(made, "not what was answered on", made.publish)
    refused(made, "not what casescope makes of the study now", made.ask)


def test_a_report_written_again_can_be_asked_for_and_the_accepted_one_published(made):
    made.both_accept(made.ask())
    made.report(today=days_later(1))
    folder = made.publish(today=days_later(1))
    released = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert released["provenance"]["today"] == TODAY.isoformat(), "as it was looked at"


@pytest.mark.parametrize("ending", [studies.close, studies.withdraw])
def test_a_study_that_ended_meanwhile(made, ending):
    request = made.ask()
    made.take(made.answer(request, "rae"))
    file = made.answer(request, "sam")
    more = {"reason": "r"} if ending is studies.withdraw else {}
    ending(made.home, actor=DIR, today=TODAY, **more)
    for doing in (made.ask, lambda: made.take(file), made.publish):
        refused(made, "while the study is", doing)


def test_a_study_past_its_last_day(made):
    made.both_accept(made.ask())
    late = date(2027, 2, 3)
    refused(made, "ended on 2 February 2027", lambda: made.publish(today=late))
    assert not made.archive.exists()


# the register and the keys cannot be talked into it


def test_an_answer_written_into_the_register_releases_nothing(made):
    """Whoever edits the register has no reviewer's key."""
    from casescope.register.models import ReleaseAnswer

    request = made.ask()
    made.take(made.answer(request, "rae"))
    made.take(made.answer(request, "sam", "return"))
    row = ReleaseAnswer.objects.get(reviewer="sam")
    row.opening["opening"]["outcome"] = "accept"
    row.save()
    with pytest.raises(SignatureRefused, match="does not hold the answer"):
        made.publish()
    rae = ReleaseAnswer.objects.get(reviewer="rae")
    row.document, row.opening = rae.document, rae.opening
    row.save()
    with pytest.raises(SignatureRefused, match="was changed"):
        made.publish()
    assert not made.archive.exists()


def test_two_answers_at_once_are_both_taken(made, monkeypatch):
    """The second is taken in while the first is between the gate and its commit."""
    request = made.ask()
    one, other = made.answer(request, "rae"), made.answer(request, "sam", "return")
    really = release_actions.commit

    def slow(permit, **how):
        monkeypatch.setattr(release_actions, "commit", really)
        made.take(other)
        return really(permit, **how)

    monkeypatch.setattr(release_actions, "commit", slow)
    told = made.take(one)
    assert told["state"] == "conflict"
    assert {one["reviewer"]: one["outcome"] for one in told["answers"]} == {
        "rae": "accept", "sam": "return",
    }  # fmt: skip


def test_three_answers_at_once_are_two(made, monkeypatch):
    request = made.ask()
    files = [made.answer(request, name) for name in ("rae", "sam", "tom")]
    really = release_actions.commit

    def slow(permit, **how):
        monkeypatch.setattr(release_actions, "commit", really)
        made.take(files[1])
        made.take(files[2])
        return really(permit, **how)

    monkeypatch.setattr(release_actions, "commit", slow)
    refused(made, "Both answers", lambda: made.take(files[0]))
    assert len(made.row().answers) == 2


def test_a_lost_release_key_is_told(made):
    file = made.answer(made.ask(), "rae")
    (made.place.keys / made.study_id / "release.key").unlink()
    with pytest.raises(VaultRefused, match="release key"):
        made.take(file)
    with pytest.raises(VaultRefused, match="release key"):
        made.ask()


def test_a_request_that_unpacks_to_more_than_a_report(made, monkeypatch):
    """However small it is as it came: a reviewer's machine is not to be filled."""
    from casescope.governance.release import request_file

    raw = made.ask().read_bytes()
    monkeypatch.setattr(request_file, "LARGEST_WHOLE", 1000)
    with pytest.raises(SignatureRefused, match="unpacks to more"):
        request_file.unpacked(raw, "it")
