"""The page of queries of a shared dataset: what may be asked, what is told, what stays open."""

from collections import defaultdict

from casescope.actions import reference as known
from casescope.cli.reference.markdown import code, page, table, ticked

_EXAMPLES = """
SELECT ethnicity, count(*) FROM shared_woman WHERE tier = 'T1' GROUP BY ethnicity;

SELECT w.area, i.issue, count(*)
FROM shared_woman AS w JOIN shared_issue AS i USING (woman)
WHERE i.timing = 'ever' AND i.state = 'yes'
GROUP BY ALL;

SELECT tier, count(*) FROM shared_woman
WHERE woman NOT IN (SELECT woman FROM shared_issue WHERE issue = 'alcohol' AND state = 'yes')
GROUP BY tier;

SELECT name, value FROM shared_about;
"""

_LIMITS = (
    "**Two at a time.** A new set of women is held against each that was told, against everybody, "
    "and against everybody less each. Under rules that show exact counts in a report (`dfe`, "
    "`ons10`), it is also held against what two told sets make: two that share nobody put "
    "together, one less another that lies in it. "
    "Sums of four sets and more are not looked at.",
    "**Rounding protects the rest.** Each answer is rounded to 5, so blurred by 2 either way, and "
    "a sum of many by more. It is always rounded alike, so asking again tells no more. A patient "
    "reader can still narrow a small group down with many answers.",
    "**That all are alike can be told.** If every woman of a group shares something, two queries "
    "give the same number. The rules for shares of the report do not reach across queries.",
    "**Order counts.** What is asked first is told, and a later question too near to it is not.",
    "**A correction changes sets.** What was told of an earlier version is compared among the "
    "women who are in both, so a question that was answered then is not answered anew: `told` has "
    "its answer. The difference that the correction itself makes is protected by "
    "rounding alone.",
    "**It is no protection from whoever holds the rows.** Rules for queries keep an honest "
    "analyst’s results safe to write down. They are not what keeps the dataset safe: that is "
    "the contract, the bands, and that it opens under a lease only.",
)


def query() -> str:
    """Return the page of queries."""
    blocks = [
        "In a session the partner can ask questions of [the shared dataset](shared-dataset.md) in "
        "SQL. casescope reads the question with DuckDB’s own parser, writes anew what it "
        "understands, and counts women. Nothing of the words that were typed is run.",
        code(_EXAMPLES, "sql"),
        "## What may be asked",
        table(("part", "rule"), [
            ("statement", f"one SELECT, up to {known.LONGEST:,} letters"),
            ("FROM", f"the shared tables, up to {known.MOST_TABLES} times, subqueries counted; "
             "`shared_about` alone"),
            ("JOIN", "`JOIN` or `LEFT JOIN` on the same woman: `USING (woman)`, or `ON a.woman = "
             "b.woman AND` further conditions on the row"),
            ("subqueries", "`woman IN (SELECT woman FROM …)`, `NOT IN`, `EXISTS` on the same "
             "woman; the same rules hold inside"),
            ("WHERE, and groups", "columns, words in single quotes, whole numbers, comparisons, "
             "`AND`, `OR`, `NOT`, `IN`, `BETWEEN`, `LIKE`, `IS NULL`, `CASE`, `COALESCE`, casts, "
             "and the functions below"),
            ("counts", "`count(*)`, `count(woman)`, `count(DISTINCT woman)`: all count women, each "
             "once"),
            ("rows", "`SELECT *`, or `SELECT woman, …`, is answered with the number of women of "
             "each combination"),
            ("groups", f"up to {known.MOST_GROUPS} columns, and {known.MOST_COMBINATIONS} groups "
             "of more than 9 women"),
            ("ORDER BY", "may stand there; groups stand in the order of their words"),
        ]),
        table(("function", "takes", "gives"), _functions()),
        "`woman` may be counted and joined on, and nothing else: a set of tokens is a set of women "
        "that nothing is told of. Refused with a sentence: other aggregates, `HAVING`, `LIMIT`, "
        "`WITH`, `UNION`, window functions, arithmetic, whatever makes rows or draws lots, and "
        "every part of SQL that is not named here. No expression that passes can fail on a row, "
        "because an error would tell that there is such a row.",
        "## What is told",
        "Counts pass the rule pack that the package names, with companions where a sum is known "
        "from elsewhere (every sum over some of the groups is: another question asks it), and a "
        "total. Three things go beyond the report’s rules:",
        "- A group that is too small, or withheld, is not listed at all. Its words alone would say "
        "that somebody has them.\n"
        "- Nobody and a few are told alike, and counts are rounded to 5, also under rules that "
        "show zeros and exact counts in a report.\n"
        "- A set of women that differs from one told before by so few that their number would be "
        "hidden is withheld. So is one that is the same as one told before: who could put any "
        "condition to a told set and learn that it adds nobody would find each woman in turn. Told "
        "again are only everybody, the report’s own groups where a question groups by columns as "
        "they are and picks by `column = 'word'` (with `AND`), and the same question, word for "
        "word. "
        "Nothing says why a figure is withheld. What the report counts is taken as told from the "
        "beginning, whether or not the report was made. The record of told sets stays sealed with "
        "the partner’s notes.",
        "## What this does not protect",
        "\n".join(f"- {one}" for one in _LIMITS),
        "Why it is so: [decision 33](../adr/0033-a-query-names-women.md).",
    ]  # fmt: skip
    return page("Queries of the shared dataset", *blocks)


def _functions() -> list[tuple[str, str, str]]:
    alike: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name, one in known.FUNCTIONS.items():
        words = [{"place": "a number", "text": "text"}[kind] for kind in one.arguments]
        last = " (the last may be left out)" if one.least else ""
        alike[", ".join(words) + last, one.gives].append(name)
    signs = {"~~": "LIKE", "!~~": "NOT LIKE", "~~*": "ILIKE", "!~~*": "NOT ILIKE"}
    return [
        (ticked(signs.get(name, name) for name in names), takes,
         "true or false" if gives == "truth" else gives)
        for (takes, gives), names in alike.items()
    ]  # fmt: skip
