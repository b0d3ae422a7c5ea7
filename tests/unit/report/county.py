"""A pretend county's findings and study, made by hand."""

from dataclasses import replace
from datetime import UTC, date, datetime

from casescope.dataset.frame import COMBINATIONS, FRAME
from casescope.dataset.signs import FACTS, SERIES, SIGNS
from casescope.findings.care import KINDS, OUTCOMES, PERMANENCE_AT
from casescope.findings.finding import (
    Amount,
    Comparison,
    Count,
    CurveFinding,
    Findings,
    Rate,
    Ratio,
    Reading,
    Row,
    Share,
    Statistic,
    Sum,
    TableFinding,
    Text,
)
from casescope.findings.intervals import wilson
from casescope.findings.survival import Step, cumulative_incidence, product_limit
from casescope.findings.together import label
from casescope.governance.study_file.value import CostLines, ValueLines
from casescope.kernel.dates import DAYS_PER_YEAR
from casescope.report import StudyFacts

AS_AT = "At 31 March 2026"
OBSERVED = "1 April 2010 to 31 March 2026"
SOURCE = "Council records of Anyshire, to 31 March 2026"
YEARS = (1, 3, 5, 7, 10)
AGES = {
    "under_20": ("Under 20", 160, 0.11), "20_24": ("20–24", 330, 0.07),
    "25_29": ("25–29", 360, 0.05), "30_34": ("30–34", 240, 0.04),
    "35_over": ("35 and over", 190, 0.02), "not_known": ("Not known", 3, 0.0),
}  # fmt: skip
DIVISIONS = {
    "age": ("Age at first event", AGES),
    "index_newborn": ("Children of first event", {
        "yes": ("With a child under 28 days", 420, 0.06),
        "no": ("Older children only", 860, 0.05),
    }),
    "decade": ("Decade of first event", {
        "2010": ("2010–2019", 800, 0.06), "2020": ("2020–2029", 480, 0.05),
    }),
}  # fmt: skip
CHANCES = {"age": 0.00002, "index_newborn": 0.03, "decade": 0.2}
PERMANENCE = {"all": (956, 0.35), "under_1": (410, 0.9), "1_4": (240, 0.5), "5_9": (170, 0.2),
              "10_15": (116, 0.05), "16_17": (18, 0.0), "not_known": (2, 0.0)}  # fmt: skip


def table(name, title, dimensions, columns, rows, unit="women", period=AS_AT, **more):
    """One table of counts; a row is its labels, then its whole numbers."""
    made = []
    for row in rows:
        labels, cells = row[: len(dimensions)], row[len(dimensions) :]
        cells = tuple(Count(c) if isinstance(c, int) else c for c in cells)
        made.append(Row(labels, cells, labels[0] == "Total"))
    return TableFinding(name, title, unit, dimensions, columns, tuple(made),
                        "Counted by hand.", SOURCE, period, **more)  # fmt: skip


def share(n, of, *rests_on):
    bounds = wilson(n, of)
    return Share(n, of, bounds.lower, bounds.upper, rests_on) if bounds else Share(n, of)


def steps_of(women, yearly):
    """Steps in which this share of the women left has an event every year, month by month.

    Of those who leave otherwise, every third month's meet a competing end.
    """
    steps, left = [], women
    for month in range(1, 145):
        events = round(left * yearly / 12 + (0.5 if month % 3 == 0 else 0)) if yearly else 0
        censored = round(left * 0.006)
        events, censored = min(events, left), min(censored, max(0, left - events))
        left -= events + censored
        competing = censored if month % 3 == 0 else 0
        steps.append(Step(int(month * 30.4), events, censored, competing))
    return [*steps, Step(4500, 0, left)]


def added(groups):
    """The steps of all groups together: groups of women add up to all women."""
    made = []
    for same in zip(*groups, strict=True):
        counts = zip(*(step[1:] for step in same), strict=True)
        made.append(Step(same[0].day, *map(sum, counts)))
    return made


