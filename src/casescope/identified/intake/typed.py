"""SQL that turns one column's text into its kind, and that says what is wrong where it could not.

Every expression is total: text that cannot be read becomes null here, and a problem row beside it.
Nearly all files write their dates and ids in one plain way. DuckDB takes longer to plan for the
rare ways than to read a small file, so where a look at the texts rules these out, it need not.
"""

from datetime import date

from casescope.identified.intake.tables import (
    CODE,
    DATE,
    FACTORS,
    FLAG,
    ID,
    POSTCODE,
    TEXT,
    ExtractColumn,
)

_BLANKS = " \t\r\n\N{NO-BREAK SPACE}\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NO-BREAK SPACE}"
_NOTHING = (
    "", "NULL", "(NULL)", "<NULL>", "[NULL]", "N/A", "#N/A", "<NA>", "-", "--",
    "\N{EN DASH}", "\N{EM DASH}",
)  # fmt: skip
"""What databases, spreadsheets and clerks write in a cell that holds nothing."""

_NOTHING_BUT_A_NAME = ("NA", "NAN", "NAT", "NONE", "NIL")
"""The same of programs; where names stand, each may be somebody's."""

_NOBODYS_ID = ("UNKNOWN", "NOT KNOWN", "NK", "TBC", "0", "-1", "0.0", "-1.0")
"""What stands for an id that is not known; taken for one, all who bear it would be one person.

As an end date *unknown* would not do for none: something has ended, and nobody knows when.
"""

_YES = "('1', '1.0', 'y', 'yes', 'true', 't')"
_NO = "('0', '0.0', 'n', 'no', 'false', 'f')"

_EARLIEST_DAY_NUMBER = 10_000
"""In a workbook's count of days, 18 May 1927: a smaller number is more likely a year."""

_FORMS = """['%Y-%m-%d', '%d/%m/%Y', '%d-%m-%Y', '%d.%m.%Y', '%d-%b-%Y', '%d %b %Y', '%d/%b/%Y',
    '%d-%B-%Y', '%d %B %Y', '%b %d %Y', '%Y%m%d', '%Y/%m/%d']"""

PLACEHOLDER = "placeholder date"
_PLACEHOLDERS = (
    "^(9999-12-31|31/12/9999|1900-01-01|0?1/0?1/1900|1899-12-30|30/12/1899|1753-01-01|0?1/0?1/1753"
    "|0001-01-01|0?1/0?1/0001)([T ].*)?$|^-?infinity$"
)
"""What databases write for *no date*: the last day they know, the first, or the day they count from
(SQL Server makes 1 January 1900 of an empty text)."""

_AROUND_A_DATE = (
    ("[T ][ ]*[0-9]{1,2}[:.][0-9]{2}.*$", ""),
    (" +", " "),
    ("(?i)^(mon|tues|wednes|thurs|fri|satur|sun)day,? ", ""),
    (r"(?i)\bsept\b", "Sep"),
)
"""What is not needed of a date; and the September of newer programs in English, which is *Sept*."""

_SUMMER_MIDNIGHT = "[T ]23:00:00([.]0+)?(Z|[+]00(:?00)?)$"
"""Midnight in an English summer, as a program writes it that counts in universal time: 23:00 on the
day before. Looked for from March to October, whose days of summer differ by year; in the other
months clocks were an hour ahead from 1968 to 1971 alone, and 23:00 is an hour of the night."""

PLAIN = {
    DATE: "^((19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}|[0-9]{2}/[0-9]{2}/(19|20)[0-9]{2}|)$",
    ID: "^[A-Za-z0-9/_ -]*$",
}
"""How texts of a kind look that are written in no rare way, unless they stand for no date."""

NO_DATE = "^(1900-01-01|01/01/1900)$"
"""The placeholders among plain dates."""

_GROUPED = "[0-9]{1,3}(,[0-9]{3})+([.]0+)?"

_SHORTENED = "[0-9]([.][0-9]+)?[Ee][+][0-9]+"
"""An id of twelve figures or more as a spreadsheet saves it, 1.23457E+11: as others become too."""


