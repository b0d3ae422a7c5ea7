"""Cards and messages: read as they were made, and refused with any byte changed or missing."""

import contextlib
import json
from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from casescope.exchange.form.message import (
    as_file,
    growth_of,
    kind_of,
    message,
    read_message,
    signed_by_anyone,
)
from casescope.exchange.form.names import SUFFIXES, file_name, kind_by_name
from casescope.exchange.form.shape import as_json, one_line
from casescope.exchange.messages.acknowledgement import acknowledgement_of
from casescope.exchange.messages.card import make_card, read_card
from casescope.exchange.messages.lease import LEASE, REQUEST, lease_of, request_of
from casescope.exchange.messages.receipt import RECEIPT, receipt_of
from casescope.exchange.reading import READERS, reading
from casescope.governance.record.signing import fingerprint, sign
from casescope.kernel.errors import NotAllowed, NotFound, SignatureRefused
from tests.unit.exchange.made import (
    ACKNOWLEDGEMENT_FILE,
    CARD,
    CARD_FILE,
    COUNCIL,
    COUNCIL_KEY,
    DONE,
    GRANTED,
    LEASE_FILE,
    MESSAGES,
    PARTNER,
    PARTNER_KEY,
    PARTNER_NAME,
    RECEIPT_FILE,
    REQUEST_FILE,
    TAKEN,
    THEIRS,
    WISH,
    growth,
)

KINDS = list(MESSAGES)


def changes(raw: bytes, at: int) -> list[bytes]:
    """One byte flipped in two ways, one put in, one taken out."""
    return [
        raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :],
        raw[:at] + bytes([raw[at] ^ 0x20]) + raw[at + 1 :],
        raw[:at] + b" " + raw[at:],
        raw[:at] + raw[at + 1 :],
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_every_changed_byte_is_found(kind):
    raw, read = MESSAGES[kind], READERS[kind]
    read(raw, "A file")
    for at in range(len(raw)):
        for changed in changes(raw, at):
            with pytest.raises(SignatureRefused):
                read(changed, "A file")


@pytest.mark.parametrize("kind", KINDS)
def test_every_length_cut_short_is_found(kind):
    raw, read = MESSAGES[kind], READERS[kind]
    for length in range(len(raw)):
        with pytest.raises(SignatureRefused):
            read(raw[:length], "A file")
    with pytest.raises(SignatureRefused):
        read(raw + b"\n", "A file")


@pytest.mark.parametrize("kind", KINDS)
def test_another_way_to_write_the_same_is_refused(kind):
    held = json.loads(MESSAGES[kind])
    for text in (json.dumps(held), json.dumps(held, indent=1), json.dumps(held, indent=2) + "\n"):
        with pytest.raises(SignatureRefused):
            READERS[kind](text.encode(), "A file")
    with pytest.raises(SignatureRefused):
        READERS[kind](as_file({**held, "more": 1}), "A file")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("other", KINDS)
def test_a_file_of_one_kind_is_not_taken_for_another(kind, other):
    if kind != other:
        with pytest.raises(SignatureRefused):
            READERS[other](MESSAGES[kind], "A file")


@pytest.mark.parametrize("kind", KINDS)
def test_a_line_more_or_less_or_of_another_type_is_refused_however_well_signed(kind):
    held = json.loads(MESSAGES[kind])
    said, private = held["statement"], COUNCIL if kind == LEASE else PARTNER
    shapes = [{**said, "more": "x"}]
    shapes += [{k: v for k, v in said.items() if k != name} for name in said]
    shapes += [{**said, name: wrong} for name in said for wrong in (5.5, [["x"]], "two\nlines")]
    for shape in shapes:
        raw = as_file(sign(kind, shape, private).as_dict())
        if shape.get("ledger_export") == "two\nlines":
            continue  # a ledger has many lines; its hash is held to below
        with pytest.raises(SignatureRefused):
            READERS[kind](raw, "A file")


def deep(depth: int) -> list[object]:
    return [] if depth == 1 else [deep(depth - 1)]


ODD = ["", "\ud800", "\u202e", "\0", "x" * 20_000, "9999-12-31", "9999-12-31T23:59:59+00:00",
       "9999-12-31T23:59:59-23:59", "0001-01-01", True, -1, 2**70, 1e308, float("inf"), {},
       {"a": {}}, [[]], [None], deep(90)]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_odd_values_are_refused_and_never_a_fault(kind):
    held = json.loads(MESSAGES[kind])
    said, private = held["statement"], COUNCIL if kind == LEASE else PARTNER
    for name, odd in product([*said, "checkpoint", "proofs"], ODD):
        ledger = {**said.get("ledger", {}), name: odd}
        shape = (
            {**said, "ledger": ledger} if name in said.get("ledger", {}) else {**said, name: odd}
        )
        try:
            raw = as_file(sign(kind, shape, private).as_dict())
        except ValueError:
            continue  # nobody can sign half a character
        with contextlib.suppress(SignatureRefused):
            READERS[kind](raw, "A file")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("depth", [200, 600, *range(975, 1000), 100_000])
def test_nesting_is_refused_and_never_a_fault(kind, depth):
    nested = b'"statement": {"a": ' + b"[" * depth + b"]" * depth + b","
    with pytest.raises(SignatureRefused):
        READERS[kind](MESSAGES[kind].replace(b'"statement": {', nested, 1), "A file")


