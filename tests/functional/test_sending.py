"""What a partner is sent: opened with both keys, coarse enough, in tokens that nobody else has."""

import hashlib
import re
from collections import Counter
from functools import partial
from itertools import pairwise

import pytest
from django.db import connections

from casescope.actions.data.restrict import restrict
from casescope.actions.report._told import made_from
from casescope.actions.sharing import _packing
from casescope.actions.sharing import card as cards
from casescope.actions.study.study import approve
from casescope.dataset.risk import check_floor
from casescope.dataset.sharing.schema import QUASI_COLUMNS
from casescope.exchange.age import age
from casescope.exchange.package import package
from casescope.identified.pseudonymise.partner_tokens import layer_name
from casescope.kernel.errors import BelowFloor, LeakFound, NotAllowed, NotFound, VaultRefused
from casescope.register import open_register
from casescope.vault.keys import KeyRing
from casescope.vault.layers import LayerRecord, Vault
from tests.functional.byte_search import bytes_below, everything_known
from tests.functional.partners import Partner
from tests.functional.permits import permit_of
from tests.functional.place import ME, TODAY


def layer(place, name, query):
    row = open_register().study(place.study_id).layers[name]
    record = LayerRecord(**{**vars(row), "tables": dict(row.tables)})
    with Vault(place.home, place.study_id, KeyRing.default()).reading([record]) as connection:
        return connection.execute(query).fetchall()


def tokens_of(place, partner) -> dict[str, str]:
    name = layer_name(partner.fingerprint)
    return dict(layer(place, name, f"SELECT woman, token FROM {name}.token"))


def opened(sent, held=None, partner=None):
    """Return the tables that a partner reads once a lease came."""
    held, partner = held or sent.held, partner or sent.pause
    request, session = partner.asks(held.manifest)
    _, halves = partner.reads_lease(sent.grants(request), session)
    return partner.opens(held, halves)


def women(tables) -> list[str]:
    return tables["shared_woman.parquet"]["woman"].to_pylist()


def test_with_a_lease_the_package_opens_and_holds_what_it_says(sent):
    tables = opened(sent)
    told = sent.manifest
    assert {f"{one.name}.parquet": one.rows for one in told.tables} == {
        name: table.num_rows for name, table in tables.items()
    }
    for one in told.tables:
        table = tables[f"{one.name}.parquet"]
        assert [column.name for column in one.columns] == table.column_names
        assert table.schema.metadata is None
    rows = tables["shared_woman.parquet"].select(list(QUASI_COLUMNS)).to_pylist()
    alike = Counter(tuple(row.values()) for row in rows)
    assert min(alike.values()) == told.disclosure.k >= 3, "counted one by one"
    assert told.disclosure.uniques == sum(times == 1 for times in alike.values())
    assert told.disclosure.women == len(rows)
    hashed = {hashlib.sha256(token.encode()).hexdigest() for token in women(tables)}
    assert set(told.canaries) <= hashed
    assert len(told.canaries) == min(64, len(rows))


def test_neither_half_alone_opens_it(sent):
    """By construction: the partner's key reaches what is sealed to a key the council keeps."""
    half = package.half_opened(sent.held, sent.pause.identity.secret)
    with pytest.raises(VaultRefused):
        age.opened(half, sent.pause.identity.secret, "the share")
    ours = [one.read_text().strip() for one in sent.halves.glob("*.key")]
    secrets = [text for text in ours if text.startswith("AGE-")]
    assert len(secrets) == 2
    for secret in secrets:
        with pytest.raises(VaultRefused):
            package.half_opened(sent.held, secret)


def test_two_partners_share_no_token_and_no_order(sent):
    bees = Partner("Bees", sent.place.root / "bees").added_to(sent.place)
    other = sent.sends("Bees")
    bees.take_in(other.path)
    one, two = women(opened(sent)), women(opened(sent, other, bees))
    assert not set(one) & set(two)
    assert (one, two) == (sorted(one), sorted(two)), "the order is that of random tokens"
    mine, theirs = tokens_of(sent.place, sent.pause), tokens_of(sent.place, bees)
    assert set(mine) == set(theirs), "the same women"
    order = [theirs[woman] for woman in sorted(mine, key=mine.__getitem__)]
    rising = sum(a < b for a, b in pairwise(order))
    assert 0.1 < rising / (len(order) - 1) < 0.9, "one order says nothing of the other"
    known = {token for row in layer(sent.place, "identities",
             "SELECT subject_id, token FROM identities.identity") for token in row}  # fmt: skip
    assert not known & {*one, *two}
    secrets = {one.read_text() for one in sent.halves.glob("workspace-*")}
    assert len(secrets) == 2


