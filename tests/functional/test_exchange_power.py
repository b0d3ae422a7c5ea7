"""The power is cut after each durable change of the council's commands, and one truth is left."""

import errno
import hashlib
import os
import shutil
from contextlib import suppress
from dataclasses import replace

import pytest

from casescope.actions.gate import exchange_keys as keys
from casescope.actions.ledger.ledger import verify
from casescope.actions.sharing import _packing
from casescope.actions.sharing import send as sending
from casescope.actions.sharing._packing import Shared
from casescope.actions.sharing._token_map import tokens_for
from casescope.kernel import durable
from casescope.kernel.errors import LeaseRefused, NotAllowed, VaultRefused
from casescope.register import open_register
from tests.functional.partners import Exchange, Partner
from tests.functional.place import ME, TODAY
from tests.functional.power import MOST, at_every_cut

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork to cut short")


@pytest.fixture
def quick(sent_once, monkeypatch):
    """The rows are made once and not searched again: here it is about what is written, and when."""
    made: list[Shared] = []

    def shared_for(permit, vault, partner, **told) -> Shared:
        if not made:
            made.append(_packing.shared_for(permit, vault, partner, **told))
            return made[0]
        women = [f"woman {number}" for number in range(25)]
        _, layers = tokens_for(permit, vault, partner, women)
        return replace(made[0], layers=tuple(layers))

    monkeypatch.setattr(sending, "shared_for", shared_for)
    monkeypatch.setattr(sending, "check_nothing_leaks", lambda *_: None)


@pytest.fixture
def fresh(sent_once, empty, panels, quick):
    """Return a function that puts the study back as it was after the first package."""

    def put_back() -> Exchange:
        from django.db import connections

        connections.close_all()
        shutil.rmtree(empty.root, ignore_errors=True)
        return sent_once.copied(empty.root)

    put_back().sends()  # so that the rows are made before any child is
    return put_back


def check_one_truth(sent: Exchange, *, swept: bool = True) -> None:
    """What the register says is what lies there: packages, halves, tokens, ledger.

    Layers that no longer count are swept away by whoever writes next.
    """
    place, register = sent.place, open_register()
    rows = register.packages(place.study_id)
    current = [row for row in rows if row.superseded_on is None]
    partners = [row.fingerprint for row in register.partners(place.study_id)]
    assert len({row.partner for row in current}) == len(current) <= len(partners)
    assert set(keys.packages_with_keys(place.study_id)) == {row.package for row in current}
    outbox = place.home / "outbox"
    assert {one for one in sent.outbox if one.endswith("pkg")} == {row.file for row in current}
    assert not [one for one in sent.outbox if one.startswith(".")], "nothing is left half-done"
    for row in current:
        assert hashlib.sha256((outbox / row.file).read_bytes()).hexdigest() == row.sha256
    for one in rows:
        assert one.version == 1 + sum(
            other.partner == one.partner and other.version < one.version for other in rows
        )
    files = {row.file for row in register.study(place.study_id).layers.values()}
    assert place.files() == files or not swept, "no layer but those that the register knows"
    assert files <= place.files()
    assert verify(place.home, actor=ME, today=TODAY).faults == ()


def opens(sent: Exchange, held, partner: Partner) -> None:
    request, session = partner.asks(held.manifest)
    _, halves = partner.reads_lease(sent.grants(request), session)
    assert partner.opens(held, halves)


def test_sending_the_first_package(fresh):
    """Every half, the map of tokens, the package itself: none counts before the record."""

    def with_another() -> Exchange:
        sent = fresh()
        Partner("Bees", sent.place.root / "bees").added_to(sent.place)
        return sent

    def check(sent: Exchange, _: int) -> None:
        held = sent.sends("Bees")
        check_one_truth(sent)
        rows = [row.version for row in open_register().packages(sent.place.study_id)]
        assert rows in ([1, 1], [1, 1, 2])
        assert held.manifest.package == open_register().packages(sent.place.study_id)[-1].package

    assert at_every_cut(with_another, lambda sent: sent.sends("Bees"), check) >= 7


