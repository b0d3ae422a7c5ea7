"""What must be looked at together: chains of tables lose nothing, rings are filled in."""

from itertools import product

from casescope.disclosure.audit import audit, blocks
from casescope.disclosure.audit.blocks import blocks_of
from tests.unit.audit.published import figures, ranges

FIVE = dict.fromkeys("abcdefg", 5)


def of(*tables):
    return blocks_of([frozenset(table) for table in tables], FIVE)


def test_tables_in_a_chain_stay_by_themselves_and_are_coupled_where_they_meet():
    found = of("ab", "bc", "cd", "b", "")
    assert [set(block) for block in found.blocks] == [set("ab"), set("bc"), set("cd")]
    assert found.couplings == ((0, 1), (1, 2))
    assert found.exact


def test_tables_that_share_nothing_are_coupled_by_everybody():
    assert of("ab", "cd").couplings == ((0, 1),)


def test_a_ring_of_three_is_looked_at_as_a_whole():
    assert [set(block) for block in of("ab", "bc", "ca").blocks] == [set("abc")]


def test_a_ring_of_four_becomes_two_wholes():
    found = of("ab", "bc", "cd", "da")
    assert sorted(len(block) for block in found.blocks) == [3, 3]
    assert len(found.blocks[0] & found.blocks[1]) == 2


def test_a_ring_that_is_too_large_is_coupled_at_margins_and_says_so():
    many = dict.fromkeys("abc", 40)  # 64,000 atoms
    found = blocks_of([frozenset("ab"), frozenset("bc"), frozenset("ac")], many)
    assert not found.exact
    assert len(found.blocks) == 3
    assert len(found.couplings) == 3


def ring():
    """Return the margins of a 2 x 2 x 2 table in which only one table is possible."""
    pairs = (("a", "b"), ("b", "c"), ("a", "c"))
    lines = [f"{one}{two} | {one}={x} {two}={y} | {1 if x == y else 0}"
             for one, two in pairs[:2] for x, y in product("01", repeat=2)]  # fmt: skip
    return [*lines, "ac | a=0 c=0 | c", "ac | a=0 c=1 | c", "ac | a=1 c=0 | c", "ac | a=1 c=1 | c"]


def test_weaker_ranges_are_never_narrower_and_the_audit_says_that_they_are_weaker(monkeypatch):
    """a is b and b is c, so a is c; margins alone do not know."""
    text = "\n".join(ring())
    whole = audit(figures(text))
    assert whole.exact
    assert ranges(whole)["a 0, c 1"] == (0, 0)
    monkeypatch.setattr(blocks, "MOST_ATOMS", 4)
    weaker = audit(figures(text))
    assert not weaker.exact
    for says, (least, most) in ranges(whole).items():
        low, high = ranges(weaker)[says]
        assert low <= least
        assert high is None or high >= most
    assert ranges(weaker)["a 0, c 1"] == (0, 1)