def test_after_a_restriction_a_new_version_lacks_her_and_keeps_the_others_tokens(sent):
    before, named = women(opened(sent)), tokens_of(sent.place, sent.pause)
    persons = {token: person for person, token in layer(
        sent.place, "identities",
        "SELECT source_id, token FROM identities.identity WHERE source = 'person'")}  # fmt: skip
    her = next(woman for woman, token in sorted(named.items()) if token == before[0])
    restrict(sent.place.home, persons[her], ground="objection", actor=ME, today=TODAY)
    held = sent.sends()
    sent.pause.take_in(held.path)
    assert (held.manifest.version, held.manifest.replaces) == (2, sent.manifest.package)
    after = women(opened(sent, held))
    assert named[her] not in after
    assert set(after) <= set(before) | (set(tokens_of(sent.place, sent.pause).values()))
    kept = tokens_of(sent.place, sent.pause)
    assert {woman: kept[woman] for woman in named} == named, "a token is never changed"
    assert len(set(after) & set(before)) >= len(before) - 4, (
        "she, and a class too small without her"
    )


def test_what_was_replaced_is_ended(sent):
    key = (
        sent.place.keys / sent.place.study_id / "exchange" / f"package-{sent.manifest.package}.key"
    )
    old = sent.outbox
    assert key.is_file()
    held = sent.sends()
    assert not key.exists()
    assert old != sent.outbox == [held.path.name]
    rows = open_register().packages(sent.place.study_id)
    assert [(row.version, row.superseded_on) for row in rows] == [(1, TODAY), (2, None)]
    assert rows[1].package == held.manifest.package


def test_the_ledger_says_what_was_sent_and_that_it_was_not_worth_it(sent):
    entry = open_register().entries(sent.place.study_id)[-1]
    did = entry.detail["did"]
    assert (entry.action, did["package"], did["partner"]) == (
        "send", sent.manifest.package, sent.pause.fingerprint)  # fmt: skip
    assert did["worth_it"].startswith("no")
    assert did["sha256"] == hashlib.sha256(sent.file.read_bytes()).hexdigest()


def test_a_report_does_not_go_stale_by_sending(sent):
    """What partners call the women is in no report, so a release can still be asked for."""
    before = made_from(permit_of(sent.place))
    Partner("Bees", sent.place.root / "bees").added_to(sent.place)
    sent.sends("Bees")
    permit = permit_of(sent.place)
    assert sum(name.startswith("tokens_") for name in permit.layers) == 2
    assert made_from(permit) == before


def test_a_leak_stops_the_package(sent):
    """A name of the vault in what is to be sealed: nothing is recorded and nothing lies there."""
    name = layer(sent.place, "extract", "SELECT pers_forename || ' ' || pers_surname "
                 "FROM extract.person WHERE pers_surname IS NOT NULL LIMIT 1")[0][0]  # fmt: skip
    files = _packing.as_files
    before = sent.outbox
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_packing, "as_files", lambda db: {**files(db), "note.txt": name.encode()})
        with pytest.raises(LeakFound) as refusal:
            sent.sends()
    assert name not in str(refusal.value)
    assert sent.outbox == before
    assert len(open_register().packages(sent.place.study_id)) == 1
    assert "Nothing was sealed" in sent.refusals()[-1]
    opened(sent)


