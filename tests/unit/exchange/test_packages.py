"""Packages: opened by both keys together, and refused with anything changed, cut or swapped."""

import hashlib
import io
import json
import tarfile
import tracemalloc
from pathlib import Path
from random import Random

import pytest

from casescope.exchange.age import age
from casescope.exchange.form.message import as_file
from casescope.exchange.form.parcel import packed
from casescope.exchange.form.shape import as_json
from casescope.exchange.package import package
from casescope.exchange.reading import reading
from casescope.governance.record.signing import fingerprint
from casescope.kernel import durable
from casescope.kernel.errors import NotFound, SignatureRefused, VaultRefused
from tests.unit.exchange.made import (
    COUNCIL,
    COUNCIL_KEY,
    FILES,
    OURS,
    PARTNER,
    PARTNER_KEY,
    PARTNER_NAME,
    REPLIES,
    SESSION,
    THEIRS,
    findings,
    manifest,
    shared,
)

BOTH = {"partner_recipient": THEIRS.recipient, "authority_recipient": OURS.recipient}


def members(raw: bytes) -> dict[str, bytes]:
    """What is in a tar, by Python's own reader."""
    with tarfile.open(fileobj=io.BytesIO(raw)) as tar:
        return {one.name: tar.extractfile(one).read() for one in tar.getmembers()}


def put(path, raw: bytes):
    path.write_bytes(raw)
    return path


def signed_anew(told: dict[str, object], private=COUNCIL) -> dict[str, bytes]:
    raw = as_file(told)
    return {"manifest.json": raw, "manifest.sig": private.sign(raw)}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A small package on disk."""
    return shared(tmp_path_factory.mktemp("packages") / "a.casepkg")


@pytest.fixture(scope="module")
def second(tmp_path_factory):
    """A second version of it, for the same partner."""
    told = manifest(package="f" * 32, version=2, replaces=manifest().package)
    return shared(tmp_path_factory.mktemp("packages") / "b.casepkg", told)


def test_both_keys_together_open_what_was_put_in(made):
    held = package.read(made, key=COUNCIL_KEY)
    assert package.opened_data(held, THEIRS.secret, OURS.secret) == FILES
    raw = members(made.read_bytes())
    assert list(raw) == ["manifest.json", "manifest.sig", "share.age", "data.age"]
    told = held.manifest
    assert held.digest == hashlib.sha256(raw["manifest.json"]).hexdigest()
    assert told.data.sha256 == hashlib.sha256(raw["data.age"]).hexdigest()
    assert told.share.sha256 == hashlib.sha256(raw["share.age"]).hexdigest()
    assert {name: (one.sha256, one.bytes) for name, one in told.files.items()} == {
        name: (hashlib.sha256(one).hexdigest(), len(one)) for name, one in FILES.items()
    }
    assert held.fingerprint == fingerprint(COUNCIL_KEY)


def test_the_data_are_a_plain_tar_of_the_files(made):
    raw = members(made.read_bytes())
    inner = age.opened(raw["share.age"], THEIRS.secret, "the share")
    key = age.opened(inner, OURS.secret, "the share").decode().strip()
    assert members(age.opened(raw["data.age"], key, "the data")) == FILES


@pytest.mark.parametrize("keys", [
    (THEIRS, THEIRS), (OURS, OURS), (OURS, THEIRS), (SESSION, OURS), (THEIRS, SESSION),
    (REPLIES, REPLIES),
])  # fmt: skip
def test_no_other_keys_open_it(made, keys):
    held = package.read(made)
    with pytest.raises(VaultRefused):
        package.opened_data(held, keys[0].secret, keys[1].secret)
    assert package.half_opened(held, THEIRS.secret) != held.share


def refused(raw: bytes) -> None:
    with pytest.raises(SignatureRefused):
        package.checked(io.BytesIO(raw), Path("a"), "a")


def test_every_changed_byte_of_a_small_package_is_found(tmp_path):
    raw = shared(tmp_path / "a", files={"a.parquet": b"x" * 40}).read_bytes()
    package.checked(io.BytesIO(raw), Path("a"), "a")
    # every byte once, three bits in turn
    for at in range(len(raw)):
        refused(raw[:at] + bytes([raw[at] ^ (1, 0x20, 0x80)[at % 3]]) + raw[at + 1 :])


def test_every_length_cut_short_is_found(tmp_path):
    raw = shared(tmp_path / "a", files={"a.parquet": b"x" * 40}).read_bytes()
    for length in range(len(raw)):
        refused(raw[:length])
    for more in (b"\0", b"x", bytes(512), bytes(10240)):
        refused(raw + more)


def test_sampled_changes_of_a_large_package_are_found(tmp_path):
    random = Random(7)
    path = shared(tmp_path / "a", files={"a.parquet": random.randbytes(3_000_000)})
    held = package.read(path)
    places = [held.data.offset, held.data.offset + held.data.size - 1, path.stat().st_size - 1]
    for at in [*places, *(random.randrange(path.stat().st_size) for _ in range(30))]:
        with path.open("r+b") as file:
            file.seek(at)
            (byte,) = file.read(1)
            file.seek(at)
            file.write(bytes([byte ^ 4]))
            file.flush()
            with pytest.raises(SignatureRefused):
                package.read(path)
            if held.data.offset <= at < held.data.offset + held.data.size:
                with pytest.raises(VaultRefused):  # even by one who would open it unread
                    package.opened_data(held, THEIRS.secret, OURS.secret)
            file.seek(at)
            file.write(bytes([byte]))
    assert len(package.opened_data(package.read(path), THEIRS.secret, OURS.secret)) == 1


def test_parts_swapped_between_two_packages_are_found(made, second, tmp_path):
    one, two = members(made.read_bytes()), members(second.read_bytes())
    path = tmp_path / "a"
    assert package.read(put(path, b"".join(packed(one)))).manifest == package.read(made).manifest
    for number in range(1, 15):  # every mixture of the two
        mixed = {name: (two if number >> at & 1 else one)[name] for at, name in enumerate(one)}
        with pytest.raises(SignatureRefused):
            package.read(put(path, b"".join(packed(mixed))))


def test_a_share_of_another_package_opens_no_data(made, second, tmp_path):
    """Even where somebody signs a manifest that fits: the keys are each package's own."""
    one, two = members(made.read_bytes()), members(second.read_bytes())
    told = json.loads(one["manifest.json"])
    told["share"] = json.loads(two["manifest.json"])["share"]
    mixed = {**one, **signed_anew(told), "share.age": two["share.age"]}
    held = package.read(put(tmp_path / "a", b"".join(packed(mixed))))
    with pytest.raises(VaultRefused):
        package.opened_data(held, THEIRS.secret, OURS.secret)


