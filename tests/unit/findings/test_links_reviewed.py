"""How right the links are: what is found of the counts, and what may be shown of it."""

import pytest

from casescope.disclosure.release import release
from tests.unit.findings.builders import computed, dataset

HEAD = "place breakdown value probability linked pairs judged one_woman unsure"
ALL, WHITE = ("All", "all"), ("Ethnic group", "White")


def rows_of(*rows):
    lines = [f"{place} {row}" for place, row in enumerate(rows, start=1)]
    return dataset(links_reviewed="\n".join([HEAD, *lines]))


def found(con):
    table = computed(con).table("links_reviewed")
    return {row.labels: dict(zip(table.columns, row.cells, strict=True)) for row in table.rows}


def shown(con):
    table = release(computed(con)).table("links_reviewed")
    return {row.labels: {name: cell.shown for name, cell in zip(table.columns, row.cells,
                                                               strict=True)}
            for row in table.rows}  # fmt: skip


def test_shares_are_weighted_by_the_size_of_their_band():
    """Found: 90 of 100 and 300 of 300 links made; missed: 10 of 100 not made."""
    cells = found(rows_of("all all low false 100 20 2 0", "all all high true 100 20 18 1",
                          "all all sure true 300 20 20 0"))[ALL]  # fmt: skip
    assert cells["Precision, %"].value == pytest.approx(97.5)
    assert cells["Recall, %"].value == pytest.approx(97.5)
    assert (cells["Precision, %"].basis, cells["Recall, %"].basis) == (40, 20)
    assert (cells["Links made and judged"].n, cells["Links not made and judged"].n) == (40, 20)
    assert cells["Precision likely from"].value < 97.5 < cells["Precision likely to"].value


def test_all_links_come_first_then_groups_as_they_stand():
    con = rows_of("age 25~to~29 high true 9 0 0 0", "age 46~and~over high true 9 0 0 0",
                  "all all high true 18 0 0 0", "ended adopted high true 18 0 0 0",
                  "ethnicity White high true 18 0 0 0")  # fmt: skip
    assert list(found(con)) == [
        ALL, WHITE, ("Age", "25 to 29"), ("Age", "46 and over"), ("How care ended", "adopted"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("judged", "said"), [(7, "too few to show"), (8, "not known"), (12, "100.0")]
)
def test_an_estimate_that_rests_on_few_pairs_is_hidden(judged, said):
    """8 are enough for the rules, and too few to tell anything (fewer than 10)."""
    con = rows_of(f"all all high true 40 {judged} {judged} 0", "all all low false 40 30 2 0")
    assert shown(con)[ALL]["Precision, %"] == shown(con)[ALL]["Precision likely to"] == said


def test_few_pairs_are_hidden_even_where_they_are_all():
    con = rows_of("all all high true 5 5 4 0", "all all low false 4 4 1 0")
    cells = shown(con)[ALL]
    assert found(con)[ALL]["Precision, %"].value == pytest.approx(80)
    assert set(cells.values()) == {"7 or fewer", "too few to show"}


def test_recall_rests_on_the_fewer_of_its_two_samples():
    con = rows_of("all all high true 5 5 5 0", "all all low false 90 40 4 0")
    assert shown(con)[ALL]["Recall, %"] == "too few to show"


def test_how_many_of_a_group_were_judged_is_not_told():
    """Taken from all that were judged, the other groups' would give away the few of one."""
    con = rows_of("all all high true 80 40 39 0", "ethnicity White high true 80 40 39 0")
    assert shown(con)[ALL]["Links made and judged"] == "40"
    assert shown(con)[WHITE]["Links made and judged"] == ""
    assert shown(con)[WHITE]["Precision, %"] == "97.5"


def test_without_a_scored_pair_the_table_is_empty():
    assert found(dataset()) == {}
