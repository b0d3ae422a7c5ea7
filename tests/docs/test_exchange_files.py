"""The pages of exchanged files name every line, and their recipes work without casescope."""

import os
import shutil
import subprocess

import pytest

from casescope.cli.reference import exchange_files as pages
from casescope.exchange.messages.acknowledgement import Acknowledgement
from casescope.exchange.messages.card import Card
from casescope.exchange.messages.lease import Lease, Request
from casescope.exchange.messages.receipt import Receipt
from casescope.exchange.package import package
from casescope.exchange.package.manifest import Disclosure, Manifest
from casescope.governance.record.signing import fingerprint
from tests.docs.pages import ROOT, blocks
from tests.unit.exchange.made import COUNCIL_KEY, FILES, OURS, THEIRS, shared

PAGE = ROOT / "docs" / "reference" / "package.md"
NEEDED = ("sh", "tar", "age", "openssl", "base64", "sha256sum")
WITH_PROGRAMS = pytest.mark.skipif(
    not all(map(shutil.which, NEEDED)) and not os.environ.get("CASESCOPE_CI"),
    reason="age or openssl is not installed",
)


@pytest.mark.parametrize(("kind", "said"), [
    (Card, pages.CARD_HOLDS), (Manifest, pages.MANIFEST_HOLDS),
    (Disclosure, pages.DISCLOSURE_HOLDS), (Request, pages.REQUEST_HOLDS),
    (Lease, pages.LEASE_HOLDS), (Acknowledgement, pages.ACKNOWLEDGEMENT_HOLDS),
    (Receipt, pages.RECEIPT_HOLDS),
])  # fmt: skip
def test_every_line_is_said(kind, said):
    assert list(said) == list(kind.__dataclass_fields__)


def run(program: str, folder) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", "-e", "-c", program], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.fixture
def recipes():
    found = [block.text for block in blocks(PAGE) if block.language == "sh"]
    assert [len(text.splitlines()) for text in found] == [3, 3, 1]
    return found


@pytest.fixture
def folder(tmp_path):
    """What somebody has who has both sides' keys and the package, and no casescope."""
    shared(tmp_path / "package.casepkg")
    for name, identity in (("partner.key", THEIRS), ("authority.key", OURS)):
        (tmp_path / name).write_text(identity.secret + "\n", encoding="ascii")
    return tmp_path


@WITH_PROGRAMS
def test_both_keys_and_the_program_age_open_a_package(folder, recipes):
    ran = run(recipes[0], folder)
    assert ran.returncode == 0, ran.stderr
    assert {name: (folder / name).read_bytes() for name in FILES} == FILES


@WITH_PROGRAMS
@pytest.mark.parametrize("missing", ["partner.key", "authority.key"])
def test_one_key_alone_opens_nothing(folder, recipes, missing):
    other = {"partner.key": "authority.key", "authority.key": "partner.key"}[missing]
    shutil.copy(folder / other, folder / missing)
    assert run(recipes[0], folder).returncode != 0
    assert not any((folder / name).exists() for name in FILES)


@WITH_PROGRAMS
def test_openssl_tells_a_right_signature_from_a_wrong_one(folder, recipes):
    assert run("tar -xf package.casepkg", folder).returncode == 0
    ran = run(recipes[1] + recipes[2], folder)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.splitlines() == [
        "Signature Verified Successfully", fingerprint(COUNCIL_KEY),
    ]  # fmt: skip
    manifest = folder / "manifest.json"
    manifest.write_bytes(manifest.read_bytes().replace(b"Pretendshire", b"Pretendshirf"))
    assert run(recipes[1], folder).returncode != 0


def test_the_manifest_is_read_before_any_key(folder):
    assert package.read(folder / "package.casepkg").manifest.authority == "Pretendshire"
