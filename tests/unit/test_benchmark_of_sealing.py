"""The benchmark of sealing compares like with like: everybody opens the same bytes."""

import pytest
from benchmarks.answer import check_same
from benchmarks.exchange_seal import LAYER, OURS, PYRAGE, opened
from benchmarks.exchange_seal_contenders import make, open_, seal

CONTENDERS = (OURS, LAYER, PYRAGE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sealing")
    said = make(folder, 500, 7)
    assert said["bytes"] == sum(said["files"].values())
    return folder


def test_everybody_opens_the_same_bytes(folder):
    answers = {}
    for name in CONTENDERS:
        assert seal(folder, name)["seconds"] > 0
        said = open_(folder, name)
        answers[name] = {"bytes": said["bytes"], "hash": said["hash"]}
    answers["plain"] = opened((folder / "plain.tar").read_bytes())
    check_same(answers)


def test_other_bytes_are_seen():
    with pytest.raises(AssertionError, match="hash"):
        check_same({OURS: opened(b"one"), PYRAGE: opened(b"two")})
