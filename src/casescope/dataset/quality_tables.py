"""Tables of the dataset that say what to know of the records: years, signs, faults, links."""

from casescope.dataset.signs import FACTS, SERIES, SIGNS
from casescope.dataset.table import Column, Privacy, Table

LINK_BREAKDOWNS = ("all", "ethnicity", "age", "latest_removal", "ended")

QUALITY_TABLES: tuple[Table, ...] = (
    Table(
        "trend",
        "how many of one thing one year holds",
        (
            Column("series", "VARCHAR", "what is counted", Privacy.STUDY, allowed=tuple(SERIES)),
            Column(
                "year", "INTEGER", "the calendar year in which it begins, on 1 April", Privacy.STUDY
            ),
            Column("rows", "INTEGER", "how many", Privacy.AGGREGATE),
        ),
        ("series", "year"),
    ),
    Table(
        "sign",
        "one sign that the extract was cut short, looked for",
        (
            Column(
                "name",
                "VARCHAR",
                "the sign's name",
                Privacy.STUDY,
                allowed=tuple(sign.id for sign in SIGNS),
            ),
            Column("seen", "BOOLEAN", "whether there is enough to say so", Privacy.STUDY),
            Column("records", "INTEGER", "how often it was found", Privacy.AGGREGATE),
            Column("out_of", "INTEGER", "among how many", Privacy.AGGREGATE),
            Column("detail", "VARCHAR", "the tables or years it is about", Privacy.STUDY, True),
        ),
        ("name",),
    ),
    Table(
        "impossible",
        "how many people one impossible fact is told of",
        (
            Column(
                "kind",
                "VARCHAR",
                "the fact's name",
                Privacy.STUDY,
                allowed=tuple(fact.id for fact in FACTS),
            ),
            Column("records", "INTEGER", "how many", Privacy.AGGREGATE),
        ),
        ("kind",),
    ),
    Table(
        "links_reviewed",
        "links between women's records in one band of probability, and what reviewers said of "
        "those drawn at random",
        (
            Column("place", "INTEGER", "order of the rows, from 1", Privacy.STUDY),
            Column(
                "breakdown",
                "VARCHAR",
                "by what the pairs are grouped: her ethnicity, age and year of latest removal, "
                "and how the care of the child removed last ended",
                Privacy.STUDY,
                allowed=LINK_BREAKDOWNS,
            ),
            Column("value", "VARCHAR", "the group", Privacy.QUASI),
            Column("probability", "VARCHAR", "the band, in words", Privacy.STUDY),
            Column("linked", "BOOLEAN", "whether the computer links such pairs", Privacy.STUDY),
            Column("pairs", "INTEGER", "pairs scored", Privacy.AGGREGATE),
            Column(
                "judged",
                "INTEGER",
                "of those drawn (of all, if all were judged), said to be one woman or two",
                Privacy.AGGREGATE,
            ),
            Column("one_woman", "INTEGER", "of those judged, one woman", Privacy.AGGREGATE),
            Column("unsure", "INTEGER", "drawn, and nobody could tell", Privacy.AGGREGATE),
        ),
        ("place",),
    ),
)
