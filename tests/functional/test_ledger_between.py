"""Two ledgers and the files exchanged: what one side does to a past that the other saw is found."""

from datetime import datetime

import pytest

from casescope.actions.gate.head import head_file, keep_head
from casescope.actions.ledger import ledger as ledgers
from casescope.actions.ledger import ledger_file
from casescope.governance.record.ledger import Act
from casescope.kernel.errors import LedgerBroken
from casescope.register import open_register
from tests.functional.partners import Exchange
from tests.functional.place import ME, TODAY


def exported(sent: Exchange, name: str = "ledger.json"):
    made = ledgers.export(sent.place.home, sent.place.root / name, actor=ME, today=TODAY)
    return made.path


def set_back(sent: Exchange, left: int | None = None) -> None:
    """Rewrite the council's ledger and its head with the same words, the newest entries gone."""
    from casescope.register.models import LedgerEntry

    register, study = open_register(), sent.place.study_id
    held = register.entries(study)[:left]
    LedgerEntry.objects.filter(study=study).delete()
    register.append_all(study, [
        Act(one.on, datetime.fromisoformat(one.at), one.actor, one.action, one.detail)
        for one in held
    ])  # fmt: skip
    head_file(study).unlink()
    keep_head(register, study)


def test_an_export_holds_what_the_partner_countersigned(sent):
    shown = sent.pause.kept[-1].size
    request, _ = sent.pause.asks(sent.manifest)
    sent.grants(request)
    verdict = ledger_file.verify(exported(sent))
    assert verdict.faults == ()
    (witness,) = verdict.witnesses
    assert (witness.by, witness.size) == (sent.pause.origin, shown)
    assert witness.key == sent.pause.card.key
    assert len(verdict.export.hashes) > shown


def test_a_council_that_rewrites_its_ledger_is_found_by_its_partner_and_its_own_export(sent):
    request, _ = sent.pause.asks(sent.manifest)
    sent.grants(request)
    set_back(sent)
    assert ledgers.verify(sent.place.home, actor=ME, today=TODAY).faults == ()
    verdict = ledger_file.verify(exported(sent))
    assert "countersigned another ledger" in verdict.faults[0]

    again, _ = sent.pause.asks(sent.manifest)
    with pytest.raises(LedgerBroken, match="does not begin with"):
        sent.grants(again)  # what the partner countersigned is not in the ledger


def test_a_partner_finds_a_council_that_was_set_back_in_its_next_message(sent):
    from casescope.register.models import Message

    request, session = sent.pause.asks(sent.manifest)
    lease = sent.grants(request)
    sent.pause.reads_lease(lease, session)
    held = sent.pause.kept[-1].size
    set_back(sent, 3)
    with pytest.raises(LedgerBroken, match="this ledger has 3"):
        sent.sends()
    Message.objects.all().delete()  # as if nothing had ever been told
    sold = sent.sends()
    with pytest.raises(LedgerBroken, match=f"but {held} were seen before"):
        sent.pause.take_in(sold.path)


def test_a_partners_workspace_used_twice_is_found_by_the_council(sent):
    twin = sent.pause.copied(sent.place.root / "twin")
    request, _ = sent.pause.asks(sent.manifest)
    sent.grants(request)
    other, _ = twin.asks(sent.manifest)
    with pytest.raises(LedgerBroken, match="another ledger of 1 entries"):
        sent.grants(other)
    assert any("another ledger" in each for each in sent.refusals())