def text_of(column: ExtractColumn) -> str:
    """Return SQL for the trimmed text; null where there is none, or what is written for none."""
    trimmed = f"""trim("{column.name.upper()}", '{_BLANKS}')"""
    nothing: tuple[str, ...] = _NOTHING if column.kind == TEXT else _NOTHING + _NOTHING_BUT_A_NAME
    if column.kind == ID:
        nothing += _NOBODYS_ID
    words = ", ".join(f"'{word}'" for word in nothing)
    return f"(CASE WHEN upper({trimmed}) IN ({words}) THEN NULL ELSE {trimmed} END)"


def value_of(column: ExtractColumn, first_day: date | None = None) -> str:
    """Return SQL for the column's value in its kind, given its text (as `text_of` leaves it).

    `first_day` is the day 0 of a workbook that counts days; without one a number is no date.
    """
    text = f'"{column.name.upper()}"'
    if column.kind == DATE:
        day = _date(text) if first_day is None else _counted(text, first_day)
        return f"(CASE WHEN NOT {_is_placeholder(text)} THEN {day} END)"
    if column.kind == FLAG:
        return (
            f"(CASE WHEN lower({text}) IN {_YES} THEN true "
            f"WHEN lower({text}) IN {_NO} THEN false END)"
        )
    if column.kind == POSTCODE:
        return f"upper(replace({text}, ' ', ''))"
    if column.kind == FACTORS:
        return _factors(text)
    if column.kind == ID:
        return _id(text)
    return f"upper({text})" if column.kind == CODE else text


def wrong_with(column: ExtractColumn, first_day: date | None = None) -> str:
    """Return SQL for what is wrong with a text that is no value of the column's kind, else null."""
    if column.kind not in (DATE, FLAG, FACTORS, ID):
        return "CAST(NULL AS VARCHAR)"
    text = f'"{column.name.upper()}"'
    placeholder = f"WHEN {_is_placeholder(text)} THEN '{PLACEHOLDER}' "
    return (
        f"(CASE WHEN {text} IS NULL THEN NULL {placeholder if column.kind == DATE else ''}"
        f"WHEN {value_of(column, first_day)} IS NULL THEN 'unreadable {column.kind}' END)"
    )


def plain_value_of(column: ExtractColumn) -> str:
    """Return SQL for the value where every text is PLAIN for the column's kind, none NO_DATE."""
    text = f'"{column.name.upper()}"'
    if column.kind != DATE:
        return text
    british = f"try_strptime({text}, '%d/%m/%Y')"
    iso = f"try_strptime({text}, '%Y-%m-%d')"
    return f"CAST(CASE WHEN substr({text}, 3, 1) = '/' THEN {british} ELSE {iso} END AS DATE)"


def plain_wrong_with(column: ExtractColumn) -> str:
    """Return SQL for what is wrong with such a text, else null: only a date may be none."""
    if column.kind != DATE:
        return "CAST(NULL AS VARCHAR)"
    text = f'"{column.name.upper()}"'
    is_none = f"{text} IS NOT NULL AND {plain_value_of(column)} IS NULL"
    return f"(CASE WHEN {is_none} THEN 'unreadable {column.kind}' END)"


def _id(text: str) -> str:
    """Return SQL for an id without what spreadsheets put round it, null for one cut short.

    That is the point of a number (`7.0`), commas between its figures (`1,007`), and what keeps
    zeros in front (`="007"`, `'007`).
    """
    return (
        f"(CASE WHEN suffix({text}, '0') AND regexp_full_match({text}, '[0-9]+[.]0+') "
        f"THEN split_part({text}, '.', 1) "
        f"WHEN contains({text}, ',') AND regexp_full_match({text}, '{_GROUPED}') "
        f"THEN replace(split_part({text}, '.', 1), ',', '') "
        f"WHEN prefix({text}, '=\"') AND suffix({text}, '\"') AND length({text}) > 3 "
        f"THEN substr({text}, 3, length({text}) - 3) "
        f"WHEN prefix({text}, chr(39)) AND length({text}) > 1 THEN substr({text}, 2) "
        f"WHEN contains({text}, '+') AND regexp_full_match({text}, '{_SHORTENED}') THEN NULL "
        f"ELSE {text} END)"
    )