def test_replacing_a_package(fresh):
    """Either the first counts or the second, whole; and whichever counts can be opened."""
    told = []

    def check(sent: Exchange, _: int) -> None:
        rows = open_register().packages(sent.place.study_id)
        told.append(len(rows))
        if len(rows) == 1:
            opens(sent, sent.held, sent.pause)
        else:
            opens_second(sent)
        sent.sends()
        check_one_truth(sent)

    assert at_every_cut(fresh, lambda sent: sent.sends(), check) >= 7
    assert set(told) == {1, 2}
    assert told == sorted(told)


def opens_second(sent: Exchange) -> None:
    """Take the package that was recorded before the cut from where the next command puts it."""
    row = open_register().packages(sent.place.study_id)[-1]
    with pytest.raises(LeaseRefused, match="newer version"):
        sent.grants(sent.pause.asks(sent.manifest)[0])
    check_one_truth(sent, swept=False)
    opens(sent, sent.pause.take_in(sent.place.home / "outbox" / row.file), sent.pause)


def test_granting_a_lease(fresh):
    """A request has one lease or none; asked again it is the same one, to the byte."""
    asked = []

    def ask() -> Exchange:
        sent = fresh()
        asked.append(sent.pause.asks(sent.manifest))
        return sent

    def grant(sent: Exchange) -> None:
        sent.grants(asked[-1][0])

    def check(sent: Exchange, _: int) -> None:
        before = [row.document for row in open_register().leases(sent.place.study_id)]
        request, session = asked[-1]
        path = sent.grants(request)
        rows = open_register().leases(sent.place.study_id)
        assert [row.document for row in rows] == [path.read_text(encoding="utf-8")]
        assert before in ([], [rows[0].document])
        kinds = [one.kind for one in open_register().messages(sent.place.study_id)]
        assert kinds == ["shared dataset", "lease request", "lease"]
        check_one_truth(sent)
        sent.pause.reads_lease(path, session)

    assert at_every_cut(ask, grant, check) >= 4


def test_taking_in_findings(fresh):
    """Recorded once, and their files whole, whenever the power went."""
    files = []

    def found() -> Exchange:
        sent = fresh()
        files.append(sent.pause.finds(sent.manifest, {"a.json": b"1", "b.json": b"2"}, "f.casepkg"))
        return sent

    def check(sent: Exchange, _: int) -> None:
        with suppress(NotAllowed):  # taken in already, and whole
            sent.receives(files[-1])
        folder = sent.place.home / "partner"
        there = {path.name: path.read_bytes() for path in folder.glob("*/*")}
        assert there == {"a.json": b"1", "b.json": b"2"}
        messages = open_register().messages(sent.place.study_id)
        assert [one.kind for one in messages if one.incoming] == ["partner findings"]
        check_one_truth(sent)

    assert at_every_cut(found, lambda sent: sent.receives(files[-1]), check) >= 4


# a full disk


def at_every_full_disk(fresh, command, check, patch) -> int:
    """Let the disk be full at the first file that is written, at the second, … until none is."""
    fill = durable._fill
    for number in range(1, MOST):
        sent, left = fresh(), [number]

        def full(part, *given, left=left, **told) -> None:
            left[0] -= 1
            if left[0] == 0:
                raise OSError(errno.ENOSPC, "no space left on device", str(part))
            fill(part, *given, **told)

        with patch.context() as full_disk:
            full_disk.setattr(durable, "_fill", full)
            try:
                command(sent)
            except VaultRefused as refusal:
                told = refusal
            else:
                return number - 1
        assert "cannot be written" in told.sentence
        check(sent)
    raise AssertionError("the command still goes on")


def test_sending_and_granting_with_a_full_disk(fresh, monkeypatch):
    def check(sent: Exchange) -> None:
        sent.sends()
        check_one_truth(sent)

    assert at_every_full_disk(fresh, lambda sent: sent.sends(), check, monkeypatch) >= 3

    asked = []

    def ask() -> Exchange:
        sent = fresh()
        asked.append(sent.pause.asks(sent.manifest))
        return sent

    def check_lease(sent: Exchange) -> None:
        request, session = asked[-1]
        sent.pause.reads_lease(sent.grants(request), session)
        assert len(open_register().leases(sent.place.study_id)) == 1

    def grant(sent: Exchange) -> None:
        sent.grants(asked[-1][0])

    assert at_every_full_disk(ask, grant, check_lease, monkeypatch) >= 2
