"""How hard words are to read: the Flesch–Kincaid grade.

J. P. Kincaid, R. P. Fishburne, R. L. Rogers, B. S. Chissom: Derivation of new readability formulas
for Navy enlisted personnel. Research Branch Report 8-75, Naval Technical Training Command, 1975:
grade = 0.39 × words per sentence + 11.8 × syllables per word − 15.59. A grade of 6 to 7 is what
pupils aged 11 to 13 can read.
"""

import re
from collections.abc import Iterable

_WORD = re.compile(r"[A-Za-zÀ-ÿ’'-]+|£?\d[\d,.–%-]*")
_END = re.compile(r"[.!?]+(?:\s+|$)")
_GROUP = re.compile(r"[aeiouyà-ÿ]+")


def syllables(word: str) -> int:
    """Count the groups of vowels; a silent e, es or ed at the end is none. A number counts one."""
    letters = re.sub(r"[^a-zà-ÿ]", "", word.lower())
    if not letters:
        return 1
    groups = len(_GROUP.findall(letters))
    silent = re.search(r"[^aeiouyl]e$|[^aeiouydt]ed$|[^aeiouysxzcgh]es$", letters)
    return max(1, groups - bool(silent))


def grade(texts: Iterable[str]) -> float:
    """Return the grade of several texts together; each text ends a sentence."""
    sentences = [one for text in texts for one in _END.split(text) if _WORD.search(one)]
    words = [word for one in sentences for word in _WORD.findall(one)]
    spoken = sum(syllables(word) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * spoken / len(words) - 15.59