def curve(name, title, steps, estimator="kaplan_meier", **related):
    competing = estimator == "aalen_johansen"
    points = (cumulative_incidence if competing else product_limit)(steps)
    women = sum(step.events + step.censored for step in steps)
    return CurveFinding(name, title, "women", points, women, sum(p.events for p in points),
                        "Kaplan–Meier.", SOURCE, OBSERVED, estimator=estimator,
                        **related)  # fmt: skip


def county(scale=1.0):
    """The findings of a county; `scale` 0 gives an empty one, small scales give small counts."""

    def k(n):
        return round(n * scale)

    three = ("Broad", "Strict", "Wide")

    def groups(division):
        return {name: steps_of(k(women), yearly)
                for name, (_, women, yearly) in DIVISIONS[division][1].items()}  # fmt: skip

    broad, strict = added(groups("age").values()), steps_of(k(1060), 0.048)
    further = "Women with a further removal,"
    curves = [
        curve("recurrence_broad", f"{further} broad count", broad),
        curve("recurrence_strict", f"{further} strict count", strict),
        curve("recurrence_broad_competing", f"{further} broad", broad, "aalen_johansen"),
        curve("recurrence_strict_competing", f"{further} strict", strict, "aalen_johansen"),
        curve("recurrence_newborn_broad", "Newborns, broad", steps_of(k(1280), 0.025),
              within="recurrence_broad"),
        curve("recurrence_newborn_strict", "Newborns, strict", steps_of(k(1060), 0.022),
              within="recurrence_strict"),
        *(curve(f"recurrence_{division}_{name}", f"First: {name}", steps,
                part_of="recurrence_broad", division=division)
          for division in DIVISIONS for name, steps in groups(division).items()),
        *(curve(f"permanence_{name}", f"In a permanent home, {label}", steps_of(k(women), yearly))
          for (name, label), (women, yearly) in zip(
              PERMANENCE_AT.items(), PERMANENCE.values(), strict=True)),
    ]  # fmt: skip
    tables = [
        _headline(k), _tiers(k, three), _by_events(k), _flow(k),
        _grid("ages", "Women in tiers 1 to 3 by age", "Age",
              {"Under 20": (3, 4, 2, 14), "20–24": (18, 19, 9, 60), "25–29": (38, 42, 20, 95),
               "30–34": (36, 40, 17, 80), "35–39": (22, 24, 11, 52),
               "40 and over": (9, 10, 6, 31)},
              ("T1", "T1 at most", "T2", "T3"), k),
        _grid("ethnicity", "Women in tiers 1 to 3 by ethnic group", "Ethnic group",
              {"White": (92, 101, 48, 250), "Mixed": (11, 12, 5, 28), "Asian": (4, 5, 3, 15),
               "Black": (9, 10, 4, 18), "Other": (2, 2, 1, 5), "Not recorded": (8, 9, 4, 16)},
              ("T1", "T1 at most", "T2", "T3"), k),
        _grid("disability", "Women in tiers 1 to 3 by recorded disability",
              "Learning or physical disability",
              {"Recorded": (21, 23, 9, 44), "Recorded no": (34, 37, 20, 90),
               "Not recorded": (71, 79, 36, 198)}, ("T1", "T1 at most", "T2", "T3"), k),
        _grid("areas", "Women in tiers 1 to 3 by area", "Area",
              {"Easton": (48, 53, 22, 120), "Northwick": (33, 36, 20, 92),
               "Other areas": (30, 33, 15, 80), "Not known": (15, 17, 8, 40)},
              ("T1", "T1 at most", "T2", "T3"), k),
        _counts(k, three), _repeats(k, three), _years(k),
        _grid("removals_by_age", "Removals by age of the child", "Age",
              {"under 1": (980, 900, 1010), "1–4": (610, 520, 650), "5–9": (480, 390, 500),
               "10–15": (390, 240, 395), "16–17": (90, 20, 90), "not known": (4, 2, 4)},
              three, k, "removals", OBSERVED),
        _grid("removals_by_route", "Removals by route into care", "Route",
              {"court": (1480, 1480, 1580), "emergency": (420, 420, 420),
               "voluntary": (654, 172, 654)}, three, k, "removals", OBSERVED),
        *_again(k), *_rates(k), *_courses(k), *_issues(k), _together(k), _coverage(k), _links(k),
        table("caveats", "Records that are doubtful in one named way", ("Doubt",), ("Records",),
              [("doubtful_mother_links", k(64)), ("two_birth_mothers", k(12)),
               ("expected_date_passed", k(21)), ("removal_age_not_known", k(4)),
               ("start_differs", k(30)), ("only_in_returns", k(2))],
              "records", OBSERVED),
        _signs(k), _impossible(k), _trend(k), _by_linkage(k), _sensitivity(k),
    ]  # fmt: skip
    facts = {"observation_start": "2010-04-01", "first_index_date": "2012-04-01",
             "mothers_input": "present"}  # fmt: skip
    return Findings(tuple(tables), tuple(curves), facts)


