"""The auditor's ranges are those of every whole-number table there is, enumerated."""

import json
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, product

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from casescope.disclosure.audit import Cell, Figure, Place, audit, difference, ratio
from casescope.disclosure.audit.checker import faults
from casescope.disclosure.audit.fix import propose
from casescope.disclosure.audit.record import as_record

SHAPES = ((2, 2), (2, 3), (3, 3), (2, 2, 2), (5,))


def groups(size):
    """Return two unions of the first dimension that overlap."""
    rest = frozenset(map(str, range(1, size)))
    return {"d0": {"first two": frozenset({"0", "1"}), "not 0": rest}}


def within(cell, atom):
    """Say whether an atom of the full product is counted in a cell; groups spelt out by hand."""
    spelt = {"first two": {"0", "1"}, "not 0": {"1", "2", "3", "4"}}
    return all(str(atom[int(name[1:])]) in spelt.get(value, {value})
               for name, value in cell.categories)  # fmt: skip


def tables(cells, total):
    """Yield every table of so many cells with that total."""
    if cells == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in tables(cells - 1, total - first):
            yield (first, *rest)


@st.composite
def publications(draw):
    """Return a shape, and what was published of a table of that shape: shown, rounded, hidden."""
    shape = draw(st.sampled_from(SHAPES))
    atoms = list(product(*map(range, shape)))
    truth = dict(zip(atoms, draw(st.lists(st.integers(0, 3), min_size=len(atoms),
                                          max_size=len(atoms))), strict=True))  # fmt: skip
    while sum(truth.values()) > 7:
        truth[max(truth, key=truth.__getitem__)] -= 1
    total = sum(truth.values())
    figures = [Figure(Place("all"), ((1, Cell("women")),), total, total + draw(st.integers(0, 1)))]
    cells = draw(st.lists(st.sampled_from(every_cell(shape)), min_size=2, max_size=9, unique=True))
    for number, cell in enumerate(cells):
        value = sum(n for atom, n in truth.items() if within(cell, atom))
        figures.append(draw(said(Place("t", str(number)), cell, value)))
    figures += draw(st.one_of(st.just(()), related(cells[0], cells[1], truth)))
    return shape, figures


def related(one, other, truth):
    """Return a difference of two cells, or a percentage of one in the other, that is true."""
    first, second = (sum(n for atom, n in truth.items() if within(cell, atom))
                     for cell in (one, other))  # fmt: skip
    ways = [(difference(Place("d"), one, other, first - second - 1, first - second),)]
    if second:
        share, step = Fraction(first, second), Fraction(1, 10)
        ways.append(ratio(Place("%"), one, other, max(Fraction(0), share - step), share + step))
    return st.sampled_from(ways)


def every_cell(shape):
    names = [f"d{n}" for n in range(len(shape))]
    values = [[*map(str, range(size)), *(["first two", "not 0"] if n == 0 and size > 2 else [])]
              for n, size in enumerate(shape)]  # fmt: skip
    return [
        Cell.of("women", dict(zip(chosen, picked, strict=True)))
        for size in range(1, len(shape) + 1)
        for chosen in combinations(names, size)
        for picked in product(*(values[int(name[1:])] for name in chosen))
    ]


def said(place, cell, value):
    term = ((1, cell),)
    return st.sampled_from([
        Figure(place, term, value, value),
        Figure(place, term, max(0, value - 1), value + 1),
        Figure(place, term, value // 3 * 3, value // 3 * 3 + 2),
        Figure(place, term, 0, None, "hidden"),
        Figure(place, term, min(value, 1), max(4, value), "hidden"),
    ])  # fmt: skip


def value_of(terms, atoms, table):
    return sum(times * n for times, cell in terms for atom, n in zip(atoms, table, strict=True)
               if within(cell, atom))  # fmt: skip


def allowed(figures, atoms, table):
    return all(
        (figure.least is None or figure.least <= value)
        and (figure.most is None or value <= figure.most)
        for figure in figures
        for value in [value_of(figure.terms, atoms, table)]
    )


def every_table(shape, figures):
    atoms = list(product(*map(range, shape)))
    low, high = figures[0].least, figures[0].most
    found = [table for total in range(low, high + 1) for table in tables(len(atoms), total)
             if allowed(figures, atoms, table)]  # fmt: skip
    return atoms, found


def audited(shape, figures):
    more = {f"d{n}": frozenset(map(str, range(size))) for n, size in enumerate(shape)}
    return audit(figures, groups=groups(shape[0]), more=more)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(publications())
def test_ranges_are_those_of_all_tables(published):
    shape, figures = published
    atoms, found = every_table(shape, figures)
    assert found, "the truth itself is one"

    done = audited(shape, figures)

    for ranged in [*done.ranges, *(failure.found for failure in done.failures)]:
        values = [value_of(ranged.target.terms, atoms, table) for table in found]
        assert (ranged.least.value, ranged.most.value) == (min(values), max(values))
        assert ranged.least.kind == ranged.most.kind == "whole"
    assert faults(json.loads(json.dumps(as_record(done)))) == []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(publications())
def test_after_the_fix_no_hidden_count_has_one_value_in_all_tables(published):
    shape, (total, *rest) = published
    known = replace(total, standing="known")  # else it is hidden, and there are tables without end
    for fix in propose(audited(shape, [known, *rest]), ways=["hide"]):
        atoms, found = every_table(shape, fix.after)
        for figure in fix.after:
            if figure.standing == "hidden":
                values = {value_of(figure.terms, atoms, table) for table in found}
                assert len(values) > 1 or values == {0}
                event("a hidden count was looked at after a fix")
