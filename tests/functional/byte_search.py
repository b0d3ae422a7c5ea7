"""Looks for everybody in the vault in any bytes, by plain search and by every usual pseudonym.

It shares no code with the leak gate, which it checks: columns are listed here by hand, and a value
is looked for as it is written, in any case and in the encodings that files use.
"""

import base64
import codecs
import hashlib
import hmac
import re
import uuid
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path

import duckdb

from casescope.dataset.sharing.quasi import QUASI
from casescope.dataset.sharing.schema import SHARED_TABLES
from casescope.exchange.package.manifest import UNDERTAKING

IDS = {
    "person": ("pers_person_id", "pers_single_unique_id", "pers_upn", "pers_legacy_id"),
    "linked_identifier": ("link_identifier_value",),
    "header": ('"CHILD"', '"UPN"'),
    "proceedings": ("proc_id",),
    "cla_episode": ("clae_cla_id", "clae_cla_episode_id"),
    "placement": ("clap_cla_placement_id",),
    "assessment": ("cina_assessment_id",),
}  # fmt: skip
NAMES = {
    "person": ("pers_forename", "pers_surname"),
    "person_alias": ("alias_forename", "alias_surname"),
}  # fmt: skip
POSTCODES = {"address": ("addr_address_postcode",), "episodes": ('"HOME_POST"', '"PL_POST"')}
BIRTHS = {"person": ("pers_dob", "pers_expected_dob"), "header": ('"DOB"',)}

SHORTEST = 6
"""Shorter values turn up in random bytes by chance, and in sentences as parts of words."""


@dataclass(frozen=True)
class Known:
    """Everything by which the people of one vault may be known."""

    values: frozenset[str]
    random: frozenset[str]
    people: tuple[tuple[str, ...], ...]
    """Each person's id, forename, surname, day of birth and unique number, as far as recorded."""
    births: frozenset[str]


def everything_known(connection: duckdb.DuckDBPyConnection) -> Known:
    """Read what is searched for; needs the layers `extract` and `identities`."""
    values = {
        value
        for tables in (IDS, NAMES, POSTCODES)
        for table, columns in tables.items()
        for value in _column(connection, f"extract.{table}", columns)
    }
    people = connection.sql(
        "SELECT pers_person_id, pers_forename, pers_surname, pers_dob::VARCHAR, "
        "pers_single_unique_id FROM extract.person"
    ).fetchall()
    return Known(
        values=frozenset(value for value in values if len(value) >= SHORTEST) - _words(),
        random=frozenset(_column(connection, "identities.identity", ("subject_id", "token"))),
        people=tuple(tuple(one or "" for one in person) for person in people),
        births=frozenset(
            day for table, columns in BIRTHS.items()
            for day in _column(connection, f"extract.{table}", columns)
        ),
    )  # fmt: skip


def _column(connection: duckdb.DuckDBPyConnection, table: str, columns: Iterable[str]) -> list[str]:
    return [
        value
        for column in columns
        for (value,) in connection.sql(
            f"SELECT DISTINCT {column}::VARCHAR FROM {table} WHERE {column} IS NOT NULL"
        ).fetchall()
    ]


def _words() -> set[str]:
    """Return words that files say of nobody: women are called Mason and Mixed, too."""
    texts = [UNDERTAKING, "shared dataset partner findings Scoping exercise"]
    texts += [step.label for one in QUASI for step in one.steps]
    texts += [f"{table.name} {table.meaning}" for table in SHARED_TABLES]
    texts += [" ".join((column.name, column.meaning, *column.allowed))
              for table in SHARED_TABLES for column in table.columns]  # fmt: skip
    return {form for text in texts for word in re.findall(r"\w+", text)
            for form in (word, word.lower(), word.capitalize())}  # fmt: skip


# --- plain search --------------------------------------------------------------------------------

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")


def found_in(content: bytes, known: Known) -> list[str]:
    """Return what of the vault is in the bytes: as text, in hex or in base64, in any case."""
    texts = content.lower()
    found = [value for value in {*known.values, *known.random}
             if any(value.lower().encode(encoding) in texts for encoding in ENCODINGS)]  # fmt: skip
    words = _encoded_words(content)
    return found + [value for value in known.values if words & set(_encodings(value))]


def days_found_in(content: bytes, known: Known) -> list[str]:
    """Return the days of birth that stand in the bytes in some usual way of writing a day."""
    texts = content.decode("utf-8", errors="ignore")
    written = {"-".join(parts) for parts in re.findall(r"(\d{4})[-/.](\d\d)[-/.](\d\d)", texts)}
    turned = re.findall(r"(\d\d)[-/.](\d\d)[-/.](\d{4})", texts)
    return sorted(known.births & (written | {f"{y}-{m}-{d}" for d, m, y in turned}))