def _headline(k):
    return table("headline", "Women whose children were removed, in brief", ("Measure",),
                 ("Number", "At most"), [
                     ("Women in T1", k(126), k(139)),
                     ("Women at risk (T3 and T4)", Sum((k(332), k(41))), Text("")),
                     ("Children removed from women in T1", k(391), Text("")),
                     ("Children removed from women in T1 and T2", k(590), Text("")),
                     ("Children removed for each woman in T1", Ratio(k(391), k(126)), Text("")),
                     ("Women with a repeat removal", k(310), Text("")),
                 ], "women or children")  # fmt: skip


def _tiers(k, three):
    return table("tiers", "Women in each tier under three counts of removals", ("Tier", "Who"),
                 three, [
                     ("T1", "Two or more children removed, none in her care",
                      k(126), k(104), k(133)),
                     ("T2", "Two or more children removed, a child in her care or pregnant",
                      k(65), k(52), k(66)),
                     ("T3", "One child removed", k(332), k(281), k(340)),
                     ("T4", "Care-experienced, no removal, a child on a plan or in proceedings",
                      k(41), k(41), k(41)),
                     ("T1 at most", "T1, and women in T2 only because nobody knows where a child "
                      "lives", k(139), k(114), k(147)),
                 ])  # fmt: skip


def _by_events(k):
    columns = ("Two or more events", "One event")
    return table("tiers_by_events", "Women by number of removal events", ("Tier",), columns,
                 [("T1", k(88), k(38)), ("T2", k(41), k(24)), ("T3", k(0), k(332))],
                 parts=columns)  # fmt: skip


def _flow(k):
    outs = {
        "not_mothers": 5210,
        "joined": 64,
        "withheld": 3,
        "died": 22,
        "age_not_known": 31,
        "outside_age": 310,
        "left_area": 95,
        "no_removal": 1450,
        "outside_lookback": 402,
    }
    tiers = {"T1": 126, "T2": 65, "T3": 332, "T4": 41}
    counts = {name: k(n) for name, n in (outs | tiers).items()}
    order = [("person_records", "stock"), ("not_mothers", "out"), ("mothers_records", "stock"),
             ("joined", "out"), ("women", "stock"), ("withheld", "out"),
             ("women_studied", "stock"), ("died", "out"), ("age_not_known", "out"),
             ("outside_age", "out"), ("left_area", "out"), ("no_removal", "out"),
             ("outside_lookback", "out"), ("in_cohort", "stock"), ("T1", "tier"), ("T2", "tier"),
             ("T3", "tier"), ("T4", "tier")]  # fmt: skip
    rows, below = [], 0
    for name, kind in reversed(order):
        below += counts.get(name, 0)
        rows.append((name, kind, counts.get(name, below)))
    return table("flow", "From all person records to each tier", ("Line", "Kind"), ("Women",),
                 rows[::-1], flow=True)  # fmt: skip


def _grid(name, title, dimension, found, columns, k, unit="women", period=AS_AT):
    rows = [(label, *(k(n) for n in numbers)) for label, numbers in found.items()]
    totals = [sum(row[at + 1] for row in rows) for at in range(len(columns))]
    return table(name, title, (dimension,), columns, [*rows, ("Total", *totals)], unit, period)


