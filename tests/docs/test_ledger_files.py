"""The page of ledger files names every line of them, and its check tells sound from forged."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casescope.cli.reference.ledger_files import ENTRY_HOLDS, EXPORT_HOLDS, GROWTH_HOLDS
from casescope.governance.record.export import export_of
from casescope.governance.record.growth import Growth
from casescope.governance.record.ledger import Act, Entry, entries_after
from casescope.governance.record.signing import parsed
from tests.docs.pages import ROOT, blocks

PAGE = ROOT / "docs" / "reference" / "ledger-files.md"
ACT = Act(date(2026, 11, 30), datetime(2026, 11, 30, tzinfo=UTC), "Zoë", "run", {"rows": 3})
ENTRIES = entries_after(None, "6f2c", [ACT] * 6)


def export(entries: list[Entry] = ENTRIES, *, details: bool = True) -> bytes:
    return export_of(entries, origin="casescope.study/6f2c", study="6f2c", on=ACT.on,
                     private=Ed25519PrivateKey.generate(), details=details)  # fmt: skip


def test_every_line_is_said():
    assert list(ENTRY_HOLDS) == list(Entry.__dataclass_fields__)
    assert list(GROWTH_HOLDS) == list(Growth.__dataclass_fields__)
    signed = parsed(export(), "it")
    assert set(EXPORT_HOLDS) == set(signed["statement"])


def checked(raw: bytes, folder: Path) -> subprocess.CompletedProcess[bytes]:
    (program,) = [block.text for block in blocks(PAGE) if block.language == "python"]
    (folder / "ledger.json").write_bytes(raw)
    command = [sys.executable, "-c", program, folder / "ledger.json"]
    return subprocess.run(command, capture_output=True, check=False)


@pytest.mark.parametrize("details", [True, False])
def test_the_check_on_the_page_finds_a_sound_export_sound(details, tmp_path):
    said = checked(export(details=details), tmp_path)
    assert said.stdout.decode().strip() == "casescope.study/6f2c 6 entries, sound", said.stderr


@pytest.mark.parametrize(
    "forge",
    [
        lambda raw: raw.replace(b'"number":3', b'"number":4'),
        lambda _: export([*ENTRIES[:2], replace(ENTRIES[2], actor="eve"), *ENTRIES[3:]]),
        lambda _: export(ENTRIES[1:]),
    ],
    ids=["changed", "edited and signed again", "begun later"],
)
def test_the_check_on_the_page_finds_a_forged_one(forge, tmp_path):
    assert checked(forge(export()), tmp_path).returncode == 1
