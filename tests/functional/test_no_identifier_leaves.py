"""Every byte that a partner gets is searched for everybody in the vault and what they make."""

import hashlib
import hmac
import io
import json
import re
import shutil
from dataclasses import replace
from datetime import UTC, datetime

import pyarrow.parquet as pq
import pytest

from casescope.actions.partner import partner
from casescope.actions.partner import session as partner_session
from casescope.actions.sharing import card as cards
from casescope.exchange.form.message import as_file
from casescope.exchange.package import package
from casescope.exchange.workspace.clocks import machine_clocks
from casescope.exchange.workspace.leasing import How
from casescope.governance.record.signing import fingerprint
from casescope.identified.pseudonymise.leak_gate import Kind, check_no_leak, identifiers, leaks_in
from casescope.kernel.errors import LeakFound
from casescope.register import open_register
from casescope.vault.keys import KeyRing
from casescope.vault.layers import LayerRecord, Vault
from tests.functional.byte_search import (
    Known,
    bytes_below,
    days_found_in,
    everything_known,
    found_in,
    pseudonyms_in,
)
from tests.functional.place import ME, TODAY


def layers(place, *names):
    rows = open_register().study(place.study_id).layers
    return [LayerRecord(**{**vars(rows[name]), "tables": dict(rows[name].tables)})
            for name in names]  # fmt: skip


@pytest.fixture
def vault(sent):
    place = sent.place
    reading = Vault(place.home, place.study_id, KeyRing.default()).reading
    with reading(layers(place, "extract", "identities")) as connection:
        yield connection


@pytest.fixture
def known(vault) -> Known:
    return everything_known(vault)


@pytest.fixture
def opened(sent) -> dict[str, bytes]:
    """What lies in the package once both halves are there, byte for byte."""
    request, session = sent.pause.asks(sent.manifest)
    _, halves = sent.pause.reads_lease(sent.grants(request), session)
    return package.opened_data(sent.held, sent.pause.identity.secret, halves.authority_identity)