def _counts(k, three):
    return table("removal_counts", "Removals under the broad, strict and wide counts",
                 ("Measure",), three, [
                     ("Removals", k(2554), k(2072), k(2654)),
                     ("Removed children", k(2410), k(1990), k(2510)),
                     ("Women with a removal", k(1395), k(1140), k(1450)),
                     ("Removal events", k(1960), k(1560), k(2030)),
                 ], "removals, children, women or events", OBSERVED)  # fmt: skip


def _repeats(k, three):
    return table("repeat_and_multiple", "Repeat removals, multiple removals and re-entries",
                 ("Measure",), three, [
                     ("Women with a removal", k(1395), k(1140), k(1450)),
                     ("Women with a repeat removal", k(310), k(244), k(321)),
                     ("Women with a multiple removal and no repeat", k(402), k(330), k(415)),
                     ("Women with a child taken again after going home", k(96), k(60), k(96)),
                     ("Removals of a child taken again after going home", k(144), k(82), k(144)),
                 ], "women or removals", OBSERVED)  # fmt: skip


def _years(k):
    found = {
        str(2010 + at): (n, n - 9)
        for at, n in enumerate(
            (118, 142, 150, 161, 158, 170, 166, 181, 175, 190, 4, 171, 168, 180, 174, 186, 41)
        )
    }
    return _grid("removals_by_year", "Removals in each calendar year", "Year", found,
                 ("Removals", "First removal of a child"), k, "removals", OBSERVED)  # fmt: skip


def _again(k):
    published = {5: "22%", 7: "about 24% to 25%", 10: "29%"}
    kinds = [f"recurrence_{count}{kind}" for count in ("broad", "strict")
             for kind in ("", "_competing")]  # fmt: skip
    at = [(str(year), *(Reading(kind, day=year * DAYS_PER_YEAR) for kind in kinds),
           Text(published.get(year, ""))) for year in YEARS]  # fmt: skip
    ahead = ("recurrence_newborn_broad", "recurrence_newborn_strict")
    newborn = [(str(year), *(Reading(kind, day=year * DAYS_PER_YEAR) for kind in ahead), Text(""))
               for year in YEARS]  # fmt: skip
    ages = [(label, *_by_age(f"recurrence_age_{name}")) for name, (label, _, _) in AGES.items()]
    return [
        table("recurrence_at", "Women with a further removal by years since the first",
              ("Years since first event",),
              ("Broad", "Broad, competing ends", "Strict", "Strict, competing ends",
               "England, return to proceedings"), at, "% of women", OBSERVED),
        table("recurrence_newborn_at", "Women with a further removal of a newborn, by years",
              ("Years since first event",),
              ("Broad", "Strict", "England and Wales, return with a new baby"), newborn,
              "% of women", OBSERVED),
        table("recurrence_by_age", "Further removals by the woman's age at first",
              ("Age at first event",), ("Women", "With a next event", "Share by 5 years"),
              [*ages, ("All", *_by_age("recurrence_broad"))], "women", OBSERVED),
        *(_at(division) for division in DIVISIONS),
        table("recurrence_compared", "Whether groups of women differ in how soon",
              ("Women compared by",), ("Groups", "Chance makes as much"),
              [_compared(division) for division in DIVISIONS], "groups of women", OBSERVED),
        _grid("interval", "Time between consecutive removal events", "Time",
              {"Under 12 months": (88, 70), "12 to 23 months": (104, 85),
               "24 to 35 months": (61, 50), "36 to 59 months": (40, 30),
               "60 months or more": (17, 9)}, ("Broad", "Strict"), k, "women", OBSERVED),
        _repeat_newborns(k),
    ]  # fmt: skip


