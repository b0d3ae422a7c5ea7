"""Copies in every form in which a person would keep one, and files that nobody can look into."""

import bz2
import gzip
import hashlib
import io
import lzma
import os
import random
import tarfile
import zipfile

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from docx import Document

from casescope.exchange.workspace.strays import Marks, look
from casescope.exchange.workspace.strays.scan import CHUNK, Scan

TOKEN = "00112233445566778899aabbccddeeff"
OTHER = "ff112233445566778899aabbccddee00"
MARKS = Marks(
    {hashlib.sha256(b"the package").hexdigest(): "the package"},
    {hashlib.sha256(TOKEN.encode()).hexdigest(): "rows"},
)


def parquet(codec="snappy", **options):
    out = io.BytesIO()
    table = pa.table({"n": list(range(500)), "w": [OTHER] * 499 + [TOKEN]})
    pq.write_table(table, out, compression=codec, **options)
    return out.getvalue()


def one_column(values, kind=None):
    out = io.BytesIO()
    column = pa.array(values, kind.storage_type if kind else None)
    pq.write_table(pa.table({"w": column.cast(kind) if kind else column}), out)
    return out.getvalue()


def arrow():
    out = io.BytesIO()
    with pa.ipc.new_file(out, pa.schema([("w", pa.string())])) as writer:
        writer.write_table(pa.table({"w": [TOKEN]}))
    return out.getvalue()


def workbook():
    out, book = io.BytesIO(), openpyxl.Workbook()
    book.active.append(["woman", TOKEN])
    book.save(out)
    return out.getvalue()


def document():
    out, paper = io.BytesIO(), Document()
    paper.add_paragraph(f"She is {TOKEN}, I think.")
    paper.save(out)
    return out.getvalue()


def zipped(content, name="inner"):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def tarred(content, mode="w"):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:
        member = tarfile.TarInfo("inner")
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
    return out.getvalue()


ROWS = f"woman\n{TOKEN}\n".encode()
FORMS = {
    "csv": ROWS,
    "capitals": TOKEN.upper().encode(),
    "within a longer run": f"0x{'a' * 7}{TOKEN}{'b' * 5}".encode(),
    "utf-16 little": ROWS.decode().encode("utf-16-le"),
    "utf-16 big": ROWS.decode().encode("utf-16-be"),
    "utf-16 with a mark": ROWS.decode().encode("utf-16"),
    "zip": zipped(ROWS),
    "zip in zip in zip": zipped(zipped(zipped(ROWS))),
    "gzip": gzip.compress(ROWS),
    "bzip2": bz2.compress(ROWS),
    "xz": lzma.compress(ROWS),
    "tar": tarred(ROWS),
    "tar.gz": tarred(ROWS, "w:gz"),
    "tar.xz in zip": zipped(tarred(ROWS, "w:xz")),
    "workbook": workbook(),
    "word": document(),
    "parquet": parquet(),
    "parquet zstd": parquet("zstd"),
    "parquet plain strings": parquet("gzip", use_dictionary=False),
    "parquet in zip": zipped(parquet()),
    "arrow": arrow(),
    "parquet lists": one_column([["x", TOKEN]]),
    "parquet structs": one_column([{"a": {"b": TOKEN}}]),
    "parquet bytes": one_column([bytes.fromhex(TOKEN)]),
    "parquet uuid": one_column([bytes.fromhex(TOKEN)], pa.uuid()),
    "sql in a notebook": b'{"cells": [{"source": "WHERE woman = \'' + ROWS[6:38] + b"'\"}]}",
}


@pytest.mark.parametrize("form", FORMS)
def test_a_row_is_found_in(tmp_path, form):
    (tmp_path / "kept.dat").write_bytes(FORMS[form])
    found = look([tmp_path], MARKS)
    assert {(one.path.name, one.why) for one in found.strays} == {("kept.dat", "rows")}


@pytest.mark.parametrize("form", ["csv", "zip", "tar", "gzip"])
def test_another_token_is_not(tmp_path, form):
    other = {"csv": OTHER.encode(), "zip": zipped(OTHER), "tar": tarred(OTHER.encode()),
             "gzip": gzip.compress(OTHER.encode())}[form]  # fmt: skip
    (tmp_path / "mine.dat").write_bytes(other)
    found = look([tmp_path], MARKS)
    assert (found.strays, found.unread, found.files) == ([], [], 1)


@pytest.mark.parametrize("wrapped", [bytes, zipped, gzip.compress, tarred])
def test_a_whole_file_is_known_by_its_hash_wherever_it_lies(tmp_path, wrapped):
    (tmp_path / "renamed.txt").write_bytes(wrapped(b"the package"))
    (found,) = look([tmp_path], MARKS).strays
    assert found.why == "the package"


