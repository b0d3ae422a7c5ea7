"""A row of the grid and the curve it is read off are of the same women to the audit."""

import pytest

from casescope.disclosure.relations.curves import followed
from casescope.disclosure.relations.rest import meanings
from casescope.findings.sensitivity import WORDS, Key, said_of


@pytest.mark.parametrize("setting", ["0", "1", "28"])
@pytest.mark.parametrize("varied", WORDS)
def test_a_choice_is_called_alike_in_table_and_curve(varied, setting):
    curve = followed(Key("lenient", "broad", varied, setting).curve, "lenient")
    row = meanings("lenient")["sensitivity"]((WORDS[varied][0], said_of(varied, setting)), "T1")
    assert curve is not None
    assert curve.universe == row.universe