def _at(division):
    words, groups = DIVISIONS[division]
    named = {label: f"recurrence_{division}_{name}" for name, (label, _, _) in groups.items()}
    rows = [(label, *_by_age(name)[:2], *(Reading(name, day=y * DAYS_PER_YEAR) for y in YEARS))
            for label, name in {**named, "All": "recurrence_broad"}.items()]  # fmt: skip
    columns = ("By 1 year", "By 3 years", "By 5 years", "By 7 years", "By 10 years")
    return table(f"recurrence_{division}_at", f"Further removals by years, by {words.lower()}",
                 (words,), ("Women", "With a next event", *columns), rows, "women",
                 OBSERVED)  # fmt: skip


def _compared(division):
    words, groups = DIVISIONS[division]
    known = [name for name in groups if name != "not_known"]
    curves = tuple(f"recurrence_{division}_{name}" for name in known)
    return words, Text(str(len(known))), Comparison(curves, CHANCES[division], 9.9, len(known) - 1)


def _repeat_newborns(k):
    columns = ("With a child under 28 days", "Older children only", "Repeat removals",
               "Share with a child under 28 days", "England, repeat proceedings")  # fmt: skip
    found = (("Broad", k(220), k(170), ""), ("Strict", k(190), k(110), "60%"))
    rows = [
        (count, newborn, older, Sum((newborn, older)),
         share(newborn, newborn + older, *columns[:2]), Text(published))
        for count, newborn, older, published in found
    ]  # fmt: skip
    return table("repeat_newborns", "Repeat removals with a child under 28 days old", ("Count",),
                 columns, rows, "removal events", OBSERVED, parts=columns[:2])  # fmt: skip


def _by_age(name):
    return (Reading(name, "women"), Reading(name, "events"), Reading(name, day=5 * DAYS_PER_YEAR))


def _courses(k):
    """Children by age, longest placement and outcome; most cells at the edges are small."""
    ages = ("under 1", "1–4", "5–9", "10–15", "16–17", "not known")
    kinds, outcomes = tuple(KINDS.values()), tuple(OUTCOMES.values())
    weeks = {"relatives": (310, 21_700), "foster": (640, 61_300), "adoption": (205, 9_020),
             "residential": (64, 7_700), "with_parent": (40, 1_930), "other": (5, 75)}  # fmt: skip
    rows = [(KINDS[kind], k(n), Amount(k(many), k(n)), Ratio(k(many), k(n)))
            for kind, (n, many) in weeks.items()]  # fmt: skip
    everything = Amount(sum(k(many) for _, many in weeks.values()), k(1264))
    by_age = [(40, 200, 160, 0, 4, 6), (60, 140, 30, 3, 5, 2), (40, 110, 8, 8, 4, 0),
              (15, 65, 0, 30, 4, 2), (2, 6, 0, 9, 0, 1), (0, 1, 0, 0, 0, 1)]  # fmt: skip
    outcome = [(200, 90, 20, 40, 0, 6, 54), (50, 70, 22, 38, 0, 4, 56), (4, 42, 14, 32, 3, 5, 70),
               (0, 10, 6, 24, 30, 4, 42), (0, 0, 0, 2, 12, 0, 4),
               (0, 0, 0, 1, 0, 1, 0)]  # fmt: skip
    by_kind = [(0, 100, 22, 14, 2, 4, 15), (54, 90, 36, 100, 26, 12, 204), (198, 0, 0, 0, 0, 0, 0),
               (0, 2, 2, 10, 16, 2, 18), (0, 2, 2, 10, 0, 0, 3),
               (2, 1, 0, 3, 1, 2, 3)]  # fmt: skip

    def grid(name, dimension, labels, columns, cells):
        return replace(_grid(name, name, dimension, dict(zip(labels, cells, strict=True)), columns,
                             k, "children", OBSERVED), parts=columns)  # fmt: skip

    return [
        table("care_weeks", "Weeks in care since the first removal", ("Placement",),
              ("Children with any", "Weeks", "Weeks for each of them"),
              [*rows, ("Total", Text(""), everything, Text(""))], "children, or weeks", OBSERVED),
        grid("care_outcomes", "Age at first removal", ages, outcomes, outcome),
        grid("care_kinds_by_age", "Age at first removal", ages, kinds, by_age),
        grid("care_outcomes_by_kind", "Longest placement", kinds, outcomes, by_kind),
        table("care_permanence", "Months from the first removal to permanence",
              ("Age at first removal",),
              ("Children", "Reached permanence", "Median months", "Share by 1 year",
               "Share by 2 years"),
              [(label, Reading(f"permanence_{name}", "women"),
                Reading(f"permanence_{name}", "events"), Reading(f"permanence_{name}", "median"),
                Reading(f"permanence_{name}", day=DAYS_PER_YEAR),
                Reading(f"permanence_{name}", day=2 * DAYS_PER_YEAR))
               for name, label in PERMANENCE_AT.items()], "children", OBSERVED),
        _paths(k, ages[:-1], outcomes),
    ]  # fmt: skip


