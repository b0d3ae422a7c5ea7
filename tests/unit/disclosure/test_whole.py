"""The whole report at once: what one table gives of another, of an edition before, of a subset."""

import pytest

from casescope.disclosure.public_figures import public_figures
from casescope.disclosure.release import release
from casescope.disclosure.told import told_before
from casescope.findings.finding import Count, Findings, Ratio, Row, TableFinding
from casescope.kernel.errors import InputRefused

TIERS = ("T1", "T2", "T3", "T4", "T1 at most")
AGES = {"Under 20": 3, "20–24": 18, "25–29": 31, "30–34": 29, "35–39": 22, "40 and over": 17}
"""Women in T1; together 120."""


def table(name, dimensions, columns, rows):
    return TableFinding(name, name, "women", dimensions, columns,
                        tuple(Row(labels, tuple(map(Count, counts))) for labels, counts in rows),
                        "", "", "")  # fmt: skip


def tiers(broad, strict=(50, 40, 30, 60, 80)):
    rows = [((tier, ""), (b, s)) for tier, b, s in zip(TIERS, broad, strict, strict=True)]
    return table("tiers", ("Tier", "Who"), ("Broad", "Strict"), rows)


def ages():
    return table("ages", ("Age",), ("T1",), [((age,), (n,)) for age, n in AGES.items()])


def found(*tables):
    return Findings(tables, (), {"linkage": "lenient"})


def shown(out, name, column):
    one = out.table(name)
    at = one.columns.index(column)
    return {row.labels[0]: row.cells[at].value for row in one.rows}


def test_a_total_of_another_table_does_not_give_a_hidden_count_back():
    """120 women less those of every age that is shown would be the three under 20."""
    out = release(found(ages(), tiers((120, 80, 300, 90, 160))), pack="dfe")
    by_age, by_tier = shown(out, "ages", "T1"), shown(out, "tiers", "Broad")
    assert by_age["Under 20"] is None
    gone = [age for age, n in by_age.items() if n is None]
    assert by_tier["T1"] is None or len(gone) > 1
    assert out.audit["withheld_by_the_audit"] >= 1
    assert out.audit["verdict"].startswith("Audited: no small group")


def test_the_same_tables_rounded_give_nothing_back_and_nothing_is_withheld():
    out = release(found(ages(), tiers((120, 80, 300, 90, 160))))
    assert out.audit["withheld_by_the_audit"] == 0
    assert shown(out, "tiers", "Broad")["T1"] == 120


def test_an_edition_of_months_before_is_known():
    first = release(found(ages()), pack="dfe")
    assert shown(first, "ages", "T1")["Under 20"] is None
    now = found(tiers((120, 80, 300, 90, 160)))
    alone = release(now, pack="dfe")
    assert shown(alone, "tiers", "Broad")["T1"] == 120
    before = [told_before("the edition of May", first.to_json())]
    out = release(now, pack="dfe", before=before)
    assert shown(out, "tiers", "Broad")["T1"] is None
    assert out.audit["told_before"] == ["the edition of May"]


def test_few_who_left_between_two_editions_are_not_told():
    """120 in May and 117 in June: somebody who knows of a restriction reads off three women."""
    may = release(found(tiers((120, 80, 300, 90, 160))), pack="dfe")
    june = found(tiers((117, 80, 300, 90, 160)))
    before = [told_before("the edition of May", may.to_json())]
    out = release(june, pack="dfe", before=before)
    assert shown(out, "tiers", "Broad")["T1"] is None
    assert shown(release(june, pack="dfe"), "tiers", "Broad")["T1"] == 117


def test_rounded_editions_may_differ():
    may = release(found(tiers((120, 80, 300, 90, 160))))
    before = [told_before("the edition of May", may.to_json())]
    out = release(found(tiers((117, 80, 300, 90, 160))), before=before)
    assert shown(out, "tiers", "Broad")["T1"] == 115


@pytest.mark.parametrize(("strict", "is_told"), [(50, True), (117, False), (112, True)])
def test_a_subset_does_not_leave_a_few(strict, is_told):
    """Women in T1 under the strict count are some of those under the broad one."""
    given = found(tiers((120, 80, 300, 90, 160), (strict, 40, 30, 60, strict + 40)))
    out = release(given, pack="dfe")
    both = [shown(out, "tiers", column)["T1"] for column in ("Broad", "Strict")]
    assert (None not in both) is is_told


