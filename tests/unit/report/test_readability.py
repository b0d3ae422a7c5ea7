"""The public edition can be read by somebody who is 11 or 12."""

import pytest

from casescope.report.build import document
from casescope.report.edition import Edition
from tests.unit.report import said
from tests.unit.report.county import ASSUMED, study_facts
from tests.unit.report.readability import grade, syllables

AT_MOST = 7.0
HARDEST_SECTION = 9.0


@pytest.mark.parametrize(
    ("word", "count"),
    [("cat", 1), ("removed", 2), ("children", 2), ("these", 1), ("table", 2), ("wanted", 2),
     ("2026", 1), ("recognised", 3)],
)  # fmt: skip
def test_syllables(word, count):
    assert syllables(word) == count


def test_the_formula_by_hand():
    """Six words of one syllable: 0.39 × 6 + 11.8 × 1 − 15.59 = −1.45."""
    assert grade(["The cat sat on the mat."]) == pytest.approx(-1.45)


def test_two_sentences_by_hand():
    """5 and 3 words, 7 and 4 syllables: 0.39 × 8/2 + 11.8 × 11/8 − 15.59 = 2.195."""
    text = "Children were removed from her. Records were kept."
    assert grade([text]) == pytest.approx(2.195)


@pytest.mark.parametrize("stated", [{}, ASSUMED], ids=["nothing stated", "stated"])
@pytest.mark.parametrize("which", ["released", "small", "nothing"])
def test_the_public_edition_reads_at_the_grade_of_eleven_to_twelve(which, stated, request):
    facts = study_facts(wide_inputs=False, **stated)
    made = document(request.getfixturevalue(which), facts, Edition.PUBLIC)
    assert grade(text for block in said.blocks(made) for text in said.prose(block)) <= AT_MOST
    for part in made.sections:
        texts = [t for one in said.sections((part,)) for b in one.blocks for t in said.prose(b)]
        assert not texts or grade(texts) <= HARDEST_SECTION, part.id