def _paths(k, ages, outcomes):
    """Most babies are fostered for a year; adopted ones are placed for adoption for 20 weeks."""
    babies = {
        "Adopted": (150, (0, 7_500, 3_000)),
        "Special guardianship": (70, (2_100, 1_400, 0)),
        "Returned to parents": (25, (0, 750, 0)),
        "Still in care": (20, (0, 3_900, 0)),
    }
    none, rows = (0, (0, 0, 0)), []
    for age in ages:
        for outcome in outcomes:
            n, weeks = babies.get(outcome, none) if age == "under 1" else none
            amounts = [Amount(k(many), k(n) if many else 0) for many in weeks]
            rows.append((age, outcome, k(n), *amounts, *[Amount(0, 0)] * 3))
    return table("care_paths", "Weeks in care by age and outcome",
                 ("Age at first removal", "How care ended"), ("Children", *KINDS.values()), rows,
                 "children, or weeks", OBSERVED)  # fmt: skip


def _issues(k):
    found = {"domestic_abuse": (78, 12), "mental_health": (71, 15), "drugs": (48, 21),
             "alcohol": (33, 26), "learning_disability": (19, 30), "physical_health": (4, 33),
             "care_experienced": (44, 0), "poverty": (9, 0)}  # fmt: skip
    columns = (
        "Yes",
        "Recorded no",
        "Not recorded",
        "Share of all women",
        "Share of women recorded",
    )
    made = []
    for group, women in (("t1", k(126)), ("t1_t3", k(523))):
        for timing in ("at_latest_removal", "current", "ever"):
            rows = []
            for issue in FRAME:
                yes, no = (min(women, k(n)) for n in found.get(issue.id, (0, 0)))
                rows.append((issue.label, yes, no, women - yes - no, share(yes, women, "Yes"),
                             share(yes, yes + no, "Yes", "Recorded no")))  # fmt: skip
            made.append(table(f"issues_{group}_{timing}", f"Issues, {group}, {timing}", ("Issue",),
                              columns, rows, parts=columns[:3]))  # fmt: skip
    return made


def _together(k):
    counts = [(31, 52), (14, 18), (19, 20), (9, 6), (14, 10), (7, 4), (3, 2), (29, 14)]
    cells = {label(members): pair for members, pair in zip(COMBINATIONS, counts, strict=True)}
    columns = ("Around the latest removal", "At any time")
    return _grid("issues_together", "Issues that women in T1 live with together",
                 "Recorded together", cells, columns, k)  # fmt: skip


def _coverage(k):
    groups = {("All", "all"): (2180, 230),
              **{("Year", str(year)): (140, 14) for year in range(2010, 2026)},
              ("Age at first removal", "under 28 days"): (610, 90),
              ("How care ended", "adopted"): (390, 170),
              ("How care ended", "returned home"): (620, 20),
              ("How care ended", "still in care"): (700, 30),
              ("Ethnic group", "White"): (1800, 150), ("Ethnic group", "Black"): (120, 35),
              ("Ethnic group", "Asian"): (60, 11)}  # fmt: skip
    rows = [(*labels, k(found), k(not_found), Sum((k(found), k(not_found))),
             share(k(found), k(found) + k(not_found), "Mother found", "No mother found"))
            for labels, (found, not_found) in groups.items()]  # fmt: skip
    return table("coverage", "Removed children whose mother was found", ("By", "Group"),
                 ("Mother found", "No mother found", "Removed children", "Share found"), rows,
                 "children", OBSERVED)  # fmt: skip


