"""What happens to names and dates on their way into a file, after the error models of FEBRL.

Peter Christen's FEBRL generator knows slips at the keyboard, scanning and hearing, words lost or
swapped, and values left out. These are the same kinds, written anew for this test.
"""

from datetime import date, timedelta
from random import Random

NEIGHBOURS = {
    "a": "qsz", "b": "vgn", "c": "xdv", "d": "sfe", "e": "wrd", "f": "dgr", "g": "fht", "h": "gjy",
    "i": "uok", "j": "hkn", "k": "jlm", "l": "kop", "m": "nk", "n": "bmh", "o": "ipl", "p": "ol",
    "r": "etf", "s": "adw", "t": "ryg", "u": "yij", "v": "cbf", "w": "qes", "x": "zcs", "y": "tuh",
    "z": "xas",
}  # fmt: skip
SCANNED = (("m", "rn"), ("rn", "m"), ("l", "1"), ("o", "0"), ("cl", "d"), ("h", "li"), ("w", "vv"))
HEARD = (
    ("ph", "f"), ("ck", "k"), ("c", "k"), ("ie", "y"), ("y", "ie"), ("th", "t"), ("oo", "u"),
    ("ee", "ea"), ("wr", "r"), ("ou", "ow"), ("ai", "ay"), ("z", "s"), ("gh", "g"),
)  # fmt: skip


def typed(word: str, dice: Random) -> str:
    """Return the word with one slip of the keyboard."""
    place = dice.randrange(1, len(word)) if len(word) > 1 else 0
    kind = dice.choice(("insert", "drop", "swap", "neighbour", "double"))
    if kind == "swap" and place + 1 < len(word):
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    if kind == "drop" and len(word) > 3:
        return word[:place] + word[place + 1 :]
    near = dice.choice(NEIGHBOURS.get(word[place], "e"))
    if kind == "neighbour":
        return word[:place] + near + word[place + 1 :]
    return word[:place] + (word[place] if kind == "double" else near) + word[place:]


def replaced(word: str, pairs: tuple[tuple[str, str], ...], dice: Random) -> str:
    """Return the word with one group of letters misread or misheard; typed wrong if none can be."""
    possible = [pair for pair in pairs if pair[0] in word[1:]]
    if not possible:
        return typed(word, dice)
    wrong, right = dice.choice(possible)
    return word[0] + word[1:].replace(wrong, right, 1)


def blurred(word: str, dice: Random) -> str:
    """Return a name wrongly taken down in one of the ways."""
    kind = dice.random()
    if kind < 0.5:
        return typed(word, dice)
    return replaced(word, SCANNED if kind < 0.65 else HEARD, dice)


def misdated(born: date, dice: Random) -> date:
    """Return a birth date with one of the errors that birth dates have."""
    kind = dice.random()
    if kind < 0.25 and born.day <= 12 and born.day != born.month:
        return date(born.year, born.day, born.month)
    if kind < 0.45:
        return date(born.year, 1, 1)
    if kind < 0.65:
        return born.replace(year=born.year + dice.choice((-10, -1, 1, 10)), day=min(born.day, 28))
    if kind < 0.85:
        return born + timedelta(days=dice.choice((-10, -1, 1, 10)))
    return born.replace(month=dice.randrange(1, 13), day=min(born.day, 28))
