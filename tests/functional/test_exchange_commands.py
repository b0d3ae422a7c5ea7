"""The council's commands of the exchange, as typed: what each says, and with which code."""

import json

import pytest
from click.testing import CliRunner

from casescope.cli import exchange as commands
from casescope.cli.context import Context
from casescope.cli.main import root
from casescope.kernel.errors import UserError
from tests.functional.partners import Partner
from tests.functional.place import ME, TODAY


@pytest.fixture
def say(sent):
    def typed(*words: object, code: int = 0, given: str | None = None) -> str:
        result = CliRunner().invoke(
            root, [*map(str, words)], obj=Context(ME, lambda: TODAY), input=given
        )
        error = result.exception
        if error is not None and not isinstance(error, UserError | SystemExit):
            raise error
        got = error.exit_code if isinstance(error, UserError) else result.exit_code
        assert got == code, result.output
        if "--json" in words:
            return result.stdout  # progress is told on the other stream
        return f"{result.output}{error if isinstance(error, UserError) else ''}"

    return typed


def test_a_card_is_added_with_what_was_heard_and_never_shows_its_fingerprint_first(
    sent, say, monkeypatch
):
    bees = Partner("Bees\x1b[2J", sent.place.root / "bees")
    home, heard = sent.place.home, bees.fingerprint.upper()
    assert "Give --fingerprint" in say("card", "add", home, bees.card_file, code=2)
    monkeypatch.setattr(commands, "_at_a_terminal", lambda: True)
    wrong = say("card", "add", home, bees.card_file, given="not that\n", code=42)
    assert bees.fingerprint not in wrong
    said = say("card", "add", home, bees.card_file, given=f"{heard}\n")
    assert "read out the fingerprint" in said
    assert "study.toml names “Pause”" in said, "the agreement is with another"
    assert "\x1b" not in say("card", "list", home)
    assert len(json.loads(say("card", "list", home, "--json"))) == 2


def test_a_suspended_partner_gets_nothing_until_resumed(sent, say):
    home = sent.place.home
    assert "cannot be called back" in say("card", "suspend", home, "Pause", "--reason", "a theft")
    assert "suspended since" in say("card", "list", home)
    request, _ = sent.pause.asks(sent.manifest)
    say("lease", "grant", home, request, code=63)
    say("send", home, "--to", "Pause", code=20)
    say("card", "resume", home, "Pause", "--reason", "a new laptop")
    assert "24 hours from opening" in say("lease", "grant", home, request)


def test_sending_says_what_went_and_whether_it_was_worth_it(sent, say):
    bees = Partner("Bees", sent.place.root / "bees")
    home = sent.place.home
    say("send", home, "--to", bees.card_file, code=20)
    said = say("send", home, "--to", bees.card_file, "--fingerprint", bees.fingerprint)
    path = home / "outbox" / f"{sent.place.study_id[:8]}-{bees.fingerprint[:9].replace('-', '')}-v1"
    assert f"Version 1 for Bees: {path}.casepkg" in said
    assert "By the risk panel's rule this is not worth sharing" in said
    assert f"signed    {sent.held.fingerprint}, your fingerprint" in said
    assert f"Your fingerprint, for partners to compare: {sent.held.fingerprint}" in say(
        "exchange", home
    )
    told = json.loads(say("send", home, "--to", "Pause", "--json"))
    assert (told["version"], told["replaces"]) == (2, sent.manifest.package)
    assert "No recoding that reaches the floor is called" in say(
        "send", home, "--to", "Bees", "--recoding", "nothing", code=21
    )


def test_whoever_restricts_is_told_who_holds_a_version_made_before(sent, say):
    home = sent.place.home
    assert "opens no more" not in say("exchange", home)
    said = say("restrict", home, "nobody yet", "--ground", "objection")
    assert f"casescope send {home} --to Pause\n" in said
    assert "opens no more until a new version is sent" in say("exchange", home)
    told = json.loads(say("exchange", home, "--json"))["partners"][0]["packages"][0]
    assert (told["new_version_due"], told["can_be_leased"]) == (True, False)


def test_leases_are_granted_shorter_and_listed(sent, say):
    home = sent.place.home
    assert say("lease", "list", home) == "No lease was granted.\n"
    request, session = sent.pause.asks(sent.manifest)
    out = sent.place.root / "lease.json"
    said = say("lease", "grant", home, request, "--hours", "2", "--out", out)
    again = json.loads(say("lease", "grant", home, request, "--hours", "2", "--json"))
    assert (again["hours"], again["partner"]) == (2, "Pause")
    assert "2 hours from opening, session" in said
    lease, _ = sent.pause.reads_lease(out, session)
    assert lease.hours == 2
    assert "2 hours" in say("lease", "list", home)
    assert json.loads(say("lease", "list", home, "--json"))[0]["lease"] == lease.lease
    assert "24 hours" in say(
        "lease", "grant", home, sent.pause.asks(sent.manifest)[0], "--hours", "30", code=20
    )


def test_the_exchange_is_shown_with_what_came_back(sent, say):
    home = sent.place.home
    ack = sent.pause.acknowledges(sent.held)
    assert "Taken in: acknowledgement of Pause" in say("receive", home, ack)
    say("receive", home, ack, code=20)
    found = sent.pause.finds(sent.manifest, {"a.json": b"{}"}, "f.casepkg")
    to = sent.place.root / "found"
    assert json.loads(say("receive", home, found, "--to", to, "--json"))["files"] == ["a.json"]
    say("send", home, "--to", "Pause")
    said = say("exchange", home)
    assert f"version 1  sent {TODAY}, replaced {TODAY}: opens no more; 0 leases" in said
    assert f"version 2  sent {TODAY}, not acknowledged yet" in said
    assert f"received  partner findings, {TODAY}" in said
    told = json.loads(say("exchange", home, "--json"))["partners"][0]
    assert [one["can_be_leased"] for one in told["packages"]] == [False, True]
    assert told["packages"][0]["acknowledged_on"] == TODAY.isoformat()
