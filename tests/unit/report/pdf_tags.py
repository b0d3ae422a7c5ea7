"""A small reader of a tagged PDF: its tag tree, and the words in the tree's own order.

It reads what typst writes (plain objects, compressed streams, two-byte glyph numbers) and nothing
else; what it can't read it doesn't find, and the tests that use it fail.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

OBJECT = re.compile(rb"(?:^|\n)(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
KIDS = re.compile(rb"/K\[([^\[\]]*)\](?:/Pg (\d+) 0 R)?[^()\[\]]*>>\s*$")
KID = re.compile(rb"<<.*?>>|(\d+) 0 R|(\d+)", re.DOTALL)
ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


@dataclass
class Tag:
    """One tag: its kind, its attributes as written, the words in it and the tags in it."""

    kind: str
    raw: bytes
    words: str = ""
    kids: list["Tag"] = field(default_factory=list)

    def all(self) -> Iterator["Tag"]:
        yield self
        for kid in self.kids:
            yield from kid.all()

    @property
    def alt(self) -> str:
        found = re.search(rb"/Alt(\((?:\\.|[^\\)])*\)|<[0-9A-F]*>)", self.raw, re.DOTALL)
        return text_of(found[1]) if found else ""


def text_of(written: bytes) -> str:
    """Return a text string: PDFDocEncoding (its ASCII part) or UTF-16."""
    raw = bytes.fromhex(written[1:-1].decode()) if written[:1] == b"<" else unescaped(written[1:-1])
    return raw[2:].decode("utf-16-be") if raw[:2] == b"\xfe\xff" else raw.decode("latin-1")


def unescaped(raw: bytes) -> bytes:
    def one(found: re.Match[bytes]) -> bytes:
        word = found[1]
        return bytes([int(word, 8)]) if word.isdigit() else ESCAPES.get(word, word)

    return re.sub(rb"\\([0-7]{1,3}|.)", one, raw, flags=re.DOTALL)


class Pdf:
    """A PDF file: its objects, its pages' words by mark, its tag tree."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.objects = {int(n): body for n, body in OBJECT.findall(content)}
        self.pages = {
            n: self._marked(body)
            for n, body in self.objects.items()
            if body.startswith(b"<</Type/Page/")
        }
        root = next(body for body in self.objects.values() if b"/Type/StructTreeRoot" in body)
        self.tree = self._tag(int(re.search(rb"/K\[(\d+) 0 R", root)[1]))

    def stream(self, number: int) -> bytes:
        body = self.objects[number]
        raw = body.split(b"stream\n", 1)[1].rsplit(b"\nendstream", 1)[0]
        return zlib.decompress(raw) if b"FlateDecode" in body.split(b"stream\n", 1)[0] else raw

    def _tag(self, number: int) -> Tag:
        raw = self.objects[number]
        kind = re.search(rb"/S/(\w+)", raw)[1].decode()
        tag, kids = Tag(kind, raw), KIDS.search(raw)
        for kid in KID.finditer(kids[1]) if kids else ():
            if kid[1]:
                inner = self._tag(int(kid[1]))
                tag.kids.append(inner)
                tag.words += inner.words
            elif b"/MCR" in kid[0]:
                page, mark = (
                    int(re.search(p, kid[0])[1]) for p in (rb"/Pg (\d+)", rb"/MCID (\d+)")
                )
                tag.words += self.pages[page].get(mark, "")
            elif kid[2]:
                tag.words += self.pages[int(kids[2])].get(int(kid[2]), "")
        return tag

    def _marked(self, page: bytes) -> dict[int, str]:
        """Return the words of a page by their mark; None holds what is in no mark."""
        contents, resources = (int(re.search(rb"/%s (\d+) 0 R" % name, page)[1])
                               for name in (b"Contents", b"Resources"))  # fmt: skip
        letters = {
            name: self._letters(int(n))
            for name, n in re.findall(rb"/(f\d+) (\d+) 0 R", self.objects[resources])
        }
        found: dict[int, str] = {}
        open_marks: list[int | None] = []
        font: dict[int, str] = {}
        for token in tokens(self.stream(contents)):
            if token[0] == "font":
                font = letters[token[1]]
            elif token[0] == "begin":
                open_marks.append(token[1])
            elif token[0] == "end":
                open_marks.pop()
            else:
                mark = next((one for one in reversed(open_marks) if one is not None), None)
                glyphs = token[1]
                said = "".join(font.get(int.from_bytes(glyphs[i : i + 2], "big"), "")
                               for i in range(0, len(glyphs), 2))  # fmt: skip
                found[mark] = found.get(mark, "") + said
        return found

    def _letters(self, font: int) -> dict[int, str]:
        cmap = self.stream(int(re.search(rb"/ToUnicode (\d+)", self.objects[font])[1]))
        pairs = re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]+)>", cmap)
        return {int(glyph, 16): bytes.fromhex(said.decode()).decode("utf-16-be")
                for glyph, said in pairs}  # fmt: skip


TOKEN = re.compile(
    rb"/(f\d+) [\d.]+ Tf|/\w+ ?<<(?:[^<>]|<<[^<>]*>>)*?/?MCID (\d+)[^<>]*>>\s*BDC"
    rb"|(BDC|BMC)|(EMC)|(\()"
)


def tokens(stream: bytes) -> Iterator[tuple[str, object]]:
    """Yield fonts chosen, marks begun and ended, and strings of glyph numbers, in order."""
    at = 0
    while found := TOKEN.search(stream, at):
        at = found.end()
        if found[1]:
            yield "font", found[1]
        elif found[5]:
            end = string_end(stream, at)
            yield "string", unescaped(stream[at : end - 1])
            at = end
        elif found[4]:
            yield "end", None
        else:
            yield "begin", int(found[2]) if found[2] else None


def string_end(stream: bytes, at: int) -> int:
    """Return where the string that was opened just before `at` has been closed."""
    depth = 1
    while depth:
        letter = stream[at : at + 1]
        depth += {b"(": 1, b")": -1}.get(letter, 0)
        at += 2 if letter == b"\\" else 1
    return at