@pytest.mark.parametrize(("otherwise", "is_told"), [(123, False), (160, True), (120, True)])
def test_strict_and_lenient_counts_do_not_tell_of_a_few_probable_links(otherwise, is_told):
    by_linkage = table("headline_by_linkage", ("Measure",), ("Lenient linkage", "Strict linkage"),
                       [(("T1",), (120, otherwise))])  # fmt: skip
    out = release(found(by_linkage), pack="dfe")
    both = [
        shown(out, "headline_by_linkage", f"{one} linkage")["T1"] for one in ("Lenient", "Strict")
    ]
    assert (None not in both) is is_told


def test_t1_at_most_does_not_tell_the_few_of_whom_nobody_knows():
    out = release(found(tiers((120, 80, 300, 90, 123))), pack="dfe")
    broad = shown(out, "tiers", "Broad")
    assert None in (broad["T1"], broad["T1 at most"])


def test_figures_that_contradict_each_other_are_looked_at_apart_and_that_is_said():
    wrong = found(ages(), tiers((60, 80, 300, 90, 160)))
    out = release(wrong, pack="dfe")
    assert out.audit["tables_together"] is False
    assert "contradict" in out.audit["verdict"]
    assert shown(out, "ages", "T1")["Under 20"] is None


def known(tmp_path, *lines):
    path = tmp_path / "known.csv"
    path.write_text("\n".join(["table,row,column,count", *lines, ""]), encoding="utf-8")
    return public_figures(path, "lenient")


def test_a_public_total_is_known_and_a_hidden_count_stays_so(tmp_path):
    """An earlier paper said that 120 women are in T1; by age, three are under 20."""
    before = [known(tmp_path, "tiers,T1 / anything,Broad,120")]
    out = release(found(ages()), pack="dfe", before=before)
    by_age = shown(out, "ages", "T1")
    assert by_age["Under 20"] is None
    assert sum(n is None for n in by_age.values()) > 1
    alone = shown(release(found(ages()), pack="dfe"), "ages", "T1")
    assert sum(n is None for n in alone.values()) < sum(n is None for n in by_age.values())


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("tiers,T1,Broad,-3", "row 2 has"),
        ("nothing,T1,Broad,3", "row 2 is of no figure"),
        ("ages,Under 20,Height,3", "row 2 is of no figure"),
        ("issues_together,anything,Never,3", "row 2 is of no figure"),
        ("tiers,T1,120", "row 2 has 3 columns"),
    ],
)
def test_what_is_amiss_in_public_figures_is_told_by_row(tmp_path, line, says):
    with pytest.raises(InputRefused) as refused:
        known(tmp_path, line)
    assert says in refused.value.sentence
    assert refused.value.remedy


def test_a_mean_tells_nothing_of_a_count_that_was_withheld_beside_it():
    """In May 123 women, now 120 with 360 children, 3.0 for each: the mean would say how many."""
    rows = (
        Row(("Women in T1",), (Count(120),)),
        Row(("Children removed from women in T1",), (Count(360),)),
        Row(("Children removed for each woman in T1",), (Ratio(360, 120),)),
    )
    now = TableFinding("headline", "In brief", "", ("Measure",), ("Number",), rows, "", "", "")
    may = release(found(tiers((123, 80, 300, 90, 160))), pack="dfe")
    out = release(found(now), pack="dfe", before=[told_before("May", may.to_json())])
    by_row = {row.labels[0]: row.cells[0] for row in out.table("headline").rows}
    assert by_row["Women in T1"].hidden
    assert by_row["Children removed for each woman in T1"].value is None
    alone = release(found(now), pack="dfe").table("headline").rows[2].cells[0]
    assert alone.value == 3.0


def test_editions_that_can_only_together_be_of_other_people_are_held_apart():
    """Each table of May agrees with June's figures; that 60 of 50 women are in T1 does not."""
    may = release(found(ages()), pack="dfe")
    now = found(tiers((60, 80, 300, 90, 100)))
    out = release(now, pack="dfe", before=[told_before("the edition of May", may.to_json())])
    assert out.audit["told_before_of_other_data"] == ["the edition of May"]
    assert out.audit["tables_together"] is True
    assert shown(out, "tiers", "Broad")["T1"] == 60
