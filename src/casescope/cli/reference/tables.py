"""The pages of tables: what is read of an extract, and what the analysis side sees."""

from casescope.actions import reference as known
from casescope.cli.reference.markdown import page, sentence, table, ticked

KINDS: dict[str, str] = {
    "id": "text, spaces at the ends dropped, and what spreadsheets put round it: the `.0` of a "
    'whole number, the comma of `1,007`, `="007"`, `\'007`; one that a spreadsheet cut short '
    "(`1.23457E+11`) is nobody’s, and a problem",
    "text": "text, spaces at the ends dropped",
    "code": "text in upper case, spaces at the ends dropped",
    "date": "a day: `2020-09-19`, `19/09/2020`, `19-09-2020`, `19.09.2020`, `19-Sep-2020`, "
    "`19 Sep 2020`, `19 September 2020`, `Sep 19 2020`, `2020/09/19`, `20200919`, `19/09/20` or "
    "`19-Sep-20`; a day of the week before it and a time after it are dropped (from March to "
    "October 23:00 in universal time is midnight, so the next day). What databases write for no "
    "date (31 December 9999; 1 January 1900, 1753 or 1; 30 December 1899) is none, and counted as "
    "a placeholder",
    "flag": "yes or no: `1` and `0` (`1.0` and `0.0`), `Y` and `N`, `true` and `false`",
    "factors": "an array of codes, or an object of codes and answers, in JSON; codes with commas",
    "postcode": "upper case without spaces",
}
"""How a value of each kind is read."""


def extract() -> str:
    """Return the page of the extract."""
    blocks = [
        "Give folders of files: CSV, Parquet, Excel, the returns in XML, or zips of them. A file "
        "is recognised by its columns, never by its name: the one table all of whose required "
        "columns it has. Case and order of columns don't matter, columns in excess are not used. A "
        "file that lacks a column of the table it is meant as refuses the load; one that is no "
        "table is left out with the reason. `casescope quality` tells what was read.",
        "## How values are read",
        "`NULL`, `(null)`, `N/A`, `#N/A` or a dash in a cell is an empty cell; outside names and "
        "other text so is `NA`, `NaN`, `NaT`, `None` or `nil`, and in an id `unknown`, `not "
        "known`, `NK`, `TBC`, `0` or `-1`.",
        table(("kind", "read as"), KINDS.items()),
        *(block for one in known.EXTRACT_TABLES for block in _extract_table(one)),
        "## Files that a study does not need",
        table(("file", "columns it is known by"),
              [(name, ticked(sorted(columns))) for name, columns in known.NOT_NEEDED.items()]),
        "## Signs that an extract was cut short",
        table(("sign", "what it would do", "what to ask for"),
              [(f"`{sign}`", *words) for sign, words in known.SIGNS.items()]),
    ]  # fmt: skip
    return page("The extract", *blocks)


def _extract_table(one: known.ExtractTable) -> tuple[str, ...]:
    said = "One file for each collection year." if one.returns else "One file, or several."
    unreadable = "set aside" if one.sets_unreadable_aside else "kept, the date not known"
    rows = [(f"`{column.name}`", column.kind, "yes" if column.required else "no")
            for column in one.columns]  # fmt: skip
    return (
        f"## {one.name}",
        f"{said} A row with an unreadable date is {unreadable}.",
        table(("column", "kind", "required"), rows),
    )


def dataset() -> str:
    """Return the page of the analysis dataset."""
    blocks = [
        "What everything after the council's wing reads, and all it can read. People are random "
        "tokens. Days are counted from the reference date. It is still personal data "
        "(pseudonymised), and no table leaves the council except as released counts.",
        "## Privacy classes",
        table(("class", "meaning"), [(one.name.lower(), one.value) for one in known.Privacy]),
        *(block for one in known.DATASET_TABLES for block in dataset_table(one)),
        "## Invariants",
        "Checked after every build. If one fails, the build stops and the previous dataset stands.",
        "\n".join(f"- {sentence(words)}" for words in known.INVARIANTS),
        "## Coding frame",
        table(("id", "issue", "structured source"),
              [(f"`{one.id}`", one.label, one.structured or "none") for one in known.FRAME]),
    ]  # fmt: skip
    return page("The analysis dataset", *blocks)


def dataset_table(one: known.Table) -> tuple[str, ...]:
    """Return what the page says of one table of a dataset."""
    rows = [
        (
            f"`{column.name}`", column.type, column.meaning, ticked(column.allowed),
            "yes" if column.nullable else "no", column.privacy.name.lower(),
        )
        for column in one.columns
    ]  # fmt: skip
    return (
        f"## {one.name}",
        f"A row is {one.meaning}. Key: {ticked(one.key)}.",
        table(("column", "type", "meaning", "values", "may be empty", "privacy"), rows),
    )
