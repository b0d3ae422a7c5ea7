"""One contender, or the maker of the files, in a process of its own; prints JSON.

casescope has the files in memory before the clock starts, as it has when it sends. Its time is all
of a package: hashes of every file and of the sealed whole, tar, age, signature, written and flushed
to the disk; and to open, every check of the package, then the files in memory. The others go from
file to file and do age alone.
"""

import json
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.exchange_seal import LAYER, OURS, PYRAGE, opened

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from casescope.exchange.package.manifest import Manifest

_Said = dict[str, Any]
_BLOCK = 1 << 20


def make(folder: Path, women: int, seed: int) -> _Said:
    """Write a pretend shared dataset as Parquet and as a tar, and the keys."""
    from casescope.exchange.age import age
    from casescope.exchange.form.parcel import packed

    files = _tables(women, seed)
    (folder / "plain.tar").write_bytes(b"".join(packed(files)))
    for name, content in files.items():
        (folder / name).write_bytes(content)
    for name in ("key", "authority"):
        fresh = age.new_identity()
        (folder / name).write_text(fresh.secret + "\n", encoding="ascii")
        (folder / f"{name}.pub").write_text(fresh.recipient + "\n", encoding="ascii")
    sizes = {name: len(content) for name, content in files.items()}
    return {"women": women, "bytes": sum(sizes.values()), "files": sizes}


def _tables(women: int, seed: int) -> dict[str, bytes]:
    """Return the shared dataset's two large tables, values spread as a study's are, roughly."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as parquet

    from casescope.dataset.sharing.schema import ISSUE, WOMAN

    random = np.random.default_rng(seed)
    tokens = [random.bytes(16).hex() for _ in range(women)]

    def column(name: str, kind: str, allowed: tuple[str, ...], rows: int) -> pa.Array:
        if kind == "BOOLEAN":
            return pa.array(random.random(rows) < 0.2)
        values = allowed or tuple(f"{name} {number}" for number in range(6))
        return pa.array(values).take(pa.array(random.integers(0, len(values), rows)))

    def table(rows: list[str], told: Any) -> bytes:  # noqa: ANN401 # a table of the schema
        sink = pa.BufferOutputStream()
        arrays = {
            one.name: pa.array(rows) if one.name == "woman"
            else column(one.name, one.type, one.allowed or (), len(rows))
            for one in told.columns
        }  # fmt: skip
        parquet.write_table(pa.table(arrays), sink, compression="zstd")
        return bytes(sink.getvalue())

    with_issues = [token for token in tokens for _ in range(3)]
    return {
        "shared_issue.parquet": table(with_issues, ISSUE),
        "shared_woman.parquet": table(tokens, WOMAN),
    }


def seal(folder: Path, name: str) -> _Said:
    """Seal the files once."""
    work = {OURS: _seal_package, LAYER: _seal_layer, PYRAGE: _seal_pyrage}[name](folder)
    return _timed(work)[1]


def open_(folder: Path, name: str) -> _Said:
    """Open once what the same contender sealed; say what came out."""
    work = {OURS: _open_package, LAYER: _open_layer, PYRAGE: _open_pyrage}[name](folder)
    files, said = _timed(work)
    if isinstance(files, dict):
        from casescope.exchange.form.parcel import packed

        return {**said, **opened(b"".join(packed(files)))}
    return {**said, **opened((folder / "out.tar").read_bytes())}


def _timed(work: Callable[[], object]) -> tuple[object, _Said]:
    begun, used = time.perf_counter(), time.process_time()
    found = work()
    seconds, processor = time.perf_counter() - begun, time.process_time() - used
    return found, {"seconds": seconds, "processor_seconds": processor}


def _seal_package(folder: Path) -> Callable[[], object]:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from casescope.exchange.package import package

    files = {path.name: path.read_bytes() for path in sorted(folder.glob("*.parquet"))}
    private = Ed25519PrivateKey.generate()
    partner, authority = _line(folder / "key.pub"), _line(folder / "authority.pub")
    told = _manifest(private, partner)
    return lambda: package.write(
        folder / "a.casepkg", told, files, private=private, partner_recipient=partner,
        authority_recipient=authority,
    )  # fmt: skip


def _open_package(folder: Path) -> Callable[[], object]:
    from casescope.exchange.package import package

    keys = _line(folder / "key"), _line(folder / "authority")
    path = folder / "a.casepkg"
    return lambda: package.opened_data(package.read_to_open(path), *keys)


def _seal_layer(folder: Path) -> Callable[[], object]:
    from casescope.exchange.age import stream

    recipient = _line(folder / "key.pub")

    def work() -> None:
        with (folder / "plain.tar").open("rb") as plain, (folder / "layer.age").open("wb") as out:
            stream.seal(iter(lambda: plain.read(_BLOCK), b""), out.write, recipient)

    return work


def _open_layer(folder: Path) -> Callable[[], object]:
    from casescope.exchange.age import stream

    secret, path = _line(folder / "key"), folder / "layer.age"

    def work() -> None:
        with path.open("rb") as sealed, (folder / "out.tar").open("wb") as out:
            for block in stream.opened(sealed, path.stat().st_size, secret, "it"):
                out.write(block)

    return work


def _seal_pyrage(folder: Path) -> Callable[[], object]:
    import pyrage

    to = [pyrage.x25519.Recipient.from_str(_line(folder / "key.pub"))]
    paths = str(folder / "plain.tar"), str(folder / "pyrage.age")
    return lambda: pyrage.encrypt_file(*paths, to)


def _open_pyrage(folder: Path) -> Callable[[], object]:
    import pyrage

    keys = [pyrage.x25519.Identity.from_str(_line(folder / "key"))]
    paths = str(folder / "pyrage.age"), str(folder / "out.tar")
    return lambda: pyrage.decrypt_file(*paths, keys)


def _manifest(private: "Ed25519PrivateKey", reply_to: str) -> "Manifest":
    """Return a manifest such as a study's, its figures invented."""
    from casescope.exchange.messages.lease import Terms
    from casescope.exchange.package import package
    from casescope.exchange.package.manifest import SHARED_DATASET, Disclosure, Manifest, TableTold
    from casescope.governance.record.growth import grown
    from casescope.governance.record.signing import encoded, fingerprint

    key = encoded(private.public_key().public_bytes_raw())
    return Manifest(
        package=package.new_id(), kind=SHARED_DATASET, study="s", version=1, replaces=None,
        name="Benchmark", authority="Pretendshire", partner=fingerprint(key), purpose="None",
        lawful_basis="None", agreement="None", made_on=date(2026, 11, 30),
        ends_on=date(2027, 2, 1), tables=(TableTold("shared_woman", "one woman", 1, ()),),
        disclosure=Disclosure(3, 1, 0.5, 0, 1, 0, "opensafely", "strict", {}), authority_key=key,
        reply_to=reply_to, lease=Terms("session", 24), canaries=(),
        ledger=grown([], origin="casescope.study/s", private=private, sent=[]).as_dict(),
        casescope="0",
    )  # fmt: skip


def _line(path: Path) -> str:
    return path.read_text(encoding="ascii").strip()


def main() -> None:
    """Do what the command line says, once."""
    does, folder, *words = sys.argv[1:]
    if does == "make":
        said = make(Path(folder), int(words[0]), int(words[1]))
    else:
        said = {"seal": seal, "open": open_}[does](Path(folder), words[0])
    print(json.dumps(said))


if __name__ == "__main__":
    main()
