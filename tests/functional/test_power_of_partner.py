"""The partner's side, cut off after each durable change of opening and of finishing, for real.

Run again, it comes to what it would have come to: one package held, one acknowledgement, one
receipt, and no plain byte of the dataset anywhere at any moment.
"""

import itertools
import os
import shutil

import pytest

from casescope.actions.partner.session import note, query
from casescope.exchange.messages.acknowledgement import ACKNOWLEDGEMENT, acknowledgement_of
from casescope.exchange.messages.receipt import RECEIPT, receipt_of
from casescope.exchange.workspace import keys
from casescope.kernel import durable
from casescope.kernel.errors import UserError
from tests.functional.power import at_every_cut
from tests.unit.workspace.conftest import Partner
from tests.unit.workspace.council import Council

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork to cut short")

SQL = "SELECT age, count(*) FROM shared_woman GROUP BY age;"


class Sides:
    """A partner and its council in one folder, which can be put back as it was."""

    def __init__(self, root, patch) -> None:
        self.root = root / "sides"
        patch.setenv("CASESCOPE_KEYS", str(self.root / "keys"))
        self.side = Partner(self.root)
        self.council = Council(self.root / "council", self.side.begun.card)
        self.saved = root / "saved"

    def save(self) -> None:
        shutil.copytree(self.root, self.saved)

    def fresh(self) -> "Sides":
        shutil.rmtree(self.root)
        shutil.copytree(self.saved, self.root)
        self.council.recall()
        return self

    def files(self):
        return {path: path.read_bytes() for path in self.root.rglob("*") if path.is_file()}

    def acknowledged(self):
        return [acknowledgement_of(self.council.takes(path.read_bytes(), ACKNOWLEDGEMENT), "it")
                for path in sorted(self.side.outbox.glob("*.acknowledgement.json"))]  # fmt: skip


@pytest.fixture
def sides(tmp_path, monkeypatch):
    return Sides(tmp_path, monkeypatch)


def whole_session(sides):
    with sides.side.open(sides.package, sides.council) as session:
        note(session, "a thought of hers")
        query(session, SQL)


def refusal(sides):
    """What a session is refused with; empty where it is not."""
    try:
        whole_session(sides)
    except UserError as error:
        return str(error)
    return ""


def holds_no_plain_byte(sides):
    words = [*(token.encode() for token in sides.council.tokens), b"a thought of hers",
             *sides.council.files.values()]  # fmt: skip
    for path, raw in sides.files().items():
        assert not [word for word in words if word in raw], path


def test_opening_a_correction_cut_off_anywhere(sides):
    """From version 1 to version 2, with a note and a question."""
    sides.package = sides.council.send()
    whole_session(sides)
    old = sides.council.newest
    sides.acknowledged()
    for path in sides.side.outbox.iterdir():
        path.unlink()
    sides.package = sides.council.send(seed=2)
    sides.save()

    def check(sides, _):
        sides.council.recall()
        holds_no_plain_byte(sides)
        version = sides.side.show()["package"]["version"]
        with sides.side.open(sides.package, sides.council) as session:
            assert len(session.log.lines) >= 2
        assert sides.side.show()["package"]["version"] == 2
        assert version in (1, 2)
        assert [path.stem for path in sides.side.begun.place.packages.iterdir()] == [
            sides.council.newest
        ]
        (said,) = sides.acknowledged()
        assert (said.version, said.replaces) == (2, old)
        assert len(said.destroyed) == 1
        holds_no_plain_byte(sides)

    cuts = at_every_cut(sides.fresh, whole_session, check)
    assert cuts >= 15


def test_beginning_cut_off_anywhere(tmp_path, monkeypatch):
    monkeypatch.setenv("CASESCOPE_KEYS", str(tmp_path / "keys"))
    root = tmp_path / "sides"

    def fresh():
        shutil.rmtree(root, ignore_errors=True)
        return root

    def check(root, _):
        if not (root / "workspace" / "workspace.json").exists():
            assert Partner(root).show()["stage"] == "begun; no package yet"
        assert len(list((root / "workspace").glob("*.card.json"))) == 1

    assert at_every_cut(fresh, Partner, check) >= 6


def test_finishing_cut_off_anywhere(sides):
    sides.package = sides.council.send()
    whole_session(sides)
    sides.acknowledged()
    sides.package.unlink()
    sides.save()
    inventories = set()

    def check(sides, _):
        sides.council.recall()
        receipts = {path.read_bytes() for path in sides.side.outbox.glob("*.receipt.json")}
        raw = sides.side.finish().receipt.read_bytes()
        assert receipts <= {raw}, "two receipts with two truths"
        assert len(list(sides.side.outbox.glob("*.receipt.json"))) == 1
        said = receipt_of(sides.council.takes(raw, RECEIPT), "it")
        inventories.add(tuple(one.what for one in said.destroyed))
        assert not [name for name in keys.OPENING if (sides.side.keys / name).exists()]
        assert not list(sides.side.begun.place.packages.iterdir())
        assert not list(sides.side.begun.place.sealed.iterdir())

    cuts = at_every_cut(sides.fresh, lambda sides: sides.side.finish(), check)
    assert cuts >= 10
    assert len(inventories) == 1, "what was destroyed is told alike wherever it was cut"


def test_a_full_disk_at_each_durable_change(sides, monkeypatch):
    """Refused in one sentence, nothing plain anywhere, and gone on from when there is room."""
    sides.package = sides.council.send()
    sides.save()
    fill, append, refused = durable._fill, durable.append, 0
    for number in itertools.count(1):
        sides.fresh()
        left = itertools.count(1)

        def full(work, left=left, number=number):
            def worker(*args, **kwargs):
                if next(left) == number:
                    raise OSError(28, "No space left on device")
                return work(*args, **kwargs)

            return worker

        monkeypatch.setattr(durable, "_fill", full(fill))
        monkeypatch.setattr(durable, "append", full(append))
        said = refusal(sides)
        monkeypatch.setattr(durable, "_fill", fill)
        monkeypatch.setattr(durable, "append", append)
        if not said:
            break
        assert "cannot be written" in said
        refused += 1
        holds_no_plain_byte(sides)
        whole_session(sides)
    assert refused >= 15