def _encoded_words(content: bytes) -> set[str]:
    return {word.decode() for word in re.findall(rb"[0-9A-Za-z+/_=-]{8,}", content)}


def _encodings(value: str) -> Iterator[str]:
    for raw in (value.encode(), value.lower().encode(), value.encode("utf-16-le")):
        yield raw.hex()
        yield from _in_letters(raw)


def _in_letters(raw: bytes) -> Iterator[str]:
    for encode in (base64.b64encode, base64.urlsafe_b64encode, base64.b32encode, base64.b85encode):
        text = encode(raw).decode()
        yield from (text, text.rstrip("="))


# --- pseudonyms ----------------------------------------------------------------------------------

HASHES = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_256", "blake2b", "blake2s")
JOINTS = ("", "|", "-")


def pseudonyms_in(contents: Iterable[bytes], known: Known, salts: Iterable[str]) -> list[str]:
    """Return the schemes by which a word of the bytes can be made from what the vault knows.

    `salts` are what is public or kept beside the data: names and ids of study, package, partner.
    """
    words = {word.decode().lower() for content in contents
             for word in re.findall(rb"[0-9A-Za-z+/_=-]{8,}", content)}  # fmt: skip
    starts = {word[:size] for word in words for size in (16, 20, 32) if len(word) >= size}
    ends = {word[-16:] for word in words if len(word) >= 16}
    known_words = words | {word.replace("-", "") for word in words}
    return sorted({
        scheme for scheme, made in _made(known, tuple(salts))
        if made in known_words or made[:32] in known_words or made[:16] in starts
        or made[-16:] in ends
    })  # fmt: skip


def _made(known: Known, salts: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield the name of each scheme with each pseudonym it makes, in lower case."""
    for text in _alone(known):
        yield from _hashed(text, HASHES)
        yield from _reversible(text)
        for salt in salts:
            yield from _salted(text, salt)
    for text in _together(known):
        yield from _hashed(text, ("md5", "sha1", "sha256", "blake2b"))
        yield "encoded", text.encode().hex()
        for salt in salts:
            yield "hmac under a name", hmac.digest(salt.encode(), text.encode(), "sha256").hex()
        yield "uuid5", uuid.uuid5(uuid.NAMESPACE_OID, text).hex
        yield "encoded", base64.b64encode(text.encode()).decode().lower()


def _hashed(text: str, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    raw = text.encode()
    yield from ((name, hashlib.new(name, raw).hexdigest()) for name in names)
    yield "hmac sha256", hmac.digest(b"", raw, "sha256").hex()
    yield "hmac md5", hmac.digest(b"", raw, "md5").hex()


def _reversible(text: str) -> Iterator[tuple[str, str]]:
    raw = text.encode()
    for word in (*_in_letters(raw), raw.hex(), text[::-1].lower(), codecs.encode(text, "rot13")):
        if len(word) >= 8:
            yield "encoded", word.lower()
    for space in (uuid.NAMESPACE_DNS, uuid.NAMESPACE_URL, uuid.NAMESPACE_OID, uuid.UUID(int=0)):
        yield "uuid5", uuid.uuid5(space, text).hex
        yield "uuid3", uuid.uuid3(space, text).hex
    yield "base64 of sha256", base64.b64encode(hashlib.sha256(raw).digest()).decode().lower()
    yield "crc32", f"{zlib.crc32(raw):08x}" * 2


def _salted(text: str, salt: str) -> Iterator[tuple[str, str]]:
    raw, key = text.encode(), salt.encode()
    yield "hmac sha256 under a name", hmac.digest(key, raw, "sha256").hex()
    yield "blake2b under a name", hashlib.blake2b(raw, key=key[:64], digest_size=16).hexdigest()
    for joined in (key + raw, raw + key, key + b"|" + raw):
        yield "sha256 with a name", hashlib.sha256(joined).hexdigest()
    yield "md5 with a name", hashlib.md5(key + raw, usedforsecurity=False).hexdigest()


def _alone(known: Known) -> Iterator[str]:
    yield from known.values | known.random | known.births
    yield from (value.lower() for value in known.values if value != value.lower())


def _together(known: Known) -> Iterator[str]:
    """Yield each two of a person's facts in either order, and all of them."""
    for person in known.people:
        facts = [fact for fact in person if fact]
        for joint in JOINTS:
            yield from (joint.join(pair) for pair in permutations(facts, 2))
            yield joint.join(facts)
            yield joint.join(facts).lower()


def bytes_below(*folders: Path) -> dict[Path, bytes]:
    """Return every file below folders, with its name among its bytes."""
    return {
        path: path.name.encode() + b"\n" + path.read_bytes()
        for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()
    }  # fmt: skip