def test_below_the_floor_nothing_is_sent(sent):
    """With a floor that no recoding of so few women reaches, or with one that the rows miss."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_packing, "check_floor", partial(check_floor_of, least=1000))
        with pytest.raises(BelowFloor, match="at least 1000 women"):
            sent.sends()
    file = sent.place.home / "study.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("risk_floor = 3", "risk_floor = 50"), encoding="utf-8")
    approve(sent.place.home, dpia="D", agreement="A", notice="N", basis="B", actor=ME, today=TODAY)
    with pytest.raises(BelowFloor, match="No recoding hides each woman"):
        sent.sends()
    assert len(open_register().packages(sent.place.study_id)) == 1
    assert len(list(sent.halves.glob("package-*"))) == 1
    assert "No recoding hides" in sent.refusals()[-1]


def check_floor_of(connection, table, quasi, *, floor, least):
    return check_floor(connection, table, quasi, floor=least)


# cards


def test_a_card_counts_by_what_was_heard_on_the_telephone(sent):
    bees = Partner("Bees", sent.place.root / "bees")
    wrong = ("0" if bees.fingerprint[0] != "0" else "1") + bees.fingerprint[1:]
    for typed in (wrong, "", bees.fingerprint[:-1]):
        with pytest.raises(Exception, match="not the fingerprint") as refusal:
            cards.add(
                sent.place.home, bees.card_file, fingerprint=typed, actor=ME, today=TODAY
            )  # fmt: skip
        assert bees.fingerprint not in str(refusal.value), "else it would only be copied"
        assert "not the fingerprint" in sent.refusals()[-1]
    with pytest.raises(NotAllowed, match="never confirmed"):
        sent.sends(str(bees.card_file))
    heard = bees.fingerprint.upper().replace("-", " ")
    cards.add(sent.place.home, bees.card_file, fingerprint=heard, actor=ME, today=TODAY)
    assert sent.sends(str(bees.card_file)).manifest.partner == bees.fingerprint


def test_another_card_of_the_name_counts_only_once_the_first_is_suspended(sent):
    new = Partner("Pause", sent.place.root / "new")
    with pytest.raises(NotAllowed, match="Another card"):
        new.added_to(sent.place)
    cards.suspend(sent.place.home, "Pause", reason="key lost", actor=ME, today=TODAY)
    with pytest.raises(NotAllowed, match="suspended"):
        sent.sends()
    new.added_to(sent.place)
    held = sent.sends("Pause")
    assert (held.manifest.partner, held.manifest.version) == (new.fingerprint, 1)
    with pytest.raises(NotAllowed, match="Another card"):
        cards.resume(sent.place.home, sent.pause.fingerprint, reason="found", actor=ME, today=TODAY)


def test_nobody_of_that_name(sent):
    with pytest.raises(NotFound, match="No partner"):
        sent.sends("Nobody")


def test_the_register_and_the_outbox_hold_nobody(sent):
    """After a package, a lease and an answer: no identifier, and no token of anybody's either."""
    sent.pause.reads_lease(*lent(sent))
    sent.receives(sent.pause.acknowledges(sent.held))
    rows = open_register().study(sent.place.study_id).layers
    records = [LayerRecord(**{**vars(rows[name]), "tables": dict(rows[name].tables)})
               for name in ("extract", "identities")]  # fmt: skip
    vault = Vault(sent.place.home, sent.place.study_id, KeyRing.default())
    with vault.reading(records) as connection:
        known = everything_known(connection)
    tokens = {*tokens_of(sent.place, sent.pause).values()}
    everything = known.values | known.random | tokens
    assert len(everything) > 1000
    connections.close_all()
    files = bytes_below(sent.place.state, sent.place.home / "outbox")
    assert len(files) >= 3
    assert {
        name: found for name, raw in files.items() if (found := words_in(raw, everything))
    } == {}
    planted = b"".join(files.values()) + b" " + min(tokens).encode()
    assert words_in(planted, everything) == [min(tokens)], "the search can fail"


def words_in(raw: bytes, values) -> list[str]:
    """Return the values that stand in bytes as words: hashes hold every short number by chance."""
    low = raw.lower()
    return [
        value
        for value in values
        if (word := value.lower().encode()) in low
        and re.search(rb"(?<![0-9a-z])" + re.escape(word) + rb"(?![0-9a-z])", low)
    ]


def lent(sent):
    request, session = sent.pause.asks(sent.manifest)
    return sent.grants(request), session
