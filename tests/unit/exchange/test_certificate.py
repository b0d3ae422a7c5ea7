"""What a certificate of ending proves, leaves to people's word, and says nobody can know."""

import json
from dataclasses import replace
from datetime import date

import pytest

from casescope.exchange.ending.certificate import Attestation, CopySeen, Granted, HeldRows, Shown
from casescope.exchange.ending.certificate_file import check_pdf, read_certificate
from casescope.exchange.ending.proof import proof_of
from casescope.exchange.ending.words import words_of
from casescope.exchange.form.message import message
from casescope.exchange.messages.receipt import Search, Stray, Used
from casescope.governance.record.export import export_of
from casescope.kernel.errors import SignatureRefused
from tests.unit.exchange.endings import (
    BEFORE,
    BEGUN,
    CLOSED,
    LEASE,
    PACKAGE,
    USED,
    TheCouncil,
    ThePartner,
    at,
    changed,
    lines,
)


@pytest.fixture
def council() -> TheCouncil:
    return TheCouncil()


@pytest.fixture
def pause() -> ThePartner:
    return ThePartner()


def first(council, certificate) -> tuple[str, str, str]:
    return words_of(certificate, proof_of(certificate, council.key)).first


def faults(council, certificate) -> tuple[str, ...]:
    return proof_of(certificate, council.key).faults


def test_with_a_receipt_both_ledgers_are_proved(council, pause):
    certificate = council.certificate(pause.part(pause.receipt(council)))
    proved, attested, unknowable = first(council, certificate)
    assert proved == (
        "The ledgers of the council and of Pause are unbroken and agree, and neither records a "
        "lease or a session begun after the study ended at 10:40 UTC on 2 November 2026."
    )
    assert attested == (
        "Ashmarsh (dir) states that every key to the study’s data was destroyed, and no copy "
        "outside the study’s folder is known to its ledger; Pause states that it destroyed what it "
        "held, and its search for copies found none."
    )
    assert unknowable.startswith("Nobody can know whether a copy was kept")
    proof = proof_of(certificate, council.key)
    assert (proof.faults, proof.open, certificate.consistent) == ((), (), True)
    assert "one session, opened before the study ended" in proof.shown[-1]
    assert (
        "Ashmarsh states that nothing but 1 package to 1 partner, with 1 lease, was ever sent from "
        "this study. The entries of its ledger before the end are here as hashes alone."
    ) in words_of(certificate, proof).attested


def test_without_a_receipt_that_is_said_and_nothing_of_the_partner_is_proved(council, pause):
    certificate = council.certificate(pause.part())
    proved, attested, _ = first(council, certificate)
    assert "no receipt of Pause has come yet" in proved
    assert "Pause" not in attested
    proof = proof_of(certificate, council.key)
    assert proof.open == (
        "No receipt of Pause has come: of its ledger only its first 2 entries were seen.",
    )
    assert proof.is_consistent


def test_with_nothing_sent_that_is_the_councils_statement(council):
    council.acts = (BEFORE[0], CLOSED)
    certificate = council.certificate()
    assert first(council, certificate)[0] == (
        "The council’s ledger is unbroken, and nothing is sent by it after the study ended at "
        "10:40 UTC on 2 November 2026; before that, the council states, nothing was sent to "
        "anybody either."
    )


def forked(pause: ThePartner) -> ThePartner:
    """The same partner with another past: its first entry rewritten, the rest made to follow."""
    other = ThePartner(pause.name, pause.acts, pause.private)
    other.__dict__["card_file"] = pause.card_file
    other.acts = ((16, "hold", {}), *pause.acts[1:])
    return other


def test_a_forked_ledger_of_a_partner_is_the_first_thing_said(council, pause):
    """The receipt shows another past than the checkpoint that the council had kept."""
    certificate = council.certificate(pause.part(forked(pause).receipt(council)))
    assert first(council, certificate)[0].startswith("NOT CONSISTENT: The receipt of Pause shows")
    assert not certificate.consistent


def test_a_message_that_denied_the_past_is_held_against_its_sender(council, pause):
    denying = forked(pause).receipt(council)
    certificate = council.certificate(pause.part(contradicts=(denying,)))
    assert first(council, certificate)[0].startswith("NOT CONSISTENT: A message that Pause signed")
    honest = council.certificate(pause.part(contradicts=(pause.receipt(council),)))
    assert honest.consistent  # what denies nothing proves nothing
    theirs = ThePartner().receipt(council)
    assert "is signed with another key" in faults(
        council, council.certificate(pause.part(contradicts=(theirs,)))
    )[0]  # fmt: skip


