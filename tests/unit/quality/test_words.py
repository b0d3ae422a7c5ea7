"""What `quality` says first, and how it shortens what is long."""

import pytest

from casescope.cli.quality import in_words
from casescope.cli.sparks import spark
from casescope.dataset.signs import CONFLICTS, SIGN, SIGNS
from casescope.identified.quality.verdict import verdict

TOO_FEW = "too few reviewed"
NONE_REVIEWED = {
    "precision": TOO_FEW, "recall": TOO_FEW, "pairs_linked": 90, "pairs_not_linked": 12,
    "judged_linked": 0, "judged_not_linked": 0, "could_not_tell": 0,
}  # fmt: skip


def found(*, seen=(), coverage=(), joined=(), facts=(), tables=(), conflicts=(), links=None):
    """A quality report in which nothing is wrong but what is given."""
    signs = [
        {"sign": sign.id, "seen": sign.id in seen, "records": 12, "of": 90, "detail": None,
         "since": None, "counted": sign.counted, "label": sign.label,
         "effect": sign.effect, "ask_for": sign.ask}
        for sign in SIGNS
    ]  # fmt: skip
    part = {
        "tables": list(tables),
        "linkage_coverage": [covered("all", "all", 200, 196), *coverage],
        "truncation_signs": signs,
        "impossible_facts": [
            {"kind": kind, "records": records, "label": SIGN[kind].label,
             "effect": SIGN[kind].effect, "ask_for": SIGN[kind].ask} for kind, records in facts
        ],
        "source_conflicts": [
            {"kind": one.id, "records": dict(conflicts).get(one.id, 0), "label": one.label,
             "effect": one.effect, "ask_for": one.ask} for one in CONFLICTS
        ],
        "links_reviewed": links or {"all": NONE_REVIEWED, "groups": []},
        "children_joined": [{"how": how, "children": children} for how, children in joined],
        "mother_links": {"links": 300, "doubtful": 12, "share": 0.04},
        "trends": [{"series": "removals", "label": "Removals", "years": [
            {"year": "2024–25", "rows": 8}, {"year": "2025–26", "rows": 0},
        ]}],
        "files_not_read": [],
    }  # fmt: skip
    return {"verdict": verdict(part), **part}


def covered(breakdown, value, children, with_mother):
    return {
        "breakdown": breakdown, "value": value, "removed_children": children,
        "with_mother": with_mother, "without_mother": children - with_mother,
        "share": with_mother / children,
    }  # fmt: skip


def named(report):
    return [one["finding"] for one in report["verdict"]]


def test_nothing_wrong_is_said_in_two_sentences():
    words = in_words(found())
    assert words.startswith(
        "A mother was found for 196 of 200 removed children (98%).\n"
        "Nothing else was seen that would mislead a reader much.\n"
    )
    assert "None of the 28 signs looked for was seen." in words


def test_what_was_cut_away_comes_before_what_follows_from_it():
    report = found(
        seen=("relationship_without_child", "no_ended_relationships"),
        coverage=[covered("ended", "adopted", 60, 12)],
        facts=[("overlapping_episodes", 26), ("own_mother", 1)],
    )
    assert named(report) == [
        "no_ended_relationships", "uneven_coverage", "relationship_without_child",
        "overlapping_episodes",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("joined", "said"),
    [
        ([("same id", 95), ("not joined: no such id", 5)], ["children_not_joined"]),
        ([("same id", 96), ("not joined: no such id", 4)], []),
        ([("linked identifier", 5)], []),
    ],
)
def test_children_who_were_not_joined_are_said_where_they_are_several(joined, said):
    assert named(found(joined=joined)) == said


@pytest.mark.parametrize(
    ("group", "said"), [((40, 39), []), ((40, 34), ["uneven_coverage"]), ((4, 0), [])]
)
def test_a_group_far_below_the_rest_is_said_unless_it_is_tiny(group, said):
    assert named(found(coverage=[covered("ethnicity", "Black", *group)])) == said


def test_children_of_one_age_whose_mothers_are_found_less_often_are_said():
    report = found(coverage=[covered("age", "under 28 days", 40, 30)])
    assert named(report) == ["uneven_coverage"]
    assert "“age at first removal: under 28 days”" in report["verdict"][0]["says"]


def test_conflicts_are_said_by_kind_and_the_others_left_out():
    words = " ".join(in_words(found(conflicts=[("only_in_case_system", 8)])).split())
    said = CONFLICTS[2]
    assert f"8 {said.label} {said.effect} {said.ask}" in words
    assert not any(other.label in words for other in CONFLICTS if other is not said)
    assert "nowhere, or only one of the two was given" in in_words(found())


def test_a_sample_that_nobody_reviewed_is_said_with_what_to_do():
    words = in_words(found())
    assert "Nobody has reviewed any yet: casescope pairs HOME next --sample 100" in words
    assert TOO_FEW not in words


def test_what_was_reviewed_is_said_for_all_and_in_full_by_group():
    whole = NONE_REVIEWED | {
        "precision": {"share": 0.975, "lower": 0.9, "upper": 0.99}, "judged_linked": 40,
    }  # fmt: skip
    group = {"breakdown": "ended", "group": "adopted", **whole}
    report = found(links={"all": whole, "groups": [group]})
    assert "precision   97.5% (95% interval 90.0% to 99.0%)" in in_words(report)
    assert "judged 40 of 90 links made and 0 of 12 not made" in in_words(report)
    assert "precision 97.5%" not in in_words(report)
    assert "adopted" in in_words(report, full=True)
    assert "precision 97.5%" in in_words(report, full=True)


def test_every_line_says_what_it_does_and_what_to_ask_for():
    words = in_words(found(seen=[sign.id for sign in SIGNS]))
    told = " ".join(words.split())
    for sign in SIGNS:
        assert sign.effect in told
        assert sign.ask in told


def test_files_are_added_up_unless_asked_for_in_full():
    file = {"table": "episodes", "rows_used": 90, "rows_read": 100, "first_date": "2012-04-01",
            "last_date": "2013-03-31", "missing": {"URN": 1.0, "DEC": 0.5}, "problems": [
                {"kind": "empty", "column": "DECOM", "rows": 5, "set_aside": True,
                 "first_rows": [2, 3, 1204]}]}  # fmt: skip
    report = found(tables=[{**file, "file": "a.csv"}, {**file, "file": "b.csv"}])
    short, full = in_words(report), in_words(report, full=True)
    assert "10 rows: empty in DECOM (set aside), in 2 files" in short
    assert "never filled: URN" in short
    assert "a.csv" not in short
    assert "missing: URN 100%, DEC 50%" in full
    assert full.count("5 rows: empty in DECOM (set aside) (rows 2, 3, 1,204 …)") == 2


@pytest.mark.parametrize(
    ("values", "bars"),
    [([], ""), ([0, 0], "··"), ([1, 8], "▂█"), ([0, 50, 100], "·▅█"), ([3, 3, 3], "███")],
)
def test_bars_are_as_tall_as_their_figures_and_none_is_a_dot(values, bars):
    assert spark(values) == bars
