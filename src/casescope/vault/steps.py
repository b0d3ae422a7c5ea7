"""Steps: what reads which layers to write which, and the key that says whether it must run again.

A step's key is the digest of its upstream layers' keys, the parameters it uses, the restriction
list and its own source files. It never depends on ciphertext, so an unchanged step is skipped
even after its inputs were written again.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

import duckdb

from casescope.kernel.canonical import Json, digest


@dataclass(frozen=True)
class Step:
    """One step: its layer's name and wing, the layers it reads, and what else its key depends on.

    `build` gets the connection (inputs attached by name, the new layer as `out`, which is also
    where unqualified names lead) and the facts named in `uses`. `sources` are the packages whose
    files are the step's own.
    """

    name: str
    wing: str
    reads: tuple[str, ...]
    uses: tuple[str, ...]
    sources: tuple[str, ...]
    build: Callable[[duckdb.DuckDBPyConnection, Mapping[str, Json]], None]
    keeps: bool = False
    """Whether the step also reads the layer it wrote last time (under the name `previous`)."""


def step_key(step: Step, upstream: Mapping[str, str], facts: Mapping[str, Json]) -> str:
    """Return the key of a step given its upstream layers' keys and the study's facts."""
    return digest(
        {
            "step": step.name,
            "upstream": {name: upstream[name] for name in step.reads},
            "facts": {name: facts[name] for name in step.uses},
            "sources": {package: source_digest(package) for package in step.sources},
        }
    )


@cache
def source_digest(package: str) -> str:
    """Return the digest of a package's own files, names and contents: code, SQL, word lists.

    They are read once: what a process runs is what it began with, whatever is installed meanwhile.
    """
    total = hashlib.sha256()
    for name, content in sorted(_files(resources.files(package), package)):
        total.update(name.encode() + b"\0" + content + b"\0")
    return total.hexdigest()


def _files(folder: Traversable, path: str) -> list[tuple[str, bytes]]:
    found = []
    for item in folder.iterdir():
        name = f"{path}/{item.name}"
        if item.is_dir() and item.name != "__pycache__":
            found += _files(item, name)
        elif item.name.endswith((".py", ".sql", ".txt", ".toml")):
            found.append((name, item.read_bytes()))
    return found