def test_a_cut_off_ledger_of_a_partner(council, pause):
    short = ThePartner(pause.name, pause.acts[:1], pause.private)
    short.__dict__["card_file"] = pause.card_file
    short.__dict__["entries"] = pause.entries[:1]
    certificate = council.certificate(pause.part(short.receipt(council, sent=(1,))))
    assert "shows a ledger of 1 entries, but 2 were seen before" in faults(council, certificate)[0]


CASES = {
    "another export": (
        lambda pause, council: pause.receipt(council, export=pause.export(pause.entries[:-1])),
        "is not the one that it signed for",
    ),
    "a broken export": (
        lambda pause, council: pause.receipt(
            council, export=pause.export([changed(pause.entries[0]), *pause.entries[1:]])
        ),
        "is broken",
    ),
    "no ledger at all": (
        lambda pause, council: pause.receipt(council, export="{}\n"), "is not a ledger export",
    ),
    "a session after the end": (
        lambda pause, council: pause.receipt(
            council, sessions=(Used("2" * 32, PACKAGE, at(101), None),)
        ),
        "a session opened at 10:41 UTC on 2 November 2026, after the study had ended",
    ),
    "a lease that nobody granted": (
        lambda pause, council: pause.receipt(
            council, sessions=(Used("9" * 32, PACKAGE, at(21), None),)
        ),
        "under a lease that the council never recorded",
    ),
    "a session left out": (
        lambda pause, council: pause.receipt(council, sessions=()),
        "lists other sessions than its own ledger tells of",
    ),
    "a session cut short": (
        lambda pause, council: pause.receipt(
            council, sessions=(Used("2" * 32, PACKAGE, at(21), at(22)),)
        ),
        "lists other sessions",
    ),
    "another study": (
        lambda pause, council: pause.receipt(council, study="another"), "of another study",
    ),
    "another partner's": (lambda _, council: ThePartner().receipt(council), "another key"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_receipt_that_does_not_fit(council, pause, case):
    made, match = CASES[case]
    certificate = council.certificate(pause.part(made(pause, council)))
    assert any(match in one for one in faults(council, certificate))
    assert first(council, certificate)[0].startswith("NOT CONSISTENT: ")
    read, _ = read_certificate(council.signed(certificate), "c")
    assert not read.consistent


def test_a_receipt_that_leaves_something_out_is_open_not_inconsistent(council, pause):
    certificate = council.certificate(pause.part(pause.receipt(council, packages=())))
    proof = proof_of(certificate, council.key)
    assert proof.is_consistent
    assert proof.open == (
        "The receipt of Pause does not account for version 1, sent on 2026-11-02.",
    )


def test_what_no_ledger_tells_is_the_partners_word(council, pause):
    """A receipt without its ledger, or with its hashes alone: its sessions are not proved."""
    hashes = export_of(pause.entries, origin=pause.origin, study="workspace",
                       private=pause.private, on=BEGUN.date(), details=False)  # fmt: skip
    for said in ({"ledger_export": "", "ledger_sha256": "a" * 64}, {"export": hashes.decode()}):
        certificate = council.certificate(pause.part(pause.receipt(council, **said, sessions=())))
        proof = proof_of(certificate, council.key)
        assert proof.is_consistent
        assert proof.shown[-1] == "The receipt, not that ledger, tells of no session."
        assert "The receipt of Pause names its ledger by hashes alone." in proof.open
        assert first(council, certificate)[0].endswith(
            "the receipt of Pause came without its ledger’s entries, so what was done there is its "
            "word alone."
        )


def test_a_lease_of_which_no_session_is_told_is_open(council, pause):
    """A partner's disk put back hides a session; the council knows the lease."""
    granted = (Granted(LEASE, at(20)), Granted("7" * 32, at(50)))
    certificate = council.certificate(pause.part(pause.receipt(council), leases=granted))
    assert proof_of(certificate, council.key).open == (
        "The receipt of Pause tells of no session under 1 of 2 leases that were granted: not "
        "opened, or not told.",
    )


@pytest.mark.parametrize(
    ("end", "ended_at", "said"),
    [((140, "end", {"opened": 2}), at(140), "went on until 11:20 UTC on 2 November 2026"),
     ((40, "tell", {}), None, "tells of no end of 1 session: as long as a lease may last")],
)  # fmt: skip
def test_a_session_that_outlasted_the_study_is_open(council, end, ended_at, said):
    pause = ThePartner(acts=(*USED[:2], end, *USED[3:]))
    told = pause.receipt(council, sessions=(Used(LEASE, PACKAGE, at(21), ended_at),))
    proof = proof_of(council.certificate(pause.part(told)), council.key)
    assert proof.is_consistent
    assert [said in one for one in proof.open] == [True]


@pytest.mark.parametrize("action", ["grant_lease", "send"])
def test_what_the_council_did_after_the_end_is_told(pause, action):
    council = TheCouncil((*BEFORE, CLOSED, (120, action, {"did": {}})))
    certificate = council.certificate(pause.part(pause.receipt(council)))
    assert "after the study had ended, in entry 5" in faults(council, certificate)[0]
    refused = TheCouncil((*BEFORE, CLOSED, (120, action, {"refused": "the study is closed"})))
    assert refused.certificate(pause.part(pause.receipt(refused))).consistent


def test_the_councils_own_past_is_held_to_what_the_partner_countersigned(council, pause):
    seen = pause.countersigned(council, 3)
    part = pause.part(pause.receipt(council))
    sound = council.certificate(part)
    sound = replace(sound, ledger=replace(sound.ledger, countersigned=(seen,)))
    assert faults(council, sound) == ()
    assert any("begins with the 3 entries that Pause countersigned" in one
               for one in proof_of(sound, council.key).shown)  # fmt: skip
    rewritten = TheCouncil(council.acts, council.private)  # other salts: another past
    lying = rewritten.certificate(part)
    lying = replace(lying, ledger=replace(lying.ledger, countersigned=(seen,)))
    assert faults(council, lying) == (
        "The council’s ledger does not begin with the 3 entries that Pause countersigned.",
    )
    unsigned = replace(seen, note=council.note(3))
    forged = replace(sound, ledger=replace(sound.ledger, countersigned=(unsigned,)))
    assert "countersigned a checkpoint that is not" in faults(council, forged)[0]


def test_the_councils_ledger_is_held_to_its_checkpoint(council):
    sound = council.certificate()
    for ledger in (
        replace(sound.ledger, hashes=sound.ledger.hashes[:-1]),
        replace(sound.ledger, hashes=("b" * 64, *sound.ledger.hashes[1:])),
        replace(sound.ledger, note=TheCouncil().note()),
        replace(sound.ledger, ending=lines([changed(council.entries[-1])])),
        replace(sound.ledger, ending=""),
        replace(sound.ledger, ending="[]\n"),
    ):
        assert faults(council, replace(sound, ledger=ledger))
    late = replace(sound.ending, at=at(99))
    assert faults(council, replace(sound, ending=late)) == (
        "The council’s ledger does not tell of the ending as the certificate does.",
    )


def test_what_the_council_found_wrong_with_its_own_ledger_is_said(council):
    sound = council.certificate()
    broken = replace(sound.ledger, faults=("Entry 2: its content no longer has its hash.",))
    certificate = council.certificate(ledger=broken)
    assert not certificate.consistent
    assert first(council, certificate)[0].startswith("NOT CONSISTENT: Entry 2: its content")


def test_copies_that_are_still_there_are_in_the_second_sentence(council):
    def copy(state: str) -> CopySeen:
        return CopySeen("extract that was loaded", "/share/x", date(2026, 11, 2), "ann", 3, 9,
                        "a" * 64, state, 3)  # fmt: skip

    gone, there = copy("gone from where it was"), copy("still there, unchanged")
    one = first(council, council.certificate(copies=(gone,)))[1]
    assert one.endswith("its one known copy is gone from where it was.")
    both = first(council, council.certificate(copies=(gone, there)))[1]
    assert both.endswith("of 2 known copies of its own 1 is NOT gone.")
    all_gone = first(council, council.certificate(copies=(gone, gone)))[1]
    assert all_gone.endswith("all 2 known copies of its own are gone from where they were.")


def test_holds_are_said_without_anybody(council):
    held = HeldRows("H1", "a complaint that is still open", "dee", date(2026, 11, 1),
                    date(2027, 3, 1), "kept", keeps=True, ended_on=None)  # fmt: skip
    certificate = council.certificate(holds=(held,))
    assert "was destroyed, but for what one hold keeps" in first(council, certificate)[1]
    two = council.certificate(holds=(held, replace(held, hold="H2")))
    assert "but for what 2 holds keep" in first(council, two)[1]
    over = replace(held, state="ended", keeps=False, ended_on=date(2026, 12, 1))
    assert "hold" not in first(council, council.certificate(holds=(over,)))[1]


def test_strays_and_screens_are_told(council, pause):
    found = Search(("/srv",), 5, 1, 64, (Stray("/srv/x", "hash", "remains: asked IT"),), at(109))
    receipt = pause.receipt(council, searched=(found,))
    certificate = council.certificate(
        pause.part(receipt),
        shown=Shown(2, 0, 1),
        attested=(Attestation("dir", date(2026, 11, 3), "wiped"),),
    )
    words = words_of(certificate, proof_of(certificate, council.key))
    assert "its search for copies found 1 copy" in words.first[1]
    assert "3 times data was shown on a screen" in words.first[2]
    assert "dir states on 3 November 2026: “wiped”" in words.attested
    assert "Pause, of the copy /srv/x: remains: asked IT." in words.attested
    assert any("the list of women was shown" in one and "2 times" in one
               for one in words.unknowable)  # fmt: skip


def test_every_byte_counts(council, pause):
    """Each byte of a certificate changed in turn: refused."""
    raw = council.signed(council.certificate(pause.part()))
    assert read_certificate(raw, "c")[0].study
    for place in range(len(raw)):
        bad = raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :]
        with pytest.raises(SignatureRefused):
            read_certificate(bad, "c")
    for cut in (0, 1, len(raw) // 2, len(raw) - 1):
        with pytest.raises(SignatureRefused):
            read_certificate(raw[:cut], "c")


def test_a_certificate_that_belies_its_own_proofs_is_refused(council, pause):
    bad = council.certificate(pause.part(forked(pause).receipt(council)))
    with pytest.raises(SignatureRefused, match="says of its proofs what they do not show"):
        read_certificate(council.signed(replace(bad, consistent=True)), "c")
    good = council.certificate(pause.part())
    with pytest.raises(SignatureRefused, match="says of its proofs"):
        read_certificate(council.signed(replace(good, consistent=False)), "c")


def test_the_pdf_is_the_one_that_it_vouches_for(council):
    import hashlib

    sha256 = hashlib.sha256(b"pdf").hexdigest()
    certificate = council.certificate(files={"certificate.pdf": sha256})
    check_pdf(certificate, b"pdf", "certificate.pdf")
    for other in (b"pdg", b""):
        with pytest.raises(SignatureRefused, match="vouches for"):
            check_pdf(certificate, other, "certificate.pdf")


def test_another_signer_proves_nothing(council, pause):
    """The same statement under another key: its checkpoint is not that key's."""
    certificate = council.certificate(pause.part())
    with pytest.raises(SignatureRefused, match="says of its proofs"):
        read_certificate(TheCouncil().signed(certificate), "c")


def test_the_leases_in_it_are_those_that_count(council, pause):
    receipt = pause.receipt(council)
    part = pause.part(receipt, leases=(Granted("8" * 32, at(20)),))
    assert "never recorded" in faults(council, council.certificate(part))[0]


def test_a_message_of_another_kind_is_no_receipt(council, pause):
    told = json.loads(pause.receipt(council))["statement"]
    told.pop("ledger")
    other = message("acknowledgement", told, growth=pause.growth(5, (2,)), private=pause.private)
    assert faults(council, council.certificate(pause.part(other.decode())))


NESTED = "[" * 100_000 + "]" * 100_000
ODD = {
    "no entry at all": "[]\n",
    "nested without end": NESTED + "\n",
    "an entry whose detail is nested without end": '{"detail":' + NESTED + "}\n",
    "no JSON": "{\n",
    "nothing": "",
}


@pytest.mark.parametrize("ending", ODD.values(), ids=ODD)
def test_a_certificate_with_any_entries_is_read_and_proves_nothing(council, ending):
    """Signed by a hostile council: whoever verifies it gets an answer, not a fault of ours."""
    good = council.certificate()
    certificate = council.certificate(ledger=replace(good.ledger, ending=ending))
    assert "not those of the council" in faults(council, certificate)[0]


def test_an_ending_at_no_time_is_no_ending(council):
    odd = replace(council.entries[-1], at="yesterday")
    odd = replace(odd, hash=odd.computed_hash())
    council.entries[-1] = odd
    certificate = council.certificate()
    assert "not those of the council" in faults(council, certificate)[0]
