"""Signs, impossible facts and years: what findings say of them, and what may be shown of that."""

import pytest

from casescope.dataset.signs import FACTS, SERIES, SIGN, SIGNS
from casescope.disclosure.release import release
from tests.unit.findings.builders import computed, dataset, numbers

FILE_SIGN, COUNTED = "six_year_window", "adopted_without_mother"


def signs(*rows):
    return dataset(sign="name seen records out_of detail\n" + "\n".join(rows))


def released(con, table="signs"):
    found = release(computed(con)).table(table)
    return {row.labels[0]: [cell.shown for cell in row.cells] for row in found.rows}


def test_a_sign_of_files_says_whether_and_where_it_was_seen():
    seen = released(signs(f"{FILE_SIGN} true 2 5 legal_status,~placement"))
    assert seen == {SIGN[FILE_SIGN].label: ["seen", "", "legal status, placement"]}
    unseen = released(signs(f"{FILE_SIGN} false 0 5 -"))
    assert unseen == {SIGN[FILE_SIGN].label: ["not seen", "", ""]}


@pytest.mark.parametrize("row", ["true 3 98 episodes", "true 7 98 -", "false 4 98 -"])
def test_a_sign_of_few_people_looks_like_one_that_was_not_seen(row):
    assert released(signs(f"{COUNTED} {row}")) == {SIGN[COUNTED].label: ["7 or fewer", "100", ""]}


def test_a_sign_of_many_people_is_a_rounded_count():
    assert released(signs(f"{COUNTED} true 44 98 -")) == {SIGN[COUNTED].label: ["45", "100", ""]}


def test_signs_and_facts_stand_worst_first_whatever_the_order_of_rows():
    con = signs(*(f"{sign.id} false 0 9 -" for sign in reversed(SIGNS)))
    assert [row.labels[0] for row in computed(con).table("signs").rows] == [
        sign.label for sign in SIGNS
    ]


def test_impossible_facts_are_counted_by_kind_and_small_ones_hidden():
    con = dataset(impossible="kind records\nown_mother 3\noverlapping_episodes 26")
    assert numbers(computed(con), "impossible") == {
        SIGN["overlapping_episodes"].label: (26,), SIGN["own_mother"].label: (3,),
    }  # fmt: skip
    assert released(con, "impossible")[SIGN["own_mother"].label] == ["7 or fewer"]


def test_a_year_is_a_row_and_a_series_a_column():
    con = dataset(trend="series year rows\nremovals 2024 31\nremovals 2025 9\nassessments 2025 52")
    found = computed(con).table("trend")
    assert found.columns == tuple(SERIES.values())
    at = found.columns.index("Removals")
    assert [(row.labels[0], row.cells[at].n) for row in found.rows] == [
        ("2024–25", 31), ("2025–26", 9),
    ]  # fmt: skip


def test_every_sign_and_fact_has_words_that_a_reader_can_act_on():
    for sign in (*SIGNS, *FACTS):
        for words in (sign.effect, sign.ask):
            assert words.endswith("."), sign.id
            assert 3 < len(words.split()) < 45, sign.id
    labels = [sign.label for sign in SIGN.values()]
    assert len(set(labels)) == len(labels)