def test_files_that_are_not_those_of_the_manifest_are_found(made, tmp_path):
    one = members(made.read_bytes())
    inside = json.loads(one["manifest.json"])["files"]
    woman = inside["shared_woman.parquet"]
    for wrong in (
        {**inside, "shared_woman.parquet": {**woman, "bytes": woman["bytes"] - 1}},
        {**inside, "another.parquet": woman},
        {"shared_woman.parquet": woman},
        {"shared_about.parquet": inside["shared_about.parquet"], "other.parquet": woman},
    ):
        told = {**json.loads(one["manifest.json"]), "files": wrong}
        path = put(tmp_path / "a", b"".join(packed({**one, **signed_anew(told)})))
        with pytest.raises(SignatureRefused, match="not built"):
            package.opened_data(package.read(path), THEIRS.secret, OURS.secret)


def test_data_that_changed_since_they_were_checked_are_refused(made, second, tmp_path):
    """Even where the same people sealed them, so that the keys fit."""
    one = members(made.read_bytes())
    path = put(tmp_path / "a", made.read_bytes())
    held = package.read(path)
    key = age.opened(age.opened(one["share.age"], THEIRS.secret, "it"), OURS.secret, "it")
    sealed = io.BytesIO()
    to = age.identity_of(key.decode(), "it").recipient
    package.stream.seal(packed(FILES), sealed.write, to)
    put(path, b"".join(packed({**one, "data.age": sealed.getvalue()})))
    with pytest.raises(SignatureRefused, match="changed since"):
        package.opened_data(held, THEIRS.secret, OURS.secret)


def test_data_whose_check_was_left_to_opening_are_checked_there(made, second, tmp_path):
    held = package.read_to_open(made)
    assert package.opened_data(held, THEIRS.secret, OURS.secret) == FILES
    one = members(made.read_bytes())
    data = one["data.age"]
    for wrong in (data[:-1] + bytes([data[-1] ^ 1]), data[:50] + bytes([data[50] ^ 1]) + data[51:]):
        path = put(tmp_path / "a", b"".join(packed({**one, "data.age": wrong})))
        changed = package.read_to_open(path)
        with pytest.raises(VaultRefused):
            package.opened_data(changed, THEIRS.secret, OURS.secret)
    for size in (data[:-1], data + b"x", members(second.read_bytes())["share.age"]):
        path = put(tmp_path / "a", b"".join(packed({**one, "data.age": size})))
        with pytest.raises(SignatureRefused):
            package.read_to_open(path)


