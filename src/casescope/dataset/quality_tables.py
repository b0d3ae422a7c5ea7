"""Tables of the dataset that say what to know of the extract: years, signs, impossible facts."""

from casescope.dataset.signs import FACTS, SERIES, SIGNS
from casescope.dataset.table import Column, Privacy, Table

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
)
