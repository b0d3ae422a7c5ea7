"""Text is read as the programs of people's desks save it, and refused in words they can act on."""

import pytest

from casescope.kernel.errors import InputRefused, StudyFileRefused
from casescope.kernel.text_file import read_text

TEXT = 'name = "Zoë – one"\nnext = 1\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_the_same_text_however_it_was_saved(tmp_path, encoding, ending):
    file = tmp_path / "study.toml"
    file.write_bytes(TEXT.replace("\n", ending).encode(encoding))
    assert read_text(file) == TEXT


@pytest.mark.parametrize(("raw", "words"), [
    (TEXT.encode("cp1252"), "not text in UTF-8"),
    (b"\xff\xfe\x00", "not text in UTF-8"),
    (None, "There is no file"),
])  # fmt: skip
def test_what_cannot_be_read_is_named_with_what_to_do(tmp_path, raw, words):
    file = tmp_path / "study.toml"
    if raw is not None:
        file.write_bytes(raw)
    with pytest.raises(StudyFileRefused) as refused:
        read_text(file, StudyFileRefused)
    assert words in refused.value.sentence
    assert str(file) in refused.value.sentence
    assert refused.value.remedy
    assert "one" not in refused.value.sentence.replace("There is no", "")


def test_a_folder_in_its_place_is_refused(tmp_path):
    with pytest.raises(InputRefused, match="cannot be read"):
        read_text(tmp_path)