def test_messages_say_what_was_put_in():
    assert (CARD.name, CARD.key, CARD.recipient) == ("Pause", PARTNER_KEY, THEIRS.recipient)
    for raw, kind, key, of, said in (
        (REQUEST_FILE, REQUEST, PARTNER_KEY, request_of, WISH),
        (LEASE_FILE, LEASE, COUNCIL_KEY, lease_of, GRANTED),
        (ACKNOWLEDGEMENT_FILE, "acknowledgement", PARTNER_KEY, acknowledgement_of, TAKEN),
        (RECEIPT_FILE, RECEIPT, PARTNER_KEY, receipt_of, DONE),
    ):
        signed = read_message(raw, kind, "A file", key=key)
        assert of(signed, "A file") == said
        assert growth_of(signed) == growth(PARTNER if key == PARTNER_KEY else COUNCIL)
        assert kind_of(raw, "A file") == kind


def test_another_senders_key_is_refused():
    with pytest.raises(SignatureRefused, match="another key"):
        read_message(REQUEST_FILE, REQUEST, "A request", key=COUNCIL_KEY)


def test_a_partners_name_under_another_key_is_refused():
    for kind, said, of in ((REQUEST, WISH, request_of), (RECEIPT, DONE, receipt_of),
                           ("acknowledgement", TAKEN, acknowledgement_of)):  # fmt: skip
        raw = message(kind, as_json(said), growth=growth(), private=COUNCIL)
        with pytest.raises(SignatureRefused, match="another key"):
            of(signed_by_anyone(raw, kind, "A file"), "A file")


def test_a_card_that_names_another_key_or_no_recipient_is_refused():
    for changed in ({"key": COUNCIL_KEY}, {"recipient": "age1" + "q" * 58}):
        said = as_json(replace(CARD, **changed))
        with pytest.raises(SignatureRefused):
            read_card(as_file(sign("partner card", said, PARTNER).as_dict()), "A card")


def test_a_card_needs_a_name_and_a_contact():
    for name, contact in (("", "x"), ("x", "  "), ("x" * 201, "x")):
        with pytest.raises(NotAllowed):
            make_card(name, contact, THEIRS.recipient, PARTNER, date(2026, 11, 1))
    with pytest.raises(ValueError, match="recipient"):
        make_card("x", "x", "age1x", PARTNER, date(2026, 11, 1))
    odd = make_card("Pause\n\x1b[2Jx\u202e", "y", THEIRS.recipient, PARTNER, date(2026, 11, 1))
    assert read_card(odd, "A card").name == "Pause [2Jx"
    assert CARD.fingerprint == PARTNER_NAME


def test_a_receipt_with_another_ledger_than_it_names_is_refused():
    said = as_json(replace(DONE, ledger_export="{}\n"))
    raw = message(RECEIPT, said, growth=growth(PARTNER), private=PARTNER)
    with pytest.raises(SignatureRefused, match="another ledger"):
        READERS[RECEIPT](raw, "A receipt")
    apart = as_json(replace(DONE, ledger_export=""))
    READERS[RECEIPT](message(RECEIPT, apart, growth=growth(PARTNER), private=PARTNER), "It")


def test_a_ledger_that_the_sender_did_not_sign_is_refused():
    raw = message(REQUEST, as_json(WISH), growth=growth(COUNCIL), private=PARTNER)
    with pytest.raises(SignatureRefused):
        READERS[REQUEST](raw, "A request")


@pytest.mark.parametrize("kind", KINDS)
def test_a_reading_says_what_is_proved_and_what_is_not(kind, tmp_path):
    path = tmp_path / file_name(kind, "0123456789abcdef0123")
    path.write_bytes(MESSAGES[kind])
    found = reading(path)
    assert found.kind == kind
    assert found.proves
    assert found.does_not_prove
    signer = COUNCIL_KEY if kind == LEASE else PARTNER_KEY
    assert list(found.fingerprints.values()) == [fingerprint(signer)]


def test_a_reading_refuses_what_is_no_file_of_the_exchange(tmp_path):
    path = tmp_path / "x.json"
    for raw in (b"", b"{}", b"[1]", b'{"kind": "thing"}', b"\xff" * 200, b"[" * 100_000):
        path.write_bytes(raw)
        with pytest.raises(SignatureRefused):
            reading(path)
    with pytest.raises(NotFound):
        reading(tmp_path / "nothing.json")


def test_names_are_portable_and_promise_their_kind():
    for kind, suffix in SUFFIXES.items():
        name = file_name(kind, "ABCD-1234:<>|?*\\/é-5678-90ab")
        assert name == f"{kind.split()[-1]}-abcd12345678{suffix}"
        assert name.replace("-", "").replace(".", "").isalnum()
        assert name.isascii()
        assert kind_by_name(name.upper()) == kind
    assert kind_by_name("x.json") == ""
    assert one_line(" a\tb\r\n c ") == "a b c"


def test_a_card_of_the_same_facts_is_the_same_bytes():
    again = make_card("Pause", "data@example.org", THEIRS.recipient, PARTNER, date(2026, 11, 1))
    assert again == CARD_FILE