@pytest.mark.parametrize("encoding", ["ascii", "utf-16-le", "utf-16-be"])
def test_a_token_across_two_pieces_of_a_stream(encoding):
    """At every place of the border, as a file of any size may have it."""
    token = TOKEN.encode(encoding)
    for before in range(len(token) + 1):
        scan = Scan(MARKS.words.keys())
        scan.feed(b"z" * 7 + token[:before])
        scan.feed(token[before:] + b"z")
        assert len(scan.met) == 1, before


def test_against_a_search_that_is_plainly_right(tmp_path):
    """Random text of hex digits and others; every window of 32 digits tried one by one."""
    dice = random.Random(7)
    for _ in range(60):
        text = "".join(dice.choice("0123456789abcdefg \n") for _ in range(400))
        place = dice.randrange(360)
        if dice.random() < 0.5:
            text = text[:place] + TOKEN + text[place:]
        scan = Scan(MARKS.words.keys())
        cut = dice.randrange(len(text))
        scan.feed(text[:cut].encode())
        scan.feed(text[cut:].encode())
        windows = {text[at : at + 32] for at in range(len(text))}
        assert bool(scan.met) == (TOKEN in windows)


UNREADABLE = {
    "locked zip": (b"PK\x03\x04\x14\x00\x01\x00" + bytes(100), "damaged"),
    "broken gzip": (gzip.compress(os.urandom(4000))[:900], "damaged"),
    "broken parquet": (b"PAR1" + bytes(300), "damaged"),
    "duckdb": (bytes(8) + b"DUCK" + bytes(600), "DuckDB"),
    "7z": (b"7z\xbc\xaf\x27\x1c" + bytes(50), "7z"),
    "rar": (b"Rar!\x1a\x07" + bytes(50), "rar"),
    "pdf": (b"%PDF-1.7\n", "PDF"),
    "old office": (b"\xd0\xcf\x11\xe0" + bytes(600), "Office"),
    "age": (b"age-encryption.org/v1\n", "encrypted by age"),
}


@pytest.mark.parametrize("kind", UNREADABLE)
def test_what_cannot_be_looked_into_is_named(tmp_path, kind):
    content, why = UNREADABLE[kind]
    (tmp_path / "closed.bin").write_bytes(content)
    ((path, said),) = look([tmp_path], MARKS).unread
    assert path.name == "closed.bin"
    assert why in said


def test_a_member_under_a_password_is_named_and_the_others_are_read(tmp_path):
    raw = bytearray(zipped(b"secret", "first"))
    raw[raw.index(b"PK\x01\x02") + 8] |= 1  # the flag in the directory says: encrypted
    (tmp_path / "a.zip").write_bytes(raw)
    assert "password" in look([tmp_path], MARKS).unread[0][1]


def test_damage_of_any_kind_ends_nothing(tmp_path):
    """Bytes changed, cut off or put in; each file is read as far as it goes, or named."""
    dice = random.Random(3)
    whole = [raw for form, raw in FORMS.items() if form not in ("csv", "capitals")]
    for number in range(150):
        raw = bytearray(dice.choice(whole))
        for _ in range(dice.choice((1, 2, 20))):
            raw[dice.randrange(len(raw))] = dice.randrange(256)
        if number % 3 == 0:
            del raw[dice.randrange(1, len(raw)) :]
        (tmp_path / f"{number}").write_bytes(raw)
    found = look([tmp_path], MARKS)
    assert found.files == 150
    assert found.strays
    assert found.unread


def test_a_zip_in_a_zip_without_end_comes_to_one(tmp_path):
    content = ROWS
    for _ in range(9):
        content = zipped(content)
    (tmp_path / "deep.zip").write_bytes(content)
    assert "deep" in look([tmp_path], MARKS).unread[0][1]


def test_a_file_that_unfolds_without_measure_is_left_and_named(tmp_path, monkeypatch):
    monkeypatch.setattr("casescope.exchange.workspace.strays.walk.MOST", 3 * CHUNK)
    (tmp_path / "bomb.gz").write_bytes(gzip.compress(bytes(40 * CHUNK)))
    assert "unfolds" in look([tmp_path], MARKS).unread[0][1]


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="there are no links")
def test_links_are_counted_and_not_followed(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "x").write_bytes(ROWS)
    (tmp_path / "in" / "link").symlink_to(tmp_path / "out" / "x")
    (tmp_path / "in" / "folder").symlink_to(tmp_path / "out")
    found = look([tmp_path / "in"], MARKS)
    assert (found.strays, found.links) == ([], 2)


def test_a_file_in_two_folders_given_is_looked_at_once(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x").write_bytes(ROWS)
    found = look([tmp_path, tmp_path / "a"], MARKS)
    assert (found.files, len(found.strays)) == (1, 1)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert look([tmp_path], MARKS).files == 0
