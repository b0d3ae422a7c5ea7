"""The page of a release's files names every line of them, and its check does check."""

import json
import subprocess
import sys

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casescope.cli.reference.release_files import (
    ANSWER_HOLDS,
    OPENING_HOLDS,
    REQUEST_HOLDS,
)
from casescope.governance.record.signing import sign
from casescope.governance.release.release import Answer, Opening, Request
from tests.docs.pages import ROOT, blocks

PAGE = ROOT / "docs" / "reference" / "release-files.md"


@pytest.mark.parametrize(
    ("kind", "said"), [(Request, REQUEST_HOLDS), (Answer, ANSWER_HOLDS), (Opening, OPENING_HOLDS)]
)
def test_every_line_is_said(kind, said):
    assert list(said) == list(kind.__dataclass_fields__)


def test_the_check_on_the_page_tells_a_right_signature_from_a_wrong_one(tmp_path):
    (program,) = [block.text for block in blocks(PAGE) if block.language == "python"]
    signed = sign("thing", {"b": "Zoë", "a": [1, 2.5]}, Ed25519PrivateKey.generate()).as_dict()
    for statement, code in ((signed["statement"], 0), ({"b": "Zoe", "a": [1, 2.5]}, 1)):
        file = tmp_path / "signed.json"
        file.write_text(json.dumps({**signed, "statement": statement}), encoding="utf-8")
        ran = subprocess.run(
            [sys.executable, "-c", program, file], capture_output=True, check=False
        )
        assert ran.returncode == code, ran.stderr
