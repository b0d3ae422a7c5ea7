"""Companions, totals and flows, drawn by hand; and what an attacker can work out of a table."""

from collections import defaultdict
from dataclasses import replace
from itertools import product

import pytest

from casescope.disclosure.release import release
from casescope.findings.finding import Amount, Sum, Text
from tests.unit.disclosure.drawn import findings, table


def shown(drawn):
    return [[cell.shown for cell in row.cells]
            for row in release(findings(drawn)).table("t").rows]  # fmt: skip


FEW, HELD = "7 or fewer", "withheld"


@pytest.mark.parametrize(
    ("parts", "seen"),
    [
        #  yes  no  not recorded: they add up to all women
        ((40, 20, 30), ["40", "20", "30"]),
        ((40, 3, 57),  ["40", HELD, HELD]),  # yes leads, so it is the last to be withheld
        ((40, 20, 3),  ["40", HELD, HELD]),
        ((3, 20, 57),  [HELD, HELD, "55"]),  # the smaller of the two others
        ((3, 57, 20),  [HELD, "55", HELD]),
        ((3, 4, 93),   [FEW, FEW, "95"]),
        ((1, 2, 3),    [FEW, FEW, FEW]),
        ((58, 1, 8),   [HELD, HELD, HELD]),  # 65 - 60: 1 to 9 for both, so 0 or 1 for one of them
    ],
)  # fmt: skip
def test_a_lone_hidden_part_gets_a_companion(parts, seen):
    assert shown(table({"alcohol": parts}, parts=3)) == [seen]


def test_of_two_parts_both_are_hidden():
    assert shown(table({"T1": (30, 5)}, parts=2)) == [[HELD, HELD]]


def test_columns_that_do_not_add_up_need_no_companion():
    assert shown(table({"T1": (40, 3, 57)})) == [["40", FEW, "55"]]


def test_a_total_adds_up_what_is_shown():
    drawn = table({"a": (22,), "b": (23,), "c": (13,), "d": (7,), "Total": (65,)})
    assert shown(drawn) == [["20"], ["25"], ["15"], [FEW], ["60"]]


def test_a_lone_hidden_row_gets_a_companion_where_few_rows_are_shown():
    drawn = table({"court": (90,), "emergency": (5,), "voluntary": (40,), "Total": (135,)})
    assert shown(drawn) == [["90"], [HELD], [HELD], ["90"]]


def test_a_total_of_hidden_rows_is_withheld():
    """It may be more than 7, and to say so would narrow the rows."""
    assert shown(table({"a": (2,), "b": (3,), "Total": (5,)})) == [[FEW], [FEW], [HELD]]


def test_two_rows_that_their_total_gives_away_do_not_say_that_they_are_few():
    """7 or fewer twice, of a total released as 15 (13 to 17), would be 6 or 7 each."""
    assert shown(table({"a": (7,), "b": (7,), "Total": (14,)}))[:2] == [[HELD], [HELD]]


def test_each_total_row_adds_up_its_own_rows():
    drawn = table({"a": (20,), "b": (40,), "Total 1": (60,), "c": (30,), "d": (10,),
                   "e": (50,), "Total 2": (90,)})  # fmt: skip
    assert shown(drawn)[2] == ["60"]
    assert shown(drawn)[-1] == ["90"]


def test_a_flow_still_adds_up():
    drawn = table({
        "records|stock": (112,), "same woman|out": (9,), "women|stock": (103,),
        "died|out": (3,), "left|out": (12,), "in a tier|stock": (88,),
        "T1|tier": (23,), "T2|tier": (33,), "T3|tier": (32,),
    }, flow=True)  # fmt: skip
    assert shown(drawn) == [
        ["110"], ["10"], ["100"],  # 110 - 10 = 100
        [FEW], ["10"], ["90"],     # 100 - 10 = 90, the hidden line left out
        ["25"], ["35"], ["30"],    # 90
    ]  # fmt: skip


def test_a_lone_hidden_row_that_rounding_gives_away_gets_a_companion():
    """Three rows of 20 (22 at most) of 75 (73 at least) leave 7 for the fourth and nothing else."""
    rows = {"a": (22,), "b": (22,), "c": (22,), "d": (7,), "Total": (73,)}
    assert shown(table(rows))[3] == [HELD]
    rows = {"a": (22,), "b": (22,), "c": (22,), "d": (3,), "Total": (69,)}
    assert shown(table(rows)) == [["20"], ["20"], ["20"], [FEW], ["60"]]


