"""An audit that begins with tables met before comes to what one that begins with nothing does."""

import random

import pytest

from casescope.disclosure.audit import audit
from casescope.disclosure.audit.met import Met
from casescope.disclosure.audit.recode import hide
from casescope.disclosure.audit.run import audit_again
from tests.unit.audit.published import figures
from tests.unit.audit.test_fix import RULES, tables


def told(done):
    return [(one.kind, one.found.target.says, one.found.least.value, one.found.most.value)
            for one in done.failures]  # fmt: skip


@pytest.mark.parametrize("seed", [1, 4, 6, 9])
def test_hiding_more_and_then_less_it_says_the_same(seed):
    """Each begins with what the one before left, which less hidden may not allow any more."""
    start = audit(tables(seed), rules=RULES)
    met, draw = Met(start.base, start.met), random.Random(seed)
    shown = [n for n, one in enumerate(start.figures) if one.standing == "shown"]
    passed = set()
    for many in (1, 3, 5, 2, 0, len(shown)):
        figures_now = hide(start.figures, set(draw.sample(shown, many)))
        again = audit_again(start, figures_now, met, proved=50)
        assert told(again) == told(audit(figures_now, rules=RULES))
        passed.add(again.passed)
    assert passed == {True, False}


def test_other_figures_are_refused():
    start = audit(tables(1), rules=RULES)
    with pytest.raises(ValueError, match="other figures"):
        audit_again(start, figures("t | a=0 | 3"), Met(start.base, start.met), proved=50)


@pytest.mark.parametrize("seed", range(1, 13))
def test_a_verdict_alone_finds_what_all_ranges_find(seed):
    figures_now = tables(seed)
    alone = audit(figures_now, rules=RULES, every=False)
    assert told(alone) == told(audit(figures_now, rules=RULES))
    assert alone.protected >= len(alone.ranges)