def _links(k):
    """Precision and recall for all links and one group; adopted children's rests on few."""
    estimates = {
        ("All", "all"): (98.1, 95.2, 99.3, 95.9, 90.4, 98.3, k(60)),
        ("Ethnic group", "White"): (98.6, 95.0, 99.6, 96.2, 90.1, 98.8, k(44)),
        ("How care ended", "adopted"): (90.0, 60.1, 98.2, 80.0, 45.5, 94.6, 5),
    }
    rows = []
    for labels, (*shares, judged) in estimates.items():
        counts = (k(60), k(60)) if labels[0] == "All" else (Text(""), Text(""))
        rows.append((*labels, *counts, *(Statistic(share, judged, "%") for share in shares)))
    return table("links_reviewed", "How right the links between records are", ("By", "Group"),
                 ("Links made and judged", "Links not made and judged", "Precision, %",
                  "Precision likely from", "Precision likely to", "Recall, %",
                  "Recall likely from", "Recall likely to"), rows, "pairs of records")  # fmt: skip


def _signs(k):
    """Two facts about files are seen, and one sign that rests on a count."""
    seen = {"six_year_window": "legal status, placement", "missing_return": "2017–18"}
    rows = []
    for sign in SIGNS:
        if sign.counted:
            found = 45 if sign.id == "adopted_without_mother" else 3
            rows.append((sign.label, k(found), k(430), Text("")))
        else:
            words = "seen" if sign.id in seen else "not seen"
            rows.append((sign.label, Text(words), Text(""), Text(seen.get(sign.id, ""))))
    return table("signs", "Signs that records are missing", ("Sign",),
                 ("Found", "Among", "Where"), rows, "people or records", OBSERVED)  # fmt: skip


def _impossible(k):
    rows = [(fact.label, k(4 * at)) for at, fact in enumerate(FACTS)]
    return table("impossible", "Facts that cannot be", ("Fact",), ("People",), rows, "people",
                 OBSERVED)  # fmt: skip


def _trend(k):
    """Every series is steady but for one year, whose return is missing; one has no rows at all."""
    rows = []
    for year in range(2010, 2026):
        usual = 3 if year == 2017 else 180 + year % 7
        counts = [0 if series == "return_problems" else k(usual) for series in SERIES]
        rows.append((f"{year}–{year % 100 + 1:02d}", *counts))
    return table("trend", "What the records hold, year by year", ("Year from 1 April",),
                 tuple(SERIES.values()), rows, "records", OBSERVED)  # fmt: skip


def _five(name="recurrence_broad"):
    return Reading(name, day=5 * DAYS_PER_YEAR)


def _rate(k, children, years):
    days = k(round(years * DAYS_PER_YEAR))
    return k(children), round(days / DAYS_PER_YEAR), Rate(
        k(children), days, ("Children newly removed", "Woman-years"))  # fmt: skip


def _rates(k):
    columns = ("Children newly removed", "Woman-years", "For each woman-year")
    counts = [("Broad", "Lenient", k(310), *_rate(k, 204, 1010)),
              ("Broad", "Strict", k(290), *_rate(k, 180, 990)),
              ("Strict", "Lenient", k(240), *_rate(k, 160, 900)),
              ("Strict", "Strict", k(220), *_rate(k, 140, 880)),
              ("Wide", "Lenient", k(320), *_rate(k, 215, 1060)),
              ("Wide", "Strict", k(300), *_rate(k, 190, 1040))]  # fmt: skip
    ages = {"Under 20": (14, 30), "20–24": (70, 200), "25–29": (62, 270), "30–34": (48, 310),
            "35 and over": (10, 200)}  # fmt: skip
    since = {"Under 1 year": (60, 260), "1 year": (58, 220), "2 years": (40, 170),
             "3 to 4 years": (34, 200), "5 years or more": (12, 160)}  # fmt: skip
    unit = "children, woman-years"
    made = [
        table(
            "rate",
            "Children newly removed for each year a woman was followed",
            ("Removals", "Linkage"),
            ("Women followed", *columns),
            counts,
            unit,
            OBSERVED,
        )
    ]
    for name, by, dimension, found in (
        ("rate_by_age", "the woman’s age", "Age then", ages),
        ("rate_by_time", "time since her latest event", "Since her latest event", since),
    ):
        rows = [(label, *_rate(k, *numbers)) for label, numbers in found.items()]
        total = ("Total", sum(row[1] for row in rows), sum(row[2] for row in rows), Text(""))
        made.append(table(name, f"Children newly removed, by {by}", (dimension,), columns,
                          [*rows, total], unit, OBSERVED))  # fmt: skip
    return made