def test_another_signers_package_is_refused(made, tmp_path):
    one = members(made.read_bytes())
    told = json.loads(one["manifest.json"])
    told["authority_key"] = told["signed_by"] = PARTNER_KEY
    path = put(tmp_path / "a", b"".join(packed({**one, **signed_anew(told, PARTNER)})))
    assert package.read(path).fingerprint == PARTNER_NAME  # so it is told apart by its fingerprint
    with pytest.raises(SignatureRefused, match="another key"):
        package.read(path, key=COUNCIL_KEY)


def odd_tars(one: dict[str, bytes]) -> dict[str, bytes]:
    """Tars of the same members in ways that are refused, made by Python's own writer."""

    def written(*changes: dict[str, object], style: int = tarfile.USTAR_FORMAT) -> bytes:
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w", format=style) as tar:
            for change in changes:
                info = tarfile.TarInfo(str(change["name"]))
                content = change.get("content", b"")
                info.size, info.mtime, info.mode = len(content), 0, 0o644
                for name, value in change.items():
                    if name != "content":
                        setattr(info, name, value)
                tar.addfile(info, io.BytesIO(content))
        return out.getvalue()

    usual = [{"name": name, "content": content} for name, content in one.items()]
    front, data = usual[:3], usual[3]
    return {
        "padded to a record": written(*usual),
        "doubled": written(*usual, data),
        "manifest twice": written(usual[0], *usual),
        "in another order": written(data, *front),
        "without its share": written(*usual[:2], data),
        "more": written(*usual, {"name": "more.txt", "content": b"x"}),
        "nothing": written(),
        "absolute": written(*front, {**data, "name": "/data.age"}),
        "leads out": written(*front, {**data, "name": "../data.age"}),
        "in a folder": written(*front, {**data, "name": "./data.age"}),
        "link": written(*front, {"name": "data.age", "type": tarfile.SYMTYPE, "linkname": "x"}),
        "hard link": written(*front, {"name": "data.age", "type": tarfile.LNKTYPE,
                                      "linkname": "share.age"}),
        "device": written(*front, {"name": "data.age", "type": tarfile.CHRTYPE}),
        "folder": written(*front, {"name": "data.age", "type": tarfile.DIRTYPE}),
        "of a time": written(*front, {**data, "mtime": 1_700_000_000}),
        "of somebody": written(*front, {**data, "uname": "root"}),
        "executable": written(*front, {**data, "mode": 0o755}),
        "in the form of POSIX.1-2001": written(
            *front, {**data, "pax_headers": {"comment": "x"}}, style=tarfile.PAX_FORMAT
        ),
    }  # fmt: skip


def trimmed(raw: bytes) -> bytes:
    """A tar without the zeros that fill its last record, as ours are."""
    return raw.rstrip(b"\0") + bytes(-len(raw.rstrip(b"\0")) % 512 + 1024)


def test_any_other_tar_is_refused(made, tmp_path):
    path, one = tmp_path / "a", members(made.read_bytes())
    odd = odd_tars(one)
    assert trimmed(odd["padded to a record"]) == made.read_bytes()  # nothing else is odd about them
    for raw in odd.values():
        for written in {raw, trimmed(raw)} - {made.read_bytes()}:
            put(path, written)
            with pytest.raises(SignatureRefused):
                package.read(path)


@pytest.mark.parametrize("size", [0, 1, 100, 8**11 - 1])
def test_a_size_that_lies_is_refused(made, tmp_path, size):
    raw = bytearray(made.read_bytes())
    at = raw.index(b"data.age") + 124
    raw[at : at + 11] = b"%011o" % size
    with pytest.raises(SignatureRefused):
        package.read(put(tmp_path / "a", bytes(raw)))


def test_a_manifest_too_long_to_read_is_refused(made, tmp_path):
    one = members(made.read_bytes())
    long = {**one, "manifest.json": b" " * (package.LONGEST_MANIFEST + 1)}
    with pytest.raises(SignatureRefused):
        package.read(put(tmp_path / "a", b"".join(packed(long))))