def released_total(world):
    return (sum(world) + 2) // 5 * 5 if sum(world) > 7 else None


def answers(worlds, seen):
    """Return the worlds that give the same answer, the total as another table releases it."""
    found = defaultdict(list)
    for world in worlds:
        found[tuple(seen(world)), released_total(world)].append(world)
    return found


def widths(answer, worlds):
    """Yield how widely each hidden part that may be small can vary."""
    for place, text in enumerate(answer[0]):
        values = [world[place] for world in worlds]
        if text in (FEW, HELD) and min(values) <= 7:
            yield max(values) - min(values)


def sums_to(most, parts):
    return (world for world in product(range(most + 1), repeat=parts) if sum(world) <= most)


def test_no_table_of_three_parts_narrows_a_hidden_one_to_under_4_values():
    """An attacker who has every table of up to 37 women at hand, and knows the released total."""
    found = answers(sums_to(37, 3), lambda world: shown(table({"issue": world}, parts=3))[0])
    for answer, worlds in found.items():
        if answer[1] is not None and answer[1] <= 35:
            assert all(width >= 3 for width in widths(answer, worlds)), answer


@pytest.mark.parametrize(("rows", "most"), [(2, 62), (3, 37)])
def test_no_rows_under_a_total_narrow_a_hidden_one_to_under_4_values(rows, most):
    def seen(world):
        drawn = table({str(r): (n,) for r, n in enumerate(world)} | {"Total": (sum(world),)})
        return [row[0] for row in shown(drawn)[:rows]]

    for answer, worlds in answers(sums_to(most, rows), seen).items():
        if answer[1] is not None and answer[1] <= most - 2:
            assert all(width >= 3 for width in widths(answer, worlds)), answer


def test_no_four_rows_under_a_total_narrow_a_lone_hidden_one():
    def seen(world):
        drawn = table({str(r): (n,) for r, n in enumerate(world)} | {"Total": (sum(world),)})
        return [row[0] for row in shown(drawn)[:4]]

    worlds = product(range(8), *[range(18, 23)] * 3)
    for answer, found in answers(worlds, seen).items():
        if HELD not in answer[0]:
            assert all(width >= 3 for width in widths(answer, found)), answer


def test_rows_that_add_up_to_a_figure_of_another_table_protect_a_lone_hidden_one():
    drawn = table({"a": (12,), "b": (3,), "c": (30,), "d": (60,), "Total": (105,)})
    assert shown(drawn) == [["10"], [FEW], ["30"], ["60"], ["100"]]  # among many, safe enough
    # where a and b add up to a figure shown elsewhere, b is what is missing: a goes with it
    assert shown(replace(drawn, sums=((0, 1),))) == [[HELD], [HELD], ["30"], ["60"], ["90"]]


def test_amounts_are_hidden_by_the_people_they_rest_on_and_add_up_what_is_shown():
    drawn = table({"a": (Amount(1234, 30),), "b": (Amount(4000, 7),), "c": (Amount(65, 8),),
                   "Total": (Amount(5299, 45),)})  # fmt: skip
    assert shown(drawn) == [["1,230"], ["too few to show"], ["70"], ["1,300"]]


def test_a_column_without_a_total_has_no_companions():
    rows = {"a": (40, Amount(90, 40)), "b": (3, Amount(9, 3)), "c": (30, Amount(60, 30)),
            "Total": (Text(""), Amount(159, 73))}  # fmt: skip
    assert [row[0] for row in shown(table(rows))] == ["40", FEW, "30", ""]


def test_a_sum_of_a_part_that_is_withheld_beside_it_is_withheld():
    """3 newborn and 40 older: 40 is withheld to keep the 3, and the sum of both would say 40."""
    out = release(findings(table({"a": (3, 40, Sum((3, 40)))}, parts=2))).table("t")
    assert [cell.shown for cell in out.rows[0].cells] == ["withheld"] * 3
    out = release(findings(table({"a": (13, 40, Sum((13, 40)))}, parts=2))).table("t")
    assert [cell.shown for cell in out.rows[0].cells] == ["15", "40", "55"]