def _is_placeholder(text: str) -> str:
    return f"coalesce(regexp_matches({text}, '{_PLACEHOLDERS}'), false)"


def _factors(text: str) -> str:
    """Return SQL for factors as JSON: an array of codes, or an object of codes and answers.

    Codes written one after another (`1B, 4B`, or quoted as Python does) are an array too.
    """
    code = "['\"]{0,2}[0-9]{1,2}[A-Za-z]?['\"]{0,2}".replace("'", "''")
    plain = f"regexp_full_match({text}, '[[]?\\s*{code}(\\s*[,;|]\\s*{code})*\\s*[]]?')"
    codes = f"to_json(regexp_extract_all({text}, '[0-9]{{1,2}}[A-Za-z]?'))"
    read = f"TRY_CAST({text} AS JSON)"
    nested = f"regexp_matches({text}, '[[{{].*[[{{]')"
    return (
        f"(CASE WHEN {plain} THEN CAST({codes} AS VARCHAR) "
        f"WHEN json_type({read}) IN ('ARRAY', 'OBJECT') AND NOT {nested} THEN {text} END)"
    )


def _counted(text: str, first_day: date) -> str:
    """Return SQL for a date that may be written as a number of days, a part of a day after it."""
    number = f"TRY_CAST(regexp_extract({text}, '^([0-9]{{5,6}})([.][0-9]+)?$', 1) AS INTEGER)"
    day = f"(DATE '{first_day.isoformat()}' + {number})"
    return (
        f"(CASE WHEN {number} IS NULL THEN {_date(text)} "
        f"WHEN {number} >= {_EARLIEST_DAY_NUMBER} THEN {_plausible(day)} END)"
    )


def _date(text: str) -> str:
    """Return SQL for a date; two-digit years fall in the century that ends a year after $pivot.

    The two forms that nearly all files use are tried first, because they need no pattern.
    """
    british = f"length({text}) = 10 AND substr({text}, 3, 1) = '/' AND substr({text}, 6, 1) = '/'"
    iso = f"length({text}) = 10 AND substr({text}, 5, 1) = '-' AND substr({text}, 8, 1) = '-'"
    from_british = _plausible(f"try_strptime({text}, '%d/%m/%Y')")
    from_iso = _plausible(f"try_strptime({text}, '%Y-%m-%d')")
    return (
        f"(CASE WHEN {british} THEN {from_british} WHEN {iso} THEN {from_iso} "
        f"WHEN {text} IS NOT NULL THEN {_rare_date(text)} END)"
    )


def _plausible(moment: str) -> str:
    """Return SQL for the day of a moment from 1800 to 2199, null outside: years are mistyped."""
    return f"(CASE WHEN year({moment}) BETWEEN 1800 AND 2199 THEN CAST({moment} AS DATE) END)"


def _rare_date(text: str) -> str:
    """Return SQL for a date in any other form, without its time and its day of the week."""
    day = text
    for words, instead in _AROUND_A_DATE:
        day = f"regexp_replace({day}, '{words}', '{instead}', 'g')"
    month = "(/[0-9]{1,2}/|[-/ ][A-Za-z]{3,9}[-/ ])"
    short = f"regexp_matches({day}, '^[0-9]{{1,2}}{month}[0-9]{{2}}$')"
    two = f"TRY_CAST(right({day}, 2) AS INTEGER)"
    century = f"($pivot + 1 - (($pivot + 1 - {two}) % 100 + 100) % 100)"
    expanded = f"(left({day}, length({day}) - 2) || {century})"
    plausible = f"regexp_matches({day}, '(^|[^0-9])(1[89]|2[01])[0-9]{{2}}')"
    read = (
        f"CAST(CASE WHEN {short} THEN try_strptime({expanded}, {_FORMS}) "
        f"WHEN {plausible} THEN try_strptime({day}, {_FORMS}) END AS DATE)"
    )
    return (
        f"({read} + CASE WHEN regexp_matches({text}, '{_SUMMER_MIDNIGHT}') "
        f"AND month({read}) BETWEEN 3 AND 10 THEN 1 ELSE 0 END)"
    )