@pytest.mark.parametrize("changed", [
    {"kind": "thing"}, {"format": 2}, {"version": -1}, {"version": True}, {"share": None},
    {"lease": None}, {"lease": {"mode": "session", "hours": 25}}, {"disclosure": None},
    {"lease": {"mode": "month", "hours": 1}}, {"canaries": ["ab" * 32] * 65},
    {"canaries": ["token"]}, {"files": {}}, {"replaces": "x"}, {"purpose": "two\nlines"},
    {"made_on": "2026-11-31"}, {"made_on": "20261130"}, {"partner": "Pause"},
    {"reply_to": "age1x"}, {"ledger": {}}, {"more": 1}, {"signed_by": PARTNER_KEY},
    *({"files": {name: {"sha256": "0" * 64, "bytes": 1}}}
      for name in ("../x", "/x", "a/b", "a\\b", "C:x", "con.parquet", "NUL", "a.", "", "x" * 80)),
])  # fmt: skip
def test_a_manifest_of_another_shape_is_refused_however_well_signed(made, tmp_path, changed):
    one = members(made.read_bytes())
    told = {**json.loads(one["manifest.json"]), **changed}
    path = put(tmp_path / "a", b"".join(packed({**one, **signed_anew(told)})))
    with pytest.raises(SignatureRefused):
        reading(path)


def test_a_partners_findings_open_with_the_councils_key_alone(tmp_path):
    path = tmp_path / "a.casepkg"
    package.write(path, findings(), FILES, private=PARTNER)
    held = package.read(path, key=PARTNER_KEY)
    assert list(members(path.read_bytes())) == ["manifest.json", "manifest.sig", "data.age"]
    assert package.opened_findings(held, REPLIES.secret) == FILES
    for other in (THEIRS, OURS):
        with pytest.raises(VaultRefused):
            package.opened_findings(held, other.secret)
    assert "partner findings" in reading(path).what
    with pytest.raises(SignatureRefused):  # signed by one who is not the partner it names
        package.write(tmp_path / "b", findings(), FILES, private=COUNCIL)


def test_two_packages_of_the_same_rows_share_no_sealed_byte(tmp_path):
    one, two = (members(shared(tmp_path / name).read_bytes()) for name in "ab")
    for name in ("share.age", "data.age"):
        blocks = {one[name][at : at + 16] for at in range(200, len(one[name]) - 16)}
        assert not blocks & {two[name][at : at + 16] for at in range(200, len(two[name]) - 16)}
    assert not any(content[:32] in raw for content in FILES.values() for raw in one.values())


def test_what_people_wrote_on_several_lines_is_told_on_one(tmp_path):
    told = manifest(purpose="Scoping,\n  and no more\n", lawful_basis="6(1)(e)\u202e")
    held = package.read(shared(tmp_path / "a", told)).manifest
    assert (held.purpose, held.lawful_basis) == ("Scoping, and no more", "6(1)(e)")


def test_bytes_and_file_are_built_alike(tmp_path):
    raw = package.build(manifest(), FILES, private=COUNCIL, **BOTH)
    held = package.read(put(tmp_path / "a", raw))
    assert package.opened_data(held, THEIRS.secret, OURS.secret) == FILES


def test_a_package_is_whole_or_not_there(tmp_path, monkeypatch):
    """What fails while it is written leaves the folder as it was."""
    with pytest.raises(ValueError, match="recipient"):
        package.write(tmp_path / "a", manifest(), FILES, private=COUNCIL)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(package.stream, "seal", full)
    with pytest.raises(OSError, match="space"):
        shared(tmp_path / "a")
    assert list(tmp_path.iterdir()) == []


def test_a_package_takes_no_multiple_of_its_size_in_memory(tmp_path):
    size = 12_000_000
    path, files = tmp_path / "a", {"a.parquet": Random(3).randbytes(size)}
    tracemalloc.start()
    try:
        shared(path, files=files)
        sealing = tracemalloc.get_traced_memory()[1]
        tracemalloc.reset_peak()
        opened = package.opened_data(package.read(path), THEIRS.secret, OURS.secret)
        opening = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert opened == files
    assert sealing < size / 3  # besides the files themselves
    assert opening < size * 1.5  # the files, and some blocks


def test_what_is_on_disk_is_told_once_it_is_durable(tmp_path, monkeypatch):
    seen = []
    monkeypatch.setattr(durable, "AFTER", [seen.append])
    path = shared(tmp_path / "a")
    assert seen == [path]
    assert list(tmp_path.iterdir()) == [path]


def test_a_path_that_cannot_be_read_is_said(tmp_path):
    for path in (tmp_path, tmp_path / "none"):
        with pytest.raises(NotFound):
            package.read(path)


def test_a_reading_of_a_package(made):
    found = reading(made)
    facts = dict(found.facts)
    assert found.kind == "package"
    assert facts["smallest group"] == "3 of 9 women"
    assert facts["tables"] == "shared_woman (9 rows)"
    assert facts["undertaking"].endswith("section 171).")
    assert found.fingerprints == {
        "signed by": fingerprint(COUNCIL_KEY), "the authority": fingerprint(COUNCIL_KEY),
        "the partner": PARTNER_NAME,
    }  # fmt: skip
    assert as_json(package.read(made).manifest)["study"] == facts["study"]