def unpacked(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return the files with what compression and dictionaries hide: every cell and all metadata."""
    shown = {}
    for name, content in files.items():
        file = pq.ParquetFile(io.BytesIO(content))
        cells = json.dumps(file.read().to_pydict(), ensure_ascii=False)
        said = f"{file.schema_arrow} {file.metadata.to_dict()} {file.metadata.metadata}"
        shown[name] = b"\n".join((name.encode(), content, cells.encode(), said.encode()))
    return shown


def test_there_is_something_to_find(sent, known):
    assert len(known.values) > 500
    assert len(known.random) > 500
    assert len(known.people) > 200
    value = max(known.values, key=len)
    for content in (value.upper().encode(), value.encode("utf-16-le"), b"x " + value.encode().hex()
                    .encode() + b" y"):  # fmt: skip
        assert value in found_in(content, known)
    assert days_found_in(b"born 31/12/1999", Known(*[frozenset()] * 3, frozenset({"1999-12-31"})))


def test_nothing_of_the_vault_is_in_the_package_or_with_the_partner(sent, known, opened):
    files = {**bytes_below(sent.pause.folder, sent.place.home / "outbox"), **unpacked(opened)}
    assert len(files) >= 6
    for name, content in files.items():
        assert found_in(content, known) == [], name
    for name, content in unpacked(opened).items():
        assert days_found_in(content, known) == [], name


class Telephone:
    """Carries a request to the council and its lease back; hears nothing else."""

    def __init__(self, sent, inbox) -> None:
        self.sent, self.inbox = sent, inbox

    def took_in(self, *_):
        pass

    def asked(self, asked, _):
        shutil.copy(self.sent.grants(asked.path, now=datetime.now(UTC).astimezone()), self.inbox)

    def answered(self, _):
        pass

    def waits(self, *_):
        pass


def test_nothing_of_the_vault_is_in_a_workspace_that_was_worked_in(sent, known, tmp_path):
    """Under a lease, with a question asked and a note written; then every byte that is left."""
    root, told = tmp_path / "workspace", {"actor": ME, "clocks": machine_clocks()}
    begun = partner.init(root, name="Bees", contact="b@example.org", **told)
    cards.add(sent.place.home, begun.card, fingerprint=begun.fingerprint, actor=ME, today=TODAY)
    held = sent.sends("Bees")
    how = How(Telephone(sent, root / "inbox"), lambda _: "four words nobody guesses", wait=20.0)
    theirs = fingerprint(held.manifest.authority_key)
    with partner.open_package(root, held.path, how=how, authority=theirs, **told) as session:
        partner_session.query(session, "SELECT ethnicity, count(*) FROM shared_woman GROUP BY ALL")
        partner_session.note(session, "Asked by ethnicity.")
    files = bytes_below(root, begun.place.keys)
    assert len(files) > 8
    for name, content in files.items():
        assert found_in(content, known) == [], name
    names = [*salts(sent), "Bees", begun.fingerprint, held.manifest.package]
    assert pseudonyms_in(files.values(), known, names) == []


def salts(sent) -> list[str]:
    told = sent.manifest
    return [told.study, told.package, told.name, told.authority, told.partner, "Pause",
            "casescope", "salt", "0"]  # fmt: skip


def test_no_usual_pseudonym_of_anybody_is_in_the_package(sent, known, opened):
    contents = [*bytes_below(sent.pause.folder).values(), *unpacked(opened).values()]
    assert pseudonyms_in(contents, known, salts(sent)) == []


@pytest.mark.parametrize("scheme", [
    lambda one: hashlib.sha256(one.encode()).hexdigest()[:32],
    lambda one: hashlib.md5(one.encode()).hexdigest(),  # noqa: S324 # what nobody should use
    lambda one: hmac.new(b"", one.encode(), "sha256").hexdigest(),
    lambda one: hmac.new(b"casescope", one.encode(), "sha256").hexdigest()[:32],
    lambda one: hashlib.blake2b(one.encode()).hexdigest()[-32:],
    lambda one: one.encode().hex(),
])  # fmt: skip
def test_each_such_pseudonym_would_be_found(sent, known, scheme):
    """Of one id, and of a name with a day of birth: the search can fail."""
    person = next(one for one in known.people if all(one))
    few = Known(frozenset({person[0]}), frozenset(), (person,), frozenset())
    for text in (person[0], "|".join((person[1], person[3]))):
        content = b'{"woman": "' + scheme(text).encode() + b'"}'
        assert pseudonyms_in([content], few, salts(sent)), text
    assert pseudonyms_in([b'{"woman": "0123456789abcdef0123456789abcdef"}'], few, salts(sent)) == []


def test_the_gate_finds_every_identifier_that_the_search_knows(vault, known):
    """Each value of the vault by itself in a text file: the gate lets none of them through."""
    given = identifiers(vault)
    missed = [value for value in known.values | known.random
              if not any(leaks_in(given, {"a.txt": f"x {value} y".encode()}, {}))]  # fmt: skip
    assert not missed


def test_people_may_be_called_like_any_word_of_a_package(sent, vault, opened):
    """Were every word in it somebody's name: Share, Woman, Under, Years, Court, Day."""
    told = sent.manifest
    text = as_file(told.as_json()).decode()
    words = re.findall(r"[A-Za-z]{2,}", text + str(list(unpacked(opened).values())))
    names = {word.lower() for word in words}
    assert names >= {"withheld", "share", "women", "under"}
    known = replace(identifiers(vault), known=dict.fromkeys(names, Kind.NAME), days=frozenset())
    approved = (told.name, told.authority, told.purpose, told.lawful_basis, told.agreement,
                told.undertaking)  # fmt: skip
    check_no_leak(known, opened, {"the manifest": text}, approved=approved)
    with pytest.raises(LeakFound):
        check_no_leak(known, {**opened, "note.txt": b"withheld from women"}, {})