ASSUMED = {
    "value": ValueLines(
        take_up=(0.65, 0.5, 0.8), effect=(0.6, 0.4, 0.8), effect_after=(0.2, 0.05, 0.4),
        deferred=(0.35, 0.2, 0.5), practice_cost_year="2025-26",
        pathways=("under 1 | 60% | own foster 60, placed for adoption 20 | adoption",
                  "1–4 | 40% | own foster 200 | in care"),
    ),
    "costs": CostLines(own_foster_week="500 in 2025-26", proceedings="9000 in 2025-26",
                       court=None, cashable=("own_foster_week",)),
}  # fmt: skip
"""What a study states for the model to run; every figure is invented."""


def _by_linkage(k):
    rows = [("T1", k(126), k(133)), ("T1 at most", k(139), k(147)), ("T1 and T2", k(191), k(199)),
            ("T3", k(332), k(321)), ("Women with a repeat removal", k(310), k(330)),
            ("Repeat removals", k(410), k(440)),
            ("Further removal within 5 years, broad count", _five(), _five()),
            ("Further removal within 5 years, strict count", _five("recurrence_strict"),
             _five("recurrence_strict"))]  # fmt: skip
    return table("headline_by_linkage", "The headlines under both linkages of women",
                 ("Measure",), ("Strict linkage", "Lenient linkage"), rows,
                 "women or removals")  # fmt: skip


def _sensitivity(k):
    def line(what, to, t1):
        return (what, to, k(t1), k(t1 + 13), k(t1 + 65), k(332), k(310), k(410), _five())

    rows = [line("This study", "strict linkage, broad count", 126),
            line("Linkage and count", "lenient, broad", 133),
            line("Event window", "90 days", 126),
            line("Look-back", "3 years", 88),
            line("Look-back", "10 years", 190),
            line("Range", "least of these rows", 88),
            line("Range", "most of these rows", 190)]  # fmt: skip
    return table("sensitivity", "How far the headlines move with other choices",
                 ("What is changed", "To"),
                 ("T1", "T1 at most", "T1 and T2", "T3", "Women with a repeat removal",
                  "Repeat removals", "Further removal within 5 years"), rows,
                 "women or removals", OBSERVED)  # fmt: skip


def study_facts(**changes):
    facts = {
        "name": "Anyshire scoping exercise", "authority": "Anyshire County Council",
        "partner": "Pause", "reference_date": date(2026, 3, 31),
        "purpose": "To find out whether a local service for women who had repeat removals of "
                   "children is needed.",
        "lawful_basis": "Public task (UK GDPR Article 6(1)(e))", "today": date(2026, 10, 31),
        "made_at": datetime(2026, 10, 31, 9, 30, tzinfo=UTC), "extract_first": date(2010, 4, 1),
        "extract_last": date(2026, 3, 31), "objection_ends": date(2026, 11, 14),
        "wide_inputs": True, "versions": (("casescope", "0.1.0"), ("DuckDB", "1.5.5")),
        "ledger_head": "9f2c4b7a" * 8,
        "references": (("Impact assessment", "DPIA-2026-014"), ("Agreement", "ISA-2026-031")),
    }  # fmt: skip
    return StudyFacts(**(facts | changes))
